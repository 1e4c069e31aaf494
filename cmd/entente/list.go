package main

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"entente/extract/corpus"

	"github.com/urfave/cli/v2"
)

// fieldFlags are the values of --field, property by property.
func fieldFlags(c *cli.Context) (map[string]string, error) {
	out := map[string]string{}
	for _, v := range c.StringSlice("field") {
		property, name, ok := strings.Cut(v, "=")
		if !ok || name == "" || !slices.Contains(corpus.Properties(), property) {
			return nil, usagef("--field %s: want PROPERTY=NAME, the property being one of %s", v, strings.Join(corpus.Properties(), ", "))
		}
		out[property] = name
	}
	return out, nil
}

// saySkips says what was left out on purpose.
func (p *program) saySkips(in input) {
	_, leftOut := in.census.tallies()
	for _, t := range leftOut {
		p.say("left out: %s %s", count(t.Count, "article"), t.Name)
	}
}

// list writes what the files of the corpus would be read as, a line each, and reads nothing.
func (p *program) list(c *cli.Context, in input) error {
	n := 0
	for l, err := range corpus.List(c.Args().Slice(), in.options) {
		if err != nil {
			return err
		}
		n++
		if _, err := fmt.Fprintf(p.stdout, "%-13s  %-20s  %s: %s\n", cmp.Or(l.Format, "not read"), l.Time, l.Path, said(l)); err != nil {
			return err
		}
	}
	if n == 0 {
		return withHint(fmt.Errorf("no articles in %s", strings.Join(c.Args().Slice(), " ")), "name files or folders that hold news texts")
	}
	return nil
}

// said is the title of the first article of a listing, or what is wrong with it.
func said(l corpus.Listing) string {
	switch {
	case l.Err != nil:
		if e, ok := errors.AsType[*corpus.Error](l.Err); ok {
			return e.Err.Error()
		}
		return l.Err.Error()
	case !l.Text:
		return "(a list without texts) " + l.Title
	}
	return oneLine(cmp.Or(l.Title, "(no title)"))
}
