package perceptron

import (
	"encoding/binary"
	"errors"
	"math/bits"
	"slices"
)

// A Table maps 64-bit keys to 32-bit values and is read straight from its image, so that loading it costs nothing and all processes share
// its pages. Buckets of 48 bytes hold 8 entries: 8 first and 8 second bytes of fingerprints, compared 8 at a time within two words, and 8
// values. A full bucket goes on in the next. The fingerprint has 15 bits: a key that is not in the table is taken for another about once
// in 4,000 look-ups, in a full table once in 700, which linear models shrug off.
type Table struct {
	buckets uint64
	data    []byte // buckets × bucketSize
}

const (
	bucketSize = 48
	lowBits    = 0x7f7f7f7f7f7f7f7f
	ones       = 0x0101010101010101
)

// zeroBytes has the top bit set in exactly those bytes that are zero in x.
func zeroBytes(x uint64) uint64 {
	return ^(((x & lowBits) + lowBits) | x | lowBits)
}

// Get returns the value of key, and whether the table has it.
func (t *Table) Get(key uint64) (uint32, bool) {
	i, _ := bits.Mul64(key>>32<<32, t.buckets)
	first, second := (key>>8&0xff|1)*ones, key>>16&0xff*ones
	for {
		off := i * bucketSize
		b := t.data[off : off+bucketSize : off+bucketSize]
		w := binary.LittleEndian.Uint64(b)
		if m := zeroBytes(w^first) & zeroBytes(binary.LittleEndian.Uint64(b[8:])^second); m != 0 {
			k := bits.TrailingZeros64(m) >> 3
			return binary.LittleEndian.Uint32(b[16+4*k:]), true
		}
		if w>>56 == 0 { // the last entry is empty: the bucket never overflowed
			return 0, false
		}
		if i++; i == t.buckets {
			i = 0
		}
	}
}

// Entry is a pair to put into a table.
type Entry struct {
	Key   uint64
	Value uint32
}

// AppendTable appends the image of a table of the entries to dst, filled to about load (0 to 0.9). The entries are sorted in place. Of
// entries that cannot be told apart by their fingerprints the first by key is kept; dropped counts the others.
func AppendTable(dst []byte, entries []Entry, load float64) (image []byte, dropped int) {
	slices.SortFunc(entries, func(a, b Entry) int {
		if a.Key < b.Key {
			return -1
		}
		if a.Key > b.Key {
			return 1
		}
		return 0
	})
	n := max(1, int(float64(len(entries))/(8*load))+1)
	t := Table{uint64(n), make([]byte, n*bucketSize)}
	for _, e := range entries {
		if _, ok := t.Get(e.Key); ok {
			dropped++
			continue
		}
		t.put(e)
	}
	dst = binary.LittleEndian.AppendUint32(dst, uint32(n))
	return append(dst, t.data...), dropped
}

func (t *Table) put(e Entry) {
	i, _ := bits.Mul64(e.Key>>32<<32, t.buckets)
	for {
		b := t.data[i*bucketSize:][:bucketSize]
		for k := range 8 {
			if b[k] == 0 {
				b[k], b[8+k] = byte(e.Key>>8)|1, byte(e.Key>>16)
				binary.LittleEndian.PutUint32(b[16+4*k:], e.Value)
				return
			}
		}
		if i++; i == t.buckets {
			i = 0
		}
	}
}

var errImage = errors.New("perceptron: the image of the model is damaged")

// ReadTable returns the table at the head of image, which it keeps and must not change, and what follows it.
func ReadTable(image []byte) (Table, []byte, error) {
	if len(image) < 4 {
		return Table{}, nil, errImage
	}
	n := uint64(binary.LittleEndian.Uint32(image))
	size := n * bucketSize
	if n == 0 || uint64(len(image)-4) < size {
		return Table{}, nil, errImage
	}
	t := Table{n, image[4 : 4+size : 4+size]}
	if !t.hasRoom() {
		return Table{}, nil, errImage
	}
	return t, image[4+size:], nil
}

// hasRoom tells whether some bucket is not full, without which a look-up might not end. It touches few pages of a healthy table.
func (t *Table) hasRoom() bool {
	for i := uint64(0); i < t.buckets; i++ {
		if t.data[i*bucketSize+7] == 0 {
			return true
		}
	}
	return false
}
