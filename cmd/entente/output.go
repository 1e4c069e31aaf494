package main

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/jedib0t/go-pretty/v6/text"
	"github.com/urfave/cli/v2"
	"golang.org/x/term"
)

// formats are the values of --format, the first is the default.
var formats = []string{"table", "json", "jsonl", "csv", "tsv"}

// formatFlag is --format, with further formats that a command has.
func formatFlag(more ...string) cli.Flag {
	return &cli.StringFlag{Name: "format", Value: formats[0], Usage: "how to write `ROWS`: " + strings.Join(slices.Concat(formats, more), ", ")}
}

// output writes the rows of one command in the format that was asked for.
//
//	table   for people: columns as wide as the terminal allows, long cells wrapped
//	json    one array, one element a line
//	jsonl   one object a line
//	csv     RFC 4180 with a header, cells byte for byte: a cell that begins with = + - @ is not disarmed for spreadsheets
//	tsv     a header, no quoting: white space inside a cell is one space
type output struct {
	w      io.Writer
	format string
	width  int // of a table, in cells of the terminal
}

func (p *program) output(c *cli.Context, more ...string) (*output, error) {
	f := c.String("format")
	if known := slices.Concat(formats, more); !slices.Contains(known, f) {
		return nil, usagef("--format %s: want one of %s", f, strings.Join(known, ", "))
	}
	return &output{w: p.stdout, format: f, width: terminalWidth(p.stdout)}, nil
}

// view is how rows of T are shown: to people, and as fields to other programs. JSON is T's own.
type view[T any] struct {
	table  []column[T]
	fields []column[T]
}

// column is one column: its name in the header and the text of its cell in a row. Of a table, at most one column is wide: it gets what room is left.
type column[T any] struct {
	name  string
	cell  func(T) string
	wide  bool
	least int // it is not made narrower than so many cells; 0: narrowest
}

// write writes all rows and returns how many there were. Nothing but a header is written where there are none.
func write[T any](o *output, v view[T], rows iter.Seq2[T, error]) (int, error) {
	switch o.format {
	case "json":
		return writeJSON(o.w, rows)
	case "jsonl":
		return writeJSONLines(o.w, rows)
	case "csv":
		return writeCSV(o.w, v.fields, rows)
	case "tsv":
		return writeTSV(o.w, v.fields, rows)
	}
	return writeTable(o, v.table, rows)
}

func encoder(w io.Writer) *json.Encoder {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	return e
}

func writeJSONLines[T any](w io.Writer, rows iter.Seq2[T, error]) (n int, err error) {
	e := encoder(w)
	for row, err := range rows {
		if err == nil {
			err = e.Encode(row)
		}
		if err != nil {
			return n, err
		}
		n++
	}
	return n, nil
}

func writeJSON[T any](w io.Writer, rows iter.Seq2[T, error]) (n int, err error) {
	var b strings.Builder
	e := encoder(&b)
	lead := "["
	for row, err := range rows {
		b.Reset()
		if err == nil {
			err = e.Encode(row)
		}
		if err == nil {
			_, err = io.WriteString(w, lead+strings.TrimSuffix(b.String(), "\n"))
		}
		if err != nil {
			return n, err
		}
		lead = ",\n "
		n++
	}
	if n == 0 {
		lead = "[]\n"
	} else {
		lead = "]\n"
	}
	_, err = io.WriteString(w, lead)
	return n, err
}

func header[T any](cols []column[T]) []string {
	var names []string
	for _, c := range cols {
		names = append(names, c.name)
	}
	return names
}

func cells[T any](cols []column[T], row T) []string {
	out := make([]string, len(cols))
	for i, c := range cols {
		out[i] = c.cell(row)
	}
	return out
}

func writeCSV[T any](w io.Writer, cols []column[T], rows iter.Seq2[T, error]) (n int, err error) {
	cw := csv.NewWriter(w)
	if err := cw.Write(header(cols)); err != nil {
		return 0, err
	}
	for row, err := range rows {
		if err == nil {
			err = cw.Write(cells(cols, row))
		}
		if err != nil {
			cw.Flush()
			return n, err
		}
		n++
	}
	cw.Flush()
	return n, cw.Error()
}

