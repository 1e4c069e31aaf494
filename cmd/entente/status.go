package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"entente/graph"

	"github.com/urfave/cli/v2"
)

func (p *program) statusCommand() *cli.Command {
	return &cli.Command{
		Name:  "status",
		Usage: "what is in the store, and from which runs",
		Description: "Each run has its time, arguments, versions and counts: what a paper cites.\n" +
			"With --unresolved, instead, the names in the articles of the store that no table knows, most frequent\n" +
			"first, each with a sentence: what to put into a file for --actors. The articles are read again for it.",
		Flags: []cli.Flag{
			storeFlag(),
			&cli.BoolFlag{Name: "unresolved", Usage: "list the names that no table knows"},
			&cli.IntFlag{Name: "limit", DefaultText: "all", Usage: "of the names, show the first `N` only"},
			actorsFlag(),
			formatFlag(),
		},
		Action: func(c *cli.Context) error { return p.status(c) },
	}
}

// state is what status tells of a store.
type state struct {
	Store string      `json:"store"`
	Stats graph.Stats `json:"stats"`
	Runs  []graph.Run `json:"runs"`
}

func (p *program) status(c *cli.Context) error {
	if err := between(c, 0, 0); err != nil {
		return err
	}
	if c.Bool("unresolved") {
		return withStore(c, func(store graph.Store) error { return p.unresolved(c, store) })
	}
	for _, flag := range []string{"limit", "actors"} {
		if c.IsSet(flag) {
			return usagef("--%s goes with --unresolved: entente status --unresolved --%s ...", flag, flag)
		}
	}
	out, err := p.output(c)
	if err != nil {
		return err
	}
	return withStore(c, func(store graph.Store) error {
		s := state{Store: c.String("store"), Runs: []graph.Run{}}
		if s.Stats, err = store.Stats(c.Context); err != nil {
			return err
		}
		if j, ok := store.(graph.Journal); ok {
			for r, err := range j.Runs(c.Context) {
				if err != nil {
					return err
				}
				s.Runs = append(s.Runs, r)
			}
		}
		return writeRecord(out, s, s.lines())
	})
}

func (s state) lines() []line {
	counts := func(n int) string { return number(n) }
	lines := []line{
		{"store", s.Store},
		{"articles", counts(s.Stats.Articles)},
		{"readings", counts(s.Stats.Readings)},
		{"entities", counts(s.Stats.Entities)},
		{"triples", counts(s.Stats.Triples)},
		{"evidence", counts(s.Stats.Evidence)},
		{"pairs", counts(s.Stats.Pairs)},
	}
	relations := map[string]int{}
	for r, n := range s.Stats.Relations {
		relations[string(r)] = n
	}
	if len(relations) > 0 {
		lines = append(lines, line{"relations", top(tallies(relations), len(relations))})
	}
	for _, x := range slices.Sorted(maps.Keys(s.Stats.Extractors)) {
		lines = append(lines, line{"extractor", x + ": " + count(s.Stats.Extractors[x], "reading")})
	}
	for _, r := range s.Runs {
		lines = append(lines, line{"run", runLine(r)})
	}
	return lines
}

// runLine is a run in words: when, how it was called, what it did, and the versions.
func runLine(r graph.Run) string {
	s := fmt.Sprintf("%s: entente %s: read %s, skipped %s, failed %s", r.Started, strings.Join(shellWords(r.Arguments), " "),
		number(r.Read), number(r.Skipped), number(r.Failed))
	s += fmt.Sprintf("; triples +%d -%d", r.Changes.Triples.Added, r.Changes.Triples.Removed)
	if r.Extractor.Name != "" {
		s += fmt.Sprintf("; %s %s", r.Extractor.Name, r.Extractor.Version)
	}
	if r.Version != "" {
		s += "; program " + r.Version
	}
	return s
}

// shellWords are arguments as they can be typed again.
func shellWords(args []string) []string {
	out := make([]string, len(args))
	for i, a := range args {
		if a == "" || strings.ContainsAny(a, " \t\n'\"\\$`*?[]{}()<>|&;#~!") {
			a = "'" + strings.ReplaceAll(a, "'", `'\''`) + "'"
		}
		out[i] = a
	}
	return out
}
