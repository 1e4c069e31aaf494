package main

import (
	"fmt"
	"slices"
	"strings"

	"entente/graph"
	"entente/schema"
)

// marks are what a status looks like in a lane.
func marks() map[schema.Status]string {
	return map[schema.Status]string{schema.Asserted: "●", schema.Disputed: "◐", schema.Denied: "⊗", schema.Planned: "○", schema.Hypothetical: "◌"}
}

// lane is the mark of a triple in the lane of its class: of cooperation to the left of the axis, of conflict to the right, material acts outside.
// A tie has none. It begins with no space, which a table would trim.
func lane(t graph.Triple) string {
	cells := []string{"·", "·", "│", "·", "·"}
	at := map[schema.Quad]int{schema.MaterialCooperation: 0, schema.VerbalCooperation: 1, schema.VerbalConflict: 3, schema.MaterialConflict: 4}
	if i, ok := at[t.Relation.Info().Quad]; ok {
		cells[i] = marks()[t.Status]
	}
	return strings.Join(cells, " ")
}

// laneColumns show triples to people. Quote, source and id share a column, so that a narrow terminal has room for long names.
func laneColumns(n names) []column[graph.Triple] {
	return []column[graph.Triple]{
		{name: "date", least: len("2006-01-02/2006-01-02"), cell: when},
		{name: "coop conf", cell: lane},
		{name: "act", cell: n.act},
		{name: "quote, source, id", wide: true, cell: func(t graph.Triple) string {
			return strings.Join(strings.Fields(quoted(telling(t).Quote)+" "+sources(t)+" "+t.ID), " ")
		}},
	}
}

// writeLanes writes a timeline for people, what its marks mean, and its outline.
func writeLanes(out *output, n names, triples []graph.Triple) error {
	k, err := write(out, tripleView(n), all(triples))
	if err != nil || k == 0 {
		return err
	}
	return writeOutline(out, graph.NewOutline(triples, ""), legend(triples))
}

// writeOutline writes the outline of a timeline under it.
func writeOutline(out *output, o graph.Outline, more ...string) error {
	for i, s := range append(o.Lines(), more...) {
		if i == 0 {
			fmt.Fprintln(out.w)
		}
		for l := range wrapped(s, out.width) {
			if _, err := fmt.Fprintln(out.w, l); err != nil {
				return err
			}
		}
	}
	return nil
}

// legend says what the marks mean, of those that occur.
func legend(triples []graph.Triple) string {
	var parts []string
	has := func(f func(graph.Triple) bool) bool { return slices.ContainsFunc(triples, f) }
	for _, s := range schema.TripleStatuses() {
		if has(func(t graph.Triple) bool { return t.Status == s && !t.Relation.Info().Tie }) {
			parts = append(parts, marks()[s]+" "+string(s))
		}
	}
	if has(func(t graph.Triple) bool { return t.Date == "" && t.Reported != "" }) {
		parts = append(parts, "~ the day of the report: the article does not say when it happened")
	}
	return strings.Join(parts, ", ")
}

// barWidth is how many cells the longest bar of a side has.
const barWidth = 16

// writeSeries writes the events of each period: to people as bars, cooperation to the left and conflict to the right.
func (p *program) writeSeries(out *output, o graph.Outline) error {
	highest := 1
	for _, b := range o.Series.Bins {
		highest = max(highest, b.Quads[0]+b.Quads[1], b.Quads[2]+b.Quads[3])
	}
	k, err := write(out, binView(highest), all(o.Series.Bins))
	if err != nil {
		return err
	}
	if out.format == "table" && k > 0 {
		err = writeOutline(out, o)
	}
	if n := o.Series.Unplaced; n > 0 {
		p.say("%s in no %s: the date is unknown or less exact", count(n, "event"), o.Series.By)
	}
	return err
}

// binView shows periods.
func binView(highest int) view[graph.Bin] {
	number := func(name string, f func(b graph.Bin) float64) column[graph.Bin] {
		return column[graph.Bin]{name: name, cell: func(b graph.Bin) string { return decimal(f(b)) }}
	}
	period := column[graph.Bin]{name: "period", cell: func(b graph.Bin) string { return b.Period }}
	events := number("events", func(b graph.Bin) float64 { return float64(b.Events) })
	mean := column[graph.Bin]{name: "mean", cell: func(b graph.Bin) string {
		if b.Events == 0 {
			return ""
		}
		return decimal(b.Mean())
	}}
	v := view[graph.Bin]{
		table: []column[graph.Bin]{period, events, {name: strings.Repeat("·", barWidth-len("cooperation")) + "cooperation│conflict", cell: func(b graph.Bin) string { return bars(b, highest) }},
			number("net", func(b graph.Bin) float64 { return b.Net }), mean},
		fields: []column[graph.Bin]{period, {name: "first", cell: func(b graph.Bin) string { return string(b.First) }}, {name: "last", cell: func(b graph.Bin) string { return string(b.Last) }}, events},
	}
	for i, q := range schema.Quads() {
		v.fields = append(v.fields, number(strings.ReplaceAll(string(q), "-", "_"), func(b graph.Bin) float64 { return float64(b.Quads[i]) }))
	}
	v.fields = append(v.fields, number("net", func(b graph.Bin) float64 { return b.Net }), number("coop", func(b graph.Bin) float64 { return b.Coop }),
		number("conf", func(b graph.Bin) float64 { return b.Conf }), mean)
	return v
}

// bars are the events of a period: material ones dark and outside, verbal ones light and beside the axis.
func bars(b graph.Bin, highest int) string {
	cells := func(n int) int { return (n*barWidth + highest - 1) / highest }
	both := func(verbal, material int) (int, int) {
		whole := min(barWidth, cells(verbal+material))
		m := min(cells(material), whole)
		return whole - m, m
	}
	v, m := both(b.Quads[0], b.Quads[1])
	left := strings.Repeat("·", barWidth-v-m) + strings.Repeat("█", m) + strings.Repeat("▒", v)
	v, m = both(b.Quads[2], b.Quads[3])
	return left + "│" + strings.Repeat("▒", v) + strings.Repeat("█", m)
}
