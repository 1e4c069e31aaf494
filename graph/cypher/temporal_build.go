package cypher

import (
	"slices"
	"strings"
)

// moment is what is known of a day, time of day and zone while a temporal value is made.
type moment struct {
	days, nanos             int64
	hasDate, hasTime, zoned bool
	zone                    zone
}

// momentOf takes a temporal value apart.
func momentOf(v any) (moment, error) {
	switch v := v.(type) {
	case Date:
		return moment{days: v.Days, hasDate: true}, nil
	case LocalTime:
		return moment{nanos: v.Nanos, hasTime: true}, nil
	case Time:
		return moment{nanos: v.Nanos, hasTime: true, zoned: true, zone: zone{offset: v.Offset}}, nil
	case LocalDateTime:
		return moment{days: v.Days, nanos: v.Nanos, hasDate: true, hasTime: true}, nil
	case DateTime:
		z, err := zoneOf(v)
		return moment{days: v.Days, nanos: v.Nanos, hasDate: true, hasTime: true, zoned: true, zone: z}, err
	}
	return moment{}, typeError("a %s is not a date or time", kindName(v))
}

// value makes a value of a type of a moment.
func (m moment) value(typ string) (any, error) {
	if m.hasDate {
		if _, err := checkedDate(m.days); err != nil {
			return nil, err
		}
	}
	switch typ {
	case "date":
		if !m.hasDate {
			return nil, argumentError("a date needs a day")
		}
		return Date{m.days}, nil
	case "localtime":
		return LocalTime{m.nanos}, nil
	case "time":
		return Time{m.nanos, m.zone.local(m.days, m.nanos).Offset}, nil
	}
	if !m.hasDate {
		return nil, argumentError("a %s needs a day", typ)
	}
	if typ == "localdatetime" {
		return LocalDateTime{m.days, m.nanos}, nil
	}
	return m.zone.local(m.days, m.nanos), nil
}

var (
	dateKeys = []string{"year", "month", "day", "week", "dayOfWeek", "ordinalDay", "quarter", "dayOfQuarter"}
	timeKeys = []string{"hour", "minute", "second", "millisecond", "microsecond", "nanosecond"}
)

// build makes a value of a type from the fields of a map.
func build(typ string, fields map[string]any) (any, error) {
	allowed := []string{}
	if typ != "time" && typ != "localtime" {
		allowed = append(append(allowed, dateKeys...), "date")
	}
	if typ != "date" {
		allowed = append(append(allowed, timeKeys...), "time")
	}
	if typ == "datetime" || typ == "localdatetime" || typ == "date" {
		allowed = append(allowed, "datetime")
	}
	if typ == "datetime" || typ == "time" {
		allowed = append(allowed, "timezone")
	}
	if typ == "datetime" {
		allowed = append(allowed, "epochSeconds", "epochMillis")
	}
	for _, k := range sortedKeys(fields) {
		if !slices.Contains(allowed, k) {
			return nil, argumentError("%s() has no field %s: it has %s", typ, k, strings.Join(allowed, ", "))
		}
	}
	m, err := base(fields)
	if err != nil {
		return nil, err
	}
	return m.fill(typ, fields, true)
}

// base is the moment from which the fields date, time and datetime begin.
func base(fields map[string]any) (moment, error) {
	var m moment
	for _, k := range []string{"datetime", "date", "time"} {
		v, ok := fields[k]
		if !ok {
			continue
		}
		o, err := momentOf(v)
		if err != nil {
			return m, err
		}
		if k != "time" {
			if !o.hasDate {
				return m, argumentError("a %s has no day", kindName(v))
			}
			m.days, m.hasDate = o.days, true
		}
		if k != "date" {
			m.nanos, m.hasTime, m.zoned, m.zone = o.nanos, o.hasTime, o.zoned, o.zone
			if !m.hasDate && k == "time" && o.hasDate && o.zoned {
				m.zone = zone{offset: o.zone.local(o.days, o.nanos).Offset, name: o.zone.name, location: o.zone.location}
			}
		}
	}
	for k, unit := range map[string]int64{"epochSeconds": 1, "epochMillis": 1000} {
		if n, ok := fields[k].(int64); ok {
			s := floorDiv(n, unit)
			d := at(s, (n-s*unit)*(nanosPerSecond/unit), zone{})
			m = moment{days: d.Days, nanos: d.Nanos, hasDate: true, hasTime: true, zoned: true}
		}
	}
	return m, nil
}

// fill sets the fields; where convert, a new time zone shows the same instant, else the same clock.
func (m moment) fill(typ string, fields map[string]any, convert bool) (any, error) {
	var err error
	if typ != "time" && typ != "localtime" {
		var from *int64
		if m.hasDate {
			from = &m.days
		}
		if m.days, err = buildDate(fields, from); err != nil {
			return nil, err
		}
		m.hasDate = true
	}
	if z, ok := fields["timezone"]; ok {
		name, ok := z.(string)
		if !ok {
			return nil, argumentError("a time zone is a string, not a %s", kindName(z))
		}
		to, err := parseZone(name)
		if err != nil {
			return nil, err
		}
		if m.zoned && convert && m.hasTime {
			d := m.zone.local(m.days, m.nanos)
			s, n := d.instant()
			d = at(s, n, to)
			m.nanos = d.Nanos
			if typ != "time" {
				m.days = d.Days
			}
		}
		m.zone, m.zoned = to, true
	}
	if m.nanos, err = buildTime(fields, m); err != nil {
		return nil, err
	}
	return m.value(typ)
}

