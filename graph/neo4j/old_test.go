package neo4j_test

import (
	"errors"
	"strings"
	"testing"

	"entente/graph"
	"entente/graph/graphtest"
	"entente/graph/memory"
	"entente/graph/neo4j"
	"entente/graph/neo4j/neo4jtest"
)

// TestOldModel reads a graph of model 1, which had no words to search for, and writes nothing to it.
func TestOldModel(t *testing.T) {
	server := neo4jtest.Open(t)
	s := open(t, server)
	graphtest.Fill(t, s)
	want := graphtest.Dump(t, s)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	server.DropSchema(t)
	server.Run(t, "MATCH (n) WHERE n.words IS NOT NULL REMOVE n.words", nil)
	server.Run(t, "MATCH (e:Entente) SET e.model = 1", nil)
	_, err := neo4j.Open(t.Context(), options(server))
	if e, ok := errors.AsType[*neo4j.Error](err); !ok || e.Fault != neo4j.BadModel || !strings.Contains(e.Message, "entente copy "+server.URL) {
		t.Fatalf("a graph of model 1 is opened: %v", err)
	}
	o := options(server)
	o.ReadOnly = true
	old, err := neo4j.Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	defer old.Close()
	if got := graphtest.Dump(t, old); got != want {
		t.Errorf("the graph of model 1 reads\n%s\nand was written as\n%s", got, want)
	}
	if _, err := old.Upsert(t.Context(), graphtest.Story{ID: "x"}.Reading(t)); err == nil {
		t.Error("a graph that is only read was written")
	}
	if rows := server.Run(t, "SHOW CONSTRAINTS YIELD name", nil); len(rows) > 0 {
		t.Error("constraints were made in a graph that is only read")
	}
	fresh := memory.New()
	if _, err := graph.Load(t.Context(), fresh, old.Readings(t.Context()), graph.Options{}); err != nil {
		t.Error(err)
	}
}
