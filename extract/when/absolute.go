package when

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"entente/extract"
	"entente/schema"
)

var months = map[string]time.Month{
	"january": 1, "february": 2, "march": 3, "april": 4, "may": 5, "june": 6, "july": 7, "august": 8, "september": 9, "october": 10, "november": 11,
	"december": 12, "jan.": 1, "feb.": 2, "mar.": 3, "apr.": 4, "jun.": 6, "jul.": 7, "aug.": 8, "sept.": 9, "sep.": 9, "oct.": 10, "nov.": 11, "dec.": 12,
	"jan": 1, "feb": 2, "apr": 4, "aug": 8, "sept": 9, "oct": 10, "nov": 11, "dec": 12,
}

// monthAt is the month named at token i. "May" and "March" must be capitalised, and are no month where the tagger sees a verb.
func (f *finder) monthAt(i int) (time.Month, bool) {
	m, ok := months[f.wordAt(i)]
	if !ok {
		return 0, false
	}
	if w := f.words[i]; w == "may" || w == "march" {
		t := f.tokens[i]
		return m, t.Text[0] < 'a' && (t.UPOS == "" || t.UPOS == "PROPN" || t.UPOS == "NOUN")
	}
	return m, true
}

// dayAt is the day of a month written at token i: "8", "8th".
func (f *finder) dayAt(i int) (int, bool) {
	w := f.wordAt(i)
	for _, s := range []string{"st", "nd", "rd", "th"} {
		w = strings.TrimSuffix(w, s)
	}
	d, err := strconv.Atoi(w)
	return d, err == nil && len(w) <= 2 && d >= 1 && d <= 31
}

// yearAt is the year written at token i, 1800 to 2099.
func (f *finder) yearAt(i int) (int, bool) {
	w := f.wordAt(i)
	y, err := strconv.Atoi(w)
	return y, err == nil && len(w) == 4 && y >= 1800 && y < 2100
}

func date(y int, m time.Month, d int) (schema.Date, bool) {
	t := time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
	return schema.Day(t), t.Day() == d
}

func (f *finder) isoDate(at int) (extract.Time, int) {
	w := f.words[at]
	if len(w) == 10 && w[4] == '-' {
		if d, err := schema.ParseDate(w); err == nil {
			return explicit(d), 1
		}
	}
	return extract.Time{}, 0
}

// dayMonth: "8 December 2010", "20 of January".
func (f *finder) dayMonth(at int) (extract.Time, int) {
	d, ok := f.dayAt(at)
	if !ok {
		return extract.Time{}, 0
	}
	n := 1
	if f.wordAt(at+n) == "of" {
		n++
	}
	m, ok := f.monthAt(at + n)
	if !ok {
		return extract.Time{}, 0
	}
	n++
	return f.withYear(at, n, func(y int) (schema.Date, bool) { return date(y, m, d) }, true)
}

// monthDay: "December 8, 2010", "Nov. 19-20", "April 29 to May 5".
func (f *finder) monthDay(at int) (extract.Time, int) {
	m, ok := f.monthAt(at)
	if !ok {
		return extract.Time{}, 0
	}
	d, ok := f.dayAt(at + 1)
	if !ok {
		return extract.Time{}, 0
	}
	n := 2
	m2, d2 := m, d
	if w := f.wordAt(at + n); w == "-" || w == "to" || w == "through" || w == "until" {
		if mm, ok := f.monthAt(at + n + 1); ok {
			if dd, ok := f.dayAt(at + n + 2); ok {
				m2, d2, n = mm, dd, n+3
			}
		} else if dd, ok := f.dayAt(at + n + 1); ok && dd > d {
			d2, n = dd, n+2
		}
	}
	return f.withYear(at, n, func(y int) (schema.Date, bool) {
		from, ok := date(y, m, d)
		to, ok2 := date(y, m2, d2)
		if !ok || !ok2 || to < from {
			return "", false
		}
		return schema.Between(from, to), true
	}, true)
}

// monthYear: "March 1985", "August, 1985", "November".
func (f *finder) monthYear(at int) (extract.Time, int) {
	m, ok := f.monthAt(at)
	if !ok {
		return extract.Time{}, 0
	}
	return f.withYear(at, 1, func(y int) (schema.Date, bool) { return schema.Date(fmt.Sprintf("%04d-%02d", y, m)), true }, false)
}

