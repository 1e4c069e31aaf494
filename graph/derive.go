package graph

import (
	"cmp"
	"iter"
	"maps"
	"math"
	"slices"
	"time"

	"entente/schema"
)

// undatedDays is how many days, up to and including the day of its report, an act without a date may lie in when its status is derived.
// Most news is of the last days, follow-ups of the last weeks. Were an undated act anywhere before its report, one undated denial would
// dispute every act of that kind between two parties in a whole decade; were it on the day of the report alone, a denial on Monday would
// not meet the accusation of Sunday.
const undatedDays = 31

// Statement is an evidence with the triple that it is for and the article that it stands in: what the graph is derived from.
type Statement struct {
	Triple   schema.Triple // identity only: its Evidence is nil
	Evidence Evidence
}

// Statements lists what a reading says, one for each evidence, in the order of the reading, before any decision is applied.
func Statements(r schema.Reading) []Statement {
	var out []Statement
	a := r.Article
	for _, t := range r.Triples {
		identity := t
		identity.Evidence = nil
		for _, e := range t.Evidence {
			out = append(out, Statement{Triple: identity, Evidence: Evidence{
				Evidence: e, Article: a.ID, Extractor: r.Extractor.Name, Published: a.Published, Source: a.Source, Title: a.Title, URL: a.URL,
			}})
		}
	}
	return out
}

// Claim is what evidences agree or disagree about: that a subject did something to an object, whenever it was and in whatever role.
type Claim struct {
	Subject  string
	Relation schema.Relation
	Object   string
}

// ClaimOf is the claim that a triple belongs to.
func ClaimOf(t schema.Triple) Claim { return Claim{t.Subject, t.Relation, t.Object} }

// String is "RUS ACCUSE NATO"; distinct for distinct claims, as ids hold no white space.
func (c Claim) String() string { return c.Subject + " " + string(c.Relation) + " " + c.Object }

// Pair is the two parties of the claim, sorted.
func (c Claim) Pair() (a, b string) { return min(c.Subject, c.Object), max(c.Subject, c.Object) }

// Derive makes the triples of whole claims from their statements, to which decisions have been applied (Merges.Statement). The order of
// statements does not matter; the triples are in the order of Store.Triples. For a part of the graph pass all statements of every claim
// that was touched: no triple depends on the statements of another claim.
func Derive(statements []Statement) []Triple {
	byTriple := map[string][]Statement{}
	for _, s := range statements {
		byTriple[s.Triple.ID] = append(byTriple[s.Triple.ID], s)
	}
	byClaim := map[Claim][]int{}
	triples := make([]Triple, 0, len(byTriple))
	standings := make([]Standing, 0, len(byTriple))
	for _, ss := range byTriple {
		t := DeriveTriple(ss)
		c := ClaimOf(t.Triple)
		byClaim[c] = append(byClaim[c], len(triples))
		triples = append(triples, t)
		standings = append(standings, StandingOf(t))
	}
	for _, members := range byClaim {
		of := make([]Standing, len(members))
		for i, m := range members {
			of[i] = standings[m]
		}
		for i, status := range Statuses(of) {
			triples[members[i]].Status = status
		}
	}
	slices.SortFunc(triples, Compare)
	return triples
}

// DeriveTriple makes a triple from all statements about it (at least one, all of one triple), but for its Status, which depends on the
// other triples of the claim too: see Statuses.
func DeriveTriple(statements []Statement) Triple {
	t := Triple{Triple: statements[0].Triple}
	t.Triple.Evidence = nil
	statements = slices.Clone(statements)
	slices.SortFunc(statements, func(a, b Statement) int { return CompareEvidence(a.Evidence, b.Evidence) })
	best := map[string]float64{}
	modes := map[string]int{}
	source := sources(statements)
	for i, s := range statements {
		e := s.Evidence
		t.Evidences = append(t.Evidences, e)
		best[source[i]] = max(best[source[i]], e.Confidence)
		if e.Mode != "" {
			modes[e.Mode]++
		}
		t.Contexts = append(t.Contexts, e.Contexts...)
		t.Mediators = append(t.Mediators, e.Mediators...)
		if e.Place != "" {
			t.Places = append(t.Places, e.Place)
		}
		if basisRank(e.Basis) > basisRank(t.Basis) {
			t.Basis = e.Basis
		}
	}
	t.Contexts, t.Mediators, t.Places = set(t.Contexts), set(t.Mediators), set(t.Places)
	t.Mode = mostFrequent(modes)
	info := t.Relation.Info()
	t.Score = info.ScoreOf(t.Mode)
	t.Sources = len(best)
	t.Confidence = together(best)
	if info.Tie {
		t.deriveTie()
	}
	return t
}

// together is 1 - the product of (1 - c): how sure independent sources make us. The keys are sorted, as the product of floating-point
// numbers depends on their order.
func together(best map[string]float64) float64 {
	wrong := 1.0
	for _, key := range slices.Sorted(maps.Keys(best)) {
		wrong *= 1 - best[key]
	}
	return 1 - wrong
}

