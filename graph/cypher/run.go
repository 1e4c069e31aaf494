package cypher

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"math/rand/v2"
	"regexp"
	"time"
)

// Limits bound what one query may use; zero values take the defaults.
type Limits struct {
	Values int           // values held at once by sorting, grouping, distinct rows and lists: 5,000,000
	Text   int           // bytes of one string: 64 MiB
	Time   time.Duration // none
}

// Engine answers queries from a source. Its zero value with a Source works; it is safe for concurrent use if its source is.
type Engine struct {
	Source Source
	Limits Limits
	Now    func() time.Time // the clock of date() and its kin; time.Now if nil
	Seed   uint64           // of rand()
}

// Result is the answer to a query.
type Result struct {
	Columns []string
	// Rows yields the rows, their values in the order of Columns. It is single-use.
	Rows iter.Seq2[[]any, error]
	// Plan is what will be done; with PROFILE its counts of rows are filled when Rows has ended.
	Plan []PlanStep
	// Explain and Profile say that the statement asked for its plan.
	Explain, Profile bool
}

// PlanStep is one step of a plan, in the order of rows through it.
type PlanStep struct {
	Depth  int // of nesting in subqueries
	Name   string
	Detail string
	Rows   int // rows that came out of it
}

// runtime is the state of one running query.
type runtime struct {
	ctx      context.Context
	source   Source
	limits   Limits
	width    int // slots of a row
	held     int
	steps    int
	now      time.Time
	rand     *rand.Rand
	counts   []PlanStep
	nodes    map[string]*Node
	patterns map[string]*regexp.Regexp
}

// rows is a stream of rows: it calls emit for each, and stops with its error.
type rows func(emit func(row []any) error) error

// stage makes rows of rows.
type stage func(rt *runtime, in rows) rows

// errStop ends a stream early; each reader that needs one makes its own.
type errStop struct{}

func (*errStop) Error() string { return "stopped" }

