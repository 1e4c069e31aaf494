package cypher

import (
	"errors"
	"slices"
)

// projected is a WITH or RETURN ready to run.
type projected struct {
	items    []*compiled
	slots    []int // of the items
	keys     []int // indexes of the items that are grouped by
	grouping bool
	distinct bool
	calls    []aggregateFunc
	order    []*compiled
	desc     []bool
	skip     *compiled
	limit    *compiled
	where    *compiled
	live     []int // slots that are left
}

func (c *compiler) with(w *With, outer *scope) (stage, *scope, error) {
	p := &projected{distinct: w.Distinct}
	next := newScope(nil)
	items, err := c.expandStar(w, outer)
	if err != nil {
		return nil, nil, err
	}
	agg := &aggregation{}
	for _, item := range items {
		if err := c.projectItem(w, p, item, outer, next, agg); err != nil {
			return nil, nil, err
		}
	}
	p.grouping = len(agg.calls) > 0
	if err := c.checkGrouping(p, items, outer); err != nil {
		return nil, nil, err
	}
	if err := c.page(w, p, items, outer, next); err != nil {
		return nil, nil, err
	}
	p.calls = agg.calls
	for _, n := range next.names {
		p.live = append(p.live, next.vars[n].slot)
	}
	name := "With"
	if w.Return {
		name = "Return"
	}
	if p.grouping {
		name += " (aggregating)"
	}
	return c.planned(name, c.text(w.span), p.run), next, nil
}

// expandStar puts the variables in the place of *.
func (c *compiler) expandStar(w *With, s *scope) ([]Item, error) {
	if !w.Star {
		return w.Items, nil
	}
	if len(s.names) == 0 && len(w.Items) == 0 && w.Return {
		return nil, c.fail(w.span, "NoVariablesInScope", "RETURN * needs variables, and there are none")
	}
	var out []Item
	names := slices.Clone(s.names)
	slices.Sort(names)
	for _, n := range names {
		out = append(out, Item{X: &Var{w.span, n}, Name: n, Aliased: true})
	}
	return append(out, w.Items...), nil
}

func (c *compiler) projectItem(w *With, p *projected, item Item, outer, next *scope, agg *aggregation) error {
	_, isVar := item.X.(*Var)
	if !w.Return && !item.Aliased && !isVar {
		return c.fail(item.X.at(), "NoExpressionAlias", "an expression in WITH needs a name: %s AS name", c.text(item.X.at()))
	}
	if _, ok := next.vars[item.Name]; ok {
		return c.fail(item.X.at(), "ColumnNameConflict", "two columns are named %s", item.Name)
	}
	before := len(agg.calls)
	c.aggregate = agg
	e, err := c.expr(item.X, outer)
	c.aggregate = nil
	if err != nil {
		return err
	}
	slot := c.slot()
	if len(agg.calls) == before {
		p.keys = append(p.keys, len(p.items))
	}
	p.items, p.slots = append(p.items, e), append(p.slots, slot)
	next.set(item.Name, variable{slot, e.kind})
	return nil
}

// checkGrouping fails where an item mixes an aggregate function with what is not grouped by.
func (c *compiler) checkGrouping(p *projected, items []Item, outer *scope) error {
	if !p.grouping {
		return nil
	}
	keys := c.groupKeys(p, items)
	for i, item := range items {
		if slices.Contains(p.keys, i) {
			continue
		}
		if err := c.leaves(item.X, keys, map[string]bool{}); err != nil {
			return err
		}
	}
	return nil
}

// groupKeys are the variables and properties that are grouped by, as canonical text.
func (c *compiler) groupKeys(p *projected, items []Item) map[string]bool {
	keys := map[string]bool{}
	for _, i := range p.keys {
		switch items[i].X.(type) {
		case *Var, *Prop:
			keys[c.canonical(items[i].X)] = true
		}
	}
	return keys
}

// leaves fails at a variable outside of aggregate functions that is neither a key nor local.
func (c *compiler) leaves(x Expr, keys, local map[string]bool) error {
	var failure error
	walk(x, local, func(x Expr, local map[string]bool) bool {
		if failure != nil || keys[c.canonical(x)] {
			return false
		}
		switch x := x.(type) {
		case *Call:
			if _, ok := aggregates[x.Name]; ok {
				return false
			}
		case *Var:
			if !local[x.Name] {
				failure = c.fail(x.span, "AmbiguousAggregationExpression",
					"%s stands beside an aggregate function but is not grouped by: return it as a column of its own, or put WITH before", x.Name)
			}
		}
		return true
	})
	return failure
}

