package main

import (
	"cmp"
	"context"
	"fmt"
	"strings"

	"entente/graph"
	"entente/graph/draw"
	"entente/graph/export"
	"entente/schema"

	"github.com/urfave/cli/v2"
)

// drawn are the formats of a timeline beside those of rows.
var drawn = []string{"svg", "html", "markdown", "timelinejs"}

func (p *program) timelineCommand() *cli.Command {
	return &cli.Command{
		Name:      "timeline",
		Usage:     "what a party did, or two did to each other, oldest first",
		ArgsUsage: "A [B]",
		Description: "A and B are ids, names, aliases or demonyms. Each line has the date as exactly as it is known (~\n" +
			"marks the day of a report that gives none), a mark in the lane of its class (material and verbal\n" +
			"cooperation | verbal and material conflict), the act, the words of one article and where they stand.\n" +
			"With --by the events are counted by period. svg is a picture, html a page with it and all evidence.\n" +
			"`entente why ID` shows all articles behind a line.",
		Flags: append(filterFlags(),
			&cli.StringFlag{Name: "by", Usage: "count by `PERIOD`: day, month, quarter or year; in pictures the period of the score"},
			storeFlag(), formatFlag(drawn...),
			&cli.BoolFlag{Name: "strict", Usage: "leave out the states and organisations that a party continues (the Soviet Union for Russia)"},
			&cli.IntFlag{Name: "limit", DefaultText: "all", Usage: "show the first `N` only"},
		),
		Action: func(c *cli.Context) error { return p.timeline(c) },
	}
}

// filterFlags select triples.
func filterFlags() []cli.Flag {
	return []cli.Flag{
		&cli.StringFlag{Name: "from", Usage: "on or after `DATE` (YYYY, YYYY-MM or YYYY-MM-DD)"},
		&cli.StringFlag{Name: "to", Usage: "on or before `DATE`, its last day included"},
		&cli.StringSliceFlag{Name: "relation", Usage: "only these `TYPES`, comma separated (see `entente schema`)"},
		&cli.StringSliceFlag{Name: "status", Usage: "only these `STATUSES`: " + join(schema.TripleStatuses(), ", ")},
		&cli.Float64Flag{Name: "min-confidence", Usage: "only what is at least as sure as `P`, 0 to 1"},
	}
}

func join[T ~string](values []T, sep string) string {
	out := make([]string, len(values))
	for i, v := range values {
		out[i] = string(v)
	}
	return strings.Join(out, sep)
}

// filter is the query that the filter flags describe.
func filter(c *cli.Context) (graph.Query, error) {
	q := graph.Query{MinConfidence: c.Float64("min-confidence")}
	var err error
	if q.From, err = dateFlag(c, "from"); err != nil {
		return q, err
	}
	if q.To, err = dateFlag(c, "to"); err != nil {
		return q, err
	}
	if q.From != "" && q.To != "" && q.To.Last().Before(q.From.First()) {
		return q, usagef("--from %s is after --to %s", q.From, q.To)
	}
	for _, s := range c.StringSlice("relation") {
		r, err := schema.ParseRelation(strings.TrimSpace(s))
		if err != nil {
			return q, usagef("--relation: %w", err)
		}
		q.Relations = append(q.Relations, r)
	}
	for _, s := range c.StringSlice("status") {
		status, err := parseStatus(strings.TrimSpace(s))
		if err != nil {
			return q, err
		}
		q.Statuses = append(q.Statuses, status)
	}
	if q.MinConfidence < 0 || q.MinConfidence > 1 {
		return q, usagef("--min-confidence %g: want a number from 0 to 1", q.MinConfidence)
	}
	return q, nil
}

func dateFlag(c *cli.Context, name string) (schema.Date, error) {
	d, err := schema.ParseDate(c.String(name))
	if err != nil || d.Precision() == schema.PrecisionRange {
		return "", usagef("--%s %s: want YYYY, YYYY-MM or YYYY-MM-DD", name, c.String(name))
	}
	return d, nil
}

func parseStatus(s string) (schema.Status, error) {
	for _, status := range schema.TripleStatuses() {
		if strings.EqualFold(s, string(status)) {
			return status, nil
		}
	}
	return "", usagef("--status %s: want one of %s", s, join(schema.TripleStatuses(), ", "))
}

// timeline is what one call of the command shows.
type timeline struct {
	names
	a, b    string // b may be empty
	options graph.TimelineOptions
	by      graph.Period // empty: not given
	limit   int
}

// shown is what of a timeline is shown, in its order.
type shown struct {
	moments []graph.Moment
	triples []graph.Triple
}

func (p *program) timeline(c *cli.Context) error {
	if err := between(c, 1, 2); err != nil {
		return err
	}
	out, err := p.output(c, drawn...)
	if err != nil {
		return err
	}
	q, err := filter(c)
	if err != nil {
		return err
	}
	t := timeline{limit: c.Int("limit"), options: graph.TimelineOptions{From: q.From, To: q.To, Relations: q.Relations, Statuses: q.Statuses, MinConfidence: q.MinConfidence}}
	if t.limit < 0 {
		return usagef("--limit %d: want 0 or more", t.limit)
	}
	if by := c.String("by"); by != "" {
		if t.by, err = graph.ParsePeriod(by); err != nil {
			return usagef("--by: %w", err)
		}
	}
	return withStore(c, func(store graph.Store) error {
		dir, err := openDirectory(c.Context, store)
		if err != nil {
			return err
		}
		if err := t.name(dir, c.Args().Slice(), c.Bool("strict")); err != nil {
			return err
		}
		return p.showTimeline(c.Context, out, t, store)
	})
}

