// Package sqlite is a graph.Store in one SQLite file. What was loaded (articles, readings, decisions, runs) is its truth; the derived graph
// is kept beside it in tables and views that any SQLite tool reads: see schema.sql.
//
// One connection writes, any number read at the same time, also from other programs (write-ahead log).
package sqlite

import (
	"cmp"
	"context"
	"database/sql"
	_ "embed"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"time"

	driver "modernc.org/sqlite"
	codes "modernc.org/sqlite/lib"

	"entente/graph"
	"entente/schema"
)

//go:embed schema.sql
var schemaSQL string

// applicationID marks a SQLite file as an Entente store: the bytes "Entt".
const applicationID = 0x456e7474

// Options say how a store is opened; the zero value creates a file that is not there.
type Options struct {
	// Existing makes it an error that the file is not there.
	Existing bool
	// Wait is how long to wait for another program that writes to the same file; 0: ten seconds.
	Wait time.Duration
}

const defaultWait = 10 * time.Second

// Store is a graph.Store and graph.Journal in a SQLite file.
type Store struct {
	path    string
	writer  *sql.DB // one connection
	readers *sql.DB
}

var (
	_ graph.Store   = (*Store)(nil)
	_ graph.Journal = (*Store)(nil)
)

// Open opens the store in the file path, creates it where it is not there, and brings a file of an older version up to date. A file that is
// no Entente store is left as it is. Every error names the file and says what to do.
func Open(ctx context.Context, path string, o Options) (*Store, error) {
	if err := checkPath(path, o); err != nil {
		return nil, err
	}
	s := &Store{path: path}
	var err error
	if s.writer, err = sql.Open("sqlite", dsn(path, o, "_txlock=immediate", "synchronous(normal)", "wal_autocheckpoint(32000)", "cache_size(-65536)", "temp_store(memory)")); err != nil {
		return nil, s.explain("open", err)
	}
	s.writer.SetMaxOpenConns(1)
	if s.readers, err = sql.Open("sqlite", dsn(path, o, "", "query_only(1)", "cache_size(-16384)")); err != nil {
		return nil, errors.Join(s.explain("open", err), s.writer.Close())
	}
	s.readers.SetMaxIdleConns(4)
	if err := s.prepareAmongOthers(ctx, cmp.Or(o.Wait, defaultWait)); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

func dsn(path string, o Options, extra string, pragmas ...string) string {
	q := url.Values{}
	q.Add("_pragma", "busy_timeout("+strconv.FormatInt(cmp.Or(o.Wait, defaultWait).Milliseconds(), 10)+")")
	for _, p := range pragmas {
		q.Add("_pragma", p)
	}
	query := q.Encode()
	if extra != "" {
		query += "&" + extra
	}
	abs, err := filepath.Abs(path)
	if err != nil { // the working directory is gone: let the driver say so
		abs = path
	}
	return (&url.URL{Scheme: "file", Path: filepath.ToSlash(abs), RawQuery: query}).String()
}

// checkPath finds what the driver would report unclearly or would create in error.
func checkPath(path string, o Options) error {
	if path == "" {
		return errors.New("no store named: give the path of a file, for example entente.db")
	}
	info, err := os.Stat(path)
	switch {
	case err == nil && info.IsDir():
		return fmt.Errorf("store %s is a folder: give the path of a file in it, for example %s", path, filepath.Join(path, "entente.db"))
	case err == nil && !info.Mode().IsRegular():
		return fmt.Errorf("store %s is not a plain file: give the path of one", path)
	case err == nil:
		return checkFile(path)
	case !errors.Is(err, os.ErrNotExist):
		return fmt.Errorf("store %s: %w", path, err)
	case o.Existing:
		return fmt.Errorf("store %s: %w: fill one first (ingest or load), or give the path of another", path, os.ErrNotExist)
	}
	if dir := filepath.Dir(path); !isDir(dir) {
		return fmt.Errorf("store %s: there is no folder %s: create it first", path, dir)
	}
	return nil
}

func isDir(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

// checkFile looks at a file that is there, without changing it: whether it may be written, and whether it begins as SQLite files do. The driver
// takes a file that is shorter than a page for an empty one.
func checkFile(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if errors.Is(err, os.ErrPermission) {
		return fmt.Errorf("store %s cannot be written: allow it (chmod u+w), or copy it to a place of your own: %w", path, err)
	}
	if err != nil {
		return fmt.Errorf("store %s: %w", path, err)
	}
	defer f.Close()
	const magic = "SQLite format 3\x00"
	head := make([]byte, len(magic))
	n, err := io.ReadFull(f, head)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return fmt.Errorf("store %s: %w", path, err)
	}
	if n > 0 && string(head) != magic {
		return notSQLite(path)
	}
	return nil
}

func notSQLite(path string) error {
	return fmt.Errorf("store %s is not a SQLite file: give the path of an Entente store or of a new file", path)
}

// prepareAmongOthers prepares a file that other programs may be opening and closing at the same moment: SQLite waits for them when it writes, but
// not when it changes how the file is kept.
func (s *Store) prepareAmongOthers(ctx context.Context, wait time.Duration) error {
	for begin := time.Now(); ; time.Sleep(10 * time.Millisecond) {
		err := s.prepare(ctx)
		if !isBusy(err) || time.Since(begin) > wait || ctx.Err() != nil {
			return err
		}
	}
}

func isBusy(err error) bool {
	e, ok := errors.AsType[*driver.Error](err)
	return ok && e.Code()&0xff == codes.SQLITE_BUSY
}

// prepare makes sure that the file is ours and of this version before anything is written to it.
func (s *Store) prepare(ctx context.Context) error {
	application, version, empty, err := s.identity(ctx)
	if err != nil {
		return s.explain("open", err)
	}
	switch {
	case !empty && application != applicationID:
		return fmt.Errorf("store %s is a SQLite file of another program: give the path of an Entente store or of a new file", s.path)
	case version > len(migrations):
		return fmt.Errorf("store %s was written by a newer Entente (format %d, this one knows up to %d): update the program", s.path, version, len(migrations))
	}
	if _, err := s.writer.ExecContext(ctx, "pragma journal_mode(wal)"); err != nil {
		return s.explain("open", err)
	}
	if err := migrate(ctx, s.writer, migrations); err != nil {
		return s.explain("update the format of", err)
	}
	return nil
}

// identity reads what marks the file, all of it at one moment; empty is whether nothing was ever written to it.
func (s *Store) identity(ctx context.Context) (application, version int, empty bool, err error) {
	tx, err := s.readers.BeginTx(ctx, nil)
	if err != nil {
		return 0, 0, false, err
	}
	defer tx.Rollback()
	var tables int
	for _, read := range []struct {
		query string
		into  *int
	}{{"select count(*) from sqlite_schema", &tables}, {"pragma application_id", &application}, {"pragma user_version", &version}} {
		if err := tx.QueryRowContext(ctx, read.query).Scan(read.into); err != nil {
			return 0, 0, false, err
		}
	}
	return application, version, application == 0 && version == 0 && tables == 0, nil
}

// migrations bring a store from the version of their index to the next one, each in a transaction. They are only ever added to.
var migrations = []func(context.Context, *sql.Tx) error{
	func(ctx context.Context, tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, schemaSQL); err != nil {
			return err
		}
		return fillRelations(ctx, tx)
	},
	makeSearchable,
}

