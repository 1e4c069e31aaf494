package clusters

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// TestExchange: words that stand in the same places come into one class. Numbers of nouns are 0 to 3, of verbs 4 to 7, of articles 8 and 9;
// a sentence is article, noun, verb, article, noun.
func TestExchange(t *testing.T) {
	text := NewText(10)
	r := rand.New(rand.NewPCG(1, 2))
	for range 400 {
		text.Add([]int{8 + r.IntN(2), r.IntN(4), 4 + r.IntN(4), 8 + r.IntN(2), r.IntN(4)})
	}
	text.Add([]int{Other, 4, Other})
	text.Add(nil)
	class := Exchange(text, 3, 20)
	for _, group := range [][]int{{0, 1, 2, 3}, {4, 5, 6, 7}, {8, 9}} {
		for _, w := range group {
			if class[w] != class[group[0]] {
				t.Errorf("classes %v: word %d is not with word %d", class, w, group[0])
			}
		}
	}
	if class[0] == class[4] || class[0] == class[8] || class[4] == class[8] {
		t.Errorf("classes %v: want three", class)
	}
	if again := Exchange(text, 3, 20); !slices.Equal(again, class) {
		t.Errorf("a second run gives %v, not %v", again, class)
	}
}

// TestGain: what a move is said to gain is what the likelihood gains.
func TestGain(t *testing.T) {
	text := NewText(8)
	r := rand.New(rand.NewPCG(3, 4))
	for range 50 {
		var s []int
		for range 1 + r.IntN(9) {
			s = append(s, r.IntN(9)-1)
		}
		text.Add(s)
	}
	m := newModel(text, 3)
	for range 200 {
		w := r.IntN(8)
		before := m.likelihood()
		from, to := m.class[w], r.IntN(3)
		sums := make([]int32, m.all)
		after, ahead := m.classesOf(m.after[w], sums), m.classesOf(m.before[w], sums)
		m.put(w, from, after, ahead, -1)
		want := m.gain(w, to, after, ahead) - m.gain(w, from, after, ahead)
		m.put(w, to, after, ahead, 1)
		m.class[w] = to
		if got := m.likelihood() - before; got-want > 1e-6 || want-got > 1e-6 {
			t.Fatalf("word %d from class %d to %d: said to gain %g, gains %g", w, from, to, want, got)
		}
	}
}

// likelihood of the text up to a constant, counted afresh.
func (m *model) likelihood() (f float64) {
	for _, n := range m.pairs {
		f += m.nlogn[n]
	}
	for _, n := range m.size {
		f -= 2 * m.nlogn[n]
	}
	return f
}
