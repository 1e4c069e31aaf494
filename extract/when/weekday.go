package when

import (
	"time"

	"entente/extract"
	"entente/schema"
)

var weekdays = map[string]time.Weekday{
	"sunday": 0, "monday": 1, "tuesday": 2, "wednesday": 3, "thursday": 4, "friday": 5, "saturday": 6, "mon.": 1, "tues.": 2, "wed.": 3,
	"thurs.": 4, "fri.": 5,
}

// weekdayDate: "Wednesday, December 8", "Wednesday (8 December)": one expression. Without a year it is the one in which the weekday is right.
func (f *finder) weekdayDate(at int) (extract.Time, int) {
	wd, ok := weekdays[f.words[at]]
	if !ok {
		return extract.Time{}, 0
	}
	i := at + 1
	i += f.partOfDay(i)
	paren := f.skip(i, "(")
	i += f.skip(i, "(", ",")
	i += f.skip(i, "the")
	if i >= len(f.words) {
		return extract.Time{}, 0
	}
	x, n := f.dayMonth(i)
	if n == 0 {
		x, n = f.monthDay(i)
	}
	if n == 0 {
		return extract.Time{}, 0
	}
	i += n
	if paren == 1 {
		i += f.skip(i, ")")
	}
	if x.Other != "" && x.Other.First().Weekday() == wd && x.Date.First().Weekday() != wd {
		x.Date = x.Other
	}
	if x.Date.First().Weekday() == wd {
		x.Other = ""
	}
	return x, i - at
}

// weekday: "Wednesday", "last Friday", "next Monday", "late Tuesday night", "Friday of last week", "Monday and Tuesday", "Monday to Thursday". Without
// a word that decides, Date is the latest such day up to publication and Other the next one from it on.
func (f *finder) weekday(at int) (extract.Time, int) {
	if f.published.IsZero() {
		return extract.Time{}, 0
	}
	i := at
	if f.skip(i, "early", "late") == 1 {
		i++
		i += f.skip(i, "on")
	}
	word := f.wordAt(i)
	i += f.skip(i, "last", "next", "this", "coming", "past", "previous", "following", "preceding")
	wd, ok := weekdays[f.wordAt(i)]
	if !ok || f.noDay(i) {
		return extract.Time{}, 0
	}
	i++
	i += f.partOfDay(i)
	if d, n := f.inWeek(i, wd); n > 0 {
		return relative(day(d), ""), i + n - at
	}
	back, ahead := f.around(wd)
	switch word {
	case "next", "coming":
		if ahead.Equal(f.published) {
			ahead = ahead.AddDate(0, 0, 7)
		}
		return relative(day(ahead), ""), i - at
	case "last", "past":
		if back.Equal(f.published) {
			back = back.AddDate(0, 0, -7)
		}
		return relative(day(back), ""), i - at
	case "following", "previous", "preceding":
		if x, ok := f.anchorWeekday(wd, word == "following"); ok {
			return x, i - at
		}
	}
	if x, n := f.weekdays(i, wd); n > 0 {
		return x, i + n - at
	}
	return relative(day(back), day(ahead)), i - at
}

// noDay reports whether the weekday at i names no certain day: "every Friday", "a Sunday", or is part of a name: "Bloody Sunday", "Sunday Times".
func (f *finder) noDay(i int) bool {
	return f.skip(i-1, "a", "every", "each", "any", "black", "bloody", "good", "palm", "easter", "super", "ash") == 1 ||
		f.skip(i+1, "times", "telegraph", "mirror", "express", "mail", "herald", "independent") == 1
}

// around are the latest such day up to publication and the next one from it on.
func (f *finder) around(wd time.Weekday) (back, ahead time.Time) {
	back = f.published.AddDate(0, 0, -((int(f.published.Weekday()) - int(wd) + 7) % 7))
	ahead = f.published.AddDate(0, 0, (int(wd)-int(f.published.Weekday())+7)%7)
	return back, ahead
}

// inWeek reads "of last week", "next week", "this week" behind a weekday.
func (f *finder) inWeek(i int, wd time.Weekday) (time.Time, int) {
	j := i + f.skip(i, "of")
	step, ok := steps[f.wordAt(j)]
	if !ok || f.wordAt(j+1) != "week" {
		return time.Time{}, 0
	}
	monday := week(f.published.AddDate(0, 0, 7*step)).First()
	return monday.AddDate(0, 0, (int(wd)+6)%7), j + 2 - i
}

// weekdays reads the rest of a range of days behind the first of them: "to Thursday", "and Tuesday".
func (f *finder) weekdays(i int, first time.Weekday) (extract.Time, int) {
	last, ok := weekdays[f.wordAt(i+1)]
	length := (int(last) - int(first) + 7) % 7
	between := f.wordAt(i) == "and" && (f.wordAt(i-2) == "between")
	if !ok || length == 0 || !f.joins(i) && !between && (!f.pairs(i) || length != 1) {
		return extract.Time{}, 0
	}
	to, _ := f.around(last)
	_, from := f.around(first)
	return relative(schema.Between(day(to.AddDate(0, 0, -length)), day(to)), schema.Between(day(from), day(from.AddDate(0, 0, length)))), 2 + f.partOfDay(i+2)
}
