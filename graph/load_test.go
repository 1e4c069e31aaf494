package graph_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"entente/graph"
	"entente/graph/graphtest"
	"entente/graph/memory"
	"entente/schema"
)

type item struct {
	reading schema.Reading
	err     error
}

func sequence(items ...item) iter.Seq2[schema.Reading, error] {
	return func(yield func(schema.Reading, error) bool) {
		for _, i := range items {
			if !yield(i.reading, i.err) {
				return
			}
		}
	}
}

func good(t *testing.T, n int) item {
	return item{reading: graphtest.Story{ID: fmt.Sprintf("a%03d", n), Says: []string{"RUS ACCUSE NATO 2010 | asserted"}}.Reading(t)}
}

func bad(t *testing.T, n int) item {
	i := good(t, n)
	i.reading.Triples[0].Evidence[0].Quote = "Sentence 1 of b tells of nothin"
	return i
}

// counting is a store that notes the size of each batch.
type counting struct {
	graph.Store
	batches []int
	fail    error
}

func (c *counting) Upsert(ctx context.Context, readings ...schema.Reading) (graph.Changes, error) {
	c.batches = append(c.batches, len(readings))
	if c.fail != nil {
		return graph.Changes{}, c.fail
	}
	return c.Store.Upsert(ctx, readings...)
}

func articles(t *testing.T, s graph.Store) int {
	t.Helper()
	st, err := s.Stats(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return st.Articles
}

func TestLoad(t *testing.T) {
	s := &counting{Store: memory.New()}
	var items []item
	for n := range 7 {
		items = append(items, good(t, n))
	}
	var progress []int
	sum, err := graph.Load(t.Context(), s, sequence(items...), graph.Options{Batch: 3, Progress: func(s graph.Summary) { progress = append(progress, s.Stored) }})
	if err != nil {
		t.Fatal(err)
	}
	equal(t, "batches", s.batches, []int{3, 3, 1})
	equal(t, "progress", progress, []int{3, 6, 7})
	equal(t, "summary", sum, graph.Summary{Read: 7, Stored: 7, Changes: graph.Changes{
		Articles: graph.Change{Added: 7}, Entities: graph.Change{Added: 2}, Triples: graph.Change{Added: 1, Changed: 2}, Evidence: graph.Change{Added: 7},
	}})
	sum, err = graph.Load(t.Context(), s, sequence(items...), graph.Options{})
	if err != nil || !sum.Changes.Zero() || sum.Stored != 7 {
		t.Errorf("the same again: %+v, %v", sum, err)
	}
}

func TestLoadGoesOnAfterBadItems(t *testing.T) {
	s := memory.New()
	broken := errors.New("news/x.txt: not text")
	items := []item{good(t, 0), {err: broken}, bad(t, 1), good(t, 2), bad(t, 3), good(t, 4), bad(t, 5)}
	sum, err := graph.Load(t.Context(), s, sequence(items...), graph.Options{Errors: 3})
	equal(t, "summary", []int{sum.Read, sum.Stored, sum.Failed, articles(t, s)}, []int{7, 3, 4, 3})
	le, ok := errors.AsType[*graph.LoadError](err)
	if !ok || le.Failed != 4 || len(le.Errs) != 3 || !errors.Is(err, broken) {
		t.Fatalf("error %v: want a *LoadError of 4, 3 of them kept", err)
	}
	if _, ok := errors.AsType[*graph.ReadingError](err); !ok {
		t.Errorf("error %v: want a *ReadingError in it", err)
	}
	for _, want := range []string{"a001", "a003", "news/x.txt", "and 1 more"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("error %q does not name %s", err, want)
		}
	}
}

func TestLoadStopsWhenTheStoreFails(t *testing.T) {
	full := errors.New("the disk is full")
	s := &counting{Store: memory.New(), fail: full}
	sum, err := graph.Load(t.Context(), s, sequence(good(t, 0), good(t, 1), good(t, 2)), graph.Options{Batch: 2})
	if !errors.Is(err, full) || sum.Stored != 0 || sum.Read != 2 || len(s.batches) != 1 {
		t.Errorf("%+v, %v, batches %v", sum, err, s.batches)
	}
}

