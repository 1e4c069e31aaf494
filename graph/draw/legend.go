package draw

import (
	"fmt"
	"slices"

	"entente/schema"
)

// legend writes what the marks mean, of those that occur.
func (l *layout) legend(c *canvas) {
	c.start("g", attr{"class", "legend"}, attr{"font-size", 11})
	defer c.stop()
	x := margin
	l.y += 20
	item := func(text string, w float64, draw func(x, y float64)) {
		need := w + 5 + width(text, 11) + 14
		if x+need > l.width-margin && x > margin {
			x = margin
			l.y += 17
		}
		draw(x, l.y-4)
		c.words(x+w+5, l.y, text)
		x += need
	}
	for lane, q := range laneQuads() {
		if l.has(func(e event) bool { return e.lane == lane }) {
			item(lookOf(q).name, 9, func(x, y float64) { shape{lookOf(q), schema.Asserted, x + 4, y, 4.2}.draw(c) })
		}
	}
	meaning := map[schema.Status]string{schema.Asserted: "happened", schema.Disputed: "disputed", schema.Denied: "denied", schema.Planned: "planned", schema.Hypothetical: "hypothetical"}
	grey := look{stroke: ink, fill: ink, round: true}
	for _, s := range schema.TripleStatuses() {
		if l.has(func(e event) bool { return e.Status == s }) && !l.counted {
			item(meaning[s], 9, func(x, y float64) { shape{grey, s, x + 4, y, 4.2}.draw(c) })
		}
	}
	if l.counted {
		item("happened or disputed", 9, func(x, y float64) { c.rect(x, y-4, 8, 8, attr{"fill", soft}, attr{"stroke", ink}) })
		item("denied, planned or hypothetical", 9, func(x, y float64) { c.rect(x, y-4, 8, 8, attr{"fill", paper}, attr{"stroke", ink}) })
	}
	if l.has(func(e event) bool { return e.when != "" && !e.point() }) {
		item("date known only so far", 24, func(x, y float64) { bar{grey, schema.Planned, x, x + 24, y}.draw(c) })
	}
	if l.has(func(e event) bool { return e.reported && e.when != "" }) && !l.counted {
		item("reported that day, date not given", 16, func(x, y float64) {
			c.line(x, y, x+8, y, ink, attr{"stroke-width", 1.6})
			c.line(x, y-2.5, x, y+2.5, ink)
			shape{grey, schema.Asserted, x + 12, y, 3.8}.draw(c)
		})
	}
	if l.has(func(e event) bool { return e.Sources > 1 }) && !l.counted {
		item("larger: 2, 4 or more sources", 25, func(x, y float64) {
			shape{grey, schema.Asserted, x + 4, y, radius(2)}.draw(c)
			shape{grey, schema.Asserted, x + 18, y, radius(4)}.draw(c)
		})
	}
}

func (l *layout) has(f func(event) bool) bool { return slices.ContainsFunc(l.events, f) }

// key writes the numbered list of events.
func (l *layout) key(c *canvas) {
	if l.NoKey || l.counted || len(l.events) > maxKeyed {
		return
	}
	l.y += 10
	c.start("g", attr{"class", "key"}, attr{"font-size", 11})
	defer c.stop()
	for _, e := range l.events {
		l.y += 16
		when, status := e.whenText(), ""
		if e.Status != schema.Asserted && e.Status != "" {
			status = " [" + string(e.Status) + "]"
		}
		c.start("g", attr{"class", "event"})
		c.words(margin+18, l.y, fmt.Sprint(e.number), attr{"text-anchor", "end"}, attr{"fill", soft})
		c.words(margin+26, l.y, when)
		x := margin + 26 + max(width(when, 11)+10, 92)
		act := l.Names.shortAct(e.Triple, (l.width-margin-x)*0.62-width(status, 11), 11) + status
		unlink := c.link(l.address(e))
		c.words(x, l.y, act)
		unlink()
		b, _ := e.Best()
		x += width(act, 11) + 12
		if room := l.width - margin - x; b.Quote != "" && room > 60 {
			c.words(x, l.y, "“"+isolated(cut(b.Quote, room-12, 11))+"”", attr{"fill", soft})
		}
		c.stop()
	}
}

func (l *layout) address(e event) string {
	if l.Link == nil {
		return ""
	}
	return l.Link(e.Triple)
}
