package graph

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"time"

	"entente/schema"
)

// Options say how Load works; the zero value is a good choice.
type Options struct {
	// Batch is how many readings are stored in one transaction; 0: 500.
	Batch int
	// Wait is the longest that a reading waits for its batch to fill, counted when the next one comes; 0: ten seconds. So a slow extractor loses
	// little when it is stopped.
	Wait time.Duration
	// Errors is how many failures are kept to be reported; the others are only counted; 0: 20.
	Errors int
	// Progress is called after each batch and failure, from the goroutine of Load; nil: not at all.
	Progress func(Summary)
}

// Summary is what Load has done.
type Summary struct {
	Read    int     `json:"read"`   // items of the sequence: stored, failed, or lost with a batch that could not be stored
	Stored  int     `json:"stored"` // readings that are in the store now
	Failed  int     `json:"failed"` // articles that could not be read and readings that could not be stored
	Changes Changes `json:"changes"`
}

// LoadError is that some of many could not be loaded; all others were.
type LoadError struct {
	Failed int
	Errs   []error // the first of them
}

func (e *LoadError) Error() string {
	s := errors.Join(e.Errs...).Error()
	if more := e.Failed - len(e.Errs); more > 0 {
		s += fmt.Sprintf("\nand %d more", more)
	}
	return s
}

func (e *LoadError) Unwrap() []error { return e.Errs }

// Load stores readings in batches, in their order, each batch whole or not at all. An item that is an error, and a reading that the store
// refuses (*ReadingError), is counted and left out; the rest goes on, and the error at the end is a *LoadError. Any other error of the store
// ends the loading and is returned with it. When ctx ends, what was read is still stored, and its error is returned: loading the rest later
// goes on from there.
func Load(ctx context.Context, store Store, readings iter.Seq2[schema.Reading, error], o Options) (Summary, error) {
	l := loader{store: store, options: o, size: cmp.Or(max(o.Batch, 0), 500), wait: cmp.Or(max(o.Wait, 0), 10*time.Second), kept: cmp.Or(max(o.Errors, 0), 20)}
	for r, err := range readings {
		if err != nil && ctx.Err() != nil {
			break
		}
		if err := l.take(ctx, r, err); err != nil {
			return l.summary, errors.Join(err, l.failures())
		}
		if ctx.Err() != nil {
			break
		}
	}
	// A transaction that was begun is finished, also when ctx has ended.
	if err := l.flush(context.WithoutCancel(ctx)); err != nil {
		return l.summary, errors.Join(err, l.failures())
	}
	return l.summary, errors.Join(ctx.Err(), l.failures())
}

type loader struct {
	store   Store
	options Options
	size    int
	wait    time.Duration
	kept    int
	batch   []schema.Reading
	since   time.Time // when the first of batch came
	summary Summary
	errs    []error
}

func (l *loader) failures() error {
	if l.summary.Failed == 0 {
		return nil
	}
	return &LoadError{l.summary.Failed, l.errs}
}

func (l *loader) take(ctx context.Context, r schema.Reading, err error) error {
	l.summary.Read++
	if err != nil {
		l.fail(err)
		l.report()
		return nil
	}
	if len(l.batch) == 0 {
		l.since = time.Now()
	}
	l.batch = append(l.batch, r)
	if len(l.batch) < l.size && time.Since(l.since) < l.wait {
		return nil
	}
	return l.flush(context.WithoutCancel(ctx))
}

func (l *loader) fail(err error) {
	l.summary.Failed++
	if len(l.errs) < l.kept {
		l.errs = append(l.errs, err)
	}
}

func (l *loader) report() {
	if l.options.Progress != nil {
		l.options.Progress(l.summary)
	}
}

// flush stores the batch without the readings that the store refuses.
func (l *loader) flush(ctx context.Context) error {
	for len(l.batch) > 0 {
		changes, err := l.store.Upsert(ctx, l.batch...)
		if bad, ok := errors.AsType[*ReadingError](err); ok && bad.Index >= 0 && bad.Index < len(l.batch) {
			l.fail(err)
			l.batch = slices.Delete(l.batch, bad.Index, bad.Index+1)
			continue
		}
		if err != nil {
			return err
		}
		l.summary.Stored += len(l.batch)
		l.summary.Changes = l.summary.Changes.Add(changes)
		clear(l.batch) // lets go of the texts
		l.batch = l.batch[:0]
		l.report()
	}
	return nil
}
