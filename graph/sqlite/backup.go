package sqlite

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// Backup writes the store, as it is at one moment, to the file path, which is whole or not there: the copy is made beside it, under another
// name, and takes its place when it is safe on the disk. Writers need not wait.
func (s *Store) Backup(ctx context.Context, path string) error {
	dir := filepath.Dir(path)
	if info, err := os.Stat(path); err == nil && !info.Mode().IsRegular() {
		return fmt.Errorf("backup %s: that is not a plain file: give the path of one", path)
	}
	f, err := os.CreateTemp(dir, ".entente-backup-*")
	if err != nil {
		return fmt.Errorf("backup %s: no file can be made in %s: %w", path, dir, err)
	}
	name := f.Name()
	defer os.Remove(name) // gone already where all went well
	if err := f.Close(); err != nil {
		return fmt.Errorf("backup %s: %w", path, err)
	}
	conn, err := s.readers.Conn(ctx)
	if err != nil {
		return s.unlessDone(ctx, "back up", err)
	}
	defer conn.Close()
	// To write another file is a write too.
	if _, err := conn.ExecContext(ctx, "pragma query_only(0)"); err != nil {
		return s.unlessDone(ctx, "back up", err)
	}
	_, err = conn.ExecContext(ctx, "vacuum into ?", name)
	if _, err := conn.ExecContext(context.WithoutCancel(ctx), "pragma query_only(1)"); err != nil {
		return s.explain("back up", err)
	}
	if err != nil {
		return s.unlessDone(ctx, "back up", err)
	}
	if err := errors.Join(sync(name), os.Chmod(name, modeOf(s.path)), os.Rename(name, path)); err != nil {
		return fmt.Errorf("backup %s: %w", path, err)
	}
	_ = sync(dir) // not every system can
	return nil
}

// modeOf is who may read and write a file.
func modeOf(path string) os.FileMode {
	info, err := os.Stat(path)
	if err != nil {
		return 0o600
	}
	return info.Mode().Perm()
}

// sync waits until a file or folder is on the disk.
func sync(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
