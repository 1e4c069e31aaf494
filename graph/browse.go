package graph

import (
	"cmp"
	"context"
	"iter"
	"maps"
	"slices"

	"entente/schema"
)

// Browser is a Store that also answers what one screen asks without handing out all triples. Its answers are those that follow from the
// methods of Store; it is only faster.
type Browser interface {
	Store
	// Article is the article of that id with its text; ok is false where the store has none.
	Article(ctx context.Context, id string) (a schema.Article, ok bool, err error)
	// Page is at most n triples of q from the offset-th on (0-based), with their evidences, in the order of Triples, or where newest is set in
	// that of Newest. q.Limit does not count.
	Page(ctx context.Context, q Query, newest bool, offset, n int) ([]Triple, error)
	// Acts is at most n triples of q in the order of Triples, without their evidences.
	Acts(ctx context.Context, q Query, n int) ([]Triple, error)
	// Tally counts the triples of q; q.Limit does not count. The order is that of Tallies.
	Tally(ctx context.Context, q Query) ([]Tally, error)
	// Pairs sums up the events whose When overlaps from to to (both ends included, empty is open), in the order of Dyads.
	Pairs(ctx context.Context, from, to schema.Date) ([]Dyad, error)
}

// Watcher is a Store that says whether it was written to.
type Watcher interface {
	// Watch begins to watch. version returns a number that is another one after every write since, by whatever program; stop ends it.
	Watch(ctx context.Context) (version func(context.Context) (int64, error), stop func() error, err error)
}

// Tally is how many triples share a year, relation and status.
type Tally struct {
	Year     string          `json:"year"` // YearOf
	Relation schema.Relation `json:"relation"`
	Status   schema.Status   `json:"status"`
	Triples  int             `json:"triples"`
	Net      float64         `json:"net"`  // sum of the scores
	Coop     float64         `json:"coop"` // sum of those above 0
	Conf     float64         `json:"conf"` // sum of those below 0
}

// YearOf is the year that t's When belongs to as Period.Of has it: "2010", empty where it belongs to none.
func YearOf(t Triple) string {
	start, ok := ByYear.Of(t.When())
	if !ok {
		return ""
	}
	return ByYear.Label(start)
}

// Tallies counts triples, in the order of year (unknown last), relation and status.
func Tallies(triples iter.Seq[Triple]) []Tally {
	type key struct {
		year     string
		relation schema.Relation
		status   schema.Status
	}
	sums := map[key]Tally{}
	for t := range triples {
		k := key{YearOf(t), t.Relation, t.Status}
		s := sums[k]
		sums[k] = Tally{k.year, k.relation, k.status, s.Triples + 1, s.Net + t.Score, s.Coop + max(t.Score, 0), s.Conf + min(t.Score, 0)}
	}
	out := slices.Collect(maps.Values(sums))
	SortTallies(out)
	return out
}

// SortTallies brings tallies into their order.
func SortTallies(ts []Tally) {
	slices.SortFunc(ts, func(a, b Tally) int {
		return cmp.Or(cmp.Compare(number(a.Year == ""), number(b.Year == "")), cmp.Compare(a.Year, b.Year), cmp.Compare(a.Relation, b.Relation), cmp.Compare(a.Status, b.Status))
	})
}

// Newest orders triples by the first day of When, the latest first, unknown ones last, and else backwards from Compare.
func Newest(a, b Triple) int {
	return cmp.Or(cmp.Compare(number(a.When() == ""), number(b.When() == "")), Compare(b, a))
}
