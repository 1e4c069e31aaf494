// Package graphtest is what every store of package graph promises: one suite, without exceptions for any of them.
package graphtest

import (
	"testing"

	"entente/graph"
)

// A check is one promise of a store. Its why is printed when the promise is broken.
type check struct {
	name, why string
	run       func(t *testing.T, open func(t *testing.T) graph.Store)
}

// Run judges a store. Each call of open returns an empty store that no other has open; the suite closes it. Stores must also be Journals.
func Run(t *testing.T, open func(t *testing.T) graph.Store) {
	for _, c := range checks() {
		t.Run(c.name, func(t *testing.T) {
			defer func() {
				if t.Failed() {
					t.Logf("promise: %s", c.why)
				}
			}()
			c.run(t, func(t *testing.T) graph.Store {
				t.Helper()
				s := open(t)
				t.Cleanup(func() {
					if err := s.Close(); err != nil {
						t.Errorf("close: %v", err)
					}
				})
				return s
			})
		})
	}
}

func checks() []check {
	var all []check
	for _, group := range [][]check{writeChecks, statusChecks, mergeChecks, queryChecks, sequenceChecks, journalChecks, searchChecks, browseChecks, differentialChecks} {
		all = append(all, group...)
	}
	return all
}

// RunReopen judges whether a store keeps what it was told when it is closed and opened again. Each call of open returns an empty store and
// a function that opens the same one again after it was closed.
func RunReopen(t *testing.T, open func(t *testing.T) (store graph.Store, reopen func(t *testing.T) graph.Store)) {
	t.Run("Reopen", func(t *testing.T) {
		s, again := open(t)
		fill(t, s)
		before := Dump(t, s)
		if err := s.Close(); err != nil {
			t.Fatalf("close: %v", err)
		}
		s = again(t)
		equal(t, "what is in the store after it was opened again", Dump(t, s), before)
		zero(t, s, seed(t)...)
		if err := s.Split(t.Context(), "SUN"); err != nil {
			t.Fatalf("split after it was opened again: %v", err)
		}
		if err := s.Close(); err != nil {
			t.Fatalf("close: %v", err)
		}
		s = again(t)
		defer s.Close()
		absent(t, decided(t, s), "SUN")
	})
}
