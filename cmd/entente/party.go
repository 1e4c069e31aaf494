package main

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"entente/extract/actor/tables"
	"entente/graph"
	"entente/schema"
)

// partyError is that a word names no party of the store, or several.
type partyError struct {
	word       string
	ambiguous  bool
	candidates []schema.Entity // those it may mean, best first; empty where nothing is near
}

func (e *partyError) Error() string {
	if len(e.candidates) == 0 {
		return fmt.Sprintf("no party %q in the store; `entente status` shows what it holds", e.word)
	}
	var near []string
	for _, c := range e.candidates {
		near = append(near, fmt.Sprintf("%s (%s)", c.ID, c.Name))
	}
	if e.ambiguous {
		return fmt.Sprintf("%q names several parties; give the id of one: %s", e.word, strings.Join(near, ", "))
	}
	return fmt.Sprintf("no party %q in the store; did you mean %s?", e.word, strings.Join(near, ", "))
}

// suggested is how many candidates an error names.
const suggested = 5

// directory knows the parties of a store.
type directory struct {
	names
	merges graph.Merges
}

func openDirectory(ctx context.Context, store graph.Store) (directory, error) {
	var decisions []graph.Decision
	for d, err := range store.Decisions(ctx) {
		if err != nil {
			return directory{}, err
		}
		decisions = append(decisions, d)
	}
	dir := directory{names{}, graph.NewMerges(decisions)}
	for e, err := range store.Entities(ctx) {
		if err != nil {
			return directory{}, err
		}
		dir.names[e.ID] = e
	}
	return dir, nil
}

// resolve is the id that a word of the user's stands for: an id of the store, or a name, alias or demonym, in any letter case and with or
// without accents. An id that was merged away stands for what it was merged into.
func (dir directory) resolve(word string) (string, error) {
	known := dir.names
	if id := dir.merges.Entity(word); known[id].ID != "" {
		return id, nil
	}
	want := spelling(word)
	spellings := spellingsOf(known)
	found := spelled(want, spellings, known)
	for _, more := range []func(map[string][]string, names){addDemonyms, addLeaders, addFamilies} {
		if len(found) == 0 {
			more(spellings, known)
			found = spelled(want, spellings, known)
		}
	}
	switch {
	case len(found) == 1:
		return found[0].ID, nil
	case len(found) > 1:
		return "", &partyError{word, true, found[:min(suggested, len(found))]}
	}
	return "", &partyError{word, false, nearestParties(want, spellings, known)}
}

// spelled are the parties that are written so, in the order of their ids.
func spelled(want string, spellings map[string][]string, known names) []schema.Entity {
	var found []schema.Entity
	for _, id := range slices.Sorted(maps.Keys(spellings)) {
		if want != "" && slices.Contains(spellings[id], want) {
			found = append(found, known[id])
		}
	}
	return found
}

// spellingsOf lists, by entity, the slugs of its id, name and aliases.
func spellingsOf(known names) map[string][]string {
	out := map[string][]string{}
	for id, e := range known {
		addSpellings(out, id, e.ID, e.Name)
		addSpellings(out, id, e.Aliases...)
	}
	return out
}

// spelling is a name as names are compared: its slug without an article.
func spelling(name string) string { return strings.TrimPrefix(schema.Slug(name), "the-") }

func addSpellings(spellings map[string][]string, id string, words ...string) {
	for _, w := range words {
		if s := spelling(w); s != "" && !slices.Contains(spellings[id], s) {
			spellings[id] = append(spellings[id], s)
		}
	}
}

// addDemonyms adds to the states that are there what the tables call them and their citizens.
func addDemonyms(spellings map[string][]string, _ names) {
	for _, s := range tables.Builtin().States {
		if spellings[s.ID] != nil {
			addSpellings(spellings, s.ID, slices.Concat([]string{s.Name}, s.Aliases, s.Adjectives, s.Singular, s.Plural)...)
		}
	}
}

// addLeaders adds to the persons that are there the other spellings of the tables.
func addLeaders(spellings map[string][]string, _ names) {
	for _, l := range tables.Builtin().Leaders {
		if spellings[l.ID] != nil {
			addSpellings(spellings, l.ID, append([]string{l.Name}, l.Aliases...)...)
		}
	}
}

// addFamilies adds to the persons that are there the last word of each of their names: the family name, in whatever form articles had them.
func addFamilies(spellings map[string][]string, known names) {
	for id, words := range spellings {
		if known[id].Kind != schema.Person {
			continue
		}
		for _, w := range slices.Clone(words) {
			addSpellings(spellings, id, w[strings.LastIndexByte(w, '-')+1:])
		}
	}
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

// nearestParties are the parties one of whose spellings is the nearest to what was typed, if that is near, in the order of their ids.
func nearestParties(want string, spellings map[string][]string, known names) []schema.Entity {
	distances := map[string]int{}
	best := len(want)/3 + 1
	for id, words := range spellings {
		for _, w := range words {
			d := distance(want, w)
			if len(want) >= 3 && strings.Contains("-"+w, "-"+want) {
				d = 1 // a part of the name
			}
			if d <= best {
				best, distances[id] = d, d
			}
		}
	}
	var out []schema.Entity
	for _, id := range slices.Sorted(maps.Keys(distances)) {
		if distances[id] == best && len(out) < suggested {
			out = append(out, known[id])
		}
	}
	return out
}
