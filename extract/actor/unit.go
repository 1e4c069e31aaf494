package actor

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"entente/extract"
	"entente/extract/actor/tables"
	"entente/schema"
)

// unit is a stretch of tokens that is read as one: a phrase of the lexicon, a run of proper nouns, or a single word or mark.
type unit struct {
	first, last int // tokens, half-open
	class       class
	senses      []sense // of the lexicon; those that the case and date of the text allow
	run         bool    // proper nouns that no table knows
	word        string  // folded text of a single token that is neither
	words       wordClass
	person      *person
	kind        nameKind // of a run, where kindKnown
	strong      bool
	kindKnown   bool
	used        bool // part of a mention already
}

func (u *unit) office() bool { return u.class == classOffice }

// party reports whether u is a name that stands for a state, an organisation or a group.
func (u *unit) party() bool {
	switch u.class {
	case classState, classAdj, classPeople, classOrg, classGroup, classAdjOf, classSeat, classSet:
		return true
	case classCity:
		return u.capital() != nil
	}
	return false
}

// capital is the sense of a city as the seat of a state.
func (u *unit) capital() *sense {
	for i := range u.senses {
		if s := &u.senses[i]; (s.class == classCity || s.class == classSeat) && s.id != "" {
			return s
		}
	}
	return nil
}

// text is the sentence's sentence with what the steps of this package add.
type text struct {
	n       int // number of the sentence
	s       *extract.Sentence
	folded  []string
	units   []unit
	quote   []int8 // 0 outside quotations, else 1
	phrases []phrase
	joint   bool // its phrases name those who speak in a joint statement
	common  *vocabulary
	turn    *turn // of a transcript, nil outside one
}

// vocabulary is the words that an article writes without a capital, made when first asked for. Those in a run of proper nouns tell that the run
// is no name: "Iodine" begins a sentence where "iodine" stands in others.
type vocabulary struct {
	doc   *extract.Doc
	words map[string]bool
}

func (v *vocabulary) has(folded string) bool {
	if v == nil || folded == "" {
		return false
	}
	if v.words == nil {
		v.words = map[string]bool{}
		for i := range v.doc.Sentences {
			for j := range v.doc.Sentences[i].Tokens {
				if w := v.doc.Sentences[i].Tokens[j].Text; w != "" && w[0] >= 'a' && w[0] <= 'z' {
					v.words[fold(w)] = true
				}
			}
		}
	}
	return v.words[folded]
}

// allCaps reports whether a sentence is written in capitals, as old headlines are.
func allCaps(s *extract.Sentence) bool {
	upper, lower := 0, 0
	for _, t := range s.Tokens {
		for _, r := range t.Text {
			if unicode.IsLower(r) {
				lower++
			} else if unicode.IsUpper(r) {
				upper++
			}
		}
	}
	return upper > 3 && lower*4 < upper
}

func capital(s string) bool {
	if s == "" {
		return false
	}
	if c := s[0]; c < utf8.RuneSelf {
		return c >= 'A' && c <= 'Z'
	}
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(r)
}

func proper(t *extract.Token) bool {
	return t.XPOS == "NNP" || t.XPOS == "NNPS" || t.XPOS == "" && t.UPOS == "PROPN"
}

// segment cuts a sentence into units.
func (r *Resolver) segment(s *extract.Sentence, n int, day schema.Date) *text {
	t := &text{n: n, s: s, folded: make([]string, len(s.Tokens))}
	for i := range s.Tokens {
		t.folded[i] = fold(s.Tokens[i].Text)
	}
	t.units = make([]unit, 0, len(s.Tokens))
	caps := allCaps(s)
	for i := 0; i < len(s.Tokens); {
		u := r.unitAt(t, i, day, caps)
		if n := len(t.units); u.class == classBlock && n > 1 && s.Tokens[i-1].Text == "-" && t.units[n-2].party() {
			u = r.alone(t, u) // "Iran-Iraq war"
		}
		if end := r.namedAfterOffice(t, &u, day, caps); end > 0 {
			u = unit{first: i, last: end, run: true}
		}
		t.units = append(t.units, u)
		i = u.last
	}
	r.joinNames(t)
	return t
}

