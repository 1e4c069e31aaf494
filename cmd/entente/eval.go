package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"entente/extract"
	"entente/extract/score"
	"entente/schema"

	"github.com/urfave/cli/v2"
)

func (p *program) evalCommand() *cli.Command {
	return &cli.Command{
		Name:      "eval",
		Usage:     "compare what is read with what a careful reader wrote down",
		ArgsUsage: "GOLD",
		Description: "GOLD is a folder of ID.gold.tsv files. Their articles are looked for there, in a folder named\n" +
			"articles beside it, and in --articles. With --sentences, GOLD may be left out.",
		Flags: append([]cli.Flag{
			&cli.StringSliceFlag{Name: "articles", Usage: "a `FILE` or folder of the articles; may be given more than once"},
			&cli.StringSliceFlag{Name: "sentences", Usage: "a `FILE` of gold sentences, one JSON object a line; may be given more than once"},
			&cli.BoolFlag{Name: "cross-border", Usage: "of the sentences, only those between two different known parties"},
			&cli.StringFlag{Name: "readings", Usage: "score the readings of this `FILE` (- is standard input) instead of reading the articles"},
			&cli.BoolFlag{Name: "errors", Usage: "list what was missed and what is wrong, with the sentences"},
			&cli.StringFlag{Name: "sheet", Usage: "score a `FILE` of entente sample with its verdicts filled in"},
			&cli.BoolFlag{Name: "calibration", Usage: "show how far the confidence can be trusted"},
			actorsFlag(),
			&cli.IntFlag{Name: "workers", DefaultText: "one a processor", Usage: "read `N` articles at the same time"},
			formatFlag(),
		}, extractorFlags()...),
		Action: func(c *cli.Context) error { return p.eval(c) },
	}
}

// evaluation is everything eval can tell.
type evaluation struct {
	Articles    *score.Report         `json:"articles,omitempty"`
	Calibration *score.Calibration    `json:"calibration,omitempty"`
	Sentences   *score.SentenceReport `json:"sentences,omitempty"`
}

func (p *program) eval(c *cli.Context) error {
	if err := between(c, 0, 1); err != nil {
		return err
	}
	if sheet := c.String("sheet"); sheet != "" {
		return p.evalSheet(c, sheet)
	}
	sentences := c.StringSlice("sentences")
	if c.Args().Len() == 0 && len(sentences) == 0 {
		return usagef("eval needs GOLD or --sentences FILE: entente eval GOLD")
	}
	out, err := p.output(c)
	if err != nil {
		return err
	}
	if c.Bool("dry-run") {
		return p.dryRunEval(c)
	}
	read, err := p.reader(c)
	if err != nil {
		return err
	}
	var e evaluation
	if c.Args().Len() == 1 {
		if err := p.evalArticles(c, &e, read); err != nil {
			return err
		}
	}
	if len(sentences) > 0 {
		if err := p.evalSentences(c, &e, read); err != nil {
			return err
		}
	}
	return e.write(out, c.Bool("errors"))
}

// evalSheet tells the precision that a filled coding sheet gives.
func (p *program) evalSheet(c *cli.Context, name string) error {
	sheet, err := score.ReadSheet(name)
	if err != nil {
		return pathError(name, err)
	}
	if len(sheet.Verdicts) == 0 {
		return fmt.Errorf("%s: no verdicts yet; put y or n into its first column", name)
	}
	if _, err := fmt.Fprint(p.stdout, sheet); err != nil {
		return err
	}
	if c.Bool("calibration") {
		_, err = fmt.Fprint(p.stdout, sheet.Calibration())
	}
	return err
}

// reader is how eval comes to readings of articles: by the extractor, or from --readings.
func (p *program) reader(c *cli.Context) (func(articles []schema.Article) ([]schema.Reading, error), error) {
	if name := c.String("readings"); name != "" {
		readings, err := p.readingsOf(name)
		if err != nil {
			return nil, err
		}
		return func([]schema.Article) ([]schema.Reading, error) { return readings, nil }, nil
	}
	x, err := p.openExtractor(c)
	if err != nil {
		return nil, err
	}
	return func(articles []schema.Article) ([]schema.Reading, error) {
		readings, err := p.readAll(c.Context, x, articles, c.Int("workers"))
		return readings, errors.Join(err, p.closeModel(c, x))
	}, nil
}

// readAll reads the articles; one that cannot be read is named and counts as not read.
func (p *program) readAll(ctx context.Context, x extract.Extractor, articles []schema.Article, workers int) ([]schema.Reading, error) {
	var readings []schema.Reading
	for r, err := range extract.All(ctx, x, all(articles), workers) {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if stops(err) {
			return nil, stopped(err)
		}
		if err != nil {
			p.say("%s", newFailure(err))
			continue
		}
		readings = append(readings, r)
	}
	return readings, nil
}

