// Package extract reads articles: it turns a schema.Article into a schema.Reading. The way of an article, each step a child package:
//
//  1. corpus  finds the articles in files and archives, and marks their furniture
//  2. token   cuts the text into sentences and tokens with byte spans
//  3. parse   gives each token its tag, lemma, head and label
//  4. when    finds expressions of time and resolves them
//  5. actor   finds mentions of parties and resolves them to entities; ties of persons to states on the way
//  6. event   reads clauses as triples with evidence
//
// rules puts steps 2 to 6 in order and is the default Extractor. The root package holds what they share: the document and the interface.
package extract

import (
	"context"
	"fmt"
	"iter"
	"runtime"

	"entente/schema"
)

// Extractor reads one article. It must be safe for concurrent use, and its readings must not depend on the order of articles.
type Extractor interface {
	// Info names the extractor; its version changes whenever the same article could be read differently.
	Info() schema.Extractor
	// Extract returns a normalized reading that passes Check. An error concerns this article alone, or is ctx's.
	Extract(ctx context.Context, a schema.Article) (schema.Reading, error)
}

// ArticleError is the failure of one article; the articles after it go on.
type ArticleError struct {
	ID  string
	Err error
}

func (e *ArticleError) Error() string { return fmt.Sprintf("extract %s: %v", e.ID, e.Err) }
func (e *ArticleError) Unwrap() error { return e.Err }

// All reads articles with x on workers goroutines (0: one a processor) and yields the readings in the order of the articles. An error of
// the corpus is passed on in its place; an article that cannot be read yields an *ArticleError; the sequence ends early only when ctx does,
// with its error as the last item. At most 4 articles a worker are in flight. The result is single-use.
func All(ctx context.Context, x Extractor, articles iter.Seq2[schema.Article, error], workers int) iter.Seq2[schema.Reading, error] {
	if workers <= 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	type result struct {
		reading schema.Reading
		err     error
	}
	type job struct {
		article schema.Article
		done    chan result
	}
	return func(yield func(schema.Reading, error) bool) {
		ctx, cancel := context.WithCancel(ctx)
		defer cancel()
		jobs := make(chan job)
		queue := make(chan chan result, 4*workers) // in the order of the articles
		for range workers {
			go func() {
				for j := range jobs {
					r, err := x.Extract(ctx, j.article)
					if err != nil && ctx.Err() == nil {
						err = &ArticleError{j.article.ID, err}
					}
					j.done <- result{r, err}
				}
			}()
		}
		go func() {
			defer close(queue)
			defer close(jobs)
			for a, err := range articles {
				done := make(chan result, 1)
				select {
				case queue <- done:
				case <-ctx.Done():
					return
				}
				if err != nil {
					done <- result{err: err}
					continue
				}
				select {
				case jobs <- job{a, done}:
				case <-ctx.Done():
					done <- result{err: ctx.Err()}
					return
				}
			}
		}()
		for done := range queue {
			r := <-done
			if !yield(r.reading, r.err) || ctx.Err() != nil {
				return
			}
		}
		if err := ctx.Err(); err != nil {
			yield(schema.Reading{}, err)
		}
	}
}
