package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"iter"
	"slices"
	"strconv"
	"strings"

	"entente/graph"
	"entente/graph/cypher"
	"entente/schema"
)

// Cypher answers a query from the graph of the store as it is when the query begins. The caller must iterate over the rows.
func (s *Store) Cypher(ctx context.Context, limits cypher.Limits, text string, params map[string]any) (*cypher.Result, error) {
	return cypher.Run(ctx, s.source, limits, text, params)
}

// source opens the graph of the store for one query, in one read transaction.
func (s *Store) source(ctx context.Context) (cypher.Source, func(), error) {
	tx, err := s.readers.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return nil, nil, s.unlessDone(ctx, "ask", err)
	}
	g := &source{tx: tx, readings: map[int64]*storedReading{}}
	if g.merges, err = readMerges(ctx, tx); err != nil {
		tx.Rollback()
		return nil, nil, s.unlessDone(ctx, "ask", err)
	}
	return g, func() { tx.Rollback() }, nil
}

// source is the graph of a store as package cypher sees it. The id of an evidence's node is the key of its reading and its own id.
type source struct {
	tx       *sql.Tx
	merges   graph.Merges
	readings map[int64]*storedReading
	counts   map[string]int // edges by type
	counted  bool           // whether those between parties are among counts
	tables   map[string]int // nodes by label
	far      *farLinks
}

var _ cypher.Source = (*source)(nil)

// storedReading is what a reading says, by the id of the evidence.
type storedReading struct {
	statements []graph.Statement
	places     map[string]int // of statements, by id of evidence
}

// maxReadings bounds how many readings are remembered.
const maxReadings = 1000

// reading loads what a reading says.
func (g *source) reading(ctx context.Context, key int64) (*storedReading, error) {
	if r, ok := g.readings[key]; ok {
		return r, nil
	}
	out := &storedReading{places: map[string]int{}}
	err := readReadings(ctx, g.tx, "where r.key = ?", func(_, _ int64, r schema.Reading) error {
		out.statements = graph.Statements(r)
		for i, s := range out.statements {
			out.places[s.Evidence.ID] = i
		}
		return nil
	}, key)
	if len(g.readings) >= maxReadings {
		clear(g.readings)
	}
	g.readings[key] = out
	return out, err
}

func evidenceID(reading int64, id string) string {
	return cypher.EvidencePrefix + strconv.FormatInt(reading, 10) + "/" + id
}

// evidenceNode is the node of an evidence of a reading, nil where it is not there.
func (g *source) evidenceNode(ctx context.Context, reading int64, id string) (*cypher.Node, error) {
	r, err := g.reading(ctx, reading)
	if err != nil {
		return nil, err
	}
	n, ok := r.places[id]
	if !ok {
		return nil, nil
	}
	node := cypher.EvidenceNode(r.statements[n], n)
	node.ID = evidenceID(reading, id)
	return node, nil
}

// split is the ids of nodes by prefix, without it.
func split(ids []string) map[string][]string {
	out := map[string][]string{}
	for _, id := range ids {
		for _, p := range []string{cypher.EntityPrefix, cypher.TriplePrefix, cypher.EvidencePrefix, cypher.ArticlePrefix} {
			if rest, ok := strings.CutPrefix(id, p); ok {
				out[p] = append(out[p], rest)
			}
		}
	}
	return out
}

// parseEvidence takes the id of an evidence's node, without its prefix, apart.
func parseEvidence(rest string) (reading int64, id string, err error) {
	key, id, ok := strings.Cut(rest, "/")
	reading, err = strconv.ParseInt(key, 10, 64)
	if !ok || err != nil {
		return 0, "", fmt.Errorf("no evidence has the node id %q", rest)
	}
	return reading, id, nil
}

