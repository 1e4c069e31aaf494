package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"entente/graph"
	"entente/graph/graphtest"
)

// TestOldFormats opens files as older versions wrote them (testdata/formatN.sql). They end as a new store of the same readings does, with
// nothing for a check to find.
func TestOldFormats(t *testing.T) {
	ctx := t.Context()
	for format := 1; format < len(migrations); format++ {
		t.Run(fmt.Sprint("format", format), func(t *testing.T) {
			script, err := os.ReadFile(fmt.Sprintf("testdata/format%d.sql", format))
			if err != nil {
				t.Fatalf("every format has its file: %v", err)
			}
			path := filepath.Join(t.TempDir(), "old.db")
			db, err := sql.Open("sqlite", path)
			if err == nil {
				_, err = db.ExecContext(ctx, string(script))
			}
			if err := errors.Join(err, db.Close()); err != nil {
				t.Fatal(err)
			}
			s, err := Open(ctx, path, Options{})
			if err != nil {
				t.Fatal(err)
			}
			defer s.Close()
			for d, err := range s.Check(ctx) {
				t.Errorf("after the migration: %v %v", d, err)
			}
			fresh, err := Open(ctx, filepath.Join(t.TempDir(), "new.db"), Options{})
			if err != nil {
				t.Fatal(err)
			}
			defer fresh.Close()
			for r, err := range s.Readings(ctx) {
				if err != nil {
					t.Fatal(err)
				}
				if _, err := fresh.Upsert(ctx, r); err != nil {
					t.Fatal(err)
				}
			}
			for d, err := range s.Decisions(ctx) {
				if err := errors.Join(err, fresh.Merge(ctx, d)); err != nil {
					t.Fatal(err)
				}
			}
			for r, err := range s.Runs(ctx) {
				if err := errors.Join(err, fresh.AddRun(ctx, r)); err != nil {
					t.Fatal(err)
				}
			}
			if got, want := graphtest.Dump(t, s), graphtest.Dump(t, fresh); got != want {
				t.Errorf("the migrated store is\n%s\nand a new one\n%s", got, want)
			}
			q, err := graph.ParseSearch("soviet")
			if err != nil {
				t.Fatal(err)
			}
			n := 0
			for h, err := range s.Search(ctx, q) {
				if err != nil || h.ID != "RUS" {
					t.Errorf("found %v, %v", h, err)
				}
				n++
			}
			if n != 1 {
				t.Errorf("%d found, want the Soviet Union as Russia", n)
			}
		})
	}
}

func TestMigrate(t *testing.T) {
	ctx := t.Context()
	s, err := Open(ctx, filepath.Join(t.TempDir(), "a.db"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	version := func() (n int) {
		t.Helper()
		if err := s.writer.QueryRowContext(ctx, "pragma user_version").Scan(&n); err != nil {
			t.Fatal(err)
		}
		return n
	}
	if version() != len(migrations) {
		t.Fatalf("a new store has format %d", version())
	}
	ran := 0
	step := func(statement string, err error) func(context.Context, *sql.Tx) error {
		return func(ctx context.Context, tx *sql.Tx) error {
			ran++
			_, execErr := tx.ExecContext(ctx, statement)
			return errors.Join(execErr, err)
		}
	}
	broken := errors.New("broken")
	steps := append(append([]func(context.Context, *sql.Tx) error{}, migrations...), step("create table one (x)", nil), step("create table two (x)", broken))
	if err := migrate(ctx, s.writer, steps); !errors.Is(err, broken) {
		t.Fatalf("error %v", err)
	}
	if version() != len(migrations)+1 || ran != 2 {
		t.Errorf("format %d after %d steps: the whole step counts, the broken one does not", version(), ran)
	}
	steps[len(steps)-1] = step("create table two (x)", nil)
	if err := migrate(ctx, s.writer, steps); err != nil || version() != len(steps) || ran != 3 {
		t.Errorf("format %d after %d steps, error %v", version(), ran, err)
	}
	if err := migrate(ctx, s.writer, steps); err != nil || ran != 3 {
		t.Errorf("an up-to-date store: %d steps, error %v", ran, err)
	}
}
