package sqlite_test

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"entente/graph"
	"entente/graph/cypher"
	"entente/graph/graphtest"
	"entente/graph/memory"
	"entente/schema"
)

// asked is a store that answers Cypher.
type asked interface {
	graph.Store
	Cypher(ctx context.Context, limits cypher.Limits, text string, params map[string]any) (*cypher.Result, error)
}

// stories have what news has not: mediators, places, speakers, initiators, agents of the object, denials, plans, and evidence that a merge hides.
func stories(t testing.TB) []schema.Reading {
	var out []schema.Reading
	for _, s := range []graphtest.Story{
		{ID: "a/1", Published: "2010-12-09", Says: []string{
			"NATO AGREE RUS 2010-12-08 | asserted contexts=military basis=relative confidence=0.8",
			"RUS ACCUSE NATO | asserted agent=dmitry-rogozin speaker=dmitry-rogozin mode=allege basis=reported confidence=0.5",
			"NATO CONSULT RUS 2011 | future initiator=RUS place=CHE/geneva mediators=UN,CHE basis=explicit",
			`dmitry-rogozin REPRESENTS RUS "ambassador to NATO" | asserted from=2008 confidence=0.9`,
		}},
		{ID: "b/2", Published: "2010-12-10", Says: []string{"NATO AGREE RUS 2010-12-08 | negated confidence=0.4"}},
		{ID: "c", Says: []string{"SUN ASSAULT AFG 1979-12 | asserted mode=aerial", "SUN CONSULT RUS | hypothetical", "SUN ACCUSE AFG | asserted"}},
		{ID: "c", By: "llm", Version: "m-7", Says: []string{"SUN ASSAULT AFG 1979-12 | asserted mode=aerial confidence=1"}},
	} {
		out = append(out, s.Reading(t))
	}
	return out
}

// bothStores hold the same graph.
func bothStores(t testing.TB) (*memory.Store, asked) {
	t.Helper()
	m, s := memory.New(), open(t, filepath.Join(t.TempDir(), "a.db"))
	t.Cleanup(func() { s.Close() })
	for _, store := range []graph.Store{m, s} {
		if _, err := store.Upsert(t.Context(), append(stories(t), news(t, 20, 7)...)...); err != nil {
			t.Fatal(err)
		}
		if err := store.Merge(t.Context(), graph.Decision{From: "SUN", Into: "RUS"}); err != nil {
			t.Fatal(err)
		}
	}
	return m, s
}

// answer is the rows of a query as JSON, sorted unless the query orders them.
func answer(t testing.TB, s asked, query string, params map[string]any) []string {
	t.Helper()
	r, err := s.Cypher(t.Context(), cypher.Limits{}, query, params)
	if err != nil {
		t.Fatalf("%s\n%v", query, err)
	}
	var out []string
	for row, err := range r.PlainRows() {
		if err != nil {
			t.Fatalf("%s\n%v", query, err)
		}
		b, err := json.Marshal(row)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, string(b))
	}
	if !strings.Contains(query, "ORDER BY") {
		slices.Sort(out)
	}
	return out
}

// TestCypherEqual asks both stores the same.
func TestCypherEqual(t *testing.T) {
	m, s := bothStores(t)
	full := 0
	queries := append(fixedQueries(), generated(200, 11)...)
	for _, q := range queries {
		got, want := answer(t, s, q, nil), answer(t, m, q, nil)
		if !slices.Equal(got, want) {
			t.Errorf("%s\nsqlite %d rows, memory %d: %s", q, len(got), len(want), firstDifference(got, want))
		}
		if len(want) > 0 {
			full++
		}
	}
	if full < 100 {
		t.Errorf("%d of %d queries return rows: want at least 100", full, len(queries))
	}
}

func firstDifference(got, want []string) string {
	for i := range max(len(got), len(want)) {
		switch {
		case i >= len(got):
			return "\nwant " + want[i]
		case i >= len(want):
			return "\ngot  " + got[i]
		case got[i] != want[i]:
			return "\ngot  " + got[i] + "\nwant " + want[i]
		}
	}
	return ""
}

