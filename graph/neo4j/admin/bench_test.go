package admin_test

import (
	"fmt"
	"testing"

	"entente/graph"
	"entente/graph/graphtest"
	"entente/graph/memory"
	"entente/graph/neo4j/admin"
	"entente/graph/neo4j/neo4jtest"
	"entente/schema"
)

// world makes a store of n articles with eight triples each, as BenchmarkUpsert of graph/neo4j has them.
func world(b *testing.B, n int) graph.Store {
	parties := []string{"USA", "RUS", "CHN", "NATO", "EU", "IRN", "ISR", "UKR", "TUR", "DEU", "FRA", "GBR", "IND", "PAK", "UN", "SYR"}
	relations := []string{"CONSULT", "ACCUSE", "REQUEST", "SUPPORT", "THREATEN", "AGREE", "SANCTION", "REJECT"}
	s := memory.New()
	for i := range n {
		day := schema.Day(schema.Date("2010-01-01").First().AddDate(0, 0, i/4))
		st := graphtest.Story{ID: fmt.Sprintf("wire/%05d", i), Published: day}
		for k := range 8 {
			h := i*7 + k*k*13
			from, to := parties[h*h%97%len(parties)], parties[(h*h%97+1+h%5)%len(parties)]
			st.Says = append(st.Says, fmt.Sprintf("%s %s %s %s | asserted speaker=envoy-%d contexts=military confidence=0.75", from, relations[(h+k)%len(relations)], to, day, h%40))
		}
		if _, err := s.Upsert(b.Context(), st.Reading(b)); err != nil {
			b.Fatal(err)
		}
	}
	return s
}

// BenchmarkImport writes the files and runs the importer on them: a database is there then, without constraints and indexes.
func BenchmarkImport(b *testing.B) {
	const articles = 5000
	s := world(b, articles)
	for b.Loop() {
		dir := b.TempDir()
		result, err := admin.Export(b.Context(), s, dir, "")
		if err != nil {
			b.Fatal(err)
		}
		neo4jtest.Admin(b, dir, result.Command[1:]...)
	}
	b.ReportMetric(float64(articles*b.N)/b.Elapsed().Seconds(), "articles/s")
}

// BenchmarkExport writes the files alone.
func BenchmarkExport(b *testing.B) {
	const articles = 2000
	s := world(b, articles)
	for b.Loop() {
		if _, err := admin.Export(b.Context(), s, b.TempDir(), ""); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(articles*b.N)/b.Elapsed().Seconds(), "articles/s")
}
