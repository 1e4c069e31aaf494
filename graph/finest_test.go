package graph

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"entente/schema"
)

// TestFinest compares with the definition: every date against every other.
func TestFinest(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 7))
	for range 2000 {
		dates := randomDates(rng, rng.IntN(12))
		want := slices.DeleteFunc(slices.Clone(dates), func(d schema.Date) bool {
			return slices.ContainsFunc(dates, func(o schema.Date) bool { return d.Contains(o) && !o.Contains(d) })
		})
		slices.Sort(want)
		got := finest(dates)
		slices.Sort(got)
		if want = slices.Compact(want); !slices.Equal(got, want) {
			t.Fatalf("finest of %v is %v, want %v", dates, got, want)
		}
	}
}

func randomDates(rng *rand.Rand, n int) []schema.Date {
	var dates []schema.Date
	for range n {
		day := time.Date(2008+rng.IntN(2), time.Month(1+rng.IntN(3)), 1+rng.IntN(20), 0, 0, 0, 0, time.UTC)
		d := schema.Day(day)
		switch rng.IntN(5) {
		case 0:
			d = d[:4]
		case 1:
			d = d[:7]
		case 2:
			d = schema.Between(d, schema.Day(day.AddDate(0, 0, rng.IntN(40))))
		}
		dates = append(dates, d)
	}
	return dates
}

// BenchmarkFinest has the dates of a tie that 20,000 articles state.
func BenchmarkFinest(b *testing.B) {
	dates := randomDates(rand.New(rand.NewPCG(7, 7)), 20000)
	for b.Loop() {
		finest(dates)
	}
}
