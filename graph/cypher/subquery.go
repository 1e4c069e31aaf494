package cypher

import (
	"slices"
	"strings"
)

// patternPredicate is whether a pattern can be found. It names only what is known.
func (c *compiler) patternPredicate(p *Pattern, s *scope) (*compiled, error) {
	for _, n := range patternNames(p) {
		if _, ok := s.vars[n]; !ok {
			return nil, c.fail(p.span, "UndefinedVariable", "the variable %s is not defined: a pattern as a condition can name only what is known", n)
		}
	}
	run, err := c.nested("Exists", func() (stage, error) { return c.patterns([]Pattern{*p}, nil, newScope(s)) })
	if err != nil {
		return nil, err
	}
	return &compiled{func(rt *runtime, row []any) (any, error) { return any1(rt, row, run) }, boolKind}, nil
}

// nested compiles what stands within an expression; no aggregate function of the outer projection may stand there.
func (c *compiler) nested(name string, compile func() (stage, error)) (stage, error) {
	agg, inside := c.aggregate, c.inside
	c.aggregate, c.inside = nil, false
	c.depth++
	defer func() { c.aggregate, c.inside = agg, inside; c.depth-- }()
	c.plan = append(c.plan, PlanStep{Depth: c.depth - 1, Name: name})
	return compile()
}

// any1 is whether a stage makes a row of a row.
func any1(rt *runtime, row []any, run stage) (any, error) {
	stop := &errStop{}
	err := run(rt, one(row))(func([]any) error { return stop })
	if err == error(stop) {
		return true, nil
	}
	return false, err
}

func (c *compiler) patternComp(x *PatternComp, s *scope) (*compiled, error) {
	inner := newScope(s)
	var result *compiled
	run, err := c.nested("Pattern comprehension", func() (stage, error) {
		run, err := c.patterns([]Pattern{x.Pattern}, x.Where, inner)
		if err != nil {
			return nil, err
		}
		result, err = c.expr(x.Result, inner)
		return run, err
	})
	if err != nil {
		return nil, err
	}
	return &compiled{func(rt *runtime, row []any) (any, error) { return gather(rt, row, run, result) }, listKind}, nil
}

// gather is the list of an expression's values over the rows of a stage.
func gather(rt *runtime, row []any, run stage, result *compiled) (any, error) {
	out := []any{}
	err := run(rt, one(row))(func(r []any) error {
		v, err := result.eval(rt, r)
		if err != nil {
			return err
		}
		out = append(out, v)
		return rt.fits(len(out))
	})
	if err != nil {
		return nil, err
	}
	return out, rt.weigh(out)
}

func (c *compiler) subquery(x *Subquery, s *scope) (*compiled, error) {
	var q *compiledQuery
	run, err := c.nested(strings.ToUpper(x.Kind[:1])+strings.ToLower(x.Kind[1:]), func() (stage, error) {
		var err error
		if q, err = c.query(x.Query, newScope(s), x.Kind == "COLLECT"); err != nil {
			return nil, err
		}
		return q.run, nil
	})
	if err != nil {
		return nil, err
	}
	switch x.Kind {
	case "EXISTS":
		return &compiled{func(rt *runtime, row []any) (any, error) { return any1(rt, row, run) }, boolKind}, nil
	case "COUNT":
		return &compiled{func(rt *runtime, row []any) (any, error) {
			n := int64(0)
			err := run(rt, one(row))(func([]any) error { n++; return rt.step() })
			return n, err
		}, intKind}, nil
	}
	if len(q.slots) != 1 {
		return nil, c.fail(x.span, "InvalidNumberOfArguments", "COLLECT { } must return one column, not %d", len(q.slots))
	}
	return &compiled{func(rt *runtime, row []any) (any, error) {
		return gather(rt, row, run, slotOf(variable{q.slots[0], anyKind}))
	}, listKind}, nil
}

// procedures are those that can be called, with their columns.
var procedures = map[string][]string{
	"db.labels":               {"label"},
	"db.relationshiptypes":    {"relationshipType"},
	"db.propertykeys":         {"propertyKey"},
	"db.schema.visualization": {"nodes", "relationships"},
}

