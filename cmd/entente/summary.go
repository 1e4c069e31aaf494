package main

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"entente/graph"
	"entente/schema"
)

// tallied counts what a run does. Its methods may be called from several goroutines.
type tallied struct {
	mu          sync.Mutex
	read        int // articles of the corpus, failed ones included
	skipped     int // read before: same text, same extractor
	withoutText int
	stored      int
	triples     int // of the readings stored
	last        string
	failed      int
	failures    []failure // the first keptFailures
	relations   map[string]int
	pairs       map[string]int
	changes     graph.Changes
}

// failure is an article that could not be read.
type failure struct {
	Article string `json:"article"`
	Reason  string `json:"reason"`
}

func newTally() *tallied { return &tallied{relations: map[string]int{}, pairs: map[string]int{}} }

// fail counts a failure, with the lock held, and returns how many there are.
func (t *tallied) fail(f failure) int {
	if t.failed++; len(t.failures) < keptFailures {
		t.failures = append(t.failures, f)
	}
	return t.failed
}

// do runs f with the lock held.
func (t *tallied) do(f func(t *tallied)) {
	t.mu.Lock()
	defer t.mu.Unlock()
	f(t)
}

func (t *tallied) addStored(readings []schema.Reading, ch graph.Changes) {
	t.do(func(t *tallied) {
		t.changes = t.changes.Add(ch)
		for _, r := range readings {
			t.stored++
			t.last = r.Article.ID
			t.triples += len(r.Triples)
			for _, x := range r.Triples {
				t.relations[string(x.Relation)]++
				if !x.Relation.Info().Tie {
					t.pairs[min(x.Subject, x.Object)+" "+max(x.Subject, x.Object)]++
				}
			}
		}
	})
}

// summary is what a run did, said at its end.
type summary struct {
	Store       string        `json:"store"`
	Read        int           `json:"read"`
	New         int           `json:"new"`      // articles that the store did not have
	Replaced    int           `json:"replaced"` // articles of which it had another text, or a reading by another version
	Skipped     int           `json:"skipped"`
	WithoutText int           `json:"without_text"`
	Failed      int           `json:"failed"`
	LeftOut     []tally       `json:"left_out,omitempty"` // on purpose, by the reason: "in French"
	Formats     []tally       `json:"formats,omitempty"`  // articles of each
	Failures    []failure     `json:"failures"`           // the first 1,000
	Changes     graph.Changes `json:"changes"`
	Stats       graph.Stats   `json:"stats"` // of the store, afterwards
	Relations   []tally       `json:"relations"`
	Pairs       []tally       `json:"pairs"` // "NATO RUS"
	Seconds     float64       `json:"seconds"`
	Interrupted bool          `json:"interrupted"`
	Last        string        `json:"last,omitempty"` // the last article stored
	unmade      bool          // nothing was read that a store could be made of
}

const (
	keptFailures  = 1000
	shownFailures = 10
	shownTop      = 6
)

func (t *tallied) summary(store string, stats graph.Stats, took time.Duration) summary {
	t.mu.Lock()
	defer t.mu.Unlock()
	s := summary{
		Store: store, Read: t.read, New: t.changes.Articles.Added, Skipped: t.skipped, WithoutText: t.withoutText,
		Failed: t.failed, Failures: slices.Clone(t.failures),
		Changes: t.changes, Stats: stats, Relations: tallies(t.relations), Pairs: tallies(t.pairs), Seconds: took.Seconds(), Last: t.last,
	}
	s.Replaced = t.stored - s.New
	if s.Failures == nil {
		s.Failures = []failure{}
	}
	return s
}

// String is the summary for people, ending with what to do next.
func (s summary) String() string {
	var b strings.Builder
	parts := []string{number(s.New) + " new"}
	for _, x := range []struct {
		n    int
		what string
	}{{s.Replaced, "read again"}, {s.Skipped, "skipped (read before; --force reads them again)"}, {s.WithoutText, "without text"}, {s.Failed, "failed"}} {
		if x.n > 0 {
			parts = append(parts, number(x.n)+" "+x.what)
		}
	}
	fmt.Fprintf(&b, "read %s in %s: %s\n", count(s.Read, "article"), seconds(s.Seconds), strings.Join(parts, ", "))
	if s.unmade {
		fmt.Fprintf(&b, "there is nothing to keep, and %s was not made\n", s.Store)
		return b.String()
	}
	fmt.Fprintf(&b, "%s now holds %s, %s, %s and %s\n", s.Store, counted(s.Stats.Articles, s.Changes.Articles, "article"),
		counted(s.Stats.Entities, s.Changes.Entities, "entity"), counted(s.Stats.Triples, s.Changes.Triples, "triple"),
		counted(s.Stats.Evidence, s.Changes.Evidence, "evidence"))
	if len(s.Relations) > 0 {
		fmt.Fprintf(&b, "most frequent: %s\n", top(s.Relations, shownTop))
	}
	if len(s.Pairs) > 0 {
		fmt.Fprintf(&b, "pairs: %s\n", top(hyphened(s.Pairs), shownTop))
	}
	for i, f := range s.Failures {
		if i == shownFailures {
			fmt.Fprintf(&b, "failed: %s more\n", number(s.Failed-i))
			break
		}
		fmt.Fprintf(&b, "failed: %s\n", f)
	}
	fmt.Fprintf(&b, "next: %s\n", s.next())
	return b.String()
}

func (f failure) String() string {
	if f.Article == "" {
		return oneLine(f.Reason)
	}
	return oneLine(f.Article + ": " + f.Reason)
}

// counted is a number of things and by how much it has changed: "118 triples (+12 -3)".
func counted(n int, c graph.Change, noun string) string {
	s := count(n, noun)
	if noun == "evidence" {
		s = evidences(n)
	}
	var parts []string
	for _, x := range []struct {
		n    int
		sign string
	}{{c.Added, "+"}, {c.Removed, "-"}, {c.Changed, "~"}} {
		if x.n > 0 {
			parts = append(parts, x.sign+number(x.n))
		}
	}
	if len(parts) > 0 {
		s += " (" + strings.Join(parts, " ") + ")"
	}
	return s
}

func hyphened(t []tally) []tally {
	out := slices.Clone(t)
	for i := range out {
		out[i].Name = strings.Replace(out[i].Name, " ", "–", 1)
	}
	return out
}

// next is the command that shows the most of what was just read.
func (s summary) next() string {
	flag := ""
	if s.Store != defaultStore {
		flag = " --store " + shellWords([]string{s.Store})[0]
	}
	if len(s.Pairs) > 0 {
		return "entente timeline " + s.Pairs[0].Name + flag
	}
	return "entente status" + flag
}

func seconds(s float64) string {
	d := time.Duration(s * float64(time.Second))
	if d < time.Minute {
		return fmt.Sprintf("%.1f s", d.Seconds())
	}
	return d.Round(time.Second).String()
}
