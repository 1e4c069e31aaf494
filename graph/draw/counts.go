package draw

import (
	"cmp"
	"fmt"
	"slices"

	"entente/schema"
)

const (
	countRoom = 64.0
	stripRow  = 5.0
	stripRows = 3
)

// tallied are the events of one lane in one span.
type tallied struct {
	when          schema.Date
	solid, hollow int // with an edge; denied, planned and hypothetical
}

// counts writes the events of a lane as bars by period, and those whose date is less exact as thin bars beside the axis.
func (l *layout) counts(c *canvas, lane int) {
	bins, coarse, highest := l.tallies[lane].bins, l.tallies[lane].coarse, l.highest
	lk := lookOf(laneQuads()[lane])
	beside := 0.0
	if l.strips {
		beside = stripRow * stripRows
	}
	room := countRoom - 6 - beside
	up := lane < 2
	base := l.y + 1 + beside
	if up {
		base = l.y + countRoom - 1 - beside
	}
	for _, b := range bins {
		from, to := l.axis.span(b.when)
		w := max(to-from-0.6, 0.8)
		c.start("g", attr{"class", "count"})
		c.leaf("title", fmt.Sprintf("%s: %s that happened or are disputed, %d denied, planned or hypothetical", b.when, plural(b.solid, "event"), b.hollow))
		solid, hollow := room*float64(b.solid)/float64(highest), room*float64(b.hollow)/float64(highest)
		y, y2 := base, base+solid
		if up {
			y, y2 = base-solid, base-solid-hollow
		}
		if b.solid > 0 {
			c.rect(from, y, w, solid, attr{"fill", lk.fill}, attr{"stroke", lk.stroke}, attr{"stroke-width", min(w/6, 0.6)})
		}
		if b.hollow > 0 {
			c.rect(from, y2, w, hollow, attr{"fill", paper}, attr{"stroke", lk.stroke}, attr{"stroke-width", min(w/4, 0.8)})
		}
		c.stop()
	}
	edge := base + room
	if up {
		edge = base - room
	}
	c.words(gutter-5, edge+4, fmt.Sprint(highest), attr{"text-anchor", "end"}, attr{"font-size", 10}, attr{"fill", soft})
	c.line(gutter-3, edge, gutter, edge, soft)
	l.strip(c, lk, coarse, base, up)
	l.more(c, lane)
}

// strip writes one thin bar for each span that is less exact than a period, the longest next to the axis; what finds no row lies on the last.
func (l *layout) strip(c *canvas, lk look, spans []tallied, base float64, up bool) {
	var rows []float64
	for _, s := range spans {
		from, to := l.axis.span(s.when)
		row := slices.IndexFunc(rows, func(end float64) bool { return end+1 <= from })
		if row < 0 {
			row = min(len(rows), stripRows-1)
			if row == len(rows) {
				rows = append(rows, 0)
			}
		}
		rows[row] = max(rows[row], to)
		y := base - float64(stripRows-row)*stripRow + 1
		if up {
			y = base + float64(stripRows-1-row)*stripRow + 1
		}
		fill := lk.fill
		if s.solid == 0 {
			fill = paper
		}
		c.start("g", attr{"class", "span"})
		c.leaf("title", fmt.Sprintf("%s: %s known no more exactly", s.when, plural(s.solid+s.hollow, "event")))
		c.rect(from, y, max(to-from, 1), stripRow-2, attr{"fill", fill}, attr{"stroke", lk.stroke}, attr{"stroke-width", 0.6})
		c.stop()
	}
}

// tally counts the events of a lane by period, and by date those that are in none, in the order of time.
func (l *layout) tally(lane int) (bins, coarse []tallied) {
	dates, byPeriod, byDate := map[schema.Date]tallied{}, map[schema.Date]tallied{}, map[schema.Date]tallied{}
	for _, e := range l.events {
		if e.lane != lane || e.when == "" {
			continue
		}
		t := dates[e.when]
		if e.Edge() {
			t.solid++
		} else {
			t.hollow++
		}
		dates[e.when] = t
	}
	for when, t := range dates {
		where, key := byDate, when
		if start, ok := l.outline.Series.By.Of(when); ok {
			where, key = byPeriod, schema.Between(schema.Day(start), schema.Day(l.outline.Series.By.Next(start).AddDate(0, 0, -1)))
		}
		sum := where[key]
		where[key] = tallied{key, sum.solid + t.solid, sum.hollow + t.hollow}
	}
	return inOrder(byPeriod), inOrder(byDate)
}

func inOrder(m map[schema.Date]tallied) []tallied {
	var out []tallied
	for _, t := range m {
		out = append(out, t)
	}
	slices.SortFunc(out, func(a, b tallied) int {
		return cmp.Or(a.when.First().Compare(b.when.First()), b.when.Last().Compare(a.when.Last()), cmp.Compare(a.when, b.when))
	})
	return out
}

// laneTally is what a lane shows where counts are drawn.
type laneTally struct{ bins, coarse []tallied }

// tallyAll counts every lane, and finds the highest count of any, the scale of all.
func (l *layout) tallyAll() {
	l.highest = 1
	for lane := range laneCount {
		bins, coarse := l.tally(lane)
		l.tallies[lane] = laneTally{bins, coarse}
		l.strips = l.strips || len(coarse) > 0
		for _, b := range bins {
			l.highest = max(l.highest, b.solid+b.hollow)
		}
	}
}
