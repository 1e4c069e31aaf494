package main

import (
	"context"
	"errors"
	"slices"

	"entente/extract/actor/tables"
	"entente/graph"
)

// directory knows the parties of a store, and by the tables of the extractor their demonyms and predecessors.
type directory struct {
	names
	*graph.Parties
}

func openDirectory(ctx context.Context, store graph.Store) (directory, error) {
	parties, err := graph.NewParties(ctx, store)
	if err != nil {
		return directory{}, err
	}
	for _, s := range tables.Builtin().States {
		parties.Also(s.ID, slices.Concat([]string{s.Name}, s.Aliases, s.Adjectives, s.Singular, s.Plural)...)
	}
	dir := directory{names{}, parties}
	for e := range parties.All() {
		dir.names[e.ID] = e
	}
	return dir, nil
}

// resolve is the id of the party that a word of the user's stands for.
func (dir directory) resolve(word string) (string, error) {
	e, err := dir.Find(word)
	if pe, ok := errors.AsType[*graph.PartyError](err); ok && len(pe.Candidates) == 0 {
		return "", withHint(err, "`entente status` shows what it holds")
	}
	return e.ID, err
}

// continued is the parties with those that they continue in law, and those these continue: SUN for RUS.
func continued(ids []string) []string {
	out := slices.Clone(ids)
	for i := 0; i < len(out); i++ {
		for _, s := range tables.Builtin().Successors {
			if s.Successor == out[i] && s.Kind == "continuation" && !slices.Contains(out, s.Predecessor) {
				out = append(out, s.Predecessor)
			}
		}
	}
	return out
}
