package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"os"
	"strings"

	"entente/graph"
	"entente/graph/cypher"
	"entente/graph/memory"
	"entente/graph/neo4j"
	"entente/graph/sqlite"

	"github.com/urfave/cli/v2"
	"golang.org/x/term"
)

func (p *program) queryCommand() *cli.Command {
	return &cli.Command{
		Name:      "query",
		Usage:     "ask the graph in Cypher",
		ArgsUsage: "[CYPHER]",
		Description: "CYPHER is one reading statement; - reads it from standard input, and without it and --file a shell begins\n" +
			"where standard input is a terminal. EXPLAIN before it shows the plan, PROFILE the plan with the rows of each\n" +
			"step. Nothing is written: clauses that would are refused. On a Neo4j store the server answers, within its own\n" +
			"limits.",
		Flags: []cli.Flag{
			storeFlag(),
			&cli.StringFlag{Name: "format", Value: formats[0], Usage: "how to write `ROWS`: " + strings.Join(formats, ", ") + ", or dot (Graphviz) for their nodes and relationships"},
			&cli.StringSliceFlag{Name: "param", Aliases: []string{"p"}, Usage: "a parameter `NAME=VALUE`; VALUE is JSON, else text"},
			&cli.StringFlag{Name: "file", Usage: "read CYPHER from `FILE`"},
			&cli.DurationFlag{Name: "timeout", Usage: "stop after `TIME`, such as 30s; 0 never"},
			&cli.IntFlag{Name: "most", Value: 5_000_000, Usage: "stop where more than `N` values would be held at once; 0 is the default"},
		},
		Action: func(c *cli.Context) error { return p.query(c) },
	}
}

// cypherStore is a store that answers Cypher in this program.
type cypherStore interface {
	Cypher(ctx context.Context, limits cypher.Limits, text string, params map[string]any) (*cypher.Result, error)
}

// asker is a store that has Cypher answered elsewhere. The values of a row are in the order of columns: what JSON has, and nodes and relationships.
type asker interface {
	Query(ctx context.Context, cypher string, params map[string]any) (columns []string, rows iter.Seq2[[]any, error], err error)
}

var (
	_ cypherStore = (*memory.Store)(nil)
	_ cypherStore = (*sqlite.Store)(nil)
	_ asker       = (*neo4j.Store)(nil)
)

// question is a query with all that it is asked with.
type question struct {
	text   string
	params map[string]any
	limits cypher.Limits
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
	if err := between(c, 0, 1); err != nil {
		return err
	}
	out, err := p.queryOutput(c)
	if err != nil {
		return err
	}
	q := question{limits: cypher.Limits{Values: c.Int("most"), Time: c.Duration("timeout")}}
	if q.params, err = parameters(c.StringSlice("param")); err != nil {
		return err
	}
	var shell bool
	if q.text, shell, err = p.queryText(c); err != nil {
		return err
	}
	return withStore(c, func(store graph.Store) error {
		if shell {
			return p.shell(c, store, out, q)
		}
		return ask(c.Context, store, out, q)
	})
}

// queryOutput is output with the format dot.
func (p *program) queryOutput(c *cli.Context) (*output, error) {
	if c.String("format") == "dot" {
		return &output{w: p.stdout, format: "dot"}, nil
	}
	return p.output(c)
}

// queryText is the statement, or that a shell is wanted.
func (p *program) queryText(c *cli.Context) (text string, shell bool, err error) {
	file := c.String("file")
	switch {
	case file != "" && c.Args().Len() > 0:
		return "", false, usagef("--file %s: give CYPHER or a file, not both", file)
	case file != "":
		b, err := os.ReadFile(file)
		if err != nil {
			return "", false, fmt.Errorf("--file %s: %w", file, cause(err))
		}
		return string(b), false, nil
	case c.Args().Len() == 0:
		f, ok := p.stdin.(*os.File)
		if !ok || !term.IsTerminal(int(f.Fd())) {
			return "", false, usagef("query needs CYPHER where standard input is no terminal; - reads it from there, --file from a file")
		}
		return "", true, nil
	}
	text, err = p.textOrStdin(c.Args().First())
	return text, false, err
}

// ask puts a question to a store and writes the answer.
func ask(ctx context.Context, store graph.Store, out *output, q question) error {
	switch s := store.(type) {
	case cypherStore:
		r, err := s.Cypher(ctx, q.limits, q.text, q.params)
		if err != nil {
			return oneLineError(err)
		}
		return oneLineError(writeResult(out, r))
	case asker:
		if q.limits.Time > 0 {
			var cancel context.CancelFunc
			ctx, cancel = context.WithTimeout(ctx, q.limits.Time)
			defer cancel()
		}
		columns, rows, err := s.Query(ctx, q.text, q.params)
		if err != nil {
			return err
		}
		return writeAnswer(out, columns, rows)
	}
	return fmt.Errorf("the store does not understand Cypher; use timeline, show and why")
}

// writeResult writes rows, or the plan where it was asked for.
func writeResult(out *output, r *cypher.Result) error {
	if !r.Explain && !r.Profile {
		return writeAnswer(out, r.Columns, r.Rows)
	}
	for _, err := range r.Rows {
		if err != nil {
			return err
		}
	}
	columns := []string{"step", "detail"}
	if r.Profile {
		columns = append(columns, "rows")
	}
	return writeAnswer(out, columns, func(yield func([]any, error) bool) {
		for _, s := range r.Plan {
			row := []any{strings.Repeat("  ", s.Depth) + s.Name, strings.Join(strings.Fields(s.Detail), " "), int64(s.Rows)}
			if !yield(row[:len(columns)], nil) {
				return
			}
		}
	})
}

func writeAnswer(out *output, columns []string, rows iter.Seq2[[]any, error]) error {
	if out.format == "dot" {
		return writeDot(out.w, rows)
	}
	plain := func(yield func([]any, error) bool) {
		for row, err := range rows {
			values, _ := cypher.Plain(row).([]any)
			if !yield(values, err) || err != nil {
				return
			}
		}
	}
	_, err := write(out, answerView(columns), answers(columns, plain))
	return err
}

// oneLineError is an error of a query without the line of its text.
func oneLineError(err error) error {
	if e, ok := errors.AsType[*cypher.Error](err); ok {
		return fmt.Errorf("%s", e.Short())
	}
	return err
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
