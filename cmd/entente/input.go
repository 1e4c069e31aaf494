package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"strings"
	"sync"
	"sync/atomic"

	"entente/extract/corpus"
	"entente/schema"

	"github.com/urfave/cli/v2"
)

// input is a corpus on its way in.
type input struct {
	articles iter.Seq2[schema.Article, error]
	bytes    func() int64 // size of all files, 0 where it is not known
	options  corpus.Options
	census   *census
}

// census counts the articles of a corpus as they come: those of each format, and those left out on purpose.
type census struct {
	consumed atomic.Int64 // bytes read of the files
	mu       sync.Mutex
	formats  map[string]int
	leftOut  map[string]int // by the reason: "in French", "advisory"
}

func newCensus() *census { return &census{formats: map[string]int{}, leftOut: map[string]int{}} }

func (n *census) found(d corpus.Document) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.formats[d.Format]++
}

func (n *census) skipped(s corpus.Skip) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if s.Reason == "language" {
		n.leftOut["in "+s.Detail]++
		return
	}
	n.leftOut[s.Reason]++
}

// tallies are the formats and the articles left out, the most frequent first.
func (n *census) tallies() (formats, leftOut []tally) {
	n.mu.Lock()
	defer n.mu.Unlock()
	return tallies(n.formats), tallies(n.leftOut)
}

// pathError is what is wrong with a path of the user's, with what to do.
func pathError(name string, err error) error {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("%s: no such file or folder; check the path", name)
	case errors.Is(err, fs.ErrPermission):
		return fmt.Errorf("%s: it may not be read; check its permissions", name)
	}
	return fmt.Errorf("%s: %w", name, cause(err))
}

// interruptible is r, reading of which ends when ctx does: standard input may wait for a person for ever.
func interruptible(ctx context.Context, r io.Reader) io.Reader {
	pr, pw := io.Pipe()
	go func() {
		_, err := io.Copy(pw, r)
		pw.CloseWithError(err)
	}()
	context.AfterFunc(ctx, func() { pw.CloseWithError(context.Cause(ctx)) })
	return pr
}

// textOrStdin is the argument itself, or standard input where it is "-".
func (p *program) textOrStdin(arg string) (string, error) {
	if arg != "-" {
		return arg, nil
	}
	b, err := io.ReadAll(p.stdin)
	if err != nil {
		return "", fmt.Errorf("standard input: %w", err)
	}
	return string(b), nil
}

// openCorpus finds the articles of the arguments. A path that is not there is an error before anything is read or made.
func (p *program) openCorpus(c *cli.Context) (input, error) {
	published, err := schema.ParseDate(c.String("published"))
	if err != nil {
		return input{}, usagef("--published %s: want YYYY, YYYY-MM or YYYY-MM-DD", c.String("published"))
	}
	paths := c.Args().Slice()
	for _, path := range paths {
		if path == "-" || strings.ContainsAny(path, "*?[") {
			continue
		}
		if _, err := os.Stat(path); err != nil {
			return input{}, pathError(path, err)
		}
	}
	fields, err := fieldFlags(c)
	if err != nil {
		return input{}, err
	}
	in := input{bytes: func() int64 { return corpus.Size(paths) }, census: newCensus()}
	in.options = corpus.Options{Published: published, Stdin: interruptible(c.Context, p.stdin), Fields: fields,
		Skipped: in.census.skipped, Found: in.census.found, Consumed: &in.census.consumed}
	in.articles = corpus.Articles(paths, in.options)
	return in, nil
}

// marked are articles with their furniture marked.
func marked(articles []schema.Article) []schema.Article {
	out := make([]schema.Article, len(articles))
	for i, a := range articles {
		out[i] = corpus.Mark(a)
	}
	return out
}
