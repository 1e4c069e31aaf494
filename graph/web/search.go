package web

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"entente/schema"
)

const (
	shownFound   = 30
	longestQuery = 200 // in runes
	mostWords    = 8
)

type searchPage struct {
	Words    string
	Asked    bool
	Entities []entityRow
	More     bool // entities were left out
	Events   []eventRow
	Articles []articleRow
	Nothing  bool
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
	list := strings.Fields(words)
	list = list[:min(len(list), mostWords)]
	found := r.sn.named(words)
	p.More = len(found) > shownFound
	for _, id := range found[:min(shownFound, len(found))] {
		p.Entities = append(p.Entities, entityRow{r.sn.ref(id), clip(strings.Join(r.sn.entities[id].Aliases, ", "), longestTitle)})
	}
	if slices.ContainsFunc(list, func(w string) bool { return utf8.RuneCountInString(w) > 1 }) {
		triples, err := r.site.store.Passages(r.ctx, list, shownFound)
		if err != nil {
			return err
		}
		p.Events = r.sn.rows(triples)
		articles, err := r.site.store.Titles(r.ctx, list, shownFound)
		if err != nil {
			return err
		}
		for _, a := range articles {
			p.Articles = append(p.Articles, articleRow{clip(cmp.Or(a.Title, a.ID), longestTitle), clip(a.Source, longestWord), string(a.Published), articleHref(a.ID, "")})
		}
	}
	p.Nothing = len(p.Entities)+len(p.Events)+len(p.Articles) == 0
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
		e := sn.entities[id]
		best := 3
		for i, name := range append([]string{e.ID, e.Name}, e.Aliases...) {
			slug := schema.Slug(name)
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

// begins reports whether each part is the beginning of a word of slug.
func begins(slug string, parts []string) bool {
	slug = "-" + slug
	return !slices.ContainsFunc(parts, func(p string) bool { return !strings.Contains(slug, "-"+p) })
}

// foundLine is a find in a download.
type foundLine struct {
	Kind    string `json:"kind"` // entity, event or article
	Text    string `json:"text"`
	Address string `json:"address"`
}

func (r *request) searchFile(p searchPage) (*answer, error) {
	lines := []foundLine{}
	for _, e := range p.Entities {
		lines = append(lines, foundLine{"entity", e.Name, e.Href})
	}
	for _, e := range p.Events {
		lines = append(lines, foundLine{"event", e.Quote, e.Href})
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
