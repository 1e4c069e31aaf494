package cypher

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"time"
)

// planSteps orders the parts of the patterns: from what is known, or else the start that the source holds for the rarest, along relationships whose
// other end is known first.
func (m *matcher) planSteps() error {
	for _, n := range m.nodes {
		if n.given {
			m.add("Argument", n.name, m.givenNode(n))
		}
	}
	for _, e := range m.edges {
		if e.given && e.pattern.Many {
			continue
		}
		if e.given {
			m.givenEdge(e)
		}
	}
	if conds := m.take(); len(conds) > 0 {
		m.add("Filter", "", filterStage(conds))
	}
	for {
		if e := m.nextEdge(); e != nil {
			far, err := m.single(e)
			if err != nil {
				return err
			}
			if far != nil {
				m.nodeScan(far)
			} else {
				m.expandStep(e)
			}
			continue
		}
		more, err := m.start()
		if err != nil {
			return err
		}
		if !more {
			break
		}
	}
	m.pathSteps()
	if conds := m.take(); len(conds) > 0 {
		m.add("Filter", "", filterStage(conds))
	}
	for _, con := range m.conjuncts {
		if !con.done {
			return fmt.Errorf("a condition of MATCH was never looked at")
		}
	}
	return nil
}

func (m *matcher) add(name, detail string, s stage) {
	m.stages = append(m.stages, m.c.planned(name, detail, s))
}

func filterStage(conds []*compiled) stage {
	return func(rt *runtime, in rows) rows {
		return func(emit func([]any) error) error {
			return in(func(row []any) error {
				ok, err := holds(rt, row, conds)
				if err != nil || !ok {
					return err
				}
				return emit(row)
			})
		}
	}
}

// nextEdge is the relationship to follow next, nil where none leaves a known node.
func (m *matcher) nextEdge() *matchEdge {
	var best *matchEdge
	bestCost := 0
	for _, e := range m.edges {
		l, r := m.known[e.left.slot], m.known[e.right.slot]
		if e.done || !l && !r || e.shortest != "" && !(l && r) {
			continue
		}
		cost := 2
		switch {
		case l && r:
			cost = 0
		case e.pattern.Many:
			cost = 4
		case len(e.pattern.Types) == 0:
			cost = 3
		}
		if e.shortest != "" || e.pattern.Many && cost == 0 {
			cost++
		}
		if best == nil || cost < bestCost {
			best, bestCost = e, cost
		}
	}
	return best
}

// single is the end of a relationship that is not known but is one node by its id: it is looked up before the relationship is followed, nil where
// there is none.
func (m *matcher) single(e *matchEdge) (*matchNode, error) {
	for _, n := range []*matchNode{e.left, e.right} {
		if m.known[n.slot] || !slices.ContainsFunc(m.hints(n.slot), func(h *conjunct) bool { return h.key == "id" && h.op == "=" }) {
			continue
		}
		cost, err := m.nodeCost(n)
		if err != nil || cost <= 1 {
			return n, err
		}
	}
	return nil, nil
}

// start begins a part of the patterns that hangs together with nothing known. It is false where all are done.
func (m *matcher) start() (bool, error) {
	var node *matchNode
	var edge *matchEdge
	best := -1
	for _, n := range m.nodes {
		if m.known[n.slot] {
			continue
		}
		cost, err := m.nodeCost(n)
		if err != nil {
			return false, err
		}
		if best < 0 || cost < best {
			best, node = cost, n
		}
	}
	if node == nil {
		return false, nil
	}
	if best > 100 && len(m.hints(node.slot)) == 0 {
		more, err := m.degreeCost(node)
		if err != nil {
			return false, err
		}
		best += more
	}
	for _, e := range m.edges {
		if e.done || e.given || e.pattern.Many || e.shortest != "" || m.known[e.left.slot] || m.known[e.right.slot] || best <= 100 {
			continue
		}
		cost, err := m.edgeCost(e)
		if err != nil {
			return false, err
		}
		if cost < best {
			best, node, edge = cost, nil, e
		}
	}
	if edge != nil {
		m.edgeScan(edge)
	} else {
		m.nodeScan(node)
	}
	return true, nil
}

// fixedFilter is what of comparisons is known before the query runs; loose counts the others.
func (m *matcher) fixedFilter(slot int) (equals map[string]any, ranges []Range, loose int) {
	rt := &runtime{ctx: m.c.ctx, source: m.c.source, limits: Limits{Values: 1000, Text: 1 << 16}, now: time.Unix(0, 0), rand: rand.New(rand.NewPCG(1, 1))}
	row := make([]any, m.c.slots)
	for _, h := range m.hints(slot) {
		if !h.fixed {
			loose++
			continue
		}
		e, r, ok, err := filterOf(rt, row, []*conjunct{h})
		if err != nil || !ok {
			continue
		}
		ranges = append(ranges, r...)
		for k, v := range e {
			if equals == nil {
				equals = map[string]any{}
			}
			equals[k] = v
		}
	}
	return equals, ranges, loose
}

