package score_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"entente/extract/score"
	"entente/schema"
)

func loadExamples(t *testing.T) *score.Gold {
	t.Helper()
	gold, err := score.LoadGold(filepath.Join(moduleRoot(t), "examples", "gold"))
	if err != nil {
		t.Fatal(err)
	}
	return gold
}

// TestExamples holds the form of the example reports and their gold.
func TestExamples(t *testing.T) {
	gold := loadExamples(t)
	if err := gold.Check(); err != nil {
		t.Error(err)
	}
	if missing := gold.Missing(); len(missing) > 0 {
		t.Errorf("gold without article: %v", missing)
	}
	texts, err := filepath.Glob(filepath.Join(moduleRoot(t), "examples", "articles", "*"))
	if err != nil || len(texts) != len(gold.Articles) {
		t.Errorf("%d articles, %d gold files (%v)", len(texts), len(gold.Articles), err)
	}
	ids := knownIDs(t)
	for _, a := range gold.Articles {
		t.Run(a.ID, func(t *testing.T) {
			checkReport(t, a)
			checkLines(t, a, ids)
		})
	}
}

var dateline = regexp.MustCompile(`^[A-Z][A-Z ]+(?:, [A-Z][a-z]+)?, ([A-Z][a-z]+) (\d+) - [A-Z]`)

// checkReport: a headline, an empty line, a dateline of the file name's day, and 90 to 200 words.
func checkReport(t *testing.T, a score.GoldArticle) {
	text := a.Article.Text
	paragraphs := strings.Split(strings.TrimSuffix(text, "\n"), "\n\n")
	if len(paragraphs) < 3 || strings.Contains(paragraphs[0], "\n") || strings.HasSuffix(paragraphs[0], ".") {
		t.Fatalf("no headline of one line above the report")
	}
	day, err := time.Parse(time.DateOnly, a.ID[:10])
	if err != nil {
		t.Fatalf("the name has no date: %v", err)
	}
	if a.Published != schema.Day(day) {
		t.Errorf("published %s", a.Published)
	}
	m := dateline.FindStringSubmatch(paragraphs[1])
	if m == nil {
		t.Fatalf("no dateline: %.40q", paragraphs[1])
	}
	if !strings.HasPrefix(day.Month().String(), m[1][:3]) || m[2] != fmt.Sprint(day.Day()) {
		t.Errorf("dateline %s %s in a report of %s", m[1], m[2], day.Format(time.DateOnly))
	}
	if n := len(strings.Fields(text)); n < 90 || n > 200 {
		t.Errorf("%d words, want 90 to 200", n)
	}
}

var person = regexp.MustCompile(`^[a-z]+(-[a-z]+)*$`)

// checkLines: every party is a known state or organisation, a group of one, or, in ties, a person; agents are persons; no date lies
// on the wrong side of the report; no claim (same act, date, status and persons) stands on two lines, in either order of its parties.
func checkLines(t *testing.T, a score.GoldArticle, known map[string]bool) {
	claims := map[string]int{}
	demanded := 0
	for _, l := range a.Lines {
		tie := l.Key.Relation.Info().Tie
		for _, id := range []string{l.Key.Subject, l.Key.Object} {
			state, group, isGroup := strings.Cut(id, ":")
			if !known[state] && !(tie && person.MatchString(id)) || isGroup && !person.MatchString(group) {
				t.Errorf("line %d: unknown party %q", l.Number, id)
			}
		}
		for _, id := range []string{l.Agent, l.ObjectAgent} {
			if id != "" && !person.MatchString(id) {
				t.Errorf("line %d: agent %q is not a person", l.Number, id)
			}
		}
		if l.Status == schema.Asserted && l.Date != "" && l.Date.First().After(a.Published.Last()) {
			t.Errorf("line %d: asserted for %s, after the report", l.Number, l.Date)
		}
		if l.Status == schema.Future && l.Date != "" && l.Date.Last().Before(a.Published.First()) {
			t.Errorf("line %d: future for %s, before the report", l.Number, l.Date)
		}
		if l.Quote == "" {
			t.Errorf("line %d: no quote", l.Number)
		}
		claim := fmt.Sprint(l.Key, l.Date, l.Status, l.Agent, l.ObjectAgent)
		if claims[claim] != 0 {
			t.Errorf("line %d: the claim of line %d again", l.Number, claims[claim])
		}
		claims[claim] = l.Number
		if !l.Optional {
			demanded++
		}
	}
	if demanded < 4 {
		t.Errorf("only %d demanded lines", demanded)
	}
}

