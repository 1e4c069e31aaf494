package event

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"entente/extract"
	"entente/schema"
)

// Reader reads the acts of documents with one lexicon. It is safe for concurrent use.
type Reader struct {
	lex *Lexicon
}

// New is a Reader with the given lexicon, the built-in one where it is nil.
func New(lex *Lexicon) (*Reader, error) {
	if lex == nil {
		var err error
		if lex, err = Builtin(); err != nil {
			return nil, err
		}
	}
	return &Reader{lex}, nil
}

// Read returns the acts and ties of a document whose sentences are parsed and whose times, mentions and ties are found. The triples are not
// yet normalized; every entity they name is in doc.Entities.
func (r *Reader) Read(doc *extract.Doc) []schema.Triple {
	mend(doc, r.lex)
	var out []schema.Triple
	mentions, times := bySentence(doc)
	group := 0
	var met meeting
	var last deed
	about := counterparts(doc)
	signed := author(doc)
	var now []bool   // per triple: its clause is in the present tense
	var quoted party // who spoke last: a sentence of nothing but a quotation goes on in those words
	for i := range doc.Sentences {
		if !doc.Sentences[i].Parsed || len(mentions[i]) == 0 || asks(&doc.Sentences[i]) {
			continue
		}
		sc := newScene(doc, i, mentions[i])
		sc.met, sc.last, sc.about, sc.author = &met, &last, about, signed
		sc.detect(r.lex)
		for _, tr := range sc.triggers {
			sc.resolve(tr)
		}
		quoted = sc.lastSpeaker(quoted)
		for _, tr := range sc.triggers {
			ts := append(sc.triples(tr, times[i], group+1), sc.said(tr, times[i], group+1)...)
			met.note(ts, doc.Sentences[i].Paragraph)
			if len(ts) > 0 {
				if !tr.mutual && !ts[0].Relation.Info().Symmetric {
					last.by = tr.subject
				}
				group++
				out = append(out, ts...)
				now = append(now, slices.Repeat([]bool{sc.present(tr)}, len(ts))...)
			}
		}
	}
	same(out, now)
	return append(out, ties(doc)...)
}

// asks reports whether a sentence is a question: it tells nothing.
func asks(s *extract.Sentence) bool {
	for i := len(s.Tokens) - 1; i >= 0; i-- {
		switch s.Tokens[i].Text {
		case "?":
			return true
		case "\"", "''", ")", "'":
		default:
			return false
		}
	}
	return false
}

func bySentence(doc *extract.Doc) (mentions, times [][]int) {
	mentions, times = make([][]int, len(doc.Sentences)), make([][]int, len(doc.Sentences))
	for i := range doc.Mentions {
		mentions[doc.Mentions[i].Sentence] = append(mentions[doc.Mentions[i].Sentence], i)
	}
	for i := range doc.Times {
		times[doc.Times[i].Sentence] = append(times[doc.Times[i].Sentence], i)
	}
	return mentions, times
}

// triples are what tr says, one for each pair of its parties.
func (sc *scene) triples(tr *trigger, times []int, group int) []schema.Triple {
	rel := tr.relation()
	if rel == "" || !tr.complete() || tr.swallowed() {
		return nil
	}
	m := sc.mood(tr)
	st := m.status()
	if st == schema.Negated {
		if rel, st = refused(rel, m); rel == "" {
			return nil
		}
	}
	if tr.row.Op == OpWill {
		if st != schema.Future && st != schema.Hypothetical {
			return nil
		}
		st = schema.Asserted
	}
	date, basis := sc.date(tr, times, st)
	if p := sc.doc.Article.Published; st == schema.Asserted && date != "" && p != "" && date.First().After(p.Last()) {
		st = schema.Future
	}
	if date == "" {
		date, basis = sc.met.lend(sc, tr, st)
	}
	if date == "" && sc.doc.Article.Published != "" {
		basis = schema.ReportedOnly
	}
	said := sc.speaker(tr)
	who := said
	if who.id == "" && !rel.Info().Symmetric {
		who = sc.author
	}
	ev := schema.Evidence{
		Start: sc.s.Start, End: sc.s.End, Quote: sc.doc.Article.Text[sc.s.Start:sc.s.End], Status: st, Speaker: said.name(), Mode: tr.modeOf(rel),
		Contexts: tr.row.Contexts, Basis: basis, Group: group, Rule: tr.rule(), Confidence: sc.confidence(tr),
	}
	var out []schema.Triple
	for _, p := range tr.pairs() {
		p[0].agent = spokesman(tr, rel, st, p[0], who)
		if !sc.crossBorder(p[0].id, p[1].id) || rel == schema.CONSULT && (sc.people(p[0]) || sc.people(p[1])) || travels(tr) && !sc.official(p[0]) {
			continue
		}
		e := ev
		e.Agent, e.ObjectAgent = p[0].agent, p[1].agent
		t := schema.New(p[0].id, rel, p[1].id, "", date, sc.doc.Article.Published, sc.doc.Article.ID)
		if t.Subject != p[0].id {
			e.Agent, e.ObjectAgent = e.ObjectAgent, e.Agent
		}
		if rel.Info().Symmetric && !tr.mutual {
			e.Initiator = p[0].id
		}
		t.Evidence = []schema.Evidence{e}
		out = append(out, t)
	}
	return out
}

