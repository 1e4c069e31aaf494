package cypher

import (
	"maps"
	"slices"
)

// properties is what a value has keys in, nil for null.
func properties(v any) (map[string]any, error) {
	switch v := v.(type) {
	case nil:
		return nil, nil
	case map[string]any:
		return v, nil
	case *Node:
		return v.Props, nil
	case *Edge:
		return v.Props, nil
	}
	return nil, typeError("a %s has no properties", kindName(v))
}

func (c *compiler) prop(x *Prop, s *scope) (*compiled, error) {
	e, err := c.expr(x.X, s)
	if err != nil {
		return nil, err
	}
	if err := c.wantAccess(x.X, e, "a property", mapKind, nodeKind, edgeKind, temporalKind); err != nil {
		return nil, err
	}
	return &compiled{func(rt *runtime, row []any) (any, error) {
		v, err := e.eval(rt, row)
		if err != nil || v == nil {
			return nil, err
		}
		return property(v, x.Key)
	}, anyKind}, nil
}

func property(v any, key string) (any, error) {
	if isTemporal(v) {
		return component(v, key)
	}
	m, err := properties(v)
	return m[key], err
}

func (c *compiler) index(x *Index, s *scope) (*compiled, error) {
	es, err := c.exprs([]Expr{x.X, x.I}, s)
	if err != nil {
		return nil, err
	}
	if err := c.wantAccess(x.X, es[0], "[ ]", listKind, mapKind, nodeKind, edgeKind, edgesKind); err != nil {
		return nil, err
	}
	if es[0].kind == listKind || es[0].kind == edgesKind {
		if err := c.wantAccess(x.I, es[1], "the index of a list", intKind); err != nil {
			return nil, err
		}
	}
	return &compiled{func(rt *runtime, row []any) (any, error) {
		v, i, err := two(rt, row, es)
		if err != nil || v == nil || i == nil {
			return nil, err
		}
		return element(v, i)
	}, anyKind}, nil
}

func two(rt *runtime, row []any, es []*compiled) (a, b any, err error) {
	if a, err = es[0].eval(rt, row); err != nil {
		return nil, nil, err
	}
	b, err = es[1].eval(rt, row)
	return a, b, err
}

func element(v, i any) (any, error) {
	list, ok := v.([]any)
	if !ok {
		if _, err := properties(v); err != nil {
			return nil, runtimeError(TypeError, "InvalidArgumentType", "[ ] wants a list or map, not a %s", kindName(v))
		}
		key, ok := i.(string)
		if !ok {
			return nil, runtimeError(TypeError, "MapElementAccessByNonString", "the key of a map is a string, not a %s", kindName(i))
		}
		return property(v, key)
	}
	n, ok := i.(int64)
	if !ok {
		return nil, runtimeError(TypeError, "InvalidArgumentType", "the index of a list is an integer, not a %s", kindName(i))
	}
	if n < 0 {
		n += int64(len(list))
	}
	if n < 0 || n >= int64(len(list)) {
		return nil, nil
	}
	return list[n], nil
}

func (c *compiler) slice(x *Slice, s *scope) (*compiled, error) {
	ends := []Expr{x.X, x.From, x.To}
	es := make([]*compiled, 3)
	for i, e := range ends {
		if e == nil {
			continue
		}
		var err error
		if es[i], err = c.expr(e, s); err != nil {
			return nil, err
		}
	}
	if err := c.want(x.X, es[0], "[ .. ]", listKind, edgesKind); err != nil {
		return nil, err
	}
	return &compiled{func(rt *runtime, row []any) (any, error) {
		v, err := es[0].eval(rt, row)
		if err != nil || v == nil {
			return nil, err
		}
		list, ok := v.([]any)
		if !ok {
			return nil, runtimeError(TypeError, "InvalidArgumentType", "[ .. ] wants a list, not a %s", kindName(v))
		}
		bounds := [2]int{0, len(list)}
		for i := range 2 {
			if es[i+1] == nil {
				continue
			}
			b, err := es[i+1].eval(rt, row)
			if err != nil || b == nil {
				return nil, err
			}
			n, ok := b.(int64)
			if !ok {
				return nil, runtimeError(TypeError, "InvalidArgumentType", "a bound of [ .. ] is an integer, not a %s", kindName(b))
			}
			bounds[i] = clampIndex(n, len(list))
		}
		if bounds[0] >= bounds[1] {
			return []any{}, nil
		}
		return list[bounds[0]:bounds[1]:bounds[1]], nil
	}, listKind}, nil
}

