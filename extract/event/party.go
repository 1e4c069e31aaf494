package event

import (
	"slices"
	"strings"

	"entente/extract"
)

// party is one side of an act with the person who acts for it.
type party struct {
	id    string
	agent string
	token int  // where the mention stands
	deep  bool // found inside a noun phrase ("criticised alliance plans") and not named by it
	guess bool // found nearby or understood, not by the tree
}

// parties is a set of parties in the order found, each id once.
type parties []party

func (ps parties) has(id string) bool {
	return slices.ContainsFunc(ps, func(p party) bool { return p.id == id })
}

func (ps parties) add(more ...party) parties {
	for _, p := range more {
		if i := slices.IndexFunc(ps, func(q party) bool { return q.id == p.id }); i < 0 {
			ps = append(ps, p)
		} else if ps[i].agent == "" {
			ps[i].agent = p.agent
		}
	}
	return ps
}

func (ps parties) without(other parties) parties {
	var out parties
	for _, p := range ps {
		if !other.has(p.id) {
			out = append(out, p)
		}
	}
	return out
}

// named are the parties that the noun phrase headed by t names, its conjuncts included: "Moscow", "Iranian officials and Syria", "who".
func (sc *scene) named(t int) parties {
	var ps parties
	for _, c := range sc.conjuncts(t) {
		ps = ps.add(sc.namedOne(c, 0)...)
	}
	if m := sc.cover[t]; ps != nil && m >= 0 {
		if members := sc.membersNamed(m); members != nil {
			return members
		}
		ps = ps.add(sc.listed(m, 1)...)
		ps = ps.add(sc.listed(m, -1)...)
	}
	return ps
}

// membersNamed are the parties listed behind a mention of the members of something: "NATO members Poland and Latvia".
func (sc *scene) membersNamed(m int) parties {
	men := &sc.doc.Mentions[m]
	next := men.Last
	if next >= len(sc.s.Tokens) || sc.cover[next] < 0 || sc.cover[next] == m || !ofMany[sc.lemma(men.Last-1)] {
		return nil
	}
	m = sc.cover[next]
	return sc.partiesOf(m, sc.doc.Mentions[m].Head, false).add(sc.listed(m, 1)...)
}

// ofMany are nouns for several of a body, behind which they may be named.
var ofMany = map[string]bool{"member": true, "members": true, "state": true, "states": true, "ally": true, "allies": true, "country": true, "countries": true, "nation": true, "nations": true, "partner": true, "partners": true}

// listed are the parties of the mentions that follow (step 1) or precede (-1) mention m in one list: "Kuwait, Qatar, the UAE and Oman". Long
// lists are where the parser errs most. A list counts only where it has an "and" or "or".
func (sc *scene) listed(m, step int) parties {
	var ps parties
	closed := false
	for range sc.s.Tokens {
		men := &sc.doc.Mentions[m]
		t := men.Last
		if step < 0 {
			t = men.First - 1
		}
		glue := false
		for t >= 0 && t < len(sc.s.Tokens) && sc.cover[t] < 0 {
			w := sc.lower(t)
			if w != "," && w != "and" && w != "or" && w != "the" && w != "both" {
				return ps.when(closed)
			}
			glue = glue || w == "," || w == "and" || w == "or"
			closed = closed || w == "and" || w == "or"
			t += step
		}
		if t < 0 || t >= len(sc.s.Tokens) || !glue || sc.cover[t] == m {
			return ps.when(closed)
		}
		m = sc.cover[t]
		next := &sc.doc.Mentions[m]
		if sc.label(next.Head) == "nsubj" || next.Kind == extract.Pronoun {
			return ps.when(closed)
		}
		ps = ps.add(sc.partiesOf(m, next.Head, false)...)
	}
	return ps.when(closed)
}

func (ps parties) when(ok bool) parties {
	if ok {
		return ps
	}
	return nil
}

// partitives are nouns that stand for what follows their "of": "members of the Security Council".
var partitives = map[string]bool{
	"member": true, "leader": true, "group": true, "number": true, "dozen": true, "hundred": true, "thousand": true, "team": true,
	"some": true, "part": true, "one": true, "two": true, "three": true, "four": true, "many": true, "most": true, "several": true, "all": true,
	"both": true, "each": true, "any": true, "none": true, "official": true, "troop": true, "people": true, "representative": true, "delegation": true,
	"side": true, "government": true, "rest": true, "majority": true, "half": true, "series": true, "pair": true, "couple": true, "soldier": true, "force": true,
	"authority": true, "ambassador": true, "minister": true, "spokesman": true, "army": true, "head": true, "chief": true, "million": true, "ton": true, "tonne": true,
}

// peers are nouns for those whom officials deal with.
var peers = map[string]bool{"colleague": true, "counterpart": true, "interlocutor": true, "ally": true, "partner": true, "rival": true, "adversary": true, "opponent": true, "peer": true}

