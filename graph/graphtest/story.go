package graphtest

import (
	"fmt"
	"strings"
	"testing"
	"unicode"

	"entente/schema"
)

// Story is a made article with what an extractor reads in it, in short form. Its text is sentences that depend on ID and Text alone, so
// that two stories of one ID and Text can differ in all they say.
type Story struct {
	ID        string
	Published schema.Date
	By        string // extractor, "rules" where empty
	Version   string // of the extractor, "1" where empty
	Text      string // what the sentences speak of; another Text is another article text
	Source    string
	// Says are the triples, each "SUBJECT RELATION OBJECT [date]" as schema.ParseTriple reads it (undated ones get the article's day),
	// then " | ", a status and key=value as schema.ParseEvidence reads them. The n-th quotes the n-th sentence of the text.
	//
	//	RUS ACCUSE NATO 2010-12-08 | negated speaker=dmitry-rogozin confidence=0.5
	Says []string
	// Names gives entities other names than their ids: "RUS": "Russia".
	Names map[string]string
}

const sentences = 60

// Reading is the story as an extractor would hand it over: normalized, and it passes Check.
func (s Story) Reading(t testing.TB) schema.Reading {
	t.Helper()
	r := schema.Reading{Extractor: schema.Extractor{Name: or(s.By, "rules"), Version: or(s.Version, "1")}}
	r.Article = schema.Article{ID: s.ID, Title: "About " + s.ID, Published: s.Published, Source: or(s.Source, "Wire"), URL: "https://news.example/" + s.ID}
	var text strings.Builder
	var spans [sentences][2]int
	for i := range spans {
		spans[i][0] = text.Len()
		fmt.Fprintf(&text, "Sentence %d of %s tells of %s.", i+1, s.ID, or(s.Text, "that"))
		spans[i][1] = text.Len()
		text.WriteString("\n")
	}
	r.Article.Text = text.String()
	ids := map[string]bool{}
	for i, line := range s.Says {
		tr, ev := s.parse(t, line)
		ev.Start, ev.End = spans[i][0], spans[i][1]
		ev.Quote = r.Article.Text[ev.Start:ev.End]
		tr.Evidence = []schema.Evidence{ev}
		r.Triples = append(r.Triples, tr)
		for _, id := range append([]string{tr.Subject, tr.Object, ev.Speaker, ev.Agent, ev.ObjectAgent, ev.Initiator, ev.Place}, ev.Mediators...) {
			ids[id] = id != ""
		}
	}
	for id, named := range ids {
		if named {
			r.Entities = append(r.Entities, schema.Entity{ID: id, Kind: kindOf(id), Name: or(s.Names[id], "Name of "+id)})
		}
	}
	r.Normalize()
	if err := r.Check(); err != nil {
		t.Fatalf("the story is wrong: %v", err)
	}
	return r
}

func (s Story) parse(t testing.TB, line string) (schema.Triple, schema.Evidence) {
	t.Helper()
	identity, says, ok := strings.Cut(line, " | ")
	tr, err := schema.ParseTriple(identity)
	if err != nil || !ok {
		t.Fatalf("story %q: want TRIPLE | STATUS ...: %v", line, err)
	}
	tr = schema.New(tr.Subject, tr.Relation, tr.Object, tr.Role, tr.Date, s.Published, s.ID)
	status, attributes, _ := strings.Cut(says, " ")
	ev, err := schema.ParseEvidence(status + " 0-1 " + attributes + ` "x"`)
	if err != nil {
		t.Fatalf("story %q: %v", line, err)
	}
	return tr, ev
}

// kindOf guesses the kind from the form of an id; the guess only has to be the same each time.
func kindOf(id string) schema.Kind {
	switch {
	case strings.Contains(id, "/"):
		return schema.Place
	case strings.Contains(id, ":"):
		return schema.Group
	case strings.ContainsFunc(id, unicode.IsLower):
		return schema.Person
	case len(id) == 3:
		return schema.State
	}
	return schema.Organization
}

func or(s, other string) string {
	if s == "" {
		return other
	}
	return s
}