// knownIDs are the ids of the tables of states and organisations.
func knownIDs(t *testing.T) map[string]bool {
	t.Helper()
	ids := map[string]bool{}
	for _, table := range []string{"states.tsv", "organizations.tsv"} {
		data, err := os.ReadFile(filepath.Join(moduleRoot(t), "extract", "actor", "tables", table))
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(data)) {
			if id, _, ok := strings.Cut(line, "\t"); ok && !strings.HasPrefix(line, "#") {
				ids[id] = true
			}
		}
	}
	return ids
}

// TestExamplesTellBothRelations: the demanded acts of the two relations reach over their years.
func TestExamplesTellBothRelations(t *testing.T) {
	gold := loadExamples(t)
	for _, c := range []struct {
		a, b        string
		first, last int
		years       int
	}{{"NATO", "RUS", 1997, 2014, 11}, {"IRN", "USA", 2013, 2018, 5}} { // the accord of 2015 is with six powers
		years := map[int]bool{}
		kinds := map[schema.Quad]bool{}
		for _, a := range gold.Articles {
			for _, l := range a.Lines {
				if !l.Optional && (l.Key.Subject == c.a && l.Key.Object == c.b || l.Key.Subject == c.b && l.Key.Object == c.a) {
					years[a.Published.First().Year()] = true
					kinds[l.Key.Relation.Info().Quad] = true
				}
			}
		}
		if !years[c.first] || !years[c.last] || len(years) < c.years {
			t.Errorf("%s and %s: acts in %d years, %v", c.a, c.b, len(years), years)
		}
		for _, q := range schema.Quads() {
			if c.a == "NATO" && !kinds[q] {
				t.Errorf("%s and %s: no %s", c.a, c.b, q)
			}
		}
	}
}

// TestExamplesAsReadings: the gold of the examples, written as readings, holds every invariant of a reading, and scored against itself
// it has nothing missed, wrong or left out.
func TestExamplesAsReadings(t *testing.T) {
	gold := loadExamples(t)
	var readings []schema.Reading
	for _, a := range gold.Articles {
		r := asReading(t, a)
		if err := r.Check(); err != nil {
			t.Error(err)
		}
		readings = append(readings, r)
	}
	report := score.Score(gold, readings)
	if len(report.Mistakes) > 0 || len(report.Unread) > 0 {
		t.Errorf("unread %v, mistakes %v", report.Unread, report.Mistakes)
	}
	for _, m := range report.Measures {
		if m.F1() != 1 {
			t.Error(m)
		}
	}
	for _, d := range report.Details {
		if d.Share() != 1 {
			t.Error(d)
		}
	}
}

// asReading says what the lines of the gold say, optional ones left out.
func asReading(t *testing.T, a score.GoldArticle) schema.Reading {
	r := schema.Reading{Article: a.Article, Extractor: schema.Extractor{Name: "gold"}}
	declared := map[string]bool{"": true}
	declare := func(id string) {
		if !declared[id] {
			declared[id] = true
			r.Entities = append(r.Entities, schema.Entity{ID: id, Kind: schema.Organization, Name: id})
		}
	}
	for _, l := range a.Lines {
		if l.Optional {
			continue
		}
		start := strings.Index(a.Article.Text, l.Quote)
		if start < 0 {
			t.Errorf("%s:%d: the quote does not stand on one line of the article", a.File, l.Number)
			continue
		}
		triple := schema.New(l.Key.Subject, l.Key.Relation, l.Key.Object, "", l.Date, a.Published, a.ID)
		triple.Evidence = []schema.Evidence{{
			Start: start, End: start + len(l.Quote), Quote: l.Quote, Status: l.Status, Agent: l.Agent, ObjectAgent: l.ObjectAgent,
		}}
		r.Triples = append(r.Triples, triple)
		for _, id := range []string{l.Key.Subject, l.Key.Object, l.Agent, l.ObjectAgent} {
			declare(id)
		}
	}
	r.Normalize()
	return r
}
