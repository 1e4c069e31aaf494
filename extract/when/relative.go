package when

import (
	"strconv"
	"strings"
	"time"

	"entente/extract"
	"entente/schema"
)

// steps are the words that say how many units an expression lies from publication.
var steps = map[string]int{"last": -1, "previous": -1, "this": 0, "current": 0, "next": 1, "coming": 1}

// word: "today", "yesterday", "tomorrow", "tonight", "last night", "overnight", "this morning", "earlier today", "late yesterday", "the day before
// yesterday".
func (f *finder) word(at int) (extract.Time, int) {
	if f.published.IsZero() {
		return extract.Time{}, 0
	}
	p := f.published
	on := func(days, n int) (extract.Time, int) { return relative(day(p.AddDate(0, 0, days)), ""), n }
	next := f.wordAt(at + 1)
	switch f.words[at] {
	case "today", "tonight":
		return on(0, 1)
	case "yesterday":
		return on(-1, 1+f.partOfDay(at+1))
	case "tomorrow":
		return on(1, 1+f.partOfDay(at+1))
	case "overnight":
		return relative(schema.Between(day(p.AddDate(0, 0, -1)), day(p)), ""), 1
	case "last":
		if next == "night" || next == "evening" {
			return on(-1, 2)
		}
	case "this":
		if f.partOfDay(at+1) == 1 && next != "night" {
			return on(0, 2)
		}
	case "day":
		if next == "before" && f.wordAt(at+2) == "yesterday" {
			return on(-2, 3)
		}
		if next == "after" && f.wordAt(at+2) == "tomorrow" {
			return on(2, 3)
		}
	case "earlier", "later", "early", "late":
		switch next {
		case "today", "yesterday", "tomorrow":
			x, n := f.word(at + 1)
			return x, n + 1
		case "last":
			if x, n := f.word(at + 1); n > 0 {
				return x, n + 1
			}
		}
	}
	return extract.Time{}, 0
}

// partOfDay is 1 where token i names a part of the day, else 0.
func (f *finder) partOfDay(i int) int {
	return f.skip(i, "night", "evening", "morning", "afternoon")
}

// relativeUnit: "last month", "this week", "next year", "last August", "the past week", "the last two days", "the weekend".
func (f *finder) relativeUnit(at int) (extract.Time, int) {
	if f.published.IsZero() {
		return extract.Time{}, 0
	}
	unit := f.wordAt(at + 1)
	step, ok := steps[f.words[at]]
	switch {
	case f.words[at] == "weekend" && f.wordAt(at-1) == "the", f.words[at] == "this" && unit == "weekend":
		back, _ := f.unit("weekend", 0)
		ahead := back
		if back.Last().Before(f.published) {
			ahead, _ = f.unit("weekend", 1)
		}
		n := 1
		if unit == "weekend" {
			n = 2
		}
		return relative(back, ahead), n
	case f.words[at] == "past", f.words[at] == "last" && (unit == "decade" || f.counts(at+1)):
		return f.past(at)
	case !ok:
		return extract.Time{}, 0
	}
	if m, ok := f.monthAt(at + 1); ok && step != 0 {
		x := f.namedMonth(m, step)
		if d, ok := f.dayAt(at + 2); ok { // "last December 31"
			if x.Date, ok = date(x.Date.First().Year(), m, d); ok {
				return x, 3
			}
			return extract.Time{}, 0
		}
		return x, 2
	}
	d, ok := f.unit(unit, step)
	if !ok {
		return extract.Time{}, 0
	}
	if step == 0 && unit == "week" {
		return relative(schema.Between(day(d.First()), day(f.published)), d), 2
	}
	return relative(d, ""), 2
}

// unit is the week, month, year or decade that lies step units from that of publication.
func (f *finder) unit(name string, step int) (schema.Date, bool) {
	p := f.published
	firstOfMonth := time.Date(p.Year(), p.Month(), 1, 0, 0, 0, 0, time.UTC)
	switch name {
	case "week":
		return week(p.AddDate(0, 0, 7*step)), true
	case "weekend":
		sunday := p.AddDate(0, 0, 7*step+(7-int(p.Weekday()))%7)
		if step == 0 && p.Weekday() != time.Sunday && p.Weekday() != time.Saturday {
			sunday = sunday.AddDate(0, 0, -7)
		}
		if step > 0 && p.Weekday() != time.Sunday && p.Weekday() != time.Saturday {
			sunday = sunday.AddDate(0, 0, -7)
		}
		return schema.Between(day(sunday.AddDate(0, 0, -1)), day(sunday)), true
	case "month":
		return month(firstOfMonth.AddDate(0, step, 0)), true
	case "year":
		return schema.Date(strconv.Itoa(p.Year() + step)), true
	case "decade":
		y := p.Year() - p.Year()%10 + 10*step
		return years(y, y+9), true
	}
	return "", false
}

// namedMonth: "last August" is the latest that is over, "next March" the first to come.
func (f *finder) namedMonth(m time.Month, step int) extract.Time {
	y := f.published.Year()
	switch {
	case step < 0 && m >= f.published.Month():
		y--
	case step > 0 && m <= f.published.Month():
		y++
	}
	return relative(month(time.Date(y, m, 1, 0, 0, 0, 0, time.UTC)), "")
}

