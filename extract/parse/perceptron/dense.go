package perceptron

import (
	"encoding/binary"
	"fmt"
	"math"
)

// Classes is the number of classes of a dense model: the actions of a transition parser.
const Classes = 4

// Scores are those of the classes.
type Scores [Classes]int32

// Dense is a frozen model of few classes: the weights of a feature are the four bytes of its table value, each plus 128.
type Dense struct{ table Table }

// Score sums the weights of the features.
func (m *Dense) Score(keys []uint64) Scores {
	var even, odd, hits uint32 // two sums of 16 bits in each: 255 × 256 fit
	for _, k := range keys {
		if v, ok := m.table.Get(k); ok {
			even += v & 0x00ff00ff
			odd += v >> 8 & 0x00ff00ff
			hits++
		}
	}
	bias := int32(hits) * 128
	return Scores{int32(even&0xffff) - bias, int32(odd&0xffff) - bias, int32(even>>16) - bias, int32(odd>>16) - bias}
}

// ReadDense returns the model at the head of image, which it keeps, and what follows it.
func ReadDense(image []byte) (*Dense, []byte, error) {
	t, rest, err := ReadTable(image)
	if err != nil {
		return nil, nil, err
	}
	return &Dense{t}, rest, nil
}

// hot is what scoring reads of a feature in training. The low byte of key counts the updates, up to 255.
type hot struct {
	key uint64
	w   [Classes]int16
}

// cold is what only updates read.
type cold struct {
	sum   [Classes]int64 // of the weights over the time up to since
	since int32
}

// DenseTrainer learns a Dense model. Weights are integers; sums of them over time, kept lazily, give the averages.
type DenseTrainer struct {
	hot   []hot
	cold  []cold
	n     int
	time  int32
	least uint64
}

// NewDenseTrainer returns a trainer in which a feature counts only after it was updated least times (1 to 255).
func NewDenseTrainer(least int) *DenseTrainer {
	return &DenseTrainer{hot: make([]hot, 1<<16), cold: make([]cold, 1<<16), least: uint64(least)}
}

// Tick advances the time over which weights are averaged; call it once a decision or once a sentence.
func (t *DenseTrainer) Tick() { t.time++ }

// Len is the number of features met in updates.
func (t *DenseTrainer) Len() int { return t.n }

// Score sums the present weights of the features.
func (t *DenseTrainer) Score(keys []uint64) Scores {
	var s Scores
	mask := uint64(len(t.hot) - 1)
	for _, k := range keys {
		for i := k >> 8 & mask; ; i = (i + 1) & mask {
			h := &t.hot[i]
			if (h.key^k)>>8 == 0 {
				if h.key&0xff >= t.least {
					s[0] += int32(h.w[0])
					s[1] += int32(h.w[1])
					s[2] += int32(h.w[2])
					s[3] += int32(h.w[3])
				}
				break
			}
			if h.key == 0 {
				break
			}
		}
	}
	return s
}

// Update adds by to the weight that each feature has for class; an update counts towards the threshold when by is positive.
func (t *DenseTrainer) Update(keys []uint64, class int, by int16) {
	for _, k := range keys {
		i := t.find(k)
		h, c := &t.hot[i], &t.cold[i]
		if d := int64(t.time - c.since); d != 0 {
			for j, w := range h.w {
				c.sum[j] += d * int64(w)
			}
			c.since = t.time
		}
		if h.w[class] > math.MaxInt16-8 || h.w[class] < math.MinInt16+8 {
			continue // saturated
		}
		h.w[class] += by
		if by > 0 && h.key&0xff < 255 {
			h.key++
		}
	}
}

// find returns the place of key, made where it is new.
func (t *DenseTrainer) find(key uint64) uint64 {
	if t.n*2 > len(t.hot) {
		t.grow()
	}
	mask := uint64(len(t.hot) - 1)
	for i := key >> 8 & mask; ; i = (i + 1) & mask {
		h := &t.hot[i]
		if h.key == 0 {
			h.key = key &^ 0xff
			t.cold[i].since = t.time
			t.n++
			return i
		}
		if (h.key^key)>>8 == 0 {
			return i
		}
	}
}

func (t *DenseTrainer) grow() {
	oldHot, oldCold := t.hot, t.cold
	t.hot, t.cold = make([]hot, 2*len(oldHot)), make([]cold, 2*len(oldHot))
	mask := uint64(len(t.hot) - 1)
	for j, h := range oldHot {
		if h.key == 0 {
			continue
		}
		i := h.key >> 8 & mask
		for t.hot[i].key != 0 {
			i = (i + 1) & mask
		}
		t.hot[i], t.cold[i] = h, oldCold[j]
	}
}

// Merge adds to the averaged weights and counts of t those of o, which was trained on the same data for as long but in another order: the
// sum of several models is steadier than one. Neither can be trained any further.
func (t *DenseTrainer) Merge(o *DenseTrainer) {
	for j := range o.hot {
		h, c := &o.hot[j], &o.cold[j]
		if h.key == 0 {
			continue
		}
		i := t.find(h.key)
		for k, w := range h.w {
			t.cold[i].sum[k] += c.sum[k] + int64(o.time-c.since)*int64(w)
		}
		t.hot[i].key += min(h.key&0xff, 255-t.hot[i].key&0xff)
	}
}

// AppendImage appends the frozen model of the averaged weights to dst: features with fewer than least updates are left out, the rest scaled
// to a byte a weight, and those that round to nothing dropped.
func (t *DenseTrainer) AppendImage(dst []byte, least int, load float64) (image []byte, note string) {
	limit := t.largest(uint64(least))
	var entries []Entry
	for i := range t.hot {
		h := &t.hot[i]
		if h.key == 0 || h.key&0xff < uint64(least) {
			continue
		}
		var v [Classes]byte
		any := false
		for c, a := range t.averages(i) {
			w := scaled(a, limit)
			any = any || w != 0
			v[c] = byte(w + 128)
		}
		if any {
			entries = append(entries, Entry{h.key &^ 0xff, binary.LittleEndian.Uint32(v[:])})
		}
	}
	image, dropped := AppendTable(dst, entries, load)
	return image, fmt.Sprintf("%d of %d features, %d alike, largest weight %.1f, %.2f MB", len(entries), t.n, dropped, limit, float64(len(image)-len(dst))/1e6)
}

func (t *DenseTrainer) averages(i int) (a [Classes]float64) {
	h, c := &t.hot[i], &t.cold[i]
	for j, w := range h.w {
		a[j] = float64(c.sum[j]+int64(t.time-c.since)*int64(w)) / float64(max(1, t.time))
	}
	return a
}

func (t *DenseTrainer) largest(least uint64) float64 {
	limit := 0.0
	for i := range t.hot {
		if t.hot[i].key&0xff >= least && t.hot[i].key != 0 {
			for _, a := range t.averages(i) {
				limit = max(limit, math.Abs(a))
			}
		}
	}
	return limit
}

// scaled maps -limit..limit to -127..127.
func scaled(a, limit float64) int {
	if limit == 0 {
		return 0
	}
	return int(math.Round(min(127, max(-127, float64(a*127)/limit))))
}
