package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"entente/graph"
	"entente/graph/export"
	"entente/graph/neo4j/admin"

	"github.com/urfave/cli/v2"
)

func (p *program) exportCommand() *cli.Command {
	var names []string
	for _, f := range export.Formats() {
		names = append(names, f.Name)
	}
	names = append(names, adminFormat)
	return &cli.Command{
		Name:      "export",
		Usage:     "write what a store holds as a file that other programs open",
		ArgsUsage: "[STORE]",
		Description: "STORE is what --store takes. docs/export.md says what is in each column of each format. The file is\n" +
			"written beside its name and put there when it is whole. What a format has no place for (ties, what is\n" +
			"denied, dates less exact than its periods) is counted on standard error. neo4j-admin is a folder: one CSV file\n" +
			"for each sort of node and relationship, and import.sh with the command of neo4j-admin 5.26 that makes a\n" +
			"database of them, for what is too much to load into a server that runs.",
		Flags: append([]cli.Flag{
			&cli.StringFlag{Name: "format", Usage: "how to write: `FORMAT` is " + strings.Join(names, ", ")},
			&cli.StringFlag{Name: "output", Aliases: []string{"o"}, Usage: "write to `FILE` (default: standard output); of neo4j-admin the folder"},
			&cli.StringFlag{Name: "database", Value: "neo4j", Usage: "of neo4j-admin: the `NAME` of the database to be made"},
			&cli.StringFlag{Name: "of", Usage: "of csv, jsonl and parquet: `ROWS` are triples, evidences or (jsonl, its default) readings"},
			&cli.StringFlag{Name: "by", Usage: "of panel: `PERIOD` is day, month, quarter or year (default: month)"},
			&cli.BoolFlag{Name: "directed", Usage: "of panel: what A did to B apart from what B did to A"},
			&cli.BoolFlag{Name: "no-zeros", Usage: "of panel: leave out periods without events"},
			&cli.BoolFlag{Name: "first-day", Usage: "of icews, polecat, gdelt: acts whose date is less exact than a day stand on the first day it may be"},
			&cli.StringSliceFlag{Name: "party", Usage: "only acts of `PARTY`; given twice: between the two"},
		}, append(filterFlags(), storeFlag())...),
		Action: func(c *cli.Context) error { return p.export(c) },
	}
}

func (p *program) export(c *cli.Context) error {
	if err := between(c, 0, 1); err != nil {
		return err
	}
	if c.String("format") == "" {
		return withHint(usagef("export needs --format"), "`entente help export` lists the formats")
	}
	if c.String("format") == adminFormat {
		return p.exportAdmin(c)
	}
	f, err := export.FormatNamed(c.String("format"))
	if err != nil {
		return usagef("--format: %w", err)
	}
	o := export.Options{Of: export.Rows(c.String("of")), Directed: c.Bool("directed"), NoZeros: c.Bool("no-zeros"), FirstDay: c.Bool("first-day")}
	if by := c.String("by"); by != "" {
		if o.By, err = graph.ParsePeriod(by); err != nil {
			return usagef("--by: %w", err)
		}
	}
	if o.Query, err = filter(c); err != nil {
		return err
	}
	if f.Binary && c.String("output") == "" && isTerminal(p.stdout) {
		return usagef("--format %s is not for a terminal; write it to a file with -o FILE", f.Name)
	}
	if err := storeArgument(c); err != nil {
		return err
	}
	return withStore(c, func(store graph.Store) error {
		if err := narrow(c, store, &o); err != nil {
			return err
		}
		return p.exportTo(c.Context, c.String("output"), f, store, o)
	})
}

// storeArgument takes the store from the argument, where there is one.
func storeArgument(c *cli.Context) error {
	if !c.Args().Present() {
		return nil
	}
	return c.Set("store", c.Args().First())
}

// adminFormat is the format that is a folder: see graph/neo4j/admin.
const adminFormat = "neo4j-admin"

func (p *program) exportAdmin(c *cli.Context) error {
	dir := c.String("output")
	if dir == "" {
		return usagef("--format %s needs a folder: -o DIR", adminFormat)
	}
	if err := storeArgument(c); err != nil {
		return err
	}
	return withStore(c, func(store graph.Store) error {
		result, err := admin.Export(c.Context, store, dir, c.String("database"))
		if err != nil {
			return err
		}
		p.say("%s and %s are in %s; stop Neo4j and run there: %s", count(result.Nodes, "node"), count(result.Relationships, "relationship"), dir,
			strings.Join(result.Command, " "))
		return nil
	})
}

func (p *program) exportTo(ctx context.Context, file string, f export.Format, store graph.Store, o export.Options) error {
	var result export.Result
	err := writeWhole(file, p.stdout, func(w io.Writer) (err error) {
		result, err = f.Write(ctx, w, store, o)
		return err
	})
	if err != nil {
		return fmt.Errorf("export %s: %w", f.Name, err)
	}
	for _, l := range result.Left {
		p.say("not in the %s: %s (%s)", f.Name, count(l.N, "triple"), l.Why)
	}
	if file != "" {
		p.say("%s: %s of %s", file, count(result.Rows, "row"), f.Name)
	}
	return nil
}

// narrow narrows an export to the parties that --party names.
func narrow(c *cli.Context, store graph.Store, o *export.Options) error {
	words := c.StringSlice("party")
	if len(words) == 0 {
		return nil
	}
	if len(words) > 2 {
		return usagef("--party: give one or two, not %d", len(words))
	}
	dir, err := openDirectory(c.Context, store)
	if err != nil {
		return err
	}
	var titles []string
	for i, ids := range []*[]string{&o.Query.Of, &o.Query.With}[:len(words)] {
		id, err := dir.resolve(words[i])
		if err != nil {
			return err
		}
		*ids = continued([]string{id})
		titles = append(titles, dir.of(id))
	}
	o.Title = strings.Join(titles, " and ")
	return nil
}

// writeWhole runs f on a file that stands in its place only when all of it is written, or on stdout where no file is named.
func writeWhole(file string, stdout io.Writer, f func(io.Writer) error) (err error) {
	if file == "" || file == "-" {
		w := bufio.NewWriter(stdout)
		if err := f(w); err != nil {
			return err
		}
		return w.Flush()
	}
	part, err := os.CreateTemp(filepath.Dir(file), "."+filepath.Base(file)+".*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			os.Remove(part.Name())
		}
	}()
	w := bufio.NewWriter(part)
	if err = f(w); err == nil {
		err = w.Flush()
	}
	if cerr := part.Close(); err == nil {
		err = cerr
	}
	if err == nil {
		err = os.Chmod(part.Name(), 0o644)
	}
	if err == nil {
		err = os.Rename(part.Name(), file)
	}
	return err
}
