package main

import (
	"fmt"
	"strings"

	"entente/graph"
	"entente/schema"

	"github.com/urfave/cli/v2"
)

const defaultStore = "entente.db"

func storeFlag() cli.Flag {
	return &cli.StringFlag{
		Name: "store", Value: defaultStore, EnvVars: []string{"ENTENTE_STORE"},
		Usage: "where readings are kept: a `FILE`, neo4j://HOST:PORT, or :memory:",
	}
}

// withStore opens the store of the --store flag, which must be there already, runs f on it and closes it.
func withStore(c *cli.Context, f func(store graph.Store) error) (err error) {
	store, err := openStore(c.Context, c.String("store"), mustExist)
	if err != nil {
		return err
	}
	defer func() {
		if cerr := store.Close(); err == nil && cerr != nil {
			err = fmt.Errorf("close %s: %w", c.String("store"), cerr)
		}
	}()
	return f(store)
}

// names shows entities to people.
type names map[string]schema.Entity

// of is the name of an entity, its id where no name is known.
func (n names) of(id string) string {
	if e, ok := n[id]; ok && e.Name != "" {
		return e.Short()
	}
	return id
}

func (n names) list(ids []string) string {
	out := make([]string, len(ids))
	for i, id := range ids {
		out[i] = n.of(id)
	}
	return strings.Join(out, ", ")
}

// act is a triple in words: "Russia accuses NATO", then its role and mode in brackets and its status where it is not plainly asserted.
func (n names) act(t graph.Triple) string {
	var extra []string
	if t.Role != "" {
		extra = append(extra, t.Role)
	}
	if t.Mode != "" {
		extra = append(extra, t.Mode)
	}
	s := n.of(t.Subject) + " " + t.Relation.Info().Label + " " + n.of(t.Object)
	if len(extra) > 0 {
		s += " (" + strings.Join(extra, ", ") + ")"
	}
	if t.Status != schema.Asserted && t.Status != "" {
		s += " [" + string(t.Status) + "]"
	}
	return s
}

// when is the date of a triple at its own precision: "2010-12-08", "2010-12"; "~2010-12-09" is the day of a report that gives none.
func when(t graph.Triple) string {
	switch {
	case t.Date != "":
		return string(t.Date)
	case t.Reported != "":
		return "~" + string(t.Reported)
	case t.Relation.Info().Tie && (t.From != "" || t.To != ""):
		return string(t.From) + ".." + string(t.To)
	}
	return "-"
}

// telling is the evidence to quote for a triple, the zero value where there is none.
func telling(t graph.Triple) graph.Evidence {
	e, _ := t.Best()
	return e
}

// source names where an evidence stands: the newspaper or the article, and the day it came out.
func source(e graph.Evidence) string {
	name := e.Source
	if name == "" {
		name = e.Article
	}
	if e.Published != "" {
		name += " " + string(e.Published)
	}
	return name
}

func quoted(s string) string {
	if s == "" {
		return ""
	}
	return "“" + oneLine(s) + "”"
}
