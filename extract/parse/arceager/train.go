package arceager

import (
	"math/rand/v2"

	"entente/extract/parse/perceptron"
)

// Sample is a sentence to learn from.
type Sample struct {
	Input  Input
	heads  []int16 // by number of the word, as in node
	labels []uint8
}

// Trainer learns the models of a parser.
type Trainer struct {
	relations *Relations
	samples   []Sample
	choices   *perceptron.SparseTrainer
}

// Tree is the gold tree of a sample: heads by index, -1 for the root.
type Tree struct {
	Heads  []int
	Labels []string
}

// NewTrainer prepares the samples, whose trees it takes from trees.
func NewTrainer(samples []Sample, trees []Tree) (*Trainer, error) {
	number := map[string]int{}
	var labels []string
	var left, right []bool
	for i, t := range trees {
		s := &samples[i]
		n := len(t.Heads)
		s.heads, s.labels = make([]int16, n+2), make([]uint8, n+2)
		s.heads[n+1] = -2
		for d, h := range t.Heads {
			l, ok := number[t.Labels[d]]
			if !ok {
				l = len(labels)
				number[t.Labels[d]] = l
				labels, left, right = append(labels, t.Labels[d]), append(left, false), append(right, false)
			}
			if h < 0 {
				h = n
			}
			s.heads[d+1], s.labels[d+1] = int16(h+1), uint8(l)
			if h > d {
				left[l] = true
			} else {
				right[l] = true
			}
		}
	}
	r, err := newRelations(labels, left, right)
	if err != nil {
		return nil, err
	}
	return &Trainer{relations: r, samples: samples}, nil
}

// Explore is the share of the decisions in which training follows the parser instead of the gold tree, after the first epoch.
const explore = 0.9

// Greedy trains the action model of the greedy parser together with the relations. After each epoch it calls done, which may be nil.
func (t *Trainer) Greedy(epochs int, seed uint64, done func(epoch int, actions *perceptron.DenseTrainer)) *perceptron.DenseTrainer {
	actions := perceptron.NewDenseTrainer(2)
	t.choices = perceptron.NewSparseTrainer(len(t.relations.labels), 2)
	t.relations.model = t.choices
	rng := rand.New(rand.NewPCG(seed, 2))
	order := rng.Perm(len(t.samples))
	g := greedyTraining{Trainer: t, actions: actions, rng: rng, scores: make([]int32, len(t.relations.labels))}
	for g.epoch = range epochs {
		rng.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		for _, i := range order {
			g.sentence(&t.samples[i])
		}
		if done != nil {
			done(g.epoch, actions)
		}
	}
	return actions
}

type greedyTraining struct {
	*Trainer
	actions  *perceptron.DenseTrainer
	rng      *rand.Rand
	epoch    int
	state    state
	features perceptron.Features
	scores   []int32
}

func (g *greedyTraining) sentence(t *Sample) {
	s := &g.state
	s.reset(t.Input.n)
	for !s.atRoot() {
		a := shift
		if len(s.stack) > 0 {
			a = g.action(t)
		}
		label := uint8(noLabel)
		if a == left || a == right {
			label = g.relation(t, a)
		}
		s.apply(a, label)
	}
}

// action learns from the choice of an action and returns the one to follow.
func (g *greedyTraining) action(t *Sample) action {
	s := &g.state
	v := s.view()
	keys := actionKeys(&g.features, &t.Input, &v)
	scores := g.actions.Score(keys)
	predicted, _ := s.best(scores)
	costs := s.costs(t.heads)
	least := 1 << 30
	for a := shift; a <= right; a++ {
		if s.legal(a) {
			least = min(least, costs[a])
		}
	}
	gold, found := shift, false
	for a := shift; a <= right; a++ {
		if s.legal(a) && costs[a] == least && (!found || scores[a] > scores[gold]) {
			gold, found = a, true
		}
	}
	g.actions.Tick()
	if costs[predicted] > least {
		g.actions.Update(keys, int(gold), 1)
		g.actions.Update(keys, int(predicted), -1)
	}
	if g.epoch >= 1 && g.rng.Float64() < explore {
		return predicted
	}
	return gold
}

// relation learns from the choice of the relation of an arc and returns the one to follow.
func (g *greedyTraining) relation(t *Sample, a action) uint8 {
	h, d := g.state.arc(a)
	v := g.state.arcView(h, d)
	keys := relationKeys(&g.features, &t.Input, &v)
	label := g.relations.choose(keys, a == right, g.scores)
	if t.heads[d] != h {
		return label
	}
	g.choices.Tick()
	if gold := t.labels[d]; label != gold {
		g.choices.Update(keys, int(gold), int(label))
		if g.epoch == 0 {
			return gold
		}
	}
	return label
}

