package export

import (
	"bufio"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"

	"entente/graph"
)

// kind is what the values of a column are.
type kind int

const (
	text kind = iota
	whole
	decimal
)

// column is a column of rows of type T; cell returns a string, an int, a float64 or a bool, as its kind says.
type column[T any] struct {
	name, means string
	kind        kind
	cell        func(T) any
}

func columnsOf[T any](cols []column[T]) []Column {
	out := make([]Column, len(cols))
	for i, c := range cols {
		out[i] = Column{c.name, c.means}
	}
	return out
}

// shown is a value as text.
func shown(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	}
	return fmt.Sprint(v)
}

func cells[T any](cols []column[T], row T) []string {
	out := make([]string, len(cols))
	for i, c := range cols {
		out[i] = shown(c.cell(row))
	}
	return out
}

func headOf[T any](cols []column[T]) []string {
	out := make([]string, len(cols))
	for i, c := range cols {
		out[i] = c.name
	}
	return out
}

// tsv writes tab-separated lines without quotes: white space inside a cell is one space.
type tsv struct {
	w   *bufio.Writer
	row []string
}

func newTSV(w io.Writer) *tsv { return &tsv{w: bufio.NewWriter(w)} }

func (t *tsv) write(cells []string) error {
	t.row = t.row[:0]
	for _, s := range cells {
		t.row = append(t.row, oneLine(s))
	}
	_, err := t.w.WriteString(strings.Join(t.row, "\t") + "\n")
	return err
}

// tripleRow is a triple and the run that knows its parties.
type tripleRow struct {
	graph.Triple
	*export
}

// evidenceRow is one evidence of a triple.
type evidenceRow struct {
	tripleRow
	ev graph.Evidence
}

func textColumn[T any](name, means string, f func(T) string) column[T] {
	return column[T]{name, means, text, func(r T) any { return f(r) }}
}

func wholeColumn[T any](name, means string, f func(T) int) column[T] {
	return column[T]{name, means, whole, func(r T) any { return f(r) }}
}

func decimalColumn[T any](name, means string, f func(T) float64) column[T] {
	return column[T]{name, means, decimal, func(r T) any { return f(r) }}
}

func tripleColumns() []column[tripleRow] {
	return []column[tripleRow]{
		textColumn("id", "of the triple: 16 hexadecimal digits", func(r tripleRow) string { return r.ID }),
		textColumn("subject", "entity id", func(r tripleRow) string { return r.Subject }),
		textColumn("relation", "PLOVER type, or REPRESENTS, LEADS, MEMBER_OF", func(r tripleRow) string { return string(r.Relation) }),
		textColumn("object", "entity id", func(r tripleRow) string { return r.Object }),
		textColumn("role", "of a tie: the office", func(r tripleRow) string { return r.Role }),
		textColumn("date", "as exact as it is known: YYYY, YYYY-MM, YYYY-MM-DD or two of them joined by /; empty where no article says", func(r tripleRow) string { return string(r.Date) }),
		textColumn("date_first", "first day of date", func(r tripleRow) string { return first(r.Date) }),
		textColumn("date_last", "last day of date", func(r tripleRow) string { return last(r.Date) }),
		textColumn("reported", "day of the report, only where date is empty", func(r tripleRow) string { return string(r.Reported) }),
		textColumn("basis", "how the date is known: explicit, relative, reported", func(r tripleRow) string { return string(r.Basis) }),
		textColumn("status", "asserted, disputed, denied, planned, hypothetical", func(r tripleRow) string { return string(r.Status) }),
		textColumn("mode", "PLOVER mode, where one is known", func(r tripleRow) string { return r.Mode }),
		textColumn("contexts", "PLOVER contexts, separated by spaces", func(r tripleRow) string { return strings.Join(r.Contexts, " ") }),
		textColumn("quad", "verbal-cooperation, material-cooperation, verbal-conflict, material-conflict; empty for a tie", func(r tripleRow) string { return string(r.Relation.Info().Quad) }),
		decimalColumn("score", "PLOVER 2.0 score of type and mode, -10 to 10", func(r tripleRow) float64 { return r.Score }),
		wholeColumn("sources", "articles that speak of it, near-copies counted once", func(r tripleRow) int { return r.Sources }),
		decimalColumn("confidence", "0 to 1, of all sources together", func(r tripleRow) float64 { return r.Confidence }),
		textColumn("from", "of a tie: since when, where an article says", func(r tripleRow) string { return string(r.From) }),
		textColumn("to", "of a tie: until when, where an article says", func(r tripleRow) string { return string(r.To) }),
		textColumn("first_seen", "of a tie: day of the first article that states it", func(r tripleRow) string { return string(r.FirstSeen) }),
		textColumn("last_seen", "of a tie: day of the last one", func(r tripleRow) string { return string(r.LastSeen) }),
		textColumn("subject_name", "name of the subject", func(r tripleRow) string { return r.name(r.Subject) }),
		textColumn("subject_kind", "state, organization, person, group, place", func(r tripleRow) string { return string(r.entities[r.Subject].Kind) }),
		textColumn("object_name", "name of the object", func(r tripleRow) string { return r.name(r.Object) }),
		textColumn("object_kind", "kind of the object", func(r tripleRow) string { return string(r.entities[r.Object].Kind) }),
		textColumn("quote", "the most telling sentence", func(r tripleRow) string { return best(r.Triple).Quote }),
		textColumn("article", "id of the article it stands in", func(r tripleRow) string { return best(r.Triple).Article }),
	}
}

