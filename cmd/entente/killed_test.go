package main

import (
	"encoding/json"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"testing"
	"time"

	"entente/graph"
	"entente/graph/graphtest"
	"entente/graph/neo4j"
	"entente/graph/neo4j/neo4jtest"
	"entente/graph/sqlite"
)

// TestKilled kills the program at 20 random moments of an ingest into a file. The next run goes on each time, and in the end the store is that
// of a run left alone.
func TestKilled(t *testing.T) {
	if testing.Short() {
		t.Skip("kills and restarts the program many times")
	}
	dir := t.TempDir()
	k := killing{corpus: killedCorpus(t, 600), articles: 600, store: filepath.Join(dir, "killed.db"), seed: 1, kills: 20, clear: func() {
		for _, end := range []string{"", "-wal", "-shm", "-journal"} {
			os.Remove(filepath.Join(dir, "killed.db"+end))
		}
	}}
	k.open = func() graph.Store {
		s, err := sqlite.Open(t.Context(), k.store, sqlite.Options{})
		if err != nil {
			t.Fatalf("the store of killed runs does not open: %v", err)
		}
		return s
	}
	k.run(t)
}

// TestKilledNeo4j is TestKilled with 10 moments of an ingest into a server.
func TestKilledNeo4j(t *testing.T) {
	if testing.Short() {
		t.Skip("kills and restarts the program many times")
	}
	server := neo4jtest.Open(t)
	k := killing{
		corpus: killedCorpus(t, 250), articles: 250, store: server.URL, seed: 2, kills: 10,
		env:   []string{"ENTENTE_NEO4J_USER=" + server.User, "ENTENTE_NEO4J_PASSWORD=" + server.Password, "ENTENTE_NEO4J_DATABASE=" + server.Database},
		clear: func() { server.Run(t, "MATCH (n) DETACH DELETE n", nil) },
		open: func() graph.Store {
			s, err := neo4j.Open(t.Context(), neo4j.Options{Address: server.URL, User: server.User, Password: server.Password, Database: server.Database})
			if err != nil {
				t.Fatal(err)
			}
			return s
		},
	}
	k.run(t)
}

// killedCorpus is a file of n articles.
func killedCorpus(t *testing.T, n int) string {
	t.Helper()
	f, err := os.Create(filepath.Join(t.TempDir(), "wire.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	e := json.NewEncoder(f)
	for a := range wire(n, nil) {
		if err := e.Encode(map[string]string{"id": a.ID, "published": string(a.Published), "text": a.Text}); err != nil {
			t.Fatal(err)
		}
	}
	return f.Name()
}

// killing is an ingest that is killed at random moments.
type killing struct {
	corpus   string
	articles int
	store    string // as --store has it
	seed     uint64
	kills    int
	env      []string
	open     func() graph.Store
	clear    func() // empties the store
}

func (k *killing) command(t *testing.T) *exec.Cmd {
	cmd := exec.CommandContext(t.Context(), "entente", "ingest", k.corpus, "--store", k.store, "--quiet")
	cmd.Env = append(os.Environ(), k.env...)
	return cmd
}

// whole runs an ingest to its end and returns how long it took.
func (k *killing) whole(t *testing.T) time.Duration {
	t.Helper()
	began := time.Now()
	if out, err := k.command(t).CombinedOutput(); err != nil {
		t.Fatalf("a run left alone: %v: %s", err, out)
	}
	return time.Since(began)
}

var runLines = regexp.MustCompile(`(?m)^run .*\n`)

// content is all that is in the store but its runs, which have times, and the runs. It fails where a run is recorded that did not come to its end.
func (k *killing) content(t *testing.T) (string, []graph.Run) {
	t.Helper()
	s := k.open()
	defer s.Close()
	var runs []graph.Run
	for r, err := range s.(graph.Journal).Runs(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		if r.Read != k.articles || r.Failed != 0 || r.Ended < r.Started || r.Skipped+r.Changes.Articles.Added != r.Read {
			t.Errorf("a run of %d articles is recorded as %+v", k.articles, r)
		}
		runs = append(runs, r)
	}
	return runLines.ReplaceAllString(graphtest.Dump(t, s), ""), runs
}

// run kills runs in the middle until that was done often enough. The moments are spread over 80 % of
// what a whole one takes; an ingest that came to its end before its moment is compared, and another begins.
func (k *killing) run(t *testing.T) {
	k.whole(t)
	want, runs := k.content(t)
	if len(runs) != 1 {
		t.Fatalf("%d runs are recorded of one", len(runs))
	}
	k.clear()
	took := k.whole(t) // the first has a server warm up
	k.same(t, want, 0, 0)
	k.clear()
	rng := rand.New(rand.NewPCG(k.seed, k.seed))
	killed, between, complete := 0, 0, 0 // complete: kills when all articles were in the store
	for tries := 0; killed < k.kills; tries++ {
		if tries > 10*k.kills {
			t.Fatalf("only %d of %d runs were killed before their end", killed, tries)
		}
		cmd := k.command(t)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Duration(rng.Float64() * float64(took) * 0.8))
		cmd.Process.Kill()
		if cmd.Wait() == nil {
			k.same(t, want, killed, complete)
			k.clear()
			complete = 0
			continue
		}
		killed++
		switch n := k.stored(t); {
		case n == k.articles:
			complete++
		case n > 0:
			between++
		}
	}
	k.whole(t)
	k.same(t, want, killed, complete)
	if between == 0 {
		t.Errorf("none of %d kills left a part of the articles in the store", killed)
	}
	t.Logf("%d kills, after %d of them a part of the articles was in the store", killed, between)
}

// stored is how many articles are in the store, which a killed run may not have made yet.
func (k *killing) stored(t *testing.T) int {
	t.Helper()
	s := k.open()
	defer s.Close()
	stats, err := s.Stats(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return stats.Articles
}

// same holds that the store is that of a run left alone, and that the run which came to its end is recorded; beside it only some of the
// complete ones that were killed with nothing left to do, between their record and their end.
func (k *killing) same(t *testing.T, want string, killed, complete int) {
	t.Helper()
	got, runs := k.content(t)
	if got != want {
		t.Errorf("after %d kills the store holds %d bytes that differ from the %d of a run left alone", killed, len(got), len(want))
	}
	if len(runs) < 1 || len(runs) > 1+complete {
		t.Errorf("after %d kills, %d of them with nothing left to do, %d runs are recorded; one came to its end", killed, complete, len(runs))
	}
}
