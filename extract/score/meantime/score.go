package meantime

import (
	"fmt"
	"strings"

	"entente/extract"
	"entente/extract/event"
	"entente/schema"
)

// precisions are the rows of the table of values.
var precisions = []schema.Precision{schema.PrecisionDay, schema.PrecisionMonth, schema.PrecisionYear, schema.PrecisionRange}

// statuses are the rows and columns of the table of events.
var statuses = []schema.Status{schema.Asserted, schema.Negated, schema.Future, schema.Hypothetical}

// Times counts expressions of time. The gold are the TIMEX3 with a date of the calendar; a found expression on another TIMEX3 (a duration,
// "recently") is counted apart, neither right nor wrong.
type Times struct {
	Gold, Found, Exact, Overlap, Apart int
	// Of the pairs that overlap, by the precision of the gold: how many, how many with the same Date to the gold's precision, with the same Date or Other,
	// and how many whose dates have a day in common.
	Pairs, Date, Either, Touch map[schema.Precision]int
	// Wrong and Missed are for people: what was found with other dates, not found, or found where the gold has nothing.
	Wrong, Missed, Spurious []string
}

// NewTimes has counted nothing.
func NewTimes() *Times {
	m := func() map[schema.Precision]int { return map[schema.Precision]int{} }
	return &Times{Pairs: m(), Date: m(), Either: m(), Touch: m()}
}

// Add counts the expressions of a document read to doc, in the part of it that is annotated.
func (c *Times) Add(d Document, doc *extract.Doc) {
	used := make([]bool, len(d.Times))
	for _, x := range doc.Times {
		if x.Date == "" && x.Other == "" {
			continue
		}
		s := &doc.Sentences[x.Sentence]
		start, end := s.Span(x.First, x.Last)
		if end > d.Annotated {
			continue
		}
		dated, other := -1, false
		for i, g := range d.Times {
			if g.Start >= end || g.End <= start {
				continue
			}
			if _, ok := g.Date(); !ok {
				other = true
			} else if !used[i] && dated < 0 {
				dated = i
			}
		}
		where := fmt.Sprintf("%s %s: %q", d.Article.ID, d.Article.Published, d.Article.Text[start:end])
		switch {
		case dated >= 0:
			used[dated] = true
			c.Found++
			c.pair(d.Times[dated], x, start, end, where)
		case other:
			c.Apart++
		default:
			c.Found++
			c.Spurious = append(c.Spurious, fmt.Sprintf("%s is %s", where, x.Date))
		}
	}
	for i, g := range d.Times {
		want, ok := g.Date()
		if !ok {
			continue
		}
		c.Gold++
		if !used[i] {
			from, to := max(0, g.Start-60), min(len(d.Article.Text), g.End+30)
			c.Missed = append(c.Missed, fmt.Sprintf("%s %s: %q is %s in %q", d.Article.ID, d.Article.Published, d.Article.Text[g.Start:g.End], want, d.Article.Text[from:to]))
		}
	}
}

func (c *Times) pair(g Timex, x extract.Time, start, end int, where string) {
	want, _ := g.Date()
	p := want.Precision()
	c.Overlap++
	if start == g.Start && end == g.End {
		c.Exact++
	}
	c.Pairs[p]++
	if same(x.Date, want) {
		c.Date[p]++
	}
	if same(x.Date, want) || same(x.Other, want) {
		c.Either[p]++
	} else {
		c.Wrong = append(c.Wrong, fmt.Sprintf("%s is %s or %q, want %s", where, x.Date, x.Other, want))
	}
	if x.Date.Overlaps(want) || x.Other.Overlaps(want) {
		c.Touch[p]++
	}
}

// same reports whether a date is the gold's, to the gold's precision: "2009-01/2009-04" is right for 2009.
func same(read, gold schema.Date) bool {
	from, to, isRange := strings.Cut(string(read), "/")
	return read == gold || !strings.Contains(string(gold), "/") && strings.HasPrefix(from, string(gold)) && (!isRange || strings.HasPrefix(to, string(gold)))
}

