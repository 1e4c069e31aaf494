package graph

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"

	"entente/schema"
)

// Checker is a Store that can look itself through for what was damaged or changed by other hands. SQLite and Neo4j are; the memory store, whose
// contents nothing else can reach, is not.
type Checker interface {
	// Check yields what is not as it should be, in a fixed order, as the store was when the iteration began. It writes nothing.
	// The sequence is single-use and ends after an error, which is that the store could not be read.
	Check(ctx context.Context) iter.Seq2[Damage, error]
}

// Damage is one thing in a store that is not as it should be.
type Damage struct {
	Kind    DamageKind `json:"kind"`
	Thing   string     `json:"thing"` // id of the article, triple, entity, ... concerned
	Message string     `json:"message"`
	Article string     `json:"article,omitempty"` // whose reading is concerned, where it is one
	Mend    Mend       `json:"mend"`
}

// DamageKind is what sort of thing is damaged.
type DamageKind string

// The kinds of damage.
const (
	FileDamage     DamageKind = "file"     // the database itself: pages, indexes, references
	SchemaDamage   DamageKind = "schema"   // version, tables, views, constraints, the table of relations
	ArticleDamage  DamageKind = "article"  // an article that is not what its digest says, or without a reading
	ReadingDamage  DamageKind = "reading"  // a reading that cannot be read or does not pass schema.Reading.Check
	QuoteDamage    DamageKind = "quote"    // an evidence whose quote is not the bytes of its article
	DecisionDamage DamageKind = "decision" // decisions that contradict one another
	RunDamage      DamageKind = "run"      // a record of a run that cannot be read
	EvidenceDamage DamageKind = "evidence" // an evidence of the graph that is not what its reading says
	TripleDamage   DamageKind = "triple"   // a triple that is not what its evidences say
	StatusDamage   DamageKind = "status"   // a triple whose status is not what the evidences of its claim say
	EdgeDamage     DamageKind = "edge"     // an edge between two parties that is not what its triple says
	EntityDamage   DamageKind = "entity"   // an entity that is not what readings say of it
	DyadDamage     DamageKind = "dyad"     // the sums of a pair
	FormerDamage   DamageKind = "former"   // an id from before a merge
	OrphanDamage   DamageKind = "orphan"   // something that belongs to nothing
	SearchDamage   DamageKind = "search"   // the index of words
)

// Mend is what mends a damage.
type Mend string

// What mends.
const (
	// MendCopy: the readings are whole, and a copy derives all else from them.
	MendCopy Mend = "copy"
	// MendAgain: the article has to be forgotten and read again.
	MendAgain Mend = "again"
	// MendDecision: the decision has to be taken back.
	MendDecision Mend = "split"
	// MendBackup: the database itself is damaged; what can still be read of it can be copied.
	MendBackup Mend = "backup"
)

// CheckReading lists what is wrong with a stored reading, quotes first.
func CheckReading(r schema.Reading) []Damage {
	var out []Damage
	a := r.Article
	add := func(kind DamageKind, thing, format string, args ...any) {
		out = append(out, Damage{kind, thing, fmt.Sprintf(format, args...), a.ID, MendAgain})
	}
	if a.Text != "" {
		if a.SHA256 != schema.Digest(a.Text) {
			add(ArticleDamage, a.ID, "its text has changed: its digest is another")
		}
		for _, t := range r.Triples {
			for _, e := range t.Evidence {
				if e.Start < 0 || e.End > len(a.Text) || e.Start >= e.End || a.Text[e.Start:e.End] != e.Quote {
					add(QuoteDamage, e.ID, "%s: bytes %d to %d of article %s are not the quote %q", t, e.Start, e.End, a.ID, shorten(e.Quote))
				}
			}
		}
	}
	if err := CheckReadings([]schema.Reading{r}); err != nil && len(out) == 0 {
		add(ReadingDamage, a.ID, "%s", firstOf(err))
	}
	return out
}

// shorten is the beginning of a long text.
func shorten(s string) string {
	if r := []rune(s); len(r) > 60 {
		return string(r[:60]) + "…"
	}
	return s
}

