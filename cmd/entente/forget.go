package main

import (
	"encoding/json"
	"fmt"
	"strings"

	"entente/graph"

	"github.com/urfave/cli/v2"
)

func (p *program) forgetCommand() *cli.Command {
	return &cli.Command{
		Name:        "forget",
		Usage:       "remove articles with all that only they said",
		ArgsUsage:   "ARTICLE...",
		Description: "ARTICLE is an article's id, as `entente why` shows it.",
		Flags: []cli.Flag{
			storeFlag(),
			&cli.BoolFlag{Name: "json", Usage: "write the counts as one JSON object"},
		},
		Action: func(c *cli.Context) error { return p.forget(c) },
	}
}

func (p *program) forget(c *cli.Context) error {
	if err := between(c, 1, -1); err != nil {
		return err
	}
	return withStore(c, func(store graph.Store) error {
		ch, err := store.Forget(c.Context, c.Args().Slice()...)
		if err != nil {
			return err
		}
		if ch.Articles.Removed == 0 {
			return fmt.Errorf("no article %s in %s; `entente why TRIPLE` shows the ids of articles", strings.Join(c.Args().Slice(), ", "), c.String("store"))
		}
		if c.Bool("json") {
			return json.NewEncoder(p.stdout).Encode(ch)
		}
		_, err = fmt.Fprintf(p.stdout, "forgot %s: %s, %s and %s went with them\n", count(ch.Articles.Removed, "article"),
			count(ch.Triples.Removed, "triple"), evidences(ch.Evidence.Removed), count(ch.Entities.Removed, "entity"))
		return err
	})
}

func evidences(n int) string {
	if n == 1 {
		return "1 piece of evidence"
	}
	return number(n) + " pieces of evidence"
}
