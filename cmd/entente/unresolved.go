package main

import (
	"cmp"
	"context"
	"iter"
	"slices"
	"strconv"
	"strings"
	"sync"

	"entente/extract"
	"entente/extract/corpus"
	"entente/graph"
	"entente/schema"

	"github.com/urfave/cli/v2"
)

// unknown is a name that no table knows, and where it stands.
type unknown struct {
	Form     string `json:"form"`
	Count    int    `json:"count"`
	Articles int    `json:"articles"`
	Article  string `json:"article"` // of the example
	Example  string `json:"example"` // the first sentence with the name
}

// unresolved lists the names in the articles of the store that no table knows, most frequent first. They are found by reading the articles again: a
// reading keeps parties only, and so the list always fits the tables at hand.
func (p *program) unresolved(c *cli.Context, store graph.Store) error {
	if c.Int("limit") < 0 {
		return usagef("--limit %d: want 0 or more", c.Int("limit"))
	}
	out, err := p.output(c)
	if err != nil {
		return err
	}
	x, err := rulesOf(c)
	if err != nil {
		return err
	}
	forms := &collector{Extractor: x, reader: x, forms: map[string]*unknown{}}
	without := 0
	for _, err := range extract.All(c.Context, forms, texts(store.Articles(c.Context), &without), 0) {
		if err != nil {
			return err
		}
	}
	if without > 0 {
		p.say("%s without text in the store: nothing can be found in them", count(without, "article"))
	}
	list := forms.sorted()
	if n := c.Int("limit"); n > 0 {
		list = list[:min(n, len(list))]
	}
	_, err = write(out, unknownView(), all(list))
	return err
}

// documentReader is an extractor that shows the document it reads.
type documentReader interface {
	Read(context.Context, schema.Article) (*extract.Doc, error)
}

// texts leaves out the articles without text, which it counts, and marks the furniture of the others.
func texts(articles iter.Seq2[schema.Article, error], without *int) iter.Seq2[schema.Article, error] {
	return func(yield func(schema.Article, error) bool) {
		for a, err := range articles {
			if err == nil && a.Text == "" {
				*without++
				continue
			}
			if err == nil {
				a = corpus.Mark(a)
			}
			if !yield(a, err) {
				return
			}
		}
	}
}

// collector gathers the unresolved names of the articles it is given; it may be used by several at once.
type collector struct {
	extract.Extractor
	reader documentReader
	mu     sync.Mutex
	forms  map[string]*unknown
}

// Extract adds the names of one article.
func (x *collector) Extract(ctx context.Context, a schema.Article) (schema.Reading, error) {
	doc, err := x.reader.Read(ctx, a)
	if err != nil {
		return schema.Reading{}, err
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	seen := map[string]bool{}
	for _, m := range doc.Mentions {
		if m.Kind == extract.Unresolved {
			x.add(doc, m, seen)
		}
	}
	return schema.Reading{}, nil
}

func (x *collector) add(doc *extract.Doc, m extract.Mention, seen map[string]bool) {
	s := &doc.Sentences[m.Sentence]
	start, end := s.Span(m.First, m.Last)
	form := strings.Join(strings.Fields(doc.Article.Text[start:end]), " ")
	u := x.forms[form]
	if u == nil {
		u = &unknown{Form: form}
		x.forms[form] = u
	}
	u.Count++
	if !seen[form] {
		seen[form] = true
		u.Articles++
		if u.Article == "" || doc.Article.ID < u.Article {
			u.Article = doc.Article.ID
			u.Example = strings.Join(strings.Fields(doc.Article.Text[s.Start:s.End]), " ")
		}
	}
}

// sorted are the forms, the most frequent first.
func (x *collector) sorted() []unknown {
	list := make([]unknown, 0, len(x.forms))
	for _, u := range x.forms {
		list = append(list, *u)
	}
	slices.SortFunc(list, func(a, b unknown) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(b.Articles, a.Articles), cmp.Compare(a.Form, b.Form))
	})
	return list
}

func unknownView() view[unknown] {
	form := column[unknown]{name: "form", cell: func(u unknown) string { return u.Form }}
	n := column[unknown]{name: "count", cell: func(u unknown) string { return strconv.Itoa(u.Count) }}
	articles := column[unknown]{name: "articles", cell: func(u unknown) string { return strconv.Itoa(u.Articles) }}
	article := column[unknown]{name: "article", cell: func(u unknown) string { return u.Article }}
	example := column[unknown]{name: "example", wide: true, cell: func(u unknown) string { return u.Example }}
	return view[unknown]{table: []column[unknown]{n, articles, form, example}, fields: []column[unknown]{form, n, articles, article, example}}
}
