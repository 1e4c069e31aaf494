package event

import (
	"slices"
	"strings"

	"entente/extract"
	"entente/schema"
)

// date is when the act of tr happens: the expression of time that belongs to its clause, or to a verb that only carries it ("plans to
// visit on Monday"). A clause without one stays undated: a background clause never takes the date of the news.
func (sc *scene) date(tr *trigger, times []int, st schema.Status) (schema.Date, schema.Basis) {
	best, rank := -1, 0
	for _, ti := range times {
		x := &sc.doc.Times[ti]
		if !sc.timely(sc.meant(x, tr, st), tr, st) {
			continue
		}
		if r := sc.belongs(x, tr); r > rank {
			best, rank = ti, r
		}
	}
	if best < 0 {
		if best = sc.lone(tr, times); best < 0 || !sc.timely(sc.meant(&sc.doc.Times[best], tr, st), tr, st) {
			return "", schema.NoBasis
		}
	}
	return sc.meant(&sc.doc.Times[best], tr, st), sc.doc.Times[best].Basis
}

// meant is the date that x stands for in tr's clause: a weekday in a clause that looks ahead, or in the present tense of what is scheduled ("leaves on
// Wednesday"), is the next one.
func (sc *scene) meant(x *extract.Time, tr *trigger, st schema.Status) schema.Date {
	switch x.Link {
	case "until", "before", "after":
		return "" // a bound, not a day
	case "since":
		return sc.lasting(x, tr)
	}
	if x.Other != "" && (st == schema.Future || st == schema.Hypothetical || sc.scheduled(tr)) {
		return x.Other
	}
	return x.Date
}

// lasting is the range up to the report of an act that has been going on since x ("have been holding talks since June"), at x's precision; empty
// where the act only happened at some time since then.
func (sc *scene) lasting(x *extract.Time, tr *trigger) schema.Date {
	v := tr.token
	if tr.row.POS != "v" {
		v = sc.lender(tr.token)
	}
	published := string(sc.doc.Article.Published)
	if v < 0 || sc.token(v).XPOS != "VBG" || sc.child(v, "aux") < 0 || x.Date.Precision() == schema.PrecisionRange || len(x.Date) > len(published) {
		return ""
	}
	for _, k := range sc.kids[v] {
		if w := sc.lower(k); w == "have" || w == "has" || w == "had" {
			return schema.Between(x.Date, schema.Date(published[:len(x.Date)]))
		}
	}
	return ""
}

// timely reports whether an act of that status and tense can lie on the date: what is to come not before the day of publication, what is told in
// the past tense not after it.
func (sc *scene) timely(date schema.Date, tr *trigger, st schema.Status) bool {
	published := sc.doc.Article.Published
	if date == "" || published == "" {
		return date != ""
	}
	switch {
	case st == schema.Future:
		return !date.Last().Before(published.First())
	case sc.past(tr):
		return !date.First().After(published.Last())
	}
	return true
}

// scheduled reports whether tr is an encounter told in the present tense.
func (sc *scene) scheduled(tr *trigger) bool {
	return !sc.s.Headline && tr.relation() == schema.CONSULT && sc.present(tr)
}

// present reports whether the finite verb of tr's clause is in the present tense.
func (sc *scene) present(tr *trigger) bool {
	v := tr.token
	if tr.row.POS != "v" {
		if v = sc.lender(tr.token); v < 0 {
			return false
		}
	}
	switch sc.token(v).XPOS {
	case "VBZ", "VBP":
		return true
	case "VBG":
		k := sc.child(v, "aux")
		return k >= 0 && (sc.lower(k) == "is" || sc.lower(k) == "are" || sc.lower(k) == "am" || sc.lower(k) == "'re" || sc.lower(k) == "'m")
	}
	return false
}

// past reports whether the finite verb of tr's clause is in the past tense.
func (sc *scene) past(tr *trigger) bool {
	v := tr.token
	if tr.row.POS != "v" {
		if v = sc.lender(tr.token); v < 0 {
			return false
		}
	}
	switch sc.token(v).XPOS {
	case "VBD":
		return true
	case "VBN":
		k := sc.child(v, "aux", "aux:pass")
		w := ""
		if k >= 0 {
			w = sc.lower(k)
		}
		return w == "was" || w == "were" || w == "had" || w == "has" || w == "have"
	}
	return false
}