// mostFrequent is the key of the highest count, the first by name where several have it. Evidences without a mode do not vote: a source
// that leaves out how something was done does not contradict one that tells it.
func mostFrequent(counts map[string]int) string {
	mode := ""
	for _, m := range slices.Sorted(maps.Keys(counts)) {
		if counts[m] > counts[mode] {
			mode = m
		}
	}
	return mode
}

// deriveTie fills in since when and until when a tie was, as far as evidences say so, and when it was seen. Only an evidence that asserts
// the tie for the time of its article has seen it.
func (t *Triple) deriveTie() {
	var from, to, seen []schema.Date
	for _, e := range t.Evidences {
		if e.Status != schema.Asserted {
			continue
		}
		from, to = appendDate(from, e.From), appendDate(to, e.To)
		if !e.Former {
			seen = appendDate(seen, e.Published)
		}
	}
	t.From, t.To = earliest(finest(from)), latest(finest(to))
	t.FirstSeen, t.LastSeen = earliest(seen), latest(seen)
}

func appendDate(dates []schema.Date, d schema.Date) []schema.Date {
	if d == "" {
		return dates
	}
	return append(dates, d)
}

// finest leaves out the dates that only say less exactly what another says: 2009 beside 2009-03-12. Repetitions are left out too. A tie that
// thousands of articles state has few dates, and they need not be compared each with each.
func finest(dates []schema.Date) []schema.Date {
	dates = slices.Clone(dates)
	slices.Sort(dates)
	dates = slices.Compact(dates)
	type span struct {
		first, last int
		date        schema.Date
	}
	spans := make([]span, len(dates))
	for i, d := range dates {
		spans[i] = span{dayNumber(d.First()), dayNumber(d.Last()), d}
	}
	// Those that begin later go before, and of those that begin together the shorter: all that a date can contain is behind it.
	slices.SortFunc(spans, func(a, b span) int { return cmp.Or(cmp.Compare(b.first, a.first), cmp.Compare(a.last, b.last)) })
	ends := math.MaxInt // the earliest end of those seen that are not the same days
	var out []schema.Date
	for i := 0; i < len(spans); {
		s := spans[i]
		for ; i < len(spans) && spans[i].first == s.first && spans[i].last == s.last; i++ {
			if ends > s.last {
				out = append(out, spans[i].date)
			}
		}
		ends = min(ends, s.last)
	}
	return out
}

func earliest(dates []schema.Date) schema.Date {
	if len(dates) == 0 {
		return ""
	}
	return slices.MinFunc(dates, func(a, b schema.Date) int { return cmp.Or(a.First().Compare(b.First()), cmp.Compare(a, b)) })
}

func latest(dates []schema.Date) schema.Date {
	if len(dates) == 0 {
		return ""
	}
	return slices.MaxFunc(dates, func(a, b schema.Date) int { return cmp.Or(a.Last().Compare(b.Last()), cmp.Compare(a, b)) })
}

func basisRank(b schema.Basis) int {
	return slices.Index([]schema.Basis{schema.NoBasis, schema.ReportedOnly, schema.Relative, schema.Explicit}, b)
}

// set sorts ids and leaves out repetitions; nil where there are none.
func set(ids []string) []string {
	slices.Sort(ids)
	return slices.Compact(ids)
}

// Says is the set of the statuses that the evidences of a triple have.
type Says uint8

// The members of Says.
const (
	SaysAsserted Says = 1 << iota
	SaysNegated
	SaysFuture
	SaysHypothetical
)

// Standing is what the status of a triple and of the others of its claim depends on.
type Standing struct {
	First, Last int // days on which the act may have been, both included, counted from 1970-01-01
	Says        Says
}

// The days of an act that may have been at any time.
const (
	firstDay = math.MinInt32
	lastDay  = math.MaxInt32
)

// StandingOf is the standing of a triple with the evidences it holds.
func StandingOf(t Triple) Standing {
	s := Standing{First: firstDay, Last: lastDay}
	switch {
	case t.Date != "":
		s.First, s.Last = dayNumber(t.Date.First()), dayNumber(t.Date.Last())
	case t.Reported != "":
		s.First, s.Last = dayNumber(t.Reported.First())-undatedDays+1, dayNumber(t.Reported.Last())
	}
	for _, e := range t.Evidences {
		s.Says |= saysOf(e.Status)
	}
	return s
}

func saysOf(status schema.Status) Says {
	if i := slices.Index(schema.EvidenceStatuses(), status); i >= 0 {
		return 1 << i
	}
	return 0
}

func dayNumber(t time.Time) int { return int(t.Unix() / (24 * 60 * 60)) }

// Statuses derives the status of every triple of one claim from the standings of all of them: a triple's status follows from its own
// evidences and those of the triples whose days it shares.
//
//	any asserted, none negated        asserted
//	asserted and negated              disputed
//	only negated                      denied
//	else future before hypothetical   planned, hypothetical
func Statuses(claim []Standing) []schema.Status {
	var said [4][]Standing
	for i := range said {
		said[i] = union(claim, 1<<i)
	}
	out := make([]schema.Status, len(claim))
	for i, s := range claim {
		for bit := range said {
			if overlapsAny(said[bit], s) {
				s.Says |= 1 << bit
			}
		}
		out[i] = s.Says.status()
	}
	return out
}

