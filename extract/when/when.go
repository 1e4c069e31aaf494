// Package when finds expressions of time and the dates they stand for: a grammar over tokens, since the general date libraries guess
// where news text is exact. The way of a sentence:
//
//  1. at each token the rules are tried, the longest reading first
//  2. an absolute expression ("8 December 2010", "August, 1985") stands for itself
//  3. a relative one ("on Wednesday", "last month") is worked out from the day of publication; without it nothing relative is resolved
//  4. an anchored one ("the next day", "a year earlier") is worked out from the date before it in the same paragraph or the one before
//  5. a time of the day is the day told in its sentence, else the last one of its paragraph, else that of publication
//
// An expression whose meaning hangs on the tense of its clause (weekdays, a month without a year) has both readings: Date looks back,
// Other ahead.
package when

import (
	"cmp"
	"slices"
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
		s := &doc.Sentences[i]
		f.words = f.words[:0]
		for _, t := range s.Tokens {
			f.words = append(f.words, strings.ToLower(t.Text))
		}
		f.tokens, f.sentence, f.paragraph = s.Tokens, i, s.Paragraph
		doc.Times = append(doc.Times, f.all()...)
	}
}

// finder reads one sentence after the other. published is the zero time where it is not known to the day.
type finder struct {
	published time.Time
	words     []string // lower case
	tokens    []extract.Token
	sentence  int
	paragraph int
	end       int // behind the last expression of the sentence
	anchors   anchors
}

// all reads the sentence from left to right. A time of the day says nothing more where the day is told.
func (f *finder) all() []extract.Time {
	var out, clocks []extract.Time
	f.end = 0
	for at := 0; at < len(f.words); {
		x, n := f.read(at)
		ofDay := false
		if n == 0 {
			x, n, ofDay = f.clock(at)
		}
		if n == 0 {
			at++
			continue
		}
		x.Sentence, x.First, x.Last = f.sentence, at-f.article(at), at+n
		x.Link = cmp.Or(x.Link, f.link(at))
		switch {
		case ofDay:
			clocks = append(clocks, x)
		case x.Date != "" || x.Other != "":
			out = append(out, x)
			if f.skip(at+n-1, "after", "before") == 0 {
				f.setAnchor(x)
			}
		}
		at += n
		f.end = at
	}
	if len(out) == 0 {
		return clocks
	}
	return out
}

// article is 1 where "the" before token at belongs to the expression: "the past week", "the 1990s", but not "the December 8 meeting".
func (f *finder) article(at int) int {
	_, m := f.monthAt(at)
	_, d := f.dayAt(at)
	_, y := f.yearAt(at)
	_, w := weekdays[f.words[at]]
	if m || d && len(f.words[at]) <= 2 || y || w {
		return 0
	}
	return f.skip(at-1, "the")
}

// read tries the rules at token at and returns the expression with the number of its tokens, 0 for none.
func (f *finder) read(at int) (extract.Time, int) {
	for _, rule := range []func(int) (extract.Time, int){
		f.isoDate, f.numeric, f.weekdayDate, f.dayMonth, f.monthDay, f.ordinalDay, f.weekFrom, f.months, f.part, f.quarter, f.yearQuarter, f.season, f.anchored, f.counted, f.lasting, f.nextUnits,
		f.relativeUnit, f.weekday, f.word, f.decade, f.century, f.year,
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

// skip is 1 where token i is one of the words, else 0.
func (f *finder) skip(i int, words ...string) int {
	w := f.wordAt(i)
	if slices.Contains(words, w) {
		return 1
	}
	return 0
}

func (f *finder) upos(i int) string {
	if i < 0 || i >= len(f.tokens) {
		return ""
	}
	return f.tokens[i].UPOS
}

// links are the words before an expression that say how it bounds the act. "From January 1" is where something begins: a day like others.
var links = map[string]string{
	"since": "since", "until": "until", "till": "until", "by": "until", "before": "before", "after": "after", "from": "on", "in": "on", "on": "on", "at": "on",
	"during": "on",
}

// link is how the word before the expression relates the act to it.
func (f *finder) link(at int) string {
	for i := at - 1; i >= 0 && i >= at-4; i-- {
		w := f.words[i]
		if w == "at" && f.wordAt(i+1) == "least" {
			continue // "since at least 1999"
		}
		if l, ok := links[w]; ok {
			return l
		}
		switch w {
		case "the", "of", "about", "around", "least":
			continue
		}
		break
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
