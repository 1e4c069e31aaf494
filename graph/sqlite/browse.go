package sqlite

import (
	"context"
	"database/sql"
	"strings"

	"entente/graph"
	"entente/schema"
)

var (
	_ graph.Browser = (*Store)(nil)
	_ graph.Watcher = (*Store)(nil)
)

// Article implements graph.Browser.
func (s *Store) Article(ctx context.Context, id string) (schema.Article, bool, error) {
	var a schema.Article
	found := false
	err := s.read(ctx, func(tx *sql.Tx) error {
		return each(ctx, tx, "select "+articleColumns+" from article a where a.id = ?", func(rows *sql.Rows) error {
			var furniture string
			found = true
			if err := rows.Scan(articleTargets(&a, &furniture)...); err != nil {
				return err
			}
			return decode(furniture, &a.Furniture)
		}, id)
	})
	if err != nil {
		return schema.Article{}, false, s.unlessDone(ctx, "read an article of", err)
	}
	return a, found, nil
}

// asking is the query of columns of the triples that q selects, as t, with what follows its conditions: an order, groups, a limit.
func asking(ctx context.Context, tx *sql.Tx, q graph.Query, columns, ending string) (query string, args []any, err error) {
	merges, err := readMerges(ctx, tx)
	if err != nil {
		return "", nil, err
	}
	q.Limit = 0
	sel, err := q.Select(merges)
	if err != nil {
		return "", nil, &refused{err}
	}
	query, args, err = selection(sel)
	conditions := strings.TrimSuffix(strings.TrimPrefix(query, "select t.key, "+tripleColumns), " order by t.position")
	return "select " + columns + conditions + ending, args, err
}

// Page implements graph.Browser.
func (s *Store) Page(ctx context.Context, q graph.Query, newest bool, offset, n int) ([]graph.Triple, error) {
	var out []graph.Triple
	err := s.read(ctx, func(tx *sql.Tx) error {
		order := "t.position"
		if newest {
			order = "t.first_day is null, t.position desc"
		}
		keys, args, err := asking(ctx, tx, q, "t.key as k", " order by "+order+" limit ? offset ?") // only keys and what sorts them are sorted
		if err != nil {
			return err
		}
		query := "select t.key, " + tripleColumns + " from (" + keys + ") join triple t on t.key = k order by " + order
		out, err = triplesOf(ctx, tx, query, append(args, n, offset)...)
		return err
	})
	return out, s.failed(ctx, "read triples of", err)
}

// triplesOf reads the triples of a query whose columns are the key and tripleColumns, with their evidences.
func triplesOf(ctx context.Context, tx *sql.Tx, query string, args ...any) ([]graph.Triple, error) {
	var found []row
	if err := each(ctx, tx, query, func(rows *sql.Rows) error {
		var r row
		var err error
		r.triple, err = scanTriple(rows, &r.key)
		found = append(found, r)
		return err
	}, args...); err != nil {
		return nil, err
	}
	if err := withEvidences(ctx, tx, found); err != nil {
		return nil, err
	}
	out := make([]graph.Triple, len(found))
	for i, r := range found {
		out[i] = r.triple
	}
	return out, nil
}

// failed is err as the caller of a method may read it.
func (s *Store) failed(ctx context.Context, doing string, err error) error {
	if err == nil {
		return nil
	}
	return s.unlessDone(ctx, doing, err)
}

// Acts implements graph.Browser.
func (s *Store) Acts(ctx context.Context, q graph.Query, n int) ([]graph.Triple, error) {
	var out []graph.Triple
	err := s.read(ctx, func(tx *sql.Tx) error {
		query, args, err := asking(ctx, tx, q, tripleColumns, " order by t.position limit ?")
		if err != nil {
			return err
		}
		return each(ctx, tx, query, func(rows *sql.Rows) error {
			t, err := scanTriple(rows)
			out = append(out, t)
			return err
		}, append(args, n)...)
	})
	return out, s.failed(ctx, "read triples of", err)
}

// yearColumn is graph.YearOf in SQL: a span that ends in another year than it begins in counts where it is no longer than 31 days, which only a
// range of days is.
const yearColumn = `coalesce(case when substr(t.first_day, 1, 4) = substr(t.last_day, 1, 4) or julianday(t.last_day) - julianday(t.first_day) < 31
	then substr(t.first_day, 1, 4) end, '')`

// Tally implements graph.Browser.
func (s *Store) Tally(ctx context.Context, q graph.Query) ([]graph.Tally, error) {
	var out []graph.Tally
	err := s.read(ctx, func(tx *sql.Tx) error {
		query, args, err := asking(ctx, tx, q, yearColumn+", t.relation, t.status, count(*), sum(t.score), sum(max(t.score, 0.0)), sum(min(t.score, 0.0))", " group by 1, 2, 3")
		if err != nil {
			return err
		}
		return each(ctx, tx, query, func(rows *sql.Rows) error {
			var t graph.Tally
			err := rows.Scan(&t.Year, &t.Relation, &t.Status, &t.Triples, &t.Net, &t.Coop, &t.Conf)
			out = append(out, t)
			return err
		}, args...)
	})
	graph.SortTallies(out)
	return out, s.failed(ctx, "count triples of", err)
}

// Pairs implements graph.Browser.
func (s *Store) Pairs(ctx context.Context, from, to schema.Date) ([]graph.Dyad, error) {
	var out []graph.Dyad
	if from == "" && to == "" {
		for d, err := range s.Dyads(ctx) {
			if err != nil {
				return nil, err
			}
			out = append(out, d)
		}
		return out, nil
	}
	sel, err := graph.Query{From: from, To: to}.Select(graph.Merges{})
	if err != nil {
		return nil, err
	}
	var args []any
	where := "not tie and status in ('asserted', 'disputed')"
	if !sel.First.IsZero() {
		where += " and last_day >= ?"
		args = append(args, string(schema.Day(sel.First)))
	}
	if !sel.Last.IsZero() {
		where += " and first_day <= ?"
		args = append(args, string(schema.Day(sel.Last)))
	}
	query := `select min(subject, object), max(subject, object), count(*), sum(score), sum(max(score, 0.0)), sum(min(score, 0.0)), coalesce(min(first_day), ''),
		coalesce(max(last_day), '') from triple where ` + where + ` group by 1, 2 order by 1, 2`
	err = s.read(ctx, func(tx *sql.Tx) error {
		return each(ctx, tx, query, func(rows *sql.Rows) error {
			var d graph.Dyad
			err := rows.Scan(&d.A, &d.B, &d.Events, &d.Net, &d.Coop, &d.Conf, &d.First, &d.Last)
			out = append(out, d)
			return err
		}, args...)
	})
	return out, s.failed(ctx, "sum up the pairs of", err)
}

// Watch implements graph.Watcher. It holds a connection until stop is called.
func (s *Store) Watch(ctx context.Context) (version func(context.Context) (int64, error), stop func() error, err error) {
	conn, err := s.readers.Conn(ctx)
	if err != nil {
		return nil, nil, s.unlessDone(ctx, "watch", err)
	}
	// The pragma counts what others wrote since this connection last looked; the store's own writer is another connection.
	version = func(ctx context.Context) (v int64, err error) {
		if err = conn.QueryRowContext(ctx, "pragma data_version").Scan(&v); err != nil {
			return 0, s.unlessDone(ctx, "watch", err)
		}
		return v, nil
	}
	return version, conn.Close, nil
}
