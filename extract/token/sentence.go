package token

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Marks that close a sentence after its stop and that open the next one.
const (
	closing = "\"'”’“)]}»›"
	opening = "\"'“‘([{«‹-–—*•"
)

// stopKind says how far a capital after an abbreviation can be trusted in a text.
type stopKind bool

// stopsOf finds texts (old newswires) that put a capital after every dot, "the U.S. Had announced": there only a subject shows that a
// sentence begins after an abbreviation. A text is one where no "U.S." of two or more is followed by a small letter, or one by a capital auxiliary.
func stopsOf(text string) stopKind {
	capitals, small := 0, 0
	for rest := text; ; {
		i := strings.Index(rest, "U.S.")
		if i < 0 {
			return small == 0 && capitals > 1
		}
		after := rest[i+len("U.S."):]
		if rest = strings.TrimLeft(after, " \n\r\t"); len(rest) == len(after) {
			continue // "U.S.-made", "U.S.,"
		}
		word := rest[:wordEnd(rest)]
		switch {
		case word == "":
		case isUpper(word[0]):
			capitals++
		default:
			small++
		}
		switch word {
		case "Had", "Has", "Have", "Is", "Was", "Are", "Were", "Will", "Would", "Could", "Should", "May", "Might", "Must", "Does", "Did", "Said", "Of", "To", "Dollar", "Dollars":
			return true
		}
	}
}

// wordEnd is the length of the run of ASCII letters at the beginning of s.
func wordEnd(s string) int {
	for i := range len(s) {
		if c := s[i] | 0x20; c < 'a' || c > 'z' {
			return i
		}
	}
	return len(s)
}

// sentences cuts the paragraph p of text into sentences, without the white space between them.
func sentences(text string, p span, stops stopKind) []span {
	var out []span
	start := p.start
	for i := p.start; i < p.end; {
		run := stopRun(text[i:p.end])
		if run == 0 {
			i++
			continue
		}
		after := skip(text, span{i + run, p.end}, closing)
		after += noteLen(text[after:p.end])
		next := after + len(text[after:p.end]) - len(strings.TrimLeftFunc(text[after:p.end], isSpace))
		if next == after || next >= p.end {
			i += run
			continue
		}
		if endsAt(text, span{start, i}, run, after, span{next, p.end}, stops) {
			out = append(out, span{start, after})
			start = next
			i = next
			continue
		}
		i += run
	}
	if s := trim(text, span{start, p.end}); s.start < s.end {
		out = append(out, s)
	}
	return out
}

// noteLen is the length of the reference to a note at the beginning of s, which belongs to the sentence before it: " [1]", "[1-3, 5]".
func noteLen(s string) int {
	body, ok := strings.CutPrefix(strings.TrimLeft(s, " "), "[")
	if !ok {
		return 0
	}
	inside, _, ok := strings.Cut(body[:min(len(body), 40)], "]")
	if !ok || inside == "" || strings.Trim(inside, "0123456789,;-–— ") != "" {
		return 0
	}
	return len(s) - len(body) + len(inside) + 1
}

// stopRun is the length of the run of stops at the beginning of s.
func stopRun(s string) int {
	n := 0
	for n < len(s) {
		switch {
		case s[n] == '.' || s[n] == '!' || s[n] == '?':
			n++
		case strings.HasPrefix(s[n:], "…"):
			n += len("…")
		default:
			return n
		}
	}
	return n
}

// skip is the first byte of s that is not one of marks.
func skip(text string, s span, marks string) int {
	for s.start < s.end {
		r, size := utf8.DecodeRuneInString(text[s.start:s.end])
		if !strings.ContainsRune(marks, r) {
			break
		}
		s.start += size
	}
	return s.start
}

// endsAt decides whether the stop of run bytes after the sentence so far ends it. The stop and its closing marks end at after; the rest of
// the paragraph begins with the next word or an opening mark.
func endsAt(text string, sentence span, run, after int, rest span, stops stopKind) bool {
	begin := skip(text, rest, opening)
	r, _ := utf8.DecodeRuneInString(text[begin:rest.end])
	if unicode.IsLower(r) {
		return false
	}
	stop := sentence.end
	if text[stop] != '.' || run > 1 || after > stop+run {
		return true
	}
	next := text[begin : begin+wordEnd(text[begin:rest.end])]
	starter := starters()[strings.ToLower(next)]
	if stops && starter != "subject" {
		starter = ""
	}
	word, first := wordBefore(text, sentence)
	switch {
	case word == "":
		return true
	case first && len(word) <= 2 && isDigit(word[0]): // "1. The parties ..."
		return false
	case len(word) == 1 && isUpper(word[0]) && word != "I": // an initial
		return first && len(next) > 1 && starter != ""
	}
	switch lower := strings.ToLower(word); abbreviations()[lower] {
	case "title":
		return false
	case "number":
		return !unicode.IsDigit(r) && !(isUpper(word[0]) && lower != "no" && lower != "art")
	case "soft":
		if lower == word && !strings.Contains(word, ".") && lower != "etc" && len(word) > 1 {
			return true // "the sun.", "it may mar.": no abbreviation without a capital
		}
		return starter != ""
	}
	if strings.Contains(word, ".") && len(word) <= 6 && isLetter(word[0]) && isLetter(word[len(word)-1]) {
		return starter != ""
	}
	return true
}

// wordBefore is the word that ends where the sentence so far does, without marks before it; first says that it is the sentence's first.
func wordBefore(text string, sentence span) (word string, first bool) {
	const window = 40 // no abbreviation is longer
	from := max(sentence.start, sentence.end-window)
	s := text[from:sentence.end]
	i := strings.LastIndexAny(s, " \n\t\r(\"/")
	if j := strings.LastIndex(s, "\u00a0"); j > i {
		i = j + 1
	}
	return strings.TrimLeft(s[i+1:], "“‘'[—–-$£€"), i < 0 && from == sentence.start
}

func isDigit(c byte) bool  { return c >= '0' && c <= '9' }
func isUpper(c byte) bool  { return c >= 'A' && c <= 'Z' }
func isLetter(c byte) bool { return isUpper(c &^ 0x20) }
