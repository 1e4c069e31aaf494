// Package entente_test holds the architecture: which package may import which. The layout is that of the README's "Project structure".
package entente_test

import (
	"fmt"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "entente"

// steps are the children of extract in the order of an article's way: each may import the ones before it.
var steps = []string{"corpus", "token", "parse", "when", "actor", "event", "rules", "llm", "score"}

// stores are the children of graph that keep readings: none imports another.
var stores = []string{"memory", "sqlite", "neo4j"}

// tools are the children of graph that its other children may import where they need them; each knows no store.
var tools = []string{"cypher", "draw", "export"}

// others are the remaining children of graph.
var others = []string{"web", "graphtest"}

// judges are packages for tests: they may import the memory store, which is the reference, and what is for tests; only tests import them.
var judges = []string{"graph/graphtest", "graph/neo4j/neo4jtest", "extract/llm/llmtest"}

// hidden are third-party modules that only one folder, or one file, may know.
var hidden = map[string]string{
	"github.com/jdkato/prose/v2":           "extract/token/prose.go",
	"github.com/neo4j/neo4j-go-driver/v5":  "graph/neo4j",
	"modernc.org/sqlite":                   "graph/sqlite",
	"github.com/urfave/cli/v2":             "cmd/entente",
	"github.com/openai/openai-go/v3":       "extract/llm",
	"github.com/jedib0t/go-pretty/v6":      "cmd/entente",
	"github.com/peterh/liner":              "cmd/entente",
	"golang.org/x/term":                    "cmd/entente",
	"golang.org/x/net":                     "extract/corpus",
	"github.com/parquet-go/parquet-go":     "extract/corpus",
	"github.com/klauspost/compress":        "extract/corpus",
	"github.com/RadhiFadlillah/whatlanggo": "extract/corpus/language.go",
	"github.com/chromedp":                  "", // tests only
	"github.com/rogpeppe/go-internal":      "", // tests only
	"github.com/google/go-cmp":             "", // tests only
}

// arrow says why the package in folder from may not import the package in folder to (both relative to the module root), nil where it may.
func arrow(from, to string) error {
	if from == to {
		return nil
	}
	top := func(p string) string { first, _, _ := strings.Cut(p, "/"); return first }
	switch {
	case top(to) == "cmd":
		return fmt.Errorf("nothing imports the program")
	case slices.Contains(judges, to):
		return fmt.Errorf("only tests import %s", to)
	case top(from) == "cmd":
		return nil
	case to == "schema":
		return nil
	case top(from) == "browser" || top(to) == "browser":
		return fmt.Errorf("browser imports only schema, and only the program imports it")
	case top(from) == "schema":
		return fmt.Errorf("schema imports nothing of ours")
	case top(from) == "extract" && top(to) == "extract":
		return stepArrow(from, to)
	case top(from) == "graph" && top(to) == "graph":
		return graphArrow(from, to)
	case top(from) == "internal" || top(to) == "internal":
		return nil
	}
	return fmt.Errorf("extract and graph never meet: only cmd imports both")
}

// child is the name of the folder below the root that p is in or below, empty for the root itself.
func child(p string) string {
	_, rest, _ := strings.Cut(p, "/")
	first, _, _ := strings.Cut(rest, "/")
	return first
}

func stepArrow(from, to string) error {
	a, b := child(from), child(to)
	switch {
	case a == "":
		return fmt.Errorf("the root of extract imports only schema")
	case b == "" || a == b:
		return nil
	case slices.Index(steps, a) > slices.Index(steps, b):
		return nil
	}
	return fmt.Errorf("a step imports only the steps before it: %s", strings.Join(steps, ", "))
}

func graphArrow(from, to string) error {
	a, b := child(from), child(to)
	switch {
	case a == "":
		return fmt.Errorf("the root of graph imports only schema")
	case b == "" || a == b:
		return nil
	case slices.Contains(tools, b), slices.Contains(judges, from) && b == "memory":
		return nil
	case slices.Contains(stores, a) && slices.Contains(stores, b):
		return fmt.Errorf("a store never imports another")
	}
	return fmt.Errorf("a child of graph imports its root, schema, %s", strings.Join(tools, ", "))
}

// place says why there should be no package in the folder, nil where the layout has room for it.
func place(folder string) error {
	known := slices.Concat([]string{"", "schema", "extract", "graph", "cmd", "internal", "examples", "browser"})
	top, _, _ := strings.Cut(folder, "/")
	switch c := child(folder); {
	case !slices.Contains(known, top):
		return fmt.Errorf("the layout has no %s", top)
	case top == "extract" && c != "" && !slices.Contains(steps, c):
		return fmt.Errorf("extract has no step %s: give it its place among the steps", c)
	case top == "graph" && c != "" && !slices.Contains(slices.Concat(stores, tools, others), c):
		return fmt.Errorf("graph has no child %s: say what it is in this test", c)
	}
	return nil
}

func outside(file, imported string) error {
	for name, where := range hidden {
		if imported != name && !strings.HasPrefix(imported, name+"/") {
			continue
		}
		if where == "" && slices.Contains(judges, path.Dir(file)) {
			return nil
		}
		if where == "" {
			return fmt.Errorf("%s is for tests", name)
		}
		if file != where && !strings.HasPrefix(file, where+"/") {
			return fmt.Errorf("only %s knows %s", where, name)
		}
		return nil
	}
	first, _, _ := strings.Cut(imported, "/")
	if strings.HasPrefix(file, "schema/") && strings.Contains(first, ".") {
		return fmt.Errorf("schema imports only the standard library")
	}
	return nil
}

// TestImportArrows reads the imports of every file of the module that is not a test.
func TestImportArrows(t *testing.T) {
	folders := map[string]bool{}
	err := filepath.WalkDir(".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name = filepath.ToSlash(name)
		if d.IsDir() {
			return skipFolder(name, d.Name())
		}
		if !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			return nil
		}
		folders[path.Dir(name)] = true
		return checkFile(t, name)
	})
	if err != nil {
		t.Fatal(err)
	}
	for folder := range folders {
		if err := place(strings.TrimPrefix(folder, ".")); err != nil {
			t.Errorf("%s: %v", folder, err)
		}
	}
	for _, must := range []string{"schema", "extract", "graph", "cmd/entente"} {
		if !folders[must] {
			t.Errorf("no package in %s: is this test run at the root of the module?", must)
		}
	}
}

