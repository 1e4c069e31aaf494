package cypher

import (
	"slices"
)

// matcher is what is known of the patterns of one MATCH while it is compiled.
type matcher struct {
	c         *compiler
	scope     *scope
	nodes     []*matchNode
	edges     []*matchEdge
	paths     []*matchPath
	conjuncts []*conjunct
	known     map[int]bool // slots that have values
	stages    []stage
	path      string // name of the pattern's path that is being declared
}

// matchNode is a node of a pattern; patterns that name the same node share it.
type matchNode struct {
	pattern *NodePattern
	name    string
	slot    int
	given   bool // by an earlier clause
	checks  []*NodePattern
	needed  bool // whether its labels or properties matter
}

// matchEdge is a relationship of a pattern, from its left node to its right one.
type matchEdge struct {
	pattern     *EdgePattern
	slot        int
	given       bool
	left, right *matchNode
	shortest    string
	path        *matchPath
	done        bool
	each        []*conjunct // properties of the edges of a variable length
}

// matchPath is a named path, or one of the shortest.
type matchPath struct {
	slot  int
	nodes []*matchNode
	edges []*matchEdge
}

// conjunct is a condition with the slots that it needs.
type conjunct struct {
	cond  *compiled
	needs []int
	done  bool
	// A comparison of a property of one of the patterns' variables with a value.
	slot  int // of the variable, -1 where it is none
	key   string
	op    string
	value *compiled
	uses  []int // slots that the value needs
	fixed bool  // the value needs no row
}

func (c *compiler) match(m *Match, s *scope) (stage, error) {
	run, err := c.patterns(m.Patterns, m.Where, s)
	if err != nil || !m.Optional {
		return run, err
	}
	return c.planned("Optional", c.text(m.span), func(rt *runtime, in rows) rows {
		return func(emit func([]any) error) error {
			return in(func(row []any) error {
				found := false
				err := run(rt, one(row))(func(r []any) error {
					found = true
					return emit(r)
				})
				if err != nil || found {
					return err
				}
				return emit(row)
			})
		}
	}), nil
}

// patterns compiles patterns with their condition; their new names are put into the scope.
func (c *compiler) patterns(ps []Pattern, where Expr, s *scope) (stage, error) {
	m := &matcher{c: c, scope: s, known: map[int]bool{}}
	for _, v := range s.vars {
		m.known[v.slot] = true
	}
	before := newScope(s)
	for i := range ps {
		if err := m.declare(&ps[i], before); err != nil {
			return nil, err
		}
	}
	for _, n := range m.nodes {
		for _, p := range n.checks {
			if err := m.nodeConditions(n, p); err != nil {
				return nil, err
			}
		}
	}
	for _, e := range m.edges {
		if err := m.edgeConditions(e); err != nil {
			return nil, err
		}
	}
	if err := m.where(where); err != nil {
		return nil, err
	}
	if err := m.planSteps(); err != nil {
		return nil, err
	}
	return chain(m.stages), nil
}

// declare gives the variables of a pattern their slots.
func (m *matcher) declare(p *Pattern, before *scope) error {
	var path *matchPath
	if p.Name != "" {
		if _, ok := m.scope.vars[p.Name]; ok {
			return m.c.fail(p.span, "VariableAlreadyBound", "the variable %s is already there: a path needs a new name", p.Name)
		}
	}
	if p.Name != "" || p.Shortest != "" {
		path = &matchPath{slot: m.c.slot()}
		m.paths = append(m.paths, path)
	}
	m.path = p.Name
	if p.Name != "" {
		m.scope.set(p.Name, variable{path.slot, pathKind})
	}
	var left *matchNode
	for i, np := range p.Nodes {
		n, err := m.declareNode(np, before)
		if err != nil {
			return err
		}
		if path != nil {
			path.nodes = append(path.nodes, n)
			n.needed = true
		}
		if i > 0 {
			e, err := m.declareEdge(p.Edges[i-1], before)
			if err != nil {
				return err
			}
			e.left, e.right, e.shortest, e.path = left, n, p.Shortest, path
			if path != nil {
				path.edges = append(path.edges, e)
			}
		}
		left = n
	}
	return nil
}

