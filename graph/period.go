package graph

import (
	"fmt"
	"time"

	"entente/schema"
)

// Period is a length of time into which events are counted.
type Period string

// The periods, from shortest to longest.
const (
	ByDay     Period = "day"
	ByMonth   Period = "month"
	ByQuarter Period = "quarter"
	ByYear    Period = "year"
)

// Periods lists every period, the shortest first.
func Periods() []Period { return []Period{ByDay, ByMonth, ByQuarter, ByYear} }

// ParsePeriod reads "day", "month", "quarter" or "year".
func ParsePeriod(s string) (Period, error) {
	for _, p := range Periods() {
		if s == string(p) {
			return p, nil
		}
	}
	return "", fmt.Errorf("period %q: want one of day, month, quarter, year", s)
}

// Start is the first day, at midnight UTC, of the period that t's calendar day is in.
func (p Period) Start(t time.Time) time.Time {
	y, m, d := t.Date()
	switch p {
	case ByYear:
		m, d = 1, 1
	case ByQuarter:
		m, d = (m-1)/3*3+1, 1
	case ByMonth:
		d = 1
	}
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}

// Next is the first day of the period after the one that begins on start.
func (p Period) Next(start time.Time) time.Time {
	switch p {
	case ByYear:
		return start.AddDate(1, 0, 0)
	case ByQuarter:
		return start.AddDate(0, 3, 0)
	case ByMonth:
		return start.AddDate(0, 1, 0)
	}
	return start.AddDate(0, 0, 1)
}

// Label names the period that begins on start: "2010-12-08", "2010-12", "2010-Q4", "2010".
func (p Period) Label(start time.Time) string {
	switch p {
	case ByYear:
		return start.Format("2006")
	case ByQuarter:
		return fmt.Sprintf("%s-Q%d", start.Format("2006"), (start.Month()+2)/3)
	case ByMonth:
		return start.Format("2006-01")
	}
	return start.Format(time.DateOnly)
}

// Of is the first day of the period that a date belongs to. A date all of whose days are in one period belongs to that; a range of days that
// is no longer than 31 of them to the period it begins in, as event data sets count; any other, such as "2010" in months, to none: ok is
// false, since to choose a month would be a guess.
func (p Period) Of(d schema.Date) (start time.Time, ok bool) {
	first, last := d.First(), d.Last()
	if first.IsZero() {
		return time.Time{}, false
	}
	start = p.Start(first)
	if start.Equal(p.Start(last)) {
		return start, true
	}
	days := len(d) == len("2006-01-02/2006-01-02")
	return start, days && last.Sub(first) < 31*24*time.Hour
}
