package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"
)

// Rules of what the program says beside its data: it goes to standard error, each line begins with "entente: ", has no capital at its
// start and no stop at its end, names the thing and, after a semicolon, what to do about it.

// The exit codes, listed in docs/cli.md.
const (
	exitOK          = 0
	exitFailed      = 1
	exitUsage       = 2   // the command line is wrong, nothing was done
	exitSome        = 3   // some articles failed, the others are stored
	exitInterrupted = 130 // stopped by a signal after the transaction in hand
)

// usageError is a wrong command line.
type usageError struct{ err error }

func (e *usageError) Error() string { return e.err.Error() }
func (e *usageError) Unwrap() error { return e.err }

func usagef(format string, args ...any) error { return &usageError{fmt.Errorf(format, args...)} }

// someFailed is the end of a run in which articles failed; they have been named already.
type someFailed struct{ failed, read int }

func (e *someFailed) Error() string {
	return fmt.Sprintf("%s of %s could not be read", number(e.failed), count(e.read, "article"))
}

// interrupted is the end of a run that a signal stopped.
type interrupted struct{ where string }

func (e *interrupted) Error() string { return "interrupted" + e.where }
func (e *interrupted) Unwrap() error { return context.Canceled }

// hinted is an error with what to do about it.
type hinted struct {
	err  error
	hint string
}

func (e *hinted) Error() string { return e.err.Error() + "; " + e.hint }
func (e *hinted) Unwrap() error { return e.err }

// withHint adds advice to err; nil stays nil.
func withHint(err error, format string, args ...any) error {
	if err == nil {
		return nil
	}
	return &hinted{err, fmt.Sprintf(format, args...)}
}

// report says what went wrong, if anything did, and returns the exit code.
func (p *program) report(ctx context.Context, err error) int {
	if err == nil {
		return exitOK
	}
	if ctx.Err() != nil && errors.Is(err, context.Canceled) {
		if _, ok := errors.AsType[*interrupted](err); !ok {
			err = &interrupted{}
		}
	}
	p.say("%v", err)
	if _, ok := errors.AsType[*usageError](err); ok {
		return exitUsage
	}
	if _, ok := errors.AsType[*someFailed](err); ok {
		return exitSome
	}
	if _, ok := errors.AsType[*interrupted](err); ok {
		return exitInterrupted
	}
	return exitFailed
}

// say writes one line to standard error. Line breaks and control characters inside it become spaces: parts of it come from files.
func (p *program) say(format string, args ...any) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.progressing != "" {
		io.WriteString(p.stderr, clearLine)
	}
	fmt.Fprintf(p.stderr, "entente: %s\n%s", oneLine(fmt.Sprintf(format, args...)), p.progressing)
}

// clearLine empties the line of a terminal.
const clearLine = "\r\x1b[K"

// showProgress writes over the progress line of a terminal; an empty line ends it.
func (p *program) showProgress(line string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.progressing = line
	io.WriteString(p.stderr, clearLine+line)
}

var (
	flagUnknown = regexp.MustCompile(`^flag provided but not defined: -(\S+)$`)
	flagInvalid = regexp.MustCompile(`^invalid value "(.*)" for flag -(\S+): (.*)$`)
	flagBoolean = regexp.MustCompile(`^invalid boolean value "(.*)" for -(\S+): (.*)$`)
)

// usageFailed turns the flag package's errors into ours.
func usageFailed(c *cli.Context, err error, isSubcommand bool) error {
	msg := err.Error()
	if m := flagUnknown.FindStringSubmatch(msg); m != nil {
		if c.Command == nil || c.Command.Name == c.App.Name || c.Command.Name == "" {
			return usagef("unknown flag --%s; flags stand after the command: entente COMMAND --%s", m[1], m[1])
		}
		if near := nearestFlag(c.Command, m[1]); near != "" {
			return usagef("%s has no flag --%s, did you mean --%s?", c.Command.Name, m[1], near)
		}
		return usagef("%s has no flag --%s; `entente help %s` lists its flags", c.Command.Name, m[1], c.Command.Name)
	}
	if m := flagInvalid.FindStringSubmatch(msg); m != nil {
		return usagef("--%s %s: want %s", m[2], m[1], wanted(c.Command, m[2]))
	}
	if m := flagBoolean.FindStringSubmatch(msg); m != nil {
		return usagef("--%s takes no value", m[2])
	}
	return &usageError{err}
}

func nearestFlag(cmd *cli.Command, name string) string {
	var names []string
	for _, f := range cmd.Flags {
		names = append(names, f.Names()...)
	}
	return nearest(name, names)
}

// wanted says what kind of value a flag takes.
func wanted(cmd *cli.Command, name string) string {
	for _, f := range cmd.Flags {
		if !slices.Contains(f.Names(), name) {
			continue
		}
		switch f.(type) {
		case *cli.IntFlag:
			return "a whole number"
		case *cli.Float64Flag:
			return "a number"
		case *cli.DurationFlag:
			return "a time such as 30s or 5m"
		}
	}
	return "another value"
}

func unknownCommand(app *cli.App, name string) error {
	var names []string
	for _, c := range app.Commands {
		names = append(names, c.Name)
	}
	if s := nearest(name, names); s != "" {
		return usagef("no command %q, did you mean %s?", name, s)
	}
	return usagef("no command %q; `entente help` lists all", name)
}

// nearest is the name that name was probably meant to be, empty where none is near. The beginning of a single name is near to it.
func nearest(name string, names []string) string {
	if longer := slices.DeleteFunc(slices.Clone(names), func(n string) bool { return !strings.HasPrefix(n, name) }); len(longer) == 1 {
		return longer[0]
	}
	best, at := "", len(name)/3+1
	for _, n := range names {
		if d := distance(name, n); d <= at && d < len(n) {
			if best == "" || d < distance(name, best) {
				best = n
			}
		}
	}
	return best
}

// distance is the number of letters to insert, delete or replace to make b of a.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		left := row[0]
		row[0] = i + 1
		for j := range len(b) {
			replace := left
			if a[i] != b[j] {
				replace++
			}
			left = row[j+1]
			row[j+1] = min(replace, row[j+1]+1, row[j]+1)
		}
	}
	return row[len(b)]
}

// oneLine is s with runs of white space and control characters as one space: what comes from a file cannot move the cursor.
func oneLine(s string) string {
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool {
		return r <= ' ' || r == 0x7f || r >= 0x80 && r <= 0xa0 || r == 0x2028 || r == 0x2029
	}), " ")
}
