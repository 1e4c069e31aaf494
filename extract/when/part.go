package when

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"entente/extract"
	"entente/schema"
)

// parts are the words for a part of a year, month, week or decade: the third of it they mean.
var parts = map[string]int{"early": 0, "beginning": 0, "start": 0, "mid": 1, "middle": 1, "late": 2, "end": 2}

// weekFrom: "the week of June 7", "the week beginning Monday".
func (f *finder) weekFrom(at int) (extract.Time, int) {
	if f.words[at] != "week" || f.skip(at+1, "of", "beginning", "starting") == 0 || at+2 >= len(f.words) {
		return extract.Time{}, 0
	}
	i := at + 2 + f.skip(at+2, "on")
	for _, rule := range []func(int) (extract.Time, int){f.dayMonth, f.monthDay, f.weekday} {
		if x, n := rule(i); n > 0 && x.Date.Precision() == schema.PrecisionDay {
			return each(x, func(d schema.Date) schema.Date { return week(d.First()) }), i + n - at
		}
	}
	return extract.Time{}, 0
}

// part: "early 2011", "mid-April", "the end of 1990", "the beginning of March", "late last month", "earlier this year", "later in the week", "the
// second half of 2010".
func (f *finder) part(at int) (extract.Time, int) {
	w := f.words[at]
	if head, rest, ok := strings.Cut(w, "-"); ok && rest != "" {
		if third, ok := parts[head]; ok {
			f.words[at] = rest
			x, n := f.period(at, false)
			f.words[at] = w
			return thirdOf(x, third), n
		}
	}
	if half, ok := ordinals[w]; ok && half <= 2 && f.wordAt(at+1) == "half" {
		i := at + 2 + f.skip(at+2, "of")
		i += f.skip(i, "the")
		x, n := f.period(i, true)
		if n == 0 || x.Date.Precision() != schema.PrecisionYear {
			return extract.Time{}, 0
		}
		return each(x, func(d schema.Date) schema.Date { return monthsOf(d, 6*half-5, 6*half) }), i + n - at
	}
	if w == "earlier" || w == "later" {
		return f.sofar(at)
	}
	third, ok := parts[w]
	if !ok {
		return extract.Time{}, 0
	}
	i := at + 1
	i += f.skip(i, "-")
	of := f.skip(i, "of", "in") == 1 || w == "end" || w == "beginning" || w == "start"
	i += f.skip(i, "of", "in")
	i += f.skip(i, "the")
	x, n := f.period(i, of)
	if n == 0 {
		return extract.Time{}, 0
	}
	return thirdOf(x, third), i + n - at
}

// period reads what has parts: a month, a year, a decade, "last month"; with bare also "the year", the one of publication.
func (f *finder) period(at int, bare bool) (extract.Time, int) {
	if at >= len(f.words) {
		return extract.Time{}, 0
	}
	if _, ok := f.dayAt(at + 1); ok {
		if _, ok := f.monthAt(at); ok {
			return extract.Time{}, 0 // "early May 5"
		}
	}
	if x, n := f.months(at); n > 0 {
		return x, n
	}
	if y, ok := f.yearAt(at); ok {
		return explicit(schema.Date(fmt.Sprintf("%04d", y))), 1
	}
	if x, n := f.decade(at); n > 0 {
		return x, n
	}
	if x, n := f.century(at); n > 0 {
		return x, n
	}
	if f.published.IsZero() {
		return extract.Time{}, 0
	}
	if step, ok := steps[f.wordAt(at)]; ok {
		if d, ok := f.unit(f.wordAt(at+1), step); ok && f.wordAt(at+1) != "weekend" {
			return relative(d, ""), 2
		}
	}
	if bare && f.wordAt(at) != "weekend" {
		if d, ok := f.unit(f.wordAt(at), 0); ok {
			return relative(d, ""), 1
		}
	}
	return extract.Time{}, 0
}

// sofar: "earlier this month", "later this year", "earlier in the week": up to publication, or from it on.
func (f *finder) sofar(at int) (extract.Time, int) {
	if f.published.IsZero() {
		return extract.Time{}, 0
	}
	i := at + 1
	if f.wordAt(i) == "in" && f.wordAt(i+1) == "the" {
		i += 2
	} else if f.wordAt(i) == "this" {
		i++
	} else {
		return extract.Time{}, 0
	}
	whole, ok := f.unit(f.wordAt(i), 0)
	if !ok || f.wordAt(i) == "weekend" {
		return extract.Time{}, 0
	}
	now := day(f.published)
	if whole.Precision() == schema.PrecisionYear {
		now = month(f.published)
	}
	if f.words[at] == "earlier" {
		return relative(schema.Between(day(whole.First())[:len(now)], now), ""), i + 1 - at
	}
	return relative(schema.Between(now, day(whole.Last())[:len(now)]), ""), i + 1 - at
}

