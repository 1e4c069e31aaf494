package event

import (
	"entente/extract"
	"entente/schema"
)

// date is when the act of tr happens: the expression of time that belongs to its clause, or to a verb that only carries it ("plans to
// visit on Monday"). A clause without one stays undated: a background clause never takes the date of the news.
func (sc *scene) date(tr *trigger, times []int, st schema.Status) (schema.Date, schema.Basis) {
	best, rank := -1, 0
	for _, ti := range times {
		x := &sc.doc.Times[ti]
		if x.Date == "" {
			continue
		}
		if r := sc.belongs(x, tr); r > rank {
			best, rank = ti, r
		}
	}
	if best < 0 {
		return "", schema.NoBasis
	}
	x := &sc.doc.Times[best]
	if x.Other != "" && (st == schema.Future || st == schema.Hypothetical) {
		return x.Other, x.Basis
	}
	return x.Date, x.Basis
}

// belongs ranks how closely an expression of time belongs to tr: 3 its own dependent, 2 by way of its arguments, 1 of the verb that
// carries it, 0 not at all.
func (sc *scene) belongs(x *extract.Time, tr *trigger) int {
	t := x.First
	for t >= 0 && t >= x.First && t < x.Last {
		t = sc.head(t)
	}
	direct := true
	for n := 0; t >= 0 && n < 10; n++ {
		if t == tr.token || t == tr.noun {
			if direct {
				return 3
			}
			return 2
		}
		if g := sc.byToken[t]; g != nil {
			if sc.carries(g, tr) {
				return 1
			}
			return 0
		}
		if sc.isVerb(t) {
			return 0
		}
		direct = false
		t = sc.head(t)
	}
	return 0
}

// carries reports whether governor g has no time of its own, so that its expression of time is that of the act tr below it.
func (sc *scene) carries(g, tr *trigger) bool {
	for o := tr.outer; o != nil; o = o.outer {
		switch o.row.Op {
		case OpLight, OpPlan, OpMay, OpFail, OpStop:
		default:
			return false
		}
		if o == g {
			return true
		}
	}
	// an act inside may carry the date of the one that swallowed it only where that is all it does
	return false
}
