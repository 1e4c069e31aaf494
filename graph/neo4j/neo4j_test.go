package neo4j_test

import (
	"os"
	"testing"

	"entente/graph"
	"entente/graph/graphtest"
	"entente/graph/memory"
	"entente/graph/neo4j"
	"entente/graph/neo4j/neo4jtest"
)

func TestMain(m *testing.M) { os.Exit(neo4jtest.Main(m)) }

// options are those for the server of this test run.
func options(s *neo4jtest.Server) neo4j.Options {
	return neo4j.Options{Address: s.URL, User: s.User, Password: s.Password, Database: s.Database}
}

// open is a store in the server's empty database.
func open(t testing.TB, s *neo4jtest.Server) *neo4j.Store {
	t.Helper()
	store, err := neo4j.Open(t.Context(), options(s))
	if err != nil {
		t.Fatalf("open: %v", err)
	}
	return store
}

// TestStore puts the server before the suite. Community Edition has one database, and the suite sometimes wants a second store beside the first,
// to compare them: that one is a memory store, so that those checks say besides that the two sorts of store agree.
func TestStore(t *testing.T) {
	neo4jtest.Open(t)
	inUse := false
	graphtest.Run(t, func(t *testing.T) graph.Store {
		if inUse {
			return memory.New()
		}
		server := neo4jtest.Open(t)
		inUse = true
		t.Cleanup(func() { inUse = false })
		return open(t, server)
	})
}

func TestReopen(t *testing.T) {
	graphtest.RunReopen(t, func(t *testing.T) (graph.Store, func(t *testing.T) graph.Store) {
		server := neo4jtest.Open(t)
		return open(t, server), func(t *testing.T) graph.Store { return open(t, server) }
	})
}
