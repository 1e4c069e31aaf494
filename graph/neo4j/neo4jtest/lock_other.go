//go:build !unix

package neo4jtest

// lock does nothing where servers are not started.
func lock(string) (unlock func(), err error) { return func() {}, nil }
