package main

import (
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
)

type pet struct {
	Name string `json:"name"`
	Age  int    `json:"age"`
	Says string `json:"says"`
}

var pets = view[pet]{
	table:  []column[pet]{{name: "name", cell: func(p pet) string { return p.Name }}, {name: "says", wide: true, cell: func(p pet) string { return p.Says }}},
	fields: []column[pet]{{name: "name", cell: func(p pet) string { return p.Name }}, {name: "age", cell: func(p pet) string { return fmt.Sprint(p.Age) }}, {name: "says", cell: func(p pet) string { return p.Says }}},
}

var zoo = []pet{
	{"Ada", 3, "=SUM(1,2)"},
	{"Bo\x1b[31m", 4, "two\nlines\tand a tab, “quoted” <b> & a sentence that is longer than the terminal is wide"},
}

func render(t *testing.T, format string, width int, rows []pet) string {
	t.Helper()
	var b strings.Builder
	n, err := write(&output{w: &b, format: format, width: width}, pets, all(rows))
	if err != nil || n != len(rows) {
		t.Fatalf("%s: %d rows, %v; want %d", format, n, err, len(rows))
	}
	return b.String()
}

func TestFormats(t *testing.T) {
	for _, tt := range []struct{ format, want string }{
		{"json", `[{"name":"Ada","age":3,"says":"=SUM(1,2)"},
 {"name":"Bo\u001b[31m","age":4,"says":"two\nlines\tand a tab, “quoted” <b> & a sentence that is longer than the terminal is wide"}]
`},
		{"jsonl", `{"name":"Ada","age":3,"says":"=SUM(1,2)"}
{"name":"Bo\u001b[31m","age":4,"says":"two\nlines\tand a tab, “quoted” <b> & a sentence that is longer than the terminal is wide"}
`},
		{"csv", "name,age,says\nAda,3,\"=SUM(1,2)\"\nBo\x1b[31m,4,\"two\nlines\tand a tab, “quoted” <b> & a sentence that is longer than the terminal is wide\"\n"},
		{"tsv", "name\tage\tsays\nAda\t3\t=SUM(1,2)\nBo [31m\t4\ttwo lines and a tab, “quoted” <b> & a sentence that is longer than the terminal is wide\n"},
		{"table", `name     says
Ada      =SUM(1,2)
Bo [31m  two lines and a tab, “quoted”
         <b> & a sentence that is longer
         than the terminal is wide
`},
	} {
		if got := render(t, tt.format, 41, zoo); got != tt.want {
			t.Errorf("%s:\n%s\nwant\n%s", tt.format, got, tt.want)
		}
	}
}

// TestFormatsAgree reads the machine formats back.
func TestFormatsAgree(t *testing.T) {
	var fromJSON []pet
	if err := json.Unmarshal([]byte(render(t, "json", 80, zoo)), &fromJSON); err != nil || !slices.Equal(fromJSON, zoo) {
		t.Errorf("json reads back as %v, %v", fromJSON, err)
	}
	rows, err := csv.NewReader(strings.NewReader(render(t, "csv", 80, zoo))).ReadAll()
	if err != nil || len(rows) != 3 || rows[2][2] != zoo[1].Says {
		t.Errorf("csv reads back as %q, %v", rows, err)
	}
	for line := range strings.Lines(render(t, "tsv", 80, zoo)) {
		if strings.Count(line, "\t") != 2 {
			t.Errorf("tsv line %q: want three cells", line)
		}
	}
}

func TestFormatsOfNothing(t *testing.T) {
	for format, want := range map[string]string{"json": "[]\n", "jsonl": "", "csv": "name,age,says\n", "tsv": "name\tage\tsays\n", "table": ""} {
		if got := render(t, format, 80, nil); got != want {
			t.Errorf("%s of no rows: %q, want %q", format, got, want)
		}
	}
}

func TestWriteError(t *testing.T) {
	broken := errors.New("the store is gone")
	rows := func(yield func(pet, error) bool) {
		_ = yield(zoo[0], nil) && yield(pet{}, broken)
	}
	for _, format := range formats {
		var b strings.Builder
		if n, err := write(&output{w: &b, format: format, width: 80}, pets, rows); !errors.Is(err, broken) || n != 1 {
			t.Errorf("%s: %d rows, %v; want 1 and the error of the rows", format, n, err)
		}
	}
}

// TestTableFits: no line of a table is wider than the terminal, unless a single column has no room.
func TestTableFits(t *testing.T) {
	for width := 40; width < 130; width += 7 {
		for line := range strings.Lines(render(t, "table", width, zoo)) {
			if n := len([]rune(strings.TrimRight(line, "\n"))); n > width {
				t.Errorf("width %d: a line of %d: %q", width, n, line)
			}
		}
	}
}

func TestCount(t *testing.T) {
	for _, tt := range []struct {
		n    int
		noun string
		want string
	}{{0, "article", "0 articles"}, {1, "entity", "1 entity"}, {2, "entity", "2 entities"}, {1234567, "triple", "1,234,567 triples"}, {999, "x", "999 xs"}} {
		if got := count(tt.n, tt.noun); got != tt.want {
			t.Errorf("count(%d, %q) = %q, want %q", tt.n, tt.noun, got, tt.want)
		}
	}
	for f, want := range map[float64]string{2.5: "2.5", -3: "-3", 0: "0", 0.8123: "0.81", 10: "10", 100: "100"} {
		if got := decimal(f); got != want {
			t.Errorf("decimal(%g) = %q, want %q", f, got, want)
		}
	}
}