func (m *matcher) declareNode(p *NodePattern, before *scope) (*matchNode, error) {
	if p.Name == "" {
		n := &matchNode{pattern: p, slot: m.c.slot(), checks: []*NodePattern{p}}
		m.nodes = append(m.nodes, n)
		return n, nil
	}
	for _, n := range m.nodes {
		if n.name == p.Name {
			n.checks = append(n.checks, p)
			return n, nil
		}
	}
	if p.Name == m.path {
		return nil, m.c.fail(p.span, "VariableAlreadyBound", "%s is the path already, and cannot be a node of it", p.Name)
	}
	n := &matchNode{pattern: p, name: p.Name, checks: []*NodePattern{p}, needed: true}
	v, ok := m.scope.vars[p.Name]
	switch {
	case ok && v.kind != nodeKind && v.kind != anyKind && v.kind != nullKind:
		return nil, m.c.fail(p.span, "VariableTypeConflict", "%s is %v, and cannot be a node", p.Name, v.kind)
	case ok:
		n.slot = v.slot
		_, n.given = before.vars[p.Name]
	default:
		n.slot = m.c.slot()
		m.scope.set(p.Name, variable{n.slot, nodeKind})
	}
	m.nodes = append(m.nodes, n)
	return n, nil
}

func (m *matcher) declareEdge(p *EdgePattern, before *scope) (*matchEdge, error) {
	e := &matchEdge{pattern: p}
	m.edges = append(m.edges, e)
	k := edgeKind
	if p.Many {
		k = edgesKind
	}
	if p.Name == "" {
		e.slot = m.c.slot()
		return e, nil
	}
	if p.Name == m.path {
		return nil, m.c.fail(p.span, "VariableAlreadyBound", "%s is the path already, and cannot be a relationship of it", p.Name)
	}
	v, ok := m.scope.vars[p.Name]
	if !ok {
		e.slot = m.c.slot()
		m.scope.set(p.Name, variable{e.slot, k})
		return e, nil
	}
	if v.kind != k && v.kind != anyKind && v.kind != nullKind && (k != edgesKind || v.kind != listKind) {
		return nil, m.c.fail(p.span, "VariableTypeConflict", "%s is %v, and cannot be %v", p.Name, v.kind, k)
	}
	if _, ok := before.vars[p.Name]; !ok {
		return nil, m.c.fail(p.span, "RelationshipUniquenessViolation", "two relationships of one MATCH cannot both be %s: they always differ", p.Name)
	}
	e.slot, e.given = v.slot, true
	return e, nil
}

func (m *matcher) nodeConditions(n *matchNode, p *NodePattern) error {
	if len(p.Labels) > 0 {
		n.needed = true
	}
	if props, ok := p.Props.(*Map); ok {
		n.needed = true
		for i, key := range props.Keys {
			if err := m.propEquals(n.slot, nodeKind, key, props.Values[i]); err != nil {
				return err
			}
		}
	}
	return m.where(p.Where)
}

func (m *matcher) edgeConditions(e *matchEdge) error {
	props, ok := e.pattern.Props.(*Map)
	if ok && e.pattern.Many {
		for i, key := range props.Keys {
			v, err := m.c.expr(props.Values[i], m.scope)
			if err != nil {
				return err
			}
			uses := m.needs(props.Values[i])
			cond := eachEquals(e.slot, key, v)
			one := &conjunct{cond: cond, needs: append(uses, e.slot), slot: -1, key: key, op: "=", value: v, uses: uses, fixed: len(uses) == 0}
			e.each = append(e.each, one)
			m.conjuncts = append(m.conjuncts, one)
		}
	} else if ok {
		for i, key := range props.Keys {
			if err := m.propEquals(e.slot, edgeKind, key, props.Values[i]); err != nil {
				return err
			}
		}
	}
	if e.pattern.Where != nil && e.pattern.Many {
		return m.c.fail(e.pattern.Where.at(), "UnexpectedSyntax", "WHERE within a relationship of variable length is not supported: use all(r IN relationships(p) WHERE ...)")
	}
	return m.where(e.pattern.Where)
}

// eachEquals is that every edge of a list has the property.
func eachEquals(slot int, key string, value *compiled) *compiled {
	return &compiled{func(rt *runtime, row []any) (any, error) {
		v, err := value.eval(rt, row)
		if err != nil {
			return nil, err
		}
		list, _ := row[slot].([]any)
		for _, e := range list {
			if edge, ok := e.(*Edge); !ok || equal(edge.Props[key], v) != yes {
				return false, nil
			}
		}
		return true, nil
	}, boolKind}
}

// propEquals adds the condition that a property has a value.
func (m *matcher) propEquals(slot int, k kind, key string, x Expr) error {
	v, err := m.c.expr(x, m.scope)
	if err != nil {
		return err
	}
	cond := &compiled{func(rt *runtime, row []any) (any, error) {
		w, err := v.eval(rt, row)
		if err != nil {
			return nil, err
		}
		p, err := properties(row[slot])
		return equal(p[key], w).value(), err
	}, boolKind}
	uses := m.needs(x)
	m.conjuncts = append(m.conjuncts, &conjunct{cond: cond, needs: append(slices.Clone(uses), slot), slot: slot, key: key, op: "=", value: v, uses: uses,
		fixed: len(uses) == 0})
	return nil
}
