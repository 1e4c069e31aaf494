package when

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"entente/extract"
	"entente/schema"
)

var months = map[string]time.Month{
	"january": 1, "february": 2, "march": 3, "april": 4, "may": 5, "june": 6, "july": 7, "august": 8, "september": 9, "october": 10, "november": 11,
	"december": 12, "jan.": 1, "feb.": 2, "mar.": 3, "apr.": 4, "jun.": 6, "jul.": 7, "aug.": 8, "sept.": 9, "sep.": 9, "oct.": 10, "nov.": 11, "dec.": 12,
	"jan": 1, "feb": 2, "apr": 4, "aug": 8, "sept": 9, "oct": 10, "nov": 11, "dec": 12,
}

// monthAt is the month named at token i. "May" and "March" must be capitalised, and are no month where the tagger sees a verb; "May" and "Jan" are
// names of people where no day, year or word that months follow stands beside them.
func (f *finder) monthAt(i int) (time.Month, bool) {
	m, ok := months[f.wordAt(i)]
	if !ok {
		return 0, false
	}
	if w := f.words[i]; (w == "may" || w == "jan") && !f.dated(i) {
		return 0, false
	}
	if w := f.words[i]; w == "may" || w == "march" {
		t := f.tokens[i]
		return m, strings.Contains(t.Text, "M") && (t.UPOS == "" || t.UPOS == "PROPN" || t.UPOS == "NOUN" || len(t.Text) > len(w))
	}
	return m, true
}

// dated reports whether a day or year or a word that months follow stands beside token i.
func (f *finder) dated(i int) bool {
	next := i + 1 + f.skip(i+1, ",", "of")
	_, d := f.dayAt(i + 1)
	_, y := f.yearAt(next)
	_, step := steps[f.wordAt(i-1)]
	_, d2 := f.dayAt(i - 1)
	_, part := parts[f.wordAt(i-1)]
	if d || d2 || y || step || part || len(f.tokens[i].Text) > len(f.words[i]) {
		return true
	}
	return f.skip(i-1, "in", "since", "by", "until", "till", "from", "of", "during", "before", "after", "through", "to", "between", "and", "for", "-", "the", "a", "following") == 1
}

// dayAt is the day of a month written at token i: "8", "8th".
func (f *finder) dayAt(i int) (int, bool) {
	w := f.wordAt(i)
	for _, s := range []string{"st", "nd", "rd", "th"} {
		w = strings.TrimSuffix(w, s)
	}
	d, err := strconv.Atoi(w)
	return d, err == nil && len(w) <= 2 && d >= 1 && d <= 31
}

// yearAt is the year written at token i, 1800 to 2099.
func (f *finder) yearAt(i int) (int, bool) {
	w := f.wordAt(i)
	y, err := strconv.Atoi(w)
	return y, err == nil && len(w) == 4 && y >= 1800 && y < 2100
}

func date(y int, m time.Month, d int) (schema.Date, bool) {
	t := time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
	return schema.Day(t), t.Day() == d
}

// joins reports whether the word at i joins the ends of a range.
func (f *finder) joins(i int) bool {
	return f.skip(i, "-", "--", "to", "through", "until", "till") == 1
}

// pairs reports whether the word at i joins two days that follow each other.
func (f *finder) pairs(i int) bool { return f.skip(i, "and", "or", "/") == 1 }

func (f *finder) isoDate(at int) (extract.Time, int) {
	w := f.words[at]
	if len(w) == 10 && w[4] == '-' {
		if d, err := schema.ParseDate(w); err == nil {
			return explicit(d), 1
		}
	}
	return extract.Time{}, 0
}

// numeric: "25/12/2010", "12/25/2010", "25.12.2010", where only one reading is a date.
func (f *finder) numeric(at int) (extract.Time, int) {
	p := strings.FieldsFunc(f.words[at], func(r rune) bool { return r == '/' || r == '.' })
	if len(p) != 3 || len(p[2]) != 4 || len(f.words[at]) > 10 {
		return extract.Time{}, 0
	}
	a, err := strconv.Atoi(p[0])
	b, err2 := strconv.Atoi(p[1])
	y, err3 := strconv.Atoi(p[2])
	if err != nil || err2 != nil || err3 != nil || y < 1800 || y >= 2100 || a < 1 || b < 1 || a <= 12 && b <= 12 && a != b {
		return extract.Time{}, 0
	}
	if d, ok := date(y, time.Month(min(a, b)), max(a, b)); ok && min(a, b) <= 12 {
		return explicit(d), 1
	}
	return extract.Time{}, 0
}

