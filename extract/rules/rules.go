// Package rules is the default extractor: tokens, tags, trees, times, parties and acts in order, deterministic and offline.
package rules

import (
	"context"
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"fmt"
	"os"
	"slices"
	"strings"

	"entente/extract"
	"entente/extract/actor"
	"entente/extract/event"
	"entente/extract/parse"
	"entente/extract/token"
	"entente/extract/when"
	"entente/schema"
)

// version changes whenever the examples are read differently: its file holds the number and the digest of their readings, and a test raises it.
//
//go:embed version.txt
var versionTXT string

func version() string {
	number, _, _ := strings.Cut(versionTXT, " ")
	return number
}

// Options of the extractor; the zero value is the built-in knowledge and the better parser.
type Options struct {
	// Fast parses with the faster, less exact model.
	Fast bool
	// Actors names the dictionary of a user that overlays the built-in tables, if any.
	Actors actor.Options
}

// Extractor reads articles by rule. It is safe for concurrent use.
type Extractor struct {
	version string
	tokens  *token.Tokenizer
	parser  *parse.Parser
	actors  *actor.Resolver
	events  *event.Reader
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
	v, err := overlaid(version(), o.Actors.Overlay)
	if err != nil {
		return nil, fmt.Errorf("rules: %w", err)
	}
	return &Extractor{v, token.New(), p, a, e}, nil
}

// overlaid is the version with the digest of a user's tables, if any: what was read with other tables is read again.
func overlaid(version, file string) (string, error) {
	if file == "" {
		return version, nil
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(data)
	return version + "+actors." + hex.EncodeToString(sum[:4]), nil
}

// Info names the extractor.
func (x *Extractor) Info() schema.Extractor {
	return schema.Extractor{Name: "rules", Version: x.version}
}

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

// Explain reads one article and tells, predicate by predicate, what was seen and why.
func (x *Extractor) Explain(ctx context.Context, a schema.Article) (*extract.Doc, []event.Predicate, error) {
	doc, err := x.Read(ctx, a)
	if err != nil {
		return nil, nil, err
	}
	return doc, x.events.Explain(doc), nil
}

// entities are those of the document that the triples name, in no order: Normalize sorts them.
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
	return out
}