func TestLoadKeepsWhatWasReadWhenCancelled(t *testing.T) {
	s := memory.New()
	ctx, cancel := context.WithCancel(t.Context())
	items := []item{good(t, 0), good(t, 1), good(t, 2), good(t, 3)}
	seq := func(yield func(schema.Reading, error) bool) {
		for n, i := range items {
			if n == 2 {
				cancel()
			}
			if !yield(i.reading, nil) {
				return
			}
		}
	}
	sum, err := graph.Load(ctx, s, seq, graph.Options{})
	if !errors.Is(err, context.Canceled) || sum.Stored != 3 || sum.Failed != 0 || articles(t, s) != 3 {
		t.Errorf("%+v, %v; want the three that were read", sum, err)
	}
	sum, err = graph.Load(ctx, s, sequence(item{err: context.Canceled}), graph.Options{})
	if !errors.Is(err, context.Canceled) || sum != (graph.Summary{}) {
		t.Errorf("a sequence that ends with the context's error: %+v, %v; want no failure", sum, err)
	}
}

func TestLoadDoesNotWaitForSlowReaders(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &counting{Store: memory.New()}
		slow := func(yield func(schema.Reading, error) bool) {
			for n := range 6 {
				time.Sleep(4 * time.Second)
				if !yield(good(t, n).reading, nil) {
					return
				}
			}
		}
		if _, err := graph.Load(t.Context(), s, slow, graph.Options{}); err != nil {
			t.Fatal(err)
		}
		equal(t, "batches", s.batches, []int{4, 2})
	})
}

func TestTimeline(t *testing.T) {
	s := memory.New()
	for _, st := range []graphtest.Story{
		{ID: "a", Published: "2010-12-01", Says: []string{"RUS AID NATO 2010-12-01 | asserted", "NATO ACCUSE RUS 2010-12 | asserted", "RUS REJECT NATO 2010-12 | negated", "RUS ACCUSE NATO | asserted",
			"NATO AGREE RUS 2010-12-01/2010-12-05 | asserted", "RUS MEMBER_OF NATO | hypothetical", "USA ACCUSE RUS 2009 | asserted", "SUN THREATEN NATO 1961 | asserted"}},
		{ID: "b", Says: []string{"NATO REQUEST RUS | future"}},
	} {
		if _, err := s.Upsert(t.Context(), st.Reading(t)); err != nil {
			t.Fatal(err)
		}
	}
	show := func(a, b string, o graph.TimelineOptions) []string {
		t.Helper()
		var out []string
		for m, err := range graph.Timeline(t.Context(), s, a, b, o) {
			if err != nil {
				return append(out, "error: "+err.Error())
			}
			line := string(m.When)
			if m.Undated {
				line = "~" + line
			}
			for _, tr := range m.Triples {
				e, _ := tr.Best()
				line += " | " + tr.Subject + " " + string(tr.Relation) + " " + tr.Object + " " + string(tr.Status) + " " + strings.Fields(e.Quote)[1]
			}
			out = append(out, line)
		}
		return out
	}
	pair := []string{
		"2010-12 | NATO ACCUSE RUS asserted 2 | RUS REJECT NATO denied 3",
		"2010-12-01/2010-12-05 | NATO AGREE RUS asserted 5",
		"2010-12-01 | RUS AID NATO asserted 1",
		"~2010-12-01 | RUS ACCUSE NATO asserted 4",
		"~ | NATO REQUEST RUS planned 1",
		" | RUS MEMBER_OF NATO hypothetical 6",
	}
	sorted := slices.Clone(pair)
	sorted[4], sorted[5] = pair[5], pair[4]
	equal(t, "a pair", show("RUS", "NATO", graph.TimelineOptions{}), sorted)
	equal(t, "the other way round", show("NATO", "RUS", graph.TimelineOptions{}), sorted)
	equal(t, "one party", show("USA", "", graph.TimelineOptions{}), []string{"2009 | USA ACCUSE RUS asserted 7"})
	equal(t, "with a predecessor", show("NATO", "RUS", graph.TimelineOptions{Also: map[string][]string{"RUS": {"SUN"}}, To: "2009"}), []string{"1961 | SUN THREATEN NATO asserted 8"})
	equal(t, "narrowed", show("RUS", "NATO", graph.TimelineOptions{From: "2010-12-03", Relations: []schema.Relation{schema.AGREE, schema.REJECT}, Statuses: []schema.Status{schema.Asserted}}), []string{pair[1]})
	equal(t, "nobody", show("", "RUS", graph.TimelineOptions{}), []string{"error: timeline: no party named"})
	equal(t, "a bad date", show("RUS", "NATO", graph.TimelineOptions{From: "soon"}), []string{`error: query: date "soon": want YYYY, YYYY-MM, YYYY-MM-DD or a range of two`})
	for range graph.Timeline(t.Context(), s, "RUS", "NATO", graph.TimelineOptions{}) {
		break
	}
}