func (m *matcher) nodeCost(n *matchNode) (int, error) {
	if m.c.source == nil {
		return 0, nil
	}
	equals, ranges, loose := m.fixedFilter(n.slot)
	cost, err := m.c.source.CountNodes(m.c.ctx, NodeFilter{Label: n.label(), Equal: equals, Ranges: ranges})
	if loose > 0 {
		cost = cost/20 + 1
	}
	return cost, err
}

// degreeCost is how many edges will be followed from all nodes of a pattern: those of the rarest types.
func (m *matcher) degreeCost(n *matchNode) (int, error) {
	least := 0
	for _, e := range m.edges {
		if e.left != n && e.right != n || e.done || m.c.source == nil {
			continue
		}
		cost, err := m.edgeCost(e)
		if err != nil {
			return 0, err
		}
		if least == 0 || cost < least {
			least = cost
		}
	}
	return least, nil
}

func (m *matcher) edgeCost(e *matchEdge) (int, error) {
	equals, ranges, _ := m.fixedFilter(e.slot)
	cost, err := m.c.source.CountEdges(m.c.ctx, EdgeFilter{Types: e.pattern.Types, Equal: equals, Ranges: ranges})
	if e.pattern.Direction == Both {
		cost *= 2
	}
	return cost, err
}

// label is a label that the node must have, "" where there is none.
func (n *matchNode) label() string {
	best := ""
	for _, p := range n.checks {
		for _, l := range p.Labels {
			if (!p.Any || len(p.Labels) == 1) && (best == "" || best == "Entity" || best == "Triple") {
				best = l
			}
		}
	}
	return best
}

// fits reports whether a node has the labels that the patterns want.
func (n *matchNode) fits(node *Node) bool {
	for _, p := range n.checks {
		if !node.has(p.Labels, p.Any) {
			return false
		}
	}
	return true
}

func (n *matchNode) String() string {
	var b strings.Builder
	b.WriteString("(" + n.name)
	for _, p := range n.checks {
		for i, l := range p.Labels {
			sign := ":"
			if p.Any && i > 0 {
				sign = "|"
			}
			b.WriteString(sign + l)
		}
	}
	return b.String() + ")"
}

func (e *matchEdge) String() string {
	p := e.pattern
	s := "[" + p.Name
	if len(p.Types) > 0 {
		s += ":" + strings.Join(p.Types, "|")
	}
	if p.Many {
		s += "*"
		if p.Max >= 0 {
			s += fmt.Sprintf("%d..%d", p.Min, p.Max)
		} else if p.Min != 1 {
			s += fmt.Sprintf("%d..", p.Min)
		}
	}
	return s + "]"
}

func arrows(d Direction) (before, after string) {
	switch d {
	case Out:
		return "-", "->"
	case In:
		return "<-", "-"
	}
	return "-", "-"
}

func describeHints(hints []*conjunct) string {
	var out []string
	for _, h := range hints {
		out = append(out, h.key+" "+h.op)
	}
	slices.Sort(out)
	out = slices.Compact(out)
	if len(out) == 0 {
		return ""
	}
	return " by " + strings.Join(out, ", ")
}

func (m *matcher) nodeScan(n *matchNode) {
	hints := m.hints(n.slot)
	m.known[n.slot] = true
	conds := m.take()
	label := n.label()
	detail := n.String() + describeHints(hints)
	m.add("Nodes", detail, func(rt *runtime, in rows) rows {
		return func(emit func([]any) error) error {
			return in(func(row []any) error {
				equals, ranges, ok, err := filterOf(rt, row, hints)
				if err != nil || !ok {
					return err
				}
				for node, err := range rt.source.Nodes(rt.ctx, NodeFilter{Label: label, Equal: equals, Ranges: ranges}) {
					if err != nil {
						return err
					}
					if err := rt.step(); err != nil {
						return err
					}
					if !n.fits(node) {
						continue
					}
					r := slices.Clone(row)
					r[n.slot] = node
					if ok, err := holds(rt, r, conds); err != nil {
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
	})
}

// givenNode lets rows through whose node, bound before, is there and has the labels.
func (m *matcher) givenNode(n *matchNode) stage {
	return func(_ *runtime, in rows) rows {
		return func(emit func([]any) error) error {
			return in(func(row []any) error {
				switch v := row[n.slot].(type) {
				case nil:
					return nil
				case *Node:
					if !n.fits(v) {
						return nil
					}
					return emit(row)
				default:
					return typeError("%s is a %s, and cannot be a node", n.name, kindName(v))
				}
			})
		}
	}
}
