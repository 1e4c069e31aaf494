package neo4j_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"entente/graph"
	"entente/graph/graphtest"
	"entente/graph/memory"
	"entente/graph/neo4j"
	"entente/graph/neo4j/neo4jtest"
	"entente/schema"
)

// articles makes n readings that look like news of a small world: hubs among the parties, follow-ups of one act, denials, envoys.
func articles(t testing.TB, first, n int) []schema.Reading {
	t.Helper()
	parties := []string{"USA", "RUS", "CHN", "NATO", "EU", "IRN", "ISR", "UKR", "TUR", "DEU", "FRA", "GBR", "IND", "PAK", "UN", "SYR"}
	relations := []string{"CONSULT", "ACCUSE", "REQUEST", "SUPPORT", "THREATEN", "AGREE", "SANCTION", "REJECT"}
	statuses := []string{"asserted", "asserted", "asserted", "asserted", "future", "negated", "hypothetical"}
	var out []schema.Reading
	for i := first; i < first+n; i++ {
		day := schema.Day(schema.Date("2010-01-01").First().AddDate(0, 0, i/4))
		st := graphtest.Story{ID: fmt.Sprintf("wire/%05d", i), Published: day}
		for k := range 8 {
			h := i*7 + k*k*13
			a, b := parties[h*h%97%len(parties)], parties[(h*h%97+1+h%5)%len(parties)]
			line := fmt.Sprintf("%s %s %s %s | %s", a, relations[(h+k)%len(relations)], b, day, statuses[h%len(statuses)])
			if k == 7 {
				line = fmt.Sprintf("envoy-%d REPRESENTS %s %q | asserted from=2009", h%40, a, "ambassador to "+b)
			}
			if k%3 == 0 {
				line += fmt.Sprintf(" speaker=envoy-%d contexts=military basis=relative", h%40)
			}
			st.Says = append(st.Says, line+" confidence=0.75")
		}
		out = append(out, st.Reading(t))
	}
	return out
}

