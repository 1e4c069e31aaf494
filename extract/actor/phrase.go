package actor

import (
	"slices"
	"strings"

	"entente/extract/actor/tables"
)

// holder is a person to whom a phrase gives the office.
type holder struct {
	unit   int
	p      *person
	owners []string // of "Presidents A of X and B of Y"
}

// phrase is an office or collective noun with what belongs to it: "Russia's ambassador to NATO, Dmitry Rogozin".
type phrase struct {
	lo, hi   int // units, half-open
	core     int // unit of the office
	office   *tables.Office
	second   *tables.Office // held by the same person
	plural   bool
	owners   []string // whose it is
	ownUnits []int
	possUnit int // unit of a possessive pronoun, or -1
	ofPerson *person
	holders  []holder
	before   bool // the holder stands before, in apposition
	definite bool
	former   bool
	coming   bool
	deputy   bool
	body     bool   // of a ministry or the like: "chief of the defence ministry"
	private  bool   // of a firm, a paper, a football club
	foreign  bool   // of an organisation that no table knows
	post     string // "to NATO"
	tieOnly  bool   // the holder is bound by a verb: no mention of the whole
	modified bool   // a word narrows it: "oil minister"
	prefix   string // words of the title before the office: "oil"
}

// officeOf is the office that a unit names; a collective noun only where nothing else fits.
func (u *unit) officeOf() (*tables.Office, bool) {
	for i := range u.senses {
		if o := u.senses[i].office; o != nil {
			return o, u.senses[i].plural
		}
	}
	return nil, false
}

// phrases are the phrases of a sentence, left to right. They do not overlap but for owners that are phrases themselves.
func (r *Resolver) phrases(d *discourse, t *text) []phrase {
	var out []phrase
	for k := range t.units {
		if !t.units[k].office() {
			continue
		}
		if p, ok := r.phrase(d, t, k); ok {
			if n := len(out); n > 0 && k < out[n-1].hi && k > out[n-1].core {
				continue // "chief of the defence ministry": a part of it
			}
			if n := len(out); n > 0 && out[n-1].hi > p.lo && out[n-1].core >= p.lo && len(out[n-1].holders) == 0 {
				out[n-1] = p // the earlier one only narrows this: "foreign ministry spokesman"
				continue
			}
			if n := len(out); n > 0 && out[n-1].definite && out[n-1].hi == p.lo-1 && t.units[p.lo-1].word == "and" && len(p.owners) == 0 {
				p.definite = true // "the Secretary and Foreign Minister"
			}
			if n := len(out); n > 0 && r.twoOffices(t, &out[n-1], &p) {
				p.owners, p.ownUnits, p.lo, p.second = out[n-1].owners, out[n-1].ownUnits, out[n-1].lo, out[n-1].office
				out[n-1] = p
				continue
			}
			out = append(out, p)
		}
	}
	return out
}

// twoOffices reports whether one person holds both: "Colombian Vice President and Foreign Minister Ana Ruiz".
func (r *Resolver) twoOffices(t *text, a, b *phrase) bool {
	return a.hi == b.lo-1 && t.units[a.hi].word == "and" && len(a.holders) == 0 && len(a.owners) > 0 && !a.plural && !b.plural &&
		len(b.holders) == 1 && len(b.ownUnits) == 0 && !b.before && !b.definite && a.office.Form != "collective" && b.office.Form != "collective"
}

// phrase reads what stands around the office of unit k.
func (r *Resolver) phrase(d *discourse, t *text, k int) (phrase, bool) {
	office, plural := t.units[k].officeOf()
	p := phrase{lo: k, hi: k + 1, core: k, office: office, plural: plural, possUnit: -1}
	if k+1 < len(t.units) && t.units[k+1].office() && t.units[k+1].first == t.units[k].last && !r.isTitleOnly(t.units[k+1]) {
		return p, false // the next office is the head
	}
	p.former = t.units[k].senses[0].former
	if office.Form == "title" && (k+1 >= len(t.units) || t.units[k+1].person == nil) {
		return p, false
	}
	if k > 1 && t.s.Tokens[t.units[k].first-1].Text == "-" && t.s.Tokens[t.units[k-2].first].UPOS == "NUM" {
		return p, false // "the 12-nation Community"
	}
	if office.Kind == "citizen" && office.Form != "collective" && t.units[k].first > 0 && capital(t.s.Tokens[t.units[k].first].Text) {
		return p, false // "the National Gallery"
	}
	if !r.nounHere(t, k) || r.compound(t, k) {
		return p, false
	}
	r.left(d, t, &p)
	p.foreign = p.foreign && len(p.ownUnits) == 0 && p.ofPerson == nil
	r.right(d, t, &p)
	if j := p.lo - 1; len(d.author) > 0 && j >= 0 && p.lo < k && t.units[j].word == "embassy" && t.units[p.lo].class == classCity {
		p.owners, p.lo = d.author, j // "Embassy Vienna's chargé": how a foreign service names its posts
	}
	if len(p.owners) == 0 && office.Party != "" && p.possUnit < 0 {
		p.owners = []string{office.Party}
	}
	r.apposed(d, t, &p)
	return p, true
}