// callProc compiles CALL of a procedure; alone says that it is the whole query, which then returns its columns.
func (c *compiler) callProc(p *CallProc, s *scope, alone bool) (stage, error) {
	name := strings.ToLower(p.Name)
	columns, ok := procedures[name]
	if !ok {
		return nil, c.failKind(ProcedureError, p.span, "ProcedureNotFound", "there is no procedure %s: there are %s", p.Name, strings.Join(sortedKeys(procedures), ", "))
	}
	if len(p.Args) > 0 {
		return nil, c.fail(p.span, "InvalidNumberOfArguments", "%s takes no arguments", p.Name)
	}
	yields := p.Yields
	if p.YieldStar || alone && yields == nil {
		for _, col := range columns {
			yields = append(yields, Item{X: &Var{p.span, col}, Name: col})
		}
	}
	slots := make([]int, len(yields))
	from := make([]int, len(yields))
	for i, y := range yields {
		v := y.X.(*Var)
		if from[i] = slices.Index(columns, v.Name); from[i] < 0 {
			return nil, c.fail(v.span, "UndefinedVariable", "%s has no column %s: it has %s", p.Name, v.Name, strings.Join(columns, ", "))
		}
		if _, ok := s.vars[y.Name]; ok {
			return nil, c.fail(v.span, "VariableAlreadyBound", "the variable %s is already there", y.Name)
		}
		slots[i] = c.slot()
		s.set(y.Name, variable{slots[i], anyKind})
	}
	where := constant(true)
	if p.Where != nil {
		var err error
		if where, err = c.condition(p.Where, s); err != nil {
			return nil, err
		}
	}
	return c.planned("Procedure", p.Name, func(rt *runtime, in rows) rows {
		return func(emit func([]any) error) error {
			return in(func(row []any) error {
				table, err := rt.procedure(name)
				if err != nil {
					return err
				}
				for _, values := range table {
					r := slices.Clone(row)
					for i, f := range from {
						r[slots[i]] = values[f]
					}
					if ok, err := holds(rt, r, []*compiled{where}); err != nil {
						return err
					} else if !ok {
						continue
					}
					if err := emit(r); err != nil {
						return err
					}
				}
				return nil
			})
		}
	}), nil
}

func (rt *runtime) procedure(name string) ([][]any, error) {
	var words []string
	var err error
	switch name {
	case "db.labels":
		words, err = rt.source.Labels(rt.ctx)
	case "db.relationshiptypes":
		words, err = rt.source.Types(rt.ctx)
	case "db.propertykeys":
		words, err = rt.keys()
	default:
		return rt.visualization()
	}
	out := make([][]any, len(words))
	for i, w := range words {
		out[i] = []any{w}
	}
	return out, err
}

// keys are the names of all properties.
func (rt *runtime) keys() ([]string, error) {
	seen := map[string]bool{}
	for n, err := range rt.source.Nodes(rt.ctx, NodeFilter{}) {
		if err != nil {
			return nil, err
		}
		for k := range n.Props {
			seen[k] = true
		}
		if err := rt.step(); err != nil {
			return nil, err
		}
	}
	for e, err := range rt.source.Edges(rt.ctx, EdgeFilter{}) {
		if err != nil {
			return nil, err
		}
		for k := range e.Props {
			seen[k] = true
		}
		if err := rt.step(); err != nil {
			return nil, err
		}
	}
	return sortedKeys(seen), nil
}

// visualization is one row: a node for each label, and a relationship for each type between two labels.
func (rt *runtime) visualization() ([][]any, error) {
	nodes := map[string]any{}
	edges := map[string]any{}
	node := func(label string) *Node {
		id := "label " + label
		if _, ok := nodes[id]; !ok {
			nodes[id] = &Node{ID: id, Labels: []string{label}, Props: map[string]any{"name": label, "indexes": []any{}, "constraints": []any{}}}
		}
		return nodes[id].(*Node)
	}
	labels := map[string][]string{}
	for n, err := range rt.source.Nodes(rt.ctx, NodeFilter{}) {
		if err != nil {
			return nil, err
		}
		labels[n.ID] = n.Labels
		for _, l := range n.Labels {
			node(l)
		}
		if err := rt.step(); err != nil {
			return nil, err
		}
	}
	for e, err := range rt.source.Edges(rt.ctx, EdgeFilter{}) {
		if err != nil {
			return nil, err
		}
		for _, a := range labels[e.Start] {
			for _, b := range labels[e.End] {
				id := e.Type + " " + a + " " + b
				if edges[id] == nil {
					edges[id] = &Edge{ID: id, Type: e.Type, Start: node(a).ID, End: node(b).ID, Props: map[string]any{"name": e.Type}}
				}
			}
		}
		if err := rt.step(); err != nil {
			return nil, err
		}
	}
	return [][]any{{inOrder(nodes), inOrder(edges)}}, nil
}

func inOrder(m map[string]any) []any {
	out := []any{}
	for _, k := range sortedKeys(m) {
		out = append(out, m[k])
	}
	return out
}
