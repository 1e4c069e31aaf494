package corpus

import (
	"regexp"
	"strings"
	"time"

	"entente/schema"
)

var dateLayouts = []string{
	time.RFC3339, "2006-01-02 15:04:05", "2006-01-02T15:04:05", "2006-01-02", "2006-01", "2006", "January 2, 2006", "Jan 2, 2006", "2 January 2006", "2 Jan 2006",
	"Monday, January 2, 2006", "Mon Jan 2, 2006", "Mon, 2 Jan 2006", "01/02/2006", "01-02-2006", "20060102", "2-Jan-2006", "02-Jan-2006",
}

var (
	clock   = regexp.MustCompile(`(?i)[\sT,]+\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?\s*(am|pm)?\s*([A-Z]{2,4}|[+-]\d{2}:?\d{2}|Z)?$`)
	isoHead = regexp.MustCompile(`^(\d{4}-\d{2}-\d{2})`)
	isoName = regexp.MustCompile(`(?:^|[^0-9])(\d{4}-\d{2}-\d{2})(?:[^0-9]|$)`)
)

// dateIn is the date that the whole of s stands for, to the day at most; empty where it stands for none.
func dateIn(s string) schema.Date {
	s = strings.TrimSpace(s)
	for _, form := range []string{s, clock.ReplaceAllString(s, "")} {
		for _, layout := range dateLayouts {
			t, err := time.Parse(layout, form)
			if err != nil {
				continue
			}
			switch layout {
			case "2006":
				return schema.Date(t.Format("2006"))
			case "2006-01":
				return schema.Date(t.Format("2006-01"))
			}
			return schema.Day(t)
		}
	}
	if m := isoHead.FindStringSubmatch(s); m != nil {
		return valid(m[1])
	}
	return ""
}

func valid(s string) schema.Date {
	d, err := schema.ParseDate(s)
	if err != nil {
		return ""
	}
	return d
}

// inName is the date in a file name: "1997-05-27-founding-act.txt".
func inName(name string) schema.Date {
	if m := isoName.FindStringSubmatch(name); m != nil {
		return valid(m[1])
	}
	return ""
}
