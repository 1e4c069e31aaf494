package schema

import (
	"fmt"
	"strings"
	"time"
)

// Date is a day, month or year of the Gregorian calendar as a prefix of ISO 8601 ("2010-12-08", "2010-12", "2010"), whose length is its
// precision, or a range of two such prefixes of one precision, both ends included ("2010-12-06/2010-12-09"). The empty Date is unknown.
// A Date is never a guess: what an article does not say stays empty.
type Date string

// Precision is how exactly a date is known.
type Precision string

// The precisions, from finest to coarsest; a range has PrecisionRange, the empty Date PrecisionNone.
const (
	PrecisionNone  Precision = ""
	PrecisionDay   Precision = "day"
	PrecisionMonth Precision = "month"
	PrecisionYear  Precision = "year"
	PrecisionRange Precision = "range"
)

var layouts = map[int]string{len("2006-01-02"): "2006-01-02", len("2006-01"): "2006-01", len("2006"): "2006"}

// Day is the Date of t's calendar day in t's own location.
func Day(t time.Time) Date { return Date(t.Format(time.DateOnly)) }

// Between is the range from the first to the last day of two dates, or the one date where they are equal; the earlier one comes first
// whatever the order of the arguments. Its ends are kept as they are when their precision is the same, and widened to days when it is
// not. Where one of the two is unknown or malformed, so is the range: it is empty.
func Between(from, to Date) Date {
	if from == "" || to == "" || !from.Valid() || !to.Valid() {
		return ""
	}
	if to.First().Before(from.First()) {
		from, to = to, from
	}
	switch {
	case from == to:
		return from
	case len(from) == len(to) && layouts[len(from)] != "":
		return from + "/" + to
	}
	first, last := from.First(), to.Last()
	if from.Last().After(last) { // from is the longer one and holds to
		last = from.Last()
	}
	return Day(first) + "/" + Day(last)
}

// ParseDate reads a Date: "", YYYY, YYYY-MM, YYYY-MM-DD, or two of one length joined by a slash, the first not after the second.
func ParseDate(s string) (Date, error) {
	d := Date(s)
	if err := d.check(); err != nil {
		return "", err
	}
	return d, nil
}

func (d Date) check() error {
	if d == "" {
		return nil
	}
	from, to, isRange := strings.Cut(string(d), "/")
	first, err := parsePrefix(from)
	if err != nil {
		return fmt.Errorf("date %q: want YYYY, YYYY-MM, YYYY-MM-DD or a range of two", string(d))
	}
	if !isRange {
		return nil
	}
	last, err := parsePrefix(to)
	if err != nil || len(from) != len(to) {
		return fmt.Errorf("date %q: a range has two ends of one precision", string(d))
	}
	if !first.Before(last) {
		return fmt.Errorf("date %q: the range does not end after it begins", string(d))
	}
	return nil
}

func parsePrefix(s string) (time.Time, error) {
	layout, ok := layouts[len(s)]
	if !ok {
		return time.Time{}, fmt.Errorf("%d characters", len(s))
	}
	return time.Parse(layout, s)
}

// Valid reports whether d is well formed; the empty Date is.
func (d Date) Valid() bool { return d.check() == nil }

// Precision is day, month, year or range; none for an unknown or malformed date.
func (d Date) Precision() Precision {
	switch {
	case !d.Valid():
		return PrecisionNone
	case strings.Contains(string(d), "/"):
		return PrecisionRange
	}
	switch len(d) {
	case 10:
		return PrecisionDay
	case 7:
		return PrecisionMonth
	case 4:
		return PrecisionYear
	}
	return PrecisionNone
}

// First is the first day of d at midnight UTC, the zero time where d is unknown or malformed.
func (d Date) First() time.Time {
	if !d.Valid() {
		return time.Time{}
	}
	from, _, _ := strings.Cut(string(d), "/")
	t, err := parsePrefix(from)
	if err != nil {
		return time.Time{}
	}
	return t
}

// Last is the last day of d (included) at midnight UTC, the zero time where d is unknown or malformed.
func (d Date) Last() time.Time {
	if !d.Valid() {
		return time.Time{}
	}
	_, to, isRange := strings.Cut(string(d), "/")
	if !isRange {
		to = string(d)
	}
	t, err := parsePrefix(to)
	if err != nil {
		return time.Time{}
	}
	switch len(to) {
	case 7:
		return t.AddDate(0, 1, -1)
	case 4:
		return t.AddDate(1, 0, -1)
	}
	return t
}

// Overlaps reports whether the two dates have a day in common. An unknown date overlaps nothing: ask for it apart.
func (d Date) Overlaps(o Date) bool {
	if d == "" || o == "" || !d.Valid() || !o.Valid() {
		return false
	}
	return !d.First().After(o.Last()) && !o.First().After(d.Last())
}

// Contains reports whether every day of o is a day of d.
func (d Date) Contains(o Date) bool {
	return d.Overlaps(o) && !o.First().Before(d.First()) && !o.Last().After(d.Last())
}
