package arceager

import "entente/extract/parse/perceptron"

// item is a parse under way; step is the last of its history.
type item struct {
	state state
	score int32
	step  int32
}

// candidate is an item with its next action.
type candidate struct {
	score  int32
	item   int
	action action
}

// step is one action of a history, linked to the one before.
type step struct {
	before int32
	action action
}

// cacheSize is the number of places for scores, and for labels, of views of the sentence at hand. Items of a beam differ in few places
// and ask for the same views again and again.
const cacheSize = 1 << 11

// beam runs a beam search.
type beam struct {
	now, then  []*item
	candidates []candidate
	steps      []step
	scores     [cacheSize]cachedScores
	labels     [cacheSize]cachedLabel
	seed       uint64 // of the keys of the caches, new for every sentence
	keys       perceptron.Features
	relation   []int32
}

type cachedScores struct {
	key    uint64
	scores perceptron.Scores
}

type cachedLabel struct {
	key   uint64
	label uint8
}

// start begins a sentence.
func (b *beam) start(width, n, labels int) {
	for len(b.now) < width {
		b.now, b.then = append(b.now, &item{}), append(b.then, &item{})
	}
	if len(b.relation) != labels {
		b.relation = make([]int32, labels)
	}
	b.seed++
	b.steps = append(b.steps[:0], step{before: -1})
	b.now[0].state.reset(n)
	b.now[0].score, b.now[0].step = 0, 0
	b.candidates = append(b.candidates[:0], candidate{})
}

// score returns the scores of the actions in a state with something in the buffer.
func (b *beam) score(m actionScorer, x *Input, s *state) perceptron.Scores {
	v := s.view()
	key := v.hash(b.seed)
	c := &b.scores[key%cacheSize]
	if c.key != key {
		c.key, c.scores = key, m.Score(actionKeys(&b.keys, x, &v))
	}
	return c.scores
}

// do applies an action, with the label of the arc it makes.
func (b *beam) do(r *Relations, x *Input, s *state, a action) {
	label := uint8(noLabel)
	switch {
	case a != left && a != right:
	case s.atRoot():
		label = r.root
	default:
		h, d := s.arc(a)
		v := s.arcView(h, d)
		key := v.hash(b.seed)
		c := &b.labels[key%cacheSize]
		if c.key != key {
			c.key, c.label = key, r.choose(relationKeys(&b.keys, x, &v), a == right, b.relation)
		}
		label = c.label
	}
	s.apply(a, label)
}

// offer keeps a candidate if it is among the best.
func (b *beam) offer(c candidate, width int) {
	n := len(b.candidates)
	if n == width {
		if c.score <= b.candidates[n-1].score {
			return
		}
		n--
	} else {
		b.candidates = append(b.candidates, c)
	}
	for n > 0 && b.candidates[n-1].score < c.score {
		b.candidates[n] = b.candidates[n-1]
		n--
	}
	b.candidates[n] = c
}

// advance takes all items one action further. The candidates of the step stay for the caller to see.
func (b *beam) advance(m actionScorer, r *Relations, x *Input, width int) {
	items := len(b.candidates)
	b.candidates = b.candidates[:0]
	for i := range items {
		it := b.now[i]
		var scores perceptron.Scores
		if !it.state.atRoot() && len(it.state.stack) > 0 {
			scores = b.score(m, x, &it.state)
		}
		for a := shift; a <= right; a++ {
			if it.state.legal(a) {
				b.offer(candidate{it.score + scores[a], i, a}, width)
			}
		}
	}
	for j, c := range b.candidates {
		from, to := b.now[c.item], b.then[j]
		to.state.copyFrom(&from.state)
		b.do(r, x, &to.state, c.action)
		b.steps = append(b.steps, step{from.step, c.action})
		to.score, to.step = c.score, int32(len(b.steps)-1)
	}
	b.now, b.then = b.then, b.now
}

// Beam parses x with a beam of the given width and appends an arc for each word to dst. lead tells how far the best parse was
// ahead of the second, in units of the model; it is -1 where there is no second.
func (r *Relations) Beam(actions *perceptron.Dense, x *Input, width int, dst []Arc, sc *Scratch) (arcs []Arc, lead int32) {
	b := &sc.beam
	b.start(width, x.n, len(r.labels))
	for range 2 * x.n {
		b.advance(actions, r, x, width)
	}
	lead = -1
	if len(b.candidates) > 1 {
		lead = b.candidates[0].score - b.candidates[1].score
	}
	best := &b.now[0].state
	best.oneRoot(r.parataxis)
	return best.arcs(dst), lead
}

// history returns the actions that led to a step, first to last.
func (b *beam) history(dst []action, last int32) []action {
	dst = dst[:0]
	for i := last; i > 0; i = b.steps[i].before {
		dst = append(dst, b.steps[i].action)
	}
	for i, j := 0, len(dst)-1; i < j; i, j = i+1, j-1 {
		dst[i], dst[j] = dst[j], dst[i]
	}
	return dst
}
