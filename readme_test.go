package entente_test

import (
	"fmt"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// TestReadmeFigures: the figures that README.md quotes of golden files are theirs. Those of its table are held where they are measured.
func TestReadmeFigures(t *testing.T) {
	readme := strings.Join(strings.Fields(read(t, "README.md")), " ")
	passed, all := map[string]int{}, map[string]int{}
	for _, m := range regexp.MustCompile(`, (rows|errors)\s+(\d+) of\s+(\d+)`).FindAllStringSubmatch(read(t, "graph/cypher/testdata/tck.golden"), -1) {
		right, _ := strconv.Atoi(m[2])
		of, _ := strconv.Atoi(m[3])
		passed[m[1]] += right
		all[m[1]] += of
	}
	tree := regexp.MustCompile(`(?m)^best PUD news: .* UAS ([0-9.]+) LAS ([0-9.]+)$`).FindStringSubmatch(read(t, "extract/parse/scores.golden"))
	if tree == nil || all["rows"] == 0 || all["errors"] == 0 {
		t.Fatal("the golden files have another form now")
	}
	for _, want := range []string{
		fmt.Sprintf("that return rows, %s of %s pass", thousands(passed["rows"]), thousands(all["rows"])),
		fmt.Sprintf("of those that expect an error %s of %s", thousands(passed["errors"]), thousands(all["errors"])),
		fmt.Sprintf("%s %% of heads and %s %% of labelled heads right", tree[1], tree[2]),
	} {
		if !strings.Contains(readme, want) {
			t.Errorf("README.md does not say: %s", want)
		}
	}
}

func thousands(n int) string {
	if n < 1000 {
		return strconv.Itoa(n)
	}
	return fmt.Sprintf("%d,%03d", n/1000, n%1000)
}

func read(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}
