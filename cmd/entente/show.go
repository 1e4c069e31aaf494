package main

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"entente/graph"
	"entente/schema"

	"github.com/urfave/cli/v2"
)

func (p *program) showCommand() *cli.Command {
	return &cli.Command{
		Name:        "show",
		Usage:       "what is known of a party: names, offices, and whom it dealt with",
		ArgsUsage:   "ENTITY",
		Description: "ENTITY is an id, name, alias or demonym.",
		Flags:       []cli.Flag{storeFlag(), formatFlag()},
		Action:      func(c *cli.Context) error { return p.show(c) },
	}
}

// card is what show tells of one entity.
type card struct {
	Entity    schema.Entity `json:"entity"`
	Merged    []string      `json:"merged,omitempty"` // ids that decisions made one with it
	Ties      []tie         `json:"ties"`
	Events    int           `json:"events"` // as subject or object, asserted or disputed
	First     schema.Date   `json:"first,omitempty"`
	Last      schema.Date   `json:"last,omitempty"`
	Relations []tally       `json:"relations"` // of all its events, most frequent first
	Partners  []partner     `json:"partners"`  // most events first
}

type tie struct {
	ID       string          `json:"id"`
	Subject  string          `json:"subject"`
	Relation schema.Relation `json:"relation"`
	Object   string          `json:"object"`
	Role     string          `json:"role,omitempty"`
	Status   schema.Status   `json:"status"`
	text     string
}

// tally is how often something was counted.
type tally struct {
	Name  string `json:"name"`
	Count int    `json:"count"`
}

// partner is another party with the sum of the events with it.
type partner struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	graph.Dyad
}

func (p *program) show(c *cli.Context) error {
	if err := between(c, 1, 1); err != nil {
		return err
	}
	out, err := p.output(c)
	if err != nil {
		return err
	}
	return withStore(c, func(store graph.Store) error {
		dir, err := openDirectory(c.Context, store)
		if err != nil {
			return err
		}
		id, err := dir.resolve(c.Args().First())
		if err != nil {
			return err
		}
		k, err := makeCard(c.Context, store, dir, id)
		if err != nil {
			return err
		}
		return writeRecord(out, k, k.lines())
	})
}

func makeCard(ctx context.Context, store graph.Store, dir directory, id string) (card, error) {
	k := card{Entity: dir.names[id], Ties: []tie{}}
	for d, err := range store.Decisions(ctx) {
		if err != nil {
			return k, err
		}
		if dir.Merges().Entity(d.From) == id {
			k.Merged = append(k.Merged, d.From)
		}
	}
	relations, partners := map[string]int{}, map[string]partner{}
	for t, err := range store.Triples(ctx, graph.Query{Of: []string{id}}) {
		if err != nil {
			return k, err
		}
		if t.Relation.Info().Tie {
			k.Ties = append(k.Ties, tie{t.ID, t.Subject, t.Relation, t.Object, t.Role, t.Status, dir.act(t)})
			continue
		}
		other := t.Object
		if t.Subject != id {
			other = t.Subject
		}
		q, ok := partners[other]
		if !ok {
			q = partner{ID: other, Name: dir.of(other), Dyad: graph.Dyad{A: min(id, other), B: max(id, other)}}
		}
		if q.Add(t) {
			k.Events++
			partners[other] = q
			relations[string(t.Relation)]++
		}
	}
	k.Relations = tallies(relations)
	k.Partners = slices.AppendSeq([]partner{}, maps.Values(partners))
	slices.SortFunc(k.Partners, func(a, b partner) int { return cmp.Or(b.Events-a.Events, cmp.Compare(a.ID, b.ID)) })
	for _, q := range k.Partners {
		if q.First != "" && (k.First == "" || q.First < k.First) {
			k.First = q.First
		}
		k.Last = max(k.Last, q.Last)
	}
	return k, nil
}

// tallies are counts in order: the highest first, equal ones by name.
func tallies(counts map[string]int) []tally {
	out := make([]tally, 0, len(counts))
	for _, name := range slices.Sorted(maps.Keys(counts)) {
		out = append(out, tally{name, counts[name]})
	}
	slices.SortStableFunc(out, func(a, b tally) int { return b.Count - a.Count })
	return out
}

// top is the first k of the tallies in words, and how many are left out.
func top(t []tally, k int) string {
	var parts []string
	for _, x := range t[:min(k, len(t))] {
		parts = append(parts, x.Name+" "+number(x.Count))
	}
	if more := len(t) - k; more > 0 {
		parts = append(parts, number(more)+" more")
	}
	return strings.Join(parts, ", ")
}

func (k card) lines() []line {
	e := k.Entity
	lines := []line{{"id", e.ID}, {"kind", string(e.Kind)}, {"name", e.Name}}
	add := func(name, value string) {
		if value != "" {
			lines = append(lines, line{name, value})
		}
	}
	add("aliases", strings.Join(e.Aliases, ", "))
	add("state", e.State)
	for _, code := range slices.Sorted(maps.Keys(e.Codes)) {
		add(code, e.Codes[code])
	}
	add("merged", strings.Join(k.Merged, ", "))
	for _, t := range k.Ties {
		add("tie", t.text)
	}
	if k.Events > 0 {
		add("events", fmt.Sprintf("%s, %s to %s", number(k.Events), cmp.Or(string(k.First), "?"), cmp.Or(string(k.Last), "?")))
		add("relations", top(k.Relations, 8))
	} else {
		add("events", "0")
	}
	for _, q := range k.Partners[:min(10, len(k.Partners))] {
		add("with", fmt.Sprintf("%s (%s): %s, net score %s", q.Name, q.ID, count(q.Events, "event"), decimal(q.Net)))
	}
	if more := len(k.Partners) - 10; more > 0 {
		add("with", number(more)+" more")
	}
	return lines
}
