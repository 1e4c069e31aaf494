package browser

import (
	"fmt"
	"html"
	"slices"
	"strings"
)

// guide is a sequence of slides. Its source is text: a line "# Title" begins a slide, blank lines part paragraphs, "> THEME/NAME" is a saved
// query to be run, "> :command" a command of Browser.
type guide struct {
	title  string
	slides []slide
}

type slide struct {
	title string
	parts []part
}

// part is a paragraph, or what can be run by a click.
type part struct {
	text     string
	runnable bool
}

func parseGuide(source string, queries []Query) (guide, error) {
	var g guide
	for block := range strings.SplitSeq(strings.TrimSpace(source), "\n\n") {
		block = strings.TrimSpace(block)
		if title, ok := strings.CutPrefix(block, "# "); ok {
			g.slides = append(g.slides, slide{title: title})
			continue
		}
		if len(g.slides) == 0 {
			g.title = block
			continue
		}
		s := &g.slides[len(g.slides)-1]
		name, runnable := strings.CutPrefix(block, "> ")
		switch {
		case !runnable:
			s.parts = append(s.parts, part{strings.ReplaceAll(block, "\n", " "), false})
		case strings.HasPrefix(name, ":"):
			s.parts = append(s.parts, part{name, true})
		default:
			i := slices.IndexFunc(queries, func(q Query) bool {
				return q.Theme+"/"+strings.TrimSuffix(q.Path[strings.Index(q.Path, "/")+1:], ".cypher") == name
			})
			if i < 0 {
				return g, fmt.Errorf("guide: there is no saved query %s", name)
			}
			s.parts = append(s.parts, part{queries[i].Text, false}, part{queries[i].Cypher, true})
		}
	}
	if g.title == "" || len(g.slides) == 0 {
		return g, fmt.Errorf("guide: want a title and slides")
	}
	return g, nil
}

// html is the guide for the Browser that comes with Neo4j 5.26.
func (g guide) html() string {
	var b strings.Builder
	fmt.Fprintf(&b, "<!-- Made from guide.txt. In Neo4j Browser: :play http://localhost:7480/guide.html -->\n<article class=\"guide\">\n<title>%s</title>\n<carousel class=\"deck container-fluid\">\n",
		html.EscapeString(g.title))
	for _, s := range g.slides {
		fmt.Fprintf(&b, "<slide class=\"row-fluid\">\n<div class=\"col-sm-12\">\n<h3>%s</h3>\n", html.EscapeString(s.title))
		for _, p := range s.parts {
			if p.runnable {
				fmt.Fprintf(&b, "<figure><pre class=\"pre-scrollable code runnable\">%s</pre></figure>\n", html.EscapeString(p.text))
			} else {
				fmt.Fprintf(&b, "<p>%s</p>\n", html.EscapeString(p.text))
			}
		}
		b.WriteString("</div>\n</slide>\n")
	}
	b.WriteString("</carousel>\n</article>\n")
	return b.String()
}

// asciidoc is the guide for the new Browser.
func (g guide) asciidoc() string {
	var b strings.Builder
	fmt.Fprintf(&b, "// Made from guide.txt. In Neo4j Browser: :guide http://localhost:7480/guide.adoc\n= %s\n", g.title)
	for _, s := range g.slides {
		fmt.Fprintf(&b, "\n== %s\n", s.title)
		for _, p := range s.parts {
			if p.runnable {
				fmt.Fprintf(&b, "\n[source,cypher]\n----\n%s\n----\n", p.text)
			} else {
				fmt.Fprintf(&b, "\n%s\n", p.text)
			}
		}
	}
	return b.String()
}
