package neo4j

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"entente/graph"
	"entente/schema"
)

// sequence yields what take reads when the iteration begins, in one transaction and with no write of this Store in between. It is read whole, so
// that it stays as it was while the store is written, and no connection is held while the caller works.
func sequence[T any](ctx context.Context, s *Store, take func(t *tx) ([]T, error)) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		var zero T
		s.mu.RLock()
		all, err := access(ctx, s, neo4j.AccessModeRead, take)
		s.mu.RUnlock()
		for _, v := range all {
			if err = ctx.Err(); err != nil {
				break
			}
			if !yield(v, nil) {
				return
			}
		}
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			yield(zero, err)
		}
	}
}

// Triples implements graph.Store.
func (s *Store) Triples(ctx context.Context, q graph.Query) iter.Seq2[graph.Triple, error] {
	return func(yield func(graph.Triple, error) bool) {
		if _, err := q.Select(graph.Merges{}); err != nil { // a fault of the question, not of the server
			yield(graph.Triple{}, err)
			return
		}
		sequence(ctx, s, func(t *tx) ([]graph.Triple, error) { return t.triples(q) })(yield)
	}
}

func (t *tx) triples(q graph.Query) ([]graph.Triple, error) {
	decisions, err := t.decisions()
	if err != nil {
		return nil, err
	}
	merges := graph.NewMerges(decisions)
	sel, err := q.Select(merges)
	if err != nil {
		return nil, err
	}
	found, err := t.find(sel)
	if err != nil {
		return nil, err
	}
	statements := map[string][]graph.Statement{}
	status := map[string]schema.Status{}
	err = t.each(`UNWIND $ids AS id MATCH (t:Triple {id: id})-[:EVIDENCE]->(v:Evidence)-[:IN]->(a:Article) RETURN t.id AS triple, t.status AS status, `+returnEvidence,
		found, func(row props) error {
			if s, ok := merges.Statement(statementOf(row).Statement); ok {
				id := row.string("triple")
				statements[id] = append(statements[id], s)
				status[id] = schema.Status(row.string("status"))
			}
			return nil
		})
	out := make([]graph.Triple, 0, len(found))
	for _, id := range found {
		if ss := statements[id]; len(ss) > 0 {
			derived := graph.DeriveTriple(ss)
			derived.Status = status[id]
			out = append(out, derived)
		}
	}
	return out, err
}

// find returns the ids of the triples selected, in the order of Store.Triples, at most as many as wanted.
func (t *tx) find(sel graph.Selector) ([]string, error) {
	if len(sel.IDs) > 0 {
		now, err := t.inForce(sel.IDs)
		if err != nil {
			return nil, err
		}
		sel.IDs = now
	}
	cypher, params := findCypher(sel)
	rows, err := t.rows(cypher, params)
	if err != nil {
		return nil, err
	}
	slices.SortFunc(rows, func(a, b props) int { return strings.Compare(a.string("key"), b.string("key")) })
	if sel.Limit > 0 && len(rows) > sel.Limit {
		rows = rows[:sel.Limit]
	}
	ids := make([]string, len(rows))
	for i, row := range rows {
		ids[i] = row.string("id")
	}
	return ids, nil
}

// inForce replaces the ids that triples had before a decision.
func (t *tx) inForce(ids []string) ([]string, error) {
	now := set{}
	now.add(ids...)
	err := t.each(`UNWIND $ids AS id MATCH (f:Former {id: id})-[:NOW]->(t:Triple) RETURN id, t.id AS now`, now.sorted(), func(row props) error {
		delete(now, row.string("id"))
		now.add(row.string("now"))
		return nil
	})
	return now.sorted(), err
}

// returnFound ends the statement of findCypher.
const returnFound = "RETURN t.id AS id, t.key AS key"

