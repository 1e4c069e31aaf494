package score

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strings"

	"entente/schema"
)

// Sentence is one sentence of a set of gold sentences.
type Sentence struct {
	ID        string          `json:"id"` // "plover_gsr/..." : the set, a slash, the sentence
	Text      string          `json:"text"`
	Date      schema.Date     `json:"date"` // day of the report, where known
	Fictional bool            `json:"fictional"`
	Events    []SentenceEvent `json:"events"`
}

// Set is the name of the set, the part of the id before the first slash.
func (s Sentence) Set() string {
	set, _, _ := strings.Cut(s.ID, "/")
	return set
}

// Article is the sentence as an article of its own, with the same id.
func (s Sentence) Article() schema.Article {
	a := schema.Article{ID: s.ID, Published: s.Date, Source: s.Set(), Text: s.Text, SHA256: schema.Digest(s.Text)}
	if s.Date != "" {
		a.PublishedFrom = "format"
	}
	return a
}

// SentenceEvent is one act that the gold codes in a sentence.
type SentenceEvent struct {
	Pairs      [][2]string       `json:"pairs"`       // (actor, recipient), ids; empty where unknown
	Plover     schema.Relation   `json:"plover"`      // empty where the code has no PLOVER type
	Accept     []schema.Relation `json:"accept"`      // types that are right too
	Optional   bool              `json:"optional"`    // neither demanded nor punished
	CodeScheme string            `json:"code_scheme"` // "CAMEO", or a scheme whose types are not compared
}

// Prediction is what was read in one sentence, in plain PLOVER types.
type Prediction struct {
	ID     string           `json:"id"`
	Events []PredictedEvent `json:"events"`
}

// PredictedEvent is one act; actor or recipient is empty where unknown.
type PredictedEvent struct {
	Actor     string          `json:"actor_id"`
	Relation  schema.Relation `json:"relation"`
	Recipient string          `json:"recipient_id"`
}

// LoadSentences reads sets of gold sentences, one JSON object a line.
func LoadSentences(paths ...string) ([]Sentence, error) {
	var out []Sentence
	for _, path := range paths {
		f, err := os.Open(path)
		if err != nil {
			return nil, fmt.Errorf("gold sentences: %w", err)
		}
		sentences, err := readSentences(f)
		if err = errors.Join(err, f.Close()); err != nil {
			return nil, fmt.Errorf("gold sentences: %s: %w", path, err)
		}
		out = append(out, sentences...)
	}
	return out, nil
}

func readSentences(r io.Reader) ([]Sentence, error) {
	var out []Sentence
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, 16<<20)
	for n := 1; lines.Scan(); n++ {
		if strings.TrimSpace(lines.Text()) == "" {
			continue
		}
		var s Sentence
		if err := json.Unmarshal(lines.Bytes(), &s); err != nil {
			return nil, fmt.Errorf("line %d: %w", n, err)
		}
		if s.ID == "" {
			return nil, fmt.Errorf("line %d: no id", n)
		}
		out = append(out, s)
	}
	return out, lines.Err()
}

// PredictionsFromReading is what a reading of a sentence says in plain PLOVER, the article's id as the sentence's: each event once for each
// type its evidences have there (see [schema.Plover]). Ties have no place in PLOVER and are left out, and so is what is negated:
// coders of PLOVER write down acts, and an act that did not happen is none.
func PredictionsFromReading(r schema.Reading) Prediction {
	p := Prediction{ID: r.Article.ID, Events: []PredictedEvent{}}
	seen := map[PredictedEvent]bool{}
	for _, t := range r.Triples {
		for _, e := range t.Evidence {
			to, _, ok := schema.Plover(t.Relation, e.Mode, e.Status)
			event := PredictedEvent{t.Subject, to, t.Object}
			if !ok || e.Status == schema.Negated || seen[event] {
				continue
			}
			seen[event] = true
			p.Events = append(p.Events, event)
		}
	}
	return p
}

// SentenceOptions says which sentences count; the zero value takes all.
type SentenceOptions struct {
	// CrossBorder keeps the sentences whose every demanded unit names two different known parties, and those without events; predictions
	// without two different parties are left out.
	CrossBorder bool
}

