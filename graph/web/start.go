package web

import (
	"cmp"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"entente/graph"
	"entente/schema"
)

// shown are how many rows the tables of overview pages have.
const (
	shownPairs    = 15
	shownPartners = 25
	shownTies     = 100
)

type startPage struct {
	Counts    []countRow
	Pairs     []pairRow
	MorePairs int
	Heat      heat
	Parties   []partyRow
	Relations []relationRow
	Picture   *picture
}

type countRow struct{ Name, Value, Href string }

type pairRow struct {
	A, B            ref
	Href            string
	Events          int
	Net, Coop, Conf string
	Negative        bool
	First, Last     string
	Share           int // of the most active pair of the list, in per cent
}

type partyRow struct {
	ref
	Pairs, Events int
}

func (sn *snapshot) pairRows(pairs []graph.Dyad) []pairRow {
	most := 1
	for _, d := range pairs {
		most = max(most, d.Events)
	}
	out := make([]pairRow, len(pairs))
	for i, d := range pairs {
		out[i] = pairRow{A: sn.ref(d.A), B: sn.ref(d.B), Href: pairHref(d.A, d.B), Events: d.Events, Net: signed(d.Net), Coop: signed(d.Coop), Conf: signed(d.Conf),
			Negative: d.Net < 0, First: string(d.First), Last: string(d.Last), Share: max(1, 100*d.Events/most)}
	}
	return out
}

// heat is the number of events, and their mean score, of pairs by year.
type heat struct {
	Years  []string
	Rows   []heatRow
	series []graph.PairSeries
}

type heatRow struct {
	A, B  ref
	Href  string
	Cells []heatCell
}

// heatCell is one pair in one year.
type heatCell struct {
	Year, Href string
	Events     int
	Mean       string
	Class      string // h0 for no events, else c1 to c3 for cooperation and x1 to x3 for conflict, by the mean score; n0 about 0
	mean       float64
}

// acts are the types of events, ties left out.
func acts() []schema.Relation {
	var out []schema.Relation
	for _, info := range schema.Relations() {
		if !info.Tie {
			out = append(out, info.Relation)
		}
	}
	return out
}

// heatOf counts the events of pairs by year.
func (r *request) heatOf(pairs []graph.Dyad) (heat, error) {
	var h heat
	byPair := make([]map[string]sums, len(pairs))
	first, last := 9999, 0
	for i, d := range pairs {
		tallies, err := r.tally(graph.Query{Of: []string{d.A}, With: []string{d.B}, Relations: acts(), Statuses: []schema.Status{schema.Asserted, schema.Disputed}})
		if err != nil {
			return heat{}, err
		}
		h.series = append(h.series, series(d, tallies))
		byPair[i] = map[string]sums{}
		for year, some := range years(tallies) {
			byPair[i][year] = sum(some)
			if n, err := strconv.Atoi(year); err == nil {
				first, last = min(first, n), max(last, n)
			}
		}
	}
	for y := max(first, last-59); y <= last; y++ { // at most 60 columns, the latest
		h.Years = append(h.Years, strconv.Itoa(y))
	}
	for i, d := range pairs {
		row := heatRow{A: r.sn.ref(d.A), B: r.sn.ref(d.B), Href: pairHref(d.A, d.B)}
		for _, year := range h.Years {
			row.Cells = append(row.Cells, newHeatCell(d, year, byPair[i][year]))
		}
		h.Rows = append(h.Rows, row)
	}
	return h, nil
}

func newHeatCell(d graph.Dyad, year string, s sums) heatCell {
	c := heatCell{Year: year, Events: s.Events, Class: "h0"}
	if s.Events == 0 {
		return c
	}
	c.mean = s.Net / float64(s.Events)
	c.Mean, c.Href = signed(c.mean), at(pairHref(d.A, d.B), url.Values{"year": {year}}, 0)
	step := func(v float64) string { return strconv.Itoa(1 + min(2, int(v/2.5))) }
	switch {
	case c.mean >= 0.25:
		c.Class = "c" + step(c.mean)
	case c.mean <= -0.25:
		c.Class = "x" + step(-c.mean)
	default:
		c.Class = "n0"
	}
	return c
}

// start is the first page: what is in the graph.
func (s *Site) start(r *request) (*answer, error) {
	top := r.sn.pairs[:min(shownPairs, len(r.sn.pairs))]
	h, err := r.heatOf(top)
	if err != nil {
		return nil, err
	}
	switch r.format {
	case "svg":
		return r.heatPicture(h)
	case "csv", "json":
		return r.heatFile(h)
	}
	st, err := r.sn.stats(r.ctx, s.store)
	if err != nil {
		return nil, err
	}
	p := startPage{Pairs: r.sn.pairRows(top), MorePairs: len(r.sn.pairs) - len(top), Heat: h, Parties: r.sn.mostActiveParties(shownPairs)}
	for _, c := range []struct {
		name string
		n    int
		href string
	}{{"articles", st.Articles, ""}, {"parties and persons", st.Entities, "/entities"}, {"acts and ties", st.Triples, ""}, {"pieces of evidence", st.Evidence, ""}, {"pairs", st.Pairs, "/pairs"}} {
		p.Counts = append(p.Counts, countRow{c.name, grouped(c.n), c.href})
	}
	for _, info := range schema.Relations() {
		if n := st.Relations[info.Relation]; n > 0 {
			p.Relations = append(p.Relations, relationRow{Relation: string(info.Relation), Label: info.Label, Quad: quadClass(info.Relation), There: n, Href: "/vocabulary#" + string(info.Relation)})
		}
	}
	if p.Picture, err = r.heatFigure(h); err != nil {
		return nil, err
	}
	return r.page("start", &page{Title: s.o.Title, Here: "/", Downloads: downloads("/", filter{}, "csv", "json", "svg"), Body: p})
}

