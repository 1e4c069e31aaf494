package graphtest

import (
	"testing"

	"entente/graph"
	"entente/schema"
)

// said is a statement of RUS about what it did to NATO, in an article of its own.
type said struct {
	published, date, status string
}

var statusChecks = []check{
	{"Status", "the status of a triple follows from all evidences of its claim whose days it shares", func(t *testing.T, open opener) {
		for _, c := range []struct {
			name string
			says []said
			want []string // statuses of the triples, in order
		}{
			{"asserted", []said{{"", "2010-12-08", "asserted"}}, []string{"asserted"}},
			{"only negated", []said{{"", "2010-12-08", "negated"}}, []string{"denied"}},
			{"planned before hypothetical", []said{{"", "2010-12-08", "hypothetical"}, {"", "2010-12-08", "future"}}, []string{"planned"}},
			{"hypothetical", []said{{"", "2010-12-08", "hypothetical"}}, []string{"hypothetical"}},
			{"planned, then denied", []said{{"", "2010-12-08", "future"}, {"", "2010-12-08", "negated"}}, []string{"denied"}},
			{"planned, then done", []said{{"", "2010-12-08", "future"}, {"", "2010-12-08", "asserted"}}, []string{"asserted"}},
			{"denial of the same day", []said{{"", "2010-12-08", "asserted"}, {"", "2010-12-08", "negated"}}, []string{"disputed"}},
			{"denial of another day", []said{{"", "2010-12-08", "asserted"}, {"", "2010-12-09", "negated"}}, []string{"asserted", "denied"}},
			{"denial of the month", []said{{"", "2010-12", "negated"}, {"", "2010-12-08", "asserted"}, {"", "2011-01-01", "asserted"}}, []string{"disputed", "disputed", "asserted"}},
			{"denial of a range", []said{{"", "2010-12-01/2010-12-08", "negated"}, {"", "2010-12-08", "asserted"}, {"", "2010-12-09", "asserted"}}, []string{"disputed", "disputed", "asserted"}},
			{"days do not meet through a third", []said{{"", "2010", "asserted"}, {"", "2010-01", "negated"}, {"", "2010-02", "asserted"}}, []string{"disputed", "disputed", "asserted"}},
			{"undated denial of the next day", []said{{"2010-12-08", "", "asserted"}, {"2010-12-09", "", "negated"}}, []string{"disputed", "disputed"}},
			{"undated denial of a dated act", []said{{"", "2010-12-08", "asserted"}, {"2010-12-09", "", "negated"}}, []string{"disputed", "disputed"}},
			{"undated denial is of the past", []said{{"2010-12-08", "", "negated"}, {"", "2010-12-09", "asserted"}}, []string{"denied", "asserted"}},
			{"undated denial, the first of its days", []said{{"", "2010-12-01", "asserted"}, {"2010-12-31", "", "negated"}}, []string{"disputed", "disputed"}},
			{"undated denial, a day too late", []said{{"", "2010-11-30", "asserted"}, {"2010-12-31", "", "negated"}}, []string{"asserted", "denied"}},
			{"undated denial does not reach over years", []said{{"", "2003-05-01", "asserted"}, {"", "2008", "asserted"}, {"2010-12-31", "", "negated"}}, []string{"asserted", "asserted", "denied"}},
			{"neither date nor report", []said{{"", "1999-05-01", "asserted"}, {"2010-12-08", "", "asserted"}, {"", "", "negated"}}, []string{"disputed", "disputed", "disputed"}},
		} {
			t.Run(c.name, func(t *testing.T) {
				s := open(t)
				for i, x := range c.says {
					upsert(t, s, x.story(i))
				}
				var got []string
				for _, tr := range collect(t, s.Triples(t.Context(), graph.Query{})) {
					got = append(got, string(tr.Status))
				}
				equal(t, "statuses", got, c.want)
				scratch(t, s, open)
			})
		}
	}},
	{"StatusComesBack", "a denial that is forgotten again leaves no trace", func(t *testing.T, open opener) {
		for _, denial := range []said{{"", "2010-12-08", "negated"}, {"", "2010", "negated"}, {"2010-12-20", "", "negated"}, {"", "", "negated"}} {
			s := open(t)
			upsert(t, s, said{"", "2010-12-08", "asserted"}.story(1))
			before := Dump(t, s)
			upsert(t, s, denial.story(2))
			want(t, s, graph.Query{Articles: []string{"b"}, Statuses: nil}, "RUS ACCUSE NATO 2010-12-08 disputed")
			c := forget(t, s, "c")
			if c.Triples.Changed != 1 {
				t.Errorf("forgetting %v: changes %+v; want one changed triple", denial, c)
			}
			equal(t, "the store as it was", Dump(t, s), before)
		}
	}},
	{"StandingIsKept", "what a triple's evidences say counts for its neighbours also where the triple itself looks the same", func(t *testing.T, open opener) {
		s := open(t)
		upsert(t, s, Story{ID: "a", Says: []string{"RUS ACCUSE NATO 2010-01-01/2010-01-10 | hypothetical", "RUS ACCUSE NATO 2010-01-01 | asserted", "RUS ACCUSE NATO 2010-01-10 | hypothetical"}})
		upsert(t, s, Story{ID: "a", By: "llm", Says: []string{"RUS ACCUSE NATO 2010-01-01/2010-01-10 | future"}})
		upsert(t, s, Story{ID: "b", Says: []string{"RUS ACCUSE NATO 2015 | asserted"}})
		want(t, s, graph.Query{To: "2011"}, "RUS ACCUSE NATO 2010-01-01 asserted", "RUS ACCUSE NATO 2010-01-01/2010-01-10 asserted", "RUS ACCUSE NATO 2010-01-10 planned")
	}},
	{"OtherClaims", "a denial touches neither another object, relation nor direction", func(t *testing.T, open opener) {
		s := open(t)
		upsert(t, s, Story{ID: "a", Says: []string{"RUS ACCUSE NATO 2010 | asserted", "RUS ACCUSE USA 2010 | negated", "RUS REJECT NATO 2010 | negated", "NATO ACCUSE RUS 2010 | negated"}})
		want(t, s, graph.Query{}, "NATO ACCUSE RUS 2010 denied", "RUS ACCUSE NATO 2010 asserted", "RUS ACCUSE USA 2010 denied", "RUS REJECT NATO 2010 denied")
	}},
	{"RolesShareAClaim", "who denies that a person represents a state denies it in every role", func(t *testing.T, open opener) {
		s := open(t)
		upsert(t, s, Story{ID: "a", Says: []string{`a-b REPRESENTS RUS "envoy" | asserted`, `a-b REPRESENTS RUS | negated`}})
		want(t, s, graph.Query{}, `a-b REPRESENTS RUS disputed`, `a-b REPRESENTS RUS "envoy" disputed`)
	}},
	{"UndatedStayApart", "undated acts of different days are different triples, and so are those of undated articles", func(t *testing.T, open opener) {
		s := open(t)
		says := []string{"RUS ACCUSE NATO | asserted"}
		upsert(t, s, Story{ID: "a", Published: "2010-12-08", Says: says}, Story{ID: "b", Published: "2010-12-09", Says: says}, Story{ID: "c", Published: "2010-12-09", Says: says},
			Story{ID: "d e", Says: says}, Story{ID: "f", Says: says})
		want(t, s, graph.Query{}, "RUS ACCUSE NATO ~2010-12-08 asserted", "RUS ACCUSE NATO ~2010-12-09 asserted",
			`RUS ACCUSE NATO @"d e" asserted`, "RUS ACCUSE NATO @f asserted")
		st, err := s.Stats(t.Context())
		if err != nil || st.Triples != 4 || st.Evidence != 5 {
			t.Errorf("stats %+v, %v", st, err)
		}
	}},
}

func (x said) story(n int) Story {
	line := "RUS ACCUSE NATO"
	if x.date != "" {
		line += " " + x.date
	}
	return Story{ID: string(rune('a' + n)), Published: schema.Date(x.published), Says: []string{line + " | " + x.status}}
}
