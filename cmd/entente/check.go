package main

import (
	"fmt"
	"iter"
	"strings"

	"entente/graph"

	"github.com/urfave/cli/v2"
)

func (p *program) checkCommand() *cli.Command {
	return &cli.Command{
		Name:  "check",
		Usage: "look a store through for damage, and say what mends it",
		Description: "Compares every quote with the bytes of its article, and all that is derived (triples, statuses, entities,\n" +
			"sums, edges, indexes) with what the readings say. Writes one row for each damage with the command that\n" +
			"mends it; nothing is changed. The exit code is 1 where there is damage.",
		Flags:  []cli.Flag{storeFlag(), formatFlag()},
		Action: func(c *cli.Context) error { return p.check(c) },
	}
}

// finding is a damage with the command that mends it.
type finding struct {
	graph.Damage
	Command string `json:"command"`
}

func (p *program) check(c *cli.Context) error {
	if err := between(c, 0, 0); err != nil {
		return err
	}
	out, err := p.output(c)
	if err != nil {
		return err
	}
	return withStore(c, func(store graph.Store) error {
		checker, ok := store.(graph.Checker)
		if !ok {
			return usagef("--store %s: a store in memory cannot be damaged; name a file, or neo4j://HOST:PORT", c.String("store"))
		}
		unverified, articles := 0, 0
		for a, err := range store.Articles(c.Context) {
			if err != nil {
				break // the check itself says what is wrong
			}
			articles++
			if a.Text == "" {
				unverified++
			}
		}
		kinds := map[string]int{}
		n, err := write(out, findingView(), findings(c.String("store"), checker.Check(c.Context), kinds))
		if err != nil {
			return err
		}
		if unverified > 0 {
			p.say("%s without text: their quotes are unverified", count(unverified, "article"))
		}
		if n == 0 {
			p.say("%s is sound: %s", c.String("store"), count(articles, "article"))
			return nil
		}
		return fmt.Errorf("%s is damaged: %s", c.String("store"), top(tallies(kinds), len(kinds)))
	})
}

// findings adds commands to damages and counts their kinds.
func findings(store string, damages iter.Seq2[graph.Damage, error], kinds map[string]int) iter.Seq2[finding, error] {
	return func(yield func(finding, error) bool) {
		for d, err := range damages {
			if err == nil {
				kinds[string(d.Kind)]++
			}
			if !yield(finding{d, mendCommand(store, d)}, err) {
				return
			}
		}
	}
}

// mendCommand is what to type to mend a damage.
func mendCommand(store string, d graph.Damage) string {
	words := []string{"entente", "copy", store, "NEW"}
	switch d.Mend {
	case graph.MendAgain:
		words = []string{"entente", "forget", "--store", store, d.Article}
	case graph.MendDecision:
		words = []string{"entente", "split", "--store", store, d.Thing}
	}
	line := strings.Join(shellWords(words), " ")
	switch d.Mend {
	case graph.MendAgain:
		return line + ", then ingest or load it again"
	case graph.MendBackup:
		return "go back to a backup, or " + line
	}
	return line
}

func findingView() view[finding] {
	cols := []column[finding]{
		{name: "kind", cell: func(f finding) string { return string(f.Kind) }},
		{name: "thing", cell: func(f finding) string { return f.Thing }},
		{name: "message", wide: true, cell: func(f finding) string { return f.Message }},
		{name: "mended by", cell: func(f finding) string { return f.Command }},
	}
	return view[finding]{table: cols, fields: cols}
}
