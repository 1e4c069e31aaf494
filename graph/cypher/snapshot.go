package cypher

import (
	"cmp"
	"context"
	"iter"
	"slices"

	"entente/graph"
	"entente/schema"
)

// Graph is a graph in memory that does not change: a Source.
type Graph struct {
	nodes   map[string]*Node
	ordered []*Node
	labels  map[string][]*Node
	edges   []*Edge
	types   map[string][]*Edge
	out, in map[string][]*Edge
}

var _ Source = (*Graph)(nil)

// NewGraph is the graph of nodes and edges, which it keeps; edges to nodes that are not there are left out.
func NewGraph(nodes []*Node, edges []*Edge) *Graph {
	slices.SortFunc(nodes, func(a, b *Node) int { return cmp.Compare(a.ID, b.ID) })
	slices.SortFunc(edges, func(a, b *Edge) int { return cmp.Compare(a.ID, b.ID) })
	g := &Graph{nodes: map[string]*Node{}, ordered: nodes, labels: map[string][]*Node{}, edges: edges, types: map[string][]*Edge{},
		out: map[string][]*Edge{}, in: map[string][]*Edge{}}
	for _, n := range nodes {
		g.nodes[n.ID] = n
		for _, l := range n.Labels {
			g.labels[l] = append(g.labels[l], n)
		}
	}
	edges = slices.DeleteFunc(edges, func(e *Edge) bool { return g.nodes[e.Start] == nil || g.nodes[e.End] == nil })
	g.edges = edges
	for _, e := range edges {
		g.types[e.Type] = append(g.types[e.Type], e)
		g.out[e.Start] = append(g.out[e.Start], e)
		g.in[e.End] = append(g.in[e.End], e)
	}
	return g
}

// Contents is what the graph of a store is made of: graph.Store has it.
type Contents interface {
	Triples(ctx context.Context, q graph.Query) iter.Seq2[graph.Triple, error]
	Entities(ctx context.Context) iter.Seq2[schema.Entity, error]
	Readings(ctx context.Context) iter.Seq2[schema.Reading, error]
	Decisions(ctx context.Context) iter.Seq2[graph.Decision, error]
}

// Snapshot is the whole graph of a store.
func Snapshot(ctx context.Context, c Contents) (*Graph, error) {
	var nodes []*Node
	var edges []*Edge
	var triples []graph.Triple
	var decisions []graph.Decision
	for d, err := range c.Decisions(ctx) {
		if err != nil {
			return nil, err
		}
		decisions = append(decisions, d)
	}
	for e, err := range c.Entities(ctx) {
		if err != nil {
			return nil, err
		}
		nodes = append(nodes, EntityNode(e))
	}
	for t, err := range c.Triples(ctx, graph.Query{}) {
		if err != nil {
			return nil, err
		}
		triples = append(triples, t)
		nodes = append(nodes, TripleNode(t, Says(t.Evidences)))
		edges = append(edges, TripleLinks(t)...)
		if e := TripleEdge(t); e != nil {
			edges = append(edges, e)
		}
	}
	for _, d := range graph.Dyads(slices.Values(triples)) {
		edges = append(edges, DyadEdge(d))
	}
	merges := graph.NewMerges(decisions)
	last := ""
	for r, err := range c.Readings(ctx) {
		if err != nil {
			return nil, err
		}
		if r.Article.ID != last {
			nodes = append(nodes, ArticleNode(r.Article))
			last = r.Article.ID
		}
		for i, s := range graph.Statements(r) {
			nodes = append(nodes, EvidenceNode(s, i))
			edges = append(edges, EvidenceLinks(s, merges)...)
		}
	}
	return NewGraph(nodes, edges), nil
}

// NodesByID implements Source.
func (g *Graph) NodesByID(_ context.Context, ids []string) ([]*Node, error) {
	out := make([]*Node, len(ids))
	for i, id := range ids {
		out[i] = g.nodes[id]
	}
	return out, nil
}

// candidates are the nodes among which those of a filter are.
func (g *Graph) candidates(f NodeFilter) []*Node {
	if id, ok := f.Equal["id"].(string); ok {
		if key := KeyNodeID(f.Label, id); key != "" {
			if n, ok := g.nodes[key]; ok && slices.Contains(n.Labels, f.Label) {
				return []*Node{n}
			}
			return nil
		}
	}
	if f.Label != "" {
		return g.labels[f.Label]
	}
	return g.ordered
}

// Nodes implements Source.
func (g *Graph) Nodes(ctx context.Context, f NodeFilter) iter.Seq2[*Node, error] {
	return func(yield func(*Node, error) bool) {
		for i, n := range g.candidates(f) {
			if i&0xfff == 0xfff && ctx.Err() != nil {
				yield(nil, ctx.Err())
				return
			}
			if Matches(n.Props, f.Equal, f.Ranges) && !yield(n, nil) {
				return
			}
		}
	}
}

// Edges implements Source.
func (g *Graph) Edges(ctx context.Context, f EdgeFilter) iter.Seq2[*Edge, error] {
	lists := [][]*Edge{g.edges}
	if len(f.Types) > 0 {
		lists = nil
		for _, t := range slices.Compact(slices.Sorted(slices.Values(f.Types))) {
			lists = append(lists, g.types[t])
		}
	}
	return func(yield func(*Edge, error) bool) {
		n := 0
		for _, edges := range lists {
			for _, e := range edges {
				if n++; n&0xfff == 0 && ctx.Err() != nil {
					yield(nil, ctx.Err())
					return
				}
				if Matches(e.Props, f.Equal, f.Ranges) && !yield(e, nil) {
					return
				}
			}
		}
	}
}

// EdgesOf implements Source.
func (g *Graph) EdgesOf(_ context.Context, nodes []string, d Direction, f EdgeFilter) iter.Seq2[*Edge, error] {
	return func(yield func(*Edge, error) bool) {
		seen := map[string]bool{}
		give := func(e *Edge) bool {
			if d == Both && len(nodes) > 1 || d == Both && e.Start == e.End {
				if seen[e.ID] {
					return true
				}
				seen[e.ID] = true
			}
			return len(f.Types) > 0 && !slices.Contains(f.Types, e.Type) || !Matches(e.Props, f.Equal, f.Ranges) || yield(e, nil)
		}
		for _, id := range nodes {
			if d != In {
				for _, e := range g.out[id] {
					if !give(e) {
						return
					}
				}
			}
			if d != Out {
				for _, e := range g.in[id] {
					if !give(e) {
						return
					}
				}
			}
		}
	}
}

// CountNodes implements Source.
func (g *Graph) CountNodes(_ context.Context, f NodeFilter) (int, error) {
	return Estimate(len(g.candidates(f)), len(f.Equal), len(f.Ranges)), nil
}

// Estimate is how many of n things pass conditions.
func Estimate(n, equals, ranges int) int {
	for range equals {
		n = (n + 19) / 20
	}
	for range ranges {
		n = (n + 2) / 3
	}
	return n
}

// CountEdges implements Source.
func (g *Graph) CountEdges(_ context.Context, f EdgeFilter) (int, error) {
	n := len(g.edges)
	if len(f.Types) > 0 {
		n = 0
		for _, t := range f.Types {
			n += len(g.types[t])
		}
	}
	return Estimate(n, len(f.Equal), len(f.Ranges)), nil
}

// Labels implements Source.
func (g *Graph) Labels(context.Context) ([]string, error) { return sortedKeys(g.labels), nil }

// Types implements Source.
func (g *Graph) Types(context.Context) ([]string, error) { return sortedKeys(g.types), nil }
