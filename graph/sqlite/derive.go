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
			b.searchable(searchEntity, 0, id, "")
		case shown && !(known && graph.EqualEntity(old, e)):
			values, err := entityValues(e)
			if err != nil {
				return err
			}
			if _, err := b.exec(ctx, "insert or replace into entity values (?, ?, ?, ?, ?, ?)", values...); err != nil {
				return err
			}
			b.searchable(searchEntity, 0, id, graph.NamesText(e))
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
	rows, err := b.rowsOf(ctx, ids)
	if err != nil {
		return err
	}
	statements, err := b.statementsOf(ctx, ids, rows)
	if err != nil {
		return err
	}
	others, err := b.othersOf(ctx, claims, rows)
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
			b.sum(old.triple, -1)
			if _, err := b.exec(ctx, "delete from triple where key = ?", old.key); err != nil {
				return err
			}
		}
	}
	for i, c := range claims {
		if err := b.writeClaim(ctx, now[c], rows, others[i]); err != nil {
			return err
		}
	}
	return nil
}

// rowsOf loads the triples with the ids that are there.
func (b *batch) rowsOf(ctx context.Context, ids []string) (map[string]row, error) {
	param, err := jsonIDs(ids)
	if err != nil {
		return nil, err
	}
	out := map[string]row{}
	err = each(ctx, b.tx, "select t.key, t.claim_first, t.claim_last, t.says, "+tripleColumns+" from json_each(?) j cross join triple t on t.id = j.value", func(rows *sql.Rows) error {
		var r row
		t, err := scanTriple(rows, &r.key, &r.standing.First, &r.standing.Last, &r.standing.Says)
		r.triple = t
		out[t.ID] = r
		return err
	}, param)
	return out, err
}

// other is a triple of a claim that was not touched: only its status can change.
type other struct {
	key      int64
	standing graph.Standing
	status   schema.Status
}

// othersOf loads the triples of the claims that were not touched, by the index of the claim. It needs nothing but the index triple_claim.
func (b *batch) othersOf(ctx context.Context, claims []graph.Claim, touched map[string]row) (map[int][]other, error) {
	known := map[int64]bool{}
	for _, r := range touched {
		known[r.key] = true
	}
	keys := make([][3]string, len(claims))
	for i, c := range claims {
		keys[i] = [3]string{c.Subject, c.Object, string(c.Relation)}
	}
	param, err := encode(keys)
	if err != nil {
		return nil, err
	}
	out := map[int][]other{}
	err = each(ctx, b.tx, `select j.key, t.key, t.claim_first, t.claim_last, t.says, t.status
		from json_each(?) j cross join triple t on t.subject = j.value->>0 and t.object = j.value->>1 and t.relation = j.value->>2`, func(rows *sql.Rows) error {
		var claim int
		var o other
		err := rows.Scan(&claim, &o.key, &o.standing.First, &o.standing.Last, &o.standing.Says, &o.status)
		if !known[o.key] {
			out[claim] = append(out[claim], o)
		}
		return err
	}, param)
	return out, err
}

// statementsOf are all statements about triples: those in the table and those of this batch.
func (b *batch) statementsOf(ctx context.Context, ids []string, rows map[string]row) (map[string][]graph.Statement, error) {
	out := map[string][]graph.Statement{}
	byKey := map[int64]schema.Triple{}
	var keys []int64
	for _, id := range ids {
		for _, p := range b.fresh[id] {
			out[id] = append(out[id], p.Statement)
		}
		if r, ok := rows[id]; ok {
			keys = append(keys, r.key)
			byKey[r.key] = r.triple.Triple
		}
	}
	if len(keys) == 0 {
		return out, nil
	}
	param, err := encode(keys)
	if err != nil {
		return nil, err
	}
	err = each(ctx, b.tx, statementQuery, func(rs *sql.Rows) error {
		key, e, err := scanEvidence(rs)
		t := byKey[key]
		out[t.ID] = append(out[t.ID], graph.Statement{Triple: t, Evidence: e})
		return err
	}, param)
	return out, err
}

// writeClaim derives the statuses of all triples of one claim: of those touched, as they are to stand, and of the others. It writes what differs
// from what is there.
func (b *batch) writeClaim(ctx context.Context, touched []row, rows map[string]row, others []other) error {
	standings := make([]graph.Standing, 0, len(touched)+len(others))
	for _, r := range touched {
		standings = append(standings, r.standing)
	}
	for _, o := range others {
		standings = append(standings, o.standing)
	}
	statuses := graph.Statuses(standings)
	for i, r := range touched {
		r.triple.Status = statuses[i]
		if err := b.writeTouched(ctx, r, rows); err != nil {
			return err
		}
	}
	for i, o := range others {
		if status := statuses[len(touched)+i]; status != o.status {
			if err := b.writeStatus(ctx, o, status); err != nil {
				return err
			}
		}
	}
	return nil
}

// writeTouched writes a triple where it is not what stands there, and the statements of this batch about it.
func (b *batch) writeTouched(ctx context.Context, r row, rows map[string]row) error {
	old, known := rows[r.triple.ID]
	switch {
	case !known:
		b.changes.Triples.Added++
		b.sum(r.triple, 1)
	case !graph.EqualDerived(old.triple, r.triple):
		b.changes.Triples.Changed++
		b.sum(old.triple, -1)
		b.sum(r.triple, 1)
	}
	if !known || old.standing != r.standing || !graph.EqualDerived(old.triple, r.triple) {
		var err error
		if r.key, err = b.writeTriple(ctx, r, known); err != nil {
			return err
		}
	}
	for _, p := range b.fresh[r.triple.ID] {
		if err := b.writeStatement(ctx, p, r.key); err != nil {
			return err
		}
	}
	return nil
}

