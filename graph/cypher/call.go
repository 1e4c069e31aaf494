package cypher

import (
	"slices"
	"strings"
)

// function is a function of the language.
type function struct {
	least, most int  // arguments; most is -1 where open
	nulls       bool // takes null; the others are null where an argument is
	wants       []kind
	result      kind
	call        func(rt *runtime, args []any) (any, error)
}

// functions are all but the aggregate ones, by their names in lower case.
func functionOf(name string) (function, bool) {
	for _, table := range []map[string]function{graphFunctions, listFunctions, textFunctions, numberFunctions, temporalFunctions} {
		if f, ok := table[name]; ok {
			return f, true
		}
	}
	return function{}, false
}

// Functions lists the names of all functions in lower case, sorted.
func Functions() []string {
	out := []string{"all", "any", "none", "single", "reduce", "exists"}
	for _, table := range []map[string]function{graphFunctions, listFunctions, textFunctions, numberFunctions, temporalFunctions} {
		out = append(out, sortedKeys(table)...)
	}
	out = append(out, sortedKeys(aggregates)...)
	slices.Sort(out)
	return slices.Compact(out)
}

func (c *compiler) call(x *Call, s *scope) (*compiled, error) {
	if _, ok := aggregates[x.Name]; ok {
		return c.aggregateCall(x, s)
	}
	if x.Distinct {
		return nil, c.fail(x.span, "UnexpectedSyntax", "DISTINCT belongs into aggregate functions, not %s()", x.Written)
	}
	if x.Name == "exists" {
		return c.exists(x, s)
	}
	f, ok := functionOf(x.Name)
	if !ok {
		return nil, c.fail(x.span, "UnknownFunction", "there is no function %s()%s", x.Written, c.suggestion(x.Name))
	}
	if len(x.Args) < f.least || f.most >= 0 && len(x.Args) > f.most {
		return nil, c.fail(x.span, "InvalidNumberOfArguments", "%s() does not take %d arguments", x.Written, len(x.Args))
	}
	if c.inside && x.Name == "rand" {
		return nil, c.fail(x.span, "NonConstantExpression", "rand() cannot stand within an aggregate function")
	}
	if len(x.Args) == 1 && x.Name == "size" {
		if _, ok := x.Args[0].(*PatternPredicate); ok {
			return nil, c.fail(x.span, "UnexpectedSyntax", "size() of a pattern is not supported: write COUNT { pattern }")
		}
	}
	es, err := c.exprs(x.Args, s)
	if err != nil {
		return nil, err
	}
	for i, e := range es {
		if len(f.wants) == 0 {
			break
		}
		if err := c.want(x.Args[i], e, x.Written+"()", f.wants...); err != nil {
			return nil, err
		}
	}
	return f.compiled(es), nil
}

func (f function) compiled(es []*compiled) *compiled {
	return &compiled{func(rt *runtime, row []any) (any, error) {
		args := make([]any, len(es))
		for i, e := range es {
			v, err := e.eval(rt, row)
			if err != nil || v == nil && !f.nulls {
				return nil, err
			}
			args[i] = v
		}
		if err := rt.step(); err != nil {
			return nil, err
		}
		return f.call(rt, args)
	}, f.result}
}

func (c *compiler) suggestion(name string) string {
	for _, f := range Functions() {
		if strings.ReplaceAll(f, "to", "") == strings.ReplaceAll(name, "to", "") || strings.HasPrefix(f, name) && len(name) > 2 {
			return ": did you mean " + f + "()?"
		}
	}
	return ""
}

// exists is exists(pattern), or exists(property) of older days.
func (c *compiler) exists(x *Call, s *scope) (*compiled, error) {
	if len(x.Args) != 1 {
		return nil, c.fail(x.span, "InvalidNumberOfArguments", "exists() takes one pattern")
	}
	switch a := x.Args[0].(type) {
	case *PatternPredicate:
		return c.patternPredicate(&a.Pattern, s)
	case *Prop, *Index:
		return c.isNull(&IsNull{x.span, a, true}, s)
	}
	return nil, c.fail(x.span, "InvalidArgumentType", "exists() takes a pattern or a property")
}

