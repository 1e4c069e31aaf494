package export

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"

	"entente/graph"
	"entente/graph/draw"
	"entente/schema"
)

// Source is what is exported: any graph.Store.
type Source interface {
	Triples(ctx context.Context, q graph.Query) iter.Seq2[graph.Triple, error]
	Entities(ctx context.Context) iter.Seq2[schema.Entity, error]
	Articles(ctx context.Context) iter.Seq2[schema.Article, error]
	Readings(ctx context.Context) iter.Seq2[schema.Reading, error]
}

// Options narrow and shape an export; the zero value is right for every format.
type Options struct {
	Query    graph.Query  // which triples
	Of       Rows         // of csv, jsonl and parquet; empty: the first that the format has
	By       graph.Period // of panel: empty is by month
	Directed bool         // of panel: what A did to B apart from what B did to A
	NoZeros  bool         // of panel: leave out periods without events
	FirstDay bool         // of icews, polecat and gdelt: act on the first day of what is less exact than one; else such acts are left out
	Title    string       // of timelinejs
}

// Rows is what the rows of csv, jsonl and parquet are.
type Rows string

// The rows there are. Readings are what `load` reads.
const (
	RowsReadings  Rows = "readings"
	RowsTriples   Rows = "triples"
	RowsEvidences Rows = "evidences"
)

// Column is a column of a format.
type Column struct {
	Name  string
	Means string
}

// Format is a way to write a store.
type Format struct {
	Name    string
	For     string // what opens it
	Rows    []Rows // of which rows it can write, the first is the default; nil: it has rows of its own
	Columns func(Rows) []Column
	Binary  bool // not for a terminal
	write   func(e *export) error
}

// Result is what was written.
type Result struct {
	Rows int // or edges, slides, quads
	Left []Left
}

// Left counts triples that a format has no place for.
type Left struct {
	Why string
	N   int
}

// export is one run.
type export struct {
	Options
	ctx      context.Context
	w        io.Writer
	src      Source
	entities map[string]schema.Entity
	result   Result
}

// Formats lists all formats in the order of the manual.
func Formats() []Format {
	own := func(cols []Column) func(Rows) []Column { return func(Rows) []Column { return cols } }
	none := own(nil)
	tables := []Rows{RowsTriples, RowsEvidences}
	return []Format{
		{Name: "panel", For: "R, Stata, pandas: one row a pair and period", Columns: own(panelColumns()), write: writePanel},
		{Name: "polecat", For: "scripts for POLECAT (PLOVER events, tab separated)", Columns: own(columnsOf(polecatColumns())), write: writePolecat},
		{Name: "icews", For: "scripts for ICEWS (CAMEO events, tab separated)", Columns: own(columnsOf(icewsColumns())), write: writeICEWS},
		{Name: "gdelt", For: "scripts for GDELT 2.0 events (CAMEO events, tab separated, no header)", Columns: own(columnsOf(gdeltColumns())), write: writeGDELT},
		{Name: "csv", For: "spreadsheets, R, pandas", Rows: tables, Columns: tableColumns, write: writeCSV},
		{Name: "jsonl", For: "entente load (readings); jq, pandas", Rows: []Rows{RowsReadings, RowsTriples, RowsEvidences}, Columns: none, write: writeJSONLines},
		{Name: "parquet", For: "pandas, Arrow, DuckDB", Rows: tables, Columns: tableColumns, Binary: true, write: writeParquet},
		{Name: "graphml", For: "networkx, igraph, Gephi, yEd: one edge an act or tie", Columns: own(graphColumns()), write: writeGraphML},
		{Name: "gexf", For: "Gephi: one edge an act or tie, with its time", Columns: own(graphColumns()), write: writeGEXF},
		{Name: "dot", For: "Graphviz: one edge a pair", Columns: none, write: writeDOT},
		{Name: "nquads", For: "RDF stores: acts, and a named graph for each evidence", Columns: own(quadColumns()), write: writeNQuads},
		{Name: "ftm", For: "FollowTheMoney (Aleph): one entity a line", Columns: own(ftmColumns()), write: writeFTM},
		{Name: "timelinejs", For: "Knight Lab's TimelineJS", Columns: none, write: writeTimelineJS},
	}
}

// FormatNamed is the format of that name.
func FormatNamed(name string) (Format, error) {
	var names []string
	for _, f := range Formats() {
		if f.Name == name {
			return f, nil
		}
		names = append(names, f.Name)
	}
	return Format{}, fmt.Errorf("no format %q: want one of %s", name, strings.Join(names, ", "))
}

// Write exports a store. Triples, articles and readings are streamed; in memory are the entities, and of panel and dot the sums by pair and
// period. Errors are w's and src's, and that of options the format does not know.
func (f Format) Write(ctx context.Context, w io.Writer, src Source, o Options) (Result, error) {
	e := &export{Options: o, ctx: ctx, w: w, src: src, entities: map[string]schema.Entity{}}
	if f.Rows == nil && o.Of != "" {
		return e.result, fmt.Errorf("format %s has rows of its own: leave out %q", f.Name, o.Of)
	}
	if f.Rows != nil {
		e.Of = cmp.Or(o.Of, f.Rows[0])
		if !slices.Contains(f.Rows, e.Of) {
			return e.result, fmt.Errorf("format %s has no rows of %q: want one of %v", f.Name, e.Of, f.Rows)
		}
	}
	for entity, err := range src.Entities(ctx) {
		if err != nil {
			return e.result, err
		}
		e.entities[entity.ID] = entity
	}
	err := f.write(e)
	return e.result, err
}

// name is the name of an entity, its id where none is known, empty for no entity.
func (e *export) name(id string) string { return cmp.Or(e.entities[id].Name, id) }

func (e *export) names() draw.Names {
	out := draw.Names{}
	for id, x := range e.entities {
		out[id] = x.Name
	}
	return out
}

// code is a code of an entity: "cow".
func (e *export) code(id, code string) string { return e.entities[id].Codes[code] }

// country is the state that a party is or belongs to; empty where there is none.
func (e *export) country(id string) schema.Entity {
	x := e.entities[id]
	if x.Kind == schema.State {
		return x
	}
	if s, ok := e.entities[x.State]; ok {
		return s
	}
	return schema.Entity{ID: x.State, Name: x.State}
}

// leave counts a triple that is not written.
func (e *export) leave(why string, n int) {
	if n == 0 {
		return
	}
	i := slices.IndexFunc(e.result.Left, func(l Left) bool { return l.Why == why })
	if i < 0 {
		i = len(e.result.Left)
		e.result.Left = append(e.result.Left, Left{Why: why})
	}
	e.result.Left[i].N += n
}

// triples are those that the options select.
func (e *export) triples() iter.Seq2[graph.Triple, error] { return e.src.Triples(e.ctx, e.Query) }

// writeTimelineJS writes the selected triples as slides; they are all in memory.
func writeTimelineJS(e *export) error {
	r := Report{Title: cmp.Or(e.Title, "Timeline"), Names: e.names(), From: e.Query.From, To: e.Query.To}
	for t, err := range e.triples() {
		if err != nil {
			return err
		}
		e.result.Rows++
		r.Moments = append(r.Moments, graph.Moment{When: t.When(), Triples: []graph.Triple{t}})
	}
	return r.TimelineJS(e.w)
}
