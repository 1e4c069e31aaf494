package cypher

import (
	"maps"
	"strings"
	"time"
)

// temporalFunctions are the functions of dates, times and durations, by their names in lower case.
var temporalFunctions = temporalTable()

func temporalTable() map[string]function {
	out := map[string]function{
		"duration":                 {least: 1, most: 1, result: temporalKind, call: durationFunction},
		"duration.between":         {least: 2, most: 2, result: temporalKind, call: between(spanAll)},
		"duration.inmonths":        {least: 2, most: 2, result: temporalKind, call: between(spanMonths)},
		"duration.indays":          {least: 2, most: 2, result: temporalKind, call: between(spanDays)},
		"duration.inseconds":       {least: 2, most: 2, result: temporalKind, call: between(spanSeconds)},
		"datetime.fromepoch":       {least: 2, most: 2, result: temporalKind, call: fromEpoch(1)},
		"datetime.fromepochmillis": {least: 1, most: 1, result: temporalKind, call: fromEpoch(1000)},
		"timestamp":                {result: intKind, call: func(rt *runtime, _ []any) (any, error) { return rt.now.UnixMilli(), nil }},
	}
	for _, typ := range []string{"date", "time", "localtime", "datetime", "localdatetime"} {
		out[typ] = function{most: 1, result: temporalKind, call: func(rt *runtime, a []any) (any, error) {
			if len(a) == 0 {
				return nowIn(rt.now, typ, zone{})
			}
			return makeTemporal(typ, a[0])
		}}
		out[typ+".truncate"] = function{least: 1, most: 3, result: temporalKind, call: func(rt *runtime, a []any) (any, error) {
			if len(a) == 1 {
				now, err := nowIn(rt.now, typ, zone{})
				if err != nil {
					return nil, err
				}
				a = append(a, now)
			}
			return truncate(typ, a)
		}}
		for _, clock := range []string{"transaction", "statement", "realtime"} {
			out[typ+"."+clock] = function{most: 1, result: temporalKind, call: func(rt *runtime, a []any) (any, error) {
				z := zone{}
				if len(a) == 1 {
					name, ok := a[0].(string)
					if !ok {
						return nil, wrongArgument(typ+"."+clock, a[0])
					}
					var err error
					if z, err = parseZone(name); err != nil {
						return nil, err
					}
				}
				return nowIn(rt.now, typ, z)
			}}
		}
	}
	return out
}

func nowIn(now time.Time, typ string, z zone) (any, error) {
	d := at(now.Unix(), int64(now.Nanosecond()), z)
	return moment{days: d.Days, nanos: d.Nanos, hasDate: true, hasTime: true, zoned: true, zone: z}.value(typ)
}

func makeTemporal(typ string, v any) (any, error) {
	switch v := v.(type) {
	case string:
		m, err := parseTemporal(typ, v)
		if err != nil {
			return nil, err
		}
		return m.value(typ)
	case map[string]any:
		return build(typ, v)
	}
	m, err := momentOf(v)
	if err != nil {
		return nil, wrongArgument(typ, v)
	}
	if (typ == "time" || typ == "localtime") && !m.hasTime {
		return nil, argumentError("%s() wants a value with a time of day, not a %s", typ, kindName(v))
	}
	return m.value(typ)
}

func durationFunction(_ *runtime, a []any) (any, error) {
	switch v := a[0].(type) {
	case string:
		return parseDuration(v)
	case map[string]any:
		return durationFromMap(v)
	case Duration:
		return v, nil
	}
	return nil, wrongArgument("duration", a[0])
}

func fromEpoch(unit int64) func(*runtime, []any) (any, error) {
	return func(_ *runtime, a []any) (any, error) {
		n, ok := a[0].(int64)
		if !ok {
			return nil, wrongArgument("datetime.fromEpoch", a[0])
		}
		s := floorDiv(n, unit)
		nanos := (n - s*unit) * (nanosPerSecond / unit)
		if len(a) == 2 {
			more, ok := a[1].(int64)
			if !ok || more < 0 || more >= nanosPerSecond {
				return nil, wrongArgument("datetime.fromEpoch", a[1])
			}
			nanos = more
		}
		if magnitude(s) > 31_000_000_000_000_000 {
			return nil, overflow()
		}
		d := at(s, nanos, zone{})
		_, err := checkedDate(d.Days)
		return d, err
	}
}

