package draw

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"math"
	"slices"

	"entente/graph"
	"entente/schema"
)

// Net is what Network draws.
type Net struct {
	ID       string // as of Chart
	Title    string
	Names    Names
	Kinds    map[string]schema.Kind // of parties: persons and organisations have shapes of their own
	Dyads    []graph.Dyad           // pairs with events, in any order
	Most     int                    // draw at most so many pairs, those with the most events; 60 where 0
	LinkPair func(d graph.Dyad) string
	LinkNode func(id string) string
	Width    int // pixels; 960 where 0, at least 480
}

// node is a party in the picture.
type node struct {
	id     string
	events int // of the pairs drawn
	at     point
	r      float64
}

// box is a rectangle.
type box struct{ left, top, right, bottom float64 }

func (b box) overlap(o box) float64 {
	return max(0, min(b.right, o.right)-max(b.left, o.left)) * max(0, min(b.bottom, o.bottom)-max(b.top, o.top))
}

// Network writes the pairs with the most events as a graph: a line as wide as there are events (by their logarithm), blue and whole where the net
// score is 0 or more, red and broken where it is less; a node as large as the events of its pairs. The same pairs give the same picture.
func Network(w io.Writer, net Net) error {
	wide := 960.0
	if net.Width > 0 {
		wide = max(480, float64(net.Width))
	}
	dyads := net.strongest()
	nodes, index := nodesOf(dyads)
	height := min(max(0.72*wide, 320), 120+70*float64(len(nodes)))
	title := cmp.Or(net.Title, "Network")
	c := newCanvas(w, net.ID)
	c.begin(wide, height, "network", title, net.description(dyads, len(nodes)), net.LinkPair != nil || net.LinkNode != nil)
	c.words(margin, 26, isolated(cut(title, wide-2*margin, 20)), attr{"font-size", 17}, attr{"font-weight", "bold"}, attr{"class", "title"})
	if len(dyads) == 0 {
		c.words(margin, 50, "no events", attr{"fill", soft})
		return c.end()
	}
	net.legend(c, len(dyads))
	places := force(len(nodes), springs(dyads, index))
	fitInto(places, 90, 100, wide-90, height-50)
	for i := range nodes {
		nodes[i].at = places[i]
	}
	for _, d := range slices.Backward(dyads) {
		net.edge(c, d, nodes[index[d.A]], nodes[index[d.B]], dyads[0].Events)
	}
	for _, n := range nodes {
		net.node(c, n)
	}
	net.labels(c, nodes, box{0, 76, wide, height})
	return c.end()
}

// strongest are the pairs with the most events, the first first.
func (n Net) strongest() []graph.Dyad {
	dyads := slices.DeleteFunc(slices.Clone(n.Dyads), func(d graph.Dyad) bool { return d.Events <= 0 })
	slices.SortFunc(dyads, func(x, y graph.Dyad) int {
		return cmp.Or(y.Events-x.Events, cmp.Compare(x.A, y.A), cmp.Compare(x.B, y.B))
	})
	return dyads[:min(len(dyads), max(1, cmp.Or(n.Most, 60)))]
}

func nodesOf(dyads []graph.Dyad) ([]node, map[string]int) {
	events := map[string]int{}
	for _, d := range dyads {
		events[d.A] += d.Events
		events[d.B] += d.Events
	}
	highest := slices.Max(append(slices.Collect(maps.Values(events)), 1))
	index := map[string]int{}
	var out []node
	for _, id := range slices.Sorted(maps.Keys(events)) {
		index[id] = len(out)
		out = append(out, node{id: id, events: events[id], r: 5 + 13*math.Sqrt(float64(events[id])/float64(highest))})
	}
	return out, index
}

func springs(dyads []graph.Dyad, index map[string]int) []spring {
	var out []spring
	for _, d := range dyads {
		out = append(out, spring{index[d.A], index[d.B], float64(d.Events) / float64(dyads[0].Events)})
	}
	return out
}

func (n Net) edge(c *canvas, d graph.Dyad, a, b node, highest int) {
	c.start("g", attr{"class", "pair"})
	defer c.stop()
	if n.LinkPair != nil {
		defer c.link(n.LinkPair(d))()
	}
	c.leaf("title", fmt.Sprintf("%s and %s: %s, net score %s", isolated(n.Names.Of(d.A)), isolated(n.Names.Of(d.B)), plural(d.Events, "event"), graph.Signed(d.Net)))
	weight := 1.2 + 6*math.Log1p(float64(d.Events-1))/max(math.Log1p(float64(highest-1)), 1)
	attrs := []attr{{"stroke-width", weight}, {"stroke-opacity", "0.75"}}
	stroke := "#0b559f"
	if d.Net < 0 {
		stroke = "#a63603"
		attrs = append(attrs, attr{"stroke-dasharray", num(weight*1.6+2) + " " + num(weight+1)})
	}
	c.line(a.at.x, a.at.y, b.at.x, b.at.y, stroke, attrs...)
}

