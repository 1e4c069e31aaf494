package draw

import "math"

// point is a place on the plane.
type point struct{ x, y float64 }

// spring joins two nodes; the heavier, the closer.
type spring struct {
	a, b   int
	weight float64 // 0 to 1
}

const forceSteps = 400

// force lays n nodes out after Fruchterman and Reingold (Software: Practice and Experience 21, 1991), with a pull to the middle that keeps the
// parts of a graph that is not connected together. It begins from fixed places and cools down in fixed steps, so the same graph gives the same
// picture; products are rounded before they are added, so that processors that fuse the two give it too.
func force(n int, springs []spring) []point {
	at := make([]point, n)
	for i := range at {
		at[i] = point{fraction(float64(i+1) * 0.6180339887498949), fraction(float64(i+1) * 0.7548776662466927)}
	}
	if n < 2 {
		return at
	}
	k := math.Sqrt(1 / float64(n))
	moves := make([]point, n)
	for step := range forceSteps {
		clear(moves)
		for i := range n {
			for j := range i {
				if d, length := apart(at[i], at[j]); length < 5*k { // so that parts without a link do not drive each other out of the picture
					push(moves, i, j, d, 1.5*float64(k*k)/length/length)
				}
			}
			middle := point{0.5 - at[i].x, 0.5 - at[i].y}
			moves[i].x += float64(middle.x * 0.6 * k)
			moves[i].y += float64(middle.y * 0.6 * k)
		}
		for _, s := range springs {
			d, length := apart(at[s.a], at[s.b])
			push(moves, s.a, s.b, d, -length/k*(0.3+float64(0.3*s.weight)))
		}
		heat := 0.1 * float64(forceSteps-step) / forceSteps
		for i, m := range moves {
			length := math.Sqrt(float64(m.x*m.x) + float64(m.y*m.y))
			if length == 0 {
				continue
			}
			by := min(length, heat) / length
			at[i].x += float64(m.x * by)
			at[i].y += float64(m.y * by)
		}
	}
	return at
}

func fraction(f float64) float64 { return f - math.Floor(f) }

// apart is the way from b to a and its length, which is never 0.
func apart(a, b point) (point, float64) {
	d := point{a.x - b.x, a.y - b.y}
	return d, max(math.Sqrt(float64(d.x*d.x)+float64(d.y*d.y)), 1e-4)
}

// push moves i away from j along d, and j the other way; a negative measure draws them together.
func push(moves []point, i, j int, d point, by float64) {
	x, y := float64(d.x*by), float64(d.y*by)
	moves[i].x += x
	moves[i].y += y
	moves[j].x -= x
	moves[j].y -= y
}

// fitInto stretches the places, each direction for itself, over a rectangle.
func fitInto(at []point, left, top, right, bottom float64) {
	if len(at) == 0 {
		return
	}
	lo, hi := at[0], at[0]
	for _, p := range at {
		lo = point{min(lo.x, p.x), min(lo.y, p.y)}
		hi = point{max(hi.x, p.x), max(hi.y, p.y)}
	}
	scale := func(v, lo, hi, from, to float64) float64 {
		if hi-lo < 1e-9 {
			return (from + to) / 2
		}
		return from + float64((v-lo)/(hi-lo)*(to-from))
	}
	for i, p := range at {
		at[i] = point{scale(p.x, lo.x, hi.x, left, right), scale(p.y, lo.y, hi.y, top, bottom)}
	}
}
