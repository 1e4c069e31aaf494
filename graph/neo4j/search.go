package neo4j

import (
	"context"
	"iter"
	"strings"

	"entente/graph"
	"entente/schema"
)

var _ graph.Searcher = (*Store)(nil)

// Search implements graph.Searcher.
func (s *Store) Search(ctx context.Context, q graph.Search) iter.Seq2[graph.Hit, error] {
	return sequence(ctx, s, func(t *tx) ([]graph.Hit, error) {
		var all []graph.Hit
		for _, find := range []func(graph.Search) ([]graph.Hit, error){t.findEntities, t.findArticles, t.findQuotes} {
			hits, err := find(q)
			if err != nil {
				return nil, err
			}
			all = append(all, hits...)
		}
		return all, nil
	})
}

// lucene is a search in the language of the full-text index. Words are small letters and digits, so that nothing in them means anything.
func lucene(q graph.Search) string {
	var terms []string
	for _, t := range q.Terms {
		if t.Prefix {
			terms = append(terms, "+"+t.Words[0]+"*")
		} else {
			terms = append(terms, `+"`+strings.Join(t.Words, " ")+`"`)
		}
	}
	return strings.Join(terms, " ")
}

const queryWords = "CALL db.index.fulltext.queryNodes('" + wordsIndex + "', $query) YIELD node "

func (t *tx) findEntities(q graph.Search) ([]graph.Hit, error) {
	if !q.Wants(graph.HitEntity) {
		return nil, nil
	}
	rows, err := t.rows(queryWords+"WHERE node:Entity RETURN properties(node) AS e", props{"query": lucene(q)})
	entities := make([]schema.Entity, len(rows))
	for i, row := range rows {
		entities[i] = entityOf(row.props("e"))
	}
	return q.EntityHits(entities), err
}

func (t *tx) findArticles(q graph.Search) ([]graph.Hit, error) {
	if !q.Wants(graph.HitArticle) {
		return nil, nil
	}
	rows, err := t.rows(queryWords+"WHERE node:Article RETURN node.id AS id, node.title AS title, node.when AS when, node.source AS source", props{"query": lucene(q)})
	hits := make([]graph.Hit, len(rows))
	for i, row := range rows {
		hits[i] = graph.Hit{Kind: graph.HitArticle, ID: row.string("id"), Text: row.string("title"), Published: row.date("when"), Source: row.string("source")}
	}
	return q.ArticleHits(hits), err
}

func (t *tx) findQuotes(q graph.Search) ([]graph.Hit, error) {
	if !q.Wants(graph.HitQuote) {
		return nil, nil
	}
	rows, err := t.rows(queryWords+`WHERE node:Evidence MATCH (t:Triple)-[:EVIDENCE]->(node)-[:IN]->(a:Article)
		RETURN a.id AS id, a.when AS when, a.source AS source, node.quote AS quote, node.start AS start, node.end AS end, t.id AS triple`, props{"query": lucene(q)})
	hits := make([]graph.Hit, len(rows))
	for i, row := range rows {
		hits[i] = graph.Hit{Kind: graph.HitQuote, ID: row.string("id"), Text: row.string("quote"), Published: row.date("when"), Source: row.string("source"),
			Start: row.int("start"), End: row.int("end"), Triples: []string{row.string("triple")}}
	}
	return q.QuoteHits(hits), err
}
