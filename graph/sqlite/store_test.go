package sqlite_test

import (
	"path/filepath"
	"testing"

	"entente/graph"
	"entente/graph/graphtest"
	"entente/graph/sqlite"
)

func open(t testing.TB, path string) *sqlite.Store {
	t.Helper()
	s, err := sqlite.Open(t.Context(), path, sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestStore(t *testing.T) {
	graphtest.Run(t, func(t *testing.T) graph.Store { return open(t, filepath.Join(t.TempDir(), "a.db")) })
}

func TestReopen(t *testing.T) {
	graphtest.RunReopen(t, func(t *testing.T) (graph.Store, func(*testing.T) graph.Store) {
		path := filepath.Join(t.TempDir(), "a.db")
		return open(t, path), func(t *testing.T) graph.Store { return open(t, path) }
	})
}
