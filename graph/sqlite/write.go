package sqlite

import (
	"cmp"
	"context"
	"database/sql"
	"maps"
	"slices"
	"strings"

	"entente/graph"
	"entente/schema"
)

// Upsert implements graph.Store.
func (s *Store) Upsert(ctx context.Context, readings ...schema.Reading) (graph.Changes, error) {
	if err := graph.CheckReadings(readings); err != nil {
		return graph.Changes{}, err
	}
	incoming := map[string][]schema.Reading{}
	for _, r := range readings {
		incoming[r.Article.ID] = append(incoming[r.Article.ID], r)
	}
	return s.write(ctx, "store readings in", func(b *batch) error { return b.replace(ctx, incoming) })
}

// Forget implements graph.Store.
func (s *Store) Forget(ctx context.Context, articles ...string) (graph.Changes, error) {
	gone := map[string][]schema.Reading{}
	for _, id := range articles {
		gone[id] = nil
	}
	return s.write(ctx, "forget articles in", func(b *batch) error { return b.replace(ctx, gone) })
}

// write runs do in a transaction, derives again what it touched, and commits; nothing is kept where anything fails or ctx is done before the end.
func (s *Store) write(ctx context.Context, doing string, do func(*batch) error) (graph.Changes, error) {
	b := newBatch()
	err := s.transact(ctx, func(tx *sql.Tx) error {
		b.tx = tx
		merges, err := readMerges(quiet(ctx), tx)
		if err != nil {
			return err
		}
		b.was, b.now = merges, merges
		if err := do(b); err != nil {
			return err
		}
		for _, step := range []func(context.Context) error{b.declare, b.derive, b.sumUp, b.index} {
			if err := cmp.Or(ctx.Err(), step(quiet(ctx))); err != nil {
				return err
			}
		}
		return ctx.Err()
	})
	if err != nil {
		return graph.Changes{}, s.unlessDone(ctx, doing, err)
	}
	return b.changes, nil
}

