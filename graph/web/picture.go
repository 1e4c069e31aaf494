package web

import (
	"bytes"
	"fmt"
	"html/template"
	"io"
	"net/url"
	"strconv"

	"entente/graph"
	"entente/graph/draw"
	"entente/schema"
)

// picture is an SVG within a page, with what stands below it.
type picture struct {
	SVG      template.HTML // or else File, with Alt
	File     string
	Alt      string
	Caption  string
	Download string
}

// Bounds of pictures.
const (
	pictureQuotes = 300    // up to so many events a picture has their quotes
	pictureInside = 1000   // up to so many are drawn within the page, with links; the picture of more, which counts them, is a file beside it
	pictureMost   = 30_000 // more are not drawn
	pictureQuote  = 240    // runes
)

// drawn makes a picture for a page. What package draw writes is SVG in which every text is escaped.
func drawn(caption, download string, write func(io.Writer) error) (*picture, error) {
	var b bytes.Buffer
	if err := write(&b); err != nil {
		return nil, err
	}
	return &picture{SVG: template.HTML(b.String()), Caption: caption, Download: download}, nil
}

// svg makes a picture that stands alone.
func (r *request) svg(name string, write func(io.Writer) error) (*answer, error) {
	var b bytes.Buffer
	if err := write(&b); err != nil {
		return nil, err
	}
	return newAnswer(b.Bytes(), contentTypes["svg"], fileName(name, "svg")), nil
}

// svgAt is the address of a view's picture.
func svgAt(path string, v url.Values) string {
	v.Set("format", "svg")
	return at(path, v, 0)
}

// chart is what the picture of a query's events shows; ok is false where they are too many.
func (r *request) chart(q graph.Query, total int, title string, links bool) (c draw.Chart, ok bool, err error) {
	if total > pictureMost {
		return c, false, nil
	}
	var triples []graph.Triple
	if total <= pictureQuotes {
		triples, err = r.site.store.Page(r.ctx, q, false, 0, total)
	} else {
		triples, err = r.site.store.Acts(r.ctx, q, total)
	}
	if err != nil {
		return c, false, err
	}
	c = draw.Chart{Title: clip(title, longestName), Names: draw.Names{}, From: q.From, To: q.To}
	if links {
		c.Link = func(t graph.Triple) string { return eventHref(t.ID) }
	}
	for _, t := range triples {
		for _, id := range []string{t.Subject, t.Object} {
			if c.Names[id] == "" {
				c.Names[id] = r.sn.name(id)
			}
		}
		for i := range t.Evidences {
			e := &t.Evidences[i]
			e.Quote, e.Source, e.Title = clip(e.Quote, pictureQuote), clip(e.Source, longestWord), clip(e.Title, longestWord)
		}
		t.Role = clip(t.Role, longestWord)
		tie := t.Relation.Info().Tie
		c.Moments = append(c.Moments, graph.Moment{When: t.When(), Undated: t.Date == "" && !tie, Triples: []graph.Triple{t}})
	}
	return c, true, nil
}

// timelineFigure is the picture of a query's events for a page, nil where there are none or too many.
func (r *request) timelineFigure(q graph.Query, total int, title, path string) (*picture, error) {
	const caption = "The table below has the numbers by year, the list every act with its words."
	address := svgAt(path, r.filter.values())
	switch {
	case total == 0 || total > pictureMost:
		return nil, nil
	case total > pictureInside:
		return &picture{File: address, Alt: "Timeline of " + clip(title, longestName), Caption: caption, Download: address}, nil
	}
	c, ok, err := r.chart(q, total, title, true)
	if err != nil || !ok {
		return nil, err
	}
	return drawn(caption, address, func(w io.Writer) error { return draw.Timeline(w, c) })
}

// timelinePicture is the picture of a query's events alone.
func (r *request) timelinePicture(q graph.Query, title string) (*answer, error) {
	tallies, err := r.tally(q)
	if err != nil {
		return nil, err
	}
	c, ok, err := r.chart(q, sum(tallies).All, title, false)
	if err != nil {
		return nil, err
	}
	if !ok {
		return nil, badRequest("More than %s events are not drawn: ask for a shorter time, or fewer kinds of act.", grouped(pictureMost))
	}
	return r.svg("timeline-"+title, func(w io.Writer) error { return draw.Timeline(w, c) })
}

