package web

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"entente/graph"
	"entente/schema"
)

const (
	shownFound   = 30
	longestQuery = 200 // in runes
	mostWords    = 8
	mostActs     = 500 // of all quotes that are shown
)

type searchPage struct {
	Words    string
	Asked    bool
	Wrong    string // why the words cannot be looked for
	Entities []entityRow
	More     bool // entities were left out
	Quotes   []quoteRow
	Articles []articleRow
	Nothing  bool
}

// quoteRow is a quote that was found, with the acts and ties that it is evidence of.
type quoteRow struct {
	Quote, Source, Passage string
	Acts                   []eventRow
}

type articleRow struct{ Title, Source, Published, Href string }

// search looks for words in names and aliases of entities, in quotes, and in titles of articles.
func (s *Site) search(r *request) (*answer, error) {
	words := strings.TrimSpace(r.URL.Query().Get("q"))
	if utf8.RuneCountInString(words) > longestQuery {
		return nil, badRequest("The search has more than %d letters.", longestQuery)
	}
	p := searchPage{Words: visible(words), Asked: words != ""}
	path := at("/search", map[string][]string{"q": {words}}, 0)
	if p.Asked {
		if err := p.find(r, words); err != nil {
			return nil, err
		}
	}
	if r.format != "html" {
		return r.searchFile(p)
	}
	pg := &page{Title: "Search", Here: "/search", Body: p}
	if p.Asked {
		pg.Title, pg.Downloads = "Search: "+clip(words, longestWord), downloads(path, filter{}, "csv", "json")
	}
	return r.page("search", pg)
}

func (p *searchPage) find(r *request, words string) error {
	found := r.sn.named(words)
	p.More = len(found) > shownFound
	for _, id := range found[:min(shownFound, len(found))] {
		p.Entities = append(p.Entities, entityRow{r.sn.ref(id), clip(strings.Join(r.sn.entities[id].Aliases, ", "), longestTitle)})
	}
	searcher, ok := graph.Plain(r.site.store).(graph.Searcher)
	q, err := graph.ParseSearch(words)
	if err != nil {
		p.Wrong = clip(err.Error(), longestTitle)
	}
	if ok && err == nil {
		q.Terms = q.Terms[:min(len(q.Terms), mostWords)]
		q.Kinds, q.Limit = []graph.HitKind{graph.HitArticle, graph.HitQuote}, shownFound
		var hits []graph.Hit
		for h, err := range searcher.Search(r.ctx, q) {
			if err != nil {
				return err
			}
			hits = append(hits, h)
		}
		if err := p.show(r, hits); err != nil {
			return err
		}
	}
	p.Nothing = len(p.Entities)+len(p.Quotes)+len(p.Articles) == 0
	return nil
}

// show makes rows of what was found in articles.
func (p *searchPage) show(r *request, hits []graph.Hit) error {
	var ids []string
	for _, h := range hits {
		ids = append(ids, h.Triples...)
	}
	acts := map[string]graph.Triple{}
	if len(ids) > 0 {
		triples, err := r.site.store.Page(r.ctx, graph.Query{IDs: ids}, false, 0, mostActs)
		if err != nil {
			return err
		}
		for _, t := range triples {
			acts[t.ID] = t
		}
	}
	for _, h := range hits {
		if h.Kind == graph.HitArticle {
			p.Articles = append(p.Articles, articleRow{clip(cmp.Or(h.Text, h.ID), longestTitle), clip(h.Source, longestWord), string(h.Published), articleHref(h.ID, "")})
			continue
		}
		row := quoteRow{Quote: clip(h.Text, longestQuote), Source: source(graph.Evidence{Source: h.Source, Article: h.ID, Published: h.Published}), Passage: articleHref(h.ID, "")}
		for _, id := range h.Triples {
			t, ok := acts[id]
			if !ok {
				continue
			}
			row.Acts = append(row.Acts, r.sn.row(t))
			if i := slices.IndexFunc(t.Evidences, func(e graph.Evidence) bool { return e.Article == h.ID && e.Start == h.Start && e.End == h.End }); i >= 0 {
				row.Passage = articleHref(h.ID, t.Evidences[i].ID)
			}
		}
		p.Quotes = append(p.Quotes, row)
	}
	return nil
}

// named are the entities one of whose names has, for every word, a word that begins with it; whole names first, then by id. Case and accents of
// Latin letters do not matter.
func (sn *snapshot) named(words string) []string {
	want := schema.Slug(words)
	if want == "" {
		return nil
	}
	parts := strings.Split(want, "-")
	rank := map[string]int{}
	var out []string
	for _, id := range sn.ids {
		best := 3
		for i, slug := range sn.spellings()[id] {
			switch {
			case slug == want && i < 2:
				best = min(best, 0)
			case slug == want:
				best = min(best, 1)
			case begins(slug, parts):
				best = min(best, 2)
			}
		}
		if best < 3 {
			rank[id] = best
			out = append(out, id)
		}
	}
	slices.SortStableFunc(out, func(a, b string) int { return cmp.Compare(rank[a], rank[b]) })
	return out
}

// spellings are the slugs of every entity's id, name and aliases, in this order.
func (sn *snapshot) spellings() map[string][]string {
	sn.spelling.Do(func() {
		sn.spelled = make(map[string][]string, len(sn.entities))
		for id, e := range sn.entities {
			for _, name := range append([]string{e.ID, e.Name}, e.Aliases...) {
				if len(name) <= 2*longestParty {
					sn.spelled[id] = append(sn.spelled[id], schema.Slug(name))
				} else {
					sn.spelled[id] = append(sn.spelled[id], schema.Slug(clip(name, longestParty)))
				}
			}
		}
	})
	return sn.spelled
}

// begins reports whether each part is the beginning of a word of slug.
func begins(slug string, parts []string) bool {
	slug = "-" + slug
	return !slices.ContainsFunc(parts, func(p string) bool { return !strings.Contains(slug, "-"+p) })
}

// foundLine is a find in a download.
type foundLine struct {
	Kind    string `json:"kind"` // entity, quote or article
	Text    string `json:"text"`
	Address string `json:"address"`
}

func (r *request) searchFile(p searchPage) (*answer, error) {
	lines := []foundLine{}
	for _, e := range p.Entities {
		lines = append(lines, foundLine{"entity", e.Name, e.Href})
	}
	for _, q := range p.Quotes {
		lines = append(lines, foundLine{"quote", q.Quote, q.Passage})
	}
	for _, a := range p.Articles {
		lines = append(lines, foundLine{"article", a.Title, a.Href})
	}
	rows := make([][]string, len(lines))
	for i, l := range lines {
		rows[i] = []string{l.Kind, cell(l.Text), l.Address}
	}
	return r.file("search", []string{"kind", "text", "address"}, rows, lines)
}