// name finds the parties that the words of the command name.
func (t *timeline) name(dir directory, words []string, strict bool) error {
	t.names, t.options.Also = dir.names, map[string][]string{}
	for i, id := range []*string{&t.a, &t.b}[:len(words)] {
		var err error
		if *id, err = dir.resolve(words[i]); err != nil {
			return err
		}
		if !strict {
			t.options.Also[*id] = continued([]string{*id})[1:]
		}
	}
	return nil
}

// read takes the timeline from a store, as much as is shown.
func (t timeline) read(ctx context.Context, store graph.Store) (shown, error) {
	var s shown
	for m, err := range graph.Timeline(ctx, store, t.a, t.b, t.options) {
		if err != nil {
			return s, err
		}
		if t.limit > 0 {
			m.Triples = m.Triples[:min(len(m.Triples), t.limit-len(s.triples))]
		}
		s.moments = append(s.moments, m)
		s.triples = append(s.triples, m.Triples...)
		if t.limit > 0 && len(s.triples) == t.limit {
			break
		}
	}
	return s, nil
}

func (p *program) showTimeline(ctx context.Context, out *output, t timeline, store graph.Store) error {
	s, err := t.read(ctx, store)
	if err != nil {
		return err
	}
	report := export.Report{Title: t.title(), Names: drawNames(t.names), Moments: s.moments, By: t.by, From: t.options.From, To: t.options.To}
	switch {
	case out.format == "svg":
		err = draw.Timeline(out.w, report.Chart())
	case out.format == "html":
		err = report.HTML(out.w)
	case out.format == "markdown":
		err = report.Markdown(out.w)
	case out.format == "timelinejs":
		err = report.TimelineJS(out.w)
	case t.by != "":
		err = p.writeSeries(out, graph.NewOutline(s.triples, t.by))
	case out.format == "table":
		err = writeLanes(out, t.names, s.triples)
	default:
		_, err = write(out, tripleView(t.names), all(s.triples))
	}
	if err == nil && len(s.triples) == 0 {
		p.say("nothing is known of %s%s", t.title(), t.narrowed())
	}
	return err
}

// title is the parties in words.
func (t timeline) title() string {
	if t.b == "" {
		return t.of(t.a)
	}
	return t.of(t.a) + " and " + t.of(t.b)
}

func (t timeline) narrowed() string {
	o := t.options
	if o.From != "" || o.To != "" || len(o.Relations) > 0 || len(o.Statuses) > 0 || o.MinConfidence > 0 {
		return " with these flags; try without --from, --to, --relation, --status and --min-confidence"
	}
	return "; `entente status` shows what is in the store"
}

func drawNames(n names) draw.Names {
	out := draw.Names{}
	for id := range n {
		out[id] = n.of(id)
	}
	return out
}

// tripleView shows triples: in words for people, field by field for programs. The quote is of the most telling evidence.
func tripleView(n names) view[graph.Triple] {
	field := func(name string, f func(t graph.Triple) string) column[graph.Triple] {
		return column[graph.Triple]{name: name, cell: f}
	}
	return view[graph.Triple]{
		table: laneColumns(n),
		fields: []column[graph.Triple]{
			field("id", func(t graph.Triple) string { return t.ID }),
			field("date", func(t graph.Triple) string { return string(t.Date) }),
			field("reported", func(t graph.Triple) string { return string(t.Reported) }),
			field("basis", func(t graph.Triple) string { return string(t.Basis) }),
			field("subject", func(t graph.Triple) string { return t.Subject }),
			field("relation", func(t graph.Triple) string { return string(t.Relation) }),
			field("object", func(t graph.Triple) string { return t.Object }),
			field("role", func(t graph.Triple) string { return t.Role }),
			field("status", func(t graph.Triple) string { return string(t.Status) }),
			field("mode", func(t graph.Triple) string { return t.Mode }),
			field("contexts", func(t graph.Triple) string { return strings.Join(t.Contexts, " ") }),
			field("score", func(t graph.Triple) string { return decimal(t.Score) }),
			field("sources", func(t graph.Triple) string { return fmt.Sprint(t.Sources) }),
			field("confidence", func(t graph.Triple) string { return decimal(t.Confidence) }),
			field("quote", func(t graph.Triple) string { return telling(t).Quote }),
			field("article", func(t graph.Triple) string { return telling(t).Article }),
			field("source", func(t graph.Triple) string { return telling(t).Source }),
			field("published", func(t graph.Triple) string { return string(telling(t).Published) }),
		},
	}
}

// sources is the source of the most telling evidence and how many others there are.
func sources(t graph.Triple) string {
	s := source(telling(t))
	if more := t.Sources - 1; more > 0 {
		s = fmt.Sprintf("%s +%d", cmp.Or(s, "-"), more)
	}
	return s
}