// refused is what an act that is negated comes to: who will not do another a favour rejects it; words that were not spoken and what would not
// happen under a condition are nothing; the rest is an act that did not happen.
func refused(r schema.Relation, m mood) (schema.Relation, schema.Status) {
	info := r.Info()
	switch {
	case m.hypothetical && !m.denied:
		return "", schema.Negated
	case m.denied || info.Quad == schema.MaterialConflict:
		return r, schema.Negated
	case m.future || m.would:
		if info.Score > 0 {
			return schema.REJECT, schema.Asserted
		}
		return r, schema.Negated
	case info.Quad == schema.VerbalConflict || info.Quad == schema.VerbalCooperation && r != schema.CONSULT:
		return "", schema.Negated
	}
	return r, schema.Negated
}

// spokesman is the person through whom p acts: where none is named and someone who speaks for p says what p says, or says what p is going to do,
// it is the speaker.
func spokesman(tr *trigger, rel schema.Relation, st schema.Status, p, speaker party) string {
	quad := rel.Info().Quad
	words := quad == schema.VerbalCooperation || quad == schema.VerbalConflict
	if p.agent == "" && !tr.mutual && speaker.id == p.id && (words || st == schema.Future) {
		return speaker.agent
	}
	return p.agent
}

// pairs are the (subject, object) pairs of the act.
func (tr *trigger) pairs() [][2]party {
	var out [][2]party
	if tr.mutual {
		for i, a := range tr.subject {
			for _, b := range tr.subject[i+1:] {
				out = append(out, [2]party{a, b})
				if !tr.relation().Info().Symmetric {
					out = append(out, [2]party{b, a})
				}
			}
		}
		return out
	}
	for _, a := range tr.subject {
		for _, b := range tr.object {
			if a.id != b.id {
				out = append(out, [2]party{a, b})
			}
		}
	}
	return out
}

// crossBorder reports whether two parties are of different countries: an act of a government on its own people is not ours.
func (sc *scene) crossBorder(a, b string) bool {
	sa, sb := sc.country(a), sc.country(b)
	if sc.doc.Entities[a].Kind == schema.Person || sc.doc.Entities[b].Kind == schema.Person {
		return false
	}
	return a != b && (sa == "" || sb == "" || sa != sb || sc.doc.Entities[a].Kind == schema.Group || sc.doc.Entities[b].Kind == schema.Group)
}

// people reports whether a party is named by its people and not by those who act for it: one does not hold talks with migrants.
func (sc *scene) people(p party) bool {
	if p.agent != "" || p.token < 0 {
		return false
	}
	switch strings.ToLower(sc.lemma(p.token)) {
	case "migrant", "refugee", "immigrant", "tourist", "student", "worker", "citizen", "civilian", "people", "worshiper", "pilgrim", "child", "woman", "man", "family",
		"troop", "troops", "soldier", "peacekeeper", "warship", "vessel", "tanker", "plane", "aircraft", "athlete", "player", "team":
		return true
	}
	return false
}

