package main

import (
	"fmt"

	"entente/browser"

	"github.com/urfave/cli/v2"
)

func (p *program) browserCommand() *cli.Command {
	return &cli.Command{
		Name:      "browser",
		Usage:     "write a guide, a style and saved queries for Neo4j Browser",
		ArgsUsage: "DIR",
		Description: "DIR gets queries.zip and entente.grass, to be dropped on the window of Neo4j Browser, the queries one by\n" +
			"one, and the guide: guide.html for the Browser that comes with Neo4j 5, guide.adoc for the new one.",
		Action: func(c *cli.Context) error { return p.browser(c) },
	}
}

func (p *program) browser(c *cli.Context) error {
	if err := between(c, 1, 1); err != nil {
		return err
	}
	names, err := browser.Write(c.Args().First())
	if err != nil {
		return fmt.Errorf("write the files for Neo4j Browser: %w", err)
	}
	p.say("%s are in %s; drop queries.zip and entente.grass there on the window of Neo4j Browser", count(len(names), "file"), c.Args().First())
	return nil
}
