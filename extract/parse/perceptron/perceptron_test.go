package perceptron

import (
	"math/rand/v2"
	"testing"
)

// TestTable: a filled table gives back what was put in, and hardly ever what was not.
func TestTable(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	for _, n := range []int{0, 1, 8, 9, 5000} {
		for _, load := range []float64{0.5, 0.9} {
			values := map[uint64]uint32{}
			var entries []Entry
			for range n {
				e := Entry{r.Uint64(), r.Uint32()}
				values[e.Key] = e.Value
				entries = append(entries, e)
			}
			image, dropped := AppendTable([]byte{7}, entries, load)
			table, rest, err := ReadTable(append(image, 9)[1:])
			if err != nil || len(rest) != 1 {
				t.Fatalf("%d entries: %v, %d bytes left", n, err, len(rest))
			}
			wrong := 0
			for k, v := range values {
				if got, ok := table.Get(k); !ok || got != v {
					wrong++
				}
			}
			if wrong > dropped {
				t.Errorf("%d of %d entries are lost, %d were said to be", wrong, n, dropped)
			}
			taken := 0
			for range 20000 {
				if _, ok := table.Get(r.Uint64()); ok {
					taken++
				}
			}
			if taken > 60 {
				t.Errorf("%d of 20000 absent keys are found", taken)
			}
		}
	}
	for _, image := range [][]byte{nil, {1, 0, 0}, {0, 0, 0, 0}, {9, 0, 0, 0, 1}} {
		if _, _, err := ReadTable(image); err == nil {
			t.Errorf("%v was read as a table", image)
		}
	}
}

// example is a decision: its class is the parity of a and b, which only the feature of both tells.
func example(f *Features, r *rand.Rand) (keys []uint64, class int) {
	a, b := r.Uint64N(4), r.Uint64N(4)
	f.Reset()
	f.Add(a)
	f.Add(b)
	f.Add2(a, b)
	return f.Keys(), int(a+b) & 1
}

func bestOf(scores ...int32) int {
	b := 0
	for i, s := range scores {
		if s > scores[b] {
			b = i
		}
	}
	return b
}

// TestMerge: the sum of two models decides as each does, and counts the updates of both.
func TestMerge(t *testing.T) {
	var f Features
	var dense [2]*DenseTrainer
	var sparse [2]*SparseTrainer
	for i := range dense {
		dense[i], sparse[i] = NewDenseTrainer(1), NewSparseTrainer(2, 1)
		r := rand.New(rand.NewPCG(uint64(i), 5))
		for range 2000 {
			keys, class := example(&f, r)
			dense[i].Tick()
			if s := dense[i].Score(keys); bestOf(s[0], s[1]) != class {
				dense[i].Update(keys, class, 1)
				dense[i].Update(keys, 1-class, -1)
			}
			sparse[i].Tick()
			var scores [2]int32
			if sparse[i].Score(keys, scores[:]); bestOf(scores[:]...) != class {
				sparse[i].Update(keys, class, 1-class)
			}
		}
	}
	dense[0].Merge(dense[1])
	sparse[0].Merge(sparse[1])
	image, _ := dense[0].AppendImage(nil, 2, 0.9)
	d, _, err := ReadDense(image)
	if err != nil {
		t.Fatal(err)
	}
	image, _ = sparse[0].AppendImage(nil, 2, 0.9)
	s, _, err := ReadSparse(image)
	if err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(9, 9))
	for range 200 {
		keys, class := example(&f, r)
		scores := d.Score(keys)
		if bestOf(scores[0], scores[1]) != class {
			t.Fatalf("dense: %v for class %d", scores, class)
		}
		var few [2]int32
		if s.Score(keys, few[:]); bestOf(few[:]...) != class {
			t.Fatalf("sparse: %v for class %d", few, class)
		}
	}
}
