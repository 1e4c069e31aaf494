package neo4j_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"entente/graph"
	"entente/graph/graphtest"
	"entente/graph/neo4j"
	"entente/graph/neo4j/neo4jtest"
)

// ask runs a query and returns its columns and rows.
func ask(t *testing.T, s *neo4j.Store, cypher string, params map[string]any) ([]string, [][]any) {
	t.Helper()
	columns, rows, err := s.Query(t.Context(), cypher, params)
	if err != nil {
		t.Fatalf("%s: %v", cypher, err)
	}
	var out [][]any
	for row, err := range rows {
		if err != nil {
			t.Fatalf("%s: %v", cypher, err)
		}
		out = append(out, row)
	}
	return columns, out
}

func TestQuery(t *testing.T) {
	server := neo4jtest.Open(t)
	store := open(t, server)
	defer store.Close()
	story := graphtest.Story{ID: "a", Published: "2010-12-09", Names: map[string]string{"RUS": "Russia"}, Says: []string{
		"RUS ACCUSE NATO 2010-12 | asserted confidence=0.5", "NATO AGREE RUS 2010-12-08 | asserted", `dmitry-rogozin REPRESENTS RUS "ambassador to NATO" | asserted from=2008`}}
	if _, err := store.Upsert(t.Context(), story.Reading(t)); err != nil {
		t.Fatal(err)
	}
	columns, rows := ask(t, store, `RETURN null AS nothing, true AS yes, 1 AS n, 0.5 AS f, 'ü' AS s, [1, date('2010-12-08')] AS l, {d: duration('P1M2DT3S')} AS m, datetime('2010-12-08T10:00:00+01:00') AS t,
		localdatetime('2010-12-08T10:00:00') AS lt, time('10:00+02:00') AS tt, localtime('10:00:00') AS ltt, point({x: 1, y: 2}) AS p, $given AS given`, map[string]any{"given": []any{int64(7), "x"}})
	got, err := json.Marshal(rows)
	if err != nil {
		t.Fatal(err)
	}
	want := `[[null,true,1,0.5,"ü",[1,"2010-12-08"],{"d":"P1M2DT3S"},"2010-12-08T10:00:00+01:00","2010-12-08T10:00:00","10:00:00+02:00","10:00:00",{"srid":7203,"x":1,"y":2},[7,"x"]]]`
	if d := cmp.Diff(want, string(got)); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
	if d := cmp.Diff([]string{"nothing", "yes", "n", "f", "s", "l", "m", "t", "lt", "tt", "ltt", "p", "given"}, columns); d != "" {
		t.Error(d)
	}
	_, rows = ask(t, store, "MATCH p = (a:State {id: 'RUS'})-[r:ACCUSE]->(b:Entity) RETURN a, r, p", nil)
	a, r, p := rows[0][0].(neo4j.Node), rows[0][1].(neo4j.Relationship), rows[0][2].(neo4j.Path)
	if a.Properties["name"] != "Russia" || a.Element != r.Start || r.Type != "ACCUSE" || len(p.Nodes) != 2 || p.Nodes[1].Element != r.End || len(p.Relationships) != 1 {
		t.Errorf("node %+v, relationship %+v, path %+v", a, r, p)
	}
	if r.Properties["date"] != "2010-12-01" || r.Properties["dateEnd"] != "2010-12-31" || r.Properties["when"] != "2010-12" {
		t.Errorf("dates of the edge: %+v", r.Properties)
	}
	columns, rows = ask(t, store, "MATCH (n:Nothing) RETURN n", nil)
	if len(columns) != 1 || len(rows) != 0 {
		t.Errorf("no rows: %v %v", columns, rows)
	}
}

func TestQueryFaults(t *testing.T) {
	server := neo4jtest.Open(t)
	store := open(t, server)
	defer store.Close()
	for cypher, words := range map[string][]string{
		"RETRN 1":                       {"RETRN"},
		"":                              nil,
		"MATCH (n) RETURN m":            {"m"},
		"CREATE (n:Entity {id: 'x'})":   {"only read"},
		"MATCH (n) DETACH DELETE n":     {"only read"},
		"CALL apoc.help('x')":           {"apoc.help"},
		"RETURN $missing":               {"missing"},
		"RETURN 1/0":                    {"zero"},
		"CREATE INDEX FOR (n:A) ON n.x": nil,
	} {
		_, rows, err := store.Query(t.Context(), cypher, nil)
		if err == nil {
			for _, err = range rows {
			}
		}
		e, ok := err.(*neo4j.Error)
		if !ok || e.Fault != neo4j.BadQuery {
			t.Errorf("%q: %T %v; want a bad query", cypher, err, err)
			continue
		}
		for _, w := range words {
			if !strings.Contains(strings.ToLower(e.Error()), strings.ToLower(w)) {
				t.Errorf("%q: %q does not say %q", cypher, e, w)
			}
		}
	}
	if rows := server.Run(t, "MATCH (n) RETURN count(n) AS n", nil); rows[0]["n"] != int64(1) {
		t.Errorf("%v nodes after queries that write; want only the one of an empty graph", rows[0]["n"])
	}
	for range 40 { // more than there are connections
		_, rows, err := store.Query(t.Context(), "UNWIND range(1, 100000) AS x RETURN x", nil)
		if err != nil {
			t.Fatal(err)
		}
		for range rows {
			break
		}
	}
	for _, err := range store.Triples(t.Context(), graph.Query{}) {
		t.Error(err)
	}
}
