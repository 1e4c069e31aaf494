package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"path/filepath"
	"testing"
)

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
