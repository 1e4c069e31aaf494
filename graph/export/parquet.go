package export

import (
	"bytes"
	"encoding/binary"
	"io"
	"math"
)

// A Parquet file of required columns: plain encoding, no compression, one page a column and row group (parquet-format 2.10, its Thrift
// structures in compact protocol). Rows are gathered until a group is full, so memory does not grow with the file.

const (
	groupRows  = 20_000
	groupBytes = 16 << 20
)

// The physical types of Parquet.
const (
	parquetInt64     = 2
	parquetDouble    = 5
	parquetByteArray = 6
)

// parquetFile writes rows of T.
type parquetFile[T any] struct {
	w       io.Writer
	cols    []column[T]
	offset  int64
	pages   []bytes.Buffer // of the group in hand
	rows    int            // in it
	size    int
	groups  []parquetGroup
	total   int64
	started bool
}

type parquetGroup struct {
	rows   int64
	chunks []parquetChunk
}

type parquetChunk struct{ offset, size int64 }

func newParquet[T any](w io.Writer, cols []column[T]) *parquetFile[T] {
	return &parquetFile[T]{w: w, cols: cols, pages: make([]bytes.Buffer, len(cols))}
}

func (p *parquetFile[T]) put(b []byte) error {
	n, err := p.w.Write(b)
	p.offset += int64(n)
	return err
}

func (p *parquetFile[T]) begin() error {
	if p.started {
		return nil
	}
	p.started = true
	return p.put([]byte("PAR1"))
}

// write adds a row.
func (p *parquetFile[T]) write(row T) error {
	for i, c := range p.cols {
		before := p.pages[i].Len()
		b := p.pages[i].AvailableBuffer()
		switch v := c.cell(row).(type) {
		case int:
			b = binary.LittleEndian.AppendUint64(b, uint64(int64(v)))
		case float64:
			b = binary.LittleEndian.AppendUint64(b, math.Float64bits(v))
		default:
			s := shown(v)
			b = binary.LittleEndian.AppendUint32(b, uint32(len(s)))
			b = append(b, s...)
		}
		p.pages[i].Write(b)
		p.size += p.pages[i].Len() - before
	}
	p.rows++
	if p.rows >= groupRows || p.size >= groupBytes {
		return p.flush()
	}
	return nil
}

// flush writes the rows in hand as a row group.
func (p *parquetFile[T]) flush() error {
	if err := p.begin(); err != nil || p.rows == 0 {
		return err
	}
	group := parquetGroup{rows: int64(p.rows)}
	for i := range p.pages {
		start := p.offset
		var h thrift
		h.i32(1, 0) // data page
		h.i32(2, int32(p.pages[i].Len()))
		h.i32(3, int32(p.pages[i].Len()))
		h.begin(5)
		h.i32(1, int32(p.rows))
		h.i32(2, 0) // plain
		h.i32(3, 3) // levels: RLE; there are none
		h.i32(4, 3)
		h.end()
		h.stop()
		if err := p.put(h.b); err != nil {
			return err
		}
		if err := p.put(p.pages[i].Bytes()); err != nil {
			return err
		}
		group.chunks = append(group.chunks, parquetChunk{start, p.offset - start})
		p.pages[i].Reset()
	}
	p.groups = append(p.groups, group)
	p.total += group.rows
	p.rows, p.size = 0, 0
	return nil
}

// close writes the last group and the footer.
func (p *parquetFile[T]) close() error {
	if err := p.flush(); err != nil {
		return err
	}
	footer := p.footer()
	footer = binary.LittleEndian.AppendUint32(footer, uint32(len(footer)))
	return p.put(append(footer, "PAR1"...))
}

func (c column[T]) physical() int32 {
	switch c.kind {
	case whole:
		return parquetInt64
	case decimal:
		return parquetDouble
	}
	return parquetByteArray
}

