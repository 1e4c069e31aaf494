package when

import (
	"strconv"
	"strings"

	"entente/extract"
	"entente/schema"
)

var zones = []string{"gmt", "utc", "est", "edt", "cet", "bst", "et"}

// clock: "18:00 UTC", "0800 GMT", "6:40 p.m.", "12:00 UTC Monday". The day behind it is part of the expression; without one it is the last day
// told in the paragraph, else that of publication; alone says so.
func (f *finder) clock(at int) (x extract.Time, n int, alone bool) {
	n = f.hour(at)
	if n == 0 || f.published.IsZero() {
		return extract.Time{}, 0, false
	}
	i := at + n + f.skip(at+n, "on", ",")
	if i < len(f.words) {
		if x, k := f.read(i); k > 0 && (x.Date.Precision() == schema.PrecisionDay || f.words[i] == "overnight") {
			return x, i + k - at, false
		}
	}
	if a := f.anchors.day; a.paragraph == f.paragraph && a.x.Date.Precision() == schema.PrecisionDay {
		return relative(a.x.Date, a.x.Other), n, true
	}
	return relative(day(f.published), ""), n, true
}

// hour is the number of tokens of a time of the day at i, 0 for none.
func (f *finder) hour(at int) int {
	w := f.words[at]
	h, m, colon := strings.Cut(w, ":")
	if !colon && len(w) == 4 {
		h, m = w[:2], w[2:]
	}
	hours, err := strconv.Atoi(h)
	minutes := 0
	var err2 error
	if m != "" {
		minutes, err2 = strconv.Atoi(m)
	}
	if err != nil || err2 != nil || hours < 0 || hours > 24 || minutes < 0 || minutes > 59 || m != "" && len(m) != 2 {
		return 0
	}
	i := at + 1
	half := f.skip(i, "p.m.", "a.m.", "pm", "am")
	i += half
	paren := f.skip(i, "(")
	zone := f.skip(i+paren, zones...)
	switch {
	case zone == 1:
		i += paren + zone
		if f.skip(i, "+", "-") == 1 && paren == 1 {
			i += 2
		}
		i += paren * f.skip(i, ")")
	case half == 0 && !colon:
		return 0
	case half == 0 && f.skip(at-1, "at", "by", "until", "from") == 0:
		return 0 // a score, a verse
	}
	return i - at
}
