// Package perceptron holds the linear models behind the tagger and the parser: averaged perceptrons over hashed features, trained with integers
// alone so that the same data give the same bytes, and frozen into table images that are read in place.
package perceptron

import "math/bits"

const (
	golden = 0x9e3779b97f4a7c15
	fold   = 0xff51afd7ed558ccd
)

// Mix folds v into the hash h. It is not symmetric, so Mix(a, b) and Mix(b, a) are different features.
func Mix(h, v uint64) uint64 {
	h = (bits.RotateLeft64(h, 23) ^ v) * golden
	return h ^ h>>32
}

// Hash is the hash of a string, for use as a value of features.
func Hash(s string) uint64 {
	h := uint64(14695981039346656037)
	for i := range len(s) {
		h = (h ^ uint64(s[i])) * 1099511628211
	}
	return h ^ h>>29
}

// HashBytes is Hash of string(b).
func HashBytes(b []byte) uint64 {
	h := uint64(14695981039346656037)
	for _, c := range b {
		h = (h ^ uint64(c)) * 1099511628211
	}
	return h ^ h>>29
}

// Features collects the hashed features of one decision. The place of a feature in the order of the calls is the number of its template, so a
// feature function must make the same calls whatever the values are. The zero value is empty.
type Features struct {
	n int
	h [256]uint64
}

// Reset makes f empty.
func (f *Features) Reset() { f.n = 0 }

// Add adds the feature of a single value.
func (f *Features) Add(a uint64) {
	f.h[f.n&255] = a
	f.n++
}

// Add2 adds a feature of two values.
func (f *Features) Add2(a, b uint64) {
	f.h[f.n&255] = Mix(a, b)
	f.n++
}

// Add3 adds a feature of three values.
func (f *Features) Add3(a, b, c uint64) {
	f.h[f.n&255] = Mix(Mix(a, b), c)
	f.n++
}

// Add4 adds a feature of four values.
func (f *Features) Add4(a, b, c, d uint64) {
	f.h[f.n&255] = Mix(Mix(Mix(a, b), c), d)
	f.n++
}

// Keys ends the collection: it mixes the template numbers in and returns the keys, valid until the next Reset.
func (f *Features) Keys() []uint64 {
	keys := f.h[:min(f.n, len(f.h))]
	for i := range keys {
		keys[i] = Mix(keys[i], uint64(i+1)*fold)
	}
	return keys
}
