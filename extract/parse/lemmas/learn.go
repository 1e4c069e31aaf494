package lemmas

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Sample is a word with its lemma.
type Sample struct{ Form, XPOS, Lemma string }

// An ending is learnt that was seen in so many words, of which the share changes in one way.
const (
	endingCount = 3
	endingShare = 0.6
)

// Learn makes a table of the samples for Read. verbs are verbs in their base form, most frequent first, whose other forms the samples may lack.
func Learn(samples []Sample, verbs []string) string {
	lemmas := map[key]map[string]int{}
	endings := map[key]map[change]int{}
	seen := map[Sample]bool{}
	for _, s := range samples {
		if s.Lemma == "_" {
			continue
		}
		s.Form, s.Lemma = strings.ToLower(s.Form), strings.ToLower(s.Lemma)
		count(lemmas, key{s.Form, s.XPOS}, s.Lemma)
		if seen[s] {
			continue
		}
		seen[s] = true
		if c, ok := difference(s.Form, s.Lemma); ok {
			for n := range min(longest, len(s.Form)) + 1 {
				count(endings, key{s.Form[len(s.Form)-n:], s.XPOS}, c)
			}
		}
	}
	m := &Model{map[key]string{}, map[key]change{}}
	m.learnEndings(endings)
	for k, c := range lemmas {
		if l, _, _ := most(c, cmp.Compare[string]); m.byEnding(k.text, k.xpos) != l {
			m.exceptions[k] = l
		}
	}
	m.learnVerbs(verbs, lemmas)
	return m.table()
}

func count[K, V comparable](m map[K]map[V]int, k K, v V) {
	if m[k] == nil {
		m[k] = map[V]int{}
	}
	m[k][v]++
}

// most returns the most frequent value, the first of equals, with its count and the total.
func most[V comparable](m map[V]int, compare func(a, b V) int) (v V, n, total int) {
	for k, c := range m {
		total += c
		if c > n || c == n && compare(k, v) < 0 {
			v, n = k, c
		}
	}
	return v, n, total
}

// difference is the change from form to lemma; ok is false where they share too little for it to be a rule.
func difference(form, lemma string) (c change, ok bool) {
	i := 0
	for i < len(form) && i < len(lemma) && form[i] == lemma[i] {
		i++
	}
	return change{len(form) - i, lemma[i:]}, i >= 2 || form == lemma
}

func compareChanges(a, b change) int {
	return cmp.Or(cmp.Compare(a.cut, b.cut), cmp.Compare(a.add, b.add))
}

func compareKeys(a, b key) int {
	return cmp.Or(cmp.Compare(len(a.text), len(b.text)), cmp.Compare(a.text, b.text), cmp.Compare(a.xpos, b.xpos))
}

// learnEndings keeps, shortest first, the endings that decide otherwise than a shorter one.
func (m *Model) learnEndings(endings map[key]map[change]int) {
	for _, k := range slices.SortedFunc(maps.Keys(endings), compareKeys) {
		c, n, total := most(endings[k], compareChanges)
		if k.text != "" && (total < endingCount || float64(n) < endingShare*float64(total)) {
			continue
		}
		same := false
		for j := 1; j <= len(k.text); j++ {
			if shorter, ok := m.endings[key{k.text[j:], k.xpos}]; ok {
				same = shorter == c
				break
			}
		}
		if !same {
			m.endings[k] = c
		}
	}
}

func (m *Model) table() string {
	var b strings.Builder
	for _, k := range slices.SortedFunc(maps.Keys(m.endings), compareKeys) {
		c := m.endings[k]
		fmt.Fprintf(&b, "ending\t%s\t%s\t%d\t%s\n", k.text, k.xpos, c.cut, c.add)
	}
	for _, k := range slices.SortedFunc(maps.Keys(m.exceptions), compareKeys) {
		fmt.Fprintf(&b, "word\t%s\t%s\t%s\n", k.text, k.xpos, m.exceptions[k])
	}
	return b.String()
}
