package event

import (
	"strings"

	"entente/schema"
)

// trigger is a predicate found in the sentence.
type trigger struct {
	token int
	row   *Row
	noun  int // token of the object noun of a row with one, -1 for none
	inner []*trigger
	outer *trigger

	subject parties
	object  parties
	mutual  bool // the parties act together on one another, and all stand in subject
	ready   bool
	why     string // it gives no triple
}

// agents are the nouns that stand in the place of verb t's subject: who does it. Passive agents and controlled subjects are found, and
// where the verb shares the subject of the verb it is coordinated with.
func (sc *scene) agents(t int) []int { return sc.agentsDepth(t, 0) }

func (sc *scene) agentsDepth(t, depth int) []int {
	if depth > 6 {
		return nil
	}
	if sc.isPassive(t) {
		return sc.passiveAgents(t)
	}
	if k := sc.child(t, "nsubj", "csubj"); k >= 0 {
		return []int{k}
	}
	h := sc.head(t)
	if h < 0 {
		return sc.before(t)
	}
	switch l := base(sc.label(t)); l {
	case "conj":
		if sc.isVerb(h) || sc.upos(h) == "ADJ" {
			return sc.agentsDepth(h, depth+1)
		}
	case "xcomp":
		if sc.objectControl(h) {
			if o := sc.undergoers(h); len(o) > 0 {
				return o
			}
		}
		if sc.isPassive(h) {
			return sc.undergoers(h)
		}
		return sc.agentsDepth(h, depth+1)
	case "advcl", "ccomp", "parataxis":
		if l == "ccomp" && sc.mark(t) != "to" && strings.HasPrefix(sc.token(t).XPOS, "VB") && sc.token(t).XPOS != "VBG" {
			if b := sc.before(t); b != nil {
				return b
			}
		}
		if sc.isVerb(h) || sc.upos(h) == "ADJ" {
			if sc.isPassive(h) || sc.token(t).XPOS == "VBG" && (sc.lemma(h) == "quote" || sc.lemma(h) == "cite") { // "quoted Lavrov as saying"
				if u := sc.undergoers(h); len(u) > 0 {
					return u
				}
			}
			return sc.agentsDepth(h, depth+1)
		}
	case "acl":
		if sc.label(t) == "acl:relcl" {
			return []int{h} // "Iran, which began talks": a clause with a subject of its own has been seen above
		}
		if sc.token(t).XPOS == "VBG" && sc.mark(t) == "" || sc.mark(t) == "to" && sc.mentioned(h) != nil || sc.finite(t) {
			return []int{h} // "a decision by the Community to ...", hung on the party
		}
		return sc.nounAgents(h, depth)
	}
	return nil
}

// before is the party just before a finite verb that the tree left without a subject, with no verb or preposition between: a repair of
// the parser's error after long introductions ("At a summit last month, NATO and Russia hailed ...").
func (sc *scene) before(t int) []int {
	if x := sc.token(t).XPOS; x != "VBD" && x != "VBZ" && x != "VBP" {
		return nil
	}
	for k := t - 1; k >= 0 && k > t-4; k-- {
		if sc.isVerb(k) || sc.upos(k) == "ADP" {
			return nil
		}
		if m := sc.cover[k]; m >= 0 && sc.caseOf(sc.doc.Mentions[m].Head) == "" {
			return []int{sc.doc.Mentions[m].Head}
		}
	}
	return nil
}

func (sc *scene) passiveAgents(t int) []int {
	for _, k := range sc.kids[t] {
		if sc.label(k) == "obl:agent" || base(sc.label(k)) == "obl" && sc.caseOf(k) == "by" {
			return []int{k}
		}
	}
	return nil
}

// nounAgents are the tokens of the doer of noun t ("Moscow's plan to ..."); where none is named, those of the verb it depends on
// ("decided on a plan to ...").
func (sc *scene) nounAgents(t, depth int) []int {
	for _, k := range sc.kids[t] {
		if l := sc.label(k); l == "nmod:poss" || (l == "amod" || base(l) == "compound" || base(l) == "nmod" && (sc.caseOf(k) == "by" || sc.caseOf(k) == "of")) && (sc.at[k] >= 0 || sc.namedOne(k, 0) != nil) {
			return []int{k}
		}
	}
	if h := sc.head(t); h >= 0 && sc.isVerb(h) && base(sc.label(t)) != "nsubj" {
		return sc.agentsDepth(h, depth+1)
	}
	return nil
}

// objectControl reports whether the subject of verb h's infinitive is h's object: "urged Iran to stop".
func (sc *scene) objectControl(h int) bool {
	switch sc.lemma(h) {
	case "promise", "threaten", "vow", "offer", "agree", "refuse":
		return false
	}
	return sc.child(h, "obj", "iobj", "nsubj:pass") >= 0
}

// undergoers are the nouns in the place of verb t's object: direct objects, the subject of a passive, the noun a participle or relative
// clause belongs to ("sanctions imposed on Iran").
func (sc *scene) undergoers(t int) []int {
	var out []int
	for _, k := range sc.kids[t] {
		if l := sc.label(k); l == "obj" || l == "iobj" || l == "nsubj:pass" {
			if a := sc.antecedent(k); a >= 0 {
				k = a
			}
			out = append(out, k)
		}
	}
	if len(out) > 0 {
		return out
	}
	h := sc.head(t)
	if h < 0 {
		return nil
	}
	switch {
	case sc.label(t) == "acl" && sc.token(t).XPOS == "VBN" && !sc.finite(t):
		return []int{h}
	case sc.label(t) == "acl:relcl" && sc.child(t, "nsubj") >= 0 && sc.antecedent(sc.child(t, "nsubj")) < 0:
		return []int{h}
	case base(sc.label(t)) == "conj" && sc.isVerb(h) && sc.isPassive(t) && sc.child(t, "nsubj") < 0:
		return sc.undergoers(h)
	}
	return nil
}

