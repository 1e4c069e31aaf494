package actor

import (
	"slices"
	"strings"

	"entente/extract/actor/tables"
)

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
		if x := t.s.Tokens[u.first]; x.UPOS == "VERB" || x.UPOS == "AUX" || u.word == "," && k > p.hi {
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
	if p.office.Form == "collective" && len(p.holders) > 0 {
		return "head of " + s
	}
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
