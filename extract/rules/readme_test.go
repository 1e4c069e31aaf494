package rules

import (
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"
)

// TestReadme: the table of figures in README.md is that of scores.golden; -update rewrites it.
func TestReadme(t *testing.T) {
	golden, err := os.ReadFile("scores.golden")
	if err != nil {
		t.Fatal(err)
	}
	const file, head = "../../README.md", "| measure | precision | recall | F1 |\n|---|---|---|---|\n"
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, ok := strings.Cut(string(b), head)
	end := strings.Index(rest, "\n\n")
	if !ok || end < 0 {
		t.Fatal("README.md has no table of figures")
	}
	want := figures(t, string(golden))
	if rest[:end+1] == want {
		return
	}
	if *update {
		if err := os.WriteFile(file, []byte(before+head+want+rest[end+1:]), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	t.Errorf("README.md has\n%s\nwant\n%s", rest[:end+1], want)
}

// figures are the rows of the table.
func figures(t *testing.T, golden string) string {
	var b strings.Builder
	for _, section := range strings.Split(golden, "== ")[1:] {
		name, body, _ := strings.Cut(section, "\n")
		name = strings.TrimSuffix(strings.TrimSpace(name), " ==")
		labels := []string{"events", "ties", "all triples"}
		if strings.HasPrefix(name, "plover_gsr") {
			labels = []string{"type", "triple", "pair"}
		} else if !strings.HasPrefix(name, "gold articles") {
			continue
		}
		for _, l := range labels {
			m := regexp.MustCompile(`(?m)^` + l + `\s+(?:P )?(\d\.\d+)\s+(?:R )?(\d\.\d+)\s+(?:F1 )?(\d\.\d+)`).FindStringSubmatch(body)
			if m == nil {
				t.Fatalf("%s: no line %s", name, l)
			}
			fmt.Fprintf(&b, "| %s: %s | %s | %s | %s |\n", name, l, m[1], m[2], m[3])
		}
	}
	return b.String()
}