// consistent compares what the nodes and edges of the graph say in Cypher with what package graph derives from the readings.
func consistent(t *testing.T, server *neo4jtest.Server, store *neo4j.Store) {
	t.Helper()
	model := memory.New()
	for d, err := range store.Decisions(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		if err := model.Merge(t.Context(), d); err != nil {
			t.Fatal(err)
		}
	}
	for r, err := range store.Readings(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		if _, err := model.Upsert(t.Context(), r); err != nil {
			t.Fatal(err)
		}
	}
	var triples, edges, evidence []string
	var all []graph.Triple
	for tr, err := range model.Triples(t.Context(), graph.Query{}) {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, tr)
		triples = append(triples, tr.Summary())
		if tr.Edge() {
			edges = append(edges, fmt.Sprintf("%s %s %s %s %s", tr.Subject, tr.Relation, tr.Object, tr.ID, tr.Status))
		}
		for _, e := range tr.Evidences {
			evidence = append(evidence, fmt.Sprintf("%s %s %s %s|%s|%s|%s", tr.ID, e.ID, e.Article, e.Speaker, e.Agent, e.ObjectAgent, e.Initiator))
		}
	}
	same := func(what, cypher string, want []string) {
		t.Helper()
		var got []string
		for _, row := range server.Run(t, cypher, nil) {
			got = append(got, row["line"].(string))
		}
		slices.Sort(got)
		slices.Sort(want)
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("%s in the graph (-want +got):\n%s", what, d)
		}
	}
	same("edges", `MATCH (a:Entity)-[r]->(b:Entity) WHERE type(r) <> 'DYAD' RETURN a.id + ' ' + type(r) + ' ' + b.id + ' ' + r.id + ' ' + r.status AS line`, edges)
	same("evidence", `MATCH (t:Triple)-[:EVIDENCE]->(v:Evidence)-[:IN]->(a:Article)
		RETURN t.id + ' ' + v.id + ' ' + a.id + ' ' + coalesce(COLLECT { MATCH (v)-[:SAID_BY]->(e) RETURN e.id }[0], '') + '|' + coalesce(COLLECT { MATCH (v)-[:AGENT]->(e) RETURN e.id }[0], '')
			+ '|' + coalesce(COLLECT { MATCH (v)-[:OBJECT_AGENT]->(e) RETURN e.id }[0], '') + '|' + coalesce(COLLECT { MATCH (v)-[:INITIATOR]->(e) RETURN e.id }[0], '') AS line`, evidence)
	var dyads []string
	for _, d := range graph.Dyads(slices.Values(all)) {
		dyads = append(dyads, fmt.Sprintf("%s %s %d %.1f %.1f %.1f %s %s", d.A, d.B, d.Events, d.Net, d.Coop, d.Conf, d.First, d.Last))
	}
	same("dyads", `MATCH (a:Entity)-[d:DYAD]->(b:Entity) WHERE d.id = a.id + ' ' + b.id
		RETURN a.id + ' ' + b.id + ' ' + d.events + ' ' + toString(d.net) + ' ' + toString(d.coop) + ' ' + toString(d.conf) + ' ' + coalesce(toString(d.first), '') + ' ' + coalesce(toString(d.last), '') AS line`, dyads)
	var nodes, roles []string
	for _, tr := range all {
		label := "Event"
		if tr.Relation.Info().Tie {
			label = "Tie"
		}
		nodes = append(nodes, fmt.Sprintf("%s %s %s %s %s %s %s %s %d %.3f", label, tr.ID, tr.Subject, tr.Relation, tr.Object, tr.Status, tr.Mode, tr.Basis, tr.Sources, tr.Confidence))
		for _, m := range tr.Mediators {
			roles = append(roles, tr.ID+" MEDIATOR "+m)
		}
		for _, p := range tr.Places {
			roles = append(roles, tr.ID+" PLACE "+p)
		}
		roles = append(roles, tr.ID+" SUBJECT "+tr.Subject, tr.ID+" OBJECT "+tr.Object)
	}
	var got []string
	for _, row := range server.Run(t, "MATCH (t:Triple) RETURN labels(t) AS labels, t.id AS id, t.subject AS s, t.type AS r, t.object AS o, t.status AS status, coalesce(t.mode, '') AS mode, coalesce(t.basis, '') AS basis, t.sources AS n, t.confidence AS c", nil) {
		labels := row["labels"].([]any)
		got = append(got, fmt.Sprintf("%s %s %s %s %s %s %s %s %d %.3f", labels[len(labels)-1], row["id"], row["s"], row["r"], row["o"], row["status"], row["mode"], row["basis"], row["n"], row["c"]))
	}
	slices.Sort(got)
	slices.Sort(nodes)
	if d := cmp.Diff(nodes, got); d != "" {
		t.Errorf("triples in the graph (-want +got):\n%s", d)
	}
	same("roles", `MATCH (t:Triple)-[r:SUBJECT|OBJECT|MEDIATOR|PLACE]->(e:Entity) RETURN t.id + ' ' + type(r) + ' ' + e.id AS line`, roles)
	var entities []string
	for e, err := range model.Entities(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		entities = append(entities, e.ID+" "+e.Kind.Label())
	}
	same("entities", `MATCH (e:Entity) RETURN e.id + ' ' + [l IN labels(e) WHERE l <> 'Entity'][0] AS line`, entities)
	for what, cypher := range map[string]string{
		"entities with two kinds":            "MATCH (e:Entity) WHERE size(labels(e)) <> 2 RETURN e.id AS line",
		"descriptions that no reading makes": "MATCH (d:Description) WHERE NOT (d)<--() RETURN d.id AS line",
		"former ids of nothing":              "MATCH (f:Former) WHERE NOT (f)-[:NOW]->(:Triple) RETURN f.id AS line",
	} {
		same(what, cypher, nil)
	}
}

