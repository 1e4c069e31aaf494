package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"iter"
	"strings"

	"entente/graph"
	"entente/schema"
)

// errStop ends a query whose caller wants no more.
var errStop = errors.New("stop")

// sequence yields what run hands out, within one read transaction that begins with the iteration.
func sequence[T any](ctx context.Context, s *Store, doing string, run func(ctx context.Context, tx *sql.Tx, yield func(T) error) error) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		err := s.read(ctx, func(tx *sql.Tx) error {
			return run(ctx, tx, func(v T) error {
				if err := ctx.Err(); err != nil {
					return err
				}
				if !yield(v, nil) {
					return errStop
				}
				return nil
			})
		})
		if err == nil {
			err = ctx.Err()
		}
		if err != nil && !errors.Is(err, errStop) {
			var zero T
			yield(zero, s.unlessDone(ctx, doing, err))
		}
	}
}

// read runs do in a transaction that sees the store as it is when it begins.
func (s *Store) read(ctx context.Context, do func(*sql.Tx) error) error {
	tx, err := s.readers.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return err
	}
	defer tx.Rollback()
	var version int
	if err := tx.QueryRowContext(ctx, "select count(*) from relation where name = ''").Scan(&version); err != nil { // begins the snapshot
		return err
	}
	return do(tx)
}

// Triples implements graph.Store.
func (s *Store) Triples(ctx context.Context, q graph.Query) iter.Seq2[graph.Triple, error] {
	return sequence(ctx, s, "read triples of", func(ctx context.Context, tx *sql.Tx, yield func(graph.Triple) error) error {
		merges, err := readMerges(ctx, tx)
		if err != nil {
			return err
		}
		sel, err := q.Select(merges)
		if err != nil {
			return &refused{err}
		}
		query, args, err := selection(sel)
		if err != nil {
			return err
		}
		var some []row
		flush := func() error {
			err := withEvidences(ctx, tx, some)
			for _, r := range some {
				if err == nil {
					err = yield(r.triple)
				}
			}
			some = some[:0]
			return err
		}
		if err := each(ctx, tx, query, func(rows *sql.Rows) error {
			var r row
			var err error
			if r.triple, err = scanTriple(rows, &r.key); err != nil {
				return err
			}
			if some = append(some, r); len(some) == loadedAtOnce {
				return flush()
			}
			return nil
		}, args...); err != nil {
			return err
		}
		return flush()
	})
}

// selection is the query of the triples that sel selects.
func selection(sel graph.Selector) (query string, args []any, err error) {
	var where []string
	in := func(column string, ids []string) string {
		param, encodeErr := jsonIDs(ids)
		err = errors.Join(err, encodeErr)
		args = append(args, param)
		return column + " in (select value from json_each(?))"
	}
	and := func(condition string) { where = append(where, condition) }
	if len(sel.IDs) > 0 {
		and("(" + in("t.id", sel.IDs) + " or t.id in (select triple from former where " + in("id", sel.IDs) + "))")
	}
	switch {
	case len(sel.With) > 0:
		and("(" + in("t.subject", sel.Of) + " and " + in("t.object", sel.With) + " or " + in("t.object", sel.Of) + " and " + in("t.subject", sel.With) + ")")
	case len(sel.Of) > 0:
		and("(" + in("t.subject", sel.Of) + " or " + in("t.object", sel.Of) + ")")
	}
	for _, f := range []struct {
		column string
		ids    []string
	}{{"t.subject", sel.Subject}, {"t.object", sel.Object}, {"t.relation", stringsOf(sel.Relations)}, {"t.status", stringsOf(sel.Statuses)}} {
		if len(f.ids) > 0 {
			and(in(f.column, f.ids))
		}
	}
	if len(sel.Articles) > 0 {
		and("t.key in (select e.triple from article a join reading r on r.article = a.key join statement e on e.reading = r.key where " + in("a.id", sel.Articles) + ")")
	}
	if !sel.First.IsZero() {
		and("t.last_day >= ?")
		args = append(args, string(schema.Day(sel.First)))
	}
	if !sel.Last.IsZero() {
		and("t.first_day <= ? and t.position < ?") // positions begin with the first day, and have an index
		day := string(schema.Day(sel.Last))
		args = append(args, day, day+"!")
	}
	if sel.MinConfidence != 0 {
		and("t.confidence >= ?")
		args = append(args, sel.MinConfidence)
	}
	query = "select t.key, " + tripleColumns + " from triple t"
	if len(where) > 0 {
		query += " where " + strings.Join(where, " and ")
	}
	query += " order by t.position"
	if sel.Limit > 0 {
		query += " limit ?"
		args = append(args, sel.Limit)
	}
	return query, args, err
}

func stringsOf[S ~string](values []S) []string {
	out := make([]string, len(values))
	for i, v := range values {
		out[i] = string(v)
	}
	return out
}

// withEvidences fills in the evidences of triples.
func withEvidences(ctx context.Context, tx *sql.Tx, triples []row) error {
	if len(triples) == 0 {
		return nil
	}
	keys := make([]int64, len(triples))
	at := map[int64]*graph.Triple{}
	for i := range triples {
		keys[i] = triples[i].key
		at[triples[i].key] = &triples[i].triple
	}
	param, err := encode(keys)
	if err != nil {
		return err
	}
	if err := each(ctx, tx, statementQuery, func(rows *sql.Rows) error {
		key, e, err := scanEvidence(rows)
		if err != nil {
			return err
		}
		at[key].Evidences = append(at[key].Evidences, e)
		return nil
	}, param); err != nil {
		return err
	}
	for _, t := range at {
		graph.SortEvidences(t.Evidences)
	}
	return nil
}

