package export

import (
	"cmp"
	"encoding/csv"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"entente/graph"
	"entente/schema"
)

// panelPair is a pair of parties, or what one did to the other.
type panelPair struct{ a, b string }

// panelCell sums up one pair in one period.
type panelCell struct {
	graph.Bin
	types    map[schema.Relation]int // events with an edge
	statuses map[schema.Status]int   // events of all statuses
	reported int                     // events with an edge whose date is that of the report
}

// panelRow is a row of the panel.
type panelRow struct {
	*export
	panelPair
	by    graph.Period
	start time.Time
	cell  *panelCell // nil: nothing happened
}

func (r panelRow) bin() graph.Bin {
	if r.cell == nil {
		return graph.Bin{}
	}
	return r.cell.Bin
}

// panelFields are the columns of the panel. Those of the score mean are empty where there are no events.
func panelFields() []column[panelRow] {
	cols := []column[panelRow]{
		textColumn("a", "entity id of the first party (of the actor with --directed)", func(r panelRow) string { return r.a }),
		textColumn("b", "entity id of the second party (of the recipient with --directed)", func(r panelRow) string { return r.b }),
		textColumn("a_name", "name of a", func(r panelRow) string { return r.name(r.a) }),
		textColumn("b_name", "name of b", func(r panelRow) string { return r.name(r.b) }),
		textColumn("a_kind", "state, organization, person, group", func(r panelRow) string { return string(r.entities[r.a].Kind) }),
		textColumn("b_kind", "kind of b", func(r panelRow) string { return string(r.entities[r.b].Kind) }),
		textColumn("a_iso3", "ISO 3166-1 alpha-3, empty for what is no state", func(r panelRow) string { return r.code(r.a, "iso3") }),
		textColumn("b_iso3", "of b", func(r panelRow) string { return r.code(r.b, "iso3") }),
		textColumn("ccode1", "Correlates of War number of a", func(r panelRow) string { return r.code(r.a, "cow") }),
		textColumn("ccode2", "of b", func(r panelRow) string { return r.code(r.b, "cow") }),
		textColumn("gwcode1", "Gleditsch-Ward number of a", func(r panelRow) string { return r.code(r.a, "gw") }),
		textColumn("gwcode2", "of b", func(r panelRow) string { return r.code(r.b, "gw") }),
		textColumn("period", "2010-12-08, 2010-12, 2010-Q4 or 2010", func(r panelRow) string { return r.by.Label(r.start) }),
		wholeColumn("year", "of the first day of the period", func(r panelRow) int { return r.start.Year() }),
		wholeColumn("month", "1 to 12, of the first day of the period", func(r panelRow) int { return int(r.start.Month()) }),
		wholeColumn("n", "events that happened or are disputed; all counts and scores below but the last four are of these", func(r panelRow) int { return r.bin().Events }),
	}
	for i, name := range []string{"vcp", "mcp", "vcf", "mcf"} {
		means := []string{"verbal cooperation", "material cooperation", "verbal conflict", "material conflict"}[i]
		cols = append(cols, wholeColumn(name, means, func(r panelRow) int { return r.bin().Quads[i] }))
	}
	cols = append(cols,
		decimalColumn("score_sum", "sum of the PLOVER 2.0 scores: grows with the news coverage", func(r panelRow) float64 { return r.bin().Net }),
		textColumn("score_mean", "their mean, -10 to 10; empty where n is 0", func(r panelRow) string {
			if r.bin().Events == 0 {
				return ""
			}
			return strconv.FormatFloat(r.bin().Mean(), 'f', -1, 64)
		}),
		decimalColumn("coop_sum", "sum of the scores above 0", func(r panelRow) float64 { return r.bin().Coop }),
		decimalColumn("conf_sum", "sum of those below 0", func(r panelRow) float64 { return r.bin().Conf }),
		wholeColumn("reported", "of n: those placed by the day of a report that gives no date", func(r panelRow) int {
			if r.cell == nil {
				return 0
			}
			return r.cell.reported
		}))
	for _, info := range schema.Relations() {
		if !info.Tie {
			cols = append(cols, wholeColumn(strings.ToLower(string(info.Relation)), "events of that type", func(r panelRow) int {
				if r.cell == nil {
					return 0
				}
				return r.cell.types[info.Relation]
			}))
		}
	}
	for _, s := range schema.TripleStatuses()[1:] {
		cols = append(cols, wholeColumn(string(s), "events of that status, of all types", func(r panelRow) int {
			if r.cell == nil {
				return 0
			}
			return r.cell.statuses[s]
		}))
	}
	return cols
}

