package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"entente/extract"
	"entente/extract/actor/tables"
	"entente/graph"
	"entente/graph/memory"
	"entente/schema"
)

// TestHistory compares what the press releases of the State Department yield with the visits and missions that its historians list (Office of the
// Historian, CC0): of the missions of presidents and secretaries abroad and the visits of leaders to the United States, for how many is there a
// CONSULT of the United States and that state on the days of the visit, a day before or after? Read are the releases of those days, three more on
// each side, that name the country. testdata/history.golden has the figures and names what is missed. The test reads the short ones of a month;
// ENTENTE_HISTORY=all reads all 62 weeks that the releases cover, and prints the figures only.
func TestHistory(t *testing.T) {
	shared := os.Getenv("ENTENTE_SHARED")
	if shared == "" {
		shared = filepath.Join("..", "..", "..", "shared")
	}
	releases := filepath.Join(shared, "corpora", "state-dept", "press-releases.jsonl")
	if _, err := os.Stat(releases); err != nil {
		t.Skip("no press releases beside the project (../shared/corpora/state-dept)")
	}
	from, to, longest := schema.Date("2021-06-21"), schema.Date("2021-07-20"), 3000 // bytes
	if os.Getenv("ENTENTE_HISTORY") == "all" {
		from, to, longest = "2021-05-21", "2022-08-03", 30_000 // longer ones are reports of many countries
	}
	visits := historyVisits(t, filepath.Join(shared, "reference", "historyatstate"), from, to)
	store := historyStore(t, releases, longest, visits)
	got := historyReport(t, store, visits, from, to)
	if os.Getenv("ENTENTE_HISTORY") == "all" {
		t.Log(got)
		return
	}
	golden := filepath.Join("testdata", "history.golden")
	if *update {
		if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s has\n%s\nthis run\n%s", golden, want, got)
	}
}

// historyVisit is a row of one of the two tables.
type historyVisit struct {
	table, who, country string
	state               string // id
	when                schema.Date
	articles            int // that name the country in those days
}

// near is when, and some days before and after.
func (v historyVisit) near(days int) schema.Date {
	return schema.Between(schema.Day(v.when.First().AddDate(0, 0, -days)), schema.Day(v.when.Last().AddDate(0, 0, days)))
}

func historyVisits(t *testing.T, dir string, from, to schema.Date) []*historyVisit {
	t.Helper()
	ids := map[string]string{"Palestinian Authority": "PSE", "Holy See": "VAT"}
	for _, s := range tables.Builtin().States {
		if s.To != "" {
			continue
		}
		for _, n := range append([]string{s.Name}, s.Aliases...) {
			ids[n] = s.ID
		}
	}
	var out []*historyVisit
	for _, table := range []struct {
		file         string
		who, country int
	}{{"us-travels.tsv", 3, 5}, {"visits-to-us.tsv", 2, 4}} {
		b, err := os.ReadFile(filepath.Join(dir, table.file))
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(b)) {
			f := strings.Split(strings.TrimRight(line, "\n"), "\t")
			when, err := schema.ParseDate(f[0])
			if err != nil || !schema.Between(from, to).Contains(when) {
				continue
			}
			if end, err := schema.ParseDate(f[1]); err == nil && end != "" {
				when = schema.Between(when, end)
			}
			country, _, _ := strings.Cut(f[table.country], " (")
			out = append(out, &historyVisit{table: strings.TrimSuffix(table.file, ".tsv"), who: f[table.who], country: country, state: ids[country], when: when})
		}
	}
	return out
}

// historyStore reads the releases that may speak of one of the visits.
func historyStore(t *testing.T, releases string, longest int, visits []*historyVisit) graph.Store {
	t.Helper()
	file, err := os.Open(releases)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	var articles []schema.Article
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, 16<<20)
	for lines.Scan() {
		var r struct{ URL, Title, Date, Text string }
		if err := json.Unmarshal(lines.Bytes(), &r); err != nil {
			t.Fatal(err)
		}
		at, err := time.Parse(time.RFC3339, r.Date)
		if err != nil || len(r.Text) > longest {
			continue
		}
		a := schema.Article{ID: r.URL, Title: r.Title, Published: schema.Day(at), Source: "State Department", Text: r.Text}
		wanted := false
		for _, v := range visits {
			if v.near(3).Contains(a.Published) && strings.Contains(a.Text, v.country) {
				v.articles++
				wanted = true
			}
		}
		if wanted {
			articles = append(articles, a)
		}
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	x, err := newExtractor()
	if err != nil {
		t.Fatal(err)
	}
	store := memory.New()
	for r, err := range extract.All(t.Context(), x, all(articles), 2) {
		if err != nil {
			t.Fatal(err)
		}
		if _, err := store.Upsert(t.Context(), r); err != nil {
			t.Fatal(err)
		}
	}
	return store
}

// historyReport counts the visits that the store knows.
func historyReport(t *testing.T, store graph.Store, visits []*historyVisit, from, to schema.Date) string {
	t.Helper()
	var b strings.Builder
	fmt.Fprintf(&b, "Visits and missions from %s to %s: how many there were, of how many a release of those days names the country, for how many there is a CONSULT with it then.\n", from, to)
	type figure struct{ all, named, found int }
	sums := map[string]*figure{"us-travels": {}, "visits-to-us": {}}
	var missed []string
	for _, v := range visits {
		s := sums[v.table]
		s.all++
		if v.articles == 0 {
			continue
		}
		s.named++
		if historyFound(t, store, v) {
			s.found++
		} else {
			missed = append(missed, fmt.Sprintf("missed: %s %s, %s, of %d releases", v.when, v.who, v.country, v.articles))
		}
	}
	for _, name := range []string{"us-travels", "visits-to-us"} {
		s := sums[name]
		fmt.Fprintf(&b, "%s %d, named %d, found %d: recall %.2f\n", name, s.all, s.named, s.found, float64(s.found)/float64(max(s.named, 1)))
	}
	return b.String() + strings.Join(missed, "\n") + "\n"
}

func historyFound(t *testing.T, store graph.Store, v *historyVisit) bool {
	t.Helper()
	days := v.near(1)
	q := graph.Query{Of: []string{"USA"}, With: []string{v.state}, Relations: []schema.Relation{schema.CONSULT}, From: schema.Day(days.First()), To: schema.Day(days.Last()),
		Statuses: []schema.Status{schema.Asserted, schema.Disputed, schema.Planned}}
	for tr, err := range store.Triples(t.Context(), q) {
		if err != nil {
			t.Fatal(err)
		}
		if v.near(7).Contains(tr.When()) { // not one that is known by its year
			return true
		}
	}
	return false
}
