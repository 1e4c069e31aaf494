package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// TestPicture: the picture of the README is what the program draws of the examples.
func TestPicture(t *testing.T) {
	const picture = "../../docs/timeline.svg"
	store := filepath.Join(t.TempDir(), "examples.db")
	run := func(args ...string) []byte {
		t.Helper()
		cmd := exec.CommandContext(t.Context(), "entente", args...)
		var stderr bytes.Buffer
		cmd.Stderr = &stderr
		out, err := cmd.Output()
		if err != nil {
			t.Fatalf("entente %v: %v\n%s", args, err, stderr.String())
		}
		return out
	}
	run("ingest", "../../examples/articles", "--store", store, "--quiet")
	got := run("timeline", "RUS", "NATO", "--store", store, "--format", "svg")
	if *update {
		if err := os.WriteFile(picture, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(picture)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Error("docs/timeline.svg is not what is drawn now: look, then run with -update")
	}
}
