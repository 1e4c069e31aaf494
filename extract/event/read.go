package event

import (
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
// yet normalized; every entity they name is in doc.Entities. Heads that the parser got wrong where the lexicon or the times show it are
// corrected in doc.
func (r *Reader) Read(doc *extract.Doc) []schema.Triple {
	var out []schema.Triple
	var now []bool // per triple: its clause is in the present tense
	r.walk(doc, func(sc *scene, tr *trigger, ts []schema.Triple) {
		out = append(out, ts...)
		now = append(now, slices.Repeat([]bool{sc.present(tr)}, len(ts))...)
	})
	same(out, now)
	return append(out, ties(doc)...)
}

// walk visits the predicates of a document in the order of the text, with the triples that each gives.
func (r *Reader) walk(doc *extract.Doc, visit func(*scene, *trigger, []schema.Triple)) {
	mend(doc, r.lex)
	mentions, times := bySentence(doc)
	group := 0
	var met meeting
	var last deed
	about := counterparts(doc)
	signed := author(doc)
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
			}
			visit(sc, tr, ts)
		}
	}
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
	if tr.why = tr.incomplete(rel); tr.why != "" {
		return nil
	}
	m := sc.mood(tr)
	st := m.status()
	if st == schema.Negated {
		if rel, st = refused(rel, m); rel == "" {
			tr.why = "denied words, or what a condition excludes, are nothing"
			return nil
		}
	}
	if tr.row.Op == OpWill {
		if st != schema.Future && st != schema.Hypothetical {
			tr.why = "an act only where the clause looks ahead"
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
		Contexts: tr.row.Contexts, Basis: basis, Group: group, Rule: tr.rule(), Confidence: sc.confidence(tr, st),
	}
	var out []schema.Triple
	for _, p := range tr.pairs() {
		p[0].agent = spokesman(tr, rel, st, p[0], who)
		if tr.why = sc.domestic(tr, rel, p); tr.why != "" {
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
	case m.hypothetical:
		return "", schema.Negated
	case m.denied || info.Quad == schema.MaterialConflict:
		return r, schema.Negated
	case info.Quad == schema.VerbalConflict:
		return "", schema.Negated
	case m.future || m.would:
		return schema.REJECT, schema.Asserted
	case info.Quad == schema.VerbalCooperation && r != schema.CONSULT:
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

// What the confidence of an act starts from and what takes away from it, set so that it agrees with the share of right acts in gold articles
// (`entente eval --calibration`): of acts with both parties from the tree five of six were right, of those whose recipient was guessed six of ten.
const (
	sureAct      = 0.82
	deepParty    = 0.04 // a party found inside a noun phrase
	guessedParty = 0.18
	notAsserted  = 0.05
	negatedAct   = 0.35
	usualMargin  = 0.4 // of the parser
)

// confidence is how far the reading of an act with that status can be trusted.
func (sc *scene) confidence(tr *trigger, st schema.Status) float64 {
	c := sureAct
	deep := func(ps parties) bool { return slices.ContainsFunc(ps, func(p party) bool { return p.deep }) }
	switch {
	case slices.ContainsFunc(tr.object, func(p party) bool { return p.guess }):
		c -= guessedParty
	case deep(tr.object):
		c -= deepParty
	}
	if deep(tr.subject) {
		c -= deepParty
	}
	switch st {
	case schema.Asserted:
	case schema.Negated:
		c -= negatedAct
	default:
		c -= notAsserted
	}
	if sc.s.Margin > 0 {
		c += 0.1 * (sc.s.Margin - usualMargin)
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
