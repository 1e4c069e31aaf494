package event

import (
	_ "embed"
	"strings"
	"sync"
)

//go:embed notacts.tsv
var notActsTSV string

// notActs are the lemmas of verbs that are no act between parties.
var notActs = sync.OnceValue(func() map[string]bool {
	m := map[string]bool{}
	for line := range strings.Lines(notActsTSV) {
		if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
			m[line] = true
		}
	}
	return m
})
