// Package tagging gives each word of a sentence a tag of any set, from left to right, with an averaged perceptron.
package tagging

import (
	"encoding/binary"
	"errors"

	"entente/extract/parse/perceptron"
	"entente/extract/parse/words"
)

// Model is a trained tagger, safe for concurrent use.
type Model struct {
	tags       []string
	certain    map[string]uint8 // words that are given their one tag unseen
	weights    *perceptron.Sparse
	begin, end words.Word
}

// Tags are the tags by number. The caller must not change them.
func (m *Model) Tags() []string { return m.tags }

// Scratch is the working memory of one Tag at a time. The zero value is ready.
type Scratch struct {
	features perceptron.Features
	scores   []int32
}

// Tag sets tags, as long as forms, to the numbers of the tags of a sentence. ws are the values of the words.
func (m *Model) Tag(forms []string, ws []words.Word, tags []uint8, s *Scratch) {
	if len(s.scores) != len(m.tags) {
		s.scores = make([]int32, len(m.tags))
	}
	t1, t2 := noTag, noTag
	for i, f := range forms {
		tag, ok := m.certain[f]
		if !ok {
			m.weights.Score(keys(&s.features, ws, i, t1, t2, &m.begin, &m.end), s.scores)
			tag = best(s.scores)
		}
		tags[i] = tag
		t1, t2 = uint64(tag)+1, t1
	}
}

func best(scores []int32) uint8 {
	b := 0
	for i, v := range scores {
		if v > scores[b] {
			b = i
		}
	}
	return uint8(b)
}

// noTag is the value of the tags before the sentence; others are their number plus 1.
const noTag = uint64(0)

// keys are the features of word i after the tags t1 (of the word before) and t2.
func keys(f *perceptron.Features, ws []words.Word, i int, t1, t2 uint64, begin, end *words.Word) []uint64 {
	at := func(k int) *words.Word {
		switch {
		case k < 0:
			return begin
		case k >= len(ws):
			return end
		}
		return &ws[k]
	}
	w, p, pp, n, nn := at(i), at(i-1), at(i-2), at(i+1), at(i+2)
	first := uint64(0)
	if i == 0 {
		first = 1
	}
	f.Reset()
	f.Add(0)
	wordFeatures(f, w, first)
	tagFeatures(f, w, n, t1, t2)
	contextFeatures(f, w, p, pp, n, nn)
	clusterFeatures(f, w, p, n, nn, t1)
	return f.Keys()
}

func wordFeatures(f *perceptron.Features, w *words.Word, first uint64) {
	f.Add(w.Form)
	f.Add(w.Norm)
	f.Add(w.Suffix1)
	f.Add(w.Suffix2)
	f.Add(w.Suffix3)
	f.Add(w.Suffix4)
	f.Add(w.Prefix1)
	f.Add(w.Prefix2)
	f.Add(w.Prefix3)
	f.Add2(w.Shape, first)
	f.Add2(w.Flags, first)
	f.Add2(w.Shape, w.Suffix3)
}

func tagFeatures(f *perceptron.Features, w, n *words.Word, t1, t2 uint64) {
	f.Add(t1)
	f.Add(t2)
	f.Add2(t1, t2)
	f.Add2(t1, w.Norm)
	f.Add2(t1, w.Suffix3)
	f.Add3(t1, t2, w.Norm)
	f.Add2(t1, n.Norm)
	f.Add2(t1, n.Suffix3)
}

func contextFeatures(f *perceptron.Features, w, p, pp, n, nn *words.Word) {
	f.Add(p.Norm)
	f.Add(p.Suffix3)
	f.Add(pp.Norm)
	f.Add(n.Norm)
	f.Add(n.Suffix3)
	f.Add2(n.Suffix2, w.Suffix2)
	f.Add(nn.Norm)
	f.Add(nn.Suffix3)
	f.Add(n.Shape)
	f.Add3(p.Shape, w.Shape, n.Shape)
	f.Add2(p.Norm, w.Norm)
	f.Add2(w.Norm, n.Norm)
	f.Add2(p.Norm, n.Norm)
	f.Add2(n.Norm, nn.Norm)
	f.Add2(w.Norm, n.Suffix3)
}

func clusterFeatures(f *perceptron.Features, w, p, n, nn *words.Word, t1 uint64) {
	f.Add(w.Cluster)
	f.Add2(w.Cluster, w.Suffix2)
	f.Add(p.Cluster)
	f.Add(n.Cluster)
	f.Add(nn.Cluster)
	f.Add2(p.Cluster, w.Cluster)
	f.Add2(w.Cluster, n.Cluster)
	f.Add2(t1, n.Cluster)
	f.Add3(t1, w.Cluster, n.Coarse)
}

var errImage = errors.New("tagging: the image of the model is damaged")

// Read returns the model at the head of image, which it keeps.
func Read(image []byte) (*Model, error) {
	m := &Model{certain: map[string]uint8{}, begin: words.Begin(), end: words.End()}
	r := reader{image, nil}
	for range r.number() {
		m.tags = append(m.tags, r.text())
	}
	for range r.number() {
		word, tag := r.text(), r.number()
		if tag >= len(m.tags) {
			return nil, errImage
		}
		m.certain[word] = uint8(tag)
	}
	if r.err != nil {
		return nil, r.err
	}
	var err error
	if m.weights, _, err = perceptron.ReadSparse(r.rest); err != nil {
		return nil, err
	}
	if m.weights.Classes() != len(m.tags) {
		return nil, errImage
	}
	return m, nil
}

// reader reads numbers and texts from the head of an image.
type reader struct {
	rest []byte
	err  error
}

func (r *reader) number() int {
	n, size := binary.Uvarint(r.rest)
	if size <= 0 || n > 1<<20 {
		r.rest, r.err = nil, errImage
		return 0
	}
	r.rest = r.rest[size:]
	return int(n)
}

func (r *reader) text() string {
	n := r.number()
	if n > len(r.rest) {
		r.rest, r.err = nil, errImage
		return ""
	}
	s := string(r.rest[:n])
	r.rest = r.rest[n:]
	return s
}
