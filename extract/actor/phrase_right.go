package actor

import (
	"strings"

	"entente/schema"
)

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
		case u.word == "from" && p.possUnit >= 0:
			return // "recalled its envoy from Israel"
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
