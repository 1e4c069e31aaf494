package neo4j_test

import (
	"slices"
	"testing"

	"entente/graph/neo4j/neo4jtest"
)

// BenchmarkUpsert loads 4,000 readings of 8 triples in batches of 500 into an empty graph, and then again.
func BenchmarkUpsert(b *testing.B) {
	const articlesInAll, perBatch = 4000, 500
	rs := articles(b, 0, articlesInAll)
	b.Run("new", func(b *testing.B) {
		for b.Loop() {
			b.StopTimer()
			store := open(b, neo4jtest.Open(b))
			b.StartTimer()
			for batch := range slices.Chunk(rs, perBatch) {
				if _, err := store.Upsert(b.Context(), batch...); err != nil {
					b.Fatal(err)
				}
			}
			b.StopTimer()
			store.Close()
			b.StartTimer()
		}
		b.ReportMetric(float64(articlesInAll)*float64(b.N)/b.Elapsed().Seconds(), "articles/s")
	})
	b.Run("again", func(b *testing.B) {
		store := open(b, neo4jtest.Open(b))
		defer store.Close()
		for batch := range slices.Chunk(rs, perBatch) {
			if _, err := store.Upsert(b.Context(), batch...); err != nil {
				b.Fatal(err)
			}
		}
		for b.Loop() {
			for batch := range slices.Chunk(rs, perBatch) {
				if c, err := store.Upsert(b.Context(), batch...); err != nil || !c.Zero() {
					b.Fatal(c, err)
				}
			}
		}
		b.ReportMetric(float64(articlesInAll)*float64(b.N)/b.Elapsed().Seconds(), "articles/s")
	})
}
