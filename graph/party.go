package graph

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/runes"
	"golang.org/x/text/transform"
	"golang.org/x/text/unicode/norm"

	"entente/schema"
)

// PartyError is that a text names no entity of a store, or several.
type PartyError struct {
	Text       string
	Ambiguous  bool            // Candidates are those it names; else those whose names are most like it
	Candidates []schema.Entity // at most maxCandidates
	More       int             // how many candidates were left out
}

const maxCandidates = 8

func (e *PartyError) Error() string {
	var names []string
	for _, c := range e.Candidates {
		names = append(names, fmt.Sprintf("%s (%s)", c.ID, c.Name))
	}
	if e.More > 0 {
		names = append(names, fmt.Sprintf("%d more", e.More))
	}
	switch {
	case e.Ambiguous:
		return fmt.Sprintf("%q names several parties; give the id of one: %s", e.Text, strings.Join(names, ", "))
	case len(names) > 0:
		return fmt.Sprintf("no party %q in the store; did you mean %s?", e.Text, strings.Join(names, ", "))
	}
	return fmt.Sprintf("no party %q in the store", e.Text)
}

// Parties finds entities by what people type.
type Parties struct {
	entities []schema.Entity
	keys     []partyKeys // of the entities, in the same order
	merges   Merges
}

// partyKeys are the names of an entity as they are compared.
type partyKeys struct {
	id, name string
	aliases  []string
	also     []string // see Parties.Also
}

// NewParties reads all entities and decisions of a store.
func NewParties(ctx context.Context, store Store) (*Parties, error) {
	p := &Parties{}
	for e, err := range store.Entities(ctx) {
		if err != nil {
			return nil, err
		}
		k := partyKeys{id: fold(e.ID), name: fold(e.Name)}
		for _, a := range e.Aliases {
			k.aliases = append(k.aliases, fold(a))
		}
		p.entities, p.keys = append(p.entities, e), append(p.keys, k)
	}
	var ds []Decision
	for d, err := range store.Decisions(ctx) {
		if err != nil {
			return nil, err
		}
		ds = append(ds, d)
	}
	p.merges = NewMerges(ds)
	return p, nil
}

// Also lets Find know an entity by further names, such as demonyms that no reading gives; they count less than what readings say. An id that
// is not in the store is ignored. It must not be called while Find is.
func (p *Parties) Also(id string, names ...string) {
	i, ok := slices.BinarySearchFunc(p.entities, id, func(e schema.Entity, id string) int { return strings.Compare(e.ID, id) })
	if !ok {
		return
	}
	for _, n := range names {
		p.keys[i].also = append(p.keys[i].also, fold(n))
	}
}

// All yields the entities in the order of their ids.
func (p *Parties) All() iter.Seq[schema.Entity] { return slices.Values(p.entities) }

// Merges are the decisions of the store.
func (p *Parties) Merges() Merges { return p.merges }

// Party is Parties.Find for one text.
func Party(ctx context.Context, store Store, text string) (schema.Entity, error) {
	p, err := NewParties(ctx, store)
	if err != nil {
		return schema.Entity{}, err
	}
	return p.Find(text)
}

// Find is the entity that text names: by its id, one that was merged into it, its name, an alias (demonyms are aliases), or the beginning of one
// of these; of several ways the first. Case, accents, punctuation and a leading "the" do not matter, but an id written exactly comes
// first. Where there is no such entity, or more than one that is named in the same way, the error is a *PartyError.
func (p *Parties) Find(text string) (schema.Entity, error) {
	text = strings.TrimSpace(text)
	id := p.merges.Entity(text)
	if i := slices.IndexFunc(p.entities, func(e schema.Entity) bool { return e.ID == id }); i >= 0 {
		return p.entities[i], nil
	}
	key := fold(text)
	if key == "" {
		return schema.Entity{}, &PartyError{Text: text}
	}
	for _, names := range []func(partyKeys) bool{
		func(k partyKeys) bool { return k.id == key },
		func(k partyKeys) bool { return k.name == key },
		func(k partyKeys) bool { return slices.Contains(k.aliases, key) },
		func(k partyKeys) bool { return slices.Contains(k.also, key) },
		func(k partyKeys) bool { return strings.HasPrefix(k.name, key) || strings.HasPrefix(k.id, key) },
		func(k partyKeys) bool {
			return slices.ContainsFunc(k.aliases, func(a string) bool { return strings.HasPrefix(a, key) })
		},
	} {
		var found []schema.Entity
		for i, k := range p.keys {
			if names(k) {
				found = append(found, p.entities[i])
			}
		}
		switch len(found) {
		case 0:
		case 1:
			return found[0], nil
		default:
			more := max(0, len(found)-maxCandidates)
			return schema.Entity{}, &PartyError{Text: text, Ambiguous: true, Candidates: found[:len(found)-more], More: more}
		}
	}
	return schema.Entity{}, &PartyError{Text: text, Candidates: p.like(key)}
}

// like are the entities one of whose names is nearest to key: with at most one error in three letters, and no more than two errors above the best.
func (p *Parties) like(key string) []schema.Entity {
	type match struct {
		distance int
		entity   schema.Entity
	}
	length := len([]rune(key))
	var matches []match
	for i, k := range p.keys {
		d := distance(key, k.id)
		for _, name := range slices.Concat([]string{k.name}, k.aliases, k.also) {
			d = min(d, distance(key, name), distance(key, name[strings.LastIndex(name, "-")+1:])) // the last word alone: a family name
			if length > 2 && strings.Contains("-"+name, "-"+key) {
				d = min(d, 1) // a word of the name
			}
		}
		if d <= max(1, length/3) {
			matches = append(matches, match{d, p.entities[i]})
		}
	}
	slices.SortStableFunc(matches, func(a, b match) int { return cmp.Or(a.distance-b.distance, strings.Compare(a.entity.ID, b.entity.ID)) })
	var out []schema.Entity
	for _, m := range matches[:min(len(matches), 5)] {
		if m.distance <= matches[0].distance+2 {
			out = append(out, m.entity)
		}
	}
	return out
}

// fold is a name without case, accents and punctuation, words joined by hyphens, without a leading article.
func fold(name string) string {
	plain, _, err := transform.String(transform.Chain(norm.NFKD, runes.Remove(runes.In(unicode.Mn)), norm.NFC), name)
	if err != nil {
		plain = name
	}
	return strings.TrimPrefix(schema.Slug(plain), "the-")
}

// distance is the number of letters to insert, remove, replace or swap with a neighbour that makes b of a.
func distance(a, b string) int {
	x, y := []rune(a), []rune(b)
	before, last, row := make([]int, len(y)+1), make([]int, len(y)+1), make([]int, len(y)+1)
	for j := range row {
		last[j] = j
	}
	for i := range x {
		row[0] = i + 1
		for j := range y {
			cost := number(x[i] != y[j])
			row[j+1] = min(last[j+1]+1, row[j]+1, last[j]+cost)
			if i > 0 && j > 0 && x[i] == y[j-1] && x[i-1] == y[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
		before, last, row = last, row, before
	}
	return last[len(y)]
}
