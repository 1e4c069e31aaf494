package sqlite_test

import (
	"os"
	"path/filepath"
	"testing"

	"entente/graph/cypher"
	"entente/graph/sqlite"
)

// questions are those of the benchmark: anchored at one entity, over the whole graph, and a timeline of two parties.
var questions = []struct{ name, text string }{
	{"anchored", "MATCH (a:Entity {id: 'P07:party'})-[r]->(b:Entity) RETURN b.name, type(r), count(*) AS n ORDER BY n DESC, b.name LIMIT 20"},
	{"anchored-evidence", "MATCH (a:Entity {id: 'P07:party'})<-[:SUBJECT]-(t:Event)-[:EVIDENCE]->(e)-[:IN]->(d:Article) RETURN t.caption, e.quote, d.title LIMIT 20"},
	{"two-hops", "MATCH (a:Entity {id: 'P90:party'})-[:ACCUSE]->(b)-[:ACCUSE]->(c) RETURN c.id, count(*) AS n ORDER BY n DESC LIMIT 10"},
	{"timeline", "MATCH (a:Entity {id: 'P07:party'})-[r]-(b:Entity {id: 'P12:party'}) WHERE type(r) <> 'DYAD' RETURN r.date, type(r), startNode(r).name ORDER BY r.date"},
	{"shortest", "MATCH p = shortestPath((a:Entity {id: 'P90:party'})-[:ACCUSE|AGREE*..4]->(b:Entity {id: 'P91:party'})) RETURN length(p)"},
	{"whole-types", "MATCH ()-[r]->() RETURN type(r), count(*) AS n ORDER BY n DESC"},
	{"whole-pairs", "MATCH (a:Entity)-[r:ACCUSE]->(b:Entity) RETURN a.id, b.id, count(*) AS n ORDER BY n DESC LIMIT 20"},
	{"whole-months", "MATCH (t:Event) RETURN t.date.year AS y, t.date.month AS m, count(*), avg(t.score) ORDER BY y, m"},
	{"days", "MATCH (t:Event) WHERE t.date >= date('2010-06-01') AND t.date <= date('2010-06-02') RETURN t.type, count(*)"},
}

// BenchmarkCypher opens a store of 100,000 triples (as many as ENTENTE_CYPHER_STORE holds, where it names one) and asks it once, as the program does.
func BenchmarkCypher(b *testing.B) {
	path := os.Getenv("ENTENTE_CYPHER_STORE")
	if path == "" {
		path = filepath.Join(b.TempDir(), "a.db")
	}
	if _, err := os.Stat(path); err != nil {
		s := open(b, path)
		load(b, s, news(b, 12_500, 1), 500)
		if err := s.Close(); err != nil {
			b.Fatal(err)
		}
	}
	for _, q := range questions {
		b.Run(q.name, func(b *testing.B) {
			for b.Loop() {
				s, err := sqlite.Open(b.Context(), path, sqlite.Options{})
				if err != nil {
					b.Fatal(err)
				}
				r, err := s.Cypher(b.Context(), cypher.Limits{}, q.text, nil)
				if err != nil {
					b.Fatal(err)
				}
				n := 0
				for _, err := range r.Rows {
					if err != nil {
						b.Fatal(err)
					}
					n++
				}
				if n == 0 {
					b.Fatal("no rows")
				}
				if err := s.Close(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