var graphFunctions = map[string]function{
	"elementid": {least: 1, most: 1, wants: []kind{nodeKind, edgeKind}, result: stringKind, call: func(_ *runtime, a []any) (any, error) {
		switch v := a[0].(type) {
		case *Node:
			return v.ID, nil
		case *Edge:
			return v.ID, nil
		}
		return nil, wrongArgument("elementId", a[0])
	}},
	"labels": {least: 1, most: 1, wants: []kind{nodeKind}, result: listKind, call: func(_ *runtime, a []any) (any, error) {
		n, ok := a[0].(*Node)
		if !ok {
			return nil, wrongArgument("labels", a[0])
		}
		return anys(n.Labels), nil
	}},
	"type": {least: 1, most: 1, wants: []kind{edgeKind}, result: stringKind, call: func(_ *runtime, a []any) (any, error) {
		e, ok := a[0].(*Edge)
		if !ok {
			return nil, wrongArgument("type", a[0])
		}
		return e.Type, nil
	}},
	"properties": {least: 1, most: 1, wants: []kind{mapKind, nodeKind, edgeKind}, result: mapKind, call: func(_ *runtime, a []any) (any, error) {
		m, err := properties(a[0])
		if err != nil {
			return nil, wrongArgument("properties", a[0])
		}
		if m == nil {
			m = map[string]any{}
		}
		return m, nil
	}},
	"keys": {least: 1, most: 1, wants: []kind{mapKind, nodeKind, edgeKind}, result: listKind, call: func(_ *runtime, a []any) (any, error) {
		m, err := properties(a[0])
		if err != nil {
			return nil, wrongArgument("keys", a[0])
		}
		return anys(sortedKeys(m)), nil
	}},
	"startnode": {least: 1, most: 1, wants: []kind{edgeKind}, result: nodeKind, call: func(rt *runtime, a []any) (any, error) {
		e, ok := a[0].(*Edge)
		if !ok {
			return nil, wrongArgument("startNode", a[0])
		}
		return rt.nodeValue(e.Start)
	}},
	"endnode": {least: 1, most: 1, wants: []kind{edgeKind}, result: nodeKind, call: func(rt *runtime, a []any) (any, error) {
		e, ok := a[0].(*Edge)
		if !ok {
			return nil, wrongArgument("endNode", a[0])
		}
		return rt.nodeValue(e.End)
	}},
	"nodes": {least: 1, most: 1, wants: []kind{pathKind}, result: listKind, call: func(_ *runtime, a []any) (any, error) {
		p, ok := a[0].(*Path)
		if !ok {
			return nil, wrongArgument("nodes", a[0])
		}
		return anys(p.Nodes), nil
	}},
	"relationships": {least: 1, most: 1, wants: []kind{pathKind}, result: edgesKind, call: func(_ *runtime, a []any) (any, error) {
		p, ok := a[0].(*Path)
		if !ok {
			return nil, wrongArgument("relationships", a[0])
		}
		return anys(p.Edges), nil
	}},
	"length": {least: 1, most: 1, wants: []kind{pathKind}, result: intKind, call: func(_ *runtime, a []any) (any, error) {
		p, ok := a[0].(*Path)
		if !ok {
			return nil, wrongArgument("length", a[0])
		}
		return int64(len(p.Edges)), nil
	}},
}

func (rt *runtime) nodeValue(id string) (any, error) {
	n, err := rt.node(id)
	if err != nil {
		return nil, err
	}
	return n, nil
}

func wrongArgument(name string, v any) error {
	return typeError("%s() does not take a %s", name, kindName(v))
}