// dayMonth: "8 December 2010", "20th of January", "8-9 December", "8 and 9 December", "28 April to 3 May".
func (f *finder) dayMonth(at int) (extract.Time, int) {
	d, ok := f.dayAt(at)
	if !ok {
		return extract.Time{}, 0
	}
	d2, n := d, 1
	if f.joins(at+1) || f.pairs(at+1) {
		if dd, ok := f.dayAt(at + 2); ok && dd > d && (f.joins(at+1) || dd == d+1) {
			d2, n = dd, 3
		}
	}
	n += f.skip(at+n, "of")
	m, ok := f.monthAt(at + n)
	if !ok {
		return extract.Time{}, 0
	}
	n++
	m2 := m
	if d2 == d && f.joins(at+n) {
		if dd, ok := f.dayAt(at + n + 1); ok {
			if mm, ok := f.monthAt(at + n + 2); ok {
				m2, d2, n = mm, dd, n+3
			}
		}
	}
	return f.withYear(at, n, days(m, d, m2, d2), true)
}

// monthDay: "December 8, 2010", "Nov. 19-20", "June 3 and 4", "April 29 to May 5".
func (f *finder) monthDay(at int) (extract.Time, int) {
	m, ok := f.monthAt(at)
	if !ok {
		return extract.Time{}, 0
	}
	d, ok := f.dayAt(at + 1)
	if !ok {
		return extract.Time{}, 0
	}
	n := 2
	m2, d2 := m, d
	if f.joins(at+n) || f.pairs(at+n) {
		if mm, ok := f.monthAt(at + n + 1); ok && f.joins(at+n) {
			if dd, ok := f.dayAt(at + n + 2); ok {
				m2, d2, n = mm, dd, n+3
			}
		} else if dd, ok := f.dayAt(at + n + 1); ok && dd > d && (f.joins(at+n) || dd == d+1) {
			d2, n = dd, n+2
		}
	}
	return f.withYear(at, n, days(m, d, m2, d2), true)
}

// days is the range from one day to another as a function of the year of the first; the second may lie in the next year.
func days(m time.Month, d int, m2 time.Month, d2 int) func(int) (schema.Date, bool) {
	return func(y int) (schema.Date, bool) {
		from, ok := date(y, m, d)
		y2 := y
		if m2 < m {
			y2++
		}
		to, ok2 := date(y2, m2, d2)
		if !ok || !ok2 || to < from {
			return "", false
		}
		return schema.Between(from, to), true
	}
}

// months: "March 1985", "August, 1985", "November", "April to June 2010", "between June and October".
func (f *finder) months(at int) (extract.Time, int) {
	m, ok := f.monthAt(at)
	if !ok {
		return extract.Time{}, 0
	}
	m2, n := m, 1
	if f.joins(at+1) || f.wordAt(at+1) == "and" && f.wordAt(at-1) == "between" {
		_, day := f.dayAt(at + 3)
		if mm, ok := f.monthAt(at + 2); ok && mm != m && !day {
			m2, n = mm, 3
		}
	}
	return f.withYear(at, n, func(y int) (schema.Date, bool) {
		from := schema.Date(fmt.Sprintf("%04d-%02d", y, m))
		if m2 < m {
			y++
		}
		return schema.Between(from, schema.Date(fmt.Sprintf("%04d-%02d", y, m2))), true
	}, false)
}

// withYear completes an expression of n tokens by the year that follows it ("2010", "last year", "of this year") or, without one, by that of
// the date it follows in the text, or by the years before and after publication in which it falls nearest. exact is an expression with a day.
func (f *finder) withYear(at, n int, of func(int) (schema.Date, bool), exact bool) (extract.Time, int) {
	i := at + n + f.skip(at+n, ",", "of", "in")
	if y, ok := f.yearAt(i); ok && f.wordAt(i-1) != "in" {
		if d, ok := of(y); ok {
			return explicit(d), i + 1 - at
		}
	}
	if f.published.IsZero() {
		return extract.Time{}, 0
	}
	if step, ok := steps[f.wordAt(i)]; ok && f.wordAt(i+1) == "year" {
		if d, ok := of(f.published.Year() + step); ok {
			return relative(d, ""), i + 2 - at
		}
	}
	back, ahead, ok := f.nearest(of, exact)
	if !ok {
		return extract.Time{}, 0
	}
	if d, ok := f.inherited(of); ok {
		back = d
	}
	return relative(back, ahead), n
}

