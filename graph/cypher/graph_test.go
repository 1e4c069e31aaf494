package cypher

import (
	"context"
	"fmt"
	"iter"
	"slices"
)

// testGraph is a graph in memory that the tests can change.
type testGraph struct {
	nodes []*Node
	edges []*Edge
	made  int // edges so far
}

var _ Source = (*testGraph)(nil)

func (g *testGraph) NodesByID(_ context.Context, ids []string) ([]*Node, error) {
	out := make([]*Node, len(ids))
	for i, id := range ids {
		for _, n := range g.nodes {
			if n.ID == id {
				out[i] = n
			}
		}
	}
	return out, nil
}

func (g *testGraph) Nodes(_ context.Context, f NodeFilter) iter.Seq2[*Node, error] {
	return func(yield func(*Node, error) bool) {
		for _, n := range g.nodes {
			if (f.Label == "" || slices.Contains(n.Labels, f.Label)) && Matches(n.Props, f.Equal, f.Ranges) && !yield(n, nil) {
				return
			}
		}
	}
}

func (g *testGraph) Edges(_ context.Context, f EdgeFilter) iter.Seq2[*Edge, error] {
	return func(yield func(*Edge, error) bool) {
		for _, e := range g.edges {
			if (len(f.Types) == 0 || slices.Contains(f.Types, e.Type)) && Matches(e.Props, f.Equal, f.Ranges) && !yield(e, nil) {
				return
			}
		}
	}
}

func (g *testGraph) EdgesOf(ctx context.Context, nodes []string, d Direction, f EdgeFilter) iter.Seq2[*Edge, error] {
	return func(yield func(*Edge, error) bool) {
		for e := range g.Edges(ctx, f) {
			if (d != In && slices.Contains(nodes, e.Start) || d != Out && slices.Contains(nodes, e.End)) && !yield(e, nil) {
				return
			}
		}
	}
}

func (g *testGraph) CountNodes(ctx context.Context, f NodeFilter) (int, error) {
	n := 0
	for range g.Nodes(ctx, f) {
		n++
	}
	return n, nil
}

func (g *testGraph) CountEdges(ctx context.Context, f EdgeFilter) (int, error) {
	n := 0
	for range g.Edges(ctx, f) {
		n++
	}
	return n, nil
}

func (g *testGraph) Labels(context.Context) ([]string, error) {
	seen := map[string]bool{}
	for _, n := range g.nodes {
		for _, l := range n.Labels {
			seen[l] = true
		}
	}
	return sortedKeys(seen), nil
}

func (g *testGraph) Types(context.Context) ([]string, error) {
	seen := map[string]bool{}
	for _, e := range g.edges {
		seen[e.Type] = true
	}
	return sortedKeys(seen), nil
}

// create runs a statement that may have CREATE clauses among those that read.
func (g *testGraph) create(text string, params map[string]any) error {
	tokens, err := lex(text)
	if err != nil {
		return err
	}
	p := &parser{text: text, tokens: tokens, patterns: map[int]tried{}}
	c := &compiler{ctx: context.Background(), statement: &Statement{Text: text, tokens: tokens}, params: params, source: g}
	s := newScope(nil)
	table := [][]any{{}}
	for p.peek().kind != tokenEnd {
		if p.sign(";") {
			continue
		}
		if p.word("CREATE") {
			for more := true; more; more = p.sign(",") {
				pattern, err := p.namedPattern()
				if err != nil {
					return err
				}
				if table, err = g.createPattern(c, s, pattern, table); err != nil {
					return err
				}
			}
			continue
		}
		if p.word("DELETE") {
			name, err := p.name("a variable")
			if err != nil {
				return err
			}
			g.remove(s.vars[name].slot, table)
			continue
		}
		clause, err := p.clause()
		if err != nil {
			return err
		}
		if table, s, err = g.read(c, s, clause, table); err != nil {
			return err
		}
	}
	return nil
}

// remove deletes the edges in a slot.
func (g *testGraph) remove(slot int, table [][]any) {
	for _, row := range table {
		g.edges = slices.DeleteFunc(g.edges, func(e *Edge) bool { return e == row[slot] })
	}
}

func widen(c *compiler, row []any) []any {
	return append(slices.Clone(row), make([]any, c.slots-len(row))...)
}

func (g *testGraph) read(c *compiler, s *scope, clause Clause, table [][]any) ([][]any, *scope, error) {
	var st stage
	var err error
	switch cl := clause.(type) {
	case *Match:
		st, err = c.match(cl, s)
	case *Unwind:
		st, err = c.unwind(cl, s)
	case *With:
		st, s, err = c.with(cl, s)
	default:
		err = fmt.Errorf("not for set-up: %T", clause)
	}
	if err != nil {
		return nil, nil, err
	}
	rt := (&Engine{Source: g}).runtime(context.Background(), c)
	var out [][]any
	err = st(rt, func(emit func([]any) error) error {
		for _, row := range table {
			if err := emit(widen(c, row)); err != nil {
				return err
			}
		}
		return nil
	})(func(row []any) error { out = append(out, row); return nil })
	return out, s, err
}

func (g *testGraph) createPattern(c *compiler, s *scope, p *Pattern, table [][]any) ([][]any, error) {
	slot := func(name string, k kind) (int, bool) {
		if v, ok := s.vars[name]; ok && name != "" {
			return v.slot, true
		}
		v := variable{c.slot(), k}
		if name != "" {
			s.set(name, v)
		}
		return v.slot, false
	}
	outer := newScope(s)
	var out [][]any
	type place struct {
		slot  int
		given bool
	}
	var nodes, edges []place
	for i, n := range p.Nodes {
		at, given := slot(n.Name, nodeKind)
		nodes = append(nodes, place{at, given})
		if i > 0 {
			at, given := slot(p.Edges[i-1].Name, edgeKind)
			edges = append(edges, place{at, given})
		}
	}
	for _, row := range table {
		row = widen(c, row)
		for i, n := range p.Nodes {
			if !nodes[i].given {
				props, err := g.props(c, outer, n.Props, row)
				if err != nil {
					return nil, err
				}
				node := &Node{ID: fmt.Sprintf("n%06d", len(g.nodes)), Labels: slices.Compact(slices.Sorted(slices.Values(n.Labels))), Props: props}
				g.nodes = append(g.nodes, node)
				row[nodes[i].slot] = node
			}
			if i == 0 {
				continue
			}
			e := p.Edges[i-1]
			props, err := g.props(c, outer, e.Props, row)
			if err != nil {
				return nil, err
			}
			from, to := row[nodes[i-1].slot].(*Node).ID, row[nodes[i].slot].(*Node).ID
			if e.Direction == In {
				from, to = to, from
			}
			g.made++
			edge := &Edge{ID: fmt.Sprintf("e%06d", g.made), Type: e.Types[0], Start: from, End: to, Props: props}
			g.edges = append(g.edges, edge)
			row[edges[i-1].slot] = edge
		}
		out = append(out, row)
	}
	return out, nil
}

func (g *testGraph) props(c *compiler, s *scope, x Expr, row []any) (map[string]any, error) {
	if x == nil {
		return map[string]any{}, nil
	}
	e, err := c.expr(x, s)
	if err != nil {
		return nil, err
	}
	rt := (&Engine{Source: g}).runtime(context.Background(), c)
	v, err := e.eval(rt, widen(c, row))
	if err != nil {
		return nil, err
	}
	props := v.(map[string]any)
	for k, v := range props {
		if v == nil {
			delete(props, k)
		}
	}
	return props, nil
}
