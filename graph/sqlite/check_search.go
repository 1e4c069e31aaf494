package sqlite

import (
	"context"
	"database/sql"

	"entente/graph"
	"entente/schema"
)

// search compares the index of words with what can be searched.
func (c *checker) search(ctx context.Context) error {
	for _, query := range []string{
		"select 'article', a.id, a.title, '', coalesce(s.words, '') from article a left join searchable s on s.kind = 'article' and s.owner = a.key and s.thing = a.id",
		"select 'entity', e.id, e.name, e.aliases, coalesce(s.words, '') from entity e left join searchable s on s.kind = 'entity' and s.owner = 0 and s.thing = e.id",
		`select 'quote', e.id, e.quote, '', coalesce(s.words, '') from statement e left join searchable s on s.kind = 'quote' and s.owner = e.reading and s.thing = e.id
			where e.triple is not null`,
	} {
		if err := each(ctx, c.tx, query, c.searchable); err != nil {
			return err
		}
	}
	for _, left := range []struct{ what, query string }{
		{"words of nothing", `select s.thing from searchable s where case s.kind
			when 'article' then not exists (select 1 from article a where a.key = s.owner and a.id = s.thing)
			when 'entity' then not exists (select 1 from entity e where e.id = s.thing)
			else not exists (select 1 from statement e where e.reading = s.owner and e.id = s.thing and e.triple is not null) end`},
		{"words that are not in the index", "select thing from searchable where key not in (select id from search_docsize)"},
		{"an entry of the index without words", "select id from search_docsize where id not in (select key from searchable)"},
	} {
		lines, err := c.strings(ctx, left.query+" order by 1")
		if err != nil {
			return err
		}
		for _, l := range lines {
			if err := c.say(graph.SearchDamage, l[0], graph.MendCopy, "%s", left.what); err != nil {
				return err
			}
		}
	}
	return nil
}

// searchable checks the words of one thing.
func (c *checker) searchable(rows *sql.Rows) error {
	var kind, thing, text, aliases, is string
	if err := rows.Scan(&kind, &thing, &text, &aliases, &is); err != nil {
		return err
	}
	want := wordsOf(text)
	if kind == searchEntity {
		e := schema.Entity{Name: text}
		if decode(aliases, &e.Aliases) == nil { // else it was named as damaged
			want = graph.NamesText(e)
		}
	}
	if is != want {
		return c.say(graph.SearchDamage, thing, graph.MendCopy, "the words by which the %s is found are not those in it", kind)
	}
	return nil
}
