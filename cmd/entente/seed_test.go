package main

import (
	"os"
	"path/filepath"
	"testing"

	"entente/extract/corpus"
	"entente/graph"
	"entente/graph/graphtest"
	"entente/graph/neo4j"
	"entente/graph/neo4j/neo4jtest"
	"entente/graph/sqlite"
	"entente/schema"
)

// TestSeed reads the article that the program was conceived from into SQLite and a real Neo4j: both give the same triples, right ones are
// among them, and a second time changes nothing.
func TestSeed(t *testing.T) {
	dir := os.Getenv("ENTENTE_SHARED")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "shared")
	}
	dir = filepath.Join(dir, "corpora", "seed")
	if _, err := os.Stat(dir); err != nil {
		t.Skip("no seed article beside the project (../shared/corpora/seed)")
	}
	server := neo4jtest.Open(t)
	x, err := newExtractor()
	if err != nil {
		t.Fatal(err)
	}
	var readings []schema.Reading
	for a, err := range corpus.Articles([]string{dir}, corpus.Options{Published: "2010-12-09"}) {
		if err != nil {
			t.Fatal(err)
		}
		r, err := x.Extract(t.Context(), a)
		if err != nil {
			t.Fatal(err)
		}
		readings = append(readings, r)
	}
	file, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "seed.db"), sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	remote, err := neo4j.Open(t.Context(), neo4j.Options{Address: server.URL, User: server.User, Password: server.Password, Database: server.Database})
	if err != nil {
		t.Fatal(err)
	}
	defer remote.Close()
	var dumps []string
	for _, s := range []graph.Store{file, remote} {
		first, err := s.Upsert(t.Context(), readings...)
		if err != nil || first.Zero() {
			t.Fatalf("first: %+v, %v", first, err)
		}
		again, err := s.Upsert(t.Context(), readings...)
		if err != nil || !again.Zero() {
			t.Errorf("again: %+v, %v", again, err)
		}
		dumps = append(dumps, graphtest.Dump(t, s))
	}
	if dumps[0] != dumps[1] {
		t.Errorf("SQLite has\n%s\nNeo4j has\n%s", dumps[0], dumps[1])
	}
	found := map[string]bool{}
	for tr, err := range file.Triples(t.Context(), graph.Query{}) {
		if err != nil {
			t.Fatal(err)
		}
		found[tr.Triple.String()] = true
	}
	for _, want := range []string{
		"RUS ASSAULT GEO 2008", "RUS ACCUSE NATO ~2010-12-09", "NATO AGREE RUS ~2010-12-09", `dmitry-rogozin REPRESENTS RUS "ambassador to NATO"`,
		`anders-fogh-rasmussen LEADS NATO "secretary general"`, `EST MEMBER_OF NATO "member"`,
	} {
		if !found[want] {
			t.Errorf("no %s in\n%s", want, dumps[0])
		}
	}
}
