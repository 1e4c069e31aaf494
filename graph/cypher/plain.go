package cypher

import (
	"fmt"
	"math"
	"time"
)

// fromGo makes a value of a parameter: what JSON has, any integer or float, lists and maps of them, time.Time, or a value already.
func fromGo(v any) (any, error) {
	switch v := v.(type) {
	case nil, bool, int64, float64, string, *Node, *Edge, *Path, Date, LocalTime, Time, LocalDateTime, DateTime, Duration:
		return v, nil
	case int:
		return int64(v), nil
	case int32:
		return int64(v), nil
	case uint32:
		return int64(v), nil
	case float32:
		return float64(v), nil
	case time.Time:
		return dateTimeOf(v), nil
	case []string:
		return anys(v), nil
	case []any:
		out := make([]any, len(v))
		for i, e := range v {
			var err error
			if out[i], err = fromGo(e); err != nil {
				return nil, err
			}
		}
		return out, nil
	case map[string]any:
		out := make(map[string]any, len(v))
		for k, e := range v {
			var err error
			if out[k], err = fromGo(e); err != nil {
				return nil, err
			}
		}
		return out, nil
	}
	return nil, fmt.Errorf("a %T is not a value", v)
}

// Plain makes a value plain: nil, bool, int64, float64, string, []any, map[string]any, and for nodes, relationships and paths maps of them.
// Dates, times and durations are strings as ISO 8601 writes them; floats that JSON has not are their names.
func Plain(v any) any {
	switch v := v.(type) {
	case float64:
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return formatFloat(v)
		}
		return v
	case []any:
		out := make([]any, len(v))
		for i, e := range v {
			out[i] = Plain(e)
		}
		return out
	case map[string]any:
		return plainMap(v)
	case *Node:
		return map[string]any{"labels": anys(v.Labels), "properties": plainMap(v.Props)}
	case *Edge:
		return map[string]any{"type": v.Type, "properties": plainMap(v.Props)}
	case *Path:
		return map[string]any{"nodes": Plain(anys(v.Nodes)), "relationships": Plain(anys(v.Edges))}
	}
	if isTemporal(v) {
		return formatTemporal(v)
	}
	return v
}

func plainMap(m map[string]any) map[string]any {
	out := make(map[string]any, len(m))
	for k, v := range m {
		out[k] = Plain(v)
	}
	return out
}
