package llm

import (
	"context"
	"fmt"
	"sync"

	"entente/schema"
)

// bytesPerToken is the approximation behind every estimate: English news has about four bytes a token with the usual vocabularies.
const bytesPerToken = 4

// tokensOf estimates the tokens of a text.
func tokensOf(s string) int { return (len(s) + bytesPerToken - 1) / bytesPerToken }

// estimateQuestion is what a question will cost, about: the schema is counted with the prompt, and an answer taken to be a third as long as
// the message, and 50 tokens.
func estimateQuestion(q question) Tokens {
	return Tokens{In: tokensOf(system()) + tokensOf(spelled) + tokensOf(q.message), Out: 50 + tokensOf(q.message)/3}
}

// budget counts tokens against a limit; requests under way count with their estimate.
type budget struct {
	mu       sync.Mutex
	limit    int // 0: none
	used     int
	reserved int
}

// reserve sets tokens aside, or says that they are not there.
func (b *budget) reserve(t Tokens) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.limit > 0 && b.used+b.reserved+t.Sum() > b.limit {
		return &StopError{fmt.Errorf("%w: %d of %d tokens are spent or set aside, and the next request takes about %d", ErrBudget, b.used+b.reserved, b.limit, t.Sum())}
	}
	b.reserved += t.Sum()
	return nil
}

// settle replaces what was set aside by what was used.
func (b *budget) settle(reserved, used Tokens) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.reserved -= reserved.Sum()
	b.used += used.Sum()
}

// Estimate is what reading would cost, before it is done. Tokens are estimated at four bytes each; answers in the cache cost nothing.
type Estimate struct {
	Articles int    `json:"articles"`
	Requests int    `json:"requests"` // to the server
	Cached   int    `json:"cached"`   // answers in the cache
	Tokens   Tokens `json:"tokens"`
}

// Add is e and o together.
func (e Estimate) Add(o Estimate) Estimate {
	return Estimate{e.Articles + o.Articles, e.Requests + o.Requests, e.Cached + o.Cached, e.Tokens.plus(o.Tokens)}
}

// Estimate is what reading a would cost; nothing is asked.
func (x *Extractor) Estimate(ctx context.Context, a schema.Article) (Estimate, error) {
	_, _, passages, err := x.prepare(ctx, a)
	if err != nil {
		return Estimate{}, err
	}
	e := Estimate{Articles: 1}
	for _, p := range passages {
		if _, ok := x.cache.get(cacheKey(x.o.Model, promptDigest(), p.message)); ok {
			e.Cached++
			continue
		}
		e.Requests++
		e.Tokens = e.Tokens.plus(estimateQuestion(question{message: p.message}))
	}
	return e, nil
}
