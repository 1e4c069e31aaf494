package event

import (
	"strings"

	"entente/extract"
	"entente/schema"
)

// detect finds the triggers of the sentence and links each to the one that governs it.
func (sc *scene) detect(lex *Lexicon) {
	for t := range sc.s.Tokens {
		row := lex.find(sc, t)
		if row == nil || sc.blocked(t, row) {
			continue
		}
		tr := &trigger{token: t, row: row, noun: -1}
		if len(row.With) > 0 {
			tr.noun = sc.objectNoun(lex, t, row.With)
		}
		sc.triggers = append(sc.triggers, tr)
		sc.byToken[t] = tr
	}
	sc.dropLightNouns()
	for _, tr := range sc.triggers {
		if g := sc.governor(tr.token); g != nil && g != tr {
			tr.outer = g
			g.inner = append(g.inner, tr)
		}
	}
}

// dropLightNouns removes noun triggers that are the object noun of a more specific row ("impose" + "sanctions").
func (sc *scene) dropLightNouns() {
	kept := sc.triggers[:0]
	taken := map[int]bool{}
	for _, tr := range sc.triggers {
		if tr.noun >= 0 {
			taken[tr.noun] = true
		}
	}
	for _, tr := range sc.triggers {
		if taken[tr.token] {
			sc.byToken[tr.token] = nil
			continue
		}
		kept = append(kept, tr)
	}
	sc.triggers = kept
}

// blocked: words that look like predicates and are none where they stand: part of a name, a verb's participle as an adjective of a name.
func (sc *scene) blocked(t int, row *Row) bool {
	if m := sc.cover[t]; m >= 0 && row.POS == "n" {
		men := &sc.doc.Mentions[m]
		if men.Last-men.First > 1 && (sc.upos(t) == "PROPN" || men.Head != t) {
			return true // "Security Council Conference", "the talks team"
		}
	}
	if row.Type == schema.PROTEST && row.POS == "v" && len(row.With) == 0 && sc.child(t, "obj", "ccomp") >= 0 {
		return true // "to demonstrate its authority"
	}
	if k := sc.child(t, "compound"); row.POS == "n" && row.Type != "" && k >= 0 && sc.upos(t) == "PROPN" && sc.upos(k) == "PROPN" && sc.at[k] >= 0 {
		return true // "the Riyadh Agreement" is a name
	}
	if row.POS == "n" && base(sc.label(t)) == "compound" && row.Type != "" {
		return true // "sanctions regime", "the opposition party"
	}
	switch {
	case row.POS == "v" && row.Op == OpTake && row.Type == schema.REJECT:
		k := sc.child(t, "xcomp")
		return k >= 0 && mute[sc.lemma(k)]
	case row.POS == "v" && row.Lemmas[0] == "ask":
		return sc.inquires(t)
	}
	return false
}

// mute are verbs that officials decline to do without rejecting anybody: "declined to comment".
var mute = map[string]bool{
	"comment": true, "say": true, "discuss": true, "answer": true, "elaborate": true, "identify": true, "name": true, "speculate": true, "reveal": true, "disclose": true,
	"give": true, "specify": true, "confirm": true, "predict": true, "be": true, "describe": true, "talk": true, "speak": true, "provide": true, "detail": true, "tell": true,
}

// inquires reports whether a form of "ask" at t asks a question: "asked if", "asked about", "Asked how long it would take, he said".
func (sc *scene) inquires(t int) bool {
	if l := sc.lemma(t); l != "ask" && l != "asked" {
		return false
	}
	if sc.token(t).XPOS == "VBN" && sc.child(t, "aux", "aux:pass") < 0 {
		return true
	}
	for _, k := range sc.kids[t] {
		if c := sc.caseOf(k); c == "about" {
			return true
		}
		switch m := sc.mark(k); m {
		case "if", "whether":
			return true
		}
		if l := base(sc.label(k)); l == "ccomp" || l == "advcl" {
			for _, w := range sc.kids[k] {
				switch sc.lower(w) {
				case "how", "what", "why", "when", "where", "who", "which":
					return true
				}
			}
		}
	}
	return false
}