// transact runs do in a transaction of the writer.
func (s *Store) transact(ctx context.Context, do func(*sql.Tx) error) error {
	conn, err := s.writer.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	if err := ctx.Err(); err != nil {
		return err
	}
	tx, err := conn.BeginTx(quiet(ctx), nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if err := do(tx); err != nil {
		return err
	}
	return tx.Commit()
}

// quiet is ctx without its end: statements of a batch are many and short, and the driver watches every context that can end. The batch asks
// between them whether ctx has.
func quiet(ctx context.Context) context.Context { return context.WithoutCancel(ctx) }

// unlessDone is the context's own error where it has ended, else err explained.
func (s *Store) unlessDone(ctx context.Context, doing string, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return s.explain(doing, err)
}

// batch is a write in the making: it changes what was loaded at once, notes what that touches, and derives that at the end.
type batch struct {
	tx       *sql.Tx
	stmts    map[string]*sql.Stmt
	was, now graph.Merges // decisions before and after
	changes  graph.Changes
	touched  map[string]schema.Triple // identities, by id
	fresh    map[string][]pending     // statements to be written, by triple id
	declared map[[2]string]int        // entity id and description to how many more readings make it
	entities map[string]bool          // ids, under which entities stand in the graph, that may have changed
	dyads    map[[2]string]*growth
	words    map[searchKey]string // what can be searched, empty where it no longer can
}

func newBatch() *batch {
	return &batch{
		stmts: map[string]*sql.Stmt{}, touched: map[string]schema.Triple{}, fresh: map[string][]pending{},
		declared: map[[2]string]int{}, entities: map[string]bool{}, dyads: map[[2]string]*growth{}, words: map[searchKey]string{},
	}
}

// exec runs a statement that is prepared once a batch.
func (b *batch) exec(ctx context.Context, query string, args ...any) (sql.Result, error) {
	stmt := b.stmts[query]
	if stmt == nil {
		var err error
		if stmt, err = b.tx.PrepareContext(ctx, query); err != nil {
			return nil, err
		}
		b.stmts[query] = stmt // closed with the transaction
	}
	return stmt.ExecContext(ctx, args...)
}

// stored is a reading with the keys of its rows.
type stored struct {
	article, key int64
	reading      schema.Reading
}

// loadedAtOnce is how many articles are read or triples derived in one query.
const loadedAtOnce = 500

// replace puts readings in the place of those stored of their articles; no readings forget the article.
func (b *batch) replace(ctx context.Context, incoming map[string][]schema.Reading) error {
	for ids := range slices.Chunk(slices.Sorted(maps.Keys(incoming)), loadedAtOnce) {
		was, err := b.storedOf(quiet(ctx), ids)
		if err != nil {
			return err
		}
		for _, id := range ids {
			if err := ctx.Err(); err != nil {
				return err
			}
			var readings []schema.Reading
			for _, s := range was[id] {
				readings = append(readings, s.reading)
			}
			var now []schema.Reading
			if len(incoming[id]) > 0 {
				now = graph.Replace(readings, incoming[id])
			}
			if err := b.article(quiet(ctx), was[id], now); err != nil {
				return err
			}
		}
	}
	return nil
}

func (b *batch) storedOf(ctx context.Context, articles []string) (map[string][]stored, error) {
	ids, err := jsonIDs(articles)
	if err != nil {
		return nil, err
	}
	out := map[string][]stored{}
	err = readReadings(ctx, b.tx, "where a.id in (select value from json_each(?))", func(article, key int64, r schema.Reading) error {
		out[r.Article.ID] = append(out[r.Article.ID], stored{article, key, r})
		return nil
	}, ids)
	return out, err
}

// article replaces all that is stored of one article.
func (b *batch) article(ctx context.Context, was []stored, now []schema.Reading) error {
	if len(was)+len(now) == 0 {
		return nil
	}
	key, changed, err := b.articleRow(ctx, was, now)
	if err != nil {
		return err
	}
	old := map[string]stored{}
	for _, s := range was {
		old[s.reading.Extractor.Name] = s
	}
	for _, r := range now {
		s, ok := old[r.Extractor.Name]
		delete(old, r.Extractor.Name)
		if err := b.reading(ctx, key, s, ok, r, changed); err != nil {
			return err
		}
	}
	for _, s := range was {
		if _, gone := old[s.reading.Extractor.Name]; gone {
			if err := b.dropReading(ctx, s); err != nil {
				return err
			}
		}
	}
	return nil
}

// articleRow writes the article's own row and reports whether it was there and has changed.
func (b *batch) articleRow(ctx context.Context, was []stored, now []schema.Reading) (key int64, changed bool, err error) {
	if len(now) == 0 {
		b.changes.Articles.Removed++
		b.searchable(searchArticle, was[0].article, was[0].reading.Article.ID, "")
		_, err := b.exec(ctx, "delete from article where key = ?", was[0].article)
		return 0, false, err
	}
	a := now[0].Article
	values, err := articleValues(a)
	if err != nil {
		return 0, false, err
	}
	if len(was) == 0 {
		b.changes.Articles.Added++
		result, err := b.exec(ctx, "insert into article (id, title, published, published_from, source, url, sha256, furniture, text) values (?, ?, ?, ?, ?, ?, ?, ?, ?)", values...)
		if err != nil {
			return 0, false, err
		}
		if key, err = result.LastInsertId(); err != nil {
			return 0, false, err
		}
		b.searchable(searchArticle, key, a.ID, wordsOf(a.Title))
		return key, false, nil
	}
	key = was[0].article
	if graph.EqualArticle(was[0].reading.Article, a) {
		return key, false, nil
	}
	b.changes.Articles.Changed++
	if _, err = b.exec(ctx, "update article set id = ?, title = ?, published = ?, published_from = ?, source = ?, url = ?, sha256 = ?, furniture = ?, text = ? where key = ?", append(values, key)...); err != nil {
		return 0, false, err
	}
	b.searchable(searchArticle, key, a.ID, wordsOf(a.Title))
	return key, true, nil
}

// reading replaces one reading; articleChanged is whether its article has, so that all it says has to be derived again.
func (b *batch) reading(ctx context.Context, article int64, was stored, known bool, now schema.Reading, articleChanged bool) error {
	content, err := encodeBody(now)
	if err != nil {
		return err
	}
	same := false
	switch {
	case !known:
		result, err := b.exec(ctx, "insert into reading (article, extractor, version, body) values (?, ?, ?, ?)", article, now.Extractor.Name, now.Extractor.Version, content)
		if err != nil {
			return err
		}
		if was.key, err = result.LastInsertId(); err != nil {
			return err
		}
	default:
		before, err := encodeBody(was.reading)
		if err != nil {
			return err
		}
		if same = before == content; !same || was.reading.Extractor != now.Extractor {
			if _, err := b.exec(ctx, "update reading set version = ?, body = ? where key = ?", now.Extractor.Version, content, was.key); err != nil {
				return err
			}
		}
	}
	if same && !articleChanged {
		return nil
	}
	return b.restate(ctx, was.key, was.reading, now, articleChanged)
}

func (b *batch) dropReading(ctx context.Context, s stored) error {
	if err := b.restate(ctx, s.key, s.reading, schema.Reading{}, false); err != nil {
		return err
	}
	_, err := b.exec(ctx, "delete from reading where key = ?", s.key)
	return err
}

// said is a statement as the graph shows it, with the id its triple has in the reading.
type said struct {
	graph.Statement
	raw   schema.Triple
	shown bool // not of a party to itself
}

func sayings(r schema.Reading, m graph.Merges) map[string]said {
	out := map[string]said{}
	for _, raw := range graph.Statements(r) {
		st, shown := m.Statement(raw)
		out[raw.Evidence.ID] = said{st, raw.Triple, shown}
	}
	return out
}

// pending is a statement that is written when the row of its triple is there, so that the rows of statements about new triples lie together.
type pending struct {
	graph.Statement
	reading int64
}

// restate replaces the statements of one reading, was under the decisions before by now under those after; either may be empty.
func (b *batch) restate(ctx context.Context, key int64, was, now schema.Reading, all bool) error {
	b.count(was, -1)
	b.count(now, 1)
	before, after := sayings(was, b.was), sayings(now, b.now)
	for _, id := range slices.Sorted(maps.Keys(before)) {
		old := before[id]
		if _, ok := after[id]; ok {
			continue
		}
		if err := b.deleteStatement(ctx, key, id, old.shown); err != nil {
			return err
		}
		if old.shown {
			b.changes.Evidence.Removed++
			b.touch(old)
		}
	}
	for _, id := range slices.Sorted(maps.Keys(after)) {
		if err := b.state(ctx, key, before, after[id], all); err != nil {
			return err
		}
	}
	return b.formerIDs(ctx, key, before, after)
}

// state writes one statement where it is not what stands there.
func (b *batch) state(ctx context.Context, key int64, before map[string]said, now said, all bool) error {
	was, known := before[now.Evidence.ID]
	if known && was.Triple.ID == now.Triple.ID && was.shown == now.shown && graph.EqualEvidence(was.Evidence, now.Evidence) {
		if all && now.shown {
			b.touch(now)
		}
		return nil
	}
	if known {
		if err := b.deleteStatement(ctx, key, now.Evidence.ID, was.shown && !now.shown); err != nil {
			return err
		}
	}
	switch {
	case known && was.shown:
		b.changes.Evidence.Changed++
		b.touch(was)
	case now.shown:
		b.changes.Evidence.Added++
	}
	if !now.shown {
		return b.writeStatement(ctx, pending{now.Statement, key}, nil)
	}
	b.touch(now)
	b.fresh[now.Triple.ID] = append(b.fresh[now.Triple.ID], pending{now.Statement, key})
	return nil
}

// writeStatement writes a statement about the triple with that key, nil where it is not shown.
func (b *batch) writeStatement(ctx context.Context, p pending, triple any) error {
	values, err := evidenceValues(p.Evidence.Evidence)
	if err != nil {
		return err
	}
	if _, err = b.exec(ctx, "insert into statement values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
		append([]any{p.reading, values[0], triple}, values[1:]...)...); err != nil || triple == nil {
		return err
	}
	b.searchable(searchQuote, p.reading, p.Evidence.ID, wordsOf(p.Evidence.Quote))
	return nil
}

// deleteStatement deletes a statement; unfind is whether it cannot be found any more.
func (b *batch) deleteStatement(ctx context.Context, reading int64, id string, unfind bool) error {
	if unfind {
		b.searchable(searchQuote, reading, id, "")
	}
	_, err := b.exec(ctx, "delete from statement where reading = ? and id = ?", reading, id)
	return err
}

func (b *batch) touch(s said) { b.touched[s.Triple.ID] = s.Triple }

// formerIDs keeps by which other ids the triples of a reading go.
func (b *batch) formerIDs(ctx context.Context, key int64, before, after map[string]said) error {
	had := func(m graph.Merges, sayings map[string]said) map[string]string {
		ids := map[string]string{}
		for _, s := range sayings {
			for _, id := range m.FormerIDs(s.raw) {
				ids[id] = s.Triple.ID
			}
		}
		return ids
	}
	was, is := had(b.was, before), had(b.now, after)
	if maps.Equal(was, is) {
		return nil
	}
	if _, err := b.exec(ctx, "delete from former where reading = ?", key); err != nil {
		return err
	}
	for _, id := range slices.Sorted(maps.Keys(is)) {
		if _, err := b.exec(ctx, "insert into former values (?, ?, ?)", key, id, is[id]); err != nil {
			return err
		}
	}
	return nil
}

// count notes how a reading describes the entities that it names.
func (b *batch) count(r schema.Reading, by int) {
	for _, e := range graph.Named(r) {
		b.declared[[2]string{e.ID, graph.Declaration{Entity: e}.Key()}] += by
		b.entities[b.was.Entity(e.ID)] = true
		b.entities[b.now.Entity(e.ID)] = true
	}
}

// comparePairs orders pairs of strings.
func comparePairs(a, b [2]string) int {
	return cmp.Or(strings.Compare(a[0], b[0]), strings.Compare(a[1], b[1]))
}