// SentenceReport is the comparison of predictions with gold sentences.
type SentenceReport struct {
	Sentences int `json:"sentences"`
	Typed     int `json:"typed"`     // whose types are compared
	Predicted int `json:"predicted"` // that have a prediction, be it an empty one
	// Measures are type, type-set, quad, quad-set, triple, triple-2, pair, pair-2, pair-undirected-2, detect, in this order: see
	// [ScoreSentences]. A measure with neither gold nor predictions applies to nothing here.
	Measures []Measure `json:"measures"`
	// Judged are the sentences in which "has an event or not" was compared, JudgedRight those where it is right.
	Judged      int `json:"judged"`
	JudgedRight int `json:"judged_right"`
	// Types has one measure a type: in how many sentences it is demanded, read, and right; the most demanded first, then in the order of
	// the vocabulary.
	Types    []Measure         `json:"types"`
	Mistakes []SentenceMistake `json:"mistakes"`
}

// SentenceMistake is a sentence in which something was missed or is wrong.
type SentenceMistake struct {
	ID     string   `json:"id"`
	Text   string   `json:"text"`
	Missed []string `json:"missed,omitempty"` // "ACCUSE USA > IRN", "-" for an unknown party; sorted
	Wrong  []string `json:"wrong,omitempty"`
}

// String is the sentence, then what was missed and what is wrong, each on a line of its own.
func (m SentenceMistake) String() string {
	s := m.ID + ": " + m.Text
	if len(m.Missed) > 0 {
		s += "\n   missed " + strings.Join(m.Missed, ", ")
	}
	if len(m.Wrong) > 0 {
		s += "\n   wrong  " + strings.Join(m.Wrong, ", ")
	}
	return s
}

// Measure is the measure or type of that name, the zero value where there is none.
func (r SentenceReport) Measure(name string) Measure {
	return Report{Measures: r.Measures, Types: r.Types}.Measure(name)
}

// Accuracy is the share of the judged sentences in which it is right whether there is an event.
func (r SentenceReport) Accuracy() float64 { return share(r.JudgedRight, max(1, r.Judged)) }