// governor is the nearest trigger whose complement t is, nil for none. Nouns such as "series" or "possibility" and verbs that no row knows are
// passed over, two at most.
func (sc *scene) governor(t int) *trigger {
	skipped := 0
	for range sc.s.Tokens {
		h := sc.head(t)
		if h < 0 {
			return nil
		}
		switch l := sc.label(t); base(l) {
		case "conj":
			if sc.isVerb(t) != sc.isVerb(h) {
				return nil
			}
			if base(sc.label(h)) == "root" {
				return nil
			}
			t = h
			continue
		case "xcomp", "ccomp", "obj", "csubj", "acl":
			if l == "acl:relcl" {
				return nil
			}
		case "nsubj":
			if g := sc.byToken[h]; g != nil && l == "nsubj" && g.row.POS == "v" && !subjectOps[g.row.Op] {
				return nil
			}
		case "obl", "nmod":
			if g := sc.byToken[h]; g != nil && g.row.Op == OpStop && g.row.POS == "v" {
				return nil // "suspended the council over the war" ends no war
			}
			if l == "nmod:poss" || l == "obl:agent" || !complementCase[sc.caseOf(t)] {
				return nil
			}
		case "parataxis":
			g := sc.byToken[h]
			if g == nil || g.row.Op != OpSay {
				return nil
			}
		case "advcl": // "agreed in principle to provide aid": a complement that the parser took for an adverbial
			g := sc.byToken[h]
			if g == nil || sc.mark(t) != "to" || g.row.Op == OpAct || g.row.Op == OpLight || g.row.Op == OpSay {
				return nil
			}
		default:
			return nil
		}
		if g := sc.byToken[h]; g != nil {
			return g
		}
		if skipped++; skipped > 2 {
			return nil
		}
		t = h
	}
	return nil
}

// subjectOps can govern their subject: "talks failed", "the visit was to begin".
var subjectOps = map[Op]bool{OpPlan: true, OpMay: true, OpFail: true, OpLight: true, OpStop: true}

// complementCase are the prepositions whose noun completes its governor: "agreed to talks", "threat of war", "refrain from attacks".
var complementCase = map[string]bool{"": true, "to": true, "of": true, "for": true, "on": true, "against": true, "from": true, "in": true, "at": true, "with": true, "about": true, "over": true, "by": true, "into": true}

// lends are the operators whose subject does what the inner predicate names.
var lends = map[Op]bool{OpLight: true, OpPlan: true, OpMay: true, OpFail: true, OpDeny: true}

// utterances are verbs of saying whose object is what the speaker does by saying it: "repeated concerns", "announced sanctions". Of others it
// is a topic: "described an attack".
var utterances = map[string]bool{"repeat": true, "announce": true, "declare": true, "state": true, "add": true, "insist": true}

// resolve finds who stands where tr's row says, the inner triggers first.
func (sc *scene) resolve(tr *trigger) {
	if tr.ready {
		return
	}
	tr.ready = true
	for _, in := range tr.inner {
		sc.resolve(in)
	}
	switch {
	case tr.row.Op == OpFeel && tr.row.POS == "v":
		tr.subject = sc.namedAll(sc.undergoers(tr.token), sc.doer)
		tr.object = sc.namedAll(sc.agents(tr.token), sc.owner).without(tr.subject)
	case tr.row.POS == "v":
		tr.subject = sc.namedAll(sc.agents(tr.token), sc.doer)
	default:
		tr.subject = sc.subjectOfNoun(tr)
	}
	own := false // a place is filled by the subject's own people: no other party is left out
	for _, s := range tr.row.Slots {
		if tr.object != nil {
			break
		}
		ps := sc.slot(tr, s)
		tr.object = ps.without(tr.subject)
		own = own || ps != nil && tr.object == nil
	}
	if tr.object == nil && tr.subject != nil {
		tr.object = sc.placed(tr).without(tr.subject)
	}
	if tr.object == nil && tr.row.Op == OpAsk {
		tr.object = sc.asked(tr.token).without(tr.subject)
	}
	tr.object = tr.fromInner(tr.object)
	if tr.object == nil {
		tr.object = sc.doneBefore(tr)
	}
	if tr.object == nil && tr.row.Type == schema.REJECT && tr.row.Op == OpTake {
		tr.object = sc.refusedTo(tr.token).without(tr.subject)
	}
	switch {
	case tr.relation().Info().Symmetric && !alone[tr.row.Lemmas[0]]:
		sc.pair(tr)
	case tr.object == nil && len(tr.subject) > 1 && tr.row.Type == schema.SUPPORT && sc.betweenThem(tr):
		tr.mutual = true
	}
	if tr.object == nil && tr.subject != nil && tr.row.Type != "" && tr.row.Op != OpLight && !tr.mutual && !own {
		tr.object = sc.nearby(tr)
	}
	if tr.object == nil && len(tr.subject) == 1 && !own {
		tr.object = sc.understood(tr)
	}
}

