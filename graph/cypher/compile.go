package cypher

import (
	"slices"
	"strings"
)

// compiledQuery is a query ready to run: what it makes of a row, and where in its rows the columns are.
type compiledQuery struct {
	run   stage
	names []string
	slots []int
	kinds []kind
}

// query compiles a query whose parts see the names of outer. A query that returns nothing is allowed in EXISTS and COUNT only.
func (c *compiler) query(q *Query, outer *scope, returns bool) (*compiledQuery, error) {
	c.depth++
	defer func() { c.depth-- }()
	var parts []*compiledQuery
	for i, p := range q.Parts {
		part, err := c.part(p, outer, returns)
		if err != nil {
			return nil, err
		}
		if i > 0 && !slices.Equal(part.names, parts[0].names) {
			return nil, c.fail(p.span, "DifferentColumnsInUnion", "the parts of UNION return different columns: %s and %s",
				strings.Join(parts[0].names, ", "), strings.Join(part.names, ", "))
		}
		parts = append(parts, part)
	}
	if len(parts) == 1 {
		return parts[0], nil
	}
	return c.union(q, parts), nil
}

func (c *compiler) union(q *Query, parts []*compiledQuery) *compiledQuery {
	out := &compiledQuery{names: parts[0].names}
	for range out.names {
		out.slots, out.kinds = append(out.slots, c.slot()), append(out.kinds, anyKind)
	}
	name := "Union"
	if q.All[0] {
		name = "Union all"
	}
	out.run = c.planned(name, "", func(rt *runtime, in rows) rows {
		return func(emit func([]any) error) error {
			return in(func(row []any) error {
				seen := distinct{}
				defer func() { rt.release(len(seen)) }()
				for _, p := range parts {
					err := p.run(rt, one(row))(func(inner []any) error {
						r := slices.Clone(row)
						for i, s := range p.slots {
							r[out.slots[i]] = inner[s]
						}
						if !q.All[0] {
							fresh, err := seen.add(rt, r, out.slots)
							if err != nil || !fresh {
								return err
							}
						}
						return emit(r)
					})
					if err != nil {
						return err
					}
				}
				return nil
			})
		}
	})
	return out
}

// distinct is the set of rows seen, by some of their slots.
type distinct map[string]struct{}

func (d distinct) add(rt *runtime, row []any, slots []int) (fresh bool, err error) {
	var key []byte
	for _, s := range slots {
		key = appendKey(key, row[s])
	}
	if _, ok := d[string(key)]; ok {
		return false, rt.step()
	}
	d[string(key)] = struct{}{}
	return true, rt.hold(1)
}

func (c *compiler) part(p *Part, outer *scope, returns bool) (*compiledQuery, error) {
	scope := newScope(outer)
	var stages []stage
	out := &compiledQuery{}
	for i, clause := range p.Clauses {
		var s stage
		var err error
		last := i == len(p.Clauses)-1
		switch cl := clause.(type) {
		case *Match:
			s, err = c.match(cl, scope)
		case *Unwind:
			s, err = c.unwind(cl, scope)
		case *With:
			s, scope, err = c.with(cl, scope)
		case *CallSub:
			s, err = c.callSub(cl, scope)
		case *CallProc:
			s, err = c.callProc(cl, scope, len(p.Clauses) == 1)
			last = false
			if len(p.Clauses) == 1 {
				out.names = scope.names
				returns = false
			}
		}
		if err != nil {
			return nil, err
		}
		stages = append(stages, s)
		if w, ok := clause.(*With); last && ok && w.Return {
			out.names = scope.names
		} else if last && returns {
			return nil, c.fail(p.span, "InvalidClauseComposition", "the query does not end with RETURN")
		}
	}
	if c.endsInCall(p) && returns {
		return nil, c.fail(p.span, "InvalidClauseComposition", "the query does not end with RETURN")
	}
	for _, n := range out.names {
		out.slots, out.kinds = append(out.slots, scope.vars[n].slot), append(out.kinds, scope.vars[n].kind)
	}
	out.run = chain(stages)
	return out, nil
}

func (c *compiler) endsInCall(p *Part) bool {
	_, ok := p.Clauses[len(p.Clauses)-1].(*CallProc)
	return ok && len(p.Clauses) > 1
}

func (c *compiler) unwind(u *Unwind, scope *scope) (stage, error) {
	x, err := c.expr(u.X, scope)
	if err != nil {
		return nil, err
	}
	if _, ok := scope.vars[u.Name]; ok {
		return nil, c.fail(u.span, "VariableAlreadyBound", "the variable %s is already there", u.Name)
	}
	slot := c.slot()
	scope.set(u.Name, variable{slot, anyKind})
	return c.planned("Unwind", c.text(u.X.at())+" AS "+u.Name, func(rt *runtime, in rows) rows {
		return func(emit func([]any) error) error {
			return in(func(row []any) error {
				v, err := x.eval(rt, row)
				if err != nil || v == nil {
					return err
				}
				list, ok := v.([]any)
				if !ok {
					list = []any{v}
				}
				for _, e := range list {
					if err := rt.step(); err != nil {
						return err
					}
					r := slices.Clone(row)
					r[slot] = e
					if err := emit(r); err != nil {
						return err
					}
				}
				return nil
			})
		}
	}), nil
}

// callSub compiles CALL { }: the inner query sees the imported variables, and its columns are added.
func (c *compiler) callSub(cs *CallSub, scope *scope) (stage, error) {
	inner, err := c.imports(cs, scope)
	if err != nil {
		return nil, err
	}
	q, err := c.query(cs.Query, inner, true)
	if err != nil {
		return nil, err
	}
	for i, n := range q.names {
		if _, ok := scope.vars[n]; ok {
			return nil, c.fail(cs.span, "VariableAlreadyBound", "CALL returns the variable %s, which is already there", n)
		}
		scope.set(n, variable{q.slots[i], q.kinds[i]})
	}
	return c.planned("Call", strings.Join(q.names, ", "), func(rt *runtime, in rows) rows {
		return func(emit func([]any) error) error {
			return in(func(row []any) error {
				return q.run(rt, one(row))(func(inner []any) error {
					r := slices.Clone(row)
					for _, s := range q.slots {
						r[s] = inner[s]
					}
					return emit(r)
				})
			})
		}
	}), nil
}

// imports is the scope in which the query of a CALL { } begins.
func (c *compiler) imports(cs *CallSub, outer *scope) (*scope, error) {
	inner := newScope(nil)
	if cs.ImportStar {
		return newScope(outer), nil
	}
	for _, n := range cs.Imports {
		v, ok := outer.vars[n]
		if !ok {
			return nil, c.fail(cs.span, "UndefinedVariable", "the variable %s is not defined", n)
		}
		inner.set(n, v)
	}
	if cs.Scoped {
		return inner, nil
	}
	// A leading WITH of plain variables imports them.
	for _, p := range cs.Query.Parts {
		w, ok := p.Clauses[0].(*With)
		if !ok || w.Return {
			continue
		}
		if w.Star {
			return nil, c.fail(w.span, "UnexpectedSyntax", "WITH * at the start of CALL is not supported: name the variables")
		}
		for _, item := range w.Items {
			v, ok := item.X.(*Var)
			if !ok {
				return nil, c.fail(w.span, "UnexpectedSyntax", "WITH at the start of CALL can only name variables")
			}
			if o, ok := outer.vars[v.Name]; ok {
				inner.set(v.Name, o)
			}
		}
	}
	return inner, nil
}
