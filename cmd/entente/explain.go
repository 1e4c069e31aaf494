package main

import (
	"fmt"
	"io"
	"strings"

	"entente/extract"
	"entente/extract/event"
	"entente/extract/parse"

	"github.com/urfave/cli/v2"
)

func (p *program) explainCommand() *cli.Command {
	return &cli.Command{
		Name:      "explain",
		Usage:     "what the rules see in an article, sentence by sentence, and why",
		ArgsUsage: "PATH...",
		Description: "For every sentence: its tree (with --trees), the parties and dates found in it, and each predicate of the\n" +
			"lexicon with who stands around it, the triples it gives, or why it gives none. --format jsonl writes the\n" +
			"predicates, one a line.",
		Flags: append(readFlags(),
			&cli.BoolFlag{Name: "trees", Usage: "draw the tree of every sentence"},
			&cli.StringFlag{Name: "format", Value: "text", Usage: "how to write it: text, jsonl"}),
		Action: func(c *cli.Context) error { return p.explain(c) },
	}
}

func (p *program) explain(c *cli.Context) error {
	if err := between(c, 1, -1); err != nil {
		return err
	}
	format := c.String("format")
	if format != "text" && format != "jsonl" {
		return usagef("--format %s: want text or jsonl", format)
	}
	in, err := p.openCorpus(c)
	if err != nil {
		return err
	}
	x, err := rulesOf(c)
	if err != nil {
		return err
	}
	for a, err := range in.articles {
		if err != nil {
			return err
		}
		doc, predicates, err := x.Explain(c.Context, a)
		if err != nil {
			return err
		}
		if format == "jsonl" {
			e := encoder(p.stdout)
			for _, k := range predicates {
				if err := e.Encode(explained{a.ID, k}); err != nil {
					return err
				}
			}
			continue
		}
		if err := explainText(p.stdout, doc, predicates, c.Bool("trees")); err != nil {
			return err
		}
	}
	return nil
}

// explained is a predicate with its article: a line of `explain --format jsonl`.
type explained struct {
	Article string `json:"article"`
	event.Predicate
}

// explainText writes the account of one article for people.
func explainText(w io.Writer, doc *extract.Doc, predicates []event.Predicate, trees bool) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s  published %s\n", doc.Article.ID, orUnknown(string(doc.Article.Published)))
	for i := range doc.Sentences {
		s := &doc.Sentences[i]
		fmt.Fprintf(&b, "\n%d  %s\n", i+1, oneLine(doc.Article.Text[s.Start:s.End]))
		if trees {
			b.WriteString(indent(parse.Draw(s), "   "))
		}
		explainParties(&b, doc, i)
		for _, k := range predicates {
			if k.Sentence == i {
				explainPredicate(&b, k)
			}
		}
	}
	b.WriteString("\n")
	_, err := io.WriteString(w, b.String())
	return err
}

// explainParties writes the parties, unresolved names and dates of sentence i, each kind on a line.
func explainParties(b *strings.Builder, doc *extract.Doc, i int) {
	var parties, open, times []string
	s := &doc.Sentences[i]
	text := func(first, last int) string {
		from, to := s.Span(first, last)
		return oneLine(doc.Article.Text[from:to])
	}
	for _, m := range doc.Mentions {
		switch {
		case m.Sentence != i:
		case m.Kind == extract.Unresolved:
			open = append(open, text(m.First, m.Last))
		case len(m.Parties) > 0:
			who := strings.Join(m.Parties, ", ")
			if m.Agent != "" && (len(m.Parties) != 1 || m.Agent != m.Parties[0]) {
				who += " (" + m.Agent + ")"
			}
			parties = append(parties, fmt.Sprintf("%s = %s", text(m.First, m.Last), who))
		}
	}
	for _, t := range doc.Times {
		if t.Sentence == i {
			times = append(times, fmt.Sprintf("%s = %s", text(t.First, t.Last), orUnknown(string(t.Date))))
		}
	}
	for _, line := range []struct {
		name  string
		items []string
	}{{"parties", parties}, {"unresolved", open}, {"dates", times}} {
		if len(line.items) > 0 {
			fmt.Fprintf(b, "   %s: %s\n", line.name, strings.Join(line.items, "; "))
		}
	}
}

func explainPredicate(b *strings.Builder, k event.Predicate) {
	who := func(ids []string) string {
		if len(ids) == 0 {
			return "?"
		}
		return strings.Join(ids, ", ")
	}
	fmt.Fprintf(b, "   %q  predicates.tsv:%d %s", k.Word, k.Line, k.Row)
	if k.Under != "" {
		fmt.Fprintf(b, " under %s", k.Under)
	}
	if k.Type != "" {
		fmt.Fprintf(b, ": %s %s %s, %s", who(k.Subject), k.Type, who(k.Object), k.Status)
		if k.Guessed {
			b.WriteString(", recipient guessed")
		}
	}
	b.WriteString("\n")
	for _, t := range k.Triples {
		fmt.Fprintf(b, "      -> %s\n", t)
	}
	if k.Why != "" {
		fmt.Fprintf(b, "      -- %s\n", k.Why)
	}
}

func orUnknown(s string) string {
	if s == "" {
		return "unknown"
	}
	return s
}

// indent puts prefix before every line.
func indent(text, prefix string) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		b.WriteString(prefix + line)
	}
	return b.String()
}
