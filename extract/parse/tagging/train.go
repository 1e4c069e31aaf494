package tagging

import (
	"encoding/binary"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"sync"

	"entente/extract/parse/perceptron"
	"entente/extract/parse/words"
)

// Sample is a sentence to learn from.
type Sample struct {
	Forms []string
	Words []words.Word
	Tags  []uint8 // numbers in the set of tags
}

// Training are the settings of Train.
type Training struct {
	Epochs int
	Seed   uint64
	Models int // so many are trained, with the seeds from Seed on, and added up; 0 is one
	Least  int // updates that a feature needs to be kept, in all models together
}

// A word is certain that was seen so often with one tag in so many of the cases.
const (
	certainCount = 20
	certainShare = 0.995
)

// fill is the share of the places of the table that are taken.
const fill = 0.9

// Train learns a tagger and returns its image, which Read reads, and a line on its size.
func Train(samples []Sample, tags []string, o Training) (image []byte, note string) {
	certain := certainWords(samples)
	models := make([]*perceptron.SparseTrainer, max(1, o.Models))
	var wg sync.WaitGroup
	for i := range models {
		wg.Go(func() { models[i] = train(samples, len(tags), certain, o.Epochs, o.Seed+uint64(i)) })
	}
	wg.Wait()
	weights := models[0]
	for _, m := range models[1:] {
		weights.Merge(m)
	}
	image = binary.AppendUvarint(nil, uint64(len(tags)))
	for _, t := range tags {
		image = appendText(image, t)
	}
	image = binary.AppendUvarint(image, uint64(len(certain)))
	for _, w := range slices.Sorted(maps.Keys(certain)) {
		image = binary.AppendUvarint(appendText(image, w), uint64(certain[w]))
	}
	image, note = weights.AppendImage(image, o.Least, fill)
	return image, fmt.Sprintf("%d tags, %d certain words, %s", len(tags), len(certain), note)
}

// train learns a model.
func train(samples []Sample, tags int, certain map[string]uint8, epochs int, seed uint64) *perceptron.SparseTrainer {
	weights := perceptron.NewSparseTrainer(tags, 1)
	rng := rand.New(rand.NewPCG(seed, 1))
	order := rng.Perm(len(samples))
	begin, end := words.Begin(), words.End()
	var features perceptron.Features
	scores := make([]int32, tags)
	for range epochs {
		rng.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		for _, n := range order {
			s := &samples[n]
			t1, t2 := noTag, noTag
			for i, form := range s.Forms {
				tag, ok := certain[form]
				if !ok {
					ks := keys(&features, s.Words, i, t1, t2, &begin, &end)
					weights.Score(ks, scores)
					tag = best(scores)
					weights.Tick()
					if gold := s.Tags[i]; tag != gold {
						weights.Update(ks, int(gold), int(tag))
					}
				}
				t1, t2 = uint64(tag)+1, t1
			}
		}
	}
	return weights
}

func appendText(dst []byte, s string) []byte {
	return append(binary.AppendUvarint(dst, uint64(len(s))), s...)
}

func certainWords(samples []Sample) map[string]uint8 {
	counts := map[string]map[uint8]int{}
	for _, s := range samples {
		for i, f := range s.Forms {
			if counts[f] == nil {
				counts[f] = map[uint8]int{}
			}
			counts[f][s.Tags[i]]++
		}
	}
	certain := map[string]uint8{}
	for f, c := range counts {
		total := 0
		for _, n := range c {
			total += n
		}
		for tag, n := range c {
			if total >= certainCount && float64(n) >= certainShare*float64(total) {
				certain[f] = tag
			}
		}
	}
	return certain
}
