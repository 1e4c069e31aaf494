// Package typing tells whether a proper name is that of a person, a place, an organisation or something else, by a linear model over hashed
// features. The model is learnt by the program in the folder train from open treebanks; see weights/NOTICE.
package typing

import (
	_ "embed"
	"errors"
	"sync"
)

// Type is what a name names.
type Type uint8

// The types, in the order of the model's scores.
const (
	Other Type = iota
	Person
	Place
	Organization
	Types = 4
)

// Buckets is the number of places that features are hashed to.
const Buckets = 1 << 16

//go:embed weights/names.bin
var weights string

// Model scores names. It is safe for concurrent use.
type Model struct {
	weights string // Buckets * Types signed bytes
}

// Load is the model of the program. Its error is a defect of the build.
func Load() (*Model, error) { return load() }

var load = sync.OnceValues(func() (*Model, error) { return Read(weights) })

// Read is a model from its weights, Types signed bytes for each bucket.
func Read(weights string) (*Model, error) {
	if len(weights) != Buckets*Types {
		return nil, errors.New("typing: the weights are not of this version of the program")
	}
	return &Model{weights}, nil
}

// Scores are the sums of the weights of the features, by type.
func (m *Model) Scores(f Features) (s [Types]int32) {
	for _, x := range f {
		for k := range s {
			s[k] += int32(int8(m.weights[int(x)*Types+k]))
		}
	}
	return s
}

// Best is the type of the highest score and by how much it is ahead of the next.
func Best(s [Types]int32) (t Type, ahead int32) {
	second := int32(-1 << 30)
	for k := 1; k < Types; k++ {
		switch {
		case s[k] > s[t]:
			second, t = s[t], Type(k)
		case s[k] > second:
			second = s[k]
		}
	}
	return t, s[t] - second
}

// Features are the hashed features of a name.
type Features []uint16

// Add appends the feature of that name and value.
func (f *Features) Add(name string, values ...string) {
	h := uint32(2166136261)
	step := func(s string) {
		for i := range len(s) {
			h = (h ^ uint32(s[i])) * 16777619
		}
		h = (h ^ 0xff) * 16777619
	}
	step(name)
	for _, v := range values {
		step(v)
	}
	h ^= h >> 15
	h *= 0x2c1b3c6d
	h ^= h >> 13
	*f = append(*f, uint16(h))
}
