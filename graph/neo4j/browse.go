package neo4j

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"entente/graph"
	"entente/schema"
)

var _ graph.Browser = (*Store)(nil)

// look runs take in a transaction that reads.
func look[T any](ctx context.Context, s *Store, take func(t *tx) (T, error)) (T, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return access(ctx, s, neo4j.AccessModeRead, take)
}

// Article implements graph.Browser.
func (s *Store) Article(ctx context.Context, id string) (a schema.Article, ok bool, err error) {
	a, err = look(ctx, s, func(t *tx) (schema.Article, error) {
		rows, err := t.rows("MATCH (a:Article {id: $id}) RETURN properties(a) AS a", props{"id": id})
		ok = len(rows) > 0
		if err != nil || !ok {
			return schema.Article{}, err
		}
		return articleOf(rows[0].props("a"))
	})
	return a, ok && err == nil, err
}

// chosen is the beginning of a statement that matches the triples of q as t.
func (t *tx) chosen(q graph.Query) (string, props, error) {
	decisions, err := t.decisions()
	if err != nil {
		return "", nil, err
	}
	q.Limit = 0
	sel, err := q.Select(graph.NewMerges(decisions))
	if err != nil {
		return "", nil, err
	}
	if len(sel.IDs) > 0 {
		if sel.IDs, err = t.inForce(sel.IDs); err != nil {
			return "", nil, err
		}
	}
	cypher, params := findCypher(sel)
	return strings.TrimSuffix(cypher, returnFound), params, nil
}

// Page implements graph.Browser.
func (s *Store) Page(ctx context.Context, q graph.Query, newest bool, offset, n int) ([]graph.Triple, error) {
	if _, err := q.Select(graph.Merges{}); err != nil || n <= 0 {
		return nil, err
	}
	return look(ctx, s, func(t *tx) ([]graph.Triple, error) {
		head, params, err := t.chosen(q)
		if err != nil {
			return nil, err
		}
		order := "t.key"
		if newest {
			order = "t.date IS NULL, t.key DESC"
		}
		params["offset"], params["n"] = offset, n
		rows, err := t.rows(head+"RETURN t.id AS id ORDER BY "+order+" SKIP $offset LIMIT $n", params)
		if err != nil || len(rows) == 0 {
			return nil, err
		}
		ids := make([]string, len(rows))
		for i, row := range rows {
			ids[i] = row.string("id")
		}
		found, err := t.triples(graph.Query{IDs: ids})
		slices.SortFunc(found, func(a, b graph.Triple) int { return slices.Index(ids, a.ID) - slices.Index(ids, b.ID) })
		return found, err
	})
}

// Acts implements graph.Browser.
func (s *Store) Acts(ctx context.Context, q graph.Query, n int) ([]graph.Triple, error) {
	if _, err := q.Select(graph.Merges{}); err != nil || n <= 0 {
		return nil, err
	}
	q.Limit = n
	triples, err := look(ctx, s, func(t *tx) ([]graph.Triple, error) { return t.triples(q) })
	for i := range triples {
		triples[i].Evidences = nil
	}
	return triples, err
}

// yearOf is graph.YearOf in Cypher: a span that ends in another year than it begins in counts where it is no longer than 31 days, which only a
// range of days is.
const yearOf = `CASE WHEN t.date.year = t.dateEnd.year OR duration.inDays(t.date, t.dateEnd).days < 31 THEN t.date.year END`

// sums adds up scores as the sums of graph.Tally and graph.Dyad.
const sums = `count(*) AS n, sum(coalesce(t.score, 0.0)) AS net, sum(CASE WHEN t.score > 0 THEN t.score ELSE 0.0 END) AS coop,
	sum(CASE WHEN t.score < 0 THEN t.score ELSE 0.0 END) AS conf`

// Tally implements graph.Browser.
func (s *Store) Tally(ctx context.Context, q graph.Query) ([]graph.Tally, error) {
	if _, err := q.Select(graph.Merges{}); err != nil {
		return nil, err
	}
	return look(ctx, s, func(t *tx) ([]graph.Tally, error) {
		head, params, err := t.chosen(q)
		if err != nil {
			return nil, err
		}
		rows, err := t.rows(head+"RETURN "+yearOf+" AS year, t.type AS type, t.status AS status, "+sums, params)
		out := make([]graph.Tally, len(rows))
		for i, row := range rows {
			out[i] = graph.Tally{Relation: schema.Relation(row.string("type")), Status: schema.Status(row.string("status")), Triples: row.int("n"),
				Net: row.float("net"), Coop: row.float("coop"), Conf: row.float("conf")}
			if year := row.int("year"); year > 0 {
				out[i].Year = fmt.Sprintf("%04d", year)
			}
		}
		graph.SortTallies(out)
		return out, err
	})
}

// Pairs implements graph.Browser.
func (s *Store) Pairs(ctx context.Context, from, to schema.Date) ([]graph.Dyad, error) {
	q := graph.Query{From: from, To: to, Statuses: []schema.Status{schema.Asserted, schema.Disputed}}
	for _, r := range schema.Relations() {
		if !r.Tie {
			q.Relations = append(q.Relations, r.Relation)
		}
	}
	if _, err := q.Select(graph.Merges{}); err != nil {
		return nil, err
	}
	return look(ctx, s, func(t *tx) ([]graph.Dyad, error) {
		head, params, err := t.chosen(q)
		if err != nil {
			return nil, err
		}
		rows, err := t.rows(head+`RETURN CASE WHEN t.subject < t.object THEN t.subject ELSE t.object END AS a, CASE WHEN t.subject < t.object THEN t.object ELSE t.subject END AS b,
			toString(min(t.date)) AS first, toString(max(t.dateEnd)) AS last, `+sums, params)
		out := make([]graph.Dyad, len(rows))
		for i, row := range rows {
			out[i] = graph.Dyad{A: row.string("a"), B: row.string("b"), Events: row.int("n"), Net: row.float("net"), Coop: row.float("coop"), Conf: row.float("conf"),
				First: row.date("first"), Last: row.date("last")}
		}
		slices.SortFunc(out, func(a, b graph.Dyad) int { return strings.Compare(a.A+" "+a.B, b.A+" "+b.B) })
		return out, err
	})
}