func (s Says) status() schema.Status {
	switch {
	case s&SaysAsserted != 0 && s&SaysNegated != 0:
		return schema.Disputed
	case s&SaysAsserted != 0:
		return schema.Asserted
	case s&SaysNegated != 0:
		return schema.Denied
	case s&SaysFuture != 0:
		return schema.Planned
	}
	return schema.Hypothetical
}

// union is the days of all standings that say what is asked, as disjoint intervals in their order.
func union(claim []Standing, says Says) []Standing {
	var out []Standing
	for _, s := range claim {
		if s.Says&says != 0 {
			out = append(out, s)
		}
	}
	slices.SortFunc(out, func(a, b Standing) int { return cmp.Compare(a.First, b.First) })
	n := 0
	for _, s := range out {
		if n > 0 && s.First <= out[n-1].Last {
			out[n-1].Last = max(out[n-1].Last, s.Last)
			continue
		}
		out[n] = s
		n++
	}
	return out[:n]
}

func overlapsAny(disjoint []Standing, s Standing) bool {
	i, _ := slices.BinarySearchFunc(disjoint, s.First, func(d Standing, first int) int { return cmp.Compare(d.Last, first) })
	return i < len(disjoint) && disjoint[i].First <= s.Last
}

// Edge reports whether the triple is drawn as an edge between its parties: planned, hypothetical and denied ones are not.
func (t Triple) Edge() bool { return t.Status == schema.Asserted || t.Status == schema.Disputed }

// Compare is the order of Store.Triples: by the first day of When, then by String, those without When last.
func Compare(a, b Triple) int {
	return cmp.Or(compareDays(a.When(), b.When()), cmp.Compare(a.Triple.String(), b.Triple.String()), cmp.Compare(a.ID, b.ID))
}

// SortKey is a string whose byte order is the order of Store.Triples; it is unique among the triples of a store.
func SortKey(t schema.Triple) string {
	day := "~" // after every digit
	if when := t.When(); when != "" {
		day = string(schema.Day(when.First()))
	}
	return day + " " + t.String()
}

// CompareEvidence is the order of Triple.Evidences: by the first day of publication (unknown ones last), article, span, and what else differs.
func CompareEvidence(a, b Evidence) int {
	return cmp.Or(compareDays(a.Published, b.Published), cmp.Compare(a.Article, b.Article), schema.CompareEvidence(a.Evidence, b.Evidence),
		cmp.Compare(a.Extractor, b.Extractor), cmp.Compare(a.ID, b.ID))
}

// SortEvidences brings the evidences of a triple into their order.
func SortEvidences(es []Evidence) { slices.SortFunc(es, CompareEvidence) }

// compareDays orders dates by their first day, unknown ones last.
func compareDays(a, b schema.Date) int {
	if a == "" || b == "" {
		return cmp.Compare(min(len(b), 1), min(len(a), 1))
	}
	return a.First().Compare(b.First())
}

// Dyad sums up the events between two parties, in both directions, that have an edge. Ties are not events.
type Dyad struct {
	A      string      `json:"a"` // A < B
	B      string      `json:"b"`
	Events int         `json:"events"`
	Net    float64     `json:"net"`             // sum of the scores
	Coop   float64     `json:"coop"`            // sum of those above 0
	Conf   float64     `json:"conf"`            // sum of those below 0
	First  schema.Date `json:"first,omitempty"` // first and last day of When, empty where no event has one
	Last   schema.Date `json:"last,omitempty"`
}

// Add counts t in if it is an event with an edge, and reports whether it is. That t is between A and B is for the caller to see to.
func (d *Dyad) Add(t Triple) bool {
	if !t.Edge() || t.Relation.Info().Tie {
		return false
	}
	d.Events++
	d.Net += t.Score
	d.Coop += max(t.Score, 0)
	d.Conf += min(t.Score, 0)
	if when := t.When(); when != "" {
		first, last := schema.Day(when.First()), schema.Day(when.Last())
		if d.First == "" || first < d.First {
			d.First = first
		}
		d.Last = max(d.Last, last)
	}
	return true
}

// Dyads sums up derived triples, in the order of A and B. A pair without an event that has an edge has no dyad.
func Dyads(triples iter.Seq[Triple]) []Dyad {
	type pair struct{ a, b string }
	sums := map[pair]Dyad{}
	for t := range triples {
		a, b := ClaimOf(t.Triple).Pair()
		d, ok := sums[pair{a, b}]
		if !ok {
			d = Dyad{A: a, B: b}
		}
		if d.Add(t) {
			sums[pair{a, b}] = d
		}
	}
	return slices.SortedFunc(maps.Values(sums), func(a, b Dyad) int { return cmp.Or(cmp.Compare(a.A, b.A), cmp.Compare(a.B, b.B)) })
}