// travels reports whether tr is a verb of going: a visit where an official goes.
func travels(tr *trigger) bool { return tr.row.Op == OpLight && tr.row.Type == schema.CONSULT }

// official reports whether a party is named by someone who holds an office.
func (sc *scene) official(p party) bool {
	if p.agent != "" || p.token < 0 {
		return p.agent != ""
	}
	switch strings.ToLower(sc.lemma(p.token)) {
	case "minister", "official", "envoy", "delegation", "ambassador", "president", "leader", "diplomat", "negotiator", "secretary", "representative", "chief", "head",
		"premier", "chancellor", "king", "queen", "emir", "sheikh", "sultan", "pope", "prince", "commissioner", "undersecretary", "mission", "counterpart", "lawmaker",
		"senator", "congressman", "governor", "he", "she", "they":
		return true
	}
	return false
}

func (sc *scene) country(id string) string {
	e := sc.doc.Entities[id]
	if e.Kind == schema.State {
		return e.ID
	}
	return e.State
}

// rule names the row, and the operators above it that turned it.
func (tr *trigger) rule() string {
	var name strings.Builder
	name.WriteString(tr.row.Name())
	for _, in := range tr.acts() {
		if tr.row.Op != OpAct && tr.row.Op != OpFact && in.row.Type != "" {
			name.WriteString(" > " + in.row.Name())
			break
		}
	}
	return name.String()
}

// confidence is how far the reading can be trusted, before calibration.
func (sc *scene) confidence(tr *trigger) float64 {
	c := 0.8
	deep := func(ps parties) bool { return slices.ContainsFunc(ps, func(p party) bool { return p.deep }) }
	if deep(tr.subject) {
		c -= 0.15
	}
	if deep(tr.object) {
		c -= 0.15
	}
	if slices.ContainsFunc(tr.object, func(p party) bool { return p.guess }) {
		c -= 0.1
	}
	if sc.s.Margin > 0 {
		c *= 0.7 + 0.3*sc.s.Margin
	}
	return math.Round(100*c) / 100 // two digits, so that no machine's arithmetic shows
}

// ties turns the ties found with the mentions into triples.
func ties(doc *extract.Doc) []schema.Triple {
	var out []schema.Triple
	for i := range doc.Ties {
		t := &doc.Ties[i]
		s := &doc.Sentences[t.Sentence]
		start, end := s.Span(t.First, t.Last)
		tr := schema.New(t.Subject, t.Relation, t.Object, t.Role, "", "", doc.Article.ID)
		st := t.Status
		if st == "" {
			st = schema.Asserted
		}
		tr.Evidence = []schema.Evidence{{
			Start: start, End: end, Quote: doc.Article.Text[start:end], Status: st, From: t.From, To: t.To, Former: t.Former, Rule: t.Rule, Confidence: t.Confidence,
		}}
		out = append(out, tr)
	}
	return out
}

// Trace tells, for every sentence, which predicates were found, who stands around them and what became of them.
func Trace(doc *extract.Doc, lex *Lexicon) string {
	var b strings.Builder
	mend(doc, lex)
	mentions, times := bySentence(doc)
	for i := range doc.Sentences {
		if !doc.Sentences[i].Parsed {
			continue
		}
		sc := newScene(doc, i, mentions[i])
		sc.met = &meeting{}
		sc.detect(lex)
		for _, tr := range sc.triggers {
			sc.resolve(tr)
		}
		for _, tr := range sc.triggers {
			under := ""
			if tr.outer != nil {
				under = " under " + tr.outer.row.Name()
			}
			fmt.Fprintf(&b, "%d:%d %s %s%s: %s %s %s %s, %d triples, swallowed %v\n", i, tr.token, sc.token(tr.token).Text, tr.row.Name(), under,
				tr.subject, tr.relation(), tr.object, sc.status(tr), len(sc.triples(tr, times[i], 1)), tr.swallowed())
		}
	}
	return b.String()
}

func (ps parties) String() string {
	names := make([]string, len(ps))
	for i, p := range ps {
		names[i] = p.name()
	}
	return "[" + strings.Join(names, " ") + "]"
}
