//go:build race

package parse

// underRace: the race detector makes parsing about ten times slower, so the scores leave out the large sets.
const underRace = true