func skipFolder(name, base string) error {
	if base == "testdata" || name != "." && strings.HasPrefix(base, ".") {
		return fs.SkipDir
	}
	if _, err := os.Stat(filepath.Join(name, "go.mod")); err == nil && name != "." {
		return fs.SkipDir // a module of its own
	}
	return nil
}

func checkFile(t *testing.T, name string) error {
	f, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ImportsOnly)
	if err != nil {
		return err
	}
	for _, spec := range f.Imports {
		imported, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			return err
		}
		if to, ours := strings.CutPrefix(imported, module+"/"); ours {
			err = arrow(path.Dir(name), to)
		} else if !strings.HasPrefix(name, "internal/deps/") {
			err = outside(name, imported)
		}
		if err != nil {
			t.Errorf("%s imports %s: %v", name, imported, err)
		}
	}
	return nil
}

// TestArrow holds the rules themselves, also for packages that are not written yet.
func TestArrow(t *testing.T) {
	for _, tt := range []struct {
		from, to string
		ok       bool
	}{
		{"schema", "graph", false},
		{"extract", "schema", true},
		{"extract", "extract/token", false},
		{"extract/token", "extract", true},
		{"extract/parse/train", "extract/parse", true},
		{"extract/event", "extract/actor", true},
		{"extract/actor", "extract/event", false},
		{"extract/rules", "extract/event", true},
		{"extract/rules", "extract/corpus", true},
		{"extract/score", "graph", false},
		{"graph", "extract", false},
		{"graph", "graph/cypher", false},
		{"graph/sqlite", "graph", true},
		{"graph/sqlite", "graph/cypher", true},
		{"graph/sqlite", "graph/memory", false},
		{"graph/neo4j/neo4jtest", "graph/neo4j", true},
		{"graph/graphtest", "graph/memory", true},
		{"graph/graphtest", "graph/sqlite", false},
		{"graph/sqlite", "graph/graphtest", false},
		{"cmd/entente", "graph/neo4j/neo4jtest", false},
		{"graph/cypher", "graph/memory", false},
		{"graph/web", "graph/sqlite", false},
		{"graph/web", "extract", false},
		{"cmd/entente", "graph/sqlite", true},
		{"cmd/entente", "extract/rules", true},
		{"graph", "cmd/entente", false},
		{"browser", "schema", true},
		{"browser", "graph", false},
		{"graph/web", "browser", false},
		{"cmd/entente", "browser", true},
	} {
		if err := arrow(tt.from, tt.to); (err == nil) != tt.ok {
			t.Errorf("%s -> %s: got %v, want allowed %v", tt.from, tt.to, err, tt.ok)
		}
	}
	for _, tt := range []struct {
		file, imported string
		ok             bool
	}{
		{"schema/date.go", "strings", true},
		{"schema/date.go", "golang.org/x/text/cases", false},
		{"extract/token/prose.go", "github.com/jdkato/prose/v2", true},
		{"extract/token/split.go", "github.com/jdkato/prose/v2", false},
		{"graph/neo4j/upsert.go", "github.com/neo4j/neo4j-go-driver/v5/neo4j", true},
		{"cmd/entente/open.go", "github.com/neo4j/neo4j-go-driver/v5/neo4j", false},
		{"graph/memory/memory.go", "modernc.org/sqlite", false},
		{"graph/graphtest/helpers.go", "github.com/google/go-cmp/cmp", true},
		{"graph/memory/memory.go", "github.com/google/go-cmp/cmp", false},
	} {
		if err := outside(tt.file, tt.imported); (err == nil) != tt.ok {
			t.Errorf("%s imports %s: got %v, want allowed %v", tt.file, tt.imported, err, tt.ok)
		}
	}
}
