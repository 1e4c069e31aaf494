package event

import (
	"strings"

	"entente/schema"
)

// status says whether the act of tr happened, from its own clause and the predicates that govern it.
func (sc *scene) status(tr *trigger) schema.Status {
	m := sc.mood(tr)
	return m.status()
}

// mood gathers what is said about whether the act of tr happened.
func (sc *scene) mood(tr *trigger) mood {
	st := mood{}
	t := tr.token
	for n := 0; n < 8 && t >= 0; n++ {
		sc.local(t, &st)
		h := sc.head(t)
		if h < 0 {
			break
		}
		l := sc.label(t)
		g := sc.byToken[h]
		switch base(l) {
		case "conj":
			if x := sc.token(t).XPOS; sc.child(t, "nsubj", "nsubj:pass") >= 0 && (sc.child(t, "aux") >= 0 || x == "VBD" || x == "VBZ" || x == "VBP") {
				return st // a clause of its own
			}
		case "xcomp", "ccomp", "csubj", "obj", "obl", "nmod", "nsubj", "acl":
			if l == "acl:relcl" {
				return st
			}
			if !sc.passes(t, g, &st) {
				if base(l) == "nsubj" && tr.row.POS == "n" && tr.row.Type == schema.CONSULT {
					sc.local(h, &st) // "my visit will be", "the talks may focus on"
				}
				return st
			}
		case "advcl":
			if g != nil && tr.outer == g && sc.mark(t) == "to" && sc.passes(t, g, &st) {
				t = h
				continue
			}
			if m := sc.mark(t); m == "if" || m == "unless" || m == "until" && sc.token(t).XPOS != "VBD" {
				st.hypothetical = true
			}
			return st
		default:
			return st
		}
		t = h
	}
	return st
}

// passes takes up what governor g (nil: a word no row knows) makes of its complement t, and reports whether what stands above counts too.
func (sc *scene) passes(t int, g *trigger, st *mood) bool {
	if g == nil {
		// "the possibility of talks", "a series of talks": nouns pass the mood on, verbs only to clauses that complete them
		h := sc.head(t)
		return !sc.isVerb(h) && base(sc.label(t)) == "nmod" || base(sc.label(t)) == "xcomp"
	}
	switch g.row.Op {
	case OpPlan:
		st.future = true
	case OpMay:
		st.hypothetical = true
	case OpFail, OpDeny:
		st.negated = !st.negated
		st.denied = true
	case OpTake:
		if g.row.Type == schema.REJECT {
			st.negated = !st.negated
		} else {
			st.hypothetical = true
		}
	case OpAsk, OpAlleges:
		st.hypothetical = true
	case OpPromise:
		st.future = true
	case OpLight:
	case OpSay:
		if st.would && strings.HasPrefix(sc.token(g.token).XPOS, "VBD") || st.would && sc.token(g.token).XPOS == "VBN" {
			st.would, st.future = false, true
		}
		return false
	case OpStop:
		if sc.label(t) == "nsubj:pass" || sc.label(t) == "obj" && g.relation() == "" {
			st.negated = !st.negated
		}
	default:
		return false
	}
	return true
}

// mood gathers the signs found on the way up.
type mood struct {
	negated, future, hypothetical, would bool
	denied                               bool // by a verb of denial or failure
}

func (m mood) status() schema.Status {
	switch {
	case m.negated:
		return schema.Negated
	case m.hypothetical:
		return schema.Hypothetical
	case m.future:
		return schema.Future
	case m.would:
		return schema.Hypothetical
	}
	return schema.Asserted
}

var negations = map[string]bool{"not": true, "n't": true, "never": true, "n’t": true, "neither": true, "nor": true}

// coming are adjectives that put a noun's act into the future, supposed those that leave it open.
var (
	coming   = map[string]bool{"planned": true, "forthcoming": true, "upcoming": true, "scheduled": true, "coming": true, "next": true, "future": true, "impending": true, "expected": true}
	supposed = map[string]bool{"possible": true, "potential": true, "proposed": true, "likely": true, "eventual": true, "hypothetical": true, "any": true}
)

// local takes up the signs at t itself: auxiliaries, negations, "if", adjectives of a noun.
func (sc *scene) local(t int, st *mood) {
	var be, to bool
	for _, k := range sc.kids[t] {
		w := sc.lower(k)
		switch base(sc.label(k)) {
		case "advmod", "cc", "aux":
			if negations[w] {
				st.negated = !st.negated
			}
			if base(sc.label(k)) == "aux" {
				st.auxiliary(w)
				be = be || sc.lemma(k) == "be"
			}
		case "det":
			if w == "no" {
				st.negated = !st.negated
			}
			if w == "any" {
				st.hypothetical = true
			}
		case "cop":
			be = true
		case "mark":
			to = to || w == "to"
			if w == "if" || w == "unless" || w == "whether" {
				st.hypothetical = true
			}
		case "case":
			if w == "without" {
				st.negated = !st.negated
			}
		case "amod":
			st.adjective(strings.ToLower(sc.lemma(k)), w)
		}
	}
	if be && to { // "is to meet"
		st.future = true
	}
}

func (m *mood) auxiliary(w string) {
	switch w {
	case "will", "shall", "'ll", "’ll", "wo":
		m.future = true
	case "may", "might", "could", "can", "ca":
		m.hypothetical = true
	case "would", "'d", "should", "must":
		m.would = true
	}
}

func (m *mood) adjective(lemma, form string) {
	if coming[lemma] || coming[form] {
		m.future = true
	}
	if supposed[lemma] || supposed[form] {
		m.hypothetical = true
	}
}