// page compiles ORDER BY, SKIP, LIMIT and WHERE, which see the new names, and the old ones unless rows were grouped or made distinct.
func (c *compiler) page(w *With, p *projected, items []Item, outer, next *scope) (err error) {
	s := newScope(outer)
	for _, n := range next.names {
		s.set(n, next.vars[n])
	}
	keys := c.groupKeys(p, items)
	for _, n := range next.names {
		keys[c.canonicalName(n)] = true
	}
	columns := map[string]variable{}
	for i, item := range items {
		if _, ok := item.X.(*Var); !ok {
			columns[c.canonical(item.X)] = variable{p.slots[i], p.items[i].kind}
		}
	}
	for _, o := range w.Order {
		if err := c.sortKey(o, p, items, s, next, keys, columns); err != nil {
			return err
		}
	}
	if p.skip, err = c.count(w.Skip, "SKIP"); err != nil {
		return err
	}
	if p.limit, err = c.count(w.Limit, "LIMIT"); err != nil {
		return err
	}
	if w.Where == nil {
		return nil
	}
	if p.grouping || p.distinct {
		s = next
		c.columns = columns
	}
	p.where, err = c.condition(w.Where, s)
	c.columns = nil
	return err
}

// sortKey compiles one expression of ORDER BY.
func (c *compiler) sortKey(o Sort, p *projected, items []Item, s, next *scope, keys map[string]bool, columns map[string]variable) error {
	_, repeats := columns[c.canonical(o.X)]
	if p.grouping && !repeats {
		if err := c.sortLeaves(o.X, p, items, keys); err != nil {
			return err
		}
	} else if p.distinct && !repeats {
		if err := c.seen(o.X, next, keys); err != nil {
			return err
		}
	}
	c.columns, c.ordering = columns, p.grouping
	e, err := c.expr(o.X, s)
	c.columns, c.ordering = nil, false
	if err != nil {
		return err
	}
	p.order, p.desc = append(p.order, e), append(p.desc, o.Desc)
	return nil
}

// sortLeaves is leaves for ORDER BY, where a variable that no column names cannot be seen at all.
func (c *compiler) sortLeaves(x Expr, p *projected, items []Item, keys map[string]bool) error {
	err := c.leaves(x, keys, map[string]bool{})
	if err == nil {
		return nil
	}
	named := map[string]bool{}
	for _, i := range p.keys {
		walk(items[i].X, map[string]bool{}, func(x Expr, _ map[string]bool) bool {
			if v, ok := x.(*Var); ok {
				named[v.Name] = true
			}
			return true
		})
	}
	if e, ok := errors.AsType[*Error](err); ok && !slices.ContainsFunc(c.names(x), func(n string) bool { return named[n] }) {
		e.Detail = "UndefinedVariable"
	}
	return err
}

// names are the variables of an expression.
func (c *compiler) names(x Expr) []string {
	var out []string
	walk(x, map[string]bool{}, func(x Expr, local map[string]bool) bool {
		if call, ok := x.(*Call); ok {
			if _, ok := aggregates[call.Name]; ok {
				return false
			}
		}
		if v, ok := x.(*Var); ok && !local[v.Name] {
			out = append(out, v.Name)
		}
		return true
	})
	return out
}

func (c *compiler) canonicalName(n string) string {
	return "1" + n + " "
}

// seen fails at a variable that DISTINCT hides.
func (c *compiler) seen(x Expr, next *scope, keys map[string]bool) error {
	var failure error
	walk(x, map[string]bool{}, func(x Expr, local map[string]bool) bool {
		if failure != nil || keys[c.canonical(x)] {
			return false
		}
		if v, ok := x.(*Var); ok && !local[v.Name] {
			if _, ok := next.vars[v.Name]; !ok {
				failure = c.fail(v.span, "UndefinedVariable", "the variable %s cannot be seen after DISTINCT", v.Name)
			}
		}
		return true
	})
	return failure
}

// count compiles the number of SKIP or LIMIT.
func (c *compiler) count(x Expr, what string) (*compiled, error) {
	if x == nil {
		return nil, nil
	}
	constantOnly := true
	walk(x, map[string]bool{}, func(x Expr, local map[string]bool) bool {
		if v, ok := x.(*Var); ok && !local[v.Name] {
			constantOnly = false
		}
		switch x.(type) {
		case *PatternComp, *Subquery, *PatternPredicate:
			constantOnly = false
		}
		return true
	})
	if !constantOnly {
		return nil, c.fail(x.at(), "NonConstantExpression", "%s cannot depend on rows: want a number or parameter", what)
	}
	if u, ok := x.(*Unary); ok && u.Op == "-" {
		return nil, c.fail(x.at(), "NegativeIntegerArgument", "%s cannot be negative", what)
	}
	e, err := c.expr(x, newScope(nil))
	if err != nil {
		return nil, err
	}
	return e, c.want(x, e, what, intKind)
}

func (e *compiled) number(rt *runtime, what string) (int64, error) {
	v, err := e.eval(rt, make([]any, rt.width))
	if err != nil {
		return 0, err
	}
	n, ok := v.(int64)
	if !ok {
		return 0, runtimeError(SyntaxError, "InvalidArgumentType", "%s wants an integer, not a %s", what, kindName(v))
	}
	if n < 0 {
		return 0, runtimeError(SyntaxError, "NegativeIntegerArgument", "%s cannot be negative", what)
	}
	return n, nil
}
