package graph

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode"

	"entente/schema"
)

// Merges are the decisions in force, ready to be applied. The zero value merges nothing.
type Merges struct {
	into    map[string]string   // From of a decision to its Into
	members map[string][]string // an id in force to those merged into it, directly or not, sorted
}

// NewMerges makes ready the decisions of a store, of which no two have one From.
func NewMerges(decisions []Decision) Merges {
	m := Merges{map[string]string{}, map[string][]string{}}
	for _, d := range decisions {
		m.into[d.From] = d.Into
	}
	for _, from := range slices.Sorted(maps.Keys(m.into)) {
		into := m.Entity(from)
		m.members[into] = append(m.members[into], from)
	}
	return m
}

// Members is every id that stands in the graph under the id of an entity in force: itself, and those merged into it.
func (m Merges) Members(id string) []string { return append([]string{id}, m.members[id]...) }

// chain is id and all that it was merged into, step by step; the last is the one in force. It ends where a damaged store makes a circle.
func (m Merges) chain(id string) []string {
	ids := []string{id}
	for {
		next, ok := m.into[ids[len(ids)-1]]
		if !ok || slices.Contains(ids, next) {
			return ids
		}
		ids = append(ids, next)
	}
}

// Entity is the id under which an entity stands in the graph: its own where no decision merged it.
func (m Merges) Entity(id string) string {
	if _, ok := m.into[id]; !ok {
		return id
	}
	chain := m.chain(id)
	return chain[len(chain)-1]
}

// Allows checks a new decision, which takes the place of an earlier one of the same From: ErrMergeCycle where it closes a circle.
func (m Merges) Allows(d Decision) error {
	for _, id := range []string{d.From, d.Into} {
		if id == "" || strings.ContainsFunc(id, unicode.IsSpace) || strings.ContainsRune(id, 0) {
			return fmt.Errorf("merge %q into %q: want two entity ids, without white space", d.From, d.Into)
		}
	}
	if d.From == d.Into || slices.Contains(m.chain(d.Into), d.From) {
		return fmt.Errorf("merge %s into %s: %w", d.From, d.Into, ErrMergeCycle)
	}
	return nil
}

// Triple is t with its parties merged, those of a symmetric relation sorted again (swapped then), and its id made again. ok is false where
// both parties have become one: the graph does not show such a triple, though the reading keeps it.
func (m Merges) Triple(t schema.Triple) (merged schema.Triple, swapped, ok bool) {
	subject, object := m.Entity(t.Subject), m.Entity(t.Object)
	if subject == t.Subject && object == t.Object {
		return t, false, true
	}
	t.Subject, t.Object = subject, object
	if t.Relation.Info().Symmetric && t.Object < t.Subject {
		t.Subject, t.Object = t.Object, t.Subject
		swapped = true
	}
	t.ID = t.MakeID()
	return t, swapped, t.Subject != t.Object
}

// Statement applies the decisions to all that s names. The evidence keeps the id that its reading gave it. ok is as for Triple.
func (m Merges) Statement(s Statement) (merged Statement, ok bool) {
	if len(m.into) == 0 {
		return s, true
	}
	var swapped bool
	s.Triple, swapped, ok = m.Triple(s.Triple)
	e := &s.Evidence
	e.Speaker, e.Agent, e.ObjectAgent = m.Entity(e.Speaker), m.Entity(e.Agent), m.Entity(e.ObjectAgent)
	e.Initiator, e.Place = m.Entity(e.Initiator), m.Entity(e.Place)
	if swapped {
		e.Agent, e.ObjectAgent = e.ObjectAgent, e.Agent
	}
	if len(e.Mediators) > 0 {
		var mediators []string
		for _, id := range e.Mediators {
			if id = m.Entity(id); !slices.Contains(mediators, id) {
				mediators = append(mediators, id)
			}
		}
		e.Mediators = mediators
	}
	return s, ok
}

// FormerIDs lists the ids that a triple, given as its reading has it, had before the decisions in force were made, sorted: they keep
// resolving to the triple that Triple returns. There are none where no decision concerns it or it is not shown any more.
func (m Merges) FormerIDs(t schema.Triple) []string {
	now, _, ok := m.Triple(t)
	if !ok || now.ID == t.ID {
		return nil
	}
	var ids []string
	for _, subject := range m.chain(t.Subject) {
		for _, object := range m.chain(t.Object) {
			was := t
			was.Subject, was.Object = subject, object
			if t.Relation.Info().Symmetric && object < subject {
				was.Subject, was.Object = object, subject
			}
			if was.ID = was.MakeID(); was.ID != now.ID && subject != object {
				ids = append(ids, was.ID)
			}
		}
	}
	return set(ids)
}

// NotMerged is the error of Split for an entity that no decision merged: ErrNotMerged with its id.
func NotMerged(from string) error { return fmt.Errorf("split %s: %w", from, ErrNotMerged) }
