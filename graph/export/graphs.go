package export

import (
	"bufio"
	"cmp"
	"encoding/xml"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"entente/graph"
	"entente/schema"
)

// attribute is what a node or an edge of a graph file carries.
type attribute[T any] struct {
	name, kind, means string // kind: string, double, long, boolean
	value             func(T) string
}

func nodeAttributes() []attribute[schema.Entity] {
	code := func(c string) func(schema.Entity) string { return func(x schema.Entity) string { return x.Codes[c] } }
	return []attribute[schema.Entity]{
		{"name", "string", "of the entity", func(x schema.Entity) string { return x.Name }},
		{"kind", "string", "state, organization, person, group, place", func(x schema.Entity) string { return string(x.Kind) }},
		{"state", "string", "id of the state that a group or place belongs to", func(x schema.Entity) string { return x.State }},
		{"iso3", "string", "ISO 3166-1 alpha-3", code("iso3")},
		{"cow", "string", "Correlates of War number", code("cow")},
		{"gw", "string", "Gleditsch-Ward number", code("gw")},
		{"wikidata", "string", "Wikidata id", code("wikidata")},
	}
}

func edgeAttributes() []attribute[graph.Triple] {
	return []attribute[graph.Triple]{
		{"relation", "string", "PLOVER type, or REPRESENTS, LEADS, MEMBER_OF", func(t graph.Triple) string { return string(t.Relation) }},
		{"symmetric", "boolean", "true where the parties of the relation are interchangeable: the direction of the edge means nothing then (readers refuse a graph with both sorts of edges)", func(t graph.Triple) string { return strconv.FormatBool(t.Relation.Info().Symmetric) }},
		{"role", "string", "of a tie: the office", func(t graph.Triple) string { return t.Role }},
		{"mode", "string", "PLOVER mode", func(t graph.Triple) string { return t.Mode }},
		{"quad", "string", "quad class; none for a tie", func(t graph.Triple) string { return string(t.Relation.Info().Quad) }},
		{"status", "string", "asserted, disputed, denied, planned, hypothetical", func(t graph.Triple) string { return string(t.Status) }},
		{"date", "string", "as exact as it is known; none where no article says", func(t graph.Triple) string { return string(t.Date) }},
		{"date_first", "string", "first day of date", func(t graph.Triple) string { return first(t.Date) }},
		{"date_last", "string", "last day of date", func(t graph.Triple) string { return last(t.Date) }},
		{"reported", "string", "day of the report, only where there is no date", func(t graph.Triple) string { return string(t.Reported) }},
		{"score", "double", "PLOVER 2.0 score, -10 to 10", func(t graph.Triple) string { return shown(t.Score) }},
		{"sources", "long", "articles, near-copies counted once", func(t graph.Triple) string { return strconv.Itoa(t.Sources) }},
		{"confidence", "double", "0 to 1", func(t graph.Triple) string { return shown(t.Confidence) }},
		{"quote", "string", "the most telling sentence", func(t graph.Triple) string { return best(t).Quote }},
		{"article", "string", "id of the article it stands in", func(t graph.Triple) string { return best(t).Article }},
	}
}

func graphColumns() []Column {
	var out []Column
	for _, a := range nodeAttributes() {
		out = append(out, Column{"node: " + a.name, a.means})
	}
	for _, a := range edgeAttributes() {
		out = append(out, Column{"edge: " + a.name, a.means})
	}
	return out
}

// first and last are the days that a date may be, empty where there is none.
func first(d schema.Date) string {
	if d == "" {
		return ""
	}
	return string(schema.Day(d.First()))
}

func last(d schema.Date) string {
	if d == "" {
		return ""
	}
	return string(schema.Day(d.Last()))
}

// parties are the entities that the selected triples join, in the order of their ids: a first pass over the triples.
func (e *export) parties() ([]schema.Entity, error) {
	seen := map[string]bool{}
	for t, err := range e.triples() {
		if err != nil {
			return nil, err
		}
		seen[t.Subject], seen[t.Object] = true, true
	}
	var out []schema.Entity
	for _, id := range slices.Sorted(maps.Keys(seen)) {
		x := e.entities[id]
		x.ID, x.Name = id, e.name(id)
		out = append(out, x)
	}
	return out, nil
}

// xmlText is s in XML: escaped, without what XML cannot hold.
func xmlText(s string) string {
	var b strings.Builder
	if err := xml.EscapeText(&b, []byte(s)); err != nil {
		return ""
	}
	return b.String()
}

func writeGraphML(e *export) error {
	w := bufio.NewWriter(e.w)
	fmt.Fprint(w, xml.Header, `<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">`, "\n")
	for _, a := range nodeAttributes() {
		fmt.Fprintf(w, "<key id=\"n_%s\" for=\"node\" attr.name=\"%s\" attr.type=\"%s\"/>\n", a.name, a.name, a.kind)
	}
	for _, a := range edgeAttributes() {
		fmt.Fprintf(w, "<key id=\"e_%s\" for=\"edge\" attr.name=\"%s\" attr.type=\"%s\"/>\n", a.name, a.name, a.kind)
	}
	fmt.Fprintln(w, `<graph id="entente" edgedefault="directed">`)
	parties, err := e.parties()
	if err != nil {
		return err
	}
	for _, x := range parties {
		fmt.Fprintf(w, "<node id=\"%s\">", xmlText(x.ID))
		data(w, "n_", nodeAttributes(), x)
		fmt.Fprintln(w, "</node>")
	}
	for t, err := range e.triples() {
		if err != nil {
			return err
		}
		e.result.Rows++
		fmt.Fprintf(w, "<edge id=\"%s\" source=\"%s\" target=\"%s\">", xmlText(t.ID), xmlText(t.Subject), xmlText(t.Object))
		data(w, "e_", edgeAttributes(), t)
		if _, err := fmt.Fprintln(w, "</edge>"); err != nil {
			return err
		}
	}
	fmt.Fprintln(w, "</graph>\n</graphml>")
	return w.Flush()
}

