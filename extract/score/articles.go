package score

import (
	"cmp"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"entente/schema"
)

// Report is the comparison of readings with gold.
type Report struct {
	// Measures are events, ties, all triples, pair + quad class, and pair (these two of events, without direction).
	Measures []Measure `json:"measures"`
	// Details are date, status, agent and evidence: how many of the right triples have them right too.
	Details []Detail `json:"details"`
	// Types has one measure for each relation that the gold demands or that was read, in the order of the vocabulary, unknown ones last.
	Types []Measure `json:"types"`
	// Articles has one measure an article, of all triples, in the order of the gold.
	Articles []Measure `json:"articles"`
	// Unread are the articles of the gold without a reading: all their lines count as missed.
	Unread []string `json:"unread,omitempty"`
	// Mistakes are the missed and the wrong keys, by article, the missed first, sorted.
	Mistakes []Mistake `json:"mistakes"`
}

// Detail is a share of the right triples.
type Detail struct {
	Name  string `json:"name"`
	Right int    `json:"right"`
	Of    int    `json:"of"`
}

// Share is Right of Of, 0 where Of is.
func (d Detail) Share() float64 { return share(d.Right, d.Of) }

// String is "date right               0.750  (3 of 4 on right triples)".
func (d Detail) String() string {
	return fmt.Sprintf("%-24s %.3f  (%d of %d on right triples)", d.Name, d.Share(), d.Right, d.Of)
}

// Mistake is a key that was missed or is wrong, with the passages behind it.
type Mistake struct {
	Article string `json:"article"`
	Key     Key    `json:"key"`
	Wrong   bool   `json:"wrong"` // read but not in the gold; else in the gold and not read
	// Near says what the other side has in its place, where there is something close: the same triple with other polarity, the
	// other direction, another relation of the pair, in this order.
	Near string `json:"near,omitempty"`
	// Passages are the lines of the gold, or the evidences that were read.
	Passages []Passage `json:"passages"`
}

// Passage is what one line of gold or one evidence says.
type Passage struct {
	Date       schema.Date   `json:"date,omitempty"`
	Status     schema.Status `json:"status"`
	Agents     []string      `json:"agents,omitempty"`
	Quote      string        `json:"quote"`
	Line       int           `json:"line,omitempty"`       // of the gold file, 1-based
	Rule       string        `json:"rule,omitempty"`       // of an evidence
	Confidence float64       `json:"confidence,omitempty"` // of an evidence
}

// String is the mistake on one line, then each passage on a line of its own.
//
//	missed   seed: RUS ACCUSE NATO  (read: RUS REJECT NATO)
//	    - asserted [line 4] "Moscow’s criticism of alliance plans"
func (m Mistake) String() string {
	var b strings.Builder
	kind, side := "missed", "read"
	if m.Wrong {
		kind, side = "wrong", "gold"
	}
	fmt.Fprintf(&b, "%-8s %s: %s", kind, m.Article, m.Key)
	if m.Near != "" {
		fmt.Fprintf(&b, "  (%s: %s)", side, m.Near)
	}
	for _, p := range m.Passages {
		fmt.Fprintf(&b, "\n    %s", p)
	}
	return b.String()
}

// String is date (or "-"), status, persons, then line or rule with confidence in brackets, and the quote.
func (p Passage) String() string {
	f := []string{cmp.Or(string(p.Date), "-"), string(p.Status)}
	f = append(f, p.Agents...)
	switch {
	case p.Line != 0:
		f = append(f, fmt.Sprintf("[line %d]", p.Line))
	case p.Rule != "" && p.Confidence != 0:
		f = append(f, fmt.Sprintf("[%s %.2f]", p.Rule, p.Confidence))
	case p.Rule != "":
		f = append(f, "["+p.Rule+"]")
	}
	return strings.Join(append(f, fmt.Sprintf("%q", squeeze(p.Quote))), " ")
}

// String is the figures, one a line: the measures, then the details.
func (r Report) String() string {
	var b strings.Builder
	for _, m := range r.Measures {
		fmt.Fprintln(&b, m)
	}
	for _, d := range r.Details {
		fmt.Fprintln(&b, d)
	}
	return b.String()
}

// Measure is the measure or type of that name, the zero value where there is none.
func (r Report) Measure(name string) Measure {
	for _, m := range slices.Concat(r.Measures, r.Types) {
		if m.Name == name {
			return m
		}
	}
	return Measure{}
}

