package export_test

import (
	"context"
	"fmt"
	"io"
	"iter"
	"testing"

	"entente/graph"
	"entente/graph/export"
	"entente/schema"
)

// many is a source of so many made triples, of which none is kept.
type many int

func (n many) Triples(ctx context.Context, _ graph.Query) iter.Seq2[graph.Triple, error] {
	return func(yield func(graph.Triple, error) bool) {
		for i := range int(n) {
			day := schema.Date(fmt.Sprintf("%04d-%02d-%02d", 1990+i%30, 1+i/30%12, 1+i/360%28))
			t := graph.Triple{Triple: schema.New(fmt.Sprintf("A%02d", i%40), schema.ACCUSE, fmt.Sprintf("B%02d", i/40%40), "", day, "", ""), Status: schema.Asserted, Score: -3, Sources: 3, Confidence: 0.5}
			t.ID = fmt.Sprintf("%016x", i)
			t.Evidences = []graph.Evidence{{Evidence: schema.Evidence{ID: t.ID, Quote: "A made sentence of some length that says who accused whom of what.", Status: schema.Asserted}, Article: fmt.Sprint("wire/", i)}}
			if !yield(t, ctx.Err()) {
				return
			}
		}
	}
}

func (n many) Entities(context.Context) iter.Seq2[schema.Entity, error] {
	return func(func(schema.Entity, error) bool) {}
}

func (n many) Articles(context.Context) iter.Seq2[schema.Article, error] {
	return func(func(schema.Article, error) bool) {}
}

func (n many) Readings(context.Context) iter.Seq2[schema.Reading, error] {
	return func(func(schema.Reading, error) bool) {}
}

// watched is a source that looks, when three quarters are out, how much is written.
type watched struct {
	many
	written *counting
	at      int
}

func (w *watched) Triples(ctx context.Context, q graph.Query) iter.Seq2[graph.Triple, error] {
	return func(yield func(graph.Triple, error) bool) {
		i := 0
		for t, err := range w.many.Triples(ctx, q) {
			if i++; i == int(w.many)*3/4 {
				w.at = w.written.n // of several passes the last one counts
			}
			if !yield(t, err) {
				return
			}
		}
	}
}

// counting counts what is written.
type counting struct{ n int }

func (c *counting) Write(b []byte) (int, error) {
	c.n += len(b)
	return len(b), nil
}

// TestStreams holds that triples are written while the next ones are read, in all formats but those that need sums or all of them.
func TestStreams(t *testing.T) {
	for _, f := range export.Formats() {
		if f.Name == "panel" || f.Name == "dot" || f.Name == "timelinejs" || f.Name == "parquet" { // parquet: see TestParquetManyRows
			continue
		}
		w := &counting{}
		src := &watched{many: 1000, written: w}
		o := export.Options{}
		if f.Name == "jsonl" {
			o.Of = export.RowsTriples
		}
		if _, err := f.Write(t.Context(), w, src, o); err != nil {
			t.Fatal(err)
		}
		if src.at < w.n*2/3 {
			t.Errorf("%s: %d of %d bytes are written when three quarters are read", f.Name, src.at, w.n)
		}
	}
}

func BenchmarkExport(b *testing.B) {
	for _, f := range export.Formats() {
		b.Run(f.Name, func(b *testing.B) {
			for b.Loop() {
				if _, err := f.Write(b.Context(), io.Discard, many(10_000), export.Options{By: graph.ByYear}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