func (p *program) readingsOf(name string) ([]schema.Reading, error) {
	in := p.stdin
	if name != "-" {
		f, err := openFile(name)
		if err != nil {
			return nil, err
		}
		defer f.Close()
		in = f
	}
	var readings []schema.Reading
	l := &pipeline{p: p, tally: newTally()}
	for r, err := range l.lines(name, in) {
		if err != nil {
			return nil, err
		}
		readings = append(readings, r)
	}
	return readings, nil
}

func (p *program) evalArticles(c *cli.Context, e *evaluation, read func([]schema.Article) ([]schema.Reading, error)) error {
	gold, err := score.LoadGold(c.Args().First(), c.StringSlice("articles")...)
	if err != nil {
		return withHint(err, "GOLD is a folder of .gold.tsv files")
	}
	if c.String("readings") == "" {
		if missing := gold.Missing(); len(missing) > 0 {
			return withHint(fmt.Errorf("no article for %s of %s: %s", number(len(missing)), count(len(gold.Articles), "gold file"),
				strings.Join(missing[:min(3, len(missing))], ", ")), "--articles names the file or folder that holds them")
		}
	}
	readings, err := read(marked(gold.Texts()))
	if err != nil {
		return err
	}
	r := score.Score(gold, readings)
	e.Articles = &r
	if c.Bool("calibration") {
		cal := score.Calibrate(score.Observations(gold, readings), 0)
		e.Calibration = &cal
	}
	return nil
}

func (p *program) evalSentences(c *cli.Context, e *evaluation, read func([]schema.Article) ([]schema.Reading, error)) error {
	gold, err := score.LoadSentences(c.StringSlice("sentences")...)
	if err != nil {
		return err
	}
	if len(gold) == 0 {
		return errors.New("--sentences: no gold sentences there")
	}
	var articles []schema.Article
	for _, s := range gold {
		articles = append(articles, s.Article())
	}
	readings, err := read(articles)
	if err != nil {
		return err
	}
	var predictions []score.Prediction
	for _, r := range readings {
		predictions = append(predictions, score.PredictionsFromReading(r))
	}
	r := score.ScoreSentences(gold, predictions, score.SentenceOptions{CrossBorder: c.Bool("cross-border")})
	e.Sentences = &r
	return nil
}

// write writes the figures; mistakes only where they are asked for.
func (e evaluation) write(out *output, mistakes bool) error {
	if !mistakes {
		if e.Articles != nil {
			e.Articles.Mistakes = nil
		}
		if e.Sentences != nil {
			e.Sentences.Mistakes = nil
		}
	}
	switch out.format {
	case "json", "jsonl":
		return writeRecord(out, e, nil)
	case "table":
		_, err := fmt.Fprint(out.w, e)
		return err
	}
	_, err := write(out, figureView(), all(e.figures()))
	return err
}

// String is the figures of each set, then its mistakes.
func (e evaluation) String() string {
	var b strings.Builder
	if r := e.Articles; r != nil {
		fmt.Fprint(&b, r.Golden())
		for _, id := range r.Unread {
			fmt.Fprintf(&b, "not read: %s\n", id)
		}
		for _, m := range r.Mistakes {
			fmt.Fprintln(&b, m)
		}
	}
	if e.Calibration != nil {
		fmt.Fprint(&b, e.Calibration)
	}
	if r := e.Sentences; r != nil {
		fmt.Fprint(&b, r.Golden())
		for _, m := range r.Mistakes {
			fmt.Fprintln(&b, m)
		}
	}
	return b.String()
}

// figure is one measure of one set.
type figure struct {
	set string
	score.Measure
}

func (e evaluation) figures() []figure {
	var out []figure
	add := func(set string, measures []score.Measure) {
		for _, m := range measures {
			out = append(out, figure{set, m})
		}
	}
	if r := e.Articles; r != nil {
		add("articles", r.Measures)
		for _, d := range r.Details {
			add("articles", []score.Measure{{Name: d.Name, Gold: d.Of, Predicted: d.Of, Right: d.Right}})
		}
		add("type", r.Types)
		add("article", r.Articles)
	}
	if r := e.Sentences; r != nil {
		add("sentences", r.Measures)
		add("sentence type", r.Types)
	}
	return out
}

func figureView() view[figure] {
	field := func(name string, f func(x figure) string) column[figure] { return column[figure]{name: name, cell: f} }
	share := func(x float64) string { return fmt.Sprintf("%.3f", x) }
	return view[figure]{fields: []column[figure]{
		field("set", func(x figure) string { return x.set }),
		field("name", func(x figure) string { return x.Name }),
		field("gold", func(x figure) string { return fmt.Sprint(x.Gold) }),
		field("predicted", func(x figure) string { return fmt.Sprint(x.Predicted) }),
		field("right", func(x figure) string { return fmt.Sprint(x.Right) }),
		field("precision", func(x figure) string { return share(x.Precision()) }),
		field("recall", func(x figure) string { return share(x.Recall()) }),
		field("f1", func(x figure) string { return share(x.F1()) }),
	}}
}
