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
	rows map[string][]entry
	all  []*Row
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
	l := &Lexicon{rows: map[string][]entry{}}
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
		}
	}
	for _, rs := range l.rows {
		slices.SortStableFunc(rs, func(a, b entry) int { return b.specific() - a.specific() })
	}
	return l, nil
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
	for _, e := range l.rows[pos+" "+strings.ToLower(sc.lemma(t))] {
		switch {
		case e.particle != "" && !sc.hasParticle(t, e.particle):
		case len(e.row.With) > 0 && sc.objectNoun(t, e.row.With) < 0:
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
	return t+1 < len(sc.s.Tokens) && sc.lower(t+1) == particle && sc.head(t+1) == t
}

// objectNoun is the token of verb t's object (subject, where passive) whose lemma is in lemmas, -1 for none.
func (sc *scene) objectNoun(t int, lemmas []string) int {
	for _, o := range sc.undergoers(t) {
		for _, c := range sc.conjuncts(o) {
			if slices.Contains(lemmas, strings.ToLower(sc.lemma(c))) {
				return c
			}
		}
	}
	for _, k := range sc.kids[t] { // "take part in", "put pressure on", "come to an agreement"
		if base(sc.label(k)) == "obl" && slices.Contains(lemmas, strings.ToLower(sc.lemma(k))) {
			return k
		}
	}
	return -1
}

// cut splits a slot into kind and prepositions.
func cut(slot string) (kind, preps string, ok bool) { return strings.Cut(slot, ":") }
