package arceager

import (
	"entente/extract/parse/perceptron"
	"entente/extract/parse/words"
)

// Input is a sentence as the models see it. The zero value is ready for Set.
type Input struct {
	n    int
	word []wordValues // by number: 0 is none, n+1 the root, two more none behind it
}

// wordValues are hashes.
type wordValues struct {
	w, p, u uint64 // normal form, tag, universal part of speech
	s3      uint64 // last three letters
	c, cc   uint64 // clusters, fine and coarse
}

var (
	nothing = wordValues{w: 0xfffffff1, p: 0xfffffff2, u: 0xfffffff3, s3: 0xfffffff4, c: 0xfffffff5, cc: 0xfffffff6}
	rootOf  = wordValues{w: 77, p: 1001, u: 1002, s3: 78, c: 79, cc: 80}
)

// Tag is what the parser knows of a part of speech.
type Tag struct{ p, u uint64 }

// NewTag returns the values of a universal and a Penn part of speech.
func NewTag(upos, xpos string) Tag {
	return Tag{perceptron.Mix(perceptron.Hash(upos), perceptron.Hash(xpos)), perceptron.Hash(upos)}
}

// MaxWords is the length of the longest sentence that can be parsed in one piece.
const MaxWords = 1<<15 - 8

// Set makes x the sentence of the words with the tags, at most MaxWords.
func (x *Input) Set(ws []words.Word, tags []Tag) {
	x.n = len(ws)
	x.word = append(x.word[:0], nothing)
	for i := range ws {
		w, t := &ws[i], tags[i]
		x.word = append(x.word, wordValues{w.Norm, t.p, t.u, w.Suffix3, w.Cluster, w.Coarse})
	}
	x.word = append(x.word, rootOf, nothing, nothing, nothing)
}