// Query compiles a statement and begins to answer it. With EXPLAIN there are no rows.
func (e *Engine) Query(ctx context.Context, text string, params map[string]any) (*Result, error) {
	s, err := Parse(text)
	if err != nil {
		return nil, err
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	c := &compiler{ctx: ctx, statement: s, params: params, source: e.Source}
	q, err := c.query(s.Query, newScope(nil), true)
	if err != nil {
		return nil, err
	}
	r := &Result{Columns: q.names, Plan: c.plan, Explain: s.Explain, Profile: s.Profile}
	if s.Explain {
		r.Rows = func(func([]any, error) bool) {}
		return r, nil
	}
	r.Rows = e.rows(ctx, c, q)
	return r, nil
}

// Run answers a query from a source that is opened for it and released when Rows ends; the caller must iterate over Rows, if only to stop at once.
func Run(ctx context.Context, open func(context.Context) (Source, func(), error), limits Limits, text string, params map[string]any) (*Result, error) {
	source, release, err := open(ctx)
	if err != nil {
		return nil, err
	}
	e := &Engine{Source: source, Limits: limits}
	r, err := e.Query(ctx, text, params)
	if err != nil {
		release()
		return nil, err
	}
	inner := r.Rows
	r.Rows = func(yield func([]any, error) bool) {
		defer release()
		inner(yield)
	}
	return r, nil
}

// PlainRows are the rows with their values made plain: see Plain.
func (r *Result) PlainRows() iter.Seq2[[]any, error] {
	return func(yield func([]any, error) bool) {
		for row, err := range r.Rows {
			if err != nil {
				yield(nil, err)
				return
			}
			out := make([]any, len(row))
			for i, v := range row {
				out[i] = Plain(v)
			}
			if !yield(out, nil) {
				return
			}
		}
	}
}

func (e *Engine) rows(ctx context.Context, c *compiler, q *compiledQuery) iter.Seq2[[]any, error] {
	return func(yield func([]any, error) bool) {
		if e.Limits.Time > 0 {
			var cancel context.CancelFunc
			ctx, cancel = context.WithTimeout(ctx, e.Limits.Time)
			defer cancel()
		}
		rt := e.runtime(ctx, c)
		stop := &errStop{}
		err := q.run(rt, one(make([]any, c.slots)))(func(row []any) error {
			out := make([]any, len(q.slots))
			for i, s := range q.slots {
				out[i] = row[s]
			}
			if !yield(out, nil) {
				return stop
			}
			return nil
		})
		if err == nil || err == error(stop) {
			return
		}
		if errors.Is(err, context.DeadlineExceeded) && e.Limits.Time > 0 {
			err = runtimeError(Limited, "", "the query took longer than %v: narrow it, or give it more time", e.Limits.Time)
		}
		yield(nil, err)
	}
}

func (e *Engine) runtime(ctx context.Context, c *compiler) *runtime {
	now := time.Now
	if e.Now != nil {
		now = e.Now
	}
	rt := &runtime{ctx: ctx, source: e.Source, limits: e.Limits, width: c.slots, now: now(), rand: rand.New(rand.NewPCG(e.Seed, 1)), counts: c.plan,
		nodes: map[string]*Node{}}
	if rt.limits.Values == 0 {
		rt.limits.Values = 5_000_000
	}
	if rt.limits.Text == 0 {
		rt.limits.Text = 64 << 20
	}
	return rt
}

func one(row []any) rows {
	return func(emit func([]any) error) error { return emit(row) }
}

// step counts work and looks from time to time whether the query is to stop.
func (rt *runtime) step() error {
	if rt.steps++; rt.steps&0xff == 0 {
		return rt.ctx.Err()
	}
	return nil
}

// hold counts values that are kept until the query ends, or until release.
func (rt *runtime) hold(n int) error {
	rt.held += n
	if rt.held > rt.limits.Values {
		return runtimeError(Limited, "", "the query holds more than %d values at once: narrow it, or add LIMIT", rt.limits.Values)
	}
	return rt.step()
}

func (rt *runtime) release(n int) { rt.held -= n }

// fits checks the length of a list that is about to be made.
func (rt *runtime) fits(n int) error {
	if n < 0 || n > rt.limits.Values {
		return runtimeError(Limited, "", "a list would have more than %d elements", rt.limits.Values)
	}
	return rt.step()
}

// weigh fails where a list or map has more parts than a query may hold, those within it counted as often as they stand there: a few steps of
// [l, l] make a value that takes no memory but no end of time.
func (rt *runtime) weigh(v any) error {
	if weight(v, rt.limits.Values) < 0 {
		return runtimeError(Limited, "", "a value nests more than %d parts", rt.limits.Values)
	}
	return rt.step()
}

// weight is what is left of a budget after a value, negative where it does not suffice.
func weight(v any, budget int) int {
	switch v := v.(type) {
	case []any:
		budget -= len(v)
		for _, e := range v {
			if budget < 0 {
				break
			}
			budget = weight(e, budget)
		}
	case map[string]any:
		budget -= len(v)
		for _, e := range v {
			if budget < 0 {
				break
			}
			budget = weight(e, budget)
		}
	}
	return budget
}

func (rt *runtime) fitsText(n int) error {
	if n < 0 || n > rt.limits.Text {
		return runtimeError(Limited, "", "a string would be longer than %d bytes", rt.limits.Text)
	}
	return rt.step()
}

// node is the node with the id, which must be there.
func (rt *runtime) node(id string) (*Node, error) {
	if n, ok := rt.nodes[id]; ok {
		return n, nil
	}
	ns, err := rt.nodesByID([]string{id})
	if err != nil {
		return nil, err
	}
	return ns[0], nil
}

// maxCached bounds the nodes that a running query remembers.
const maxCached = 100_000

// nodesByID returns the nodes with the ids, which must all be there.
func (rt *runtime) nodesByID(ids []string) ([]*Node, error) {
	out := make([]*Node, len(ids))
	var missing []string
	var places []int
	for i, id := range ids {
		if n, ok := rt.nodes[id]; ok {
			out[i] = n
			continue
		}
		missing, places = append(missing, id), append(places, i)
	}
	if len(missing) == 0 {
		return out, nil
	}
	found, err := rt.source.NodesByID(rt.ctx, missing)
	if err != nil {
		return nil, err
	}
	if len(rt.nodes) > maxCached {
		clear(rt.nodes)
	}
	for i, n := range found {
		if n == nil {
			return nil, fmt.Errorf("the store has an edge to the node %q, which is not there", missing[i])
		}
		out[places[i]] = n
		rt.nodes[n.ID] = n
	}
	return out, nil
}
