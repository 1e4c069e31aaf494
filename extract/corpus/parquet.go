package corpus

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/parquet-go/parquet-go"
	pqformat "github.com/parquet-go/parquet-go/format"
)

// parquetFile reads a table in Parquet, one article a row; only the columns that are known are read.
func parquetFile(k *sink, at io.ReaderAt, size int64) {
	defer func() {
		if r := recover(); r != nil { // the library panics on some damaged files
			k.fail(0, errors.New("a damaged Parquet file; fetch it again"))
		}
	}()
	f, err := parquet.OpenFile(at, size, parquet.SkipPageIndex(true), parquet.SkipBloomFilters(true))
	if err != nil {
		k.fail(0, fmt.Errorf("not a readable Parquet file: %w", err))
		return
	}
	var header []string
	for _, path := range f.Schema().Columns() {
		header = append(header, path[0])
	}
	cols, err := k.columns(header)
	if err != nil {
		k.fail(0, err)
		return
	}
	row := 0
	for _, g := range f.RowGroups() {
		if !k.rowGroup(g, cols, &row) {
			return
		}
	}
}

func (k *sink) rowGroup(g parquet.RowGroup, cols columns, row *int) bool {
	rows := g.Rows()
	defer rows.Close()
	leaves := g.Schema()
	buf := make([]parquet.Row, 16)
	for {
		n, err := rows.ReadRows(buf)
		for _, r := range buf[:n] {
			if *row++; !k.record(parquetRow(leaves, r, cols), *row) {
				return false
			}
		}
		if err == io.EOF {
			return true
		}
		if err != nil {
			return k.fail(*row+1, fmt.Errorf("a damaged Parquet file: %w", err)) && false
		}
	}
}

// parquetRow are the known cells of a row; the values of a list are joined.
func parquetRow(s *parquet.Schema, r parquet.Row, cols columns) record {
	cells := map[int][]string{}
	for _, v := range r {
		if i := v.Column(); i >= 0 && i < len(cols) && cols[i].ok && !v.IsNull() {
			cells[i] = append(cells[i], parquetText(s, i, v))
		}
	}
	out := make(record, 0, len(cols))
	for i, c := range cols {
		if !c.ok {
			continue
		}
		sep := ", "
		if c.property == propText {
			sep = "\n\n"
		}
		text := strings.Join(cells[i], sep)
		out.add(c.place, c.name, func() string { return text })
	}
	return out
}

// parquetText is a value as a text, a time as ISO 8601.
func parquetText(s *parquet.Schema, column int, v parquet.Value) string {
	leaf, ok := s.Lookup(s.Columns()[column]...)
	if !ok {
		return v.String()
	}
	if t := leaf.Node.Type().LogicalType(); t != nil {
		switch l := t.Value.(type) {
		case *pqformat.TimestampType:
			return ofTimestamp(l, v.Int64()).UTC().Format(time.RFC3339)
		case *pqformat.DateType:
			return time.Unix(int64(v.Int32())*86400, 0).UTC().Format(time.DateOnly)
		}
	}
	if v.Kind() == parquet.ByteArray || v.Kind() == parquet.FixedLenByteArray {
		return string(v.ByteArray())
	}
	return v.String()
}

func ofTimestamp(t *pqformat.TimestampType, n int64) time.Time {
	switch t.Unit.Value.(type) {
	case *pqformat.MilliSeconds:
		return time.UnixMilli(n)
	case *pqformat.MicroSeconds:
		return time.UnixMicro(n)
	}
	return time.Unix(0, n)
}
