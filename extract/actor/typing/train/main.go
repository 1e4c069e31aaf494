// Train learns the model that tells names of persons, places and organisations apart:
//
//	go run ./extract/actor/typing/train -treebanks ../shared/treebanks -out extract/actor/typing/weights/names.bin
//
// It is an averaged perceptron over the runs of proper nouns that the resolver asks the model about, each seen with and without its tree. At
// every second example the features that tell the words themselves are left out, so that the model learns to do with what stands around.
// The same input gives the same bytes. The sets that scores are measured on (GUM dev and test, PUD) are not read.
package main

import (
	"flag"
	"log"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"

	"entente/extract/actor"
	"entente/extract/actor/typing"
	"entente/extract/actor/typing/gold"
	"entente/extract/parse"
)

// margin is how far the right type must be ahead in training.
const margin = 2

type example struct {
	features typing.Features
	identity int
	want     typing.Type
}

func main() {
	bank := flag.String("treebanks", filepath.Join("..", "shared", "treebanks"), "`folder` of the treebanks gum, uner and wikigold")
	out := flag.String("out", filepath.Join("extract", "actor", "typing", "weights", "names.bin"), "`file` to write")
	epochs := flag.Int("epochs", 5, "`rounds` of training")
	models := flag.Int("models", 8, "`number` of models whose mean is taken")
	flag.Parse()
	log.SetFlags(0)
	examples, err := read(*bank)
	if err != nil {
		log.Fatal("train: ", err)
	}
	if err := os.WriteFile(*out, train(examples, *epochs, *models), 0o644); err != nil {
		log.Fatal("train: ", err)
	}
	log.Printf("%d examples", len(examples))
}

// read makes the examples of the training parts.
func read(bank string) ([]example, error) {
	var all []gold.Sentence
	for _, part := range []func() ([]gold.Sentence, error){
		func() ([]gold.Sentence, error) {
			return gold.GUM(filepath.Join(bank, "gum", "en_gum-open-train.conllu.gz"))
		},
		func() ([]gold.Sentence, error) {
			return gold.IOB(filepath.Join(bank, "uner", "en_ewt-ud-dev.iob2.gz"), 1, 2, "\t")
		},
		func() ([]gold.Sentence, error) {
			return gold.IOB(filepath.Join(bank, "uner", "en_ewt-ud-test.iob2.gz"), 1, 2, "\t")
		},
		func() ([]gold.Sentence, error) {
			return gold.IOB(filepath.Join(bank, "wikigold", "wikigold.conll.txt.gz"), 0, 1, " ")
		},
	} {
		sentences, err := part()
		if err != nil {
			return nil, err
		}
		all = append(all, sentences...)
	}
	r, err := actor.New(actor.Options{})
	if err != nil {
		return nil, err
	}
	p, err := parse.Load(parse.Options{})
	if err != nil {
		return nil, err
	}
	var out []example
	gold.Documents(all, func(g []gold.Sentence) {
		doc := gold.Doc(g)
		for _, trees := range []bool{false, true} {
			for i := range doc.Sentences {
				if trees {
					p.Parse(&doc.Sentences[i])
				} else {
					p.Tag(&doc.Sentences[i])
				}
			}
			for _, c := range r.Candidates(doc) {
				out = append(out, example{c.Features, c.Identity, typeOf(g[c.Sentence].Names, c.First, c.Last)})
			}
		}
	})
	return out, nil
}

// typeOf is the type of the first name that shares a token with the run.
func typeOf(names []gold.Name, first, last int) typing.Type {
	if i := slices.IndexFunc(names, func(n gold.Name) bool { return first < n.Last && n.First < last }); i >= 0 {
		return names[i].Type
	}
	return typing.Other
}

// train learns models in different orders, and scales their mean to signed bytes.
func train(examples []example, epochs, models int) []byte {
	mean := make([]float64, typing.Buckets*typing.Types)
	for seed := range models {
		for i, w := range learn(examples, epochs, uint64(seed+1)) {
			mean[i] += w / float64(models)
		}
	}
	largest := 0.0
	for _, w := range mean {
		largest = max(largest, math.Abs(w))
	}
	scale := 127 / min(max(largest, 1), 12)
	image := make([]byte, len(mean))
	for i, w := range mean {
		image[i] = byte(int8(max(-127, min(127, math.Round(w*scale)))))
	}
	return image
}

// learn is the averaged perceptron of one order of the examples.
func learn(examples []example, epochs int, seed uint64) []float64 {
	weights, sums := make([]float64, typing.Buckets*typing.Types), make([]float64, typing.Buckets*typing.Types)
	rng := rand.New(rand.NewPCG(seed, 1))
	now := 1.0
	for range epochs {
		for _, i := range rng.Perm(len(examples)) {
			x := &examples[i]
			f := x.features
			if rng.IntN(2) == 0 {
				f = f[:x.identity]
			}
			if got := guess(weights, f, x.want); got != x.want {
				for _, k := range f {
					right, wrong := int(k)*typing.Types+int(x.want), int(k)*typing.Types+int(got)
					weights[right]++
					sums[right] += now
					weights[wrong]--
					sums[wrong] -= now
				}
			}
			now++
		}
	}
	for i := range weights {
		weights[i] -= sums[i] / now
	}
	return weights
}

// guess is the type of the highest score, the wanted one only where it leads by the margin.
func guess(weights []float64, f typing.Features, want typing.Type) typing.Type {
	var s [typing.Types]float64
	for _, k := range f {
		for t := range s {
			s[t] += weights[int(k)*typing.Types+t]
		}
	}
	s[want] -= margin
	best := typing.Type(0)
	for t := range s {
		if s[t] > s[best] {
			best = typing.Type(t)
		}
	}
	return best
}
