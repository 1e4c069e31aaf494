package event

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"sync"

	"entente/schema"
)

//go:embed predicates.tsv
var predicatesTSV string

// Op is what a predicate does to the acts below it.
type Op string

// The operators. Inner is the act of the complement ("refused to MEET", "a threat of SANCTIONS").
const (
	OpAct     Op = "act"     // none: an act of its own, inner ones stand beside it
	OpTake    Op = "take"    // swallows inner: its object is inner's object, or inner's subject ("refused to meet Jordan's king")
	OpPromise Op = "promise" // as take, but with inner conflict it is a THREATEN ("vowed to attack")
	OpAsk     Op = "ask"     // as take, but the one asked is inner's subject first ("demanded that Iraq withdraw")
	OpFact    Op = "fact"    // its object is who did inner, and inner stands ("condemned the attack by Iraq")
	OpAlleges Op = "alleges" // as fact, but inner is swallowed: what is alleged is not told as a fact
	OpDeny    Op = "deny"    // no act of its own; inner is negated
	OpPlan    Op = "plan"    // no act of its own; inner is to come
	OpMay     Op = "may"     // no act of its own; inner is hypothetical
	OpFail    Op = "fail"    // no act of its own; inner did not happen
	OpStop    Op = "stop"    // ends inner: aid stopped is SANCTION, a measure lifted CONCEDE, fighting stopped RETREAT, talks stopped REJECT
	OpLight   Op = "light"   // no act of its own; lends its subject to inner ("held TALKS")
	OpSay     Op = "say"     // no act of its own; its subject is the speaker
	OpWill    Op = "will"    // an act only where its clause looks ahead, and then one done by saying so: "would respond to any attack"
	OpFeel    Op = "feel"    // an act of the one who feels: subject of the passive ("NATO was angered by ..."), object of the active verb
)

// Row is one line of predicates.tsv.
type Row struct {
	Lemmas   []string // alternatives; the particle of a phrasal verb behind an underscore: "call_off"
	With     []string // lemmas of the object noun, for a verb that is this predicate only with one of them ("impose" + "sanction")
	POS      string   // v, n or a
	Type     schema.Relation
	Mode     string
	Slots    []string // where the object stands, first that is filled wins
	Op       Op
	Contexts []string
	Example  string // a sentence of our own
	Triple   string // what it says: the row's test
	Line     int    // 1-based line of predicates.tsv
}

// Name is how evidence names the row: "impose+sanction".
func (r *Row) Name() string {
	n := strings.ReplaceAll(r.Lemmas[0], "_", " ")
	if len(r.With) > 0 {
		n += "+" + r.With[0]
	}
	return n + "/" + r.POS
}

// Lexicon holds rows by lemma and part of speech; rows of one lemma are in the order in which they are tried: with object noun, with
// particle, plain.
type Lexicon struct {
	rows  map[string][]entry
	all   []*Row
	lemma map[string]string // of a regular form behind its part of speech ("v rioted"): the lexicon's lemma
}

// entry is a row under one of its lemmas.
type entry struct {
	row      *Row
	particle string
}

var builtin = sync.OnceValues(func() (*Lexicon, error) { return ParseLexicon("predicates.tsv", predicatesTSV) })

// Builtin is the embedded lexicon.
func Builtin() (*Lexicon, error) { return builtin() }

// Rows are all rows in file order.
func (l *Lexicon) Rows() []*Row { return l.all }

// ParseLexicon reads rows in the format of predicates.tsv, whose head explains it. An error names file and line.
func ParseLexicon(name, text string) (*Lexicon, error) {
	l := &Lexicon{rows: map[string][]entry{}, lemma: map[string]string{}}
	n := 0
	for line := range strings.Lines(text) {
		n++
		line = strings.TrimRight(line, "\r\n")
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		r, err := parseRow(line)
		if err != nil {
			return nil, fmt.Errorf("%s:%d: %w", name, n, err)
		}
		r.Line = n
		l.all = append(l.all, r)
		for _, lemma := range r.Lemmas {
			plain, particle, _ := strings.Cut(lemma, "_")
			key := r.POS + " " + plain
			l.rows[key] = append(l.rows[key], entry{r, particle})
			l.know(plain, r.POS)
		}
		for _, noun := range r.With {
			l.know(noun, "n")
		}
	}
	for _, rs := range l.rows {
		slices.SortStableFunc(rs, func(a, b entry) int { return b.specific() - a.specific() })
	}
	return l, nil
}

// know enters the forms of a lemma; a form that is itself a lemma keeps standing for itself.
func (l *Lexicon) know(lemma, pos string) {
	for i, f := range forms(lemma, pos) {
		if key := pos + " " + f; i == 0 || l.lemma[key] == "" {
			l.lemma[key] = lemma
		}
	}
}

// lemmaOf is the lemma of token t as a word of that part of speech: the lexicon's own where t is a regular form of a word it has (the
// lemmatiser has not seen every verb), else the lemmatiser's.
func (l *Lexicon) lemmaOf(sc *scene, t int, pos string) string {
	lemma := strings.ToLower(sc.lemma(t))
	if l.lemma[pos+" "+lemma] == lemma {
		return lemma
	}
	if known := l.lemma[pos+" "+sc.lower(t)]; known != "" {
		return known
	}
	return lemma
}

func (e entry) specific() int {
	n := 0
	if len(e.row.With) > 0 {
		n += 2
	}
	if e.particle != "" {
		n++
	}
	return n
}

