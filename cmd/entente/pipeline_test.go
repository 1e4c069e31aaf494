package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"entente/extract"
	"entente/graph"
	"entente/graph/memory"
	"entente/schema"
)

// reader is an extractor that reads one kind of sentence: "NATO agreed with Russia". An article that says "broken" it cannot read.
type reader struct{ version string }

func (x reader) Info() schema.Extractor { return schema.Extractor{Name: "test", Version: x.version} }

func (x reader) Extract(_ context.Context, a schema.Article) (schema.Reading, error) {
	r := schema.Reading{Article: a, Extractor: x.Info()}
	if strings.Contains(a.Text, "broken") {
		return r, errors.New("it is broken")
	}
	const quote = "NATO agreed with Russia"
	if i := strings.Index(a.Text, quote); i >= 0 {
		t := schema.New("NATO", schema.AGREE, "RUS", "", "", a.Published, a.ID)
		t.Evidence = []schema.Evidence{{Start: i, End: i + len(quote), Quote: quote, Status: schema.Asserted, Confidence: 0.8}}
		r.Triples = []schema.Triple{t}
		r.Entities = []schema.Entity{{ID: "NATO", Kind: schema.Organization, Name: "NATO"}, {ID: "RUS", Kind: schema.State, Name: "Russia"}}
	}
	r.Normalize()
	return r, nil
}

// wire yields n articles, a day of a month each; the text of article i is from odd where it is there.
func wire(n int, odd map[int]string) iter.Seq2[schema.Article, error] {
	return func(yield func(schema.Article, error) bool) {
		for i := range n {
			text, ok := odd[i]
			if !ok {
				text = fmt.Sprintf("Report %d: NATO agreed with Russia.", i)
			}
			a := schema.Article{ID: fmt.Sprintf("wire/%04d", i), Published: schema.Date(fmt.Sprintf("2010-12-%02d", 1+i%28)), Text: text}
			if !yield(a, nil) {
				return
			}
		}
	}
}

// bench is a pipeline into a memory store.
type bench struct {
	*pipeline
	store  graph.Store
	stderr *bytes.Buffer
}

func newBench(t *testing.T, store graph.Store) *bench {
	t.Helper()
	stderr := &bytes.Buffer{}
	p := testProgram(t)
	p.stderr = stderr
	l := &pipeline{p: p, tally: newTally(), full: batchReadings}
	l.keep = l.into(store)
	return &bench{l, store, stderr}
}

func (b *bench) ingest(ctx context.Context, articles iter.Seq2[schema.Article, error], version string, force bool) error {
	x := reader{version}
	return b.run(ctx, extract.All(ctx, x, b.unread(ctx, b.counted(articles), b.store, x, force), 2))
}

func stored(t *testing.T, store graph.Store) []string {
	t.Helper()
	var out []string
	for r, err := range store.Readings(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		b, err := json.Marshal(r)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, string(b))
	}
	return out
}

func TestIngestTwice(t *testing.T) {
	store := memory.New()
	articles := wire(250, map[int]string{7: ""})
	b := newBench(t, store)
	if err := b.ingest(t.Context(), articles, "1", false); err != nil {
		t.Fatal(err)
	}
	if b.tally.stored != 249 || b.tally.withoutText != 1 || b.tally.read != 250 || b.tally.changes.Articles.Added != 249 {
		t.Errorf("first run: stored %d, without text %d, read %d, %+v", b.tally.stored, b.tally.withoutText, b.tally.read, b.tally.changes)
	}
	for _, tt := range []struct {
		name            string
		version         string
		force           bool
		skipped, stored int
		unchanged       bool
	}{
		{"the same again", "1", false, 249, 0, true},
		{"forced", "1", true, 0, 249, true},
		{"another version", "2", false, 0, 249, false},
	} {
		b := newBench(t, store)
		if err := b.ingest(t.Context(), articles, tt.version, tt.force); err != nil {
			t.Fatal(err)
		}
		if b.tally.skipped != tt.skipped || b.tally.stored != tt.stored {
			t.Errorf("%s: skipped %d, stored %d; want %d, %d", tt.name, b.tally.skipped, b.tally.stored, tt.skipped, tt.stored)
		}
		if tt.unchanged && !b.tally.changes.Zero() {
			t.Errorf("%s: changes %+v, want none", tt.name, b.tally.changes)
		}
	}
}

// TestChangedArticle: an article whose text has changed is read again, the others are not.
func TestChangedArticle(t *testing.T) {
	store := memory.New()
	if err := newBench(t, store).ingest(t.Context(), wire(5, nil), "1", false); err != nil {
		t.Fatal(err)
	}
	b := newBench(t, store)
	if err := b.ingest(t.Context(), wire(5, map[int]string{3: "A correction: nothing was agreed."}), "1", false); err != nil {
		t.Fatal(err)
	}
	if b.tally.stored != 1 || b.tally.skipped != 4 || b.tally.changes.Triples.Removed != 1 {
		t.Errorf("stored %d, skipped %d, %+v; want 1, 4 and one triple removed", b.tally.stored, b.tally.skipped, b.tally.changes)
	}
}

