package main

import (
	"errors"
	"os/user"
	"time"

	"entente/graph"

	"github.com/urfave/cli/v2"
)

func (p *program) mergeCommand() *cli.Command {
	return &cli.Command{
		Name:      "merge",
		Usage:     "decide that two ids are one entity",
		ArgsUsage: "FROM INTO",
		Description: "All that is known of FROM counts for INTO from now on, also what is read later; FROM keeps\n" +
			"resolving. Nothing is lost: `entente split FROM` takes the decision back.",
		Flags: []cli.Flag{
			storeFlag(),
			&cli.StringFlag{Name: "why", Usage: "the `REASON`, kept with the decision"},
			&cli.StringFlag{Name: "by", Usage: "`NAME` of who decides (default: the user of this machine)"},
		},
		Action: func(c *cli.Context) error { return p.merge(c) },
	}
}

func (p *program) merge(c *cli.Context) error {
	if err := between(c, 2, 2); err != nil {
		return err
	}
	return withStore(c, func(store graph.Store) error {
		dir, err := openDirectory(c.Context, store)
		if err != nil {
			return err
		}
		from, err := dir.resolve(c.Args().Get(0))
		if err != nil {
			return err
		}
		into, err := dir.resolve(c.Args().Get(1))
		if err != nil {
			return err
		}
		d := graph.Decision{From: from, Into: into, By: c.String("by"), Why: c.String("why"), At: p.now().UTC().Format(time.RFC3339)}
		if u, err := user.Current(); d.By == "" && err == nil {
			d.By = u.Username
		}
		if err := store.Merge(c.Context, d); errors.Is(err, graph.ErrMergeCycle) {
			return withHint(err, "`entente split ID` takes a decision back")
		} else if err != nil {
			return err
		}
		p.say("%s (%s) now counts as %s (%s); `entente split %s` takes it back", dir.of(from), from, dir.of(into), into, from)
		return nil
	})
}

func (p *program) splitCommand() *cli.Command {
	return &cli.Command{
		Name:      "split",
		Usage:     "take back the decision that merged an entity",
		ArgsUsage: "FROM",
		Flags:     []cli.Flag{storeFlag()},
		Action: func(c *cli.Context) error {
			if err := between(c, 1, 1); err != nil {
				return err
			}
			from := c.Args().First()
			return withStore(c, func(store graph.Store) error {
				err := store.Split(c.Context, from)
				if errors.Is(err, graph.ErrNotMerged) {
					return withHint(err, "give the id that was merged away, as `entente show ENTITY` lists it under merged")
				}
				if err == nil {
					p.say("%s is its own entity again", from)
				}
				return err
			})
		},
	}
}
