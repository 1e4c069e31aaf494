// Package parse gives each token of a sentence its part of speech and lemma, and the sentence its dependency tree, with models trained on
// UD English treebanks and embedded in the program (folder model, licensed on its own).
//
//  1. tagging   an averaged perceptron reads the joint tag UPOS|XPOS from left to right
//  2. lemmas    a table of exceptions and suffix rules learnt from the same treebanks, and one of irregular verbs
//  3. arceager  a transition parser (arc-eager, beam search) builds the tree; a second perceptron labels it
//
// A lexicon learnt from plain text (words, clusters) tells them of words that the treebanks lack.
//
// train makes the models.
package parse

//go:generate go run ./train

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"sync"

	"entente/extract"
	"entente/extract/parse/arceager"
	"entente/extract/parse/lemmas"
	"entente/extract/parse/perceptron"
	"entente/extract/parse/tagging"
	"entente/extract/parse/words"
)

// The weights, read in place.
var (
	//go:embed model/lexicon.bin
	lexiconImage []byte
	//go:embed model/tagger.bin
	taggerImage []byte
	//go:embed model/lemmas.tsv
	lemmasTable string
	//go:embed model/relations.bin
	relationsImage []byte
	//go:embed model/actions.bin
	actionsImage []byte
)

// maxTokens is the length of a sentence, in tokens, beyond which no tree is built: each token then hangs on the one before. News sentences
// are far shorter; what is longer is a table or a list.
const maxTokens = 400

// How many partial trees the parser follows.
const (
	fastWidth = 2
	bestWidth = 8
)

// Options choose between speed and care; the zero value is the fast parser.
type Options struct {
	// Best follows more partial trees: better trees at a third of the speed.
	Best bool
}

// Parser tags and parses. It is safe for concurrent use.
type Parser struct {
	weights *weights
	width   int // of the beam
	pool    sync.Pool
}

// weights are the models that all parsers share.
type weights struct {
	lexicon   *words.Lexicon
	tagger    *tagging.Model
	lemmas    *lemmas.Model
	relations *arceager.Relations
	actions   *perceptron.Dense
}

var loaded = sync.OnceValues(load)

func load() (*weights, error) {
	w := &weights{}
	var err error
	if w.lexicon, err = words.ReadLexicon(lexiconImage); err != nil {
		return nil, fmt.Errorf("parse: lexicon: %w", err)
	}
	if w.tagger, err = tagging.Read(taggerImage); err != nil {
		return nil, fmt.Errorf("parse: tagger: %w", err)
	}
	if w.lemmas, err = lemmas.Read(lemmasTable); err != nil {
		return nil, fmt.Errorf("parse: lemmas: %w", err)
	}
	if w.relations, err = arceager.ReadRelations(relationsImage); err != nil {
		return nil, fmt.Errorf("parse: relations: %w", err)
	}
	if w.actions, _, err = perceptron.ReadDense(actionsImage); err != nil {
		return nil, fmt.Errorf("parse: actions: %w", err)
	}
	return w, nil
}

// Load reads the embedded weights, once for all parsers. Its error is a defect of the build.
func Load(o Options) (*Parser, error) {
	w, err := loaded()
	if err != nil {
		return nil, err
	}
	p := &Parser{weights: w, width: fastWidth}
	if o.Best {
		p.width = bestWidth
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

// set enters the forms of a sentence. One in capitals, such as a headline of the wire, or with a capital on all its long words is read as
// prose would have it.
func (sc *scratch) set(p *Parser, s *extract.Sentence) {
	sc.forms, sc.words = sc.forms[:0], sc.words[:0]
	style := words.StyleOf(len(s.Tokens), func(i int) string { return s.Tokens[i].Text })
	for i := range s.Tokens {
		form := p.weights.lexicon.Recase(s.Tokens[i].Text, style, i == 0)
		sc.forms = append(sc.forms, form)
		sc.words = append(sc.words, p.weights.lexicon.Analyze(form))
	}
}

// Tag sets UPOS, XPOS and Lemma of every token.
func (p *Parser) Tag(s *extract.Sentence) {
	if len(s.Tokens) == 0 {
		return
	}
	sc := p.pool.Get().(*scratch)
	defer p.pool.Put(sc)
	sc.set(p, s)
	sc.numbers = slices.Grow(sc.numbers[:0], len(s.Tokens))[:len(s.Tokens)]
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
	var lead int32
	sc.arcs, lead = p.weights.relations.Beam(p.weights.actions, &sc.input, p.width, sc.arcs[:0], &sc.parsing)
	labels := p.weights.relations.Labels()
	for i, a := range sc.arcs {
		s.Tokens[i].Head, s.Tokens[i].Label = a.Head, labels[a.Label]
	}
	repair(s)
	s.Margin = margin(lead)
}

// certain is the lead of the best tree over the second, in the action model's scores, from which it counts as certain.
const certain = 256

// margin turns a lead into 0 (doubtful) to 1 (certain).
func margin(lead int32) float64 {
	if lead < 0 {
		return 1
	}
	return min(1, float64(lead)/certain)
}

func chain(s *extract.Sentence) {
	for i := range s.Tokens {
		s.Tokens[i].Head, s.Tokens[i].Label = i-1, "dep"
	}
	s.Tokens[0].Label = "root"
	s.Margin = 0
}