// nearest are the last date up to publication and the first from it on. A day of this year still to come is more often meant than last
// year's where it is within three months.
func (f *finder) nearest(of func(int) (schema.Date, bool), exact bool) (back, ahead schema.Date, ok bool) {
	y := f.published.Year()
	now, ok := of(y)
	if !ok { // 29 February
		if back, ok = of(y - 1); ok {
			return back, back, true
		}
		ahead, ok = of(y + 1)
		return ahead, ahead, ok
	}
	back, ahead = now, now
	switch {
	case now.First().After(f.published):
		if d, ok := of(y - 1); ok && (!exact || now.First().Sub(f.published) >= 92*24*time.Hour) {
			back = d
		}
	case now.Last().Before(f.published):
		if d, ok := of(y + 1); ok {
			ahead = d
		}
	}
	return back, ahead, true
}

// year: a bare year, or two: "1991-1995", "1991-95", "1987/88", "between 1985 and 1986". It must follow a word that years follow, or stand
// before a noun that it tells from others ("their 1994 accord"): "2000 soldiers" is none.
func (f *finder) year(at int) (extract.Time, int) {
	if y, z, ok := slashed(f.words[at]); ok {
		return explicit(years(y, z)), 1
	}
	before := f.wordAt(at - 1)
	y, ok := f.yearAt(at)
	if !ok {
		return f.shortYear(at)
	}
	if f.skip(at+1, zones...) == 1 {
		return extract.Time{}, 0 // "by 1900 GMT"
	}
	if f.joins(at+1) || f.wordAt(at+1) == "and" && before == "between" {
		if z, ok := f.yearAt(at + 2); ok && z > y {
			return explicit(years(y, z)), 3
		}
		if z, err := strconv.Atoi(f.wordAt(at + 2)); err == nil && len(f.wordAt(at+2)) == 2 && f.wordAt(at+1) == "-" && y%100 < z {
			return explicit(years(y, y-y%100+z)), 3
		}
	}
	switch before {
	case "in", "since", "until", "till", "by", "from", "during", "of", "for", "late", "early", "before", "after", "mid", "calendar", "to", "than", "(", "[", "-", ",", "through", "throughout",
		"the", "fiscal", "year", "fy", "between", "least":
		if f.upos(at+1) == "NOUN" && before != "in" && before != "the" {
			return extract.Time{}, 0
		}
		return explicit(schema.Date(f.words[at])), 1
	case "and", "or", "/":
		if f.end != at-1 || f.upos(at+1) == "NOUN" {
			return extract.Time{}, 0 // "resolutions 1874 and 1929"
		}
		return explicit(schema.Date(f.words[at])), 1
	case "a", "its", "his", "her", "their", "our", "'s", "'", "this":
		if f.tellsApart(at + 1) {
			return explicit(schema.Date(f.words[at])), 1
		}
	default:
		if f.upos(at-1) == "ADJ" && f.tellsApart(at+1) { // "the disputed 2019 vote"
			return explicit(schema.Date(f.words[at])), 1
		}
	}
	return extract.Time{}, 0
}

// shortYear: "since '82".
func (f *finder) shortYear(at int) (extract.Time, int) {
	w, ok := strings.CutPrefix(f.words[at], "'")
	y, err := strconv.Atoi(w)
	if !ok || err != nil || len(w) != 2 || f.skip(at-1, "in", "since", "of", "from", "until", "before", "after") == 0 {
		return extract.Time{}, 0
	}
	if y += 1900; y < 1930 {
		y += 100
	}
	return explicit(schema.Date(strconv.Itoa(y))), 1
}

// tellsApart reports whether a noun in the singular stands at i, perhaps behind another or an adjective: "accord", "Moscow summit".
func (f *finder) tellsApart(i int) bool {
	for n := 0; n < 3 && i < len(f.tokens); n, i = n+1, i+1 {
		switch f.tokens[i].UPOS {
		case "NOUN":
			return f.tokens[i].XPOS != "NNS"
		case "ADJ", "PROPN":
		default:
			return false
		}
	}
	return false
}

// slashed reads two years that follow each other: "1987/88", "1987/1988".
func slashed(w string) (y, z int, ok bool) {
	a, b, cut := strings.Cut(w, "/")
	y, err := strconv.Atoi(a)
	z, err2 := strconv.Atoi(b)
	if !cut || err != nil || err2 != nil || len(a) != 4 || y < 1800 || y >= 2100 {
		return 0, 0, false
	}
	if len(b) == 2 {
		z += y - y%100
	}
	return y, z, z == y+1
}

func years(y, z int) schema.Date { return schema.Date(fmt.Sprintf("%04d/%04d", y, z)) }
