package cypher

import "maps"

// walk calls visit for an expression and, while it returns true, for those within. local are the names that comprehensions bind. Of a subquery the
// variables that its patterns and expressions name are visited as if they stood outside; those that it makes itself are local.
func walk(x Expr, local map[string]bool, visit func(x Expr, local map[string]bool) bool) {
	if x == nil || !visit(x, local) {
		return
	}
	w := func(xs ...Expr) {
		for _, x := range xs {
			if x != nil {
				walk(x, local, visit)
			}
		}
	}
	with := func(names ...string) map[string]bool {
		m := maps.Clone(local)
		for _, n := range names {
			m[n] = true
		}
		return m
	}
	inner := func(m map[string]bool, xs ...Expr) {
		for _, x := range xs {
			if x != nil {
				walk(x, m, visit)
			}
		}
	}
	switch x := x.(type) {
	case *Prop:
		w(x.X)
	case *Index:
		w(x.X, x.I)
	case *Slice:
		w(x.X, x.From, x.To)
	case *Unary:
		w(x.X)
	case *Binary:
		w(x.L, x.R)
	case *Chain:
		w(x.Terms...)
	case *IsNull:
		w(x.X)
	case *HasLabels:
		w(x.X)
	case *List:
		w(x.Elements...)
	case *Map:
		w(x.Values...)
	case *Projection:
		w(x.X)
		w(x.Values...)
	case *Case:
		w(x.X, x.Else)
		w(x.When...)
		w(x.Then...)
	case *Call:
		w(x.Args...)
	case *ListComp:
		w(x.List)
		inner(with(x.Name), x.Where, x.Result)
	case *Quantifier:
		w(x.List)
		inner(with(x.Name), x.Where)
	case *Reduce:
		w(x.Init, x.List)
		inner(with(x.Acc, x.Name), x.Step)
	case *PatternComp:
		// Its pattern binds the names that are not there yet; a name that is there is a use of it.
		walkPattern(&x.Pattern, local, visit)
		inner(with(patternNames(&x.Pattern)...), x.Where, x.Result)
	case *PatternPredicate:
		walkPattern(&x.Pattern, local, visit)
	case *ShortestExpr:
		walkPattern(&x.Pattern, local, visit)
	case *Subquery:
		walkQuery(x.Query, local, visit)
	}
}

func patternNames(p *Pattern) []string {
	var out []string
	add := func(n string) {
		if n != "" {
			out = append(out, n)
		}
	}
	add(p.Name)
	for _, n := range p.Nodes {
		add(n.Name)
	}
	for _, e := range p.Edges {
		add(e.Name)
	}
	return out
}

func walkPattern(p *Pattern, local map[string]bool, visit func(Expr, map[string]bool) bool) {
	for _, n := range p.Nodes {
		if n.Name != "" {
			walk(&Var{n.span, n.Name}, local, visit)
		}
		walk(n.Props, local, visit)
		walk(n.Where, local, visit)
	}
	for _, e := range p.Edges {
		if e.Name != "" {
			walk(&Var{e.span, e.Name}, local, visit)
		}
		walk(e.Props, local, visit)
		walk(e.Where, local, visit)
	}
}

// walkQuery visits all expressions of a query, whatever its scopes: names that it makes may be visited too.
func walkQuery(q *Query, local map[string]bool, visit func(Expr, map[string]bool) bool) {
	for _, p := range q.Parts {
		for _, c := range p.Clauses {
			switch c := c.(type) {
			case *Match:
				for i := range c.Patterns {
					walkPattern(&c.Patterns[i], local, visit)
				}
				walk(c.Where, local, visit)
			case *Unwind:
				walk(c.X, local, visit)
			case *With:
				for _, i := range c.Items {
					walk(i.X, local, visit)
				}
				for _, o := range c.Order {
					walk(o.X, local, visit)
				}
				walk(c.Where, local, visit)
			case *CallSub:
				walkQuery(c.Query, local, visit)
			case *CallProc:
				for _, a := range c.Args {
					walk(a, local, visit)
				}
			}
		}
	}
}
