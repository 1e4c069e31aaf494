package main

import (
	"entente/extract/actor"
	"entente/extract/rules"

	"github.com/urfave/cli/v2"
)

func actorsFlag() cli.Flag {
	return &cli.StringFlag{Name: "actors", Usage: "a `FILE` of parties that overlays the built-in tables"}
}

// rulesOf makes the rules that the flags ask for.
func rulesOf(c *cli.Context) (*rules.Extractor, error) {
	name := c.String("actors")
	if name == "" {
		return rules.New(rules.Options{})
	}
	f, err := openFile(name)
	if err != nil {
		return nil, withHint(err, "--actors names a file in the format of the tables")
	}
	if err := f.Close(); err != nil {
		return nil, err
	}
	x, err := rules.New(rules.Options{Actors: actor.Options{Overlay: name}})
	if err != nil {
		return nil, withHint(err, "--actors wants sections such as [organizations], and under each the columns of that table, with tabs between")
	}
	return x, nil
}
