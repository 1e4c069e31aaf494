package actor

import (
	"slices"
	"strings"

	"entente/extract"
)

// reference is how a mention that names nobody finds whom it means.
type reference uint8

const (
	refNone reference = iota
	refHe
	refIt
	refThey
	refWe
	refI
	refPair
	refNominal // the alliance, the kingdom
	refOffice  // the minister, the government, its forces: an office whose party or holder the phrase does not say
)

// draft is a mention on its way.
type draft struct {
	m       extract.Mention
	t       *text
	ref     reference
	word    string // folded noun or pronoun
	unit    int    // first unit
	phrase  *phrase
	holder  *holder
	person  *person
	plural  bool
	human   bool // may be he or she
	subject bool
	main    bool // subject of the main clause
	dropped bool
	owned   bool // the name of an owner inside a phrase
	blank   bool // someone of whom nothing is known
	settled bool
	gender  byte
}

// pronouns are those that may stand for a party, with the way they refer.
var pronouns = map[string]reference{
	"he": refHe, "him": refHe, "his": refHe, "himself": refHe, "she": refHe, "her": refHe, "hers": refHe, "herself": refHe,
	"it": refIt, "its": refIt, "itself": refIt,
	"they": refThey, "them": refThey, "their": refThey, "themselves": refThey, "theirs": refThey,
	"we": refWe, "us": refWe, "our": refWe, "ours": refWe, "ourselves": refWe,
	"i": refI, "me": refI, "my": refI, "myself": refI,
}

// draft makes the mentions of a sentence: phrases around offices, then the names in and beside them, then what refers.
func (r *Resolver) draft(d *discourse, t *text) {
	owned := make([]bool, len(t.units)) // names that belong to an office
	d.begun = len(d.drafts)
	for i := range t.phrases {
		r.draftPhrase(d, t, &t.phrases[i], owned)
	}
	for k := range t.units {
		u := &t.units[k]
		switch {
		case u.used:
		case u.person != nil:
			r.draftPerson(d, t, k)
		case u.party() || u.class == classCity:
			r.draftName(d, t, k, owned[k])
		case pronouns[u.word] != 0 && !acronymWord(t, u):
			r.draftPronoun(d, t, k)
			r.draftOurs(d, t, k)
		case u.words&wPair != 0:
			r.draftPair(d, t, k)
		case u.word == "superpowers" || u.word == "adversaries" || u.word == "foes" || u.word == "rivals":
			r.draftRivals(d, t, k)
		case u.run:
			r.draftUnresolved(d, t, k)
		}
	}
	r.draftNominals(d, t)
	r.memberships(d, t)
}

// acronymWord reports whether a word that looks like a pronoun is an acronym: "US".
func acronymWord(t *text, u *unit) bool {
	s := t.s.Tokens[u.first].Text
	return len(s) > 1 && s == strings.ToUpper(s)
}

func (d *discourse) push(f *draft) *draft {
	f.m.Sentence = f.t.n
	f.m.Head = headOf(f.t.s, f.m.First, f.m.Last, f.m.Head)
	f.subject = isSubject(f.t, f.m.First, f.m.Last, f.m.Head)
	if h := f.t.s.Tokens[f.m.Head].Head; f.t.s.Parsed && f.subject && h >= 0 {
		f.main = f.t.s.Tokens[h].Head < 0
	}
	d.drafts = append(d.drafts, f)
	return f
}

// headOf is the token between first and last that depends on one outside; guess where there is no tree or no such token.
func headOf(s *extract.Sentence, first, last, guess int) int {
	if !s.Parsed {
		return guess
	}
	found := -1
	for i := first; i < last; i++ {
		if h := s.Tokens[i].Head; (h < first || h >= last) && s.Tokens[i].UPOS != "PUNCT" {
			if i == guess {
				return i
			}
			if found < 0 {
				found = i
			}
		}
	}
	if found < 0 {
		return guess
	}
	return found
}

// isSubject reports whether a mention is the subject of a clause: by the tree, else because a finite verb follows.
func isSubject(t *text, first, last, head int) bool {
	if t.s.Parsed {
		label := t.s.Tokens[head].Label
		return strings.HasPrefix(label, "nsubj")
	}
	for i := last; i < len(t.s.Tokens) && i < last+2; i++ {
		switch t.s.Tokens[i].XPOS {
		case "VBD", "VBZ", "VBP", "MD":
			return true
		case "RB", ",":
		default:
			return false
		}
	}
	return false
}

