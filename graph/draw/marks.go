package draw

import (
	"fmt"

	"entente/schema"
)

// lane writes the marks, or the counts, of one class; l.y is its top.
func (l *layout) lane(c *canvas, lane int) {
	if l.heights[lane] == 0 {
		return
	}
	lk := lookOf(laneQuads()[lane])
	c.start("g", attr{"class", "lane " + lk.class})
	defer c.stop()
	n := 0
	for _, e := range l.events {
		if e.lane == lane {
			n++
		}
	}
	middle := l.y + l.heights[lane]/2 + 1
	c.words(gutter-34, middle, lk.name, attr{"text-anchor", "end"})
	c.words(gutter-34, middle+13, fmt.Sprint(n), attr{"text-anchor", "end"}, attr{"fill", soft}, attr{"font-size", 11})
	if lane != 1 && lane != 2 && l.heights[lane] > 0 {
		edge := l.y + l.heights[lane]
		if lane > 2 {
			edge = l.y
		}
		c.line(gutter, edge, l.right, edge, grid)
	}
	if l.counted {
		l.counts(c, lane)
		return
	}
	for _, e := range l.events {
		if e.lane == lane && e.row != hidden {
			l.mark(c, e)
		}
	}
	l.more(c, lane)
}

// base is the y of the middle of a row of a lane whose top is l.y: rows grow away from the axis.
func (l *layout) base(lane, row int) float64 {
	if lane < 2 {
		return l.y + l.heights[lane] - 4 - (float64(row)+0.5)*rowHeight
	}
	return l.y + 4 + (float64(row)+0.5)*rowHeight
}

// mark writes one event.
func (l *layout) mark(c *canvas, e event) {
	y := l.base(e.lane, e.row)
	lk := lookOf(laneQuads()[e.lane])
	c.start("g", attr{"class", "event " + string(e.Status)}, attr{"data-id", e.ID})
	defer c.stop()
	if l.Link != nil {
		defer c.link(l.Link(e.Triple))()
	}
	c.leaf("title", l.caption(e))
	r := radius(e.Sources)
	end := e.middle() + r
	if e.reported && e.when != "" {
		c.line(e.middle()-r-7, y, e.middle()-r, y, lk.stroke, attr{"stroke-width", 1.6})
		c.line(e.middle()-r-7, y-2.5, e.middle()-r-7, y+2.5, lk.stroke)
	}
	if e.point() {
		shape{lk, e.Status, e.middle(), y, r}.draw(c)
	} else {
		bar{lk, e.Status, e.from, e.to, y}.draw(c)
		end = e.to
	}
	if e.number > 0 {
		c.words(end+2, y+3.5, fmt.Sprint(e.number), attr{"font-size", 9.5})
	}
}

// shape is a mark at a point.
type shape struct {
	look
	status  schema.Status
	x, y, r float64
}

func (s shape) outline(c *canvas, fill string) {
	attrs := []attr{{"fill", fill}, {"stroke", s.stroke}, {"stroke-width", 1.3}}
	if s.status == schema.Hypothetical {
		attrs = append(attrs, attr{"stroke-dasharray", "2 1.6"})
	}
	if s.round {
		c.empty("circle", append([]attr{{"cx", s.x}, {"cy", s.y}, {"r", s.r}}, attrs...)...)
		return
	}
	r := s.r * 0.9
	c.rect(s.x-r, s.y-r, 2*r, 2*r, attrs...)
}

// draw writes the shape as its status wants: asserted full, disputed half full, denied crossed out, planned hollow, hypothetical hollow and broken.
func (s shape) draw(c *canvas) {
	if s.status == schema.Asserted || s.status == "" {
		s.outline(c, s.fill)
		return
	}
	s.outline(c, paper)
	switch s.status {
	case schema.Disputed:
		if s.round {
			c.empty("path", attr{"d", "M" + num(s.x) + " " + num(s.y-s.r) + "a" + num(s.r) + " " + num(s.r) + " 0 0 0 0 " + num(2*s.r) + "z"}, attr{"fill", s.stroke})
		} else {
			r := s.r * 0.9
			c.rect(s.x-r, s.y-r, r, 2*r, attr{"fill", s.stroke})
		}
	case schema.Denied:
		cross(c, s.x, s.y, s.r+1, s.stroke)
	}
}

func cross(c *canvas, x, y, r float64, stroke string) {
	c.line(x-r, y-r, x+r, y+r, stroke, attr{"stroke-width", 1.6})
	c.line(x-r, y+r, x+r, y-r, stroke, attr{"stroke-width", 1.6})
}

// bar is a mark for a date that is less exact than a day: it happened, or lasted, somewhere in it.
type bar struct {
	look
	status   schema.Status
	from, to float64
	y        float64
}

func (b bar) draw(c *canvas) {
	const h = 7.0
	fill := paper
	if b.status == schema.Asserted || b.status == "" {
		fill = b.fill
	}
	attrs := []attr{{"fill", fill}, {"stroke", b.stroke}, {"stroke-width", 1.2}}
	if b.round {
		attrs = append(attrs, attr{"rx", h / 2})
	}
	if b.status == schema.Hypothetical {
		attrs = append(attrs, attr{"stroke-dasharray", "4 2"})
	}
	c.rect(b.from, b.y-h/2, b.to-b.from, h, attrs...)
	switch b.status {
	case schema.Disputed:
		c.rect(b.from+1, b.y, b.to-b.from-2, h/2, attr{"fill", b.stroke})
	case schema.Denied:
		cross(c, (b.from+b.to)/2, b.y, h/2+1.5, b.stroke)
	}
}