// pair makes a symmetric act mutual where all its parties stand in one place.
func (sc *scene) pair(tr *trigger) {
	if tr.subject == nil && len(tr.object) > 1 && tr.row.POS == "n" {
		tr.subject, tr.object, tr.mutual = tr.object, nil, true
	}
	if tr.object == nil && len(tr.subject) > 1 && !sc.stacked(tr) && (tr.row.POS != "v" || tr.noun >= 0 || sc.child(tr.token, "obj") < 0 || talked[tr.row.Lemmas[0]]) {
		tr.mutual = true // "the two met"; but not "the two met the standards"
	}
}

// betweenThem reports whether what tr is done to are relations, which its parties have with one another: "Oslo and Lima restored ties", "hailed a new
// start in relations".
func (sc *scene) betweenThem(tr *trigger) bool {
	for _, o := range sc.undergoers(tr.token) {
		for t := range sc.s.Tokens {
			switch strings.ToLower(sc.lemma(t)) {
			case "tie", "relation", "relationship", "friendship", "cooperation", "partnership", "embassy":
				if sc.under(t, o) {
					return true
				}
			}
		}
	}
	return false
}

// stacked reports whether the parties of an event noun only stand before it one after another, unjoined: "the North Korea G7 summit".
func (sc *scene) stacked(tr *trigger) bool {
	if tr.row.POS != "n" {
		return false
	}
	if m := sc.at[tr.subject[0].token]; m >= 0 && len(tr.subject) > 2 && sc.doc.Mentions[m].Kind == extract.Pronoun && len(sc.doc.Mentions[m].Parties) == len(tr.subject) {
		return true // "our commitments", of whoever was listed before
	}
	last := -1
	for _, p := range tr.subject {
		if base(sc.label(p.token)) != "compound" || sc.head(p.token) != tr.token {
			return false
		}
		last = max(last, p.token)
	}
	for t := last; t >= 0 && t > last-4; t-- {
		if w := sc.lower(t); w == "-" || w == "–" || w == "/" || w == "and" || strings.Contains(w, "-") {
			return false
		}
	}
	return true
}

// alone are the first lemmas of rows whose acts several parties do each on a third: "the two joined", "Kiev and Tbilisi were not ready".
var alone = map[string]bool{
	"join": true, "work": true, "buy": true, "export": true, "promise": true, "offer": true, "accept": true, "guarantee": true, "assure": true, "approve": true,
	"undertake": true, "willing": true, "stand_ready": true, "visit": true, "host": true, "greet": true, "brief": true, "telephone": true, "extradite": true,
	"open": true, "concession": true, "progress": true, "mission": true, "fly": true, "send": true,
}

// asked are the parties that should act in the clause below t: "demanded that IRAQ withdraw", "insisted Japan must open its markets".
func (sc *scene) asked(t int) parties {
	for _, k := range sc.kids[t] {
		if l := base(sc.label(k)); (l == "ccomp" || l == "xcomp") && sc.child(k, "nsubj", "nsubj:pass") >= 0 {
			if ps := sc.namedAll(sc.agents(k), sc.doer); ps != nil {
				return ps
			}
		}
	}
	return nil
}

// refusedTo are the parties of whom the clause that is refused below t speaks: "refused to allow UNITED NATIONS planes to land".
func (sc *scene) refusedTo(t int) parties {
	for _, k := range sc.kids[t] {
		if base(sc.label(k)) != "xcomp" {
			continue
		}
		if ps := sc.namedAll(sc.undergoers(k), sc.doer); ps != nil {
			return ps
		}
		if ps := sc.asked(k); ps != nil {
			return ps
		}
	}
	return nil
}

