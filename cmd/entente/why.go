package main

import (
	"fmt"
	"iter"
	"strings"

	"entente/graph"
	"entente/schema"

	"github.com/urfave/cli/v2"
)

func (p *program) whyCommand() *cli.Command {
	return &cli.Command{
		Name:      "why",
		Usage:     "every passage of every article behind a triple",
		ArgsUsage: "TRIPLE",
		Description: "TRIPLE is an id as `entente timeline` shows it, or the triple itself: entente why NATO AGREE RUS\n" +
			"2010-12-08 (an undated one has ~ before the day of its report).",
		Flags:  []cli.Flag{storeFlag(), formatFlag()},
		Action: func(c *cli.Context) error { return p.why(c) },
	}
}

func (p *program) why(c *cli.Context) error {
	if err := between(c, 1, -1); err != nil {
		return err
	}
	out, err := p.output(c)
	if err != nil {
		return err
	}
	id, err := tripleID(c.Args().Slice())
	if err != nil {
		return err
	}
	return withStore(c, func(store graph.Store) error {
		n, err := openDirectory(c.Context, store)
		if err != nil {
			return err
		}
		for t, err := range store.Triples(c.Context, graph.Query{IDs: []string{id}, Limit: 1}) {
			if err != nil {
				return err
			}
			if out.format == "table" {
				fmt.Fprintf(p.stdout, "%s  %s\n%s\n\n", when(t), n.act(t), summed(t))
			}
			_, err := write(out, evidenceView(n.names), evidenceRows(t))
			return err
		}
		return fmt.Errorf("no triple %s in %s; `entente timeline A B` shows ids in its last column", strings.Join(c.Args().Slice(), " "), c.String("store"))
	})
}

// tripleID reads an id, or a triple as schema.Triple.String writes it, as one argument or several.
func tripleID(words []string) (string, error) {
	if len(words) == 1 && !strings.ContainsAny(words[0], " \t") {
		return words[0], nil
	}
	for i, w := range words {
		if len(words) > 1 && strings.ContainsAny(w, " \t") && !strings.Contains(w, `"`) {
			words[i] = fmt.Sprintf("%q", w) // a role, its quotes eaten by the shell
		}
	}
	t, err := schema.ParseTriple(strings.Join(words, " "))
	if err != nil {
		return "", usagef("%w [ROLE] [DATE]", err)
	}
	return t.ID, nil
}

// summed is what follows from all evidences of a triple.
func summed(t graph.Triple) string {
	parts := []string{string(t.Status), count(t.Sources, "source"), "confidence " + decimal(t.Confidence)}
	if !t.Relation.Info().Tie {
		parts = append(parts, "score "+decimal(t.Score))
	}
	if len(t.Contexts) > 0 {
		parts = append(parts, strings.Join(t.Contexts, " "))
	}
	return strings.Join(parts, ", ")
}

// evidenceRow is an evidence with the triple it is for.
type evidenceRow struct {
	Triple string `json:"triple"`
	graph.Evidence
}

func evidenceRows(t graph.Triple) iter.Seq2[evidenceRow, error] {
	return func(yield func(evidenceRow, error) bool) {
		for _, e := range t.Evidences {
			if !yield(evidenceRow{t.ID, e}, nil) {
				return
			}
		}
	}
}

func evidenceView(n names) view[evidenceRow] {
	field := func(name string, f func(e evidenceRow) string) column[evidenceRow] {
		return column[evidenceRow]{name: name, cell: f}
	}
	return view[evidenceRow]{
		table: []column[evidenceRow]{
			field("source", func(e evidenceRow) string { return source(e.Evidence) }),
			field("says", func(e evidenceRow) string { return string(e.Status) }),
			{name: "quote", wide: true, cell: func(e evidenceRow) string { return quoted(e.Quote) }},
			field("detail", func(e evidenceRow) string { return detail(n, e.Evidence) }),
			field("where", func(e evidenceRow) string { return fmt.Sprintf("%s bytes %d-%d", e.Article, e.Start, e.End) }),
		},
		fields: []column[evidenceRow]{
			field("triple", func(e evidenceRow) string { return e.Triple }),
			field("id", func(e evidenceRow) string { return e.ID }),
			field("article", func(e evidenceRow) string { return e.Article }),
			field("title", func(e evidenceRow) string { return e.Title }),
			field("published", func(e evidenceRow) string { return string(e.Published) }),
			field("source", func(e evidenceRow) string { return e.Source }),
			field("url", func(e evidenceRow) string { return e.URL }),
			field("start", func(e evidenceRow) string { return fmt.Sprint(e.Start) }),
			field("end", func(e evidenceRow) string { return fmt.Sprint(e.End) }),
			field("quote", func(e evidenceRow) string { return e.Quote }),
			field("status", func(e evidenceRow) string { return string(e.Status) }),
			field("speaker", func(e evidenceRow) string { return e.Speaker }),
			field("agent", func(e evidenceRow) string { return e.Agent }),
			field("object_agent", func(e evidenceRow) string { return e.ObjectAgent }),
			field("initiator", func(e evidenceRow) string { return e.Initiator }),
			field("mediators", func(e evidenceRow) string { return strings.Join(e.Mediators, " ") }),
			field("mode", func(e evidenceRow) string { return e.Mode }),
			field("contexts", func(e evidenceRow) string { return strings.Join(e.Contexts, " ") }),
			field("place", func(e evidenceRow) string { return e.Place }),
			field("basis", func(e evidenceRow) string { return string(e.Basis) }),
			field("extractor", func(e evidenceRow) string { return e.Extractor }),
			field("rule", func(e evidenceRow) string { return e.Rule }),
			field("model", func(e evidenceRow) string { return e.Model }),
			field("confidence", func(e evidenceRow) string { return decimal(e.Confidence) }),
		},
	}
}

// detail is who said it, through whom, in which mode and by which rule it was read.
func detail(n names, e graph.Evidence) string {
	var parts []string
	add := func(label, value string) {
		if value != "" {
			parts = append(parts, label+value)
		}
	}
	person := func(label, id string) {
		if id != "" {
			add(label, n.of(id))
		}
	}
	person("said by ", e.Speaker)
	person("through ", e.Agent)
	person("to ", e.ObjectAgent)
	person("begun by ", e.Initiator)
	if len(e.Mediators) > 0 {
		add("mediated by ", n.list(e.Mediators))
	}
	add("", e.Mode)
	person("in ", e.Place)
	add("date ", string(e.Basis))
	if e.Rule != "" {
		add("rule ", e.Rule)
	}
	add("model ", e.Model)
	return strings.Join(parts, "; ")
}
