package corpus

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write what the samples give to testdata/samples.golden")

// TestSamples holds what each file of testdata/samples gives: every property of every article, what is left out and what is wrong.
func TestSamples(t *testing.T) {
	files, err := filepath.Glob(filepath.Join("testdata", "samples", "*"))
	if err != nil || len(files) == 0 {
		t.Fatal("no samples", err)
	}
	var b strings.Builder
	for _, f := range files {
		fmt.Fprintf(&b, "== %s\n", filepath.Base(f))
		o := Options{Skipped: func(s Skip) { fmt.Fprintf(&b, "left out: row %d, %s: %s\n", s.Row, s.Reason, s.Detail) }}
		for d, err := range Documents([]string{f}, o) {
			if err != nil {
				fmt.Fprintf(&b, "error: %s\n", strings.ReplaceAll(err.Error(), f, filepath.Base(f)))
				continue
			}
			writeDocument(&b, d)
		}
	}
	golden := filepath.Join("testdata", "samples.golden")
	if *update {
		if err := os.WriteFile(golden, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	got, wanted := strings.Split(b.String(), "\n"), strings.Split(strings.ReplaceAll(string(want), "\r\n", "\n"), "\n")
	for i := range max(len(got), len(wanted)) {
		g, w := "", ""
		if i < len(got) {
			g = got[i]
		}
		if i < len(wanted) {
			w = wanted[i]
		}
		if g != w {
			t.Fatalf("line %d of samples.golden: got\n%s\nwant\n%s", i+1, g, w)
		}
	}
}

func writeDocument(b *strings.Builder, d Document) {
	fmt.Fprintf(b, "%s %s row %d\n", d.Format, d.ID, d.Row)
	for _, f := range []struct{ name, value string }{
		{"title", d.Title}, {"published", string(d.Published)}, {"from", d.PublishedFrom}, {"time", d.Time}, {"source", d.Source}, {"author", d.Author},
		{"place", d.Place}, {"language", d.Language}, {"url", d.URL},
	} {
		if f.value != "" {
			fmt.Fprintf(b, "  %s: %s\n", f.name, f.value)
		}
	}
	if d.Truncated {
		fmt.Fprintln(b, "  truncated")
	}
	fmt.Fprintf(b, "  text: %q\n", d.Text)
	for _, f := range d.Furniture {
		fmt.Fprintf(b, "  %s: %q\n", f.Kind, d.Text[f.Start:f.End])
	}
}
