package graph

import (
	"cmp"
	"iter"
	"slices"
	"time"

	"entente/schema"
)

// Bin sums up the events of one period: those that have an edge (asserted or disputed), as Dyad does; ties are not events.
//
// Its scores are those of the PLOVER 2.0 manual for each type and mode (see schema/relations.tsv), -10 to 10, added up by period as Goldstein's
// scale for WEIS events (Journal of Conflict Resolution 36, 1992) is. A sum grows with the news coverage, a mean hides how much happened:
// both are here.
type Bin struct {
	Period string      `json:"period"` // Period.Label
	First  schema.Date `json:"first"`  // first and last day of the period
	Last   schema.Date `json:"last"`
	Events int         `json:"events"`
	Quads  [4]int      `json:"quads"` // events by class, in the order of schema.Quads
	Net    float64     `json:"net"`   // sum of the scores
	Coop   float64     `json:"coop"`  // sum of those above 0
	Conf   float64     `json:"conf"`  // sum of those below 0
}

// Mean is the mean score of the period's events, 0 where there are none: ask for Events first.
func (b Bin) Mean() float64 {
	if b.Events == 0 {
		return 0
	}
	return b.Net / float64(b.Events)
}

// Add counts t in if it is an event with an edge, and reports whether it is. That it happened in the period is for the caller to see to.
func (b *Bin) Add(t Triple) bool {
	info := t.Relation.Info()
	if !t.Edge() || info.Tie {
		return false
	}
	b.Events++
	if i := slices.Index(schema.Quads(), info.Quad); i >= 0 {
		b.Quads[i]++
	}
	b.Net += t.Score
	b.Coop += max(t.Score, 0)
	b.Conf += min(t.Score, 0)
	return true
}

// maxBins bounds a series: what a wrong year (0001) would otherwise make of a series of days.
const maxBins = 200_000

// Series is a span of time in periods of one length.
type Series struct {
	By       Period
	Bins     []Bin // without a gap, from the period of the first event to that of the last; those without events are empty
	Unplaced int   // events whose date is unknown or less exact than a period: they are in no bin
	Total    Bin   // of all events, the unplaced ones too; Period, First and Last are empty
}

// dated is the sum of the events of one date.
type dated struct {
	when  schema.Date
	first time.Time // of when
	sum   Bin
}

// counter sums events up by their dates: few dates, many events.
type counter struct {
	total Bin
	sums  map[schema.Date]Bin
}

func newCounter() *counter { return &counter{sums: map[schema.Date]Bin{}} }

// add counts t in if it is an event with an edge, and reports whether it is.
func (c *counter) add(t Triple) bool {
	if !c.total.Add(t) {
		return false
	}
	b := c.sums[t.When()]
	b.Add(t)
	c.sums[t.When()] = b
	return true
}

func (c *counter) series(by Period) Series {
	s := Series{By: by, Total: c.total}
	var all []dated
	for when, sum := range c.sums {
		all = append(all, dated{when, when.First(), sum})
	}
	slices.SortFunc(all, func(a, b dated) int { return cmp.Or(a.first.Compare(b.first), cmp.Compare(a.when, b.when)) })
	for !s.fill(all) {
		ps := Periods()
		s.By = ps[slices.Index(ps, s.By)+1]
	}
	return s
}

// NewSeries counts events by period. An event without a date counts on the day of the report that gives none (When). Where the span would
// take more than 200,000 periods, the next longer period is taken: see By of the result.
func NewSeries(triples iter.Seq[Triple], by Period) Series {
	c := newCounter()
	for t := range triples {
		c.add(t)
	}
	return c.series(by)
}

// PairSeries is the series of one pair, in both directions.
type PairSeries struct {
	A, B string // A < B
	Series
}

// NewPairSeries counts events by pair and period, the pairs with the most events first, equal ones in the order of their ids. It ends at the
// first error of the sequence and returns it.
func NewPairSeries(triples iter.Seq2[Triple, error], by Period) ([]PairSeries, error) {
	type pair struct{ a, b string }
	counters := map[pair]*counter{}
	for t, err := range triples {
		if err != nil {
			return nil, err
		}
		p := pair{min(t.Subject, t.Object), max(t.Subject, t.Object)}
		if counters[p] == nil {
			counters[p] = newCounter()
		}
		counters[p].add(t)
	}
	var out []PairSeries
	for p, c := range counters {
		if c.total.Events > 0 {
			out = append(out, PairSeries{p.a, p.b, c.series(by)})
		}
	}
	slices.SortFunc(out, func(x, y PairSeries) int {
		return cmp.Or(y.Total.Events-x.Total.Events, cmp.Compare(x.A, y.A), cmp.Compare(x.B, y.B))
	})
	return out, nil
}

// fill makes the bins, and reports whether they are few enough.
func (s *Series) fill(dates []dated) bool {
	s.Bins, s.Unplaced = nil, 0
	at := map[time.Time]Bin{}
	var first, last time.Time
	for _, d := range dates {
		start, ok := s.By.Of(d.when)
		if !ok {
			s.Unplaced += d.sum.Events
			continue
		}
		if first.IsZero() || start.Before(first) {
			first = start
		}
		if start.After(last) {
			last = start
		}
		at[start] = at[start].plus(d.sum)
	}
	if first.IsZero() {
		return true
	}
	for start := first; !start.After(last); start = s.By.Next(start) {
		if len(s.Bins) == maxBins && s.By != ByYear {
			return false
		}
		s.Bins = append(s.Bins, at[start].of(s.By, start))
	}
	return true
}

func (b Bin) plus(o Bin) Bin {
	b.Events += o.Events
	for i, n := range o.Quads {
		b.Quads[i] += n
	}
	b.Net, b.Coop, b.Conf = b.Net+o.Net, b.Coop+o.Coop, b.Conf+o.Conf
	return b
}

func (b Bin) of(by Period, start time.Time) Bin {
	b.Period, b.First, b.Last = by.Label(start), schema.Day(start), schema.Day(by.Next(start).AddDate(0, 0, -1))
	return b
}