// findCypher is the statement for a selection. It starts from what is fewest as a rule: the ids, the parties, the articles.
func findCypher(sel graph.Selector) (string, props) {
	params := props{}
	var head string
	var where []string
	ids := func(name string, values []string) string {
		params[name] = list(values)
		return "$" + name
	}
	switch {
	case len(sel.IDs) > 0:
		head = "UNWIND " + ids("ids", sel.IDs) + " AS id MATCH (t:Triple {id: id}) "
	case len(sel.Of) > 0:
		head = "MATCH (e:Entity)<-[:SUBJECT|OBJECT]-(t:Triple) WHERE e.id IN " + ids("of", sel.Of) + " WITH DISTINCT t "
	case len(sel.Subject) > 0:
		head = "MATCH (e:Entity)<-[:SUBJECT]-(t:Triple) WHERE e.id IN " + ids("subject", sel.Subject) + " WITH DISTINCT t "
	case len(sel.Object) > 0:
		head = "MATCH (e:Entity)<-[:OBJECT]-(t:Triple) WHERE e.id IN " + ids("object", sel.Object) + " WITH DISTINCT t "
	case len(sel.Articles) > 0:
		head = "MATCH (a:Article)<-[:IN]-(:Evidence)<-[:EVIDENCE]-(t:Triple) WHERE a.id IN " + ids("articles", sel.Articles) + " WITH DISTINCT t "
	default:
		head = "MATCH (t:Triple) WITH t "
	}
	if len(sel.Of) > 0 {
		ids("of", sel.Of)
		if len(sel.With) > 0 {
			ids("with", sel.With)
			where = append(where, "(t.subject IN $of AND t.object IN $with OR t.object IN $of AND t.subject IN $with)")
		} else {
			where = append(where, "(t.subject IN $of OR t.object IN $of)")
		}
	}
	in := func(expression, name string, values []string) {
		if len(values) > 0 {
			where = append(where, expression+" IN "+ids(name, values))
		}
	}
	in("t.subject", "subject", sel.Subject)
	in("t.object", "object", sel.Object)
	in("t.type", "types", texts(sel.Relations))
	in("t.status", "statuses", texts(sel.Statuses))
	if len(sel.Articles) > 0 {
		where = append(where, "EXISTS { MATCH (t)-[:EVIDENCE]->(:Evidence)-[:IN]->(a:Article) WHERE a.id IN "+ids("articles", sel.Articles)+" }")
	}
	if sel.MinConfidence > 0 {
		params["confidence"] = sel.MinConfidence
		where = append(where, "t.confidence >= $confidence")
	}
	if !sel.First.IsZero() {
		params["first"] = neo4j.DateOf(sel.First)
		where = append(where, "t.dateEnd >= $first")
	}
	if !sel.Last.IsZero() {
		params["last"] = neo4j.DateOf(sel.Last)
		where = append(where, "t.date <= $last")
	}
	if len(where) > 0 {
		if strings.HasPrefix(head, "UNWIND") {
			head += "WITH t "
		}
		head += "WHERE " + strings.Join(where, " AND ") + " "
	}
	return head + returnFound, params
}

func texts[S ~string](values []S) []string {
	out := make([]string, len(values))
	for i, v := range values {
		out[i] = string(v)
	}
	return out
}

// Articles implements graph.Store.
func (s *Store) Articles(ctx context.Context) iter.Seq2[schema.Article, error] {
	return sequence(ctx, s, func(t *tx) ([]schema.Article, error) {
		rows, err := t.rows("MATCH (a:Article) RETURN properties(a) AS a", nil)
		out := make([]schema.Article, len(rows))
		for i, row := range rows {
			a, err := articleOf(row.props("a"))
			if err != nil {
				return nil, err
			}
			out[i] = a
		}
		slices.SortFunc(out, func(a, b schema.Article) int { return strings.Compare(a.ID, b.ID) })
		return out, err
	})
}

// Entities implements graph.Store.
func (s *Store) Entities(ctx context.Context) iter.Seq2[schema.Entity, error] {
	return sequence(ctx, s, func(t *tx) ([]schema.Entity, error) {
		rows, err := t.rows("MATCH (e:Entity) RETURN properties(e) AS e", nil)
		out := make([]schema.Entity, len(rows))
		for i, row := range rows {
			out[i] = entityOf(row.props("e"))
		}
		slices.SortFunc(out, func(a, b schema.Entity) int { return strings.Compare(a.ID, b.ID) })
		return out, err
	})
}