func parseRow(line string) (*Row, error) {
	f := strings.Split(line, "\t")
	if len(f) < 5 {
		return nil, fmt.Errorf("want predicate, part of speech, type, slots, operator [, contexts, example, triple]: %d columns", len(f))
	}
	for len(f) < 8 {
		f = append(f, "-")
	}
	r := &Row{POS: f[1], Op: Op(f[4]), Slots: list(f[3], ","), Contexts: list(f[5], ","), Example: none(f[6]), Triple: none(f[7])}
	pred, with, _ := strings.Cut(f[0], "+")
	r.Lemmas = strings.Split(pred, "|")
	r.With = list(with, "|")
	if t := none(f[2]); t != "" {
		name, mode, _ := strings.Cut(t, "/")
		rel, err := schema.ParseRelation(name)
		if err != nil {
			return nil, err
		}
		if mode != "" && !rel.Info().HasMode(mode) {
			return nil, fmt.Errorf("%s has no mode %q", rel, mode)
		}
		r.Type, r.Mode = rel, mode
	}
	if !slices.Contains([]string{"v", "n", "a"}, r.POS) {
		return nil, fmt.Errorf("part of speech %q: want v, n or a", r.POS)
	}
	if !slices.Contains(ops, r.Op) {
		return nil, fmt.Errorf("unknown operator %q", r.Op)
	}
	for _, c := range r.Contexts {
		if !slices.Contains(schema.Contexts(), c) {
			return nil, fmt.Errorf("unknown context %q", c)
		}
	}
	return r, nil
}

var ops = []Op{OpAct, OpTake, OpPromise, OpAsk, OpFact, OpAlleges, OpDeny, OpPlan, OpMay, OpFail, OpStop, OpLight, OpSay, OpFeel, OpWill}

func list(s, sep string) []string {
	if none(s) == "" {
		return nil
	}
	return strings.Split(s, sep)
}

func none(s string) string {
	if s == "-" {
		return ""
	}
	return s
}

// find is the row for token t of the scene, nil for none.
func (l *Lexicon) find(sc *scene, t int) *Row {
	pos := ""
	switch {
	case sc.isVerb(t):
		pos = "v"
	case sc.upos(t) == "NOUN", sc.upos(t) == "PROPN":
		pos = "n"
	case sc.upos(t) == "ADJ":
		pos = "a"
	default:
		return nil
	}
	var found *Row
	for _, e := range l.rows[pos+" "+l.lemmaOf(sc, t, pos)] {
		switch {
		case e.particle != "" && !sc.hasParticle(t, e.particle):
		case len(e.row.With) > 0 && sc.objectNoun(l, t, e.row.With) < 0:
		case found == nil:
			found = e.row
			if e.specific() > 0 {
				return found
			}
		case !sc.hasPreposition(t, found) && sc.hasPreposition(t, e.row):
			found = e.row
		}
	}
	return found
}

// hasPreposition reports whether a place that row names by its preposition is filled: it tells "a call for" from "a call with".
func (sc *scene) hasPreposition(t int, row *Row) bool {
	for _, s := range row.Slots {
		if _, preps, ok := cut(s); ok && len(sc.prepositional(&trigger{token: t, row: row, noun: -1}, preps)) > 0 {
			return true
		}
	}
	return false
}

func (sc *scene) hasParticle(t int, particle string) bool {
	for _, k := range sc.kids[t] {
		if sc.lower(k) == particle && fits(sc.label(k), []string{"compound:prt", "advmod", "case", "obl", "xcomp"}) {
			return true
		}
	}
	return t+1 < len(sc.s.Tokens) && sc.lower(t+1) == particle && (sc.head(t+1) == t || sc.upos(t+1) == "ADV" || sc.label(t+1) == "advmod")
}

// objectNoun is the token of verb t's object (subject, where passive) whose lemma is in lemmas, -1 for none. Of an object that only holds the
// matter ("part of an aid programme", "aid deliveries") the matter counts.
func (sc *scene) objectNoun(l *Lexicon, t int, lemmas []string) int {
	is := func(k int) bool { return slices.Contains(lemmas, l.lemmaOf(sc, k, "n")) }
	for _, o := range sc.undergoers(t) {
		for _, c := range sc.conjuncts(o) {
			if is(c) {
				return c
			}
			for holder := c; holder >= 0; {
				next := -1
				for _, k := range sc.kids[holder] {
					of := base(sc.label(k)) == "nmod" && sc.caseOf(k) == "of" && holders[strings.ToLower(sc.lemma(holder))]
					if (base(sc.label(k)) == "compound" && holders[strings.ToLower(sc.lemma(holder))] || of) && is(k) {
						return k
					}
					if of && next < 0 {
						next = k
					}
				}
				holder = next
			}
		}
	}
	for _, k := range sc.kids[t] { // "take part in", "put pressure on", "come to an agreement"
		if base(sc.label(k)) == "obl" && is(k) {
			return k
		}
	}
	return -1
}

// holders are nouns that hold the matter of an act without being it.
var holders = map[string]bool{
	"part": true, "series": true, "round": true, "number": true, "set": true, "package": true, "program": true, "programme": true, "delivery": true,
	"shipment": true, "range": true, "list": true, "kind": true, "type": true, "form": true, "ton": true, "tonne": true, "dollar": true, "dlr": true, "mln": true,
	"million": true, "billion": true, "worth": true, "kg": true, "kilo": true, "kilogram": true, "batch": true, "load": true, "cargo": true, "lot": true, "wave": true,
	"token": true, "week": true, "day": true, "hour": true, "month": true, "wide": true, "variety": true, "piece": true, "half": true, "all": true, "most": true,
	"some": true, "couple": true, "pair": true, "string": true, "campaign": true, "measure": true, "effort": true,
}

// cut splits a slot into kind and prepositions.
func cut(slot string) (kind, preps string, ok bool) { return strings.Cut(slot, ":") }
