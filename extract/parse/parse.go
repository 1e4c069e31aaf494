// Package parse gives each token of a sentence its part of speech and lemma, and the sentence its dependency tree, with models trained on
// UD English treebanks and embedded in the program (folder model, licensed on its own).
//
//  1. tagging   an averaged perceptron reads the joint tag UPOS|XPOS from left to right
//  2. lemmas    a table of exceptions and suffix rules learnt from the same treebanks, and one of irregular verbs
//  3. arceager  a transition parser (arc-eager, dynamic oracle of Goldberg and Nivre 2012) builds the tree; a second perceptron labels it
//
// train makes the models.
package parse

//go:generate go run ./train

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"sync"
	"unicode/utf8"

	"entente/extract"
	"entente/extract/parse/arceager"
	"entente/extract/parse/lemmas"
	"entente/extract/parse/perceptron"
	"entente/extract/parse/tagging"
	"entente/extract/parse/words"
)

//go:embed model
var model embed.FS

// maxTokens is the length of a sentence, in tokens, beyond which no tree is built: each token then hangs on the one before. News sentences
// are far shorter; what is longer is a table or a list.
const maxTokens = 400

// beamWidth is how many partial trees the better model follows.
const beamWidth = 8

// Options choose the model; the zero value is the fast one.
type Options struct {
	// Best parses by beam search: better trees at about a quarter of the speed.
	Best bool
}

// Parser tags and parses. It is safe for concurrent use.
type Parser struct {
	weights *weights
	actions *perceptron.Dense
	width   int // of the beam, 1 for greedy
	pool    sync.Pool
}

// weights are the models that all parsers share.
type weights struct {
	lexicon   words.Lexicon
	tagger    *tagging.Model
	lemmas    *lemmas.Model
	relations *arceager.Relations
	greedy    *perceptron.Dense
	beam      *perceptron.Dense // nil where it was not trained
}

var loaded = sync.OnceValues(load)

func load() (*weights, error) {
	w := &weights{}
	read := func(name string) []byte {
		b, err := model.ReadFile("model/" + name)
		if err != nil {
			return nil
		}
		return b
	}
	var err error
	if w.tagger, err = tagging.Read(read("tagger.bin")); err != nil {
		return nil, fmt.Errorf("parse: tagger: %w", err)
	}
	if w.lemmas, err = lemmas.Read(string(read("lemmas.tsv"))); err != nil {
		return nil, fmt.Errorf("parse: lemmas: %w", err)
	}
	if w.relations, err = arceager.ReadRelations(read("relations.bin")); err != nil {
		return nil, fmt.Errorf("parse: relations: %w", err)
	}
	if w.greedy, _, err = perceptron.ReadDense(read("greedy.bin")); err != nil {
		return nil, fmt.Errorf("parse: actions: %w", err)
	}
	if _, err := fs.Stat(model, "model/beam.bin"); errors.Is(err, fs.ErrNotExist) {
		return w, nil
	}
	if w.beam, _, err = perceptron.ReadDense(read("beam.bin")); err != nil {
		return nil, fmt.Errorf("parse: actions of the beam: %w", err)
	}
	return w, nil
}

// Load reads the embedded weights, once for all parsers. Its error is a defect of the build.
func Load(o Options) (*Parser, error) {
	w, err := loaded()
	if err != nil {
		return nil, err
	}
	p := &Parser{weights: w, actions: w.greedy, width: 1}
	if o.Best && w.beam != nil {
		p.actions, p.width = w.beam, beamWidth
	}
	p.pool.New = func() any { return &scratch{} }
	return p, nil
}

// scratch is what one sentence needs and the next can use again.
type scratch struct {
	forms   []string
	words   []words.Word
	numbers []uint8
	tags    []arceager.Tag
	input   arceager.Input
	arcs    []arceager.Arc
	tagging tagging.Scratch
	parsing arceager.Scratch
}

