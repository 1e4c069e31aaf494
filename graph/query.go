package graph

import (
	"fmt"
	"slices"
	"time"

	"entente/schema"
)

// Selector is a Query made ready for a store: checked, and with the ids of merged entities replaced.
type Selector struct {
	Query
	First, Last time.Time // days of From and To, zero where open
}

// Select checks q and applies the decisions to the entity ids in it. Triple ids are left to the store: former ones (Merges.FormerIDs) count too.
func (q Query) Select(m Merges) (Selector, error) {
	s := Selector{Query: q}
	if len(q.With) > 0 && len(q.Of) == 0 {
		return s, ErrWithoutOf
	}
	for _, r := range q.Relations {
		if _, err := schema.ParseRelation(string(r)); err != nil || !r.Valid() {
			return s, fmt.Errorf("query: unknown relation %q", r)
		}
	}
	for _, status := range q.Statuses {
		if !slices.Contains(schema.TripleStatuses(), status) {
			return s, fmt.Errorf("query: a triple has no status %q: want one of %v", status, schema.TripleStatuses())
		}
	}
	for _, d := range []schema.Date{q.From, q.To} {
		if _, err := schema.ParseDate(string(d)); err != nil {
			return s, fmt.Errorf("query: %w", err)
		}
	}
	s.First, s.Last = q.From.First(), q.To.Last()
	for _, ids := range []*[]string{&s.Of, &s.With, &s.Subject, &s.Object} {
		*ids = slices.Clone(*ids)
		for i, id := range *ids {
			(*ids)[i] = m.Entity(id)
		}
	}
	return s, nil
}

// Matches reports whether a derived triple is selected, Limit and IDs aside.
func (s Selector) Matches(t Triple) bool {
	in := func(ids []string, id string) bool { return slices.Contains(ids, id) }
	or := func(ids []string, id string) bool { return len(ids) == 0 || in(ids, id) }
	switch {
	case len(s.Of) > 0 && !(in(s.Of, t.Subject) && or(s.With, t.Object) || in(s.Of, t.Object) && or(s.With, t.Subject)),
		!or(s.Subject, t.Subject), !or(s.Object, t.Object), t.Confidence < s.MinConfidence,
		len(s.Relations) > 0 && !slices.Contains(s.Relations, t.Relation),
		len(s.Statuses) > 0 && !slices.Contains(s.Statuses, t.Status),
		len(s.Articles) > 0 && !slices.ContainsFunc(t.Evidences, func(e Evidence) bool { return in(s.Articles, e.Article) }):
		return false
	}
	when := t.When()
	if when == "" {
		return s.First.IsZero() && s.Last.IsZero()
	}
	return (s.First.IsZero() || !when.Last().Before(s.First)) && (s.Last.IsZero() || !when.First().After(s.Last))
}
