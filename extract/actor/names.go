package actor

import (
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
			if k > 0 && u.run && kind == schema.Organization && t.units[k-1].class == classAdj && t.units[k-1].last == u.first {
				n.First = t.units[k-1].first // "Russian Secret Service"
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
