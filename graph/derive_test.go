package graph_test

import (
	"encoding/json"
	"errors"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"entente/graph"
	"entente/graph/graphtest"
	"entente/schema"
)

// statements reads stories as the statements of their readings.
func statements(t *testing.T, stories ...graphtest.Story) []graph.Statement {
	t.Helper()
	var out []graph.Statement
	for _, s := range stories {
		out = append(out, graph.Statements(s.Reading(t))...)
	}
	return out
}

func summaries(triples []graph.Triple) []string {
	var out []string
	for _, t := range triples {
		out = append(out, t.Summary())
	}
	return out
}

func equal[T any](t *testing.T, what string, got, want T) {
	t.Helper()
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("%s (-want +got):\n%s", what, d)
	}
}

func TestDeriveCountsCopiesOnce(t *testing.T) {
	ss := statements(t,
		graphtest.Story{ID: "a", Says: []string{"RUS ACCUSE NATO 2010 | asserted confidence=0.5"}},
		graphtest.Story{ID: "b", Says: []string{"RUS ACCUSE NATO 2010 | asserted confidence=0.75"}},
		graphtest.Story{ID: "c", Says: []string{"RUS ACCUSE NATO 2010 | asserted confidence=0.5"}})
	equal(t, "each for itself", summaries(graph.Derive(ss)), []string{"RUS ACCUSE NATO 2010 | asserted sources=3 confidence=0.9375 score=-3"})
	const told = "The Russian ambassador accused the alliance on Tuesday of hiding its plans for the northern ports"
	ss[0].Evidence.Quote, ss[1].Evidence.Quote = told+", diplomats said.", told+"."
	ss[2].Evidence.Quote = "Moscow's envoy said on Tuesday that the alliance hid what it planned for the ports of the north."
	equal(t, "two copies", summaries(graph.Derive(ss)), []string{"RUS ACCUSE NATO 2010 | asserted sources=2 confidence=0.875 score=-3"})
	slices.Reverse(ss)
	equal(t, "two copies, the other way round", summaries(graph.Derive(ss)), []string{"RUS ACCUSE NATO 2010 | asserted sources=2 confidence=0.875 score=-3"})
}

// TestDeriveKeepsShortSentencesApart: a few words may be written twice.
func TestDeriveKeepsShortSentencesApart(t *testing.T) {
	ss := statements(t,
		graphtest.Story{ID: "a", Says: []string{"RUS CONSULT NATO 2010 | asserted confidence=0.5"}},
		graphtest.Story{ID: "b", Says: []string{"RUS CONSULT NATO 2010 | asserted confidence=0.5"}})
	ss[0].Evidence.Quote, ss[1].Evidence.Quote = "Russia met the alliance.", "Russia met the alliance."
	equal(t, "short", summaries(graph.Derive(ss)), []string{"NATO CONSULT RUS 2010 | asserted sources=2 confidence=0.75 score=2.5"})
}

// TestCopiesOfCopies: in a chain of reprints, each cut a little more, the first and the last are one source too.
func TestCopiesOfCopies(t *testing.T) {
	words := strings.Fields("the prime minister told parliament on Monday that his government would answer every shot fired over the river by the neighbour's army with ten of its own and would ask no council for leave")
	var stories []graphtest.Story
	for i := range 6 {
		stories = append(stories, graphtest.Story{ID: string(rune('a' + i)), Says: []string{"RUS THREATEN NATO 2010 | asserted confidence=0.5"}})
	}
	ss := statements(t, stories...)
	for i := range ss {
		ss[i].Evidence.Quote = strings.Join(words[3*i:3*i+18], " ")
	}
	if got := graph.Derive(ss)[0].Sources; got != 1 {
		t.Errorf("%d sources, want 1", got)
	}
	ss = []graph.Statement{ss[0], ss[5]}
	if got := graph.Derive(ss)[0].Sources; got != 2 {
		t.Errorf("first and last alone: %d sources, want 2", got)
	}
}

func TestDeriveDoesNotDependOnOrder(t *testing.T) {
	ss := statements(t,
		graphtest.Story{ID: "a", Published: "2010-12-09", Says: []string{"RUS ACCUSE NATO 2010 | asserted confidence=0.3 mode=allege contexts=cyber", "RUS ACCUSE NATO | negated",
			"a-b LEADS RUS | asserted from=1999 confidence=0.7", "RUS CONSULT NATO 2010-12 | future confidence=0.1 place=CHE/geneva"}},
		graphtest.Story{ID: "b", Says: []string{"RUS ACCUSE NATO 2010 | asserted confidence=0.6 mode=investigate contexts=asylum mediators=UN,EU", "a-b LEADS RUS | asserted from=1999-08"}},
		graphtest.Story{ID: "c", Published: "2011", Says: []string{"RUS ACCUSE NATO 2010 | hypothetical confidence=0.9", "NATO CONSULT RUS 2010-12-01 | asserted confidence=0.3"}})
	first, err := json.Marshal(graph.Derive(ss))
	if err != nil {
		t.Fatal(err)
	}
	rng := rand.New(rand.NewPCG(1, 2))
	for range 50 {
		rng.Shuffle(len(ss), func(i, j int) { ss[i], ss[j] = ss[j], ss[i] })
		again, err := json.Marshal(graph.Derive(ss))
		if err != nil || string(again) != string(first) {
			t.Fatalf("another order gives another graph:\n%s\n%s", first, again)
		}
	}
}

