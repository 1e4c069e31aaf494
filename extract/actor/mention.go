package actor

import (
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
	again   bool // a bare plural: of those who were named before, or of nobody knows whom
	number  int  // how many "the three countries" are; 0 for two
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
// byLine reports whether a sentence is only a by-line: "By Ana Ruiz and John Smith".
func byLine(t *text) bool {
	if len(t.units) < 2 || t.units[0].word != "by" || !capital(t.s.Tokens[0].Text) {
		return false
	}
	for k := 1; k < len(t.units); k++ {
		u := &t.units[k]
		switch {
		case u.person != nil || u.run:
		case u.word == "and" || u.word == "," || u.word == "in" || u.word == "." || u.class == classCity || u.class == classBlock:
		default:
			return false
		}
	}
	return true
}

// dateline is the unit after "GENEVA, May 3 (Reuters) -" at the head of a sentence, 0 where there is none.
func dateline(t *text) int {
	if len(t.units) < 4 || t.units[0].class != classCity && t.units[0].class != classState && !t.units[0].run {
		return 0
	}
	for k := 1; k < len(t.units) && k < 12; k++ {
		tok := &t.s.Tokens[t.units[k].first]
		switch {
		case (tok.Text == "-" || tok.Text == "--" || tok.Text == "\u2013" || tok.Text == "\u2014") && t.s.Tokens[t.units[k].first-1].Text == ")":
			return k + 1
		case tok.Text == "," || tok.Text == "(" || tok.Text == ")" || t.units[k].words&wCalendar != 0 || tok.UPOS == "NUM" || t.units[k].class == classBlock || t.units[k].class == classCity ||
			t.units[k].class == classState || t.units[k].run:
		default:
			return 0
		}
	}
	return 0
}

func (r *Resolver) draft(d *discourse, t *text) {
	owned := make([]bool, len(t.units)) // names that belong to an office
	d.begun = len(d.drafts)
	if byLine(t) {
		return
	}
	begin := dateline(t)
	for i := range t.phrases {
		if t.phrases[i].lo >= begin {
			r.draftPhrase(d, t, &t.phrases[i], owned)
		}
	}
	for k := begin; k < len(t.units); k++ {
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
		case u.words&wPair != 0 || numbers[u.word] > 2:
			r.draftPair(d, t, k)
		case u.word == "superpowers" || u.word == "adversaries" || u.word == "foes" || u.word == "rivals":
			r.draftRivals(d, t, k)
		case u.run && !r.half(d, t, k):
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
				if p.plural && p.lo == p.core && !p.foreign && (p.office.Text == "minister" || p.office.Text == "negotiator") {
					f.ref, f.again = refOffice, true
					d.push(f)
					return
				}
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

func (r *Resolver) draftPronoun(d *discourse, t *text, k int) {
	u := &t.units[k]
	tok := &t.s.Tokens[u.first]
	if tok.UPOS != "PRON" && tok.UPOS != "DET" && !strings.HasPrefix(tok.XPOS, "PRP") {
		return
	}
	f := &draft{t: t, unit: k, ref: pronouns[u.word], word: u.word}
	if u.last < len(t.s.Tokens) && t.s.Tokens[u.last].Text == "[" {
		return // "It [the treaty]": an editor says what it is
	}
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