// NodesByID implements cypher.Source.
func (g *source) NodesByID(ctx context.Context, ids []string) ([]*cypher.Node, error) {
	found := map[string]*cypher.Node{}
	take := func(n *cypher.Node) error { found[n.ID] = n; return nil }
	kinds := split(ids)
	for prefix, table := range map[string]string{cypher.EntityPrefix: "entity", cypher.TriplePrefix: "triple", cypher.ArticlePrefix: "article"} {
		if len(kinds[prefix]) == 0 {
			continue
		}
		param, err := jsonIDs(kinds[prefix])
		if err != nil {
			return nil, err
		}
		if err := g.scan(ctx, table, "id in (select value from json_each(?))", take, param); err != nil {
			return nil, err
		}
	}
	for _, rest := range kinds[cypher.EvidencePrefix] {
		reading, id, err := parseEvidence(rest)
		if err != nil {
			return nil, err
		}
		n, err := g.evidenceNode(ctx, reading, id)
		if err != nil {
			return nil, err
		}
		if n != nil {
			found[n.ID] = n
		}
	}
	out := make([]*cypher.Node, len(ids))
	for i, id := range ids {
		out[i] = found[id]
	}
	return out, nil
}

// scan hands out the nodes of a table's rows.
func (g *source) scan(ctx context.Context, table, where string, yield func(*cypher.Node) error, args ...any) error {
	if where != "" {
		where = " where " + where
	}
	switch table {
	case "entity":
		return each(ctx, g.tx, "select id, kind, name, aliases, state, codes from entity"+where+" order by id", func(rows *sql.Rows) error {
			e, err := scanEntity(rows)
			if err != nil {
				return err
			}
			return yield(cypher.EntityNode(e))
		}, args...)
	case "triple":
		return each(ctx, g.tx, "select t.says, "+tripleColumns+" from triple t"+where+" order by t.position", func(rows *sql.Rows) error {
			var says int
			t, err := scanTriple(rows, &says)
			if err != nil {
				return err
			}
			return yield(cypher.TripleNode(t, saysOf(says)))
		}, args...)
	case "article":
		return each(ctx, g.tx, "select "+articleColumns+" from article a"+where+" order by a.id", func(rows *sql.Rows) error {
			var a schema.Article
			var furniture string
			err := rows.Scan(articleTargets(&a, &furniture)...)
			if err == nil {
				err = decode(furniture, &a.Furniture)
			}
			if err != nil {
				return err
			}
			return yield(cypher.ArticleNode(a))
		}, args...)
	}
	return each(ctx, g.tx, "select e.reading, e.id from statement e"+where+" order by e.reading, e.id", func(rows *sql.Rows) error {
		var reading int64
		var id string
		if err := rows.Scan(&reading, &id); err != nil {
			return err
		}
		n, err := g.evidenceNode(ctx, reading, id)
		if err != nil || n == nil {
			return err
		}
		return yield(n)
	}, args...)
}

// saysOf are the statuses of a set as the table has it, sorted.
func saysOf(says int) []string {
	var out []string
	for i, s := range schema.EvidenceStatuses() {
		if says&(1<<i) != 0 {
			out = append(out, string(s))
		}
	}
	slices.Sort(out)
	return out
}

// tablesOf are the tables that hold nodes of a label, with a condition.
func tablesOf(label string) map[string]string {
	switch label {
	case "":
		return map[string]string{"entity": "", "triple": "", "statement": "", "article": ""}
	case "Entity":
		return map[string]string{"entity": ""}
	case "Triple":
		return map[string]string{"triple": ""}
	case "Event":
		return map[string]string{"triple": "not tie"}
	case "Tie":
		return map[string]string{"triple": "tie"}
	case "Evidence":
		return map[string]string{"statement": ""}
	case "Article":
		return map[string]string{"article": ""}
	}
	for _, k := range schema.Kinds() {
		if k.Label() == label {
			return map[string]string{"entity": "kind = '" + string(k) + "'"}
		}
	}
	return nil
}

