package when

import (
	"strings"
	"testing"
	"time"

	"entente/extract"
	"entente/schema"
)

// The day of publication of these cases is Thursday 2010-12-09.
func TestFind(t *testing.T) {
	for _, c := range []struct{ text, want, other string }{
		{"signed on 8 December 2010", "2010-12-08", ""},
		{"signed on December 8 , 2010", "2010-12-08", ""},
		{"a shipment in August , 1985", "1985-08", ""},
		{"talks in March 1985", "1985-03", ""},
		{"will go into effect from January 1", "2010-01-01", "2011-01-01"},
		{"met on Nov. 19 - 20", "2010-11-19/2010-11-20", "2011-11-19/2011-11-20"},
		{"April 29 to May 5", "2010-04-29/2010-05-05", "2011-04-29/2011-05-05"},
		{"said on Wednesday", "2010-12-08", "2010-12-15"},
		{"said Thursday", "2010-12-09", ""},
		{"last Friday", "2010-12-03", ""},
		{"next Monday", "2010-12-13", ""},
		{"a summit last month", "2010-11", ""},
		{"said this week", "2010-12-06/2010-12-09", "2010-12-06/2010-12-12"},
		{"talks next week", "2010-12-13/2010-12-19", ""},
		{"in talks last year", "2009", ""},
		{"last August", "2010-08", ""},
		{"two weeks ago", "2010-11-22/2010-11-28", ""},
		{"in 2008", "2008", ""},
		{"early 2011", "2011-01/2011-04", ""},
		{"the war of 1991 - 1995", "1991/1995", ""},
		{"yesterday", "2010-12-08", ""},
		{"over the past week", "2010-12-02/2010-12-09", ""},
		{"2000 soldiers", "", ""},
		{"it may march", "", ""},
	} {
		doc := hand(c.text, "2010-12-09")
		Find(doc)
		got, other := schema.Date(""), schema.Date("")
		if len(doc.Times) > 0 {
			got, other = doc.Times[0].Date, doc.Times[0].Other
		}
		if string(got) != c.want || string(other) != c.other {
			t.Errorf("%s: got %q, %q, want %q, %q", c.text, got, other, c.want, c.other)
		}
	}
}

func TestNothingRelativeWithoutPublication(t *testing.T) {
	doc := hand("on Wednesday , last month , two days ago and in March , but in May 2010", "")
	Find(doc)
	if len(doc.Times) != 1 || doc.Times[0].Date != "2010-05" {
		t.Errorf("got %+v, want the one absolute date", doc.Times)
	}
}

// hand is a document of one sentence whose tokens are the words of text.
func hand(text string, published schema.Date) *extract.Doc {
	d := &extract.Doc{Article: schema.Article{Text: text, Published: published}}
	s := extract.Sentence{End: len(text)}
	at := 0
	for w := range strings.FieldsSeq(text) {
		at += strings.Index(text[at:], w)
		s.Tokens = append(s.Tokens, extract.Token{Start: at, End: at + len(w), Text: w, Head: -1})
		at += len(w)
	}
	d.Sentences = []extract.Sentence{s}
	return d
}

func FuzzFind(f *testing.F) {
	f.Add("on 31 February 2010 and last 99 May", []byte{1, 2, 3})
	f.Add("", []byte("the next day, two years later"))
	words := strings.Fields("the a of in on and to - , ( ) ' 's 2 31 29 99 199 1800 2099 '82 80s 1990s 1987/88 February March May mid-May December Monday Friday last next this " +
		"previous following same that day days week month year years decade decades quarter half first third early late end beginning later earlier ago before after " +
		"past coming weekend yesterday tomorrow night 18:00 GMT p.m. 2400 winter summer for have been hours 15th 2010-02-31 2010-02-28 Q4 period")
	f.Fuzz(func(t *testing.T, text string, picks []byte) {
		for _, p := range picks[:min(len(picks), 64)] {
			text += " " + words[int(p)%len(words)]
		}
		doc := hand(text, "2010-12-09")
		Find(doc)
		last := 0
		for _, x := range doc.Times {
			if !x.Date.Valid() || !x.Other.Valid() || x.First >= x.Last || x.Last > len(doc.Sentences[0].Tokens) || x.First < last || x.Date == "" && x.Other == "" {
				t.Errorf("%q: %+v", text, x)
			}
			last = x.Last
		}
	})
}

func split(tag string) (upos, xpos string) {
	upos, xpos, _ = strings.Cut(tag, " ")
	return upos, xpos
}

// TestLong: a sentence without end is read in time that grows with its length.
func TestLong(t *testing.T) {
	doc := hand(strings.Repeat("have been meeting for two days in 1999 and 1999 and later that day at 18:00 on Monday and Tuesday , ", 2000), "2010-12-09")
	start := time.Now()
	Find(doc)
	if d := time.Since(start); d > 5*time.Second || len(doc.Times) == 0 {
		t.Errorf("%d tokens: %d expressions in %s", len(doc.Sentences[0].Tokens), len(doc.Times), d)
	}
}
