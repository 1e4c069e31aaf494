package event

import "strings"

// deed is who did the last act that the article told, as far as one side did it.
type deed struct {
	by parties
}

// actNouns stand for an act told before: "Oslo welcomed the move".
var actNouns = map[string]bool{
	"move": true, "decision": true, "step": true, "announcement": true, "statement": true, "remark": true, "comment": true, "plan": true, "proposal": true,
	"measure": true, "action": true, "ruling": true, "offer": true, "gesture": true, "vote": true, "attack": true, "strike": true, "raid": true, "bombing": true,
	"invasion": true, "sanction": true, "tariff": true, "expulsion": true, "speech": true, "charge": true, "allegation": true, "threat": true, "demand": true,
	"initiative": true, "resolution": true, "test": true, "launch": true, "act": true, "behaviour": true, "behavior": true,
}

// doneBefore are the doers of the act of which tr's object speaks without naming them: "welcomed THE MOVE". Only words about an act count, and only
// a noun with an article or demonstrative and nobody behind it.
func (sc *scene) doneBefore(tr *trigger) parties {
	if sc.last == nil || tr.row.Op != OpFact && tr.row.Type != "REJECT" || tr.row.POS != "v" {
		return nil
	}
	for _, o := range sc.undergoers(tr.token) {
		if o <= tr.token || !actNouns[strings.ToLower(sc.lemma(o))] || !sc.definite(o) || sc.inside(o, 0, ownerCases) != nil {
			continue
		}
		ps := sc.last.by.without(tr.subject)
		for i := range ps {
			ps[i] = party{id: ps[i].id, token: o, deep: true, guess: true}
		}
		return ps
	}
	return nil
}

// definite reports whether noun t has the article or a demonstrative.
func (sc *scene) definite(t int) bool {
	k := sc.child(t, "det")
	if k < 0 {
		return false
	}
	switch sc.lower(k) {
	case "the", "this", "that", "these", "those":
		return true
	}
	return false
}
