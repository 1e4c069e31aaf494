// Package meantime reads the English part of the MEANTIME corpus (NewsReader, 120 Wikinews articles on business, CC BY 4.0, Fondazione
// Bruno Kessler, VU University Amsterdam and Universidad del País Vasco, 2015): its expressions of time with their values and its events
// with what its annotators say of their factuality. It is a judge from outside for extract/when and the status of acts: the corpus is about
// companies, not states, and neither rules nor lexicon were written on it.
package meantime

import (
	"encoding/xml"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"entente/schema"
)

// Document is an article with its annotation. Spans are half-open byte ranges of Article.Text.
type Document struct {
	Article schema.Article
	// Annotated is the end of the part whose expressions of time are all marked: the title and the first sentences.
	Annotated int
	Times     []Timex
	Events    []Event
}

// lastAnnotated is the number of the last sentence whose expressions of time are marked; 0 is the title, 1 the line of the date.
const lastAnnotated = 5

// Timex is a TIMEX3 of the text.
type Timex struct {
	Start, End int
	Type       string // DATE, TIME, DURATION or SET
	Value      string // as TimeML writes it
}

// Event is a mention of an event with its factuality, as the corpus writes it.
type Event struct {
	Start, End int
	Polarity   string // POS, NEG or UNDERSPECIFIED
	Certainty  string // CERTAIN, PROBABLE, POSSIBLE or UNDERSPECIFIED
	Time       string // FUTURE, NON_FUTURE or UNDERSPECIFIED
	Special    string // COND_IF_CLAUSE, COND_MAIN_CLAUSE, GEN or NONE
	POS        string // VERB, NOUN or OTHER
}

// Status is the event's factuality in the words of the schema: negative polarity is negated, what is only possible, probable or under a
// condition hypothetical, other future events future, certain ones asserted. ok is false where the annotators left it open.
func (e Event) Status() (s schema.Status, ok bool) {
	switch {
	case e.Polarity == "NEG":
		return schema.Negated, true
	case e.Certainty == "POSSIBLE", e.Certainty == "PROBABLE", strings.HasPrefix(e.Special, "COND"):
		return schema.Hypothetical, true
	case e.Time == "FUTURE":
		return schema.Future, true
	case e.Certainty == "CERTAIN" && e.Time == "NON_FUTURE":
		return schema.Asserted, true
	}
	return "", false
}

// file is a document in the XML of the CAT tool.
type file struct {
	ID     string `xml:"doc_id,attr"`
	URL    string `xml:"url,attr"`
	Tokens []struct {
		ID       string `xml:"t_id,attr"`
		Sentence int    `xml:"sentence,attr"`
		Text     string `xml:",chardata"`
	} `xml:"token"`
	Times []struct {
		anchors
		Type     string `xml:"type,attr"`
		Value    string `xml:"value,attr"`
		Function string `xml:"functionInDocument,attr"`
	} `xml:"Markables>TIMEX3"`
	Events []struct {
		anchors
		Polarity  string `xml:"polarity,attr"`
		Certainty string `xml:"certainty,attr"`
		Time      string `xml:"time,attr"`
		Special   string `xml:"special_cases,attr"`
		POS       string `xml:"pos,attr"`
	} `xml:"Markables>EVENT_MENTION"`
}

type anchors struct {
	Tokens []struct {
		ID string `xml:"t_id,attr"`
	} `xml:"token_anchor"`
}

// Load reads every XML file below dir, in the order of their names.
func Load(dir string) ([]Document, error) {
	names, err := filepath.Glob(filepath.Join(dir, "*", "*.xml"))
	if err != nil {
		return nil, fmt.Errorf("meantime: %w", err)
	}
	if len(names) == 0 {
		return nil, fmt.Errorf("meantime: no XML file in the folders of %s", dir)
	}
	slices.Sort(names)
	docs := make([]Document, 0, len(names))
	for _, name := range names {
		f, err := os.Open(name)
		if err != nil {
			return nil, fmt.Errorf("meantime: %w", err)
		}
		d, err := Read(f)
		f.Close()
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		docs = append(docs, d)
	}
	return docs, nil
}

