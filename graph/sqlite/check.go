package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"

	driver "modernc.org/sqlite"
	codes "modernc.org/sqlite/lib"

	"entente/graph"
	"entente/schema"
)

var _ graph.Checker = (*Store)(nil)

// Check implements graph.Checker.
func (s *Store) Check(ctx context.Context) iter.Seq2[graph.Damage, error] {
	return sequence(ctx, s, "check", func(ctx context.Context, tx *sql.Tx, yield func(graph.Damage) error) error {
		c := &checker{tx: tx, yield: yield, declared: map[[2]string]int{}}
		for _, step := range []func(context.Context) error{
			c.file, c.schema, c.decisions, c.runs, c.readings, c.articles, c.entities, c.triples, c.search,
		} {
			if err := step(ctx); isCorrupt(err) { // nothing after that could be trusted
				return c.say(graph.FileDamage, "file", graph.MendBackup, "SQLite says: %v", err)
			} else if err != nil {
				return err
			}
		}
		return nil
	})
}

func isCorrupt(err error) bool {
	e, ok := errors.AsType[*driver.Error](err)
	return ok && e.Code()&0xff == codes.SQLITE_CORRUPT
}

// checker looks a store through within one transaction. Readings go before what follows from them.
type checker struct {
	tx       *sql.Tx
	yield    func(graph.Damage) error
	merges   graph.Merges
	declared map[[2]string]int // entity and description to the readings that make it
}

func (c *checker) say(kind graph.DamageKind, thing string, mend graph.Mend, format string, args ...any) error {
	return c.yield(graph.Damage{Kind: kind, Thing: thing, Message: fmt.Sprintf(format, args...), Mend: mend})
}

func (c *checker) sayAll(ds []graph.Damage) error {
	for _, d := range ds {
		if err := c.yield(d); err != nil {
			return err
		}
	}
	return nil
}

// strings reads a query of text columns.
func (c *checker) strings(ctx context.Context, query string, args ...any) ([][]string, error) {
	var out [][]string
	err := each(ctx, c.tx, query, func(rows *sql.Rows) error {
		columns, err := rows.Columns()
		if err != nil {
			return err
		}
		values, targets := make([]sql.NullString, len(columns)), make([]any, len(columns))
		for i := range values {
			targets[i] = &values[i]
		}
		if err := rows.Scan(targets...); err != nil {
			return err
		}
		line := make([]string, len(columns))
		for i, v := range values {
			line[i] = v.String
		}
		out = append(out, line)
		return nil
	}, args...)
	return out, err
}

// worst is how many faults of the file itself are named.
const worst = 20

// file asks SQLite whether its pages, indexes and references are sound.
func (c *checker) file(ctx context.Context) error {
	lines, err := c.strings(ctx, fmt.Sprintf("pragma integrity_check(%d)", worst))
	if err != nil {
		return err
	}
	for _, l := range lines {
		if l[0] != "ok" {
			if err := c.say(graph.FileDamage, "file", graph.MendBackup, "SQLite says: %s", l[0]); err != nil {
				return err
			}
		}
	}
	lines, err = c.strings(ctx, fmt.Sprintf(`select "table", coalesce(rowid, '?'), parent, count(*) from pragma_foreign_key_check group by "table", parent limit %d`, worst))
	if err != nil {
		return err
	}
	for _, l := range lines {
		if err := c.say(graph.OrphanDamage, l[0], graph.MendCopy, "%s of table %s belong to no %s", l[3], l[0], l[2]); err != nil {
			return err
		}
	}
	return nil
}