// draftPhrase makes the mention of an office with its owner and holder.
func (r *Resolver) draftPhrase(d *discourse, t *text, p *phrase, owned []bool) {
	companies := r.words[lastWord(p.office.Text)]&wPrivate != 0 || p.office.Kind == "business" || p.office.Kind == "journalist" || p.private
	for _, j := range p.ownUnits {
		owned[j] = !companies
	}
	if companies && len(p.holders) == 0 {
		return
	}
	lo, hi := p.lo, p.hi
	if len(p.holders) == 0 || p.tieOnly {
		f := &draft{t: t, phrase: p, unit: lo, word: p.office.Text, plural: p.plural || strings.HasSuffix(p.office.Text, "s") && p.office.Form == "collective"}
		f.human = p.office.Form != "collective" && !f.plural
		f.m = extract.Mention{First: t.units[lo].first, Last: t.units[hi-1].last, Head: t.units[p.core].last - 1, Kind: extract.Office, Confidence: 0.9}
		f.m.Parties = p.owners
		if p.tieOnly {
			f.holder = &p.holders[0]
			f.ref = refOffice
			d.push(f)
			return
		}
		if len(p.owners) == 0 {
			if !p.definite && p.possUnit < 0 && p.office.Party == "" && !strings.Contains(p.office.Text, " ") || p.foreign {
				if !f.human {
					return // "officials": of nobody knows whom
				}
				f.blank = true // "a soldier said ... he": he is none of those before
				d.push(f)
				return
			}
			f.ref = refOffice
		} else if f.human {
			f.ref = refOffice // perhaps a holder the article names
		}
		d.push(f)
		return
	}
	for i := range p.holders {
		h := &p.holders[i]
		first, last := t.units[lo].first, t.units[hi-1].last
		if i > 0 {
			first = t.units[h.unit].first
		}
		if i+1 < len(p.holders) {
			last = t.units[h.unit].last
		}
		guess := t.units[h.unit].first
		if h.unit > p.core+1 {
			guess = t.units[p.core].last - 1
		}
		f := &draft{t: t, phrase: p, holder: h, person: h.p, unit: lo, word: p.office.Text, human: true, ref: refOffice, gender: h.p.gender}
		f.m = extract.Mention{First: first, Last: last, Head: guess, Kind: extract.Name, Agent: h.p.id, Confidence: 0.95}
		t.units[h.unit].used = true
		d.push(f)
		d.see(h.p.id, h.p.name)
	}
}

func (r *Resolver) draftPerson(d *discourse, t *text, k int) {
	u := &t.units[k]
	f := &draft{t: t, unit: k, person: u.person, human: true, gender: u.person.gender}
	f.m = extract.Mention{First: u.first, Last: u.last, Head: u.first, Kind: extract.Name, Agent: u.person.id, Confidence: 0.85}
	if len(u.person.titles) == 0 && len(u.person.principals) == 0 && u.person.leader == nil {
		f.m.Confidence = 0.6 // a person by the look of the name alone
	}
	if k > 0 && t.units[k-1].words&(wMister|wMistress) != 0 && t.s.Tokens[t.units[k-1].first].UPOS == "PROPN" {
		f.m.First = t.units[k-1].first
		if t.units[k-1].words&wMistress != 0 {
			u.person.gender, f.gender = 'f', 'f'
		} else {
			u.person.gender, f.gender = 'm', 'm'
		}
	}
	d.push(f)
}

// draftName makes the mention of a state, organisation, group or place by name.
func (r *Resolver) draftName(d *discourse, t *text, k int, owned bool) {
	u := &t.units[k]
	s := u.senses[0]
	f := &draft{t: t, unit: k}
	f.m = extract.Mention{First: u.first, Last: u.last, Head: u.last - 1, Kind: extract.Name, Parties: d.partiesOf(t, k), Confidence: 0.95}
	f.plural = s.plural || u.class == classSet || len(f.m.Parties) > 1
	switch u.class {
	case classAdj, classAdjOf, classPeople:
		f.m.Kind = extract.Demonym
	case classSeat:
		f.m.Kind, f.m.Confidence = extract.Metonym, 0.9
	case classState:
		f.m.Place = s.id
	case classCity:
		r.draftCity(d, t, k, f)
	}
	f.owned = owned
	f.m.Modifier = !owned && f.m.Kind != extract.PlaceName && r.qualifies(t, k) && (u.class != classCity && u.class != classSeat || r.preposition(t, k) == "")
	if len(f.m.Parties) == 0 && f.m.Place == "" {
		return
	}
	for _, id := range f.m.Parties {
		d.see(id, t.plainText(u.first, u.last))
	}
	d.push(f)
}

