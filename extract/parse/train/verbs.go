package main

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"entente/extract/parse/lemmas"
	"entente/extract/parse/tagging"
	"entente/extract/parse/words"
)

// verbCount is how often a word of the plain texts must be tagged as the base form of a verb to be taken for one.
const verbCount = 2

// verbsOf are the verbs of treebanks and plain texts in their base form, most frequent first.
func verbsOf(raw [][]string, samples []lemmas.Sample, tagger []byte, lexicon *words.Lexicon) ([]string, error) {
	m, err := tagging.Read(tagger)
	if err != nil {
		return nil, err
	}
	base := make([]bool, len(m.Tags()))
	for i, t := range m.Tags() {
		base[i] = t == "VERB|VB"
	}
	counts := map[string]int{}
	var sc tagging.Scratch
	for _, forms := range raw {
		ws, tags := make([]words.Word, len(forms)), make([]uint8, len(forms))
		for i, f := range forms {
			ws[i] = lexicon.Analyze(f)
		}
		m.Tag(forms, ws, tags, &sc)
		for i, t := range tags {
			if base[t] {
				counts[strings.ToLower(forms[i])]++
			}
		}
	}
	maps.DeleteFunc(counts, func(_ string, n int) bool { return n < verbCount })
	for _, s := range samples {
		if strings.HasPrefix(s.XPOS, "VB") {
			counts[strings.ToLower(s.Lemma)]++
		}
	}
	return slices.SortedFunc(maps.Keys(counts), func(a, b string) int {
		return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(a, b))
	}), nil
}
