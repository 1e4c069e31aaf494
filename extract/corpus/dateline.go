package corpus

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"entente/schema"
)

const datelineParagraphs = 4 // lines with text, from the first, that may begin with a dateline

// The parts of a dateline: place, an optional date, an optional agency, a dash. A place in capitals may stand alone, one in small letters
// needs the date or the agency beside it.
const (
	capitals = `\p{Lu}[\p{Lu}.'’\-]+(?:[ /]\p{Lu}[\p{Lu}.'’\-]*)*`
	ordinary = `\p{Lu}[\p{L}.'’\-]+(?:[ /]\p{Lu}[\p{L}.'’\-]*){0,2}`
	country  = `(?:, \p{Lu}[\p{L}.]+(?: \p{Lu}[\p{L}.]+){0,2})?`
	month    = `(?i:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)[A-Za-z]*\.?`
	day      = `((?:` + month + ` \d{1,2}|\d{1,2} ` + month + `)(?:,? \d{4})?)`
	wire     = `(\([\p{Lu}][\p{L}\d .&/’'-]{0,40}\))`
	dash     = `\s*(?:--?|—|–)(?:\s+|$)`
)

var (
	shouted = regexp.MustCompile(`^[\s\x{feff}]*(` + capitals + `)(` + country + `)(?: ?,? ` + day + `)?\s*` + wire + `?` + dash)
	spoken  = regexp.MustCompile(`^[\s\x{feff}]*(` + ordinary + `)(` + country + `)(?: ?, ` + day + `\s*` + wire + `?|\s*()` + wire + `)` + dash)
	yearEnd = regexp.MustCompile(`\d{4}$`)
)

// acronyms of four letters and more that open a sentence with a dash behind them as a place would.
var acronyms = []string{
	"APEC", "ASEAN", "BRICS", "CARICOM", "CSTO", "ECOWAS", "EFTA", "IAEA", "IGAD", "INTERPOL", "MERCOSUR", "NAFTA", "NATO", "OECD", "OPCW", "OPEC", "OSCE",
	"SAARC", "SADC", "SEATO", "UNESCO", "UNHCR", "UNICEF", "UNIFIL", "UNRWA", "USSR",
}

// datelineOf is the length of the dateline that a line begins with, white space and dash included, and its date as written; 0 where there
// is none.
func datelineOf(line string) (end int, written string) {
	if !strings.ContainsAny(line[:min(len(line), 90)], "-—–") {
		return 0, ""
	}
	if m := shouted.FindStringSubmatchIndex(line); m != nil && m[1] < 80 {
		place, rest := line[m[2]:m[3]], line[m[1]:]
		if m[4] < m[5] || m[6] >= 0 || m[8] >= 0 || standsAlone(place, rest) {
			return m[1], group(line, m, 3)
		}
	}
	if m := spoken.FindStringSubmatchIndex(line); m != nil && m[1] < 80 {
		return m[1], group(line, m, 3)
	}
	return 0, ""
}

// datelineParts are the place and the agency of the dateline that a line begins with.
func datelineParts(line string) (at, agency string) {
	end, _ := datelineOf(line)
	if end == 0 {
		return "", ""
	}
	for _, re := range []*regexp.Regexp{shouted, spoken} {
		if m := re.FindStringSubmatchIndex(line); m != nil && m[1] == end {
			for g := 4; g < len(m)/2; g++ {
				if w := group(line, m, g); strings.HasPrefix(w, "(") {
					agency = strings.Trim(w, "()")
				}
			}
			return group(line, m, 1), agency
		}
	}
	return "", ""
}

func group(s string, m []int, n int) string {
	if m[2*n] < 0 {
		return ""
	}
	return s[m[2*n]:m[2*n+1]]
}

// standsAlone reports whether capitals with nothing but a dash behind them are a place: no abbreviation, and a sentence begins behind it.
func standsAlone(place, rest string) bool {
	if utf8.RuneCountInString(place) < 4 || strings.Contains(place, ".") || slices.Contains(acronyms, place) {
		return false
	}
	r, _ := utf8.DecodeRuneInString(rest)
	return rest == "" || unicode.IsUpper(r) || unicode.IsDigit(r) || strings.ContainsRune(`"“'‘`, r)
}

// inDateline is the date of the first dateline that names its year.
func inDateline(text string) schema.Date {
	n := 0
	for l := range strings.Lines(text) {
		if strings.TrimSpace(l) == "" {
			continue
		}
		if lineKind(strings.TrimRight(l, "\r\n")) != "" || headDate(l) != "" {
			continue
		}
		if n++; n > datelineParagraphs {
			break
		}
		if _, written := datelineOf(strings.TrimRight(l, "\r\n")); yearEnd.MatchString(written) {
			return wholeDate(yearComma.ReplaceAllString(written, "$1, $2"))
		}
	}
	return ""
}

var yearComma = regexp.MustCompile(`^([A-Za-z]+\.? \d{1,2}) (\d{4})$`)
