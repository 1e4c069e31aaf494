package token

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"entente/schema"
)

// paragraph is a stretch of text that no sentence crosses. Furniture inside a paragraph cuts it into stretches of one number.
type paragraph struct {
	span
	number   int
	headline bool
}

// line is a line of the text that holds something to read: its span without white space at both ends, the columns of its indent, and
// whether an empty line or furniture stands before it.
type line struct {
	span
	indent int
	apart  bool
}

// paragraphs cuts the text of a into paragraphs.
func paragraphs(a schema.Article) []paragraph {
	text := a.Text
	furniture := furnitureOf(a)
	lines := linesOf(text, furniture)
	wrapped, width := isWrapped(text, lines)
	var out []paragraph
	number := -1
	for i, j := 0, 0; i < len(lines); i = j {
		for j = i + 1; j < len(lines) && !breaks(text, lines[j-1], lines[j], wrapped, width); j++ {
		}
		number++
		block := span{lines[i].start, lines[j-1].end}
		headline := isHeadline(a, block, number == 0 && j < len(lines) && lines[j].apart, j-i)
		for _, s := range without(block, furniture) {
			if s = trim(text, s); s.start < s.end {
				out = append(out, paragraph{s, number, headline})
			}
		}
	}
	return out
}

// linesOf are the lines of the text that are neither empty nor furniture as a whole.
func linesOf(text string, furniture []span) []line {
	var out []line
	apart := true
	for start := 0; start < len(text); {
		end := start + strings.IndexByte(text[start:], '\n')
		if end < start {
			end = len(text)
		}
		s := trim(text, span{start, end})
		for len(furniture) > 0 && furniture[0].end <= s.start {
			furniture = furniture[1:]
		}
		switch {
		case s.start >= s.end:
			apart = true
		case len(furniture) > 0 && furniture[0].start <= s.start && furniture[0].end >= s.end:
			apart = true
		default:
			out = append(out, line{s, columns(text[start:s.start]), apart})
			apart = false
		}
		start = end + 1
	}
	return out
}

// columns is the width of white space at the beginning of a line, a tab counting 8.
func columns(s string) int {
	n := 0
	for _, r := range s {
		if r == '\t' {
			n += 7
		}
		n++
	}
	return n
}

// isWrapped reports whether single line ends are those of a typewriter or mail program, that is inside paragraphs, and the width at which
// they were made. A line flows into the next one when it is long and does not end like a sentence, or the next begins in lower case.
func isWrapped(text string, lines []line) (wrapped bool, width int) {
	joints, flowing := 0, 0
	for i, l := range lines {
		width = max(width, l.end-l.start+l.indent)
		if i == 0 || l.apart {
			continue
		}
		before := lines[i-1]
		joints++
		if startsLower(text[l.start:l.end]) || before.end-before.start >= 40 && !endsSentence(text[before.start:before.end]) {
			flowing++
		}
	}
	return flowing*3 >= joints && flowing > 0 && width <= 132, width
}

// breaks reports whether a new paragraph begins between two lines.
func breaks(text string, before, l line, wrapped bool, width int) bool {
	first := text[l.start:l.end]
	last := text[before.start:before.end]
	switch {
	case l.apart, isBullet(first):
		return true
	case !wrapped:
		return endsSentence(last) || !startsLower(first)
	case l.indent >= before.indent+2, isCapitals(last) != isCapitals(first):
		return true
	}
	return endsSentence(last) && len(last)+before.indent < width*6/10 && !startsLower(first)
}

// isBullet reports whether a line is an item of a list.
func isBullet(s string) bool {
	for _, mark := range []string{"- ", "* ", "• ", "· ", "– ", "— ", "o ", "‣ ", "▪ ", "◦ "} {
		if strings.HasPrefix(s, mark) {
			return true
		}
	}
	digits := len(s) - len(strings.TrimLeft(s, "0123456789"))
	return digits > 0 && digits <= 2 && (strings.HasPrefix(s[digits:], ". ") || strings.HasPrefix(s[digits:], ") "))
}

// startsLower reports whether the first letter or digit of s is a lower-case letter.
func startsLower(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLower(r)
}

// endsSentence reports whether s ends with a stop, a colon or a closing mark after one.
func endsSentence(s string) bool {
	r, _ := utf8.DecodeLastRuneInString(strings.TrimRight(s, closing))
	return strings.ContainsRune(".!?…:", r)
}

// isCapitals reports whether s has at least three letters in two words, all of them capitals, and no stop at its end.
func isCapitals(s string) bool {
	letters := 0
	for _, r := range s {
		if unicode.IsLower(r) {
			return false
		}
		if unicode.IsUpper(r) {
			letters++
		}
	}
	return letters >= 3 && strings.ContainsAny(s, " \t") && !strings.HasSuffix(s, ".")
}

// isHeadline reports whether a paragraph of n lines is a headline: the article's title, what the corpus marked as one, a line in capitals, or
// the first line where it stands apart from the rest, is short and has no stop at its end.
func isHeadline(a schema.Article, block span, first bool, n int) bool {
	s := a.Text[block.start:block.end]
	if a.Title != "" && strings.EqualFold(strings.Join(strings.Fields(s), " "), strings.Join(strings.Fields(a.Title), " ")) {
		return true
	}
	for _, f := range a.Furniture {
		if f.Kind == "title" && f.Start < block.end && f.End > block.start {
			return true
		}
	}
	if n > 2 || len(s) > 200 || strings.HasSuffix(strings.TrimRight(s, closing), ".") {
		return false
	}
	if isCapitals(s) {
		return true
	}
	return first && !endsSentence(s) && strings.Count(s, " ") >= 2
}

// without is s less the furniture in it.
func without(s span, furniture []span) []span {
	var out []span
	for _, f := range furniture {
		if f.end <= s.start || f.start >= s.end {
			continue
		}
		if f.start > s.start {
			out = append(out, span{s.start, f.start})
		}
		s.start = f.end
	}
	if s.start < s.end {
		out = append(out, s)
	}
	return out
}

// trim is s without white space at both ends.
func trim(text string, s span) span {
	if s.start >= s.end {
		return s
	}
	part := text[s.start:s.end]
	left := len(part) - len(strings.TrimLeftFunc(part, isSpace))
	part = strings.TrimRightFunc(part[left:], isSpace)
	return span{s.start + left, s.start + left + len(part)}
}
