package event

import (
	"entente/extract"
)

// nearby is the last resort for an object that the tree does not give: the nearest party behind the predicate in its own stretch of the
// sentence, where only nouns, prepositions that mark a target, and their modifiers stand between. Attachment is where parsers err most, and
// news text puts the recipient behind the act.
func (sc *scene) nearby(tr *trigger) parties {
	from := max(tr.token, tr.noun)
	prep := ""
	for t := from + 1; t < len(sc.s.Tokens); t++ {
		switch {
		case sc.ends(t, tr):
			return nil
		case sc.upos(t) == "ADP" && sc.label(t) == "case":
			prep = sc.lower(t)
		}
		if m := sc.target(t); m >= 0 {
			if prep != "" && !targets[prep] || tr.relation().Info().Symmetric && !partners[prep] {
				return nil
			}
			if ps := sc.partiesOf(m, sc.doc.Mentions[m].Head, true).without(tr.subject); ps != nil {
				return ps.add(sc.listed(m, 1)...).without(tr.subject)
			}
			return nil
		}
	}
	return nil
}

// targets are the prepositions behind which the one stands whom an act is aimed at.
var targets = map[string]bool{
	"on": true, "upon": true, "against": true, "to": true, "toward": true, "towards": true, "with": true, "at": true, "for": true, "of": true, "over": true,
	"in": true, "into": true, "from": true, "near": true, "between": true, "among": true,
}

// partners are those behind which the other party of an act done together stands.
var partners = map[string]bool{"with": true, "between": true, "among": true, "to": true, "from": true}

// target is the index of the mention of parties at token t, modifiers too, -1 for none.
func (sc *scene) target(t int) int {
	m := sc.cover[t]
	if m < 0 {
		m = sc.at[t]
	}
	if m < 0 || sc.doc.Mentions[m].Kind == extract.Pronoun {
		return -1
	}
	return m
}

// ends reports whether the stretch of tr ends at t: another verb with its own subject, a mark, a word that begins a clause.
func (sc *scene) ends(t int, tr *trigger) bool {
	switch sc.upos(t) {
	case "PUNCT":
		return sc.lower(t) != "\"" && sc.lower(t) != "'" && sc.lower(t) != "-"
	case "SCONJ":
		return true
	case "AUX":
		return true
	case "VERB":
		return sc.token(t).XPOS != "VBG" && sc.token(t).XPOS != "VBN" || sc.under(tr.token, t)
	case "PRON":
		return sc.antecedent(t) >= 0
	}
	return false
}
