package web

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"sync"
)

//go:embed pages
var pageFiles embed.FS

//go:embed assets
var assets embed.FS

// page is what the frame of every page needs, and the page itself.
type page struct {
	Title     string
	Here      string // the entry of the navigation that it belongs to
	Bare      bool   // without navigation and search: nothing of the store may be asked for yet
	Downloads []link
	Body      any

	Site string // title of the site
	Nav  []link
	V    string // version of the assets
}

// tieTable is a table of ties; Word stands where a tie has no role.
type tieTable struct {
	Caption, Word string
	Rows          []tieRow
}

var pageNames = []string{"start", "pairs", "entities", "entity", "pair", "event", "article", "search", "network", "vocabulary", "cypher", "problem", "token"}

func parsePages() (map[string]*template.Template, error) {
	out := map[string]*template.Template{}
	functions := template.FuncMap{"grouped": grouped, "count": count, "add": func(a, b int) int { return a + b }, "ties": func(caption, word string, rows []tieRow) tieTable { return tieTable{caption, word, rows} }}
	for _, name := range pageNames {
		t, err := template.New("layout.html").Funcs(functions).ParseFS(pageFiles, "pages/layout.html", "pages/parts.html", "pages/"+name+".html")
		if err != nil {
			return nil, fmt.Errorf("page %s: %w", name, err)
		}
		out[name] = t
	}
	return out, nil
}

// assetVersion changes with every asset.
var assetVersion = sync.OnceValue(func() string {
	var all []byte
	for _, name := range []string{"desk.css", "desk.js", "icon.svg"} {
		b, err := assets.ReadFile("assets/" + name)
		if err != nil {
			return ""
		}
		all = append(all, b...)
	}
	return newAnswer(all, "", "").tag[1:13]
})

// render makes a page whole, so that nothing is sent of one that fails.
func (s *Site) render(name string, p *page) ([]byte, error) {
	p.Site, p.V = visible(s.o.Title), assetVersion()
	if !p.Bare {
		p.Nav = []link{{Text: "Start", Href: "/"}, {Text: "Parties", Href: "/entities"}, {Text: "Pairs", Href: "/pairs"}, {Text: "Network", Href: "/network"}, {Text: "Words and colours", Href: "/vocabulary"}}
		if s.o.Querier != nil {
			p.Nav = append(p.Nav, link{Text: "Cypher", Href: "/cypher"})
		}
		for i := range p.Nav {
			p.Nav[i].Here = p.Nav[i].Href == p.Here
		}
	}
	var b bytes.Buffer
	if err := s.pages[name].Execute(&b, p); err != nil {
		return nil, fmt.Errorf("page %s: %w", name, err)
	}
	return b.Bytes(), nil
}

func (r *request) page(name string, p *page) (*answer, error) {
	if r.format != "html" {
		return nil, badRequest("This page has no format %q.", r.format)
	}
	body, err := r.site.render(name, p)
	if err != nil {
		return nil, err
	}
	return newAnswer(body, "text/html; charset=utf-8", ""), nil
}
