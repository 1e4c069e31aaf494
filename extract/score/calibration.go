package score

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"entente/schema"
)

// Observation is one key that was read in an article of the gold, with the highest confidence of its evidences.
type Observation struct {
	Article    string  `json:"article"`
	Key        Key     `json:"key"`
	Rule       string  `json:"rule"` // of the evidence with the highest confidence
	Confidence float64 `json:"confidence"`
	Right      bool    `json:"right"`
}

// Observations are the keys that were read, right or wrong, by article in the order of the gold, then sorted. What is optional in the gold
// is neither and left out, and so are readings of other articles.
func Observations(gold *Gold, readings []schema.Reading) []Observation {
	triples := triplesByArticle(readings)
	var out []Observation
	for _, a := range gold.Articles {
		c := newComparison(a, triples[a.ID])
		for _, k := range slices.SortedFunc(maps.Keys(c.got), compareKeys) {
			if c.maybe[k] {
				continue
			}
			o := Observation{Article: a.ID, Key: k, Right: c.want[k]}
			for i, p := range c.got[k] {
				if i == 0 || p.Confidence > o.Confidence {
					o.Confidence, o.Rule = p.Confidence, p.Rule
				}
			}
			out = append(out, o)
		}
	}
	return out
}

// Calibration tells how far confidence can be trusted.
type Calibration struct {
	Bins []Bin `json:"bins"` // that hold observations, by confidence
	// Error is the expected calibration error: the mean distance between confidence and share of right ones, weighted by the bins' counts.
	Error float64 `json:"error"`
	// Brier is the mean squared distance between confidence and truth (0 perfect; 0.25 for one who always says 0.5).
	Brier float64 `json:"brier"`
	N     int     `json:"n"`
}

// Bin holds the observations whose confidence is in (From, To]; the first bin holds 0 too.
type Bin struct {
	From  float64 `json:"from"`
	To    float64 `json:"to"`
	N     int     `json:"n"`
	Right int     `json:"right"`
	Mean  float64 `json:"mean"` // confidence
	// Low and High bound the true share of right ones with 95 % certainty (Wilson's interval).
	Low  float64 `json:"low"`
	High float64 `json:"high"`
}

// Share is the share of right observations.
func (b Bin) Share() float64 { return share(b.Right, b.N) }

// Calibrate sorts observations into n bins of equal width (10 where n is not positive).
func Calibrate(observations []Observation, n int) Calibration {
	if n <= 0 {
		n = 10
	}
	bins := make([]Bin, n)
	c := Calibration{N: len(observations)}
	for _, o := range observations {
		i := min(max(int(math.Ceil(o.Confidence*float64(n)))-1, 0), n-1)
		b := &bins[i]
		b.N++
		b.Mean += o.Confidence // the sum, until all are in
		truth := 0.0
		if o.Right {
			b.Right++
			truth = 1
		}
		c.Brier += (o.Confidence - truth) * (o.Confidence - truth)
	}
	for i, b := range bins {
		if b.N == 0 {
			continue
		}
		b.From, b.To = float64(i)/float64(n), float64(i+1)/float64(n)
		b.Mean /= float64(b.N)
		b.Low, b.High = Wilson(b.Right, b.N)
		c.Error += math.Abs(b.Mean-b.Share()) * float64(b.N) / float64(c.N)
		c.Bins = append(c.Bins, b)
	}
	if c.N > 0 {
		c.Brier /= float64(c.N)
	}
	return c
}

// Wilson is Wilson's 95 % interval for a share of which right of n were seen; 0 to 1 where n is 0.
func Wilson(right, n int) (low, high float64) {
	if n == 0 {
		return 0, 1
	}
	const z = 1.959963984540054 // the 97.5th percentile of the normal distribution
	p, m := float64(right)/float64(n), float64(n)
	centre := p + z*z/(2*m)
	spread := z * math.Sqrt(p*(1-p)/m+z*z/(4*m*m))
	scale := 1 + z*z/m
	return max(0, (centre-spread)/scale), min(1, (centre+spread)/scale)
}

// String is the reliability table, one line a bin, then the errors:
//
//	confidence       n  right   mean  share  95 % interval
//	0.80-0.90       12     10  0.850  0.833  0.552-0.953
//	calibration error 0.017, Brier score 0.139, 12 triples
func (c Calibration) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%-12s %5s %6s %6s %6s  95 %% interval\n", "confidence", "n", "right", "mean", "share")
	for _, bin := range c.Bins {
		fmt.Fprintf(&b, "%-12s %5d %6d %6.3f %6.3f  %.3f-%.3f\n",
			fmt.Sprintf("%.2f-%.2f", bin.From, bin.To), bin.N, bin.Right, bin.Mean, bin.Share(), bin.Low, bin.High)
	}
	fmt.Fprintf(&b, "calibration error %.3f, Brier score %.3f, %d triples\n", c.Error, c.Brier, c.N)
	return b.String()
}
