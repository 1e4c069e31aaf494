// Package lemmas gives words their dictionary forms: a hand table of irregular verbs, then exceptions and rules on endings that were learnt
// from treebanks, each for a part of speech of the Penn tag set.
package lemmas

import (
	_ "embed"
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

//go:embed irregular.tsv
var irregularTSV string

// Model knows the lemmas of words, safe for concurrent use.
type Model struct {
	exceptions map[key]string // of the lower-case word
	endings    map[key]change // of the longest ending; the empty one stands for all words of a part of speech
}

// key is a lower-case word or ending with its part of speech.
type key struct{ text, xpos string }

// change turns a form into its lemma.
type change struct {
	cut int // bytes from the end
	add string
}

// longest ending that a rule may look at, in bytes.
const longest = 6

// Lemma returns the lemma of a word. Names keep their case, and so do other words if capital says that their capital is not owed to
// their place in the sentence; all else is lower-case.
func (m *Model) Lemma(form, xpos string, capital bool) string {
	if xpos == "NNP" || xpos == "NNPS" {
		return m.name(form, xpos)
	}
	lower := strings.ToLower(form)
	lemma := m.lower(lower, xpos)
	if r, size := utf8.DecodeRuneInString(lemma); capital && keepsCapital(xpos) && lemma != "" && unicode.IsLower(r) {
		lemma = string(unicode.ToUpper(r)) + lemma[size:]
	}
	return lemma
}

// keepsCapital tells the tags of words such as Russian, Marxist, Russians.
func keepsCapital(xpos string) bool { return xpos == "JJ" || xpos == "NN" || xpos == "NNS" }

func (m *Model) name(form, xpos string) string {
	lower := strings.ToLower(form)
	lemma := m.lower(lower, xpos)
	same := 0
	for same < len(lemma) && same < len(lower) && lemma[same] == lower[same] {
		same++
	}
	if len(lower) != len(form) || same == 0 {
		return lemma
	}
	for same > 0 && same < len(form) && !utf8.RuneStart(form[same]) {
		same--
	}
	return form[:same] + lemma[same:]
}

func (m *Model) lower(lower, xpos string) string {
	if l, ok := m.exceptions[key{lower, xpos}]; ok {
		return l
	}
	return m.byEnding(lower, xpos)
}

func (m *Model) byEnding(lower, xpos string) string {
	for n := min(longest, len(lower)); n >= 0; n-- {
		c, ok := m.endings[key{lower[len(lower)-n:], xpos}]
		if ok && c.cut < len(lower) {
			return lower[:len(lower)-c.cut] + c.add
		}
	}
	return lower
}

// Read reads a table as Learn makes it, and adds the irregular verbs. An error begins with the number of the line.
func Read(table string) (*Model, error) {
	m := &Model{map[key]string{}, map[key]change{}}
	line := 0
	for l := range strings.Lines(table) {
		line++
		if l = strings.TrimSuffix(l, "\n"); l == "" || l[0] == '#' {
			continue
		}
		f := strings.Split(l, "\t")
		switch {
		case len(f) == 4 && f[0] == "word":
			m.exceptions[key{f[1], f[2]}] = f[3]
		case len(f) == 5 && f[0] == "ending":
			cut, err := strconv.Atoi(f[3])
			if err != nil || cut < 0 {
				return nil, fmt.Errorf("lemmas:%d: %q is not a number of bytes to cut", line, f[3])
			}
			m.endings[key{f[1], f[2]}] = change{cut, f[4]}
		default:
			return nil, fmt.Errorf("lemmas:%d: not a word with 4 or an ending with 5 fields", line)
		}
	}
	return m, m.addIrregular()
}

func (m *Model) addIrregular() error {
	line := 0
	for l := range strings.Lines(irregularTSV) {
		line++
		if l = strings.TrimSuffix(l, "\n"); l == "" || l[0] == '#' {
			continue
		}
		f := strings.Split(l, "\t")
		if len(f) != 3 {
			return fmt.Errorf("irregular.tsv:%d: %d fields, not 3", line, len(f))
		}
		for i, xpos := range [...]string{"VBD", "VBN"} {
			for form := range strings.SplitSeq(f[1+i], "/") {
				if _, ok := m.exceptions[key{form, xpos}]; !ok {
					m.exceptions[key{form, xpos}] = f[0]
				}
			}
		}
	}
	return nil
}
