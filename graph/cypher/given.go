package cypher

import (
	"slices"
)

// ways are the ids of the left and right node for each way in which an edge fits a direction.
func ways(e *Edge, d Direction) [][2]string {
	switch d {
	case Out:
		return [][2]string{{e.Start, e.End}}
	case In:
		return [][2]string{{e.End, e.Start}}
	}
	if e.Start == e.End {
		return [][2]string{{e.Start, e.End}}
	}
	return [][2]string{{e.Start, e.End}, {e.End, e.Start}}
}

// givenEdge binds the nodes of an edge that an earlier clause found.
func (m *matcher) givenEdge(e *matchEdge) {
	leftKnown, rightKnown := m.known[e.left.slot], m.known[e.right.slot]
	others := m.others(e)
	m.known[e.left.slot], m.known[e.right.slot], e.done = true, true, true
	conds := m.take()
	m.add("Argument", e.String(), func(rt *runtime, in rows) rows {
		return func(emit func([]any) error) error {
			return in(func(row []any) error {
				edge, ok := row[e.slot].(*Edge)
				if !ok {
					if row[e.slot] == nil {
						return nil
					}
					return typeError("%s is a %s, and cannot be a relationship", e.pattern.Name, kindName(row[e.slot]))
				}
				if len(e.pattern.Types) > 0 && !slices.Contains(e.pattern.Types, edge.Type) {
					return nil
				}
				keep := func(r []any) error {
					l, _ := row[e.left.slot].(*Node)
					right, _ := row[e.right.slot].(*Node)
					if leftKnown && (l == nil || l.ID != r[e.left.slot].(*Node).ID) || rightKnown && (right == nil || right.ID != r[e.right.slot].(*Node).ID) {
						return nil
					}
					return emit(r)
				}
				return e.ends(rt, row, []*Edge{edge}, e.left == e.right, others, conds, keep)
			})
		}
	})
}