// lone is the only expression of time of a sentence with only one act, -1 where there are more: whatever the parser hung it on, it is the
// act's. One in a clause of its own is not.
func (sc *scene) lone(tr *trigger, times []int) int {
	times = slices.DeleteFunc(slices.Clone(times), func(i int) bool { return sc.opens(&sc.doc.Times[i]) })
	if len(times) != 1 || sc.doc.Times[times[0]].Date == "" {
		return -1
	}
	for _, o := range sc.triggers {
		if o != tr && o.complete() && o.relation() != "" && !o.swallowed() {
			return -1
		}
	}
	x := &sc.doc.Times[times[0]]
	if sc.ofBound(x) {
		return -1
	}
	for t, n := sc.head(x.First), 0; t >= 0 && t != tr.token && n < 10; t, n = sc.head(t), n+1 {
		if u := sc.upos(t); t >= x.Last && (u == "NOUN" || u == "PROPN") && !sc.under(t, tr.token) && sc.byToken[t] == nil && !sc.under(tr.token, t) {
			return -1 // of another thing: "following the October ministerial"
		}
		if l := sc.label(t); sc.isVerb(t) && (l == "acl:relcl" || base(l) == "advcl" || base(l) == "parataxis") && sc.child(t, "nsubj", "nsubj:pass") >= 0 {
			return -1
		}
		if g := sc.byToken[t]; g != nil && g != tr && (g.row.Op == OpSay || g.row.Type != "" && !sc.carries(g, tr)) {
			return -1
		}
	}
	return times[0]
}

// belongs ranks how closely an expression of time belongs to tr: 3 its own dependent, 2 by way of its arguments, 1 of the verb that
// carries it, 0 not at all.
func (sc *scene) belongs(x *extract.Time, tr *trigger) int {
	if sc.attributive(x, tr) {
		return 3
	}
	if sc.opens(x) {
		if h := sc.head(x.Last - 1); h == tr.token || sc.lightOf(h, tr) {
			return 3
		}
		return 0
	}
	if sc.ofBound(x) {
		return 0
	}
	t := x.First
	for t >= 0 && t >= x.First && t < x.Last {
		t = sc.head(t)
	}
	direct := true
	for n := 0; t >= 0 && n < 10; n++ {
		if c := sc.caseOf(t); t != tr.token && (c == "since" || c == "after" || c == "before" || c == "until" || c == "following") && t < x.First {
			return 0 // "the first summit since the war two years ago"
		}
		if t == tr.token || t == tr.noun {
			if sc.ofNoun(x, tr) {
				return 0
			}
			if direct {
				return 3
			}
			return 2
		}
		if g := sc.byToken[t]; g != nil {
			if c := sc.child(t, "case"); g != tr && g.relation() == schema.CONSULT && g.row.POS == "n" && base(sc.label(t)) == "obl" && c >= 0 &&
				(sc.lower(c) == "at" || sc.lower(c) == "during") {
				direct, t = false, sc.head(t)
				continue
			}
			if sc.carries(g, tr) || sc.utters(g, tr) || tr.row.POS == "n" && sc.lender(tr.token) == t || g.row.Op == OpSay && sc.follows(x, tr) && sc.under(tr.token, t) {
				return 1
			}
			return 0
		}
		if sc.isVerb(t) {
			if sc.follows(x, tr) && sc.under(tr.token, t) {
				return 1
			}
			return 0
		}
		direct = false
		t = sc.head(t)
	}
	return 0
}

// ofNoun reports whether x stands just behind another event noun in the clause of a verb of saying: "cited a missile strike last Friday".
func (sc *scene) ofNoun(x *extract.Time, tr *trigger) bool {
	if g := sc.byToken[tr.token]; g == nil || g.row.Op != OpSay {
		return false
	}
	return slices.ContainsFunc(sc.triggers, func(o *trigger) bool { return o.token != tr.token && o.relation() != "" && sc.follows(x, o) })
}

// ofBound reports whether x ends a phrase that only bounds the act, whatever the parser hung it on: "the first summit since the war two years ago".
func (sc *scene) ofBound(x *extract.Time) bool {
	if x.First == 0 || sc.upos(x.First-1) == "ADP" {
		return false
	}
	for t := x.First - 1; t >= 0 && t > x.First-9; t-- {
		switch sc.lower(t) {
		case "since", "after", "before", "until", "following":
			return true
		}
		if u := sc.upos(t); u == "VERB" || u == "AUX" || u == "PUNCT" {
			return false
		}
	}
	return false
}

// follows reports whether x stands just behind the phrase of the event noun tr, but for its preposition: "ties strained by the intervention in
// Georgia in 2008", where the parser hangs the year on the verb.
func (sc *scene) follows(x *extract.Time, tr *trigger) bool {
	if tr.row.POS != "n" {
		return false
	}
	last := tr.token
	for t := range sc.s.Tokens {
		if t < x.First && t > last && sc.upos(t) != "PUNCT" && sc.under(t, tr.token) {
			last = t
		}
	}
	return x.First-last == 1 || x.First-last == 2 && sc.upos(x.First-1) == "ADP"
}

