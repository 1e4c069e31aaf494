package arceager

import (
	"encoding/binary"
	"errors"
	"slices"

	"entente/extract/parse/perceptron"
)

// actionScorer and relationScorer are models, trained or in training.
type actionScorer interface {
	Score(keys []uint64) perceptron.Scores
}

type relationScorer interface {
	Score(keys []uint64, scores []int32)
}

// Relations are the labels of arcs and the model that chooses among them.
type Relations struct {
	labels          []string
	isLeft, isRight []bool // met with the head on the right, on the left
	root, parataxis uint8
	model           relationScorer
}

// Labels are the relations by number. The caller must not change them.
func (r *Relations) Labels() []string { return r.labels }

var (
	errImage  = errors.New("arceager: the image of the model is damaged")
	errLabels = errors.New("arceager: the relations lack root or parataxis, or are more than 250")
)

// newRelations needs labels with root and parataxis; left and right tell the directions in which they were met.
func newRelations(labels []string, left, right []bool) (*Relations, error) {
	root, parataxis := slices.Index(labels, "root"), slices.Index(labels, "parataxis")
	if root < 0 || parataxis < 0 || len(labels) > 250 {
		return nil, errLabels
	}
	return &Relations{labels: labels, isLeft: left, isRight: right, root: uint8(root), parataxis: uint8(parataxis)}, nil
}

// appendHeader writes what ReadRelations reads before the model.
func (r *Relations) appendHeader(dst []byte) []byte {
	dst = binary.AppendUvarint(dst, uint64(len(r.labels)))
	for i, l := range r.labels {
		dst = append(dst, b2u(r.isLeft[i])|b2u(r.isRight[i])<<1, byte(len(l)))
		dst = append(dst, l...)
	}
	return dst
}

// ReadRelations returns the relations whose image it is, which it keeps.
func ReadRelations(image []byte) (*Relations, error) {
	n, size := binary.Uvarint(image)
	if size <= 0 || n > 250 {
		return nil, errImage
	}
	image = image[size:]
	var labels []string
	var left, right []bool
	for range n {
		if len(image) < 2 || len(image) < 2+int(image[1]) {
			return nil, errImage
		}
		left, right = append(left, image[0]&1 != 0), append(right, image[0]&2 != 0)
		labels = append(labels, string(image[2:2+int(image[1])]))
		image = image[2+int(image[1]):]
	}
	r, err := newRelations(labels, left, right)
	if err != nil {
		return nil, err
	}
	m, _, err := perceptron.ReadSparse(image)
	if err != nil {
		return nil, err
	}
	if m.Classes() != len(labels) {
		return nil, errImage
	}
	r.model = m
	return r, nil
}

// choose names the relation of an arc, never root.
func (r *Relations) choose(keys []uint64, rightward bool, scores []int32) uint8 {
	allowed := r.isLeft
	if rightward {
		allowed = r.isRight
	}
	r.model.Score(keys, scores)
	b := -1
	for l, s := range scores {
		if allowed[l] && l != int(r.root) && (b < 0 || s > scores[b]) {
			b = l
		}
	}
	if b < 0 {
		return r.parataxis
	}
	return uint8(b)
}

// Arc is the head of a word, by index from 0 and -1 for the root, and the number of its relation.
type Arc struct {
	Head  int
	Label uint8
}

// Scratch is the working memory of one sentence at a time. The zero value is ready.
type Scratch struct{ beam beam }

func (s *state) arcs(dst []Arc) []Arc {
	for i := int16(1); i <= s.n; i++ {
		h := int(s.nodes[i].head) - 1
		if h == int(s.n) {
			h = -1
		}
		dst = append(dst, Arc{h, s.nodes[i].label})
	}
	return dst
}

// best is the legal action with the highest score.
func (s *state) best(scores perceptron.Scores) action {
	b, score := shift, int32(-1<<30)
	for c := shift; c <= right; c++ {
		if s.legal(c) && scores[c] > score {
			b, score = c, scores[c]
		}
	}
	return b
}