// Detail is the detail of that name, the zero value where there is none.
func (r Report) Detail(name string) Detail {
	for _, d := range r.Details {
		if d.Name == name {
			return d
		}
	}
	return Detail{}
}

// view is one way to count: which keys, and what of them is compared.
type view struct {
	name string
	keep func(Key) bool
	conv func(Key) string
}

var views = []view{
	{"events", isEvent, whole},
	{"ties", func(k Key) bool { return !isEvent(k) }, whole},
	{"all triples", func(Key) bool { return true }, whole},
	{"pair + quad class", isEvent, func(k Key) string {
		quad := cmp.Or(string(k.Relation.Info().Quad), string(k.Relation))
		return fmt.Sprintf("%s\x00%s\x00%t", pairOf(k), quad, k.Negated)
	}},
	{"pair", isEvent, pairOf},
}

func isEvent(k Key) bool { return !k.Relation.Info().Tie }

func whole(k Key) string {
	return fmt.Sprintf("%s\x00%s\x00%s\x00%t", k.Subject, k.Relation, k.Object, k.Negated)
}

// pairOf is the two parties without order.
func pairOf(k Key) string { return min(k.Subject, k.Object) + "\x00" + max(k.Subject, k.Object) }

// Score compares readings with gold. Several readings of one article count together; readings of articles that the gold has not are
// left out. A triple without evidence counts as asserted.
func Score(gold *Gold, readings []schema.Reading) Report {
	triples := triplesByArticle(readings)
	s := scorer{measures: make([]Measure, len(views)), types: map[schema.Relation]*Measure{}}
	for i, v := range views {
		s.measures[i].Name = v.name
	}
	for _, name := range []string{"date right", "status right", "agent right", "evidence right"} {
		s.report.Details = append(s.report.Details, Detail{Name: name})
	}
	for _, a := range gold.Articles {
		ts, read := triples[a.ID]
		if !read {
			s.report.Unread = append(s.report.Unread, a.ID)
		}
		s.article(newComparison(a, ts))
	}
	if len(gold.Articles) > 0 {
		s.report.Measures = s.measures
	}
	for _, info := range schema.Relations() {
		if m := s.types[info.Relation]; m != nil {
			s.report.Types = append(s.report.Types, *m)
		}
	}
	for _, r := range slices.Sorted(maps.Keys(s.types)) {
		if !r.Valid() {
			s.report.Types = append(s.report.Types, *s.types[r])
		}
	}
	return s.report
}

func triplesByArticle(readings []schema.Reading) map[string][]schema.Triple {
	m := map[string][]schema.Triple{}
	for _, r := range readings {
		m[r.Article.ID] = append(m[r.Article.ID], r.Triples...)
	}
	return m
}

// comparison is one article's gold beside what was read there, in the same names.
type comparison struct {
	article GoldArticle
	lines   map[Key][]Line
	want    map[Key]bool // demanded
	maybe   map[Key]bool // only optional
	got     map[Key][]Passage
}

func newComparison(a GoldArticle, triples []schema.Triple) comparison {
	c := comparison{article: a, lines: map[Key][]Line{}, want: map[Key]bool{}, maybe: map[Key]bool{}, got: map[Key][]Passage{}}
	ids := map[string]bool{}
	for _, l := range a.Lines {
		c.lines[l.Key] = append(c.lines[l.Key], l)
		if !l.Optional {
			c.want[l.Key] = true
		}
		for _, id := range append(l.agents(), l.Key.Subject, l.Key.Object) {
			ids[id] = true
		}
	}
	for _, l := range a.Lines {
		if l.Optional && !c.want[l.Key] {
			c.maybe[l.Key] = true
		}
	}
	names := namesOf(ids)
	for _, t := range triples {
		subject, object := names.rename(t.Subject), names.rename(t.Object)
		evidence := t.Evidence
		if len(evidence) == 0 {
			evidence = []schema.Evidence{{}}
		}
		for _, e := range evidence {
			status := cmp.Or(e.Status, schema.Asserted)
			k := KeyOf(subject, t.Relation, object, status)
			c.got[k] = append(c.got[k], Passage{
				Date: t.Date, Status: status, Agents: names.renameAll(e.Agent, e.ObjectAgent), Quote: e.Quote, Rule: cmp.Or(e.Rule, e.Model), Confidence: e.Confidence,
			})
		}
	}
	return c
}

