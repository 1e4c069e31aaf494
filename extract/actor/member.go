package actor

import (
	"slices"
	"strings"

	"entente/extract"
	"entente/schema"
)

// memberships reads "NATO members Estonia, Latvia and Lithuania", "Ecuador, an OPEC member", "a member of the Council", "X joined Y" and "the
// NATO-Russia Council, which groups the NATO states and Russia".
func (r *Resolver) memberships(d *discourse, t *text) {
	for k := range t.units {
		u := &t.units[k]
		if u.class == classSet && u.senses[0].set.Organization != "" && strings.HasPrefix(t.folded[u.last-1], "member") {
			r.memberSet(d, t, k)
		}
		switch u.word {
		case "member", "members", "signatory", "signatories":
			r.memberWord(d, t, k)
		case "joined", "join", "joins", "joining", "entered", "left":
			r.joinWord(d, t, k)
		case "election", "accession", "admission", "entry", "membership":
			r.entryWord(d, t, k)
		case "groups", "includes", "comprises", "comprising", "including", "grouping", "agency":
			r.groupWord(d, t, k)
		}
	}
}

// orgAt is the organisation that unit k names, empty for none.
func (d *discourse) orgAt(t *text, k int) string {
	if k < 0 || k >= len(t.units) || t.units[k].class != classOrg {
		return ""
	}
	return t.units[k].senses[0].id
}

// list are the states and organisations named from unit k on, one after the other.
func (d *discourse) list(t *text, k int) (ids []string, last int) {
	last = k
	for k < len(t.units) {
		u := &t.units[k]
		switch {
		case u.class == classState || u.class == classOrg:
			ids = appendNew(ids, d.partiesOf(t, k)...)
			last = k + 1
		case u.word == "," || u.word == "and" || u.word == "the" || u.word == "as" || u.word == "well" || u.word == ":" || u.word == "or" || u.word == "(" || u.word == "-":
		default:
			return ids, last
		}
		k++
	}
	return ids, last
}

func (d *discourse) member(t *text, lo, hi int, member, org, rule string, status schema.Status, former bool) {
	if member == org || member == "" || org == "" {
		return
	}
	if e, ok := d.entity(member); !ok || e.Kind != schema.State && e.Kind != schema.Organization {
		return
	}
	d.ties = append(d.ties, extract.Tie{
		Sentence: t.n, First: t.units[lo].first, Last: t.units[hi-1].last, Subject: member, Relation: schema.MEMBER_OF, Object: org, Role: "member",
		Former: former, Status: status, Rule: rule, Confidence: 0.9,
	})
}

// memberSet reads "NATO members Estonia, Latvia and Lithuania", where "NATO members" is one name of the tables.
func (r *Resolver) memberSet(d *discourse, t *text, k int) {
	j := k + 1
	for j < len(t.units) && j < k+3 && (t.units[j].word == "," || t.units[j].word == "states" || t.units[j].word == "including" || t.units[j].word == "like") {
		j++
	}
	former := k > 0 && t.units[k-1].words&wFormer != 0 && t.s.Tokens[t.units[k-1].first].Text == "former"
	ids, last := d.list(t, j)
	for _, id := range ids {
		d.member(t, k, last, id, t.units[k].senses[0].set.Organization, "members", schema.Asserted, former)
	}
	if len(ids) == 0 {
		r.memberBefore(d, t, k, k, k+1, t.units[k].senses[0].set.Organization, former)
	}
}

func (r *Resolver) memberWord(d *discourse, t *text, k int) {
	lo, org, hi := k, "", k+1
	for j := k - 1; j >= 0 && j >= k-6; j-- { // the organisation before
		if org = d.orgAt(t, j); org != "" {
			lo = j
			break
		}
		if x := t.s.Tokens[t.units[j].first]; x.UPOS != "ADJ" && x.UPOS != "NOUN" && x.UPOS != "NUM" && x.Text != "'s" && x.Text != "-" && x.XPOS != "VBG" && x.XPOS != "VBN" {
			break
		}
	}
	former := lo > 0 && t.units[lo-1].words&wFormer != 0 || k > 0 && t.units[k-1].words&wFormer != 0
	if hi < len(t.units) && (t.units[hi].word == "states" || t.units[hi].word == "state" || t.units[hi].word == "countries" || t.units[hi].word == "country" || t.units[hi].word == "nations") {
		hi++
	}
	if org == "" && hi < len(t.units) && t.units[hi].word == "of" {
		j := hi + 1
		for j < len(t.units) && j < hi+5 && d.orgAt(t, j) == "" && (t.units[j].word == "the" || t.units[j].run || t.s.Tokens[t.units[j].first].UPOS == "ADJ") {
			j++
		}
		if org = d.orgAt(t, j); org != "" {
			hi = j + 1
		}
	}
	if org == "" {
		return
	}
	j := hi
	if j < len(t.units) && (t.units[j].word == "," || t.units[j].word == "-" || t.units[j].word == ":") {
		j++
	}
	if j < len(t.units) && (t.units[j].word == "including" || t.units[j].word == "like") {
		j++
	}
	if ids, last := d.list(t, j); len(ids) > 0 && (j == hi || t.units[k].word == "members" || j > hi+1) {
		for _, id := range ids {
			d.member(t, lo, last, id, org, "members", schema.Asserted, former)
		}
		return
	}
	r.memberBefore(d, t, k, lo, hi, org, former)
}

