package export_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"entente/graph"
	"entente/graph/export"
	"entente/graph/graphtest"
	"entente/graph/memory"
	"entente/schema"
)

// says is a made history: every status, every precision of date, a tie, hostile text, evidence of two articles.
func says() [2][]string {
	return [2][]string{
		{
			"NATO AGREE RUS 2010-12-08 | asserted confidence=0.8 contexts=military", "RUS ACCUSE NATO | asserted agent=dmitry-rogozin confidence=0.7 mode=disapprove", "NATO CONSULT RUS 2011-06 | future confidence=0.6",
			"RUS ASSAULT GEO 2008-08-08 | negated", "USA SANCTION RUS 2011 | asserted place=USA/washington", "RUS THREATEN GEO 2011-01-30/2011-02-02 | hypothetical", `dmitry-rogozin REPRESENTS RUS "envoy, \"to\" NATO" | asserted confidence=0.9`,
			"NATO MEMBER_OF UN | asserted",
		},
		{"NATO AGREE RUS 2010-12-08 | asserted confidence=0.5", "RUS CONSULT USA 2010-12-31/2011-01-02 | asserted mode=visit initiator=RUS", "GEO REQUEST USA 2011-02-10 | asserted mode=assist"},
	}
}

func store(t testing.TB) *memory.Store {
	t.Helper()
	s := memory.New()
	names := map[string]string{"RUS": "Russia", "GEO": hostile + "\t\u0001\u2028", "dmitry-rogozin": "Dmitry Rogozin", "UN": "=1+1"}
	var readings []schema.Reading
	for i, lines := range says() {
		r := graphtest.Story{ID: []string{"wire/1 <&> %", "wire/2"}[i], Published: schema.Date([]string{"2010-12-09", "2011-02-11"}[i]), Source: "Wire", Says: lines, Names: names}.Reading(t)
		for j, e := range r.Entities {
			switch e.ID {
			case "RUS":
				r.Entities[j].Codes = map[string]string{"iso3": "RUS", "cow": "365", "gw": "365", "wikidata": "Q159"}
				r.Entities[j].Aliases = []string{"Russian Federation"}
			case "USA/washington":
				r.Entities[j].State = "USA"
			}
		}
		readings = append(readings, r)
	}
	if _, err := s.Upsert(t.Context(), readings...); err != nil {
		t.Fatal(err)
	}
	return s
}

func written(t testing.TB, s export.Source, format string, o export.Options) (string, export.Result) {
	t.Helper()
	f, err := export.FormatNamed(format)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	r, err := f.Write(t.Context(), &b, s, o)
	if err != nil {
		t.Fatalf("%s: %v", format, err)
	}
	return b.String(), r
}

