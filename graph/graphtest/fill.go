package graphtest

import (
	"testing"

	"entente/graph"
)

// Fill puts a small graph with a bit of everything into a store, together with a decision and a run.
func Fill(t testing.TB, s graph.Store) {
	t.Helper()
	fill(t, s)
}
