package main

import (
	"context"
	"errors"
	"slices"
	"strings"

	"entente/extract/actor/tables"
	"entente/graph"
	"entente/schema"
)

// directory knows the parties of a store, and by the tables of the extractor their demonyms, predecessors and other spellings.
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
	for _, l := range tables.Builtin().Leaders {
		parties.Also(l.ID, append([]string{l.Name}, l.Aliases...)...)
	}
	dir := directory{names{}, parties}
	for e := range parties.All() {
		dir.names[e.ID] = e
		if e.Kind == schema.Person {
			parties.Also(e.ID, families(e)...)
		}
	}
	return dir, nil
}

// families are the last words of a person's names: the family name, in whatever form articles had it.
func families(e schema.Entity) []string {
	var out []string
	for _, name := range append([]string{e.Name}, e.Aliases...) {
		if words := strings.Fields(name); len(words) > 1 {
			out = append(out, words[len(words)-1])
		}
	}
	return out
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