// node writes a party: a circle, of an organisation a square, of a person a triangle.
func (n Net) node(c *canvas, v node) {
	c.start("g", attr{"class", "party"})
	defer c.stop()
	if n.LinkNode != nil {
		defer c.link(n.LinkNode(v.id))()
	}
	c.leaf("title", fmt.Sprintf("%s: %s", isolated(n.Names.Of(v.id)), plural(v.events, "event")))
	attrs := []attr{{"fill", "#eeeeee"}, {"stroke", ink}, {"stroke-width", 1.4}}
	x, y, r := v.at.x, v.at.y, v.r
	switch n.Kinds[v.id] {
	case schema.Organization:
		r *= 0.9
		c.rect(x-r, y-r, 2*r, 2*r, attrs...)
	case schema.Person:
		d := "M" + num(x) + " " + num(y-r) + "L" + num(x+r) + " " + num(y+r*0.8) + "L" + num(x-r) + " " + num(y+r*0.8) + "z"
		c.empty("path", append([]attr{{"d", d}}, attrs...)...)
	default:
		c.empty("circle", append([]attr{{"cx", x}, {"cy", y}, {"r", r}}, attrs...)...)
	}
}

// labels writes the names, those of the largest nodes first, each where it covers the least: below, above, right or left of its node.
func (n Net) labels(c *canvas, nodes []node, frame box) {
	var taken []box
	for _, v := range nodes {
		taken = append(taken, box{v.at.x - v.r, v.at.y - v.r, v.at.x + v.r, v.at.y + v.r})
	}
	order := slices.Clone(nodes)
	slices.SortStableFunc(order, func(a, b node) int { return b.events - a.events })
	c.start("g", attr{"class", "names"})
	defer c.stop()
	for _, v := range order {
		text := cut(n.Names.Of(v.id), 150, 12)
		w := width(text, 12)
		best, least := box{}, math.Inf(1)
		for _, b := range []box{
			{v.at.x - w/2, v.at.y + v.r + 2, v.at.x + w/2, v.at.y + v.r + 16}, {v.at.x - w/2, v.at.y - v.r - 16, v.at.x + w/2, v.at.y - v.r - 2},
			{v.at.x + v.r + 3, v.at.y - 7, v.at.x + v.r + 3 + w, v.at.y + 7}, {v.at.x - v.r - 3 - w, v.at.y - 7, v.at.x - v.r - 3, v.at.y + 7},
		} {
			covered := 14*w - b.overlap(frame)
			for _, t := range taken {
				covered += b.overlap(t)
			}
			if covered < least {
				best, least = b, covered
			}
		}
		taken = append(taken, best)
		c.words((best.left+best.right)/2, best.bottom-3, isolated(text), attr{"text-anchor", "middle"},
			attr{"stroke", paper}, attr{"stroke-width", 3}, attr{"stroke-linejoin", "round"}, attr{"aria-hidden", "true"})
		c.words((best.left+best.right)/2, best.bottom-3, isolated(text), attr{"text-anchor", "middle"})
	}
}

func (n Net) legend(c *canvas, drawn int) {
	c.start("g", attr{"class", "legend"}, attr{"font-size", 11})
	defer c.stop()
	c.line(margin, 44, margin+26, 44, "#0b559f", attr{"stroke-width", 3})
	c.words(margin+32, 48, "net score 0 or more")
	c.line(margin+170, 44, margin+196, 44, "#a63603", attr{"stroke-width", 3}, attr{"stroke-dasharray", "6.8 4"})
	c.words(margin+202, 48, "below 0")
	c.words(margin+270, 48, "the wider, the more events")
	text := fmt.Sprintf("The %s with the most events that happened or are disputed.", plural(drawn, "pair"))
	if drawn < len(n.Dyads) {
		text = fmt.Sprintf("The %s of %d with the most events that happened or are disputed.", plural(drawn, "pair"), len(n.Dyads))
	}
	c.words(margin, 64, text, attr{"fill", soft})
}

func (n Net) description(dyads []graph.Dyad, nodes int) string {
	if len(dyads) == 0 {
		return "No events."
	}
	d := dyads[0]
	return fmt.Sprintf("%d parties, %s. Most events: %s and %s, %d, net score %s.", nodes, plural(len(dyads), "pair"), isolated(n.Names.Of(d.A)), isolated(n.Names.Of(d.B)), d.Events, graph.Signed(d.Net))
}
