package event

import (
	"strings"

	"entente/extract"
	"entente/schema"
)

// nearby is the last resort for an object that the tree does not give: the nearest party behind the predicate in its own stretch of the
// sentence, where only nouns, prepositions that mark a target, and their modifiers stand between. Attachment is where parsers err most, and
// news text puts the recipient behind the act.
func (sc *scene) nearby(tr *trigger) parties {
	from := max(tr.token, tr.noun)
	prep := ""
	for t := from + 1; t < len(sc.s.Tokens); t++ {
		switch {
		case sc.introduces(t):
			prep = sc.lower(t)
		case sc.ends(t, tr):
			return nil
		}
		if ps := sc.spot(t, tr); ps != nil && aimed(tr, prep) {
			return ps
		}
		if m := sc.target(t); m >= 0 {
			if !aimed(tr, prep) {
				return nil
			}
			ps := sc.partiesOf(m, sc.doc.Mentions[m].Head, true).without(tr.subject)
			if ps != nil {
				ps = ps.add(sc.listed(m, 1)...).without(tr.subject)
			}
			for i := range ps {
				ps[i].guess = true
			}
			return ps
		}
	}
	return nil
}

// aimed reports whether the party behind the preposition (empty: none) may be whom tr's act is aimed at: for event nouns only behind those that
// the row names, for words behind those of address, for deeds also where they are done.
func aimed(tr *trigger, prep string) bool {
	info := tr.relation().Info()
	if tr.row.POS == "n" || info.Symmetric {
		for _, s := range tr.row.Slots {
			if _, preps, _ := strings.Cut(s, ":"); oneOf(prep, preps) || prep == "" && s[0] == 'o' {
				return true
			}
		}
		return false
	}
	switch {
	case prep == "", prep == "on", prep == "upon", prep == "against", prep == "to", prep == "toward", prep == "towards", prep == "with", prep == "at", prep == "of":
		return true
	case prep == "for", prep == "over", prep == "in", prep == "into", prep == "from", prep == "near":
		return info.Quad == schema.MaterialConflict || info.Quad == schema.MaterialCooperation || tr.row.Type == schema.CONCEDE || tr.row.Type == schema.SUPPORT
	}
	return false
}

// introduces reports whether t is a preposition before a noun, whatever the parser took it for.
func (sc *scene) introduces(t int) bool {
	switch sc.upos(t) {
	case "ADP", "SCONJ", "PART":
	default:
		return false
	}
	if t+1 >= len(sc.s.Tokens) || sc.token(t+1).XPOS == "VB" || sc.upos(t+1) == "PRON" {
		return false
	}
	return aimed(&trigger{row: &Row{POS: "v", Type: schema.ASSAULT}}, sc.lower(t)) || sc.upos(t) == "ADP"
}

// spot is the state of a place at t that is no party, where tr is a deed: "suspended aid deliveries in Baghdad".
func (sc *scene) spot(t int, tr *trigger) parties {
	quad := tr.relation().Info().Quad
	if m := sc.place[t]; m < 0 || quad != schema.MaterialConflict && quad != schema.MaterialCooperation && tr.row.Type != schema.CONCEDE {
		return nil
	}
	state, _, ok := strings.Cut(sc.doc.Mentions[sc.place[t]].Place, "/")
	if !ok || sc.doc.Entities[state].ID == "" {
		return nil
	}
	return parties{{id: state, token: t, deep: true, guess: true}}.without(tr.subject)
}

// target is the index of the mention of parties at token t, modifiers too, -1 for none or only a person.
func (sc *scene) target(t int) int {
	m := sc.cover[t]
	if m < 0 {
		m = sc.at[t]
	}
	if m < 0 || sc.doc.Mentions[m].Kind == extract.Pronoun {
		return -1
	}
	for _, id := range sc.doc.Mentions[m].Parties {
		if sc.doc.Entities[id].Kind != schema.Person {
			return m
		}
	}
	return -1
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
