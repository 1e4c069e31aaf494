package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"os"
	"sync/atomic"
	"time"

	"entente/extract"
	"entente/graph"
	"entente/schema"

	"github.com/urfave/cli/v2"
)

// A batch of readings is one transaction of the store. It is full at either limit.
const (
	batchReadings = 100
	batchBytes    = 8 << 20 // of text
)

// pipeline brings readings from an extractor or a file into a store, or to standard output, and counts what it does.
type pipeline struct {
	p         *program
	tally     *tallied
	keep      func(ctx context.Context, batch []schema.Reading) error // stores one batch: all or none
	noText    bool
	maxErrors int    // 0: no limit
	full      int    // readings that make a batch
	again     string // what to do after an interruption
	failures  *failureFile
	batch     []schema.Reading
	bytes     int          // of text in the batch
	lineBytes atomic.Int64 // of a file that is loaded
	census    *census      // of the corpus that is read; nil where there is none
}

// errorFlags say what to do about articles that cannot be read.
func errorFlags() []cli.Flag {
	return []cli.Flag{
		&cli.IntFlag{Name: "max-errors", DefaultText: "never", Usage: "stop after `N` failed articles"},
		&cli.StringFlag{Name: "skip-errors", Usage: "write failed articles to `FILE`, one JSON object a line, and do not count them as a failure of the run"},
		&cli.BoolFlag{Name: "quiet", Usage: "no progress and no summary; errors are still said"},
	}
}

// newPipeline makes a pipeline with what the error flags say. Its keep must be set, its close called.
func (p *program) newPipeline(c *cli.Context) (*pipeline, error) {
	l := &pipeline{
		p: p, tally: newTally(), noText: c.Bool("no-text"), maxErrors: c.Int("max-errors"), full: batchReadings,
		again: "the same command goes on from there",
	}
	if l.maxErrors < 0 {
		return nil, usagef("--max-errors %d: want 0 or more", l.maxErrors)
	}
	if name := c.String("skip-errors"); name != "" {
		f, err := os.Create(name)
		if err != nil {
			return nil, withHint(fmt.Errorf("--skip-errors: %w", err), "name a file in a folder that can be written")
		}
		l.failures = newFailureFile(f)
	}
	return l, nil
}

// failureFile takes the failed articles of a run.
type failureFile struct {
	f *os.File
	w *bufio.Writer
}

func newFailureFile(f *os.File) *failureFile { return &failureFile{f, bufio.NewWriter(f)} }

func (f *failureFile) add(x failure) error {
	e := json.NewEncoder(f.w)
	e.SetEscapeHTML(false)
	return e.Encode(x)
}

func (l *pipeline) close() error {
	if l.failures == nil {
		return nil
	}
	return errors.Join(l.failures.w.Flush(), l.failures.f.Close())
}

// run takes all readings. A failed article is named and counted, and the next one follows; a failed store ends the run. When ctx is
// cancelled, the readings in hand are still stored.
func (l *pipeline) run(ctx context.Context, readings iter.Seq2[schema.Reading, error]) error {
	storing := context.WithoutCancel(ctx)
	for r, err := range readings {
		if ctx.Err() != nil {
			break
		}
		if err == nil {
			err = graph.CheckReadings([]schema.Reading{r})
		}
		if stops(err) {
			return errors.Join(stopped(err), l.flush(storing))
		}
		if err != nil {
			if err := l.fail(err); err != nil {
				return errors.Join(err, l.flush(storing))
			}
			continue
		}
		if err := l.add(storing, r); err != nil {
			return err
		}
	}
	if err := l.flush(storing); err != nil {
		return err
	}
	return l.verdict(ctx)
}

func (l *pipeline) add(ctx context.Context, r schema.Reading) error {
	l.bytes += len(r.Article.Text)
	if l.noText {
		r.Article.Text = ""
	}
	l.batch = append(l.batch, r)
	if len(l.batch) < l.full && l.bytes < batchBytes {
		return nil
	}
	return l.flush(ctx)
}

func (l *pipeline) flush(ctx context.Context) error {
	if len(l.batch) == 0 {
		return nil
	}
	err := l.keep(ctx, l.batch)
	if err != nil {
		err = &keepError{fmt.Errorf("store %s from %s on: %w", count(len(l.batch), "article"), l.batch[0].Article.ID, err)}
	}
	l.batch, l.bytes = l.batch[:0], 0
	return err
}

