package llm

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"sync"
	"time"

	"entente/extract"
	"entente/extract/rules"
	"entente/schema"
)

// Options of the extractor. URL and Model are needed; the zero value of the others is a good choice.
type Options struct {
	URL   string // base address of the server, with its version: "http://localhost:11434/v1"
	Model string // as the server names it
	Key   string // sent as a bearer token; empty sends none
	// Both asks only about sentences that speak of two parties and that the rules could not read, or read with a confidence below LowConfidence,
	// and adds the answers to what the rules read.
	Both          bool
	LowConfidence float64       // 0: 0.55
	Stream        bool          // ask for the answer in pieces
	Cache         string        // folder in which answers are kept; empty: none
	Budget        int           // tokens that may be spent in all, answers included; 0: no limit
	Timeout       time.Duration // of one request, its answer included; 0: 5 minutes
	Attempts      int           // how often a request is sent where the server is busy or fails; 0: 5
	PassageTokens int           // text that is sent with one request, about; 0: 1500
	AnswerTokens  int           // how long an answer may be; 0: 4096
	Client        *http.Client  // nil: http.DefaultClient
}

func (o Options) withDefaults() Options {
	o.LowConfidence = cmp.Or(o.LowConfidence, 0.55)
	o.Timeout = cmp.Or(o.Timeout, 5*time.Minute)
	o.Attempts = cmp.Or(o.Attempts, 5)
	o.PassageTokens = cmp.Or(o.PassageTokens, 1500)
	o.AnswerTokens = cmp.Or(o.AnswerTokens, 4096)
	if o.Client == nil {
		o.Client = http.DefaultClient
	}
	return o
}

func (o Options) check() error {
	u, err := url.Parse(o.URL)
	switch {
	case o.URL == "":
		return errors.New("llm: no address of a model server")
	case o.Model == "":
		return errors.New("llm: no model named")
	case err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https":
		return errors.New("llm: the address of the model server must be http://HOST:PORT/v1 or https://HOST/v1")
	case u.User != nil || u.RawQuery != "" || u.Fragment != "":
		return fmt.Errorf("llm: the address of the model server %s://%s%s must be without user, password and query; the key is given apart", u.Scheme, u.Host, u.Path)
	case o.Budget < 0 || o.Timeout < 0 || o.Attempts < 0 || o.PassageTokens < 0 || o.AnswerTokens < 0 || o.LowConfidence < 0:
		return errors.New("llm: a limit is below zero")
	}
	return nil
}

// Extractor reads articles with a language model. It is safe for concurrent use: as many requests are under way as articles are read at once.
type Extractor struct {
	o      Options
	rules  *rules.Extractor
	client *client
	cache  cache
	budget *budget

	mu      sync.Mutex
	stopped error // what ended the asking for good
	stats   Stats
	dropped []Drop
}

var _ extract.Extractor = (*Extractor)(nil)

// New makes an extractor over the steps of r. It asks the server nothing yet. The error says what is wrong with the options.
func New(r *rules.Extractor, o Options) (*Extractor, error) {
	if err := o.check(); err != nil {
		return nil, err
	}
	o = o.withDefaults()
	return &Extractor{o: o, rules: r, client: newClient(o), cache: cache{o.Cache}, budget: &budget{limit: o.Budget}, stats: Stats{Dropped: map[Reason]int{}}}, nil
}

// Info names the extractor: "llm", or "both" with Options.Both. Its version names the model, the prompt and the rules beneath.
func (x *Extractor) Info() schema.Extractor {
	name := "llm"
	if x.o.Both {
		name = "both"
	}
	return schema.Extractor{Name: name, Version: fmt.Sprintf("%s prompt %s rules %s", x.o.Model, promptDigest(), x.rules.Info().Version)}
}

// StopError is that nothing more can be asked: the budget is used up, or the server refuses every request. What was read before it stands.
type StopError struct{ Err error }

func (e *StopError) Error() string { return e.Err.Error() }
func (e *StopError) Unwrap() error { return e.Err }

// ErrBudget is in the chain of a StopError that the budget caused.
var ErrBudget = errors.New("the token budget is used up")

// Extract reads one article. An error is ctx's, a *StopError, or concerns this article alone: the model refused, or gave no readable answer.
func (x *Extractor) Extract(ctx context.Context, a schema.Article) (schema.Reading, error) {
	r, _, err := x.Explain(ctx, a)
	return r, err
}