// compound reports whether the office word only begins something else: "state-owned", "the state of Bavaria".
func (r *Resolver) compound(t *text, k int) bool {
	if k+2 >= len(t.units) {
		return false
	}
	u, next, after := &t.units[k], &t.units[k+1], &t.units[k+2]
	if t.s.Tokens[next.first].Text == "-" && t.s.Tokens[next.first].Start == t.s.Tokens[u.last-1].End && after.words&wComing == 0 {
		return true
	}
	if u.word == "state" && next.word == "of" && !after.party() && (k+3 >= len(t.units) || !t.units[k+3].party()) {
		return true // "the state of the economy"
	}
	return (u.words&wPlace != 0 || u.word == "state" || u.word == "capital") && next.word == "of" && (after.class == classCity || after.run)
}

func (r *Resolver) isTitleOnly(u unit) bool {
	o, _ := u.officeOf()
	return o != nil && o.Form == "title"
}

// nounHere reports whether the office word is a noun where it stands: "head" and "guard" are verbs too.
func (r *Resolver) nounHere(t *text, k int) bool {
	u := &t.units[k]
	tok := &t.s.Tokens[u.last-1]
	switch {
	case strings.HasPrefix(tok.XPOS, "NN"), tok.UPOS == "NOUN", tok.UPOS == "PROPN", tok.XPOS == "FW", tok.UPOS == "X":
		return true
	}
	if _, plural := u.officeOf(); plural && tok.XPOS == "VBZ" && k > 0 && (t.units[k-1].class == classAdj || t.units[k-1].class == classPeople) {
		return true // "Dutch diplomats"
	}
	return u.last-u.first > 1 || tok.XPOS == "JJ" && k+1 < len(t.units) && t.units[k+1].person != nil
}

// left reads what stands before the office: whose it is, and what narrows it.
func (r *Resolver) left(d *discourse, t *text, p *phrase) {
	poss := false // a possessive was passed: only an article may follow
	for j := p.core - 1; j >= 0; j-- {
		u := &t.units[j]
		tok := &t.s.Tokens[u.first]
		switch {
		case u.words&(wFormer|wComing|wDeputy) != 0 && tok.UPOS != "ADP":
			p.former = p.former || u.words&wFormer != 0
			p.coming = p.coming || u.words&wComing != 0
			p.deputy = p.deputy || u.words&wDeputy != 0
		case u.party():
			p.ownUnits = slices.Insert(p.ownUnits, 0, j)
		case u.word == ")":
			k := j - 1
			for k > 1 && j-k < 4 && t.units[k].word != "(" {
				k--
			}
			if k < 1 || t.units[k].word != "(" || !t.units[k-1].party() {
				return
			}
			j = k // "Republic of Korea (ROK) Foreign Minister"
		case u.word == "'s" || u.word == "'":
			if j == 0 || !t.units[j-1].party() && t.units[j-1].person == nil && !t.units[j-1].run {
				return
			}
			p.ownUnits, poss = nil, true
		case u.person != nil:
			r.ownedByPerson(t, p, j, poss)
			return
		case r.joined(t, j):
			if j == 0 || !t.units[j-1].party() || len(p.ownUnits) == 0 || p.ownUnits[0] != j+1 {
				return
			}
		case tok.XPOS == "PRP$":
			if len(p.ownUnits) == 0 {
				p.possUnit, p.lo = j, j
			}
			return
		case tok.XPOS == "DT" || tok.UPOS == "DET":
			p.definite = u.word == "the" || u.word == "this" || u.word == "these" || u.word == "both"
			p.lo = j
			return
		case !r.narrow(t, p, j, poss):
			return
		}
		p.lo = j
	}
}

