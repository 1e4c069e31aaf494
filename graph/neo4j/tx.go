package neo4j

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"entente/graph"
)

// batch is how many rows one statement takes: the plateau of the rates measured.
const batch = 1000

// tx is a transaction of the driver, with statements in the forms this package needs. The function that it is given to may be run several
// times, so that nothing outside may depend on what it has done before it returns.
type tx struct {
	ctx context.Context
	in  neo4j.ManagedTransaction
}

// rows runs a statement and returns its rows.
func (t *tx) rows(cypher string, params props) ([]props, error) {
	result, err := t.in.Run(t.ctx, cypher, params)
	if err != nil {
		return nil, err
	}
	records, err := result.Collect(t.ctx)
	if err != nil {
		return nil, err
	}
	out := make([]props, len(records))
	for i, r := range records {
		out[i] = props{}
		for j, key := range r.Keys {
			out[i][key] = r.Values[j]
		}
	}
	return out, nil
}

// run runs a statement for what it does.
func (t *tx) run(cypher string, params props) error {
	result, err := t.in.Run(t.ctx, cypher, params)
	if err != nil {
		return err
	}
	_, err = result.Consume(t.ctx)
	return err
}

// each reads for a list of ids, some at a time.
func (t *tx) each(cypher string, ids []string, see func(row props) error) error {
	for chunk := range slices.Chunk(ids, batch) {
		rows, err := t.rows(cypher, props{"ids": list(chunk)})
		if err != nil {
			return err
		}
		for _, row := range rows {
			if err := see(row); err != nil {
				return err
			}
		}
	}
	return nil
}

// write runs a writing statement over rows, some at a time, and fails if it did not find a place for each.
func (t *tx) write(cypher string, rows []props) error {
	for chunk := range slices.Chunk(rows, batch) {
		sent := make([]any, len(chunk))
		for i, row := range chunk {
			sent[i] = map[string]any(plain(row))
		}
		got, err := t.rows(cypher, props{"rows": sent})
		if err != nil {
			return err
		}
		if !strings.Contains(cypher, "AS n") {
			continue
		}
		if len(got) != 1 || got[0].int("n") != len(chunk) {
			n := 0
			if len(got) == 1 {
				n = got[0].int("n")
			}
			return &Error{Fault: Other, Message: fmt.Sprintf("%s sent and %d written: the graph was changed by other hands; check it, or load it into an empty database (%s)",
				plural(len(chunk), "row"), n, oneLine(cypher))}
		}
	}
	return nil
}

// plain makes nested props maps of the type that the driver knows.
func plain(p props) props {
	for k, v := range p {
		if nested, ok := v.(props); ok {
			p[k] = map[string]any(nested)
		}
	}
	return p
}

// access runs a managed transaction, explains its error, and counts nothing.
func access[T any](ctx context.Context, s *Store, mode neo4j.AccessMode, work func(t *tx) (T, error)) (T, error) {
	var zero T
	if err := ctx.Err(); err != nil {
		return zero, err
	}
	session := s.driver.NewSession(ctx, neo4j.SessionConfig{AccessMode: mode, DatabaseName: s.database, BookmarkManager: s.bookmarks})
	defer session.Close(context.WithoutCancel(ctx))
	execute := session.ExecuteRead
	if mode == neo4j.AccessModeWrite {
		execute = session.ExecuteWrite
	}
	got, err := execute(ctx, func(in neo4j.ManagedTransaction) (any, error) { return work(&tx{ctx, in}) })
	if err != nil {
		err = s.explain(ctx, err)
		if e, ok := err.(*Error); ok && e.Address == "" {
			e.Address = s.address
		}
		return zero, err
	}
	return got.(T), nil
}

// read runs a reading transaction.
func (s *Store) read(ctx context.Context, work func(t *tx) ([]props, error)) ([]props, error) {
	return access(ctx, s, neo4j.AccessModeRead, work)
}

// write runs a writing transaction.
func (s *Store) write(ctx context.Context, work func(t *tx) error) error {
	if s.readOnly {
		return &Error{Fault: Other, Address: s.address, Message: "the graph was opened to be read; open it again to write"}
	}
	_, err := access(ctx, s, neo4j.AccessModeWrite, func(t *tx) (struct{}, error) { return struct{}{}, work(t) })
	return err
}

// decisions reads the decisions in force.
func (t *tx) decisions() ([]graph.Decision, error) {
	rows, err := t.rows("MATCH (d:Decision) RETURN properties(d) AS d ORDER BY d.id", nil)
	out := make([]graph.Decision, len(rows))
	for i, row := range rows {
		out[i] = decisionOf(row.props("d"))
	}
	return out, err
}

// lock makes other writers of this graph wait until the transaction ends, and returns the decisions in force.
func (t *tx) lock() ([]graph.Decision, error) {
	rows, err := t.rows("MATCH (e:Entente {id: 'graph'}) SET e.lock = true REMOVE e.lock RETURN e.model AS model", nil)
	if err != nil {
		return nil, err
	}
	if len(rows) != 1 || rows[0].int("model") != Model {
		return nil, &Error{Fault: BadModel, Message: "the graph was emptied or changed by another program; open it again"}
	}
	return t.decisions()
}

// set is a set of ids.
type set map[string]bool

func (s set) add(ids ...string) {
	for _, id := range ids {
		if id != "" {
			s[id] = true
		}
	}
}

func (s set) sorted() []string { return slices.Sorted(maps.Keys(s)) }