// TestStatusesAgainstPairs compares the intervals with a plain look at every pair.
func TestStatusesAgainstPairs(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	seen := map[schema.Status]int{}
	for range 500 {
		claim := make([]graph.Standing, 1+rng.IntN(8))
		for i := range claim {
			first := rng.IntN(30)
			claim[i] = graph.Standing{First: first, Last: first + rng.IntN(6), Says: 1 << rng.IntN(4)}
		}
		for i, got := range graph.Statuses(claim) {
			var says graph.Says
			for _, o := range claim {
				if o.First <= claim[i].Last && claim[i].First <= o.Last {
					says |= o.Says
				}
			}
			want := schema.Hypothetical
			switch yes, no := says&graph.SaysAsserted != 0, says&graph.SaysNegated != 0; {
			case yes && no:
				want = schema.Disputed
			case yes:
				want = schema.Asserted
			case no:
				want = schema.Denied
			case says&graph.SaysFuture != 0:
				want = schema.Planned
			}
			if seen[got]++; got != want {
				t.Fatalf("%+v: triple %d is %s, want %s", claim, i, got, want)
			}
		}
	}
	if len(seen) != len(schema.TripleStatuses()) {
		t.Errorf("only these statuses came up: %v", seen)
	}
}

func TestDyads(t *testing.T) {
	triples := graph.Derive(statements(t, graphtest.Story{ID: "a", Published: "2010-12-09", Says: []string{
		"RUS ACCUSE NATO 2010-12-08 | asserted mode=allege", // -3.5
		"NATO AGREE RUS 2010-11 | asserted",                 // 2.5
		"NATO ACCUSE RUS | asserted",                        // -3
		"RUS THREATEN NATO 2012 | future",                   // not an edge
		"RUS ASSAULT NATO 2012 | negated",                   // not an edge
		"RUS MEMBER_OF NATO | asserted",                     // not an event
		"USA AID GEO | asserted",
		"CHN AID GEO | hypothetical",
	}}, graphtest.Story{ID: "b", Says: []string{"FRA ACCUSE DEU | asserted", "RUS ACCUSE NATO 2010-12-08 | negated"}}))
	var got []string
	for _, d := range graph.Dyads(slices.Values(triples)) {
		got = append(got, d.String())
		back, err := graph.ParseDyad(d.String())
		if err != nil || back != d {
			t.Errorf("ParseDyad(%q) = %+v, %v", d, back, err)
		}
	}
	equal(t, "dyads", got, []string{
		"DEU FRA events=1 net=-3 coop=0 conf=-3",
		"GEO USA events=1 net=10 coop=10 conf=0 2010-12-09",
		"NATO RUS events=3 net=-4 coop=2.5 conf=-6.5 2010-11-01/2010-12-09",
	})
	for _, bad := range []string{"", "A B", "A B events=x net=1 coop=1 conf=1", "A B events=1 net=1 coop=1 conf=0 yesterday"} {
		if d, err := graph.ParseDyad(bad); err == nil {
			t.Errorf("ParseDyad(%q) = %v without error", bad, d)
		}
	}
}

func TestSortKeyIsTheOrder(t *testing.T) {
	triples := graph.Derive(statements(t,
		graphtest.Story{ID: "z é", Says: []string{"B:x ACCUSE AAA | asserted", "a-b LEADS AAA | asserted", "ÄÄÄ ACCUSE AAA 0988 | asserted", "AAA ACCUSE ÄÄÄ 2010-12-01/2010-12-03 | asserted"}},
		graphtest.Story{ID: "y", Published: "2010-12", Says: []string{"AAA ACCUSE CCC | asserted", "AAA ACCUSE BBB | asserted", "AAA ACCUSE BBB 9999 | asserted"}}))
	for i := range triples {
		for j := range triples {
			byKey := strings.Compare(graph.SortKey(triples[i].Triple), graph.SortKey(triples[j].Triple))
			if c := graph.Compare(triples[i], triples[j]); c != byKey {
				t.Errorf("%s and %s: Compare %d, keys %d", triples[i].Triple, triples[j].Triple, c, byKey)
			}
		}
	}
}