// String is the figures as a table: precision, recall, F1, and the counts right / predicted / gold.
func (r SentenceReport) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "sentences %d (typed %d), with a prediction line %d\n", r.Sentences, r.Typed, r.Predicted)
	fmt.Fprintf(&b, "%-18s %6s %6s %6s   right/pred/gold\n", "", "P", "R", "F1")
	for _, m := range r.Measures {
		if m.Gold+m.Predicted == 0 {
			continue
		}
		b.WriteString(sentenceLine(18, m))
		if m.Name == "detect" {
			fmt.Fprintf(&b, "  accuracy %.3f", r.Accuracy())
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// PerType is one line for each of Types.
func (r SentenceReport) PerType() string {
	var b strings.Builder
	for _, m := range r.Types {
		fmt.Fprintf(&b, "  %s\n", sentenceLine(12, m))
	}
	return b.String()
}

func sentenceLine(width int, m Measure) string {
	return fmt.Sprintf("%-*s %6.3f %6.3f %6.3f   %d/%d/%d", width, m.Name, m.Precision(), m.Recall(), m.F1(), m.Right, m.Predicted, m.Gold)
}

// unit is one dyad: the parties of a symmetric type are sorted where both are known.
type unit struct {
	relation         schema.Relation
	actor, recipient string
}

func unitOf(r schema.Relation, actor, recipient string) unit {
	if r.Info().Symmetric && actor != "" && recipient != "" && recipient < actor {
		actor, recipient = recipient, actor
	}
	return unit{r, actor, recipient}
}

// String is "ACCUSE USA > IRN", "-" for an unknown party.
func (u unit) String() string {
	dash := func(s string) string {
		if s == "" {
			return "-"
		}
		return s
	}
	return fmt.Sprintf("%s %s > %s", u.relation, dash(u.actor), dash(u.recipient))
}

func (u unit) any() bool  { return u.actor != "" || u.recipient != "" }
func (u unit) both() bool { return u.actor != "" && u.recipient != "" }

// olderNames are type names of PLOVER before version 2.
var olderNames = map[schema.Relation]schema.Relation{"DEMAND": schema.REQUEST, "DISAPPROVE": schema.ACCUSE, "INVESTIGATE": schema.ACCUSE, "FIGHT": schema.ASSAULT}

// demand is one unit of the gold with the types that are right for it.
type demand struct {
	unit   unit
	accept []schema.Relation
}

// excuse is what an optional event of the gold explains: a prediction of one of these types or, where there are none, of this pair.
type excuse struct {
	accept           []schema.Relation
	actor, recipient string
}

// goldUnits are the demanded units of a sentence, each once and in order, and what its optional events excuse.
func goldUnits(s Sentence) (hard []demand, optional []excuse) {
	for _, e := range s.Events {
		pairs := e.Pairs
		if len(pairs) == 0 {
			pairs = [][2]string{{}}
		}
		for _, p := range pairs {
			if e.Plover == "" || e.Optional {
				optional = append(optional, excuse{e.Accept, p[0], p[1]})
				continue
			}
			d := demand{unitOf(e.Plover, p[0], p[1]), append(slices.Clone(e.Accept), e.Plover)}
			if i := slices.IndexFunc(hard, func(h demand) bool { return h.unit == d.unit }); i >= 0 {
				hard[i] = d // a later event of the same unit decides
			} else {
				hard = append(hard, d)
			}
		}
	}
	return hard, optional
}

func predictedUnits(events []PredictedEvent, crossBorder bool) map[unit]bool {
	out := map[unit]bool{}
	for _, e := range events {
		if crossBorder && (e.Actor == "" || e.Recipient == "" || e.Actor == e.Recipient) {
			continue
		}
		r := e.Relation
		if newer, ok := olderNames[r]; ok {
			r = newer
		}
		if r.Info().Quad != "" {
			out[unitOf(r, e.Actor, e.Recipient)] = true
		}
	}
	return out
}

// crossBorder reports whether every demanded unit names two different parties, and there is one.
func crossBorder(hard []demand) bool {
	return len(hard) > 0 && !slices.ContainsFunc(hard, func(d demand) bool { return !d.unit.both() || d.unit.actor == d.unit.recipient })
}

// ScoreSentences compares predictions with gold sentences. Gold and predictions are first turned into units, one for each (actor, type,
// recipient); AGREE, CONSULT and COOPERATE have no order. A sentence without prediction has no event; predictions for other ids are left
// out; several predictions of one id count together. The measures:
//
//	type               types of the units, as often as they stand in the sentence (sets where the gold has no parties)
//	type-set           types of the sentence
//	quad, quad-set     the same for quad classes
//	triple             units with at least one party
//	triple-2           units with both parties
//	pair, pair-2       (actor, recipient) without the type, of units with at least one party, and with both
//	pair-undirected-2  the same without direction
//	detect             the sentence has an event or not
func ScoreSentences(gold []Sentence, predictions []Prediction, o SentenceOptions) SentenceReport {
	events := map[string][]PredictedEvent{}
	for _, p := range predictions {
		events[p.ID] = append(events[p.ID], p.Events...)
		if events[p.ID] == nil {
			events[p.ID] = []PredictedEvent{}
		}
	}
	if o.CrossBorder {
		gold = slices.DeleteFunc(slices.Clone(gold), func(s Sentence) bool {
			hard, _ := goldUnits(s)
			return len(s.Events) > 0 && !crossBorder(hard)
		})
	}
	s := newSentenceScorer(gold)
	for _, g := range gold {
		if events[g.ID] != nil {
			s.report.Predicted++
		}
		s.sentence(g, predictedUnits(events[g.ID], o.CrossBorder))
	}
	return s.finish()
}

var sentenceMeasures = []string{"type", "type-set", "quad", "quad-set", "triple", "triple-2", "pair", "pair-2", "pair-undirected-2", "detect"}

type sentenceScorer struct {
	report    SentenceReport
	measures  map[string]*Measure
	types     map[schema.Relation]*Measure
	withPairs map[string]bool // sets some of whose events name parties
}

func newSentenceScorer(gold []Sentence) *sentenceScorer {
	s := &sentenceScorer{measures: map[string]*Measure{}, types: map[schema.Relation]*Measure{}, withPairs: map[string]bool{}}
	s.report.Sentences = len(gold)
	for _, name := range sentenceMeasures {
		s.measures[name] = &Measure{Name: name}
	}
	for _, g := range gold {
		if hasPairs(g) {
			s.withPairs[g.Set()] = true
		}
	}
	return s
}

func hasPairs(s Sentence) bool {
	return slices.ContainsFunc(s.Events, func(e SentenceEvent) bool { return len(e.Pairs) > 0 })
}

func (s *sentenceScorer) finish() SentenceReport {
	for _, name := range sentenceMeasures {
		s.report.Measures = append(s.report.Measures, *s.measures[name])
	}
	for _, info := range schema.Relations() {
		if m := s.types[info.Relation]; m != nil {
			s.report.Types = append(s.report.Types, *m)
		}
	}
	slices.SortStableFunc(s.report.Types, func(a, b Measure) int { return b.Gold - a.Gold })
	return s.report
}

func (s *sentenceScorer) sentence(g Sentence, read map[unit]bool) {
	hard, optional := goldUnits(g)
	anyRead := len(read) > 0
	read = excused(read, hard, optional)
	read = renamed(read, hard)
	units := make([]unit, len(hard))
	for i, d := range hard {
		units[i] = d.unit
	}
	readUnits := slices.SortedFunc(maps.Keys(read), func(a, b unit) int { return strings.Compare(a.String(), b.String()) })
	typed := len(g.Events) == 0 || slices.ContainsFunc(g.Events, func(e SentenceEvent) bool { return e.CodeScheme == "CAMEO" })
	paired := hasPairs(g) || len(g.Events) == 0 && s.withPairs[g.Set()]
	if typed {
		s.report.Typed++
		s.typesOf(units, readUnits, paired)
		if len(hard) > 0 || len(optional) == 0 {
			s.detect(len(g.Events) > 0, anyRead)
		}
	}
	if paired && !g.Fictional {
		if typed {
			s.count("triple", filter(units, unit.any), filter(readUnits, unit.any))
			s.count("triple-2", filter(units, unit.both), filter(readUnits, unit.both))
		}
		s.pairs(units, readUnits)
	}
	s.mistakes(g, units, readUnits)
}

// excused takes out of read what the optional events of the gold explain, one unit each, of types the gold does not demand.
func excused(read map[unit]bool, hard []demand, optional []excuse) map[unit]bool {
	read = maps.Clone(read)
	demanded := func(r schema.Relation) bool {
		return slices.ContainsFunc(hard, func(d demand) bool { return d.unit.relation == r })
	}
	for _, o := range optional {
		for _, u := range slices.SortedFunc(maps.Keys(read), func(a, b unit) int { return strings.Compare(a.tuple(), b.tuple()) }) {
			samePair := u.actor == o.actor && u.recipient == o.recipient || u.actor == o.recipient && u.recipient == o.actor
			if !demanded(u.relation) && (slices.Contains(o.accept, u.relation) || len(o.accept) == 0 && samePair) {
				delete(read, u)
				break
			}
		}
	}
	return read
}

// tuple is the text by which units are ordered when one of several is excused: an unknown party comes after any known one.
func (u unit) tuple() string {
	part := func(s string) string {
		if s == "" {
			return "None"
		}
		return "'" + s + "'"
	}
	return "('" + string(u.relation) + "', " + part(u.actor) + ", " + part(u.recipient) + ")"
}

// renamed gives a unit the gold's type where the gold accepts several.
func renamed(read map[unit]bool, hard []demand) map[unit]bool {
	out := map[unit]bool{}
	for u := range read {
		demanded := slices.ContainsFunc(hard, func(d demand) bool { return d.unit.relation == u.relation })
		for _, d := range hard {
			if !demanded && slices.Contains(d.accept, u.relation) {
				u.relation = d.unit.relation
				break
			}
		}
		out[u] = true
	}
	return out
}

func (s *sentenceScorer) typesOf(gold, read []unit, paired bool) {
	relation := func(u unit) string { return string(u.relation) }
	quad := func(u unit) string { return string(u.relation.Info().Quad) }
	types, readTypes, quads, readQuads := project(gold, relation), project(read, relation), project(gold, quad), project(read, quad)
	if paired {
		countInto(s.measures["type"], types, readTypes)
		countInto(s.measures["quad"], quads, readQuads)
	} else {
		countInto(s.measures["type"], sortedSet(types...), sortedSet(readTypes...))
		countInto(s.measures["quad"], sortedSet(quads...), sortedSet(readQuads...))
	}
	countInto(s.measures["type-set"], sortedSet(types...), sortedSet(readTypes...))
	countInto(s.measures["quad-set"], sortedSet(quads...), sortedSet(readQuads...))
	for _, t := range sortedSet(slices.Concat(types, readTypes)...) {
		r := schema.Relation(t)
		if s.types[r] == nil {
			s.types[r] = &Measure{Name: t}
		}
		countInto(s.types[r], ifIn(t, types), ifIn(t, readTypes))
	}
}

func ifIn(t string, types []string) []string {
	if slices.Contains(types, t) {
		return []string{t}
	}
	return nil
}

func (s *sentenceScorer) detect(gold, read bool) {
	one := func(yes bool) []string {
		if yes {
			return []string{"event"}
		}
		return nil
	}
	countInto(s.measures["detect"], one(gold), one(read))
	s.report.Judged++
	if gold == read {
		s.report.JudgedRight++
	}
}

// pairs compares the parties without the type. Symmetric types carry no direction: a pair that was read takes the gold's order where the
// gold has it reversed and the type on either side is symmetric.
func (s *sentenceScorer) pairs(gold, read []unit) {
	pairSet := func(us []unit, of func(unit) (string, string)) []string {
		return sortedSet(project(us, func(u unit) string {
			a, b := of(u)
			return a + "\x00" + b
		})...)
	}
	directed := func(u unit) (string, string) { return u.actor, u.recipient }
	known := filter(gold, unit.any)
	has := func(actor, recipient string) bool {
		return slices.ContainsFunc(known, func(u unit) bool { return u.actor == actor && u.recipient == recipient })
	}
	turned := func(u unit) (string, string) {
		symmetric := u.relation.Info().Symmetric || slices.ContainsFunc(known, func(g unit) bool {
			return g.relation.Info().Symmetric && (g.actor == u.actor && g.recipient == u.recipient || g.actor == u.recipient && g.recipient == u.actor)
		})
		if symmetric && !has(u.actor, u.recipient) && has(u.recipient, u.actor) {
			return u.recipient, u.actor
		}
		return u.actor, u.recipient
	}
	unordered := func(u unit) (string, string) { return min(u.actor, u.recipient), max(u.actor, u.recipient) }
	countInto(s.measures["pair"], pairSet(known, directed), pairSet(filter(read, unit.any), turned))
	countInto(s.measures["pair-2"], pairSet(filter(gold, unit.both), directed), pairSet(filter(read, unit.both), turned))
	countInto(s.measures["pair-undirected-2"], pairSet(filter(gold, unit.both), unordered), pairSet(filter(read, unit.both), unordered))
}

func (s *sentenceScorer) count(name string, gold, read []unit) {
	countInto(s.measures[name], project(gold, unit.String), project(read, unit.String))
}

func (s *sentenceScorer) mistakes(g Sentence, gold, read []unit) {
	m := SentenceMistake{ID: g.ID, Text: g.Text}
	for _, u := range gold {
		if !slices.Contains(read, u) {
			m.Missed = append(m.Missed, u.String())
		}
	}
	for _, u := range read {
		if !slices.Contains(gold, u) {
			m.Wrong = append(m.Wrong, u.String())
		}
	}
	slices.Sort(m.Missed)
	if len(m.Missed)+len(m.Wrong) > 0 {
		s.report.Mistakes = append(s.report.Mistakes, m)
	}
}

// countInto adds two multisets to a measure: what they have in common is right.
func countInto(m *Measure, gold, read []string) {
	left := map[string]int{}
	for _, g := range gold {
		left[g]++
	}
	right := 0
	for _, r := range read {
		if left[r] > 0 {
			left[r]--
			right++
		}
	}
	m.add(len(gold), len(read), right)
}

func filter(us []unit, keep func(unit) bool) []unit {
	return slices.DeleteFunc(slices.Clone(us), func(u unit) bool { return !keep(u) })
}

func project(us []unit, to func(unit) string) []string {
	out := make([]string, len(us))
	for i, u := range us {
		out[i] = to(u)
	}
	return out
}
