package graph

import (
	"cmp"
	"context"
	"errors"
	"iter"
	"slices"

	"entente/schema"
)

// TimelineOptions narrow a timeline; the zero value shows all.
type TimelineOptions struct {
	From, To      schema.Date         // as in Query
	Relations     []schema.Relation   // types; empty: all
	Statuses      []schema.Status     // derived statuses; empty: all
	MinConfidence float64             // as in Query
	Also          map[string][]string // party id to others whose acts count as its own: the predecessors of a state
}

// Moment is what a timeline has for one date at its own precision: a day, a month, a year, a range.
type Moment struct {
	// When is the date, or where Undated is set the day of the report; empty for what has neither, and for ties without a date.
	When    schema.Date `json:"when"`
	Undated bool        `json:"undated"` // the article gives no date; it is at the latest that of its report
	Triples []Triple    `json:"triples"`
}

// errNoParty is returned for a timeline of nobody.
var errNoParty = errors.New("timeline: no party named")

// Timeline yields what two parties did to one another, or where b is empty what a did and what was done to it, in the order of time: by the first
// day; of one first day what lasts longer before what is known more exactly, and dated before undated acts. Triples carry their evidences
// with quotes (Triple.Best is the one to show). The sequence is single-use and ends after an error.
func Timeline(ctx context.Context, store Store, a, b string, o TimelineOptions) iter.Seq2[Moment, error] {
	return func(yield func(Moment, error) bool) {
		if a == "" {
			yield(Moment{}, errNoParty)
			return
		}
		q := Query{Of: o.party(a), From: o.From, To: o.To, Relations: o.Relations, Statuses: o.Statuses, MinConfidence: o.MinConfidence}
		if b != "" {
			q.With = o.party(b)
		}
		var day []Triple // all of one first day
		for t, err := range store.Triples(ctx, q) {
			if err != nil {
				yield(Moment{}, err)
				return
			}
			if len(day) > 0 && compareDays(day[0].When(), t.When()) != 0 {
				if !yieldMoments(day, yield) {
					return
				}
				day = nil
			}
			day = append(day, t)
		}
		yieldMoments(day, yield)
	}
}

func (o TimelineOptions) party(id string) []string { return append([]string{id}, o.Also[id]...) }

// yieldMoments groups the triples of one first day.
func yieldMoments(triples []Triple, yield func(Moment, error) bool) bool {
	var moments []Moment
	for _, t := range triples {
		when, undated := t.When(), t.Date == "" && !t.Relation.Info().Tie
		i := slices.IndexFunc(moments, func(m Moment) bool { return m.When == when && m.Undated == undated })
		if i < 0 {
			i = len(moments)
			moments = append(moments, Moment{When: when, Undated: undated})
		}
		moments[i].Triples = append(moments[i].Triples, t)
	}
	slices.SortStableFunc(moments, func(a, b Moment) int {
		return cmp.Or(b.When.Last().Compare(a.When.Last()), cmp.Compare(number(a.Undated), number(b.Undated)), cmp.Compare(a.When, b.When))
	})
	for _, m := range moments {
		if !yield(m, nil) {
			return false
		}
	}
	return true
}

func number(b bool) int {
	if b {
		return 1
	}
	return 0
}
