package neo4j

import (
	"context"
	"encoding/base64"
	"iter"
	"time"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"
	"github.com/neo4j/neo4j-go-driver/v5/neo4j/dbtype"
)

// Node is a node in the answer to a query.
type Node struct {
	Element    string         `json:"-"` // the database's own id, valid within one answer: Relationship.Start and End
	Labels     []string       `json:"labels"`
	Properties map[string]any `json:"properties"`
}

// Relationship is a relationship in the answer to a query.
type Relationship struct {
	Type       string         `json:"type"`
	Start      string         `json:"-"` // Node.Element
	End        string         `json:"-"`
	Properties map[string]any `json:"properties"`
}

// Path is a path in the answer to a query: len(Nodes) is len(Relationships)+1, and a relationship may run against the path's direction.
type Path struct {
	Nodes         []Node         `json:"nodes"`
	Relationships []Relationship `json:"relationships"`
}

// Query runs one Cypher statement that reads. Parameters and values are plain: nil, bool, int64, float64, string, []any, map[string]any, Node,
// Relationship, Path; dates, times and durations are strings as ISO 8601 writes them, points maps, bytes base64. The columns are known when Query
// returns; rows come as the server finds them. The caller must begin to iterate, which gives the connection back when it ends, however it ends.
func (s *Store) Query(ctx context.Context, cypher string, params map[string]any) (columns []string, rows iter.Seq2[[]any, error], err error) {
	if err := ctx.Err(); err != nil {
		return nil, nil, err
	}
	session := s.driver.NewSession(ctx, neo4j.SessionConfig{AccessMode: neo4j.AccessModeRead, DatabaseName: s.database, BookmarkManager: s.bookmarks})
	end := func() { _ = session.Close(context.WithoutCancel(ctx)) }
	result, err := session.Run(ctx, cypher, params)
	if err != nil {
		end()
		return nil, nil, s.explain(ctx, err)
	}
	columns, err = result.Keys()
	if err != nil {
		end()
		return nil, nil, s.explain(ctx, err)
	}
	return columns, func(yield func([]any, error) bool) {
		defer end()
		for result.Next(ctx) {
			values := result.Record().Values
			row := make([]any, len(values))
			for i, v := range values {
				row[i] = value(v)
			}
			if !yield(row, nil) {
				return
			}
		}
		if err := result.Err(); err != nil {
			yield(nil, s.explain(ctx, err))
		}
	}, nil
}

// value makes a value of the driver plain.
func value(v any) any {
	switch v := v.(type) {
	case dbtype.Node:
		return node(v)
	case dbtype.Relationship:
		return relationship(v)
	case dbtype.Path:
		p := Path{Nodes: make([]Node, len(v.Nodes)), Relationships: make([]Relationship, len(v.Relationships))}
		for i, n := range v.Nodes {
			p.Nodes[i] = node(n)
		}
		for i, r := range v.Relationships {
			p.Relationships[i] = relationship(r)
		}
		return p
	case []any:
		out := make([]any, len(v))
		for i, e := range v {
			out[i] = value(e)
		}
		return out
	case map[string]any:
		return values(v)
	case dbtype.Date:
		return v.String()
	case dbtype.LocalDateTime:
		return v.String()
	case dbtype.LocalTime:
		return v.String()
	case dbtype.Time:
		return v.String()
	case time.Time:
		return v.Format(time.RFC3339Nano)
	case dbtype.Duration:
		return v.String()
	case dbtype.Point2D:
		return map[string]any{"x": v.X, "y": v.Y, "srid": int64(v.SpatialRefId)}
	case dbtype.Point3D:
		return map[string]any{"x": v.X, "y": v.Y, "z": v.Z, "srid": int64(v.SpatialRefId)}
	case []byte:
		return base64.StdEncoding.EncodeToString(v)
	}
	return v
}

func values(m map[string]any) map[string]any {
	out := make(map[string]any, len(m))
	for k, v := range m {
		out[k] = value(v)
	}
	return out
}

func node(n dbtype.Node) Node {
	return Node{Element: n.ElementId, Labels: n.Labels, Properties: values(n.Props)}
}

func relationship(r dbtype.Relationship) Relationship {
	return Relationship{Type: r.Type, Start: r.StartElementId, End: r.EndElementId, Properties: values(r.Props)}
}