// withYear completes an expression of n tokens by the year that follows it or, without one, by the years before and after publication in
// which it falls nearest. A lone month or day without a year is relative.
func (f *finder) withYear(at, n int, of func(int) (schema.Date, bool), exact bool) (extract.Time, int) {
	i := at + n
	if f.wordAt(i) == "," {
		i++
	}
	if w := f.wordAt(i); w == "last" && f.wordAt(i+1) == "year" && !f.published.IsZero() {
		if d, ok := of(f.published.Year() - 1); ok {
			return relative(d, ""), i + 2 - at
		}
	}
	if y, ok := f.yearAt(i); ok {
		if d, ok := of(y); ok {
			return explicit(d), i + 1 - at
		}
	}
	if f.published.IsZero() {
		return extract.Time{}, 0
	}
	y := f.published.Year()
	back, ok1 := of(y)
	ahead, ok2 := back, ok1
	if ok1 && back.First().After(f.published) {
		back, ok1 = of(y - 1)
		// a date of this year still to come is more often meant than last year's: within three months, or where the text looks ahead
		if exact && ok2 && ahead.First().Sub(f.published) < 92*24*time.Hour {
			back, ok1 = ahead, ok2
		}
	} else if ok1 && ahead.Last().Before(f.published) {
		ahead, ok2 = of(y + 1)
	}
	if !ok1 || !ok2 {
		return extract.Time{}, 0
	}
	return relative(back, ahead), n
}

var seasons = map[string][2]int{"spring": {3, 5}, "summer": {6, 8}, "autumn": {9, 11}, "fall": {9, 11}}

// season: "summer 1999", "the third quarter of 2010", "early 2011", "the end of 1990", "the beginning of March".
func (f *finder) season(at int) (extract.Time, int) {
	w := f.words[at]
	n := 1
	if f.wordAt(at+n) == "of" {
		n++
	}
	y, ok := f.yearAt(at + n)
	if !ok {
		return extract.Time{}, 0
	}
	n++
	if s, ok := seasons[w]; ok {
		return explicit(schema.Date(fmt.Sprintf("%04d-%02d/%04d-%02d", y, s[0], y, s[1]))), n
	}
	switch strings.TrimSuffix(w, "-") {
	case "early", "beginning", "start":
		return explicit(schema.Date(fmt.Sprintf("%04d-01/%04d-04", y, y))), n
	case "mid", "middle":
		return explicit(schema.Date(fmt.Sprintf("%04d-05/%04d-08", y, y))), n
	case "late", "end":
		return explicit(schema.Date(fmt.Sprintf("%04d-09/%04d-12", y, y))), n
	}
	return extract.Time{}, 0
}

// decade: "the 1990s".
func (f *finder) decade(at int) (extract.Time, int) {
	w := f.words[at]
	if len(w) == 5 && strings.HasSuffix(w, "0s") {
		if y, err := strconv.Atoi(w[:4]); err == nil && y >= 1800 && y < 2100 {
			return explicit(schema.Date(fmt.Sprintf("%04d/%04d", y, y+9))), 1
		}
	}
	return extract.Time{}, 0
}

// year: a bare year, or two: "1991-1995", "between 1985 and 1986". It must follow a word that years follow, or stand at the head of the
// sentence: "2000 soldiers" is none.
func (f *finder) year(at int) (extract.Time, int) {
	y, ok := f.yearAt(at)
	if !ok {
		return extract.Time{}, 0
	}
	if w := f.wordAt(at + 1); w == "-" || w == "to" || w == "and" && f.wordAt(at-1) == "between" {
		if z, ok := f.yearAt(at + 2); ok && z > y {
			return explicit(schema.Date(fmt.Sprintf("%04d/%04d", y, z))), 3
		}
	}
	switch f.wordAt(at - 1) {
	case "in", "since", "until", "till", "by", "from", "during", "of", "for", "late", "early", "before", "after", "mid", "calendar", "to", "than", "(", "-", ",", "through", "the":
		if at+1 < len(f.tokens) && f.tokens[at+1].UPOS == "NOUN" && f.wordAt(at-1) != "in" && f.wordAt(at-1) != "the" {
			return extract.Time{}, 0
		}
		return explicit(schema.Date(fmt.Sprintf("%04d", y))), 1
	}
	return extract.Time{}, 0
}