// columnsOf are the columns that hold a property just as the graph shows it, by table.
var columnsOf = map[string]map[string]string{
	"entity":    {"id": "id", "name": "name", "kind": "kind"},
	"triple":    {"id": "id", "subject": "subject", "object": "object", "type": "relation", "status": "status", "date": "first_day", "dateEnd": "last_day"},
	"article":   {"id": "id", "source": "source", "url": "url", "title": "title", "when": "published"},
	"statement": {"id": "id", "status": "status", "rule": "rule", "extractor": ""},
}

// conditions are the parts of a filter that a table can look up.
func conditions(columns map[string]string, equals map[string]any, ranges []cypher.Range) (where []string, args []any) {
	keys := make([]string, 0, len(equals))
	for k := range equals {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	add := func(key, op string, v any) {
		column := columns[key]
		day := strings.HasSuffix(column, "_day")
		switch v := v.(type) {
		case string:
			if column != "" && !day && op == "=" && v != "" {
				where, args = append(where, column+" = ?"), append(args, v)
			}
		case cypher.Date:
			if day {
				where, args = append(where, column+" "+op+" ?"), append(args, v.String())
			}
		}
	}
	for _, k := range keys {
		add(k, "=", equals[k])
	}
	for _, r := range ranges {
		if r.Min != nil {
			add(r.Key, ">=", r.Min)
		}
		if r.Max != nil {
			add(r.Key, "<=", r.Max)
		}
	}
	return where, args
}

// Nodes implements cypher.Source.
func (g *source) Nodes(ctx context.Context, f cypher.NodeFilter) iter.Seq2[*cypher.Node, error] {
	return stream(func(yield func(*cypher.Node) error) error {
		tables := tablesOf(f.Label)
		for _, table := range []string{"entity", "triple", "statement", "article"} {
			condition, ok := tables[table]
			if !ok {
				continue
			}
			where, args := conditions(columnsOf[table], f.Equal, f.Ranges)
			if condition != "" {
				where = append(where, condition)
			}
			if err := g.scan(ctx, table, strings.Join(where, " and "), yield, args...); err != nil {
				return err
			}
		}
		return nil
	})
}

// stream makes a sequence of a function that hands out its elements.
func stream[T any](run func(yield func(T) error) error) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		err := run(func(v T) error {
			if !yield(v, nil) {
				return errStop
			}
			return nil
		})
		if err != nil && err != errStop {
			var zero T
			yield(zero, err)
		}
	}
}

// CountNodes implements cypher.Source.
func (g *source) CountNodes(ctx context.Context, f cypher.NodeFilter) (int, error) {
	total := 0
	for table, condition := range tablesOf(f.Label) {
		if _, ok := f.Equal["id"]; ok {
			total++
			continue
		}
		key := table + " " + condition
		n, ok := g.tables[key]
		if !ok {
			query := "select count(*) from " + table
			if condition != "" {
				query += " where " + condition
			}
			if err := g.tx.QueryRowContext(ctx, query).Scan(&n); err != nil {
				return 0, err
			}
			if g.tables == nil {
				g.tables = map[string]int{}
			}
			g.tables[key] = n
		}
		total += cypher.Estimate(n, len(f.Equal), len(f.Ranges))
	}
	return total, nil
}

// Labels implements cypher.Source.
func (g *source) Labels(ctx context.Context) ([]string, error) {
	var out []string
	for _, l := range cypher.ModelLabels() {
		n, err := g.CountNodes(ctx, cypher.NodeFilter{Label: l})
		if err != nil {
			return nil, err
		}
		if n > 0 {
			out = append(out, l)
		}
	}
	return out, nil
}

// Types implements cypher.Source.
func (g *source) Types(ctx context.Context) ([]string, error) {
	var out []string
	for _, t := range cypher.ModelTypes() {
		n, err := g.CountEdges(ctx, cypher.EdgeFilter{Types: []string{t}})
		if err != nil {
			return nil, err
		}
		if n > 0 {
			out = append(out, t)
		}
	}
	return out, nil
}
