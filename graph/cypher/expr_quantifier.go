package cypher

import (
	"slices"
)

func (c *compiler) quantifier(x *Quantifier, s *scope) (*compiled, error) {
	list, err := c.expr(x.List, s)
	if err != nil {
		return nil, err
	}
	if err := c.want(x.List, list, x.Kind+"()", listKind, edgesKind); err != nil {
		return nil, err
	}
	inner, slot := c.local(s, x.Name, c.elementKind(x.List))
	where, err := c.condition(x.Where, inner)
	if err != nil {
		return nil, err
	}
	return &compiled{func(rt *runtime, row []any) (any, error) {
		elements, err := listOf(rt, row, list, x.Kind+"()")
		if err != nil || elements == nil {
			return nil, err
		}
		row = slices.Clone(row)
		var counts [3]int // by truth
		for _, e := range elements {
			if err := rt.step(); err != nil {
				return nil, err
			}
			row[slot] = e
			t, err := where.truth(rt, row)
			if err != nil {
				return nil, err
			}
			counts[t]++
		}
		return quantified(x.Kind, counts).value(), nil
	}, boolKind}, nil
}

// elementKind is what the elements of a list written out have in common.
func (c *compiler) elementKind(x Expr) kind {
	l, ok := x.(*List)
	if !ok || len(l.Elements) == 0 {
		return anyKind
	}
	out := anyKind
	for i, e := range l.Elements {
		k := anyKind
		switch e := e.(type) {
		case *Literal:
			k = kindOf(e.Value)
		case *List:
			k = listKind
		case *Map:
			k = mapKind
		}
		if i > 0 && k != out {
			return anyKind
		}
		out = k
	}
	return out
}

func quantified(kind string, counts [3]int) truth {
	switch kind {
	case "all":
		return quantified("any", [3]int{counts[unknown], counts[yes], counts[no]}).not()
	case "none":
		return quantified("any", counts).not()
	case "single":
		switch {
		case counts[yes] > 1:
			return no
		case counts[unknown] > 0:
			return unknown
		}
		return truthOf(counts[yes] == 1)
	}
	switch {
	case counts[yes] > 0:
		return yes
	case counts[unknown] > 0:
		return unknown
	}
	return no
}

func (c *compiler) reduce(x *Reduce, s *scope) (*compiled, error) {
	es, err := c.exprs([]Expr{x.Init, x.List}, s)
	if err != nil {
		return nil, err
	}
	inner, acc := c.local(s, x.Acc, anyKind)
	inner, slot := c.local(inner, x.Name, anyKind)
	step, err := c.expr(x.Step, inner)
	if err != nil {
		return nil, err
	}
	return &compiled{func(rt *runtime, row []any) (any, error) {
		v, err := es[0].eval(rt, row)
		if err != nil {
			return nil, err
		}
		elements, err := listOf(rt, row, es[1], "reduce()")
		if err != nil || elements == nil {
			return nil, err
		}
		row = slices.Clone(row)
		for _, e := range elements {
			row[acc], row[slot] = v, e
			if v, err = step.eval(rt, row); err != nil {
				return nil, err
			}
			if err := rt.step(); err != nil {
				return nil, err
			}
		}
		return v, nil
	}, anyKind}, nil
}