// series is the tallies of a pair by year.
func series(d graph.Dyad, tallies []graph.Tally) graph.PairSeries {
	by := map[string]graph.Bin{}
	s := graph.PairSeries{A: d.A, B: d.B, Series: graph.Series{By: graph.ByYear}}
	first, last := 0, 0
	for _, t := range tallies {
		b := binOf(t)
		s.Total = plus(s.Total, b)
		year, err := strconv.Atoi(t.Year)
		if err != nil {
			s.Unplaced += b.Events
			continue
		}
		by[t.Year] = plus(by[t.Year], b)
		if b.Events > 0 && (first == 0 || year < first) {
			first = year
		}
		if b.Events > 0 {
			last = max(last, year)
		}
	}
	for y := first; y <= last && first > 0; y++ {
		year := fmt.Sprintf("%04d", y)
		b := by[year]
		b.Period, b.First, b.Last = year, schema.Date(year+"-01-01"), schema.Date(year+"-12-31")
		s.Bins = append(s.Bins, b)
	}
	return s
}

// binOf is a tally as a bin; what has no edge is in none.
func binOf(t graph.Tally) graph.Bin {
	q := quadClass(t.Relation)
	if !counts(t.Status) || q == 0 {
		return graph.Bin{}
	}
	b := graph.Bin{Events: t.Triples, Net: t.Net, Coop: t.Coop, Conf: t.Conf}
	b.Quads[q-1] = t.Triples
	return b
}

func plus(a, b graph.Bin) graph.Bin {
	a.Events += b.Events
	a.Net, a.Coop, a.Conf = a.Net+b.Net, a.Coop+b.Coop, a.Conf+b.Conf
	for i, n := range b.Quads {
		a.Quads[i] += n
	}
	return a
}

// heatDrawing is what the picture of pairs by year shows.
func (r *request) heatDrawing(h heat, links bool) draw.Heat {
	d := draw.Heat{Title: "Pairs by year", Names: draw.Names{}, Rows: h.series}
	for _, s := range h.series {
		d.Names[s.A], d.Names[s.B] = r.sn.name(s.A), r.sn.name(s.B)
	}
	if links {
		d.Link = func(a, b string, from, to schema.Date) string {
			return at(pairHref(a, b), filter{From: from, To: to}.values(), 0)
		}
	}
	return d
}

func (r *request) heatPicture(h heat) (*answer, error) {
	return r.svg("pairs-by-year", func(w io.Writer) error { return draw.HeatMap(w, r.heatDrawing(h, false)) })
}

func (r *request) heatFigure(h heat) (*picture, error) {
	if len(h.series) == 0 {
		return nil, nil
	}
	return drawn("The table below has the numbers.", "/?format=svg", func(w io.Writer) error { return draw.HeatMap(w, r.heatDrawing(h, true)) })
}

// net is what the network of pairs shows.
func (r *request) net(pairs []graph.Dyad, title string, links bool) draw.Net {
	n := draw.Net{Title: title, Names: draw.Names{}, Kinds: map[string]schema.Kind{}, Dyads: pairs, Most: max(1, len(pairs))}
	for _, d := range pairs {
		for _, id := range []string{d.A, d.B} {
			n.Names[id], n.Kinds[id] = r.sn.name(id), r.sn.entities[id].Kind
		}
	}
	if links {
		period := filter{From: r.filter.From, To: r.filter.To}.values()
		n.LinkPair = func(d graph.Dyad) string { return at(pairHref(d.A, d.B), period, 0) }
		n.LinkNode = entityHref
	}
	return n
}

func (r *request) networkPicture(pairs []graph.Dyad, title string) (*answer, error) {
	return r.svg("network", func(w io.Writer) error { return draw.Network(w, r.net(pairs, title, false)) })
}

func (r *request) networkFigure(pairs []graph.Dyad, title, address string) (*picture, error) {
	if len(pairs) == 0 {
		return nil, nil
	}
	return drawn("The table below has the numbers.", address, func(w io.Writer) error { return draw.Network(w, r.net(pairs, title, true)) })
}