func TestTripleJSON(t *testing.T) {
	tr := graph.Derive(statements(t, graphtest.Story{ID: "a", Published: "2010-12-09", Says: []string{"RUS CONSULT NATO 2010-12-08 | asserted agent=a-b mediators=UN confidence=0.5"}}))[0]
	b, err := json.Marshal(tr)
	if err != nil {
		t.Fatal(err)
	}
	equal(t, "json", string(b), `{"id":"`+tr.ID+`","subject":"NATO","relation":"CONSULT","object":"RUS","role":"","date":"2010-12-08","reported":"","status":"asserted","mediators":["UN"],`+
		`"score":2.5,"sources":1,"confidence":0.5,"evidences":[{"id":"`+tr.Evidences[0].ID+`","start":0,"end":30,"quote":"Sentence 1 of a tells of that.","status":"asserted","agent":"a-b","mediators":["UN"],`+
		`"confidence":0.5,"article":"a","extractor":"rules","published":"2010-12-09","source":"Wire","title":"About a","url":"https://news.example/a"}]}`)
	var back graph.Triple
	if err := json.Unmarshal(b, &back); err != nil {
		t.Fatal(err)
	}
	equal(t, "back", back, tr)
}

func TestBest(t *testing.T) {
	triple := func(status schema.Status, says ...string) graph.Triple {
		tr := graph.Triple{Status: status}
		for i, s := range says {
			tr.Evidences = append(tr.Evidences, graph.Evidence{Evidence: schema.Evidence{Status: schema.Status(s), Confidence: float64(i) / 10, ID: s}})
		}
		return tr
	}
	for _, c := range []struct {
		t    graph.Triple
		want string
	}{
		{triple(schema.Disputed, "asserted", "negated"), "asserted"},
		{triple(schema.Denied, "future", "negated", "hypothetical"), "negated"},
		{triple(schema.Planned, "future", "hypothetical"), "future"},
		{triple(schema.Asserted, "future", "hypothetical"), "future"}, // asserted by another triple of the claim
	} {
		if e, ok := c.t.Best(); !ok || e.ID != c.want {
			t.Errorf("best of %+v: %s, %v; want %s", c.t, e.ID, ok, c.want)
		}
	}
	if e, _ := triple(schema.Asserted, "asserted", "asserted").Best(); e.Confidence != 0.1 {
		t.Errorf("best of two: confidence %g, want the surer one", e.Confidence)
	}
	if _, ok := (graph.Triple{}).Best(); ok {
		t.Error("best of none")
	}
}

func TestMerges(t *testing.T) {
	m := graph.NewMerges([]graph.Decision{{From: "A", Into: "B"}, {From: "B", Into: "C"}, {From: "X", Into: "C"}})
	equal(t, "entity", []string{m.Entity("A"), m.Entity("B"), m.Entity("C"), m.Entity("Z")}, []string{"C", "C", "C", "Z"})
	equal(t, "members", m.Members("C"), []string{"C", "A", "B", "X"})
	if err := m.Allows(graph.Decision{From: "C", Into: "X"}); !errors.Is(err, graph.ErrMergeCycle) || !strings.Contains(err.Error(), "C into X") {
		t.Errorf("circle: %v", err)
	}
	if err := m.Allows(graph.Decision{From: "A", Into: "X"}); err != nil {
		t.Errorf("another decision on A: %v", err)
	}
	damaged := graph.NewMerges([]graph.Decision{{From: "A", Into: "B"}, {From: "B", Into: "A"}})
	if got := damaged.Entity("A"); got != "B" { // it ends
		t.Errorf("in a circle: %s", got)
	}
	var zero graph.Merges
	equal(t, "no decisions", zero.Entity("A"), "A")
}

func TestDeriveEntity(t *testing.T) {
	d := func(id, name string, n int, aliases ...string) graph.Declaration {
		return graph.Declaration{Entity: schema.Entity{ID: id, Kind: schema.State, Name: name, Aliases: aliases}, Readings: n}
	}
	got := graph.DeriveEntity("RUS", []graph.Declaration{d("SUN", "Soviet Union", 100, "USSR"), d("RUS", "Russian Federation", 2), d("RUS", "Russia", 3, "Russian")})
	equal(t, "entity", got, schema.Entity{ID: "RUS", Kind: schema.State, Name: "Russia", Aliases: []string{"Russian", "Russian Federation", "Soviet Union", "USSR"}})
	got = graph.DeriveEntity("RUS", []graph.Declaration{d("SUN", "Soviet Union", 1)})
	equal(t, "entity of merged ones alone", got, schema.Entity{ID: "RUS", Kind: schema.State, Name: "Soviet Union"})
}
