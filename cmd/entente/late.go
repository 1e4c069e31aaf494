package main

import (
	"context"
	"iter"
	"sync"

	"entente/graph"
	"entente/graph/memory"
	"entente/schema"
)

// lateStore is a store that is not there yet: the first readings make it. Until then it answers as the empty store that it is, so that a run
// which finds nothing to read leaves no file behind.
type lateStore struct {
	graph.Store // what it is now
	mu          sync.RWMutex
	make        func(ctx context.Context) (graph.Store, error) // nil once it is made
}

var (
	_ graph.Store   = (*lateStore)(nil)
	_ graph.Journal = (*lateStore)(nil)
)

func newLateStore(open func(ctx context.Context) (graph.Store, error)) *lateStore {
	return &lateStore{Store: memory.New(), make: open}
}

// Upsert makes the store where that was not done. It is the one method that others may be called beside: an ingest looks up what was read
// while it writes.
func (s *lateStore) Upsert(ctx context.Context, readings ...schema.Reading) (graph.Changes, error) {
	if len(readings) > 0 {
		if err := s.made(ctx); err != nil {
			return graph.Changes{}, err
		}
	}
	return s.Store.Upsert(ctx, readings...)
}

func (s *lateStore) made(ctx context.Context) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.make == nil {
		return nil
	}
	store, err := s.make(ctx)
	if err != nil {
		return err
	}
	s.Store, s.make = store, nil
	return nil
}

// unmade reports whether the store was not made.
func (s *lateStore) unmade() bool {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.make != nil
}

func (s *lateStore) journal() graph.Journal {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.Store.(graph.Journal)
}

// Seen looks up an article.
func (s *lateStore) Seen(ctx context.Context, article string, by schema.Extractor) (string, error) {
	return s.journal().Seen(ctx, article, by)
}

// AddRun records a run, unless there is nothing that it could be recorded in.
func (s *lateStore) AddRun(ctx context.Context, r graph.Run) error { return s.journal().AddRun(ctx, r) }

// Runs yields the runs recorded.
func (s *lateStore) Runs(ctx context.Context) iter.Seq2[graph.Run, error] {
	return s.journal().Runs(ctx)
}
