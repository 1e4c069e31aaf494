package admin_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"entente/graph"
	"entente/graph/graphtest"
	"entente/graph/memory"
	"entente/graph/neo4j"
	"entente/graph/neo4j/admin"
	"entente/graph/neo4j/neo4jtest"
	"entente/schema"
)

func TestMain(m *testing.M) { os.Exit(neo4jtest.Main(m)) }

// source is a store with a bit of everything, also with what files of text are bad at.
func source(t *testing.T) graph.Store {
	t.Helper()
	s := memory.New()
	graphtest.Fill(t, s)
	r := graphtest.Story{ID: `a "quoted", odd\id`, Published: "2011-03", Text: "a \"quote\", a comma\r\nand; two\\ lines, Übergang \\\" 日本", Names: map[string]string{"RUS": ` Rus"sia, `}, Says: []string{
		"RUS ACCUSE NATO 2010-12-06/2010-12-09 | asserted confidence=0.0000001", "USA REJECT RUS | negated", "RUS AID NATO | future", "NATO CONSULT RUS | hypothetical",
	}}.Reading(t)
	r.Entities[0].Aliases = []string{"a;b", `c"d`, "e,f", " g "}
	r.Entities[0].Codes = map[string]string{"iso3": "XXX", "cow": "1"}
	r.Article.Title = "\n title; with = everything: 'x' "
	r.Article.Furniture = []schema.Furniture{{Start: 0, End: 3, Kind: "dateline"}}
	long := graphtest.Story{ID: "long", Text: strings.Repeat("very ", 4000), Says: []string{"RUS ACCUSE NATO 2010 | asserted"}}.Reading(t)
	empty := graphtest.Story{ID: "empty", Says: nil}.Reading(t)
	if _, err := s.Upsert(t.Context(), r, long, empty); err != nil {
		t.Fatal(err)
	}
	return s
}

// TestExport reads the files that were written.
func TestExport(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "out")
	result, err := admin.Export(t.Context(), source(t), dir, "")
	if err != nil {
		t.Fatal(err)
	}
	script, err := os.ReadFile(filepath.Join(dir, "import.sh"))
	if err != nil {
		t.Fatal(err)
	}
	for _, word := range result.Command {
		if !strings.Contains(string(script), word) {
			t.Errorf("import.sh does not say %s", word)
		}
		if _, file, ok := strings.Cut(word, "s="); ok && strings.HasSuffix(file, ".csv") {
			_, name, _ := strings.Cut("="+file, "=")
			name = name[strings.LastIndex(name, "=")+1:]
			if _, err := os.Stat(filepath.Join(dir, name)); err != nil {
				t.Error(err)
			}
		}
	}
	if result.Nodes == 0 || result.Relationships == 0 {
		t.Errorf("nothing was written: %+v", result)
	}
	again, err := admin.Export(t.Context(), source(t), dir, "")
	if err != nil || again.Nodes != result.Nodes || !cmp.Equal(again.Command, result.Command) {
		t.Errorf("a second export differs: %+v, %v", again, err)
	}
}

// TestExportFails leaves no command where the files are not whole.
func TestExportFails(t *testing.T) {
	dir := t.TempDir()
	if _, err := admin.Export(t.Context(), source(t), dir, ""); err != nil {
		t.Fatal(err)
	}
	s := memory.New()
	r := graphtest.Story{ID: "a", Says: []string{"RUS ACCUSE NATO 2010 | asserted"}}.Reading(t)
	r.Entities[0].Aliases = []string{"a\x1fb"}
	if _, err := s.Upsert(t.Context(), r); err != nil {
		t.Fatal(err)
	}
	if _, err := admin.Export(t.Context(), s, dir, ""); err == nil || !strings.Contains(err.Error(), "entente copy") {
		t.Errorf("an alias that no list can hold: %v", err)
	}
	if _, err := os.Stat(filepath.Join(dir, "import.sh")); err == nil {
		t.Error("import.sh of the earlier export is still there")
	}
	for _, name := range []string{"x; reboot", "Ab", "$(x)"} {
		if _, err := admin.Export(t.Context(), memory.New(), dir, name); err == nil {
			t.Errorf("a database called %s", name)
		}
	}
	file := filepath.Join(dir, "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := admin.Export(t.Context(), s, file, ""); err == nil || !strings.Contains(err.Error(), file) {
		t.Errorf("a file in place of a folder: %v", err)
	}
}

// TestImport runs the real importer: what it makes is the graph that the driver would have loaded, and goes on from there.
func TestImport(t *testing.T) {
	from := source(t)
	dir := t.TempDir()
	result, err := admin.Export(t.Context(), from, dir, "neo4j")
	if err != nil {
		t.Fatal(err)
	}
	server := neo4jtest.Import(t, dir, result.Command[1:]...)
	options := neo4j.Options{Address: server.URL, User: server.User, Password: server.Password}
	s, err := neo4j.Open(t.Context(), options)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if got, want := graphtest.Dump(t, s), graphtest.Dump(t, from); got != want {
		t.Errorf("the imported graph differs from its source (-want +got):\n%s", cmp.Diff(want, got))
	}
	for d, err := range s.Check(t.Context()) {
		t.Errorf("the check of the imported graph: %+v %v", d, err)
	}
	rows := server.Run(t, "MATCH (n) WITH count(n) AS nodes MATCH ()-[r]->() RETURN nodes, count(r) AS relationships", nil)
	if got := fmt.Sprint(rows[0]["nodes"], rows[0]["relationships"]); got != fmt.Sprint(result.Nodes, result.Relationships) {
		t.Errorf("nodes and relationships %s, exported %d and %d", got, result.Nodes, result.Relationships)
	}
	for r, err := range from.Readings(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		if c, err := s.Upsert(t.Context(), r); err != nil || !c.Zero() {
			t.Errorf("the reading of %s again: %+v, %v", r.Article.ID, c, err)
		}
	}
	if err := s.Split(t.Context(), "SUN"); err != nil {
		t.Error(err)
	}
}
