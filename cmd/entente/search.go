package main

import (
	"context"
	"iter"
	"slices"
	"strconv"
	"strings"

	"entente/graph"

	"github.com/urfave/cli/v2"
)

func (p *program) searchCommand() *cli.Command {
	return &cli.Command{
		Name:      "search",
		Usage:     "find parties, articles and sentences by words in them",
		ArgsUsage: "WORDS...",
		Description: "All words must be there, in any order; case and accents do not matter. diplom* is the beginning of a\n" +
			"word, '\"strategic concept\"' words that stand together. Names and aliases of parties are searched, titles\n" +
			"of articles, and the sentences that are quoted as evidence; `entente why` tells more of their triples.",
		Flags: []cli.Flag{
			storeFlag(), formatFlag(),
			&cli.StringSliceFlag{Name: "kind", Usage: "only hits of this `KIND`: entity, article or quote; may be repeated"},
			&cli.IntFlag{Name: "limit", Value: 20, Usage: "at most `N` hits of each kind, 0 for all"},
		},
		Action: func(c *cli.Context) error { return p.search(c) },
	}
}

func (p *program) search(c *cli.Context) error {
	if err := between(c, 1, -1); err != nil {
		return err
	}
	q, err := graph.ParseSearch(strings.Join(c.Args().Slice(), " "))
	if err != nil {
		return &usageError{err}
	}
	q.Limit = c.Int("limit")
	if q.Limit < 0 {
		return usagef("--limit %d: want 0 or more", q.Limit)
	}
	for _, name := range c.StringSlice("kind") {
		kind := graph.HitKind(name)
		if !slices.Contains([]graph.HitKind{graph.HitEntity, graph.HitArticle, graph.HitQuote}, kind) {
			return usagef("--kind %s: want entity, article or quote", name)
		}
		q.Kinds = append(q.Kinds, kind)
	}
	out, err := p.output(c)
	if err != nil {
		return err
	}
	return withStore(c, func(store graph.Store) error {
		n, err := write(out, hitView(), hits(c.Context, store, q))
		if err == nil && n == 0 {
			p.say("nothing found; beginnings of words are written with a star: %s*", q.Terms[0].Words[0])
		}
		return err
	})
}

// hits searches a store. One that cannot search yields nothing.
func hits(ctx context.Context, store graph.Store, q graph.Search) iter.Seq2[graph.Hit, error] {
	s, ok := store.(graph.Searcher)
	if !ok {
		return all[graph.Hit](nil)
	}
	return s.Search(ctx, q)
}

func hitView() view[graph.Hit] {
	field := func(name string, f func(h graph.Hit) string) column[graph.Hit] {
		return column[graph.Hit]{name: name, cell: f}
	}
	text := column[graph.Hit]{name: "text", wide: true, cell: func(h graph.Hit) string { return h.Text }}
	kind := field("kind", func(h graph.Hit) string { return string(h.Kind) })
	id := field("id", func(h graph.Hit) string { return h.ID })
	published := field("published", func(h graph.Hit) string { return string(h.Published) })
	return view[graph.Hit]{
		table: []column[graph.Hit]{kind, published, text, id, field("triple", func(h graph.Hit) string { return strings.Join(h.Triples, " ") })},
		fields: []column[graph.Hit]{
			kind, id, text,
			field("aliases", func(h graph.Hit) string { return strings.Join(h.Aliases, "|") }),
			published,
			field("source", func(h graph.Hit) string { return h.Source }),
			field("start", func(h graph.Hit) string { return span(h, h.Start) }),
			field("end", func(h graph.Hit) string { return span(h, h.End) }),
			field("triples", func(h graph.Hit) string { return strings.Join(h.Triples, " ") }),
		},
	}
}

// span is a place in the text of an article, empty where the hit is no quote.
func span(h graph.Hit, at int) string {
	if h.Kind != graph.HitQuote {
		return ""
	}
	return strconv.Itoa(at)
}