// Relations freezes the relations: features with fewer than least updates are left out, weights scaled so that limit is 127. From then on
// the trainer uses the frozen model itself.
func (t *Trainer) Relations(least int, limit, load float64) (image []byte, note string, err error) {
	image = t.relations.appendHeader(nil)
	image, note = t.choices.AppendImage(image, least, limit, load)
	frozen, err := ReadRelations(image)
	if err != nil {
		return nil, "", err
	}
	t.relations.model = frozen.model
	return image, note, nil
}

// patience is the number of steps that a search goes on after the gold history fell out of the beam.
const patience = 12

// Beam trains the action model of the beam parser, with the frozen relations: structured perceptron, updated at the largest violation
// (Huang, Fayong and Guo 2012). After each epoch it calls done, which may be nil.
func (t *Trainer) Beam(width, epochs int, seed uint64, done func(epoch int, actions *perceptron.DenseTrainer)) *perceptron.DenseTrainer {
	actions := perceptron.NewDenseTrainer(2)
	rng := rand.New(rand.NewPCG(seed, 3))
	order := rng.Perm(len(t.samples))
	g := beamTraining{Trainer: t, actions: actions, width: width}
	for epoch := range epochs {
		rng.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		for _, i := range order {
			g.sentence(&t.samples[i])
		}
		if done != nil {
			done(epoch, actions)
		}
	}
	return actions
}

type beamTraining struct {
	*Trainer
	actions         *perceptron.DenseTrainer
	width           int
	beam            beam
	gold            state
	bad             []action
	goldPath        []action
	features        perceptron.Features
	replayA, replay state
}

func (g *beamTraining) sentence(t *Sample) {
	b, x, n := &g.beam, &t.Input, t.Input.n
	b.start(g.width, n, len(g.relations.labels))
	g.gold.reset(n)
	g.goldPath = g.goldPath[:0]
	goldItem, goldScore := 0, int32(0)
	worst, length, last, out := int32(-1), 0, int32(0), 0
	for i := range 2 * n {
		a := g.oracle(t)
		if !g.gold.atRoot() && len(g.gold.stack) > 0 {
			goldScore += b.score(g.actions, x, &g.gold)[a]
		}
		b.advance(g.actions, g.relations, x, g.width)
		next := -1
		for j, c := range b.candidates {
			if c.item == goldItem && c.action == a {
				next = j
			}
		}
		goldItem = next
		g.goldPath = append(g.goldPath, a)
		b.do(g.relations, x, &g.gold, a)
		if goldItem < 0 || i == 2*n-1 && goldItem != 0 {
			if d := b.now[0].score - goldScore; d > worst {
				worst, length, last = d, i+1, b.now[0].step
			}
			if out++; out > patience {
				break
			}
		}
	}
	g.actions.Tick()
	if worst >= 0 {
		g.bad = b.history(g.bad, last)
		g.update(x, g.goldPath[:length], g.bad)
	}
}

// oracle is an action that loses no more gold arcs than any other.
func (g *beamTraining) oracle(t *Sample) action {
	s := &g.gold
	switch {
	case s.atRoot() && s.legal(reduce):
		return reduce
	case s.atRoot():
		return left
	case len(s.stack) == 0:
		return shift
	}
	costs := s.costs(t.heads)
	chosen, least := shift, 1<<30
	for _, a := range [...]action{left, right, reduce, shift} {
		if s.legal(a) && costs[a] < least {
			chosen, least = a, costs[a]
		}
	}
	return chosen
}

// update rewards the features of the good history and punishes those of the bad from where they part.
func (g *beamTraining) update(x *Input, good, bad []action) {
	same := 0
	for same < len(good) && good[same] == bad[same] {
		same++
	}
	g.replayA.reset(x.n)
	for _, a := range good[:same] {
		g.beam.do(g.relations, x, &g.replayA, a)
	}
	for _, path := range [...]struct {
		actions []action
		by      int16
	}{{good[same:], 1}, {bad[same:], -1}} {
		s := &g.replay
		s.copyFrom(&g.replayA)
		for _, a := range path.actions {
			if !s.atRoot() && len(s.stack) > 0 {
				v := s.view()
				g.actions.Update(actionKeys(&g.features, x, &v), int(a), path.by)
			}
			g.beam.do(g.relations, x, s, a)
		}
	}
}
