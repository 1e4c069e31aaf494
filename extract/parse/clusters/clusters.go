// Package clusters groups words by the company they keep: the exchange algorithm for class bigram models (Kneser and Ney 1993; Martin,
// Liermann and Ney 1998). The classes serve the tagger and the parser as values of words that the treebanks lack.
package clusters

import (
	"math"
	"slices"
)

// Text counts which words stand side by side. Words are numbers from 0, most frequent first; Other stands for all words without one.
type Text struct {
	words int
	pairs map[uint64]int32
	count []int32
}

// Other is the number of words that are not told apart.
const Other = -1

// NewText returns a text in which the words 0 to words-1 are told apart.
func NewText(words int) *Text {
	return &Text{words, map[uint64]int32{}, make([]int32, words+2)}
}

// Add counts a sentence.
func (t *Text) Add(sentence []int) {
	edge, other := t.words, t.words+1
	before := edge
	t.count[edge]++
	for _, w := range sentence {
		if w == Other {
			w = other
		}
		t.count[w]++
		t.pairs[uint64(before)<<32|uint64(w)]++
		before = w
	}
	t.pairs[uint64(before)<<32|uint64(edge)]++
}

// neighbour is a word beside another and how often.
type neighbour struct{ word, count int32 }

// neighbours returns for each word those after and before it, itself left out, in the order of their numbers.
func (t *Text) neighbours() (after, before [][]neighbour, itself []int32) {
	n := t.words + 2
	after, before, itself = make([][]neighbour, n), make([][]neighbour, n), make([]int32, n)
	for p, c := range t.pairs {
		a, b := int32(p>>32), int32(p&0xffffffff)
		if a == b {
			itself[a] = c
			continue
		}
		after[a] = append(after[a], neighbour{b, c})
		before[b] = append(before[b], neighbour{a, c})
	}
	for i := range n {
		byWord := func(a, b neighbour) int { return int(a.word - b.word) }
		slices.SortFunc(after[i], byWord)
		slices.SortFunc(before[i], byWord)
	}
	return after, before, itself
}

// model is a class bigram model under way. Besides the classes asked for, the edge of sentences and Other have one each that never change.
type model struct {
	classes, all  int
	class         []int
	pairs         []int32 // all × all, first class by row
	turned        []int32 // the same, first class by column
	size          []int32 // tokens of a class
	count, itself []int32
	after, before [][]neighbour
	nlogn         []float64
}

// Exchange divides the words of the text into classes, 2 to 4096, so that a class bigram model fits the text best: every word in turn moves
// to where it fits best, rounds times or until all stay. The result depends on nothing but the text.
func Exchange(t *Text, classes, rounds int) []int {
	m := newModel(t, classes)
	for range rounds {
		moved := 0
		for w := range t.words {
			if m.move(w) {
				moved++
			}
		}
		if moved == 0 {
			break
		}
	}
	return m.class[:t.words]
}

func newModel(t *Text, classes int) *model {
	m := &model{classes: classes, all: classes + 2, count: t.count}
	m.after, m.before, m.itself = t.neighbours()
	m.pairs, m.turned = make([]int32, m.all*m.all), make([]int32, m.all*m.all)
	m.size, m.class = make([]int32, m.all), make([]int, t.words+2)
	tokens := int32(0)
	for w := range m.class {
		m.class[w] = w % classes
		if w >= t.words {
			m.class[w] = classes + w - t.words
		}
		m.size[m.class[w]] += t.count[w]
		tokens += t.count[w]
	}
	for p, c := range t.pairs {
		m.count2(m.class[p>>32], m.class[p&0xffffffff], c)
	}
	m.nlogn = make([]float64, tokens+1)
	for i := 2; i < len(m.nlogn); i++ {
		m.nlogn[i] = float64(float64(i) * math.Log(float64(i)))
	}
	return m
}

func (m *model) count2(a, b int, by int32) {
	m.pairs[a*m.all+b] += by
	m.turned[b*m.all+a] += by
}

// neighbourClass is a class beside a word and how often.
type neighbourClass struct {
	class int
	count int32
}

// classesOf sums neighbours by class.
func (m *model) classesOf(ns []neighbour, sums []int32) []neighbourClass {
	var out []neighbourClass
	for _, n := range ns {
		c := m.class[n.word]
		if sums[c] == 0 {
			out = append(out, neighbourClass{class: c})
		}
		sums[c] += n.count
	}
	for i := range out {
		out[i].count = sums[out[i].class]
		sums[out[i].class] = 0
	}
	return out
}

// put adds w to class c (by 1) or takes it out (by -1).
func (m *model) put(w, c int, after, before []neighbourClass, by int32) {
	for _, n := range after {
		m.count2(c, n.class, by*n.count)
	}
	for _, n := range before {
		m.count2(n.class, c, by*n.count)
	}
	m.count2(c, c, by*m.itself[w])
	m.size[c] += by * m.count[w]
}

// move puts w where it fits best and reports whether that is elsewhere.
func (m *model) move(w int) bool {
	sums := make([]int32, m.all)
	after, before := m.classesOf(m.after[w], sums), m.classesOf(m.before[w], sums)
	from := m.class[w]
	m.put(w, from, after, before, -1)
	best, gain := from, m.gain(w, from, after, before)
	for c := range m.classes {
		if g := m.gain(w, c, after, before); c != from && g > gain {
			best, gain = c, g
		}
	}
	m.put(w, best, after, before, 1)
	m.class[w] = best
	return best != from
}

// gain is what the likelihood of the text would gain by w in class c, in nats.
func (m *model) gain(w, c int, after, before []neighbourClass) float64 {
	g, row, column := 0.0, m.pairs[c*m.all:][:m.all], m.turned[c*m.all:][:m.all]
	own := m.itself[w]
	for _, n := range after {
		if n.class == c {
			own += n.count
			continue
		}
		was := row[n.class]
		g += m.nlogn[was+n.count] - m.nlogn[was]
	}
	for _, n := range before {
		if n.class == c {
			own += n.count
			continue
		}
		was := column[n.class]
		g += m.nlogn[was+n.count] - m.nlogn[was]
	}
	g += m.nlogn[row[c]+own] - m.nlogn[row[c]]
	return g - float64(2*(m.nlogn[m.size[c]+m.count[w]]-m.nlogn[m.size[c]]))
}
