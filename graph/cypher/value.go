package cypher

import (
	"cmp"
	"math"
	"slices"
	"strings"
)

// A value is nil, bool, int64, float64, string, []any, map[string]any, *Node, *Edge, *Path, Date, LocalTime, Time, LocalDateTime, DateTime or
// Duration. Values are never changed once made.

// Node is a node of the graph.
type Node struct {
	ID     string // of the source, unique among nodes
	Labels []string
	Props  map[string]any
}

// Edge is a relationship of the graph.
type Edge struct {
	ID         string // of the source, unique among edges
	Type       string
	Start, End string // ids of nodes
	Props      map[string]any
}

// Path is a walk: len(Nodes) is len(Edges)+1. An edge may run against the path's direction.
type Path struct {
	Nodes []*Node
	Edges []*Edge
}

// truth is a value of three-valued logic.
type truth int8

const (
	unknown truth = iota
	no
	yes
)

func truthOf(b bool) truth {
	if b {
		return yes
	}
	return no
}

// value is true, false or nil.
func (t truth) value() any {
	switch t {
	case yes:
		return true
	case no:
		return false
	}
	return nil
}

func (t truth) not() truth {
	switch t {
	case yes:
		return no
	case no:
		return yes
	}
	return unknown
}

// kindName is the name of a value's type.
func kindName(v any) string {
	switch v.(type) {
	case nil:
		return "Null"
	case bool:
		return "Boolean"
	case int64:
		return "Integer"
	case float64:
		return "Float"
	case string:
		return "String"
	case []any:
		return "List"
	case map[string]any:
		return "Map"
	case *Node:
		return "Node"
	case *Edge:
		return "Relationship"
	case *Path:
		return "Path"
	case Date:
		return "Date"
	case LocalTime:
		return "LocalTime"
	case Time:
		return "Time"
	case LocalDateTime:
		return "LocalDateTime"
	case DateTime:
		return "DateTime"
	case Duration:
		return "Duration"
	}
	return "Unknown"
}

// equal is openCypher's =.
func equal(a, b any) truth {
	if a == nil || b == nil {
		return unknown
	}
	if isNumber(a) && isNumber(b) {
		return truthOf(!isNaN(a) && !isNaN(b) && compareNumbers(a, b) == 0)
	}
	switch x := a.(type) {
	case []any:
		y, ok := b.([]any)
		if !ok || len(x) != len(y) {
			return no
		}
		out := yes
		for i := range x {
			switch equal(x[i], y[i]) {
			case no:
				return no
			case unknown:
				out = unknown
			}
		}
		return out
	case map[string]any:
		y, ok := b.(map[string]any)
		if !ok || len(x) != len(y) {
			return no
		}
		return equalMaps(x, y)
	}
	if rank(a) != rank(b) {
		return no
	}
	return truthOf(order(a, b) == 0)
}

func equalMaps(x, y map[string]any) truth {
	out := yes
	for k, v := range x {
		w, ok := y[k]
		if !ok {
			return no
		}
		switch equal(v, w) {
		case no:
			return no
		case unknown:
			out = unknown
		}
	}
	return out
}

// less is openCypher's < (or <= where orEqual): unknown for values that have no common order.
func less(a, b any, orEqual bool) truth {
	if a == nil || b == nil {
		return unknown
	}
	if isNumber(a) && isNumber(b) {
		if isNaN(a) || isNaN(b) {
			return no
		}
		c := compareNumbers(a, b)
		return truthOf(c < 0 || orEqual && c == 0)
	}
	if rank(a) != rank(b) {
		return unknown
	}
	switch x := a.(type) {
	case []any:
		return lessLists(x, b.([]any), orEqual)
	case string, bool, Date, LocalTime, Time, LocalDateTime, DateTime:
		c := order(a, b)
		return truthOf(c < 0 || orEqual && c == 0)
	}
	return unknown
}

func lessLists(x, y []any, orEqual bool) truth {
	for i := range min(len(x), len(y)) {
		switch equal(x[i], y[i]) {
		case unknown:
			return unknown
		case no:
			return less(x[i], y[i], false)
		}
	}
	return truthOf(len(x) < len(y) || orEqual && len(x) == len(y))
}

func isNumber(v any) bool {
	switch v.(type) {
	case int64, float64:
		return true
	}
	return false
}

func isNaN(v any) bool {
	f, ok := v.(float64)
	return ok && math.IsNaN(f)
}

// compareNumbers compares exactly; NaN is the greatest.
func compareNumbers(a, b any) int {
	switch x := a.(type) {
	case int64:
		if y, ok := b.(int64); ok {
			return cmp.Compare(x, y)
		}
		return compareIntFloat(x, b.(float64))
	case float64:
		if y, ok := b.(int64); ok {
			return -compareIntFloat(y, x)
		}
		y := b.(float64)
		if math.IsNaN(x) || math.IsNaN(y) {
			return cmp.Compare(truthOf(math.IsNaN(x)), truthOf(math.IsNaN(y)))
		}
		return cmp.Compare(x, y)
	}
	return 0
}

func compareIntFloat(i int64, f float64) int {
	switch {
	case math.IsNaN(f) || f >= 1<<63:
		return -1
	case f < -1<<63:
		return 1
	}
	whole := math.Trunc(f)
	if c := cmp.Compare(i, int64(whole)); c != 0 {
		return c
	}
	return cmp.Compare(whole, f)
}

// rank is the place of a value's type in the order of all values.
func rank(v any) int {
	switch v.(type) {
	case map[string]any:
		return 1
	case *Node:
		return 2
	case *Edge:
		return 3
	case []any:
		return 4
	case *Path:
		return 5
	case DateTime:
		return 6
	case LocalDateTime:
		return 7
	case Date:
		return 8
	case Time:
		return 9
	case LocalTime:
		return 10
	case Duration:
		return 11
	case string:
		return 12
	case bool:
		return 13
	case int64, float64:
		return 14
	}
	return 15 // null
}

// order is the total order of values that ORDER BY uses; values that it holds for the same are one group and one distinct value.
func order(a, b any) int {
	ra, rb := rank(a), rank(b)
	if ra != rb {
		return cmp.Compare(ra, rb)
	}
	switch x := a.(type) {
	case map[string]any:
		return orderMaps(x, b.(map[string]any))
	case *Node:
		return cmp.Compare(x.ID, b.(*Node).ID)
	case *Edge:
		return cmp.Compare(x.ID, b.(*Edge).ID)
	case []any:
		return slices.CompareFunc(x, b.([]any), order)
	case *Path:
		return orderPaths(x, b.(*Path))
	case string:
		return cmp.Compare(x, b.(string))
	case bool:
		return cmp.Compare(truthOf(x), truthOf(b.(bool)))
	case int64, float64:
		return compareNumbers(a, b)
	case nil:
		return 0
	}
	return orderTemporal(a, b)
}

func orderMaps(x, y map[string]any) int {
	kx, ky := sortedKeys(x), sortedKeys(y)
	if c := slices.Compare(kx, ky); c != 0 {
		return c
	}
	for _, k := range kx {
		if c := order(x[k], y[k]); c != 0 {
			return c
		}
	}
	return 0
}

func orderPaths(x, y *Path) int {
	return cmp.Or(
		slices.CompareFunc(x.Nodes, y.Nodes, func(a, b *Node) int { return strings.Compare(a.ID, b.ID) }),
		slices.CompareFunc(x.Edges, y.Edges, func(a, b *Edge) int { return strings.Compare(a.ID, b.ID) }))
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
