package graphtest

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"entente/graph"
	"entente/schema"
)

// asked is the store that the checks of queries ask.
var asked = []Story{
	{ID: "a", Published: "2010-12-09", Says: []string{
		"RUS ACCUSE NATO 2010-12-08 | asserted confidence=0.5",
		"NATO CONSULT RUS 2010-11 | asserted confidence=0.9",
		"USA AID GEO 2008 | asserted confidence=0.25",
		"RUS THREATEN GEO | hypothetical",
	}},
	{ID: "b", Published: "2011-01-02", Says: []string{
		"RUS ACCUSE NATO 2010-12-08 | negated confidence=0.5",
		"GEO ACCUSE RUS 2008-08-07/2008-08-12 | asserted",
		"USA THREATEN RUS 2011 | future confidence=1",
	}},
	{ID: "c", Says: []string{"RUS ACCUSE USA | negated", "a-b LEADS USA | asserted"}},
}

var queryChecks = []check{
	{"Query", "every field of a query selects as it says, and they are joined by and", func(t *testing.T, open opener) {
		s := open(t)
		upsert(t, s, asked...)
		const (
			aid, geo, consult, accuse, threat, plan, deny, lead = "USA AID GEO 2008 asserted", "GEO ACCUSE RUS 2008-08-07/2008-08-12 asserted", "NATO CONSULT RUS 2010-11 asserted",
				"RUS ACCUSE NATO 2010-12-08 disputed", "RUS THREATEN GEO ~2010-12-09 hypothetical", "USA THREATEN RUS 2011 planned", "RUS ACCUSE USA @c denied", "a-b LEADS USA asserted"
		)
		for _, c := range []struct {
			q    graph.Query
			want []string
		}{
			{graph.Query{}, []string{aid, geo, consult, accuse, threat, plan, deny, lead}},
			{graph.Query{Of: []string{"USA"}}, []string{aid, plan, deny, lead}},
			{graph.Query{Of: []string{"NATO", "GEO"}}, []string{aid, geo, consult, accuse, threat}},
			{graph.Query{Of: []string{"RUS"}, With: []string{"USA", "GEO"}}, []string{geo, threat, plan, deny}},
			{graph.Query{Of: []string{"RUS", "USA"}, With: []string{"RUS", "USA"}}, []string{plan, deny}},
			{graph.Query{Of: []string{"RUS"}, With: []string{"RUS"}}, nil},
			{graph.Query{Subject: []string{"USA", "GEO"}}, []string{aid, geo, plan}},
			{graph.Query{Object: []string{"USA"}}, []string{deny, lead}},
			{graph.Query{Subject: []string{"RUS"}, Object: []string{"NATO"}}, []string{accuse}},
			{graph.Query{Of: []string{"GEO"}, Subject: []string{"RUS"}}, []string{threat}},
			{graph.Query{Relations: []schema.Relation{schema.ACCUSE, schema.LEADS}}, []string{geo, accuse, deny, lead}},
			{graph.Query{Statuses: []schema.Status{schema.Disputed, schema.Denied}}, []string{accuse, deny}},
			{graph.Query{Articles: []string{"b"}}, []string{geo, accuse, plan}},
			{graph.Query{Articles: []string{"c", "a"}}, []string{aid, consult, accuse, threat, deny, lead}},
			{graph.Query{MinConfidence: 0.75}, []string{consult, accuse, plan}},
			{graph.Query{Limit: 3}, []string{aid, geo, consult}},
			{graph.Query{Limit: 100, Of: []string{"NATO"}}, []string{consult, accuse}},
			{graph.Query{Limit: 1, Of: []string{"NATO"}}, []string{consult}},
			{graph.Query{Of: []string{"nobody"}}, nil},
			{graph.Query{IDs: []string{"nothing"}}, nil},
			{graph.Query{From: "2010-12"}, []string{accuse, threat, plan}},
			{graph.Query{To: "2010-11-01"}, []string{aid, geo, consult}},
			{graph.Query{From: "2010-11-30", To: "2010-12-08"}, []string{consult, accuse}},
			{graph.Query{Of: []string{"RUS"}, Relations: []schema.Relation{schema.ACCUSE}, From: "2009", Statuses: []schema.Status{schema.Disputed}, Articles: []string{"a"}, MinConfidence: 0.1}, []string{accuse}},
		} {
			want(t, s, c.q, c.want...)
		}
		for tr, err := range s.Triples(t.Context(), graph.Query{}) {
			if err != nil {
				t.Fatal(err)
			}
			want(t, s, graph.Query{IDs: []string{tr.ID}}, tr.Triple.String()+" "+string(tr.Status))
		}
	}},
	{"QueryDates", "a triple is in if its days overlap those asked for, whatever the precision of either", func(t *testing.T, open opener) {
		s := open(t)
		dates := []string{"2008", "2008-02", "2008-02-29", "2008-02-28/2008-03-01", "2008-12/2009-01", "2007/2009"}
		var says []string
		for _, d := range dates {
			says = append(says, "RUS ACCUSE NATO "+d+" | asserted")
		}
		upsert(t, s, Story{ID: "a", Published: "2008-06-01", Says: append(says, "RUS ACCUSE NATO | asserted", "a-b LEADS RUS | asserted")})
		for _, c := range []struct {
			from, to schema.Date
			want     []string
		}{
			{"2008-02-29", "2008-02-29", []string{"2007/2009", "2008", "2008-02", "2008-02-28/2008-03-01", "2008-02-29"}},
			{"2008-03-01", "2008-03-01", []string{"2007/2009", "2008", "2008-02-28/2008-03-01"}},
			{"2008-02", "2008-02", []string{"2007/2009", "2008", "2008-02", "2008-02-28/2008-03-01", "2008-02-29"}},
			{"", "2007", []string{"2007/2009"}},
			{"2009", "", []string{"2007/2009", "2008-12/2009-01"}},
			{"2008-06-01/2008-06-03", "2008-06-30", []string{"2007/2009", "2008", "~2008-06-01"}},
			{"2010", "", nil},
			{"2009", "2008", []string{"2007/2009", "2008-12/2009-01"}}, // turned round: only what lasts over both ends overlaps each
		} {
			var wanted []string
			for _, d := range c.want {
				wanted = append(wanted, "RUS ACCUSE NATO "+d+" asserted")
			}
			want(t, s, graph.Query{From: c.from, To: c.to}, wanted...)
		}
	}},
	{"QueryErrors", "a query that cannot be meant is an error, not an empty answer", func(t *testing.T, open opener) {
		s := open(t)
		upsert(t, s, asked...)
		for _, q := range []graph.Query{
			{With: []string{"RUS"}}, {Relations: []schema.Relation{"accuse"}}, {Statuses: []schema.Status{schema.Negated}}, {From: "08.12.2010"}, {To: "2010-13"},
		} {
			n := 0
			for _, err := range s.Triples(t.Context(), q) {
				if n++; err == nil || n > 1 {
					t.Errorf("%+v: item %d with error %v; want one item with an error", q, n, err)
					break
				}
				if len(q.With) > 0 && !errors.Is(err, graph.ErrWithoutOf) {
					t.Errorf("%+v: error %v; want ErrWithoutOf", q, err)
				}
			}
			if n == 0 {
				t.Errorf("%+v: no error", q)
			}
		}
	}},
	{"Order", "triples come by the first day of When, then by String, those without When last", func(t *testing.T, open opener) {
		s := open(t)
		upsert(t, s, Story{ID: "z", Says: []string{"BBB ACCUSE AAA | asserted", "x-y LEADS AAA | asserted"}},
			Story{ID: "a", Published: "2001-02", Says: []string{"CCC ACCUSE AAA 2001-02-01 | asserted", "BBB ACCUSE AAA 2001-02 | asserted", "AAA ACCUSE BBB | asserted",
				"AAA ACCUSE CCC 2001-01-31/2003-01-01 | asserted", "AAA AID CCC 2001 | asserted", "ZZZ AID CCC 2000-12-31 | asserted", "ÄÄÄ AID CCC 2001 | asserted", "🇫🇷 AID CCC 2001 | asserted", "\ue000 AID CCC 2001 | asserted"}})
		want(t, s, graph.Query{}, "ZZZ AID CCC 2000-12-31 asserted", "AAA AID CCC 2001 asserted", "ÄÄÄ AID CCC 2001 asserted", "\ue000 AID CCC 2001 asserted", "🇫🇷 AID CCC 2001 asserted",
			"AAA ACCUSE CCC 2001-01-31/2003-01-01 asserted", "AAA ACCUSE BBB ~2001-02 asserted", "BBB ACCUSE AAA 2001-02 asserted", "CCC ACCUSE AAA 2001-02-01 asserted",
			"BBB ACCUSE AAA @z asserted", "x-y LEADS AAA asserted")
	}},
	{"ManyValues", "a list of a thousand ids in a query is no trouble", func(t *testing.T, open opener) {
		s := open(t)
		upsert(t, s, asked...)
		ids := []string{"NATO"}
		for i := range 2000 {
			ids = append(ids, fmt.Sprintf("X:%d", i))
		}
		want(t, s, graph.Query{Of: ids, With: slices.Concat(ids, []string{"RUS"}), Articles: slices.Concat(ids, []string{"a"})}, "NATO CONSULT RUS 2010-11 asserted", "RUS ACCUSE NATO 2010-12-08 disputed")
	}},
	{"HostileValues", "what looks like a query language is a plain value", func(t *testing.T, open opener) {
		s := open(t)
		upsert(t, s, asked...)
		for _, id := range []string{`' OR 1=1 --`, `"`, `%`, `_`, `*`, "]", `\`, `{"a":1}`, "NATO'", "$x", "\x01"} {
			want(t, s, graph.Query{Of: []string{id}})
			want(t, s, graph.Query{IDs: []string{id}})
			want(t, s, graph.Query{Articles: []string{id}})
			forget(t, s, id)
		}
		if n := len(lines(t, s, graph.Query{})); n != 8 {
			t.Errorf("%d triples are left of 8", n)
		}
	}},
}
