package token

import (
	_ "embed"
	"strings"
	"sync"
)

//go:embed abbreviations.tsv
var abbreviationsTSV string

//go:embed starters.tsv
var startersTSV string

//go:embed hyphens.tsv
var hyphensTSV string

// abbreviations gives for a lower-case word without its last dot how it ends sentences: title, number or soft.
var abbreviations = sync.OnceValue(func() map[string]string { return table(abbreviationsTSV) })

// starters gives for a lower-case word how well it shows that a sentence begins: subject or other.
var starters = sync.OnceValue(func() map[string]string { return table(startersTSV) })

// hyphenated holds the lower-case prefixes whose hyphen does not split a word.
var hyphenated = sync.OnceValue(func() map[string]string { return table(hyphensTSV) })

// table reads lines of key, tab, value; lines that begin with # are comments. The value may be missing.
func table(tsv string) map[string]string {
	m := map[string]string{}
	for line := range strings.Lines(tsv) {
		line = strings.TrimRight(line, "\n")
		if line == "" || line[0] == '#' {
			continue
		}
		key, value, _ := strings.Cut(line, "\t")
		m[key] = value
	}
	return m
}
