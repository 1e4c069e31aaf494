package graph

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"reflect"
	"slices"
	"strings"
	"unicode/utf8"

	"entente/schema"
)

// ReadingError is that a reading cannot be stored. Every Store returns it from Upsert, wrapped, for the first such reading.
type ReadingError struct {
	Index     int // 0-based position among the readings given
	Article   string
	Extractor string
	Err       error
}

func (e *ReadingError) Error() string { return e.Err.Error() }
func (e *ReadingError) Unwrap() error { return e.Err }

// CheckReadings returns a *ReadingError for the first reading that does not pass Check or that a store could not give back as it is: text
// that is not UTF-8 or holds NUL bytes, a confidence that is not a number.
func CheckReadings(readings []schema.Reading) error {
	for i, r := range readings {
		err := r.Check()
		if err == nil {
			err = storable(r)
		}
		if err != nil {
			return &ReadingError{i, r.Article.ID, r.Extractor.Name, err}
		}
	}
	return nil
}

func storable(r schema.Reading) error {
	bad := func(what, s string) error {
		if utf8.ValidString(s) && !strings.ContainsRune(s, 0) {
			return nil
		}
		return fmt.Errorf("reading of %q by %s: %s is not plain UTF-8 text: convert the article first", r.Article.ID, r.Extractor.Name, what)
	}
	a := r.Article
	for _, f := range [][2]string{{"article id", a.ID}, {"title", a.Title}, {"source", a.Source}, {"URL", a.URL}, {"text", a.Text}, {"digest", a.SHA256},
		{"extractor", r.Extractor.Name + r.Extractor.Version}} {
		if err := bad("its "+f[0], f[1]); err != nil {
			return err
		}
	}
	for _, e := range r.Entities {
		if err := bad("entity "+e.ID, e.ID+e.Name+e.State+strings.Join(e.Aliases, "")); err != nil {
			return err
		}
		for k, v := range e.Codes {
			if err := bad("a code of entity "+e.ID, k+v); err != nil {
				return err
			}
		}
	}
	for _, t := range r.Triples {
		if err := bad("triple "+t.ID, t.Role+t.Article); err != nil {
			return err
		}
		for _, e := range t.Evidence {
			if err := bad("evidence "+e.ID, e.Rule+e.Model); err != nil {
				return err
			}
			if bad("", e.Quote) != nil {
				return fmt.Errorf("reading of %q by %s: evidence %s: its quote cuts a letter in two or is not plain UTF-8", a.ID, r.Extractor.Name, e.ID)
			}
			if math.IsNaN(e.Confidence) {
				return fmt.Errorf("reading of %q by %s: evidence %s: confidence is not a number", a.ID, r.Extractor.Name, e.ID)
			}
		}
	}
	return nil
}

// Replace is what is stored of one article after incoming readings of it have come, one after the other: each replaces the reading of its
// extractor and the article itself, and drops the readings of other extractors if the text is another one. An incoming article whose text
// was left out keeps the stored text if that has its digest. stored and incoming are not changed; all readings returned have the same
// Article and are in the order of their extractors' names.
func Replace(stored, incoming []schema.Reading) []schema.Reading {
	byExtractor := map[string]schema.Reading{}
	var article schema.Article
	for _, r := range stored {
		byExtractor[r.Extractor.Name] = r
		article = r.Article
	}
	for _, r := range incoming {
		if len(byExtractor) > 0 && r.Article.SHA256 != article.SHA256 {
			clear(byExtractor)
			article = schema.Article{}
		}
		text := article.Text
		article = r.Article
		article.Text = cmp.Or(article.Text, text)
		byExtractor[r.Extractor.Name] = r
	}
	out := slices.SortedFunc(maps.Values(byExtractor), func(a, b schema.Reading) int { return cmp.Compare(a.Extractor.Name, b.Extractor.Name) })
	for i := range out {
		out[i].Article = article
	}
	return out
}

