package graph

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"entente/schema"
)

// Outline is a timeline in figures.
type Outline struct {
	Events   int                   `json:"events"` // of all statuses; ties are not events
	Ties     int                   `json:"ties"`
	Quads    [4]int                `json:"quads"`    // events by class, in the order of schema.Quads
	Statuses map[schema.Status]int `json:"statuses"` // of the events
	Reported int                   `json:"reported"` // events of which only the day of the report is known
	Undated  int                   `json:"undated"`  // events of which not even that is known
	First    schema.Date           `json:"first,omitempty"`
	Last     schema.Date           `json:"last,omitempty"` // first and last day of the events
	Series   Series                `json:"series"`         // of those that have an edge: asserted and disputed
	Trend    Trend                 `json:"trend"`
	Turns    []Turn                `json:"turns"`
}

// NewOutline sums up triples; an empty period is the one that suits their span: see PeriodFor.
func NewOutline(triples []Triple, by Period) Outline {
	o := Outline{Statuses: map[schema.Status]int{}}
	dates := map[schema.Date]bool{}
	for _, t := range triples {
		info := t.Relation.Info()
		if info.Tie {
			o.Ties++
			continue
		}
		o.Events++
		o.Statuses[t.Status]++
		if i := slices.Index(schema.Quads(), info.Quad); i >= 0 {
			o.Quads[i]++
		}
		o.addDate(t, dates)
	}
	if by == "" {
		by = PeriodFor(o.First, o.Last)
	}
	o.Series = NewSeries(slices.Values(triples), by)
	o.Trend, o.Turns = o.Series.Trend(), o.Series.Turns()
	return o
}

// addDate counts how the date of t is known, and widens the span; dates are those that are in it already.
func (o *Outline) addDate(t Triple, dates map[schema.Date]bool) {
	when := t.When()
	switch {
	case when == "":
		o.Undated++
		return
	case t.Date == "":
		o.Reported++
	}
	if dates[when] {
		return
	}
	dates[when] = true
	if first := schema.Day(when.First()); o.First == "" || first < o.First {
		o.First = first
	}
	o.Last = max(o.Last, schema.Day(when.Last()))
}

// PeriodFor is the period that suits a span of days: days up to five weeks, months up to ten years, quarters up to 32, else years.
func PeriodFor(first, last schema.Date) Period {
	switch days := (last.Last().Unix() - first.First().Unix()) / 86400; {
	case days <= 35:
		return ByDay
	case days <= 366*10:
		return ByMonth
	case days <= 366*32:
		return ByQuarter
	}
	return ByYear
}

// Lines are the outline in words, a sentence or two each: what there is, what of it did not or may not have happened, the score and its course.
func (o Outline) Lines() []string {
	if o.Events+o.Ties == 0 {
		return []string{"Nothing is known."}
	}
	return slices.DeleteFunc([]string{o.whatLine(), o.statusLine(), o.scoreLine(), o.courseLine()}, func(s string) bool { return s == "" })
}

// String is the lines as one.
func (o Outline) String() string { return strings.Join(o.Lines(), " ") }

func (o Outline) whatLine() string {
	s := plural(o.Events, "event")
	if o.First != "" && o.First == o.Last {
		s += " on " + string(o.First)
	} else if o.First != "" {
		s += fmt.Sprintf(" from %s to %s", o.First, o.Last)
	}
	var parts []string
	for i, q := range schema.Quads() {
		if o.Quads[i] > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", o.Quads[i], strings.ReplaceAll(string(q), "-", " ")))
		}
	}
	if len(parts) > 0 {
		s += ": " + strings.Join(parts, ", ")
	}
	if o.Ties > 0 {
		s += "; " + plural(o.Ties, "tie")
	}
	return s + "."
}

func (o Outline) statusLine() string {
	var parts []string
	for _, st := range schema.TripleStatuses()[1:] {
		if n := o.Statuses[st]; n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, st))
		}
	}
	if o.Reported > 0 {
		parts = append(parts, fmt.Sprintf("%d dated by the report alone", o.Reported))
	}
	if o.Undated > 0 {
		parts = append(parts, fmt.Sprintf("%d without any date", o.Undated))
	}
	if len(parts) == 0 {
		return ""
	}
	return "Of the events: " + strings.Join(parts, ", ") + "."
}

func (o Outline) scoreLine() string {
	total := o.Series.Total
	if total.Events == 0 {
		return ""
	}
	return fmt.Sprintf("Net score %s, mean %s (PLOVER, −10 to +10), of %s that happened or are disputed.", Signed(total.Net), Signed(total.Mean()), plural(total.Events, "event"))
}

func (o Outline) courseLine() string {
	if o.Series.Total.Events == 0 {
		return ""
	}
	s := fmt.Sprintf("Mean score by %s: ", o.Series.By)
	switch t := o.Trend; t.Direction() {
	case "rising", "falling":
		s += fmt.Sprintf("%s, %s a year (Sen's slope; Mann-Kendall p %s)", t.Direction(), Signed(t.Slope), probability(t.P))
	case "no trend":
		s += fmt.Sprintf("no trend (Mann-Kendall p %s)", probability(t.P))
	default:
		return s + fmt.Sprintf("no test of a trend, %s with events (8 are needed).", plural(t.Periods, string(o.Series.By)))
	}
	if len(o.Turns) == 0 {
		return s + "; no turning point (Pettitt)."
	}
	var parts []string
	for _, t := range o.Turns {
		parts = append(parts, fmt.Sprintf("%s (%s to %s)", t.Period, Signed(t.Before), Signed(t.After)))
	}
	return s + "; turning points (Pettitt): " + strings.Join(parts, ", ") + "."
}

func probability(p float64) string {
	if p < 0.001 {
		return "< 0.001"
	}
	return "= " + strconv.FormatFloat(p, 'g', 2, 64)
}

// Signed is a score with its sign and at most two digits after the point: "+2.5", "−3", "0".
func Signed(f float64) string {
	s := strings.TrimSuffix(strings.TrimRight(strconv.FormatFloat(f, 'f', 2, 64), "0"), ".")
	switch {
	case s == "-0" || s == "0":
		return "0"
	case strings.HasPrefix(s, "-"):
		return "−" + s[1:]
	}
	return "+" + s
}

func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
