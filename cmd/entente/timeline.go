package main

import (
	"cmp"
	"fmt"
	"iter"
	"strings"

	"entente/graph"
	"entente/schema"

	"github.com/urfave/cli/v2"
)

func (p *program) timelineCommand() *cli.Command {
	return &cli.Command{
		Name:      "timeline",
		Usage:     "what a party did, or two did to each other, oldest first",
		ArgsUsage: "A [B]",
		Description: "A and B are ids, names, aliases or demonyms. Each line has the date as exactly as it is known (~\n" +
			"marks the day of a report that gives none), the act, the words of one article and where they stand.\n" +
			"`entente why ID` shows all articles behind a line.",
		Flags: append(filterFlags(),
			storeFlag(), formatFlag(),
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

func (p *program) timeline(c *cli.Context) error {
	if err := between(c, 1, 2); err != nil {
		return err
	}
	out, err := p.output(c)
	if err != nil {
		return err
	}
	q, err := filter(c)
	if err != nil {
		return err
	}
	if q.Limit = c.Int("limit"); q.Limit < 0 {
		return usagef("--limit %d: want 0 or more", q.Limit)
	}
	return withStore(c, func(store graph.Store) error {
		ctx := c.Context
		dir, err := openDirectory(ctx, store)
		if err != nil {
			return err
		}
		party := func(word string) ([]string, error) {
			id, err := dir.resolve(word)
			if err != nil || c.Bool("strict") {
				return []string{id}, err
			}
			return continued([]string{id}), nil
		}
		if q.Of, err = party(c.Args().Get(0)); err != nil {
			return err
		}
		if c.Args().Len() == 2 {
			if q.With, err = party(c.Args().Get(1)); err != nil {
				return err
			}
		}
		return p.writeTimeline(out, dir.names, store.Triples(ctx, q), q)
	})
}

func (p *program) writeTimeline(out *output, n names, triples iter.Seq2[graph.Triple, error], q graph.Query) error {
	reported := false
	rows := func(yield func(graph.Triple, error) bool) {
		for t, err := range triples {
			reported = reported || t.Date == "" && t.Reported != ""
			if !yield(t, err) {
				return
			}
		}
	}
	k, err := write(out, tripleView(n), rows)
	if err != nil {
		return err
	}
	if k == 0 {
		p.say("nothing is known of %s%s", parties(n, q), narrowed(q))
	}
	if reported && out.format == "table" {
		p.say("~ the day of the report: the article does not say when it happened")
	}
	return nil
}

func parties(n names, q graph.Query) string {
	if len(q.With) == 0 {
		return n.of(q.Of[0])
	}
	return n.of(q.Of[0]) + " and " + n.of(q.With[0])
}

func narrowed(q graph.Query) string {
	if q.From != "" || q.To != "" || len(q.Relations) > 0 || len(q.Statuses) > 0 || q.MinConfidence > 0 {
		return " with these flags; try without --from, --to, --relation, --status and --min-confidence"
	}
	return "; `entente status` shows what is in the store"
}

// tripleView shows triples: in words for people, field by field for programs. The quote is of the most telling evidence.
func tripleView(n names) view[graph.Triple] {
	field := func(name string, f func(t graph.Triple) string) column[graph.Triple] {
		return column[graph.Triple]{name: name, cell: f}
	}
	return view[graph.Triple]{
		table: []column[graph.Triple]{
			field("date", func(t graph.Triple) string { return when(t) }),
			field("act", func(t graph.Triple) string { return n.act(t) }),
			{name: "quote", wide: true, cell: func(t graph.Triple) string { return quoted(telling(t).Quote) }},
			field("source", func(t graph.Triple) string { return sources(t) }),
			field("id", func(t graph.Triple) string { return t.ID }),
		},
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