// schema compares tables, indexes, views and triggers with those that this program makes, and the table of relations with the vocabulary.
func (c *checker) schema(ctx context.Context) error {
	want, err := freshSchema(ctx)
	if err != nil {
		return err
	}
	is, err := objects(ctx, c.tx)
	if err != nil {
		return err
	}
	for name := range is {
		if _, ours := want[name]; !ours { // a user's own view or index
			delete(is, name)
		}
	}
	if err := c.sayAll(graph.Differ(graph.SchemaDamage, "definition", is, want, func(a, b string) bool { return oneLine(a) == oneLine(b) })); err != nil {
		return err
	}
	relations, wanted := map[string]string{}, map[string]string{}
	lines, err := c.strings(ctx, "select name, tie, quad, label, definition from relation")
	if err != nil {
		return err
	}
	for _, l := range lines {
		relations[l[0]] = strings.Join(l[1:], " | ")
	}
	for _, r := range schema.Relations() {
		tie := "0"
		if r.Tie {
			tie = "1"
		}
		wanted[string(r.Relation)] = strings.Join([]string{tie, string(r.Quad), r.Label, r.Definition}, " | ")
	}
	return c.sayAll(graph.Differ(graph.SchemaDamage, "row of table relation", relations, wanted, func(a, b string) bool { return a == b }))
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// objects are the definitions in a database by kind and name.
func objects(ctx context.Context, q querier) (map[string]string, error) {
	out := map[string]string{}
	err := each(ctx, q, "select type, name, coalesce(sql, '') from sqlite_schema where sql is not null", func(rows *sql.Rows) error {
		var kind, name, definition string
		err := rows.Scan(&kind, &name, &definition)
		out[kind+" "+name] = definition
		return err
	})
	return out, err
}

// freshSchema are the objects of a new store.
func freshSchema(ctx context.Context) (map[string]string, error) {
	db, err := sql.Open("sqlite", ":memory:")
	if err != nil {
		return nil, err
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	if err := migrate(ctx, db, migrations); err != nil {
		return nil, err
	}
	return objects(ctx, db)
}

func (c *checker) decisions(ctx context.Context) error {
	ds, err := readDecisions(ctx, c.tx)
	if err != nil {
		return err
	}
	c.merges = graph.NewMerges(ds)
	return c.sayAll(graph.CheckDecisions(ds))
}

func (c *checker) runs(ctx context.Context) error {
	lines, err := c.strings(ctx, "select key, started, ended, body from run order by key")
	if err != nil {
		return err
	}
	for _, l := range lines {
		var r graph.Run
		if err := json.Unmarshal([]byte(l[3]), &r); err != nil || r.Started != l[1] || r.Ended != l[2] {
			if err := c.say(graph.RunDamage, "run "+l[0], graph.MendBackup, "the record of the run of %s cannot be read", l[1]); err != nil {
				return err
			}
		}
	}
	return nil
}

// readings checks every reading and the statements made of it, some at a time.
func (c *checker) readings(ctx context.Context) error {
	var some []stored
	flush := func() error {
		err := c.statements(ctx, some)
		some = some[:0]
		return err
	}
	err := readSound(ctx, c.tx, "", func(article, key int64, r schema.Reading) error {
		if err := c.sayAll(graph.CheckReading(r)); err != nil {
			return err
		}
		for _, e := range graph.Named(r) {
			c.declared[[2]string{e.ID, graph.Declaration{Entity: e}.Key()}]++
		}
		if some = append(some, stored{article, key, r}); len(some) == loadedAtOnce {
			return flush()
		}
		return nil
	}, func(e *graph.ReadingError) error {
		return c.yield(graph.Damage{Kind: graph.ReadingDamage, Thing: e.Article, Article: e.Article, Mend: graph.MendAgain,
			Message: e.Error()})
	})
	if err != nil {
		return err
	}
	return flush()
}

// shown is a statement as it stands in the graph, as text: the triple in force and all columns.
func shown(triple string, values []any) string { return triple + " " + fmt.Sprint(values...) }

// statements compares the statements and former ids of some readings with what the readings say.
func (c *checker) statements(ctx context.Context, readings []stored) error {
	if len(readings) == 0 {
		return nil
	}
	keys := make([]int64, len(readings))
	want, former := map[string]string{}, map[string]string{}
	for i, s := range readings {
		keys[i] = s.key
		for id, said := range sayings(s.reading, c.merges) {
			values, err := evidenceValues(said.Evidence.Evidence)
			if err != nil {
				return err
			}
			triple := ""
			if said.shown {
				triple = said.Triple.ID
			}
			want[fmt.Sprintf("%d %s", s.key, id)] = shown(triple, values)
			for _, f := range c.merges.FormerIDs(said.raw) {
				former[fmt.Sprintf("%d %s", s.key, f)] = said.Triple.ID
			}
		}
	}
	param, err := encode(keys)
	if err != nil {
		return err
	}
	is, formerIs := map[string]string{}, map[string]string{}
	err = each(ctx, c.tx, `select e.reading, coalesce(t.id, ''), `+evidenceColumns+` from statement e left join triple t on t.key = e.triple
		where e.reading in (select value from json_each(?))`, func(rows *sql.Rows) error {
		var reading int64
		var triple, mediators, contexts string
		var e schema.Evidence
		if err := rows.Scan(&reading, &triple, &e.ID, &e.Start, &e.End, &e.Quote, &e.Status, &e.Speaker, &e.Agent, &e.ObjectAgent, &e.Initiator, &mediators, &e.Mode,
			&contexts, &e.Place, &e.Basis, &e.From, &e.To, &e.Former, &e.Group, &e.Rule, &e.Model, &e.Confidence); err != nil {
			return err
		}
		values, err := evidenceValues(e)
		if err != nil {
			return err
		}
		values[9], values[11] = mediators, contexts
		is[fmt.Sprintf("%d %s", reading, e.ID)] = shown(triple, values)
		return nil
	}, param)
	if err != nil {
		return err
	}
	lines, err := c.strings(ctx, "select reading, id, triple from former where reading in (select value from json_each(?))", param)
	for _, l := range lines {
		formerIs[l[0]+" "+l[1]] = l[2]
	}
	if err != nil {
		return err
	}
	same := func(a, b string) bool { return a == b }
	if err := c.named(graph.Differ(graph.EvidenceDamage, "evidence", is, want, same)); err != nil {
		return err
	}
	return c.named(graph.Differ(graph.FormerDamage, "former id", formerIs, former, same))
}

// named hands on damages without the key of the reading before the thing.
func (c *checker) named(ds []graph.Damage) error {
	for i := range ds {
		_, ds[i].Thing, _ = strings.Cut(ds[i].Thing, " ")
	}
	return c.sayAll(ds)
}

func (c *checker) articles(ctx context.Context) error {
	lines, err := c.strings(ctx, "select id from article where key not in (select article from reading) order by id")
	if err != nil {
		return err
	}
	for _, l := range lines {
		if err := c.say(graph.ArticleDamage, l[0], graph.MendCopy, "no extractor's reading of the article is there"); err != nil {
			return err
		}
	}
	return nil
}

// entities compares the tables declaration and entity with what all readings said.
func (c *checker) entities(ctx context.Context) error {
	is, want := map[string]string{}, map[string]string{}
	declarations := map[string][]graph.Declaration{}
	for d, n := range c.declared {
		want[d[0]+" "+d[1]] = fmt.Sprint(n)
		declaration := graph.Declaration{Readings: n}
		if err := json.Unmarshal([]byte(d[1]), &declaration.Entity); err != nil {
			return err
		}
		id := c.merges.Entity(d[0])
		declarations[id] = append(declarations[id], declaration)
	}
	lines, err := c.strings(ctx, "select entity, description, readings from declaration")
	if err != nil {
		return err
	}
	for _, l := range lines {
		is[l[0]+" "+l[1]] = l[2]
	}
	ds := graph.Differ(graph.EntityDamage, "description of an entity", is, want, func(a, b string) bool { return a == b })
	for i := range ds {
		ds[i].Thing, _, _ = strings.Cut(ds[i].Thing, " ")
	}
	if err := c.sayAll(ds); err != nil {
		return err
	}
	entities, wanted := map[string]string{}, map[string]string{}
	for id, ds := range declarations {
		values, err := entityValues(graph.DeriveEntity(id, ds))
		if err != nil {
			return err
		}
		wanted[id] = fmt.Sprint(values[1:]...)
	}
	lines, err = c.strings(ctx, "select id, kind, name, aliases, state, codes from entity")
	if err != nil {
		return err
	}
	for _, l := range lines {
		entities[l[0]] = fmt.Sprint(l[1], l[2], l[3], l[4], l[5])
	}
	return c.sayAll(graph.Differ(graph.EntityDamage, "entity", entities, wanted, func(a, b string) bool { return a == b }))
}

// triples derives every claim again from its statements, and the sums of pairs from the triples.
func (c *checker) triples(ctx context.Context) error {
	sums := map[string]graph.Dyad{}
	var some []checkedTriple
	flush := func() error {
		err := c.claims(ctx, some)
		some = some[:0]
		return err
	}
	err := each(ctx, c.tx, "select t.key, t.claim_first, t.claim_last, t.says, t.position, coalesce(t.first_day, ''), coalesce(t.last_day, ''), t.tie, "+tripleColumns+
		" from triple t order by t.subject, t.object, t.relation, t.id", func(rows *sql.Rows) error {
		var r checkedTriple
		var err error
		if r.triple, err = scanTriple(rows, &r.key, &r.standing.First, &r.standing.Last, &r.standing.Says, &r.position, &r.first, &r.last, &r.tie); err != nil {
			return err
		}
		a, b := graph.ClaimOf(r.triple.Triple).Pair()
		d := sums[a+" "+b]
		d.A, d.B = a, b
		if d.Add(r.triple) {
			sums[a+" "+b] = d
		}
		if n := len(some); n >= loadedAtOnce && graph.ClaimOf(some[n-1].triple.Triple) != graph.ClaimOf(r.triple.Triple) {
			if err := flush(); err != nil {
				return err
			}
		}
		some = append(some, r)
		return nil
	})
	if err != nil {
		return err
	}
	if err := flush(); err != nil {
		return err
	}
	is := map[string]graph.Dyad{}
	if err := each(ctx, c.tx, dyadQuery, func(rows *sql.Rows) error {
		d, err := scanDyad(rows)
		is[d.A+" "+d.B] = d
		return err
	}); err != nil {
		return err
	}
	return c.sayAll(graph.Differ(graph.DyadDamage, "sum", is, sums, func(a, b graph.Dyad) bool { return a == b }))
}

// checkedTriple is a row with what else stands in it.
type checkedTriple struct {
	row
	position, first, last string
	tie                   bool
}

// claims checks some whole claims, in their order.
func (c *checker) claims(ctx context.Context, rows []checkedTriple) error {
	statements := map[string][]graph.Statement{}
	byKey := map[int64]schema.Triple{}
	for _, r := range rows {
		byKey[r.key] = r.triple.Triple
	}
	param, err := encode(slices.Sorted(maps.Keys(byKey)))
	if err != nil {
		return err
	}
	if len(byKey) == 0 {
		return nil
	}
	if err := each(ctx, c.tx, statementQuery, func(rs *sql.Rows) error {
		key, e, err := scanEvidence(rs)
		t := byKey[key]
		statements[t.ID] = append(statements[t.ID], graph.Statement{Triple: t, Evidence: e})
		return err
	}, param); err != nil {
		return err
	}
	for len(rows) > 0 {
		n := 1
		for n < len(rows) && graph.ClaimOf(rows[n].triple.Triple) == graph.ClaimOf(rows[0].triple.Triple) {
			n++
		}
		claim := make([]graph.Triple, n)
		for i, r := range rows[:n] {
			claim[i] = r.triple
		}
		if err := c.sayAll(graph.CheckClaim(claim, statements)); err != nil {
			return err
		}
		for _, r := range rows[:n] {
			if err := c.columns(r, statements[r.triple.ID]); err != nil {
				return err
			}
		}
		rows = rows[n:]
	}
	return nil
}

// columns checks what a row holds for sorting and searching.
func (c *checker) columns(r checkedTriple, statements []graph.Statement) error {
	if len(statements) == 0 {
		return nil
	}
	t := r.triple
	for _, s := range statements {
		t.Evidences = append(t.Evidences, s.Evidence)
	}
	want := checkedTriple{row: row{standing: graph.StandingOf(t)}, position: graph.SortKey(t.Triple), tie: t.Relation.Info().Tie}
	if when := t.When(); when != "" {
		want.first, want.last = string(schema.Day(when.First())), string(schema.Day(when.Last()))
	}
	r.row = row{standing: r.standing}
	if fmt.Sprint(r) != fmt.Sprint(want) {
		return c.say(graph.TripleDamage, t.ID, graph.MendCopy, "%s: what it is sorted and found by is not what follows from it", t.Triple)
	}
	return nil
}
