package cypher

import (
	"slices"
)

// shortestStep finds the shortest paths between two nodes that are known. Where a condition speaks of the path, it is the shortest of those that pass.
func (m *matcher) shortestStep(e *matchEdge) {
	m.known[e.slot], m.known[e.path.slot], e.done = true, true, true
	conds := m.take()
	before, after := arrows(e.pattern.Direction)
	m.add(e.shortest, e.left.String()+before+e.String()+after+e.right.String(), func(rt *runtime, in rows) rows {
		return func(emit func([]any) error) error {
			return in(func(row []any) error {
				s := &shortest{rt: rt, e: e, row: row, conds: conds, emit: emit, filter: EdgeFilter{Types: e.pattern.Types}, all: e.shortest != "shortestPath"}
				return s.run()
			})
		}
	})
}

type shortest struct {
	rt     *runtime
	e      *matchEdge
	row    []any
	conds  []*compiled
	emit   func([]any) error
	filter EdgeFilter
	all    bool
	from   *Node
	to     *Node
	cache  map[string][]hop
	depth  map[string]int // from the start, by node
}

func (s *shortest) run() error {
	var ok, ok2 bool
	s.from, ok = s.row[s.e.left.slot].(*Node)
	s.to, ok2 = s.row[s.e.right.slot].(*Node)
	if !ok || !ok2 {
		return nil
	}
	least, most := s.e.pattern.bounds()
	if s.from.ID == s.to.ID {
		if least == 0 {
			_, err := s.accept(nil)
			return err
		}
		return argumentError("%s() wants two different nodes: begin and end are the same", s.e.shortest)
	}
	s.cache = map[string][]hop{}
	if len(s.conds) > 0 {
		return s.deepen(most)
	}
	return s.search(most)
}

// search goes breadth first, one level of nodes at a time.
func (s *shortest) search(most int) error {
	s.depth = map[string]int{s.from.ID: 0}
	level := []string{s.from.ID}
	for d := 1; d <= most && len(level) > 0; d++ {
		hops, err := s.rt.hops(level, s.e.pattern.Direction, s.filter)
		if err != nil {
			return err
		}
		var next []string
		for _, id := range level {
			s.cache[id] = hops[id]
			for _, h := range hops[id] {
				if _, ok := s.depth[h.far]; !ok {
					s.depth[h.far] = d
					next = append(next, h.far)
				}
			}
		}
		if err := s.rt.hold(len(next)); err != nil {
			return err
		}
		defer s.rt.release(len(next))
		if _, ok := s.depth[s.to.ID]; ok {
			_, err := s.trails(s.from.ID, nil, d, true)
			return err
		}
		slices.Sort(next)
		level = next
	}
	return nil
}

// deepen looks at all trails, the short ones first.
func (s *shortest) deepen(most int) error {
	for d := 1; d <= most; d++ {
		found, err := s.trails(s.from.ID, nil, d, false)
		if err != nil || found == passed || found == tooShort {
			return err
		}
	}
	return nil
}

// What trails found.
type outcome int

const (
	tooShort outcome = iota // no trail is that long
	failed                  // trails, none of which passed
	passed
)

// trails goes along all trails of exactly n more edges; where layered only down the levels of a breadth-first search.
func (s *shortest) trails(id string, trail []any, n int, layered bool) (outcome, error) {
	if n == 0 {
		if id != s.to.ID {
			return failed, nil
		}
		return s.accept(trail)
	}
	out := tooShort
	hs, err := s.hopsOf(id)
	if err != nil {
		return out, err
	}
	for _, h := range hs {
		if err := s.rt.step(); err != nil {
			return out, err
		}
		if !s.passes(h.edge) || slices.ContainsFunc(trail, func(t any) bool { return t.(*Edge).ID == h.edge.ID }) {
			continue
		}
		if d, ok := s.depth[h.far]; layered && (!ok || d != len(trail)+1) {
			continue
		}
		got, err := s.trails(h.far, append(trail, h.edge), n-1, layered)
		if err != nil {
			return out, err
		}
		out = max(out, got)
		if out == passed && !s.all {
			return out, nil
		}
	}
	return out, nil
}

func (s *shortest) hopsOf(id string) ([]hop, error) {
	if hs, ok := s.cache[id]; ok {
		return hs, nil
	}
	found, err := s.rt.hops([]string{id}, s.e.pattern.Direction, s.filter)
	s.cache[id] = found[id]
	return found[id], err
}

// passes looks at the properties that the pattern wants of each edge.
func (s *shortest) passes(e *Edge) bool {
	for _, con := range s.e.each {
		v, err := con.value.eval(s.rt, s.row)
		if err != nil || equal(e.Props[con.key], v) != yes {
			return false
		}
	}
	return true
}

// accept emits the row with a path, if it passes.
func (s *shortest) accept(trail []any) (outcome, error) {
	r := slices.Clone(s.row)
	r[s.e.slot] = slices.Clone(trail)
	if trail == nil {
		r[s.e.slot] = []any{}
	}
	if !s.e.pattern.Many {
		r[s.e.slot] = trail[0]
	}
	path, err := s.e.path.build(s.rt, r)
	if err != nil {
		return failed, err
	}
	r[s.e.path.slot] = path
	ok, err := holds(s.rt, r, s.conds)
	if err != nil || !ok {
		return failed, err
	}
	return passed, s.emit(r)
}
