package sqlite_test

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"entente/graph"
	"entente/graph/graphtest"
	"entente/graph/sqlite"
)

// refuses opens a file that is no store to write to; the error has to name the file and hold each of want, and the file has to stay as it is.
func refuses(t *testing.T, path string, o sqlite.Options, want ...string) {
	t.Helper()
	before, _ := os.ReadFile(path)
	s, err := sqlite.Open(t.Context(), path, o)
	if err == nil {
		s.Close()
		t.Fatalf("%s was opened", path)
	}
	for _, w := range append(want, path) {
		if !strings.Contains(err.Error(), w) {
			t.Errorf("error %q does not say %q", err, w)
		}
	}
	if strings.Contains(err.Error(), "\n") {
		t.Errorf("error of several lines: %q", err)
	}
	if after, _ := os.ReadFile(path); string(after) != string(before) {
		t.Errorf("%s was changed", path)
	}
}

func TestOpenRefuses(t *testing.T) {
	dir := t.TempDir()
	in := func(name, content string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
		return path
	}
	refuses(t, "", sqlite.Options{}, "give the path")
	refuses(t, dir, sqlite.Options{}, "is a folder", "entente.db")
	refuses(t, filepath.Join(dir, "no", "where", "a.db"), sqlite.Options{}, "there is no folder", filepath.Join(dir, "no", "where"), "create it first")
	refuses(t, filepath.Join(dir, "new.db"), sqlite.Options{Existing: true}, "file does not exist", "ingest or load")
	refuses(t, in("a.txt", strings.Repeat("This is a text and no store. ", 100)), sqlite.Options{}, "not a SQLite file")
	refuses(t, in("short.txt", "x"), sqlite.Options{}, "not a SQLite file")
	refuses(t, os.DevNull, sqlite.Options{}, "not a plain file")
	if _, err := os.Stat(filepath.Join(dir, "new.db")); err == nil {
		t.Error("Existing made a file")
	}
	s := open(t, in("empty.db", "")) // an empty file is a new store
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
}

// other makes a SQLite file with the statements.
func other(t *testing.T, statements string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "other.db")
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.ExecContext(t.Context(), statements); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestOpenRefusesOtherDatabases(t *testing.T) {
	refuses(t, other(t, "create table notes (text)"), sqlite.Options{}, "of another program")
	refuses(t, other(t, "pragma application_id = 7; create table notes (text)"), sqlite.Options{}, "of another program")
	refuses(t, other(t, "pragma user_version = 1"), sqlite.Options{}, "of another program")

	path := filepath.Join(t.TempDir(), "newer.db")
	if err := open(t, path).Close(); err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.ExecContext(t.Context(), "pragma user_version = 99"); err != nil {
		t.Fatal(err)
	}
	db.Close()
	refuses(t, path, sqlite.Options{}, "newer Entente", "format 99", "update the program")
}

func TestOpenOddPaths(t *testing.T) {
	for _, name := range []string{"a b.db", "q?x=1.db", "h#1.db", "100%25.db", "é😀.db", "-", "a'b;c.db"} {
		path := filepath.Join(t.TempDir(), name)
		s := open(t, path)
		if err := s.Close(); err != nil {
			t.Errorf("%q: %v", name, err)
		}
		if _, err := os.Stat(path); err != nil {
			t.Errorf("the store is elsewhere: %v", err)
		}
	}
}

func TestLockedByAnother(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.db")
	s, err := sqlite.Open(t.Context(), path, sqlite.Options{Wait: 50 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	conn, err := db.Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if _, err := conn.ExecContext(t.Context(), "begin immediate"); err != nil {
		t.Fatal(err)
	}
	story := graphtest.Story{ID: "a", Says: []string{"RUS ACCUSE NATO 2010 | asserted"}}.Reading(t)
	_, err = s.Upsert(t.Context(), story)
	if err == nil || !strings.Contains(err.Error(), "another program is writing to it") || !strings.Contains(err.Error(), path) {
		t.Errorf("error %v", err)
	}
	if _, err := s.Stats(t.Context()); err != nil {
		t.Errorf("reading while another writes: %v", err)
	}
	second, err := sqlite.Open(t.Context(), path, sqlite.Options{Wait: 50 * time.Millisecond})
	if err != nil {
		t.Fatalf("opening while another writes: %v", err)
	}
	second.Close()
	if _, err := conn.ExecContext(t.Context(), "rollback"); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Upsert(t.Context(), story); err != nil {
		t.Errorf("after the other ended: %v", err)
	}
}

func TestDamaged(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.db")
	s := open(t, path)
	load(t, s, news(t, 50, 3), 50)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for i := 4096; i < len(b); i++ {
		b[i] = 0xa5
	}
	if err := os.WriteFile(path, b, 0o644); err != nil {
		t.Fatal(err)
	}
	s, err = sqlite.Open(t.Context(), path, sqlite.Options{})
	if err == nil {
		defer s.Close()
		_, err = s.Stats(t.Context())
	}
	if err == nil || !strings.Contains(err.Error(), "damaged") || !strings.Contains(err.Error(), path) {
		t.Errorf("error %v", err)
	}
}

func TestClosed(t *testing.T) {
	s := open(t, filepath.Join(t.TempDir(), "a.db"))
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Upsert(t.Context()); err == nil {
		t.Error("upsert into a closed store")
	}
	for _, err := range s.Triples(t.Context(), graph.Query{}) {
		if err == nil {
			t.Error("a triple of a closed store")
		}
	}
}

// TestOpenAtOnce opens one new file from many places.
func TestOpenAtOnce(t *testing.T) {
	for range 10 {
		path := filepath.Join(t.TempDir(), "a.db")
		var wg sync.WaitGroup
		for i := range 6 {
			r := graphtest.Story{ID: strconv.Itoa(i), Says: []string{"RUS ACCUSE NATO 2010 | asserted"}}.Reading(t)
			wg.Go(func() {
				s, err := sqlite.Open(t.Context(), path, sqlite.Options{})
				if err != nil {
					t.Error(err)
					return
				}
				defer s.Close()
				if _, err := s.Upsert(t.Context(), r); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		s := open(t, path)
		if st, err := s.Stats(t.Context()); err != nil || st.Articles != 6 || st.Triples != 1 {
			t.Errorf("%+v, %v", st, err)
		}
		s.Close()
	}
}

func TestOpenCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	path := filepath.Join(t.TempDir(), "a.db")
	if s, err := sqlite.Open(ctx, path, sqlite.Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("%v, %v", s, err)
	}
	if err := open(t, path).Close(); err != nil { // nothing is left that hinders
		t.Fatal(err)
	}
}
