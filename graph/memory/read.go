package memory

import (
	"context"
	"iter"
	"maps"
	"slices"
	"strings"

	"entente/graph"
	"entente/schema"
)

// sequence yields what take returns when the iteration begins, each as give makes of it, until ctx is done.
func sequence[T any](ctx context.Context, s *Store, take func() ([]T, error), give func(T) T) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		var zero T
		s.mu.RLock()
		all, err := take()
		s.mu.RUnlock()
		if err != nil {
			yield(zero, err)
			return
		}
		for _, v := range all {
			if err := ctx.Err(); err != nil {
				yield(zero, err)
				return
			}
			if !yield(give(v), nil) {
				return
			}
		}
		if err := ctx.Err(); err != nil {
			yield(zero, err)
		}
	}
}

func same[T any](v T) T { return v }

// Triples implements graph.Store.
func (s *Store) Triples(ctx context.Context, q graph.Query) iter.Seq2[graph.Triple, error] {
	take := func() ([]graph.Triple, error) {
		sel, err := q.Select(s.merges)
		if err != nil {
			return nil, err
		}
		var found []entry
		for e := range s.candidates(q) {
			if sel.Matches(e.triple) {
				found = append(found, e)
			}
		}
		slices.SortFunc(found, func(a, b entry) int { return strings.Compare(a.key, b.key) })
		if q.Limit > 0 && len(found) > q.Limit {
			found = found[:q.Limit]
		}
		triples := make([]graph.Triple, len(found))
		for i, e := range found {
			triples[i] = e.triple
		}
		return triples, nil
	}
	return sequence(ctx, s, take, graph.Triple.Clone)
}

// candidates yields the triples that the ids of the query name, or all.
func (s *Store) candidates(q graph.Query) iter.Seq[entry] {
	if len(q.IDs) == 0 {
		return maps.Values(s.triples)
	}
	found := map[string]entry{}
	for _, id := range q.IDs {
		if now, ok := s.former[id]; ok {
			id = now
		}
		if e, ok := s.triples[id]; ok {
			found[id] = e
		}
	}
	return maps.Values(found)
}

// Articles implements graph.Store.
func (s *Store) Articles(ctx context.Context) iter.Seq2[schema.Article, error] {
	take := func() ([]schema.Article, error) {
		var all []schema.Article
		for _, id := range slices.Sorted(maps.Keys(s.articles)) {
			all = append(all, s.articles[id][0].Article)
		}
		return all, nil
	}
	return sequence(ctx, s, take, func(a schema.Article) schema.Article {
		a.Furniture = slices.Clone(a.Furniture)
		return a
	})
}

// Entities implements graph.Store.
func (s *Store) Entities(ctx context.Context) iter.Seq2[schema.Entity, error] {
	take := func() ([]schema.Entity, error) {
		all := s.allEntities()
		out := make([]schema.Entity, 0, len(all))
		for _, id := range slices.Sorted(maps.Keys(all)) {
			out = append(out, all[id])
		}
		return out, nil
	}
	return sequence(ctx, s, take, cloneEntity)
}

// Readings implements graph.Store.
func (s *Store) Readings(ctx context.Context) iter.Seq2[schema.Reading, error] {
	take := func() ([]schema.Reading, error) {
		var all []schema.Reading
		for _, id := range slices.Sorted(maps.Keys(s.articles)) {
			all = append(all, s.articles[id]...)
		}
		return all, nil
	}
	return sequence(ctx, s, take, clone)
}

// Decisions implements graph.Store.
func (s *Store) Decisions(ctx context.Context) iter.Seq2[graph.Decision, error] {
	take := func() ([]graph.Decision, error) {
		return slices.SortedFunc(maps.Values(s.decisions), func(a, b graph.Decision) int { return strings.Compare(a.From, b.From) }), nil
	}
	return sequence(ctx, s, take, same)
}

// Stats implements graph.Store.
func (s *Store) Stats(ctx context.Context) (graph.Stats, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	st := graph.Stats{
		Articles: len(s.articles), Entities: len(s.allEntities()), Triples: len(s.triples),
		Relations: map[schema.Relation]int{}, Extractors: map[string]int{},
	}
	for _, readings := range s.articles {
		st.Readings += len(readings)
		for _, r := range readings {
			st.Extractors[r.Extractor.Name+" "+r.Extractor.Version]++
		}
	}
	for _, e := range s.triples {
		st.Evidence += len(e.triple.Evidences)
		st.Relations[e.triple.Relation]++
	}
	st.Pairs = len(graph.Dyads(func(yield func(graph.Triple) bool) {
		for _, e := range s.triples {
			if !yield(e.triple) {
				return
			}
		}
	}))
	return st, ctx.Err()
}

// Seen implements graph.Journal.
func (s *Store) Seen(ctx context.Context, article string, by schema.Extractor) (string, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	for _, r := range s.articles[article] {
		if r.Extractor == by {
			return r.Article.SHA256, ctx.Err()
		}
	}
	return "", ctx.Err()
}

// AddRun implements graph.Journal.
func (s *Store) AddRun(ctx context.Context, r graph.Run) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := ctx.Err(); err != nil {
		return err
	}
	r.Arguments = slices.Clone(r.Arguments)
	s.runs = append(s.runs, r)
	return nil
}

// Runs implements graph.Journal.
func (s *Store) Runs(ctx context.Context) iter.Seq2[graph.Run, error] {
	take := func() ([]graph.Run, error) { return slices.Clone(s.runs), nil }
	return sequence(ctx, s, take, func(r graph.Run) graph.Run {
		r.Arguments = slices.Clone(r.Arguments)
		return r
	})
}

// clone copies a reading so that the caller and the store share no memory that either could change.
func clone(r schema.Reading) schema.Reading {
	r.Article.Furniture = slices.Clone(r.Article.Furniture)
	r.Entities = slices.Clone(r.Entities)
	for i, e := range r.Entities {
		r.Entities[i] = cloneEntity(e)
	}
	r.Triples = slices.Clone(r.Triples)
	for i := range r.Triples {
		t := &r.Triples[i]
		t.Evidence = slices.Clone(t.Evidence)
		for j := range t.Evidence {
			e := &t.Evidence[j]
			e.Mediators, e.Contexts = slices.Clone(e.Mediators), slices.Clone(e.Contexts)
		}
	}
	return r
}

func cloneEntity(e schema.Entity) schema.Entity {
	e.Aliases, e.Codes = slices.Clone(e.Aliases), maps.Clone(e.Codes)
	return e
}
