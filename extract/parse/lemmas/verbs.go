package lemmas

import (
	_ "embed"
	"strings"
)

//go:embed verbs.txt
var regularVerbs string

// handVerbs are the verbs of the hand list.
func handVerbs() (out []string) {
	for l := range strings.Lines(regularVerbs) {
		if l[0] != '#' {
			out = append(out, strings.Fields(l)...)
		}
	}
	return out
}

// inflections are the regular forms of a verb. A final consonant may be doubled in words of several syllables, so both spellings are there.
func inflections(base string) []Sample {
	var out []Sample
	add := func(stem, ending string, xpos ...string) {
		for _, x := range xpos {
			out = append(out, Sample{stem + ending, x, base})
		}
	}
	n := len(base)
	switch last, before := base[n-1], base[n-2]; {
	case strings.HasSuffix(base, "ie"):
		add(base[:n-2], "ying", "VBG")
		add(base, "d", "VBD", "VBN")
	case last == 'e' && (before == 'e' || before == 'o' || before == 'y'):
		add(base, "ing", "VBG")
		add(base, "d", "VBD", "VBN")
	case last == 'e':
		add(base[:n-1], "ing", "VBG")
		add(base, "d", "VBD", "VBN")
	case last == 'y' && !isVowel(before):
		add(base, "ing", "VBG")
		add(base[:n-1], "ied", "VBD", "VBN")
	default:
		if doubles(base) {
			add(base+base[n-1:], "ing", "VBG")
			add(base+base[n-1:], "ed", "VBD", "VBN")
			if syllables(base) == 1 {
				break
			}
		}
		add(base, "ing", "VBG")
		add(base, "ed", "VBD", "VBN")
	}
	add(third(base), "", "VBZ")
	return out
}

// third is the form of the third person singular.
func third(base string) string {
	n := len(base)
	if base[n-1] == 'y' && !isVowel(base[n-2]) {
		return base[:n-1] + "ies"
	}
	for _, hiss := range []string{"s", "x", "z", "sh", "ch", "o"} {
		if strings.HasSuffix(base, hiss) {
			return base + "es"
		}
	}
	return base + "s"
}

func isVowel(c byte) bool { return strings.IndexByte("aeiou", c) >= 0 }

// doubles reports whether a verb ends in one vowel and one consonant that can be doubled.
func doubles(base string) bool {
	n := len(base)
	return !isVowel(base[n-1]) && !strings.ContainsRune("wxy", rune(base[n-1])) && isVowel(base[n-2]) && (n == 2 || !isVowel(base[n-3]) || base[n-3] == 'u' && n > 3 && base[n-4] == 'q')
}

// syllables counts runs of vowels.
func syllables(base string) (n int) {
	vowel := false
	for i := range len(base) {
		v := isVowel(base[i]) || base[i] == 'y' && i > 0
		if v && !vowel {
			n++
		}
		vowel = v
	}
	return n
}

// learnVerbs adds exceptions for regular forms of verbs that would be given another lemma: of the hand list, and of verbs, most frequent
// first. Of the latter, forms that were seen are left alone.
func (m *Model) learnVerbs(verbs []string, seen map[key]map[string]int) {
	irregular := irregularVerbs()
	taken := map[key]bool{}
	learn := func(verb string, overrule bool) {
		for _, s := range inflections(verb) {
			k := key{s.Form, s.XPOS}
			if taken[k] || !overrule && seen[k] != nil || irregular[verb] && (s.XPOS == "VBD" || s.XPOS == "VBN") {
				continue
			}
			taken[k] = true
			delete(m.exceptions, k)
			if m.byEnding(k.text, k.xpos) != verb {
				m.exceptions[k] = verb
			}
		}
	}
	for _, v := range handVerbs() {
		learn(v, true)
	}
	for _, v := range verbs {
		if len(v) >= 3 && strings.Trim(v, "abcdefghijklmnopqrstuvwxyz") == "" {
			learn(v, false)
		}
	}
}

// irregularVerbs are the verbs of the table of irregular ones.
func irregularVerbs() map[string]bool {
	out := map[string]bool{}
	for l := range strings.Lines(irregularTSV) {
		if base, _, ok := strings.Cut(l, "\t"); ok {
			out[base] = true
		}
	}
	return out
}
