package graphtest

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"

	"entente/graph"
	"entente/graph/cypher"
	"entente/graph/memory"
	"entente/schema"
)

// Ask answers a Cypher query from the store under test with plain values: see cypher.Plain.
type Ask func(ctx context.Context, query string) (rows [][]any, err error)

// RunCypher fills an empty store and asks it what the memory store is asked, which holds the same: all rows must be equal.
func RunCypher(t *testing.T, store graph.Store, ask Ask) {
	reference := memory.New()
	for _, s := range []graph.Store{reference, store} {
		if _, err := s.Upsert(t.Context(), cypherReadings(t)...); err != nil {
			t.Fatalf("upsert: %v", err)
		}
		merge(t, s, "SUN", "RUS")
	}
	full := 0
	queries := append(askedQueries(), GeneratedQueries(200, 11)...)
	for _, q := range queries {
		want, err := AskCypher(t.Context(), reference, q)
		if err != nil {
			t.Fatalf("%s\nmemory: %v", q, err)
		}
		got, err := ask(t.Context(), q)
		if err != nil {
			t.Errorf("%s\n%v", q, err)
			continue
		}
		if diff := differentRows(rowLines(t, got), rowLines(t, want)); diff != "" {
			t.Errorf("%s\n%d rows, from memory %d%s", q, len(got), len(want), diff)
		}
		if len(want) > 0 {
			full++
		}
	}
	if full < 100 {
		t.Errorf("%d of %d queries return rows: want at least 100", full, len(queries))
	}
}

// cypherStore is a store that answers Cypher in this program.
type cypherStore interface {
	Cypher(ctx context.Context, limits cypher.Limits, text string, params map[string]any) (*cypher.Result, error)
}

// AskCypher is Ask for a store that answers Cypher in this program.
func AskCypher(ctx context.Context, s cypherStore, query string) (rows [][]any, err error) {
	r, err := s.Cypher(ctx, cypher.Limits{}, query, nil)
	if err != nil {
		return nil, err
	}
	for row, err := range r.PlainRows() {
		if err != nil {
			return nil, err
		}
		rows = append(rows, row)
	}
	return rows, nil
}

// rowLines are rows as JSON, sorted, with floats to ten digits: sums depend on the order of what is added.
func rowLines(t testing.TB, rows [][]any) []string {
	var out []string
	for _, row := range rows {
		b, err := json.Marshal(rounded(row))
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, string(b))
	}
	slices.Sort(out)
	return out
}

func rounded(v any) any {
	switch v := v.(type) {
	case float64:
		return strconv.FormatFloat(v, 'e', 9, 64)
	case []any:
		out := make([]any, len(v))
		for i, e := range v {
			out[i] = rounded(e)
		}
		return out
	case map[string]any:
		out := map[string]any{}
		for k, e := range v {
			out[k] = rounded(e)
		}
		return out
	}
	return v
}

