package draw

import (
	"time"

	"entente/graph"
	"entente/schema"
)

// axis is the line of time: days from first to the day after last, over the pixels from left to right.
type axis struct {
	first, after time.Time
	left, right  float64
}

// newAxis spans the given dates, at least a week, with a little room on both sides; from and to, where set, are its ends.
func newAxis(dates []schema.Date, from, to schema.Date, left, right float64) axis {
	a := axis{left: left, right: right}
	for _, d := range dates {
		if d == "" {
			continue
		}
		if first := d.First(); a.first.IsZero() || first.Before(a.first) {
			a.first = first
		}
		if after := d.Last().AddDate(0, 0, 1); after.After(a.after) {
			a.after = after
		}
	}
	if a.first.IsZero() {
		a.first, a.after = from.First(), to.Last()
	}
	if a.first.IsZero() || a.after.IsZero() || !a.after.After(a.first) {
		a.after = a.first.AddDate(0, 0, 1)
	}
	room := max(a.days()/50, 0.5)
	if least := 7.0; a.days() < least {
		room = (least - a.days()) / 2
	}
	whole := int(room)
	part := time.Duration((room - float64(whole)) * float64(24*time.Hour))
	a.first, a.after = a.first.AddDate(0, 0, -whole).Add(-part), a.after.AddDate(0, 0, whole).Add(part)
	if !from.First().IsZero() {
		a.first = from.First()
	}
	if end := to.Last(); !end.IsZero() && end.After(a.first) {
		a.after = end.AddDate(0, 0, 1)
	}
	return a
}

// days is the length of the axis. Durations overflow after 292 years, so it counts seconds.
func (a axis) days() float64 { return float64(a.after.Unix()-a.first.Unix()) / 86400 }

// x is where an instant stands, at most at the ends.
func (a axis) x(t time.Time) float64 {
	at := float64(t.Unix()-a.first.Unix()) / 86400 / a.days()
	return a.left + min(max(at, 0), 1)*(a.right-a.left)
}

// span is where a date begins and ends.
func (a axis) span(d schema.Date) (from, to float64) {
	return a.x(d.First()), a.x(d.Last().AddDate(0, 0, 1))
}

// tick is a mark on the axis.
type tick struct {
	x     float64
	label string
}

// steps are the distances that ticks may have, in months; 0 stands for days.
var steps = []int{0, 1, 3, 12, 24, 60, 120, 240, 600, 1200}

// ticks are the beginnings of days, months, quarters or years, at least 64 pixels apart.
func (a axis) ticks() []tick {
	const least = 64
	for n := 1; n <= 14; n *= 2 {
		if perDay := (a.right - a.left) / a.days(); perDay*float64(n) >= least {
			return a.dayTicks(n)
		}
	}
	step := steps[len(steps)-1]
	for _, s := range steps[1:] {
		if float64(s)*30.4*(a.right-a.left)/a.days() >= least {
			step = s
			break
		}
	}
	return a.monthTicks(step)
}

func (a axis) dayTicks(n int) []tick {
	var out []tick
	for t := graph.ByDay.Start(a.first); t.Before(a.after); t = t.AddDate(0, 0, n) {
		if !t.Before(a.first) {
			out = append(out, tick{a.x(t), t.Format(time.DateOnly)})
		}
	}
	return out
}

func (a axis) monthTicks(step int) []tick {
	layout := "2006"
	if step < 12 {
		layout = "2006-01"
	}
	t := graph.ByMonth.Start(a.first)
	months := t.Year()*12 + int(t.Month()) - 1
	months -= months % step
	var out []tick
	for {
		t = time.Date(months/12, time.Month(months%12+1), 1, 0, 0, 0, 0, time.UTC)
		if !t.Before(a.after) {
			return out
		}
		if !t.Before(a.first) {
			out = append(out, tick{a.x(t), t.Format(layout)})
		}
		months += step
	}
}
