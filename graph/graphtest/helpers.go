package graphtest

import (
	"context"
	"encoding/json"
	"fmt"
	"iter"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"entente/graph"
	"entente/schema"
)

// dyadKeeper is a store that keeps the sums of pairs, which have to be what follows from its triples.
type dyadKeeper interface {
	Dyads(ctx context.Context) iter.Seq2[graph.Dyad, error]
}

// Dump is all that a store gives out, as text, for comparison. It fails where the store contradicts itself.
func Dump(t testing.TB, s graph.Store) string {
	t.Helper()
	var b strings.Builder
	ctx := t.Context()
	dumpAll(t, &b, "triple", s.Triples(ctx, graph.Query{}))
	dumpAll(t, &b, "entity", s.Entities(ctx))
	dumpAll(t, &b, "article", s.Articles(ctx))
	dumpAll(t, &b, "reading", s.Readings(ctx))
	dumpAll(t, &b, "decision", s.Decisions(ctx))
	if j, ok := s.(graph.Journal); ok {
		dumpAll(t, &b, "run", j.Runs(ctx))
	}
	st, err := s.Stats(ctx)
	if err != nil {
		t.Fatalf("stats: %v", err)
	}
	line(t, &b, "stats", st)
	if k, ok := s.(dyadKeeper); ok {
		triples := collect(t, s.Triples(ctx, graph.Query{}))
		equal(t, "dyads, beside those that follow from the triples", collect(t, k.Dyads(ctx)), graph.Dyads(slices.Values(triples)))
	}
	return b.String()
}

func dumpAll[T any](t testing.TB, b *strings.Builder, what string, items iter.Seq2[T, error]) {
	t.Helper()
	for v, err := range items {
		if err != nil {
			t.Fatalf("%s: %v", what, err)
		}
		line(t, b, what, v)
	}
}

func line(t testing.TB, b *strings.Builder, what string, v any) {
	t.Helper()
	j, err := json.Marshal(v)
	if err != nil {
		t.Fatalf("%s: %v", what, err)
	}
	fmt.Fprintf(b, "%s %s\n", what, j)
}

func collect[T any](t testing.TB, items iter.Seq2[T, error]) []T {
	t.Helper()
	var out []T
	for v, err := range items {
		if err != nil {
			t.Fatalf("sequence: %v", err)
		}
		out = append(out, v)
	}
	return out
}

// lines are the triples selected by q, each with its derived status: "RUS ACCUSE NATO 2010-12-08 disputed".
func lines(t testing.TB, s graph.Store, q graph.Query) []string {
	t.Helper()
	var out []string
	for _, tr := range collect(t, s.Triples(t.Context(), q)) {
		out = append(out, tr.Triple.String()+" "+string(tr.Status))
	}
	return out
}

func want(t testing.TB, s graph.Store, q graph.Query, wanted ...string) {
	t.Helper()
	equal(t, fmt.Sprintf("triples of %.300s", fmt.Sprintf("%+v", q)), lines(t, s, q), wanted)
}

// summaries is want with all that is derived, as graph.Triple.Summary writes it.
func summaries(t testing.TB, s graph.Store, q graph.Query, wanted ...string) {
	t.Helper()
	var got []string
	for _, tr := range collect(t, s.Triples(t.Context(), q)) {
		got = append(got, tr.Summary())
	}
	equal(t, fmt.Sprintf("triples of %.300s", fmt.Sprintf("%+v", q)), got, wanted)
}

func equal[T any](t testing.TB, what string, got, wanted T) {
	t.Helper()
	if d := cmp.Diff(wanted, got); d != "" {
		t.Errorf("%s (-want +got):\n%s", what, d)
	}
}

func upsert(t testing.TB, s graph.Store, stories ...Story) graph.Changes {
	t.Helper()
	var rs []schema.Reading
	for _, st := range stories {
		rs = append(rs, st.Reading(t))
	}
	c, err := s.Upsert(t.Context(), rs...)
	if err != nil {
		t.Fatalf("upsert: %v", err)
	}
	return c
}

// zero stores readings that are stored already, together and one by one, and wants no change.
func zero(t testing.TB, s graph.Store, readings ...schema.Reading) {
	t.Helper()
	before := Dump(t, s)
	c, err := s.Upsert(t.Context(), readings...)
	if err != nil || !c.Zero() {
		t.Errorf("the same readings again: changes %+v, error %v; want none", c, err)
	}
	for _, r := range readings {
		if c, err := s.Upsert(t.Context(), r); err != nil || !c.Zero() {
			t.Errorf("the reading of %s again: changes %+v, error %v; want none", r.Article.ID, c, err)
		}
	}
	equal(t, "what is in the store after the same readings came again", Dump(t, s), before)
}