// talked are verbs whose object is what the parties talk or agree about.
var talked = map[string]bool{"discuss": true, "negotiate": true, "debate": true, "agree": true, "promise": true, "sign": true}

// doer looks for a party in a noun phrase that acts: "Russian aircraft", "troops of the alliance".
func (sc *scene) doer(t int) parties {
	if m := sc.at[t]; m >= 0 && sc.doc.Mentions[m].Modifier { // the EC of "an EC decision to"
		return sc.partiesOf(m, t, true)
	}
	return sc.inside(t, 0, []string{"", "of", "from", "in"})
}

// subjectOfNoun: "Moscow's criticism", "a Soviet offer", "talks between A and B", "an attack by Iran", "held TALKS", "sanctions imposed by".
func (sc *scene) subjectOfNoun(tr *trigger) parties {
	t := tr.token
	if tr.row.POS == "a" {
		return sc.subjectOfAdjective(t)
	}
	ps := sc.inside(t, 0, sc.subjectCases(tr.row))
	if ps == nil {
		for _, k := range sc.kids[t] {
			if base(sc.label(k)) == "acl" && sc.token(k).XPOS == "VBN" { // "sanctions imposed by"
				if a := sc.agents(k); len(a) > 0 && a[0] != t {
					ps = ps.add(sc.namedAll(a, sc.doer)...)
				}
			}
		}
	}
	o := sc.lender(t)
	if o >= 0 && tr.row.Type == schema.RETREAT { // "sped up the withdrawal of forces from Panama": those inside are whence
		if more := sc.namedAll(sc.agents(o), sc.doer); more != nil && more.without(ps) != nil {
			return more
		}
	}
	if o >= 0 && (ps == nil || tr.row.Type.Info().Symmetric) {
		more := sc.namedAll(sc.agents(o), sc.doer)
		ps = append(parties{}, more...).add(ps...)
	}
	return ps
}

func (sc *scene) subjectOfAdjective(t int) parties {
	if k := sc.child(t, "nsubj"); k >= 0 {
		return sc.namedAll([]int{k}, sc.doer)
	}
	if k, h := sc.child(t, "expl"), sc.head(t); k >= 0 && sc.lower(k) == "it" && h >= 0 && base(sc.label(t)) == "ccomp" {
		return sc.namedAll(sc.agents(h), sc.doer) // "Syria says it is willing": no empty "it", whatever the parser took it for
	}
	switch sc.label(t) {
	case "amod", "acl", "acl:relcl":
		return sc.named(sc.head(t))
	}
	return sc.namedAll(sc.agents(t), sc.doer)
}

// subjectCases are the places of a noun's doer that its row does not claim for the object.
func (sc *scene) subjectCases(row *Row) []string {
	cases := []string{""}
	for _, c := range []string{"between", "among", "by", "of", "from"} {
		claimed := false
		for _, s := range row.Slots {
			_, preps, _ := cut(s)
			claimed = claimed || oneOf(c, preps)
		}
		if !claimed {
			cases = append(cases, c)
		}
	}
	for _, s := range row.Slots {
		if s == "own" {
			cases = cases[1:]
		}
	}
	return cases
}

// besides are the prepositions of what only stands beside the act of a clause.
var besides = map[string]bool{"despite": true, "amid": true, "because of": true, "since": true, "before": true, "until": true, "without": true}

// lender is the verb that lends its subject to noun t, -1 for none: "HELD a series of talks", "plans to BEGIN talks".
func (sc *scene) lender(t int) int {
	for range 3 {
		h := sc.head(t)
		l := base(sc.label(t))
		if h < 0 || l != "obj" && l != "obl" && l != "nmod" && l != "conj" && l != "xcomp" {
			return -1
		}
		if (l == "obl" || l == "nmod") && besides[sc.caseOf(t)] {
			return -1 // "made progress despite Moscow's CRITICISM"
		}
		if g := sc.byToken[h]; g != nil && g.row.POS == "v" {
			if lends[g.row.Op] || g.row.Op == OpSay && l == "obj" && utterances[g.row.Lemmas[0]] {
				return h
			}
			return -1
		}
		if sc.isVerb(h) {
			return -1
		}
		t = h
	}
	return -1
}

