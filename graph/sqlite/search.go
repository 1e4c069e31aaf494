package sqlite

import (
	"cmp"
	"context"
	"database/sql"
	_ "embed"
	"iter"
	"maps"
	"slices"
	"strings"

	"entente/graph"
	"entente/schema"
)

//go:embed search.sql
var searchSQL string

var _ graph.Searcher = (*Store)(nil)

// Search implements graph.Searcher.
func (s *Store) Search(ctx context.Context, q graph.Search) iter.Seq2[graph.Hit, error] {
	return sequence(ctx, s, "search", func(ctx context.Context, tx *sql.Tx, yield func(graph.Hit) error) error {
		for _, find := range []func(context.Context, *sql.Tx, graph.Search) ([]graph.Hit, error){findEntities, findArticles, findQuotes} {
			hits, err := find(ctx, tx, q)
			if err != nil {
				return err
			}
			for _, h := range hits {
				if err := yield(h); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

// match is a search in the language of FTS5. Words are letters and digits, so that nothing in them means anything.
func match(q graph.Search) string {
	var terms []string
	for _, t := range q.Terms {
		term := `"` + strings.Join(t.Words, " ") + `"`
		if t.Prefix {
			term += " *"
		}
		terms = append(terms, term)
	}
	return strings.Join(terms, " AND ")
}

const found = " from search f join searchable s on s.key = f.rowid "

func findEntities(ctx context.Context, tx *sql.Tx, q graph.Search) ([]graph.Hit, error) {
	if !q.Wants(graph.HitEntity) {
		return nil, nil
	}
	var entities []schema.Entity
	err := each(ctx, tx, "select e.id, e.kind, e.name, e.aliases, e.state, e.codes"+found+"join entity e on e.id = s.thing where search match ? and s.kind = 'entity'", func(rows *sql.Rows) error {
		e, err := scanEntity(rows)
		entities = append(entities, e)
		return err
	}, match(q))
	return q.EntityHits(entities), err
}

func findArticles(ctx context.Context, tx *sql.Tx, q graph.Search) ([]graph.Hit, error) {
	if !q.Wants(graph.HitArticle) {
		return nil, nil
	}
	var hits []graph.Hit
	err := each(ctx, tx, "select a.id, a.title, a.published, a.source"+found+"join article a on a.key = s.owner where search match ? and s.kind = 'article'", func(rows *sql.Rows) error {
		h := graph.Hit{Kind: graph.HitArticle}
		err := rows.Scan(&h.ID, &h.Text, &h.Published, &h.Source)
		hits = append(hits, h)
		return err
	}, match(q))
	return q.ArticleHits(hits), err
}

func findQuotes(ctx context.Context, tx *sql.Tx, q graph.Search) ([]graph.Hit, error) {
	if !q.Wants(graph.HitQuote) {
		return nil, nil
	}
	var hits []graph.Hit
	err := each(ctx, tx, "select a.id, a.published, a.source, e.quote, e.start_byte, e.end_byte, t.id"+found+`join statement e on e.reading = s.owner and e.id = s.thing
		join triple t on t.key = e.triple join reading r on r.key = e.reading join article a on a.key = r.article where search match ? and s.kind = 'quote'`, func(rows *sql.Rows) error {
		h := graph.Hit{Kind: graph.HitQuote, Triples: []string{""}}
		err := rows.Scan(&h.ID, &h.Published, &h.Source, &h.Text, &h.Start, &h.End, &h.Triples[0])
		hits = append(hits, h)
		return err
	}, match(q))
	return q.QuoteHits(hits), err
}

// The kinds of rows of the table searchable.
const (
	searchEntity  = "entity"
	searchArticle = "article"
	searchQuote   = "quote"
)

// searchKey names a row of searchable.
type searchKey struct {
	kind  string
	owner int64
	thing string
}

// searchable notes what can be searched of a thing from now on; no words remove it.
func (b *batch) searchable(kind string, owner int64, thing, words string) {
	b.words[searchKey{kind, owner, thing}] = words
}

// indexedAtOnce is how many rows of searchable one statement writes. FTS5 writes its pages at every statement, so that a statement for each
// row would take twice as long.
const indexedAtOnce = 5000

// index writes what was noted.
func (b *batch) index(ctx context.Context) error {
	keys := slices.SortedFunc(maps.Keys(b.words), func(x, y searchKey) int {
		return cmp.Or(strings.Compare(x.kind, y.kind), cmp.Compare(x.owner, y.owner), strings.Compare(x.thing, y.thing))
	})
	for some := range slices.Chunk(keys, indexedAtOnce) {
		var gone, come [][4]any
		for _, k := range some {
			if words := b.words[k]; words != "" {
				come = append(come, [4]any{k.kind, k.owner, k.thing, words})
			} else {
				gone = append(gone, [4]any{k.kind, k.owner, k.thing})
			}
		}
		if err := b.indexRows(ctx, "delete from searchable where (kind, owner, thing) in (select value->>0, value->>1, value->>2 from json_each(?))", gone); err != nil {
			return err
		}
		if err := b.indexRows(ctx, `insert into searchable (kind, owner, thing, words) select value->>0, value->>1, value->>2, value->>3 from json_each(?) where true
			on conflict do update set words = excluded.words where words <> excluded.words`, come); err != nil {
			return err
		}
	}
	return nil
}

func (b *batch) indexRows(ctx context.Context, query string, rows [][4]any) error {
	if len(rows) == 0 {
		return nil
	}
	param, err := encode(rows)
	if err != nil {
		return err
	}
	_, err = b.exec(ctx, query, param)
	return err
}

// wordsOf are the words of a text as they are indexed.
func wordsOf(text string) string { return strings.Join(graph.Words(text), " ") }

// makeSearchable is the step to format 2: it makes the index of words and fills it from what is stored.
func makeSearchable(ctx context.Context, tx *sql.Tx) error {
	if _, err := tx.ExecContext(ctx, searchSQL); err != nil {
		return err
	}
	for _, source := range []struct {
		kind, query string
		names       bool // a name and aliases
	}{
		{searchArticle, "select 'article', key, id, title, '' from article where key > ?1 order by key limit 1000", false},
		{searchEntity, "select 'entity', rowid, id, name, aliases from entity where rowid > ?1 order by rowid limit 1000", true},
	} {
		if err := fillPages(ctx, tx, source.query, source.names); err != nil {
			return err
		}
	}
	return fillQuotes(ctx, tx)
}

// searchRow is a row of searchable in the making.
type searchRow struct {
	kind, thing, words string
	owner              int64
}

func insertSearchable(ctx context.Context, tx *sql.Tx, rows []searchRow) error {
	var values [][4]any
	for _, r := range rows {
		if r.words != "" {
			values = append(values, [4]any{r.kind, r.owner, r.thing, r.words})
		}
	}
	param, err := encode(values)
	if err != nil || len(values) == 0 {
		return err
	}
	_, err = tx.ExecContext(ctx, "insert into searchable (kind, owner, thing, words) select value->>0, value->>1, value->>2, value->>3 from json_each(?)", param)
	return err
}

// fillPages reads a table in the order of its keys, a page at a time.
func fillPages(ctx context.Context, tx *sql.Tx, query string, names bool) error {
	for last := int64(-1); ; {
		var page []searchRow
		if err := each(ctx, tx, query, func(rows *sql.Rows) error {
			var r searchRow
			var text, aliases string
			if err := rows.Scan(&r.kind, &r.owner, &r.thing, &text, &aliases); err != nil {
				return err
			}
			last = r.owner
			r.words = wordsOf(text)
			if names {
				e := schema.Entity{Name: text}
				if err := decode(aliases, &e.Aliases); err != nil {
					return err
				}
				r.owner, r.words = 0, graph.NamesText(e)
			}
			page = append(page, r)
			return nil
		}, last); err != nil {
			return err
		}
		if len(page) == 0 {
			return nil
		}
		if err := insertSearchable(ctx, tx, page); err != nil {
			return err
		}
	}
}

func fillQuotes(ctx context.Context, tx *sql.Tx) error {
	last := searchRow{owner: -1}
	for {
		var page []searchRow
		if err := each(ctx, tx, "select reading, id, triple is null, quote from statement where (reading, id) > (?, ?) order by reading, id limit 1000", func(rows *sql.Rows) error {
			r := searchRow{kind: searchQuote}
			var hidden bool
			var quote string
			err := rows.Scan(&r.owner, &r.thing, &hidden, &quote)
			if !hidden {
				r.words = wordsOf(quote)
			}
			page = append(page, r)
			return err
		}, last.owner, last.thing); err != nil {
			return err
		}
		if len(page) == 0 {
			return nil
		}
		last = page[len(page)-1]
		if err := insertSearchable(ctx, tx, page); err != nil {
			return err
		}
	}
}
