package browser_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"entente/browser"
	"entente/graph"
	"entente/graph/graphtest"
	"entente/graph/neo4j"
	"entente/graph/neo4j/neo4jtest"
	"entente/schema"
)

func TestMain(m *testing.M) { os.Exit(neo4jtest.Main(m)) }

// examples are the readings of examples/articles (testdata/examples.jsonl, as `entente extract` wrote them), and some made ones for what does not
// happen there: mediators, members, a claim that is disputed, two extractors, a sentence that two papers have.
func examples(t *testing.T) []schema.Reading {
	t.Helper()
	f, err := os.Open("testdata/examples.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var out []schema.Reading
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<24)
	for lines.Scan() {
		r, err := schema.ParseReading(lines.Bytes())
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, r)
	}
	names := map[string]string{"EGY": "Egypt", "ISR": "Israel", "USA": "United States", "RUS": "Russia", "UKR": "Ukraine", "EST": "Estonia", "NATO": "North Atlantic Treaty Organization",
		"jimmy-carter": "Jimmy Carter", "sergei-lavrov": "Sergei Lavrov", "the-bear": "Russia"}
	for _, s := range []graphtest.Story{
		{ID: "made/1", Published: "1978-09-18", Names: names, Says: []string{"EGY AGREE ISR 1978-09-17 | asserted mediators=USA confidence=0.9", `jimmy-carter LEADS USA "president" | asserted from=1977`}},
		{ID: "made/2", Published: "2014-09-06", Names: names, Says: []string{"RUS ASSAULT UKR 2014-09-05 | negated speaker=sergei-lavrov confidence=0.7", `EST MEMBER_OF NATO | asserted from=2004-03-29`,
			"EST ACCUSE RUS | asserted", "the-bear REJECT UKR | asserted confidence=0.2"}},
		{ID: "made/2", By: "llm", Version: "m-1", Published: "2014-09-06", Names: names, Says: []string{"EST ACCUSE RUS | asserted"}},
	} {
		out = append(out, s.Reading(t))
	}
	copied := graphtest.Story{ID: "made/1", Published: "1978-09-19", Names: names, Says: []string{"EGY AGREE ISR 1978-09-17 | asserted confidence=0.5"}}.Reading(t)
	copied.Article.ID = "made/3"
	copied.Normalize()
	return append(out, copied)
}

// TestSavedQueries runs every saved query on the examples in a real server. Its rows were read once and are kept in testdata/golden.
func TestSavedQueries(t *testing.T) {
	server := neo4jtest.Open(t)
	s, err := neo4j.Open(t.Context(), neo4j.Options{Address: server.URL, User: server.User, Password: server.Password, Database: server.Database})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if _, err := s.Upsert(t.Context(), examples(t)...); err != nil {
		t.Fatal(err)
	}
	if err := s.Merge(t.Context(), graph.Decision{From: "P5_1", Into: "EU", By: "tester", Why: "to show it", At: "2026-01-02T03:04:05Z"}); err != nil {
		t.Fatal(err)
	}
	queries, err := browser.Queries()
	if err != nil {
		t.Fatal(err)
	}
	golden := map[string]bool{}
	for _, q := range queries {
		t.Run(q.Path, func(t *testing.T) {
			file := filepath.Join("testdata", "golden", strings.ReplaceAll(strings.TrimSuffix(q.Path, ".cypher"), "/", "-")+".txt")
			golden[file] = true
			got, n := answer(t, s, q.Cypher)
			if n == 0 {
				t.Error("nothing to be seen in the examples")
			}
			if *update {
				if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(file)
			if d := cmp.Diff(string(want), got); err != nil || d != "" {
				t.Errorf("%v (-want +got)\n%s", err, d)
			}
		})
	}
	left, err := filepath.Glob("testdata/golden/*")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range left {
		if !golden[file] {
			t.Errorf("%s is of no query", file)
		}
	}
}

// answer is what a query returns, as text: a line of columns and one for each row; of a picture, its nodes and edges.
func answer(t *testing.T, s *neo4j.Store, cypher string) (string, int) {
	t.Helper()
	columns, rows, err := s.Query(t.Context(), cypher, nil)
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	picture := map[string]bool{}
	for row, err := range rows {
		if err != nil {
			t.Fatal(err)
		}
		var cells []string
		for _, v := range row {
			cells = append(cells, cell(t, v, picture))
		}
		lines = append(lines, strings.Join(cells, " | "))
	}
	if len(picture) > 0 {
		return strings.Join(slices.Sorted(maps.Keys(picture)), "\n") + "\n", len(picture)
	}
	return strings.Join(columns, " | ") + "\n" + strings.Join(lines, "\n") + "\n", len(lines)
}

// cell is a value as text; what is drawn goes into the picture.
func cell(t *testing.T, v any, picture map[string]bool) string {
	t.Helper()
	name := func(n neo4j.Node) string {
		for _, key := range []string{"caption", "name", "quote", "title"} {
			if s, ok := n.Properties[key].(string); ok {
				return s
			}
		}
		return fmt.Sprint(n.Properties["id"])
	}
	edge := func(r neo4j.Relationship) {
		picture[strings.TrimSpace(fmt.Sprintf("edge %s %v", r.Type, r.Properties["id"]))] = true
	}
	switch v := v.(type) {
	case neo4j.Node:
		picture["node "+strings.Join(v.Labels, ":")+" "+name(v)] = true
	case neo4j.Relationship:
		edge(v)
	case neo4j.Path:
		for _, n := range v.Nodes {
			picture["node "+strings.Join(n.Labels, ":")+" "+name(n)] = true
		}
		for _, r := range v.Relationships {
			edge(r)
		}
	case nil:
		return ""
	case string:
		return v
	default:
		b, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	return ""
}
