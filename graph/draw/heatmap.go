package draw

import (
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"

	"entente/graph"
	"entente/schema"
)

// Heat is what HeatMap draws.
type Heat struct {
	ID    string // as of Chart
	Title string
	Names Names
	Rows  []graph.PairSeries // by year, in the order in which they are drawn
	// Link is the address of a pair in a span of years, of the pair as a whole where both are empty; nil or "": no link.
	Link  func(a, b string, from, to schema.Date) string
	Width int // pixels; 960 where 0, at least 480
}

// heatColumn is a span of years, both included.
type heatColumn struct{ from, to int }

func (h heatColumn) label() string {
	if h.from == h.to {
		return strconv.Itoa(h.from)
	}
	return fmt.Sprintf("%d–%02d", h.from, h.to%100)
}

const (
	heatRow   = 24.0
	heatLeast = 26.0 // the least width of a column
)

// HeatMap writes one row for each pair and one column for each year, or span of 5, 10 or more years where there are too many: a mark as large as
// there are events, round and blue where their mean score is 0 or more, square and red where it is less, dark where it is far from 0. The number
// of events stands in or under it. Events whose date is less exact than a year are only in the sum at the end of the row.
func HeatMap(w io.Writer, heat Heat) error {
	wide := 960.0
	if heat.Width > 0 {
		wide = max(480, float64(heat.Width))
	}
	left, right := min(250, wide/3), wide-70
	columns := heatColumns(heat.Rows, int((right-left)/heatLeast))
	height := 96 + heatRow*float64(max(len(heat.Rows), 1)) + 20
	c := newCanvas(w, heat.ID)
	title := heat.Title
	if title == "" {
		title = "Pairs by year"
	}
	c.begin(wide, height, "heatmap", title, heat.description(columns), heat.Link != nil)
	c.words(margin, 26, isolated(cut(title, wide-2*margin, 20)), attr{"font-size", 17}, attr{"font-weight", "bold"}, attr{"class", "title"})
	if len(heat.Rows) == 0 {
		c.words(margin, 50, "no events", attr{"fill", soft})
		return c.end()
	}
	heat.legend(c)
	step := (right - left) / float64(max(len(columns), 1))
	every := 1
	if len(columns) > 0 {
		every = int(math.Ceil((width(columns[0].label(), 11) + 8) / step))
	}
	for i, col := range columns {
		x := left + (float64(i)+0.5)*step
		if i%every == 0 {
			c.words(x, 84, col.label(), attr{"text-anchor", "middle"}, attr{"font-size", 11})
		}
	}
	c.words(wide-margin, 84, "all", attr{"text-anchor", "end"}, attr{"font-size", 11})
	highest := heat.highest(columns)
	for i, row := range heat.Rows {
		heat.row(c, row, columns, cellGrid{left, right, step, 92 + heatRow*(float64(i)+0.5), highest})
	}
	return c.end()
}

// cellGrid is where a row stands, and the highest count of all.
type cellGrid struct {
	left, right, step, y float64
	highest              int
}

func (h Heat) row(c *canvas, row graph.PairSeries, columns []heatColumn, g cellGrid) {
	c.start("g", attr{"class", "pair"})
	defer c.stop()
	c.line(margin, g.y+heatRow/2, g.right+70-margin, g.y+heatRow/2, grid)
	room := g.left - margin - 10
	a, b := h.Names.Of(row.A), h.Names.Of(row.B)
	half := (room - width(" – ", 12)) / 2
	wa, wb := width(a, 12), width(b, 12)
	text := isolated(cut(a, max(half, 2*half-wb), 12)) + " – " + isolated(cut(b, max(half, 2*half-wa), 12))
	unlink := c.link(h.address(row, "", ""))
	c.words(margin, g.y+4, text)
	unlink()
	c.words(g.right+70-margin, g.y+4, strconv.Itoa(row.Total.Events), attr{"text-anchor", "end"})
	for i, col := range columns {
		sum := yearsOf(row.Series, col)
		if sum.Events == 0 {
			continue
		}
		x := g.left + (float64(i)+0.5)*g.step
		c.start("g", attr{"class", "cell"})
		unlink := c.link(h.address(row, schema.Date(fmt.Sprintf("%04d", col.from)), schema.Date(fmt.Sprintf("%04d", col.to))))
		c.leaf("title", fmt.Sprintf("%s and %s, %s: %s, mean score %s, net %s", isolated(a), isolated(b), col.label(), plural(sum.Events, "event"), graph.Signed(sum.Mean()), graph.Signed(sum.Net)))
		r := 3.5 + 7*math.Sqrt(float64(sum.Events)/float64(g.highest))
		lk := heatLook(sum.Mean())
		if lk.round {
			c.empty("circle", attr{"cx", x}, attr{"cy", g.y}, attr{"r", r}, attr{"fill", lk.fill}, attr{"stroke", lk.stroke})
		} else {
			c.rect(x-r*0.9, g.y-r*0.9, 1.8*r, 1.8*r, attr{"fill", lk.fill}, attr{"stroke", lk.stroke})
		}
		if digits := strconv.Itoa(sum.Events); width(digits, 9) < 2*r-1 && sum.Events > 1 {
			ink := ink
			if lk.name == "dark" {
				ink = paper
			}
			c.words(x, g.y+3.2, digits, attr{"text-anchor", "middle"}, attr{"font-size", 9}, attr{"fill", ink})
		}
		unlink()
		c.stop()
	}
}