func clampIndex(n int64, length int) int {
	if n < 0 {
		n += int64(length)
	}
	return int(max(0, min(n, int64(length))))
}

func (c *compiler) list(x *List, s *scope) (*compiled, error) {
	es, err := c.exprs(x.Elements, s)
	if err != nil {
		return nil, err
	}
	return &compiled{func(rt *runtime, row []any) (any, error) {
		out := make([]any, len(es))
		for i, e := range es {
			var err error
			if out[i], err = e.eval(rt, row); err != nil {
				return nil, err
			}
		}
		return out, rt.weigh(out)
	}, listKind}, nil
}

func (c *compiler) mapOf(x *Map, s *scope) (*compiled, error) {
	es, err := c.exprs(x.Values, s)
	if err != nil {
		return nil, err
	}
	return &compiled{func(rt *runtime, row []any) (any, error) {
		out := make(map[string]any, len(es))
		for i, e := range es {
			var err error
			if out[x.Keys[i]], err = e.eval(rt, row); err != nil {
				return nil, err
			}
		}
		return out, rt.weigh(out)
	}, mapKind}, nil
}

func (c *compiler) projection(x *Projection, s *scope) (*compiled, error) {
	e, err := c.expr(x.X, s)
	if err != nil {
		return nil, err
	}
	if err := c.want(x.X, e, "{ . }", mapKind, nodeKind, edgeKind); err != nil {
		return nil, err
	}
	values := make([]*compiled, len(x.Values))
	for i, v := range x.Values {
		if v == nil {
			continue
		}
		if values[i], err = c.expr(v, s); err != nil {
			return nil, err
		}
	}
	return &compiled{func(rt *runtime, row []any) (any, error) {
		v, err := e.eval(rt, row)
		if err != nil || v == nil {
			return nil, err
		}
		from, err := properties(v)
		if err != nil {
			return nil, err
		}
		out := map[string]any{}
		if x.All {
			maps.Copy(out, from)
		}
		for i, k := range x.Keys {
			if values[i] == nil {
				out[k] = from[k]
			} else if out[k], err = values[i].eval(rt, row); err != nil {
				return nil, err
			}
		}
		return out, rt.weigh(out)
	}, mapKind}, nil
}

// local is a scope with one more variable, and its slot.
func (c *compiler) local(s *scope, name string, k kind) (*scope, int) {
	inner := newScope(s)
	slot := c.slot()
	inner.set(name, variable{slot, k})
	return inner, slot
}

// listOf evaluates an expression that must be a list; nil for null.
func listOf(rt *runtime, row []any, e *compiled, what string) ([]any, error) {
	v, err := e.eval(rt, row)
	if err != nil || v == nil {
		return nil, err
	}
	list, ok := v.([]any)
	if !ok {
		return nil, runtimeError(TypeError, "InvalidArgumentType", "%s wants a list, not a %s", what, kindName(v))
	}
	if list == nil {
		list = []any{}
	}
	return list, nil
}

func (c *compiler) listComp(x *ListComp, s *scope) (*compiled, error) {
	list, err := c.expr(x.List, s)
	if err != nil {
		return nil, err
	}
	if err := c.want(x.List, list, "a list comprehension", listKind, edgesKind); err != nil {
		return nil, err
	}
	k := anyKind
	if list.kind == edgesKind {
		k = edgeKind
	}
	inner, slot := c.local(s, x.Name, k)
	outerAgg := c.aggregate
	c.aggregate = nil
	defer func() { c.aggregate = outerAgg }()
	where, result := constant(true), slotOf(inner.vars[x.Name])
	if x.Where != nil {
		if where, err = c.condition(x.Where, inner); err != nil {
			return nil, err
		}
	}
	if x.Result != nil {
		if result, err = c.expr(x.Result, inner); err != nil {
			return nil, err
		}
	}
	return &compiled{func(rt *runtime, row []any) (any, error) {
		elements, err := listOf(rt, row, list, "a list comprehension")
		if err != nil || elements == nil {
			return nil, err
		}
		row = slices.Clone(row)
		out := []any{}
		for _, e := range elements {
			if err := rt.step(); err != nil {
				return nil, err
			}
			row[slot] = e
			t, err := where.truth(rt, row)
			if err != nil {
				return nil, err
			}
			if t != yes {
				continue
			}
			v, err := result.eval(rt, row)
			if err != nil {
				return nil, err
			}
			out = append(out, v)
		}
		return out, rt.weigh(out)
	}, listKind}, nil
}
