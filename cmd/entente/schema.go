package main

import (
	"fmt"
	"strings"

	"entente/graph/neo4j"
	"entente/schema"

	"github.com/urfave/cli/v2"
)

func (p *program) schemaCommand() *cli.Command {
	return &cli.Command{
		Name:  "schema",
		Usage: "the vocabulary: relation types with class, score and modes",
		Description: "--cypher writes the constraints and indexes of a Neo4j store instead, --json the JSON Schema of a\n" +
			"reading, as `entente extract` writes and `entente load` reads it.",
		Flags: []cli.Flag{
			formatFlag(),
			&cli.BoolFlag{Name: "cypher", Usage: "write the Cypher that prepares a Neo4j database"},
			&cli.BoolFlag{Name: "json", Usage: "write the JSON Schema of a reading"},
		},
		Action: func(c *cli.Context) error { return p.schema(c) },
	}
}

func (p *program) schema(c *cli.Context) error {
	if err := between(c, 0, 0); err != nil {
		return err
	}
	switch {
	case c.Bool("cypher") && c.Bool("json"):
		return usagef("--cypher and --json: choose one")
	case c.Bool("cypher"):
		_, err := fmt.Fprint(p.stdout, neo4j.Schema())
		return err
	case c.Bool("json"):
		e := encoder(p.stdout)
		e.SetIndent("", "  ")
		return e.Encode(readingSchema())
	}
	out, err := p.output(c)
	if err != nil {
		return err
	}
	var rows []relationRow
	for _, info := range schema.Relations() {
		rows = append(rows, newRelationRow(info))
	}
	_, err = write(out, relationView(), all(rows))
	return err
}

// relationRow is a relation type as JSON shows it.
type relationRow struct {
	Relation   schema.Relation `json:"relation"`
	Class      string          `json:"class"`
	Quad       schema.Quad     `json:"quad,omitempty"`
	Symmetric  bool            `json:"symmetric"`
	Score      float64         `json:"score"`
	Label      string          `json:"label"`
	Definition string          `json:"definition"`
	Modes      []modeRow       `json:"modes"`
}

type modeRow struct {
	Name  string  `json:"name"`
	Score float64 `json:"score"`
}

func newRelationRow(i schema.RelationInfo) relationRow {
	r := relationRow{i.Relation, "event", i.Quad, i.Symmetric, i.Score, i.Label, i.Definition, []modeRow{}}
	if i.Tie {
		r.Class = "tie"
	}
	for _, m := range i.Modes {
		r.Modes = append(r.Modes, modeRow(m))
	}
	return r
}

func (r relationRow) modes() string {
	var out []string
	for _, m := range r.Modes {
		out = append(out, m.Name+"="+decimal(m.Score))
	}
	return strings.Join(out, " ")
}

func (r relationRow) symmetric() string {
	if r.Symmetric {
		return "yes"
	}
	return "no"
}

func relationView() view[relationRow] {
	field := func(name string, f func(r relationRow) string) column[relationRow] {
		return column[relationRow]{name: name, cell: f}
	}
	cols := []column[relationRow]{
		field("relation", func(r relationRow) string { return string(r.Relation) }),
		field("class", func(r relationRow) string { return r.Class }),
		field("quad", func(r relationRow) string { return string(r.Quad) }),
		field("symmetric", relationRow.symmetric),
		field("score", func(r relationRow) string { return decimal(r.Score) }),
		field("label", func(r relationRow) string { return r.Label }),
		{name: "definition", wide: true, cell: func(r relationRow) string { return r.Definition }},
		field("modes", relationRow.modes),
	}
	return view[relationRow]{table: cols[:7], fields: cols}
}
