package cypher

import (
	"regexp"
	"strconv"
	"strings"
)

var (
	datePatterns = []struct {
		pattern *regexp.Regexp
		parts   string // what the groups are: year, month, day, week, weekday (e), ordinal day (o), quarter, day of quarter (Q)
	}{
		{regexp.MustCompile(`^(\d{4}|[-+]\d{4,9})(?:-(\d\d)(?:-(\d\d))?)?$`), "ymd"},
		{regexp.MustCompile(`^(\d{4}|[-+]\d{4,9})-W(\d\d)(?:-(\d))?$`), "ywe"},
		{regexp.MustCompile(`^(\d{4}|[-+]\d{4,9})-Q(\d)(?:-(\d\d))?$`), "yqQ"},
		{regexp.MustCompile(`^(\d{4}|[-+]\d{4,9})-(\d{3})$`), "yo"},
		{regexp.MustCompile(`^(\d{4})(\d\d)(\d\d)?$`), "ymd"},
		{regexp.MustCompile(`^(\d{4})W(\d\d)(\d)?$`), "ywe"},
		{regexp.MustCompile(`^(\d{4})(\d{3})$`), "yo"},
	}
	timePattern   = regexp.MustCompile(`^(\d\d)(?::?(\d\d)(?::?(\d\d)(?:[.,](\d{1,9}))?)?)?(Z|[-+]\d\d(?::?\d\d(?::?\d\d)?)?)?(?:\[([\w/+-]+)\])?$`)
	offsetPattern = regexp.MustCompile(`^([-+])(\d\d)(?::?(\d\d)(?::?(\d\d))?)?$`)
)

func number(s string) int64 {
	n, _ := strconv.ParseInt(s, 10, 64) // the patterns let digits through only
	return n
}

func parseOffset(s string) (seconds int, ok bool) {
	if s == "Z" || s == "z" {
		return 0, true
	}
	m := offsetPattern.FindStringSubmatch(s)
	if m == nil {
		return 0, false
	}
	n := number(m[2])*3600 + number(m[3])*60 + number(m[4])
	if n > 18*3600 || number(m[3]) > 59 || number(m[4]) > 59 {
		return 0, false
	}
	if m[1] == "-" {
		n = -n
	}
	return int(n), true
}

var partNames = map[byte]string{'y': "year", 'm': "month", 'd': "day", 'w': "week", 'e': "dayOfWeek", 'o': "ordinalDay", 'q': "quarter", 'Q': "dayOfQuarter"}

func parseDate(s string) (int64, error) {
	for _, p := range datePatterns {
		m := p.pattern.FindStringSubmatch(s)
		if m == nil {
			continue
		}
		fields := map[string]any{}
		for i, g := range m[1:] {
			if g != "" {
				fields[partNames[p.parts[i]]] = number(strings.TrimPrefix(g, "+"))
			}
		}
		return buildDate(fields, nil)
	}
	return 0, argumentError("%q is not a date: want ISO 8601, such as 2010-12-31", s)
}

// parsedTime is what a text says of a time of day.
type parsedTime struct {
	nanos  int64
	offset string
	zone   string
}

func parseTime(s string) (parsedTime, error) {
	m := timePattern.FindStringSubmatch(s)
	if m == nil || number(m[1]) > 23 || number(m[2]) > 59 || number(m[3]) > 59 {
		return parsedTime{}, argumentError("%q is not a time of day: want ISO 8601, such as 21:40:32", s)
	}
	nanos := (number(m[1])*3600 + number(m[2])*60 + number(m[3])) * nanosPerSecond
	if m[4] != "" {
		nanos += number((m[4] + "000000000")[:9])
	}
	return parsedTime{nanos, m[5], m[6]}, nil
}

// parseTemporal reads a value of a type from text.
func parseTemporal(typ, s string) (moment, error) {
	m := moment{}
	date, clock, split := strings.Cut(s, "T")
	if typ == "time" || typ == "localtime" {
		date, clock, split = "", s, true
	}
	var err error
	if date != "" || typ == "date" {
		if m.days, err = parseDate(date); err != nil {
			return m, err
		}
		m.hasDate = true
	}
	if !split {
		return m, nil
	}
	if typ == "date" {
		return m, argumentError("%q is not a date", s)
	}
	t, err := parseTime(clock)
	if err != nil {
		return m, err
	}
	m.nanos, m.hasTime = t.nanos, true
	if t.offset == "" && t.zone == "" {
		return m, nil
	}
	if typ == "localtime" || typ == "localdatetime" {
		return m, argumentError("%q has a time zone, which a %s has not", s, typ)
	}
	m.zoned = true
	if t.zone != "" {
		m.zone, err = parseZone(t.zone)
		if err == nil && t.offset != "" {
			offset, ok := parseOffset(t.offset)
			if !ok {
				return m, argumentError("%q is not an offset", t.offset)
			}
			if m.zone.local(m.days, m.nanos).Offset != offset {
				d := DateTime{Days: m.days, Nanos: m.nanos, Offset: offset}
				secs, nanos := d.instant()
				back := at(secs, nanos, m.zone)
				m.days, m.nanos = back.Days, back.Nanos
			}
		}
		return m, err
	}
	m.zone, err = parseZone(t.offset)
	return m, err
}
