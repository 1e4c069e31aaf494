package event

import (
	"entente/extract"
	"entente/schema"
)

// counterparts gives for each party of a document the one other that the document is about, where there is one: the other party that it
// speaks of most, in at least three places and three times as often as of any third.
func counterparts(doc *extract.Doc) map[string]string {
	count := map[string]int{}
	for i := range doc.Mentions {
		if ps := doc.Mentions[i].Parties; len(ps) == 1 && !doc.Mentions[i].Modifier {
			if k := doc.Entities[ps[0]].Kind; k == schema.State || k == schema.Organization {
				count[ps[0]]++
			}
		}
	}
	out := map[string]string{}
	for id := range count {
		best, second := "", 0
		for o, n := range count {
			switch {
			case o == id:
			case best == "" || n > count[best] || n == count[best] && o < best:
				if best != "" {
					second = max(second, count[best])
				}
				best = o
			default:
				second = max(second, n)
			}
		}
		if best != "" && count[best] >= 3 && count[best] >= 3*second {
			out[id] = best
		}
	}
	return out
}

// understood is the other party where the sentence leaves it out and the document is about two: "the U.S. threats". Only acts that cannot be
// without another party count.
func (sc *scene) understood(tr *trigger) parties {
	if !leavesOut(tr) {
		return nil
	}
	if tr.row.POS == "v" && sc.child(tr.token, "obj") >= 0 && tr.row.Type != schema.THREATEN && (tr.row.Type != schema.REQUEST || tr.row.Slots[0] == "o") {
		return nil // "condemned this act", "ordered chipmakers to"
	}
	o := sc.about[tr.subject[0].id]
	if o == "" || sc.otherNamed(tr, o) {
		return nil
	}
	return parties{{id: o, token: tr.token, deep: true, guess: true}}
}

// leavesOut reports whether tr is an act that news often tells without the other party.
func leavesOut(tr *trigger) bool {
	switch tr.row.Type {
	case schema.THREATEN, schema.SANCTION, schema.REJECT, schema.ACCUSE:
		return tr.row.POS != "a"
	case schema.REQUEST:
		return tr.row.POS == "v" && len(tr.row.Slots) > 0
	case schema.CONSULT:
		return tr.row.Mode == "visit" && tr.row.Op == OpAct && tr.subject[0].agent != ""
	}
	return false
}

// otherNamed reports whether the sentence names a party other than the subject and the one understood: then it is not left out.
func (sc *scene) otherNamed(tr *trigger, o string) bool {
	for _, m := range sc.mentions {
		for _, id := range sc.doc.Mentions[m].Parties {
			if id != tr.subject[0].id && id != o {
				return true
			}
		}
	}
	return false
}