// carries reports whether governor g has no time of its own, so that its expression of time is that of the act tr below it.
func (sc *scene) carries(g, tr *trigger) bool {
	for o := tr.outer; o != nil; o = o.outer {
		switch o.row.Op {
		case OpLight, OpPlan, OpMay, OpFail, OpStop:
		default:
			return false
		}
		if o == g {
			return true
		}
	}
	// an act inside may carry the date of the one that swallowed it only where that is all it does
	return false
}

// utters reports whether tr is itself an act of words by the one who says it under g: "said this week that Moscow was puzzled" happened this week.
func (sc *scene) utters(g, tr *trigger) bool {
	quad := tr.relation().Info().Quad
	if g.row.Op != OpSay || quad != schema.VerbalConflict && quad != schema.VerbalCooperation || tr.mutual {
		return false
	}
	speakers := sc.namedAll(sc.agents(g.token), nil)
	return len(speakers) > 0 && len(tr.subject) > 0 && speakers.has(tr.subject[0].id)
}

// meeting is the last encounter that an article has dated: what its parties said or agreed then, they said at it.
type meeting struct {
	parties   map[string]bool
	date      schema.Date
	basis     schema.Basis
	paragraph int
}

// note keeps an encounter as the one that later sentences speak of.
func (m *meeting) note(ts []schema.Triple, paragraph int) {
	for _, t := range ts {
		if e := t.Evidence[0]; t.Relation == schema.CONSULT && e.Status == schema.Asserted && t.Date.Precision() == schema.PrecisionDay {
			if m.parties != nil && m.date != t.Date && m.paragraph == paragraph && strings.HasSuffix(e.Rule, "/n") {
				continue // "spoke today to follow up on their meeting in April": the news is the first
			}
			if m.date != t.Date || m.parties == nil {
				*m = meeting{map[string]bool{}, t.Date, e.Basis, paragraph}
			}
			m.parties[t.Subject], m.parties[t.Object], m.paragraph = true, true, paragraph
		}
	}
}

// lend is the date of the meeting for an undated act of words in the past tense by one of its parties, in the same paragraph or the next two.
func (m *meeting) lend(sc *scene, tr *trigger, st schema.Status) (schema.Date, schema.Basis) {
	quad := tr.relation().Info().Quad
	if m.date == "" || st != schema.Asserted || quad != schema.VerbalConflict && quad != schema.VerbalCooperation || sc.s.Paragraph > m.paragraph+2 {
		return "", schema.NoBasis
	}
	v := tr.token
	if tr.row.POS != "v" {
		if v = sc.lender(tr.token); v < 0 {
			return "", schema.NoBasis
		}
	}
	if x := sc.token(v).XPOS; x != "VBD" && !(x == "VBN" && sc.hadDone(v)) || len(tr.subject) == 0 || !m.parties[tr.subject[0].id] {
		return "", schema.NoBasis
	}
	return m.date, m.basis
}

// hadDone reports a pluperfect: "had agreed".
func (sc *scene) hadDone(v int) bool {
	k := sc.child(v, "aux")
	return k >= 0 && sc.lower(k) == "had"
}

// attributive reports whether x stands before the event noun tr as its attribute: "an August, 1985, shipment", "Wednesday's meeting".
func (sc *scene) attributive(x *extract.Time, tr *trigger) bool {
	if tr.row.POS != "n" || x.Last > tr.token || tr.token-x.Last > 4 || x.First == 0 {
		return false
	}
	for t := x.Last; t < tr.token; t++ {
		w, u := sc.lower(t), sc.upos(t)
		if w == "," && t == x.Last || w == "'s" {
			continue
		}
		if u != "ADJ" && u != "NOUN" && u != "PROPN" || w == "," {
			return false
		}
	}
	switch sc.lower(x.First - 1) {
	case "a", "an", "the", "their", "its", "his", "of", "'s", "after", "at", "since", "from", "with":
		return true
	}
	return false
}

// lightOf reports whether the verb h lends its subject to the event noun tr.
func (sc *scene) lightOf(h int, tr *trigger) bool {
	return h >= 0 && tr.row.POS == "n" && sc.lender(tr.token) == h
}

// opens reports whether x is the distance at the head of a clause: "a day after the alliance met" is the date of that clause alone.
func (sc *scene) opens(x *extract.Time) bool {
	w := sc.lower(x.Last - 1)
	return w == "after" || w == "before"
}