// Read reads one document. The text is put together from the tokens: the title is a paragraph, the rest another; the line of the date is
// left out, its date is that of publication.
func Read(r io.Reader) (Document, error) {
	var f file
	if err := xml.NewDecoder(r).Decode(&f); err != nil {
		return Document{}, fmt.Errorf("meantime: %w", err)
	}
	if len(f.Tokens) == 0 {
		return Document{}, fmt.Errorf("meantime: document %q has no tokens", f.ID)
	}
	d := Document{Article: schema.Article{ID: "meantime-" + f.ID, Source: "Wikinews", URL: f.URL}}
	dateline := map[string]bool{}
	for _, x := range f.Times {
		if x.Function == "CREATION_TIME" {
			d.Article.Published = created(x.Value)
			for _, t := range x.Tokens {
				dateline[t.ID] = true
			}
		}
	}
	text, spans := f.join(dateline)
	d.Article.Text = text
	for _, t := range f.Tokens {
		if t.Sentence <= lastAnnotated {
			d.Annotated = max(d.Annotated, spans[t.ID][1])
		}
	}
	for _, x := range f.Times {
		if start, end, ok := x.span(spans); ok && x.Function != "CREATION_TIME" {
			d.Times = append(d.Times, Timex{start, end, x.Type, x.Value})
		}
	}
	for _, x := range f.Events {
		if start, end, ok := x.span(spans); ok {
			d.Events = append(d.Events, Event{start, end, x.Polarity, x.Certainty, x.Time, x.Special, x.POS})
		}
	}
	slices.SortStableFunc(d.Times, func(a, b Timex) int { return a.Start - b.Start })
	slices.SortStableFunc(d.Events, func(a, b Event) int { return a.Start - b.Start })
	return d, nil
}

// created is the date of publication: one document writes it with the day first.
func created(value string) schema.Date {
	if p := strings.Split(value, "-"); len(p) == 3 && len(p[2]) == 4 {
		value = p[2] + "-" + p[1] + "-" + p[0]
	}
	d, err := schema.ParseDate(value)
	if err != nil {
		return ""
	}
	return d
}

// span is the byte range from the first to the last token, false for tokens that are not in the text.
func (a anchors) span(spans map[string][2]int) (start, end int, ok bool) {
	for _, t := range a.Tokens {
		s, in := spans[t.ID]
		if !in {
			return 0, 0, false
		}
		if !ok || s[0] < start {
			start = s[0]
		}
		end, ok = max(end, s[1]), true
	}
	return start, end, ok
}

var plain = map[string]string{"``": `"`, "''": `"`, "`": "'", "#": "£"}

// join writes the tokens that are not in drop as running text and returns it with the byte range of each token.
func (f *file) join(drop map[string]bool) (string, map[string][2]int) {
	var b strings.Builder
	spans := map[string][2]int{}
	last, glue := -1, true
	title := f.Tokens[0].Sentence
	for _, t := range f.Tokens {
		if drop[t.ID] {
			continue
		}
		w := strings.TrimSpace(t.Text)
		open := w == "``" || w == "`" || w == "(" || w == "[" || w == "$" || w == "#"
		if p, ok := plain[w]; ok {
			w = p
		}
		switch {
		case last == title && t.Sentence != title:
			b.WriteString("\n\n")
		case glue || last == t.Sentence && closes(t.Text):
		default:
			b.WriteByte(' ')
		}
		spans[t.ID] = [2]int{b.Len(), b.Len() + len(w)}
		b.WriteString(w)
		last, glue = t.Sentence, open
	}
	return b.String(), spans
}

// closes reports whether no blank stands before the token.
func closes(w string) bool {
	switch w {
	case ",", ".", ";", ":", "?", "!", ")", "]", "%", "''", "'s", "'", "n't", "'re", "'ve", "'ll", "'d", "'m":
		return true
	}
	return false
}
