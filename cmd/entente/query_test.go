package main

import (
	"context"
	"io"
	"slices"
	"strings"
	"testing"

	"entente/graph/memory"

	"github.com/peterh/liner"
)

// typed is a terminal at which lines are typed; a line ^C gives up what was typed so far.
type typed struct {
	lines   []string
	prompts []string
	history []string
}

func (t *typed) Prompt(prompt string) (string, error) {
	t.prompts = append(t.prompts, prompt)
	if len(t.lines) == 0 {
		return "", io.EOF
	}
	line := t.lines[0]
	t.lines = t.lines[1:]
	if line == "^C" {
		return "", liner.ErrPromptAborted
	}
	return line, nil
}

func (t *typed) AppendHistory(line string) { t.history = append(t.history, line) }

func TestShell(t *testing.T) {
	var stdout, stderr strings.Builder
	p := &program{stdout: &stdout, stderr: &stderr}
	in := &typed{lines: []string{"RETURN 1 AS one;", "UNWIND [1, 2] AS x", "RETURN x", "", "RETURN", "^C", ":format jsonl", "RETURN nope;", "RETURN {a: 'b'} AS m;", ":what", ":quit", "RETURN 9;"}}
	if err := p.converse(context.Background(), in, memory.New(), &output{w: &stdout, format: "tsv"}, question{}); err != nil {
		t.Fatal(err)
	}
	if got, want := stdout.String(), "one\n1\nx\n1\n2\n{\"m\":{\"a\":\"b\"}}\n"; got != want {
		t.Errorf("stdout\n%s\nwant\n%s", got, want)
	}
	for _, want := range []string{"line 1, column 8: the variable nope is not defined", ":format FORMAT"} {
		if !strings.Contains(stderr.String(), want) {
			t.Errorf("stderr %q lacks %q", stderr.String(), want)
		}
	}
	if want := []string{"RETURN 1 AS one;", "UNWIND [1, 2] AS x RETURN x", "RETURN nope;", "RETURN {a: 'b'} AS m;"}; !slices.Equal(in.history, want) {
		t.Errorf("history %q, want %q", in.history, want)
	}
	if in.prompts[2] != "      .. " || in.prompts[6] != "entente> " {
		t.Errorf("prompts %q", in.prompts)
	}
}

func TestComplete(t *testing.T) {
	if got := complete(completions(), "MATCH (a:Ent"); !slices.Equal(got, []string{"MATCH (a:Entity"}) {
		t.Errorf("%q", got)
	}
	if got := complete(completions(), "MATCH (a)-[:ACC"); !slices.Contains(got, "MATCH (a)-[:ACCUSE") {
		t.Errorf("%q", got)
	}
	if got := complete(completions(), "MATCH ("); got != nil {
		t.Errorf("%q", got)
	}
}