type scorer struct {
	report   Report
	measures []Measure
	types    map[schema.Relation]*Measure
}

func (s *scorer) article(c comparison) {
	for i, v := range views {
		s.measures[i].add(c.count(v))
	}
	own := Measure{Name: c.article.ID}
	seen := map[schema.Relation]bool{}
	for _, keys := range []map[Key]bool{c.want, keySet(c.got)} {
		for k := range keys {
			seen[k.Relation] = true
		}
	}
	for r := range seen {
		of := view{keep: func(k Key) bool { return k.Relation == r }, conv: whole}
		gold, predicted, right := c.count(of)
		if gold+predicted == 0 {
			continue
		}
		if s.types[r] == nil {
			s.types[r] = &Measure{Name: string(r)}
		}
		s.types[r].add(gold, predicted, right)
		own.add(gold, predicted, right)
	}
	s.report.Articles = append(s.report.Articles, own)
	for k := range c.want {
		if c.got[k] != nil {
			s.details(c.lines[k], c.got[k])
		}
	}
	s.report.Mistakes = append(s.report.Mistakes, c.mistakes()...)
}

// count is how many distinct things of a view are demanded, read, and right.
func (c comparison) count(v view) (gold, predicted, right int) {
	want, maybe, got := v.of(c.want), v.of(c.maybe), v.of(keySet(c.got))
	for x := range got {
		if want[x] {
			right++
			predicted++
		} else if !maybe[x] {
			predicted++
		}
	}
	return len(want), predicted, right
}

func (v view) of(keys map[Key]bool) map[string]bool {
	out := map[string]bool{}
	for k := range keys {
		if v.keep(k) {
			out[v.conv(k)] = true
		}
	}
	return out
}

func keySet[V any](m map[Key]V) map[Key]bool {
	out := make(map[Key]bool, len(m))
	for k := range m {
		out[k] = true
	}
	return out
}

// details counts date, status, agent and evidence of one right key. Lines and evidences are aligned one to one; what is left over on
// either side is wrong.
func (s *scorer) details(lines []Line, got []Passage) {
	firm := 0
	agents, quoted := false, false
	for _, l := range lines {
		if !l.Optional {
			firm++
		}
		agents = agents || len(l.agents()) > 0
		quoted = quoted || l.Quote != ""
	}
	var distinct []Passage // in date, status and persons
	seen := map[string]bool{}
	for _, p := range got {
		same := fmt.Sprintf("%s\x00%s\x00%q", p.Date, p.Status, p.Agents)
		if !seen[same] {
			seen[same] = true
			distinct = append(distinct, p)
		}
		agents = agents || len(p.Agents) > 0
	}
	n := max(firm, len(distinct))
	add := func(i, of, right int) {
		s.report.Details[i].Of += of
		s.report.Details[i].Right += right
	}
	if isEvent(lines[0].Key) {
		add(0, n, align(lines, distinct, func(l Line, p Passage) bool { return sameDate(string(l.Date), string(p.Date)) }))
	}
	add(1, n, align(lines, distinct, func(l Line, p Passage) bool { return l.Status == p.Status }))
	if agents {
		add(2, n, align(lines, distinct, func(l Line, p Passage) bool { return sameAgents(l.agents(), p.Agents) }))
	}
	if quoted {
		right := 0
		if slices.ContainsFunc(lines, func(l Line) bool {
			return slices.ContainsFunc(got, func(p Passage) bool { return sameQuote(l.Quote, p.Quote) })
		}) {
			right = 1
		}
		add(3, 1, right)
	}
}

// align is how many pairs of a line and a passage agree, each used once: greedy, lines with the fewest partners first.
func align(lines []Line, passages []Passage, same func(Line, Passage) bool) int {
	partners := func(l Line) int {
		n := 0
		for _, p := range passages {
			if same(l, p) {
				n++
			}
		}
		return n
	}
	order := slices.Clone(lines)
	slices.SortStableFunc(order, func(a, b Line) int { return partners(a) - partners(b) })
	used := make([]bool, len(passages))
	n := 0
	for _, l := range order {
		for i, p := range passages {
			if !used[i] && same(l, p) {
				used[i] = true
				n++
				break
			}
		}
	}
	return n
}

