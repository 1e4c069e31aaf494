package neo4j_test

import (
	"context"
	"testing"

	"entente/graph/graphtest"
	"entente/graph/neo4j/neo4jtest"
)

// TestCypher compares the server's answers with those of package cypher.
func TestCypher(t *testing.T) {
	s := open(t, neo4jtest.Open(t))
	defer s.Close()
	graphtest.RunCypher(t, s, func(ctx context.Context, query string) (out [][]any, err error) {
		_, rows, err := s.Query(ctx, query, nil)
		if err != nil {
			return nil, err
		}
		for row, err := range rows {
			if err != nil {
				return nil, err
			}
			for _, v := range row {
				withoutWords(v)
			}
			out = append(out, row)
		}
		return out, nil
	})
}

// withoutWords takes out of properties those that only the server's full-text index reads.
func withoutWords(v any) {
	switch v := v.(type) {
	case map[string]any:
		delete(v, "words")
		for _, e := range v {
			withoutWords(e)
		}
	case []any:
		for _, e := range v {
			withoutWords(e)
		}
	}
}
