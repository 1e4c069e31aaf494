package web

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"sync"
	"time"

	"entente/graph"
	"entente/schema"
)

// snapshot is what every page needs to know of the store as a whole.
type snapshot struct {
	version  int64 // distinct for every snapshot of a site
	entities map[string]schema.Entity
	ids      []string // of entities, sorted
	parties  *graph.Parties
	pairs    []graph.Dyad // the most active first

	counting sync.Mutex
	counted  *graph.Stats // nil: not yet

	spelling sync.Once
	spelled  map[string][]string

	mu      sync.Mutex
	tallied map[string][]graph.Tally // by query
	periods map[string][]graph.Dyad  // by from and to, the most active first
	room    int                      // for how many tallies more
}

// pairsIn sums up the pairs of a period, the most active first, once for every snapshot. The caller must not change the slice.
func (r *request) pairsIn(from, to schema.Date) ([]graph.Dyad, error) {
	key := string(from + " " + to)
	sn := r.sn
	sn.mu.Lock()
	known, ok := sn.periods[key]
	sn.mu.Unlock()
	if ok {
		return known, nil
	}
	pairs, err := r.site.store.Pairs(r.ctx, from, to)
	if err != nil {
		return nil, err
	}
	mostActive(pairs)
	sn.mu.Lock()
	defer sn.mu.Unlock()
	if sn.room -= len(pairs) + 1; sn.room > 0 {
		sn.periods[key] = pairs
	}
	return pairs, nil
}

// keptTallies is how many tallies, and pairs of periods, a snapshot keeps.
const keptTallies = 200_000

// tally counts the triples of a query, once for every snapshot: the pages and orders of a list share what they count. The caller must not
// change the slice.
func (r *request) tally(q graph.Query) ([]graph.Tally, error) {
	key := fmt.Sprintf("%q %q %q %q %q %q %q %q %q %g", q.IDs, q.Of, q.With, q.Subject, q.Object, q.Relations, q.From, q.To, q.Statuses, q.MinConfidence)
	sn := r.sn
	sn.mu.Lock()
	known, ok := sn.tallied[key]
	sn.mu.Unlock()
	if ok {
		return known, nil
	}
	tallies, err := r.site.store.Tally(r.ctx, q)
	if err != nil {
		return nil, err
	}
	sn.mu.Lock()
	defer sn.mu.Unlock()
	if sn.room -= len(tallies) + 1; sn.room > 0 {
		sn.tallied[key] = tallies
	}
	return tallies, nil
}

// stats counts what is in the store, once for every snapshot.
func (sn *snapshot) stats(ctx context.Context, store graph.Store) (graph.Stats, error) {
	sn.counting.Lock()
	defer sn.counting.Unlock()
	if sn.counted == nil {
		st, err := store.Stats(ctx)
		if err != nil {
			return st, err
		}
		sn.counted = &st
	}
	return *sn.counted, nil
}

// snapshots makes a snapshot where the store was written to since the last one.
type snapshots struct {
	store   graph.Browser
	fresh   time.Duration
	now     func() time.Time
	written func(context.Context) (int64, error) // nil: unknown
	stop    func() error
	making  chan struct{} // held by who makes a snapshot

	mu   sync.Mutex
	last *snapshot
	at   time.Time
	seen int64 // what written said before the last was made
}

func newSnapshots(ctx context.Context, store graph.Browser, fresh time.Duration, now func() time.Time) (*snapshots, error) {
	s := &snapshots{store: store, fresh: fresh, now: now, making: make(chan struct{}, 1)}
	if w, ok := graph.Plain(store).(graph.Watcher); ok {
		var err error
		if s.written, s.stop, err = w.Watch(ctx); err != nil {
			return nil, err
		}
	}
	return s, nil
}

func (s *snapshots) close() error {
	if s.stop == nil {
		return nil
	}
	return s.stop()
}

// get is a snapshot that holds all that was written more than fresh ago. While one request makes a new one, others take the last.
func (s *snapshots) get(ctx context.Context) (*snapshot, error) {
	if _, stale, err := s.stale(ctx); err != nil || !stale {
		return s.current(), err
	}
	select {
	case s.making <- struct{}{}:
	default:
		if last := s.current(); last != nil {
			return last, nil
		}
		select {
		case s.making <- struct{}{}:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
	defer func() { <-s.making }()
	version, stale, err := s.stale(ctx)
	if err != nil || !stale {
		return s.current(), err
	}
	made, err := makeSnapshot(ctx, s.store)
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.last != nil {
		made.version = s.last.version + 1
	}
	s.last, s.at, s.seen = made, s.now(), version
	return made, nil
}

func (s *snapshots) current() *snapshot {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.last
}

// stale says whether a new snapshot is due, and for which version of the store.
func (s *snapshots) stale(ctx context.Context) (version int64, stale bool, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.last != nil && s.now().Sub(s.at) < s.fresh {
		return 0, false, nil
	}
	if s.written == nil {
		return 0, true, nil
	}
	version, err = s.written(ctx)
	return version, s.last == nil || version != s.seen, err
}

func makeSnapshot(ctx context.Context, store graph.Browser) (*snapshot, error) {
	sn := &snapshot{entities: map[string]schema.Entity{}, tallied: map[string][]graph.Tally{}, periods: map[string][]graph.Dyad{}, room: keptTallies}
	var err error
	if sn.parties, err = graph.NewParties(ctx, store); err != nil {
		return nil, err
	}
	for e, err := range store.Entities(ctx) {
		if err != nil {
			return nil, err
		}
		sn.entities[e.ID] = e
		sn.ids = append(sn.ids, e.ID)
	}
	sn.pairs, err = store.Pairs(ctx, "", "")
	mostActive(sn.pairs)
	return sn, err
}

// mostActive sorts pairs by their events, most first.
func mostActive(pairs []graph.Dyad) {
	slices.SortFunc(pairs, func(a, b graph.Dyad) int {
		return cmp.Or(cmp.Compare(b.Events, a.Events), cmp.Compare(a.A, b.A), cmp.Compare(a.B, b.B))
	})
}

// of lists the pairs of which a party is one, most active first.
func (sn *snapshot) of(party []string) []graph.Dyad {
	var out []graph.Dyad
	for _, d := range sn.pairs {
		if slices.Contains(party, d.A) != slices.Contains(party, d.B) {
			out = append(out, d)
		}
	}
	return out
}