// prepositional are the nouns that stand below t (or below its object noun: attachment is the parser's commonest error) with one of the
// prepositions, "/"-separated.
func (sc *scene) prepositional(tr *trigger, preps string) []int {
	from := []int{tr.token}
	if tr.noun >= 0 {
		from = append(from, tr.noun)
	}
	if tr.row.POS == "v" {
		from = append(from, sc.undergoers(tr.token)...)
	} else if h := sc.head(tr.token); h >= 0 && base(sc.label(tr.token)) != "obl" && base(sc.label(tr.token)) != "nmod" {
		from = append(from, h)
	}
	if out := sc.after(from, preps); out != nil {
		return out
	}
	var deeper []int // "progress in ties with Russia"
	for _, f := range from {
		for _, k := range sc.kids[f] {
			if l := base(sc.label(k)); (l == "obl" || l == "nmod") && sc.at[k] < 0 && sc.byToken[k] == nil {
				deeper = append(deeper, k)
			}
		}
	}
	return sc.after(deeper, preps)
}

// after are the nouns directly below the tokens with one of the prepositions.
func (sc *scene) after(from []int, preps string) []int {
	var out []int
	for _, f := range from {
		for _, k := range sc.kids[f] {
			if l := base(sc.label(k)); (l == "obl" || l == "nmod" || l == "advmod") && oneOf(sc.caseOf(k), preps) {
				out = append(out, k)
			}
		}
	}
	return out
}

func oneOf(s, list string) bool {
	if s == "" {
		return false
	}
	for w := range strings.SplitSeq(list, "/") {
		if w == s {
			return true
		}
	}
	return false
}

// namedAll are the parties named by the tokens; where deep is allowed and none is named, those found by look inside them.
func (sc *scene) namedAll(tokens []int, look func(int) parties) parties {
	var ps parties
	for _, t := range tokens {
		ps = ps.add(sc.named(t)...)
	}
	if ps == nil && look != nil {
		for _, t := range tokens {
			for _, p := range look(t) {
				p.deep = true
				ps = ps.add(p)
			}
		}
	}
	return ps
}

// slot fills one place of a row:
//
//	o        direct object, or the subject of a passive, itself a party
//	o*       the same; else who owns it or did it ("criticised alliance plans")
//	o>       the same; else whom it is aimed at ("lifted the sanctions on Iran")
//	p:a/b    the noun after one of these prepositions, itself a party
//	p*:a/b   the same; else who owns it
//	p>:a/b   the same; else whom it is aimed at
//	m        the thing modified or possessed: for adjectives and nouns ("anti-U.S. ...")
//	own      for a noun: its possessor or modifier is the object ("Iran sanctions")
func (sc *scene) slot(tr *trigger, slot string) parties {
	kind, preps, _ := cut(slot)
	look := sc.lookFor(kind)
	switch kind {
	case "o", "o*", "o>":
		return sc.namedAll(sc.undergoers(tr.token), look)
	case "p", "p*", "p>":
		if ps := sc.namedAll(sc.prepositional(tr, preps), look); ps != nil {
			return ps
		}
		return sc.strayed(tr, preps)
	case "m":
		if h := sc.head(tr.token); h >= 0 {
			return sc.namedAll([]int{h}, nil)
		}
	case "own":
		return sc.owner(tr.token)
	}
	return nil
}

// strayed are the parties after one of the prepositions anywhere below the predicate in its own clause: "imposed tariffs worth 30 million
// dollars on Japanese goods", where the parser hangs the phrase on a noun in between. Only prepositions that mark a target count.
func (sc *scene) strayed(tr *trigger, preps string) parties {
	if tr.row.POS != "v" {
		return nil
	}
	for t := tr.token + 1; t < len(sc.s.Tokens); t++ {
		c := sc.caseOf(t)
		if c != "on" && c != "against" && c != "with" || !oneOf(c, preps) || !sc.below(t, tr.token) {
			continue
		}
		if ps := sc.named(t); ps != nil {
			return ps
		}
		if ps := sc.inside(t, 1, []string{""}); ps != nil {
			return ps
		}
	}
	return nil
}

// below reports whether t stands under v with no other verb between.
func (sc *scene) below(t, v int) bool {
	for t = sc.head(t); t >= 0; t = sc.head(t) {
		if t == v {
			return true
		}
		if sc.isVerb(t) {
			return false
		}
	}
	return false
}

// placed is the state of the place in the clause of tr, for acts that take place where the other party is: "shelled BASRA", "visited TOKYO".
func (sc *scene) placed(tr *trigger) parties {
	switch tr.row.Type {
	case schema.ASSAULT, schema.MOBILIZE, schema.CONSULT, schema.RETREAT, schema.AID:
	default:
		return nil
	}
	for t := tr.token + 1; t < len(sc.s.Tokens); t++ {
		if m := sc.place[t]; m >= 0 && sc.below(t, tr.token) {
			if c := sc.caseOf(t); tr.row.Type == schema.CONSULT && c != "to" && c != "" {
				continue
			}
			if state, _, ok := strings.Cut(sc.doc.Mentions[m].Place, "/"); ok && sc.doc.Entities[state].ID != "" {
				return parties{{id: state, token: t, deep: true}}
			}
		}
	}
	return nil
}

func (sc *scene) lookFor(kind string) func(int) parties {
	switch {
	case strings.HasSuffix(kind, "*"):
		return sc.owner
	case strings.HasSuffix(kind, ">"):
		return sc.affected
	}
	return nil
}