// keepError is that a batch could not be stored: nothing of it was.
type keepError struct{ err error }

func (e *keepError) Error() string { return e.err.Error() }
func (e *keepError) Unwrap() error { return e.err }

// tooMany ends a run at --max-errors.
var errTooMany = errors.New("too many articles failed")

// fail names and counts an article that could not be read.
func (l *pipeline) fail(err error) error {
	x := newFailure(err)
	n := 0
	l.tally.do(func(t *tallied) {
		n = t.fail(x)
	})
	switch {
	case n <= shownFailures:
		l.p.say("%s", x)
	case n == shownFailures+1:
		l.p.say("further failures are only counted; --skip-errors FILE lists them all")
	}
	if l.failures != nil {
		if err := l.failures.add(x); err != nil {
			return fmt.Errorf("--skip-errors: %w", err)
		}
	}
	if l.maxErrors > 0 && n >= l.maxErrors {
		return withHint(errTooMany, "%s failed, the limit of --max-errors; what was read before is kept", count(n, "article"))
	}
	return nil
}

func newFailure(err error) failure {
	if e, ok := errors.AsType[*extract.ArticleError](err); ok {
		return failure{e.ID, oneLine(e.Err.Error())}
	}
	if e, ok := errors.AsType[*graph.ReadingError](err); ok {
		return failure{e.Article, oneLine(e.Err.Error())}
	}
	return failure{"", oneLine(err.Error())}
}

// verdict is how a run that came to its end went.
func (l *pipeline) verdict(ctx context.Context) error {
	var err error
	l.tally.do(func(t *tallied) {
		failed := t.failed
		switch {
		case ctx.Err() != nil:
			where := " before anything was stored"
			if t.last != "" {
				where = fmt.Sprintf(" after %s; the last is %s", count(t.stored, "article"), t.last)
			}
			err = &interrupted{where + "; " + l.again}
		case failed == 0 || l.failures != nil:
		case failed == t.read && t.stored == 0:
			err = fmt.Errorf("none of %s could be read", count(t.read, "article"))
		default:
			err = &someFailed{failed, t.read}
		}
	})
	return err
}

// into is a pipeline's keep for a store.
func (l *pipeline) into(store graph.Store) func(context.Context, []schema.Reading) error {
	return func(ctx context.Context, batch []schema.Reading) error {
		ch, err := store.Upsert(ctx, batch...)
		if err != nil {
			return err
		}
		l.tally.addStored(batch, ch)
		return nil
	}
}

// finish records a run that ended with err in the store and says what it did. Where the store itself failed there is nothing to say.
func (l *pipeline) finish(c *cli.Context, store graph.Store, by schema.Extractor, started time.Time, err error) error {
	if _, broken := errors.AsType[*keepError](err); broken {
		return err
	}
	return errors.Join(l.conclude(c, store, by, started), err)
}

func (l *pipeline) conclude(c *cli.Context, store graph.Store, by schema.Extractor, started time.Time) error {
	ctx := context.WithoutCancel(c.Context)
	stats, err := store.Stats(ctx)
	if err != nil {
		return err
	}
	ended := l.p.now()
	s := l.tally.summary(c.String("store"), stats, ended.Sub(started))
	s.Interrupted = c.Context.Err() != nil
	if l.census != nil {
		s.Formats, s.LeftOut = l.census.tallies()
	}
	late, ok := store.(*lateStore)
	s.unmade = ok && late.unmade()
	if j, ok := store.(graph.Journal); ok {
		err = j.AddRun(ctx, graph.Run{
			Started: started.UTC().Format(time.RFC3339), Ended: ended.UTC().Format(time.RFC3339), Arguments: l.p.args,
			Extractor: by, Version: version(), Read: s.Read, Skipped: s.Skipped, Failed: s.Failed, Changes: s.Changes,
		})
		if err != nil {
			return err
		}
	}
	switch {
	case c.Bool("json"):
		return encoder(l.p.stdout).Encode(s)
	case c.Bool("quiet"):
		return nil
	}
	_, err = fmt.Fprint(l.p.stdout, s)
	return err
}
