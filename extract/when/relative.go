package when

import (
	"strconv"
	"time"

	"entente/extract"
	"entente/schema"
)

var weekdays = map[string]time.Weekday{
	"sunday": 0, "monday": 1, "tuesday": 2, "wednesday": 3, "thursday": 4, "friday": 5, "saturday": 6,
}

// weekday: "Wednesday", "last Friday", "next Monday", "Tuesday night". Without a word that decides, Date is the latest such day up to
// publication and Other the next one from it on.
func (f *finder) weekday(at int) (extract.Time, int) {
	i := at
	word := f.words[i]
	decided := word == "last" || word == "next" || word == "this" || word == "this past"
	if decided {
		i++
	}
	wd, ok := weekdays[f.wordAt(i)]
	if !ok || f.published.IsZero() {
		return extract.Time{}, 0
	}
	n := i + 1 - at
	if w := f.wordAt(i + 1); w == "night" || w == "evening" || w == "morning" || w == "afternoon" {
		n++
	}
	back := f.published.AddDate(0, 0, -((int(f.published.Weekday()) - int(wd) + 7) % 7))
	ahead := f.published.AddDate(0, 0, (int(wd)-int(f.published.Weekday())+7)%7)
	switch {
	case word == "next":
		if ahead.Equal(f.published) {
			ahead = ahead.AddDate(0, 0, 7)
		}
		return relative(day(ahead), ""), n
	case word == "last":
		if back.Equal(f.published) {
			back = back.AddDate(0, 0, -7)
		}
		return relative(day(back), ""), n
	}
	return relative(day(back), day(ahead)), n
}

// word: "today", "yesterday", "tomorrow", "tonight", "last night", "overnight".
func (f *finder) word(at int) (extract.Time, int) {
	if f.published.IsZero() {
		return extract.Time{}, 0
	}
	p := f.published
	switch f.words[at] {
	case "today", "tonight":
		return relative(day(p), ""), 1
	case "yesterday":
		return relative(day(p.AddDate(0, 0, -1)), ""), 1
	case "tomorrow":
		return relative(day(p.AddDate(0, 0, 1)), ""), 1
	case "overnight":
		return relative(schema.Between(day(p.AddDate(0, 0, -1)), day(p)), ""), 1
	case "last":
		if f.wordAt(at+1) == "night" {
			return relative(day(p.AddDate(0, 0, -1)), ""), 2
		}
	case "this":
		if w := f.wordAt(at + 1); w == "morning" || w == "afternoon" || w == "evening" {
			return relative(day(p), ""), 2
		}
	}
	return extract.Time{}, 0
}

// relativeUnit: "last month", "this week", "next year", "earlier this week", "later this month", "last August", "the past week", "the past two days".
func (f *finder) relativeUnit(at int) (extract.Time, int) {
	if f.published.IsZero() {
		return extract.Time{}, 0
	}
	i := at
	if w := f.words[i]; w == "earlier" || w == "later" {
		i++
	}
	step := 0
	switch f.wordAt(i) {
	case "last", "previous":
		step = -1
	case "next":
		step = 1
	case "this", "current":
	case "past":
		return f.past(at, i)
	default:
		return extract.Time{}, 0
	}
	if m, ok := f.monthAt(i + 1); ok && step != 0 {
		return f.namedMonth(m, step), i + 2 - at
	}
	d, ok := f.unit(f.wordAt(i+1), step)
	if !ok {
		return extract.Time{}, 0
	}
	if step == 0 && f.wordAt(i+1) == "week" && i > at || step == 0 && f.wordAt(i+1) == "week" && f.words[i] == "this" {
		monday := d.First()
		if f.words[at] != "later" {
			return relative(schema.Between(day(monday), day(f.published)), d), i + 2 - at
		}
		return relative(schema.Between(day(f.published), day(d.Last())), ""), i + 2 - at
	}
	return relative(d, ""), i + 2 - at
}

// unit is the week, month or year that lies step units from that of publication.
func (f *finder) unit(name string, step int) (schema.Date, bool) {
	p := f.published
	firstOfMonth := time.Date(p.Year(), p.Month(), 1, 0, 0, 0, 0, time.UTC)
	switch name {
	case "week":
		return week(p.AddDate(0, 0, 7*step)), true
	case "weekend":
		sunday := p.AddDate(0, 0, 7*step+(7-int(p.Weekday()))%7)
		if step == 0 && p.Weekday() != time.Sunday {
			sunday = sunday.AddDate(0, 0, -7)
		}
		return schema.Between(day(sunday.AddDate(0, 0, -1)), day(sunday)), true
	case "month":
		return month(firstOfMonth.AddDate(0, step, 0)), true
	case "year":
		return year(p.AddDate(step, 0, 0)), true
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

// past: "the past week", "the past two days": from then to publication.
func (f *finder) past(at, i int) (extract.Time, int) {
	n, j := 1, i+1
	if k, ok := number(f.wordAt(j)); ok {
		n, j = k, j+1
	}
	from, _, ok := f.back(f.wordAt(j), n)
	if !ok {
		return extract.Time{}, 0
	}
	return relative(schema.Between(day(from), day(f.published)), ""), j + 1 - at
}

var numbers = map[string]int{
	"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12,
	"fifteen": 15, "twenty": 20, "thirty": 30,
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
	}
	return time.Time{}, "", false
}

// counted: "two weeks ago", "a day earlier", "ten years ago", "in two weeks", "three days later" (the last stays unresolved: from when?).
func (f *finder) counted(at int) (extract.Time, int) {
	if f.published.IsZero() {
		return extract.Time{}, 0
	}
	n, ok := number(f.words[at])
	if !ok {
		return extract.Time{}, 0
	}
	_, d, ok := f.back(f.wordAt(at+1), n)
	if !ok {
		return extract.Time{}, 0
	}
	if f.wordAt(at+2) == "ago" {
		return relative(d, ""), 3
	}
	if f.wordAt(at-1) == "in" || f.wordAt(at-1) == "within" {
		if _, d, ok := f.back(f.wordAt(at+1), -n); ok {
			return extract.Time{Date: "", Other: d, Basis: schema.Relative}, 2
		}
	}
	return extract.Time{}, 0
}
