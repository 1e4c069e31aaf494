package main

import (
	"strings"

	"entente/graph"
	"entente/graph/neo4j/admin"

	"github.com/urfave/cli/v2"
)

func (p *program) bulkCommand() *cli.Command {
	return &cli.Command{
		Name:      "bulk",
		Usage:     "write a store as files for the importer of Neo4j",
		ArgsUsage: "DIR",
		Description: "DIR gets one CSV file for each sort of node and relationship, and import.sh with the command of\n" +
			"neo4j-admin 5.26 that makes a database of them: for what is too much to load into a server that runs.",
		Flags: []cli.Flag{
			storeFlag(),
			&cli.StringFlag{Name: "database", Value: "neo4j", Usage: "the `NAME` of the database to be made"},
			&cli.BoolFlag{Name: "json", Usage: "write the counts and the command as one JSON object"},
		},
		Action: func(c *cli.Context) error { return p.bulk(c) },
	}
}

func (p *program) bulk(c *cli.Context) error {
	if err := between(c, 1, 1); err != nil {
		return err
	}
	return withStore(c, func(store graph.Store) error {
		result, err := admin.Export(c.Context, store, c.Args().First(), c.String("database"))
		if err != nil {
			return err
		}
		if c.Bool("json") {
			return encoder(p.stdout).Encode(result)
		}
		p.say("%s and %s are in %s; stop Neo4j and run there: %s", count(result.Nodes, "node"), count(result.Relationships, "relationship"),
			c.Args().First(), strings.Join(result.Command, " "))
		return nil
	})
}
