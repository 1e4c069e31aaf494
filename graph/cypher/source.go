package cypher

import (
	"context"
	"iter"
)

// Source is a graph that can be asked. Its sequences are single-use. What it yields is never changed, and the same node or edge has the same id
// within one query. A filter is an offer: a source may yield more than was asked for, never less.
type Source interface {
	// NodesByID returns the nodes in the order of ids, nil where there is none.
	NodesByID(ctx context.Context, ids []string) ([]*Node, error)
	// Nodes yields the nodes that f lets through, in a fixed order.
	Nodes(ctx context.Context, f NodeFilter) iter.Seq2[*Node, error]
	// Edges yields the edges that f lets through, each once, in a fixed order.
	Edges(ctx context.Context, f EdgeFilter) iter.Seq2[*Edge, error]
	// EdgesOf yields the edges that leave (Out), reach (In) or touch (Both) one of the nodes, each once, in a fixed order.
	EdgesOf(ctx context.Context, nodes []string, d Direction, f EdgeFilter) iter.Seq2[*Edge, error]
	// CountNodes and CountEdges estimate how many Nodes and Edges would yield; without Equal and Ranges they are exact.
	CountNodes(ctx context.Context, f NodeFilter) (int, error)
	CountEdges(ctx context.Context, f EdgeFilter) (int, error)
	// Labels and Types list what is in the graph, sorted.
	Labels(ctx context.Context) ([]string, error)
	Types(ctx context.Context) ([]string, error)
}

// NodeFilter selects nodes; its zero value all.
type NodeFilter struct {
	Label  string // "" for any
	Equal  map[string]any
	Ranges []Range
}

// EdgeFilter selects edges; its zero value all.
type EdgeFilter struct {
	Types  []string // one of these; none for any
	Far    string   // for EdgesOf: a label of the other node, "" for any
	FarIDs []string // for EdgesOf: the other node is one of these, nil for any
	Equal  map[string]any
	Ranges []Range
}

// Range bounds a property; both ends are included (the executor looks again where one is not), a nil end is open.
type Range struct {
	Key      string
	Min, Max any
}

// Matches reports whether properties pass the conditions of a filter.
func Matches(props, equals map[string]any, ranges []Range) bool {
	for k, v := range equals {
		if equal(props[k], v) != yes {
			return false
		}
	}
	for _, r := range ranges {
		if r.Min != nil && less(r.Min, props[r.Key], true) != yes || r.Max != nil && less(props[r.Key], r.Max, true) != yes {
			return false
		}
	}
	return true
}
