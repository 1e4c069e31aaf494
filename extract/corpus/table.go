package corpus

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"
)

// delimiters are what may stand between the cells of a table.
const delimiters = "\t;,|"

// delimiterOf is the mark that the first line of a table has most of outside quotes, 0 where it has none.
func delimiterOf(head []byte) (mark byte, count int) {
	line, _, _ := bytes.Cut(bytes.TrimLeft(head, "\r\n"), []byte("\n"))
	counts := map[byte]int{}
	quoted := false
	for _, c := range line {
		if c == '"' {
			quoted = !quoted
		} else if !quoted {
			counts[c]++
		}
	}
	for _, d := range []byte(delimiters) {
		if counts[d] > count {
			mark, count = d, counts[d]
		}
	}
	return mark, count
}

// isTable tells a table by its name, or by a first line of short names of columns that are known.
func isTable(head []byte, name string) bool {
	switch strings.ToLower(path.Ext(unpackedName(name))) {
	case ".csv", ".tsv", ".tab":
		return true
	case ".txt", ".md", ".text", ".asc":
		return false
	}
	d, n := delimiterOf(head)
	if n == 0 {
		return false
	}
	line, _, _ := bytes.Cut(head, []byte("\n"))
	t, hits := newTable(&Options{}), 0
	for cell := range strings.SplitSeq(string(line), string(rune(d))) {
		if _, ok := t.places[normalName(cell)]; ok {
			hits++
		}
	}
	return hits >= 2 && len(line) < 1000
}

// csvFile reads a table with a line of names, one article a row.
func csvFile(r *bufio.Reader, k *sink) {
	head, _ := r.Peek(peekSize)
	g := &guard{r: r}
	c := csv.NewReader(g)
	c.LazyQuotes, c.FieldsPerRecord, c.ReuseRecord = true, -1, true
	if d, n := delimiterOf(head); n > 0 {
		c.Comma = rune(d)
	}
	header, err := c.Read()
	if err != nil {
		k.fail(1, fmt.Errorf("not a table: %w", plain(err)))
		return
	}
	cols, err := k.columns(header)
	if err != nil {
		k.fail(1, err)
		return
	}
	for !k.done {
		g.reset()
		cells, err := c.Read()
		if err == io.EOF {
			break
		}
		if err != nil {
			if pe, ok := errors.AsType[*csv.ParseError](err); ok {
				k.fail(pe.StartLine, pe.Err)
				continue
			}
			k.fail(0, plain(err))
			return
		}
		line, _ := c.FieldPos(0)
		k.record(cols.row(cells), line)
	}
	if k.seen == 0 {
		k.fail(0, errors.New("empty: it has no rows below its names"))
	}
}

// columns are the places of a table's columns.
type columns []struct {
	place
	name string
	ok   bool
}

func (k *sink) columns(header []string) (columns, error) {
	t := newTable(k.o)
	cols := make(columns, len(header))
	text, list := false, 0
	for i, h := range header {
		name := normalName(h)
		p, ok := t.places[name]
		cols[i].place, cols[i].name, cols[i].ok = p, name, ok
		text = text || ok && p.property == propText
		if ok && (p.property == propURL || p.property == propTitle) {
			list++
		}
	}
	if !text && list < 2 {
		return nil, fmt.Errorf("a table without a column that is known as the text; name it with --field text=COLUMN (its columns are %s)", shortened(strings.Join(header, ", ")))
	}
	return cols, nil
}

func shortened(s string) string {
	if r := []rune(s); len(r) > 200 {
		return string(r[:200]) + "..."
	}
	return s
}

func (cols columns) row(cells []string) record {
	r := make(record, 0, len(cols))
	for i, c := range cells {
		if i >= len(cols) {
			break
		}
		if cols[i].ok {
			c = strings.Clone(c)
			r.add(cols[i].place, cols[i].name, func() string { return c })
		}
	}
	return r
}

// The tables of GDELT have no line of names; they are told by the number of their columns, separated by tabs.
const (
	gdeltGKG      = 27
	gdeltMentions = 16
	gdeltEvents   = 61
	gdeltEvents1  = 58
)

func isGDELT(head []byte, _ string) bool {
	line, _, _ := bytes.Cut(head, []byte("\n"))
	cells := bytes.Split(bytes.TrimRight(line, "\r"), []byte("\t"))
	switch len(cells) {
	case gdeltGKG, gdeltMentions, gdeltEvents, gdeltEvents1:
	default:
		return false
	}
	second := string(cells[1])
	return (len(second) == 8 || len(second) == 14) && strings.Trim(second, "0123456789") == ""
}

// gdeltFile reads a list of articles without their texts: what GDELT keeps of each.
func gdeltFile(r *bufio.Reader, k *sink) {
	for n := 1; !k.done; n++ {
		b, tooLong, err := readLine(r)
		if err != nil && err != io.EOF {
			k.fail(n, plain(err))
			return
		}
		if tooLong {
			k.fail(n, fmt.Errorf("a line longer than %d MB; it was left out", maxLine>>20))
		} else if len(b) > 0 {
			k.gdelt(strings.Split(string(valid8(b)), "\t"), n)
		}
		if err == io.EOF {
			return
		}
	}
}

func (k *sink) gdelt(c []string, row int) bool {
	var d Document
	date := ""
	switch len(c) {
	case gdeltGKG:
		d.ID, date, d.Source, d.URL = c[0], c[1], c[3], c[4]
		if _, t, ok := strings.Cut(c[26], "<PAGE_TITLE>"); ok {
			t, _, _ = strings.Cut(t, "</PAGE_TITLE>")
			d.Title = unescaped(t)
		}
	case gdeltMentions:
		date, d.Source = c[2], c[4]
		if c[3] == "1" {
			d.URL = c[5]
		}
	case gdeltEvents, gdeltEvents1:
		d.ID, date, d.URL = "gdelt:"+c[0], c[1], c[len(c)-1]
	default:
		return k.fail(row, fmt.Errorf("%d columns where GDELT has %d, %d or %d", len(c), gdeltGKG, gdeltMentions, gdeltEvents))
	}
	if err := k.date(&d, date); err != nil {
		return k.fail(row, err)
	}
	return k.article(d, row)
}
