package graph_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"entente/graph"
	"entente/schema"
)

func derived(t *testing.T, triple string, status schema.Status) graph.Triple {
	t.Helper()
	tr, err := schema.ParseTriple(triple)
	if err != nil {
		t.Fatal(err)
	}
	return graph.Triple{Triple: tr, Status: status, Score: tr.Relation.Info().Score}
}

func TestPeriodOf(t *testing.T) {
	for _, tt := range []struct {
		by   graph.Period
		when schema.Date
		want string // empty: none
	}{
		{graph.ByDay, "2010-12-08", "2010-12-08"}, {graph.ByMonth, "2010-12-08", "2010-12"}, {graph.ByQuarter, "2010-12-08", "2010-Q4"}, {graph.ByYear, "2010-12-08", "2010"},
		{graph.ByDay, "2010-12", ""}, {graph.ByMonth, "2010-12", "2010-12"}, {graph.ByQuarter, "2010-07", "2010-Q3"}, {graph.ByMonth, "2010", ""}, {graph.ByYear, "2010", "2010"},
		{graph.ByDay, "2010-12-06/2010-12-09", "2010-12-06"}, {graph.ByMonth, "2010-12-30/2011-01-02", "2010-12"}, {graph.ByMonth, "2010-12-30/2011-03-02", ""},
		{graph.ByMonth, "2010-11/2010-12", ""}, {graph.ByQuarter, "2010-11/2010-12", "2010-Q4"}, {graph.ByYear, "2009/2010", ""}, {graph.ByYear, "", ""}, {graph.ByYear, "odd", ""},
	} {
		got := ""
		if start, ok := tt.by.Of(tt.when); ok {
			got = tt.by.Label(start)
		}
		if got != tt.want {
			t.Errorf("%s in %ss: %q, want %q", tt.when, tt.by, got, tt.want)
		}
	}
}

func TestSeries(t *testing.T) {
	triples := []graph.Triple{
		derived(t, "NATO AGREE RUS 2010-11-08", schema.Asserted), derived(t, "RUS ACCUSE NATO ~2010-11-09", schema.Disputed), derived(t, "RUS ASSAULT NATO 2011-01-02", schema.Asserted),
		derived(t, "RUS ASSAULT NATO 2010-12-02", schema.Denied), derived(t, "NATO CONSULT RUS 2012", schema.Planned), // neither counts
		derived(t, "NATO AID RUS 2010", schema.Asserted), derived(t, "NATO AID RUS @wire", schema.Asserted), // have no month
		derived(t, `rogozin REPRESENTS RUS "envoy"`, schema.Asserted), // no event
	}
	show := func(by graph.Period) string {
		s := graph.NewSeries(slices.Values(triples), by)
		var out []string
		for _, b := range s.Bins {
			out = append(out, fmt.Sprintf("%s %s/%s %d %v net=%g coop=%g conf=%g mean=%g", b.Period, b.First, b.Last, b.Events, b.Quads, b.Net, b.Coop, b.Conf, b.Mean()))
		}
		return strings.Join(append(out, fmt.Sprintf("unplaced %d of %d, net %g", s.Unplaced, s.Total.Events, s.Total.Net)), "\n")
	}
	equal(t, "by month", strings.Split(show(graph.ByMonth), "\n"), []string{
		"2010-11 2010-11-01/2010-11-30 2 [1 0 1 0] net=-0.5 coop=2.5 conf=-3 mean=-0.25",
		"2010-12 2010-12-01/2010-12-31 0 [0 0 0 0] net=0 coop=0 conf=0 mean=0",
		"2011-01 2011-01-01/2011-01-31 1 [0 0 0 1] net=-9 coop=0 conf=-9 mean=-9",
		"unplaced 2 of 5, net 10.5",
	})
	equal(t, "by year", strings.Split(show(graph.ByYear), "\n"), []string{
		"2010 2010-01-01/2010-12-31 3 [1 1 1 0] net=9.5 coop=12.5 conf=-3 mean=3.1666666666666665",
		"2011 2011-01-01/2011-12-31 1 [0 0 0 1] net=-9 coop=0 conf=-9 mean=-9",
		"unplaced 1 of 5, net 10.5",
	})
}

// TestSeriesLong gives a wrong year: the periods become longer, not the memory endless.
func TestSeriesLong(t *testing.T) {
	s := graph.NewSeries(slices.Values([]graph.Triple{derived(t, "NATO AGREE RUS 0002-01-01", schema.Asserted), derived(t, "NATO AGREE RUS 9999-12-31", schema.Asserted)}), graph.ByDay)
	if s.By != graph.ByMonth || len(s.Bins) != 9998*12 {
		t.Errorf("%d bins by %s", len(s.Bins), s.By)
	}
	if empty := graph.NewSeries(slices.Values([]graph.Triple(nil)), graph.ByDay); len(empty.Bins) != 0 || empty.Total.Events != 0 {
		t.Errorf("of nothing: %+v", empty)
	}
}
