package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"entente/graph"
	"entente/schema"
)

// declare brings the tables declaration and entity up to date.
func (b *batch) declare(ctx context.Context) error {
	for _, d := range slices.SortedFunc(maps.Keys(b.declared), comparePairs) {
		by := b.declared[d]
		if by == 0 {
			continue
		}
		if _, err := b.exec(ctx, "insert into declaration values (?, ?, ?) on conflict do update set readings = readings + excluded.readings", d[0], d[1], by); err != nil {
			return err
		}
		if by < 0 {
			if _, err := b.exec(ctx, "delete from declaration where entity = ? and description = ? and readings <= 0", d[0], d[1]); err != nil {
				return err
			}
		}
	}
	for ids := range slices.Chunk(slices.Sorted(maps.Keys(b.entities)), loadedAtOnce) {
		if err := b.deriveEntities(ctx, ids); err != nil {
			return err
		}
	}
	return nil
}

func (b *batch) deriveEntities(ctx context.Context, ids []string) error {
	was, is := map[string]schema.Entity{}, map[string]schema.Entity{}
	var members []string
	for _, id := range ids {
		if b.now.Entity(id) == id {
			members = append(members, b.now.Members(id)...)
		}
	}
	declarations, err := b.declarations(ctx, members)
	if err != nil {
		return err
	}
	for id, ds := range declarations {
		is[id] = graph.DeriveEntity(id, ds)
	}
	keys, err := jsonIDs(ids)
	if err != nil {
		return err
	}
	if err := each(ctx, b.tx, "select id, kind, name, aliases, state, codes from entity where id in (select value from json_each(?))", func(rows *sql.Rows) error {
		e, err := scanEntity(rows)
		was[e.ID] = e
		return err
	}, keys); err != nil {
		return err
	}
	b.changes.Entities = b.changes.Entities.Add(graph.Count(was, is, graph.EqualEntity))
	return b.writeEntities(ctx, ids, was, is)
}

// declarations are those of the members of entities, by the id under which the entity stands in the graph.
func (b *batch) declarations(ctx context.Context, members []string) (map[string][]graph.Declaration, error) {
	ids, err := jsonIDs(members)
	if err != nil {
		return nil, err
	}
	out := map[string][]graph.Declaration{}
	err = each(ctx, b.tx, "select description, readings from declaration where entity in (select value from json_each(?))", func(rows *sql.Rows) error {
		var description string
		var d graph.Declaration
		if err := rows.Scan(&description, &d.Readings); err != nil {
			return err
		}
		if err := json.Unmarshal([]byte(description), &d.Entity); err != nil {
			return err
		}
		id := b.now.Entity(d.Entity.ID)
		out[id] = append(out[id], d)
		return nil
	}, ids)
	return out, err
}

func (b *batch) writeEntities(ctx context.Context, ids []string, was, is map[string]schema.Entity) error {
	for _, id := range ids {
		old, known := was[id]
		e, shown := is[id]
		switch {
		case !shown && known:
			if _, err := b.exec(ctx, "delete from entity where id = ?", id); err != nil {
				return err
			}
		case shown && !(known && graph.EqualEntity(old, e)):
			values, err := entityValues(e)
			if err != nil {
				return err
			}
			if _, err := b.exec(ctx, "insert or replace into entity values (?, ?, ?, ?, ?, ?)", values...); err != nil {
				return err
			}
		}
	}
	return nil
}

// row is a triple as it stands in the table.
type row struct {
	key      int64
	triple   graph.Triple // without evidences
	standing graph.Standing
}

// derive brings the triples that were touched up to date, and the status of the others of their claims.
func (b *batch) derive(ctx context.Context) error {
	byClaim := map[graph.Claim][]string{}
	for id, t := range b.touched {
		c := graph.ClaimOf(t)
		byClaim[c] = append(byClaim[c], id)
	}
	claims := slices.SortedFunc(maps.Keys(byClaim), func(a, b graph.Claim) int { return strings.Compare(a.String(), b.String()) })
	for some := range slices.Chunk(claims, loadedAtOnce) {
		var ids []string
		for _, c := range some {
			ids = append(ids, byClaim[c]...)
		}
		slices.Sort(ids)
		if err := b.deriveClaims(ctx, some, ids); err != nil {
			return err
		}
	}
	return nil
}

// deriveClaims derives some claims whole, of which the triples with the ids were touched.
func (b *batch) deriveClaims(ctx context.Context, claims []graph.Claim, ids []string) error {
	rows, err := b.rowsOf(ctx, claims)
	if err != nil {
		return err
	}
	statements, err := b.statementsOf(ctx, ids, rows)
	if err != nil {
		return err
	}
	now := map[graph.Claim][]row{} // as they are to stand
	for _, id := range ids {
		if ss := statements[id]; len(ss) > 0 {
			t := graph.DeriveTriple(ss)
			c := graph.ClaimOf(t.Triple)
			now[c] = append(now[c], row{rows[id].key, t, graph.StandingOf(t)})
			continue
		}
		if old, ok := rows[id]; ok {
			b.changes.Triples.Removed++
			b.pair(old.triple)
			if _, err := b.exec(ctx, "delete from triple where key = ?", old.key); err != nil {
				return err
			}
		}
	}
	for _, id := range slices.Sorted(maps.Keys(rows)) {
		if _, touched := b.touched[id]; !touched {
			c := graph.ClaimOf(rows[id].triple.Triple)
			now[c] = append(now[c], rows[id])
		}
	}
	for _, c := range claims {
		if err := b.writeClaim(ctx, now[c], rows); err != nil {
			return err
		}
	}
	return nil
}