// sameDate reports whether a date is the gold's, to the gold's precision; of two ranges the first day decides.
func sameDate(gold, read string) bool {
	if gold == "" || read == "" {
		return gold == read
	}
	if strings.HasPrefix(read, gold) {
		return true
	}
	first, _, isRange := strings.Cut(gold, "/")
	readFirst, _, readRange := strings.Cut(read, "/")
	return isRange && readRange && first == readFirst
}

// sameAgents reports whether the two have a person in common, or both have none.
func sameAgents(gold, read []string) bool {
	if len(gold) == 0 && len(read) == 0 {
		return true
	}
	return slices.ContainsFunc(gold, func(id string) bool { return slices.Contains(read, id) })
}

// sameQuote reports whether half of the gold's words are quoted, in a quote of at most 80 words or four times the gold's.
func sameQuote(gold, read string) bool {
	g, p := words(gold), words(read)
	if len(g) == 0 || len(p) > max(80, 4*len(g)) {
		return false
	}
	counts := map[string]int{}
	for _, w := range p {
		counts[w]++
	}
	common := 0
	for _, w := range g {
		if counts[w] > 0 {
			counts[w]--
			common++
		}
	}
	return 2*common >= len(g)
}

// words are the runs of letters, digits and underscores of s in lower case.
func words(s string) []string {
	s = strings.ToLower(strings.ReplaceAll(s, "İ", "i\u0307")) // two characters, as Unicode's full mapping has it
	return strings.FieldsFunc(s, func(r rune) bool { return r != '_' && !unicode.IsLetter(r) && !unicode.IsNumber(r) })
}

// personID is the form of a person's id.
var personID = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

// names are the ids of an article's gold, by which persons who were read are called: a person whom the gold knows by family name only is
// met by any fuller id that ends in it, and the other way round.
type names struct {
	known   map[string]bool
	persons []string // sorted
}

func namesOf(ids map[string]bool) names {
	n := names{known: ids}
	for _, id := range slices.Sorted(maps.Keys(ids)) {
		if personID.MatchString(id) {
			n.persons = append(n.persons, id)
		}
	}
	return n
}

func (n names) rename(id string) string {
	if n.known[id] || !personID.MatchString(id) {
		return id
	}
	for _, p := range n.persons {
		if strings.HasSuffix(id, "-"+p) || strings.HasSuffix(p, "-"+id) {
			return p
		}
	}
	return id
}

// renameAll is the set of the ids that are not empty, each renamed, sorted.
func (n names) renameAll(ids ...string) []string {
	for i, id := range ids {
		ids[i] = n.rename(id)
	}
	return sortedSet(ids...)
}

func sortedSet(ids ...string) []string {
	ids = slices.DeleteFunc(slices.Clone(ids), func(s string) bool { return s == "" })
	slices.Sort(ids)
	return slices.Compact(ids)
}

// mistakes are the missed keys, then the wrong ones, each sorted.
func (c comparison) mistakes() []Mistake {
	var out []Mistake
	got := keySet(c.got)
	for _, k := range slices.SortedFunc(maps.Keys(c.want), compareKeys) {
		if got[k] {
			continue
		}
		m := Mistake{Article: c.article.ID, Key: k, Near: near(k, got)}
		for _, l := range c.lines[k] {
			m.Passages = append(m.Passages, Passage{Date: l.Date, Status: l.Status, Agents: l.agents(), Quote: l.Quote, Line: l.Number})
		}
		out = append(out, m)
	}
	gold := keySet(c.lines)
	for _, k := range slices.SortedFunc(maps.Keys(got), compareKeys) {
		if gold[k] {
			continue
		}
		out = append(out, Mistake{Article: c.article.ID, Key: k, Wrong: true, Near: near(k, gold), Passages: c.got[k]})
	}
	return out
}

// near is what the other side has that differs from k in polarity, direction or relation only; of several relations all.
func near(k Key, others map[Key]bool) string {
	polarity, direction := k, k
	polarity.Negated = !k.Negated
	direction.Subject, direction.Object = k.Object, k.Subject
	for _, o := range []Key{polarity, direction} {
		if others[o] {
			return o.String()
		}
	}
	var rest []string
	for _, o := range slices.SortedFunc(maps.Keys(others), compareKeys) {
		if pairOf(o) == pairOf(k) {
			rest = append(rest, o.String())
		}
	}
	return strings.Join(rest, ", ")
}
