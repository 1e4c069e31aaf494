package sqlite_test

import (
	"bufio"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"entente/graph/graphtest"
)

// TestKilled kills a program that loads, at random moments. What it was told is stored is there, each batch whole, and a rerun ends with the
// same store as one that was never killed.
func TestKilled(t *testing.T) {
	const child, batch = "ENTENTE_TEST_KILLED", 10
	readings := news(t, 160, 9)
	if path := os.Getenv(child); path != "" {
		s := open(t, path)
		for i := 0; i < len(readings); i += batch {
			load(t, s, readings[i:i+batch], batch)
			fmt.Printf("stored %d\n", i+batch)
		}
		time.Sleep(time.Minute) // to be killed
	}
	whole := open(t, filepath.Join(t.TempDir(), "whole.db"))
	defer whole.Close()
	load(t, whole, readings, 200)
	want := graphtest.Dump(t, whole)
	rng := rand.New(rand.NewPCG(1, 1))
	for range 3 {
		path := filepath.Join(t.TempDir(), "a.db")
		told := killed(t, child+"="+path, time.Duration(rng.IntN(150))*time.Millisecond)
		s := open(t, path)
		st, err := s.Stats(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if st.Articles < told || st.Articles%batch != 0 {
			t.Errorf("%d articles; the program was told that %d are stored, in batches of %d", st.Articles, told, batch)
		}
		load(t, s, readings, 50)
		if got := graphtest.Dump(t, s); got != want {
			t.Errorf("after a kill at %d articles and a rerun the store is not the same", st.Articles)
		}
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}
}

// killed runs this test as a child, kills it that long after its first batch, and returns how many readings it was told are stored.
func killed(t *testing.T, env string, after time.Duration) int {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run", "^TestKilled$")
	cmd.Env = append(os.Environ(), env)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	told := 0
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		number, ok := strings.CutPrefix(lines.Text(), "stored ")
		n, err := strconv.Atoi(number)
		if !ok || err != nil {
			continue // cut off by the kill, or the test's own last words
		}
		if told == 0 {
			time.AfterFunc(after, func() { cmd.Process.Kill() })
		}
		told = n
	}
	if err := cmd.Wait(); err == nil {
		t.Error("the child ended by itself")
	}
	return told
}
