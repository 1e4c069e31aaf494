package event

import (
	"slices"
	"strings"
)

// forms lists the regular inflected forms of an English lemma of that part of speech (v, n or a), itself first. Irregular forms are the
// lemmatiser's to know.
func forms(lemma, pos string) []string {
	out := []string{lemma}
	if strings.ContainsAny(lemma, " -_") {
		return out
	}
	switch pos {
	case "n":
		out = append(out, plural(lemma))
	case "v":
		stem := strings.TrimSuffix(lemma, "e")
		out = append(out, plural(lemma), stem+"ed", stem+"ing")
		switch {
		case strings.HasSuffix(lemma, "ee"), strings.HasSuffix(lemma, "oe"), strings.HasSuffix(lemma, "ye"): // agree, shoe, dye
			out = append(out, lemma+"d", lemma+"ing")
		case strings.HasSuffix(lemma, "ie"): // untie
			out = append(out, lemma+"d", strings.TrimSuffix(lemma, "ie")+"ying")
		case endsConsonantY(lemma):
			out = append(out, strings.TrimSuffix(lemma, "y")+"ied")
		case doubles(lemma):
			last := lemma[len(lemma)-1:]
			out = append(out, lemma+last+"ed", lemma+last+"ing")
		}
	}
	return slices.Compact(out)
}

func plural(lemma string) string {
	switch {
	case endsConsonantY(lemma):
		return strings.TrimSuffix(lemma, "y") + "ies"
	case strings.HasSuffix(lemma, "s"), strings.HasSuffix(lemma, "x"), strings.HasSuffix(lemma, "z"), strings.HasSuffix(lemma, "ch"), strings.HasSuffix(lemma, "sh"):
		return lemma + "es"
	}
	return lemma + "s"
}

func endsConsonantY(s string) bool {
	return len(s) > 2 && s[len(s)-1] == 'y' && !strings.ContainsRune("aeiou", rune(s[len(s)-2]))
}

// doubles reports whether a final consonant after a single vowel may double: "bar" barred, "expel" expelled. Where it does not ("visit") the
// doubled form does no harm.
func doubles(s string) bool {
	n := len(s)
	return n > 2 && !strings.ContainsRune("aeiouwxy", rune(s[n-1])) && strings.ContainsRune("aeiou", rune(s[n-2])) && !strings.ContainsRune("aeiou", rune(s[n-3]))
}
