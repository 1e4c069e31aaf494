package memory

import (
	"context"
	"iter"

	"entente/graph"
	"entente/schema"
)

var _ graph.Searcher = (*Store)(nil)

// Search implements graph.Searcher by reading everything.
func (s *Store) Search(ctx context.Context, q graph.Search) iter.Seq2[graph.Hit, error] {
	return func(yield func(graph.Hit, error) bool) {
		for _, find := range []func(context.Context, graph.Search) ([]graph.Hit, error){s.findEntities, s.findArticles, s.findQuotes} {
			hits, err := find(ctx, q)
			if err != nil {
				yield(graph.Hit{}, err)
				return
			}
			for _, h := range hits {
				if !yield(h, nil) {
					return
				}
			}
		}
	}
}

func (s *Store) findEntities(ctx context.Context, q graph.Search) ([]graph.Hit, error) {
	if !q.Wants(graph.HitEntity) {
		return nil, ctx.Err()
	}
	found := []schema.Entity{}
	for e, err := range s.Entities(ctx) {
		if err != nil {
			return nil, err
		}
		if q.In(append([]string{e.Name}, e.Aliases...)...) {
			found = append(found, e)
		}
	}
	return q.EntityHits(found), nil
}

func (s *Store) findArticles(ctx context.Context, q graph.Search) ([]graph.Hit, error) {
	if !q.Wants(graph.HitArticle) {
		return nil, ctx.Err()
	}
	var hits []graph.Hit
	for a, err := range s.Articles(ctx) {
		if err != nil {
			return nil, err
		}
		if q.In(a.Title) {
			hits = append(hits, graph.Hit{Kind: graph.HitArticle, ID: a.ID, Text: a.Title, Published: a.Published, Source: a.Source})
		}
	}
	return q.ArticleHits(hits), nil
}

func (s *Store) findQuotes(ctx context.Context, q graph.Search) ([]graph.Hit, error) {
	if !q.Wants(graph.HitQuote) {
		return nil, ctx.Err()
	}
	var hits []graph.Hit
	for t, err := range s.Triples(ctx, graph.Query{}) {
		if err != nil {
			return nil, err
		}
		for _, e := range t.Evidences {
			if q.In(e.Quote) {
				hits = append(hits, graph.Hit{Kind: graph.HitQuote, ID: e.Article, Text: e.Quote, Published: e.Published, Source: e.Source,
					Start: e.Start, End: e.End, Triples: []string{t.ID}})
			}
		}
	}
	return q.QuoteHits(hits), nil
}
