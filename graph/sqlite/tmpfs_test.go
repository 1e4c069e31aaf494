//go:build linux

package sqlite_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"entente/graph/graphtest"
)

// TestDiskFull fills a small disk of its own: what was stored is there, nothing is there in part, and when room is made the rest follows.
func TestDiskFull(t *testing.T) {
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size=3m"); err != nil {
		t.Skipf("needs a small disk, and may not mount one: %v", err)
	}
	defer func() {
		if err := syscall.Unmount(dir, 0); err != nil {
			t.Error(err)
		}
	}()
	filler := filepath.Join(dir, "filler")
	if err := os.WriteFile(filler, bytes.Repeat([]byte("x"), 1<<20), 0o600); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "a.db")
	s := open(t, path)
	readings := news(t, 120, 11)
	stored := 0
	var full error
	for stored < len(readings) && full == nil {
		if _, full = s.Upsert(t.Context(), readings[stored:stored+10]...); full == nil {
			stored += 10
		}
	}
	if full == nil || stored == 0 || !strings.Contains(full.Error(), path) || !strings.Contains(full.Error(), "disk") {
		t.Fatalf("%d stored, then %v", stored, full)
	}
	t.Logf("%d stored, then: %v", stored, full)
	if st, err := s.Stats(t.Context()); err != nil || st.Articles != stored {
		t.Errorf("%d articles, %v; want %d", st.Articles, err, stored)
	}
	if _, err := s.Upsert(t.Context(), readings[:10]...); err != nil {
		t.Errorf("what is there already needs no room: %v", err)
	}
	backup := filepath.Join(dir, "backup.db")
	if err := s.Backup(t.Context(), backup); err == nil {
		t.Error("there is room for a backup")
	}
	if left, _ := filepath.Glob(filepath.Join(dir, ".entente*")); len(left) > 0 {
		t.Errorf("a backup that failed leaves %v", left)
	}
	if err := os.Remove(filler); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Upsert(t.Context(), readings[stored:stored+10]...); err != nil {
		t.Errorf("after room was made: %v", err)
	}
	if ds := damages(t, s); len(ds) > 0 {
		t.Errorf("damaged: %v", ds)
	}
	want := open(t, filepath.Join(t.TempDir(), "b.db"))
	defer want.Close()
	load(t, want, readings[:stored+10], 10)
	if graphtest.Dump(t, s) != graphtest.Dump(t, want) {
		t.Error("the store is not as one that had room")
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}