func (h Heat) address(row graph.PairSeries, from, to schema.Date) string {
	if h.Link == nil {
		return ""
	}
	return h.Link(row.A, row.B, from, to)
}

// heatLook is the look of a mean score: light within 4 of 0, else dark.
func heatLook(mean float64) look {
	q := schema.VerbalCooperation
	switch {
	case mean <= -4:
		q = schema.MaterialConflict
	case mean < 0:
		q = schema.VerbalConflict
	case mean >= 4:
		q = schema.MaterialCooperation
	}
	lk := lookOf(q)
	lk.name = "light"
	if math.Abs(mean) >= 4 {
		lk.name = "dark"
	}
	return lk
}

func (h Heat) legend(c *canvas) {
	c.start("g", attr{"class", "legend"}, attr{"font-size", 11})
	defer c.stop()
	x := margin
	c.words(x, 48, "mean score:")
	x += 74
	for _, l := range []struct {
		mean float64
		text string
	}{{5, "4 to 10"}, {1, "0 to 4"}, {-1, "0 to −4"}, {-5, "−4 to −10"}} {
		lk := heatLook(l.mean)
		shape{lk, schema.Asserted, x + 5, 44, 5}.draw(c)
		c.words(x+15, 48, l.text)
		x += 15 + width(l.text, 11) + 18
	}
	c.words(x, 48, "the larger, the more events")
	c.words(margin, 64, "Scores of the PLOVER 2.0 manual, −10 to +10; events that happened or are disputed.", attr{"fill", soft})
}

// heatColumns are the years of all rows in spans of 1, 5, 10, 20, 50 ... years, as short as the number of columns allows.
func heatColumns(rows []graph.PairSeries, most int) []heatColumn {
	first, last := math.MaxInt, math.MinInt
	for _, r := range rows {
		for _, b := range r.Bins {
			if y := b.First.First().Year(); b.Events > 0 {
				first, last = min(first, y), max(last, y)
			}
		}
	}
	if first > last {
		return nil
	}
	span := 1
	for _, s := range []int{1, 5, 10, 20, 50, 100, 200, 500, 1000} {
		if span = s; (last/s-first/s)+1 <= most {
			break
		}
	}
	var out []heatColumn
	for y := first / span * span; y <= last; y += span {
		out = append(out, heatColumn{y, y + span - 1})
	}
	return out
}

// yearsOf sums up the bins of some years.
func yearsOf(s graph.Series, col heatColumn) graph.Bin {
	var sum graph.Bin
	for _, b := range s.Bins {
		if y := b.First.First().Year(); y >= col.from && y <= col.to {
			sum.Events += b.Events
			sum.Net += b.Net
		}
	}
	return sum
}

func (h Heat) highest(columns []heatColumn) int {
	n := 1
	for _, r := range h.Rows {
		for _, col := range columns {
			n = max(n, yearsOf(r.Series, col).Events)
		}
	}
	return n
}

func (h Heat) description(columns []heatColumn) string {
	if len(h.Rows) == 0 {
		return "No events."
	}
	var parts []string
	for _, r := range h.Rows[:min(5, len(h.Rows))] {
		parts = append(parts, fmt.Sprintf("%s and %s %s, mean score %s", isolated(h.Names.Of(r.A)), isolated(h.Names.Of(r.B)), plural(r.Total.Events, "event"), graph.Signed(r.Total.Mean())))
	}
	text := plural(len(h.Rows), "pair")
	if len(columns) > 0 {
		text += fmt.Sprintf(" from %d to %d", columns[0].from, columns[len(columns)-1].to)
	}
	return text + ". First: " + strings.Join(slices.Clip(parts), "; ") + "."
}
