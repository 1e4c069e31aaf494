package cypher

import (
	"math"
	"slices"
)

// aggregation collects the aggregate functions of one projection.
type aggregation struct {
	calls []aggregateFunc
}

// aggregateFunc is one aggregate function of a projection; its result goes into a slot.
type aggregateFunc struct {
	slot     int
	make     func() accumulator
	distinct bool
	args     []*compiled // none for count(*)
}

// accumulator takes values that are not null, and has a result.
type accumulator interface {
	add(rt *runtime, args []any) error
	result(rt *runtime) (any, error)
}

// aggregates are the aggregate functions with how many arguments they take.
var aggregates = map[string]struct {
	args int
	make func() accumulator
}{
	"count":          {1, func() accumulator { return new(counter) }},
	"sum":            {1, func() accumulator { return &sum{total: int64(0)} }},
	"avg":            {1, func() accumulator { return new(average) }},
	"min":            {1, func() accumulator { return &extreme{sign: -1} }},
	"max":            {1, func() accumulator { return &extreme{sign: 1} }},
	"collect":        {1, func() accumulator { return &collector{values: []any{}} }},
	"stdev":          {1, func() accumulator { return &deviation{less: 1} }},
	"stdevp":         {1, func() accumulator { return &deviation{} }},
	"percentilecont": {2, func() accumulator { return &percentile{continuous: true} }},
	"percentiledisc": {2, func() accumulator { return &percentile{} }},
}

func (c *compiler) aggregateCall(x *Call, s *scope) (*compiled, error) {
	if c.inside {
		return nil, c.fail(x.span, "NestedAggregation", "%s() stands within another aggregate function", x.Written)
	}
	if c.ordering {
		return nil, c.fail(x.span, "UndefinedVariable", "%s() is not among the columns: return it, to order by it", x.Written)
	}
	if c.aggregate == nil {
		return nil, c.fail(x.span, "InvalidAggregation", "%s() cannot stand here: aggregate in WITH or RETURN", x.Written)
	}
	spec := aggregates[x.Name]
	if !x.Star && len(x.Args) != spec.args {
		return nil, c.fail(x.span, "InvalidNumberOfArguments", "%s() does not take %d arguments", x.Written, len(x.Args))
	}
	c.inside = true
	args, err := c.exprs(x.Args, s)
	c.inside = false
	if err != nil {
		return nil, err
	}
	f := aggregateFunc{c.slot(), spec.make, x.Distinct, args}
	c.aggregate.calls = append(c.aggregate.calls, f)
	k := anyKind
	switch x.Name {
	case "count":
		k = intKind
	case "collect":
		k = listKind
	}
	return slotOf(variable{f.slot, k}), nil
}

// feeding is one aggregate function at work in one group.
type feeding struct {
	f    aggregateFunc
	acc  accumulator
	seen distinct
}

func (f *feeding) add(rt *runtime, row []any) error {
	args := make([]any, len(f.f.args))
	for i, e := range f.f.args {
		v, err := e.eval(rt, row)
		if err != nil {
			return err
		}
		if v == nil {
			return nil
		}
		args[i] = v
	}
	if f.f.distinct && len(args) > 0 {
		if f.seen == nil {
			f.seen = distinct{}
		}
		fresh, err := f.seen.add(rt, args, []int{0})
		if err != nil || !fresh {
			return err
		}
	}
	return f.acc.add(rt, args)
}

type counter int64

func (c *counter) add(*runtime, []any) error { *c++; return nil }

func (c *counter) result(*runtime) (any, error) { return int64(*c), nil }

type sum struct{ total any }

func (s *sum) add(rt *runtime, args []any) (err error) {
	switch args[0].(type) {
	case int64, float64:
	case Duration:
		if s.total == int64(0) {
			s.total = args[0]
			return nil
		}
	default:
		return wrongArgument("sum", args[0])
	}
	s.total, err = operate(rt, "+", s.total, args[0])
	return err
}

func (s *sum) result(*runtime) (any, error) { return s.total, nil }

type average struct {
	count int64
	sum   float64
	whole Duration
	timed bool
}

func (a *average) add(rt *runtime, args []any) error {
	a.count++
	if d, ok := args[0].(Duration); ok {
		a.timed = true
		v, err := operate(rt, "+", a.whole, d)
		if err == nil {
			a.whole = v.(Duration)
		}
		return err
	}
	f, ok := toFloat(args[0])
	if !ok || a.timed {
		return wrongArgument("avg", args[0])
	}
	a.sum += f
	return nil
}

func (a *average) result(rt *runtime) (any, error) {
	switch {
	case a.count == 0:
		return nil, nil
	case a.timed:
		return operate(rt, "/", a.whole, a.count)
	}
	return a.sum / float64(a.count), nil
}

type extreme struct {
	sign  int
	value any
}

func (e *extreme) add(_ *runtime, args []any) error {
	if e.value == nil || order(args[0], e.value)*e.sign > 0 {
		e.value = args[0]
	}
	return nil
}

func (e *extreme) result(*runtime) (any, error) { return e.value, nil }

type collector struct{ values []any }

func (c *collector) add(rt *runtime, args []any) error {
	c.values = append(c.values, args[0])
	return rt.hold(1)
}

func (c *collector) result(rt *runtime) (any, error) { return c.values, rt.weigh(c.values) }

// deviation is the standard deviation by Welford's method.
type deviation struct {
	count, mean, squares float64
	less                 float64
}

func (d *deviation) add(_ *runtime, args []any) error {
	f, ok := toFloat(args[0])
	if !ok {
		return wrongArgument("stDev", args[0])
	}
	d.count++
	delta := f - d.mean
	d.mean += delta / d.count
	d.squares += delta * (f - d.mean)
	return nil
}

func (d *deviation) result(*runtime) (any, error) {
	if d.count <= 1 {
		return 0.0, nil
	}
	return math.Sqrt(d.squares / (d.count - d.less)), nil
}

type percentile struct {
	continuous bool
	at         float64
	values     []any
}

func (p *percentile) add(rt *runtime, args []any) error {
	at, ok := toFloat(args[1])
	if !ok || !isNumber(args[0]) {
		return wrongArgument("percentile", args[0])
	}
	if at < 0 || at > 1 || math.IsNaN(at) {
		return runtimeError(ArgumentError, "NumberOutOfRange", "a percentile lies between 0.0 and 1.0, not at %v", at)
	}
	p.at = at
	p.values = append(p.values, args[0])
	return rt.hold(1)
}

func (p *percentile) result(*runtime) (any, error) {
	n := len(p.values)
	if n == 0 {
		return nil, nil
	}
	slices.SortFunc(p.values, order)
	if !p.continuous {
		return p.values[max(0, int(math.Ceil(p.at*float64(n)))-1)], nil
	}
	x := p.at * float64(n-1)
	low := int(math.Floor(x))
	a, _ := toFloat(p.values[low])
	b, _ := toFloat(p.values[min(low+1, n-1)])
	return a + (b-a)*(x-float64(low)), nil
}
