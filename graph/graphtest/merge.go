package graphtest

import (
	"errors"
	"testing"

	"entente/graph"
	"entente/schema"
)

var mergeChecks = []check{
	{"MergeAndSplit", "a merge shows two entities as one; a split takes it back without loss", func(t *testing.T, open opener) {
		s := open(t)
		if _, err := s.Upsert(t.Context(), seed(t)...); err != nil {
			t.Fatal(err)
		}
		before := Dump(t, s)
		merge(t, s, "SUN", "RUS")
		want(t, s, graph.Query{Of: []string{"SUN"}, With: []string{"AFG"}}, "RUS ASSAULT AFG 1979-12 asserted", "RUS ACCUSE AFG @c asserted")
		want(t, s, graph.Query{Subject: []string{"SUN"}, Relations: []schema.Relation{schema.ASSAULT}}, "RUS ASSAULT AFG 1979-12 asserted")
		absent(t, entityIDs(t, s), "SUN")
		for _, e := range collect(t, s.Entities(t.Context())) {
			if e.ID == "RUS" {
				equal(t, "the merged entity", e, schema.Entity{ID: "RUS", Kind: schema.State, Name: "Name of RUS", Aliases: []string{"Name of SUN", "Russia", "Russian Federation"}})
			}
		}
		d := graph.Decision{From: "SUN", Into: "RUS", By: "tester", Why: "one and the same", At: "2011-01-01T00:00:00Z"}
		equal(t, "decisions", collect(t, s.Decisions(t.Context())), []graph.Decision{d})
		zero(t, s, seed(t)...)
		scratch(t, s, open)
		split(t, s, "SUN")
		equal(t, "the store as it was", Dump(t, s), before)
	}},
	{"MergeBeforeReading", "a decision also holds for what is read later", func(t *testing.T, open opener) {
		s := open(t)
		merge(t, s, "SUN", "RUS")
		if _, err := s.Upsert(t.Context(), seed(t)...); err != nil {
			t.Fatal(err)
		}
		scratch(t, s, open)
		other := open(t)
		if _, err := other.Upsert(t.Context(), seed(t)...); err != nil {
			t.Fatal(err)
		}
		merge(t, other, "SUN", "RUS")
		equal(t, "merge before and after", Dump(t, s), Dump(t, other))
	}},
	{"MergeJoinsTriples", "triples that become one by a merge have the evidences of all", func(t *testing.T, open opener) {
		s := open(t)
		upsert(t, s, Story{ID: "a", Says: []string{"SUN ACCUSE USA 1991-11 | asserted confidence=0.5", "RUS ACCUSE USA 1991-11 | negated confidence=0.5"}},
			Story{ID: "b", Says: []string{"RUS ACCUSE USA 1991-11 | negated confidence=0.5"}})
		merge(t, s, "SUN", "RUS")
		summaries(t, s, graph.Query{}, "RUS ACCUSE USA 1991-11 | disputed sources=2 confidence=0.75 score=-3")
		ts := collect(t, s.Triples(t.Context(), graph.Query{}))
		equal(t, "evidences", len(ts[0].Evidences), 3)
		split(t, s, "SUN")
		want(t, s, graph.Query{}, "RUS ACCUSE USA 1991-11 denied", "SUN ACCUSE USA 1991-11 asserted")
	}},
	{"MergeChain", "decisions are followed to the end, whatever their order, and each is taken back for itself", func(t *testing.T, open opener) {
		s := open(t)
		upsert(t, s, Story{ID: "x", Says: []string{"AAA ACCUSE USA 2001 | asserted speaker=AAA", "BBB ACCUSE USA 2002 | asserted agent=AAA", "CCC ACCUSE USA 2003 | asserted"}})
		merge(t, s, "BBB", "CCC")
		merge(t, s, "AAA", "BBB")
		want(t, s, graph.Query{Of: []string{"AAA"}}, "CCC ACCUSE USA 2001 asserted", "CCC ACCUSE USA 2002 asserted", "CCC ACCUSE USA 2003 asserted")
		ts := collect(t, s.Triples(t.Context(), graph.Query{}))
		equal(t, "speaker and agent", []string{ts[0].Evidences[0].Speaker, ts[1].Evidences[0].Agent}, []string{"CCC", "CCC"})
		scratch(t, s, open)
		split(t, s, "BBB")
		want(t, s, graph.Query{Of: []string{"AAA"}}, "BBB ACCUSE USA 2001 asserted", "BBB ACCUSE USA 2002 asserted")
		split(t, s, "AAA")
		want(t, s, graph.Query{Of: []string{"AAA"}}, "AAA ACCUSE USA 2001 asserted")
	}},
	{"MergeErrors", "a circle, an empty id and a split of what was not merged are refused and change nothing", func(t *testing.T, open opener) {
		s := open(t)
		upsert(t, s, Story{ID: "x", Says: []string{"AAA ACCUSE BBB 2001 | asserted"}})
		merge(t, s, "BBB", "CCC")
		merge(t, s, "CCC", "DDD")
		before := Dump(t, s)
		for _, d := range []graph.Decision{{From: "DDD", Into: "BBB"}, {From: "CCC", Into: "BBB"}, {From: "AAA", Into: "AAA"}} {
			if err := s.Merge(t.Context(), d); !errors.Is(err, graph.ErrMergeCycle) {
				t.Errorf("merge %s into %s: %v; want ErrMergeCycle", d.From, d.Into, err)
			}
		}
		for _, d := range []graph.Decision{{From: "", Into: "AAA"}, {From: "AAA", Into: ""}, {From: "A A", Into: "B"}} {
			if err := s.Merge(t.Context(), d); err == nil {
				t.Errorf("merge %q into %q: no error", d.From, d.Into)
			}
		}
		for _, id := range []string{"AAA", "DDD", ""} {
			if err := s.Split(t.Context(), id); !errors.Is(err, graph.ErrNotMerged) {
				t.Errorf("split %q: %v; want ErrNotMerged", id, err)
			}
		}
		equal(t, "the store as it was", Dump(t, s), before)
	}},
	{"MergeAgain", "a later decision on the same entity replaces the earlier", func(t *testing.T, open opener) {
		s := open(t)
		upsert(t, s, Story{ID: "x", Says: []string{"AAA ACCUSE USA 2001 | asserted", "BBB ACCUSE USA 2002 | asserted"}})
		merge(t, s, "AAA", "BBB")
		merge(t, s, "AAA", "CCC")
		want(t, s, graph.Query{}, "CCC ACCUSE USA 2001 asserted", "BBB ACCUSE USA 2002 asserted")
		equal(t, "decisions", decided(t, s), []string{"AAA"})
		scratch(t, s, open)
	}},
	{"MergeSymmetric", "parties of a symmetric relation are sorted again, and their agents go with them", func(t *testing.T, open opener) {
		s := open(t)
		upsert(t, s, Story{ID: "x", Says: []string{"AAA CONSULT MMM 2001 | asserted agent=a-one object_agent=m-one initiator=AAA mediators=AAA,ZZZ,UN"}})
		merge(t, s, "AAA", "ZZZ")
		tr := collect(t, s.Triples(t.Context(), graph.Query{}))[0]
		e := tr.Evidences[0]
		equal(t, "parties and agents", []string{tr.Triple.String(), e.Agent, e.ObjectAgent, e.Initiator}, []string{"MMM CONSULT ZZZ 2001", "m-one", "a-one", "ZZZ"})
		equal(t, "mediators", [][]string{e.Mediators, tr.Mediators}, [][]string{{"ZZZ", "UN"}, {"UN", "ZZZ"}})
		equal(t, "id", tr.ID, tr.MakeID())
	}},
	{"MergeSelf", "what a party did to itself by a merge is not shown, and is kept", func(t *testing.T, open opener) {
		s := open(t)
		upsert(t, s, Story{ID: "x", Says: []string{"SUN ACCUSE RUS 1991 | asserted", "RUS ACCUSE SUN 1991 | negated", "RUS ACCUSE USA 1991 | asserted speaker=RUS:duma"}})
		before := Dump(t, s)
		merge(t, s, "SUN", "RUS")
		want(t, s, graph.Query{}, "RUS ACCUSE USA 1991 asserted")
		st, err := s.Stats(t.Context())
		if err != nil || st.Triples != 1 || st.Evidence != 1 || st.Entities != 3 || st.Pairs != 1 {
			t.Errorf("stats %+v, %v", st, err)
		}
		equal(t, "triples of the reading", len(collect(t, s.Readings(t.Context()))[0].Triples), 3)
		scratch(t, s, open)
		split(t, s, "SUN")
		equal(t, "the store as it was", Dump(t, s), before)
	}},
	{"MergeEverywhere", "a merge reaches an entity in whatever place of an evidence it stands alone", func(t *testing.T, open opener) {
		for _, place := range []string{"speaker", "agent", "object_agent", "initiator", "place", "mediators"} {
			s := open(t)
			upsert(t, s, Story{ID: "x", Says: []string{"AAA ACCUSE BBB 2001 | asserted " + place + "=CCC"}}, Story{ID: "y", Says: []string{"AAA ACCUSE BBB 2002 | asserted"}})
			before := Dump(t, s)
			merge(t, s, "CCC", "DDD")
			equal(t, "entities of "+place, entityIDs(t, s), []string{"AAA", "BBB", "DDD"})
			scratch(t, s, open)
			split(t, s, "CCC")
			equal(t, "the store as it was", Dump(t, s), before)
		}
	}},
	{"MergeSelfAlone", "an article that says nothing but what a merge hides says it again after the split", func(t *testing.T, open opener) {
		s := open(t)
		upsert(t, s, Story{ID: "x", Says: []string{"SUN ACCUSE RUS 1991 | asserted"}})
		before := Dump(t, s)
		merge(t, s, "SUN", "RUS")
		want(t, s, graph.Query{})
		equal(t, "entities", entityIDs(t, s), []string{"RUS"})
		if c := forget(t, s, "nothing"); !c.Zero() {
			t.Errorf("changes %+v", c)
		}
		split(t, s, "SUN")
		equal(t, "the store as it was", Dump(t, s), before)
		merge(t, s, "SUN", "RUS")
		equal(t, "changes", forget(t, s, "x"), graph.Changes{Articles: graph.Change{Removed: 1}, Entities: graph.Change{Removed: 1}})
	}},
	{"FormerIDs", "triple ids from before a merge keep resolving", func(t *testing.T, open opener) {
		s := open(t)
		upsert(t, s, Story{ID: "x", Says: []string{"AAA CONSULT MMM 2001 | asserted", "BBB ACCUSE USA 2002 | asserted"}})
		id := func(of string) string { return collect(t, s.Triples(t.Context(), graph.Query{Of: []string{of}}))[0].ID }
		first := id("AAA")
		merge(t, s, "AAA", "NNN")
		second := id("AAA")
		merge(t, s, "NNN", "OOO")
		third := id("AAA")
		if first == second || second == third {
			t.Errorf("ids %s %s %s: want three", first, second, third)
		}
		for _, was := range []string{first, second, third} {
			want(t, s, graph.Query{IDs: []string{was}}, "MMM CONSULT OOO 2001 asserted")
		}
		want(t, s, graph.Query{IDs: []string{first, second, third, id("BBB"), "0000000000000000"}}, "MMM CONSULT OOO 2001 asserted", "BBB ACCUSE USA 2002 asserted")
		split(t, s, "AAA")
		want(t, s, graph.Query{IDs: []string{first}}, "AAA CONSULT MMM 2001 asserted")
		want(t, s, graph.Query{IDs: []string{third}})
	}},
	{"MergeUnknown", "entities that nothing names yet can be merged", func(t *testing.T, open opener) {
		s := open(t)
		merge(t, s, "george-bush", "george-bush-1924")
		equal(t, "entities", entityIDs(t, s), nil)
		upsert(t, s, Story{ID: "x", Says: []string{"george-bush LEADS USA | asserted"}})
		equal(t, "entities", collect(t, s.Entities(t.Context())), []schema.Entity{
			{ID: "USA", Kind: schema.State, Name: "Name of USA"},
			{ID: "george-bush-1924", Kind: schema.Person, Name: "Name of george-bush"},
		})
		want(t, s, graph.Query{Subject: []string{"george-bush"}}, "george-bush-1924 LEADS USA asserted")
	}},
}