// field reads an integer field within bounds, or its default.
func field(fields map[string]any, key string, least, most, otherwise int64) (int64, error) {
	v, ok := fields[key]
	if !ok {
		return otherwise, nil
	}
	n, ok := v.(int64)
	if !ok {
		return 0, argumentError("the field %s wants an integer, not a %s", key, kindName(v))
	}
	if n < least || n > most {
		return 0, argumentError("the field %s must lie between %d and %d, not be %d", key, least, most, n)
	}
	return n, nil
}

func has(fields map[string]any, keys ...string) bool {
	return slices.ContainsFunc(keys, func(k string) bool { _, ok := fields[k]; return ok })
}

// buildDate makes a day of fields; what they leave out is taken from a day, if there is one, else the first that fits.
func buildDate(fields map[string]any, from *int64) (int64, error) {
	f := dateFields{fields: fields, from: from}
	if from == nil && !has(fields, "year") {
		return 0, argumentError("a day needs at least a year")
	}
	switch {
	case has(fields, "week", "dayOfWeek") && !has(fields, "month", "day"):
		return f.week()
	case has(fields, "ordinalDay"):
		y, err := f.get("year", leastYear, mostYear, 0)
		if err != nil {
			return 0, err
		}
		o, err := f.get("ordinalDay", 1, 366, 1)
		if err == nil && o == 366 && !leap(y) {
			err = argumentError("the year %d has 365 days", y)
		}
		return daysOf(y, 1, 1) + o - 1, err
	case has(fields, "quarter", "dayOfQuarter"):
		return f.quarter()
	}
	y, err := f.get("year", leastYear, mostYear, 0)
	if err != nil {
		return 0, err
	}
	m, err := f.get("month", 1, 12, 1)
	if err != nil {
		return 0, err
	}
	d, err := f.get("day", 1, 31, 1)
	if err != nil {
		return 0, err
	}
	if d > monthDays(y, m) {
		if has(fields, "day") {
			return 0, argumentError("%04d-%02d has %d days, not %d", y, m, monthDays(y, m), d)
		}
		d = monthDays(y, m)
	}
	return daysOf(y, m, d), nil
}

type dateFields struct {
	fields map[string]any
	from   *int64
}

// get is a field, else that of the day to begin from, else the least.
func (f dateFields) get(key string, least, most, otherwise int64) (int64, error) {
	if f.from != nil {
		name := key
		if key == "dayOfWeek" {
			name = "weekDay"
		}
		v, _ := dateComponent(*f.from, name)
		otherwise = v
	}
	return field(f.fields, key, least, most, otherwise)
}

func (f dateFields) week() (int64, error) {
	otherwise := int64(0)
	if f.from != nil {
		otherwise, _ = isoWeek(*f.from)
	}
	y, err := field(f.fields, "year", leastYear, mostYear, otherwise)
	if err != nil {
		return 0, err
	}
	w, err := f.get("week", 1, 53, 1)
	if err != nil {
		return 0, err
	}
	d, err := f.get("dayOfWeek", 1, 7, 1)
	if err != nil {
		return 0, err
	}
	monday := weekStart(y) + (w-1)*7
	if w == 53 && monday >= weekStart(y+1) {
		return 0, argumentError("the year %d has 52 weeks", y)
	}
	return monday + d - 1, nil
}

func (f dateFields) quarter() (int64, error) {
	y, err := f.get("year", leastYear, mostYear, 0)
	if err != nil {
		return 0, err
	}
	q, err := f.get("quarter", 1, 4, 1)
	if err != nil {
		return 0, err
	}
	d, err := f.get("dayOfQuarter", 1, 92, 1)
	if err != nil {
		return 0, err
	}
	first := daysOf(y, q*3-2, 1)
	if next := addMonths(first, 3); first+d-1 >= next {
		return 0, argumentError("the quarter %d of %d has %d days", q, y, next-first)
	}
	return first + d - 1, nil
}

// buildTime sets the fields of a time of day.
func buildTime(fields map[string]any, m moment) (int64, error) {
	if !has(fields, timeKeys...) {
		return m.nanos, nil
	}
	s := m.nanos / nanosPerSecond
	n := m.nanos % nanosPerSecond
	parts := []int64{s / 3600, s / 60 % 60, s % 60, n / 1e6, n / 1e3 % 1e3, n % 1e3}
	most := []int64{23, 59, 59, 999, 999_999, 999_999_999}
	for i, k := range timeKeys {
		v, err := field(fields, k, 0, most[i], parts[i])
		if err != nil {
			return 0, err
		}
		parts[i] = v
	}
	// A finer unit given in full stands for the coarser ones that are not given.
	if has(fields, "microsecond") && !has(fields, "millisecond") && parts[4] > 999 {
		parts[3] = 0
	}
	if has(fields, "nanosecond") && parts[5] > 999 && !has(fields, "millisecond") && !has(fields, "microsecond") {
		parts[3], parts[4] = 0, 0
	}
	sub := parts[3]*1e6 + parts[4]*1e3 + parts[5]
	if sub >= nanosPerSecond {
		return 0, argumentError("the fractions of a second add up to more than a second")
	}
	return (parts[0]*3600+parts[1]*60+parts[2])*nanosPerSecond + sub, nil
}
