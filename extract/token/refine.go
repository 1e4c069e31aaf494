package token

import (
	"strings"
	"unicode/utf8"
)

// refine appends the tokens of s[w] to out: marks at both ends, then the word between them by hyphens, slashes and clitics.
func refine(s string, w span, out []span) []span {
	if isClitic(s[w.start:w.end]) {
		return append(out, w)
	}
	for w.start < w.end {
		n := leadingMark(s[w.start:w.end])
		if n == 0 {
			break
		}
		out = append(out, span{w.start, w.start + n})
		w.start += n
	}
	var tail []span
	for w.start < w.end {
		n := trailingMark(s[w.start:w.end])
		if n == 0 {
			break
		}
		tail = append(tail, span{w.end - n, w.end})
		w.end -= n
	}
	if w.start < w.end {
		out = splitInside(s, w, out)
	}
	for i := len(tail) - 1; i >= 0; i-- {
		out = append(out, tail[i])
	}
	return out
}

// leadingMark is the length of the mark, or of the run of one mark, at the beginning of s; 0 where a word begins.
func leadingMark(s string) int {
	r, size := utf8.DecodeRuneInString(s)
	if isWordRune(r) {
		return 0
	}
	if size < len(s) {
		switch next := s[size]; {
		case r == '\'' && (isDigit(next) || isElided(s)), r == '.' && isDigit(next), r == '#' && isDigit(next) || r == '@' && isLetter(next):
			return 0
		}
	}
	return markRun(s, size)
}

// markRun is the length of the run of the mark of size bytes at the beginning of s.
func markRun(s string, size int) int {
	if !isRun(s[:size]) {
		return size
	}
	n := size
	for n < len(s) && sameRun(s[n], s[0]) {
		n++
	}
	return n
}

// isElided reports whether s is a word that begins with an apostrophe.
func isElided(s string) bool {
	if len(s) > len("'cause") {
		return false
	}
	switch strings.ToLower(s) {
	case "'em", "'til", "'till", "'cause", "'round", "'n":
		return true
	}
	return false
}

// trailingMark is the length of the mark, or of the run of one mark, at the end of s; 0 where a word ends.
func trailingMark(s string) int {
	r, size := utf8.DecodeLastRuneInString(s)
	if isWordRune(r) {
		return 0
	}
	if !isRun(s[len(s)-size:]) {
		return size
	}
	n := size
	for n < len(s) && sameRun(s[len(s)-1-n], s[len(s)-1]) {
		n++
	}
	return n
}

// splitInside appends the tokens of a word without marks at its ends.
func splitInside(s string, w span, out []span) []span {
	if keepsHyphen(s[w.start:w.end]) {
		return splitWord(s, w, out)
	}
	start := w.start
	for i := w.start; i < w.end; {
		n := separator(s, i, w)
		if n == 0 {
			_, size := utf8.DecodeRuneInString(s[i:w.end])
			i += size
			continue
		}
		if start < i {
			out = splitWord(s, span{start, i}, out)
		}
		out = append(out, span{i, i + n})
		i += n
		start = i
	}
	if start < w.end {
		out = splitWord(s, span{start, w.end}, out)
	}
	return out
}

// separator is the length of the mark at i that separates words inside w, 0 where there is none.
func separator(s string, i int, w span) int {
	r, size := utf8.DecodeRuneInString(s[i:w.end])
	end := i + size
	if end >= w.end || i == w.start && r != '$' {
		if strings.ContainsRune("$£€%", r) {
			return size
		}
		return 0
	}
	digits := isDigit(s[i-max(0, min(1, i-w.start))]) && isDigit(s[end])
	switch r {
	case '-':
		return markRun(s[i:w.end], 1)
	case '/':
		if digits {
			return 0
		}
		return 1
	case ',', ':':
		if digits {
			return 0
		}
		return 1
	case '&':
		if i-w.start <= 2 && w.end-end <= 2 {
			return 0 // AT&T
		}
		return 1
	case '.':
		if s[end] == '.' {
			return markRun(s[i:w.end], 1)
		}
		return 0
	case '(', ')', '[', ']', '"', ';', '=', '+', '?', '!', '<', '>', '*', '~', '%', '$', '£', '€', '|':
		return size
	}
	return 0
}

// keepsHyphen reports whether the hyphen of s belongs to the word: re-entry, mid-July, 2010-12-08.
func keepsHyphen(s string) bool {
	first, rest, found := strings.Cut(s, "-")
	if !found || rest == "" {
		return false
	}
	if len(s) == len("2006-01-02") && isNumber(s[:4]) && isNumber(s[5:7]) && s[7] == '-' && isNumber(s[8:]) {
		return true
	}
	_, ok := hyphenated()[strings.ToLower(first)]
	return ok && !strings.ContainsAny(rest, "-/")
}

func isNumber(s string) bool { return strings.Trim(s, "0123456789") == "" && s != "" }

// splitWord appends a word without separators, its clitic and its unit apart.
func splitWord(s string, w span, out []span) []span {
	word := s[w.start:w.end]
	at := together(word)
	if at == 0 {
		at = cliticAt(word)
	}
	if at == 0 {
		at = unitAt(word)
	}
	if at == 0 {
		return append(out, w)
	}
	return append(out, span{w.start, w.start + at}, span{w.start + at, w.end})
}

// isClitic reports whether s is a clitic by itself.
func isClitic(s string) bool {
	if len(s) > len("n't") {
		return false
	}
	switch strings.ToLower(s) {
	case "'s", "'re", "'ve", "'ll", "'d", "'m", "n't":
		return true
	}
	return false
}

// cliticAt is where the clitic of word begins, 0 where it has none.
func cliticAt(word string) int {
	for n := 2; n <= 3 && n < len(word); n++ {
		if isClitic(word[len(word)-n:]) {
			return len(word) - n
		}
	}
	return 0
}

// unitAt is where the unit after a number begins: 3pm, 20km. 0 where there is none.
func unitAt(word string) int {
	unit := strings.TrimLeft(word, "0123456789.,")
	if n := len(word) - len(unit); n > 0 && isDigit(word[0]) {
		switch strings.ToLower(unit) {
		case "am", "pm", "a.m", "p.m", "a.m.", "p.m.", "km", "m", "kg", "g", "cm", "mm", "mph", "ft", "lb", "lbs", "bn", "mn", "mln", "bln", "k", "mb", "gb", "hz", "mi", "ml", "oz", "min", "hrs", "hr":
			return n
		}
	}
	return 0
}

// keepDots joins the dot to an abbreviation before it; last says that the sentence ends with s.
func keepDots(s string, words []span, last bool) []span {
	return join(words, func(before, w span) bool {
		return s[w.start:w.end] == "." && keepsDot(s[before.start:before.end], last || w.end < len(s))
	})
}

// keepsDot reports whether the dot after word belongs to it; final says that no space and word of the sentence follow the dot.
func keepsDot(word string, final bool) bool {
	if !isLetter(word[0]) {
		return false
	}
	lower := strings.ToLower(word)
	switch {
	case strings.Contains(word, "."):
		return len(word) <= 8
	case len(word) == 1:
		return isUpper(word[0])
	}
	switch abbreviations()[lower] {
	case "soft":
		return isUpper(word[0]) || lower == "etc"
	case "title", "number":
		return !final
	}
	return false
}