// footer is the FileMetaData.
func (p *parquetFile[T]) footer() []byte {
	var t thrift
	t.i32(1, 1) // version
	t.list(2, thriftStruct, len(p.cols)+1)
	t.element()
	t.str(4, "schema")
	t.i32(5, int32(len(p.cols)))
	t.end()
	for _, c := range p.cols {
		t.element()
		t.i32(1, c.physical())
		t.i32(3, 0) // required
		t.str(4, c.name)
		if c.kind == text {
			t.i32(6, 0) // UTF8
		}
		t.end()
	}
	t.i64(3, p.total)
	t.list(4, thriftStruct, len(p.groups))
	for _, g := range p.groups {
		t.element()
		t.list(1, thriftStruct, len(g.chunks))
		size := int64(0)
		for i, c := range g.chunks {
			size += c.size
			t.chunk(p.cols[i].name, p.cols[i].physical(), c, g.rows)
		}
		t.i64(2, size)
		t.i64(3, g.rows)
		t.end()
	}
	t.str(6, "entente")
	t.stop()
	return t.b
}

// chunk is a ColumnChunk with its ColumnMetaData.
func (t *thrift) chunk(name string, physical int32, c parquetChunk, rows int64) {
	t.element()
	t.i64(2, c.offset)
	t.begin(3)
	t.i32(1, physical)
	t.list(2, thriftI32, 1)
	t.varint(0) // plain
	t.list(3, thriftBinary, 1)
	t.bytes(name)
	t.i32(4, 0) // uncompressed
	t.i64(5, rows)
	t.i64(6, c.size)
	t.i64(7, c.size)
	t.i64(9, c.offset)
	t.end()
	t.end()
}

// The types of Thrift's compact protocol that are needed.
const (
	thriftI32    = 5
	thriftI64    = 6
	thriftBinary = 8
	thriftList   = 9
	thriftStruct = 12
)

// thrift writes structures in compact protocol.
type thrift struct {
	b     []byte
	last  int16
	outer []int16
}

func (t *thrift) varint(n uint64) { t.b = binary.AppendUvarint(t.b, n) }

func (t *thrift) field(id int16, kind byte) {
	t.b = append(t.b, byte(id-t.last)<<4|kind)
	t.last = id
}

func (t *thrift) i32(id int16, n int32) {
	t.field(id, thriftI32)
	t.b = binary.AppendVarint(t.b, int64(n))
}

func (t *thrift) i64(id int16, n int64) {
	t.field(id, thriftI64)
	t.b = binary.AppendVarint(t.b, n)
}

func (t *thrift) str(id int16, s string) {
	t.field(id, thriftBinary)
	t.bytes(s)
}

func (t *thrift) bytes(s string) {
	t.varint(uint64(len(s)))
	t.b = append(t.b, s...)
}

func (t *thrift) list(id int16, kind byte, n int) {
	t.field(id, thriftList)
	if n < 15 {
		t.b = append(t.b, byte(n)<<4|kind)
		return
	}
	t.b = append(t.b, 0xF0|kind)
	t.varint(uint64(n))
}

// begin opens a structure that is a field, element one that is in a list; end closes either.
func (t *thrift) begin(id int16) {
	t.field(id, thriftStruct)
	t.element()
}

func (t *thrift) element() {
	t.outer = append(t.outer, t.last)
	t.last = 0
}

func (t *thrift) end() {
	t.stop()
	t.last = t.outer[len(t.outer)-1]
	t.outer = t.outer[:len(t.outer)-1]
}

func (t *thrift) stop() { t.b = append(t.b, 0) }

func writeParquet(e *export) error {
	if e.Of == RowsEvidences {
		p := newParquet(e.w, evidenceColumns())
		if err := e.rows(nil, p.write); err != nil {
			return err
		}
		return p.close()
	}
	p := newParquet(e.w, tripleColumns())
	if err := e.rows(p.write, nil); err != nil {
		return err
	}
	return p.close()
}