// truncate cuts a value down to a unit and sets fields of what is left.
func truncate(typ string, a []any) (any, error) {
	unit, ok := a[0].(string)
	if !ok {
		return nil, wrongArgument(typ+".truncate", a[0])
	}
	m, err := momentOf(a[1])
	if err != nil {
		return nil, err
	}
	fields := map[string]any{}
	if len(a) == 3 {
		given, ok := a[2].(map[string]any)
		if !ok {
			return nil, wrongArgument(typ+".truncate", a[2])
		}
		fields = maps.Clone(given)
	}
	if (typ == "date" || typ == "datetime" || typ == "localdatetime") && !m.hasDate {
		return nil, argumentError("%s.truncate() wants a value with a day, not a %s", typ, kindName(a[1]))
	}
	if err := m.cut(strings.ToLower(unit)); err != nil {
		return nil, err
	}
	m.hasTime = true
	return m.fill(typ, fields, false)
}

// cut sets all that is finer than a unit to its beginning.
func (m *moment) cut(unit string) error {
	clock := map[string]int64{"hour": 3600 * nanosPerSecond, "minute": 60 * nanosPerSecond, "second": nanosPerSecond, "millisecond": 1e6, "microsecond": 1e3, "nanosecond": 1}
	if n, ok := clock[unit]; ok {
		m.nanos -= m.nanos % n
		return nil
	}
	m.nanos = 0
	y, mo, _ := civil(m.days)
	switch unit {
	case "millennium":
		m.days = daysOf(floorDiv(y, 1000)*1000, 1, 1)
	case "century":
		m.days = daysOf(floorDiv(y, 100)*100, 1, 1)
	case "decade":
		m.days = daysOf(floorDiv(y, 10)*10, 1, 1)
	case "year":
		m.days = daysOf(y, 1, 1)
	case "weekyear":
		wy, _ := isoWeek(m.days)
		m.days = weekStart(wy)
	case "quarter":
		m.days = daysOf(y, (mo-1)/3*3+1, 1)
	case "month":
		m.days = daysOf(y, mo, 1)
	case "week":
		m.days -= weekday(m.days) - 1
	case "day":
	default:
		return argumentError("%q is not a unit of time", unit)
	}
	return nil
}

// The parts of a span that are wanted.
const (
	spanAll = iota
	spanMonths
	spanDays
	spanSeconds
)

func between(want int) func(*runtime, []any) (any, error) {
	return func(_ *runtime, args []any) (any, error) {
		a, err := momentOf(args[0])
		if err != nil {
			return nil, err
		}
		b, err := momentOf(args[1])
		if err != nil {
			return nil, err
		}
		dated := a.hasDate && b.hasDate
		switch {
		case !a.hasDate && b.hasDate:
			a.days = b.days
		case a.hasDate && !b.hasDate:
			b.days = a.days
		}
		switch {
		case a.zoned && !b.zoned:
			b.zone = a.zone
		case b.zoned && !a.zoned:
			a.zone = b.zone
		}
		return a.until(b, want, dated), nil
	}
}

// until is the span from a to b.
func (m moment) until(b moment, want int, dated bool) Duration {
	from, to := m.zone.local(m.days, m.nanos), b.zone.local(b.days, b.nanos)
	ts, tn := to.instant()
	end := at(ts, tn, m.zone)
	fs, fn := from.instant()
	if want == spanSeconds || want == spanAll && !dated {
		return normal(0, 0, ts-fs, tn-fn)
	}
	if !dated {
		return Duration{}
	}
	sign := int64(1)
	if end.before(from.Days, from.Nanos) {
		sign = -1
	}
	passed := func(days int64) bool {
		if sign > 0 {
			return end.before(days, from.Nanos)
		}
		return end.after(days, from.Nanos)
	}
	var months int64
	if want != spanDays {
		fy, fm, _ := civil(from.Days)
		ty, tm, _ := civil(end.Days)
		months = (ty-fy)*12 + tm - fm
		if passed(addMonths(from.Days, months)) {
			months -= sign
		}
	}
	if want == spanMonths {
		return Duration{Months: months}
	}
	days := end.Days - addMonths(from.Days, months)
	if days != 0 && passed(addMonths(from.Days, months)+days) {
		days -= sign
	}
	if want == spanDays {
		return Duration{Days: days}
	}
	near := m.zone.local(addMonths(from.Days, months)+days, from.Nanos)
	ns, nn := near.instant()
	return normal(months, days, ts-ns, tn-nn)
}

func (d DateTime) before(days, nanos int64) bool {
	return d.Days < days || d.Days == days && d.Nanos < nanos
}

func (d DateTime) after(days, nanos int64) bool {
	return d.Days > days || d.Days == days && d.Nanos > nanos
}