// fromInner is the object that an operator takes from the act below it where its own places are empty.
func (tr *trigger) fromInner(own parties) parties {
	switch tr.row.Op {
	case OpTake, OpPromise, OpAsk, OpFact, OpAlleges, OpStop:
	case OpMay: // "let", "allow": what is allowed has an object of its own
	default:
		return own
	}
	direct := own != nil && !own[0].deep
	if direct {
		return own
	}
	for _, in := range tr.acts() {
		obj, subj := in.object.without(tr.subject), in.subject.without(tr.subject)
		var ps parties
		switch tr.row.Op {
		case OpAsk, OpAlleges, OpFact:
			ps = subj
			if ps == nil && (tr.row.Op == OpAsk || tr.row.Type.Info().Quad == schema.VerbalCooperation && in.relation().Info().Score > 0) {
				ps = obj
			}
		default:
			ps = obj
			if ps == nil {
				ps = subj
			}
		}
		if ps != nil {
			return ps
		}
	}
	return own
}

// acts are the triggers below tr, through those that are no acts of their own: in "agreed to resume talks" the talks too.
func (tr *trigger) acts() []*trigger {
	var out []*trigger
	for _, in := range tr.inner {
		out = append(out, in)
		if in.row.Type == "" && (in.row.Op == OpLight || in.row.Op == OpPlan || in.row.Op == OpMay) {
			out = append(out, in.acts()...)
		}
	}
	return out
}

// relation is the type of the act once its operator has seen what is inside; empty where the trigger is no act of its own.
func (tr *trigger) relation() schema.Relation {
	in := schema.Relation("")
	for _, i := range tr.acts() {
		if in = i.relation(); in != "" {
			break
		}
	}
	switch tr.row.Op {
	case OpPromise:
		if q := in.Info().Quad; q == schema.MaterialConflict || in == schema.REJECT || in == schema.THREATEN {
			return schema.THREATEN
		}
		return tr.row.Type
	case OpStop:
		if in == "" {
			return tr.row.Type
		}
		return stopped(in)
	}
	return tr.row.Type
}

// stopped is what it is to end an act of type r.
func stopped(r schema.Relation) schema.Relation {
	switch r {
	case schema.AID, schema.COOPERATE, schema.SUPPORT, schema.CONSULT:
		return schema.SANCTION
	case schema.AGREE:
		return schema.REJECT
	case schema.ASSAULT, schema.MOBILIZE:
		return schema.RETREAT
	case schema.SANCTION, schema.COERCE, schema.THREATEN, schema.PROTEST, schema.ACCUSE, schema.REQUEST, schema.REJECT:
		return schema.CONCEDE
	}
	return ""
}

// modeOf is the row's mode where the act is still of the row's type.
func (tr *trigger) modeOf(r schema.Relation) string {
	if r == tr.row.Type {
		return tr.row.Mode
	}
	return ""
}

// complete reports whether both parties are known.
func (tr *trigger) complete() bool { return tr.mutual || len(tr.subject) > 0 && len(tr.object) > 0 }

// incomplete is why tr is no act of type r, empty where it is one.
func (tr *trigger) incomplete(r schema.Relation) string {
	switch {
	case r == "":
		return "no act of its own"
	case tr.swallowed():
		return "told by what governs it"
	case tr.complete():
		return ""
	case len(tr.subject) == 0:
		return "nobody who does it"
	}
	return "nobody to whom it is done"
}

// swallowed reports whether a governing act stands for this one too.
func (tr *trigger) swallowed() bool {
	for in, g := tr, tr.outer; g != nil; in, g = g, g.outer {
		switch g.row.Op {
		case OpTake, OpAsk, OpAlleges, OpStop:
			if g.complete() && g.relation() != "" {
				return true
			}
		case OpPromise:
			if g.complete() && in.relation() != schema.CONSULT {
				return true
			}
		case OpAct, OpFact, OpSay:
			return false
		}
	}
	return false
}
