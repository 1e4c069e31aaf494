package event

import (
	"slices"
	"strings"

	"entente/extract"
)

// scene is one parsed sentence with what the steps look up in it again and again. Tokens are named by their index.
type scene struct {
	doc      *extract.Doc
	index    int // of the sentence in the document
	s        *extract.Sentence
	kids     [][]int
	mentions []int // indices in doc.Mentions of this sentence's mentions
	at       []int // per token: index in doc.Mentions of the mention headed there, -1 for none
	cover    []int // per token: index in doc.Mentions of the longest party mention that covers it, -1 for none
	place    []int // per token: index in doc.Mentions of the place mentioned there, -1 for none
	triggers []*trigger
	byToken  []*trigger
	met      *meeting          // of the document so far
	last     *deed             // of the sentences before
	about    map[string]string // see counterparts
	author   party             // see author
	quoted   party             // see lastSpeaker
}

func newScene(doc *extract.Doc, index int, mentions []int) *scene {
	s := &doc.Sentences[index]
	n := len(s.Tokens)
	sc := &scene{doc: doc, index: index, s: s, kids: make([][]int, n), at: make([]int, n), cover: make([]int, n), place: make([]int, n), mentions: mentions, byToken: make([]*trigger, n)}
	for i := range s.Tokens {
		sc.at[i], sc.cover[i], sc.place[i] = -1, -1, -1
		if h := s.Tokens[i].Head; h >= 0 {
			sc.kids[h] = append(sc.kids[h], i)
		}
	}
	for _, m := range mentions {
		sc.enter(m)
	}
	return sc
}

// mend corrects what parsers get wrong and the lexicon or the times show: see mendTimes and mendPlans.
func mend(doc *extract.Doc, lex *Lexicon) {
	mendTimes(doc)
	for i := range doc.Sentences {
		if doc.Sentences[i].Parsed {
			mendPlans(doc.Sentences[i].Tokens, lex)
		}
	}
}

// mendPlans hangs an infinitive on the noun just before it that takes one ("plans to defend", "a refusal to meet"), whatever it was hung on.
func mendPlans(toks []extract.Token, lex *Lexicon) {
	for v := 2; v < len(toks); v++ {
		n := v - 2
		if toks[v].XPOS != "VB" || toks[v-1].XPOS != "TO" || toks[n].Head == v || toks[v].Head == n || toks[n].UPOS != "NOUN" || hangs(toks, n, v) {
			continue
		}
		if rows := lex.rows["n "+strings.ToLower(toks[n].Lemma)]; len(rows) > 0 && rows[0].row.Op != OpAct && rows[0].row.Op != OpLight {
			toks[v].Head, toks[v].Label = n, "acl"
		}
	}
}

// mendTimes takes an expression of time out of the place of a subject or object ("said Thursday it was making progress", "rioted Monday at a
// jail"): it goes to the verb before it.
func mendTimes(doc *extract.Doc) {
	for i := range doc.Times {
		x := &doc.Times[i]
		toks := doc.Sentences[x.Sentence].Tokens
		if !doc.Sentences[x.Sentence].Parsed || x.First == 0 {
			continue
		}
		for t := x.First; t < x.Last; t++ {
			h := toks[t].Head
			if h < 0 || h >= x.First && h < x.Last {
				continue
			}
			switch v := x.First - 1; {
			case toks[t].Label == "nsubj" && t < h && strings.HasPrefix(toks[v].XPOS, "VB") && v != h && !hangs(toks, v, t):
				toks[t].Head, toks[t].Label = v, "obl:unmarked"
			case toks[t].Label == "obj" && !hasCase(toks, t):
				toks[t].Label = "obl:unmarked"
			}
		}
	}
}

// hangs reports whether t stands below d.
func hangs(toks []extract.Token, t, d int) bool {
	for range toks {
		if t == d {
			return true
		}
		if t < 0 {
			return false
		}
		t = toks[t].Head
	}
	return true
}

func hasCase(toks []extract.Token, t int) bool {
	return slices.ContainsFunc(toks, func(k extract.Token) bool { return k.Head == t && k.Label == "case" })
}