func evidenceColumns() []column[evidenceRow] {
	return []column[evidenceRow]{
		textColumn("id", "of the evidence: 16 hexadecimal digits", func(r evidenceRow) string { return r.ev.ID }),
		textColumn("triple", "id of the triple it speaks of", func(r evidenceRow) string { return r.ID }),
		textColumn("subject", "entity id", func(r evidenceRow) string { return r.Subject }),
		textColumn("relation", "of the triple", func(r evidenceRow) string { return string(r.Relation) }),
		textColumn("object", "entity id", func(r evidenceRow) string { return r.Object }),
		textColumn("date", "of the triple", func(r evidenceRow) string { return string(r.Date) }),
		textColumn("status", "what this passage says: asserted, negated, future, hypothetical", func(r evidenceRow) string { return string(r.ev.Status) }),
		textColumn("quote", "the sentence, as it stands in the article", func(r evidenceRow) string { return r.ev.Quote }),
		wholeColumn("start", "first byte of the quote in the text of the article, counted from 0", func(r evidenceRow) int { return r.ev.Start }),
		wholeColumn("end", "the byte after its last", func(r evidenceRow) int { return r.ev.End }),
		textColumn("speaker", "entity id of who says so, where the article attributes it", func(r evidenceRow) string { return r.ev.Speaker }),
		textColumn("agent", "entity id of the person through whom the subject acted", func(r evidenceRow) string { return r.ev.Agent }),
		textColumn("object_agent", "the same for the object", func(r evidenceRow) string { return r.ev.ObjectAgent }),
		textColumn("initiator", "entity id of who began a mutual act", func(r evidenceRow) string { return r.ev.Initiator }),
		textColumn("mediators", "entity ids, separated by spaces", func(r evidenceRow) string { return strings.Join(r.ev.Mediators, " ") }),
		textColumn("mode", "PLOVER mode, where this passage has one", func(r evidenceRow) string { return r.ev.Mode }),
		textColumn("contexts", "separated by spaces", func(r evidenceRow) string { return strings.Join(r.ev.Contexts, " ") }),
		textColumn("place", "entity id", func(r evidenceRow) string { return r.ev.Place }),
		textColumn("basis", "how the date is known", func(r evidenceRow) string { return string(r.ev.Basis) }),
		decimalColumn("confidence", "0 unknown, else up to 1", func(r evidenceRow) float64 { return r.ev.Confidence }),
		textColumn("rule", "what read it: row of the lexicon or name of the rule", func(r evidenceRow) string { return r.ev.Rule }),
		textColumn("extractor", "name of the extractor that read it", func(r evidenceRow) string { return r.ev.Extractor }),
		textColumn("article", "id", func(r evidenceRow) string { return r.ev.Article }),
		textColumn("published", "day", func(r evidenceRow) string { return string(r.ev.Published) }),
		textColumn("source", "newspaper, agency", func(r evidenceRow) string { return r.ev.Source }),
		textColumn("title", "of the article", func(r evidenceRow) string { return r.ev.Title }),
		textColumn("url", "address of the article", func(r evidenceRow) string { return r.ev.URL }),
	}
}

func tableColumns(rows Rows) []Column {
	if rows == RowsEvidences {
		return columnsOf(evidenceColumns())
	}
	return columnsOf(tripleColumns())
}

func best(t graph.Triple) graph.Evidence {
	e, _ := t.Best()
	return e
}

// rows calls f for every selected triple, g for every evidence of it; either may be nil.
func (e *export) rows(f func(tripleRow) error, g func(evidenceRow) error) error {
	for t, err := range e.triples() {
		if err != nil {
			return err
		}
		row := tripleRow{t, e}
		if f != nil {
			e.result.Rows++
			if err := f(row); err != nil {
				return err
			}
			continue
		}
		for _, ev := range t.Evidences {
			e.result.Rows++
			if err := g(evidenceRow{row, ev}); err != nil {
				return err
			}
		}
	}
	return nil
}

func writeCSV(e *export) error {
	w := csv.NewWriter(e.w)
	var err error
	if e.Of == RowsEvidences {
		cols := evidenceColumns()
		if err = w.Write(headOf(cols)); err == nil {
			err = e.rows(nil, func(r evidenceRow) error { return w.Write(cells(cols, r)) })
		}
	} else {
		cols := tripleColumns()
		if err = w.Write(headOf(cols)); err == nil {
			err = e.rows(func(r tripleRow) error { return w.Write(cells(cols, r)) }, nil)
		}
	}
	w.Flush()
	if err == nil {
		err = w.Error()
	}
	return err
}

// writeJSONLines writes readings as `load` reads them, or triples or evidences as objects with the keys that the program has everywhere.
func writeJSONLines(e *export) error {
	w := bufio.NewWriter(e.w)
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	var err error
	switch e.Of {
	case RowsTriples:
		err = e.rows(func(r tripleRow) error { return enc.Encode(r.Triple) }, nil)
	case RowsEvidences:
		err = e.rows(nil, func(r evidenceRow) error {
			return enc.Encode(struct {
				Triple string `json:"triple"`
				graph.Evidence
			}{r.ID, r.ev})
		})
	default:
		err = e.readings(enc)
	}
	if err != nil {
		return err
	}
	return w.Flush()
}

func (e *export) readings(enc *json.Encoder) error {
	if q := e.Query; len(q.Of)+len(q.Relations)+len(q.Statuses)+len(q.IDs) > 0 || q.From != "" || q.To != "" || q.MinConfidence > 0 {
		return fmt.Errorf("readings are whole: only rows of triples or evidences can be narrowed")
	}
	for r, err := range e.src.Readings(e.ctx) {
		if err != nil {
			return err
		}
		e.result.Rows++
		if err := enc.Encode(r); err != nil {
			return err
		}
	}
	return nil
}
