package export_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"entente/graph/export"
)

var update = flag.Bool("update", false, "write the tables of docs/export.md anew")

// TestDocs holds docs/export.md equal to the formats: a section for each, in it a table for each sort of rows, between comments that say of what.
func TestDocs(t *testing.T) {
	file := filepath.Join("..", "..", "docs", "export.md")
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	text := string(b)
	for _, f := range export.Formats() {
		if !strings.Contains(text, "\n## "+f.Name+"\n") {
			t.Errorf("docs/export.md has no section %s", f.Name)
		}
		rows := f.Rows
		if rows == nil {
			rows = []export.Rows{""}
		}
		for _, r := range rows {
			cols := f.Columns(r)
			if len(cols) == 0 || f.Name == "parquet" { // those of csv
				continue
			}
			mark := strings.TrimSpace(f.Name + " " + string(r))
			text = holds(t, text, mark, table(cols))
		}
	}
	if *update {
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func table(cols []export.Column) string {
	var b strings.Builder
	b.WriteString("| column | what is in it |\n|---|---|\n")
	for _, c := range cols {
		fmt.Fprintf(&b, "| `%s` | %s |\n", c.Name, strings.ReplaceAll(c.Means, "|", `\|`))
	}
	return b.String()
}

// holds compares what stands after the comment of that name with want, and returns the text with it put right.
func holds(t *testing.T, text, mark, want string) string {
	t.Helper()
	begin, end := "<!-- columns of "+mark+" -->\n", "<!-- end -->"
	before, rest, ok := strings.Cut(text, begin)
	got, after, ok2 := strings.Cut(rest, end)
	if !ok || !ok2 {
		t.Fatalf("docs/export.md has no place for the columns of %s", mark)
	}
	if got != want && !*update {
		t.Errorf("docs/export.md: the columns of %s are others: run with -args -update", mark)
	}
	return before + begin + want + end + after
}
