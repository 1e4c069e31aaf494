package llm

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Reason is why something the model said was dropped.
type Reason string

// The reasons. The last two cost a triple only a detail: the triple itself is kept.
const (
	NoQuote     Reason = "quote not in the article"
	ShortQuote  Reason = "quote of one word"
	LongQuote   Reason = "quote longer than two sentences"
	Elsewhere   Reason = "quote outside the passage asked about"
	BadRelation Reason = "unknown relation"
	BadMode     Reason = "unknown mode"
	BadStatus   Reason = "unknown status"
	NoSubject   Reason = "subject not found in the article"
	NoObject    Reason = "object not found in the article"
	Absent      Reason = "parties not spoken of where the quote stands"
	Domestic    Reason = "parties of one country, or a private person"
	BadTie      Reason = "parties do not fit the tie"
	Invalid     Reason = "against the rules of a reading"
	Malformed   Reason = "malformed triple"
	TooMany     Reason = "more triples than a passage can hold"
	CutOff      Reason = "answer cut off"
	Known       Reason = "read by the rules already"
	BadDate     Reason = "date not found in the article"
	BadDetail   Reason = "person or speaker not found in the article"
)

// Detail reports whether the triple was kept without what the reason names.
func (r Reason) Detail() bool { return r == BadDate || r == BadDetail }

// Drop is something the model said that did not pass the gate. The strings are the model's own, shortened.
type Drop struct {
	Article  string `json:"article"`
	Reason   Reason `json:"reason"`
	Subject  string `json:"subject"`
	Relation string `json:"relation"`
	Object   string `json:"object"`
	Quote    string `json:"quote"`
}

// String is the drop on one line.
func (d Drop) String() string {
	return fmt.Sprintf("%s: %s: %q %s %q %q", d.Article, d.Reason, d.Subject, d.Relation, d.Object, d.Quote)
}

// Tokens are counted by the server, or estimated where it does not count.
type Tokens struct {
	In  int `json:"in"`  // prompt and text
	Out int `json:"out"` // answer
}

func (t Tokens) plus(o Tokens) Tokens { return Tokens{t.In + o.In, t.Out + o.Out} }

// Sum is both together.
func (t Tokens) Sum() int { return t.In + t.Out }

// Stats are what an extractor did so far.
type Stats struct {
	Requests int // answered by the server
	Cached   int // answered from the cache
	Used     Tokens
	Kept     int // triples that passed the gate
	Dropped  map[Reason]int
}

// DroppedSum is the number of drops of all reasons, details not counted.
func (s Stats) DroppedSum() int {
	n := 0
	for r, k := range s.Dropped {
		if !r.Detail() {
			n += k
		}
	}
	return n
}

// Reasons are those that occurred, most frequent first, details among them.
func (s Stats) Reasons() []Reason {
	rs := slices.Sorted(maps.Keys(s.Dropped))
	slices.SortStableFunc(rs, func(a, b Reason) int { return s.Dropped[b] - s.Dropped[a] })
	return rs
}

// maxListed bounds the list of drops, which otherwise grows with the corpus.
const maxListed = 20_000

// Stats returns the counts so far.
func (x *Extractor) Stats() Stats {
	x.mu.Lock()
	defer x.mu.Unlock()
	s := x.stats
	s.Dropped = maps.Clone(s.Dropped)
	return s
}

// Dropped lists what was dropped so far, sorted by article; of a long run the first 20,000, while Stats counts all.
func (x *Extractor) Dropped() []Drop {
	x.mu.Lock()
	defer x.mu.Unlock()
	out := slices.Clone(x.dropped)
	slices.SortStableFunc(out, func(a, b Drop) int { return strings.Compare(a.Article, b.Article) })
	return out
}

func (x *Extractor) count(f func(*Stats)) {
	x.mu.Lock()
	defer x.mu.Unlock()
	f(&x.stats)
}

// note counts the outcome of an article.
func (x *Extractor) note(drops []Drop, kept int) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.stats.Kept += kept
	for _, d := range drops {
		x.stats.Dropped[d.Reason]++
		if len(x.dropped) < maxListed {
			x.dropped = append(x.dropped, d)
		}
	}
}
