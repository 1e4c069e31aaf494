package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"

	"entente/graph"
	"entente/schema"

	"github.com/urfave/cli/v2"
)

func (p *program) loadCommand() *cli.Command {
	return &cli.Command{
		Name:      "load",
		Usage:     "put readings that `entente extract` wrote into a store",
		ArgsUsage: "FILE|-",
		Description: "FILE holds one reading a line; - is standard input. A line that is not a sound reading is named and\n" +
			"left out.",
		Flags: append(append([]cli.Flag{storeFlag()}, errorFlags()...),
			&cli.BoolFlag{Name: "no-text", Usage: "leave the text of articles out of the store; quotes stay"},
			&cli.BoolFlag{Name: "json", Usage: "write the summary as one JSON object"},
		),
		Action: func(c *cli.Context) error { return p.load(c) },
	}
}

var noChanges graph.Changes

func (p *program) load(c *cli.Context) (err error) {
	if err := between(c, 1, 1); err != nil {
		return err
	}
	name, in := c.Args().First(), io.Reader(nil)
	size := int64(0)
	if name == "-" {
		name, in = "standard input", interruptible(c.Context, p.stdin)
	} else {
		f, err := openFile(name)
		if err != nil {
			return err
		}
		defer f.Close()
		if info, err := f.Stat(); err == nil {
			size = info.Size()
		}
		in = f
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
	l.keep, l.again = l.into(store), "the same command completes it"
	started := p.now()
	progress := p.startProgress(l.tally, l.lineBytes.Load, func() int64 { return size }, c.Bool("quiet"))
	err = l.run(c.Context, l.lines(name, in))
	progress.done()
	if err == nil && l.tally.read == 0 {
		err = withHint(fmt.Errorf("%s holds no readings", name), "`entente extract PATH > FILE` writes them")
	}
	return l.finish(c, store, schema.Extractor{}, started, err)
}

// openFile opens a file of the user's for reading; a folder is an error.
func openFile(name string) (*os.File, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, pathError(name, err)
	}
	if info, err := f.Stat(); err == nil && info.IsDir() {
		f.Close()
		return nil, fmt.Errorf("%s is a folder; name a file", name)
	}
	return f, nil
}

// longestLine is the length in bytes at which a line is given up.
const longestLine = 256 << 20

// lines yields the reading of each line; one that is none is an error with file and line number. Empty lines are passed over.
func (l *pipeline) lines(name string, in io.Reader) iter.Seq2[schema.Reading, error] {
	return func(yield func(schema.Reading, error) bool) {
		r := bufio.NewReaderSize(in, 1<<20)
		for n := 1; ; n++ {
			text, err := readLine(r)
			if errors.Is(err, context.Canceled) {
				return
			}
			l.lineBytes.Add(int64(len(text)) + 1)
			if len(bytes.TrimSpace(text)) > 0 || err != nil && err != io.EOF {
				l.tally.do(func(t *tallied) { t.read++ })
				reading, perr := schema.Reading{}, err
				if err == nil || err == io.EOF {
					reading, perr = schema.ParseReading(text)
				}
				if perr != nil {
					perr = fmt.Errorf("%s:%d: %w", name, n, perr)
				}
				if !yield(reading, perr) {
					return
				}
			}
			if err != nil && !errors.Is(err, errLongLine) {
				return
			}
		}
	}
}

var errLongLine = fmt.Errorf("the line is longer than %d MB", longestLine>>20)

// readLine reads up to the next line break, which it leaves out; io.EOF comes with the last line. A line that is too long is read to its
// end and given up.
func readLine(r *bufio.Reader) ([]byte, error) {
	var text []byte
	long := false
	for {
		part, err := r.ReadSlice('\n')
		if long = long || len(text)+len(part) > longestLine; long {
			text = nil
		} else {
			text = append(text, part...)
		}
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case long && (err == nil || err == io.EOF):
			return nil, errLongLine
		}
		return bytes.TrimRight(text, "\r\n"), err
	}
}
