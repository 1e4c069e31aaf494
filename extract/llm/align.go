package llm

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// folded is a text without what a copyist changes: white space, the form of quotation marks and dashes, letter case.
type folded struct {
	text  string
	start []int // byte of the original at which the character behind each byte of text starts
	end   []int // and ends
}

// foldText folds a text and keeps where everything came from.
func foldText(s string) folded {
	var f folded
	var b strings.Builder
	b.Grow(len(s))
	put := func(t string, from, to int) {
		for range len(t) {
			f.start, f.end = append(f.start, from), append(f.end, to)
		}
		b.WriteString(t)
	}
	space := true
	for i, r := range s {
		_, n := utf8.DecodeRuneInString(s[i:])
		t := foldRune(r)
		if t == " " {
			if !space {
				put(t, i, i+n)
			}
			space = true
			continue
		}
		space = space && t == ""
		put(t, i, i+n)
	}
	f.text = b.String()
	return f
}

// fold is s folded, without white space around it.
func fold(s string) string { return strings.TrimSpace(foldText(s).text) }

func foldRune(r rune) string {
	switch r {
	case '’', '‘', 'ʼ', '`', '´', '′', '‛':
		return "'"
	case '“', '”', '„', '«', '»', '″', '‟':
		return `"`
	case '‐', '‑', '‒', '–', '—', '―', '−':
		return "-"
	case '…':
		return "..."
	case '\u00ad', '\u200b', '\u200c', '\u200d', '\u2060', '\ufeff':
		return ""
	}
	if unicode.IsSpace(r) {
		return " "
	}
	return string(unicode.ToLower(r))
}

// find yields the spans of the original at which s stands, exactly first, else folded. Where it stands nowhere, marks around s are left out.
func (f folded) find(original, s string, yield func(start, end int) bool) {
	s = strings.TrimSpace(s)
	if s == "" {
		return
	}
	any, more := false, true
	emit := func(start, end int) bool {
		if wordEdges(original, start, end) {
			any = true
			more = yield(start, end)
		}
		return more
	}
	for at := 0; more; {
		i := strings.Index(original[at:], s)
		if i < 0 {
			break
		}
		emit(at+i, at+i+len(s))
		at += i + len(s)
	}
	for _, want := range []string{fold(s), strings.TrimFunc(fold(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })} {
		for at := 0; !any && more && want != ""; {
			i := strings.Index(f.text[at:], want)
			if i < 0 {
				break
			}
			emit(f.start[at+i], f.end[at+i+len(want)-1])
			at += i + len(want)
		}
	}
}

// wordEdges reports whether the span begins and ends where words do.
func wordEdges(s string, start, end int) bool {
	word := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
	before, _ := utf8.DecodeLastRuneInString(s[:start])
	first, _ := utf8.DecodeRuneInString(s[start:])
	last, _ := utf8.DecodeLastRuneInString(s[:end])
	after, _ := utf8.DecodeRuneInString(s[end:])
	return !(word(before) && word(first)) && !(word(last) && word(after))
}
