package web

import (
	"cmp"
	"slices"
	"strings"

	"entente/graph"
	"entente/schema"
)

type eventPage struct {
	Row        eventRow
	Definition string
	Pair       string
	Facts      []fact
	Evidences  []evidenceRow
	More       int // evidences that are not shown
	Agreements []agreement
	Same       []eventRow // other triples of the claim
}

// fact is a property of a triple.
type fact struct {
	Name  string
	Texts []string
	Refs  []ref
}

type evidenceRow struct {
	ID, Quote, Status, Source, Title, Published, Extractor, Rule, Confidence, Href string
	ArticleHref                                                                    string
	Doubtful                                                                       bool
	Facts                                                                          []fact
}

// agreement is what the sources say about one property: each value with the articles that have it.
type agreement struct {
	Property string
	Agreed   bool
	Values   []agreedValue
}

type agreedValue struct {
	Value    string
	Articles []link
	More     int
}

// Counts that bound the page of an event.
const (
	shownEvidences = 200
	shownSame      = 20
	shownArticles  = 12
)

// event is the page of a triple: all evidence, and what the sources agree and disagree on.
func (s *Site) event(r *request) (*answer, error) {
	t, err := r.triple(r.key("id"))
	if err != nil {
		return nil, err
	}
	path := eventHref(t.ID)
	if r.key("id") != t.ID {
		return nil, &moved{at(path, r.others("id"), 0)}
	}
	if r.format != "html" {
		return r.eventFile(t)
	}
	p := eventPage{Row: r.sn.row(t), Definition: t.Relation.Info().Definition, Pair: pairHref(t.Subject, t.Object), Agreements: r.agreements(t)}
	p.Facts = r.facts(t)
	for i, e := range t.Evidences {
		if i == shownEvidences {
			p.More = len(t.Evidences) - i
			break
		}
		p.Evidences = append(p.Evidences, r.evidence(e))
	}
	if p.Same, err = r.sameClaim(t); err != nil {
		return nil, err
	}
	return r.page("event", &page{Title: r.sn.sentence(t) + ", " + when(t), Here: "/pairs", Downloads: downloads(path, filter{}, "csv", "json"), Body: p})
}

// triple is the triple of an id, also one from before a merge.
func (r *request) triple(id string) (graph.Triple, error) {
	if id != "" {
		found, err := r.site.store.Page(r.ctx, graph.Query{IDs: []string{id}}, false, 0, 1)
		if err != nil {
			return graph.Triple{}, err
		}
		if len(found) > 0 {
			return found[0], nil
		}
	}
	return graph.Triple{}, notFound("There is no event of this id in the store. It may have been withdrawn with its article, or its date may be known better now.")
}

var evidenceHeader = []string{"triple", "id", "status", "quote", "start", "end", "article", "published", "source", "title", "url", "extractor", "rule", "speaker", "agent",
	"object_agent", "initiator", "mediators", "mode", "contexts", "place", "basis", "confidence"}

func (r *request) eventFile(t graph.Triple) (*answer, error) {
	rows := make([][]string, len(t.Evidences))
	for i, e := range t.Evidences {
		rows[i] = []string{t.ID, e.ID, string(e.Status), cell(e.Quote), number(float64(e.Start)), number(float64(e.End)), cell(e.Article), string(e.Published), cell(e.Source),
			cell(e.Title), cell(e.URL), e.Extractor, cell(e.Rule), cell(e.Speaker), cell(e.Agent), cell(e.ObjectAgent), cell(e.Initiator), cell(strings.Join(e.Mediators, " ")), e.Mode,
			strings.Join(e.Contexts, " "), cell(e.Place), string(e.Basis), number(e.Confidence)}
	}
	return r.file("event-"+t.ID, evidenceHeader, rows, t)
}

// facts are the properties of a triple that follow from all its evidences.
func (r *request) facts(t graph.Triple) []fact {
	var out []fact
	text := func(name string, values ...string) {
		if values = slices.DeleteFunc(values, func(v string) bool { return v == "" }); len(values) > 0 {
			out = append(out, fact{Name: name, Texts: values})
		}
	}
	text("Kind of act", string(t.Relation)+": the subject "+t.Relation.Info().Definition)
	text("Class", quadLabel(t.Relation))
	text("Date", basisText(t))
	text("Role", clip(t.Role, longestName))
	text("Mode", t.Mode)
	text("Contexts", t.Contexts...)
	if len(t.Mediators) > 0 {
		out = append(out, fact{Name: "Mediators", Refs: r.sn.refs(t.Mediators)})
	}
	if len(t.Places) > 0 {
		out = append(out, fact{Name: "Places", Refs: r.sn.refs(t.Places)})
	}
	text("Stated by articles", seen(t))
	return out
}

