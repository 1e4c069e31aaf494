package corpus

import (
	"bufio"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

const (
	maxPage     = 8 << 20 // bytes of one page
	maxElements = 300_000 // elements of one page
)

// htmlFile reads a saved web page.
func htmlFile(r *bufio.Reader, k *sink) {
	b, err := io.ReadAll(io.LimitReader(r, maxPage+1))
	switch {
	case err != nil:
		k.fail(0, plain(err))
	case len(b) > maxPage:
		k.fail(0, fmt.Errorf("a page longer than %d MB; leave it out, or save its article alone", maxPage>>20))
	default:
		k.page(string(valid8(b)), "", 0)
	}
}

// page reads a page as an article. address is where it was found, empty where that is not known.
func (k *sink) page(src, address string, row int) bool {
	root, err := html.Parse(strings.NewReader(src))
	if err != nil {
		return k.fail(row, fmt.Errorf("not readable as HTML: %w", err))
	}
	p := newPage(root)
	if len(p.all) > maxElements {
		return k.fail(row, fmt.Errorf("a page of more than %d elements; leave it out, or save its article alone", maxElements))
	}
	var d Document
	p.ld(&d)
	p.microdata(&d)
	p.metas(&d)
	d.URL = cmp.Or(d.URL, address)
	d.Title = withoutSource(oneLine(d.Title), d.Source)
	if d.Published == "" {
		if day := inURL(d.URL); day != "" {
			d.Published, d.Time, d.PublishedFrom = day, string(day), "format"
		}
	}
	if d.Text = cmp.Or(p.story(), d.Text); strings.TrimSpace(d.Text) == "" {
		return k.fail(row, errors.New("a page without an article: no paragraph of text in it"))
	}
	return k.withText(d, row)
}

// page is what a web page says of itself.
type page struct {
	root    *html.Node
	all     []*html.Node        // elements in order
	aside   map[*html.Node]bool // elements that are furniture, or in one
	meta    map[string]string   // name, property, itemprop or http-equiv in small letters; the first counts
	scripts []string            // JSON-LD
}

func newPage(root *html.Node) *page {
	p := &page{root: root, meta: map[string]string{}, aside: map[*html.Node]bool{}}
	for n := range root.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		p.all = append(p.all, n)
		if p.aside[n.Parent] || furnitureOf(n) {
			p.aside[n] = true
		}
		switch {
		case n.DataAtom == atom.Meta:
			for _, key := range []string{"property", "name", "itemprop"} {
				if name := strings.ToLower(attr(n, key)); name != "" && p.meta[name] == "" {
					p.meta[name] = strings.TrimSpace(attr(n, "content"))
				}
			}
		case n.DataAtom == atom.Script && strings.Contains(strings.ToLower(attr(n, "type")), "ld+json") && n.FirstChild != nil:
			p.scripts = append(p.scripts, n.FirstChild.Data)
		}
	}
	return p
}

// set sets a document's property where it has none yet.
func (d *Document) set(field *string, s string) {
	if *field == "" {
		*field = oneLine(unescaped(s))
	}
}

// came sets when a document came out, where it is not known yet and the value is understood.
func (d *Document) came(raw string) {
	if d.Published != "" || raw == "" {
		return
	}
	if m, ok := momentIn(raw, orderUnknown); ok && m.day != "" {
		d.Published, d.Time, d.PublishedFrom = m.day, m.String(), "format"
	}
}

var articleType = regexp.MustCompile(`(?i)(?:^|/)(?:\w*article|blogposting|report)$`)

