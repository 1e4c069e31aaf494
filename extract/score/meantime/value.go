package meantime

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"entente/schema"
)

var seasons = map[string][2]int{"SP": {3, 5}, "SU": {6, 8}, "FA": {9, 11}}

// Date is the value as a date of the schema, false where it stands for no dates of the calendar: a duration, "recently". Weeks and
// weekends are ranges of days, quarters, halves and seasons of months, decades of years; a time of day is its day.
func (t Timex) Date() (schema.Date, bool) {
	v, _, _ := strings.Cut(t.Value, "T")
	v = strings.TrimSuffix(strings.TrimSuffix(v, "-XX"), "-XX")
	if d, err := schema.ParseDate(v); err == nil && v != "" {
		return d, !strings.Contains(v, "/")
	}
	if y, err := strconv.Atoi(v); err == nil && len(v) == 3 {
		return schema.Date(fmt.Sprintf("%d0/%d9", y, y)), true
	}
	head, part, ok := strings.Cut(v, "-")
	y, err := strconv.Atoi(head)
	if !ok || err != nil || len(head) != 4 {
		return "", false
	}
	if s, ok := seasons[part]; ok {
		return months(y, s[0], s[1]), true
	}
	if q, ok := strings.CutPrefix(part, "Q"); ok && len(q) == 1 && q >= "1" && q <= "4" {
		n := int(q[0] - '0')
		return months(y, 3*n-2, 3*n), true
	}
	if w, ok := strings.CutPrefix(part, "W"); ok {
		return week(y, w)
	}
	return "", false
}

func months(y, from, to int) schema.Date {
	return schema.Date(fmt.Sprintf("%04d-%02d/%04d-%02d", y, from, y, to))
}

// week is an ISO week, Monday to Sunday, or its weekend: "36", "36-WE".
func week(y int, w string) (schema.Date, bool) {
	w, end, weekend := strings.Cut(w, "-")
	n, err := strconv.Atoi(w)
	if err != nil || n < 1 || n > 53 || weekend && end != "WE" {
		return "", false
	}
	fourth := time.Date(y, 1, 4, 0, 0, 0, 0, time.UTC) // always in week 1
	monday := fourth.AddDate(0, 0, 7*(n-1)-(int(fourth.Weekday())+6)%7)
	from := monday
	if weekend {
		from = monday.AddDate(0, 0, 5)
	}
	return schema.Between(schema.Day(from), schema.Day(monday.AddDate(0, 0, 6))), true
}
