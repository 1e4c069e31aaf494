package corpus

import (
	"cmp"
	"html"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"entente/schema"
)

// order says how a stream writes dates in figures whose day and month could be swapped.
type order int

const (
	orderUnknown order = iota
	dayFirst
	monthFirst
)

// moment is when an article came out.
type moment struct {
	day   schema.Date // in the zone of the value, to the day at most
	clock string      // RFC 3339 in UTC, or the local time to the minute where the zone is unknown; empty where only the day is known
}

// String is the moment as exactly as it is known.
func (m moment) String() string { return cmp.Or(m.clock, string(m.day)) }

// dateLayouts are the forms of a date; one of figures alone whose day and month could be swapped is none of them.
var dateLayouts = []string{
	"2006-01-02", "2006-01", "2006", "January 2, 2006", "Jan 2, 2006", "2 January 2006", "2 Jan 2006", "Monday, January 2, 2006", "Monday January 2, 2006",
	"Monday, 2 January 2006", "Monday 2 January 2006", "Mon Jan 2, 2006", "Mon, Jan 2, 2006", "Mon, 2 Jan 2006", "Mon 2 Jan 2006", "20060102", "2-Jan-2006", "02-Jan-2006",
	"January 2, 2006 Monday", "2 January 2006 Monday", "02.01.2006", "2.1.2006", "2006/01/02", "January 2006", "Jan 2006",
}

// clockLayouts are the forms of a date with a time: those of computers, whose zone is UTC where they name none.
var clockLayouts = []string{
	time.RFC3339, "2006-01-02T15:04:05-0700", "2006-01-02T15:04:05", "2006-01-02 15:04:05", "2006-01-02 15:04:05-07:00", "2006-01-02 15:04:05-0700", "2006-01-02 15:04:05 UTC",
	"20060102T150405Z", "20060102T150405-0700", "20060102T150405", "20060102150405", "2006-01-02T15:04Z07:00", "2006-01-02 15:04",
	"2-Jan-2006 15:04:05", "Mon, 2 Jan 2006 15:04:05 -0700",
}

