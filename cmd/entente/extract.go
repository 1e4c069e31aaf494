package main

import (
	"context"
	"errors"

	"entente/extract"
	"entente/schema"

	"github.com/urfave/cli/v2"
)

func (p *program) extractCommand() *cli.Command {
	return &cli.Command{
		Name:      "extract",
		Usage:     "read articles and write their readings to standard output",
		ArgsUsage: "PATH...",
		Description: "One JSON object a line and article, in the order of the articles: what `entente load` reads and\n" +
			"`entente schema --json` describes. No store is used.",
		Flags:  append(readFlags(), errorFlags()...),
		Action: func(c *cli.Context) error { return p.extract(c) },
	}
}

func (p *program) extract(c *cli.Context) (err error) {
	if err := between(c, 1, -1); err != nil {
		return err
	}
	in, err := p.openCorpus(c)
	if err != nil {
		return err
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
	l.full, l.again = 1, "start it again for all of them"
	e := encoder(p.stdout)
	l.keep = func(_ context.Context, batch []schema.Reading) error {
		for _, r := range batch {
			if err := e.Encode(r); err != nil {
				return err
			}
			l.tally.addStored([]schema.Reading{r}, noChanges)
		}
		return nil
	}
	progress := p.startProgress(l.tally, in.census.consumed.Load, in.bytes, c.Bool("quiet"))
	articles := withText(l, l.counted(in.articles))
	err = l.found(c.Args().Slice(), l.run(c.Context, extract.All(c.Context, x, articles, c.Int("workers"))))
	progress.done()
	err = errors.Join(err, p.closeModel(c, x))
	p.saySkips(in)
	if !c.Bool("quiet") {
		l.tally.do(func(t *tallied) {
			p.say("read %s: %s, %s without text, %s failed", count(t.read, "article"), count(t.triples, "triple"), number(t.withoutText), number(t.failed))
		})
	}
	return err
}
