package sqlite

import (
	"context"
	"database/sql"
	"slices"

	"entente/graph"
	"entente/schema"
)

// Merge implements graph.Store. A decision replaces an earlier one of the same From.
func (s *Store) Merge(ctx context.Context, d graph.Decision) error {
	_, err := s.write(ctx, "merge entities in", func(b *batch) error {
		if err := b.now.Allows(d); err != nil {
			return &refused{err}
		}
		if _, err := b.exec(quiet(ctx), "insert or replace into decision values (?, ?, ?, ?, ?)", d.From, d.Into, d.By, d.Why, d.At); err != nil {
			return err
		}
		return b.decided(ctx, d.From)
	})
	return err
}

// Split implements graph.Store.
func (s *Store) Split(ctx context.Context, from string) error {
	_, err := s.write(ctx, "split entities in", func(b *batch) error {
		result, err := b.exec(quiet(ctx), "delete from decision where from_id = ?", from)
		if err != nil {
			return err
		}
		if n, err := result.RowsAffected(); err != nil || n == 0 {
			return &refused{graph.NotMerged(from)}
		}
		return b.decided(ctx, from)
	})
	return err
}

// refused is an error of the caller's making, which needs no word about the file.
type refused struct{ err error }

func (e *refused) Error() string { return e.err.Error() }
func (e *refused) Unwrap() error { return e.err }

func readMerges(ctx context.Context, q querier) (graph.Merges, error) {
	ds, err := readDecisions(ctx, q)
	return graph.NewMerges(ds), err
}

func readDecisions(ctx context.Context, q querier) ([]graph.Decision, error) {
	var ds []graph.Decision
	err := each(ctx, q, "select from_id, into_id, by, why, at from decision order by from_id", func(rows *sql.Rows) error {
		var d graph.Decision
		err := rows.Scan(&d.From, &d.Into, &d.By, &d.Why, &d.At)
		ds = append(ds, d)
		return err
	})
	return ds, err
}

// decided states again every reading that names the entity that from stood for, under the decisions that are now stored.
func (b *batch) decided(ctx context.Context, from string) error {
	var err error
	if b.now, err = readMerges(quiet(ctx), b.tx); err != nil {
		return err
	}
	id := b.was.Entity(from)
	for _, e := range []string{from, id, b.now.Entity(from)} {
		b.entities[e] = true
	}
	keys, err := b.naming(quiet(ctx), id)
	if err != nil {
		return err
	}
	for some := range slices.Chunk(keys, loadedAtOnce) {
		if err := ctx.Err(); err != nil {
			return err
		}
		param, err := encode(some)
		if err != nil {
			return err
		}
		var readings []stored
		if err := readReadings(quiet(ctx), b.tx, "where r.key in (select value from json_each(?))", func(article, key int64, r schema.Reading) error {
			readings = append(readings, stored{article, key, r})
			return nil
		}, param); err != nil {
			return err
		}
		for _, s := range readings {
			if err := b.restate(quiet(ctx), s.key, s.reading, s.reading, false); err != nil {
				return err
			}
		}
	}
	return nil
}

// naming are the keys of the readings in whose statements an entity of the graph stands, and of those with statements that are not shown.
// Only decisions ask for it, so that it may read the whole table.
func (b *batch) naming(ctx context.Context, id string) ([]int64, error) {
	var keys []int64
	err := each(ctx, b.tx, `select distinct reading from statement
		where triple is null or triple in (select key from triple where subject = ?1 union all select key from triple where object = ?1)
		or ?1 in (speaker, agent, object_agent, initiator, place) or mediators <> '' and ?1 in (select value from json_each(mediators)) order by reading`,
		func(rows *sql.Rows) error {
			var key int64
			err := rows.Scan(&key)
			keys = append(keys, key)
			return err
		}, id)
	return keys, err
}