// Articles implements graph.Store.
func (s *Store) Articles(ctx context.Context) iter.Seq2[schema.Article, error] {
	return sequence(ctx, s, "read articles of", func(ctx context.Context, tx *sql.Tx, yield func(schema.Article) error) error {
		return each(ctx, tx, "select "+articleColumns+" from article a order by a.id", func(rows *sql.Rows) error {
			var a schema.Article
			var furniture string
			err := rows.Scan(articleTargets(&a, &furniture)...)
			if err == nil {
				err = decode(furniture, &a.Furniture)
			}
			if err != nil {
				return err
			}
			return yield(a)
		})
	})
}

// Entities implements graph.Store.
func (s *Store) Entities(ctx context.Context) iter.Seq2[schema.Entity, error] {
	return sequence(ctx, s, "read entities of", func(ctx context.Context, tx *sql.Tx, yield func(schema.Entity) error) error {
		return each(ctx, tx, "select id, kind, name, aliases, state, codes from entity order by id", func(rows *sql.Rows) error {
			e, err := scanEntity(rows)
			if err != nil {
				return err
			}
			return yield(e)
		})
	})
}

// Readings implements graph.Store. A reading that cannot be decoded is yielded as a *graph.ReadingError, and the others follow.
func (s *Store) Readings(ctx context.Context) iter.Seq2[schema.Reading, error] {
	type item struct {
		reading schema.Reading
		err     error
	}
	items := sequence(ctx, s, "read readings of", func(ctx context.Context, tx *sql.Tx, yield func(item) error) error {
		return readSound(ctx, tx, "", func(_, _ int64, r schema.Reading) error { return yield(item{reading: r}) },
			func(e *graph.ReadingError) error { return yield(item{err: e}) })
	})
	return func(yield func(schema.Reading, error) bool) {
		for i, err := range items {
			if err == nil {
				err = i.err
			}
			if !yield(i.reading, err) {
				return
			}
		}
	}
}

// Decisions implements graph.Store.
func (s *Store) Decisions(ctx context.Context) iter.Seq2[graph.Decision, error] {
	return sequence(ctx, s, "read decisions of", func(ctx context.Context, tx *sql.Tx, yield func(graph.Decision) error) error {
		ds, err := readDecisions(ctx, tx)
		for _, d := range ds {
			if err == nil {
				err = yield(d)
			}
		}
		return err
	})
}

// Dyads yields the sums of the events between pairs of parties, in the order of their ids: what graph.Dyads makes of all triples.
func (s *Store) Dyads(ctx context.Context) iter.Seq2[graph.Dyad, error] {
	return sequence(ctx, s, "read dyads of", func(ctx context.Context, tx *sql.Tx, yield func(graph.Dyad) error) error {
		return each(ctx, tx, dyadQuery, func(rows *sql.Rows) error {
			d, err := scanDyad(rows)
			if err != nil {
				return err
			}
			return yield(d)
		})
	})
}

// Stats implements graph.Store.
func (s *Store) Stats(ctx context.Context) (graph.Stats, error) {
	st := graph.Stats{Relations: map[schema.Relation]int{}, Extractors: map[string]int{}}
	err := s.read(ctx, func(tx *sql.Tx) error {
		if err := tx.QueryRowContext(ctx, `select (select count(*) from article), (select count(*) from reading), (select count(*) from entity), (select count(*) from triple),
			(select count(*) from statement where triple is not null), (select count(*) from dyad)`).Scan(&st.Articles, &st.Readings, &st.Entities, &st.Triples, &st.Evidence, &st.Pairs); err != nil {
			return err
		}
		if err := each(ctx, tx, "select relation, count(*) from triple group by relation", func(rows *sql.Rows) error {
			var r schema.Relation
			var n int
			err := rows.Scan(&r, &n)
			st.Relations[r] = n
			return err
		}); err != nil {
			return err
		}
		return each(ctx, tx, "select extractor || ' ' || version, count(*) from reading group by 1", func(rows *sql.Rows) error {
			var name string
			var n int
			err := rows.Scan(&name, &n)
			st.Extractors[name] = n
			return err
		})
	})
	if err != nil {
		return graph.Stats{}, s.unlessDone(ctx, "count", err)
	}
	return st, nil
}

// Seen implements graph.Journal.
func (s *Store) Seen(ctx context.Context, article string, by schema.Extractor) (string, error) {
	var sha string
	err := s.readers.QueryRowContext(ctx, "select a.sha256 from article a join reading r on r.article = a.key where a.id = ? and r.extractor = ? and r.version = ?",
		article, by.Name, by.Version).Scan(&sha)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return "", s.unlessDone(ctx, "look into", err)
	}
	return sha, nil
}

// AddRun implements graph.Journal.
func (s *Store) AddRun(ctx context.Context, r graph.Run) error {
	content, err := encode(r)
	if err != nil {
		return err
	}
	if err := s.transact(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(quiet(ctx), "insert into run (started, ended, body) values (?, ?, ?)", r.Started, r.Ended, content)
		return err
	}); err != nil {
		return s.unlessDone(ctx, "record a run in", err)
	}
	return nil
}

// Runs implements graph.Journal.
func (s *Store) Runs(ctx context.Context) iter.Seq2[graph.Run, error] {
	return sequence(ctx, s, "read runs of", func(ctx context.Context, tx *sql.Tx, yield func(graph.Run) error) error {
		return each(ctx, tx, "select body from run order by key", func(rows *sql.Rows) error {
			var content string
			var r graph.Run
			err := rows.Scan(&content)
			if err == nil {
				err = json.Unmarshal([]byte(content), &r)
			}
			if err != nil {
				return err
			}
			return yield(r)
		})
	})
}