// TestInterrupted stops a run somewhere, starts it again, and compares with a run that was left alone.
func TestInterrupted(t *testing.T) {
	whole := memory.New()
	if err := newBench(t, whole).ingest(t.Context(), wire(700, nil), "1", false); err != nil {
		t.Fatal(err)
	}
	store := memory.New()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	stopping := func(yield func(schema.Article, error) bool) {
		n := 0
		for a, err := range wire(700, nil) {
			if n++; n == 350 {
				cancel()
			}
			if !yield(a, err) {
				return
			}
		}
	}
	b := newBench(t, store)
	err := b.ingest(ctx, stopping, "1", false)
	stop, ok := errors.AsType[*interrupted](err)
	if !ok {
		t.Fatalf("an interrupted run ends with %v", err)
	}
	first := len(stored(t, store))
	if first == 0 || first == 700 || b.tally.stored != first {
		t.Fatalf("%d readings in the store after the interruption, %d counted", first, b.tally.stored)
	}
	if want := fmt.Sprintf("after %d articles; the last is wire/%04d", first, first-1); !strings.Contains(stop.Error(), want) {
		t.Errorf("%q does not say %q", stop, want)
	}
	b = newBench(t, store)
	if err := b.ingest(t.Context(), wire(700, nil), "1", false); err != nil {
		t.Fatal(err)
	}
	if b.tally.skipped != first {
		t.Errorf("the second run skipped %d, want the %d of the first", b.tally.skipped, first)
	}
	got, want := stored(t, store), stored(t, whole)
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("after interruption and resumption the store differs: %d readings, want %d", len(got), len(want))
	}
}

func TestFailedArticles(t *testing.T) {
	odd := map[int]string{}
	for i := 0; i < 60; i += 4 {
		odd[i] = "broken"
	}
	b := newBench(t, memory.New())
	err := b.ingest(t.Context(), wire(60, odd), "1", false)
	some, ok := errors.AsType[*someFailed](err)
	if !ok || some.failed != 15 || some.read != 60 {
		t.Errorf("got %v, want 15 of 60 failed", err)
	}
	if n := len(stored(t, b.store)); n != 45 {
		t.Errorf("%d readings stored, want the other 45", n)
	}
	said := b.stderr.String()
	if !strings.Contains(said, "entente: wire/0000: it is broken\n") || strings.Count(said, "it is broken") != shownFailures || !strings.Contains(said, "only counted") {
		t.Errorf("said:\n%s", said)
	}

	b = newBench(t, memory.New())
	b.maxErrors = 3
	if err := b.ingest(t.Context(), wire(60, odd), "1", false); !errors.Is(err, errTooMany) {
		t.Errorf("--max-errors 3: %v", err)
	}
	if n := len(stored(t, b.store)); n != 6 {
		t.Errorf("--max-errors 3: %d readings stored, want the 6 before the third failure", n)
	}

	b = newBench(t, memory.New())
	if err := b.ingest(t.Context(), wire(2, map[int]string{0: "broken", 1: "broken"}), "1", false); err == nil || !strings.Contains(err.Error(), "none of 2 articles") {
		t.Errorf("all failed: %v", err)
	}
}

func TestSkipErrors(t *testing.T) {
	file := filepath.Join(t.TempDir(), "failed.jsonl")
	f, err := os.Create(file)
	if err != nil {
		t.Fatal(err)
	}
	b := newBench(t, memory.New())
	b.failures = newFailureFile(f)
	if err := errors.Join(b.ingest(t.Context(), wire(9, map[int]string{2: "broken", 5: "broken"}), "1", false), b.close()); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(file)
	if want := `{"article":"wire/0002","reason":"it is broken"}` + "\n" + `{"article":"wire/0005","reason":"it is broken"}` + "\n"; err != nil || string(text) != want {
		t.Errorf("failed articles: %q, %v; want %q", text, err, want)
	}
}

// TestStoreFails: a store that fails ends the run with one error that names the article.
func TestStoreFails(t *testing.T) {
	b := newBench(t, memory.New())
	full := errors.New("no space left on the disk")
	b.keep = func(context.Context, []schema.Reading) error { return full }
	err := b.ingest(t.Context(), wire(250, nil), "1", false)
	if _, ok := errors.AsType[*keepError](err); !ok || !errors.Is(err, full) || !strings.Contains(err.Error(), "wire/0000") {
		t.Errorf("got %v", err)
	}
}

// TestUnsoundReading: a reading that a store would refuse fails alone, not with its batch.
func TestUnsoundReading(t *testing.T) {
	b := newBench(t, memory.New())
	readings := func(yield func(schema.Reading, error) bool) {
		for a := range wire(4, nil) {
			r, err := reader{"1"}.Extract(t.Context(), a)
			if a.ID == "wire/0001" {
				r.Triples[0].Evidence[0].Quote = "Russia agreed with NATO"
			}
			if !yield(r, err) {
				return
			}
		}
	}
	b.tally.read = 4
	err := b.run(t.Context(), readings)
	if _, ok := errors.AsType[*someFailed](err); !ok || len(stored(t, b.store)) != 3 || !strings.Contains(b.stderr.String(), "entente: wire/0001: ") {
		t.Errorf("got %v, %d stored, said %q", err, len(stored(t, b.store)), b.stderr)
	}
}

func TestLines(t *testing.T) {
	good, err := reader{"1"}.Extract(t.Context(), schema.Article{ID: "a", Published: "2010-12-09", Text: "NATO agreed with Russia."})
	if err != nil {
		t.Fatal(err)
	}
	line, err := json.Marshal(good)
	if err != nil {
		t.Fatal(err)
	}
	in := string(line) + "\n\nnot json\r\n{\"article\":{}}\n" + string(line)
	b := newBench(t, memory.New())
	var got []string
	for r, err := range b.lines("f.jsonl", strings.NewReader(in)) {
		if err != nil {
			got = append(got, strings.SplitAfterN(err.Error(), ": ", 2)[0])
			continue
		}
		got = append(got, r.Article.ID)
	}
	if want := "a f.jsonl:3:  f.jsonl:4:  a"; strings.Join(got, " ") != want || b.tally.read != 4 {
		t.Errorf("got %q of %d lines, want %q", strings.Join(got, " "), b.tally.read, want)
	}
}