// writeStatus changes the status of a triple that was not touched itself.
func (b *batch) writeStatus(ctx context.Context, o other, status schema.Status) error {
	b.changes.Triples.Changed++
	if was, is := (graph.Triple{Status: o.status}), (graph.Triple{Status: status}); was.Edge() != is.Edge() {
		if err := each(ctx, b.tx, "select "+tripleColumns+" from triple t where t.key = ?", func(rows *sql.Rows) error {
			t, err := scanTriple(rows)
			b.sum(t, -1)
			t.Status = status
			b.sum(t, 1)
			return err
		}, o.key); err != nil {
			return err
		}
	}
	_, err := b.exec(ctx, "update triple set status = ? where key = ?", string(status), o.key)
	return err
}

// writeTriple writes a triple and returns the key of its row.
func (b *batch) writeTriple(ctx context.Context, r row, known bool) (int64, error) {
	values, err := tripleValues(r.triple, r.standing)
	if err != nil {
		return 0, err
	}
	if !known {
		result, err := b.exec(ctx, "insert into triple values (null"+strings.Repeat(", ?", len(values))+")", values...)
		if err != nil {
			return 0, err
		}
		return result.LastInsertId()
	}
	// Its identity, and with it all but says and status that is indexed, stays.
	_, err = b.exec(ctx, `update triple set says = ?, status = ?, mode = ?, contexts = ?, mediators = ?, places = ?, basis = ?, score = ?, sources = ?, confidence = ?,
		since = ?, until = ?, first_seen = ?, last_seen = ? where key = ?`, append(slices.Clone(values[derivedFrom:]), r.key)...)
	return r.key, err
}

// growth is what a batch adds to the dyad of two parties: sums, which may be below 0, and the first and last day of the events that came.
type growth struct {
	graph.Dyad
	gone graph.Dyad // first and last day of the events that went
}

// sum notes that an event has come (by is 1) or gone (-1).
func (b *batch) sum(t graph.Triple, by int) {
	x, y := graph.ClaimOf(t.Triple).Pair()
	var d graph.Dyad
	if !d.Add(t) {
		return
	}
	g := b.dyads[[2]string{x, y}]
	if g == nil {
		g = &growth{Dyad: graph.Dyad{A: x, B: y}}
		b.dyads[[2]string{x, y}] = g
	}
	f := float64(by)
	g.Events, g.Net, g.Coop, g.Conf = g.Events+by, g.Net+f*d.Net, g.Coop+f*d.Coop, g.Conf+f*d.Conf
	days := &g.Dyad
	if by < 0 {
		days = &g.gone
	}
	if days.First == "" || d.First != "" && d.First < days.First {
		days.First = d.First
	}
	days.Last = max(days.Last, d.Last)
}

// same reports whether nothing is to be done: the same events as before with the same sums.
func (g *growth) same() bool {
	return g.Events == 0 && g.Net == 0 && g.Coop == 0 && g.Conf == 0 && g.First == g.gone.First && g.Last == g.gone.Last
}

// sumUp brings the dyads up to date that the batch has touched. What came and went is added to the sums, which for two parties that are in the
// news every day is much less work than to count all their events; only where the first or last event may be gone all are counted anew.
// Scores are halves, so that sums are exact in any order.
func (b *batch) sumUp(ctx context.Context) error {
	var anew [][2]string
	for _, p := range slices.SortedFunc(maps.Keys(b.dyads), comparePairs) {
		g := b.dyads[p]
		if g.same() {
			continue
		}
		if g.gone.First == "" && g.Events > 0 {
			if err := b.grow(ctx, g); err != nil {
				return err
			}
			continue
		}
		result, err := b.exec(ctx, `update dyad set events = events + ?1, net = net + ?2, coop = coop + ?3, conf = conf + ?4,
			first_day = min(first_day, coalesce(nullif(?5, ''), first_day)), last_day = max(last_day, ?6)
			where a = ?7 and b = ?8 and first_day < ?9 and last_day > ?10 and ?9 <> ''`,
			g.Events, g.Net, g.Coop, g.Conf, string(g.First), string(g.Last), g.A, g.B, string(g.gone.First), string(g.gone.Last))
		if err != nil {
			return err
		}
		if n, err := result.RowsAffected(); err != nil {
			return err
		} else if n == 0 {
			anew = append(anew, p)
		}
	}
	for pairs := range slices.Chunk(anew, loadedAtOnce) {
		if err := b.countAnew(ctx, pairs); err != nil {
			return err
		}
	}
	return nil
}

// grow adds events to a dyad, which may be a new one.
func (b *batch) grow(ctx context.Context, g *growth) error {
	_, err := b.exec(ctx, `insert into dyad values (?, ?, ?, ?, ?, ?, nullif(?, ''), nullif(?, '')) on conflict do update set
		events = events + excluded.events, net = net + excluded.net, coop = coop + excluded.coop, conf = conf + excluded.conf,
		first_day = coalesce(min(first_day, excluded.first_day), first_day, excluded.first_day),
		last_day = coalesce(max(last_day, excluded.last_day), last_day, excluded.last_day)`,
		g.A, g.B, g.Events, g.Net, g.Coop, g.Conf, string(g.First), string(g.Last))
	return err
}

func (b *batch) countAnew(ctx context.Context, pairs [][2]string) error {
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
	_, err = b.exec(ctx, `insert into dyad
		select j.value->>2, j.value->>3, count(*), sum(t.score), sum(max(t.score, 0)), sum(min(t.score, 0)), min(t.first_day), max(t.last_day)
		from json_each(?) j cross join triple t on t.subject = j.value->>0 and t.object = j.value->>1
		where not t.tie and t.status in ('asserted', 'disputed') group by 1, 2`, param)
	return err
}
