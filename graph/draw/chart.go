package draw

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"entente/graph"
	"entente/schema"
)

// Chart is what Timeline draws. Only Moments is needed.
type Chart struct {
	ID       string                      // begins the ids of elements; "entente" where empty: give each picture of a page its own
	Title    string                      // "NATO and Russia"
	Names    Names                       // of the parties
	Moments  []graph.Moment              // in the order of graph.Timeline
	From, To schema.Date                 // ends of the axis; empty: what the events need
	By       graph.Period                // of the score curve and, where events are too many for marks, of the counts; empty: as the span suggests
	Turns    []schema.Date               // first days of periods in which the score changes level, marked with a line; nil: graph.Series.Turns
	Link     func(t graph.Triple) string // address of a triple; nil or "": no link
	Width    int                         // pixels; 960 where 0, at least 480
	NoKey    bool                        // no numbered list under the picture; there is one where there are at most 40 events
}

const (
	laneCount = 5 // the four quad classes and ties
	tieLane   = 4
	maxKeyed  = 40
	maxRows   = 10 // of marks in a lane; more, and counts are drawn
)

// laneQuads are the classes from top to bottom: material acts lie outside, verbal ones beside the axis, which is between the second and third.
func laneQuads() [laneCount]schema.Quad {
	return [laneCount]schema.Quad{schema.MaterialCooperation, schema.VerbalCooperation, schema.VerbalConflict, schema.MaterialConflict, ""}
}

// event is a triple on the picture.
type event struct {
	graph.Triple
	when     schema.Date // empty: unknown
	reported bool        // when is the day of the report
	lane     int
	number   int     // in the key, 0: none
	from, to float64 // pixels that its mark takes
	row      int     // 0 is next to the axis
}

// point reports whether the event is drawn as a point: its date is a day, or too short for a bar.
func (e event) point() bool {
	return e.when.Precision() == schema.PrecisionDay || e.to-e.from < 2*radius(e.Sources)+2
}

func (e event) middle() float64 { return (e.from + e.to) / 2 }

// radius of a mark: larger where more sources speak of it.
func radius(sources int) float64 {
	switch {
	case sources >= 4:
		return 5.5
	case sources >= 2:
		return 4.6
	}
	return 3.8
}

// events lists the triples of the moments with their lanes.
func (c Chart) events() []event {
	lanes := laneQuads()
	var out []event
	for _, m := range c.Moments {
		for _, t := range m.Triples {
			info := t.Relation.Info()
			e := event{Triple: t, when: m.When, reported: m.Undated, lane: tieLane}
			if !info.Tie {
				e.lane = max(slices.Index(lanes[:], info.Quad), 0)
			} else if e.when == "" {
				e.when, e.reported = tieSpan(t), false
			}
			out = append(out, e)
		}
	}
	return out
}

// tieSpan is what is said of the time of a tie.
func tieSpan(t graph.Triple) schema.Date {
	if t.From != "" && t.To != "" {
		return schema.Between(t.From, t.To)
	}
	return cmp.Or(t.From, t.To)
}

// outline sums the events up.
func (c Chart) outline(events []event) graph.Outline {
	all := make([]graph.Triple, len(events))
	for i, e := range events {
		all[i] = e.Triple
	}
	return graph.NewOutline(all, c.By)
}

// whenText is a date for people: "~" marks the day of a report that gives none.
func (e event) whenText() string {
	switch {
	case e.when == "":
		return "no date"
	case e.reported:
		return "~" + string(e.when)
	}
	return string(e.when)
}

// caption is all there is to say of an event in a line.
func (c Chart) caption(e event) string {
	s := e.whenText() + ": " + c.Names.Act(e.Triple)
	if e.Status != schema.Asserted && e.Status != "" {
		s += " [" + string(e.Status) + "]"
	}
	if b, ok := e.Best(); ok && b.Quote != "" {
		s += ". “" + isolated(strings.Join(strings.Fields(b.Quote), " ")) + "”"
		if src := sourceOf(b); src != "" {
			s += " (" + isolated(src) + ")"
		}
	}
	if e.reported {
		s += ". The report gives no date."
	}
	return s
}

func sourceOf(e graph.Evidence) string {
	return strings.TrimSpace(cmp.Or(e.Source, e.Article) + " " + string(e.Published))
}

func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
