package graph

import (
	"context"
	"iter"
	"slices"

	"entente/schema"
)

// Browse is the store itself where it is a Browser, else one that reads everything for each answer. Of the latter Plain gives the store back.
func Browse(store Store) Browser {
	if b, ok := store.(Browser); ok {
		return b
	}
	return slow{store}
}

// Plain is the store that Browse was given.
func Plain(b Browser) Store {
	if s, ok := b.(slow); ok {
		return s.Store
	}
	return b
}

// BrowseSlowly answers as a Browser from the methods of Store alone, also where the store has faster answers: what those are held to.
func BrowseSlowly(store Store) Browser { return slow{store} }

// slow answers as a Browser from the methods of any Store.
type slow struct{ Store }

// Article implements Browser.
func (s slow) Article(ctx context.Context, id string) (schema.Article, bool, error) {
	for a, err := range s.Articles(ctx) {
		if err != nil || a.ID == id {
			return a, err == nil, err
		}
	}
	return schema.Article{}, false, nil
}

func collect[T any](items iter.Seq2[T, error]) ([]T, error) {
	var out []T
	for v, err := range items {
		if err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	return out, nil
}

// Page implements Browser.
func (s slow) Page(ctx context.Context, q Query, newest bool, offset, n int) ([]Triple, error) {
	if q.Limit = offset + n; newest {
		q.Limit = 0
	}
	triples, err := collect(s.Triples(ctx, q))
	if newest {
		slices.SortFunc(triples, Newest)
	}
	offset = min(offset, len(triples))
	return triples[offset:min(offset+n, len(triples))], err
}

// Acts implements Browser.
func (s slow) Acts(ctx context.Context, q Query, n int) ([]Triple, error) {
	if q.Limit = n; n <= 0 {
		return nil, nil
	}
	triples, err := collect(s.Triples(ctx, q))
	for i := range triples {
		triples[i].Evidences = nil
	}
	return triples, err
}

// Tally implements Browser.
func (s slow) Tally(ctx context.Context, q Query) ([]Tally, error) {
	q.Limit = 0
	triples, err := collect(s.Triples(ctx, q))
	return Tallies(slices.Values(triples)), err
}

// Pairs implements Browser.
func (s slow) Pairs(ctx context.Context, from, to schema.Date) ([]Dyad, error) {
	triples, err := collect(s.Triples(ctx, Query{From: from, To: to}))
	return Dyads(slices.Values(triples)), err
}
