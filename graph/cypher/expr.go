package cypher

import (
	"math"
	"slices"
)

// compiled is an expression ready to be evaluated.
type compiled struct {
	eval func(rt *runtime, row []any) (any, error)
	kind kind
}

func constant(v any) *compiled {
	return &compiled{func(*runtime, []any) (any, error) { return v, nil }, kindOf(v)}
}

func slotOf(v variable) *compiled {
	return &compiled{func(_ *runtime, row []any) (any, error) { return row[v.slot], nil }, v.kind}
}

// expr compiles an expression over the names of a scope.
func (c *compiler) expr(x Expr, s *scope) (*compiled, error) {
	if c.columns != nil {
		if v, ok := c.columns[c.canonical(x)]; ok {
			return slotOf(v), nil
		}
	}
	switch x := x.(type) {
	case *Literal:
		return constant(x.Value), nil
	case *Param:
		v, ok := c.params[x.Name]
		if !ok {
			return nil, c.failKind(ParameterMissing, x.span, "MissingParameter", "the parameter $%s is not given", x.Name)
		}
		v, err := fromGo(v)
		if err != nil {
			return nil, c.failKind(ArgumentError, x.span, "InvalidArgumentType", "the parameter $%s: %v", x.Name, err)
		}
		out := constant(v)
		out.kind = anyKind
		return out, nil
	case *Var:
		v, ok := s.vars[x.Name]
		if !ok {
			return nil, c.fail(x.span, "UndefinedVariable", "the variable %s is not defined", x.Name)
		}
		return slotOf(v), nil
	case *Prop:
		return c.prop(x, s)
	case *Index:
		return c.index(x, s)
	case *Slice:
		return c.slice(x, s)
	case *Unary:
		return c.unary(x, s)
	case *Binary:
		return c.binary(x, s)
	case *Chain:
		return c.comparisons(x, s)
	case *IsNull:
		return c.isNull(x, s)
	case *HasLabels:
		return c.hasLabels(x, s)
	case *List:
		return c.list(x, s)
	case *Map:
		return c.mapOf(x, s)
	case *Projection:
		return c.projection(x, s)
	case *Case:
		return c.caseOf(x, s)
	case *Call:
		return c.call(x, s)
	case *ListComp:
		return c.listComp(x, s)
	case *Quantifier:
		return c.quantifier(x, s)
	case *Reduce:
		return c.reduce(x, s)
	case *PatternComp:
		return c.patternComp(x, s)
	case *PatternPredicate:
		return nil, c.fail(x.span, "UnexpectedSyntax", "a pattern is a condition, not a value: use EXISTS { } or [pattern | value]")
	case *Subquery:
		return c.subquery(x, s)
	case *ShortestExpr:
		return nil, c.fail(x.span, "UnexpectedSyntax", "%s as an expression is not supported: write MATCH p = %s(...)", x.Pattern.Shortest, x.Pattern.Shortest)
	}
	return nil, c.fail(x.at(), "UnexpectedSyntax", "this expression is not supported")
}

