package sqlite_test

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"

	"entente/graph"
	"entente/schema"
)

// news makes n readings as a year of news would: some 2 kB of text, 8 triples of one evidence each, between 200 parties of which a few are
// in most of the news, several reports of one act, some denials, some ties.
func news(tb testing.TB, n int, seed uint64) []schema.Reading {
	tb.Helper()
	rng := rand.New(rand.NewPCG(seed, 1))
	party := func() schema.Entity {
		i := int(200 * rng.Float64() * rng.Float64() * rng.Float64())
		return schema.Entity{ID: fmt.Sprintf("P%02d:party", i), Kind: schema.Group, Name: fmt.Sprintf("Party %d", i), Aliases: []string{fmt.Sprintf("the %dth party", i)}}
	}
	relations := schema.Relations()[:16]
	readings := make([]schema.Reading, n)
	for i := range readings {
		day := schema.Day(schema.Date("2010-01-01").First().AddDate(0, 0, 365*i/n))
		r := schema.Reading{Extractor: schema.Extractor{Name: "rules", Version: "1"}}
		r.Article = schema.Article{ID: fmt.Sprintf("https://news.example/%d/%06d.html", seed, i), Title: fmt.Sprint("Report ", i), Published: day, PublishedFrom: "format", Source: "Wire"}
		var text strings.Builder
		for j := range 8 {
			a, b := party(), party()
			for b.ID == a.ID {
				b = party()
			}
			agent := schema.Entity{ID: fmt.Sprintf("minister-%d", rng.IntN(400)), Kind: schema.Person, Name: "A Minister"}
			text.WriteString(strings.Repeat("It was quiet all over the region. ", 3))
			e := schema.Evidence{Start: text.Len(), Status: schema.Asserted, Agent: agent.ID, Contexts: []string{"military"}, Basis: schema.Relative, Group: j + 1, Rule: "accuse of", Confidence: 0.8}
			fmt.Fprintf(&text, "On Wednesday the foreign minister of %s accused %s of having broken the agreement of last year, number %d. ", a.Name, b.Name, j)
			e.End = text.Len() - 1
			if rng.IntN(20) == 0 {
				e.Status = schema.Negated
			}
			date := day
			if rng.IntN(3) == 0 {
				date = ""
			}
			t := schema.New(a.ID, relations[rng.IntN(16)].Relation, b.ID, "", date, day, r.Article.ID)
			if j == 7 {
				t = schema.New(agent.ID, schema.REPRESENTS, a.ID, "foreign minister", "", day, r.Article.ID)
				e.Agent = ""
			}
			t.Evidence = []schema.Evidence{e}
			r.Triples = append(r.Triples, t)
			r.Entities = append(r.Entities, a, b, agent)
		}
		r.Article.Text = text.String()
		for j := range r.Triples {
			e := &r.Triples[j].Evidence[0]
			e.Quote = r.Article.Text[e.Start:e.End]
		}
		r.Normalize()
		readings[i] = r
	}
	if err := graph.CheckReadings(readings); err != nil {
		tb.Fatal(err)
	}
	return readings
}

// BenchmarkUpsert loads 10,000 readings in batches into an empty file: the rate is that of a store that grows.
func BenchmarkUpsert(b *testing.B) {
	readings := news(b, 10000, 1)
	for _, batch := range []int{1, 100, 500} {
		b.Run(fmt.Sprintf("batch%d", batch), func(b *testing.B) {
			n := 0
			for b.Loop() {
				b.StopTimer()
				s := open(b, filepath.Join(b.TempDir(), "a.db"))
				some := readings
				if batch == 1 {
					some = readings[:1000]
				}
				b.StartTimer()
				load(b, s, some, batch)
				b.StopTimer()
				if err := s.Close(); err != nil {
					b.Fatal(err)
				}
				n += len(some)
				b.StartTimer()
			}
			b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "readings/s")
		})
	}
}

// BenchmarkAgain loads readings that are there already.
func BenchmarkAgain(b *testing.B) {
	readings := news(b, 5000, 1)
	s := open(b, filepath.Join(b.TempDir(), "a.db"))
	defer s.Close()
	load(b, s, readings, 500)
	for b.Loop() {
		load(b, s, readings, 500)
	}
	b.ReportMetric(float64(len(readings)*b.N)/b.Elapsed().Seconds(), "readings/s")
}

// BenchmarkTriples reads all triples with their evidences, and those of one pair.
func BenchmarkTriples(b *testing.B) {
	readings := news(b, 5000, 1)
	s := open(b, filepath.Join(b.TempDir(), "a.db"))
	defer s.Close()
	load(b, s, readings, 500)
	for name, q := range map[string]graph.Query{"all": {}, "pair": {Of: []string{"P00:party"}, With: []string{"P07:party"}}} {
		b.Run(name, func(b *testing.B) {
			n := 0
			for b.Loop() {
				n = 0
				for _, err := range s.Triples(b.Context(), q) {
					if err != nil {
						b.Fatal(err)
					}
					n++
				}
			}
			b.ReportMetric(float64(n*b.N)/b.Elapsed().Seconds(), "triples/s")
		})
	}
}

func load(tb testing.TB, s graph.Store, readings []schema.Reading, batch int) {
	tb.Helper()
	for i := 0; i < len(readings); i += batch {
		if _, err := s.Upsert(tb.Context(), readings[i:min(i+batch, len(readings))]...); err != nil {
			tb.Fatal(err)
		}
	}
}
