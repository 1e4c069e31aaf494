package cypher

import (
	"slices"
)

// others are the slots of the relationships that are matched before: one MATCH never uses a relationship twice.
func (m *matcher) others(e *matchEdge) []int {
	var out []int
	for _, o := range m.edges {
		if o != e && (o.done) && o.shortest == "" {
			out = append(out, o.slot)
		}
	}
	return out
}

// used reports whether an edge stands in one of the slots.
func used(row []any, slots []int, e *Edge) bool {
	for _, s := range slots {
		switch v := row[s].(type) {
		case *Edge:
			if v.ID == e.ID {
				return true
			}
		case []any:
			for _, w := range v {
				if o, ok := w.(*Edge); ok && o.ID == e.ID {
					return true
				}
			}
		}
	}
	return false
}

// hop is one way of going along an edge.
type hop struct {
	edge *Edge
	far  string
}

// hops fetches the edges of nodes, by node. An edge from a node to itself is one hop.
func (rt *runtime) hops(ids []string, d Direction, f EdgeFilter) (map[string][]hop, error) {
	out := make(map[string][]hop, len(ids))
	for _, id := range ids {
		out[id] = nil
	}
	for e, err := range rt.source.EdgesOf(rt.ctx, ids, d, f) {
		if err != nil {
			return nil, err
		}
		if err := rt.step(); err != nil {
			return nil, err
		}
		if len(f.Types) > 0 && !slices.Contains(f.Types, e.Type) {
			continue
		}
		if hs, ok := out[e.Start]; ok && d != In {
			out[e.Start] = append(hs, hop{e, e.End})
		}
		if hs, ok := out[e.End]; ok && d != Out && (d == In || e.Start != e.End) {
			out[e.End] = append(hs, hop{e, e.Start})
		}
	}
	return out, nil
}

// expansion is a step along a relationship of length one.
type expansion struct {
	edge      *matchEdge
	near, far *matchNode
	direction Direction // seen from near
	farKnown  bool
	hints     []*conjunct
	conds     []*compiled
	others    []int
}

func (m *matcher) expandStep(e *matchEdge) {
	if e.shortest != "" {
		m.shortestStep(e)
		return
	}
	near, far, d := e.left, e.right, e.pattern.Direction
	if !m.known[near.slot] {
		near, far, d = far, near, reversed(d)
	}
	x := &expansion{edge: e, near: near, far: far, direction: d, farKnown: m.known[far.slot], hints: m.hints(e.slot), others: m.others(e)}
	if e.pattern.Many && e.given {
		m.givenList(x)
		return
	}
	m.known[e.slot], m.known[far.slot], e.done = true, true, true
	x.conds = m.take()
	before, after := arrows(d)
	detail := near.String() + before + e.String() + after + far.String() + describeHints(x.hints)
	switch {
	case e.pattern.Many:
		m.add("Walk", detail, x.walk)
	case x.farKnown:
		m.add("Expand into", detail, x.expand)
	default:
		m.add("Expand", detail, x.expand)
	}
}

func reversed(d Direction) Direction {
	switch d {
	case Out:
		return In
	case In:
		return Out
	}
	return Both
}

// mostBatch is how many rows are expanded together: enough to spare the source many questions.
const mostBatch = 256

func (x *expansion) expand(rt *runtime, in rows) rows {
	return func(emit func([]any) error) error {
		var batch [][]any
		size := 1
		err := in(func(row []any) error {
			batch = append(batch, row)
			if len(batch) < size {
				return nil
			}
			size = min(mostBatch, size*4)
			b := batch
			batch = nil
			return x.flush(rt, b, emit)
		})
		if err != nil || len(batch) == 0 {
			return err
		}
		return x.flush(rt, batch, emit)
	}
}

// flush expands rows; those whose values make filters of their own one by one.
func (x *expansion) flush(rt *runtime, batch [][]any, emit func([]any) error) error {
	fixed := !slices.ContainsFunc(x.hints, func(h *conjunct) bool { return !h.fixed })
	if !fixed && len(batch) > 1 {
		for i := range batch {
			if err := x.flush(rt, batch[i:i+1], emit); err != nil {
				return err
			}
		}
		return nil
	}
	equals, ranges, ok, err := filterOf(rt, batch[0], x.hints)
	if err != nil || !ok {
		return err
	}
	var ids []string
	for _, row := range batch {
		ids = append(ids, row[x.near.slot].(*Node).ID)
	}
	slices.Sort(ids)
	ids = slices.Compact(ids)
	hops, err := rt.hops(ids, x.direction, EdgeFilter{Types: x.edge.pattern.Types, Far: x.far.label(), FarIDs: x.farIDs(batch), Equal: equals, Ranges: ranges})
	if err != nil {
		return err
	}
	var steps []way
	for _, row := range batch {
		for _, h := range hops[row[x.near.slot].(*Node).ID] {
			if steps = append(steps, way{row, h}); len(steps) < mostBatch {
				continue
			}
			if err := x.follow(rt, steps, emit); err != nil {
				return err
			}
			steps = steps[:0]
		}
	}
	return x.follow(rt, steps, emit)
}

