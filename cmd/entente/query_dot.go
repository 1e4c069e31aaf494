package main

import (
	"cmp"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"

	"entente/graph/cypher"
	"entente/graph/neo4j"
)

// drawing is the nodes and relationships of an answer, each once, in the order in which they came.
type drawing struct {
	nodes, edges []string
	seen         map[string]bool
}

// writeDot writes the nodes and relationships of an answer as a graph for Graphviz.
func writeDot(w io.Writer, rows iter.Seq2[[]any, error]) error {
	d := &drawing{seen: map[string]bool{}}
	for row, err := range rows {
		if err != nil {
			return err
		}
		for _, v := range row {
			d.add(v)
		}
	}
	_, err := fmt.Fprintf(w, "digraph {\n\tnode [shape=box style=rounded]\n%s%s}\n", strings.Join(d.nodes, ""), strings.Join(d.edges, ""))
	return err
}

func (d *drawing) add(v any) {
	switch v := v.(type) {
	case []any:
		for _, e := range v {
			d.add(e)
		}
	case map[string]any:
		for _, k := range slices.Sorted(keysOf(v)) {
			d.add(v[k])
		}
	case *cypher.Node:
		d.node(v.ID, v.Labels, v.Props)
	case *cypher.Edge:
		d.edge(v.ID, v.Type, v.Start, v.End, v.Props)
	case *cypher.Path:
		for _, n := range v.Nodes {
			d.add(n)
		}
		for _, e := range v.Edges {
			d.add(e)
		}
	case neo4j.Node:
		d.node(v.Element, v.Labels, v.Properties)
	case neo4j.Relationship:
		d.edge(v.Type+" "+v.Start+" "+v.End+" "+cellText(v.Properties["id"]), v.Type, v.Start, v.End, v.Properties)
	case neo4j.Path:
		for _, n := range v.Nodes {
			d.add(n)
		}
		for _, e := range v.Relationships {
			d.add(e)
		}
	}
}

func keysOf(m map[string]any) iter.Seq[string] {
	return func(yield func(string) bool) {
		for k := range m {
			if !yield(k) {
				return
			}
		}
	}
}

func (d *drawing) first(key string) bool {
	if d.seen[key] {
		return false
	}
	d.seen[key] = true
	return true
}

func (d *drawing) node(id string, labels []string, props map[string]any) {
	if !d.first("n " + id) {
		return
	}
	text := cmp.Or(textOf(props, "name"), textOf(props, "caption"), textOf(props, "title"), textOf(props, "id"), strings.Join(labels, ":"))
	d.nodes = append(d.nodes, fmt.Sprintf("\t%s [label=%s]\n", dotText(id), dotText(text)))
}

func (d *drawing) edge(id, typ, from, to string, props map[string]any) {
	if !d.first("e " + id) {
		return
	}
	text := strings.TrimSpace(typ + " " + textOf(props, "when"))
	d.edges = append(d.edges, fmt.Sprintf("\t%s -> %s [label=%s]\n", dotText(from), dotText(to), dotText(text)))
}

func textOf(props map[string]any, key string) string {
	s, _ := props[key].(string)
	return s
}

// dotText is a string of the DOT language.
func dotText(s string) string {
	s = strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", " ", "\r", " ", "\x00", " ").Replace(s)
	return `"` + s + `"`
}