// set enters the forms of a sentence. A sentence in capitals, such as a headline of the wire, is read as if it were written in lower case
// with its names as they are usually written.
func (sc *scratch) set(p *Parser, s *extract.Sentence) {
	sc.forms, sc.words = sc.forms[:0], sc.words[:0]
	capitals := shouted(s)
	for i := range s.Tokens {
		form := s.Tokens[i].Text
		if capitals {
			form = unshout(form, i == 0)
		}
		sc.forms = append(sc.forms, form)
		sc.words = append(sc.words, p.weights.lexicon.Analyze(form))
	}
}

// shouted reports whether a sentence of three words or more has no lower-case letter.
func shouted(s *extract.Sentence) bool {
	n := 0
	for i := range s.Tokens {
		t := s.Tokens[i].Text
		if strings.ToUpper(t) != t {
			return false
		}
		if strings.ToLower(t) != t {
			n++
		}
	}
	return n >= 3
}

// unshout writes a word in capitals as a name: most words of such headlines are, and the tagger reads a common noun with a capital better
// than a name without.
func unshout(form string, first bool) string {
	if strings.Contains(form, ".") || len(form) < 3 && !first {
		return form
	}
	lower := strings.ToLower(form)
	if functionWords[lower] {
		return lower
	}
	_, size := utf8.DecodeRuneInString(form)
	return form[:size] + strings.ToLower(form[size:])
}

var functionWords = func() map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq("a an and as at by for from in into is it its may not of off on or over says say said seen sees set than that the to under up urges warns was were will with without would after against before calls denies hits hopes plans plan rejects") {
		m[w] = true
	}
	return m
}()

// Tag sets UPOS, XPOS and Lemma of every token.
func (p *Parser) Tag(s *extract.Sentence) {
	if len(s.Tokens) == 0 {
		return
	}
	sc := p.pool.Get().(*scratch)
	defer p.pool.Put(sc)
	sc.set(p, s)
	sc.numbers = append(sc.numbers[:0], make([]uint8, len(s.Tokens))...)
	p.weights.tagger.Tag(sc.forms, sc.words, sc.numbers, &sc.tagging)
	names := p.weights.tagger.Tags()
	for i, n := range sc.numbers {
		t := &s.Tokens[i]
		t.UPOS, t.XPOS, _ = strings.Cut(names[n], "|")
		t.Lemma = p.weights.lemmas.Lemma(sc.forms[i], t.XPOS, false)
	}
}

// Parse sets Head and Label of every token, and Margin; the sentence must be tagged. There is one root, no cycle, and every token hangs on
// it. A sentence of more than 400 tokens gets a chain, with Margin 0.
func (p *Parser) Parse(s *extract.Sentence) {
	n := len(s.Tokens)
	if n == 0 {
		return
	}
	s.Parsed = true
	if n > maxTokens {
		chain(s)
		return
	}
	sc := p.pool.Get().(*scratch)
	defer p.pool.Put(sc)
	sc.set(p, s)
	sc.tags = sc.tags[:0]
	for i := range s.Tokens {
		sc.tags = append(sc.tags, arceager.NewTag(s.Tokens[i].UPOS, s.Tokens[i].XPOS))
	}
	sc.input.Set(sc.words, sc.tags)
	var sure arceager.Confidence
	if p.width > 1 {
		sc.arcs, sure = p.weights.relations.Beam(p.actions, &sc.input, p.width, sc.arcs[:0], &sc.parsing)
	} else {
		sc.arcs, sure = p.weights.relations.Greedy(p.actions, &sc.input, sc.arcs[:0], &sc.parsing)
	}
	labels := p.weights.relations.Labels()
	for i, a := range sc.arcs {
		s.Tokens[i].Head, s.Tokens[i].Label = a.Head, labels[a.Label]
	}
	s.Margin = margin(sure)
}

func chain(s *extract.Sentence) {
	for i := range s.Tokens {
		s.Tokens[i].Head, s.Tokens[i].Label = i-1, "dep"
	}
	s.Tokens[0].Label = "root"
	s.Margin = 0
}
