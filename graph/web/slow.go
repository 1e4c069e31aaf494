package web

import (
	"context"
	"iter"
	"slices"

	"entente/graph"
	"entente/schema"
)

// Browse is the store itself where it is a graph.Browser, else one that reads everything for each answer.
func Browse(store graph.Store) graph.Browser {
	if b, ok := store.(graph.Browser); ok {
		return b
	}
	return slow{store}
}

// slow answers as a graph.Browser from the methods of any graph.Store.
type slow struct{ graph.Store }

// Article implements graph.Browser.
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

// Page implements graph.Browser.
func (s slow) Page(ctx context.Context, q graph.Query, newest bool, offset, n int) ([]graph.Triple, error) {
	q.Limit = 0
	if !newest {
		q.Limit = offset + n
	}
	triples, err := collect(s.Triples(ctx, q))
	if newest {
		slices.SortFunc(triples, graph.Newest)
	}
	offset = min(offset, len(triples))
	return triples[offset:min(offset+n, len(triples))], err
}

// Acts implements graph.Browser.
func (s slow) Acts(ctx context.Context, q graph.Query, n int) ([]graph.Triple, error) {
	q.Limit = n
	triples, err := collect(s.Triples(ctx, q))
	for i := range triples {
		triples[i].Evidences = nil
	}
	return triples, err
}

// Tally implements graph.Browser.
func (s slow) Tally(ctx context.Context, q graph.Query) ([]graph.Tally, error) {
	q.Limit = 0
	triples, err := collect(s.Triples(ctx, q))
	return graph.Tallies(slices.Values(triples)), err
}

// Pairs implements graph.Browser.
func (s slow) Pairs(ctx context.Context, from, to schema.Date) ([]graph.Dyad, error) {
	triples, err := collect(s.Triples(ctx, graph.Query{From: from, To: to}))
	return graph.Dyads(slices.Values(triples)), err
}
