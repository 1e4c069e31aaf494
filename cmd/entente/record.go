package main

import (
	"fmt"
	"iter"
	"strings"
)

// line is one line of a record: an answer that is one thing, not rows of one sort.
type line struct {
	field, value string
}

// writeRecord writes one thing: field by field in table, csv and tsv, the value itself in JSON (jsonl: on one line).
func writeRecord(o *output, value any, lines []line) error {
	switch o.format {
	case "json":
		e := encoder(o.w)
		e.SetIndent("", "  ")
		return e.Encode(value)
	case "jsonl":
		return encoder(o.w).Encode(value)
	case "table":
		return writeLines(o, lines)
	}
	v := view[line]{fields: []column[line]{
		{name: "field", cell: func(l line) string { return l.field }},
		{name: "value", cell: func(l line) string { return l.value }},
	}}
	_, err := write(o, v, all(lines))
	return err
}

// writeLines writes a record for people: names in front, values beside them, wrapped to the terminal.
func writeLines(o *output, lines []line) error {
	widest := 0
	for _, l := range lines {
		widest = max(widest, len(l.field))
	}
	room := max(o.width-widest-2, 2*narrowest)
	for _, l := range lines {
		name := l.field
		for part := range wrapped(oneLine(l.value), room) {
			if _, err := fmt.Fprintln(o.w, strings.TrimRight(fmt.Sprintf("%-*s  %s", widest, name, part), " ")); err != nil {
				return err
			}
			name = ""
		}
	}
	return nil
}

// wrapped yields s in lines of at most width characters, broken at spaces; a longer word has a line of its own. An empty s is one line.
func wrapped(s string, width int) iter.Seq[string] {
	return func(yield func(string) bool) {
		lineText, n := "", 0
		for w := range strings.FieldsSeq(s) {
			k := len([]rune(w))
			if n > 0 && n+1+k > width {
				if !yield(lineText) {
					return
				}
				lineText, n = "", 0
			}
			if n > 0 {
				lineText, n = lineText+" ", n+1
			}
			lineText, n = lineText+w, n+k
		}
		yield(lineText)
	}
}
