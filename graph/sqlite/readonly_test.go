//go:build unix

package sqlite_test

import (
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"

	"entente/graph/sqlite"
)

// TestReadOnly runs itself as a user without rights where it is run by one who may write everywhere.
func TestReadOnly(t *testing.T) {
	const child = "ENTENTE_TEST_READONLY"
	if dir := os.Getenv(child); dir != "" {
		refuses(t, filepath.Join(dir, "locked", "a.db"), sqlite.Options{}, "cannot be written", "chmod u+w")
		refuses(t, filepath.Join(dir, "locked", "new.db"), sqlite.Options{}, "cannot be written")
		return
	}
	dir, err := os.MkdirTemp("", "entente")
	if err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(dir)
	locked := filepath.Join(dir, "locked")
	if err := os.Mkdir(locked, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := open(t, filepath.Join(locked, "a.db")).Close(); err != nil {
		t.Fatal(err)
	}
	for path, mode := range map[string]os.FileMode{filepath.Join(locked, "a.db"): 0o444, locked: 0o555, dir: 0o755} {
		if err := os.Chmod(path, mode); err != nil {
			t.Fatal(err)
		}
	}
	defer os.Chmod(locked, 0o755)
	program := filepath.Join(dir, "test")
	copyProgram(t, program)
	cmd := exec.CommandContext(t.Context(), program, "-test.run", "^TestReadOnly$")
	cmd.Env = append(os.Environ(), child+"="+dir)
	cmd.Dir = dir
	if os.Getuid() == 0 {
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
	}
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}

// copyProgram copies the running test to where another user may run it.
func copyProgram(t *testing.T, to string) {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	from, err := os.Open(exe)
	if err != nil {
		t.Fatal(err)
	}
	defer from.Close()
	f, err := os.OpenFile(to, os.O_CREATE|os.O_WRONLY, 0o755)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.Copy(f, from); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
}