// namedAfterOffice is the end of a name of two words right after an office, where the tagger took them for words: "Spokesperson Ned Price"; 0 for none.
func (r *Resolver) namedAfterOffice(t *text, u *unit, day schema.Date, caps bool) int {
	n := len(t.units)
	if caps || n == 0 || u.run || len(u.senses) > 0 || u.last+1 > len(t.s.Tokens)-1 || !t.units[n-1].office() || !r.titled(t, &t.units[n-1]) {
		return 0
	}
	a, b := &t.s.Tokens[u.first], &t.s.Tokens[u.last]
	if !capital(a.Text) || !capital(b.Text) || len(b.Text) < 2 || functionWord(a) || functionWord(b) || !r.lex.given[t.folded[u.first]] || r.matches(t, u.last, day) {
		return 0
	}
	if (r.words[t.folded[u.first]]|r.words[t.folded[u.last]])&(wCalendar|wSay|wNotPerson|wCompany) != 0 {
		return 0
	}
	return u.last + 1
}

// alone is the state that the first word of u names by itself, u where it names none.
func (r *Resolver) alone(t *text, u unit) unit {
	x := r.lex.find(t.s.Tokens[u.first].Text)
	if x == nil || !slices.ContainsFunc(x.senses, func(s sense) bool { return s.class == classState || s.class == classAdj }) {
		return u
	}
	return unit{first: u.first, last: u.first + 1, class: rank(x.senses), senses: x.senses}
}

// unitAt is the longest unit that begins at token i.
func (r *Resolver) unitAt(t *text, i int, day schema.Date, caps bool) unit {
	if last, senses := r.match(t, i, day, caps); last > i {
		u := unit{first: i, last: last, class: rank(senses), senses: senses}
		if u.class == classOffice && last == i+1 {
			u.word, u.words = t.folded[i], r.words[t.folded[i]]
		}
		return u
	}
	tok := &t.s.Tokens[i]
	if w := r.words[t.folded[i]]; (w&wCalendar == 0 || w&wMonthName != 0 && t.monthIsName(i)) && (i > 0 || w&(wFormer|wDeputy|wComing) == 0) && !(w&(wSay|wAct|wBe|wAux) != 0 && t.afterStop(i)) && capital(tok.Text) && !caps && (proper(tok) || t.beforeHyphen(i)) {
		return unit{first: i, last: r.runEnd(t, i, day), run: true}
	}
	if i == 0 && capital(tok.Text) && tok.UPOS != "PROPN" && !functionWord(tok) && r.leaderOfDay(t.folded[0], day) && (len(t.s.Tokens) == 1 || !strings.HasPrefix(t.s.Tokens[1].XPOS, "NN")) {
		return unit{first: i, last: i + 1, run: true}
	}
	if i == 0 && len(t.s.Tokens) > 1 && capital(tok.Text) && r.lex.given[t.folded[0]] && proper(&t.s.Tokens[1]) && !r.matches(t, 1, day) {
		return unit{first: i, last: r.runEnd(t, i, day), run: true}
	}
	return unit{first: i, last: i + 1, word: cmp.Or(t.folded[i], tok.Text), words: r.words[t.folded[i]]}
}

// functionWord reports whether a token is of a closed class, which has short words: "In" begins a sentence, though it is a family name as well.
func functionWord(t *extract.Token) bool {
	if len(t.Text) > 5 {
		return false
	}
	switch t.UPOS {
	case "ADP", "DET", "PRON", "CCONJ", "SCONJ", "AUX", "PART", "NUM":
		return true
	}
	return false
}

// beforeHyphen reports whether token i is joined by a hyphen to a proper noun: a name that the tagger took for a word.
func (t *text) beforeHyphen(i int) bool {
	toks := t.s.Tokens
	return i+2 < len(toks) && toks[i+1].Text == "-" && toks[i+1].Start == toks[i].End && toks[i+2].Start == toks[i+1].End &&
		proper(&toks[i+2]) && capital(toks[i+2].Text) && (i+3 < len(toks) && proper(&toks[i+3]))
}

// afterStop reports whether token i follows an abbreviation with a stop: "the U.S. Said" has a capital by habit of the wire.
func (t *text) afterStop(i int) bool {
	return i > 0 && len(t.s.Tokens[i-1].Text) > 2 && strings.HasSuffix(t.s.Tokens[i-1].Text, ".")
}

// leaderOfDay reports whether a family name is that of someone in office on the day.
func (r *Resolver) leaderOfDay(family string, day schema.Date) bool {
	return day != "" && slices.ContainsFunc(r.lex.persons[family], func(l *tables.Leader) bool { return (l.From != "" || l.To != "") && l.Has(day) })
}

