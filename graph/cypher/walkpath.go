package cypher

import (
	"math"
	"slices"
)

// walker follows relationships of variable length from one row.
type walker struct {
	x      *expansion
	rt     *runtime
	row    []any
	equals map[string]any // that every edge must have
	filter EdgeFilter
	cache  map[string][]hop
	trail  []any // edges so far
	emit   func([]any) error
}

func (x *expansion) walk(rt *runtime, in rows) rows {
	return func(emit func([]any) error) error {
		cache := map[string][]hop{}
		return in(func(row []any) error {
			w := &walker{x: x, rt: rt, row: row, cache: cache, emit: emit, filter: EdgeFilter{Types: x.edge.pattern.Types}}
			if ok, err := w.fixed(); err != nil || !ok {
				return err
			}
			start, ok := row[x.near.slot].(*Node)
			if !ok {
				return nil
			}
			return w.from(start.ID)
		})
	}
}

// fixed evaluates the properties that each edge must have, as far as they are known.
func (w *walker) fixed() (bool, error) {
	w.equals = map[string]any{}
	for _, con := range w.x.edge.each {
		if !con.fixed {
			continue
		}
		v, err := con.value.eval(w.rt, w.row)
		if err != nil {
			return false, err
		}
		w.equals[con.key] = v
	}
	return true, nil
}

func (w *walker) hopsOf(id string) ([]hop, error) {
	if hs, ok := w.cache[id]; ok {
		return hs, nil
	}
	found, err := w.rt.hops([]string{id}, w.x.direction, w.filter)
	if err != nil {
		return nil, err
	}
	if len(w.cache) > maxCached {
		clear(w.cache)
	}
	w.cache[id] = found[id]
	return found[id], nil
}

// from goes on from a node: it is an end where the trail is long enough.
func (w *walker) from(id string) error {
	p := w.x.edge.pattern
	if len(w.trail) >= p.Min {
		if err := w.end(id); err != nil {
			return err
		}
	}
	if p.Max >= 0 && len(w.trail) >= p.Max {
		return nil
	}
	hs, err := w.hopsOf(id)
	if err != nil {
		return err
	}
	for _, h := range hs {
		if err := w.rt.step(); err != nil {
			return err
		}
		if w.onTrail(h.edge) || used(w.row, w.x.others, h.edge) || !Matches(h.edge.Props, w.equals, nil) {
			continue
		}
		w.trail = append(w.trail, h.edge)
		if len(w.trail) > w.rt.limits.Values {
			return w.rt.fits(len(w.trail))
		}
		if err := w.from(h.far); err != nil {
			return err
		}
		w.trail = w.trail[:len(w.trail)-1]
	}
	return nil
}

func (w *walker) onTrail(e *Edge) bool {
	for _, t := range w.trail {
		if t.(*Edge).ID == e.ID {
			return true
		}
	}
	return false
}

func (w *walker) end(id string) error {
	x := w.x
	var node *Node
	switch {
	case x.farKnown || x.far == x.near:
		known, ok := w.row[x.far.slot].(*Node)
		if !ok || known.ID != id {
			return nil
		}
		node = known
	case x.far.needed:
		var err error
		if node, err = w.rt.node(id); err != nil {
			return err
		}
		if !x.far.fits(node) {
			return nil
		}
	default:
		node = &Node{ID: id}
	}
	r := slices.Clone(w.row)
	trail := slices.Clone(w.trail)
	if x.near == x.edge.right && x.near != x.edge.left {
		slices.Reverse(trail)
	}
	if trail == nil {
		trail = []any{}
	}
	r[x.edge.slot], r[x.far.slot] = trail, node
	ok, err := holds(w.rt, r, x.conds)
	if err != nil || !ok {
		return err
	}
	return w.emit(r)
}

// givenList follows a list of relationships that an earlier clause found.
func (m *matcher) givenList(x *expansion) {
	e := x.edge
	m.known[x.far.slot], e.done = true, true
	x.conds = m.take()
	m.add("Argument", e.String(), func(rt *runtime, in rows) rows {
		return func(emit func([]any) error) error {
			return in(func(row []any) error {
				list, ok := row[e.slot].([]any)
				if !ok {
					return nil
				}
				if len(list) < e.pattern.Min || e.pattern.Max >= 0 && len(list) > e.pattern.Max {
					return nil
				}
				list = slices.Clone(list)
				if x.near != e.left {
					slices.Reverse(list)
				}
				start, ok := row[x.near.slot].(*Node)
				if !ok {
					return nil
				}
				id, ok := follow(start.ID, list, x.direction, e.pattern.Types)
				if !ok {
					return nil
				}
				w := &walker{x: x, rt: rt, row: row, trail: list, emit: emit}
				return w.end(id)
			})
		}
	})
}

// follow is where a list of edges leads from a node; false where it does not hang together.
func follow(id string, list []any, d Direction, types []string) (string, bool) {
	seen := map[string]bool{}
	for _, v := range list {
		e, ok := v.(*Edge)
		if !ok || seen[e.ID] || len(types) > 0 && !slices.Contains(types, e.Type) {
			return "", false
		}
		seen[e.ID] = true
		switch {
		case e.Start == id && d != In:
			id = e.End
		case e.End == id && d != Out:
			id = e.Start
		default:
			return "", false
		}
	}
	return id, true
}

// pathSteps builds the named paths once all is matched.
func (m *matcher) pathSteps() {
	for _, p := range m.paths {
		if m.known[p.slot] {
			continue
		}
		m.known[p.slot] = true
		conds := m.take()
		m.add("Path", "", func(rt *runtime, in rows) rows {
			return func(emit func([]any) error) error {
				return in(func(row []any) error {
					path, err := p.build(rt, row)
					if err != nil || path == nil {
						return err
					}
					r := slices.Clone(row)
					r[p.slot] = path
					ok, err := holds(rt, r, conds)
					if err != nil || !ok {
						return err
					}
					return emit(r)
				})
			}
		})
	}
}

// build is the path of a row.
func (p *matchPath) build(rt *runtime, row []any) (*Path, error) {
	first, ok := row[p.nodes[0].slot].(*Node)
	if !ok {
		return nil, nil
	}
	out := &Path{Nodes: []*Node{first}}
	for i, e := range p.edges {
		edges, ok := row[e.slot].([]any)
		if !ok {
			edges = []any{row[e.slot]}
		}
		for j, v := range edges {
			edge, ok := v.(*Edge)
			if !ok {
				return nil, nil
			}
			last := out.Nodes[len(out.Nodes)-1]
			next := edge.End
			if edge.Start != last.ID || e.pattern.Direction == In {
				next = edge.Start
			}
			node, _ := row[p.nodes[i+1].slot].(*Node)
			if j < len(edges)-1 || node == nil {
				var err error
				if node, err = rt.node(next); err != nil {
					return nil, err
				}
			}
			out.Edges, out.Nodes = append(out.Edges, edge), append(out.Nodes, node)
		}
	}
	return out, nil
}

// bounds are the least and greatest length of a shortest path's pattern.
func (p *EdgePattern) bounds() (least, most int) {
	if !p.Many {
		return 1, 1
	}
	if p.Max < 0 {
		return p.Min, math.MaxInt32
	}
	return p.Min, p.Max
}
