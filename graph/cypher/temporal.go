package cypher

import (
	"cmp"
	"encoding/binary"
)

// Date is a day, counted from 1970-01-01 in the proleptic Gregorian calendar.
type Date struct{ Days int64 }

// LocalTime is a time of day in nanoseconds from midnight.
type LocalTime struct{ Nanos int64 }

// Time is a time of day in nanoseconds from the midnight of a zone that is Offset seconds east of UTC.
type Time struct {
	Nanos  int64
	Offset int
}

// LocalDateTime is a day with a time of day.
type LocalDateTime struct{ Days, Nanos int64 }

// DateTime is a moment: the local day and time of day where the clock is Offset seconds ahead of UTC. Zone names the time zone, if it has a name.
type DateTime struct {
	Days, Nanos int64
	Offset      int
	Zone        string
}

// Duration is a length of time in four parts that are not converted into each other. 0 <= Nanos < 1e9.
type Duration struct{ Months, Days, Seconds, Nanos int64 }

const (
	nanosPerSecond = int64(1e9)
	secondsPerDay  = int64(86400)
	nanosPerDay    = secondsPerDay * nanosPerSecond
	// averageMonth is the mean length of a Gregorian month in seconds: 365.2425 days / 12.
	averageMonth = int64(2629746)
)

// instant is the second and nanosecond of a moment from 1970-01-01 UTC.
func (d DateTime) instant() (seconds, nanos int64) {
	return d.Days*secondsPerDay + d.Nanos/nanosPerSecond - int64(d.Offset), d.Nanos % nanosPerSecond
}

func (t Time) instant() int64 { return t.Nanos - int64(t.Offset)*nanosPerSecond }

// orderTemporal compares two values of one temporal type.
func orderTemporal(a, b any) int {
	switch x := a.(type) {
	case Date:
		return cmp.Compare(x.Days, b.(Date).Days)
	case LocalTime:
		return cmp.Compare(x.Nanos, b.(LocalTime).Nanos)
	case Time:
		y := b.(Time)
		return cmp.Or(cmp.Compare(x.instant(), y.instant()), cmp.Compare(x.Offset, y.Offset))
	case LocalDateTime:
		y := b.(LocalDateTime)
		return cmp.Or(cmp.Compare(x.Days, y.Days), cmp.Compare(x.Nanos, y.Nanos))
	case DateTime:
		y := b.(DateTime)
		xs, xn := x.instant()
		ys, yn := y.instant()
		return cmp.Or(cmp.Compare(xs, ys), cmp.Compare(xn, yn), cmp.Compare(x.Offset, y.Offset), cmp.Compare(x.Zone, y.Zone))
	case Duration:
		y := b.(Duration)
		xs, ys := x.averageSeconds(), y.averageSeconds()
		return cmp.Or(cmp.Compare(xs, ys), cmp.Compare(x.Nanos, y.Nanos), cmp.Compare(x.Months, y.Months), cmp.Compare(x.Days, y.Days),
			cmp.Compare(x.Seconds, y.Seconds))
	}
	return 0
}

func (d Duration) averageSeconds() float64 {
	return float64(d.Months)*float64(averageMonth) + float64(d.Days)*float64(secondsPerDay) + float64(d.Seconds)
}

func appendTemporal(b []byte, v any) []byte {
	switch v := v.(type) {
	case Date:
		b = binary.AppendVarint(b, v.Days)
	case LocalTime:
		b = binary.AppendVarint(b, v.Nanos)
	case Time:
		b = binary.AppendVarint(binary.AppendVarint(b, v.Nanos), int64(v.Offset))
	case LocalDateTime:
		b = binary.AppendVarint(binary.AppendVarint(b, v.Days), v.Nanos)
	case DateTime:
		b = binary.AppendVarint(binary.AppendVarint(b, v.Days), v.Nanos)
		b = appendString(binary.AppendVarint(b, int64(v.Offset)), v.Zone)
	case Duration:
		for _, n := range []int64{v.Months, v.Days, v.Seconds, v.Nanos} {
			b = binary.AppendVarint(b, n)
		}
	}
	return b
}
