package when

import (
	"strconv"
	"strings"
	"time"

	"entente/extract"
	"entente/schema"
)

// seasons are months of the northern year; the winter ends in the year after.
var seasons = map[string][2]int{"spring": {3, 5}, "summer": {6, 8}, "autumn": {9, 11}, "fall": {9, 11}, "winter": {12, 14}}

// season: "summer 1999", "the winter of 1999-2000", "last spring", "this fall".
func (f *finder) season(at int) (extract.Time, int) {
	w := f.words[at]
	if s, ok := seasons[w]; ok {
		i := at + 1
		i += f.skip(i, "of", ",")
		y, ok := f.yearAt(i)
		if !ok {
			return f.bareSeason(at, s)
		}
		n := i + 1 - at
		if w == "winter" { // of one year it may be its first months or its last
			if next := strconv.Itoa(y + 1); f.wordAt(i+1) != "-" || f.wordAt(i+2) != next && f.wordAt(i+2) != next[2:] {
				return extract.Time{}, 0
			}
			n += 2
		}
		return explicit(seasonOf(y, s)), n
	}
	step, ok := steps[w]
	s, ok2 := seasons[f.wordAt(at+1)]
	if !ok || !ok2 || f.published.IsZero() || f.upos(at+1) == "VERB" {
		return extract.Time{}, 0
	}
	y := f.published.Year()
	d := seasonOf(y, s)
	for y = y - 2; step < 0 && seasonOf(y+1, s).Last().Before(f.published); y++ {
		d = seasonOf(y+1, s)
	}
	for y = f.published.Year() + 1; step > 0 && seasonOf(y, s).First().After(f.published); y-- {
		d = seasonOf(y, s)
	}
	if step == 0 && w == "this" && s[1] > 12 && f.published.Month() < 6 {
		d = seasonOf(f.published.Year()-1, s)
	}
	return relative(d, ""), 2
}

// bareSeason: "in the spring": the last one up to publication, or the next.
func (f *finder) bareSeason(at int, s [2]int) (extract.Time, int) {
	before := at - 1 - f.skip(at-1, "the")
	if f.published.IsZero() || f.skip(before, "in", "by", "since", "until", "during") == 0 || !f.ends(at+1) {
		return extract.Time{}, 0
	}
	back, ahead, ok := f.nearest(func(y int) (schema.Date, bool) { return seasonOf(y, s), true }, false)
	return relative(back, ahead), boolean(ok)
}

func seasonOf(y int, s [2]int) schema.Date {
	t := time.Date(y, time.Month(s[0]), 1, 0, 0, 0, 0, time.UTC)
	return schema.Between(month(t), month(t.AddDate(0, 2, 0)))
}

// decade: "the 1990s", "the '80s", "the 1980's"; "the 1800s" are a century.
func (f *finder) decade(at int) (extract.Time, int) {
	w := strings.TrimPrefix(f.words[at], "'")
	n := 1
	if f.wordAt(at-1) == "the" && len(w) == 4 && f.wordAt(at+1) == "'s" && f.upos(at+2) != "NOUN" {
		w, n = w+"s", 2
	}
	if len(w) == 3 && (w != f.words[at] || f.skip(at-1, "the", "early", "late", "mid", "and") == 1) {
		w = "19" + w
	}
	if len(w) == 5 && strings.HasSuffix(w, "0s") {
		y, err := strconv.Atoi(w[:4])
		switch {
		case err == nil && (y == 1800 || y == 1900):
			return explicit(years(y, y+99)), n
		case err == nil && y > 1800 && y < 2100:
			return explicit(years(y, y+9)), n
		}
	}
	return extract.Time{}, 0
}

var centuries = map[string]int{"eighteenth": 18, "nineteenth": 19, "twentieth": 20, "18th": 18, "19th": 19, "20th": 20, "21st": 21}

// century: "the 19th century" is 1801 to 1900.
func (f *finder) century(at int) (extract.Time, int) {
	i := at + 1 + f.skip(at+1, "-")
	n, ok := centuries[f.wordAt(at)]
	if !ok || f.wordAt(i) != "century" {
		return extract.Time{}, 0
	}
	return explicit(years(100*n-99, 100*n)), i + 1 - at
}