// mostActiveParties are the parties with most events.
func (sn *snapshot) mostActiveParties(n int) []partyRow {
	type tally struct{ pairs, events int }
	by := map[string]tally{}
	for _, d := range sn.pairs {
		for _, id := range []string{d.A, d.B} {
			by[id] = tally{by[id].pairs + 1, by[id].events + d.Events}
		}
	}
	var out []partyRow
	for id, t := range by {
		out = append(out, partyRow{sn.ref(id), t.pairs, t.events})
	}
	slices.SortFunc(out, func(a, b partyRow) int { return cmp.Or(b.Events-a.Events, cmp.Compare(a.ID, b.ID)) })
	return out[:min(n, len(out))]
}

// heatLine is a cell of the heat map in a download.
type heatLine struct {
	A      string  `json:"a"`
	B      string  `json:"b"`
	Year   string  `json:"year"`
	Events int     `json:"events"`
	Mean   float64 `json:"mean"`
}

func (r *request) heatFile(h heat) (*answer, error) {
	lines := []heatLine{}
	var rows [][]string
	for _, row := range h.Rows {
		for _, c := range row.Cells {
			l := heatLine{row.A.ID, row.B.ID, c.Year, c.Events, c.mean}
			mean := ""
			if c.Events > 0 {
				mean = number(c.mean)
			}
			lines = append(lines, l)
			rows = append(rows, []string{cell(l.A), cell(l.B), l.Year, strconv.Itoa(l.Events), mean})
		}
	}
	return r.file("pairs-by-year", []string{"a", "b", "year", "events", "mean"}, rows, lines)
}

type pairsPage struct {
	Rows     []pairRow
	Pager    pager
	From, To string
}

// pairs lists all pairs, those of a period where one is asked for.
func (s *Site) pairs(r *request) (*answer, error) {
	pairs, err := r.pairsOfPeriod()
	if err != nil {
		return nil, err
	}
	if r.format != "html" {
		return r.pairFile("pairs", pairs)
	}
	f := filter{From: r.filter.From, To: r.filter.To, Page: r.filter.Page}
	pg := newPager("/pairs", f, len(pairs))
	pg.Order = ""
	some := pairs[min(f.Page*onPage, len(pairs)):min((f.Page+1)*onPage, len(pairs))]
	return r.page("pairs", &page{Title: "Pairs", Here: "/pairs", Downloads: downloads("/pairs", f, "csv", "json"), Body: pairsPage{r.sn.pairRows(some), pg, string(f.From), string(f.To)}})
}

// pairsOfPeriod are the pairs of the filter's period, the most active first.
func (r *request) pairsOfPeriod() ([]graph.Dyad, error) {
	if r.filter.From == "" && r.filter.To == "" {
		return r.sn.pairs, nil
	}
	return r.pairsIn(r.filter.From, r.filter.To)
}

type entitiesPage struct {
	Rows  []entityRow
	Pager pager
	Kinds []link
	Kind  string
}

type entityRow struct {
	ref
	Aliases string
}

// entities lists all parties, persons and places, or those of a kind.
func (s *Site) entities(r *request) (*answer, error) {
	kind := schema.Kind(r.URL.Query().Get("kind"))
	if kind != "" && !slices.Contains(schema.Kinds(), kind) {
		return nil, badRequest("There is no kind %q.", clip(string(kind), 40))
	}
	all := []schema.Entity{}
	for _, id := range r.sn.ids {
		if e := r.sn.entities[id]; kind == "" || e.Kind == kind {
			all = append(all, e)
		}
	}
	path := "/entities"
	if kind != "" {
		path += "?kind=" + string(kind)
	}
	if r.format != "html" {
		rows := make([][]string, len(all))
		for i, e := range all {
			rows[i] = entityCells(e)
		}
		return r.file("entities", entityHeader, rows, all)
	}
	f := filter{Page: r.filter.Page}
	p := entitiesPage{Pager: newPager(path, f, len(all)), Kind: string(kind), Kinds: []link{{Text: "all", Href: "/entities", Here: kind == ""}}}
	p.Pager.Order = ""
	for _, k := range schema.Kinds() {
		p.Kinds = append(p.Kinds, link{Text: string(k), Href: "/entities?kind=" + string(k), Here: k == kind})
	}
	for _, e := range all[min(f.Page*onPage, len(all)):min((f.Page+1)*onPage, len(all))] {
		p.Rows = append(p.Rows, entityRow{r.sn.ref(e.ID), clip(strings.Join(e.Aliases, ", "), longestTitle)})
	}
	return r.page("entities", &page{Title: "Parties, persons and places", Here: "/entities", Downloads: downloads(path, filter{}, "csv", "json"), Body: p})
}
