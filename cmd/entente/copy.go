package main

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"os"
	"strings"

	"entente/graph"
	"entente/graph/sqlite"
	"entente/schema"

	"github.com/urfave/cli/v2"
)

func (p *program) copyCommand() *cli.Command {
	return &cli.Command{
		Name:      "copy",
		Usage:     "copy a store into another, of the same sort or not",
		ArgsUsage: "FROM TO",
		Description: "FROM and TO are stores as --store names them. Articles, readings, decisions and runs are copied; all else\n" +
			"is derived anew, so that a copy of a damaged store is sound. A reading that cannot be read any more is\n" +
			"named and left out. FROM may be a Neo4j graph of an older model. Copying again goes on where it stopped.",
		Flags: []cli.Flag{
			&cli.BoolFlag{Name: "into", Usage: "copy into a store that holds something already; what it has of an article is replaced"},
			&cli.BoolFlag{Name: "json", Usage: "write the counts as one JSON object"},
		},
		Action: func(c *cli.Context) error { return p.copy(c) },
	}
}

// copied is what copy did.
type copied struct {
	graph.Summary
	Decisions int `json:"decisions"`
	Runs      int `json:"runs"`
}

func (p *program) copy(c *cli.Context) (err error) {
	if err := between(c, 2, 2); err != nil {
		return err
	}
	from, to := c.Args().Get(0), c.Args().Get(1)
	if sameStore(from, to) {
		return usagef("copy %s %s: that is one store; name another to copy into", from, to)
	}
	source, err := openSource(c.Context, from)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, source.Close()) }()
	target, err := openStore(c.Context, to, mayCreate)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, target.Close()) }()
	if err := p.mayCopyInto(c, source, target, to); err != nil {
		return err
	}
	done, err := p.copyStore(c, source, target)
	if err != nil {
		return err
	}
	if c.Bool("json") {
		if err := encoder(p.stdout).Encode(done); err != nil {
			return err
		}
	} else {
		p.say("copied %s, %s and %s to %s", count(done.Stored, "reading"), count(done.Decisions, "decision"), count(done.Runs, "run"), to)
	}
	if done.Failed > 0 {
		return &someFailed{done.Failed, done.Read}
	}
	return nil
}

// sameStore reports whether two names are surely of one store.
func sameStore(a, b string) bool {
	file := func(name string) string { return strings.TrimPrefix(strings.TrimPrefix(name, "sqlite:"), "//") }
	if a == b {
		return true
	}
	x, errX := os.Stat(file(a))
	y, errY := os.Stat(file(b))
	return errX == nil && errY == nil && os.SameFile(x, y)
}

// openSource opens a store that is only read.
func openSource(ctx context.Context, name string) (graph.Store, error) {
	if o, ok, err := neo4jOptions(name); ok || err != nil {
		if err != nil {
			return nil, err
		}
		o.ReadOnly = true
		return dialNeo4j(ctx, o)
	}
	return openStore(ctx, name, mustExist)
}

// mayCopyInto refuses a store that holds what the other does not: the rest of an earlier copy is no obstacle.
func (p *program) mayCopyInto(c *cli.Context, source, target graph.Store, to string) error {
	if c.Bool("into") {
		return nil
	}
	if stats, err := target.Stats(c.Context); err != nil || stats.Articles == 0 {
		return err
	}
	have := map[string]bool{}
	for r, err := range target.Readings(c.Context) {
		if err != nil {
			return fmt.Errorf("look into %s: %w", to, err)
		}
		have[readingKey(r)] = true
	}
	if len(have) == 0 {
		return nil
	}
	for r, err := range source.Readings(c.Context) {
		if err == nil {
			delete(have, readingKey(r))
		}
	}
	if len(have) > 0 {
		return withHint(fmt.Errorf("%s holds %s that the other store does not", to, count(len(have), "reading")), "name an empty store, or say --into to copy into this one")
	}
	return nil
}

func readingKey(r schema.Reading) string {
	return r.Article.ID + "\n" + r.Extractor.Name + "\n" + r.Extractor.Version + "\n" + r.Article.SHA256
}

// copyStore copies all of source: decisions first, so that the graph is derived once.
func (p *program) copyStore(c *cli.Context, source, target graph.Store) (copied, error) {
	var done copied
	ctx := c.Context
	for d, err := range source.Decisions(ctx) {
		if err == nil {
			err = target.Merge(ctx, d)
		}
		if errors.Is(err, graph.ErrMergeCycle) { // a damage of the source
			p.say("left out a decision: %v", err)
			continue
		}
		if err != nil {
			return done, err
		}
		done.Decisions++
	}
	var unread error
	sum, err := graph.Load(ctx, target, readable(source.Readings(ctx), &unread), graph.Options{})
	done.Summary = sum
	if failed, ok := errors.AsType[*graph.LoadError](err); ok && ctx.Err() == nil {
		for _, e := range failed.Errs {
			p.say("left out: %v", e)
		}
		err = nil
	}
	if err = errors.Join(err, unread); err != nil {
		return done, err
	}
	done.Runs, err = copyRuns(ctx, source, target)
	return done, err
}

// readable hands on readings and the errors of single ones, and ends at any other error, which it leaves in failed.
func readable(readings iter.Seq2[schema.Reading, error], failed *error) iter.Seq2[schema.Reading, error] {
	return func(yield func(schema.Reading, error) bool) {
		for r, err := range readings {
			if _, one := errors.AsType[*graph.ReadingError](err); err != nil && !one {
				*failed = err
				return
			}
			if !yield(r, err) {
				return
			}
		}
	}
}

// copyRuns adds the runs of source that target has not.
func copyRuns(ctx context.Context, source, target graph.Store) (int, error) {
	from, ok := source.(graph.Journal)
	to, also := target.(graph.Journal)
	if !ok || !also {
		return 0, nil
	}
	have := map[string]bool{}
	key := func(r graph.Run) string { return fmt.Sprint(r) }
	for r, err := range to.Runs(ctx) {
		if err != nil {
			return 0, err
		}
		have[key(r)] = true
	}
	var runs []graph.Run
	for r, err := range from.Runs(ctx) {
		if err != nil {
			return 0, err
		}
		if !have[key(r)] {
			runs = append(runs, r)
		}
	}
	for _, r := range runs {
		if err := to.AddRun(ctx, r); err != nil {
			return 0, err
		}
	}
	return len(runs), nil
}

func (p *program) backupCommand() *cli.Command {
	return &cli.Command{
		Name:      "backup",
		Usage:     "write a copy of the store's file, also while it is written to",
		ArgsUsage: "FILE",
		Description: "FILE is a whole store of its own, as it was at one moment, and takes the place of a file of that name\n" +
			"only when it is whole. A store in Neo4j is copied with `entente copy`.",
		Flags:  []cli.Flag{storeFlag()},
		Action: func(c *cli.Context) error { return p.backup(c) },
	}
}

func (p *program) backup(c *cli.Context) error {
	if err := between(c, 1, 1); err != nil {
		return err
	}
	file := c.Args().First()
	if sameStore(c.String("store"), file) {
		return usagef("backup %s: that is the store itself; name another file", file)
	}
	return withStore(c, func(store graph.Store) error {
		s, ok := store.(*sqlite.Store)
		if !ok {
			return usagef("only a store in a file has backups; use `entente copy %s %s`", c.String("store"), file)
		}
		if err := s.Backup(c.Context, file); err != nil {
			return err
		}
		p.say("%s is a copy of %s", file, c.String("store"))
		return nil
	})
}
