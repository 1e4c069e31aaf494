package main

import (
	"context"
	"encoding/json"
	"fmt"
	"iter"
	"strings"

	"entente/graph"

	"github.com/urfave/cli/v2"
)

func (p *program) queryCommand() *cli.Command {
	return &cli.Command{
		Name:      "query",
		Usage:     "ask the graph in Cypher (Neo4j stores)",
		ArgsUsage: "CYPHER",
		Description: "CYPHER is one reading statement; - reads it from standard input. Nothing is written: clauses that\n" +
			"would are refused.",
		Flags: []cli.Flag{
			storeFlag(), formatFlag(),
			&cli.StringSliceFlag{Name: "param", Usage: "a parameter `NAME=VALUE`; VALUE is JSON, else text"},
		},
		Action: func(c *cli.Context) error { return p.query(c) },
	}
}

// asker is a store that understands Cypher. The values of a row are in the order of columns: what JSON has, and maps for nodes and relationships.
type asker interface {
	Query(ctx context.Context, cypher string, params map[string]any) (columns []string, rows iter.Seq2[[]any, error], err error)
}

// answerRow is one row of an answer.
type answerRow struct {
	columns []string
	values  []any
}

// MarshalJSON keeps the order of the columns.
func (r answerRow) MarshalJSON() ([]byte, error) {
	var b strings.Builder
	e := encoder(&b)
	b.WriteByte('{')
	for i, name := range r.columns {
		if i > 0 {
			b.WriteByte(',')
		}
		if err := e.Encode(name); err != nil {
			return nil, err
		}
		b.WriteByte(':')
		if err := e.Encode(r.values[i]); err != nil {
			return nil, err
		}
	}
	b.WriteByte('}')
	return []byte(b.String()), nil
}

func (p *program) query(c *cli.Context) error {
	if err := between(c, 1, 1); err != nil {
		return err
	}
	out, err := p.output(c)
	if err != nil {
		return err
	}
	cypher, err := p.textOrStdin(c.Args().First())
	if err != nil {
		return err
	}
	params, err := parameters(c.StringSlice("param"))
	if err != nil {
		return err
	}
	return withStore(c, func(store graph.Store) error {
		a, ok := store.(asker)
		if !ok {
			return fmt.Errorf("the store %s does not understand Cypher yet; use a Neo4j store (--store neo4j://HOST:PORT), or timeline, show and why", c.String("store"))
		}
		columns, rows, err := a.Query(c.Context, cypher, params)
		if err != nil {
			return err
		}
		_, err = write(out, answerView(columns), answers(columns, rows))
		return err
	})
}

func answers(columns []string, rows iter.Seq2[[]any, error]) iter.Seq2[answerRow, error] {
	return func(yield func(answerRow, error) bool) {
		for values, err := range rows {
			if !yield(answerRow{columns, values}, err) {
				return
			}
		}
	}
}

func answerView(columns []string) view[answerRow] {
	var cols []column[answerRow]
	for i, name := range columns {
		cols = append(cols, column[answerRow]{name: name, cell: func(r answerRow) string { return cellText(r.values[i]) }})
	}
	return view[answerRow]{cols, cols}
}

// cellText is a value as text: strings as they are, nothing for null, JSON for the rest.
func cellText(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		return v
	}
	var b strings.Builder
	if err := encoder(&b).Encode(v); err != nil {
		return fmt.Sprint(v)
	}
	return strings.TrimSuffix(b.String(), "\n")
}

func parameters(words []string) (map[string]any, error) {
	params := map[string]any{}
	for _, w := range words {
		name, value, ok := strings.Cut(w, "=")
		if !ok || name == "" {
			return nil, usagef("--param %s: want NAME=VALUE", w)
		}
		var v any
		d := json.NewDecoder(strings.NewReader(value))
		d.UseNumber()
		if d.Decode(&v) != nil || d.More() {
			v = value
		}
		if n, ok := v.(json.Number); ok {
			v = plainNumber(n)
		}
		params[name] = v
	}
	return params, nil
}

// plainNumber is an integer where it is one.
func plainNumber(n json.Number) any {
	if i, err := n.Int64(); err == nil {
		return i
	}
	f, err := n.Float64()
	if err != nil {
		return n.String()
	}
	return f
}