// TestGraph takes a graph through growth, a second reading, decisions and forgetting, and looks at it in Cypher after each.
func TestGraph(t *testing.T) {
	server := neo4jtest.Open(t)
	store := open(t, server)
	defer store.Close()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		consistent(t, server, store)
	}
	rs := articles(t, 0, 40)
	_, err := store.Upsert(t.Context(), rs[:25]...)
	must(err)
	_, err = store.Upsert(t.Context(), rs[20:]...)
	must(err)
	roles := graphtest.Story{ID: "roles", Published: "2010-01-03", Says: []string{
		"RUS CONSULT USA 2010-01-02 | asserted mediators=UN,CHE place=CHE/geneva agent=envoy-1 object_agent=envoy-2 initiator=RUS speaker=UN",
		"RUS CONSULT USA 2010-01-02 | negated speaker=envoy-2",
	}}
	_, err = store.Upsert(t.Context(), roles.Reading(t))
	must(err)
	must(store.Merge(t.Context(), graph.Decision{From: "RUS", Into: "CHN"}))
	must(store.Merge(t.Context(), graph.Decision{From: "envoy-2", Into: "envoy-1"}))
	must(store.Merge(t.Context(), graph.Decision{From: "USA", Into: "CHN"}))
	_, err = store.Forget(t.Context(), rs[3].Article.ID, rs[4].Article.ID)
	must(err)
	must(store.Split(t.Context(), "RUS"))
	roles.Says = roles.Says[1:]
	_, err = store.Upsert(t.Context(), roles.Reading(t))
	must(err)
	must(store.Split(t.Context(), "USA"))
	var ids []string
	for a, err := range store.Articles(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, a.ID)
	}
	_, err = store.Forget(t.Context(), ids...)
	must(err)
	left := server.Run(t, "MATCH (n) RETURN DISTINCT labels(n)[0] AS label ORDER BY label", nil)
	if len(left) != 2 || left[0]["label"] != "Decision" || left[1]["label"] != "Entente" {
		t.Errorf("when all articles are forgotten, %v are left; want only decisions", left)
	}
}

// TestSameAsMemory loads the same readings into both stores.
func TestSameAsMemory(t *testing.T) {
	store := open(t, neo4jtest.Open(t))
	defer store.Close()
	model := memory.New()
	rs := articles(t, 0, 120)
	for chunk := range slices.Chunk(rs, 50) {
		got, err := store.Upsert(t.Context(), chunk...)
		if err != nil {
			t.Fatal(err)
		}
		want, err := model.Upsert(t.Context(), chunk...)
		if err != nil || got != want {
			t.Errorf("changes %+v; memory store: %+v, %v", got, want, err)
		}
	}
	if d := cmp.Diff(strings.Split(graphtest.Dump(t, model), "\n"), strings.Split(graphtest.Dump(t, store), "\n")); d != "" {
		t.Errorf("(-memory +neo4j):\n%s", d)
	}
	again, err := store.Upsert(t.Context(), rs...)
	if err != nil || !again.Zero() {
		t.Errorf("a second time: %+v, %v; want no change", again, err)
	}
}

// TestSchema makes the schema twice, by hand and by Open: all of it is there, and nothing twice.
func TestSchema(t *testing.T) {
	server := neo4jtest.Open(t)
	server.DropSchema(t)
	names := func() []string {
		var out []string
		for _, show := range []string{"SHOW CONSTRAINTS YIELD name", "SHOW INDEXES YIELD name, type WHERE type <> 'LOOKUP'"} {
			for _, row := range server.Run(t, show, nil) {
				out = append(out, row["name"].(string))
			}
		}
		slices.Sort(out)
		return slices.Compact(out) // a constraint's index has its name
	}
	if len(names()) != 0 {
		t.Fatalf("left: %v", names())
	}
	statements := 0
	wanted := map[string]bool{}
	for line := range strings.Lines(neo4j.Schema()) {
		line = strings.TrimSpace(line)
		if strings.HasPrefix(line, "//") {
			continue
		}
		cypher, ok := strings.CutSuffix(line, ";")
		if !ok {
			t.Errorf("%q does not end in a semicolon", line)
		}
		server.Run(t, cypher, nil)
		before, _, _ := strings.Cut(cypher, " IF NOT EXISTS")
		wanted[before[strings.LastIndex(before, " ")+1:]] = true
		statements++
	}
	byHand := names()
	if d := cmp.Diff(slices.Sorted(maps.Keys(wanted)), byHand); d != "" || statements != len(wanted) {
		t.Errorf("%d statements; constraints and indexes (-want +got):\n%s", statements, d)
	}
	for _, info := range schema.Relations() {
		if !slices.Contains(byHand, strings.ToLower(string(info.Relation))+"_id") {
			t.Errorf("no constraint for %s", info.Relation)
		}
	}
	server.DropSchema(t)
	for range 2 {
		store := open(t, server)
		store.Close()
		if d := cmp.Diff(byHand, names()); d != "" {
			t.Errorf("made by Open (-by hand +Open):\n%s", d)
		}
	}
}
