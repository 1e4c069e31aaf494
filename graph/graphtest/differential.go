package graphtest

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"entente/graph"
	"entente/graph/memory"
	"entente/schema"
)

var differentialChecks = []check{
	{"Differential", "after any sequence of writes the store gives the same answers as the memory store", func(t *testing.T, open opener) {
		for seed := range uint64(6) {
			t.Run(fmt.Sprintf("seed%d", seed), func(t *testing.T) { differ(t, open, seed, 25) })
		}
	}},
}

// differ does the same random steps to a store and to a memory store and compares all they say.
func differ(t *testing.T, open opener, seed uint64, steps int) {
	rng := rand.New(rand.NewPCG(seed, 7))
	s, model := open(t), memory.New()
	for i := range steps {
		name, act := step(t, rng)
		got, gotErr := act(t.Context(), s)
		wanted, wantErr := act(t.Context(), model)
		if (gotErr == nil) != (wantErr == nil) || got != wanted {
			t.Fatalf("step %d, %s: changes %+v, error %v; memory store: %+v, %v", i, name, got, gotErr, wanted, wantErr)
		}
		if i%5 == 4 || i == steps-1 {
			equal(t, fmt.Sprintf("after step %d, %s", i, name), Dump(t, s), Dump(t, model))
			q := randomQuery(rng, model, t)
			equal(t, fmt.Sprintf("%+v", q), lines(t, s, q), lines(t, model, q))
		}
		if t.Failed() {
			return
		}
	}
	scratch(t, s, open)
}

var (
	parties   = []string{"AAA", "BBB", "CCC", "DDD", "EEE", "X:y"}
	people    = []string{"", "", "a-b", "c-d", "EEE"}
	dates     = []string{"", "", "2001-03-05", "2001-03-06", "2001-03", "2001", "2001-02-20/2001-03-05", "2002"}
	published = []schema.Date{"", "2001-03-06", "2001-03-20", "2001-05", "2002-01-01"}
)

func pick[T any](rng *rand.Rand, from []T) T { return from[rng.IntN(len(from))] }

func step(t *testing.T, rng *rand.Rand) (string, func(context.Context, graph.Store) (graph.Changes, error)) {
	switch n := rng.IntN(20); {
	case n < 13:
		var rs []schema.Reading
		for range 1 + rng.IntN(4) {
			rs = append(rs, randomStory(rng).Reading(t))
		}
		return fmt.Sprintf("upsert of %d", len(rs)), func(ctx context.Context, s graph.Store) (graph.Changes, error) { return s.Upsert(ctx, rs...) }
	case n < 15:
		ids := []string{fmt.Sprint("art", rng.IntN(12)), fmt.Sprint("art", rng.IntN(12))}
		return fmt.Sprint("forget of ", ids), func(ctx context.Context, s graph.Store) (graph.Changes, error) { return s.Forget(ctx, ids...) }
	case n < 18:
		d := graph.Decision{From: pick(rng, parties), Into: pick(rng, parties), By: "random", At: "2020-01-01T00:00:00Z"}
		return fmt.Sprintf("merge of %s into %s", d.From, d.Into), func(ctx context.Context, s graph.Store) (graph.Changes, error) {
			return graph.Changes{}, s.Merge(ctx, d)
		}
	default:
		id := pick(rng, parties)
		return "split of " + id, func(ctx context.Context, s graph.Store) (graph.Changes, error) {
			return graph.Changes{}, s.Split(ctx, id)
		}
	}
}

func randomStory(rng *rand.Rand) Story {
	st := Story{ID: fmt.Sprint("art", rng.IntN(12)), Published: pick(rng, published), By: pick(rng, []string{"rules", "rules", "llm"}), Version: fmt.Sprint(1 + rng.IntN(2)),
		Text: pick(rng, []string{"", "", "", "more"}), Source: pick(rng, []string{"", "Other"}), Names: map[string]string{}}
	for _, p := range parties {
		st.Names[p] = p + pick(rng, []string{" one", " two", " two"})
	}
	for range rng.IntN(7) {
		a, b := pick(rng, parties), pick(rng, parties)
		if a == b {
			continue
		}
		relation := pick(rng, []schema.Relation{schema.ACCUSE, schema.ACCUSE, schema.CONSULT, schema.CONSULT, schema.MEMBER_OF})
		when := pick(rng, dates)
		if relation.Info().Tie {
			when = pick(rng, []string{"", `"a role"`})
		}
		says := []string{a, string(relation), b, when, "|", string(pick(rng, schema.EvidenceStatuses()))}
		for _, kv := range [][2]string{
			{"speaker", pick(rng, people)}, {"agent", pick(rng, people)}, {"object_agent", pick(rng, people)}, {"place", pick(rng, people)},
			{"mediators", pick(rng, []string{"", "", "EEE", "EEE,AAA"})}, {"contexts", pick(rng, []string{"", "military", "cyber,asylum"})},
			{"confidence", pick(rng, []string{"", "0.3", "0.7", "1"})}, {"basis", pick(rng, []string{"", "explicit", "relative"})},
		} {
			if kv[1] != "" {
				says = append(says, kv[0]+"="+kv[1])
			}
		}
		if relation.Info().Tie {
			says = append(says, pick(rng, []string{"", "from=1999", "from=1999-05 to=2003", "former=true"}))
		} else if relation == schema.CONSULT {
			says = append(says, pick(rng, []string{"", "mode=visit", "mode=phone"}))
		}
		line := strings.Join(slices.DeleteFunc(says, func(s string) bool { return s == "" }), " ")
		st.Says = append(st.Says, line)
	}
	return st
}

func randomQuery(rng *rand.Rand, s graph.Store, t *testing.T) graph.Query {
	q := graph.Query{MinConfidence: pick(rng, []float64{0, 0, 0.3}), Limit: pick(rng, []int{0, 0, 3})}
	some := func(of []string) []string {
		return slices.DeleteFunc(slices.Clone(of), func(string) bool { return rng.IntN(3) > 0 })
	}
	switch rng.IntN(4) {
	case 0:
		q.Of = some(parties)
		if len(q.Of) > 0 {
			q.With = some(parties)
		}
	case 1:
		q.Subject, q.Object = some(parties), some(parties)
	case 2:
		for _, r := range collect(t, s.Readings(t.Context())) {
			for _, tr := range r.Triples {
				if rng.IntN(4) == 0 {
					q.IDs = append(q.IDs, tr.ID)
				}
			}
		}
	}
	if rng.IntN(2) == 0 {
		q.From, q.To = schema.Date(pick(rng, dates)), schema.Date(pick(rng, dates))
	}
	if rng.IntN(3) == 0 {
		q.Articles = []string{fmt.Sprint("art", rng.IntN(12)), fmt.Sprint("art", rng.IntN(12))}
	}
	if rng.IntN(3) == 0 {
		q.Statuses = []schema.Status{pick(rng, schema.TripleStatuses()), pick(rng, schema.TripleStatuses())}
	}
	return q
}