// ld reads the first article of the page's JSON-LD.
func (p *page) ld(d *Document) {
	for _, s := range p.scripts {
		s = strings.TrimSpace(s)
		if !json.Valid([]byte(s)) {
			continue
		}
		if a := ldArticle(jsonValue(s), 0); a != nil {
			for key, v := range a.members {
				switch key {
				case "headline":
					d.set(&d.Title, v.flat(" "))
				case "datePublished":
					d.came(v.flat(" "))
				case "author":
					d.set(&d.Author, v.flat(", "))
				case "publisher":
					d.set(&d.Source, v.flat(" "))
				case "dateline":
					d.set(&d.Place, v.flat(" "))
				case "inLanguage":
					d.Language = cmp.Or(d.Language, languageCode(v.flat(" ")))
				case "url":
					d.set(&d.URL, v.flat(" "))
				case "articleBody":
					d.Text = cmp.Or(d.Text, plainText(v.flat("\n\n")))
				}
			}
			return
		}
	}
}

// ldArticle is the first object of an article's type, also in lists and graphs.
func ldArticle(v jsonValue, depth int) jsonValue {
	if len(v) == 0 || depth > 6 {
		return nil
	}
	switch v[0] {
	case '[':
		for e := range v.elements {
			if a := ldArticle(e, depth+1); a != nil {
				return a
			}
		}
	case '{':
		if slices.ContainsFunc(strings.Fields(v.at([]string{"@type"}).flat(" ")), articleType.MatchString) {
			return v
		}
		for _, key := range []string{"@graph", "mainEntity", "itemListElement"} {
			if a := ldArticle(v.at([]string{key}), depth+1); a != nil {
				return a
			}
		}
	}
	return nil
}

// microdata reads itemprop attributes of schema.org.
func (p *page) microdata(d *Document) {
	for _, n := range p.all {
		prop := attr(n, "itemprop")
		if prop == "" {
			continue
		}
		value := cmp.Or(attr(n, "content"), attr(n, "datetime"))
		switch prop {
		case "headline":
			d.set(&d.Title, cmp.Or(value, words(n)))
		case "datePublished":
			d.came(cmp.Or(value, words(n)))
		case "author", "publisher":
			field := map[string]*string{"author": &d.Author, "publisher": &d.Source}[prop]
			d.set(field, cmp.Or(value, named(n), words(n)))
		}
	}
}

// named is the itemprop "name" in an element.
func named(n *html.Node) string {
	for c := range n.Descendants() {
		if c.Type == html.ElementNode && attr(c, "itemprop") == "name" {
			return cmp.Or(attr(c, "content"), words(c))
		}
	}
	return ""
}

// metaNames are the names of meta elements for a property, the most certain first.
var metaNames = map[property][]string{
	propTitle:     {"og:title", "twitter:title", "dc.title", "dcterms.title", "headline", "sailthru.title"},
	propPublished: {"article:published_time", "datepublished", "og:article:published_time", "dc.date.issued", "dcterms.issued", "dcterms.created", "dc.date", "date", "pubdate", "publishdate", "publish-date", "publication_date", "parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime", "citation_publication_date", "article.published"},
	propSource:    {"og:site_name", "dc.publisher", "dcterms.publisher", "application-name", "copyright"},
	propAuthor:    {"author", "article:author", "dc.creator", "dcterms.creator", "byl", "parsely-author", "sailthru.author"},
	propURL:       {"og:url"},
	propLanguage:  {"dc.language", "og:locale", "content-language"},
}

func (p *page) metas(d *Document) {
	first := func(pr property, ok func(string) bool) string {
		for _, n := range metaNames[pr] {
			if v := p.meta[n]; v != "" && (ok == nil || ok(v)) {
				return v
			}
		}
		return ""
	}
	d.set(&d.Title, first(propTitle, nil))
	d.set(&d.Source, first(propSource, nil))
	d.set(&d.Author, first(propAuthor, func(s string) bool { return !isURL(s) }))
	d.set(&d.URL, p.canonical())
	d.set(&d.URL, first(propURL, isURL))
	for _, n := range metaNames[propPublished] {
		d.came(p.meta[n])
	}
	for _, n := range p.all {
		switch n.DataAtom {
		case atom.Html:
			d.Language = cmp.Or(d.Language, languageCode(attr(n, "lang")))
		case atom.Title:
			d.set(&d.Title, words(n))
		case atom.Time:
			d.came(attr(n, "datetime"))
		}
	}
	d.Language = cmp.Or(d.Language, languageCode(first(propLanguage, nil)))
}