func writeTSV[T any](w io.Writer, cols []column[T], rows iter.Seq2[T, error]) (n int, err error) {
	line := func(words []string) error {
		for i, s := range words {
			words[i] = oneLine(s)
		}
		_, err := fmt.Fprintln(w, strings.Join(words, "\t"))
		return err
	}
	if err := line(header(cols)); err != nil {
		return 0, err
	}
	for row, err := range rows {
		if err == nil {
			err = line(cells(cols, row))
		}
		if err != nil {
			return n, err
		}
		n++
	}
	return n, nil
}

// plain is a table without lines: columns two spaces apart.
var plain = table.Style{
	Box:     table.BoxStyle{PaddingRight: "  "},
	Format:  table.FormatOptions{Header: text.FormatDefault},
	Options: table.Options{DoNotColorBordersAndSeparators: true},
}

func writeTable[T any](o *output, cols []column[T], rows iter.Seq2[T, error]) (int, error) {
	t := table.NewWriter()
	t.SetStyle(plain)
	t.SuppressTrailingSpaces()
	t.AppendHeader(tableRow(header(cols)))
	widths := make([]int, len(cols))
	n := 0
	for row, err := range rows {
		if err != nil {
			return n, err
		}
		words := cells(cols, row)
		for i := range words {
			words[i] = oneLine(words[i])
			widths[i] = max(widths[i], text.StringWidthWithoutEscSequences(words[i]), len(cols[i].name))
		}
		t.AppendRow(tableRow(words))
		n++
	}
	if n == 0 {
		return 0, nil
	}
	t.SetColumnConfigs(fit(o.width, cols, widths))
	_, err := fmt.Fprintln(o.w, t.Render())
	return n, err
}

func tableRow(words []string) table.Row {
	row := make(table.Row, len(words))
	for i, s := range words {
		row[i] = s
	}
	return row
}

// narrowest is the least width to which a column is wrapped.
const narrowest = 16

// fit wraps the wide column to what is left of the width, and the widest of the others where that is not enough or they take more than three tenths.
func fit[T any](width int, cols []column[T], widths []int) []table.ColumnConfig {
	over := 2 * (len(cols) - 1)
	for _, w := range widths {
		over += w
	}
	over -= width
	shrink := func(i, least int) {
		if by := min(over, widths[i]-least); by > 0 {
			widths[i] -= by
			over -= by
		}
	}
	if slices.ContainsFunc(cols, func(c column[T]) bool { return c.wide }) {
		for i, c := range cols {
			if !c.wide {
				shrink(i, max(c.least, narrowest, width*3/10)) // else long names leave no room
			}
		}
	}
	for i, c := range cols {
		if c.wide {
			shrink(i, 2*narrowest)
		}
	}
	least := func(i int) int { return max(cols[i].least, narrowest) }
	for over > 0 {
		widest := -1
		for i, w := range widths {
			if w > least(i) && (widest < 0 || w > widths[widest]) {
				widest = i
			}
		}
		if widest < 0 {
			break
		}
		shrink(widest, max(least(widest), widths[widest]-over))
	}
	var configs []table.ColumnConfig
	for i := range cols {
		configs = append(configs, table.ColumnConfig{Number: i + 1, WidthMax: max(widths[i], 1), WidthMaxEnforcer: text.WrapSoft})
	}
	return configs
}

// terminalWidth is the width of the terminal that w is, else $COLUMNS, else 100.
func terminalWidth(w io.Writer) int {
	if n, err := strconv.Atoi(os.Getenv("COLUMNS")); err == nil && n > 0 {
		return n
	}
	if f, ok := w.(*os.File); ok {
		if n, _, err := term.GetSize(int(f.Fd())); err == nil && n > 0 {
			return n
		}
	}
	return 100
}

func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// all is a sequence of values that cannot fail.
func all[T any](values []T) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for _, v := range values {
			if !yield(v, nil) {
				return
			}
		}
	}
}

// number is n with commas between its thousands.
func number(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// count is a number with its noun: "1 article", "2,400 articles".
func count(n int, noun string) string {
	switch {
	case n == 1:
	case strings.HasSuffix(noun, "y"):
		noun = strings.TrimSuffix(noun, "y") + "ies"
	default:
		noun += "s"
	}
	return number(n) + " " + noun
}

// decimal is f with as many digits as it needs, at most two after the point.
func decimal(f float64) string {
	return strings.TrimSuffix(strings.TrimRight(strconv.FormatFloat(f, 'f', 2, 64), "0"), ".")
}
