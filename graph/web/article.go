package web

import (
	"cmp"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"entente/graph"
	"entente/schema"
)

// window is how many bytes of an article one page shows; lead how many of them stand before the passage that was asked for.
const (
	window = 192 << 10
	lead   = 4 << 10
)

type articlePage struct {
	ID, Title, Source, Published, PublishedFrom, URL string // URL only where it is one of the web
	Address                                          string // the article's URL where it is something else
	Segments                                         []segmentOf
	NoText                                           bool // the store keeps no text of it
	Before, After                                    string
	From, To, Bytes                                  string // of the window, where the text is longer
	Said                                             []saidRow
	MoreSaid                                         int
	Parties                                          []ref
}

// saidRow is one evidence of the article.
type saidRow struct {
	N          int
	Event      eventRow
	Status     string
	Doubtful   bool
	Anchor     string // address within the page; empty where the passage is not in the window
	Href       string // of the passage, where it is elsewhere in the article
	Quote      string // only where it cannot be shown in the text
	Unverified bool   // the quote does not stand where the evidence says
}

// passage is an evidence in an article.
type passage struct {
	graph.Evidence
	triple   graph.Triple
	n        int // 1-based, in the order of the text
	chosen   bool
	verified bool // its quote stands in the text
}

const shownSaid = 300

// article is the page of an article: its text with the parties and the evidence in it.
func (s *Site) article(r *request) (*answer, error) {
	id := r.URL.Query().Get("id")
	a, ok, err := s.store.Article(r.ctx, id)
	if err != nil {
		return nil, err
	}
	if !ok {
		return nil, notFound("There is no article of this id in the store.")
	}
	triples, err := s.store.Page(r.ctx, graph.Query{Articles: []string{id}}, false, 0, 10*shownSaid)
	if err != nil {
		return nil, err
	}
	chosen := r.URL.Query().Get("evidence")
	passages := passagesOf(a, triples, chosen)
	if r.format != "html" {
		return r.articleFile(a, passages)
	}
	p := articlePage{ID: clip(a.ID, longestTitle), Title: clip(cmp.Or(a.Title, a.ID), longestTitle), Source: clip(a.Source, longestName), Published: string(a.Published),
		PublishedFrom: clip(a.PublishedFrom, longestWord), NoText: a.Text == "" && len(passages) > 0}
	if u, err := url.Parse(a.URL); err == nil && (u.Scheme == "http" || u.Scheme == "https") && len(a.URL) < longestAddress {
		p.URL = a.URL
	} else {
		p.Address = clip(a.URL, longestTitle)
	}
	from, to, err := r.window(a.Text, passages)
	if err != nil {
		return nil, err
	}
	p.lead(a, from, to)
	named := r.named(passages)
	p.Parties = r.sn.refs(named)
	p.Segments = segments(a.Text, from, to, passages, r.sn.surfaces(named))
	p.say(r.sn, passages, from, to)
	path := articleHref(id, "")
	return r.page("article", &page{Title: p.Title, Here: "", Downloads: downloads(path, filter{}, "csv", "json"), Body: p})
}

// passagesOf lists the evidences that stand in an article in the order of the text.
func passagesOf(a schema.Article, triples []graph.Triple, chosen string) []passage {
	var out []passage
	for _, t := range triples {
		for _, e := range t.Evidences {
			if e.Article == a.ID {
				verified := e.Start >= 0 && e.Start < e.End && e.End <= len(a.Text) && a.Text[e.Start:e.End] == e.Quote
				out = append(out, passage{Evidence: e, triple: t, chosen: e.ID == chosen, verified: verified})
			}
		}
	}
	slices.SortStableFunc(out, func(x, y passage) int {
		return cmp.Or(cmp.Compare(x.Start, y.Start), cmp.Compare(x.End, y.End), cmp.Compare(x.triple.ID, y.triple.ID))
	})
	for i := range out {
		out[i].n = i + 1
	}
	return out
}

