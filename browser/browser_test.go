package browser_test

import (
	"archive/zip"
	"bytes"
	"flag"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"entente/browser"
	"entente/schema"
)

var update = flag.Bool("update", false, "write the made files and the golden rows again")

// TestFiles holds the made files that stand in the tree equal to what is made.
func TestFiles(t *testing.T) {
	files, err := browser.Files()
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"guide.html", "guide.adoc", "entente.grass"} {
		if *update {
			if err := os.WriteFile(name, files[name], 0o644); err != nil {
				t.Fatal(err)
			}
		}
		b, err := os.ReadFile(name)
		if err != nil || !bytes.Equal(b, files[name]) {
			t.Errorf("%s is not what is made of its source: go test ./browser -update (%v)\n%s", name, err, cmp.Diff(string(b), string(files[name])))
		}
	}
	again, err := browser.Files()
	if err != nil || !cmp.Equal(files, again) {
		t.Errorf("the files differ from time to time: %v", err)
	}
}

// TestQueries reads the saved queries and the archive of them.
func TestQueries(t *testing.T) {
	queries, err := browser.Queries()
	if err != nil {
		t.Fatal(err)
	}
	titles := map[string]bool{}
	for _, q := range queries {
		if titles[q.Title] || q.Title == "" || q.Text == "" || strings.HasSuffix(q.Title, ".") || !strings.HasSuffix(q.Text, ".") || len([]rune(q.Title)) > 60 {
			t.Errorf("%s: its title %q, or its text %q", q.Path, q.Title, q.Text)
		}
		titles[q.Title] = true
		if strings.Contains(q.Cypher, ";") || strings.Contains(q.Cypher, "apoc.") || !strings.Contains(q.Cypher, "RETURN") {
			t.Errorf("%s: one statement that reads, without APOC: %s", q.Path, q.Cypher)
		}
	}
	dir := t.TempDir()
	names, err := browser.Write(dir)
	if err != nil || len(names) != len(queries)+4 {
		t.Fatalf("%d files, %v", len(names), err)
	}
	r, err := zip.OpenReader(filepath.Join(dir, "queries.zip"))
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	for i, f := range r.File {
		in, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(in)
		want, readErr := os.ReadFile(filepath.Join(dir, "queries", filepath.FromSlash(queries[i].Path)))
		if err != nil || readErr != nil || !bytes.Equal(b, want) || !strings.HasPrefix(f.Name, queries[i].Theme+"/") {
			t.Errorf("%s in the archive is not %s: %v %v", f.Name, queries[i].Path, err, readErr)
		}
	}
	if len(r.File) != len(queries) {
		t.Errorf("%d queries in the archive, %d in the tree", len(r.File), len(queries))
	}
}

// TestStyle holds the traps of Browser's parser away, and every type of edge in.
func TestStyle(t *testing.T) {
	files, err := browser.Files()
	if err != nil {
		t.Fatal(err)
	}
	text := string(files["entente.grass"])
	for _, r := range schema.Relations() {
		if strings.Count(text, "relationship."+string(r.Relation)+" {") != 1 {
			t.Errorf("no rule, or more than one, for %s", r.Relation)
		}
	}
	for _, k := range schema.Kinds() {
		if !strings.Contains(text, "node."+k.Label()+" {") {
			t.Errorf("no rule for %s", k.Label())
		}
	}
	for line := range strings.Lines(text) {
		_, body, ok := strings.Cut(line, "{ ")
		body, end := strings.CutSuffix(strings.TrimSpace(body), "}")
		if !ok || !end {
			t.Errorf("not a rule on one line: %s", line)
		}
		for declaration := range strings.SplitSeq(strings.TrimSuffix(strings.TrimSpace(body), ";"), ";") {
			if strings.Count(declaration, ":") != 1 {
				t.Errorf("%q does not have one colon", declaration)
			}
		}
	}
}

// TestCompose holds docker-compose.yml to what the guide needs.
func TestCompose(t *testing.T) {
	b, err := os.ReadFile("../docker-compose.yml")
	if err != nil {
		t.Fatal(err)
	}
	for _, words := range []string{`Access-Control-Allow-Headers "` + allowedHeaders + `"`, "Access-Control-Allow-Origin", "play http://localhost:7480/guide.html", "./browser:/srv/browser:ro"} {
		if !strings.Contains(string(b), words) {
			t.Errorf("docker-compose.yml does not say %s", words)
		}
	}
}
