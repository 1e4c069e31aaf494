package when

import (
	"strings"
	"time"

	"entente/extract"
	"entente/schema"
)

// anchor is the last date that the text told, from which "the next day" counts.
type anchor struct {
	x                   extract.Time
	paragraph, sentence int
}

// anchors are the last dates known to the day, to the month or better, and to the year or better: "a day earlier" counts from a day, whatever
// years were told since.
type anchors struct{ day, month, year anchor }

// setAnchor makes x the anchor, unless it bounds something: "since 1990".
func (f *finder) setAnchor(x extract.Time) {
	if x.Date == "" || x.Link == "since" || x.Link == "until" {
		return
	}
	a := anchor{x, f.paragraph, f.sentence}
	f.anchors.year = a
	if n := fineness(x.Date); n >= 2 {
		f.anchors.month = a
		if n == 3 {
			f.anchors.day = a
		}
	}
}

// fineness is 3 for a date known to the day or a range of days, 2 for months, 1 for years.
func fineness(d schema.Date) int {
	switch from, _, _ := strings.Cut(string(d), "/"); len(from) {
	case 10:
		return 3
	case 7:
		return 2
	case 4:
		return 1
	}
	return 0
}

// anchorFor is the date that a unit counts from.
func (f *finder) anchorFor(unit string) anchor {
	switch unit {
	case "month", "months":
		return f.anchors.month
	case "year", "years", "decade", "decades", "period":
		return f.anchors.year
	}
	return f.anchors.day
}

// near reports whether one can count from a: in the paragraph or the one before.
func (f *finder) near(a anchor) bool {
	return a.x.Date != "" && !f.published.IsZero() && f.paragraph-a.paragraph <= 1
}

// anchored: "the same day", "that month", "the next day", "the following week", "the previous year", "the day before", "two days later", "a year earlier".
func (f *finder) anchored(at int) (extract.Time, int) {
	if !f.near(f.anchors.year) && !f.near(f.anchors.day) {
		return extract.Time{}, 0
	}
	if f.skip(at, "later", "earlier", "late", "early") == 1 && f.wordAt(at+1) == "in" && f.wordAt(at+2) == "the" && f.wordAt(at+3) == "day" {
		return f.shifted("day", 0, 4)
	}
	if f.skip(at, "later", "earlier") == 1 && f.skip(at+1, "that", "the") == 1 {
		if x, n := f.anchored(at + 1 + f.skip(at+1, "the")); n > 0 && f.skip(at+1+f.skip(at+1, "the"), "that", "same") == 1 {
			return x, n + 1 + f.skip(at+1, "the")
		}
	}
	unit := f.wordAt(at + 1)
	switch w := f.wordAt(at); {
	case w == "same" && f.yearAgo(at+2) > 0 && (unit == "period" || unit == "month"):
		return relative(each(f.anchorFor(unit).x, yearBefore).Date, ""), 2 + f.yearAgo(at+2)
	case f.skip(at+2, "-", "ago") == 1:
		return extract.Time{}, 0 // "the same year-ago period"
	case w == "same" || w == "that" && f.upos(at) != "SCONJ":
		return f.shifted(unit, 0, 2+f.partOfDay(at+2))
	case w == "following", w == "next" && (unit == "day" || f.partOfDay(at+1) == 1) && f.wordAt(at-1) == "the":
		return f.shifted(unit, 1, 2)
	case w == "previous" && (unit == "day" || f.anchorFor(unit).paragraph == f.paragraph), w == "preceding":
		return f.shifted(unit, -1, 2)
	case f.wordAt(at-1) == "the" && f.ends(at+2):
		switch unit {
		case "before", "earlier", "previous":
			return f.shifted(w, -1, 2)
		case "after", "later":
			return f.shifted(w, 1, 2)
		}
	}
	return f.distant(at, unit)
}

// distant: "two days later", "a year earlier". What follows in "on Friday, a day after the alliance met" is another act, whose day is counted from the
// one told before it in the sentence, in the other direction.
func (f *finder) distant(at int, unit string) (extract.Time, int) {
	n, ok := number(f.wordAt(at))
	w := f.wordAt(at + 2)
	if w == "earlier" || w == "before" {
		n = -n
	}
	if !ok || f.skip(at+2, "earlier", "before", "later", "after") == 0 || f.wordAt(at+3) == "than" {
		return extract.Time{}, 0
	}
	if (w == "before" || w == "after") && !f.ends(at+3) {
		if a := f.anchorFor(unit); a.sentence != f.sentence || f.end == 0 || f.wordAt(at-1) != "," {
			return extract.Time{}, 0
		}
		n = -n
	}
	return f.shifted(unit, n, 3)
}

// yearAgo is the number of tokens of "a year earlier", "a year ago", "of last year" at i.
func (f *finder) yearAgo(i int) int {
	of := f.skip(i, "of", "in")
	j := i + of
	j += f.skip(j, "the")
	switch {
	case f.skip(j, "last", "previous") == 1 && f.wordAt(j+1) == "year":
		return j + 2 - i
	case f.skip(i, "a", "one") == 1 && f.wordAt(i+1) == "year" && f.skip(i+2, "ago", "earlier", "before") == 1:
		return 3
	}
	return 0
}