// Readings implements graph.Store. An article whose readings cannot be decoded is yielded as a *graph.ReadingError, and the others follow.
func (s *Store) Readings(ctx context.Context) iter.Seq2[schema.Reading, error] {
	type item struct {
		reading schema.Reading
		err     error
	}
	items := sequence(ctx, s, func(t *tx) ([]item, error) {
		rows, err := t.rows("MATCH (a:Article) RETURN a.id AS id", nil)
		if err != nil {
			return nil, err
		}
		ids := set{}
		for _, row := range rows {
			ids.add(row.string("id"))
		}
		byArticle, unreadable, err := t.soundReadings(ids.sorted())
		var out []item
		for i, id := range ids.sorted() {
			for _, r := range byArticle[id] {
				out = append(out, item{reading: r})
			}
			if err, ok := unreadable[id]; ok {
				out = append(out, item{err: &graph.ReadingError{Index: i, Article: id, Err: fmt.Errorf("the readings of %s as stored: %w", id, err)}})
			}
		}
		return out, err
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

// soundReadings is readings, with what is wrong with the articles whose readings cannot be decoded.
func (t *tx) soundReadings(ids []string) (byArticle map[string][]schema.Reading, unreadable map[string]error, err error) {
	byArticle, err = t.readings(ids)
	if !errors.Is(err, graph.ErrUnreadable) {
		return byArticle, nil, err
	}
	byArticle, unreadable = map[string][]schema.Reading{}, map[string]error{}
	for _, id := range ids {
		one, err := t.readings([]string{id})
		switch {
		case errors.Is(err, graph.ErrUnreadable):
			unreadable[id] = err
		case err != nil:
			return nil, nil, err
		default:
			byArticle[id] = one[id]
		}
	}
	return byArticle, unreadable, nil
}

// Decisions implements graph.Store.
func (s *Store) Decisions(ctx context.Context) iter.Seq2[graph.Decision, error] {
	return sequence(ctx, s, func(t *tx) ([]graph.Decision, error) {
		out, err := t.decisions()
		slices.SortFunc(out, func(a, b graph.Decision) int { return strings.Compare(a.From, b.From) })
		return out, err
	})
}

// Stats implements graph.Store.
func (s *Store) Stats(ctx context.Context) (graph.Stats, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return access(ctx, s, neo4j.AccessModeRead, func(t *tx) (graph.Stats, error) {
		st := graph.Stats{Relations: map[schema.Relation]int{}, Extractors: map[string]int{}}
		for _, count := range []struct {
			cypher string
			to     *int
		}{
			{"MATCH (n:Article) RETURN count(n) AS n", &st.Articles},
			{"MATCH (n:Entity) RETURN count(n) AS n", &st.Entities},
			{"MATCH (n:Triple) RETURN count(n) AS n", &st.Triples},
			{"MATCH ()-[r:EVIDENCE]->() RETURN count(r) AS n", &st.Evidence},
			{"MATCH ()-[r:DYAD]->() RETURN count(r) AS n", &st.Pairs},
		} {
			rows, err := t.rows(count.cypher, nil)
			if err != nil {
				return st, err
			}
			*count.to = rows[0].int("n")
		}
		rows, err := t.rows("MATCH (t:Triple) RETURN t.type AS type, count(*) AS n", nil)
		if err != nil {
			return st, err
		}
		for _, row := range rows {
			st.Relations[schema.Relation(row.string("type"))] = row.int("n")
		}
		rows, err = t.rows("MATCH (r:Reading) RETURN r.name AS name, count(*) AS n", nil)
		for _, row := range rows {
			st.Extractors[row.string("name")] += row.int("n")
			st.Readings += row.int("n")
		}
		return st, err
	})
}

// Seen implements graph.Journal.
func (s *Store) Seen(ctx context.Context, article string, by schema.Extractor) (string, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	rows, err := s.read(ctx, func(t *tx) ([]props, error) {
		return t.rows("MATCH (r:Reading {id: $id})-[:OF]->(a:Article) WHERE r.version = $version RETURN a.sha256 AS sha",
			props{"id": readingID(article, by.Name), "version": by.Version})
	})
	if err != nil || len(rows) == 0 {
		return "", err
	}
	return rows[0].string("sha"), nil
}

// AddRun implements graph.Journal.
func (s *Store) AddRun(ctx context.Context, r graph.Run) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.write(ctx, func(t *tx) error {
		if _, err := t.lock(); err != nil {
			return err
		}
		rows, err := t.rows("MATCH (r:Run) RETURN count(r) AS n", nil)
		if err != nil {
			return err
		}
		p, err := runProps(r, rows[0].int("n"))
		if err != nil {
			return err
		}
		return t.run("CREATE (r:Run) SET r = $props", props{"props": map[string]any(p)})
	})
}

// Runs implements graph.Journal.
func (s *Store) Runs(ctx context.Context) iter.Seq2[graph.Run, error] {
	return sequence(ctx, s, func(t *tx) ([]graph.Run, error) {
		rows, err := t.rows("MATCH (r:Run) RETURN r.json AS json ORDER BY r.n", nil)
		out := make([]graph.Run, len(rows))
		for i, row := range rows {
			if err := json.Unmarshal([]byte(row.string("json")), &out[i]); err != nil {
				return nil, err
			}
		}
		return out, err
	})
}