func panelColumns() []Column { return columnsOf(panelFields()) }

// panel holds the cells in which something happened.
type panel struct {
	by          graph.Period
	cells       map[panelPair]map[time.Time]*panelCell
	first, last time.Time
}

// maxPeriods bounds the rows of a pair: more, and a wrong year is likelier than a long history.
const maxPeriods = 50_000

func writePanel(e *export) error {
	p := &panel{by: cmp.Or(e.By, graph.ByMonth), cells: map[panelPair]map[time.Time]*panelCell{}}
	for t, err := range e.triples() {
		if err != nil {
			return err
		}
		e.count(p, t)
	}
	if first := e.Query.From.First(); !first.IsZero() && len(p.cells) > 0 {
		p.first = p.by.Start(first)
	}
	if last := e.Query.To.Last(); !last.IsZero() && len(p.cells) > 0 {
		p.last = p.by.Start(last)
	}
	return e.writePanelRows(p)
}

// count adds an event to the cells of its pair.
func (e *export) count(p *panel, t graph.Triple) {
	if t.Relation.Info().Tie {
		e.leave("ties, not events", 1)
		return
	}
	when := t.When()
	start, ok := p.by.Of(when)
	switch {
	case when == "":
		e.leave("no date", 1)
		return
	case !ok:
		e.leave("date less exact than a "+string(p.by), 1)
		return
	case !e.Query.From.First().IsZero() && start.Before(p.by.Start(e.Query.From.First())) || !e.Query.To.Last().IsZero() && start.After(e.Query.To.Last()):
		e.leave("begun before the first period", 1)
		return
	}
	if p.first.IsZero() || start.Before(p.first) {
		p.first = start
	}
	if start.After(p.last) {
		p.last = start
	}
	pairs := []panelPair{{min(t.Subject, t.Object), max(t.Subject, t.Object)}}
	if e.Directed {
		pairs = []panelPair{{t.Subject, t.Object}}
		if t.Relation.Info().Symmetric {
			pairs = append(pairs, panelPair{t.Object, t.Subject})
		}
	}
	for _, pair := range pairs {
		if p.cells[pair] == nil {
			p.cells[pair] = map[time.Time]*panelCell{}
		}
		c := p.cells[pair][start]
		if c == nil {
			c = &panelCell{types: map[schema.Relation]int{}, statuses: map[schema.Status]int{}}
			p.cells[pair][start] = c
		}
		c.statuses[t.Status]++
		if c.Add(t) {
			c.types[t.Relation]++
			if t.Date == "" {
				c.reported++
			}
		}
	}
}

// writePanelRows writes every pair with every period from the first to the last, or with those alone in which something happened.
func (e *export) writePanelRows(p *panel) error {
	w := csv.NewWriter(e.w)
	cols := panelFields()
	if err := w.Write(headOf(cols)); err != nil {
		return err
	}
	var periods []time.Time
	for start := p.first; !p.first.IsZero() && !start.After(p.last); start = p.by.Next(start) {
		if periods = append(periods, start); len(periods) > maxPeriods {
			return fmt.Errorf("panel: more than %d periods from %s to %s: narrow it by the first and last date, or take a longer period", maxPeriods, p.by.Label(p.first), p.by.Label(p.last))
		}
	}
	for _, pair := range slices.SortedFunc(maps.Keys(p.cells), func(x, y panelPair) int { return cmp.Or(cmp.Compare(x.a, y.a), cmp.Compare(x.b, y.b)) }) {
		for _, start := range periods {
			cell := p.cells[pair][start]
			if e.NoZeros && cell == nil {
				continue
			}
			e.result.Rows++
			if err := w.Write(cells(cols, panelRow{e, pair, p.by, start, cell})); err != nil {
				return err
			}
		}
	}
	w.Flush()
	return w.Error()
}
