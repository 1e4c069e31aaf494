package cypher

import (
	"slices"
)

// needs are the slots of the variables of an expression.
func (m *matcher) needs(x Expr) []int {
	var out []int
	walk(x, map[string]bool{}, func(x Expr, local map[string]bool) bool {
		if v, ok := x.(*Var); ok && !local[v.Name] {
			if w, ok := m.scope.vars[v.Name]; ok {
				out = append(out, w.slot)
			}
		}
		return true
	})
	slices.Sort(out)
	return slices.Compact(out)
}

// where splits a condition at its ANDs.
func (m *matcher) where(x Expr) error {
	if x == nil {
		return nil
	}
	if b, ok := x.(*Binary); ok && b.Op == "AND" {
		if err := m.where(b.L); err != nil {
			return err
		}
		return m.where(b.R)
	}
	cond, err := m.c.condition(x, m.scope)
	if err != nil {
		return err
	}
	con := &conjunct{cond: cond, needs: m.needs(x), slot: -1}
	m.conjuncts = append(m.conjuncts, con)
	chain, ok := x.(*Chain)
	if !ok {
		return nil
	}
	for i, op := range chain.Ops {
		m.offer(con, chain.Terms[i], op, chain.Terms[i+1])
		m.offer(con, chain.Terms[i+1], mirrored(op), chain.Terms[i])
	}
	return nil
}

func mirrored(op string) string {
	switch op {
	case "<":
		return ">"
	case "<=":
		return ">="
	case ">":
		return "<"
	case ">=":
		return "<="
	}
	return op
}

// offer notes a comparison of a property with a value, which a source may look up. The condition is looked at again all the same.
func (m *matcher) offer(con *conjunct, l Expr, op string, r Expr) {
	p, ok := l.(*Prop)
	if !ok || op == "<>" {
		return
	}
	v, ok := p.X.(*Var)
	if !ok {
		return
	}
	w, ok := m.scope.vars[v.Name]
	if !ok || w.kind != nodeKind && w.kind != edgeKind {
		return
	}
	uses := m.needs(r)
	if slices.Contains(uses, w.slot) {
		return
	}
	value, err := m.c.expr(r, m.scope)
	if err != nil {
		return
	}
	hint := &conjunct{cond: con.cond, needs: con.needs, slot: w.slot, key: p.Key, op: op, value: value, uses: uses, fixed: len(uses) == 0, done: true}
	m.conjuncts = append(m.conjuncts, hint)
}

// take is the conditions that can be looked at now, each given out once.
func (m *matcher) take() []*compiled {
	var out []*compiled
	for _, con := range m.conjuncts {
		if con.done || slices.ContainsFunc(con.needs, func(s int) bool { return !m.known[s] }) {
			continue
		}
		con.done = true
		out = append(out, con.cond)
	}
	return out
}

// hints are the comparisons that the filter of a node or edge can have now.
func (m *matcher) hints(slot int) []*conjunct {
	var out []*conjunct
	for _, con := range m.conjuncts {
		if con.slot == slot && !slices.ContainsFunc(con.uses, func(s int) bool { return !m.known[s] }) {
			out = append(out, con)
		}
	}
	return out
}

// holds reports whether a row passes all conditions.
func holds(rt *runtime, row []any, conds []*compiled) (bool, error) {
	for _, c := range conds {
		t, err := c.truth(rt, row)
		if err != nil || t != yes {
			return false, err
		}
	}
	return true, nil
}

// filterOf evaluates comparisons for a source. ok is false where one of them compares with null, which nothing passes.
func filterOf(rt *runtime, row []any, hints []*conjunct) (equals map[string]any, ranges []Range, ok bool, err error) {
	for _, h := range hints {
		v, err := h.value.eval(rt, row)
		if err != nil {
			return nil, nil, false, err
		}
		if v == nil {
			return nil, nil, false, nil
		}
		switch h.op {
		case "=":
			if equals == nil {
				equals = map[string]any{}
			}
			equals[h.key] = v
		case "<", "<=":
			ranges = append(ranges, Range{Key: h.key, Max: v})
		default:
			ranges = append(ranges, Range{Key: h.key, Min: v})
		}
	}
	return equals, ranges, true, nil
}
