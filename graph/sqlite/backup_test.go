package sqlite_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"entente/graph/graphtest"
)

// TestBackup backs up a store while it is written to: the copy is a sound store as the other was at one moment.
func TestBackup(t *testing.T) {
	dir := t.TempDir()
	s := open(t, filepath.Join(dir, "a.db"))
	defer s.Close()
	readings := news(t, 300, 7)
	load(t, s, readings[:100], 100)
	done := make(chan struct{})
	go func() {
		defer close(done)
		for i := 100; i < 300; i += 20 {
			if _, err := s.Upsert(t.Context(), readings[i:i+20]...); err != nil {
				t.Error(err)
			}
		}
	}()
	file := filepath.Join(dir, "backup.db")
	if err := s.Backup(t.Context(), file); err != nil {
		t.Fatal(err)
	}
	<-done
	if err := s.Backup(t.Context(), filepath.Join(dir, "second.db")); err != nil {
		t.Fatal(err)
	}
	b := open(t, file)
	defer b.Close()
	st, err := b.Stats(t.Context())
	if err != nil || st.Articles < 100 || st.Articles%20 != 0 {
		t.Errorf("%d articles, %v: want whole batches", st.Articles, err)
	}
	if ds := damages(t, b); len(ds) > 0 {
		t.Errorf("the backup is damaged: %v", ds)
	}
	second := open(t, filepath.Join(dir, "second.db"))
	defer second.Close()
	if graphtest.Dump(t, second) != graphtest.Dump(t, s) {
		t.Error("the second backup is not as the store is")
	}
	load(t, second, readings[:10], 10)
}

// TestBackupFails leaves an older backup where a new one cannot be made, and nothing else.
func TestBackupFails(t *testing.T) {
	dir := t.TempDir()
	s := open(t, filepath.Join(dir, "a.db"))
	defer s.Close()
	graphtest.Fill(t, s)
	file := filepath.Join(dir, "old.db")
	if err := os.WriteFile(file, []byte("old"), 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := s.Backup(ctx, file); err == nil {
		t.Error("a backup that was cancelled is no error")
	}
	if err := s.Backup(t.Context(), filepath.Join(dir, "nowhere", "b.db")); err == nil || !strings.Contains(err.Error(), "nowhere") {
		t.Errorf("a folder that is not there: %v", err)
	}
	if err := s.Backup(t.Context(), dir); err == nil {
		t.Error("a folder is no file")
	}
	if b, err := os.ReadFile(file); err != nil || string(b) != "old" {
		t.Errorf("the older backup is %q, %v", b, err)
	}
	left, err := filepath.Glob(filepath.Join(dir, ".entente*"))
	if err != nil || len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}
