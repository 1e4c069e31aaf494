// Command train makes the weights of package parse: a lexicon of word clusters from plain texts, and from treebanks in CoNLL-U the tagger,
// lemmas, labels and actions. The same input gives the same bytes on one architecture. Run by go generate in extract/parse; some minutes.
package main

import (
	"flag"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"entente/extract/parse/arceager"
	"entente/extract/parse/conllu"
	"entente/extract/parse/lemmas"
	"entente/extract/parse/tagging"
	"entente/extract/parse/words"
)

// files are what is trained on: UD English EWT and the genres of GUM whose texts are open, without their test parts. Settings were chosen on
// the development parts while only the training parts were trained on.
var files = []string{
	"ewt/en_ewt-ud-train.conllu.gz", "gum/en_gum-open-train.conllu.gz", "ewt/en_ewt-ud-dev.conllu.gz", "gum/en_gum-open-dev.conllu.gz",
}

const (
	folds        = 5 // of the tagger, so that the parser learns from tags as wrong as those it will meet
	foldEpochs   = 4
	taggerEpochs = 6
	seed         = 1
	beamWidth    = 8
	fill         = 0.9 // of the places of a table
)

// settings are the flags.
type settings struct {
	shared, out                  string
	models                       int
	relationEpochs, actionEpochs int
	taggerLeast, relationLeast   int
	bytes                        int
}

func main() {
	var o settings
	flag.StringVar(&o.shared, "shared", "../../../shared", "folder with the treebanks and the corpora")
	flag.StringVar(&o.out, "out", "model", "folder for the weights")
	flag.IntVar(&o.models, "models", 2, "models that are trained in different orders and added up")
	flag.IntVar(&o.relationEpochs, "relations", 8, "epochs of the relations")
	flag.IntVar(&o.actionEpochs, "actions", 8, "epochs of the actions")
	flag.IntVar(&o.taggerLeast, "tagger-least", 5, "updates that a feature of the tagger needs to be kept, in all models together")
	flag.IntVar(&o.relationLeast, "relation-least", 6, "the same for the relations")
	flag.IntVar(&o.bytes, "bytes", 15_000_000, "size of all weights; of the actions, the features with the most updates are kept")
	flag.Parse()
	if err := run(o); err != nil {
		log.Fatal(err)
	}
}

func run(o settings) error {
	sentences, err := readTreebanks(o.shared, files)
	if err != nil {
		return err
	}
	total := 0
	write := func(name string, image []byte, note string) error {
		fmt.Println(name, note)
		total += len(image)
		return os.WriteFile(filepath.Join(o.out, name), image, 0o644)
	}
	raw, err := readTexts(filepath.Join(o.shared, "corpora"))
	if err != nil {
		return err
	}
	image, note := learnLexicon(slices.Concat(raw, formsOf(sentences)))
	if err := write("lexicon.bin", image, note); err != nil {
		return err
	}
	lexicon, err := words.ReadLexicon(image)
	if err != nil {
		return err
	}
	c := collect(sentences, lexicon)
	image, note = tagging.Train(c.tags, c.names, tagging.Training{Epochs: taggerEpochs, Seed: seed, Models: o.models, Least: o.taggerLeast})
	if err := write("tagger.bin", image, note); err != nil {
		return err
	}
	verbs, err := verbsOf(raw, c.lemmas, image, lexicon)
	if err != nil {
		return err
	}
	if err := write("lemmas.tsv", []byte(lemmas.Learn(c.lemmas, verbs)), fmt.Sprint(len(verbs), " verbs")); err != nil {
		return err
	}
	t, err := trainRelations(c, o, write)
	if err != nil {
		return err
	}
	actions := t.Beam(beamWidth, o.actionEpochs, o.models, seed, progress)
	for least := 2; ; least++ {
		if image, note = actions.AppendImage(nil, least, fill); len(image) <= o.bytes-total || least == 255 {
			return write("actions.bin", image, fmt.Sprint(least, " updates at least, ", note))
		}
	}
}

func progress(model, epoch int) { fmt.Println("model", model+1, "epoch", epoch+1) }

// trainRelations trains the relations and returns the trainer for the actions.
func trainRelations(c *material, o settings, write func(name string, image []byte, note string) error) (*arceager.Trainer, error) {
	guessed, err := jackknife(c)
	if err != nil {
		return nil, err
	}
	t, err := arceager.NewTrainer(samples(c, guessed), c.trees)
	if err != nil {
		return nil, err
	}
	t.Relate(o.relationEpochs, o.models, seed, progress)
	image, note, err := t.Relations(o.relationLeast, fill)
	if err != nil {
		return nil, err
	}
	return t, write("relations.bin", image, note)
}

func readTreebanks(shared string, files []string) ([]conllu.Sentence, error) {
	var sentences []conllu.Sentence
	for _, f := range files {
		ss, err := conllu.ReadFile(filepath.Join(shared, "treebanks", f))
		if err != nil {
			return nil, err
		}
		sentences = append(sentences, ss...)
	}
	return sentences, nil
}

// material is what the models learn from, sentence by sentence.
type material struct {
	names  []string // of tags, by number
	tags   []tagging.Sample
	lemmas []lemmas.Sample
	trees  []arceager.Tree
}

func collect(sentences []conllu.Sentence, lexicon *words.Lexicon) *material {
	c := &material{}
	number := map[string]uint8{}
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

// jackknife tags each fifth of the material with a model of the other four.
func jackknife(c *material) ([][]uint8, error) {
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

func samples(c *material, guessed [][]uint8) []arceager.Sample {
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
