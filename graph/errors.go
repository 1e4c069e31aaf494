package graph

import "errors"

// Errors a caller may ask for with errors.Is.
var (
	// ErrNotMerged is returned by Split for an entity that no decision merged.
	ErrNotMerged = errors.New("no merge is recorded for this entity")
	// ErrMergeCycle is returned by Merge for a decision that would make an entity its own successor.
	ErrMergeCycle = errors.New("the two entities are already one")
	// ErrWithoutOf is yielded for a Query that has With but not Of.
	ErrWithoutOf = errors.New("query: With asks for the other party and needs Of")
)
