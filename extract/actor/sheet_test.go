package actor_test

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"html"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"entente/extract"
	"entente/schema"
)

var draw = flag.Uint64("draw", 0, "with a `seed`, print a new sheet of 100 resolved parties with their sentences, to be judged")

// sheetRow is a row of testdata/sheet.tsv.
type sheetRow struct {
	article    string
	start, end int
	found      string // ids joined by commas
	right      bool
}

// TestSheet holds that 95 of the 100 parties on the sheet were judged right, and that they are still resolved so.
func TestSheet(t *testing.T) {
	if testing.Short() {
		t.Skip("reading the corpora takes a while")
	}
	dir := shared(t)
	if *draw > 0 {
		drawSheet(t, dir)
		return
	}
	rows := readSheet(t)
	right := 0
	ids := map[string]bool{}
	for _, r := range rows {
		ids[r.article] = true
		if r.right {
			right++
		}
	}
	if len(rows) != 100 || right < 95 {
		t.Errorf("%d of %d rows are right, want 95 of 100", right, len(rows))
	}
	docs := map[string]*extract.Doc{}
	r, p := newResolver(t), newParser(t)
	for _, a := range sheetArticles(t, dir) {
		if ids[a.ID] {
			docs[a.ID] = resolve(r, p, a)
		}
	}
	changed := 0
	for _, row := range rows {
		doc := docs[row.article]
		if doc == nil {
			t.Fatalf("no article %s", row.article)
		}
		if got := foundAt(doc, row.start, row.end); row.right && got != row.found {
			changed++
			t.Logf("%s %d-%d was %s, is %q now", row.article, row.start, row.end, row.found, got)
		}
	}
	if right-changed < 95 {
		t.Errorf("of the %d right rows %d are resolved otherwise now, want 95 right", right, changed)
	}
}

func readSheet(t *testing.T) []sheetRow {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", "sheet.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	var out []sheetRow
	for line := range strings.Lines(string(data)) {
		f := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if strings.HasPrefix(line, "#") {
			continue
		}
		if len(f) != 5 {
			t.Fatalf("sheet.tsv: %q: want 5 columns", line)
		}
		start, err1 := strconv.Atoi(f[1])
		end, err2 := strconv.Atoi(f[2])
		if err1 != nil || err2 != nil || f[4] != "right" && f[4] != "wrong" {
			t.Fatalf("sheet.tsv: %q cannot be read", line)
		}
		out = append(out, sheetRow{f[0], start, end, f[3], f[4] == "right"})
	}
	return out
}

// foundAt is what the resolver made of the bytes start to end.
func foundAt(doc *extract.Doc, start, end int) string {
	for _, m := range doc.Mentions {
		if s, e := doc.Sentences[m.Sentence].Span(m.First, m.Last); s == start && e == end && len(m.Parties) > 0 {
			return foundAs(m)
		}
	}
	return ""
}

// foundAs are the parties of a mention, behind them the person.
func foundAs(m extract.Mention) string {
	s := partyIDs(m.Parties)
	if m.Agent != "" && m.Agent != s {
		s += "/" + m.Agent
	}
	return s
}

// sheetArticles are the releases of the State Department and the stories of Reuters on relations of states, by id.
func sheetArticles(t *testing.T, dir string) []schema.Article {
	t.Helper()
	out := append(releases(t, filepath.Join(dir, "corpora", "state-dept", "press-releases.jsonl")), stories(t, filepath.Join(dir, "corpora", "reuters21578"))...)
	slices.SortFunc(out, func(a, b schema.Article) int { return strings.Compare(a.ID, b.ID) })
	return out
}

func releases(t testing.TB, name string) []schema.Article {
	t.Helper()
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	in := bufio.NewScanner(f)
	in.Buffer(nil, 1<<22)
	var out []schema.Article
	for in.Scan() {
		var a struct{ URL, Title, Date, Text string }
		if err := json.Unmarshal(in.Bytes(), &a); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if len(a.Date) >= 10 && len(a.Text) > 300 {
			out = append(out, schema.Article{ID: a.URL, Title: a.Title, Source: "U.S. Department of State", Published: schema.Date(a.Date[:10]), Text: a.Text})
		}
	}
	return out
}

var (
	reutersStory = regexp.MustCompile(`(?s)<REUTERS[^>]*NEWID="(\d+)">\s*<DATE>\s*(\d+)-([A-Z]{3})-(\d{4}).*?<BODY>(.*?)</BODY>`)
	months       = "JANFEBMARAPRMAYJUNJULAUGSEPOCTNOVDEC"
)

func stories(t *testing.T, dir string) []schema.Article {
	list, err := os.ReadFile(filepath.Join(dir, "diplomacy-ids.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	wanted := map[string]bool{}
	for line := range strings.Lines(string(list)) {
		id, _, _ := strings.Cut(line, "\t")
		wanted[id] = true
	}
	files, err := filepath.Glob(filepath.Join(dir, "*.sgm"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no stories in %s: %v", dir, err)
	}
	var out []schema.Article
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range reutersStory.FindAllStringSubmatch(string(data), -1) {
			if !wanted[m[1]] {
				continue
			}
			day, _ := strconv.Atoi(m[2])
			date := fmt.Sprintf("%s-%02d-%02d", m[4], strings.Index(months, m[3])/3+1, day)
			text := strings.TrimSuffix(strings.TrimRight(html.UnescapeString(m[5]), " \n\x03"), "Reuter")
			out = append(out, schema.Article{ID: "reuters21578-" + m[1], Source: "Reuters", Published: schema.Date(date), Text: strings.ToValidUTF8(text, "?")})
		}
	}
	return out
}

// drawSheet prints 50 resolved parties of each source, drawn by the seed, first as rows and then with what stands around.
func drawSheet(t *testing.T, dir string) {
	rng := rand.New(rand.NewPCG(*draw, 1))
	r, p := newResolver(t), newParser(t)
	var rows, texts []string
	bySource := map[string][]schema.Article{}
	for _, a := range sheetArticles(t, dir) {
		bySource[a.Source] = append(bySource[a.Source], a)
	}
	for _, source := range []string{"Reuters", "U.S. Department of State"} {
		articles := bySource[source]
		for n := 0; n < 50; {
			a := articles[rng.IntN(len(articles))]
			doc := resolve(r, p, a)
			var parties []extract.Mention
			for _, m := range doc.Mentions {
				if len(m.Parties) > 0 {
					parties = append(parties, m)
				}
			}
			if len(parties) == 0 {
				continue
			}
			m := parties[rng.IntN(len(parties))]
			s := &doc.Sentences[m.Sentence]
			start, end := s.Span(m.First, m.Last)
			row := fmt.Sprintf("%s\t%d\t%d\t%s\tright", a.ID, start, end, foundAs(m))
			if slices.Contains(rows, row) {
				continue
			}
			n++
			rows = append(rows, row)
			from := 0
			if m.Sentence > 0 && (m.Kind == extract.Pronoun || m.Kind == extract.Nominal || m.Kind == extract.Office) {
				from = doc.Sentences[max(0, m.Sentence-3)].Start
			} else {
				from = s.Start
			}
			texts = append(texts, fmt.Sprintf("%d [%s %s] %s|| %s[[%s]]%s", len(rows), foundAs(m), m.Kind, a.Published,
				flat(a.Text[from:start]), flat(a.Text[start:end]), flat(a.Text[end:s.End])))
		}
	}
	fmt.Println(strings.Join(rows, "\n"))
	fmt.Println(strings.Join(texts, "\n"))
}

func flat(s string) string { return strings.Join(strings.Fields(s), " ") }
