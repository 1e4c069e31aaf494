package arceager

import (
	"math/rand/v2"
	"sync"

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

// Relate trains the relations, each time along with the actions of a greedy parser: models times, with the seeds from seed on, and adds the
// models up. done, which may be nil, is called after each epoch of each model, from several goroutines.
func (t *Trainer) Relate(epochs, models int, seed uint64, done func(model, epoch int)) {
	all := make([]*perceptron.SparseTrainer, models)
	each(models, func(i int) {
		g := newGreedy(t, seed+uint64(i))
		g.run(epochs, func(epoch int) { report(done, i, epoch) })
		all[i] = g.choices
	})
	t.choices = all[0]
	for _, o := range all[1:] {
		t.choices.Merge(o)
	}
}

// each runs f for the numbers below n at the same time.
func each(n int, f func(int)) {
	var wg sync.WaitGroup
	for i := range n {
		wg.Go(func() { f(i) })
	}
	wg.Wait()
}

func report(done func(model, epoch int), model, epoch int) {
	if done != nil {
		done(model, epoch)
	}
}

type greedyTraining struct {
	samples   []Sample
	relations *Relations
	choices   *perceptron.SparseTrainer
	actions   *perceptron.DenseTrainer
	rng       *rand.Rand
	epoch     int
	state     state
	features  perceptron.Features
	scores    []int32
}

func newGreedy(t *Trainer, seed uint64) *greedyTraining {
	r := *t.relations
	g := &greedyTraining{
		samples: t.samples, relations: &r,
		choices: perceptron.NewSparseTrainer(len(r.labels), 2), actions: perceptron.NewDenseTrainer(2),
		rng: rand.New(rand.NewPCG(seed, 2)), scores: make([]int32, len(r.labels)),
	}
	r.model = g.choices
	return g
}

func (g *greedyTraining) run(epochs int, done func(epoch int)) {
	order := g.rng.Perm(len(g.samples))
	for g.epoch = range epochs {
		g.rng.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		for _, i := range order {
			g.sentence(&g.samples[i])
		}
		done(g.epoch)
	}
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
	predicted := s.best(scores)
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

// Relations freezes the relations: features with fewer than least updates are left out. From then on the trainer uses the
// frozen model itself.
func (t *Trainer) Relations(least int, load float64) (image []byte, note string, err error) {
	image = t.relations.appendHeader(nil)
	image, note = t.choices.AppendImage(image, least, load)
	frozen, err := ReadRelations(image)
	if err != nil {
		return nil, "", err
	}
	t.relations.model = frozen.model
	return image, note, nil
}

// patience is the number of steps that a search goes on after the gold history fell out of the beam.
const patience = 12

// Beam trains the actions of the beam parser with the frozen relations: structured perceptron, updated at the largest violation (Huang,
// Fayong and Guo 2012); models times, with the seeds from seed on, and adds the models up. done is as in Relate.
func (t *Trainer) Beam(width, epochs, models int, seed uint64, done func(model, epoch int)) *perceptron.DenseTrainer {
	all := make([]*perceptron.DenseTrainer, models)
	each(models, func(i int) {
		rng := rand.New(rand.NewPCG(seed+uint64(i), 3))
		order := rng.Perm(len(t.samples))
		g := beamTraining{relations: t.relations, actions: perceptron.NewDenseTrainer(2), width: width}
		for epoch := range epochs {
			rng.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
			for _, n := range order {
				g.sentence(&t.samples[n])
			}
			report(done, i, epoch)
		}
		all[i] = g.actions
	})
	for _, o := range all[1:] {
		all[0].Merge(o)
	}
	return all[0]
}

type beamTraining struct {
	relations       *Relations
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
