//go:build unix

package main

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestInterruptProcess: Ctrl-C while the program waits for more input stores what it has in hand, says where it stopped, and the
// next run goes on from there.
func TestInterruptProcess(t *testing.T) {
	dir := t.TempDir()
	const n = 150
	var lines strings.Builder
	for a := range wire(n, nil) {
		r, err := reader{"1"}.Extract(t.Context(), a)
		if err != nil {
			t.Fatal(err)
		}
		if err := json.NewEncoder(&lines).Encode(r); err != nil {
			t.Fatal(err)
		}
	}
	cmd := exec.CommandContext(t.Context(), "entente", "load", "-", "--store", filepath.Join(dir, "x.db"), "--json")
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	var stdout, stderr strings.Builder
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	// One write larger than the program's buffer and the pipe returns only when most of it was taken; the rest follows at once.
	if _, err := fmt.Fprint(in, lines.String()); err != nil {
		t.Fatal(err)
	}
	time.Sleep(500 * time.Millisecond)
	if err := cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	cmd.Wait()
	if code := cmd.ProcessState.ExitCode(); code != exitInterrupted {
		t.Errorf("exit code %d, want %d; it said %s", code, exitInterrupted, stderr.String())
	}
	var s summary
	if err := json.Unmarshal([]byte(stdout.String()), &s); err != nil {
		t.Fatalf("%v: %q", err, stdout.String())
	}
	if !s.Interrupted || s.New == 0 || s.Stats.Articles != s.New {
		t.Errorf("interrupted %v, new %d, in the store %d", s.Interrupted, s.New, s.Stats.Articles)
	}
	if want := fmt.Sprintf("entente: interrupted after %d articles; the last is wire/%04d; the same command completes it\n", s.New, s.New-1); stderr.String() != want {
		t.Errorf("it said %q, want %q", stderr.String(), want)
	}
	again := exec.CommandContext(t.Context(), "entente", "load", "-", "--store", filepath.Join(dir, "x.db"), "--quiet")
	again.Stdin = strings.NewReader(lines.String())
	if out, err := again.CombinedOutput(); err != nil {
		t.Fatalf("the second run: %v, %s", err, out)
	}
	out, err := exec.CommandContext(t.Context(), "entente", "status", "--store", filepath.Join(dir, "x.db"), "--format", "json").Output()
	var after state
	if err == nil {
		err = json.Unmarshal(out, &after)
	}
	if err != nil || after.Stats.Articles != n || len(after.Runs) != 2 {
		t.Errorf("after the second run: %d articles, %d runs, %v; want %d and 2", after.Stats.Articles, len(after.Runs), err, n)
	}
}