// memberBefore reads "Ecuador, an OPEC member" and "Norway is not a member of the EU".
func (r *Resolver) memberBefore(d *discourse, t *text, k, lo, hi int, org string, former bool) {
	j := lo - 1
	if lo == k {
		j = k - 1
	}
	status := schema.Asserted
	be := false
	for ; j >= 0 && j >= lo-7; j-- {
		u := &t.units[j]
		x := &t.s.Tokens[u.first]
		switch {
		case u.class == classState || u.class == classOrg:
			if be || j+1 < len(t.units) && t.units[j+1].word == "," {
				for _, id := range d.partiesOf(t, j) {
					d.member(t, j, hi, id, org, "member", status, former)
				}
			}
			return
		case u.word == "not" || u.word == "n't":
			status = schema.Negated
		case u.words&wBe != 0:
			be = true
		case u.word == "," || x.UPOS == "DET" || x.UPOS == "ADJ" || x.UPOS == "ADV" || x.UPOS == "NOUN" || x.UPOS == "NUM" || u.words&wFormer != 0 || x.UPOS == "AUX" || x.XPOS == "VBN":
		default:
			return
		}
	}
}

func (r *Resolver) joinWord(d *discourse, t *text, k int) {
	if x := t.s.Tokens[t.units[k].first]; x.UPOS != "VERB" {
		return
	}
	j := k + 1
	for j < len(t.units) && j < k+4 && d.orgAt(t, j) == "" {
		j++
	}
	org := d.orgAt(t, j)
	if org == "" || r.orgActs(t, j) {
		return
	}
	var ids []string
	from := k
	for i := k - 1; i >= 0 && i >= k-6; i-- {
		u := &t.units[i]
		if u.class == classState || u.class == classOrg {
			ids = append(ids, d.partiesOf(t, i)...)
			from = i
			if i > 1 && r.joined(t, i-1) && t.units[i-1].word == "and" {
				i--
				continue
			}
			break
		}
	}
	status := schema.Asserted
	switch t.units[k].word {
	case "joined", "entered", "left":
	default:
		return
	}
	slices.Reverse(ids)
	for _, id := range ids {
		d.member(t, from, j+1, id, org, "join", status, t.units[k].word == "left")
	}
}

// orgActs reports whether the organisation at unit j is only a part of the object: "joined NATO allies".
func (r *Resolver) orgActs(t *text, j int) bool {
	return j+1 < len(t.units) && (nominalNext(t, j+1) || t.units[j+1].word == "'s" || t.units[j+1].word == "in" && !(j+2 < len(t.units) && year(t.units[j+2].word)))
}

// year reports whether a word is a year: "joined the EU in 2004", not "joined NATO in condemning".
func year(w string) bool {
	return len(w) == 4 && (w[0] == '1' || w[0] == '2') && strings.Trim(w, "0123456789") == ""
}

func (r *Resolver) entryWord(d *discourse, t *text, k int) {
	if k < 2 || t.units[k-1].word != "'s" {
		return
	}
	j := k + 1
	if j < len(t.units) && (t.units[j].word == "to" || t.units[j].word == "of" || t.units[j].word == "in" || t.units[j].word == "into") {
		for j++; j < len(t.units) && t.units[j].word == "the"; j++ {
		}
		if org := d.orgAt(t, j); org != "" && t.units[k-2].class == classState {
			status := schema.Future
			if t.units[k].word == "membership" {
				status = schema.Asserted
			}
			for _, id := range d.partiesOf(t, k-2) {
				d.member(t, k-2, j+1, id, org, "entry", status, false)
			}
		}
	}
}

// groupWord reads "the Council, which groups the NATO states and Russia" and "UNESCO, an agency of the United Nations".
func (r *Resolver) groupWord(d *discourse, t *text, k int) {
	if t.units[k].word == "agency" {
		if k+1 >= len(t.units) || t.units[k+1].word != "of" {
			return
		}
		j := k + 2
		if j < len(t.units) && t.units[j].word == "the" {
			j++
		}
		if org := d.orgAt(t, j); org != "" {
			r.memberBefore(d, t, k, k, j+1, org, false)
		}
		return
	}
	if k < 3 || t.units[k-1].word != "which" || t.units[k-2].word != "," {
		return
	}
	org := d.orgAt(t, k-3)
	if org == "" {
		return
	}
	for j := k + 1; j < len(t.units); j++ {
		u := &t.units[j]
		x := &t.s.Tokens[u.first]
		switch {
		case u.class == classState || u.class == classOrg || u.class == classSet:
			for _, id := range d.partiesOf(t, j) {
				d.member(t, k-3, j+1, id, org, "groups", schema.Asserted, false)
			}
		case x.UPOS == "DET" || x.UPOS == "NUM" || x.UPOS == "NOUN" || x.UPOS == "ADJ" || u.word == "and" || u.office():
		default:
			return
		}
	}
}
