package tables

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"entente/schema"
)

// SyntaxError is a line of a table that cannot be read.
type SyntaxError struct {
	File string
	Line int // 1-based
	Msg  string
}

func (e *SyntaxError) Error() string { return fmt.Sprintf("%s:%d: %s", e.File, e.Line, e.Msg) }

// row is one line of a table; its readers keep the first thing that is wrong.
type row struct {
	file  string
	line  int
	cells []string
	spec  *spec
	next  int
	err   error
}

func (r *row) fail(format string, args ...any) {
	if r.err == nil {
		r.err = &SyntaxError{r.file, r.line, r.spec.name + ": " + fmt.Sprintf(format, args...)}
	}
}

// text is the next cell; a missing one is empty.
func (r *row) text() string {
	i := r.next
	r.next++
	if i >= len(r.cells) || r.cells[i] == "-" {
		return ""
	}
	return r.cells[i]
}

func (r *row) list() []string {
	s := r.text()
	if s == "" {
		return nil
	}
	parts := strings.Split(s, "|")
	for i, p := range parts {
		parts[i] = strings.TrimSpace(p)
		if parts[i] == "" {
			r.fail("%s %q has an empty value: take one | away", r.column(), s)
		}
	}
	return parts
}

// column is the name of the column read last.
func (r *row) column() string { return r.spec.columns[r.next-1] }

func (r *row) date() schema.Date {
	s := r.text()
	d, err := schema.ParseDate(s)
	if err != nil || d.Precision() == schema.PrecisionRange {
		r.fail("%s %q is no date: write YYYY, YYYY-MM or YYYY-MM-DD, or - if it is open", r.column(), s)
		return ""
	}
	return d
}

func (r *row) span() Span {
	s := Span{From: r.date(), To: r.date()}
	if s.From != "" && s.To != "" && s.To.Last().Before(s.From.First()) {
		r.fail("it ends (%s) before it begins (%s): swap from and to", s.To, s.From)
	}
	return s
}

func (r *row) codes() map[string]string {
	list := r.list()
	if list == nil {
		return nil
	}
	codes := make(map[string]string, len(list))
	for _, kv := range list {
		k, v, ok := strings.Cut(kv, "=")
		if !ok || k == "" || v == "" {
			r.fail("code %q: write name=value, as in cow=365", kv)
		}
		codes[k] = v
	}
	return codes
}

func (r *row) oneOf(words ...string) string {
	s := r.text()
	if s != "" && !slices.Contains(words, s) {
		r.fail("%s %q is unknown: write one of %s", r.column(), s, strings.Join(words, ", "))
	}
	return s
}

func (r *row) relation() schema.Relation {
	return schema.Relation(r.oneOf(string(schema.LEADS), string(schema.REPRESENTS)))
}

func (r *row) number() float64 {
	s := r.text()
	if s == "" {
		return 0
	}
	f, err := strconv.ParseFloat(s, 64)
	if err != nil || !(f >= 0 && f <= 1) {
		r.fail("%s %q: write a number from 0 to 1", r.column(), s)
		return 0
	}
	return f
}

func (r *row) year() string {
	s := r.text()
	if d, err := schema.ParseDate(s); err != nil || s != "" && d.Precision() != schema.PrecisionYear {
		r.fail("%s %q: write a year, YYYY", r.column(), s)
		return ""
	}
	return s
}

// spec is what all tables have in common whatever their rows are.
type spec struct {
	name     string
	columns  []string
	required int // the first so many cells may not be empty
}

// rows calls each with every record of r. A file without section lines belongs to the table first; a line "[name]" turns to another.
func rows(file string, r io.Reader, first string, each func(*row) error) error {
	in := bufio.NewScanner(r)
	in.Buffer(nil, 1<<20)
	current := specOf(first)
	var errs []error
	line := 0
	for in.Scan() {
		line++
		text := strings.TrimRight(in.Text(), "\r")
		if line == 1 {
			text = strings.TrimPrefix(text, "\ufeff")
		}
		bad := func(format string, args ...any) {
			errs = append(errs, &SyntaxError{file, line, fmt.Sprintf(format, args...)})
		}
		switch {
		case !utf8.ValidString(text):
			bad("not UTF-8: save the file as UTF-8")
			continue
		case strings.TrimSpace(text) == "" || strings.HasPrefix(text, "#"):
			continue
		case strings.HasPrefix(text, "["):
			name := strings.TrimSuffix(strings.TrimPrefix(strings.TrimSpace(text), "["), "]")
			if current = specOf(name); current == nil {
				bad("no table %q: write one of %s", name, strings.Join(Names(), ", "))
			}
			continue
		case current == nil:
			if first == "" && len(errs) == 0 {
				bad("no table named yet: write a line such as [states] above it (tables: %s)", strings.Join(Names(), ", "))
			}
			continue
		}
		rec := &row{file: file, line: line, cells: strings.Split(text, "\t"), spec: current}
		if rec.check(); rec.err == nil {
			rec.err = each(rec)
		}
		if rec.err != nil {
			errs = append(errs, rec.err)
		}
		if len(errs) >= 20 {
			return errors.Join(append(errs, fmt.Errorf("%s: more errors follow", file))...)
		}
	}
	if err := in.Err(); err != nil {
		errs = append(errs, &SyntaxError{file, line + 1, err.Error()})
	}
	return errors.Join(errs...)
}

// check holds what every record must have: no more cells than columns, and those it cannot do without.
func (r *row) check() {
	if len(r.cells) > len(r.spec.columns) {
		r.fail("%d cells for the %d columns %s: cells are separated by one tab", len(r.cells), len(r.spec.columns), strings.Join(r.spec.columns, ", "))
	}
	for i := range r.cells {
		r.cells[i] = strings.TrimSpace(r.cells[i])
	}
	for i := range r.spec.required {
		if i >= len(r.cells) || r.cells[i] == "" || r.cells[i] == "-" {
			r.fail("no %s: the columns are %s, separated by tabs", r.spec.columns[i], strings.Join(r.spec.columns, ", "))
		}
	}
}
