package graph

import (
	"hash/fnv"
	"slices"
	"strings"
	"unicode"
)

// Sources of a triple are independent where they say it in words of their own: agencies' texts are reprinted whole, shortened and under other
// headlines, and ten reprints are one witness. Two articles count as one source of a triple where sentences that state it are near-copies:
// their sketches (the sketchSize smallest hashes of their runs of shingle words; A. Broder, On the resemblance and containment of documents,
// 1997) have copyOverlap hashes in common. What is a copy of a copy is a copy, so that the order of loading does not matter.
const (
	shingle     = 3 // words
	sketchSize  = 12
	copyOverlap = 0.6 // of the smaller sketch
	copyWords   = 12  // a shorter sentence may well be written twice: only its own article says it
)

// sources gives each statement the key of the source that it belongs to: the least article id of the near-copies among the statements.
func sources(statements []Statement) []string {
	groups := newDisjoint(len(statements))
	articles := map[string]int{}
	byHash := map[uint64][]int{}
	sketches := make([][]uint64, len(statements))
	for i, s := range statements {
		if first, ok := articles[s.Evidence.Article]; ok {
			groups.join(first, i)
		} else {
			articles[s.Evidence.Article] = i
		}
		sketches[i] = sketch(s.Evidence.Quote)
		shared := map[int]int{}
		for _, h := range sketches[i] {
			for _, o := range byHash[h] {
				shared[o]++
			}
			byHash[h] = append(byHash[h], i)
		}
		for o, n := range shared {
			if float64(n) >= copyOverlap*float64(min(len(sketches[i]), len(sketches[o]))) {
				groups.join(o, i)
			}
		}
	}
	least := map[int]string{}
	for i, s := range statements {
		if g := groups.find(i); least[g] == "" || s.Evidence.Article < least[g] {
			least[g] = s.Evidence.Article
		}
	}
	keys := make([]string, len(statements))
	for i := range statements {
		keys[i] = least[groups.find(i)]
	}
	return keys
}

// sketch is the smallest hashes of the runs of words in a quote, sorted; nil where the quote is too short to tell a copy.
func sketch(quote string) []uint64 {
	words := strings.FieldsFunc(strings.ToLower(quote), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	if len(words) < copyWords {
		return nil
	}
	var hashes []uint64
	for i := range len(words) - shingle + 1 {
		h := fnv.New64a()
		for _, w := range words[i : i+shingle] {
			h.Write([]byte(w))
			h.Write([]byte{0})
		}
		hashes = append(hashes, mix(h.Sum64()))
	}
	slices.Sort(hashes)
	hashes = slices.Compact(hashes)
	return hashes[:min(len(hashes), sketchSize)]
}

// mix spreads the bits of an FNV sum, whose order alone is no random sample (the finalizer of MurmurHash3).
func mix(h uint64) uint64 {
	h ^= h >> 33
	h *= 0xff51afd7ed558ccd
	h ^= h >> 33
	h *= 0xc4ceb9fe1a85ec53
	return h ^ h>>33
}

// disjoint is a partition over 0 to n-1.
type disjoint []int

func newDisjoint(n int) disjoint {
	u := make(disjoint, n)
	for i := range u {
		u[i] = i
	}
	return u
}

func (u disjoint) find(i int) int {
	for u[i] != i {
		u[i] = u[u[i]]
		i = u[i]
	}
	return i
}

func (u disjoint) join(a, b int) {
	if a, b = u.find(a), u.find(b); a != b {
		u[max(a, b)] = min(a, b)
	}
}
