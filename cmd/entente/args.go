package main

import (
	"slices"
	"strings"

	"github.com/urfave/cli/v2"
)

// arrange puts the flags of a command before its arguments, so that they may stand anywhere after its name: the flag package stops at
// the first argument. "--" ends the flags; "-" alone is an argument (standard input). Flags before the command stay where they are.
func arrange(app *cli.App, args []string) ([]string, error) {
	if len(args) == 0 {
		return args, nil
	}
	cmd := app.Command(args[0])
	if cmd == nil {
		return args, nil
	}
	var flags, rest []string
	words := args[1:]
	for i := 0; i < len(words); i++ {
		w := words[i]
		if w == "--" {
			rest = append(rest, words[i+1:]...)
			break
		}
		if len(w) < 2 || w[0] != '-' {
			rest = append(rest, w)
			continue
		}
		flags = append(flags, w)
		if takesValue(cmd, w) {
			i++
			if i == len(words) {
				return nil, usagef("flag %s needs a value", w)
			}
			flags = append(flags, words[i])
		}
	}
	out := append([]string{args[0]}, flags...)
	if len(rest) > 0 {
		out = append(append(out, "--"), rest...)
	}
	return out, nil
}

// takesValue reports whether the word after the flag w is its value. An unknown flag takes none: the flag package will name it.
func takesValue(cmd *cli.Command, w string) bool {
	name := strings.TrimLeft(w, "-")
	if strings.Contains(name, "=") {
		return false
	}
	for _, f := range cmd.Flags {
		if slices.Contains(f.Names(), name) {
			_, isBool := f.(*cli.BoolFlag)
			return !isBool
		}
	}
	return false
}

// between says how many arguments a command wants, and fails with its usage where they are fewer than low or, if high is not negative,
// more than high.
func between(c *cli.Context, low, high int) error {
	n := c.Args().Len()
	if n >= low && (high < 0 || n <= high) {
		return nil
	}
	name, usage := c.Command.Name, c.Command.ArgsUsage
	switch {
	case high == 0:
		return usagef("%s takes no arguments: %q is one too many", name, c.Args().First())
	case n < low:
		return usagef("%s needs %s; `entente help %s` says what they are", name, usage, name)
	}
	return usagef("%s takes %s, not %s; quote what belongs together", name, usage, count(n, "argument"))
}
