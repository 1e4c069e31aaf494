package perceptron

import (
	"encoding/binary"
	"fmt"
	"math"
)

// Sparse is a frozen model of up to 256 classes of which a feature has weights for a few: the table gives the place of its row, and a row
// is a count and then pairs of a class and a weight, a byte each.
type Sparse struct {
	classes int
	table   Table
	rows    []byte
}

// Classes is the number of classes.
func (m *Sparse) Classes() int { return m.classes }

// Score sets scores, one for each class, to the sums of the weights of the features.
func (m *Sparse) Score(keys []uint64, scores []int32) {
	clear(scores)
	scores = scores[:m.classes]
	for _, k := range keys {
		v, ok := m.table.Get(k)
		if !ok {
			continue
		}
		row := m.rows[v:]
		row = row[1 : 1+2*int(row[0])]
		for len(row) >= 2 {
			if c := int(row[0]); c < len(scores) {
				scores[c] += int32(int8(row[1]))
			}
			row = row[2:]
		}
	}
}

// ReadSparse returns the model at the head of image, which it keeps, and what follows it.
func ReadSparse(image []byte) (*Sparse, []byte, error) {
	if len(image) < 8 {
		return nil, nil, errImage
	}
	m := &Sparse{classes: int(binary.LittleEndian.Uint32(image))}
	size := int(binary.LittleEndian.Uint32(image[4:]))
	var err error
	if m.table, image, err = ReadTable(image[8:]); err != nil {
		return nil, nil, err
	}
	if m.classes == 0 || m.classes > 256 || len(image) < size {
		return nil, nil, errImage
	}
	m.rows = image[:size:size]
	return m, image[size:], nil
}

// weight is that of one class in training.
type weight struct {
	class uint8
	since int32
	w     int32
	sum   int64
}

// SparseTrainer learns a Sparse model.
type SparseTrainer struct {
	keys    []uint64
	index   []int32 // place in rows plus 1; 0 is empty
	rows    [][]weight
	counts  []int32 // updates of each row
	classes int
	time    int32
	least   int32
}

// NewSparseTrainer returns a trainer for up to 256 classes in which a feature counts only after it was updated least times.
func NewSparseTrainer(classes, least int) *SparseTrainer {
	return &SparseTrainer{keys: make([]uint64, 1<<16), index: make([]int32, 1<<16), classes: classes, least: int32(least)}
}

// Tick advances the time over which weights are averaged.
func (t *SparseTrainer) Tick() { t.time++ }

// Score sets scores, one for each class, to the sums of the present weights of the features.
func (t *SparseTrainer) Score(keys []uint64, scores []int32) {
	clear(scores)
	mask := uint64(len(t.keys) - 1)
	for _, k := range keys {
		i := k & mask
		for t.index[i] != 0 && t.keys[i] != k {
			i = (i + 1) & mask
		}
		r := t.index[i] - 1
		if r < 0 || t.counts[r] < t.least {
			continue
		}
		for _, e := range t.rows[r] {
			scores[e.class] += e.w
		}
	}
}

// Update moves the weights of the features from the class bad to the class good.
func (t *SparseTrainer) Update(keys []uint64, good, bad int) {
	for _, k := range keys {
		r := t.find(k)
		t.counts[r]++
		t.add(r, good, 1)
		t.add(r, bad, -1)
	}
}

func (t *SparseTrainer) add(r int32, class int, by int32) {
	row := t.rows[r]
	for i := range row {
		if e := &row[i]; int(e.class) == class {
			e.sum += int64(t.time-e.since) * int64(e.w)
			e.since = t.time
			e.w += by
			return
		}
	}
	t.rows[r] = append(row, weight{class: uint8(class), since: t.time, w: by})
}

func (t *SparseTrainer) find(key uint64) int32 {
	if 2*len(t.rows) > len(t.keys) {
		t.grow()
	}
	mask := uint64(len(t.keys) - 1)
	i := key & mask
	for t.index[i] != 0 {
		if t.keys[i] == key {
			return t.index[i] - 1
		}
		i = (i + 1) & mask
	}
	t.rows, t.counts = append(t.rows, nil), append(t.counts, 0)
	t.keys[i], t.index[i] = key, int32(len(t.rows))
	return int32(len(t.rows) - 1)
}

func (t *SparseTrainer) grow() {
	keys, index := t.keys, t.index
	t.keys, t.index = make([]uint64, 2*len(keys)), make([]int32, 2*len(keys))
	mask := uint64(len(t.keys) - 1)
	for j, k := range keys {
		if index[j] == 0 {
			continue
		}
		i := k & mask
		for t.index[i] != 0 {
			i = (i + 1) & mask
		}
		t.keys[i], t.index[i] = k, index[j]
	}
}

// Merge adds to the averaged weights and counts of t those of o, which was trained on the same data for as long but in another order.
// Neither can be trained any further.
func (t *SparseTrainer) Merge(o *SparseTrainer) {
	for i, k := range o.keys {
		if o.index[i] == 0 {
			continue
		}
		from := o.index[i] - 1
		r := t.find(k)
		t.counts[r] += o.counts[from]
		for _, e := range o.rows[from] {
			t.addSum(r, e.class, e.sum+int64(o.time-e.since)*int64(e.w))
		}
	}
}

func (t *SparseTrainer) addSum(r int32, class uint8, sum int64) {
	row := t.rows[r]
	for i := range row {
		if row[i].class == class {
			row[i].sum += sum
			return
		}
	}
	t.rows[r] = append(row, weight{class: class, since: t.time, sum: sum})
}

func (t *SparseTrainer) average(e weight) float64 {
	return float64(e.sum+int64(t.time-e.since)*int64(e.w)) / float64(max(1, t.time))
}

// AppendImage appends the frozen model of the averaged weights to dst: features with fewer than least updates are left out, the rest scaled
// so that the largest is 127; what rounds to nothing is dropped.
func (t *SparseTrainer) AppendImage(dst []byte, least int, load float64) (image []byte, note string) {
	largest := 0.0
	for _, row := range t.rows {
		for _, e := range row {
			largest = max(largest, math.Abs(t.average(e)))
		}
	}
	rows := []byte{}
	var entries []Entry
	weights := 0
	for i, k := range t.keys {
		r := t.index[i] - 1
		if r < 0 || int(t.counts[r]) < least {
			continue
		}
		start := len(rows)
		rows = append(rows, 0)
		for _, e := range t.rows[r] {
			if w := scaled(t.average(e), largest); w != 0 && rows[start] < 255 {
				rows = append(rows, e.class, byte(int8(w)))
				rows[start]++
				weights++
			}
		}
		if rows[start] == 0 {
			rows = rows[:start]
			continue
		}
		entries = append(entries, Entry{k, uint32(start)})
	}
	image = binary.LittleEndian.AppendUint32(dst, uint32(t.classes))
	image = binary.LittleEndian.AppendUint32(image, uint32(len(rows)))
	image, dropped := AppendTable(image, entries, load)
	image = append(image, rows...)
	return image, fmt.Sprintf("%d of %d features, %d alike, %d weights, largest %.1f, %.2f MB", len(entries), len(t.rows), dropped, weights, largest, float64(len(image)-len(dst))/1e6)
}
