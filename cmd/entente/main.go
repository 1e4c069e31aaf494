// Command entente reads news articles and keeps who did what to whom, when, and in which sentence it is said.
//
// Usage:
//
//	entente ingest PATH...       read articles into a store
//	entente timeline A [B]       what two parties did to each other, oldest first
//	entente help [COMMAND]       all commands, or one
//
// docs/cli.md is the manual. The program is flags, wiring and text: ingest.go owns the pipeline from reader to extractor to store,
// open.go is the one place where stores and extractors are chosen.
package main

import (
	"context"
	"io"
	"os"
	"os/signal"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/urfave/cli/v2"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second signal ends the program at once
	code := run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// program is what every command needs of its surroundings.
type program struct {
	args        []string // as they were given
	stdin       io.Reader
	stdout      io.Writer // data only
	stderr      io.Writer // everything else
	now         func() time.Time
	mu          sync.Mutex // of stderr: progress and messages come from several goroutines
	progressing string     // what the progress line shows now; empty where there is none
}

// run is the whole program: args are without the program's name, the result is the exit code (see errors.go).
func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	p := &program{args: args, stdin: stdin, stdout: stdout, stderr: stderr, now: time.Now}
	app := p.app()
	args, err := arrange(app, args)
	if err == nil {
		err = app.RunContext(ctx, append([]string{app.Name}, args...))
	}
	return p.report(ctx, err)
}

func (p *program) app() *cli.App {
	app := &cli.App{
		Name:           "entente",
		HelpName:       "entente",
		Usage:          "read news articles into a graph of diplomatic relations, and ask it",
		UsageText:      "entente COMMAND [flags] [arguments]",
		HideVersion:    true, // the flag is ours: see version.go
		Flags:          []cli.Flag{&cli.BoolFlag{Name: "version", Aliases: []string{"v"}, Usage: "print the versions of program and data"}},
		Reader:         p.stdin,
		Writer:         p.stdout,
		ErrWriter:      p.stderr,
		OnUsageError:   usageFailed,
		ExitErrHandler: func(*cli.Context, error) {}, // run reports
		Action:         func(c *cli.Context) error { return p.noCommand(c) },
		Commands: []*cli.Command{
			p.ingestCommand(), p.loadCommand(), p.forgetCommand(),
			p.timelineCommand(), p.showCommand(), p.whyCommand(), p.searchCommand(), p.queryCommand(), p.statusCommand(),
			p.serveCommand(), p.exportCommand(), p.browserCommand(),
			p.mergeCommand(), p.splitCommand(),
			p.extractCommand(), p.explainCommand(), p.parseCommand(), p.evalCommand(), p.sampleCommand(),
			p.checkCommand(), p.copyCommand(), p.backupCommand(), p.schemaCommand(),
		},
	}
	for _, c := range app.Commands {
		c.OnUsageError = usageFailed
		c.HideHelpCommand = true // else an argument named "help" would be one
		c.UsageText = strings.TrimSpace("entente " + c.Name + " [flags] " + c.ArgsUsage)
		hideFalse(c.Flags)
	}
	return app
}

// hideFalse keeps "(default: false)" out of the help.
func hideFalse(flags []cli.Flag) {
	for _, f := range flags {
		if b, ok := f.(*cli.BoolFlag); ok {
			b.DisableDefaultText = true
		}
	}
}

func (p *program) noCommand(c *cli.Context) error {
	if c.Bool("version") {
		return p.showVersion(c)
	}
	if name := c.Args().First(); name != "" {
		return unknownCommand(c.App, name)
	}
	return cli.ShowAppHelp(c)
}
