package graphtest

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"entente/graph"
	"entente/schema"
)

type opener = func(t *testing.T) graph.Store

var writeChecks = []check{
	{"Empty", "an empty store answers every question with nothing", func(t *testing.T, open opener) {
		s := open(t)
		equal(t, "empty store", Dump(t, s), `stats {"articles":0,"readings":0,"entities":0,"triples":0,"evidence":0,"pairs":0,"relations":{},"extractors":{}}`+"\n")
		if c, err := s.Upsert(t.Context()); err != nil || !c.Zero() {
			t.Errorf("upsert of nothing: %+v, %v", c, err)
		}
		if c := forget(t, s, "nothing"); !c.Zero() {
			t.Errorf("forget of an unknown article: %+v", c)
		}
	}},
	{"Upsert", "readings come back as they were loaded; every added row is counted", func(t *testing.T, open opener) {
		s := open(t)
		rs := seed(t)
		c, err := s.Upsert(t.Context(), rs...)
		if err != nil {
			t.Fatal(err)
		}
		equal(t, "changes", c, graph.Changes{
			Articles: graph.Change{Added: 3}, Entities: graph.Change{Added: 8}, Triples: graph.Change{Added: 7}, Evidence: graph.Change{Added: 9},
		})
		got := collect(t, s.Readings(t.Context()))
		equal(t, "readings", asJSON(t, got), asJSON(t, []schema.Reading{rs[0], rs[1], rs[3], rs[2]}))
		equal(t, "articles", asJSON(t, collect(t, s.Articles(t.Context()))), asJSON(t, []schema.Article{rs[0].Article, rs[1].Article, rs[2].Article}))
		equal(t, "entities", entityIDs(t, s), []string{"AFG", "CHE", "CHE/geneva", "NATO", "RUS", "SUN", "UN", "dmitry-rogozin"})
		scratch(t, s, open)
	}},
	{"Idempotence", "the same reading twice changes nothing", func(t *testing.T, open opener) {
		s := open(t)
		fill(t, s)
		zero(t, s, seed(t)...)
		twice := append(seed(t), seed(t)...)
		if c, err := s.Upsert(t.Context(), twice...); err != nil || !c.Zero() {
			t.Errorf("every reading twice in one batch: %+v, %v", c, err)
		}
	}},
	{"SecondSource", "two articles that tell of one act give one triple with two evidences", func(t *testing.T, open opener) {
		s := open(t)
		upsert(t, s, Story{ID: "a", Published: "2010-12-09", Says: []string{"RUS AGREE NATO 2010-12-08 | asserted contexts=military mediators=UN confidence=0.5 basis=relative"}})
		c := upsert(t, s, Story{ID: "b", Published: "2010-12-08", Says: []string{"NATO AGREE RUS 2010-12-08 | asserted contexts=economic,diplomatic place=CHE/geneva confidence=0.75 basis=explicit",
			"RUS AGREE NATO 2010-12-08 | asserted confidence=0.2"}})
		equal(t, "changes", c, graph.Changes{
			Articles: graph.Change{Added: 1}, Entities: graph.Change{Added: 1}, Triples: graph.Change{Changed: 1}, Evidence: graph.Change{Added: 2},
		})
		summaries(t, s, graph.Query{}, "NATO AGREE RUS 2010-12-08 | asserted sources=2 confidence=0.875 score=2.5"+
			" contexts=diplomatic,economic,military mediators=UN places=CHE/geneva basis=explicit")
		es := collect(t, s.Triples(t.Context(), graph.Query{}))[0].Evidences
		equal(t, "articles in the order of their publication", []string{es[0].Article, es[1].Article, es[2].Article}, []string{"b", "b", "a"})
		e := es[2]
		equal(t, "what is known of the evidence's article", []string{e.Title, e.Source, e.URL, string(e.Published), e.Extractor, e.Quote},
			[]string{"About a", "Wire", "https://news.example/a", "2010-12-09", "rules", "Sentence 1 of a tells of that."})
	}},
	{"Mode", "the mode is that of most evidences, the first by name among equals; the score is the mode's", func(t *testing.T, open opener) {
		s := open(t)
		says := func(mode string) []string { return []string{"USA CONSULT CHN 1972-02-21 | asserted " + mode} }
		upsert(t, s, Story{ID: "a", Says: says("mode=visit")}, Story{ID: "b", Says: says("mode=phone")}, Story{ID: "c", Says: says("")}, Story{ID: "d", Says: says("")})
		summaries(t, s, graph.Query{}, "CHN CONSULT USA 1972-02-21 | asserted sources=4 confidence=0 score=1.5 mode=phone")
		upsert(t, s, Story{ID: "d", Says: says("mode=visit")})
		summaries(t, s, graph.Query{}, "CHN CONSULT USA 1972-02-21 | asserted sources=4 confidence=0 score=4 mode=visit")
	}},
	{"Ties", "a tie is one triple however often it is reported; since and until when is the finest that is said; seen is when an article asserts it for its own time",
		func(t *testing.T, open opener) {
			s := open(t)
			upsert(t, s,
				Story{ID: "a", Published: "2009-05-01", Says: []string{`george-shultz REPRESENTS USA "secretary of state" | asserted from=1982 contexts=diplomatic`}},
				Story{ID: "b", Published: "2010-05-01", Says: []string{`george-shultz REPRESENTS USA "secretary of state" | asserted from=1982-07-16`}},
				Story{ID: "c", Published: "2012-05-01", Says: []string{`george-shultz REPRESENTS USA "secretary of state" | asserted former=true to=1989`}},
				Story{ID: "d", Published: "2013-05-01", Says: []string{`george-shultz REPRESENTS USA "secretary of state" | hypothetical`, `george-shultz LEADS USA | negated`}})
			summaries(t, s, graph.Query{},
				"george-shultz LEADS USA | denied sources=1 confidence=0 score=0",
				`george-shultz REPRESENTS USA "secretary of state" | asserted sources=4 confidence=0 score=0 contexts=diplomatic from=1982-07-16 to=1989 first=2009-05-01 last=2010-05-01`)
		}},
	{"RereadReplaces", "a re-read article replaces only what its extractor said of it before", func(t *testing.T, open opener) {
		s := open(t)
		upsert(t, s, Story{ID: "a", Says: []string{"RUS ACCUSE USA 2010 | asserted", "RUS THREATEN USA 2010 | asserted"}},
			Story{ID: "b", Says: []string{"RUS ACCUSE USA 2010 | asserted"}})
		c := upsert(t, s, Story{ID: "a", Version: "2", Says: []string{"RUS REJECT USA 2010 | asserted", "RUS THREATEN USA 2010 | negated"}})
		equal(t, "changes", c, graph.Changes{
			Triples: graph.Change{Added: 1, Changed: 2}, Evidence: graph.Change{Added: 2, Removed: 2},
		})
		want(t, s, graph.Query{}, "RUS ACCUSE USA 2010 asserted", "RUS REJECT USA 2010 asserted", "RUS THREATEN USA 2010 denied")
		c = upsert(t, s, Story{ID: "a", Version: "2", Says: []string{"RUS REJECT USA 2010 | asserted mode=meet"}})
		equal(t, "changes", c, graph.Changes{
			Triples: graph.Change{Changed: 1, Removed: 1}, Evidence: graph.Change{Changed: 1, Removed: 1},
		})
		scratch(t, s, open)
	}},
	{"TwoExtractors", "two extractors on one article stand beside one another; their article counts as one source", func(t *testing.T, open opener) {
		s := open(t)
		upsert(t, s, Story{ID: "a", Says: []string{"RUS ACCUSE USA 2010 | asserted confidence=0.5", "RUS AID USA 2010 | asserted"}})
		upsert(t, s, Story{ID: "a", By: "llm", Says: []string{"RUS ACCUSE USA 2010 | asserted confidence=0.8"}})
		summaries(t, s, graph.Query{}, "RUS ACCUSE USA 2010 | asserted sources=1 confidence=0.8 score=-3", "RUS AID USA 2010 | asserted sources=1 confidence=0 score=10")
		upsert(t, s, Story{ID: "a", Says: nil})
		summaries(t, s, graph.Query{}, "RUS ACCUSE USA 2010 | asserted sources=1 confidence=0.8 score=-3")
		st, err := s.Stats(t.Context())
		equal(t, "stats", st, graph.Stats{Articles: 1, Readings: 2, Entities: 2, Triples: 1, Evidence: 1, Pairs: 1,
			Relations: map[schema.Relation]int{schema.ACCUSE: 1}, Extractors: map[string]int{"rules 1": 1, "llm 1": 1}})
		equal(t, "error", err, nil)
	}},
	{"AnotherText", "a new text of an article drops what other extractors read in the old one", func(t *testing.T, open opener) {
		s := open(t)
		upsert(t, s, Story{ID: "a", Says: []string{"RUS ACCUSE USA 2010 | asserted"}}, Story{ID: "a", By: "llm", Says: []string{"RUS AID USA 2010 | asserted"}})
		c := upsert(t, s, Story{ID: "a", Text: "this", Says: []string{"RUS ACCUSE USA 2010 | asserted"}})
		want(t, s, graph.Query{}, "RUS ACCUSE USA 2010 asserted")
		if c.Articles.Changed != 1 || c.Triples.Removed != 1 || c.Evidence.Removed == 0 {
			t.Errorf("changes: %+v", c)
		}
		upsert(t, s, Story{ID: "a", Text: "one", By: "llm"}, Story{ID: "a", Text: "two"})
		if rs := collect(t, s.Readings(t.Context())); len(rs) != 1 || rs[0].Extractor.Name != "rules" {
			t.Errorf("the last of two texts in one batch stays alone; got %d readings", len(rs))
		}
		want(t, s, graph.Query{})
		equal(t, "entities that nobody names", entityIDs(t, s), nil)
	}},
	{"ArticleChanges", "the newest reading says what is known of an article, and the evidences of all its readings show it", func(t *testing.T, open opener) {
		s := open(t)
		tie := []string{`a-b LEADS USA | asserted`, "RUS ACCUSE USA 2010 | asserted"}
		upsert(t, s, Story{ID: "a", Published: "2010", Says: tie}, Story{ID: "b", Published: "2010-06", Says: tie[1:]})
		c := upsert(t, s, Story{ID: "a", Published: "2011-02-03", Source: "Other", By: "llm", Says: nil})
		equal(t, "changes", c, graph.Changes{Articles: graph.Change{Changed: 1}, Triples: graph.Change{Changed: 1}})
		ts := collect(t, s.Triples(t.Context(), graph.Query{}))
		equal(t, "first seen", ts[1].FirstSeen, "2011-02-03")
		equal(t, "order of evidences", []string{ts[0].Evidences[0].Article, ts[0].Evidences[1].Source}, []string{"b", "Other"})
		scratch(t, s, open)
	}},
	{"WithoutText", "a text that was left out is no other text: offsets stay, and a stored text stays", func(t *testing.T, open opener) {
		s := open(t)
		r := Story{ID: "a", Says: []string{"RUS ACCUSE USA 2010 | asserted"}}.Reading(t)
		bare := r
		bare.Article.Text = ""
		if _, err := s.Upsert(t.Context(), bare); err != nil {
			t.Fatal(err)
		}
		upsert(t, s, Story{ID: "a", By: "llm", Says: []string{"RUS AID USA 2010 | asserted"}})
		want(t, s, graph.Query{}, "RUS ACCUSE USA 2010 asserted", "RUS AID USA 2010 asserted")
		if c, err := s.Upsert(t.Context(), bare); err != nil || !c.Zero() {
			t.Errorf("the reading without text again: %+v, %v", c, err)
		}
		equal(t, "text", collect(t, s.Articles(t.Context()))[0].Text, r.Article.Text)
	}},
	{"NoEvidence", "an article in which nothing was read is kept", func(t *testing.T, open opener) {
		s := open(t)
		equal(t, "changes", upsert(t, s, Story{ID: "dull", Published: "2001"}), graph.Changes{Articles: graph.Change{Added: 1}})
		zero(t, s, Story{ID: "dull", Published: "2001"}.Reading(t))
		equal(t, "changes", forget(t, s, "dull"), graph.Changes{Articles: graph.Change{Removed: 1}})
	}},
	{"Forget", "an article is forgotten with all it said, and nothing else is", func(t *testing.T, open opener) {
		s := open(t)
		upsert(t, s, Story{ID: "a", Says: []string{"RUS ACCUSE USA 2010 | asserted", "RUS AID CHN 2010 | asserted"}})
		before := Dump(t, s)
		upsert(t, s, Story{ID: "b", Says: []string{"RUS ACCUSE USA 2010 | negated", "NATO AID USA 2010 | asserted place=CHE/geneva"}}, Story{ID: "b", By: "llm"})
		equal(t, "changes", forget(t, s, "b", "unknown", "b"), graph.Changes{
			Articles: graph.Change{Removed: 1}, Entities: graph.Change{Removed: 2}, Triples: graph.Change{Changed: 1, Removed: 1}, Evidence: graph.Change{Removed: 2},
		})
		equal(t, "the store as it was", Dump(t, s), before)
	}},
	{"FailedBatch", "a bad reading among good ones leaves nothing, and is named", func(t *testing.T, open opener) {
		s := open(t)
		fill(t, s)
		before := Dump(t, s)
		good := Story{ID: "good", Says: []string{"RUS ACCUSE USA 2010 | asserted"}}.Reading(t)
		for name, spoil := range map[string]func(r *schema.Reading){
			"quote":      func(r *schema.Reading) { r.Triples[0].Evidence[0].Quote = "Sentence 9 of x tells of that." },
			"undeclared": func(r *schema.Reading) { r.Entities = r.Entities[:1] },
			"no id":      func(r *schema.Reading) { r.Article.ID = "" },
			"not UTF-8":  func(r *schema.Reading) { r.Article.Title = "caf\xe9" },
			"NUL":        func(r *schema.Reading) { r.Article.Title = "a\x00b" },
		} {
			bad := Story{ID: "bad", Says: []string{"RUS ACCUSE USA 2011 | asserted"}}.Reading(t)
			spoil(&bad)
			c, err := s.Upsert(t.Context(), good, bad, good)
			re, ok := errors.AsType[*graph.ReadingError](err)
			if !ok || re.Index != 1 || re.Article != bad.Article.ID || !c.Zero() {
				t.Errorf("%s: changes %+v, error %v; want a *graph.ReadingError for reading 1", name, c, err)
			}
		}
		equal(t, "what is in the store after failed batches", Dump(t, s), before)
	}},
	{"Unicode", "ids, names and quotes come back byte for byte, whatever the script", func(t *testing.T, open opener) {
		s := open(t)
		for i, w := range []string{"Zürich", "مصر", "日本", "😀🇫🇷", "e\u0301", "\u202eright\u2069", "a\u2028b", "tab\tand\x01\x1f\x7f", `"quoted" \ %s 'x' {y} [z]`, "\ufeff\ufffd", "\r\n"} {
			id := fmt.Sprintf("%s!%d", w, i)
			party := "X:" + strings.ReplaceAll(strings.Join(strings.Fields(w), "-"), `"`, "")
			r := Story{ID: id, Text: w, Source: w, Names: map[string]string{party: w + "."}, Says: []string{`RUS ACCUSE ` + party + ` | asserted`, party + ` MEMBER_OF UN | asserted`}}.Reading(t)
			r.Triples[1].Role = w
			r.Triples[0].Evidence[0].Rule = w
			r.Article.Title = w
			r.Normalize()
			if _, err := s.Upsert(t.Context(), r); err != nil {
				t.Fatalf("%q: %v", w, err)
			}
			zero(t, s, r)
			equal(t, "article", collect(t, s.Triples(t.Context(), graph.Query{Of: []string{party}, Articles: []string{id}}))[0].Evidences[0].Article, id)
		}
		for _, r := range collect(t, s.Readings(t.Context())) {
			if err := r.Check(); err != nil {
				t.Errorf("the reading that came back: %v", err)
			}
		}
		scratch(t, s, open)
	}},
	{"Large", "ten thousand triples are stored, found and forgotten", func(t *testing.T, open opener) {
		s := open(t)
		var total graph.Changes
		for batch := range 10 {
			var rs []schema.Reading
			for i := range 25 {
				rs = append(rs, large(t, batch*25+i))
			}
			c, err := s.Upsert(t.Context(), rs...)
			if err != nil {
				t.Fatal(err)
			}
			total = total.Add(c)
		}
		equal(t, "triples added", total.Triples, graph.Change{Added: 10000})
		n, last := 0, ""
		for tr, err := range s.Triples(t.Context(), graph.Query{}) {
			if err != nil {
				t.Fatal(err)
			}
			if key := graph.SortKey(tr.Triple); key <= last {
				t.Fatalf("%q after %q", key, last)
			} else {
				last = key
			}
			n++
		}
		equal(t, "triples", n, 10000)
		equal(t, "one day", len(lines(t, s, graph.Query{From: "2001-01-05", To: "2001-01-05"})), 40)
		equal(t, "one party", len(lines(t, s, graph.Query{Of: []string{"P:7"}})), 2*250)
		st, err := s.Stats(t.Context())
		equal(t, "error", err, nil)
		equal(t, "stats", []int{st.Articles, st.Triples, st.Evidence, st.Entities, st.Pairs}, []int{250, 10000, 10000, 40, 40})
	}},
}

// large is reading n of the large store: one day, 40 triples around a ring of 40 parties.
func large(t testing.TB, n int) schema.Reading {
	day := schema.Day(schema.Date("2001-01-01").First().AddDate(0, 0, n))
	st := Story{ID: fmt.Sprintf("n%05d", n), Published: day}
	for i := range 40 {
		st.Says = append(st.Says, fmt.Sprintf("P:%d ACCUSE P:%d %s | asserted", i, (i+1)%40, day))
	}
	return st.Reading(t)
}

func asJSON[T any](t testing.TB, items []T) string {
	t.Helper()
	var b strings.Builder
	for _, v := range items {
		line(t, &b, "", v)
	}
	return b.String()
}
