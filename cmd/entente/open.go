package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"entente/extract"
	"entente/extract/rules"
	"entente/graph"
	"entente/graph/memory"
	"entente/graph/neo4j"
	"entente/graph/sqlite"

	"github.com/urfave/cli/v2"
)

// existence says whether openStore may make a new store.
type existence int

const (
	mustExist existence = iota
	mayCreate
	whenRead // made by the first readings, so that a run which finds none leaves no file
)

// openStore opens the store that name stands for. It is the one place that knows which stores there are:
//
//	FILE, sqlite:FILE                            graph/sqlite
//	neo4j://, neo4j+s://, neo4j+ssc://,
//	bolt://, bolt+s://, bolt+ssc://HOST[:PORT]   graph/neo4j; user, password and database from the environment
//	:memory:                                     graph/memory, gone when the program ends
func openStore(ctx context.Context, name string, e existence) (graph.Store, error) {
	scheme, rest, hasScheme := strings.Cut(name, ":")
	switch {
	case name == "":
		return nil, usagef("--store is empty; name a file or neo4j://HOST:PORT")
	case name == ":memory:":
		return memory.New(), nil
	case hasScheme && strings.HasPrefix(rest, "//") && scheme != "sqlite":
		o, _, err := neo4jOptions(name)
		if err != nil {
			return nil, err
		}
		return dialNeo4j(ctx, o)
	case scheme == "sqlite" && hasScheme:
		return openSQLite(ctx, strings.TrimPrefix(rest, "//"), e)
	}
	return openSQLite(ctx, name, e)
}

func openSQLite(ctx context.Context, file string, e existence) (graph.Store, error) {
	info, err := os.Stat(file)
	switch {
	case errors.Is(err, fs.ErrNotExist) && e == mustExist:
		return nil, fmt.Errorf("no store %s; `entente ingest PATH` makes one, --store names another", file)
	case errors.Is(err, fs.ErrNotExist):
		if err := writable(filepath.Dir(file)); err != nil {
			return nil, fmt.Errorf("store %s: %w", file, err)
		}
		if e == whenRead {
			return newLateStore(func(ctx context.Context) (graph.Store, error) { return makeSQLite(ctx, file) }), nil
		}
	case err != nil:
		return nil, fmt.Errorf("store %w", err)
	case info.IsDir():
		return nil, fmt.Errorf("store %s is a folder; name a file with --store", file)
	}
	return makeSQLite(ctx, file)
}

func makeSQLite(ctx context.Context, file string) (graph.Store, error) {
	s, err := sqlite.Open(ctx, file, sqlite.Options{})
	if err != nil {
		return nil, err
	}
	return s, nil
}

// writable fails where no file can be made in folder.
func writable(folder string) error {
	if _, err := os.Stat(folder); errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("no folder %s; make it, or name another file with --store", folder)
	}
	f, err := os.CreateTemp(folder, ".entente-*")
	if err != nil {
		return fmt.Errorf("no file can be made in the folder %s (%w); name another with --store", folder, cause(err))
	}
	f.Close()
	return os.Remove(f.Name())
}

// cause is what the system said, without operation and path.
func cause(err error) error {
	if e, ok := errors.AsType[*fs.PathError](err); ok {
		return e.Err
	}
	return err
}

// neo4jOptions are those of a server that name stands for; ok is whether it is the address of one.
func neo4jOptions(name string) (o neo4j.Options, ok bool, err error) {
	scheme, rest, _ := strings.Cut(name, ":")
	if scheme == "sqlite" || !strings.HasPrefix(rest, "//") {
		return o, false, nil
	}
	switch scheme {
	case "neo4j", "neo4j+s", "neo4j+ssc", "bolt", "bolt+s", "bolt+ssc":
	default:
		return o, false, usagef("--store %s: no store speaks %s; name a file, or neo4j://HOST:PORT", name, scheme)
	}
	u, err := url.Parse(name)
	if err != nil || u.Host == "" {
		return o, false, usagef("--store %s: want %s://HOST:PORT", name, scheme)
	}
	if u.User != nil {
		u.User = nil
		return o, false, usagef("--store %s: leave the user out; put it in ENTENTE_NEO4J_USER and the password in ENTENTE_NEO4J_PASSWORD", u)
	}
	return neo4j.Options{
		Address:  name,
		User:     cmp.Or(os.Getenv("ENTENTE_NEO4J_USER"), "neo4j"),
		Password: os.Getenv("ENTENTE_NEO4J_PASSWORD"),
		Database: os.Getenv("ENTENTE_NEO4J_DATABASE"),
	}, true, nil
}

// dialNeo4j opens a server's graph.
func dialNeo4j(ctx context.Context, o neo4j.Options) (graph.Store, error) {
	s, err := neo4j.Open(ctx, o)
	if err != nil {
		return nil, err
	}
	return s, nil
}

// openExtractor makes the extractor that --extractor names. It is the one place that knows which extractors there are:
//
//	rules      extract/rules
//	llm, both  extract/llm: by a language model, or by it where the rules could not read
func (p *program) openExtractor(c *cli.Context) (extract.Extractor, error) {
	switch name := c.String("extractor"); name {
	case "rules":
		if err := p.rulesOnly(); err != nil {
			return nil, err
		}
		return rulesOf(c)
	case "llm", "both":
		return p.openModel(c)
	default:
		return nil, usagef("--extractor %s: want rules, llm or both", name)
	}
}

// newExtractor makes the default extractor.
func newExtractor() (extract.Extractor, error) { return rules.New(rules.Options{}) }