func (c *compiler) exprs(xs []Expr, s *scope) ([]*compiled, error) {
	out := make([]*compiled, len(xs))
	for i, x := range xs {
		var err error
		if out[i], err = c.expr(x, s); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// want fails where an expression cannot have one of the kinds.
func (c *compiler) want(x Expr, e *compiled, what string, kinds ...kind) error {
	if e.kind == anyKind || e.kind == nullKind || slices.Contains(kinds, e.kind) {
		return nil
	}
	return c.fail(x.at(), "InvalidArgumentType", "%s wants %v, not %v", what, kinds[0], e.kind)
}

// wantAccess is want for what openCypher counts as an error of type.
func (c *compiler) wantAccess(x Expr, e *compiled, what string, kinds ...kind) error {
	if err := c.want(x, e, what, kinds...); err == nil || e.kind == pathKind {
		return err
	}
	return c.failKind(TypeError, x.at(), "InvalidArgumentType", "%s wants %v, not %v", what, kinds[0], e.kind)
}

// condition compiles an expression that must be true, false or null. Here a pattern may stand for its existence.
func (c *compiler) condition(x Expr, s *scope) (*compiled, error) {
	var out *compiled
	var err error
	switch y := x.(type) {
	case *PatternPredicate:
		return c.patternPredicate(&y.Pattern, s)
	case *Unary:
		if y.Op == "NOT" {
			return c.not(y, s, c.condition)
		}
		out, err = c.expr(x, s)
	case *Binary:
		if y.Op == "AND" || y.Op == "OR" || y.Op == "XOR" {
			return c.logic(y, s, c.condition)
		}
		out, err = c.expr(x, s)
	default:
		out, err = c.expr(x, s)
	}
	if err != nil {
		return nil, err
	}
	return out, c.want(x, out, "a condition", boolKind)
}

// truthValue is a value as a condition.
func truthValue(v any) (truth, error) {
	switch v := v.(type) {
	case nil:
		return unknown, nil
	case bool:
		return truthOf(v), nil
	}
	return unknown, runtimeError(TypeError, "InvalidArgumentType", "a condition wants a boolean, not a %s", kindName(v))
}

func (e *compiled) truth(rt *runtime, row []any) (truth, error) {
	v, err := e.eval(rt, row)
	if err != nil {
		return unknown, err
	}
	return truthValue(v)
}

type compileFunc func(Expr, *scope) (*compiled, error)

func (c *compiler) not(x *Unary, s *scope, sub compileFunc) (*compiled, error) {
	e, err := sub(x.X, s)
	if err != nil {
		return nil, err
	}
	if err := c.want(x.X, e, "NOT", boolKind); err != nil {
		return nil, err
	}
	return &compiled{func(rt *runtime, row []any) (any, error) {
		t, err := e.truth(rt, row)
		return t.not().value(), err
	}, boolKind}, nil
}

func (c *compiler) logic(x *Binary, s *scope, sub compileFunc) (*compiled, error) {
	l, err := sub(x.L, s)
	if err != nil {
		return nil, err
	}
	r, err := sub(x.R, s)
	if err != nil {
		return nil, err
	}
	for i, e := range []*compiled{l, r} {
		if err := c.want([]Expr{x.L, x.R}[i], e, x.Op, boolKind); err != nil {
			return nil, err
		}
	}
	return &compiled{func(rt *runtime, row []any) (any, error) {
		a, err := l.truth(rt, row)
		if err != nil {
			return nil, err
		}
		switch {
		case x.Op == "AND" && a == no:
			return false, nil
		case x.Op == "OR" && a == yes:
			return true, nil
		}
		b, err := r.truth(rt, row)
		if err != nil {
			return nil, err
		}
		return combine(x.Op, a, b).value(), nil
	}, boolKind}, nil
}

func combine(op string, a, b truth) truth {
	switch op {
	case "AND":
		if a == no || b == no {
			return no
		}
		if a == yes && b == yes {
			return yes
		}
	case "OR":
		if a == yes || b == yes {
			return yes
		}
		if a == no && b == no {
			return no
		}
	case "XOR":
		if a != unknown && b != unknown {
			return truthOf(a != b)
		}
	}
	return unknown
}

func (c *compiler) unary(x *Unary, s *scope) (*compiled, error) {
	if x.Op == "NOT" {
		return c.not(x, s, c.expr)
	}
	e, err := c.expr(x.X, s)
	if err != nil {
		return nil, err
	}
	if err := c.want(x.X, e, x.Op, intKind, floatKind, temporalKind); err != nil {
		return nil, err
	}
	return &compiled{func(rt *runtime, row []any) (any, error) {
		v, err := e.eval(rt, row)
		if err != nil || v == nil {
			return nil, err
		}
		return negate(x.Op, v)
	}, e.kind}, nil
}

func negate(op string, v any) (any, error) {
	switch n := v.(type) {
	case int64:
		if op == "+" {
			return n, nil
		}
		if n == math.MinInt64 {
			return nil, overflow()
		}
		return -n, nil
	case float64:
		if op == "+" {
			return n, nil
		}
		return -n, nil
	case Duration:
		if op == "+" {
			return n, nil
		}
		return n.scale(-1)
	}
	return nil, runtimeError(TypeError, "InvalidArgumentType", "%s wants a number, not a %s", op, kindName(v))
}

func overflow() error {
	return runtimeError(ArgumentError, "IntegerOverflow", "the integer overflows 64 bits")
}

func (c *compiler) comparisons(x *Chain, s *scope) (*compiled, error) {
	es, err := c.exprs(x.Terms, s)
	if err != nil {
		return nil, err
	}
	return &compiled{func(rt *runtime, row []any) (any, error) {
		out := yes
		a, err := es[0].eval(rt, row)
		if err != nil {
			return nil, err
		}
		for i, op := range x.Ops {
			b, err := es[i+1].eval(rt, row)
			if err != nil {
				return nil, err
			}
			out = combine("AND", out, compare(op, a, b))
			a = b
		}
		return out.value(), nil
	}, boolKind}, nil
}

func compare(op string, a, b any) truth {
	switch op {
	case "=":
		return equal(a, b)
	case "<>":
		return equal(a, b).not()
	case "<":
		return less(a, b, false)
	case "<=":
		return less(a, b, true)
	case ">":
		return less(b, a, false)
	}
	return less(b, a, true)
}

func (c *compiler) isNull(x *IsNull, s *scope) (*compiled, error) {
	e, err := c.expr(x.X, s)
	if err != nil {
		return nil, err
	}
	return &compiled{func(rt *runtime, row []any) (any, error) {
		v, err := e.eval(rt, row)
		return (v == nil) != x.Not, err
	}, boolKind}, nil
}

func (c *compiler) hasLabels(x *HasLabels, s *scope) (*compiled, error) {
	e, err := c.expr(x.X, s)
	if err != nil {
		return nil, err
	}
	if err := c.want(x.X, e, "a test of labels", nodeKind, edgeKind); err != nil {
		return nil, err
	}
	return &compiled{func(rt *runtime, row []any) (any, error) {
		v, err := e.eval(rt, row)
		if err != nil || v == nil {
			return nil, err
		}
		switch n := v.(type) {
		case *Node:
			return n.has(x.Labels, x.Any), nil
		case *Edge:
			one := &Node{Labels: []string{n.Type}}
			return one.has(x.Labels, x.Any), nil
		}
		return nil, runtimeError(TypeError, "InvalidArgumentType", "a test of labels wants a node, not a %s", kindName(v))
	}, boolKind}, nil
}

// has reports whether the node has all the labels, or one of them.
func (n *Node) has(labels []string, some bool) bool {
	for _, l := range labels {
		if slices.Contains(n.Labels, l) == some {
			return some
		}
	}
	return !some || len(labels) == 0
}
