package corpus

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"
)

// wireLines are lines of JSON of n articles as corpora have them, of about 3 KB each.
func wireLines(n int) []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	for i := range n {
		text := fmt.Sprintf("OSLO, March 4 (Wire) - The ministers of %d states met in Oslo and said that the talks of the week had been “frank”.\n\n", i) +
			strings.Repeat("The envoy of the northern state told reporters that his government would sign the treaty after the talks, which have been held since May.\n\n", 20)
		e.Encode(map[string]any{"id": fmt.Sprint("w", i), "title": "Ministers meet in Oslo", "date": "2019-03-04 14:30:00", "url": fmt.Sprint("https://wire.example/", i), "domain": "wire.example", "description": "Ministers meet.", "image_url": "", "text": text})
	}
	return b.Bytes()
}

// repeated is a block of bytes n times over.
type repeated struct {
	block []byte
	n, at int
}

func (r *repeated) Read(p []byte) (int, error) {
	if r.n == 0 {
		return 0, io.EOF
	}
	n := copy(p, r.block[r.at:])
	if r.at += n; r.at == len(r.block) {
		r.at, r.n = 0, r.n-1
	}
	return n, nil
}

func BenchmarkJSONLines(b *testing.B) {
	block := wireLines(1000)
	b.SetBytes(int64(len(block)))
	for b.Loop() {
		for _, err := range Articles([]string{"-"}, Options{Stdin: bytes.NewReader(block)}) {
			if err != nil {
				b.Fatal(err)
			}
		}
	}
}

// TestFlatMemory holds that what is in memory does not grow with the corpus: 7 times the bytes, the same heap.
func TestFlatMemory(t *testing.T) {
	block := wireLines(100)
	peak := func(n int) (most uint64) {
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		base, count := m.HeapAlloc, 0
		for _, err := range Articles([]string{"-"}, Options{Stdin: &repeated{block: block, n: n}}) {
			if err != nil {
				t.Fatal(err)
			}
			if count++; count%250 == 0 {
				runtime.GC()
				runtime.ReadMemStats(&m)
				if m.HeapAlloc > base {
					most = max(most, m.HeapAlloc-base)
				}
			}
		}
		if count != 100*n {
			t.Fatalf("%d articles, want %d", count, 300*n)
		}
		return most
	}
	small, large := peak(3), peak(20)
	if large > small+1<<20 {
		t.Errorf("the heap grows with the corpus: %d bytes held at 3 blocks, %d at 20", small, large)
	}
}
