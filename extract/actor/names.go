package actor

import (
	"strings"

	"entente/extract"
	"entente/schema"
)

// Name is a proper name in a sentence.
type Name struct {
	Sentence    int
	First, Last int         // tokens, half-open
	Kind        schema.Kind // State, Organization, Person, Group or Place
}

// Names lists the names of persons, places, states, organisations and groups in doc, whose sentences are tagged, in the order of the text: those
// of the tables, and runs of proper nouns typed by their words and what stands around them. Titles, demonyms, and names of other things are
// left out. It changes nothing in doc.
func (r *Resolver) Names(doc *extract.Doc) []Name {
	d := r.read(doc)
	var out []Name
	for _, t := range d.texts {
		var last *Name
		for k := range t.units {
			kind := r.nameKind(d, t, k)
			if kind == "" {
				continue
			}
			u := &t.units[k]
			n := Name{Sentence: t.n, First: u.first, Last: u.last, Kind: kind}
			if t.folded[n.First] == "the" {
				n.First++
			}
			if kind == schema.Person {
				r.trimPerson(t, &n)
			} else {
				r.widen(d, t, k, &n)
			}
			if last != nil && last.Last > n.First {
				last.First, last.Last, last.Kind = min(last.First, n.First), n.Last, n.Kind
				continue
			}
			if last != nil && r.oneName(t, last, &n) {
				last.Last = n.Last
				if !(last.Kind == schema.Organization && u.first > 0 && t.s.Tokens[u.first-1].UPOS != "PROPN") {
					last.Kind = n.Kind
				}
				continue
			}
			out = append(out, n)
			last = &out[len(out)-1]
		}
	}
	return out
}

// trimPerson leaves the title out of a person's name, and takes in what follows it: "Pope Paul VI", "Martin King, Jr."
func (r *Resolver) trimPerson(t *text, n *Name) {
	if n.Last-n.First > 1 && r.words[t.folded[n.First]]&(wMister|wMistress) != 0 {
		n.First++
	}
	toks := t.s.Tokens
	if n.Last < len(toks) && regnal(toks[n.Last].Text) && (toks[n.Last].Text != "I" || n.Last+1 == len(toks) || toks[n.Last+1].UPOS != "VERB" && toks[n.Last+1].UPOS != "AUX") {
		n.Last++
	}
	if n.Last+1 < len(toks) && toks[n.Last].Text == "," && (toks[n.Last+1].Text == "Jr." || toks[n.Last+1].Text == "Sr.") {
		n.Last += 2
	}
}

// regnal reports whether s is a number as kings bear it.
func regnal(s string) bool {
	return s != "" && len(s) < 6 && strings.Trim(s, "IVX") == ""
}

// widen takes to the name at unit k what stands before it and belongs to it: "National Library", "British Museum", "Republic of China",
// "Municipality of Linz".
func (r *Resolver) widen(d *discourse, t *text, k int, n *Name) {
	if class := t.units[k].class; class != classState && class != classCity && r.qualified(d, t, k, n) {
		return
	}
	j := k - 1
	if j > 0 && t.units[j].word == "the" {
		j--
	}
	if j < 1 || t.units[j].word != "of" {
		return
	}
	h := &t.units[j-1]
	tok := &t.s.Tokens[h.last-1]
	if proper(tok) && capital(tok.Text) && r.words[t.folded[h.last-1]]&(wNotPerson|wCountry|wGovernment|wBody) != 0 && !(h.class == classOffice && !r.body(h)) {
		n.First = h.last - 1
		if h.run {
			n.First = h.first
		}
		r.qualified(d, t, j-1, n)
	}
}

// qualified takes to the name n, which begins with unit k, a capital word or an adjective of a state before it, and reports whether it did.
func (r *Resolver) qualified(d *discourse, t *text, k int, n *Name) bool {
	if k == 0 || t.units[k-1].last != n.First {
		return false
	}
	p := &t.units[k-1]
	tok, last := &t.s.Tokens[p.first], r.words[t.folded[t.units[k].last-1]]
	switch {
	case !capital(tok.Text) || p.class == classOffice || p.words&(wCalendar|wSay|wAct) != 0:
		return false
	case p.class == classAdj && n.Kind == schema.Organization && last&(wNotPerson|wOrg|wBody) != 0:
	case last&wNotPerson != 0 && (proper(tok) || tok.UPOS == "ADJ" && p.first > 0) && r.nameKind(d, t, k-1) == "":
	default:
		return false
	}
	n.First = p.first
	return true
}

// nameKind is the kind of name that unit k is, empty if it is none.
func (r *Resolver) nameKind(d *discourse, t *text, k int) schema.Kind {
	u := &t.units[k]
	if u.person != nil || u.class == classPerson {
		return schema.Person
	}
	upper := capital(t.s.Tokens[u.first].Text)
	switch {
	case u.class == classState:
		return schema.State
	case u.class == classCity:
		return schema.Place
	case u.class == classOrg, u.class == classSeat, u.class == classBlock && upper && proper(&t.s.Tokens[u.last-1]):
		return schema.Organization
	case u.class == classGroup && upper:
		return schema.Group
	case u.class == classOffice && upper && proper(&t.s.Tokens[u.last-1]) && r.body(u):
		return schema.Organization // "the Senate"
	case !u.run:
		return ""
	}
	switch kind, _ := r.kindOfRun(d, t, k); kind {
	case namePerson:
		return schema.Person
	case namePlace:
		return schema.Place
	case nameOrganization:
		return schema.Organization
	}
	if u.last-u.first > 1 && k+1 < len(t.units) && t.units[k+1].word == "of" && r.words[t.folded[u.last-1]]&wNotPerson != 0 {
		return schema.Organization // "Motion Picture Association of America"
	}
	return ""
}

// oneName reports whether n only goes on the name a: "Sony Australia", "Southern Senegal", "Museum of Flight".
func (r *Resolver) oneName(t *text, a, n *Name) bool {
	if n.Kind == schema.Person || a.Kind == schema.Person || a.Sentence != n.Sentence {
		return false
	}
	last := &t.s.Tokens[n.Last-1]
	if a.Last == n.First {
		return proper(last)
	}
	if r.words[t.folded[a.Last-1]]&wNotPerson == 0 || a.Kind == schema.State {
		return false
	}
	switch gap := t.folded[a.Last:n.First]; len(gap) {
	case 1:
		return gap[0] == "of" || gap[0] == "for"
	case 2:
		return gap[0] == "of" && gap[1] == "the"
	}
	return false
}

// body reports whether unit u is an office that is a body of people.
func (r *Resolver) body(u *unit) bool {
	o, plural := u.officeOf()
	return o != nil && !plural && o.Form == "collective" && r.words[lastWord(o.Text)]&(wBody|wGovernment|wNotPerson) != 0
}
