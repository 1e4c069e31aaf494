package graph

import (
	"cmp"
	"math"
	"slices"

	"entente/schema"
)

// Significant is the error probability below which a trend or a turn is called one.
const Significant = 0.05

// leastPeriods are fewer than which neither a trend nor a turn is looked for.
const leastPeriods = 8

// mostPeriods bound the pairs that Trend compares: a longer series is first averaged in runs of equal length.
const mostPeriods = 400

// Trend is whether the mean score rises or falls over the periods that have events.
type Trend struct {
	Slope   float64 `json:"slope"`   // score per year: the median of the slopes between all pairs of periods (Sen, Journal of the American Statistical Association 63, 1968)
	P       float64 `json:"p"`       // two-sided, of the rank test of Mann (Econometrica 13, 1945) and Kendall, with ties; 1 where there are too few periods
	Periods int     `json:"periods"` // with events
}

// Direction is "rising", "falling", "no trend", or "too few periods" where less than 8 have events.
func (t Trend) Direction() string {
	switch {
	case t.Periods < leastPeriods:
		return "too few periods"
	case t.P >= Significant || t.Slope == 0:
		return "no trend"
	case t.Slope > 0:
		return "rising"
	}
	return "falling"
}

// Turn is a period from which on the mean score stands on another level.
type Turn struct {
	Period string      `json:"period"`
	First  schema.Date `json:"first"`  // day of the period
	Before float64     `json:"before"` // means of the periods' mean scores since the turn before it, and until the next
	After  float64     `json:"after"`
	P      float64     `json:"p"`
}

// level is a period with events.
type level struct {
	at    float64 // years since the first
	mean  float64
	first schema.Date
	label string
}

func (s Series) levels() []level {
	var out []level
	var zero float64
	for _, b := range s.Bins {
		if b.Events == 0 {
			continue
		}
		at := float64(b.First.First().Unix()) / (365.25 * 86400)
		if len(out) == 0 {
			zero = at
		}
		out = append(out, level{at - zero, b.Mean(), b.First, b.Period})
	}
	return out
}

// Trend tests the mean scores of the periods with events.
func (s Series) Trend() Trend {
	all := s.levels()
	t := Trend{Periods: len(all), P: 1}
	if t.Periods < leastPeriods {
		return t
	}
	x := averaged(all, mostPeriods)
	var slopes []float64
	sum := 0.0
	for j := range x {
		for i := range j {
			slopes = append(slopes, (x[j].mean-x[i].mean)/(x[j].at-x[i].at))
			sum += float64(cmp.Compare(x[j].mean, x[i].mean))
		}
	}
	slices.Sort(slopes)
	t.Slope = (slopes[len(slopes)/2] + slopes[(len(slopes)-1)/2]) / 2
	n := float64(len(x))
	variance := n * (n - 1) * (2*n + 5)
	for _, k := range tied(x) {
		variance -= k * (k - 1) * (2*k + 5)
	}
	if variance > 0 && sum != 0 {
		z := (math.Abs(sum) - 1) / math.Sqrt(variance/18)
		t.P = math.Erfc(z / math.Sqrt2)
	}
	return t
}

// averaged joins runs of neighbours so that at most n remain.
func averaged(x []level, n int) []level {
	run := (len(x) + n - 1) / n
	if run <= 1 {
		return x
	}
	var out []level
	for part := range slices.Chunk(x, run) {
		sum := level{first: part[0].first, label: part[0].label}
		for _, l := range part {
			sum.at += l.at / float64(len(part))
			sum.mean += l.mean / float64(len(part))
		}
		out = append(out, sum)
	}
	return out
}

// tied are the sizes of the groups of equal means.
func tied(x []level) []float64 {
	means := make([]float64, len(x))
	for i, l := range x {
		means[i] = l.mean
	}
	slices.Sort(means)
	var out []float64
	run := 1.0
	for i := 1; i <= len(means); i++ {
		if i < len(means) && means[i] == means[i-1] {
			run++
			continue
		}
		if run > 1 {
			out = append(out, run)
		}
		run = 1
	}
	return out
}

// Turns finds the periods in which the mean score changes its level: the change-point test of Pettitt (Applied Statistics 28, 1979) on the
// periods with events, then again on both sides of each turn found, while 8 periods are there and p is below 0.05. In the order of time.
func (s Series) Turns() []Turn {
	x := s.levels()
	ends := append([]int{0}, pettitt(x, 0)...)
	ends = append(ends, len(x))
	var out []Turn
	for i := 1; i+1 < len(ends); i++ {
		at := x[ends[i]]
		_, p := split(x[ends[i-1]:ends[i+1]])
		out = append(out, Turn{Period: at.label, First: at.first, P: p, Before: meanOf(x[ends[i-1]:ends[i]]), After: meanOf(x[ends[i]:ends[i+1]])})
	}
	return out
}

// pettitt are the indexes, in order and counted from offset, at which the parts of x begin that stand on another level than the part before.
func pettitt(x []level, offset int) []int {
	if len(x) < leastPeriods {
		return nil
	}
	at, p := split(x)
	if p >= Significant {
		return nil
	}
	return slices.Concat(pettitt(x[:at], offset), []int{offset + at}, pettitt(x[at:], offset+at))
}

// split is where the ranks before and after differ most, and the approximate probability that they do by chance.
func split(x []level) (at int, p float64) {
	n := len(x)
	ranks := ranksOf(x)
	sum, most := 0.0, -1.0
	for t := 1; t < n; t++ {
		sum += ranks[t-1]
		if u := math.Abs(2*sum - float64(t*(n+1))); u > most {
			at, most = t, u
		}
	}
	f := float64(n)
	return at, min(1, 2*math.Exp(-6*most*most/(f*f*f+f*f)))
}

// ranksOf are the 1-based ranks of the means, equal ones sharing the mean of theirs.
func ranksOf(x []level) []float64 {
	order := make([]int, len(x))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(x[a].mean, x[b].mean) })
	ranks := make([]float64, len(x))
	for i := 0; i < len(order); {
		j := i
		for j < len(order) && x[order[j]].mean == x[order[i]].mean {
			j++
		}
		for _, k := range order[i:j] {
			ranks[k] = float64(i+j+1) / 2
		}
		i = j
	}
	return ranks
}

func meanOf(x []level) float64 {
	sum := 0.0
	for _, l := range x {
		sum += l.mean
	}
	return sum / float64(len(x))
}
