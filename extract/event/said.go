package event

import (
	"entente/schema"
)

// said reads what a verb of saying does to the party its clause is about: who tells of another's hostile act accuses it ("Walters said Iran
// had attacked U.S. ships"), who says that another must or should act asks it to.
func (sc *scene) said(g *trigger, times []int, group int) []schema.Triple {
	if g.row.Op != OpSay {
		return nil
	}
	speakers := sc.namedAll(sc.agents(g.token), nil)
	if len(speakers) != 1 {
		return nil
	}
	for _, in := range g.inner {
		if q := in.relation().Info().Quad; in.row.POS != "v" && in.relation() != schema.ASSAULT && in.relation() != schema.COERCE || q != schema.MaterialConflict || sc.status(in) != schema.Asserted {
			continue
		}
		if others := in.subject.without(speakers); len(others) > 0 {
			return sc.saying(g, speakers, others, schema.ACCUSE, "allege", in, times, group)
		}
	}
	for _, k := range sc.kids[g.token] {
		if base(sc.label(k)) != "ccomp" {
			continue
		}
		if others := sc.conditioned(k, speakers); others != nil {
			return sc.saying(g, speakers, others, schema.THREATEN, "", nil, times, group)
		}
		if !sc.obliged(k) {
			continue
		}
		if others := sc.namedAll(sc.agents(k), nil).without(speakers); len(others) > 0 {
			return sc.saying(g, speakers, others, schema.REQUEST, "", nil, times, group)
		}
	}
	return nil
}

// conditioned are the parties on whose doing clause k makes an act of the speakers depend: "said it would cut off aid if CAIRO did not sign".
func (sc *scene) conditioned(k int, speakers parties) parties {
	will := sc.obliged(k)
	for _, a := range sc.kids[k] {
		w := sc.lower(a)
		will = will || base(sc.label(a)) == "aux" && (w == "would" || w == "will" || w == "'ll")
	}
	if doers := sc.namedAll(sc.agents(k), nil); !will || len(doers) == 0 || doers.without(speakers) != nil {
		return nil
	}
	for _, c := range sc.kids[k] {
		if m := sc.mark(c); base(sc.label(c)) != "advcl" || m != "if" && m != "unless" {
			continue
		}
		if others := sc.namedAll(sc.agents(c), sc.doer).without(speakers); len(others) > 0 {
			return others
		}
	}
	return nil
}

// obliged reports whether clause k says what its subject must do.
func (sc *scene) obliged(k int) bool {
	for _, a := range sc.kids[k] {
		if w := sc.lower(a); base(sc.label(a)) == "aux" && (w == "must" || w == "should" || w == "ought") {
			return true
		}
	}
	l := sc.lemma(k)
	return (l == "have" || l == "need" || l == "ought") && sc.child(k, "xcomp") >= 0
}

func (sc *scene) saying(g *trigger, who, whom parties, r schema.Relation, mode string, in *trigger, times []int, group int) []schema.Triple {
	row := *g.row
	row.Type, row.Mode, row.Op, row.Contexts = r, mode, OpAct, nil
	act := &trigger{token: g.token, row: &row, noun: -1, outer: g.outer, subject: who, object: whom, ready: true}
	if in != nil {
		row.Contexts = in.row.Contexts
	}
	return sc.triples(act, times, group)
}
