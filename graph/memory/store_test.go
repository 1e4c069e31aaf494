package memory_test

import (
	"testing"

	"entente/graph"
	"entente/graph/graphtest"
	"entente/graph/memory"
)

func TestStore(t *testing.T) {
	graphtest.Run(t, func(*testing.T) graph.Store { return memory.New() })
}
