//go:build unix

package main

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
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

// TestKilled kills an ingest at random moments, lets the next run go on, and compares the store with that of a run left alone.
func TestKilled(t *testing.T) {
	if testing.Short() {
		t.Skip("kills and restarts the program many times")
	}
	dir := t.TempDir()
	corpus := filepath.Join(dir, "wire.jsonl")
	f, err := os.Create(corpus)
	if err != nil {
		t.Fatal(err)
	}
	const n = 600
	for a := range wire(n, nil) {
		a.SHA256 = ""
		if err := json.NewEncoder(f).Encode(map[string]string{"id": a.ID, "published": string(a.Published), "text": a.Text}); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	ingest := func(store string) *exec.Cmd {
		return exec.CommandContext(t.Context(), "entente", "ingest", corpus, "--store", filepath.Join(dir, store), "--quiet")
	}
	began := time.Now()
	if out, err := ingest("whole.db").CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	took := time.Since(began)
	rng := rand.New(rand.NewPCG(1, 2))
	killed := 0
	for i := range 20 {
		cmd := ingest("killed.db")
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Duration(rng.Float64() * float64(took) * float64(i+1) / 20))
		cmd.Process.Kill()
		if cmd.Wait() != nil {
			killed++
		}
	}
	if killed < 5 {
		t.Errorf("only %d of 20 runs were killed before their end", killed)
	}
	if out, err := ingest("killed.db").CombinedOutput(); err != nil {
		t.Fatalf("the last run: %v: %s", err, out)
	}
	for _, args := range [][]string{{"timeline", "NATO", "RUS"}, {"show", "NATO"}} {
		var got [2]string
		for i, store := range []string{"whole.db", "killed.db"} {
			out, err := exec.CommandContext(t.Context(), "entente", append(args, "--format", "json", "--store", filepath.Join(dir, store))...).Output()
			if err != nil {
				t.Fatal(err)
			}
			got[i] = string(out)
		}
		if got[0] != got[1] || len(got[0]) < 100 {
			t.Errorf("%v: after %d kills the store answers with %d bytes, the other with %d", args, killed, len(got[1]), len(got[0]))
		}
	}
}
