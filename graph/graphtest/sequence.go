package graphtest

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"

	"entente/graph"
	"entente/schema"
)

var sequenceChecks = []check{
	{"Snapshot", "a sequence sees the store as it was when its iteration began, and the store can be written meanwhile", func(t *testing.T, open opener) {
		s := open(t)
		var stories []Story
		for i := range 30 {
			stories = append(stories, Story{ID: fmt.Sprintf("a%02d", i), Says: []string{fmt.Sprintf("X:%02d ACCUSE RUS 20%02d | asserted", i, i), "RUS ACCUSE NATO 2010 | asserted"}})
		}
		upsert(t, s, stories...)
		ctx := t.Context()
		triples, readings, articles, entities := s.Triples(ctx, graph.Query{}), s.Readings(ctx), s.Articles(ctx), s.Entities(ctx)
		upsert(t, s, Story{ID: "late", Says: []string{"LATE ACCUSE RUS 1999 | asserted"}}) // before any iteration: it is seen
		sizes := []int{
			during(t, s, triples, func() { forget(t, s, "a07", "a29") }),
			during(t, s, readings, func() { forget(t, s, "a08", "a28") }),
			during(t, s, articles, func() { forget(t, s, "a09", "a27") }),
			during(t, s, entities, func() { forget(t, s, "a10", "a26") }),
		}
		equal(t, "items seen", sizes, []int{32, 29, 27, 27})
	}},
	{"EarlyBreak", "a loop may be left at any time", func(t *testing.T, open opener) {
		s := open(t)
		fill(t, s)
		for range 50 {
			for range s.Triples(t.Context(), graph.Query{}) {
				break
			}
			for range s.Readings(t.Context()) {
				break
			}
			for range s.Articles(t.Context()) {
				break
			}
			for range s.Entities(t.Context()) {
				break
			}
			for range s.Decisions(t.Context()) {
				break
			}
			for range journal(t, s).Runs(t.Context()) {
				break
			}
		}
		upsert(t, s, Story{ID: "after", Says: []string{"RUS ACCUSE NATO 2010 | asserted"}})
	}},
	{"Nested", "a loop may ask the store within a loop", func(t *testing.T, open opener) {
		s := open(t)
		fill(t, s)
		n := 0
		for tr, err := range s.Triples(t.Context(), graph.Query{}) {
			if err != nil {
				t.Fatal(err)
			}
			for _, err := range s.Triples(t.Context(), graph.Query{Of: []string{tr.Subject}}) {
				if err != nil {
					t.Fatal(err)
				}
				if _, err := s.Stats(t.Context()); err != nil {
					t.Fatal(err)
				}
				n++
			}
		}
		if n == 0 {
			t.Error("nothing found")
		}
	}},
	{"NoSharedMemory", "what a caller does to a value it gave or got does not reach the store", func(t *testing.T, open opener) {
		s := open(t)
		r := Story{ID: "a", Says: []string{"RUS CONSULT NATO 2010 | asserted contexts=military mediators=UN place=CHE/geneva"}}.Reading(t)
		r.Entities[0].Aliases = []string{"x"}
		r.Entities[0].Codes = map[string]string{"cow": "1"}
		if _, err := s.Upsert(t.Context(), r); err != nil {
			t.Fatal(err)
		}
		before := Dump(t, s)
		spoil := func(r schema.Reading) {
			r.Entities[0].Aliases[0] = "spoilt"
			r.Entities[0].Codes["cow"] = "spoilt"
			r.Triples[0].Evidence[0].Contexts[0] = "spoilt"
			r.Triples[0].Subject = "spoilt"
		}
		spoil(r)
		spoil(collect(t, s.Readings(t.Context()))[0])
		tr := collect(t, s.Triples(t.Context(), graph.Query{}))[0]
		tr.Contexts[0], tr.Mediators[0], tr.Places[0], tr.Evidences[0].Mediators[0], tr.Evidences[0].Quote = "spoilt", "spoilt", "spoilt", "spoilt", "spoilt"
		e := collect(t, s.Entities(t.Context()))[0]
		e.Aliases[0], e.Codes["cow"] = "spoilt", "spoilt"
		equal(t, "the store as it was", Dump(t, s), before)
	}},
	{"Cancelled", "a cancelled context stops every method and leaves no trace", func(t *testing.T, open opener) {
		s := open(t)
		fill(t, s)
		before := Dump(t, s)
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		_, upsertErr := s.Upsert(ctx, Story{ID: "x", Says: []string{"RUS ACCUSE NATO 2010 | asserted"}}.Reading(t))
		_, forgetErr := s.Forget(ctx, "a/1")
		_, statsErr := s.Stats(ctx)
		_, seenErr := journal(t, s).Seen(ctx, "a/1", schema.Extractor{Name: "rules", Version: "1"})
		for name, err := range map[string]error{
			"Upsert": upsertErr, "Forget": forgetErr, "Stats": statsErr, "Seen": seenErr,
			"Merge": s.Merge(ctx, graph.Decision{From: "AFG", Into: "RUS"}), "Split": s.Split(ctx, "SUN"), "AddRun": journal(t, s).AddRun(ctx, graph.Run{}),
			"Triples": last(s.Triples(ctx, graph.Query{})), "Articles": last(s.Articles(ctx)), "Entities": last(s.Entities(ctx)), "Readings": last(s.Readings(ctx)),
			"Decisions": last(s.Decisions(ctx)), "Runs": last(journal(t, s).Runs(ctx)),
		} {
			if !errors.Is(err, context.Canceled) {
				t.Errorf("%s: error %v; want context.Canceled", name, err)
			}
		}
		equal(t, "the store as it was", Dump(t, s), before)
	}},
	{"CancelledMidway", "a sequence ends with the context's error when it is cancelled on the way", func(t *testing.T, open opener) {
		s := open(t)
		fill(t, s)
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		n := 0
		var end error
		for _, err := range s.Triples(ctx, graph.Query{}) {
			if n++; n == 2 {
				cancel()
			}
			end = err
		}
		if !errors.Is(end, context.Canceled) {
			t.Errorf("after %d items: error %v; want context.Canceled", n, end)
		}
	}},
	{"ConcurrentReaders", "readers never see half a write", func(t *testing.T, open opener) {
		s := open(t)
		const rounds = 25
		pair := func(n int) (a, b schema.Reading) {
			status := []string{"asserted", "negated"}[n%2]
			return Story{ID: "a", Says: []string{"RUS ACCUSE NATO 2010 | " + status}}.Reading(t), Story{ID: "b", Says: []string{"RUS ACCUSE NATO 2010 | " + status, "RUS AID NATO 2010 | " + status}}.Reading(t)
		}
		a, b := pair(0)
		if _, err := s.Upsert(t.Context(), a, b); err != nil {
			t.Fatal(err)
		}
		var wg sync.WaitGroup
		done := make(chan struct{})
		for range 4 {
			wg.Go(func() {
				for {
					select {
					case <-done:
						return
					default:
					}
					halfSeen(t, s)
				}
			})
		}
		for n := range rounds {
			a, b := pair(n + 1)
			if _, err := s.Upsert(t.Context(), a, b); err != nil {
				t.Errorf("upsert: %v", err)
			}
		}
		close(done)
		wg.Wait()
	}},
	{"ConcurrentWriters", "writes from many goroutines are serialized and none is lost", func(t *testing.T, open opener) {
		s := open(t)
		var wg sync.WaitGroup
		for w := range 4 {
			var rs []schema.Reading
			for i := range 10 {
				rs = append(rs, Story{ID: fmt.Sprintf("%d/%d", w, i), Says: []string{"RUS ACCUSE NATO 2010 | asserted"}}.Reading(t))
			}
			wg.Go(func() {
				for _, r := range rs {
					if _, err := s.Upsert(t.Context(), r); err != nil {
						t.Errorf("upsert: %v", err)
					}
				}
			})
		}
		wg.Wait()
		summaries(t, s, graph.Query{}, "RUS ACCUSE NATO 2010 | asserted sources=40 confidence=0 score=-3")
		scratch(t, s, open)
	}},
}

// halfSeen fails where the two articles of ConcurrentReaders do not agree.
func halfSeen(t *testing.T, s graph.Store) {
	var triples []string
	for tr, err := range s.Triples(t.Context(), graph.Query{}) {
		if err != nil {
			t.Errorf("triples: %v", err)
			return
		}
		triples = append(triples, string(tr.Status), fmt.Sprint(tr.Sources, len(tr.Evidences)))
	}
	if len(triples) != 4 || triples[0] != triples[2] || triples[0] == "disputed" || triples[1] != "2 2" || triples[3] != "1 1" {
		t.Errorf("a reader saw half a write: %v", triples)
	}
}

// during iterates to the end, calls act after the second item, and returns the number of items.
func during[T any](t *testing.T, s graph.Store, items func(func(T, error) bool), act func()) int {
	t.Helper()
	n := 0
	for _, err := range items {
		if err != nil {
			t.Fatalf("item %d: %v", n, err)
		}
		if n++; n == 2 {
			act()
		}
	}
	return n
}

// last is the error of the last item.
func last[T any](items func(func(T, error) bool)) error {
	var end error
	for _, err := range items {
		end = err
	}
	return end
}