func (sc *scene) namedOne(t, depth int) parties {
	if depth > 3 {
		return nil
	}
	if ps := sc.mentioned(t); ps != nil {
		return ps
	}
	if a := sc.antecedent(t); a >= 0 && a != t {
		return sc.namedOne(a, depth+1)
	}
	if partitives[sc.lemma(t)] || sc.upos(t) == "NUM" {
		for _, k := range sc.kids[t] {
			if base(sc.label(k)) == "nmod" && sc.caseOf(k) == "of" {
				if ps := sc.named(k); ps != nil {
					return ps
				}
			}
		}
	}
	if k := sc.child(t, "appos"); k >= 0 {
		return sc.namedOne(k, depth+1)
	}
	if peers[strings.TrimSuffix(sc.lower(t), "s")] { // "his NATO colleagues"
		for _, k := range sc.kids[t] {
			if l := sc.label(k); (l == "amod" || base(l) == "compound") && sc.at[k] >= 0 {
				return sc.partiesOf(sc.at[k], k, false)
			}
		}
	}
	var ps parties
	for _, k := range sc.kids[t] { // "our partners, including the EU and Greece"
		if c := sc.caseOf(k); (c == "including" || c == "such as") && sc.at[t] < 0 {
			ps = ps.add(sc.named(k)...)
		}
	}
	return ps
}

// mentioned are the parties of the mention headed at t, or covering t where t is its head in the tree.
func (sc *scene) mentioned(t int) parties {
	m := sc.at[t]
	if m < 0 || sc.doc.Mentions[m].Modifier {
		if c := sc.cover[t]; c >= 0 && sc.headsMention(t, c) {
			m = c
		}
	}
	if m < 0 || sc.doc.Mentions[m].Modifier {
		return nil
	}
	return sc.partiesOf(m, t, false)
}

// headsMention reports whether no token of mention m stands above t inside the mention.
func (sc *scene) headsMention(t, m int) bool {
	men := &sc.doc.Mentions[m]
	h := sc.head(t)
	return h < men.First || h >= men.Last
}

func (sc *scene) partiesOf(m, t int, deep bool) parties {
	men := &sc.doc.Mentions[m]
	var ps parties
	for _, id := range men.Parties {
		p := party{id: id, token: t, deep: deep}
		if len(men.Parties) == 1 {
			p.agent = men.Agent
		}
		if p.agent == p.id {
			p.agent = ""
		}
		ps = ps.add(p)
	}
	return ps
}

// antecedent is the noun that a relative pronoun stands for, -1 where t is none.
func (sc *scene) antecedent(t int) int {
	switch sc.lower(t) {
	case "who", "which", "that", "whom":
	default:
		return -1
	}
	for v, n := sc.head(t), 0; v >= 0 && n < 6; v, n = sc.head(v), n+1 {
		if sc.label(v) == "acl:relcl" {
			return sc.head(v)
		}
	}
	return -1
}

// owner are the parties to whom the thing named by t belongs or who did it: "alliance plans", "Iran's criticism", "a threat by Israel".
func (sc *scene) owner(t int) parties { return sc.inside(t, 0, ownerCases) }

// affected are the parties at which the thing named by t is aimed: "sanctions on Japan", "the attack against Iran".
func (sc *scene) affected(t int) parties { return sc.inside(t, 0, affectedCases) }

var (
	ownerCases    = []string{"", "by", "of", "from", "between", "among", "in", "at"}
	affectedCases = []string{"on", "against", "to", "toward", "towards", "for", "with", "in", "into", "over", "at", "of", "about", "from"}
)

// inside looks for parties below t: first possessors and modifiers where cases begins with "", then prepositional phrases in the order of cases.
func (sc *scene) inside(t, depth int, cases []string) parties {
	if depth > 2 || noActor[strings.ToLower(sc.lemma(t))] {
		return nil
	}
	for _, c := range cases {
		var ps parties
		for _, k := range sc.kids[t] {
			if sc.insideLabel(k, c) {
				ps = ps.add(sc.deepAt(k, depth, cases)...)
			}
		}
		if ps != nil {
			return ps
		}
	}
	if depth == 0 && slices.Equal(cases, affectedCases) {
		return sc.inside(t, 1, []string{""})
	}
	return nil
}

// noActor are nouns for those who report, study or trade: what they do their country does not.
var noActor = map[string]bool{
	"newspaper": true, "daily": true, "weekly": true, "radio": true, "television": true, "tv": true, "magazine": true, "journalist": true, "reporter": true,
	"media": true, "press": true, "analyst": true, "scholar": true, "economist": true, "researcher": true, "study": true, "poll": true, "survey": true,
	"company": true, "firm": true, "operator": true, "house": true, "maker": true, "manufacturer": true, "producer": true, "exporter": true, "importer": true,
	"industry": true, "contractor": true, "airline": true, "subsidiary": true, "consortium": true, "retailer": true, "buyer": true, "seller": true, "refiner": true,
	"website": true, "columnist": true, "editor": true, "correspondent": true, "commentator": true, "expert": true, "trader": true, "dealer": true, "broker": true,
	"investor": true, "tourist": true, "team": true, "player": true, "fan": true, "market": true, "economy": true, "share": true, "stock": true,
}

func (sc *scene) insideLabel(k int, c string) bool {
	l := sc.label(k)
	if c == "" {
		return l == "nmod:poss" || l == "amod" || base(l) == "compound" || l == "nmod:desc" || base(l) == "flat"
	}
	return (base(l) == "nmod" || base(l) == "obl") && l != "nmod:poss" && sc.caseOf(k) == c
}

func (sc *scene) deepAt(k, depth int, cases []string) parties {
	var ps parties
	for _, c := range sc.conjuncts(k) {
		found := sc.namedOne(c, 0)
		if found == nil && sc.at[c] >= 0 {
			found = sc.partiesOf(sc.at[c], c, true)
		}
		if found == nil {
			found = sc.inside(c, depth+1, cases)
		}
		for _, p := range found {
			p.deep = true
			ps = ps.add(p)
		}
	}
	return ps
}