func data[T any](w *bufio.Writer, prefix string, attributes []attribute[T], x T) {
	for _, a := range attributes {
		if v := a.value(x); v != "" {
			fmt.Fprintf(w, "<data key=\"%s%s\">%s</data>", prefix, a.name, xmlText(v))
		}
	}
}

func writeGEXF(e *export) error {
	w := bufio.NewWriter(e.w)
	fmt.Fprint(w, xml.Header, `<gexf xmlns="http://www.gexf.net/1.2draft" version="1.2">`, "\n<meta><creator>entente</creator></meta>\n", `<graph mode="dynamic" timeformat="date" defaultedgetype="directed">`, "\n")
	gexfKeys(w, "node", nodeAttributes())
	gexfKeys(w, "edge", edgeAttributes())
	parties, err := e.parties()
	if err != nil {
		return err
	}
	fmt.Fprintln(w, "<nodes>")
	for _, x := range parties {
		fmt.Fprintf(w, "<node id=\"%s\" label=\"%s\"><attvalues>", xmlText(x.ID), xmlText(x.Name))
		gexfValues(w, nodeAttributes(), x)
		fmt.Fprintln(w, "</attvalues></node>")
	}
	fmt.Fprintln(w, "</nodes>\n<edges>")
	for t, err := range e.triples() {
		if err != nil {
			return err
		}
		e.result.Rows++
		fmt.Fprintf(w, "<edge id=\"%s\" source=\"%s\" target=\"%s\" label=\"%s\"%s><attvalues>", xmlText(t.ID), xmlText(t.Subject), xmlText(t.Object), t.Relation, gexfSpan(t))
		gexfValues(w, edgeAttributes(), t)
		if _, err := fmt.Fprintln(w, "</attvalues></edge>"); err != nil {
			return err
		}
	}
	fmt.Fprintln(w, "</edges>\n</graph>\n</gexf>")
	return w.Flush()
}

// gexfSpan is when an edge is there: the days of its date, the day of the report where there is none, of a tie what is said of it.
func gexfSpan(t graph.Triple) string {
	from, to := first(t.When()), last(t.When())
	if t.Relation.Info().Tie {
		from, to = cmp.Or(from, first(t.From)), cmp.Or(to, last(t.To))
	}
	s := ""
	if from != "" {
		s += ` start="` + from + `"`
	}
	if to != "" {
		s += ` end="` + to + `"`
	}
	return s
}

func gexfKeys[T any](w *bufio.Writer, class string, attributes []attribute[T]) {
	fmt.Fprintf(w, "<attributes class=\"%s\" mode=\"static\">\n", class)
	for _, a := range attributes {
		fmt.Fprintf(w, "<attribute id=\"%s\" title=\"%s\" type=\"%s\"/>\n", a.name, a.name, a.kind)
	}
	fmt.Fprintln(w, "</attributes>")
}

func gexfValues[T any](w *bufio.Writer, attributes []attribute[T], x T) {
	for _, a := range attributes {
		if v := a.value(x); v != "" {
			fmt.Fprintf(w, "<attvalue for=\"%s\" value=\"%s\"/>", a.name, xmlText(v))
		}
	}
}

// writeDOT writes the pairs with events that happened or are disputed, one edge each: a picture needs no more.
func writeDOT(e *export) error {
	type pair struct{ a, b string }
	dyads := map[pair]graph.Dyad{}
	for t, err := range e.triples() {
		if err != nil {
			return err
		}
		p := pair{min(t.Subject, t.Object), max(t.Subject, t.Object)}
		d := dyads[p]
		d.A, d.B = p.a, p.b
		if d.Add(t) {
			dyads[p] = d
		} else {
			e.leave("ties, denied, planned or hypothetical", 1)
		}
	}
	w := bufio.NewWriter(e.w)
	fmt.Fprintln(w, "graph entente {\n  overlap=false;\n  node [shape=ellipse];")
	nodes := map[string]bool{}
	for p := range dyads {
		nodes[p.a], nodes[p.b] = true, true
	}
	for _, id := range slices.Sorted(maps.Keys(nodes)) {
		fmt.Fprintf(w, "  %s [label=%s];\n", dotText(id), dotText(e.name(id)))
	}
	for _, p := range slices.SortedFunc(maps.Keys(dyads), func(x, y pair) int { return cmp.Or(cmp.Compare(x.a, y.a), cmp.Compare(x.b, y.b)) }) {
		d := dyads[p]
		e.result.Rows++
		style := `color="#0b559f"`
		if d.Net < 0 {
			style = `color="#a63603", style=dashed`
		}
		fmt.Fprintf(w, "  %s -- %s [weight=%d, label=\"%d\", events=%d, net=\"%s\", %s];\n", dotText(p.a), dotText(p.b), d.Events, d.Events, d.Events, shown(d.Net), style)
	}
	fmt.Fprintln(w, "}")
	return w.Flush()
}

// dotText is a quoted identifier of DOT: in it a backslash begins an escape, and a NUL or line break has no place.
func dotText(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(oneLine(s)) + `"`
}