// basisText says how the date of an act is known.
func basisText(t graph.Triple) string {
	switch t.Basis {
	case schema.Explicit:
		return when(t) + ", as an article names it"
	case schema.Relative:
		return when(t) + ", worked out from the day of an article"
	case schema.ReportedOnly:
		return when(t) + ": no article says when it happened, at the latest then"
	}
	return when(t)
}

func (r *request) evidence(e graph.Evidence) evidenceRow {
	row := evidenceRow{ID: clip(e.ID, longestWord), Quote: clip(e.Quote, longestQuote), Status: string(e.Status), Doubtful: e.Status != schema.Asserted, Source: clip(e.Source, longestWord),
		Title: clip(cmp.Or(e.Title, e.Article), longestTitle), Published: string(e.Published), Extractor: clip(e.Extractor, longestWord), Rule: clip(cmp.Or(e.Rule, e.Model), longestWord),
		Href: articleHref(e.Article, e.ID), ArticleHref: articleHref(e.Article, "")}
	if e.Confidence > 0 {
		row.Confidence = decimal(e.Confidence)
	}
	for _, f := range []struct {
		name string
		ids  []string
	}{{"said by", []string{e.Speaker}}, {"through", []string{e.Agent}}, {"for the other side", []string{e.ObjectAgent}}, {"begun by", []string{e.Initiator}}, {"mediated by", e.Mediators}, {"at", []string{e.Place}}} {
		if ids := slices.DeleteFunc(slices.Clone(f.ids), func(id string) bool { return id == "" }); len(ids) > 0 {
			row.Facts = append(row.Facts, fact{Name: f.name, Refs: r.sn.refs(ids)})
		}
	}
	if e.Former {
		row.Facts = append(row.Facts, fact{Name: "former", Texts: []string{"no longer so when the article was written"}})
	}
	return row
}

// agreements compares the evidences property by property; a property about which only one article says something is left out.
func (r *request) agreements(t graph.Triple) []agreement {
	name := func(id string) string {
		if id == "" {
			return ""
		}
		return r.sn.name(id)
	}
	var out []agreement
	for _, p := range []struct {
		name string
		of   func(graph.Evidence) string
	}{
		{"whether it is so", func(e graph.Evidence) string { return string(e.Status) }},
		{"kind", func(e graph.Evidence) string { return e.Mode }},
		{"how the date is known", func(e graph.Evidence) string { return string(e.Basis) }},
		{"who acted for " + r.sn.name(t.Subject), func(e graph.Evidence) string { return name(e.Agent) }},
		{"who acted for " + r.sn.name(t.Object), func(e graph.Evidence) string { return name(e.ObjectAgent) }},
		{"who began", func(e graph.Evidence) string { return name(e.Initiator) }},
		{"place", func(e graph.Evidence) string { return name(e.Place) }},
		{"contexts", func(e graph.Evidence) string { return strings.Join(e.Contexts, ", ") }},
		{"since when", func(e graph.Evidence) string { return string(e.Evidence.From) }},
		{"until when", func(e graph.Evidence) string { return string(e.Evidence.To) }},
	} {
		if a, ok := agree(p.name, t.Evidences, p.of); ok {
			out = append(out, a)
		}
	}
	return out
}

// agree collects the values of a property; ok is false where fewer than two articles have one.
func agree(property string, evidences []graph.Evidence, of func(graph.Evidence) string) (a agreement, ok bool) {
	a.Property = property
	articles := map[string]bool{}
	for _, e := range evidences {
		value := of(e)
		if value == "" {
			continue
		}
		articles[e.Article] = true
		i := slices.IndexFunc(a.Values, func(v agreedValue) bool { return v.Value == value })
		if i < 0 {
			i = len(a.Values)
			a.Values = append(a.Values, agreedValue{Value: value})
		}
		v := &a.Values[i]
		text := source(e)
		switch {
		case slices.ContainsFunc(v.Articles, func(l link) bool { return l.Text == text }):
		case len(v.Articles) == shownArticles:
			v.More++
		default:
			v.Articles = append(v.Articles, link{Text: text, Href: articleHref(e.Article, e.ID)})
		}
	}
	a.Agreed = len(a.Values) == 1
	return a, len(articles) > 1
}

// sameClaim are other triples of the same parties and relation whose dates are near, the newest first.
func (r *request) sameClaim(t graph.Triple) ([]eventRow, error) {
	q := graph.Query{Subject: []string{t.Subject}, Object: []string{t.Object}, Relations: []schema.Relation{t.Relation}}
	if w := t.When(); w != "" {
		q.From, q.To = schema.Day(w.First().AddDate(0, -2, 0)), schema.Day(w.Last().AddDate(0, 2, 0))
		if !q.From.Valid() || !q.To.Valid() {
			q.From, q.To = "", ""
		}
	}
	near, err := r.site.store.Page(r.ctx, q, true, 0, shownSame+1)
	near = slices.DeleteFunc(near, func(o graph.Triple) bool { return o.ID == t.ID })
	return r.sn.rows(near[:min(shownSame, len(near))]), err
}
