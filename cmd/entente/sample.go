package main

import (
	"encoding/csv"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"entente/extract/score"
	"entente/graph"

	"github.com/urfave/cli/v2"
)

func (p *program) sampleCommand() *cli.Command {
	return &cli.Command{
		Name:  "sample",
		Usage: "a coding sheet of random triples with their sentences, to be judged by a person",
		Description: "Tab-separated, one triple a line, with a passage that states it. Fill the first column: y right,\n" +
			"n wrong, ? cannot be told. `entente eval --sheet FILE` reads it back. The same seed draws the same\n" +
			"triples from the same store.",
		Flags: []cli.Flag{
			storeFlag(),
			&cli.IntFlag{Name: "n", Aliases: []string{"number"}, Value: 100, Usage: "draw `N` triples"},
			&cli.Uint64Flag{Name: "seed", Value: 1, Usage: "of the random `NUMBER`s"},
			&cli.BoolFlag{Name: "ties", Usage: "draw ties too (who represents, leads, belongs to whom)"},
			&cli.Float64Flag{Name: "min-confidence", Usage: "only triples of confidence `C` or more"},
		},
		Action: func(c *cli.Context) error { return p.sample(c) },
	}
}

func (p *program) sample(c *cli.Context) error {
	if err := between(c, 0, 0); err != nil {
		return err
	}
	n := c.Int("n")
	if n < 1 {
		return usagef("-n %d: want 1 or more", n)
	}
	return withStore(c, func(store graph.Store) error {
		drawn, err := drawTriples(c, store, n)
		if err != nil {
			return err
		}
		w := csv.NewWriter(p.stdout)
		w.Comma = '\t'
		if err := w.Write(score.SheetHeader); err != nil {
			return err
		}
		for _, t := range drawn {
			if err := w.Write(sheetLine(t)); err != nil {
				return err
			}
		}
		w.Flush()
		return w.Error()
	})
}

// drawTriples is a uniform sample of n triples, in the order of the store (A. Vitter's algorithm R, which holds no more than the sample).
func drawTriples(c *cli.Context, store graph.Store, n int) ([]graph.Triple, error) {
	type numbered struct {
		at int
		t  graph.Triple
	}
	rng := rand.New(rand.NewPCG(c.Uint64("seed"), 0))
	var drawn []numbered
	seen := 0
	for t, err := range store.Triples(c.Context, graph.Query{MinConfidence: c.Float64("min-confidence")}) {
		if err != nil {
			return nil, err
		}
		if t.Relation.Info().Tie && !c.Bool("ties") {
			continue
		}
		seen++
		if len(drawn) < n {
			drawn = append(drawn, numbered{seen, t})
		} else if i := rng.IntN(seen); i < n {
			drawn[i] = numbered{seen, t}
		}
	}
	slices.SortFunc(drawn, func(a, b numbered) int { return a.at - b.at })
	out := make([]graph.Triple, len(drawn))
	for i, d := range drawn {
		out[i] = d.t
	}
	return out, nil
}

// sheetLine shows a triple by its best evidence, the verdict left open.
func sheetLine(t graph.Triple) []string {
	e, _ := t.Best()
	agents := strings.TrimSpace(e.Agent + " " + e.ObjectAgent)
	return []string{
		"", t.ID, t.Subject, string(t.Relation), t.Object, string(t.Date), string(e.Status), agents, fmt.Sprintf("%.2f", e.Confidence), e.Rule,
		string(e.Published), e.Article, oneLine(e.Quote), "",
	}
}