// draftCity tells whether a city stands for the government in it or is the place where something happens.
func (r *Resolver) draftCity(d *discourse, t *text, k int, f *draft) {
	u := &t.units[k]
	s := d.capital(u)
	for i := range u.senses {
		if u.senses[i].place != "" {
			f.m.Place = u.senses[i].place
		}
	}
	if s == nil || s.id == "" || len(f.m.Parties) == 0 {
		f.m.Kind, f.m.Parties, f.m.Confidence = extract.PlaceName, nil, 0.9
		return
	}
	f.m.Kind, f.m.Confidence = extract.Metonym, 0.8
	switch prep := r.preposition(t, k); {
	case prep == "from" && r.sent(t, k):
	case r.words[prep]&wPlacePrep != 0, k+1 < len(t.units) && t.units[k+1].word == "," && k+2 < len(t.units) && t.units[k+2].class == classState,
		k > 0 && t.units[k-1].words&wPlace != 0, prep == "of" && k > 1 && t.units[k-2].words&wPlace != 0:
		f.m.Kind, f.m.Parties = extract.PlaceName, nil
	case prep == "" && r.qualifies(t, k):
		f.m.Kind, f.m.Parties = extract.PlaceName, nil
	}
}

// sent reports whether what comes from the city at unit k is an act of a government: "pressure from Beijing".
func (r *Resolver) sent(t *text, k int) bool {
	for j := k - 1; j > 0 && j > k-4; j-- {
		if t.units[j].word == "from" {
			return t.units[j-1].words&wSending != 0
		}
	}
	return false
}

// preposition is the one that governs the name at unit k, also through a list: "in London and Paris".
func (r *Resolver) preposition(t *text, k int) string {
	u := &t.units[k]
	if t.s.Parsed {
		i := u.last - 1
		for range 6 {
			tok := &t.s.Tokens[i]
			for j := range t.s.Tokens {
				if c := &t.s.Tokens[j]; c.Head == i && c.Label == "case" && c.Text != "'s" && j < i {
					return t.folded[j]
				}
			}
			if tok.Head < 0 || tok.Label != "conj" && tok.Label != "flat" && tok.Label != "compound" && (tok.Head < u.first || tok.Head >= u.last) {
				break
			}
			i = tok.Head
		}
	}
	for j := k - 1; j >= 0; j-- {
		p := &t.units[j]
		tok := &t.s.Tokens[p.first]
		switch {
		case tok.UPOS == "ADP" || tok.XPOS == "IN" || tok.XPOS == "TO":
			return p.word
		case tok.UPOS == "DET" || tok.UPOS == "ADJ" || r.joined(t, j) || p.class == classCity || p.class == classState && j > 0 && r.joined(t, j+1):
			continue
		}
		break
	}
	return ""
}

// qualifies reports whether the name at unit k only narrows a noun after it: "Russian roulette", "U.S. and Soviet arms".
func (r *Resolver) qualifies(t *text, k int) bool {
	u := &t.units[k]
	next := k + 1
	if next >= len(t.units) {
		return false
	}
	if u.class == classPeople && u.senses[0].plural && u.class != classAdj && t.s.Tokens[u.last-1].XPOS != "JJ" {
		return false
	}
	if t.s.Parsed {
		tok := &t.s.Tokens[u.last-1]
		base, _, _ := strings.Cut(tok.Label, ":")
		switch base {
		case "amod", "compound":
			return tok.Head >= u.last && nominalNext(t, next)
		case "nsubj", "obj", "obl", "iobj", "root", "appos":
			if u.class != classAdj && u.class != classAdjOf {
				return false
			}
		case "nmod":
			if strings.HasSuffix(tok.Label, ":poss") {
				return false
			}
		}
	}
	for next+1 < len(t.units) && (r.joined(t, next) || t.s.Tokens[t.units[next].first].Text == "-") && t.units[next+1].party() && t.units[next+1].class == classAdj {
		next += 2
		if next >= len(t.units) {
			return false
		}
	}
	if !nominalNext(t, next) {
		return false
	}
	return u.class != classPeople && (t.s.Tokens[t.units[next].first].UPOS != "ADJ" || u.class == classAdj || u.class == classAdjOf)
}

