package cypher

import (
	"bufio"
	"context"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

var (
	update  = flag.Bool("update", false, "write the golden files anew")
	verbose = flag.Bool("tck", false, "show every failing scenario of the TCK")
)

// tckStep is the step of the language that a folder belongs to, "" for folders of what writes.
func tckStep(s *scenario) string {
	_, name, _ := strings.Cut(s.folder, "/")
	switch name {
	case "create", "merge", "set", "remove", "delete", "call":
		return ""
	case "temporal":
		return "temporal"
	case "unwind", "list", "map", "path", "pattern", "quantifier", "existentialSubqueries", "countingSubgraphMatches", "triadicSelection":
		return "lists and paths"
	case "match":
		if slices.Contains([]string{"Match4", "Match5", "Match8", "Match9"}, s.feature) {
			return "lists and paths"
		}
	}
	return "core"
}

// binaryTree is the graph of the use cases: a root with four children of two kinds, each with two of its own, and friends among the children. In the
// second one every other grandchild has the label Y.
func binaryTree(second bool) string {
	y := "X"
	if second {
		y = "Y"
	}
	var b strings.Builder
	b.WriteString("CREATE (a:A {name: 'a'})")
	for i := 1; i <= 4; i++ {
		kind := "KNOWS"
		if i > 2 {
			kind = "FOLLOWS"
		}
		fmt.Fprintf(&b, ", (b%d:X {name: 'b%d'}), (a)-[:%s]->(b%d)", i, i, kind, i)
		fmt.Fprintf(&b, ", (c%d1:X {name: 'c%d1'}), (c%d2:%s {name: 'c%d2'}), (b%d)-[:FRIEND]->(c%d1), (b%d)-[:FRIEND]->(c%d2)", i, i, i, y, i, i, i, i, i)
	}
	b.WriteString(", (b1)-[:FRIEND]->(b2), (b2)-[:FRIEND]->(b3), (b3)-[:FRIEND]->(b4), (b4)-[:FRIEND]->(b1)")
	return b.String()
}

// trial is a scenario being run.
type trial struct {
	graph   *testGraph
	params  map[string]any
	columns []string
	rows    [][]any
	err     error
	atRun   bool // err came with the rows
	expects bool // an error
	wrote   bool // the query would write: not for us
}

func (t *trial) run(s *scenario) error {
	t.graph = &testGraph{}
	for i := range s.steps {
		if err := t.step(&s.steps[i]); err != nil || t.wrote {
			return err
		}
	}
	return nil
}

func (t *trial) step(st *step) error {
	switch text := st.text; {
	case text == "an empty graph", text == "any graph", text == "no side effects":
		return nil
	case strings.HasPrefix(text, "the binary-tree-"):
		return t.graph.create(binaryTree(strings.HasPrefix(text, "the binary-tree-2")), nil)
	case text == "having executed:":
		if err := t.graph.create(st.doc, t.params); err != nil {
			return fmt.Errorf("set-up: %w", err)
		}
		return nil
	case text == "parameters are:":
		t.params = map[string]any{}
		for _, row := range st.table {
			v, err := evaluate(row[1])
			if err != nil {
				return err
			}
			t.params[row[0]] = v
		}
		return nil
	case text == "executing query:", text == "executing control query:":
		t.query(st.doc)
		return nil
	case strings.HasPrefix(text, "the result should be"):
		return t.compare(st)
	case strings.Contains(text, "should be raised"):
		t.expects = true
		return t.compareError(text)
	}
	return fmt.Errorf("step %q is not known", st.text)
}

// evaluate is the value of an expression.
func evaluate(x string) (any, error) {
	r, err := (&Engine{Source: &testGraph{}}).Query(context.Background(), "RETURN "+x, nil)
	if err != nil {
		return nil, err
	}
	for row, err := range r.Rows {
		return row[0], err
	}
	return nil, nil
}

func (t *trial) query(text string) {
	t.rows, t.columns, t.err, t.atRun = nil, nil, nil, false
	r, err := (&Engine{Source: t.graph}).Query(context.Background(), text, t.params)
	if e, ok := errors.AsType[*Error](err); ok && e.Kind == Refused {
		t.wrote = true
		return
	}
	if err != nil {
		t.err = err
		return
	}
	t.columns = r.Columns
	for row, err := range r.Rows {
		if err != nil {
			t.err, t.atRun = err, true
			return
		}
		t.rows = append(t.rows, row)
	}
}

func (t *trial) compare(st *step) error {
	if t.err != nil {
		return t.err
	}
	bags := strings.Contains(st.text, "ignoring element order")
	var want []string
	for i, row := range st.table {
		if i == 0 {
			if !slices.Equal(row, t.columns) && len(row) > 0 {
				return fmt.Errorf("columns %q, want %q", t.columns, row)
			}
			continue
		}
		var line strings.Builder
		for _, cell := range row {
			v, err := expected(cell, bags)
			if err != nil {
				return fmt.Errorf("expected value %q: %w", cell, err)
			}
			line.WriteString(v + " | ")
		}
		want = append(want, line.String())
	}
	var got []string
	for _, row := range t.rows {
		var line strings.Builder
		for _, v := range row {
			line.WriteString(notation(v, bags) + " | ")
		}
		got = append(got, line.String())
	}
	if !strings.Contains(st.text, "in order") {
		slices.Sort(want)
		slices.Sort(got)
	}
	if !slices.Equal(got, want) {
		return fmt.Errorf("got\n  %s\nwant\n  %s", strings.Join(got, "\n  "), strings.Join(want, "\n  "))
	}
	return nil
}

// compareError looks at the kind, the phase and the name of an error.
func (t *trial) compareError(text string) error {
	head, detail, _ := strings.Cut(text, ": ")
	words := strings.Fields(head)
	e, ok := errors.AsType[*Error](t.err)
	switch {
	case t.err == nil:
		return fmt.Errorf("no error, want %s", text)
	case !ok:
		return fmt.Errorf("error %T %v, want %s", t.err, t.err, text)
	case e.Kind != words[1] || detail != "*" && e.Detail != detail:
		return fmt.Errorf("error %s %s (%v), want %s", e.Kind, e.Detail, e.Text, text)
	case strings.Contains(text, "at compile time") && t.atRun:
		return fmt.Errorf("error only when rows are read, want %s", text)
	}
	return nil
}

// wantsError reports whether a scenario expects an error.
func wantsError(s *scenario) bool {
	return slices.ContainsFunc(s.steps, func(st step) bool { return strings.Contains(st.text, "should be raised") })
}

// exceptions are the scenarios known to fail, with the reason.
func exceptions(t *testing.T) map[string]string {
	f, err := os.Open("testdata/tck.exceptions")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	out := map[string]string{}
	in := bufio.NewScanner(f)
	for in.Scan() {
		line := strings.TrimSpace(in.Text())
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		key, reason, ok := strings.Cut(line, ": ")
		if !ok || reason == "" {
			t.Fatalf("testdata/tck.exceptions: %q: want SCENARIO: REASON", line)
		}
		out[key] = reason
	}
	return out
}

func shared(t *testing.T, folder string) string {
	dir := os.Getenv("ENTENTE_SHARED")
	if dir == "" {
		dir = "../../../shared"
	}
	dir = filepath.Join(dir, folder)
	if _, err := os.Stat(dir); err != nil {
		t.Skipf("no %s beside the project (ENTENTE_SHARED names its folder)", folder)
	}
	return dir
}

// TestTCK runs the scenarios of the openCypher Technology Compatibility Kit whose query reads, and counts them by step.
func TestTCK(t *testing.T) {
	root := shared(t, "tck/features")
	known := exceptions(t)
	counts := map[string][2]int{} // passed, all
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(path) != ".feature" {
			return err
		}
		scenarios, err := readFeature(root, path)
		if err != nil {
			return err
		}
		for i := range scenarios {
			judge(t, &scenarios[i], known, counts)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for key := range known {
		t.Errorf("testdata/tck.exceptions: there is no scenario %q", key)
	}
	var b strings.Builder
	b.WriteString("# openCypher TCK: scenarios whose query reads, by step: those that return rows, those that expect an error\n")
	for _, k := range sortedKeys(counts) {
		c := counts[k]
		fmt.Fprintf(&b, "%-24s %4d of %4d  %5.1f %%\n", k, c[0], c[1], 100*float64(c[0])/float64(c[1]))
	}
	golden(t, "testdata/tck.golden", b.String())
}

func judge(t *testing.T, s *scenario, known map[string]string, counts map[string][2]int) {
	key := tckStep(s)
	if key == "" {
		return
	}
	if wantsError(s) {
		key += ", errors"
	} else {
		key += ", rows"
	}
	tr := &trial{}
	err := tr.run(s)
	if tr.wrote {
		return
	}
	c := counts[key]
	c[1]++
	if err == nil {
		c[0]++
	}
	counts[key] = c
	id := s.feature + " " + s.name
	_, excused := known[id]
	delete(known, id)
	switch {
	case err != nil && *verbose:
		t.Logf("%s %s\n%v", id, s.title, err)
	case err != nil && !excused && !*update:
		t.Errorf("%s %s\n%v", id, s.title, err)
	case err == nil && excused:
		t.Errorf("%s passes now: take it off testdata/tck.exceptions", id)
	}
}

func golden(t *testing.T, file, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s differs: go test -update, then look at the diff\ngot\n%s\nwant\n%s", file, got, want)
	}
}
