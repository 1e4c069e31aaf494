package cypher

import (
	"encoding/binary"
	"math"
)

// appendKey appends bytes that are the same for the values that order holds for the same, and for no others.
func appendKey(b []byte, v any) []byte {
	b = append(b, byte(rank(v)))
	switch v := v.(type) {
	case bool:
		if v {
			return append(b, 1)
		}
		return append(b, 0)
	case int64:
		return binary.AppendVarint(append(b, 'i'), v)
	case float64:
		return appendFloat(b, v)
	case string:
		return appendString(b, v)
	case []any:
		b = binary.AppendUvarint(b, uint64(len(v)))
		for _, e := range v {
			b = appendKey(b, e)
		}
	case map[string]any:
		b = binary.AppendUvarint(b, uint64(len(v)))
		for _, k := range sortedKeys(v) {
			b = appendKey(appendString(b, k), v[k])
		}
	case *Node:
		return appendString(b, v.ID)
	case *Edge:
		return appendString(b, v.ID)
	case *Path:
		b = binary.AppendUvarint(b, uint64(len(v.Nodes)))
		for _, n := range v.Nodes {
			b = appendString(b, n.ID)
		}
		for _, e := range v.Edges {
			b = appendString(b, e.ID)
		}
	default:
		return appendTemporal(b, v)
	}
	return b
}

func appendString(b []byte, s string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(s))), s...)
}

func appendFloat(b []byte, f float64) []byte {
	switch {
	case math.IsNaN(f):
		return append(b, 'n')
	case f == math.Trunc(f) && f >= -1<<63 && f < 1<<63:
		return binary.AppendVarint(append(b, 'i'), int64(f))
	}
	return binary.BigEndian.AppendUint64(append(b, 'f'), math.Float64bits(f))
}