func (r *Resolver) draftPronoun(d *discourse, t *text, k int) {
	u := &t.units[k]
	tok := &t.s.Tokens[u.first]
	if tok.UPOS != "PRON" && tok.UPOS != "DET" && !strings.HasPrefix(tok.XPOS, "PRP") {
		return
	}
	f := &draft{t: t, unit: k, ref: pronouns[u.word], word: u.word}
	f.m = extract.Mention{First: u.first, Last: u.last, Head: u.first, Kind: extract.Pronoun, Confidence: 0.75}
	switch f.ref {
	case refHe:
		f.human, f.gender = true, 'm'
		if u.word[0] == 's' || strings.HasPrefix(u.word, "her") {
			f.gender = 'f'
		}
	case refThey, refWe:
		f.plural = true
	}
	d.push(f)
}

// draftPair makes the mention of "the two sides", "both countries", "our two nations".
func (r *Resolver) draftPair(d *discourse, t *text, k int) {
	u := &t.units[k]
	lo := k
	if k > 0 {
		switch w := t.units[k-1].word; {
		case w == "the" || w == "these" || w == "our" || w == "their" || w == "those":
			lo--
		case u.word != "both":
			return
		}
	}
	j := k + 1
	for j < len(t.units) && j < k+3 && t.units[j].words&wPairNoun == 0 {
		if x := t.s.Tokens[t.units[j].first]; x.UPOS != "ADJ" && x.UPOS != "DET" && x.UPOS != "NOUN" && x.XPOS != "VBG" && t.units[j].word != "of" {
			break
		}
		j++
	}
	if j >= len(t.units) || t.units[j].words&wPairNoun == 0 {
		if u.word == "two" && lo < k && (j >= len(t.units) || !nominalNext(t, k+1)) { // "the two have agreed"
			j = k
		} else {
			return
		}
	}
	if lo < k && pronouns[t.units[lo].word] == 0 || lo == k {
		for i := lo; i <= j; i++ {
			t.units[i].used = true
		}
	}
	f := &draft{t: t, unit: lo, ref: refPair, word: t.units[j].word, plural: true}
	f.m = extract.Mention{First: t.units[lo].first, Last: t.units[j].last, Head: t.units[j].first, Kind: extract.Nominal, Confidence: 0.75}
	d.dropWithin(t, f.m.First, f.m.Last)
	d.push(f)
}

// draftRivals makes the mention of "the superpowers", "the former Cold War adversaries".
func (r *Resolver) draftRivals(d *discourse, t *text, k int) {
	lo := k - 1
	for lo >= 0 && k-lo < 5 && t.units[lo].word != "the" && !t.units[lo].party() && (t.units[lo].run || t.units[lo].class == classBlock || t.s.Tokens[t.units[lo].first].UPOS == "ADJ" || t.s.Tokens[t.units[lo].first].UPOS == "NOUN") {
		lo--
	}
	if lo < 0 || t.units[lo].word != "the" {
		return
	}
	f := &draft{t: t, unit: lo, ref: refPair, word: t.units[k].word, plural: true}
	f.m = extract.Mention{First: t.units[lo].first, Last: t.units[k].last, Head: t.units[k].first, Kind: extract.Nominal, Confidence: 0.65}
	d.push(f)
}

// draftOurs makes the mention of "our countries", "their governments", where no number stands between.
func (r *Resolver) draftOurs(d *discourse, t *text, k int) {
	if w := t.units[k].word; w != "our" && w != "their" || k+1 >= len(t.units) {
		return
	}
	switch t.units[k+1].word {
	case "countries", "nations", "governments", "peoples":
	default:
		return
	}
	f := &draft{t: t, unit: k, ref: refPair, word: t.units[k+1].word, plural: true}
	f.m = extract.Mention{First: t.units[k].first, Last: t.units[k+1].last, Head: t.units[k+1].first, Kind: extract.Nominal, Confidence: 0.7}
	d.dropWithin(t, f.m.First, f.m.Last)
	d.push(f)
}

