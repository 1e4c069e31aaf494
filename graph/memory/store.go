// Package memory is a graph.Store that keeps everything in memory: for tests, for one-off questions, and as the measure of the other stores.
package memory

import (
	"cmp"
	"context"
	"iter"
	"maps"
	"slices"
	"sync"

	"entente/graph"
	"entente/schema"
)

// Store is a graph.Store and graph.Journal in memory. Its zero value is not usable: see New.
type Store struct {
	mu           sync.RWMutex
	articles     map[string][]schema.Reading // by article id, as graph.Replace returns them; never changed in place
	declarations map[string]map[string]int   // entity id to descriptions (JSON) to readings that make them
	described    map[string]schema.Entity    // description to entity
	decisions    map[string]graph.Decision   // by From
	merges       graph.Merges
	claims       map[graph.Claim]*claim
	triples      map[string]entry  // by id in force
	former       map[string]string // triple ids from before a merge to those in force
	runs         []graph.Run
}

// claim holds the statements of one claim by article, and what was derived from them.
type claim struct {
	statements map[string][]graph.Statement
	triples    []graph.Triple
}

// entry is a derived triple with its place in the order of Triples. Neither is changed in place.
type entry struct {
	key    string
	triple graph.Triple
}

var (
	_ graph.Store   = (*Store)(nil)
	_ graph.Journal = (*Store)(nil)
)

// New is an empty store.
func New() *Store {
	s := &Store{
		articles: map[string][]schema.Reading{}, declarations: map[string]map[string]int{}, described: map[string]schema.Entity{},
		decisions: map[string]graph.Decision{},
	}
	s.forgetDerived()
	return s
}

func (s *Store) forgetDerived() {
	s.claims, s.triples, s.former = map[graph.Claim]*claim{}, map[string]entry{}, map[string]string{}
}