// zones are the names of zones that wires and feeds write, in hours east of UTC.
var zones = map[string]int{"UTC": 0, "GMT": 0, "Z": 0, "UT": 0, "BST": 1, "CET": 1, "CEST": 2, "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7}

var (
	clock      = regexp.MustCompile(`(?i)(?:[\sT,]|\bat\b)+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*([ap]\.?m\.?)?\s*([A-Z]{1,4}|[+-]\d{2}:?\d{2})?$`)
	isoHead    = regexp.MustCompile(`^(\d{4}-\d{2}-\d{2})`)
	isoName    = regexp.MustCompile(`(?:^|[^0-9])(\d{4}-\d{2}-\d{2})(?:[^0-9]|$)`)
	monthStop  = regexp.MustCompile(`(?i)\b(Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\.`)
	septMonth  = regexp.MustCompile(`(?i)\bSept\b\.?`)
	figureDate = regexp.MustCompile(`^(\d{1,2})([/-])(\d{1,2})[/-](\d{4})$`)
	epoch      = regexp.MustCompile(`^\d{9,10}(?:\d{3})?(?:\.\d+)?$`)
	reference  = regexp.MustCompile(`&#\d+;.*$|[\x00-\x08].*$`)
)

// noDates are the words of programs for a date that is not there.
var noDates = []string{"", "none", "null", "nan", "nat", "n/a", "na", "-", "unknown", "0000-00-00", "0000-00-00 00:00:00", "0"}

// momentIn is when a value of a format says that an article came out; empty where it says that it does not know, or could be two days. It
// is not ok where the value means nothing.
func momentIn(s string, o order) (m moment, ok bool) {
	s = strings.TrimSpace(reference.ReplaceAllString(s, ""))
	if slices.Contains(noDates, strings.ToLower(s)) {
		return moment{}, true
	}
	if epoch.MatchString(s) && !strings.HasPrefix(s, "19") && !strings.HasPrefix(s, "20") || epoch.MatchString(s) && len(s) > 12 {
		return ofEpoch(s), true
	}
	if m := withClock(s, o); m.day != "" {
		return m, true
	}
	if d := wholeDay(s, o); d != "" {
		return moment{day: d}, true
	}
	if figureDate.MatchString(clock.ReplaceAllString(s, "")) {
		return moment{}, true
	}
	if d := isoHead.FindString(s); d != "" && valid(d) != "" {
		return moment{day: valid(d)}, true
	}
	return moment{}, false
}

func ofEpoch(s string) moment {
	whole, _, _ := strings.Cut(s, ".")
	n, err := strconv.ParseInt(whole, 10, 64)
	if err != nil {
		return moment{}
	}
	if len(whole) > 11 {
		n /= 1000
	}
	t := time.Unix(n, 0).UTC()
	return moment{schema.Day(t), t.Format(time.RFC3339)}
}

// withClock is a date with a time of the day.
func withClock(s string, o order) moment {
	t, ok := time.Time{}, false
	for _, layout := range clockLayouts {
		if parsed, err := time.Parse(layout, s); err == nil {
			t, ok = parsed, true
			break
		}
	}
	if ok {
		return moment{schema.Day(t), t.UTC().Truncate(time.Second).Format(time.RFC3339)}
	}
	c := clock.FindStringSubmatchIndex(s)
	if c == nil {
		return moment{}
	}
	d := wholeDay(strings.TrimSpace(s[:c[0]]), o)
	if len(d) != len(time.DateOnly) {
		return moment{}
	}
	return moment{d, clockOn(d, group(s, c, 1), group(s, c, 2), group(s, c, 3), group(s, c, 4), group(s, c, 5))}
}

// clockOn is a time on a day: in UTC where the zone is known or the time has seconds, as computers write it, else local to the minute.
func clockOn(d schema.Date, hour, minute, second, half, zone string) string {
	h, _ := strconv.Atoi(hour)
	m, _ := strconv.Atoi(minute)
	sec, _ := strconv.Atoi(second)
	if half != "" {
		h %= 12
		if strings.EqualFold(half[:1], "p") {
			h += 12
		}
	}
	if h > 23 || m > 59 || sec > 60 {
		return ""
	}
	t := d.First().Add(time.Duration(h)*time.Hour + time.Duration(m)*time.Minute + time.Duration(sec)*time.Second)
	switch off, known := zones[strings.ToUpper(zone)]; {
	case known:
		return t.Add(-time.Duration(off) * time.Hour).Format(time.RFC3339)
	case zone != "" && (zone[0] == '+' || zone[0] == '-'):
		z, err := time.Parse("-0700", strings.Replace(zone, ":", "", 1))
		if err != nil {
			return ""
		}
		_, off := z.Zone()
		return t.Add(-time.Duration(off) * time.Second).Format(time.RFC3339)
	case zone != "":
		return t.Format("2006-01-02T15:04")
	case second != "":
		return t.Format(time.RFC3339)
	}
	return t.Format("2006-01-02T15:04")
}

// dateIn is the day that a format's own field stands for; empty where it stands for none.
func dateIn(s string) schema.Date {
	m, _ := momentIn(s, orderUnknown)
	return m.day
}

// wholeDate is the date that the whole of s stands for, to the day at most, a time of the day being dropped.
func wholeDate(s string) schema.Date {
	if d := wholeDay(s, orderUnknown); d != "" {
		return d
	}
	return wholeDay(clock.ReplaceAllString(s, ""), orderUnknown)
}

func wholeDay(s string, o order) schema.Date {
	s = septMonth.ReplaceAllString(monthStop.ReplaceAllString(s, "$1"), "Sep")
	for _, layout := range dateLayouts {
		t, err := time.Parse(layout, s)
		if err != nil {
			continue
		}
		switch {
		case layout == "2006":
			return schema.Date(t.Format("2006"))
		case !strings.Contains(strings.NewReplacer("2006", "", "Jan", "", "01", "").Replace(layout), "2"):
			return schema.Date(t.Format("2006-01"))
		}
		return schema.Day(t)
	}
	return figures(s, o)
}

// figures is the day of 12/25/2010 or 25/12/2010, and of 05/05/2010; 04/03/2010 could be two days, so it is none unless the stream shows
// the order. With dashes the month comes first, as in the United States: elsewhere the year does.
func figures(s string, o order) schema.Date {
	m := figureDate.FindStringSubmatch(s)
	if m == nil {
		return ""
	}
	two := func(s string) string { return ("0" + s)[len(s)-1:] }
	american, european := valid(m[4]+"-"+two(m[1])+"-"+two(m[3])), valid(m[4]+"-"+two(m[3])+"-"+two(m[1]))
	switch {
	case american == "" || american == european:
		return european
	case european == "", o == monthFirst, o == orderUnknown && m[2] == "-":
		return american
	case o == dayFirst:
		return european
	}
	return ""
}

var figurePair = regexp.MustCompile(`\b(\d{2})/(\d{2})/(?:19|20)\d{2}\b`)

// orderOf is the order of day and month that the dates of a stream's beginning show: a number above 12 tells.
func orderOf(head []byte) order {
	days, months := 0, 0
	for _, m := range figurePair.FindAllSubmatch(head, 200) {
		first, second := string(m[1]), string(m[2])
		if first > "12" {
			days++
		}
		if second > "12" {
			months++
		}
	}
	switch {
	case days > 0 && months == 0:
		return dayFirst
	case months > 0 && days == 0:
		return monthFirst
	}
	return orderUnknown
}

func valid(s string) schema.Date {
	d, err := schema.ParseDate(s)
	if err != nil {
		return ""
	}
	return d
}

var pathDay = regexp.MustCompile(`/((?:19|20)\d{2})/(0[1-9]|1[0-2])/(0[1-9]|[12]\d|3[01])(?:/|$)`)

// inURL is the day in the path of an address: "/2019/03/04/".
func inURL(url string) schema.Date {
	if m := pathDay.FindStringSubmatch(url); m != nil {
		return valid(m[1] + "-" + m[2] + "-" + m[3])
	}
	return ""
}

// inName is the date in a file name: "1997-05-27-founding-act.txt".
func inName(name string) schema.Date {
	if m := isoName.FindStringSubmatch(name); m != nil {
		return valid(m[1])
	}
	return ""
}

// unescaped is s with character references as what they stand for.
func unescaped(s string) string { return html.UnescapeString(s) }
