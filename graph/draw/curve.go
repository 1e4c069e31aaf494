package draw

import (
	"fmt"
	"strings"

	"entente/graph"
	"entente/schema"
)

// curve writes the mean score by period; where a period has no events there is no mean and the line is broken.
func (l *layout) curve(c *canvas, top float64) {
	y := func(score float64) float64 { return top + scoreRoom/2 - score/10*(scoreRoom/2-4) }
	c.start("g", attr{"class", "score"})
	defer c.stop()
	c.words(gutter-34, top+scoreRoom/2-4, "mean score", attr{"text-anchor", "end"})
	c.words(gutter-34, top+scoreRoom/2+11, "by "+string(l.outline.Series.By), attr{"text-anchor", "end"}, attr{"fill", soft}, attr{"font-size", 11})
	for _, s := range []float64{10, 5, 0, -5, -10} {
		stroke := grid
		if s == 0 {
			stroke = ink
		}
		c.line(gutter, y(s), l.right, y(s), stroke)
		c.words(gutter-5, y(s)+4, graph.Signed(s), attr{"text-anchor", "end"}, attr{"font-size", 10}, attr{"fill", soft})
	}
	var dots []scored
	var path strings.Builder
	pen := "M"
	for _, b := range l.outline.Series.Bins {
		from, to := l.axis.span(schema.Between(b.First, b.Last))
		if b.Events == 0 || b.Last.Last().Before(l.axis.first) || !b.First.First().Before(l.axis.after) {
			pen = "M"
			continue
		}
		x := (from + to) / 2
		path.WriteString(pen + num(x) + " " + num(y(b.Mean())))
		pen = "L"
		text := fmt.Sprintf("%s: mean %s, net %s, %s", b.Period, graph.Signed(b.Mean()), graph.Signed(b.Net), plural(b.Events, "event"))
		dots = append(dots, scored{x, y(b.Mean()), to - from, b.Mean(), text})
	}
	if path.Len() > 0 {
		c.empty("path", attr{"d", path.String()}, attr{"fill", "none"}, attr{"stroke", ink}, attr{"stroke-width", 1.5})
	}
	for _, d := range dots {
		d.draw(c)
	}
}

// scored is a period on the curve.
type scored struct {
	x, y, room float64 // room: how wide the period is
	mean       float64
	text       string
}

func (d scored) draw(c *canvas) {
	q := schema.VerbalCooperation
	if d.mean < 0 {
		q = schema.MaterialConflict
	}
	r := min(max(d.room/2, 1.2), 3)
	c.start("g", attr{"class", "period"})
	c.leaf("title", d.text)
	if lookOf(q).round {
		c.empty("circle", attr{"cx", d.x}, attr{"cy", d.y}, attr{"r", r}, attr{"fill", lookOf(q).fill}, attr{"stroke", ink}, attr{"stroke-width", 0.7})
	} else {
		c.rect(d.x-r, d.y-r, 2*r, 2*r, attr{"fill", lookOf(q).fill}, attr{"stroke", ink}, attr{"stroke-width", 0.7})
	}
	c.stop()
}