func merge(t testing.TB, s graph.Store, from, into string) {
	t.Helper()
	if err := s.Merge(t.Context(), graph.Decision{From: from, Into: into, By: "tester", Why: "one and the same", At: "2011-01-01T00:00:00Z"}); err != nil {
		t.Fatalf("merge %s into %s: %v", from, into, err)
	}
}

func split(t testing.TB, s graph.Store, from string) {
	t.Helper()
	if err := s.Split(t.Context(), from); err != nil {
		t.Fatalf("split %s: %v", from, err)
	}
}

func forget(t testing.TB, s graph.Store, ids ...string) graph.Changes {
	t.Helper()
	c, err := s.Forget(t.Context(), ids...)
	if err != nil {
		t.Fatalf("forget: %v", err)
	}
	return c
}

func entityIDs(t testing.TB, s graph.Store) []string {
	t.Helper()
	var ids []string
	for _, e := range collect(t, s.Entities(t.Context())) {
		ids = append(ids, e.ID)
	}
	return ids
}

func decided(t testing.TB, s graph.Store) []string {
	t.Helper()
	var ids []string
	for _, d := range collect(t, s.Decisions(t.Context())) {
		ids = append(ids, d.From)
	}
	return ids
}

func absent(t testing.TB, ids []string, id string) {
	t.Helper()
	if slices.Contains(ids, id) {
		t.Errorf("%s is still there: %v", id, ids)
	}
}

// scratch is a fresh store of the same sort that is given the readings and decisions of s at once: s must be equal to it.
func scratch(t *testing.T, s graph.Store, open func(t *testing.T) graph.Store) {
	t.Helper()
	fresh := open(t)
	for _, d := range collect(t, s.Decisions(t.Context())) {
		if err := fresh.Merge(t.Context(), d); err != nil {
			t.Fatalf("merge: %v", err)
		}
	}
	if _, err := fresh.Upsert(t.Context(), collect(t, s.Readings(t.Context()))...); err != nil {
		t.Fatalf("upsert: %v", err)
	}
	if j, ok := s.(graph.Journal); ok {
		for _, r := range collect(t, j.Runs(t.Context())) {
			if err := fresh.(graph.Journal).AddRun(t.Context(), r); err != nil {
				t.Fatalf("add run: %v", err)
			}
		}
	}
	equal(t, "the store that grew beside one that was told all at once", Dump(t, s), Dump(t, fresh))
}

// seed is a small graph with a bit of everything; fill puts it into a store together with a decision and a run.
func seed(t testing.TB) []schema.Reading {
	var rs []schema.Reading
	for _, s := range []Story{
		{ID: "a/1", Published: "2010-12-09", Names: map[string]string{"RUS": "Russia"}, Says: []string{
			"NATO AGREE RUS 2010-12-08 | asserted contexts=military basis=relative confidence=0.8",
			"RUS ACCUSE NATO | asserted agent=dmitry-rogozin speaker=dmitry-rogozin mode=allege basis=reported confidence=0.5",
			"NATO CONSULT RUS 2011 | future initiator=RUS place=CHE/geneva mediators=UN,CHE basis=explicit",
			`dmitry-rogozin REPRESENTS RUS "ambassador to NATO" | asserted from=2008 confidence=0.9`,
		}},
		{ID: "b/2", Published: "2010-12-10", Names: map[string]string{"RUS": "Russian Federation"}, Says: []string{
			"NATO AGREE RUS 2010-12-08 | negated confidence=0.4",
		}},
		{ID: "c", Says: []string{"SUN ASSAULT AFG 1979-12 | asserted mode=aerial", "SUN CONSULT RUS | hypothetical", "SUN ACCUSE AFG | asserted"}},
		{ID: "c", By: "llm", Version: "m-7", Says: []string{"SUN ASSAULT AFG 1979-12 | asserted mode=aerial confidence=1"}},
	} {
		rs = append(rs, s.Reading(t))
	}
	return rs
}

func fill(t testing.TB, s graph.Store) {
	t.Helper()
	if _, err := s.Upsert(t.Context(), seed(t)...); err != nil {
		t.Fatalf("upsert: %v", err)
	}
	merge(t, s, "SUN", "RUS")
	if err := journal(t, s).AddRun(t.Context(), graph.Run{Started: "2026-01-02T03:04:05Z", Ended: "2026-01-02T03:05:00Z", Arguments: []string{"ingest", "x y"}, Read: 4}); err != nil {
		t.Fatalf("add run: %v", err)
	}
}

func journal(t testing.TB, s graph.Store) graph.Journal {
	t.Helper()
	j, ok := s.(graph.Journal)
	if !ok {
		t.Fatalf("%T is not a graph.Journal", s)
	}
	return j
}
