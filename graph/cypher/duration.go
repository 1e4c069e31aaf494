package cypher

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
)

// mostUnits bounds the parts of a duration.
const mostUnits = 1 << 53

// durationOf makes a duration of parts that may have fractions: those of months go to days and seconds, those of days to seconds.
func durationOf(months, days, seconds, nanos float64) (Duration, error) {
	for _, f := range []float64{months, days, seconds} {
		if math.IsNaN(f) || math.Abs(f) > mostUnits {
			return Duration{}, overflow()
		}
	}
	wholeMonths := math.Trunc(months)
	rest := (months - wholeMonths) * float64(averageMonth)
	restDays := math.Trunc(rest / float64(secondsPerDay))
	rest -= restDays * float64(secondsPerDay)
	wholeDays := math.Trunc(days)
	rest += (days - wholeDays) * float64(secondsPerDay)
	wholeSeconds := math.Trunc(seconds)
	restSeconds := math.Trunc(rest)
	n := math.Round((rest-restSeconds)*1e9 + (seconds-wholeSeconds)*1e9)
	whole := math.Trunc(nanos / 1e9)
	return normal(int64(wholeMonths), int64(wholeDays)+int64(restDays), int64(wholeSeconds)+int64(restSeconds)+int64(whole), int64(n)+int64(math.Trunc(nanos-whole*1e9))), nil
}

// normal carries nanoseconds into seconds.
func normal(months, days, seconds, nanos int64) Duration {
	carry := floorDiv(nanos, nanosPerSecond)
	return Duration{months, days, seconds + carry, nanos - carry*nanosPerSecond}
}

func (d Duration) scale(f float64) (any, error) {
	if f == -1 {
		return normal(-d.Months, -d.Days, -d.Seconds, -d.Nanos), nil
	}
	seconds := float64(d.Seconds) * f
	whole := math.Trunc(seconds)
	out, err := durationOf(float64(d.Months)*f, float64(d.Days)*f, whole, 0)
	if err != nil {
		return nil, err
	}
	return normal(out.Months, out.Days, out.Seconds, out.Nanos+int64(math.Trunc((seconds-whole)*1e9+float64(d.Nanos)*f))), nil
}

func formatDuration(d Duration) string {
	if d == (Duration{}) {
		return "PT0S"
	}
	var b strings.Builder
	b.WriteByte('P')
	part := func(n int64, unit byte) {
		if n != 0 {
			fmt.Fprintf(&b, "%d%c", n, unit)
		}
	}
	part(d.Months/12, 'Y')
	part(d.Months%12, 'M')
	part(d.Days, 'D')
	if d.Seconds == 0 && d.Nanos == 0 {
		return b.String()
	}
	b.WriteByte('T')
	s, n := d.Seconds, d.Nanos
	if s < 0 && n > 0 {
		s, n = s+1, n-nanosPerSecond
	}
	part(s/3600, 'H')
	part(s/60%60, 'M')
	s %= 60
	if n == 0 {
		part(s, 'S')
		return b.String()
	}
	if s < 0 || n < 0 {
		b.WriteByte('-')
		s, n = -s, -n
	}
	fmt.Fprintf(&b, "%d%sS", s, strings.TrimRight(fmt.Sprintf(".%09d", n), "0"))
	return b.String()
}

var (
	durationPattern = regexp.MustCompile(`^([-+]?)P(?:([-+]?[\d.]+)Y)?(?:([-+]?[\d.]+)M)?(?:([-+]?[\d.]+)W)?(?:([-+]?[\d.]+)D)?` +
		`(T(?:([-+]?[\d.]+)H)?(?:([-+]?[\d.]+)M)?(?:([-+]?[\d.]+)S)?)?$`)
	durationDatePattern = regexp.MustCompile(`^P(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d(?:\.\d{1,9})?)$`)
)

func parseDuration(s string) (any, error) {
	if m := durationDatePattern.FindStringSubmatch(s); m != nil {
		var f [6]float64
		for i := range f {
			f[i], _ = strconv.ParseFloat(m[i+1], 64)
		}
		return durationOf(f[0]*12+f[1], f[2], f[3]*3600+f[4]*60+math.Trunc(f[5]), math.Round((f[5]-math.Trunc(f[5]))*1e9))
	}
	m := durationPattern.FindStringSubmatch(s)
	if m == nil || strings.HasSuffix(s, "P") || strings.HasSuffix(s, "T") {
		return nil, argumentError("%q is not a duration: want ISO 8601, such as P1Y2M3DT4H5M6S", s)
	}
	var f [10]float64
	for i, j := range []int{2, 3, 4, 5, 7, 8, 9} {
		if m[j] == "" {
			continue
		}
		var err error
		if f[i], err = strconv.ParseFloat(m[j], 64); err != nil {
			return nil, argumentError("%q is not a duration", s)
		}
		if m[1] == "-" {
			f[i] = -f[i]
		}
	}
	whole := math.Trunc(f[6])
	return durationOf(f[0]*12+f[1], f[2]*7+f[3], f[4]*3600+f[5]*60+whole, math.Round((f[6]-whole)*1e9))
}

