package arceager

import (
	"math/rand/v2"
	"testing"
)

// projective is a random projective tree of n words: heads by number, n+1 the root, in a slice as training has it.
func projective(r *rand.Rand, n int) []int16 {
	gold := make([]int16, n+2)
	gold[n+1] = -2
	var build func(from, to, head int) // words from to to (inclusive) hang, directly or not, on head
	build = func(from, to, head int) {
		if from > to {
			return
		}
		top := from + r.IntN(to-from+1)
		first, last := from, to
		if head != n+1 && r.IntN(2) == 0 && to > from { // several children of one head
			cut := from + r.IntN(to-from)
			build(from, cut, head)
			first = cut + 1
			top = first + r.IntN(last-first+1)
		}
		gold[top] = int16(head)
		build(first, top-1, top)
		build(top+1, last, top)
	}
	build(1, n, n+1)
	return gold
}

// reachable is the largest number of gold arcs that any actions still lead to, counted over all words.
func reachable(s *state, gold []int16) int {
	if s.atRoot() {
		right := 0
		for i := int16(1); i <= s.n; i++ {
			h := s.nodes[i].head
			if h == 0 {
				h = s.n + 1
			}
			if h == gold[i] {
				right++
			}
		}
		return right
	}
	most := -1
	for a := shift; a <= right; a++ {
		if s.legal(a) {
			var next state
			next.copyFrom(s)
			next.apply(a, 0)
			most = max(most, reachable(&next, gold))
		}
	}
	return most
}

// TestCosts: the cost of an action is how many gold arcs it really makes unreachable, tried out over all that can follow.
func TestCosts(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 60 {
		n := 1 + r.IntN(5)
		gold := projective(r, n)
		var s state
		s.reset(n)
		for !s.atRoot() {
			best, costs := reachable(&s, gold), s.costs(gold)
			var legal []action
			for a := shift; a <= right; a++ {
				if !s.legal(a) {
					continue
				}
				legal = append(legal, a)
				var next state
				next.copyFrom(&s)
				next.apply(a, 0)
				if lost := best - reachable(&next, gold); lost != costs[a] {
					t.Fatalf("heads %v, stack %v, next %d: action %d loses %d arcs, its cost is %d", gold[1:n+1], s.stack, s.next, a, lost, costs[a])
				}
			}
			s.apply(legal[r.IntN(len(legal))], 0)
		}
	}
}

// TestOracle: the actions of the oracle build the gold tree in exactly two steps a word.
func TestOracle(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for range 200 {
		n := 1 + r.IntN(30)
		gold := projective(r, n)
		g := beamTraining{}
		g.gold.reset(n)
		for range 2 * n {
			g.gold.apply(g.oracle(&Sample{heads: gold}), 0)
		}
		for i := int16(1); i <= g.gold.n; i++ {
			if g.gold.nodes[i].head != gold[i] {
				t.Fatalf("heads %v: word %d has head %d", gold[1:n+1], i, g.gold.nodes[i].head)
			}
		}
		if len(g.gold.stack) != 0 {
			t.Fatalf("heads %v: %d words are left", gold[1:n+1], len(g.gold.stack))
		}
	}
}

func TestOneRoot(t *testing.T) {
	var s state
	s.reset(3)
	for i := int16(1); i <= 3; i++ {
		s.nodes[i].head = 4
	}
	s.oneRoot(9)
	if got := s.arcs(nil); got[0].Head != -1 || got[1] != (Arc{0, 9}) || got[2] != (Arc{0, 9}) {
		t.Errorf("got %v", got)
	}
}