// rowsOf loads all triples of the claims, by id.
func (b *batch) rowsOf(ctx context.Context, claims []graph.Claim) (map[string]row, error) {
	keys := make([][3]string, len(claims))
	for i, c := range claims {
		keys[i] = [3]string{c.Subject, c.Object, string(c.Relation)}
	}
	param, err := encode(keys)
	if err != nil {
		return nil, err
	}
	out := map[string]row{}
	err = each(ctx, b.tx, "select t.key, t.claim_first, t.claim_last, t.says, "+tripleColumns+
		" from json_each(?) j cross join triple t on t.subject = j.value->>0 and t.object = j.value->>1 and t.relation = j.value->>2", func(rows *sql.Rows) error {
		var r row
		t, err := scanTriple(rows, &r.key, &r.standing.First, &r.standing.Last, &r.standing.Says)
		r.triple = t
		out[t.ID] = r
		return err
	}, param)
	return out, err
}

// statementsOf are all statements about triples. Those about a triple that was not there are all written in this batch.
func (b *batch) statementsOf(ctx context.Context, ids []string, rows map[string]row) (map[string][]graph.Statement, error) {
	out := map[string][]graph.Statement{}
	var known []string
	for _, id := range ids {
		if _, ok := rows[id]; ok {
			known = append(known, id)
		} else {
			out[id] = b.fresh[id]
		}
	}
	if len(known) == 0 {
		return out, nil
	}
	param, err := jsonIDs(known)
	if err != nil {
		return nil, err
	}
	err = each(ctx, b.tx, statementQuery, func(rs *sql.Rows) error {
		id, e, err := scanEvidence(rs)
		out[id] = append(out[id], graph.Statement{Triple: rows[id].triple.Triple, Evidence: e})
		return err
	}, param)
	return out, err
}

// writeClaim derives the statuses of the triples of one claim and writes what differs from the rows.
func (b *batch) writeClaim(ctx context.Context, claim []row, rows map[string]row) error {
	standings := make([]graph.Standing, len(claim))
	for i, r := range claim {
		standings[i] = r.standing
	}
	for i, status := range graph.Statuses(standings) {
		r := claim[i]
		old, known := rows[r.triple.ID]
		r.triple.Status = status
		switch {
		case !known:
			b.changes.Triples.Added++
		case !graph.EqualDerived(old.triple, r.triple):
			b.changes.Triples.Changed++
		case old.standing == r.standing:
			continue
		}
		b.pair(r.triple)
		if err := b.writeTriple(ctx, r, known); err != nil {
			return err
		}
	}
	return nil
}

func (b *batch) writeTriple(ctx context.Context, r row, known bool) error {
	values, err := tripleValues(r.triple, r.standing)
	if err != nil {
		return err
	}
	if !known {
		_, err = b.exec(ctx, "insert into triple values (null"+strings.Repeat(", ?", len(values))+")", values...)
		return err
	}
	// Its identity, and with it all that is indexed, stays.
	_, err = b.exec(ctx, `update triple set says = ?, status = ?, mode = ?, contexts = ?, mediators = ?, places = ?, basis = ?, score = ?, sources = ?, confidence = ?,
		since = ?, until = ?, first_seen = ?, last_seen = ? where key = ?`, append(slices.Clone(values[derivedFrom:]), r.key)...)
	return err
}

// pair notes that the dyad of a triple's parties may have changed.
func (b *batch) pair(t graph.Triple) {
	if !t.Relation.Info().Tie {
		x, y := graph.ClaimOf(t.Triple).Pair()
		b.pairs[[2]string{x, y}] = true
	}
}

// sumUp brings the dyads that were touched up to date.
func (b *batch) sumUp(ctx context.Context) error {
	for pairs := range slices.Chunk(slices.SortedFunc(maps.Keys(b.pairs), comparePairs), loadedAtOnce) {
		var directed [][4]string // subject, object, and the pair in order
		for _, p := range pairs {
			directed = append(directed, [4]string{p[0], p[1], p[0], p[1]}, [4]string{p[1], p[0], p[0], p[1]})
		}
		param, err := encode(directed)
		if err != nil {
			return err
		}
		if _, err := b.exec(ctx, "delete from dyad where (a, b) in (select value->>2, value->>3 from json_each(?))", param); err != nil {
			return err
		}
		if _, err := b.exec(ctx, `insert into dyad
			select j.value->>2, j.value->>3, count(*), sum(t.score), sum(max(t.score, 0)), sum(min(t.score, 0)), min(t.first_day), max(t.last_day)
			from json_each(?) j cross join triple t on t.subject = j.value->>0 and t.object = j.value->>1
			where not t.tie and t.status in ('asserted', 'disputed') group by 1, 2`, param); err != nil {
			return err
		}
	}
	return nil
}