func (p *page) canonical() string {
	for _, n := range p.all {
		if n.DataAtom == atom.Link && strings.EqualFold(attr(n, "rel"), "canonical") && isURL(attr(n, "href")) {
			return attr(n, "href")
		}
	}
	return ""
}

// story is the text of the article on the page: of the element that says it is the body, else of the one with the most words in paragraphs
// that are not links.
func (p *page) story() string {
	for _, is := range []func(*html.Node) bool{
		func(n *html.Node) bool { return attr(n, "itemprop") == "articleBody" },
		func(n *html.Node) bool { return n.DataAtom == atom.Article },
		func(n *html.Node) bool { return n.DataAtom == atom.Main },
	} {
		if best, score := p.densest(is); score >= 40 {
			return storyText(best)
		}
	}
	if best, score := p.densest(nil); score > 0 {
		return storyText(best)
	}
	return ""
}

// densest is the element that is, of those of a kind, the one with the most words; of any kind: the parent whose own paragraphs hold the
// most words.
func (p *page) densest(is func(*html.Node) bool) (best *html.Node, score int) {
	sums := map[*html.Node]int{}
	for _, n := range p.all {
		if p.aside[n] {
			continue
		}
		if is != nil {
			if is(n) && !within(n.Parent, is) {
				sums[n] = proseWords(n)
			}
			continue
		}
		if n.DataAtom == atom.P && n.Parent != nil {
			w := proseWords(n)
			sums[n.Parent] += w
			if up := n.Parent.Parent; up != nil && n.Parent.DataAtom != atom.Body {
				sums[up] += w / 2
			}
		}
	}
	for _, n := range p.all {
		if s := sums[n]; s > score {
			best, score = n, s
		}
	}
	if best == nil && is == nil {
		for _, n := range p.all {
			if n.DataAtom == atom.Body {
				return n, proseWords(n)
			}
		}
	}
	return best, score
}

// within reports whether an element or one around it is of a kind.
func within(n *html.Node, is func(*html.Node) bool) bool {
	for ; n != nil && n.Type == html.ElementNode; n = n.Parent {
		if is(n) {
			return true
		}
	}
	return false
}

// proseWords counts the words of an element that are in no link and no furniture.
func proseWords(n *html.Node) int {
	count := 0
	var walk func(*html.Node, int)
	walk = func(n *html.Node, depth int) {
		if depth > 500 || n.DataAtom == atom.A || n.Type == html.ElementNode && furnitureOf(n) {
			return
		}
		if n.Type == html.TextNode {
			count += len(strings.Fields(n.Data))
		}
		for c := range n.ChildNodes() {
			walk(c, depth+1)
		}
	}
	walk(n, 0)
	return count
}

// storyText is the text of an article's element without its heading.
func storyText(n *html.Node) string {
	var b blocks
	var walk func(*html.Node, int)
	walk = func(n *html.Node, depth int) {
		for c := range n.ChildNodes() {
			switch {
			case c.DataAtom == atom.H1 || c.DataAtom == atom.Header && depth < 3 && !holds(c, atom.P):
				b.close()
			case c.Type == html.ElementNode && holds(c, atom.H1) && !furnitureOf(c) && depth < 50:
				b.close()
				walk(c, depth+1)
				b.close()
			default:
				b.node(c, depth)
			}
		}
	}
	walk(n, 0)
	return b.text()
}

func holds(n *html.Node, kind atom.Atom) bool {
	for c := range n.Descendants() {
		if c.DataAtom == kind {
			return true
		}
	}
	return false
}
