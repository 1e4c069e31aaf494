package main

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"strings"

	"entente/extract"
	"entente/graph"
	"entente/schema"

	"github.com/urfave/cli/v2"
)

func (p *program) ingestCommand() *cli.Command {
	return &cli.Command{
		Name:      "ingest",
		Usage:     "read articles into a store",
		ArgsUsage: "PATH...",
		Description: "PATH is a file or a folder of articles, - is standard input. What the store has read before, with\n" +
			"the same text and by the same version, is skipped: a run that was stopped goes on when it is started\n" +
			"again. An article that has changed replaces its own word only.",
		Flags: append(append([]cli.Flag{storeFlag()}, readFlags()...),
			append(errorFlags(),
				&cli.BoolFlag{Name: "list", Usage: "say what each file would be read as, and read nothing"},
				&cli.BoolFlag{Name: "force", Usage: "read again what was read before"},
				&cli.BoolFlag{Name: "json", Usage: "write the summary as one JSON object"},
			)...),
		Action: func(c *cli.Context) error { return p.ingest(c) },
	}
}

// readFlags say how articles are read.
func readFlags() []cli.Flag {
	return append([]cli.Flag{
		&cli.StringFlag{Name: "published", Usage: "the `DATE` of articles that do not say when they came out"},
		&cli.StringSliceFlag{Name: "field", Usage: "`PROPERTY=NAME` says which field of the corpus holds the text, the title, ...: text=body"},
		&cli.IntFlag{Name: "workers", DefaultText: "one a processor", Usage: "read `N` articles at the same time"},
		actorsFlag(),
		&cli.BoolFlag{Name: "no-text", Usage: "leave the text of articles out of the result; quotes stay"},
	}, extractorFlags()...)
}

func (p *program) ingest(c *cli.Context) (err error) {
	if err := between(c, 1, -1); err != nil {
		return err
	}
	in, err := p.openCorpus(c)
	if err != nil {
		return err
	}
	if c.Bool("list") {
		return p.list(c, in)
	}
	x, err := p.openExtractor(c)
	if err != nil {
		return err
	}
	if c.Bool("dry-run") {
		return p.dryRun(c, x, in.articles)
	}
	l, err := p.newPipeline(c)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, l.close()) }()
	store, err := openStore(c.Context, c.String("store"), whenRead)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	l.keep, l.census = l.into(store), in.census

	started := p.now()
	articles := l.unread(c.Context, l.counted(in.articles), store, x, c.Bool("force"))
	progress := p.startProgress(l.tally, in.census.consumed.Load, in.bytes, c.Bool("quiet"))
	err = l.run(c.Context, extract.All(c.Context, x, articles, c.Int("workers")))
	progress.done()
	p.saySkips(in)
	err = errors.Join(l.found(c.Args().Slice(), err), p.closeModel(c, x))
	return l.finish(c, store, x.Info(), started, err)
}

// found turns a run that went well but had nothing to read into an error: who names a path wants articles from it.
func (l *pipeline) found(paths []string, err error) error {
	if err != nil {
		return err
	}
	l.tally.do(func(t *tallied) {
		switch {
		case t.read == 0:
			err = withHint(fmt.Errorf("no articles in %s", strings.Join(paths, " ")), "name files or folders that hold news texts")
		case t.read == t.withoutText:
			err = withHint(fmt.Errorf("%s: %s without text", strings.Join(paths, " "), count(t.read, "article")), "there is nothing to read in them")
		}
	})
	return err
}

// counted counts articles and errors as they come from the corpus.
func (l *pipeline) counted(articles iter.Seq2[schema.Article, error]) iter.Seq2[schema.Article, error] {
	return func(yield func(schema.Article, error) bool) {
		for a, err := range articles {
			l.tally.do(func(t *tallied) {
				t.read++
			})
			if !yield(a, err) {
				return
			}
		}
	}
}

// unread leaves out articles without text, and, unless forced, those that the store has read: the same text by the same version.
func (l *pipeline) unread(ctx context.Context, articles iter.Seq2[schema.Article, error], store graph.Store, x extract.Extractor, force bool) iter.Seq2[schema.Article, error] {
	journal, ok := store.(graph.Journal)
	if !ok {
		force = true
	}
	return func(yield func(schema.Article, error) bool) {
		for a, err := range withText(l, articles) {
			if err == nil && !force {
				var seen string
				seen, err = journal.Seen(ctx, a.ID, x.Info())
				if err == nil && seen != "" && seen == digest(a) {
					l.tally.do(func(t *tallied) { t.skipped++ })
					continue
				}
				if err != nil {
					err = fmt.Errorf("look up %s: %w", a.ID, err)
				}
			}
			if !yield(a, err) {
				return
			}
		}
	}
}

// withText leaves out articles without text.
func withText(l *pipeline, articles iter.Seq2[schema.Article, error]) iter.Seq2[schema.Article, error] {
	return func(yield func(schema.Article, error) bool) {
		for a, err := range articles {
			if err == nil && a.Text == "" {
				l.tally.do(func(t *tallied) { t.withoutText++ })
				continue
			}
			if !yield(a, err) {
				return
			}
		}
	}
}

func digest(a schema.Article) string {
	if a.SHA256 != "" {
		return a.SHA256
	}
	return schema.Digest(a.Text)
}