func durationFromMap(m map[string]any) (any, error) {
	units := map[string]float64{}
	for k, v := range m {
		f, ok := toFloat(v)
		if v != nil && !ok {
			return nil, argumentError("duration(): %s wants a number, not a %s", k, kindName(v))
		}
		units[k] = f
	}
	known := []string{"years", "quarters", "months", "weeks", "days", "hours", "minutes", "seconds", "milliseconds", "microseconds", "nanoseconds"}
	for _, k := range sortedKeys(m) {
		if !strings.Contains(" "+strings.Join(known, " ")+" ", " "+k+" ") {
			return nil, argumentError("duration(): %s is not a unit: want one of %s", k, strings.Join(known, ", "))
		}
	}
	return durationOf(units["years"]*12+units["quarters"]*3+units["months"], units["weeks"]*7+units["days"],
		units["hours"]*3600+units["minutes"]*60+units["seconds"], units["milliseconds"]*1e6+units["microseconds"]*1e3+units["nanoseconds"])
}

// temporalArith is +, -, * and / with temporal values.
func temporalArith(op string, a, b any) (any, error) {
	x, xDur := a.(Duration)
	y, yDur := b.(Duration)
	switch {
	case xDur && yDur && op == "+":
		return addDurations(x, y)
	case xDur && yDur && op == "-":
		return addDurations(x, normal(-y.Months, -y.Days, -y.Seconds, -y.Nanos))
	case xDur && !yDur && (op == "*" || op == "/"):
		if f, ok := toFloat(b); ok {
			if op == "/" {
				return x.divide(f)
			}
			return x.scale(f)
		}
	case yDur && !xDur && op == "*":
		if f, ok := toFloat(a); ok {
			return y.scale(f)
		}
	case yDur && op == "+" && isTemporal(a):
		return shift(a, y)
	case yDur && op == "-" && isTemporal(a):
		return shift(a, normal(-y.Months, -y.Days, -y.Seconds, -y.Nanos))
	case xDur && op == "+" && isTemporal(b):
		return shift(b, x)
	}
	return nil, runtimeError(TypeError, "InvalidArgumentType", "%s does not join a %s and a %s", op, kindName(a), kindName(b))
}

func (d Duration) divide(f float64) (any, error) {
	if f == 0 {
		return nil, runtimeError(ArgumentError, "DivisionByZero", "/ by zero")
	}
	seconds := float64(d.Seconds) / f
	whole := math.Trunc(seconds)
	out, err := durationOf(float64(d.Months)/f, float64(d.Days)/f, whole, 0)
	if err != nil {
		return nil, err
	}
	return normal(out.Months, out.Days, out.Seconds, out.Nanos+int64(math.Trunc((seconds-whole)*1e9+float64(d.Nanos)/f))), nil
}

func addDurations(x, y Duration) (any, error) {
	parts := [][2]int64{{x.Months, y.Months}, {x.Days, y.Days}, {x.Seconds, y.Seconds}}
	var out [3]int64
	for i, p := range parts {
		n, err := integerArith("+", p[0], p[1])
		if err != nil {
			return nil, err
		}
		out[i] = n.(int64)
	}
	return normal(out[0], out[1], out[2], x.Nanos+y.Nanos), nil
}

// shift moves a temporal value by a duration.
func shift(v any, d Duration) (any, error) {
	if max(magnitude(d.Months)/12, magnitude(d.Days)/366, magnitude(d.Seconds)/31_622_400) > 2*mostYear {
		return nil, overflow()
	}
	clock := func(nanos int64) (days, rest int64) {
		s := nanos/nanosPerSecond + d.Seconds
		n := nanos%nanosPerSecond + d.Nanos
		s, n = s+floorDiv(n, nanosPerSecond), n-floorDiv(n, nanosPerSecond)*nanosPerSecond
		days = floorDiv(s, secondsPerDay)
		return days, (s-days*secondsPerDay)*nanosPerSecond + n
	}
	switch v := v.(type) {
	case Date:
		s := d.Seconds
		if s < 0 && d.Nanos > 0 {
			s++
		}
		return checkedDate(addMonths(v.Days, d.Months) + d.Days + s/secondsPerDay)
	case LocalTime:
		_, n := clock(v.Nanos)
		return LocalTime{n}, nil
	case Time:
		_, n := clock(v.Nanos)
		return Time{n, v.Offset}, nil
	case LocalDateTime:
		days, n := clock(v.Nanos)
		date, err := checkedDate(addMonths(v.Days, d.Months) + d.Days + days)
		return LocalDateTime{date.Days, n}, err
	case DateTime:
		z, err := zoneOf(v)
		if err != nil {
			return nil, err
		}
		moved := z.local(addMonths(v.Days, d.Months)+d.Days, v.Nanos)
		s, n := moved.instant()
		n += d.Nanos
		out := at(s+d.Seconds+n/nanosPerSecond, n%nanosPerSecond, z)
		_, err = checkedDate(out.Days)
		return out, err
	}
	return nil, typeError("a %s cannot be moved", kindName(v))
}

func checkedDate(days int64) (Date, error) {
	if y, _, _ := civil(days); y < leastYear || y > mostYear {
		return Date{}, argumentError("the year %d is out of range", y)
	}
	return Date{days}, nil
}
