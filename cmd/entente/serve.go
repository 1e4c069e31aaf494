package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"log/slog"
	"net"
	"net/url"
	"os"
	"strings"
	"time"

	"entente/graph"
	"entente/graph/cypher"
	"entente/graph/web"

	"github.com/urfave/cli/v2"
)

func (p *program) serveCommand() *cli.Command {
	return &cli.Command{
		Name:  "serve",
		Usage: "pages to read the graph in a browser",
		Description: "The pages only read. The address is printed when they are ready; Ctrl-C ends them. Beyond this machine\n" +
			"(--listen 0.0.0.0:8080) a token is asked for: the one in ENTENTE_TOKEN, or else a new one, which is\n" +
			"printed. docs/serve.md lists the addresses.",
		Flags: []cli.Flag{
			storeFlag(),
			&cli.StringFlag{Name: "listen", Value: "127.0.0.1:8080", Usage: "answer at this `ADDRESS`; port 0 is any free one"},
			&cli.StringSliceFlag{Name: "host", Usage: "answer under these `NAMES` too, comma separated (IP addresses and localhost always are)"},
			&cli.StringFlag{Name: "title", Value: "Entente", Usage: "call the pages `TEXT`"},
			&cli.BoolFlag{Name: "strict", Usage: "leave out the states and organisations that a party continues (the Soviet Union for Russia)"},
		},
		Action: func(c *cli.Context) error { return p.serve(c) },
	}
}

func (p *program) serve(c *cli.Context) error {
	if err := between(c, 0, 0); err != nil {
		return err
	}
	if _, _, err := net.SplitHostPort(c.String("listen")); err != nil {
		return usagef("--listen %s: want HOST:PORT, for example 127.0.0.1:8080", c.String("listen"))
	}
	return withStore(c, func(store graph.Store) (err error) {
		ln, err := (&net.ListenConfig{}).Listen(c.Context, "tcp", c.String("listen"))
		if err != nil {
			return withHint(fmt.Errorf("listen at %s: %w", c.String("listen"), cause(err)), "name another with --listen, port 0 is any free one")
		}
		o := web.Options{Title: c.String("title"), Hosts: c.StringSlice("host"), Log: slog.New(slog.NewTextHandler(sayer{p}, nil))}
		o.Querier = pageAsker{store}
		if !c.Bool("strict") {
			o.Also = func(id string) []string { return continued([]string{id}) }
		}
		if name, unspecified := machine(ln.Addr()); unspecified {
			o.Hosts = append(o.Hosts, name)
		}
		if o.Token, err = accessToken(ln.Addr()); err != nil {
			ln.Close()
			return err
		}
		site, err := web.New(c.Context, store, o)
		if err != nil {
			ln.Close()
			return err
		}
		defer site.Close()
		fmt.Fprintln(p.stdout, address(ln.Addr(), o.Token))
		p.say("reading %s; Ctrl-C ends", c.String("store"))
		return web.Server{}.Serve(c.Context, ln, site)
	})
}

// pageAsker answers the Cypher page from a store.
type pageAsker struct{ store graph.Store }

// pageLimits are narrower than those of the command: several readers may ask at once.
func pageLimits() cypher.Limits {
	return cypher.Limits{Values: 500_000, Text: 1 << 20, Time: 8 * time.Second}
}

// Query implements web.Querier.
func (p pageAsker) Query(ctx context.Context, statement string, limit int) (columns []string, rows [][]string, more bool, err error) {
	columns, answers, err := p.answers(ctx, statement)
	if err != nil {
		return nil, nil, false, err
	}
	for values, err := range answers {
		if err != nil {
			return nil, nil, false, oneLineError(err)
		}
		if len(rows) == limit {
			return columns, rows, true, nil
		}
		plain, ok := cypher.Plain(values).([]any)
		if !ok {
			return nil, nil, false, fmt.Errorf("a row of %d values cannot be shown", len(values))
		}
		row := make([]string, len(plain))
		for i, v := range plain {
			row[i] = cellText(v)
		}
		rows = append(rows, row)
	}
	return columns, rows, false, nil
}

func (p pageAsker) answers(ctx context.Context, statement string) (columns []string, rows iter.Seq2[[]any, error], err error) {
	switch s := p.store.(type) {
	case cypherStore:
		r, err := s.Cypher(ctx, pageLimits(), statement, nil)
		if err != nil {
			return nil, nil, oneLineError(err)
		}
		if r.Explain || r.Profile {
			return nil, nil, errors.New("plans are shown by the command: entente query 'EXPLAIN …'")
		}
		return r.Columns, r.Rows, nil
	case asker:
		return s.Query(ctx, statement, nil)
	}
	return nil, nil, errors.New("the store does not understand Cypher")
}

// accessToken is what readers must show: nothing where only this machine reaches the pages, unless the environment asks for it.
func accessToken(a net.Addr) (string, error) {
	given := os.Getenv("ENTENTE_TOKEN")
	switch {
	case given != "" && len(given) < web.ShortestToken:
		return "", usagef("ENTENTE_TOKEN has %s; want at least %d, or leave it out and one is made", count(len(given), "character"), web.ShortestToken)
	case given != "":
		return given, nil
	case web.IsLoopback(a):
		return "", nil
	}
	return web.NewToken(), nil
}

// address is where a browser finds the pages. A token that was given is known; one that was made is part of it.
func address(a net.Addr, token string) string {
	host, port, err := net.SplitHostPort(a.String())
	if err != nil {
		return a.String()
	}
	if name, unspecified := machine(a); unspecified {
		host = name
	}
	u := url.URL{Scheme: "http", Host: net.JoinHostPort(host, port), Path: "/"}
	if token != "" && os.Getenv("ENTENTE_TOKEN") == "" {
		u.RawQuery = url.Values{"token": {token}}.Encode()
	}
	return u.String()
}

// machine is the name of this machine, where an address stands for all that it has.
func machine(a net.Addr) (name string, unspecified bool) {
	tcp, ok := a.(*net.TCPAddr)
	if !ok || !tcp.IP.IsUnspecified() {
		return "", false
	}
	name, err := os.Hostname()
	return name, err == nil
}

// sayer writes log lines as the program says things.
type sayer struct{ p *program }

func (s sayer) Write(b []byte) (int, error) {
	s.p.say("%s", strings.TrimSpace(string(b)))
	return len(b), nil
}

var _ io.Writer = sayer{}