// dropWithin takes away the office mentions between two tokens, which a larger mention replaces.
func (d *discourse) dropWithin(t *text, first, last int) {
	for _, f := range d.drafts[d.begun:] {
		if f.phrase != nil && f.m.First >= first && f.m.Last <= last {
			f.dropped = true
		}
	}
}

func (r *Resolver) draftUnresolved(d *discourse, t *text, k int) {
	u := &t.units[k]
	if k > 0 && t.units[k-1].words&wPlacePrep != 0 || r.words[t.folded[u.first]]&(wFormer|wDeputy) != 0 || r.words[t.folded[u.first]]&wCalendar != 0 {
		return
	}
	if k > 0 && u.last-u.first == 1 && strings.HasSuffix(t.s.Tokens[u.first-1].Text, ".") && t.units[k-1].party() {
		return // "the U.S. Had": a capital by habit of the wire
	}
	f := &draft{t: t, unit: k}
	f.m = extract.Mention{First: u.first, Last: u.last, Head: u.last - 1, Kind: extract.Unresolved, Confidence: 0.5}
	d.push(f)
}

// draftNominals makes the mentions of "the alliance", "the kingdom", "the world body": nouns that the tables give for an organisation or group.
func (r *Resolver) draftNominals(d *discourse, t *text) {
	for k := 0; k < len(t.units); k++ {
		ids, last := r.nominal(t, k)
		if len(ids) == 0 || t.units[k].used {
			continue
		}
		first := t.units[k].first
		the := k > 0 && (t.units[k-1].word == "the" || t.units[k-1].word == "this")
		j := k
		for !the && j > 0 && k-j < 3 && (t.s.Tokens[t.units[j-1].first].UPOS == "ADJ" || t.units[j-1].run || t.s.Tokens[t.units[j-1].first].Text == "-" || t.s.Tokens[t.units[j-1].first].UPOS == "NUM" || t.s.Tokens[t.units[j-1].first].UPOS == "NOUN") {
			j--
			the = j > 0 && t.units[j-1].word == "the"
		}
		if the {
			first = t.units[j-1].first
			if j == k {
				first = t.units[k-1].first
			}
		}
		if !the && !nominalNext2(t, last) {
			continue
		}
		if d.covered(t, first, last) {
			continue
		}
		f := &draft{t: t, unit: k, ref: refNominal, word: t.foldedTokens(t.units[k].first, last)}
		f.m = extract.Mention{First: first, Last: last, Head: last - 1, Kind: extract.Nominal, Confidence: 0.8, Modifier: !the}
		d.push(f)
	}
}

func nominalNext2(t *text, token int) bool {
	return token < len(t.s.Tokens) && (t.s.Tokens[token].UPOS == "NOUN" || t.s.Tokens[token].UPOS == "PROPN")
}

func (t *text) foldedTokens(i, j int) string {
	return t.foldedUnit(&unit{first: i, last: j})
}

// covered reports whether a mention with a party already holds the tokens.
func (d *discourse) covered(t *text, first, last int) bool {
	return slices.ContainsFunc(d.drafts[d.begun:], func(f *draft) bool {
		return !f.dropped && f.m.First <= first && f.m.Last >= last && f.m.Kind != extract.Unresolved && (len(f.m.Parties) > 0 || f.phrase != nil || f.ref == refPair)
	})
}

// nominal are the organisations and groups that the noun beginning at unit k may stand for, and its last token.
func (r *Resolver) nominal(t *text, k int) ([]string, int) {
	n := r.lex.nominals
	var ids []string
	last := 0
	for i := t.units[k].first; i < len(t.folded) && n != nil; i++ {
		f := t.folded[i]
		if f == "" {
			if i == t.units[k].first {
				return nil, 0
			}
			continue
		}
		for p := range strings.FieldsSeq(f) {
			if n = n.next[p]; n == nil {
				break
			}
		}
		if n != nil && len(n.senses) > 0 {
			ids, last = ids[:0], i+1
			for _, s := range n.senses {
				ids = append(ids, s.id)
			}
		}
	}
	if last == 0 || last < t.units[k].last && t.units[k].class != classOffice {
		return nil, 0
	}
	return ids, last
}