// monthIsName reports whether "Jan", "May" or "April" at token i is a first name: a proper noun follows, and no preposition stands before.
func (t *text) monthIsName(i int) bool {
	toks := t.s.Tokens
	return i+1 < len(toks) && proper(&toks[i+1]) && capital(toks[i+1].Text) && wordTable()[t.folded[i+1]]&wCalendar == 0 &&
		(i == 0 || wordTable()[toks[i-1].Text]&wPlacePrep == 0 && toks[i-1].Text != "on" && toks[i-1].Text != "since" && toks[i-1].UPOS != "NUM" && toks[i-1].UPOS != "ADJ")
}

// rank is the class by which a phrase of several senses is known before the article decides.
func rank(senses []sense) class {
	best, score := senses[0].class, -1
	for _, s := range senses {
		v := 0
		switch s.class {
		case classState, classOrg:
			v = 9
		case classAdj:
			v = 8
		case classPeople:
			v = 7
		case classOffice:
			v = 6
		case classSet:
			v = 5
		case classSeat:
			v = 4
		case classCity:
			v = 3
		case classGroup, classAdjOf:
			v = 2
		case classPerson:
			v = 1
		case classBlock:
			v = 10
		}
		if s.prior > 0 && s.prior < 0.5 {
			v -= 8
		}
		if v > score {
			best, score = s.class, v
		}
	}
	return best
}

// match is the end of the longest phrase at token i whose senses fit the case and the day, with these.
func (r *Resolver) match(t *text, i int, day schema.Date, caps bool) (int, []sense) {
	n := &r.lex.root
	last := i
	var senses []sense
	for j := i; j < len(t.folded); j++ {
		f := t.folded[j]
		if f == "" {
			if j == i || t.s.Tokens[j].Text != "-" && t.s.Tokens[j].Text != "." {
				break
			}
			continue
		}
		if !strings.Contains(f, " ") {
			n = n.next[f]
		} else {
			for p := range strings.FieldsSeq(f) {
				if n = n.next[p]; n == nil {
					break
				}
			}
		}
		if n == nil {
			break
		}
		if len(n.senses) > 0 {
			if fit := r.fitting(t, n.senses, i, j+1, day, caps); len(fit) > 0 {
				last, senses = j+1, fit
			}
		}
		if n.next == nil {
			break
		}
	}
	return last, senses
}

// fitting are the senses that the spelling of tokens i to j and the day of the article allow.
func (r *Resolver) fitting(t *text, senses []sense, i, j int, day schema.Date, caps bool) []sense {
	all := true
	for k := range senses {
		if !fits(t, &senses[k], i, j, day, caps) {
			all = false
			break
		}
	}
	if all {
		return senses
	}
	var out []sense
	dated := false
	for k := range senses {
		if fits(t, &senses[k], i, j, "", caps) {
			dated = true
			if fits(t, &senses[k], i, j, day, caps) {
				out = append(out, senses[k])
			}
		}
	}
	if len(out) == 0 && dated { // known, but of another time: history is told too
		for k := range senses {
			if senses[k].class != classSeat && !(senses[k].class == classOrg && later(senses[k].span, day)) && fits(t, &senses[k], i, j, "", caps) {
				out = append(out, senses[k])
			}
		}
	}
	return out
}

func fits(t *text, s *sense, i, j int, day schema.Date, caps bool) bool {
	first := t.s.Tokens[i].Text
	switch {
	case s.class == classPerson && s.prior == 0:
		return capital(first) // terms of office are tested later
	case s.class == classOffice:
		return true
	case s.dotted && first[len(first)-1] != '.':
		return false
	case s.acro && !caps && shapeOf(t.join(i, j)) != s.shape:
		return false
	case s.acro && caps && first[len(first)-1] != '.' && wordTable()[t.folded[i]]&wInCaps != 0:
		return false
	case !s.lower && !capital(first) && !(t.folded[i] == "the" && i+1 < j && capital(t.s.Tokens[i+1].Text)):
		return false
	}
	return s.span.Has(day)
}

// join is the text of tokens i to j without blanks.
func (t *text) join(i, j int) string {
	if j == i+1 {
		return t.s.Tokens[i].Text
	}
	var b strings.Builder
	for ; i < j; i++ {
		b.WriteString(t.s.Tokens[i].Text)
	}
	return b.String()
}

// later reports whether a span begins only after the day.
func later(s tables.Span, day schema.Date) bool {
	return s.From != "" && day != "" && day.Valid() && day.Last().Before(s.From.First())
}