func TestParty(t *testing.T) {
	s := memory.New()
	entities := []schema.Entity{
		{ID: "RUS", Kind: schema.State, Name: "Russia", Aliases: []string{"Russian", "Russian Federation"}},
		{ID: "SUN", Kind: schema.State, Name: "Soviet Union", Aliases: []string{"Soviet", "USSR"}},
		{ID: "GEO", Kind: schema.State, Name: "Georgia", Aliases: []string{"Georgian"}},
		{ID: "USA/georgia", Kind: schema.Place, Name: "Georgia"},
		{ID: "CIV", Kind: schema.State, Name: "Côte d'Ivoire", Aliases: []string{"Ivory Coast", "Ivorian"}},
		{ID: "EU", Kind: schema.Organization, Name: "European Union", Aliases: []string{"EEC"}},
		{ID: "angela-merkel", Kind: schema.Person, Name: "Angela Merkel"},
		{ID: "EGY", Kind: schema.State, Name: "مصر"},
	}
	r := schema.Reading{Article: schema.Article{ID: "a", Text: "They met."}, Entities: entities, Extractor: schema.Extractor{Name: "rules"}}
	for _, e := range entities[1:] {
		tr := schema.New("RUS", schema.CONSULT, e.ID, "", "2010", "", "a")
		tr.Evidence = []schema.Evidence{{Start: 0, End: 9, Quote: "They met.", Status: schema.Asserted}}
		r.Triples = append(r.Triples, tr)
	}
	r.Normalize()
	if _, err := s.Upsert(t.Context(), r); err != nil {
		t.Fatal(err)
	}
	if err := s.Merge(t.Context(), graph.Decision{From: "URS", Into: "SUN"}); err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]string{
		"RUS": "RUS", "rus": "RUS", " Russia ": "RUS", "russian": "RUS", "RUSSIAN FEDERATION": "RUS", "the Soviet Union": "SUN", "USSR": "SUN", "U.S.S.R.": "SUN", "URS": "SUN",
		"GEO": "GEO", "Georgian": "GEO", "usa/georgia": "USA/georgia", "cote d'ivoire": "CIV", "Co\u0302te d’Ivoire": "CIV", "ivory coast": "CIV", "Euro": "EU", "angela merkel": "angela-merkel",
		"Angela": "angela-merkel", "مصر": "EGY", "Ivor": "CIV",
	} {
		if e, err := graph.Party(t.Context(), s, text); err != nil || e.ID != want {
			t.Errorf("party %q: %s, %v; want %s", text, e.ID, err, want)
		}
	}
	for text, want := range map[string]string{
		"Georgia":  `"Georgia" names several parties; give the id of one: GEO (Georgia), USA/georgia (Georgia)`,
		"Rusia":    `no party "Rusia" in the store; did you mean RUS (Russia)?`,
		"Mrekel":   `no party "Mrekel" in the store; did you mean angela-merkel (Angela Merkel)?`,
		"Goergian": `no party "Goergian" in the store; did you mean GEO (Georgia), USA/georgia (Georgia)?`,
		"Atlantis": `no party "Atlantis" in the store`,
		"":         `no party "" in the store`,
		"!?":       `no party "!?" in the store`,
	} {
		e, err := graph.Party(t.Context(), s, text)
		pe, ok := errors.AsType[*graph.PartyError](err)
		if !ok || pe.Text != text || err.Error() != want {
			t.Errorf("party %q: %s, error %v; want %s", text, e.ID, err, want)
		}
	}
}
