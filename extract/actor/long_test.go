package actor_test

import (
	"fmt"
	"testing"
	"time"
)

// TestLong holds that the time for an article grows with its length, not with its square.
func TestLong(t *testing.T) {
	r := newResolver(t)
	took := func(n int) time.Duration {
		var lines []string
		for i := range n {
			lines = append(lines, fmt.Sprintf("Minister_NNP Rosa_NNP Del%cado%d_NNP of_IN Peru_NNP met_VBD Oslovan%d_NNP in_IN Geneva_NNP ._.", 'a'+i%26, i%97, i%89),
				"It_PRP said_VBD they_PRP told_VBD his_PRP$ army_NN that_IN the_DT two_CD sides_NNS agreed_VBD ._.")
		}
		doc := tagged("2012-03-05", lines...)
		best := time.Hour
		for range 3 {
			start := time.Now()
			r.Resolve(doc)
			best = min(best, time.Since(start))
		}
		return best
	}
	for try := range 4 { // a busy machine may stretch one measure
		short, long := took(200), took(3200)
		t.Logf("200: %v, 3200: %v", short, long)
		if long <= 60*short {
			return
		}
		if try == 3 {
			t.Errorf("16 times the length takes %v instead of %v: %.0f times", long, short, float64(long)/float64(short))
		}
	}
}
