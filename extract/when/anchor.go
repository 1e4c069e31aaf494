package when

import (
	"time"

	"entente/extract"
	"entente/schema"
)

// anchor is the last date that the text told, from which "the next day" counts.
type anchor struct {
	x         extract.Time
	paragraph int
}

// set makes x the anchor, unless it bounds something: "since 1990".
func (a *anchor) set(x extract.Time, paragraph int) {
	if x.Date == "" || x.Link == "since" || x.Link == "until" {
		return
	}
	a.x, a.paragraph = x, paragraph
}

// hasAnchor reports whether there is a date to count from: in the paragraph or the one before.
func (f *finder) hasAnchor() bool {
	return f.anchor.x.Date != "" && !f.published.IsZero() && f.paragraph-f.anchor.paragraph <= 1
}

// anchored: "the same day", "that month", "the next day", "the following week", "the previous year", "the day before", "two days later", "a year earlier".
func (f *finder) anchored(at int) (extract.Time, int) {
	if !f.hasAnchor() {
		return extract.Time{}, 0
	}
	if f.skip(at, "later", "earlier") == 1 && f.skip(at+1, "that", "the") == 1 {
		if x, n := f.anchored(at + 1 + f.skip(at+1, "the")); n > 0 && f.skip(at+1+f.skip(at+1, "the"), "that", "same") == 1 {
			return x, n + 1 + f.skip(at+1, "the")
		}
	}
	unit := f.wordAt(at + 1)
	switch w := f.wordAt(at); {
	case w == "same" && f.yearAgo(at+2) > 0 && (unit == "period" || unit == "month"):
		return relative(each(f.anchor.x, yearBefore).Date, ""), 2 + f.yearAgo(at+2)
	case f.skip(at+2, "-", "ago") == 1:
		return extract.Time{}, 0 // "the same year-ago period"
	case w == "same" || w == "that" && f.upos(at) != "SCONJ":
		return f.shifted(unit, 0, 2+f.partOfDay(at+2))
	case w == "following", w == "next" && (unit == "day" || f.partOfDay(at+1) == 1) && f.wordAt(at-1) == "the":
		return f.shifted(unit, 1, 2)
	case w == "previous" && (unit == "day" || f.anchor.paragraph == f.paragraph), w == "preceding":
		return f.shifted(unit, -1, 2)
	case f.wordAt(at-1) == "the" && f.ends(at+2):
		switch unit {
		case "before", "earlier", "previous":
			return f.shifted(w, -1, 2)
		case "after", "later":
			return f.shifted(w, 1, 2)
		}
	}
	n, ok := number(f.wordAt(at))
	if !ok {
		return extract.Time{}, 0
	}
	switch f.wordAt(at + 2) {
	case "earlier", "before":
		n = -n
	case "later", "after":
	default:
		return extract.Time{}, 0
	}
	if f.wordAt(at+3) == "than" || f.skip(at+2, "before", "after") == 1 && !f.ends(at+3) {
		return extract.Time{}, 0 // than or after what, an act and no date
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
	ok := true
	x := each(f.anchor.x, func(d schema.Date) schema.Date {
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
	fine := map[schema.Precision]int{schema.PrecisionDay: 3, schema.PrecisionMonth: 2, schema.PrecisionYear: 1}[d.Precision()]
	if d.Precision() == schema.PrecisionRange {
		fine = map[int]int{21: 3, 15: 2, 9: 1}[len(d)]
		if n == 0 && unit == "day" {
			return "", false
		}
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
		return year(first.AddDate(n, 0, 0)), fine >= 1
	case "decade", "decades":
		return year(first.AddDate(10*n, 0, 0)), fine >= 1 && n != 0
	}
	return "", false
}

// anchorWeekday is the first such weekday after the anchor, or the last one before it.
func (f *finder) anchorWeekday(wd time.Weekday, after bool) (extract.Time, bool) {
	if !f.hasAnchor() || f.anchor.x.Date.Precision() != schema.PrecisionDay {
		return extract.Time{}, false
	}
	return relative(each(f.anchor.x, func(d schema.Date) schema.Date {
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
	a := f.anchor.x
	if a.Basis != schema.Explicit || f.anchor.paragraph != f.paragraph || len(a.Date) < len("2007-04") || a.Date.Precision() == schema.PrecisionRange {
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
