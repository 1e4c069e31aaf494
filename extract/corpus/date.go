package corpus

import (
	"regexp"
	"strings"
	"time"

	"entente/schema"
)

// dateLayouts are the forms of a date; one of figures alone whose day and month could be swapped is none of them.
var dateLayouts = []string{
	time.RFC3339, "2006-01-02 15:04:05", "2006-01-02T15:04:05", "2006-01-02", "2006-01", "2006", "January 2, 2006", "Jan 2, 2006", "2 January 2006", "2 Jan 2006",
	"Monday, January 2, 2006", "Monday January 2, 2006", "Monday, 2 January 2006", "Monday 2 January 2006", "Mon Jan 2, 2006", "Mon, Jan 2, 2006", "Mon, 2 Jan 2006",
	"Mon 2 Jan 2006", "20060102", "2-Jan-2006", "02-Jan-2006",
}

var (
	clock      = regexp.MustCompile(`(?i)(?:[\sT,]|\bat\b)+\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?\s*([ap]\.?m\.?)?\s*([A-Z]{2,4}|[+-]\d{2}:?\d{2}|Z)?$`)
	isoHead    = regexp.MustCompile(`^(\d{4}-\d{2}-\d{2})`)
	isoName    = regexp.MustCompile(`(?:^|[^0-9])(\d{4}-\d{2}-\d{2})(?:[^0-9]|$)`)
	monthStop  = regexp.MustCompile(`(?i)\b(Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\.`)
	septMonth  = regexp.MustCompile(`(?i)\bSept\b\.?`)
	figureDate = regexp.MustCompile(`^(\d{2})[/-](\d{2})[/-](\d{4})$`)
)

// dateIn is the date that a format's own field stands for, to the day at most; empty where it stands for none.
func dateIn(s string) schema.Date {
	s = strings.TrimSpace(s)
	if d := wholeDate(s); d != "" {
		return d
	}
	if m := isoHead.FindString(s); m != "" {
		return valid(m)
	}
	return ""
}

// wholeDate is the date that the whole of s stands for, to the day at most.
func wholeDate(s string) schema.Date {
	s = septMonth.ReplaceAllString(monthStop.ReplaceAllString(s, "$1"), "Sep")
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
		if d := figures(form); d != "" {
			return d
		}
	}
	return ""
}

// figures is the day of 12/25/2010 or 25/12/2010, and of 05/05/2010; 04/03/2010 could be two days, so it is none.
func figures(s string) schema.Date {
	m := figureDate.FindStringSubmatch(s)
	if m == nil {
		return ""
	}
	american, european := valid(m[3]+"-"+m[1]+"-"+m[2]), valid(m[3]+"-"+m[2]+"-"+m[1])
	switch {
	case american == "" || american == european:
		return european
	case european == "":
		return american
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