// String is the counts as lines.
func (c *Times) String() string {
	var b strings.Builder
	line := func(name string, right int) {
		fmt.Fprintf(&b, "%-22s P %s  R %s  F1 %s  (%d gold, %d found, %d right)\n", name, ratio(right, c.Found), ratio(right, c.Gold), ratio(2*right, c.Found+c.Gold), c.Gold, c.Found, right)
	}
	line("spans that overlap", c.Overlap)
	line("the same spans", c.Exact)
	fmt.Fprintf(&b, "%-22s %d\n", "on other expressions", c.Apart)
	fmt.Fprintf(&b, "%-22s %8s %8s %8s %8s\n", "value on overlaps", "pairs", "date", "either", "touches")
	total := [4]int{}
	row := func(name string, n [4]int) {
		fmt.Fprintf(&b, "  %-20s %8d %8s %8s %8s\n", name, n[0], ratio(n[1], n[0]), ratio(n[2], n[0]), ratio(n[3], n[0]))
	}
	for _, p := range precisions {
		n := [4]int{c.Pairs[p], c.Date[p], c.Either[p], c.Touch[p]}
		for i := range n {
			total[i] += n[i]
		}
		row(string(p), n)
	}
	row("all", total)
	return b.String()
}

// Status counts how the status of predicates agrees with the factuality of the events on the same word.
type Status struct {
	Events, Open int                                     // all, and those whose status the annotators left open
	Pairs        map[schema.Status]map[schema.Status]int // gold, then ours
	Wrong        []string                                // for people
}

// NewStatus has counted nothing.
func NewStatus() *Status {
	return &Status{Pairs: map[schema.Status]map[schema.Status]int{}}
}

// Add counts the events of a document in which predicates were read. Of several predicates on a word the first counts.
func (c *Status) Add(d Document, doc *extract.Doc, predicates []event.Predicate) {
	for _, e := range d.Events {
		c.Events++
		want, ok := e.Status()
		if !ok {
			c.Open++
			continue
		}
		for _, p := range predicates {
			s := &doc.Sentences[p.Sentence]
			t := s.Tokens[p.Token]
			if t.Start >= e.End || t.End <= e.Start || p.Status == "" {
				continue
			}
			if c.Pairs[want] == nil {
				c.Pairs[want] = map[schema.Status]int{}
			}
			c.Pairs[want][p.Status]++
			if p.Status != want {
				c.Wrong = append(c.Wrong, fmt.Sprintf("%s: %q (%s) is %s, want %s in %q", d.Article.ID, t.Text, p.Row, p.Status, want, d.Article.Text[s.Start:s.End]))
			}
			break
		}
	}
}

// String is the counts as lines: gold in rows, ours in columns.
func (c *Status) String() string {
	var b strings.Builder
	n, right := 0, 0
	for _, g := range statuses {
		for _, s := range statuses {
			n += c.Pairs[g][s]
		}
		right += c.Pairs[g][g]
	}
	fmt.Fprintf(&b, "%-22s %d, %d left open, %d with a predicate of ours\n", "events", c.Events, c.Open, n)
	fmt.Fprintf(&b, "%-22s %s  (%d of %d)\n", "status right", ratio(right, n), right, n)
	fmt.Fprintf(&b, "%-22s", "gold \\ ours")
	for _, s := range statuses {
		fmt.Fprintf(&b, " %12s", s)
	}
	fmt.Fprintf(&b, " %8s %8s %8s\n", "P", "R", "F1")
	for _, g := range statuses {
		fmt.Fprintf(&b, "  %-20s", g)
		gold, ours := 0, 0
		for _, s := range statuses {
			fmt.Fprintf(&b, " %12d", c.Pairs[g][s])
			gold += c.Pairs[g][s]
			ours += c.Pairs[s][g]
		}
		hit := c.Pairs[g][g]
		fmt.Fprintf(&b, " %8s %8s %8s\n", ratio(hit, ours), ratio(hit, gold), ratio(2*hit, gold+ours))
	}
	return b.String()
}

func ratio(a, b int) string {
	if b == 0 {
		return "-"
	}
	return fmt.Sprintf("%.3f", float64(a)/float64(b))
}
