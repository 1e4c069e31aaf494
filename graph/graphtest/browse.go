package graphtest

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"entente/graph"
	"entente/schema"
)

// spans are acts whose dates are longer than a day, or unknown.
var spans = Story{ID: "spans", Published: "2000-02-01", Says: []string{
	"GEO CONSULT RUS 1999-12-20/2000-01-10 | asserted",
	"GEO CONSULT RUS 1999-10-01/2000-01-10 | asserted",
	"GEO COOPERATE RUS 1999/2000 | asserted",
	"GEO AGREE RUS 1999-12 | future",
	"GEO ACCUSE RUS | asserted",
	"RUS REQUEST GEO 2000-01-05 | asserted mode=change",
	"RUS REQUEST GEO 2000-01-06 | asserted mode=assist",
}}

var browseChecks = []check{
	{"Browse", "a graph.Browser answers what follows from the methods of every store, also while decisions are in force", func(t *testing.T, open opener) {
		s := open(t)
		if _, ok := s.(graph.Browser); !ok {
			t.Skipf("%T is no graph.Browser: graph.Browse answers for it", s)
		}
		fill(t, s)
		upsert(t, s, asked...)
		upsert(t, s, spans)
		sameAnswers(t, s)
		merge(t, s, "GEO", "USA")
		sameAnswers(t, s)
	}},
	{"Watch", "a graph.Watcher sees every write, and nothing where there was none", func(t *testing.T, open opener) {
		s := open(t)
		w, ok := s.(graph.Watcher)
		if !ok {
			t.Skipf("%T is no graph.Watcher", s)
		}
		version, stop, err := w.Watch(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		defer stop()
		last := int64(-1)
		changed := func(what string, want bool) {
			t.Helper()
			v, err := version(t.Context())
			if err != nil {
				t.Fatalf("version after %s: %v", what, err)
			}
			if got := v != last; got != want {
				t.Errorf("after %s: changed %v, want %v", what, got, want)
			}
			last = v
		}
		changed("the beginning", true)
		changed("nothing", false)
		upsert(t, s, asked...)
		changed("a load", true)
		changed("nothing", false)
		Dump(t, s)
		changed("reading", false)
		merge(t, s, "GEO", "USA")
		changed("a merge", true)
		if _, err := s.Forget(t.Context(), "a"); err != nil {
			t.Fatal(err)
		}
		changed("forgetting", true)
	}},
}

// sameAnswers holds a store's answers as a graph.Browser to those that its other methods give.
func sameAnswers(t *testing.T, s graph.Store) {
	t.Helper()
	ctx, fast, plain := t.Context(), graph.Browse(s), graph.BrowseSlowly(s)
	for _, q := range browsed() {
		what := fmt.Sprintf("of %+v", q)
		for _, newest := range []bool{false, true} {
			a, err := fast.Page(ctx, q, newest, 1, 3)
			b, err2 := plain.Page(ctx, q, newest, 1, 3)
			both(t, fmt.Sprint("page ", what, " newest ", newest), a, b, err, err2)
		}
		a, err := fast.Acts(ctx, q, 4)
		b, err2 := plain.Acts(ctx, q, 4)
		both(t, "acts "+what, a, b, err, err2)
		x, err := fast.Tally(ctx, q)
		y, err2 := plain.Tally(ctx, q)
		both(t, "tally "+what, x, y, err, err2)
	}
	beyond, err := fast.Page(ctx, graph.Query{}, false, 1000, 3)
	both(t, "page beyond the end", beyond, nil, err, nil)
	for _, p := range [][2]schema.Date{{"", ""}, {"2010", "2010"}, {"2008-08-10", ""}, {"", "2000-01-05"}, {"2050", ""}} {
		a, err := fast.Pairs(ctx, p[0], p[1])
		b, err2 := plain.Pairs(ctx, p[0], p[1])
		both(t, fmt.Sprint("pairs of ", p), a, b, err, err2)
	}
	for _, id := range []string{"a", "spans", "nothing", ""} {
		a, ok, err := fast.Article(ctx, id)
		b, ok2, err2 := plain.Article(ctx, id)
		both(t, "article "+id, fmt.Sprint(a, ok), fmt.Sprint(b, ok2), err, err2)
	}
}

// browsed are queries of every field.
func browsed() []graph.Query {
	return []graph.Query{
		{}, {Limit: 1}, {Of: []string{"NATO"}}, {Of: []string{"GEO"}, With: []string{"RUS", "USA"}}, {Subject: []string{"RUS"}}, {Object: []string{"USA"}}, {From: "2000", To: "2010-12-08"},
		{Relations: []schema.Relation{schema.CONSULT, schema.REQUEST}}, {Articles: []string{"spans"}}, {Statuses: []schema.Status{schema.Disputed, schema.Planned}}, {MinConfidence: 0.8},
		{Subject: []string{"nobody"}},
	}
}

func both[T any](t *testing.T, what string, got, wanted T, err, err2 error) {
	t.Helper()
	if err != nil || err2 != nil {
		t.Fatalf("%s: %v, %v", what, err, err2)
	}
	// Sums of scores may be added up in another order.
	if d := cmp.Diff(wanted, got, cmpopts.EquateEmpty(), cmpopts.EquateApprox(0, 1e-9)); d != "" {
		t.Errorf("%s (-follows from the triples +the store says):\n%s", what, d)
	}
}