// ownedByPerson takes "Smith's spokesman" and "the Reagan administration" to be of the person's party.
func (r *Resolver) ownedByPerson(t *text, p *phrase, j int, poss bool) {
	if !(poss && strings.HasPrefix(t.units[j+1].word, "'")) && !(j+1 == p.core && r.words[p.office.Text]&wGovernment != 0) {
		return
	}
	p.ofPerson, p.lo = t.units[j].person, j
	if !poss && j > 0 && t.units[j-1].word == "the" {
		p.lo--
	}
}

// narrow takes unit j to the phrase if it is a word that narrows the office; it reports whether it is.
func (r *Resolver) narrow(t *text, p *phrase, j int, poss bool) bool {
	u := &t.units[j]
	tok := &t.s.Tokens[u.first]
	switch {
	case u.words&wCalendar != 0 || u.word == "month" || u.word == "week" || u.word == "year":
		return false
	case u.office() && !poss && r.nounHere(t, j):
		if o, _ := u.officeOf(); o.Form != "collective" && t.units[j+1].office() && len(p.ownUnits) == 0 {
			p.modified = true
		}
	case u.run && !(len(p.ownUnits) > 0 && poss):
		p.private = p.private || r.words[t.folded[u.last-1]]&(wCivic|wCompany) != 0
		p.foreign, p.modified = len(p.ownUnits) == 0, true
		p.prefix = strings.TrimSpace(t.foldedUnit(u) + " " + p.prefix)
	case u.class == classBlock:
		p.private = true
	case u.words&wDependent != 0 && j > 0 && t.s.Tokens[t.units[j-1].first].Text == "-":
		return false // "Russian-built": not theirs
	case !poss && (tok.UPOS == "ADJ" || tok.UPOS == "NOUN" || tok.UPOS == "NUM" || tok.UPOS == "PROPN" || r.participle(t, j) || u.word == "-"):
		p.private = p.private || u.words&wPrivate != 0
		if len(p.ownUnits) == 0 && u.word != "-" && tok.UPOS != "NUM" {
			p.modified = true
		}
		if len(p.ownUnits) == 0 && (tok.UPOS == "NOUN" || tok.UPOS == "PROPN" || u.words&wPortfolio != 0) {
			p.prefix = strings.TrimSpace(t.foldedUnit(u) + " " + p.prefix)
		}
	default:
		return false
	}
	return true
}

// participle reports whether unit j is a participle that narrows the noun after it: "occupying forces", not "alliance offered planes".
func (r *Resolver) participle(t *text, j int) bool {
	tok := &t.s.Tokens[t.units[j].first]
	if tok.XPOS != "VBN" && tok.XPOS != "VBG" {
		return false
	}
	if j > 0 && (t.units[j-1].class == classState || t.units[j-1].class == classOrg) {
		return false // "Peru bought planes"
	}
	if t.s.Parsed {
		return tok.Label == "amod" || tok.Label == "compound"
	}
	return tok.XPOS == "VBN" && j > 0 && (t.units[j-1].party() || t.s.Tokens[t.units[j-1].first].UPOS == "DET")
}

// joined reports whether unit j joins names: "and", a comma, a hyphen, a slash.
func (r *Resolver) joined(t *text, j int) bool {
	switch t.units[j].word {
	case "and", ",", "or", "/", "&":
		return true
	}
	return t.s.Tokens[t.units[j].first].Text == "-" && j > 0 && t.units[j-1].party()
}

// ownersOf are the parties of the owners on the left: of "Iraq's U.N. ambassador" Iraq, of "U.S. and Soviet officials" both.
func (r *Resolver) ownersOf(d *discourse, t *text, units []int) []string {
	var out []string
	for i, j := range units {
		if i > 0 && units[i-1]+1 == j { // side by side: the first owns
			break
		}
		if i > 0 && !r.joined(t, j-1) {
			break
		}
		out = appendNew(out, d.partiesOf(t, j)...)
	}
	return out
}

func appendNew(list []string, more ...string) []string {
	for _, s := range more {
		if !slices.Contains(list, s) {
			list = append(list, s)
		}
	}
	return list
}