// fixedQueries are what people ask, and each sort of node and edge once.
func fixedQueries() []string {
	out := []string{
		"MATCH (n) RETURN count(n)", "MATCH ()-[r]->() RETURN type(r), count(*) ORDER BY type(r)", "MATCH (n) UNWIND labels(n) AS l RETURN l, count(*) ORDER BY l",
		"MATCH (n) RETURN labels(n), properties(n)", "MATCH (a)-[r]->(b) RETURN labels(a), a.id, type(r), properties(r), b.id",
		"MATCH (a:Entity {id: 'RUS'})-[r]-(b) RETURN type(r), r.id, labels(b), b.id", "MATCH (a:Entity {id: 'RUS'})-[r]-(b:Entity {id: 'NATO'}) RETURN type(r), r.date, r.status ORDER BY r.date, type(r)",
		"MATCH (e:Evidence)-[:IN]->(a:Article {id: 'a/1'}) RETURN e.quote, a.published", "MATCH (t:Triple)-[:EVIDENCE]->(e:Evidence {status: 'negated'}) RETURN t.caption, e.start",
		"MATCH (e:Evidence)-[r:SAID_BY|AGENT|OBJECT_AGENT|INITIATOR]->(p:Entity) RETURN type(r), p.id, count(*)", "MATCH (t:Triple)-[r:MEDIATOR|PLACE]->(p) RETURN t.id, type(r), p.name",
		"MATCH (p:Person) WHERE (p)<-[:AGENT]-() RETURN p.id, COUNT { (p)<-[:AGENT]-() }", "MATCH p = shortestPath((a:Entity {id: 'NATO'})-[*..4]-(b:Entity {id: 'AFG'})) RETURN length(p)",
		"MATCH (t:Event) WHERE t.date >= date('2010-06-01') AND t.date < date('2010-06-15') RETURN t.id, t.date", "MATCH ()-[r:ACCUSE]->() WHERE r.date > date('2010-06-01') RETURN count(*), min(r.date), max(r.dateEnd)",
		"MATCH (a)-[d:DYAD]->(b) RETURN a.id, b.id, d.events, d.net ORDER BY d.events DESC, a.id, b.id LIMIT 10", "CALL db.labels()", "CALL db.relationshipTypes()",
		"MATCH (t:Tie) RETURN t.role, t.from, t.firstSeen, t.lastSeen", "MATCH (v:Evidence) WHERE NOT (v)<-[:EVIDENCE]-() RETURN v.id, v.subject, v.object",
		"MATCH (a:Article) RETURN a.id, a.published, a.digest, size(a.text)", "MATCH (a:Entity {id: 'RUS'})-[*1..2]-(b:State) RETURN DISTINCT b.id",
	}
	for _, typ := range cypher.ModelTypes() {
		out = append(out, fmt.Sprintf("MATCH (a)-[r:%s]->(b) RETURN a.id, b.id, properties(r)", typ), fmt.Sprintf("MATCH (b:Entity)<-[:%s]-(a) RETURN b.id, count(a)", typ))
	}
	return out
}

// generated makes n queries of paths through the model with conditions and groups, always the same for a seed.
func generated(n int, seed uint64) []string {
	rng := rand.New(rand.NewPCG(seed, 2))
	pick := func(s ...string) string { return s[rng.IntN(len(s))] }
	var out []string
	for range n {
		from := pick("(a:Entity)", "(a:State)", "(a:Group)", "(a:Entity {id: 'RUS'})", "(a:Entity {id: 'P00:party'})", "(a:Person)", "(a:Triple)", "(a:Event {status: 'asserted'})", "(a:Tie)",
			"(a:Evidence)", "(a:Article)", "(a {id: 'NATO'})", "(a:Entity|Article)")
		step := func(name string) string {
			types := pick("", ":ACCUSE", ":AGREE|CONSULT", ":SUBJECT", ":OBJECT|SUBJECT", ":EVIDENCE", ":IN", ":AGENT|SAID_BY", ":DYAD", ":REPRESENTS", ":MEDIATOR|PLACE")
			return pick("-["+name+types+"]->", "<-["+name+types+"]-", "-["+name+types+"]-")
		}
		to := pick("(b)", "(b:Entity)", "(b:Group)", "(b:Triple)", "(b:Event)", "(b:Evidence)", "(b:Entity {id: 'P01:party'})")
		q := "MATCH " + from + step("r") + to
		if rng.IntN(4) == 0 {
			q += step("") + pick("(c)", "(c:Entity)", "(a)")
		}
		if where := pick("", "", "r.date >= date('2010-05-01')", "a.date < date('2010-09-01')", "r.score < 0", "b.status IN ['asserted', 'denied']", "NOT (b)--(:Tie)",
			"a.id < b.id", "EXISTS { (b)-[:EVIDENCE]->(:Evidence) }", "r.confidence > 0.5 OR b.confidence IS NULL"); where != "" {
			q += " WHERE " + where
		}
		out = append(out, q+" "+pick("RETURN a.id, type(r), b.id", "RETURN count(*), count(DISTINCT b)", "RETURN labels(b), count(*) AS n ORDER BY n DESC, labels(b)",
			"RETURN DISTINCT a.id, b.id ORDER BY a.id, b.id LIMIT 20", "WITH a, count(b) AS n WHERE n > 1 RETURN a.id, n", "RETURN min(r.date), max(b.date), sum(r.score)"))
	}
	return out
}