// Upsert implements graph.Store.
func (s *Store) Upsert(ctx context.Context, readings ...schema.Reading) (graph.Changes, error) {
	if err := graph.CheckReadings(readings); err != nil {
		return graph.Changes{}, err
	}
	incoming := map[string][]schema.Reading{}
	for _, r := range readings {
		incoming[r.Article.ID] = append(incoming[r.Article.ID], clone(r))
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := ctx.Err(); err != nil {
		return graph.Changes{}, err
	}
	now := map[string][]schema.Reading{}
	for id, rs := range incoming {
		now[id] = graph.Replace(s.articles[id], rs)
	}
	return s.write(now), nil
}

// Forget implements graph.Store.
func (s *Store) Forget(ctx context.Context, articles ...string) (graph.Changes, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := ctx.Err(); err != nil {
		return graph.Changes{}, err
	}
	now := map[string][]schema.Reading{}
	for _, id := range articles {
		now[id] = nil
	}
	return s.write(now), nil
}

// write puts the readings of some articles in the place of those stored, none where an article is to be forgotten, and derives again what that touches.
func (s *Store) write(now map[string][]schema.Reading) graph.Changes {
	var changes graph.Changes
	was := map[string]schema.Article{}
	is := map[string]schema.Article{}
	touched := map[graph.Claim]bool{}
	entities := map[string]bool{}
	for id, readings := range now {
		for _, rs := range [][]schema.Reading{s.articles[id], readings} {
			for _, r := range rs {
				for _, e := range graph.Named(r) {
					entities[s.merges.Entity(e.ID)] = true
				}
			}
		}
	}
	before := s.entities(maps.Keys(entities))
	for id, readings := range now {
		if old := s.articles[id]; len(old) > 0 {
			was[id] = old[0].Article
			s.remove(id, touched)
		}
		if len(readings) > 0 {
			is[id] = readings[0].Article
			s.add(id, readings, touched)
		}
	}
	changes.Articles = graph.Count(was, is, graph.EqualArticle)
	changes.Entities = graph.Count(before, s.entities(maps.Keys(entities)), graph.EqualEntity)
	changes.Triples, changes.Evidence = s.derive(touched)
	return changes
}

func (s *Store) remove(article string, touched map[graph.Claim]bool) {
	for _, r := range s.articles[article] {
		s.declare(r, -1)
		for _, raw := range graph.Statements(r) {
			if st, ok := s.merges.Statement(raw); ok {
				c := graph.ClaimOf(st.Triple)
				touched[c] = true
				delete(s.claims[c].statements, article)
			}
		}
	}
	delete(s.articles, article)
}

func (s *Store) add(article string, readings []schema.Reading, touched map[graph.Claim]bool) {
	s.articles[article] = readings
	for _, r := range readings {
		s.declare(r, 1)
		for _, raw := range graph.Statements(r) {
			st, ok := s.merges.Statement(raw)
			if !ok {
				continue
			}
			c := graph.ClaimOf(st.Triple)
			touched[c] = true
			if s.claims[c] == nil {
				s.claims[c] = &claim{statements: map[string][]graph.Statement{}}
			}
			s.claims[c].statements[article] = append(s.claims[c].statements[article], st)
			for _, id := range s.merges.FormerIDs(raw.Triple) {
				s.former[id] = st.Triple.ID
			}
		}
	}
}

// declare counts the descriptions of the entities that a reading names, by 1 or -1.
func (s *Store) declare(r schema.Reading, by int) {
	for _, e := range graph.Named(r) {
		key := graph.Declaration{Entity: e}.Key()
		s.described[key] = e
		counts := s.declarations[e.ID]
		if counts == nil {
			counts = map[string]int{}
			s.declarations[e.ID] = counts
		}
		if counts[key] += by; counts[key] == 0 {
			delete(counts, key)
		}
	}
}

// derive makes the triples of some claims anew and counts what has changed.
func (s *Store) derive(touched map[graph.Claim]bool) (triples, evidence graph.Change) {
	was, is := map[string]graph.Triple{}, map[string]graph.Triple{}
	for c := range touched {
		of := s.claims[c]
		for _, t := range of.triples {
			was[t.ID] = t
			delete(s.triples, t.ID)
		}
		of.triples = graph.Derive(slices.Concat(slices.Collect(maps.Values(of.statements))...))
		for _, t := range of.triples {
			is[t.ID] = t
			s.triples[t.ID] = entry{graph.SortKey(t.Triple), t}
		}
		if len(of.triples) == 0 {
			delete(s.claims, c)
		}
	}
	return graph.Count(was, is, graph.EqualDerived), graph.Count(evidences(was), evidences(is), graph.EqualEvidence)
}

func evidences(triples map[string]graph.Triple) map[string]graph.Evidence {
	out := map[string]graph.Evidence{}
	for _, t := range triples {
		for _, e := range t.Evidences {
			out[e.ID] = e
		}
	}
	return out
}

// entities derives the entities that stand under the ids, where a reading names one.
func (s *Store) entities(ids iter.Seq[string]) map[string]schema.Entity {
	out := map[string]schema.Entity{}
	for id := range ids {
		var ds []graph.Declaration
		for _, member := range s.merges.Members(id) {
			for key, n := range s.declarations[member] {
				ds = append(ds, graph.Declaration{Entity: s.described[key], Readings: n})
			}
		}
		if len(ds) > 0 {
			out[id] = graph.DeriveEntity(id, ds)
		}
	}
	return out
}

func (s *Store) allEntities() map[string]schema.Entity {
	ids := map[string]bool{}
	for id := range s.declarations {
		ids[s.merges.Entity(id)] = true
	}
	return s.entities(maps.Keys(ids))
}

// Merge implements graph.Store. A decision replaces an earlier one of the same From.
func (s *Store) Merge(ctx context.Context, d graph.Decision) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := cmp.Or(ctx.Err(), s.merges.Allows(d)); err != nil {
		return err
	}
	s.decisions[d.From] = d
	s.decided()
	return nil
}

// Split implements graph.Store.
func (s *Store) Split(ctx context.Context, from string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := ctx.Err(); err != nil {
		return err
	}
	if _, ok := s.decisions[from]; !ok {
		return graph.NotMerged(from)
	}
	delete(s.decisions, from)
	s.decided()
	return nil
}

// decided derives the whole graph again.
func (s *Store) decided() {
	s.merges = graph.NewMerges(slices.Collect(maps.Values(s.decisions)))
	s.forgetDerived()
	articles := s.articles
	s.articles, s.declarations = map[string][]schema.Reading{}, map[string]map[string]int{}
	touched := map[graph.Claim]bool{}
	for id, readings := range articles {
		s.add(id, readings, touched)
	}
	s.derive(touched)
}

// Close implements graph.Store; it does nothing.
func (s *Store) Close() error { return nil }
