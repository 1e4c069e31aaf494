package actor

import (
	_ "embed"
	"strings"
	"sync"
)

//go:embed words.tsv
var wordsTSV string

// wordClass is a set of functions that a word may have, as bits in the order in which the classes stand in words.tsv.
type wordClass uint64

const (
	wCalendar wordClass = 1 << iota
	wParticle
	wFormer
	wComing
	wDeputy
	wLead
	wBe
	wSay
	wPlacePrep
	wMetoPrep
	wPlace
	wCompany
	wNotPerson
	wPrivate
	wMister
	wMistress
	wPair
	wPairNoun
	wCountry
	wGovernment
	wPersonNoun
	wBody
	wOrg
	wGivenPlace
	wNewsy
	wInCaps
	wPortfolio
	wDependent
	wAct
	wHonor
	wSending
	wMonthName
	wAux
	wNaming
	wCivic
	wThing
)

// wordNames are the names of the classes in words.tsv, in the order of the bits.
var wordNames = strings.Fields("calendar particle former coming deputy lead be say placeprep metoprep place company notperson private mr mrs pair pairnoun country government person body org givenplace newsy incaps portfolio dependent act honor sending monthname aux naming civic thing")

//go:embed defaults.tsv
var defaultsTSV string

// defaultTable is the party of an office where neither the phrase nor the article tells one.
var defaultTable = sync.OnceValue(func() map[string]string {
	m := map[string]string{}
	for line := range strings.Lines(defaultsTSV) {
		if office, party, ok := strings.Cut(strings.TrimSpace(line), "\t"); ok && !strings.HasPrefix(line, "#") {
			m[office] = party
		}
	}
	return m
})

//go:embed nominals.tsv
var nominalsTSV string

//go:embed given.tsv
var givenTSV string

// givenTable are first names with the gender that goes with them: 'm', 'f' or '-'.
var givenTable = sync.OnceValue(func() map[string]byte {
	m := map[string]byte{}
	for line := range strings.Lines(givenTSV) {
		gender, names, ok := strings.Cut(strings.TrimSpace(line), "\t")
		if !ok || strings.HasPrefix(line, "#") {
			continue
		}
		for n := range strings.FieldsSeq(names) {
			g := gender[0]
			if old, ok := m[fold(n)]; ok && old != g {
				g = '-'
			}
			m[fold(n)] = g
		}
	}
	return m
})

var wordTable = sync.OnceValue(func() map[string]wordClass {
	m := map[string]wordClass{}
	for line := range strings.Lines(wordsTSV) {
		name, words, ok := strings.Cut(strings.TrimSpace(line), "\t")
		if !ok || strings.HasPrefix(line, "#") {
			continue
		}
		for i, n := range wordNames {
			if n == name {
				for w := range strings.FieldsSeq(words) {
					m[w] |= 1 << i
				}
			}
		}
	}
	return m
})