// yearBefore is d a year earlier, at its precision.
func yearBefore(d schema.Date) schema.Date {
	n := len(d)
	if d.Precision() == schema.PrecisionRange {
		n /= 2
	}
	return schema.Between(day(d.First().AddDate(-1, 0, 0))[:n], day(d.Last().AddDate(-1, 0, 0))[:n])
}

// ends reports whether a phrase cannot go on at i.
func (f *finder) ends(i int) bool {
	w := f.wordAt(i)
	return w == "" || w == "," || w == "." || w == ";" || w == ":" || w == ")" || w == "and" || w == "but" || w == "that"
}

// shifted is the anchor n units on, n tokens long, none where the anchor is not known to the unit.
func (f *finder) shifted(unit string, n, tokens int) (extract.Time, int) {
	a := f.anchorFor(unit)
	ok := f.near(a)
	x := each(a.x, func(d schema.Date) schema.Date {
		s, good := shift(d, unit, n)
		ok = ok && good
		return s
	})
	if !ok {
		return extract.Time{}, 0
	}
	return relative(x.Date, x.Other), tokens
}

// shift is d moved by n units, at the unit's precision; false where d is less precise. Of a range the end decides for what comes after it, the first
// day for what comes before.
func shift(d schema.Date, unit string, n int) (schema.Date, bool) {
	t := d.First()
	if n > 0 {
		t = d.Last()
	}
	fine := fineness(d)
	if d.Precision() == schema.PrecisionRange && n == 0 && unit == "day" {
		return "", false
	}
	first := time.Date(t.Year(), t.Month(), 1, 0, 0, 0, 0, time.UTC)
	switch unit {
	case "day", "days", "night", "evening", "morning", "afternoon":
		return day(t.AddDate(0, 0, n)), fine == 3
	case "week", "weeks":
		return week(t.AddDate(0, 0, 7*n)), fine == 3
	case "month", "months":
		return month(first.AddDate(0, n, 0)), fine >= 2
	case "year", "years":
		t = first.AddDate(n, 0, 0)
		return year(t), fine >= 1 && t.Year() >= 1000
	case "decade", "decades":
		t = first.AddDate(10*n, 0, 0)
		return year(t), fine >= 1 && n != 0 && t.Year() >= 1000
	}
	return "", false
}

// anchorWeekday is the first such weekday after the anchor, or the last one before it.
func (f *finder) anchorWeekday(wd time.Weekday, after bool) (extract.Time, bool) {
	a := f.anchors.day
	if !f.near(a) || a.x.Date.Precision() != schema.PrecisionDay {
		return extract.Time{}, false
	}
	return relative(each(a.x, func(d schema.Date) schema.Date {
		t := d.First()
		if after {
			return day(t.AddDate(0, 0, (int(wd)-int(t.Weekday())+6)%7+1))
		}
		return day(t.AddDate(0, 0, -((int(t.Weekday())-int(wd)+6)%7 + 1)))
	}).Date, ""), true
}

// inherited is a day or month without a year in a text that has just told an explicit one of an earlier year and does not go back behind it:
// "in April 2007 ... in June".
func (f *finder) inherited(of func(int) (schema.Date, bool)) (schema.Date, bool) {
	a := f.anchors.month.x
	if a.Basis != schema.Explicit || f.anchors.month.paragraph != f.paragraph || len(a.Date) < len("2007-04") || a.Date.Precision() == schema.PrecisionRange {
		return "", false
	}
	y := a.Date.First().Year()
	d, ok := of(y)
	if !ok || y >= f.published.Year() || d.First().Before(a.Date.First()) {
		return "", false
	}
	return d, true
}

// ordinalDay: "the 15th of this month", "on the 8th": the day of the month of the anchor, else the latest and the next one from publication.
func (f *finder) ordinalDay(at int) (extract.Time, int) {
	w := f.words[at]
	d, ok := f.dayAt(at)
	if !ok || len(w) < 3 || f.published.IsZero() || f.wordAt(at-1) != "the" {
		return extract.Time{}, 0
	}
	in := func(t time.Time) schema.Date {
		x, ok := date(t.Year(), t.Month(), d)
		if !ok {
			return ""
		}
		return x
	}
	if step, ok := steps[f.wordAt(at+2)]; ok && f.wordAt(at+1) == "of" && f.wordAt(at+3) == "month" {
		m, _ := f.unit("month", step)
		x := in(m.First())
		return relative(x, ""), boolean(x != "") * 4
	}
	if f.wordAt(at-2) != "on" || !f.ends(at+1) {
		return extract.Time{}, 0
	}
	m, _ := f.unit("month", 0)
	back, ahead := in(m.First()), in(m.First())
	if back.First().After(f.published) {
		back = in(m.First().AddDate(0, -1, 0))
	} else if ahead.Last().Before(f.published) {
		ahead = in(m.First().AddDate(0, 1, 0))
	}
	if back == "" || ahead == "" {
		return extract.Time{}, 0
	}
	return relative(back, ahead), 1
}
