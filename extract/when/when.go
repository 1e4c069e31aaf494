// Package when finds expressions of time and the dates they stand for: a grammar over tokens, since the general date libraries guess
// where news text is exact. The way of a sentence:
//
//  1. at each token the rules are tried, the longest reading first
//  2. an absolute expression ("8 December 2010", "August, 1985") stands for itself
//  3. a relative one ("on Wednesday", "last month") is worked out from the day of publication; without it nothing relative is resolved
//
// An expression whose meaning hangs on the tense of its clause (weekdays, a month without a year) has both readings: Date looks back,
// Other ahead.
package when

import (
	"strings"
	"time"

	"entente/extract"
	"entente/schema"
)

// Find fills doc.Times.
func Find(doc *extract.Doc) {
	doc.Times = doc.Times[:0]
	f := finder{}
	if doc.Article.Published.Precision() == schema.PrecisionDay {
		f.published = doc.Article.Published.First()
	}
	for i := range doc.Sentences {
		f.words = f.words[:0]
		for _, t := range doc.Sentences[i].Tokens {
			f.words = append(f.words, strings.ToLower(t.Text))
		}
		f.tokens = doc.Sentences[i].Tokens
		for at := 0; at < len(f.words); {
			x, n := f.read(at)
			if n == 0 {
				at++
				continue
			}
			x.Sentence, x.First, x.Last = i, at, at+n
			x.Link = f.link(at)
			doc.Times = append(doc.Times, x)
			at += n
		}
	}
}

// finder reads one sentence. published is the zero time where it is not known to the day.
type finder struct {
	published time.Time
	words     []string // lower case
	tokens    []extract.Token
}

// read tries the rules at token at and returns the expression with the number of its tokens, 0 for none.
func (f *finder) read(at int) (extract.Time, int) {
	for _, rule := range []func(int) (extract.Time, int){
		f.isoDate, f.dayMonth, f.monthDay, f.monthYear, f.season, f.counted, f.relativeUnit, f.weekday, f.word, f.decade, f.year,
	} {
		if x, n := rule(at); n > 0 {
			return x, n
		}
	}
	return extract.Time{}, 0
}

func (f *finder) wordAt(i int) string {
	if i < 0 || i >= len(f.words) {
		return ""
	}
	return f.words[i]
}

var links = map[string]string{"since": "since", "from": "since", "until": "until", "till": "until", "by": "until", "before": "before", "after": "after", "in": "on", "on": "on", "at": "on", "during": "on"}

// link is how the word before the expression relates the act to it.
func (f *finder) link(at int) string {
	for i := at - 1; i >= 0 && i >= at-3; i-- {
		if l, ok := links[f.words[i]]; ok {
			return l
		}
		if f.words[i] != "the" && f.words[i] != "of" {
			break
		}
	}
	return "on"
}

func explicit(d schema.Date) extract.Time { return extract.Time{Date: d, Basis: schema.Explicit} }

func relative(d, other schema.Date) extract.Time {
	if d == other {
		other = ""
	}
	return extract.Time{Date: d, Other: other, Basis: schema.Relative}
}

func day(t time.Time) schema.Date   { return schema.Day(t) }
func month(t time.Time) schema.Date { return schema.Date(t.Format("2006-01")) }
func year(t time.Time) schema.Date  { return schema.Date(t.Format("2006")) }

// week is the range from Monday to Sunday of t's week.
func week(t time.Time) schema.Date {
	monday := t.AddDate(0, 0, -(int(t.Weekday())+6)%7)
	return schema.Between(day(monday), day(monday.AddDate(0, 0, 6)))
}
