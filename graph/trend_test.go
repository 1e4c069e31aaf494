package graph_test

import (
	"fmt"
	"math"
	"testing"

	"entente/graph"
	"entente/schema"
)

// scores is a series of years from 1950 with these mean scores; NaN: a year without events.
func scores(means ...float64) graph.Series {
	s := graph.Series{By: graph.ByYear}
	for i, m := range means {
		b := graph.Bin{Period: fmt.Sprint(1950 + i), First: schema.Date(fmt.Sprintf("%d-01-01", 1950+i))}
		if !math.IsNaN(m) {
			b.Events, b.Net = 2, 2*m
		}
		s.Bins = append(s.Bins, b)
	}
	return s
}

func TestTrend(t *testing.T) {
	gap := math.NaN()
	for _, tt := range []struct {
		s     graph.Series
		way   string
		slope float64
	}{
		{scores(1, 2, 3), "too few periods", 0},
		{scores(-8, -6, -7, -4, -3, -1, 0, 2, 1, 4), "rising", 1.4},
		{scores(8, gap, 6, 4, gap, 2, 1, 0, -3, -4, -4), "falling", -1.25},
		{scores(1, -1, 2, -2, 1, -1, 2, -2, 1), "no trend", 0},
		{scores(5, 5, 5, 5, 5, 5, 5, 5, 5), "no trend", 0},
	} {
		got := tt.s.Trend()
		if got.Direction() != tt.way || got.Direction() != "no trend" && math.Abs(got.Slope-tt.slope) > 0.1 {
			t.Errorf("%+v is %s, want %s by %g a year", got, got.Direction(), tt.way, tt.slope)
		}
	}
	var long []float64
	for i := range 5000 {
		long = append(long, float64(i)/1000)
	}
	if got := scores(long...).Trend(); math.Abs(got.Slope-0.001) > 1e-6 || got.Direction() != "rising" || got.Periods != 5000 {
		t.Errorf("5,000 periods: %+v", got)
	}
}

// TestMannKendall compares p with a figure worked out by hand from the formula: eight rising values have S = 28, variance 65.33, z = 27/8.083.
func TestMannKendall(t *testing.T) {
	got := scores(1, 2, 3, 4, 5, 6, 7, 8).Trend()
	if want := math.Erfc(27 / math.Sqrt(8*7*21/18.0) / math.Sqrt2); math.Abs(got.P-want) > 1e-12 || math.Abs(got.Slope-1) > 0.01 {
		t.Errorf("%+v, want p %g", got, want)
	}
}

func TestTurns(t *testing.T) {
	low, high, then := []float64{-3, -2, -4, -3, -2, -3, -4, -3, -3, -2}, []float64{4, 3, 5, 4, 4, 3, 5, 4, 3, 4}, []float64{-8, -9, -7, -8, -8, -9, -7, -8, -9, -8}
	var all []float64
	all = append(append(append(all, low...), high...), then...)
	show := func(s graph.Series) []string {
		var out []string
		for _, turn := range s.Turns() {
			out = append(out, fmt.Sprintf("%s %s %.1f>%.1f %t", turn.Period, turn.First, turn.Before, turn.After, turn.P < graph.Significant))
		}
		return out
	}
	equal(t, "two levels", show(scores(append(append([]float64{}, low...), high...)...)), []string{"1960 1960-01-01 -2.9>3.9 true"})
	equal(t, "three levels", show(scores(all...)), []string{"1960 1960-01-01 -2.9>3.9 true", "1970 1970-01-01 3.9>-8.1 true"})
	equal(t, "one level", show(scores(low...)), nil)
	equal(t, "seven periods", show(scores(-9, -9, -9, -9, 9, 9, 9)), nil)
	equal(t, "nothing", show(graph.Series{}), nil)
}