// enter enters a mention at its head and over its tokens; of several at one head the longest that is a party wins.
func (sc *scene) enter(m int) {
	men := &sc.doc.Mentions[m]
	if len(men.Parties) == 0 {
		if men.Place != "" {
			for t := men.First; t < men.Last; t++ {
				sc.place[t] = m
			}
		}
		return
	}
	better := func(old int) bool {
		if old < 0 {
			return true
		}
		o := &sc.doc.Mentions[old]
		if o.Modifier != men.Modifier {
			return o.Modifier
		}
		return men.Last-men.First > o.Last-o.First
	}
	if better(sc.at[men.Head]) {
		sc.at[men.Head] = m
	}
	if men.Modifier {
		return
	}
	for t := men.First; t < men.Last; t++ {
		if better(sc.cover[t]) {
			sc.cover[t] = m
		}
	}
}

func (sc *scene) token(t int) *extract.Token { return &sc.s.Tokens[t] }
func (sc *scene) lemma(t int) string         { return sc.s.Tokens[t].Lemma }
func (sc *scene) lower(t int) string         { return strings.ToLower(sc.s.Tokens[t].Text) }
func (sc *scene) label(t int) string         { return sc.s.Tokens[t].Label }
func (sc *scene) head(t int) int             { return sc.s.Tokens[t].Head }
func (sc *scene) upos(t int) string          { return sc.s.Tokens[t].UPOS }

// base is a label without its subtype: obl of obl:agent.
func base(label string) string {
	b, _, _ := strings.Cut(label, ":")
	return b
}

// child is the first child of t with one of the labels, -1 for none. A label without subtype fits every subtype of it.
func (sc *scene) child(t int, labels ...string) int {
	for _, k := range sc.kids[t] {
		if fits(sc.label(k), labels) {
			return k
		}
	}
	return -1
}

func fits(label string, labels []string) bool {
	for _, l := range labels {
		if label == l || base(label) == l {
			return true
		}
	}
	return false
}

// caseOf is the preposition of t in lower case ("because of" is one), "" for none.
func (sc *scene) caseOf(t int) string {
	c := ""
	for _, k := range sc.kids[t] {
		if sc.label(k) != "case" || sc.lower(k) == "'s" || sc.lower(k) == "'" {
			continue
		}
		var w strings.Builder
		w.WriteString(sc.lower(k))
		for _, f := range sc.kids[k] {
			if sc.label(f) == "fixed" {
				w.WriteString(" " + sc.lower(f))
			}
		}
		if c == "" {
			c = w.String()
		}
	}
	return c
}

// mark is the subordinating word of clause t in lower case ("if", "to", "that"), "" for none.
func (sc *scene) mark(t int) string {
	if k := sc.child(t, "mark"); k >= 0 {
		return sc.lower(k)
	}
	return ""
}

func (sc *scene) isVerb(t int) bool {
	return sc.upos(t) == "VERB" || strings.HasPrefix(sc.token(t).XPOS, "VB") && sc.upos(t) != "AUX"
}

// isPassive reports whether verb t is passive: its subject undergoes the act.
func (sc *scene) isPassive(t int) bool {
	if sc.child(t, "aux:pass", "nsubj:pass", "csubj:pass") >= 0 {
		return true
	}
	if sc.token(t).XPOS != "VBN" {
		return false
	}
	if k := sc.child(t, "aux"); k >= 0 && sc.lemma(k) == "have" {
		return false
	}
	if h := sc.head(t); h >= 0 && base(sc.label(t)) == "xcomp" && copular[sc.lemma(h)] {
		return true // "is becoming isolated"
	}
	return base(sc.label(t)) == "acl" && !sc.finite(t) || sc.child(t, "obl:agent") >= 0
}

// copular are verbs whose participle says what their subject undergoes.
var copular = map[string]bool{"become": true, "remain": true, "feel": true, "get": true, "look": true, "seem": true, "stay": true, "appear": true}

// finite reports whether the participle t that the parser hung on a noun is the finite verb of that noun: it has an object of its own ("after NATO
// warplanes bombed Yugoslavia").
func (sc *scene) finite(t int) bool {
	return sc.label(t) == "acl" && sc.token(t).XPOS == "VBN" && sc.child(t, "obj") >= 0 && sc.child(t, "obl:agent", "aux", "aux:pass") < 0
}

// under reports whether t is d or stands below it.
func (sc *scene) under(t, d int) bool {
	for range sc.s.Tokens {
		if t == d {
			return true
		}
		if t < 0 {
			return false
		}
		t = sc.head(t)
	}
	return false
}

// conjuncts are t and what is coordinated with it, in the order of the text.
func (sc *scene) conjuncts(t int) []int {
	out := []int{t}
	for _, k := range sc.kids[t] {
		if base(sc.label(k)) == "conj" {
			out = append(out, sc.conjuncts(k)...)
		}
	}
	slices.Sort(out)
	return out
}
