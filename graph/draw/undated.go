package draw

import "fmt"

const (
	undatedColumns = 3
	undatedStep    = 22.0
	undatedMost    = 3 // rows that a lane grows for
)

// placeUndated puts what has no date into a column at the right: in rows of three, as many as the lane has room for, the others only counted.
func (l *layout) placeUndated() {
	var all, seen [laneCount]int
	for _, e := range l.events {
		if e.when == "" {
			all[e.lane]++
		}
	}
	for lane, n := range all {
		if rows := min((n+undatedColumns-1)/undatedColumns, undatedMost); !l.counted {
			l.heights[lane] = max(l.heights[lane], float64(rows)*rowHeight+8)
		}
	}
	for i := range l.events {
		e := &l.events[i]
		if e.when != "" {
			continue
		}
		n := seen[e.lane]
		seen[e.lane]++
		room := l.rows(e.lane) * undatedColumns
		if all[e.lane] > room {
			room -= undatedColumns - 1 // for the number of the others
		}
		if e.row = n / undatedColumns; l.counted || n >= room {
			e.row = hidden
			continue
		}
		x := l.right + 12 + float64(n%undatedColumns)*undatedStep
		e.from, e.to = x-3, x+3
	}
}

const hidden = -1 // the row of an event that is not drawn

func (l *layout) rows(lane int) int { return int((l.heights[lane] - 8) / rowHeight) }

// more writes how many events without a date are not drawn.
func (l *layout) more(c *canvas, lane int) {
	n := 0
	for _, e := range l.events {
		if e.lane == lane && e.row == hidden {
			n++
		}
	}
	if n == 0 {
		return
	}
	text, y := fmt.Sprintf("+%d", n), l.base(lane, l.rows(lane)-1)+4
	if l.counted {
		text, y = fmt.Sprint(n), l.y+l.heights[lane]/2+4
	}
	c.words(l.right+undated-6, y, text, attr{"font-size", 10}, attr{"text-anchor", "end"}, attr{"fill", soft}, attr{"class", "more"})
}
