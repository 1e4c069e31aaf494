package memory

import (
	"context"

	"entente/graph/cypher"
)

// Cypher answers a query from the graph of the store as it is now. The caller must iterate over the rows.
func (s *Store) Cypher(ctx context.Context, limits cypher.Limits, text string, params map[string]any) (*cypher.Result, error) {
	return cypher.Run(ctx, func(ctx context.Context) (cypher.Source, func(), error) {
		g, err := cypher.Snapshot(ctx, s)
		return g, func() {}, err
	}, limits, text, params)
}
