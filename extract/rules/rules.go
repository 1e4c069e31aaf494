// Package rules is the default extractor: tokens, tags, trees, times, parties and acts in order, deterministic and offline.
package rules

import (
	"context"
	"fmt"
	"slices"

	"entente/extract"
	"entente/extract/actor"
	"entente/extract/event"
	"entente/extract/parse"
	"entente/extract/token"
	"entente/extract/when"
	"entente/schema"
)

// version changes whenever the same article could be read differently.
const version = "1"

// Options of the extractor; the zero value is the built-in knowledge and the better parser.
type Options struct {
	// Fast parses with the faster, less exact model.
	Fast bool
	// Actors is the content of a user's dictionary that overlays the built-in tables; empty for none.
	Actors actor.Options
}

// Extractor reads articles by rule. It is safe for concurrent use.
type Extractor struct {
	tokens *token.Tokenizer
	parser *parse.Parser
	actors *actor.Resolver
	events *event.Reader
}

var _ extract.Extractor = (*Extractor)(nil)

// New loads tables, lexicon and weights.
func New(o Options) (*Extractor, error) {
	p, err := parse.Load(parse.Options{Best: !o.Fast})
	if err != nil {
		return nil, fmt.Errorf("rules: %w", err)
	}
	a, err := actor.New(o.Actors)
	if err != nil {
		return nil, fmt.Errorf("rules: %w", err)
	}
	e, err := event.New(nil)
	if err != nil {
		return nil, fmt.Errorf("rules: %w", err)
	}
	return &Extractor{token.New(), p, a, e}, nil
}

// Info names the extractor.
func (x *Extractor) Info() schema.Extractor { return schema.Extractor{Name: "rules", Version: version} }

// Read takes an article through every step up to the acts and returns the document.
func (x *Extractor) Read(ctx context.Context, a schema.Article) (*extract.Doc, error) {
	doc := x.tokens.Split(a)
	for i := range doc.Sentences {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		s := &doc.Sentences[i]
		x.parser.Tag(s)
		x.parser.Parse(s)
	}
	when.Find(doc)
	x.actors.Resolve(doc)
	return doc, nil
}

// Extract reads one article. Its error is ctx's, or says which invariant of a reading the result breaks: a defect of the extractor.
func (x *Extractor) Extract(ctx context.Context, a schema.Article) (schema.Reading, error) {
	doc, err := x.Read(ctx, a)
	if err != nil {
		return schema.Reading{}, err
	}
	return x.Acts(doc)
}

// entities are those of the document that the triples name.
func entities(doc *extract.Doc, triples []schema.Triple) []schema.Entity {
	named := map[string]bool{}
	for _, t := range triples {
		named[t.Subject], named[t.Object] = true, true
		for _, e := range t.Evidence {
			for _, id := range slices.Concat([]string{e.Speaker, e.Agent, e.ObjectAgent, e.Initiator, e.Place}, e.Mediators) {
				named[id] = true
			}
		}
	}
	var out []schema.Entity
	for id := range named {
		if e, ok := doc.Entities[id]; ok {
			out = append(out, e)
		}
	}
	slices.SortFunc(out, func(a, b schema.Entity) int {
		if a.ID < b.ID {
			return -1
		}
		return 1
	})
	return out
}