// window is the byte range of the text that the page shows: from at= on, or around the chosen passage, or the beginning.
func (r *request) window(text string, passages []passage) (from, to int, err error) {
	if v := r.URL.Query().Get("at"); v != "" {
		if from, err = strconv.Atoi(v); err != nil || from < 0 {
			return 0, 0, badRequest("Place %q: want a number of bytes.", clip(v, 20))
		}
	} else if i := slices.IndexFunc(passages, func(p passage) bool { return p.chosen && p.verified }); i >= 0 && passages[i].End > window {
		from = passages[i].Start - lead
	}
	from = max(0, min(from, len(text)))
	to = min(from+window, len(text))
	return runeStart(text, from), runeStart(text, to), nil
}

// runeStart is the start of the character that byte i is part of.
func runeStart(text string, i int) int {
	for j := i; j > max(0, i-utf8.UTFMax); j-- {
		if j == len(text) || utf8.RuneStart(text[j]) {
			return j
		}
	}
	return i
}

// lead fills in the way to the rest of a long text.
func (p *articlePage) lead(a schema.Article, from, to int) {
	if from == 0 && to == len(a.Text) {
		return
	}
	p.From, p.To, p.Bytes = grouped(from), grouped(to), grouped(len(a.Text))
	address := func(i int) string { return at(articleHref(a.ID, ""), url.Values{"at": {strconv.Itoa(i)}}, 0) }
	if from > 0 {
		p.Before = address(max(0, from-window))
	}
	if to < len(a.Text) {
		p.After = address(to)
	}
}

// named are the entities that the passages speak of, sorted.
func (r *request) named(passages []passage) []string {
	var ids []string
	for _, p := range passages {
		ids = append(ids, p.triple.Subject, p.triple.Object, p.Speaker, p.Agent, p.ObjectAgent, p.Initiator, p.Place)
		ids = append(ids, p.Mediators...)
	}
	slices.Sort(ids)
	return slices.DeleteFunc(slices.Compact(ids), func(id string) bool { return id == "" })
}

// say lists what the article says.
func (p *articlePage) say(sn *snapshot, passages []passage, from, to int) {
	for i, ps := range passages {
		if i == shownSaid {
			p.MoreSaid = len(passages) - i
			return
		}
		row := saidRow{N: ps.n, Event: sn.row(ps.triple), Status: string(ps.Status), Doubtful: differs(ps.Status, ps.triple.Status), Unverified: !ps.verified}
		switch {
		case !ps.verified:
			row.Quote = clip(ps.Quote, longestQuote)
		case ps.Start >= from && ps.Start < to:
			row.Anchor = "#" + anchor(ps.Evidence.ID)
		default:
			row.Href = articleHref(ps.Article, ps.Evidence.ID)
		}
		p.Said = append(p.Said, row)
	}
}

// differs reports whether an evidence says another thing than all of them together do.
func differs(evidence, triple schema.Status) bool {
	same := map[schema.Status]schema.Status{schema.Negated: schema.Denied, schema.Future: schema.Planned}
	return cmp.Or(same[evidence], evidence) != triple
}

// articleFile is a download of what an article says; the text is part of the JSON.
func (r *request) articleFile(a schema.Article, passages []passage) (*answer, error) {
	type line struct {
		Triple   schema.Triple  `json:"triple"`
		Evidence graph.Evidence `json:"evidence"`
	}
	value := struct {
		Article schema.Article `json:"article"`
		Says    []line         `json:"says"`
	}{a, []line{}}
	var rows [][]string
	for _, p := range passages {
		t := p.triple
		value.Says = append(value.Says, line{t.Triple, p.Evidence})
		rows = append(rows, []string{t.ID, string(t.Date), string(t.Reported), cell(t.Subject), string(t.Relation), cell(t.Object), cell(t.Role), string(p.Status),
			strconv.Itoa(p.Start), strconv.Itoa(p.End), cell(p.Quote), number(p.Confidence)})
	}
	header := []string{"triple", "date", "reported", "subject", "relation", "object", "role", "status", "start", "end", "quote", "confidence"}
	return r.file("article-"+strings.TrimPrefix(a.SHA256, "")[:min(12, len(a.SHA256))], header, rows, value)
}