// thirdOf narrows the dates of x to a third: of a year four months, of a decade three or four years; months and weeks stay whole.
func thirdOf(x extract.Time, third int) extract.Time {
	return each(x, func(d schema.Date) schema.Date {
		switch {
		case d.Precision() == schema.PrecisionYear:
			return monthsOf(d, 4*third+1, 4*third+4)
		case len(d) == len("1990/1999") && d.Last().Year() == d.First().Year()+9:
			y := d.First().Year()
			return years(y+[]int{0, 4, 7}[third], y+[]int{3, 6, 9}[third])
		}
		return d
	})
}

// each applies f to the dates of x that are known.
func each(x extract.Time, f func(schema.Date) schema.Date) extract.Time {
	if x.Date != "" {
		x.Date = f(x.Date)
	}
	if x.Other != "" {
		x.Other = f(x.Other)
	}
	return x
}

// monthsOf are the months from first to last of a year.
func monthsOf(year schema.Date, first, last int) schema.Date {
	return schema.Date(fmt.Sprintf("%s-%02d/%s-%02d", year, first, year, last))
}

var ordinals = map[string]int{"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4, "final": 4, "q1": 1, "q2": 2, "q3": 3, "q4": 4}

// quarter: "the third quarter of 2010", "third-quarter", "Q3 2010", "the final quarter of last year", "the last quarter", "the first week of June".
func (f *finder) quarter(at int) (extract.Time, int) {
	w := f.words[at]
	i := at + 1
	i += f.skip(i, "-")
	q, ok := ordinals[w]
	step, near := steps[w]
	switch {
	case ok && w[0] == 'q':
	case ok && f.wordAt(i) == "week" && f.wordAt(i+1) == "of", w == "last" && f.wordAt(i) == "week" && f.wordAt(i+1) == "of":
		return f.weekOf(at, i+2, q)
	case f.wordAt(i) != "quarter" || !ok && !near:
		return extract.Time{}, 0
	case near && !f.published.IsZero():
		t := time.Date(f.published.Year(), (f.published.Month()-1)/3*3+1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 3*step, 0)
		return relative(schema.Between(month(t), month(t.AddDate(0, 2, 0))), ""), i + 1 - at
	default:
		i++
	}
	if !ok {
		return extract.Time{}, 0
	}
	j := i + f.skip(i, "of", "in", ",")
	j += f.skip(j, "the")
	of := func(d schema.Date) schema.Date { return monthsOf(d, 3*q-2, 3*q) }
	if x, n := f.period(j, j > i); n > 0 && x.Date.Precision() == schema.PrecisionYear {
		return each(x, of), j + n - at
	}
	if f.published.IsZero() {
		return extract.Time{}, 0
	}
	back, ahead, ok := f.nearest(func(y int) (schema.Date, bool) { return of(schema.Date(fmt.Sprintf("%04d", y))), true }, false)
	if !ok {
		return extract.Time{}, 0
	}
	return relative(back, ahead), i - at
}

// yearQuarter: "the 1987 first quarter", "last year's third quarter".
func (f *finder) yearQuarter(at int) (extract.Time, int) {
	i := at + 1
	var x extract.Time
	if y, ok := f.yearAt(at); ok {
		x = explicit(schema.Date(strconv.Itoa(y)))
	} else if step, ok := steps[f.words[at]]; ok && f.wordAt(i) == "year" && !f.published.IsZero() {
		x = relative(schema.Date(strconv.Itoa(f.published.Year()+step)), "")
		i++
	} else {
		return extract.Time{}, 0
	}
	i += f.skip(i, "'s")
	q, ok := ordinals[f.wordAt(i)]
	j := i + 1 + f.skip(i+1, "-")
	if !ok || f.wordAt(j) != "quarter" {
		return extract.Time{}, 0
	}
	return each(x, func(d schema.Date) schema.Date { return monthsOf(d, 3*q-2, 3*q) }), j + 1 - at
}

// weekOf is the seven days of the nth week of a month, counted from its first day; of the last one from its end (n 0).
func (f *finder) weekOf(at, i, n int) (extract.Time, int) {
	x, k := f.period(i, false)
	if k == 0 || x.Date.Precision() != schema.PrecisionMonth {
		return extract.Time{}, 0
	}
	return each(x, func(d schema.Date) schema.Date {
		from := d.First().AddDate(0, 0, 7*(n-1))
		if n == 0 {
			from = d.Last().AddDate(0, 0, -6)
		}
		return schema.Between(day(from), day(from.AddDate(0, 0, 6)))
	}), i + k - at
}
