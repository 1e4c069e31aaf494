package graphtest

import (
	"fmt"
	"strings"
	"testing"

	"entente/graph"
)

// find lists what a search yields: "entity RUS Russia", "quote a/1 20-40 2 triples".
func find(t testing.TB, s graph.Store, words string, change ...func(*graph.Search)) []string {
	t.Helper()
	searcher, ok := s.(graph.Searcher)
	if !ok {
		t.Fatalf("%T is not a graph.Searcher", s)
	}
	q, err := graph.ParseSearch(words)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range change {
		c(&q)
	}
	var out []string
	for _, h := range collect(t, searcher.Search(t.Context(), q)) {
		line := fmt.Sprintf("%s %s %s", h.Kind, h.ID, h.Text)
		if h.Kind == graph.HitQuote {
			line += fmt.Sprintf(" %d-%d of %d", h.Start, h.End, len(h.Triples))
		}
		out = append(out, line)
	}
	return out
}

func found(t testing.TB, s graph.Store, words string, wanted ...string) {
	t.Helper()
	equal(t, "what is found for "+words, find(t, s, words), wanted)
}

var searchChecks = []check{
	{"SearchNames", "entities are found by words of one or several of their names, whatever the case and accents; who is named just so comes first", func(t *testing.T, open opener) {
		s := open(t)
		upsert(t, s, Story{ID: "a", Names: map[string]string{"RUS": "Russia", "SUN": "Soviet Union", "X:rus": "Friends of Russia", "m-s": "Mikheil Saakashvíli"},
			Says: []string{"RUS ACCUSE SUN 2010 | asserted", "X:rus ACCUSE m-s 2010 | asserted"}})
		found(t, s, "russia", "entity RUS Russia", "entity X:rus Friends of Russia")
		found(t, s, "RUSSIA friends", "entity X:rus Friends of Russia")
		found(t, s, "saakashvili", "entity m-s Mikheil Saakashvíli")
		found(t, s, "SÁAK*", "entity m-s Mikheil Saakashvíli")
		found(t, s, `"of russia"`, "entity X:rus Friends of Russia")
		found(t, s, `"russia of"`)
		found(t, s, "russ")
		merge(t, s, "SUN", "RUS")
		found(t, s, "soviet", "entity RUS Russia")
		found(t, s, `"soviet union"`, "entity RUS Russia")
		found(t, s, "russia soviet", "entity RUS Russia")
		found(t, s, `"russia soviet"`)
		split(t, s, "SUN")
		found(t, s, "soviet", "entity SUN Soviet Union")
	}},
	{"SearchTexts", "titles and quotes are found in the order of publication, a quote once for all its triples, and what is forgotten is not found", func(t *testing.T, open opener) {
		s := open(t)
		older := Story{ID: "b", Published: "2010-01-02", Text: "Übergang", Says: []string{"RUS ACCUSE NATO 2010 | asserted", "NATO PRAISE RUS 2010 | asserted"}}
		older.Says[1] = strings.Replace(older.Says[1], "PRAISE", "REJECT", 1)
		newer := Story{ID: "a", Published: "2010-02-02", Text: "ubergang's end", Says: []string{"RUS ACCUSE NATO 2010 | asserted"}}
		undated := Story{ID: "0", Says: []string{"RUS ACCUSE NATO 2010 | asserted"}}
		r := older.Reading(t)
		e := r.Triples[0].Evidence[0]
		same := &r.Triples[1].Evidence[0]
		same.Start, same.End, same.Quote = e.Start, e.End, e.Quote
		r.Normalize()
		if _, err := s.Upsert(t.Context(), r, newer.Reading(t), undated.Reading(t)); err != nil {
			t.Fatal(err)
		}
		found(t, s, "ubergang sentence", "quote b Sentence 1 of b tells of Übergang. 0-35 of 2", "quote a Sentence 1 of a tells of ubergang's end. 0-40 of 1")
		found(t, s, "about a", "article a About a")
		found(t, s, "about", "article b About b", "article a About a", "article 0 About 0")
		only := func(q *graph.Search) { q.Kinds, q.Limit = []graph.HitKind{graph.HitArticle}, 2 }
		equal(t, "two articles", find(t, s, "about", only), []string{"article b About b", "article a About a"})
		first := func(q *graph.Search) { q.Limit = 1 }
		equal(t, "one quote", find(t, s, "ubergang", first), []string{"quote b Sentence 1 of b tells of Übergang. 0-35 of 2"})
		upsert(t, s, Story{ID: "a", Published: "2010-02-02", Text: "something else", Says: []string{"RUS ACCUSE NATO 2010 | asserted"}})
		forget(t, s, "b")
		found(t, s, "ubergang")
		found(t, s, "about", "article a About a", "article 0 About 0")
		found(t, s, `"something else"`, "quote a Sentence 1 of a tells of something else. 0-40 of 1")
	}},
	{"SearchHostile", "words that mean something to an engine are words", func(t *testing.T, open opener) {
		s := open(t)
		upsert(t, s, Story{ID: "a", Text: "AND or NOT near - the * of it", Says: []string{"RUS ACCUSE NATO 2010 | asserted"}})
		quotes := func(q *graph.Search) { q.Kinds = []graph.HitKind{graph.HitQuote} }
		for words, n := range map[string]int{
			"and": 1, "OR": 1, "NOT": 1, "near": 1, `"and or not"`: 1, "the": 1, "of": 1, "AND AND AND": 1, "words:near near": 0, "near^2 near~": 0, "NOT sentence": 1,
		} {
			equal(t, "quotes found for "+words, len(find(t, s, words, quotes)), n)
		}
		for _, words := range []string{`x') or 1=1 --`, `a:b {c} [d] (e) ~ \ / ? +`, "\x00 a", "\xff a"} {
			find(t, s, words)
		}
	}},
}
