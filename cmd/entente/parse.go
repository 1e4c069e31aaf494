package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"slices"
	"strings"

	"entente/extract"
	"entente/extract/corpus"
	"entente/extract/parse"
	"entente/extract/token"
	"entente/schema"

	"github.com/urfave/cli/v2"
)

// trees are the values of --format of the command parse, the first is the default.
var trees = []string{"tree", "conllu"}

func (p *program) parseCommand() *cli.Command {
	return &cli.Command{
		Name:      "parse",
		Usage:     "show the syntax trees of a text",
		ArgsUsage: "FILE",
		Description: "FILE is a text or a file of articles as `entente ingest` reads them, - is a text on standard input.\n" +
			"A drawing has a line a word, in the order of the sentence: what hangs on a word stands above it\n" +
			"where it comes before, below it where it comes after; then part of speech, relation and lemma.",
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "format", Value: trees[0], Usage: "how to write the trees: `tree` (a drawing) or conllu (CoNLL-U)"},
			&cli.BoolFlag{Name: "fast", Usage: "parse faster and less exactly"},
		},
		Action: func(c *cli.Context) error { return p.parse(c) },
	}
}

func (p *program) parse(c *cli.Context) error {
	if err := between(c, 1, 1); err != nil {
		return err
	}
	format := c.String("format")
	if !slices.Contains(trees, format) {
		return usagef("--format %s: want one of %s", format, strings.Join(trees, ", "))
	}
	articles, err := p.textsOf(c.Context, c.Args().First())
	if err != nil {
		return err
	}
	parser, err := parse.Load(parse.Options{Best: !c.Bool("fast")})
	if err != nil {
		return err
	}
	cut, w := token.New(), bufio.NewWriter(p.stdout)
	for a, err := range articles {
		if err != nil {
			return errors.Join(w.Flush(), err)
		}
		doc := cut.Split(corpus.Mark(a))
		if err := c.Context.Err(); err != nil {
			return errors.Join(w.Flush(), err)
		}
		if err := writeTrees(w, parser, doc, format); err != nil {
			return err
		}
	}
	return w.Flush()
}

// textsOf are the articles of a file, or standard input as one.
func (p *program) textsOf(ctx context.Context, path string) (iter.Seq2[schema.Article, error], error) {
	if path == "-" {
		text, err := io.ReadAll(interruptible(ctx, p.stdin))
		if err != nil {
			return nil, fmt.Errorf("standard input: %w", err)
		}
		return all([]schema.Article{{Text: strings.ToValidUTF8(string(text), "\ufffd")}}), nil
	}
	if _, err := os.Stat(path); err != nil {
		return nil, pathError(path, err)
	}
	return corpus.Articles([]string{path}, corpus.Options{}), nil
}

// writeTrees parses the sentences of a document and writes them.
func writeTrees(w io.Writer, parser *parse.Parser, doc *extract.Doc, format string) error {
	for i := range doc.Sentences {
		s := &doc.Sentences[i]
		parser.Tag(s)
		parser.Parse(s)
		if format == "conllu" {
			continue
		}
		if _, err := fmt.Fprintf(w, "%s\n\n%s\n", oneLine(parse.Text(doc, s)), parse.Draw(s)); err != nil {
			return err
		}
	}
	if format == "conllu" {
		return parse.WriteCoNLLU(w, doc)
	}
	return nil
}
