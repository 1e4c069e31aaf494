package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"unicode"

	"entente/graph"
	"entente/graph/cypher"

	"github.com/peterh/liner"
	"github.com/urfave/cli/v2"
)

// lineReader asks for lines. It returns io.EOF at the end and liner.ErrPromptAborted where the line was given up.
type lineReader interface {
	Prompt(prompt string) (string, error)
	AppendHistory(line string)
}

// shell reads statements from the terminal and answers them until it is told to end.
func (p *program) shell(c *cli.Context, store graph.Store, out *output, q question) error {
	line := liner.NewLiner()
	defer line.Close()
	line.SetCtrlCAborts(true)
	line.SetMultiLineMode(true)
	words := completions()
	line.SetCompleter(func(text string) []string { return complete(words, text) })
	history := historyFile()
	if f, err := os.Open(history); err == nil {
		_, _ = line.ReadHistory(f) // a spoilt history is only a shorter one
		f.Close()
	}
	fmt.Fprintf(p.stderr, "entente: a statement ends with ; or an empty line, Tab completes, Ctrl-C stops a query, Ctrl-D or :quit ends\n")
	err := p.converse(context.WithoutCancel(c.Context), line, store, out, q)
	if history != "" {
		err = errors.Join(err, saveHistory(line, history))
	}
	return err
}

// historyFile is where the history is kept, "" where there is no place for it.
func historyFile() string {
	dir, err := os.UserConfigDir()
	if err != nil {
		return ""
	}
	return filepath.Join(dir, "entente", "query.history")
}

func saveHistory(line *liner.State, path string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return fmt.Errorf("history: %w", err)
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600)
	if err != nil {
		return fmt.Errorf("history: %w", err)
	}
	_, err = line.WriteHistory(f)
	return errors.Join(err, f.Close())
}

// converse is the shell without its terminal.
func (p *program) converse(ctx context.Context, in lineReader, store graph.Store, out *output, q question) error {
	var lines []string
	for {
		prompt := "entente> "
		if len(lines) > 0 {
			prompt = "      .. "
		}
		line, err := in.Prompt(prompt)
		switch {
		case errors.Is(err, liner.ErrPromptAborted):
			lines = nil
			continue
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return fmt.Errorf("terminal: %w", err)
		}
		if text := strings.TrimSpace(line); len(lines) == 0 && strings.HasPrefix(text, ":") {
			if p.shellCommand(text, out) {
				return nil
			}
			continue
		}
		lines = append(lines, line)
		text := strings.TrimSpace(strings.Join(lines, "\n"))
		if text == "" {
			lines = nil
			continue
		}
		if !strings.HasSuffix(text, ";") && strings.TrimSpace(line) != "" {
			continue
		}
		lines = nil
		in.AppendHistory(strings.Join(strings.Fields(text), " "))
		q.text = text
		p.answer(ctx, store, out, q)
	}
}

// shellCommand does what a line that begins with a colon says; true ends the shell.
func (p *program) shellCommand(line string, out *output) (quit bool) {
	word, rest, _ := strings.Cut(line, " ")
	switch word {
	case ":quit", ":exit", ":q":
		return true
	case ":format":
		if rest = strings.TrimSpace(rest); rest != "dot" && !slices.Contains(formats, rest) {
			p.say(":format %s; want one of %s, dot", rest, strings.Join(formats, ", "))
			return false
		}
		out.format = rest
		return false
	}
	p.say("the shell knows :format FORMAT and :quit; all else is Cypher")
	return false
}

// answer asks once; an interrupt stops the query only.
func (p *program) answer(ctx context.Context, store graph.Store, out *output, q question) {
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt)
	defer stop()
	err := ask(ctx, store, out, q)
	switch {
	case err == nil:
	case ctx.Err() != nil:
		p.say("stopped")
	default:
		p.say("%v", err)
	}
}

// keywords are completed too.
var keywords = []string{"MATCH", "OPTIONAL MATCH", "WHERE", "RETURN", "WITH", "UNWIND", "ORDER BY", "SKIP", "LIMIT", "DISTINCT", "UNION", "CALL", "EXISTS", "CASE", "WHEN",
	"THEN", "ELSE", "END", "AND", "OR", "NOT", "IN", "IS NULL", "IS NOT NULL", "STARTS WITH", "ENDS WITH", "CONTAINS", "EXPLAIN", "PROFILE", "shortestPath(", "allShortestPaths("}

// completions are the words that Tab completes.
func completions() []string {
	words := append(slices.Clone(keywords), cypher.ModelLabels()...)
	words = append(words, cypher.ModelTypes()...)
	for _, f := range cypher.Functions() {
		words = append(words, f+"(")
	}
	slices.Sort(words)
	return slices.Compact(words)
}

// complete is the line with its last word completed in each way that there is.
func complete(words []string, line string) []string {
	at := strings.LastIndexFunc(line, func(r rune) bool { return !unicode.IsLetter(r) && r != '_' && r != '.' }) + 1
	word := line[at:]
	if word == "" {
		return nil
	}
	var out []string
	for _, w := range words {
		if len(w) >= len(word) && strings.EqualFold(w[:len(word)], word) {
			out = append(out, line[:at]+w)
		}
	}
	return out
}
