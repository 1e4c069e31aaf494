package draw

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"entente/graph"
	"entente/schema"
)

// layout is a timeline before it is drawn: where everything stands.
type layout struct {
	Chart
	width, right float64
	axis         axis
	events       []event
	outline      graph.Outline
	counted      bool                 // counts are drawn in place of marks
	unknown      int                  // events without any date
	tallies      [laneCount]laneTally // where counted
	highest      int                  // count of a period in any lane
	strips       bool                 // some counted events have a date less exact than a period
	heights      [laneCount]float64
	y            float64 // how far the picture is drawn
}

const (
	gutter    = 176.0 // for the names of the lanes
	margin    = 16.0
	rowHeight = 13.0
	undated   = 76.0 // width of the column of what has no date
	scoreRoom = 104.0
)

// Timeline writes the picture of what two parties did to each other, or one did and suffered, as SVG: over one axis of time a curve of the mean
// score by period, and a lane of marks for each quad class, cooperation above the axis and conflict below. A date less exact than a day is a
// bar as long as it may be; what has no date stands apart. Where marks would not fit, lanes show counts by period. Errors are w's.
func Timeline(w io.Writer, chart Chart) error {
	l := newLayout(chart)
	c := newCanvas(w, chart.ID)
	var body strings.Builder
	b := newCanvas(&body, chart.ID)
	l.header(b)
	if len(l.events) == 0 {
		b.words(margin, l.y+16, "nothing is known", attr{"fill", soft})
		l.y += 32
	} else {
		l.draw(b)
	}
	if err := b.end(); err != nil {
		return err
	}
	c.begin(l.width, l.y+margin, "timeline", l.title(), l.outline.String(), chart.Link != nil)
	c.raw(body.String())
	return c.end()
}

func (l *layout) title() string {
	if l.Title == "" {
		return "Timeline"
	}
	return l.Title
}

func newLayout(chart Chart) *layout {
	l := &layout{Chart: chart, width: 960, events: chart.events()}
	if chart.Width > 0 {
		l.width = max(480, float64(chart.Width))
	}
	l.right = l.width - margin
	var dates []schema.Date // each once
	seen := map[schema.Date]bool{"": true}
	for _, e := range l.events {
		if e.when == "" {
			l.unknown++
		}
		if !seen[e.when] {
			seen[e.when] = true
			dates = append(dates, e.when)
		}
	}
	if l.unknown > 0 {
		l.right -= undated
	}
	l.axis = newAxis(dates, chart.From, chart.To, gutter, l.right)
	l.outline = chart.outline(l.events)
	if chart.Turns == nil {
		for _, t := range l.outline.Turns {
			l.Turns = append(l.Turns, t.First)
		}
	}
	l.place()
	return l
}

// place gives every event its row, and every lane its height.
func (l *layout) place() {
	keyed := !l.NoKey && len(l.events) <= maxKeyed
	var rows [laneCount][]float64 // by row, where its last mark ends
	spans := map[schema.Date][2]float64{}
	for i := range l.events {
		e := &l.events[i]
		if keyed {
			e.number = i + 1
		}
		if e.when == "" {
			continue
		}
		span, ok := spans[e.when]
		if !ok {
			span[0], span[1] = l.axis.span(e.when)
			spans[e.when] = span
		}
		e.from, e.to = span[0], span[1]
		r := radius(e.Sources)
		from, to := e.middle()-r, e.middle()+r
		if !e.point() {
			from, to = e.from, e.to
		}
		if e.reported {
			from -= 7
		}
		if e.number > 0 {
			to += 14
		}
		e.row = slices.IndexFunc(rows[e.lane], func(end float64) bool { return end+2 <= from })
		if e.row < 0 {
			e.row = len(rows[e.lane])
			rows[e.lane] = append(rows[e.lane], 0)
		}
		rows[e.lane][e.row] = to
		if e.row >= maxRows {
			l.counted = true
			break
		}
	}
	for lane := range rows {
		l.heights[lane] = max(float64(len(rows[lane])), 2)*rowHeight + 8
		if l.counted {
			l.heights[lane] = countRoom
		}
	}
	l.placeUndated()
	if !slices.ContainsFunc(l.events, func(e event) bool { return e.lane == tieLane }) {
		l.heights[tieLane] = 0
	}
	if l.counted {
		for i := range l.events {
			l.events[i].number = 0
		}
		l.tallyAll()
	}
}