// TestGolden holds every format of the made history.
func TestGolden(t *testing.T) {
	s := store(t)
	for _, f := range export.Formats() {
		for _, rows := range append([]export.Rows{""}, f.Rows[min(1, len(f.Rows)):]...) {
			got, r := written(t, s, f.Name, export.Options{Of: rows, Title: "Made"})
			again, _ := written(t, s, f.Name, export.Options{Of: rows, Title: "Made"})
			if got != again {
				t.Errorf("%s %s: two runs differ", f.Name, rows)
			}
			got += fmt.Sprintf("rows %d, left %v\n", r.Rows, r.Left)
			if f.Binary {
				continue // read back below
			}
			file := filepath.Join("testdata", strings.TrimSuffix(f.Name+"-"+string(rows), "-")+".golden")
			if *update {
				if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if got != string(want) {
				t.Errorf("%s: is now\n%s", file, got)
			}
		}
	}
}

// TestColumns holds that a header, or the number of cells, is that of the columns.
func TestColumns(t *testing.T) {
	s := store(t)
	for name, n := range map[string]int{"icews": 20, "polecat": 40, "gdelt": 61, "panel": 45} {
		f, err := export.FormatNamed(name)
		if err != nil {
			t.Fatal(err)
		}
		cols := f.Columns("")
		if len(cols) != n {
			t.Errorf("%s has %d columns, want %d", name, len(cols), n)
		}
		got, _ := written(t, s, name, export.Options{})
		sep := "\t"
		if name == "panel" {
			sep = ","
		}
		lines := strings.Split(strings.TrimSuffix(got, "\n"), "\n")
		for i, l := range lines {
			if cells := strings.Split(l, sep); len(cells) != n && name != "panel" {
				t.Errorf("%s line %d has %d cells: %q", name, i+1, len(cells), l)
			}
		}
		var names []string
		for _, c := range cols {
			names = append(names, c.Name)
		}
		if name != "gdelt" && lines[0] != strings.Join(names, sep) {
			t.Errorf("%s: header %q", name, lines[0])
		}
	}
}

// TestFieldsOwnNames holds the headers that scripts of the field load by name (ICEWS and POLECAT as published).
func TestFieldsOwnNames(t *testing.T) {
	for name, want := range map[string]string{
		"icews":   "Event ID,Event Date,Source Name,Source Sectors,Source Country,Event Text,CAMEO Code,Intensity,Target Name,Target Sectors,Target Country,Story ID,Sentence Number,Publisher,City,District,Province,Country,Latitude,Longitude",
		"polecat": "Event ID,Event Date,Event Type,Event Mode,Intensity,Quad Code,Contexts,Actor Name,Actor Country,Actor COW,Primary Actor Sector,Actor Sectors,Actor Title,Actor Name Raw,Wikipedia Actor ID,Recipient Name,Recipient Country,Recipient COW,Primary Recipient Sector,Recipient Sectors,Recipient Title,Recipient Name Raw,Wikipedia Recipient ID,Placename,City,District,Province,Country,Latitude,Longitude,GeoNames ID,Raw Placename,Feature Type,Source,Publication Date,Story People,Story Organizations,Story Locations,Language,Version",
	} {
		f, _ := export.FormatNamed(name)
		var got []string
		for _, c := range f.Columns("") {
			got = append(got, c.Name)
		}
		if strings.Join(got, ",") != want {
			t.Errorf("%s: %s", name, strings.Join(got, ","))
		}
	}
}

// TestJSONLRoundTrip loads what was exported and exports it again.
func TestJSONLRoundTrip(t *testing.T) {
	first, _ := written(t, store(t), "jsonl", export.Options{})
	again := memory.New()
	for l := range strings.Lines(first) {
		var r schema.Reading
		if err := json.Unmarshal([]byte(l), &r); err != nil {
			t.Fatal(err)
		}
		if _, err := again.Upsert(t.Context(), r); err != nil {
			t.Fatal(err)
		}
	}
	if second, _ := written(t, again, "jsonl", export.Options{}); second != first {
		t.Errorf("another text comes back:\n%s\n%s", first, second)
	}
	a, _ := written(t, store(t), "csv", export.Options{})
	if b, _ := written(t, again, "csv", export.Options{}); a != b {
		t.Error("the store that comes back is another")
	}
}

// TestPanel adds the panel up: its events are those of the store that have a place in it, whatever the period.
func TestPanel(t *testing.T) {
	s := store(t)
	for _, tt := range []struct {
		by       graph.Period
		directed bool
		rows     int
		n, left  int
	}{
		{"", false, 35 * 4, 4, 3}, {graph.ByYear, false, 4 * 4, 5, 2}, {graph.ByMonth, true, 35 * 6, 6, 3},
	} {
		got, r := written(t, s, "panel", export.Options{By: tt.by, Directed: tt.directed})
		records, err := csv.NewReader(strings.NewReader(got)).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		col := func(name string) int { return slices.Index(records[0], name) }
		sum, quads := 0, 0
		for _, rec := range records[1:] {
			sum += atoi(t, rec[col("n")])
			quads += atoi(t, rec[col("vcp")]) + atoi(t, rec[col("mcp")]) + atoi(t, rec[col("vcf")]) + atoi(t, rec[col("mcf")])
			if (rec[col("n")] == "0") != (rec[col("score_mean")] == "") {
				t.Errorf("a mean without events, or none with: %v", rec)
			}
		}
		left := 0
		for _, l := range r.Left {
			left += l.N
		}
		if sum != quads || r.Rows != len(records)-1 {
			t.Errorf("%+v: n %d, quads %d, rows %d of %d", tt, sum, quads, len(records)-1, r.Rows)
		}
		if sum != tt.n || left != tt.left || r.Rows != tt.rows {
			t.Errorf("%+v: n %d, rows %d, left %v", tt, sum, r.Rows, r.Left)
		}
	}
	if got, _ := written(t, s, "panel", export.Options{NoZeros: true}); strings.Count(got, "\n") != 1+6 {
		t.Errorf("without zeros:\n%s", got)
	}
	if got, _ := written(t, s, "panel", export.Options{Query: graph.Query{Of: []string{"nobody"}}}); strings.Count(got, "\n") != 1 {
		t.Errorf("of nobody:\n%s", got)
	}
	if got, _ := written(t, s, "panel", export.Options{Query: graph.Query{Of: []string{"NATO"}, With: []string{"RUS"}, From: "2010-11", To: "2011-03"}}); strings.Count(got, "\n") != 1+5 {
		t.Errorf("from November to March:\n%s", got)
	}
}

func atoi(t *testing.T, s string) (n int) {
	t.Helper()
	if _, err := fmt.Sscan(s, &n); err != nil {
		t.Fatal(err)
	}
	return n
}

// TestFirstDay places what is less exact than a day when it is asked to.
func TestFirstDay(t *testing.T) {
	s := store(t)
	_, strict := written(t, s, "polecat", export.Options{})
	got, loose := written(t, s, "polecat", export.Options{FirstDay: true})
	if loose.Rows != strict.Rows+2 || !strings.Contains(got, "\t2011-01-01\tSANCTION\t") || !strings.Contains(got, "\t2011-06-01\tAGREE\t") {
		t.Errorf("%d rows, %d with --first-day:\n%s", strict.Rows, loose.Rows, got)
	}
}

func TestXMLIsWellFormed(t *testing.T) {
	for _, name := range []string{"graphml", "gexf"} {
		got, _ := written(t, store(t), name, export.Options{})
		d := xml.NewDecoder(strings.NewReader(got))
		for {
			if _, err := d.Token(); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
		}
		if strings.Contains(got, "<script") {
			t.Errorf("%s: hostile text is not escaped", name)
		}
	}
}

// nquad is the grammar of a line, as far as it matters here.
var nquad = regexp.MustCompile(`^<[^\x00-\x20<>"{}|^` + "`" + `\\]*> <[^\x00-\x20<>"{}|^` + "`" + `\\]*> (<[^\x00-\x20<>"{}|^` + "`" + `\\]*>|"([^"\\\n\r]|\\["\\nrt]|\\u[0-9A-F]{4})*"(\^\^<[^ <>]*>)?)( <[^\x00-\x20<>"{}|^` + "`" + `\\]*>)? \.$`)

func TestNQuadsLines(t *testing.T) {
	got, _ := written(t, store(t), "nquads", export.Options{})
	for l := range strings.Lines(got) {
		if !nquad.MatchString(strings.TrimSuffix(l, "\n")) {
			t.Errorf("not a quad: %q", l)
		}
	}
	if strings.Contains(got, "urn:entente:relation:ASSAULT> <urn:entente:entity:GEO> <") {
		t.Error("what is denied stands as a statement")
	}
}

func TestWrongOptions(t *testing.T) {
	s := store(t)
	for _, tt := range []struct {
		format string
		o      export.Options
		want   string
	}{
		{"panel", export.Options{Of: "triples"}, `format panel has rows of its own: leave out "triples"`},
		{"csv", export.Options{Of: "readings"}, `format csv has no rows of "readings": want one of [triples evidences]`},
		{"jsonl", export.Options{Query: graph.Query{Of: []string{"RUS"}}}, "readings are whole: only rows of triples or evidences can be narrowed"},
		{"csv", export.Options{Query: graph.Query{From: "soon"}}, `query: date "soon": want YYYY, YYYY-MM, YYYY-MM-DD or a range of two`},
		{"panel", export.Options{By: graph.ByDay, Query: graph.Query{From: "0002"}}, "panel: more than 50000 periods from 0002-01-01 to 2011-02-10: narrow it by the first and last date, or take a longer period"},
	} {
		f, err := export.FormatNamed(tt.format)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write(t.Context(), io.Discard, s, tt.o); err == nil || err.Error() != tt.want {
			t.Errorf("%s %+v: %v, want %s", tt.format, tt.o, err, tt.want)
		}
	}
	if _, err := export.FormatNamed("xls"); err == nil || !strings.HasPrefix(err.Error(), `no format "xls": want one of panel, `) {
		t.Error(err)
	}
}

// TestFailuresCome lets the disk and the store fail.
func TestFailuresCome(t *testing.T) {
	want := errors.New("disk full")
	stopped, stop := context.WithCancel(t.Context())
	stop()
	for _, f := range export.Formats() {
		if _, err := f.Write(t.Context(), failing{want}, store(t), export.Options{}); !errors.Is(err, want) {
			t.Errorf("%s: %v", f.Name, err)
		}
		if _, err := f.Write(stopped, io.Discard, store(t), export.Options{}); !errors.Is(err, context.Canceled) {
			t.Errorf("%s after the end: %v", f.Name, err)
		}
	}
}

// TestEmpty exports a store that holds nothing.
func TestEmpty(t *testing.T) {
	for _, f := range export.Formats() {
		if got, r := written(t, memory.New(), f.Name, export.Options{}); r.Rows != 0 || len(r.Left) != 0 || got == "" && f.Name != "jsonl" && f.Name != "ftm" && f.Name != "nquads" && f.Name != "gdelt" {
			t.Errorf("%s: %d rows: %q", f.Name, r.Rows, got)
		}
	}
}

// TestCameo holds that every type and mode that PLOVER has finds a code, that code and class of cooperation or conflict agree save for requests
// and investigations, and that each row of the table is used.
func TestCameo(t *testing.T) {
	s := memory.New()
	var lines []string
	for _, info := range schema.Relations() {
		if info.Tie {
			continue
		}
		lines = append(lines, fmt.Sprintf("AAA %s BBB 2010-01-01 | asserted", info.Relation))
		for i, m := range info.Modes {
			lines = append(lines, fmt.Sprintf("AAA %s BBB 2010-02-%02d | asserted mode=%s", info.Relation, i+1, m.Name))
		}
	}
	for i, part := range slices.Collect(slices.Chunk(lines, 50)) {
		if _, err := s.Upsert(t.Context(), graphtest.Story{ID: fmt.Sprint(i), Published: "2010-03-01", Says: part}.Reading(t)); err != nil {
			t.Fatal(err)
		}
	}
	got, r := written(t, s, "gdelt", export.Options{})
	if r.Rows != len(lines) {
		t.Errorf("%d of %d have a code: %v", r.Rows, len(lines), r.Left)
	}
	seen := map[string]bool{}
	for l := range strings.Lines(got) {
		f := strings.Split(l, "\t")
		seen[f[26]] = true
		if (f[30][0] == '-') != (f[29] >= "3") && !strings.HasPrefix(f[26], "02") {
			t.Errorf("code %s, class %s, intensity %s", f[26], f[29], f[30])
		}
	}
	b, err := os.ReadFile("cameo.tsv")
	if err != nil {
		t.Fatal(err)
	}
	for l := range strings.Lines(string(b)) {
		if f := strings.Split(l, "\t"); !strings.HasPrefix(l, "#") && !seen[f[2]] {
			t.Errorf("no act gets the code %s", f[2])
		}
	}
}
