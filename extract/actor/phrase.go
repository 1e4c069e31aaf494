package actor

import (
	"slices"
	"strings"

	"entente/extract/actor/tables"
	"entente/schema"
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
	case u.words&wCalendar != 0:
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

// right reads what stands after the office: of whom, to whom, and who holds it.
func (r *Resolver) right(d *discourse, t *text, p *phrase) {
	if n := len(p.ownUnits); n > 1 && !p.plural && p.office.Form != "collective" && r.joined(t, p.ownUnits[n-1]-1) && p.ownUnits[n-2] < p.ownUnits[n-1]-1 {
		p.ownUnits = p.ownUnits[n-1:] // one holder acts for one: "met France and EU Commissioner Smith"
		p.lo = p.ownUnits[0]
	}
	p.owners = r.ownersOf(d, t, p.ownUnits)
	if len(p.ownUnits) == 0 && p.ofPerson != nil {
		p.owners = d.people.party(p.ofPerson)
	}
	for p.hi < len(t.units) && len(p.holders) == 0 {
		u := &t.units[p.hi]
		if j := r.pastHonors(t, p.hi); j > p.hi && t.units[j].person != nil {
			p.hi = j
			continue
		}
		switch {
		case u.person != nil:
			if p.office.Form != "collective" {
				r.hold(d, t, p)
			}
			return
		case u.word == "of" || u.word == "from":
			if !r.complement(d, t, p, u.word) {
				return
			}
		case u.word == "to" || u.word == "for" || u.word == "at" || u.word == "in" || u.word == "on":
			if !r.post(d, t, p, u.word) {
				return
			}
		case u.word == ",":
			j := r.pastHonors(t, p.hi+1)
			if j+1 < len(t.units) && j == p.hi+1 && t.units[j].office() && t.units[j+1].person != nil && r.titled(t, &t.units[j]) {
				j++ // "the representative, Ambassador X,"
			}
			if p.office.Form != "collective" && j < len(t.units) && t.units[j].person != nil && r.closes(t, j+1) && !p.plural {
				p.hi = j
				p.holders = []holder{{unit: p.hi, p: t.units[p.hi].person}}
				p.hi++
			}
			return
		case u.words&wComing != 0 || t.s.Tokens[u.first].Text == "-" && p.hi+1 < len(t.units) && t.units[p.hi+1].words&wComing != 0:
			p.coming = true
			p.hi++
			if u.words&wComing == 0 {
				p.hi++
			}
		default:
			return
		}
	}
}

// pastHonors is the unit after words of honour: "Mr.", "the Hon.", "His Royal Highness".
func (r *Resolver) pastHonors(t *text, j int) int {
	k := j
	for ; j < len(t.units) && j < k+5; j++ {
		u := &t.units[j]
		o, _ := u.officeOf()
		if u.words&(wHonor|wMister|wMistress) == 0 && (o == nil || o.Kind != "honorific" && !(j > k && o.Form == "title")) && !(u.run && r.words[t.folded[u.first]]&wHonor != 0) {
			break
		}
	}
	return min(j, len(t.units)-1)
}

// hold reads the names right after the office: one, or several after a plural.
func (r *Resolver) hold(d *discourse, t *text, p *phrase) {
	for p.hi < len(t.units) && t.units[p.hi].person != nil {
		h := holder{unit: p.hi, p: t.units[p.hi].person}
		p.hi++
		if p.hi+1 < len(t.units) && t.units[p.hi].word == "of" && len(p.owners) == 0 {
			j := p.hi + 1
			if t.units[j].word == "the" && j+1 < len(t.units) {
				j++
			}
			if t.units[j].party() {
				h.owners = d.partiesOf(t, j)
				p.hi = j + 1
			}
		}
		p.holders = append(p.holders, h)
		if !p.plural || p.hi+1 >= len(t.units) || !r.joined(t, p.hi) || t.units[p.hi+1].person == nil {
			return
		}
		p.hi++
	}
}

// complement reads "of Egypt", "of the defence ministry"; it reports whether it went on.
func (r *Resolver) complement(d *discourse, t *text, p *phrase, prep string) bool {
	j := p.hi + 1
	var found []string
	last := 0
	for n := 0; j < len(t.units) && n < 12; n++ {
		u := &t.units[j]
		tok := &t.s.Tokens[u.first]
		if len(found) > 0 {
			n = 0 // a list may be long
		}
		switch {
		case u.party() && (j+1 >= len(t.units) || t.units[j+1].word != "'s" || prep == "of"):
			found = appendNew(found, d.partiesOf(t, j)...)
			last = j + 1
		case u.office() && u.person == nil && (!(j+1 < len(t.units) && t.units[j+1].person != nil) || t.units[j-1].word == "the" && p.office.Kind == "envoy"):
			last = j + 1
			o, _ := u.officeOf()
			p.body = p.body || o.Form == "collective" && (o.Kind == "official" || o.Kind == "military")
		case (last == j || last == j-1 && r.joined(t, j-1)) && r.joined(t, j) && j+1 < len(t.units) && (t.units[j+1].party() || t.units[j+1].word == "and" || t.units[j+1].word == "the"):
		case tok.UPOS == "DET" || tok.UPOS == "ADJ" || u.word == "'s":
		case r.joined(t, j) && len(found) == 0 && prep == "of" && last > 0 && j+1 < len(t.units) && (r.joined(t, j+1) || r.words[t.folded[t.units[j+1].first]]&wPortfolio != 0):
		case len(found) == 0 && prep == "of" && (tok.UPOS == "NOUN" || tok.UPOS == "PROPN") && u.person == nil && !u.office():
			p.private = p.private || u.words&wPrivate != 0
			last = j + 1
		default:
			n = 12
			continue
		}
		j++
	}
	if last == 0 {
		return false
	}
	if len(p.owners) == 0 {
		p.owners = found
	}
	if len(found) == 0 && prep == "of" {
		p.post = "of " + strings.TrimPrefix(t.foldedUnit(&unit{first: t.units[p.hi+1].first, last: t.units[last-1].last}), "the ")
	}
	p.hi = last
	return true
}

// post reads "to NATO", "to the United Nations", "for the Middle East" after an office that has a post.
func (r *Resolver) post(d *discourse, t *text, p *phrase, prep string) bool {
	if p.office.Form == "collective" || p.plural && prep != "to" {
		return false
	}
	envoy := p.office.Kind == "envoy"
	if prep != "for" && !envoy && prep != "at" {
		return false
	}
	j := p.hi + 1
	last := 0
	var name []string
	for n := 0; j < len(t.units) && n < 8; n++ {
		u := &t.units[j]
		tok := &t.s.Tokens[u.first]
		switch {
		case u.person != nil:
			n = 8
			continue
		case u.party() || u.class == classCity || u.run || tok.UPOS == "NOUN" && prep == "for" || tok.UPOS == "PROPN":
			name = append(name, t.display(d, j))
			last = j + 1
		case tok.UPOS == "DET" || tok.UPOS == "ADJ" || r.joined(t, j) && prep == "for":
		default:
			n = 8
			continue
		}
		j++
	}
	if last == 0 {
		return false
	}
	if prep == "for" && !envoy && !(last < len(t.units) && (t.units[last].person != nil || t.units[last].word == ",")) {
		return false
	}
	p.post = prep + " " + strings.Join(name, " ")
	p.hi = last
	return true
}

// display is unit j as a role shows it: the name of the entity for a state or organisation, else the words.
func (t *text) display(d *discourse, j int) string {
	if t.units[j].party() {
		if ids := d.partiesOf(t, j); len(ids) == 1 {
			if e, ok := d.r.entities[ids[0]]; ok {
				if e.Kind == schema.Organization {
					return e.ID
				}
				return e.Name
			}
		}
	}
	return t.plainText(t.units[j].first, t.units[j].last)
}

// plainText is the text of tokens i to j with single blanks.
func (t *text) plainText(i, j int) string {
	var b strings.Builder
	for k := i; k < j; k++ {
		if k > i && t.s.Tokens[k].Start > t.s.Tokens[k-1].End {
			b.WriteByte(' ')
		}
		b.WriteString(t.s.Tokens[k].Text)
	}
	return b.String()
}

// closes reports whether an apposition may end before unit j.
func (r *Resolver) closes(t *text, j int) bool {
	if j >= len(t.units) {
		return true
	}
	u := &t.units[j]
	switch u.word {
	case ",", ".", ":", ";", ")", "\"", "who", "that":
		return true
	}
	tok := &t.s.Tokens[u.first]
	return strings.HasPrefix(tok.XPOS, "V") || tok.XPOS == "MD"
}

// apart reports whether an apposition may end before unit j, where one surely began: not where a list goes on.
func (r *Resolver) apart(t *text, j int) bool {
	if j >= len(t.units) {
		return true
	}
	u := &t.units[j]
	return u.word != "and" && u.word != "or" && u.word != "'s" && u.word != "&" && !u.run && u.person == nil
}

// apposed looks for a holder before the phrase: "Dmitry Rogozin, Russia's ambassador to NATO", "X is the ambassador", "X, who heads the team",
// and for "the team headed by X".
func (r *Resolver) apposed(d *discourse, t *text, p *phrase) {
	if len(p.holders) > 0 || p.plural && p.office.Form != "collective" {
		return
	}
	j := p.lo - 1
	if p.office.Form == "collective" {
		r.headed(t, p, j)
		return
	}
	if j >= 1 && t.units[j].word == "," && r.apart(t, p.hi) {
		k := j - 1
		if k >= 2 && t.s.Tokens[t.units[k].first].UPOS == "NUM" && t.units[k-1].word == "," {
			k -= 2 // an age
		}
		if t.units[k].person != nil {
			p.holders, p.before = []holder{{unit: k, p: t.units[k].person}}, true
			if k > 0 && t.units[k-1].office() && r.titled(t, &t.units[k-1]) { // has a title already: a second office
				p.tieOnly = true
				return
			}
			p.lo = k
			return
		}
	}
	for j >= 0 && t.units[j].words&(wFormer|wDeputy) != 0 || j >= 0 && t.units[j].word == "as" {
		j--
	}
	if j >= 1 && t.units[j].person != nil && t.units[j-1].words&wNaming != 0 {
		p.holders, p.tieOnly = []holder{{unit: j, p: t.units[j].person}}, true // "named Smith ambassador"
		return
	}
	if j >= 2 && t.units[j].words&wNaming != 0 && t.units[j-1].words&wBe != 0 {
		j-- // "was appointed ambassador"
	}
	if j >= 1 && t.units[j].words&wBe != 0 {
		k := j - 1
		if t.units[k].word == "who" && k > 0 {
			k--
			if t.units[k].word == "," && k > 0 {
				k--
			}
		}
		if t.units[k].person != nil && !(p.definite && len(p.owners) == 0) {
			p.holders, p.tieOnly = []holder{{unit: k, p: t.units[k].person}}, true
		}
	}
}

// headed finds who leads a body: "X, who heads the American team", "the team headed by X".
func (r *Resolver) headed(t *text, p *phrase, j int) {
	if j >= 2 && t.units[j].words&wLead != 0 && t.units[j-1].word == "who" {
		k := j - 2
		if t.units[k].word == "," && k > 0 {
			k--
		}
		if t.units[k].person != nil {
			p.holders, p.tieOnly = []holder{{unit: k, p: t.units[k].person}}, true
		}
		return
	}
	if p.plural || strings.HasSuffix(p.office.Text, "s") {
		return
	}
	for k := p.hi; k+1 < len(t.units) && k < p.hi+10; k++ {
		u := &t.units[k]
		if o, plural := u.officeOf(); u.office() && u.words&wLead == 0 && !plural && !strings.HasSuffix(o.Text, "s") {
			return
		}
		if u.words&wLead != 0 && t.units[k+1].word == "by" {
			for m := k + 2; m < len(t.units) && m < k+8; m++ {
				if t.units[m].person != nil {
					p.holders, p.tieOnly = []holder{{unit: m, p: t.units[m].person}}, true
					return
				}
				if t.units[m].word == "," {
					return
				}
			}
			return
		}
		if x := t.s.Tokens[u.first]; x.UPOS == "VERB" || x.UPOS == "AUX" || u.word == "," {
			return
		}
	}
}

// bare is the text of an office without the party that it names: "secretary general" of "nato secretary general".
func (r *Resolver) bare(o *tables.Office) string {
	s := o.Text
	for i, words := 1, strings.Fields(s); i < len(words) && o.Party != ""; i++ {
		if n := r.lex.find(strings.Join(words[:i], " ")); n != nil && slices.ContainsFunc(n.senses, func(x sense) bool { return x.id == o.Party }) {
			s = strings.Join(words[i:], " ")
		}
	}
	return s
}

// title is p's office as a role names it: the words that narrow it and its post with it.
func (r *Resolver) title(p *phrase) string {
	s := r.bare(p.office)
	if p.prefix != "" && p.office.Form != "collective" {
		s = p.prefix + " " + s
	}
	if p.deputy && !strings.HasPrefix(s, "deputy") && !strings.HasPrefix(s, "vice") {
		s = "deputy " + s
	}
	if p.post != "" {
		s += " " + p.post
	}
	return s
}
