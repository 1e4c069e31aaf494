package corpus

import (
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// tagged tells a text that holds markup.
var tagged = regexp.MustCompile(`(?i)</(?:p|div|span|a|b|i|em|strong|li|ul|h[1-6]|blockquote)>|<(?:p|br)\s*/?>`)

// plainText is a text of which markup is gone and whose character references are what they stand for.
func plainText(s string) string {
	switch {
	case strings.Contains(s, "<") && tagged.MatchString(s):
		return fragmentText(s)
	case strings.Contains(s, "&"):
		return unescaped(s)
	}
	return s
}

// fragmentText is the text of a piece of HTML, its paragraphs joined by an empty line.
func fragmentText(s string) string {
	nodes, err := html.ParseFragment(strings.NewReader(s), &html.Node{Type: html.ElementNode, Data: "body", DataAtom: atom.Body})
	if err != nil {
		return unescaped(s)
	}
	var b blocks
	for _, n := range nodes {
		b.node(n, 0)
	}
	return b.text()
}

// blocks collects the paragraphs of a tree of HTML.
type blocks struct {
	done []string
	open strings.Builder
}

func (b *blocks) close() {
	if s := oneLine(b.open.String()); s != "" {
		b.done = append(b.done, s)
	}
	b.open.Reset()
}

func (b *blocks) text() string {
	b.close()
	return strings.Join(b.done, "\n\n")
}

// silent are elements whose text nobody reads on the page, or that is not of the article.
var silent = []atom.Atom{
	atom.Script, atom.Style, atom.Noscript, atom.Template, atom.Iframe, atom.Svg, atom.Nav, atom.Aside, atom.Footer, atom.Form, atom.Button, atom.Select,
	atom.Figure, atom.Figcaption, atom.Object, atom.Audio, atom.Video, atom.Head, atom.Textarea, atom.Time, atom.Table,
}

// inline are elements within a paragraph; all others end one.
var inline = []atom.Atom{
	atom.A, atom.Abbr, atom.B, atom.Bdi, atom.Bdo, atom.Cite, atom.Code, atom.Data, atom.Del, atom.Dfn, atom.Em, atom.Font, atom.I, atom.Ins, atom.Kbd, atom.Label, atom.Mark,
	atom.Q, atom.S, atom.Small, atom.Span, atom.Strong, atom.Sub, atom.Sup, atom.Time, atom.Tt, atom.U, atom.Var, atom.Wbr, atom.Img,
}

// furnitureClass tells elements that are furniture of a page by their class or id.
var furnitureClass = regexp.MustCompile(`(?i)(?:^|[\s_-])(?:ad|ads|advert|advertisement|promo|related|recommended|share|sharing|social|newsletter|subscribe|comments?|caption|credit-line|byline|author|breadcrumbs?|cookie|tags|most-read|read-more|sidebar|nav|menu|footer|print-only|hidden)(?:$|[\s_-])`)

func (b *blocks) node(n *html.Node, depth int) {
	switch {
	case depth > 500:
		return
	case n.Type == html.TextNode:
		b.open.WriteString(n.Data)
		return
	case n.Type != html.ElementNode && n.Type != html.DocumentNode:
		return
	case n.Type == html.ElementNode && furnitureOf(n):
		return
	case n.DataAtom == atom.Br:
		if n.NextSibling != nil && n.NextSibling.DataAtom == atom.Br {
			b.close()
		}
		b.open.WriteByte(' ')
		return
	}
	block := n.Type == html.ElementNode && !slices.Contains(inline, n.DataAtom)
	if block {
		b.close()
	}
	for c := range n.ChildNodes() {
		b.node(c, depth+1)
	}
	if block {
		b.close()
	}
}

// furnitureOf reports whether an element is no part of an article's story.
func furnitureOf(n *html.Node) bool {
	if slices.Contains(silent, n.DataAtom) {
		return true
	}
	for _, a := range n.Attr {
		switch a.Key {
		case "class", "id":
			if furnitureClass.MatchString(a.Val) && n.DataAtom != atom.Body && n.DataAtom != atom.Article && n.DataAtom != atom.Main {
				return true
			}
		case "hidden":
			return true
		case "aria-hidden":
			return a.Val == "true"
		}
	}
	return false
}

// attr is an attribute's value, empty where it is not there.
func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

// words is the text of an element as one line.
func words(n *html.Node) string {
	var b strings.Builder
	for c := range n.Descendants() {
		if c.Type == html.TextNode {
			b.WriteString(c.Data)
			b.WriteByte(' ')
		}
	}
	return oneLine(b.String())
}
