package cypher

// dateComponent is a part of a day by its name.
func dateComponent(days int64, key string) (int64, bool) {
	y, m, d := civil(days)
	wy, w := isoWeek(days)
	switch key {
	case "year":
		return y, true
	case "quarter":
		return (m-1)/3 + 1, true
	case "month":
		return m, true
	case "week":
		return w, true
	case "weekYear":
		return wy, true
	case "day":
		return d, true
	case "ordinalDay":
		return days - daysOf(y, 1, 1) + 1, true
	case "weekDay", "dayOfWeek":
		return weekday(days), true
	case "dayOfQuarter":
		return days - daysOf(y, (m-1)/3*3+1, 1) + 1, true
	}
	return 0, false
}

func timeComponent(nanos int64, key string) (int64, bool) {
	s, n := nanos/nanosPerSecond, nanos%nanosPerSecond
	switch key {
	case "hour":
		return s / 3600, true
	case "minute":
		return s / 60 % 60, true
	case "second":
		return s % 60, true
	case "millisecond":
		return n / 1e6, true
	case "microsecond":
		return n / 1e3, true
	case "nanosecond":
		return n, true
	}
	return 0, false
}

// component is a part of a temporal value by its name.
func component(v any, key string) (any, error) {
	if d, ok := v.(Duration); ok {
		if n, ok := durationComponent(d, key); ok {
			return n, nil
		}
		return nil, typeError("a Duration has no part %s", key)
	}
	m, err := momentOf(v)
	if err != nil {
		return nil, err
	}
	if m.hasDate {
		if n, ok := dateComponent(m.days, key); ok {
			return n, nil
		}
	}
	if m.hasTime {
		if n, ok := timeComponent(m.nanos, key); ok {
			return n, nil
		}
	}
	if m.zoned {
		if p, ok := zoneComponent(v, key); ok {
			return p, nil
		}
	}
	return nil, typeError("a %s has no part %s", kindName(v), key)
}

func zoneComponent(v any, key string) (any, bool) {
	offset, name := 0, ""
	d, dated := v.(DateTime)
	if dated {
		offset, name = d.Offset, d.Zone
	} else if t, ok := v.(Time); ok {
		offset = t.Offset
	}
	s, n := d.instant()
	switch key {
	case "timezone":
		if name == "" {
			name = formatOffset(offset)
		}
		return name, true
	case "offset":
		return formatOffset(offset), true
	case "offsetMinutes":
		return int64(offset / 60), true
	case "offsetSeconds":
		return int64(offset), true
	case "epochSeconds":
		return s, dated
	case "epochMillis":
		return s*1000 + n/1e6, dated
	}
	return nil, false
}

func durationComponent(d Duration, key string) (int64, bool) {
	switch key {
	case "years":
		return d.Months / 12, true
	case "quarters":
		return d.Months / 3, true
	case "months":
		return d.Months, true
	case "weeks":
		return d.Days / 7, true
	case "days":
		return d.Days, true
	case "hours":
		return d.Seconds / 3600, true
	case "minutes":
		return d.Seconds / 60, true
	case "seconds":
		return d.Seconds, true
	case "milliseconds":
		return d.Seconds*1e3 + d.Nanos/1e6, true
	case "microseconds":
		return d.Seconds*1e6 + d.Nanos/1e3, true
	case "nanoseconds":
		return d.Seconds*1e9 + d.Nanos, true
	case "quartersOfYear":
		return d.Months / 3 % 4, true
	case "monthsOfQuarter":
		return d.Months % 3, true
	case "monthsOfYear":
		return d.Months % 12, true
	case "daysOfWeek":
		return d.Days % 7, true
	case "minutesOfHour":
		return d.Seconds / 60 % 60, true
	case "secondsOfMinute":
		return d.Seconds % 60, true
	case "millisecondsOfSecond":
		return d.Nanos / 1e6, true
	case "microsecondsOfSecond":
		return d.Nanos / 1e3, true
	case "nanosecondsOfSecond":
		return d.Nanos, true
	}
	return 0, false
}