// way is a row with an edge to go along.
type way struct {
	row []any
	hop hop
}

// farIDs are the far nodes of rows where they are known.
func (x *expansion) farIDs(batch [][]any) []string {
	if !x.farKnown {
		return nil
	}
	ids := []string{}
	for _, row := range batch {
		if n, ok := row[x.far.slot].(*Node); ok {
			ids = append(ids, n.ID)
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// follow goes along edges together.
func (x *expansion) follow(rt *runtime, ways []way, emit func([]any) error) error {
	far, err := x.farNodes(rt, ways)
	if err != nil {
		return err
	}
	for _, w := range ways {
		if err := x.emit(rt, w.row, w.hop, far, emit); err != nil {
			return err
		}
	}
	return nil
}

// farNodes fetches the far nodes, or stands in for them where only their ids matter.
func (x *expansion) farNodes(rt *runtime, ways []way) (map[string]*Node, error) {
	out := map[string]*Node{}
	var want []string
	for _, w := range ways {
		id := w.hop.far
		if _, ok := out[id]; ok {
			continue
		}
		out[id] = nil
		if x.far.needed {
			want = append(want, id)
		} else {
			out[id] = &Node{ID: id}
		}
	}
	if len(want) == 0 || x.farKnown {
		return out, nil
	}
	nodes, err := rt.nodesByID(want)
	for i, n := range nodes {
		out[want[i]] = n
	}
	return out, err
}

func (x *expansion) emit(rt *runtime, row []any, h hop, far map[string]*Node, emit func([]any) error) error {
	if used(row, x.others, h.edge) {
		return nil
	}
	node := far[h.far]
	if x.farKnown {
		known, ok := row[x.far.slot].(*Node)
		if !ok || known.ID != h.far {
			return nil
		}
		node = known
	} else if x.far.needed && !x.far.fits(node) {
		return nil
	}
	r := slices.Clone(row)
	r[x.edge.slot], r[x.far.slot] = h.edge, node
	ok, err := holds(rt, r, x.conds)
	if err != nil || !ok {
		return err
	}
	return emit(r)
}

// edgeScan begins with the edges themselves.
func (m *matcher) edgeScan(e *matchEdge) {
	hints := m.hints(e.slot)
	same := e.left == e.right
	m.known[e.slot], m.known[e.left.slot], m.known[e.right.slot] = true, true, true
	others := m.others(e)
	e.done = true
	conds := m.take()
	before, after := arrows(e.pattern.Direction)
	m.add("Edges", e.left.String()+before+e.String()+after+e.right.String()+describeHints(hints), func(rt *runtime, in rows) rows {
		return func(emit func([]any) error) error {
			return in(func(row []any) error {
				equals, ranges, ok, err := filterOf(rt, row, hints)
				if err != nil || !ok {
					return err
				}
				var batch []*Edge
				flush := func() error {
					err := e.ends(rt, row, batch, same, others, conds, emit)
					batch = batch[:0]
					return err
				}
				for edge, err := range rt.source.Edges(rt.ctx, EdgeFilter{Types: e.pattern.Types, Equal: equals, Ranges: ranges}) {
					if err != nil {
						return err
					}
					if len(e.pattern.Types) > 0 && !slices.Contains(e.pattern.Types, edge.Type) {
						continue
					}
					if batch = append(batch, edge); len(batch) >= mostBatch {
						if err := flush(); err != nil {
							return err
						}
					}
				}
				return flush()
			})
		}
	})
}

// ends binds the nodes of edges in each direction that the pattern allows.
func (e *matchEdge) ends(rt *runtime, row []any, edges []*Edge, same bool, others []int, conds []*compiled, emit func([]any) error) error {
	if err := rt.step(); err != nil {
		return err
	}
	ids := make([]string, 0, 2*len(edges))
	for _, edge := range edges {
		ids = append(ids, edge.Start, edge.End)
	}
	slices.Sort(ids)
	ids = slices.Compact(ids)
	nodes := make(map[string]*Node, len(ids))
	if e.left.needed || e.right.needed {
		found, err := rt.nodesByID(ids)
		if err != nil {
			return err
		}
		for i, n := range found {
			nodes[ids[i]] = n
		}
	} else {
		for _, id := range ids {
			nodes[id] = &Node{ID: id}
		}
	}
	for _, edge := range edges {
		if used(row, others, edge) {
			continue
		}
		for _, way := range ways(edge, e.pattern.Direction) {
			l, r := nodes[way[0]], nodes[way[1]]
			if same && l.ID != r.ID || !e.left.fits(l) || !e.right.fits(r) {
				continue
			}
			out := slices.Clone(row)
			out[e.slot], out[e.left.slot], out[e.right.slot] = edge, l, r
			ok, err := holds(rt, out, conds)
			if err != nil {
				return err
			}
			if !ok {
				continue
			}
			if err := emit(out); err != nil {
				return err
			}
		}
	}
	return nil
}