func differentRows(got, want []string) string {
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

// cypherReadings are the seed, with mediators, places, speakers, denials and an evidence that a merge hides, and more news of the same few parties.
func cypherReadings(t testing.TB) []schema.Reading {
	out := seed(t)
	rng := rand.New(rand.NewPCG(5, 5))
	pick := func(s ...string) string { return s[rng.IntN(len(s))] }
	for i := range 60 {
		day := schema.Day(schema.Date("2010-03-01").First().AddDate(0, 0, 3*i))
		s := Story{ID: fmt.Sprintf("n/%02d", i), Published: day}
		for range 3 {
			a, b := pick("RUS", "NATO", "USA", "IRN", "CHN", "UN"), pick("RUS", "NATO", "USA", "IRN", "CHN", "UN", "AFG")
			if a == b {
				continue
			}
			date := pick(" "+string(day), "", " 2010-0"+strconv.Itoa(1+rng.IntN(9)))
			s.Says = append(s.Says, fmt.Sprintf("%s %s %s%s | %s basis=explicit confidence=0.%d%s", a, pick("ACCUSE", "AGREE", "CONSULT", "REJECT", "SANCTION", "SUPPORT"), b, date,
				pick("asserted", "asserted", "asserted", "negated", "future", "hypothetical"), 3+rng.IntN(6), pick("", "", " agent=hillary-clinton", " speaker=dmitry-rogozin", " initiator=UN")))
		}
		if s.Says = distinctSays(s.Says); len(s.Says) > 0 {
			out = append(out, s.Reading(t))
		}
	}
	return out
}

// distinctSays leaves out what a reading would say twice.
func distinctSays(says []string) []string {
	seen := map[string]bool{}
	return slices.DeleteFunc(says, func(s string) bool {
		identity, _, _ := strings.Cut(s, " |")
		twice := seen[identity]
		seen[identity] = true
		return twice
	})
}

// anyNode is a label expression that every node of the model passes, and none that a store keeps for itself.
const anyNode = "Entity|Triple|Evidence|Article"

// askedQueries are what people ask, and each sort of node and edge once.
func askedQueries() []string {
	out := []string{
		"MATCH (n:" + anyNode + ") RETURN count(n)", "MATCH (n:" + anyNode + ") UNWIND labels(n) AS l RETURN l, count(*)",
		"MATCH (n:" + anyNode + ") RETURN labels(n), properties(n)", "MATCH (a:Entity {id: 'RUS'})-[r]-(b:" + anyNode + ") RETURN type(r), r.id, labels(b), b.id",
		"MATCH (a:Entity {id: 'RUS'})-[r]-(b:Entity {id: 'NATO'}) RETURN type(r), r.date, r.status ORDER BY r.date, type(r)",
		"MATCH (e:Evidence)-[:IN]->(a:Article {id: 'a/1'}) RETURN e.quote, a.published", "MATCH (t:Triple)-[:EVIDENCE]->(e:Evidence {status: 'negated'}) RETURN t.caption, e.start",
		"MATCH (e:Evidence)-[r:SAID_BY|AGENT|OBJECT_AGENT|INITIATOR]->(p:Entity) RETURN type(r), p.id, count(*)", "MATCH (t:Triple)-[r:MEDIATOR|PLACE]->(p) RETURN t.id, type(r), p.name",
		"MATCH (p:Person) WHERE (p)<-[:AGENT]-() RETURN p.id, COUNT { (p)<-[:AGENT]-() }", "MATCH p = shortestPath((a:Entity {id: 'NATO'})-[*..4]-(b:Entity {id: 'AFG'})) RETURN length(p)",
		"MATCH p = allShortestPaths((a:Entity {id: 'hillary-clinton'})-[*..6]-(b:Entity {id: 'AFG'})) RETURN length(p), [n IN nodes(p) | n.id]",
		"MATCH (t:Event) WHERE t.date >= date('2010-06-01') AND t.date < date('2010-06-15') RETURN t.id, t.date", "MATCH ()-[r:ACCUSE]->() WHERE r.date > date('2010-06-01') RETURN count(*), min(r.date), max(r.dateEnd)",
		"MATCH (a)-[d:DYAD]->(b) RETURN a.id, b.id, d.events, d.net ORDER BY d.events DESC, a.id, b.id LIMIT 10", "MATCH (t:Tie) RETURN t.role, t.from, t.firstSeen, t.lastSeen",
		"MATCH (v:Evidence) WHERE NOT (v)<-[:EVIDENCE]-() RETURN v.id, v.subject, v.object", "MATCH (a:Article) RETURN a.id, a.published, a.digest, size(a.text)",
		"MATCH (a:Entity {id: 'RUS'})-[:ACCUSE|AGREE*1..2]-(b:State) RETURN DISTINCT b.id", "MATCH (a:Entity)-[r:ACCUSE|REJECT]->(b) WITH a, b, collect(r.date) AS ds WHERE size(ds) > 1 RETURN a.id, b.id, size(ds)",
		"MATCH (t:Event) RETURN t.date.year, t.date.month, count(*), avg(t.score), percentileCont(t.confidence, 0.5), stDev(t.confidence)",
		"MATCH (a:State) OPTIONAL MATCH (a)-[r:SANCTION]->(b) RETURN a.id, count(b), collect(DISTINCT b.id)[0] IS NULL", "MATCH (a:Entity) RETURN a.id, [(a)-[r:ACCUSE]->(b) WHERE r.score < 0 | 1] AS acts",
		"MATCH (t:Event) WHERE t.dateEnd IS NOT NULL RETURN t.id, toString(duration.between(t.date, t.dateEnd)), t.date + duration('P1M'), date.truncate('month', t.date)",
		"MATCH (a:State) CALL { WITH a MATCH (a)-[r]->(:Entity) RETURN count(r) AS n } RETURN a.id, n", "MATCH (a:Person) RETURN a.id AS id UNION MATCH (a:State) RETURN a.id AS id",
	}
	for _, typ := range cypher.ModelTypes() {
		out = append(out, fmt.Sprintf("MATCH (a)-[r:%s]->(b:%s) RETURN a.id, b.id, properties(r)", typ, anyNode), fmt.Sprintf("MATCH (b:Entity)<-[:%s]-(a) RETURN b.id, count(a)", typ))
	}
	return out
}

// GeneratedQueries makes n queries of paths through the model with conditions and groups, always the same for a seed.
func GeneratedQueries(n int, seed uint64) []string {
	rng := rand.New(rand.NewPCG(seed, 2))
	pick := func(s ...string) string { return s[rng.IntN(len(s))] }
	step := func(name string) string {
		types := pick("", ":ACCUSE", ":AGREE|CONSULT", ":SUBJECT", ":OBJECT|SUBJECT", ":EVIDENCE", ":IN", ":AGENT|SAID_BY", ":DYAD", ":REPRESENTS", ":MEDIATOR|PLACE")
		return pick("-["+name+types+"]->", "<-["+name+types+"]-", "-["+name+types+"]-")
	}
	var out []string
	for range n {
		q := "MATCH " + pick("(a:Entity)", "(a:State)", "(a:Organization)", "(a:Entity {id: 'RUS'})", "(a:Entity {id: 'NATO'})", "(a:Person)", "(a:Triple)", "(a:Event {status: 'asserted'})",
			"(a:Tie)", "(a:Evidence)", "(a:Article)", "(a:Entity|Triple {id: 'NATO'})", "(a:Entity|Article)") + step("r") +
			pick("(b:"+anyNode+")", "(b:Entity)", "(b:State)", "(b:Triple)", "(b:Event)", "(b:Evidence)", "(b:Entity {id: 'USA'})")
		if rng.IntN(4) == 0 {
			q += step("") + pick("(c:"+anyNode+")", "(c:Entity)", "(a)")
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
