package web_test

import (
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"entente/graph"
	"entente/graph/sqlite"
	"entente/graph/web"
	"entente/schema"
)

// news makes n readings of 8 triples each over 30 years, between 200 parties of which a few are in most of the news.
func news(tb testing.TB, n int) []schema.Reading {
	tb.Helper()
	rng := rand.New(rand.NewPCG(1, 1))
	party := func() schema.Entity {
		i := int(200 * rng.Float64() * rng.Float64() * rng.Float64())
		return schema.Entity{ID: fmt.Sprintf("P%03d", i), Kind: schema.State, Name: fmt.Sprintf("Republic %d", i), Aliases: []string{fmt.Sprintf("Capital %d", i)}}
	}
	relations := schema.Relations()[:16]
	readings := make([]schema.Reading, n)
	for i := range readings {
		day := schema.Day(schema.Date("1990-01-01").First().AddDate(0, 0, 365*30*i/n))
		a := schema.Article{ID: fmt.Sprintf("wire/%06d", i), Title: fmt.Sprint("Report ", i), Published: day, Source: "Wire", URL: fmt.Sprintf("https://news.example/%d", i)}
		var all []told
		entities := map[string]schema.Entity{}
		for j := range 8 {
			x, y := party(), party()
			for y.ID == x.ID {
				y = party()
			}
			agent := schema.Entity{ID: fmt.Sprintf("minister-%d", rng.IntN(400)), Kind: schema.Person, Name: "A Minister"}
			entities[x.ID], entities[y.ID], entities[agent.ID] = x, y, agent
			when := string(day)
			if rng.IntN(3) == 0 {
				when = "~" + when
			}
			s := told{sentence: fmt.Sprintf("On Wednesday the foreign minister of %s spoke of %s and of the agreement of last year, item %d.", x.Name, y.Name, j), agent: agent.ID,
				triple: fmt.Sprintf("%s %s %s %s", x.ID, relations[rng.IntN(16)].Relation, y.ID, when)}
			if rng.IntN(20) == 0 {
				s.status = schema.Negated
			}
			if j == 7 {
				s.agent, s.triple = "", fmt.Sprintf("%s REPRESENTS %s %q", agent.ID, x.ID, "foreign minister")
			}
			all = append(all, s)
		}
		var list []schema.Entity
		for _, e := range entities {
			list = append(list, e)
		}
		readings[i] = reading(tb, a, list, all...)
	}
	return readings
}

// made is a store with the triples of n readings; ENTENTE_MADE names a file to keep it in between runs.
func made(tb testing.TB, n int) *sqlite.Store {
	tb.Helper()
	path := os.Getenv("ENTENTE_MADE")
	if path == "" {
		path = filepath.Join(tb.TempDir(), "made.db")
	}
	_, err := os.Stat(path)
	s, err2 := sqlite.Open(tb.Context(), path, sqlite.Options{})
	if err2 != nil {
		tb.Fatal(err2)
	}
	tb.Cleanup(func() { s.Close() })
	if err == nil {
		return s
	}
	readings := news(tb, n)
	for i := 0; i < len(readings); i += 500 {
		if _, err := s.Upsert(tb.Context(), readings[i:min(i+500, len(readings))]...); err != nil {
			tb.Fatal(err)
		}
	}
	return s
}

// BenchmarkPage makes each kind of page anew from a store of 100,000 triples: what a reader waits for after the store was written to. The
// first page after a write also reads names and pairs anew: "snapshot".
func BenchmarkPage(b *testing.B) {
	store := made(b, 15000)
	st, err := store.Stats(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	b.Logf("%d triples, %d evidences, %d pairs", st.Triples, st.Evidence, st.Pairs)
	event := ""
	for t, err := range store.Triples(b.Context(), graph.Query{Of: []string{"P000"}, With: []string{"P001"}, Limit: 1}) {
		if err != nil {
			b.Fatal(err)
		}
		event = t.ID
	}
	for _, bb := range []struct{ name, address string }{
		{"start", "/"}, {"pairs", "/pairs"}, {"period", "/pairs?from=2000&to=2010"}, {"entities", "/entities"}, {"entity", "/entity/P000"}, {"pair", "/pair/P000/P001"},
		{"year", "/pair/P000/P001?year=2005"}, {"event", "/event/" + event}, {"article", "/article?id=wire%2F000100"}, {"search", "/search?q=minister+199"},
		{"network", "/network?from=2001&to=2005"}, {"vocabulary", "/vocabulary"},
	} {
		b.Run(bb.name, func(b *testing.B) {
			n, size := 0, 0
			for b.Loop() {
				b.StopTimer() // a site that has counted nothing yet
				s, err := web.New(b.Context(), store, web.Options{Fresh: time.Hour, Timeout: time.Minute})
				if err != nil {
					b.Fatal(err)
				}
				get(b, s, "/vocabulary")
				n++
				b.StartTimer()
				w := get(b, s, bb.address)
				b.StopTimer()
				size = w.Body.Len()
				if w.Code != http.StatusOK {
					b.Fatal(w.Body)
				}
				s.Close()
				b.StartTimer()
			}
			b.ReportMetric(float64(b.Elapsed().Milliseconds())/float64(n), "ms/page")
			b.ReportMetric(float64(size), "bytes")
		})
	}
	b.Run("snapshot", func(b *testing.B) {
		for b.Loop() {
			get(b, open(b, store, web.Options{Timeout: time.Minute}), "/vocabulary")
		}
	})
}

// BenchmarkPair asks for the page of the most active pair from several readers: over connections, as kept, and made anew each time.
func BenchmarkPair(b *testing.B) {
	store := made(b, 15000)
	s := open(b, store, web.Options{Timeout: time.Minute})
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	go web.Server{}.Serve(b.Context(), ln, s)
	b.Run("connection", func(b *testing.B) {
		b.RunParallel(func(pb *testing.PB) {
			for pb.Next() {
				answer, err := http.Get("http://" + ln.Addr().String() + "/pair/P000/P001")
				if err != nil {
					b.Error(err)
					return
				}
				if _, err := io.Copy(io.Discard, answer.Body); err != nil || answer.StatusCode != http.StatusOK {
					b.Error(answer.Status, err)
				}
				answer.Body.Close()
			}
		})
		b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "requests/s")
	})
	for name, address := range map[string]string{"kept": "/pair/P000/P001", "anew": "/pair/P000/P001?page=2&n=%d"} {
		b.Run(name, func(b *testing.B) {
			var n atomic.Int64
			b.RunParallel(func(pb *testing.PB) {
				for pb.Next() {
					a := address
					if strings.Contains(a, "%d") {
						a = fmt.Sprintf(a, n.Add(1))
					}
					if w := get(b, s, a); w.Code != http.StatusOK {
						b.Error(w.Code)
					}
				}
			})
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "requests/s")
		})
	}
}
