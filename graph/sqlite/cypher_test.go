package sqlite_test

import (
	"context"
	"path/filepath"
	"testing"

	"entente/graph/cypher"
	"entente/graph/graphtest"
)

func TestCypher(t *testing.T) {
	s := open(t, filepath.Join(t.TempDir(), "a.db"))
	defer s.Close()
	graphtest.RunCypher(t, s, func(ctx context.Context, query string) ([][]any, error) { return graphtest.AskCypher(ctx, s, query) })
}

// TestCypherReleases stops reading an answer and writes afterwards: the query must not hold the store.
func TestCypherReleases(t *testing.T) {
	s := open(t, filepath.Join(t.TempDir(), "a.db"))
	defer s.Close()
	if _, err := s.Upsert(t.Context(), news(t, 5, 1)...); err != nil {
		t.Fatal(err)
	}
	for range 20 {
		r, err := s.Cypher(t.Context(), cypher.Limits{}, "MATCH (n)-[r]-(m) RETURN n, r, m", nil)
		if err != nil {
			t.Fatal(err)
		}
		for range r.Rows {
			break
		}
		if _, err := s.Cypher(t.Context(), cypher.Limits{}, "MATCH (n RETURN n", nil); err == nil {
			t.Fatal("no error")
		}
	}
	if _, err := s.Upsert(t.Context(), news(t, 6, 2)...); err != nil {
		t.Fatal(err)
	}
}