// Explain is Extract that also lists what the gate dropped, in the order in which the model said it.
func (x *Extractor) Explain(ctx context.Context, a schema.Article) (schema.Reading, []Drop, error) {
	doc, base, passages, err := x.prepare(ctx, a)
	if err != nil {
		return schema.Reading{}, nil, err
	}
	g := newGate(doc, x.rules, x.o.Model, base.Triples)
	for _, p := range passages {
		if err := x.read(ctx, g, p, 0); err != nil {
			x.note(g.drops, 0)
			return schema.Reading{}, g.drops, err
		}
	}
	r := schema.Reading{Article: doc.Article, Triples: slices.Concat(base.Triples, g.triples), Extractor: x.Info()}
	r.Entities = rules.Entities(doc, r.Triples)
	r.Normalize()
	x.note(g.drops, len(g.triples))
	if err := r.Check(); err != nil {
		return schema.Reading{}, g.drops, err
	}
	return r, g.drops, nil
}

// prepare reads an article as far as the rules go, and cuts it into what is to be asked.
func (x *Extractor) prepare(ctx context.Context, a schema.Article) (*extract.Doc, schema.Reading, []passage, error) {
	doc, err := x.rules.Read(ctx, a)
	if err != nil || !x.o.Both {
		return doc, schema.Reading{}, passages(doc, every(doc), x.o.PassageTokens, false), err
	}
	base, err := x.rules.Acts(doc)
	if err != nil {
		return nil, schema.Reading{}, nil, err
	}
	return doc, base, passages(doc, unread(doc, base.Triples, x.o.LowConfidence), x.o.PassageTokens, true), nil
}

// maxHalvings is how often a passage is cut in two because the answer to it was too long.
const maxHalvings = 8

// read asks about one passage; where the answer or the passage is too long for the model, about its halves.
func (x *Extractor) read(ctx context.Context, g *gate, p passage, halved int) error {
	ans, err := x.ask(ctx, p)
	tooLong := errors.Is(err, errTooLong)
	if err != nil && !tooLong {
		return err
	}
	if first, second, ok := p.halves(g.doc); ok && halved < maxHalvings && (tooLong || ans.cutOff()) {
		if err := x.read(ctx, g, first, halved+1); err != nil {
			return err
		}
		return x.read(ctx, g, second, halved+1)
	}
	if tooLong {
		return fmt.Errorf("even one sentence is too long for model %s; its server must give it a context of 8192 tokens or more", x.o.Model)
	}
	items, bad, err := decode(ans.Text, ans.cutOff())
	if err != nil {
		return fmt.Errorf("model %s: %w", x.o.Model, err)
	}
	for range bad {
		g.drop(item{}, Malformed)
	}
	if ans.cutOff() {
		g.drop(item{}, CutOff)
	}
	g.take(p, items)
	return nil
}

// ask is the answer to a passage, from the cache where it is there. An answer that is no JSON is asked for once more, in other words.
func (x *Extractor) ask(ctx context.Context, p passage) (answer, error) {
	key := cacheKey(x.o.Model, promptDigest(), p.message)
	if ans, ok := x.cache.get(key); ok {
		x.count(func(s *Stats) { s.Cached++ })
		return ans, nil
	}
	ans, err := x.pay(ctx, question{message: p.message})
	if err == nil {
		if _, _, bad := decode(ans.Text, ans.cutOff()); bad != nil && !ans.cutOff() {
			ans, err = x.pay(ctx, question{message: p.message, again: true})
		}
	}
	if err != nil {
		return answer{}, err
	}
	if _, _, bad := decode(ans.Text, ans.cutOff()); bad == nil || ans.cutOff() {
		if err := x.cache.put(key, ans); err != nil {
			return answer{}, x.stop(&StopError{fmt.Errorf("keep the answer of the model: %w", err)})
		}
	}
	return ans, nil
}

// pay sends one question within the budget.
func (x *Extractor) pay(ctx context.Context, q question) (answer, error) {
	if err := x.halted(); err != nil {
		return answer{}, err
	}
	want := estimateQuestion(q)
	if err := x.budget.reserve(want); err != nil {
		return answer{}, x.stop(err)
	}
	ans, err := x.client.ask(ctx, q)
	if err != nil {
		x.budget.settle(want, Tokens{})
		if stop, ok := errors.AsType[*StopError](err); ok {
			return answer{}, x.stop(stop)
		}
		return answer{}, err
	}
	if ans.Used == (Tokens{}) { // the server does not count
		ans.Used = Tokens{In: want.In, Out: tokensOf(ans.Text)}
	}
	x.budget.settle(want, ans.Used)
	x.count(func(s *Stats) {
		s.Requests++
		s.Used = s.Used.plus(ans.Used)
	})
	return ans, nil
}

func (x *Extractor) halted() error {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.stopped
}

// stop ends all asking with err.
func (x *Extractor) stop(err error) error {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.stopped = cmp.Or(x.stopped, err)
	return err
}
