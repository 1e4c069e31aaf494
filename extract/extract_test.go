package extract_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"testing"

	"entente/extract"
	"entente/schema"
)

// fake fails for the article "bad".
type fake struct{}

func (fake) Info() schema.Extractor { return schema.Extractor{Name: "fake", Version: "1"} }

func (fake) Extract(_ context.Context, a schema.Article) (schema.Reading, error) {
	if a.ID == "bad" {
		return schema.Reading{}, errors.New("unreadable")
	}
	return schema.Reading{Article: a}, nil
}

func articles(n int) iter.Seq2[schema.Article, error] {
	return func(yield func(schema.Article, error) bool) {
		for i := range n {
			id := fmt.Sprint(i)
			if i == 7 {
				id = "bad"
			}
			if i == 11 {
				if !yield(schema.Article{}, errors.New("broken file")) {
					return
				}
				continue
			}
			if !yield(schema.Article{ID: id}, nil) {
				return
			}
		}
	}
}

func TestAllKeepsOrder(t *testing.T) {
	for _, workers := range []int{0, 1, 8} {
		i := 0
		for r, err := range extract.All(t.Context(), fake{}, articles(50), workers) {
			switch i {
			case 7:
				if e, ok := errors.AsType[*extract.ArticleError](err); !ok || e.ID != "bad" {
					t.Errorf("item 7: %v", err)
				}
			case 11:
				if err == nil || err.Error() != "broken file" {
					t.Errorf("item 11: %v", err)
				}
			default:
				if err != nil || r.Article.ID != fmt.Sprint(i) {
					t.Errorf("item %d: %s, %v", i, r.Article.ID, err)
				}
			}
			i++
		}
		if i != 50 {
			t.Errorf("%d workers: %d items", workers, i)
		}
	}
}

func TestAllEndsWithContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	var last error
	n := 0
	for _, err := range extract.All(ctx, fake{}, articles(1_000_000), 4) {
		if n++; n == 20 {
			cancel()
		}
		last = err
	}
	if n > 1000 {
		t.Errorf("%d items after the end", n)
	}
	_ = last
}

func TestAllLetsTheCallerStop(t *testing.T) {
	for range extract.All(t.Context(), fake{}, articles(1000), 4) {
		break
	}
}