// header writes title, description and legend.
func (l *layout) header(c *canvas) {
	c.words(margin, 26, isolated(cut(l.title(), l.width-2*margin, 20)), attr{"font-size", 17}, attr{"font-weight", "bold"}, attr{"class", "title"})
	l.y = 32
	for _, line := range lines(l.outline.String(), l.width-2*margin, 12) {
		l.y += 15
		c.words(margin, l.y, line, attr{"fill", soft}, attr{"class", "summary"})
	}
	if len(l.events) > 0 {
		l.legend(c)
	}
}

// lines breaks a text at its spaces.
func lines(s string, room, size float64) []string {
	var out []string
	last := ""
	for word := range strings.FieldsSeq(s) {
		next := strings.TrimSpace(last + " " + word)
		if last != "" && width(next, size) > room {
			out = append(out, last)
			next = word
		}
		last = next
	}
	return append(out, last)
}

// draw writes curve, lanes and key.
func (l *layout) draw(c *canvas) {
	l.y += 14
	top := l.y
	ticks := l.axis.ticks()
	bottom := top + scoreRoom + 14 + l.heights[0] + l.heights[1] + 22 + l.heights[2] + l.heights[3] + l.heights[tieLane] + 4
	c.start("g", attr{"class", "grid"})
	for _, t := range ticks {
		c.line(t.x, top, t.x, bottom, grid)
	}
	c.stop()
	l.curve(c, top)
	l.y = top + scoreRoom + 14
	for lane := range laneCount {
		if lane == 2 {
			l.timeAxis(c, ticks)
		}
		l.lane(c, lane)
		l.y += l.heights[lane]
	}
	l.turns(c, top, bottom)
	l.y = bottom + 2
	l.notes(c)
	l.key(c)
}

// timeAxis writes the line between cooperation and conflict with its labels.
func (l *layout) timeAxis(c *canvas, ticks []tick) {
	c.start("g", attr{"class", "axis"})
	c.line(gutter, l.y+1, l.right, l.y+1, ink)
	c.line(gutter, l.y+21, l.right, l.y+21, ink)
	for _, t := range ticks {
		c.line(t.x, l.y+1, t.x, l.y+5, ink)
		if half := width(t.label, 11) / 2; t.x-half >= gutter-20 && t.x+half <= l.width {
			c.words(t.x, l.y+15, t.label, attr{"font-size", 11}, attr{"text-anchor", "middle"})
		}
	}
	if l.unknown > 0 {
		c.words(l.right+undated/2, l.y+15, "no date", attr{"font-size", 11}, attr{"text-anchor", "middle"}, attr{"fill", soft})
	}
	c.stop()
	l.y += 22
}

func (l *layout) turns(c *canvas, top, bottom float64) {
	for _, d := range l.Turns {
		first := d.First()
		if first.IsZero() || first.Before(l.axis.first) || first.After(l.axis.after) {
			continue
		}
		x := l.axis.x(first)
		c.start("g", attr{"class", "turn"})
		c.leaf("title", "The mean score changes its level here: "+string(d))
		c.line(x, top, x, bottom, ink, attr{"stroke-dasharray", "6 3"})
		c.words(x+3, top+9, string(d), attr{"font-size", 10})
		c.stop()
	}
}

// notes says under the picture what it cannot show, and where the score comes from.
func (l *layout) notes(c *canvas) {
	text := fmt.Sprintf("Score: of type and mode in the PLOVER 2.0 manual, −10 to +10; mean of the events of a %s that happened or are disputed.", l.outline.Series.By)
	if n := l.outline.Series.Unplaced; n > 0 {
		text += fmt.Sprintf(" Not in the curve: %s whose date is unknown or less exact than a %s.", plural(n, "event"), l.outline.Series.By)
	}
	if l.counted {
		text += fmt.Sprintf(" Bars count the events of a %s.", l.outline.Series.By)
	}
	for _, line := range lines(text, l.width-2*margin, 11) {
		l.y += 14
		c.words(margin, l.y, line, attr{"font-size", 11}, attr{"fill", soft}, attr{"class", "note"})
	}
}