// Named lists the entities that the triples and evidences of a reading name, as the reading declares them, in the order of their ids.
func Named(r schema.Reading) []schema.Entity {
	named := map[string]bool{}
	for _, t := range r.Triples {
		named[t.Subject], named[t.Object] = true, true
		for _, e := range t.Evidence {
			for _, id := range []string{e.Speaker, e.Agent, e.ObjectAgent, e.Initiator, e.Place} {
				named[id] = true
			}
			for _, id := range e.Mediators {
				named[id] = true
			}
		}
	}
	var out []schema.Entity
	for _, e := range r.Entities {
		if named[e.ID] {
			out = append(out, e)
		}
	}
	slices.SortFunc(out, func(a, b schema.Entity) int { return strings.Compare(a.ID, b.ID) })
	return out
}

// Declaration is one way in which readings describe an entity.
type Declaration struct {
	Entity   schema.Entity
	Readings int // that name the entity and describe it so
}

// Key is the same for equal descriptions: the entity as JSON.
func (d Declaration) Key() string {
	b, err := json.Marshal(d.Entity)
	if err != nil { // an Entity is strings all through
		return d.Entity.ID
	}
	return string(b)
}

// DeriveEntity is the entity that stands in the graph under an id, from at least one declaration of it and of those merged into it. What
// most readings say comes first, the declarations of id itself before those of others; the other names become aliases.
func DeriveEntity(id string, declarations []Declaration) schema.Entity {
	sorted := slices.Clone(declarations)
	other := func(d Declaration) string {
		if d.Entity.ID == id {
			return ""
		}
		return d.Entity.ID
	}
	slices.SortFunc(sorted, func(a, b Declaration) int {
		return cmp.Or(cmp.Compare(other(a), other(b)), cmp.Compare(b.Readings, a.Readings), cmp.Compare(a.Key(), b.Key()))
	})
	e := sorted[0].Entity.Merged(schema.Entity{})
	for _, d := range sorted[1:] {
		e = e.Merged(d.Entity)
	}
	e.ID = id
	if len(e.Aliases) == 0 {
		e.Aliases = nil
	}
	return e
}

// Count compares what was with what is, by key.
func Count[K comparable, V any](was, is map[K]V, equal func(a, b V) bool) Change {
	var c Change
	for k, v := range is {
		switch old, ok := was[k]; {
		case !ok:
			c.Added++
		case !equal(old, v):
			c.Changed++
		}
	}
	for k := range was {
		if _, ok := is[k]; !ok {
			c.Removed++
		}
	}
	return c
}

// EqualArticle reports whether nothing differs between two articles.
func EqualArticle(a, b schema.Article) bool {
	furniture := slices.Equal(a.Furniture, b.Furniture)
	a.Furniture, b.Furniture = nil, nil
	return furniture && reflect.DeepEqual(a, b)
}

// EqualEntity reports whether nothing differs between two entities.
func EqualEntity(a, b schema.Entity) bool {
	lists := slices.Equal(a.Aliases, b.Aliases) && maps.Equal(a.Codes, b.Codes)
	a.Aliases, a.Codes, b.Aliases, b.Codes = nil, nil, nil, nil
	return lists && reflect.DeepEqual(a, b)
}

// EqualEvidence reports whether nothing differs between what two evidences say; their articles are not compared.
func EqualEvidence(a, b Evidence) bool {
	lists := slices.Equal(a.Mediators, b.Mediators) && slices.Equal(a.Contexts, b.Contexts)
	x, y := a.Evidence, b.Evidence
	x.Mediators, x.Contexts, y.Mediators, y.Contexts = nil, nil, nil, nil
	return lists && reflect.DeepEqual(x, y)
}

// EqualDerived reports whether two triples are the same but for their evidences: what Changes counts as changed of a triple is what
// follows from its evidences, and those are counted for themselves.
func EqualDerived(a, b Triple) bool {
	lists := slices.Equal(a.Contexts, b.Contexts) && slices.Equal(a.Mediators, b.Mediators) && slices.Equal(a.Places, b.Places)
	for _, t := range []*Triple{&a, &b} {
		t.Contexts, t.Mediators, t.Places, t.Evidences, t.Evidence = nil, nil, nil, nil, nil
	}
	return lists && reflect.DeepEqual(a, b)
}