func anys[T any](in []T) []any {
	out := make([]any, len(in))
	for i, v := range in {
		out[i] = v
	}
	return out
}

var listFunctions = map[string]function{
	"coalesce": {least: 1, most: -1, nulls: true, call: func(_ *runtime, a []any) (any, error) {
		for _, v := range a {
			if v != nil {
				return v, nil
			}
		}
		return nil, nil
	}},
	"nullif": {least: 2, most: 2, nulls: true, call: func(_ *runtime, a []any) (any, error) {
		if equal(a[0], a[1]) == yes {
			return nil, nil
		}
		return a[0], nil
	}},
	"size": {least: 1, most: 1, wants: []kind{listKind, stringKind, edgesKind}, result: intKind, call: func(_ *runtime, a []any) (any, error) {
		switch v := a[0].(type) {
		case []any:
			return int64(len(v)), nil
		case string:
			return int64(runeCount(v)), nil
		}
		return nil, wrongArgument("size", a[0])
	}},
	"isempty": {least: 1, most: 1, wants: []kind{listKind, stringKind, mapKind, edgesKind}, result: boolKind, call: func(_ *runtime, a []any) (any, error) {
		switch v := a[0].(type) {
		case []any:
			return len(v) == 0, nil
		case string:
			return v == "", nil
		case map[string]any:
			return len(v) == 0, nil
		}
		return nil, wrongArgument("isEmpty", a[0])
	}},
	"head": listFunction("head", func(l []any) any {
		if len(l) == 0 {
			return nil
		}
		return l[0]
	}),
	"last": listFunction("last", func(l []any) any {
		if len(l) == 0 {
			return nil
		}
		return l[len(l)-1]
	}),
	"tail": listFunction("tail", func(l []any) any {
		if len(l) == 0 {
			return []any{}
		}
		return l[1:len(l):len(l)]
	}),
	"reverse": {least: 1, most: 1, wants: []kind{listKind, stringKind, edgesKind}, call: func(rt *runtime, a []any) (any, error) {
		switch v := a[0].(type) {
		case []any:
			out := slices.Clone(v)
			slices.Reverse(out)
			return out, rt.fits(len(out))
		case string:
			r := []rune(v)
			slices.Reverse(r)
			return string(r), nil
		}
		return nil, wrongArgument("reverse", a[0])
	}},
	"range": {least: 2, most: 3, result: listKind, call: rangeList},
}

func listFunction(name string, f func([]any) any) function {
	return function{least: 1, most: 1, wants: []kind{listKind, edgesKind}, call: func(_ *runtime, a []any) (any, error) {
		l, ok := a[0].([]any)
		if !ok {
			return nil, wrongArgument(name, a[0])
		}
		return f(l), nil
	}}
}

func rangeList(rt *runtime, a []any) (any, error) {
	n := [3]int64{2: 1}
	for i, v := range a {
		k, ok := v.(int64)
		if !ok {
			return nil, runtimeError(ArgumentError, "InvalidArgumentType", "range() does not take a %s", kindName(v))
		}
		n[i] = k
	}
	from, to, step := n[0], n[1], n[2]
	if step == 0 {
		return nil, runtimeError(ArgumentError, "NumberOutOfRange", "the step of range() cannot be 0")
	}
	if step > 0 && from > to || step < 0 && from < to {
		return []any{}, nil
	}
	count := (magnitudeOf(from, to))/magnitude(step) + 1
	if count > uint64(rt.limits.Values) || count == 0 {
		return nil, rt.fits(-1)
	}
	if err := rt.fits(int(count)); err != nil {
		return nil, err
	}
	out := make([]any, count)
	for i := range out {
		out[i] = from + int64(i)*step
	}
	return out, nil
}

// magnitudeOf is |a-b| without overflow.
func magnitudeOf(a, b int64) uint64 {
	if a < b {
		a, b = b, a
	}
	return uint64(a) - uint64(b)
}
