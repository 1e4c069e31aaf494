//go:build !race

package parse

const underRace = false
