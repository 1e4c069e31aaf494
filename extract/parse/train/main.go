// Command train makes the weights of package parse from treebanks in CoNLL-U: tagger, lemmas, labels, and two action models, one trained
// greedily and one by beam search. The same input gives the same bytes. Run by go generate in extract/parse; about a quarter of an hour on
// one core.
package main

import (
	"flag"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"strings"

	"entente/extract/parse/arceager"
	"entente/extract/parse/conllu"
	"entente/extract/parse/lemmas"
	"entente/extract/parse/perceptron"
	"entente/extract/parse/tagging"
	"entente/extract/parse/words"
)

// files are what is trained on: the training parts of UD English EWT and of the genres of GUM whose texts are open.
var files = []string{"ewt/en_ewt-ud-train.conllu.gz", "gum/en_gum-open-train.conllu.gz"}

const (
	folds        = 5 // of the tagger, so that the parser learns from tags as wrong as those it will meet
	foldEpochs   = 4
	taggerEpochs = 6
	seed         = 1
	beamWidth    = 8
	fill         = 0.75 // of the places of a table
)

func main() {
	treebanks := flag.String("treebanks", "../../../shared/treebanks", "folder of the treebanks")
	out := flag.String("out", "model", "folder for the weights")
	greedyEpochs := flag.Int("greedy", 12, "epochs of the greedy model")
	beamEpochs := flag.Int("beam", 10, "epochs of the beam model, 0 for none")
	least := flag.Int("least", 14, "updates that a feature of the beam model needs to be kept")
	flag.Parse()
	if err := run(*treebanks, *out, *greedyEpochs, *beamEpochs, *least); err != nil {
		log.Fatal(err)
	}
}

func run(treebanks, out string, greedyEpochs, beamEpochs, least int) error {
	var sentences []conllu.Sentence
	for _, f := range files {
		ss, err := conllu.ReadFile(filepath.Join(treebanks, f))
		if err != nil {
			return err
		}
		sentences = append(sentences, ss...)
	}
	write := func(name string, image []byte, note string) error {
		fmt.Println(name, note)
		return os.WriteFile(filepath.Join(out, name), image, 0o644)
	}
	c := collect(sentences)
	if err := write("lemmas.tsv", []byte(lemmas.Learn(c.lemmas)), ""); err != nil {
		return err
	}
	image, note := tagging.Train(c.tags, c.names, tagging.Training{Epochs: taggerEpochs, Seed: seed, Least: 3})
	if err := write("tagger.bin", image, note); err != nil {
		return err
	}
	guessed, err := jackknife(c)
	if err != nil {
		return err
	}
	t, err := arceager.NewTrainer(samples(c, guessed), c.trees)
	if err != nil {
		return err
	}
	progress := func(e int, _ *perceptron.DenseTrainer) { fmt.Println("epoch", e+1) }
	greedy := t.Greedy(greedyEpochs, seed, progress)
	if image, note, err = t.Relations(4, 1e9, fill); err != nil {
		return err
	}
	if err := write("relations.bin", image, note); err != nil {
		return err
	}
	image, note = greedy.AppendImage(nil, 8, fill)
	if err := write("greedy.bin", image, note); err != nil {
		return err
	}
	if beamEpochs == 0 {
		return nil
	}
	image, note = t.Beam(beamWidth, beamEpochs, seed, progress).AppendImage(nil, least, fill)
	return write("beam.bin", image, note)
}

// corpus is what the models learn from, sentence by sentence.
type corpus struct {
	names  []string // of tags, by number
	tags   []tagging.Sample
	lemmas []lemmas.Sample
	trees  []arceager.Tree
}

func collect(sentences []conllu.Sentence) *corpus {
	c := &corpus{}
	number := map[string]uint8{}
	var lexicon words.Lexicon
	for _, s := range sentences {
		var t tagging.Sample
		var tree arceager.Tree
		for _, k := range s.Tokens {
			tag := k.UPOS + "|" + k.XPOS
			if _, ok := number[tag]; !ok {
				number[tag] = uint8(len(c.names))
				c.names = append(c.names, tag)
			}
			t.Forms = append(t.Forms, k.Form)
			t.Words = append(t.Words, lexicon.Analyze(k.Form))
			t.Tags = append(t.Tags, number[tag])
			tree.Heads = append(tree.Heads, k.Head)
			tree.Labels = append(tree.Labels, k.Label)
			c.lemmas = append(c.lemmas, lemmas.Sample{Form: k.Form, XPOS: k.XPOS, Lemma: k.Lemma})
		}
		c.tags = append(c.tags, t)
		c.trees = append(c.trees, tree)
	}
	return c
}

// jackknife tags each fifth of the corpus with a model of the other four.
func jackknife(c *corpus) ([][]uint8, error) {
	n := len(c.tags)
	guessed := make([][]uint8, n)
	for f := range folds {
		from, to := n*f/folds, n*(f+1)/folds
		var rest []tagging.Sample
		rest = append(append(rest, c.tags[:from]...), c.tags[to:]...)
		image, _ := tagging.Train(rest, c.names, tagging.Training{Epochs: foldEpochs, Seed: seed, Least: 3})
		m, err := tagging.Read(image)
		if err != nil {
			return nil, err
		}
		for i := from; i < to; i++ {
			guessed[i] = make([]uint8, len(c.tags[i].Forms))
			m.Tag(c.tags[i].Forms, c.tags[i].Words, guessed[i], &tagging.Scratch{})
		}
		fmt.Println("fold", f+1, "of", folds)
	}
	return guessed, nil
}

func samples(c *corpus, guessed [][]uint8) []arceager.Sample {
	out := make([]arceager.Sample, len(c.tags))
	for i, t := range c.tags {
		tags := make([]arceager.Tag, len(t.Forms))
		for j, g := range guessed[i] {
			upos, xpos, _ := strings.Cut(c.names[g], "|")
			tags[j] = arceager.NewTag(upos, xpos)
		}
		out[i].Input.Set(t.Words, tags)
	}
	return out
}
