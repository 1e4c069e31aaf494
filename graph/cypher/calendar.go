package cypher

import (
	"fmt"
	"strings"
	"time"
)

// The years that dates can have.
const (
	leastYear = -999_999_999
	mostYear  = 999_999_999
)

func isTemporal(v any) bool {
	switch v.(type) {
	case Date, LocalTime, Time, LocalDateTime, DateTime, Duration:
		return true
	}
	return false
}

func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b != 0 && (a < 0) != (b < 0) {
		q--
	}
	return q
}

// daysOf counts the days from 1970-01-01, by Howard Hinnant's algorithm "days_from_civil".
func daysOf(y, m, d int64) int64 {
	if m <= 2 {
		y--
	}
	era := floorDiv(y, 400)
	yoe := y - era*400
	doy := (153*((m+9)%12)+2)/5 + d - 1
	return era*146097 + yoe*365 + yoe/4 - yoe/100 + doy - 719468
}

// civil is the inverse of daysOf.
func civil(days int64) (y, m, d int64) {
	z := days + 719468
	era := floorDiv(z, 146097)
	doe := z - era*146097
	yoe := (doe - doe/1460 + doe/36524 - doe/146096) / 365
	doy := doe - (365*yoe + yoe/4 - yoe/100)
	mp := (5*doy + 2) / 153
	d = doy - (153*mp+2)/5 + 1
	m = (mp+2)%12 + 1
	y = yoe + era*400
	if m <= 2 {
		y++
	}
	return y, m, d
}

func leap(y int64) bool { return y%4 == 0 && (y%100 != 0 || y%400 == 0) }

func monthDays(y, m int64) int64 {
	switch m {
	case 2:
		if leap(y) {
			return 29
		}
		return 28
	case 4, 6, 9, 11:
		return 30
	}
	return 31
}

// weekday is 1 for Monday to 7 for Sunday.
func weekday(days int64) int64 { return (days+3)%7 + 1 - 7*min(0, floorSign((days+3)%7)) }

func floorSign(n int64) int64 {
	if n < 0 {
		return -1
	}
	return 0
}

// weekStart is the Monday of the first ISO week of a year.
func weekStart(y int64) int64 {
	fourth := daysOf(y, 1, 4)
	return fourth - weekday(fourth) + 1
}

// isoWeek is the ISO year and week of a day.
func isoWeek(days int64) (year, week int64) {
	y, _, _ := civil(days)
	switch {
	case days < weekStart(y):
		y--
	case days >= weekStart(y+1):
		y++
	}
	return y, (days-weekStart(y))/7 + 1
}

// addMonths moves a day by months; a day that the month has not becomes its last.
func addMonths(days, months int64) int64 {
	y, m, d := civil(days)
	n := y*12 + m - 1 + months
	y, m = floorDiv(n, 12), n-floorDiv(n, 12)*12+1
	return daysOf(y, m, min(d, monthDays(y, m)))
}

func formatDate(days int64) string {
	y, m, d := civil(days)
	if y > 9999 {
		return fmt.Sprintf("+%d-%02d-%02d", y, m, d)
	}
	if y < 0 {
		return fmt.Sprintf("-%04d-%02d-%02d", -y, m, d)
	}
	return fmt.Sprintf("%04d-%02d-%02d", y, m, d)
}

func formatTime(nanos int64) string {
	s := nanos / nanosPerSecond
	out := fmt.Sprintf("%02d:%02d", s/3600, s/60%60)
	if s%60 != 0 || nanos%nanosPerSecond != 0 {
		out += fmt.Sprintf(":%02d", s%60)
	}
	if n := nanos % nanosPerSecond; n != 0 {
		out += strings.TrimRight(fmt.Sprintf(".%09d", n), "0")
	}
	return out
}

func formatOffset(seconds int) string {
	if seconds == 0 {
		return "Z"
	}
	sign := '+'
	if seconds < 0 {
		sign, seconds = '-', -seconds
	}
	out := fmt.Sprintf("%c%02d:%02d", sign, seconds/3600, seconds/60%60)
	if seconds%60 != 0 {
		out += fmt.Sprintf(":%02d", seconds%60)
	}
	return out
}

// formatTemporal writes a temporal value in ISO 8601.
func formatTemporal(v any) string {
	switch v := v.(type) {
	case Date:
		return formatDate(v.Days)
	case LocalTime:
		return formatTime(v.Nanos)
	case Time:
		return formatTime(v.Nanos) + formatOffset(v.Offset)
	case LocalDateTime:
		return formatDate(v.Days) + "T" + formatTime(v.Nanos)
	case DateTime:
		out := formatDate(v.Days) + "T" + formatTime(v.Nanos) + formatOffset(v.Offset)
		if v.Zone != "" {
			out += "[" + v.Zone + "]"
		}
		return out
	case Duration:
		return formatDuration(v)
	}
	return ""
}

// String is the date in ISO 8601.
func (d Date) String() string { return formatDate(d.Days) }

// DateOf is the day of a time in its own zone.
func DateOf(t time.Time) Date {
	y, m, d := t.Date()
	return Date{daysOf(int64(y), int64(m), int64(d))}
}

func dateTimeOf(t time.Time) DateTime {
	_, offset := t.Zone()
	h, m, s := t.Clock()
	d := DateTime{Days: DateOf(t).Days, Nanos: int64(h*3600+m*60+s)*nanosPerSecond + int64(t.Nanosecond()), Offset: offset}
	if name := t.Location().String(); strings.Contains(name, "/") {
		d.Zone = name
	}
	return d
}

// at is the moment in a zone.
func at(seconds, nanos int64, z zone) DateTime {
	z.offset = z.offsetAt(seconds)
	local := seconds + int64(z.offset)
	days := floorDiv(local, secondsPerDay)
	return DateTime{Days: days, Nanos: (local-days*secondsPerDay)*nanosPerSecond + nanos, Offset: z.offset, Zone: z.name}
}

// zone is a time zone: named, or an offset in seconds.
type zone struct {
	name     string
	location *time.Location
	offset   int
}

func (z zone) offsetAt(unix int64) int {
	if z.location == nil {
		return z.offset
	}
	_, offset := time.Unix(unix, 0).In(z.location).Zone()
	return offset
}

// local is the moment at which the clocks of the zone show a day and time.
func (z zone) local(days, nanos int64) DateTime {
	if z.location == nil {
		return DateTime{Days: days, Nanos: nanos, Offset: z.offset}
	}
	y, m, d := civil(days)
	t := time.Date(int(y), time.Month(m), int(d), 0, 0, int(nanos/nanosPerSecond), int(nanos%nanosPerSecond), z.location)
	_, offset := t.Zone()
	out := at(t.Unix(), int64(t.Nanosecond()), z)
	out.Offset = offset
	return out
}

func parseZone(s string) (zone, error) {
	if offset, ok := parseOffset(s); ok {
		return zone{offset: offset}, nil
	}
	if s == "" || s == "Local" || strings.Contains(s, "..") {
		return zone{}, argumentError("%q is not a time zone", s)
	}
	l, err := time.LoadLocation(s)
	if err != nil {
		return zone{}, argumentError("%q is not a time zone", s)
	}
	if s == "UTC" {
		return zone{}, nil
	}
	return zone{name: s, location: l}, nil
}

// zoneOf is the zone of a DateTime.
func zoneOf(d DateTime) (zone, error) {
	if d.Zone == "" {
		return zone{offset: d.Offset}, nil
	}
	return parseZone(d.Zone)
}