// past: "the past week", "the past two days", "the last two years": from then to publication, at the precision of the unit.
func (f *finder) past(at int) (extract.Time, int) {
	n, j := 1, at+1
	k, counted := number(f.wordAt(j))
	if counted {
		n, j = k, j+1
	}
	from, d, ok := f.back(f.wordAt(j), n)
	if !ok || !counted && strings.HasSuffix(f.wordAt(j), "s") {
		return extract.Time{}, 0
	}
	if p := d.Precision(); p == schema.PrecisionYear || p == schema.PrecisionMonth && n > 1 {
		return relative(schema.Between(d, day(f.published)[:len(d)]), ""), j + 1 - at
	}
	return relative(schema.Between(day(from), day(f.published)), ""), j + 1 - at
}

// nextUnits: "the next two weeks", "the coming ten days", "the next decade": from publication to then. It is always ahead.
func (f *finder) nextUnits(at int) (extract.Time, int) {
	if f.published.IsZero() || f.skip(at, "next", "coming") == 0 {
		return extract.Time{}, 0
	}
	n, i := 1, at+1
	if f.counts(at + 1) {
		n, _ = number(f.wordAt(at + 1))
		i++
	} else if f.wordAt(i) != "decade" {
		return extract.Time{}, 0
	}
	to, d, ok := f.back(f.wordAt(i), -n)
	if !ok {
		return extract.Time{}, 0
	}
	x := extract.Time{Basis: schema.Relative, Other: schema.Between(day(f.published), day(to))}
	if p := d.Precision(); p == schema.PrecisionYear || p == schema.PrecisionMonth {
		x.Other = schema.Between(day(f.published)[:len(d)], d)
	}
	return x, i + 1 - at
}

// counts reports whether a number stands at i and a unit of time behind it.
func (f *finder) counts(i int) bool {
	_, ok := number(f.wordAt(i))
	_, _, unit := f.back(f.wordAt(i+1), 1)
	return ok && unit
}

var numbers = map[string]int{
	"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12,
	"fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50,
}

func number(w string) (int, bool) {
	if n, ok := numbers[w]; ok {
		return n, true
	}
	n, err := strconv.Atoi(w)
	return n, err == nil && n > 0 && n < 200
}

// back is the day n units before publication, and the same as a date of that unit's precision.
func (f *finder) back(unit string, n int) (time.Time, schema.Date, bool) {
	p := f.published
	switch unit {
	case "hours":
		t := p.AddDate(0, 0, -(n+23)/24)
		return t, day(t), n >= 0
	case "day", "days":
		t := p.AddDate(0, 0, -n)
		return t, day(t), true
	case "week", "weeks":
		t := p.AddDate(0, 0, -7*n)
		return t, week(t), true
	case "month", "months":
		t := time.Date(p.Year(), p.Month(), 1, 0, 0, 0, 0, time.UTC).AddDate(0, -n, 0)
		return t, month(t), true
	case "year", "years":
		t := p.AddDate(-n, 0, 0)
		return t, year(t), true
	case "decade", "decades":
		t := p.AddDate(-10*n, 0, 0)
		return t, year(t), t.Year() >= 1000
	}
	return time.Time{}, "", false
}

// counted: "two weeks ago", "ten years ago", "in two weeks" (only ahead).
func (f *finder) counted(at int) (extract.Time, int) {
	if f.published.IsZero() {
		return extract.Time{}, 0
	}
	n, ok := number(f.wordAt(at))
	if !ok {
		return extract.Time{}, 0
	}
	unit := f.wordAt(at + 1)
	_, d, ok := f.back(unit, n)
	if !ok || unit == "hours" {
		return extract.Time{}, 0
	}
	if f.wordAt(at+2) == "ago" {
		return relative(d, ""), 3
	}
	if (f.wordAt(at-1) == "in" || f.wordAt(at-1) == "within") && !f.ranked(at-1) {
		if _, d, ok := f.back(unit, -n); ok {
			return extract.Time{Date: "", Other: d, Basis: schema.Relative}, 2
		}
	}
	return extract.Time{}, 0
}

// ranked reports whether the words before i count or compare: "the first visit in ten years", "the worst violence in a month".
func (f *finder) ranked(i int) bool {
	for j := max(0, i-8); j < i; j++ {
		w := f.words[j]
		if _, ok := ordinals[w]; ok || w == "fifth" || w == "worst" || w == "best" || f.tokens[j].XPOS == "JJS" {
			return true
		}
	}
	return false
}

// lasting: "have been meeting for three days": since then.
func (f *finder) lasting(at int) (extract.Time, int) {
	if f.published.IsZero() || f.wordAt(at-1) != "for" || !f.counts(at) || f.wordAt(at+2) == "ago" {
		return extract.Time{}, 0
	}
	for i := at - 2; i > max(0, at-30); i-- {
		if f.words[i] == "been" && (f.words[i-1] == "have" || f.words[i-1] == "has") {
			n, _ := number(f.words[at])
			_, d, ok := f.back(f.words[at+1], n)
			x := relative(d, "")
			x.Link = "since"
			return x, boolean(ok) * 2
		}
	}
	return extract.Time{}, 0
}

func boolean(b bool) int {
	if b {
		return 1
	}
	return 0
}