// firstOf is an error, the first and the number of the others where it is many.
func firstOf(err error) string {
	first, rest, _ := strings.Cut(err.Error(), "\n")
	if n := strings.Count(rest, "\n"); rest != "" {
		return fmt.Sprintf("%s; and %d more", first, n+1)
	}
	return first
}

// CheckDecisions lists the decisions that make a circle or name nothing.
func CheckDecisions(decisions []Decision) []Damage {
	var out []Damage
	for i, d := range decisions {
		others := slices.Delete(slices.Clone(decisions), i, i+1)
		if err := NewMerges(others).Allows(d); err != nil {
			out = append(out, Damage{DecisionDamage, d.From, err.Error(), "", MendDecision})
		}
	}
	return out
}

// Differ lists by key what is missing, too much or another in is than in want.
func Differ[K ~string, V any](kind DamageKind, noun string, is, want map[K]V, equal func(a, b V) bool) []Damage {
	keys := map[K]bool{}
	for k := range is {
		keys[k] = true
	}
	for k := range want {
		keys[k] = true
	}
	var out []Damage
	for _, k := range slices.Sorted(maps.Keys(keys)) {
		a, there := is[k]
		b, wanted := want[k]
		switch {
		case !there:
			out = append(out, Damage{kind, string(k), "the " + noun + " is missing", "", MendCopy})
		case !wanted:
			out = append(out, Damage{kind, string(k), "there is no reason for the " + noun, "", MendCopy})
		case !equal(a, b):
			out = append(out, Damage{kind, string(k), fmt.Sprintf("the %s is not what the readings say: %s", noun, difference(a, b)), "", MendCopy})
		}
	}
	return out
}

// difference shows two values that differ, each in short.
func difference(is, want any) string {
	a, b := fmt.Sprint(is), fmt.Sprint(want)
	i := 0
	for i < len(a) && i < len(b) && a[i] == b[i] {
		i++
	}
	from := max(0, i-20)
	for from > 0 && a[from]&0xc0 == 0x80 {
		from--
	}
	return fmt.Sprintf("%q where %q is meant", shorten(strings.ToValidUTF8(a[from:], "")), shorten(strings.ToValidUTF8(b[from:], "")))
}

// CheckClaim compares the triples of one claim, as a store has them, with what follows from their statements (by triple id, as decided).
func CheckClaim(stored []Triple, statements map[string][]Statement) []Damage {
	var out []Damage
	add := func(kind DamageKind, id, format string, args ...any) {
		out = append(out, Damage{kind, id, fmt.Sprintf(format, args...), "", MendCopy})
	}
	derived := make([]Triple, 0, len(stored))
	standings := make([]Standing, 0, len(stored))
	for _, t := range stored {
		if len(statements[t.ID]) == 0 {
			add(OrphanDamage, t.ID, "%s: no evidence speaks of the triple", t.Triple)
			continue
		}
		d := DeriveTriple(statements[t.ID])
		d.Triple = t.Triple
		derived, standings = append(derived, d), append(standings, StandingOf(d))
		if id := t.MakeID(); id != t.ID {
			add(TripleDamage, t.ID, "%s: its id is not the hash of its identity", t.Triple)
		}
	}
	statuses := Statuses(standings)
	byID := map[string]Triple{}
	for _, t := range stored {
		byID[t.ID] = t
	}
	for i, d := range derived {
		is := byID[d.ID]
		if is.Status != statuses[i] {
			add(StatusDamage, d.ID, "%s: its status is %s, and by its evidences it is %s", d.Triple, is.Status, statuses[i])
		}
		is.Status, d.Status = "", ""
		is.Evidences, d.Evidences = nil, nil
		if !EqualDerived(is, d) {
			add(TripleDamage, d.ID, "%s: %s", d.Triple, difference(is.Summary(), d.Summary()))
		}
	}
	return out
}

// ErrUnreadable is that a reading in a store cannot be read, within a *ReadingError. A sequence of readings that yields it goes on.
var ErrUnreadable = errors.New("it cannot be read any more")