func fillRelations(ctx context.Context, tx *sql.Tx) error {
	for _, r := range schema.Relations() {
		if _, err := tx.ExecContext(ctx, "insert or replace into relation values (?, ?, ?, ?, ?)", string(r.Relation), r.Tie, string(r.Quad), r.Label, r.Definition); err != nil {
			return err
		}
	}
	return nil
}

// migrate runs the steps that a store lacks. Two programs may open an old store at once: each step looks at the version again.
func migrate(ctx context.Context, db *sql.DB, steps []func(context.Context, *sql.Tx) error) error {
	for i, step := range steps {
		if err := migrateStep(ctx, db, i, step); err != nil {
			return fmt.Errorf("from format %d to %d: %w", i, i+1, err)
		}
	}
	return nil
}

func migrateStep(ctx context.Context, db *sql.DB, from int, step func(context.Context, *sql.Tx) error) error {
	var version int
	if err := db.QueryRowContext(ctx, "pragma user_version").Scan(&version); err != nil || version != from {
		return err
	}
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if err := tx.QueryRowContext(ctx, "pragma user_version").Scan(&version); err != nil || version != from {
		return err
	}
	if err := step(ctx, tx); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, fmt.Sprintf("pragma application_id = %d; pragma user_version = %d", applicationID, from+1)); err != nil {
		return err
	}
	return tx.Commit()
}

// Close implements graph.Store. A method called afterwards fails.
func (s *Store) Close() error { return errors.Join(s.readers.Close(), s.writer.Close()) }

// explain says what was being done to which file and, where the driver's error is one that a user can mend, how.
func (s *Store) explain(doing string, err error) error {
	if err == nil {
		return nil
	}
	if r, ok := errors.AsType[*refused](err); ok {
		return r.err
	}
	what := ""
	if e, ok := errors.AsType[*driver.Error](err); ok {
		switch e.Code() & 0xff {
		case codes.SQLITE_NOTADB:
			return notSQLite(s.path)
		case codes.SQLITE_BUSY, codes.SQLITE_LOCKED:
			what = "another program is writing to it: wait for it to end, or stop it"
		case codes.SQLITE_READONLY, codes.SQLITE_PERM, codes.SQLITE_CANTOPEN:
			what = "it or its folder cannot be written: allow it (chmod u+w), or use another place"
		case codes.SQLITE_FULL:
			what = "the disk is full; nothing of this batch was kept: make room and run again"
		case codes.SQLITE_CORRUPT:
			what = "the file is damaged: go back to a backup, or load the articles into a new store"
		case codes.SQLITE_IOERR:
			what = "the disk could not be read or written; nothing of this batch was kept"
		}
	}
	if what == "" {
		return fmt.Errorf("%s store %s: %w", doing, s.path, err)
	}
	return fmt.Errorf("%s store %s: %s (%w)", doing, s.path, what, err)
}
