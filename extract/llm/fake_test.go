package llm

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"entente/extract/rules"
	"entente/schema"
)

// request is what a chat server is sent.
type request struct {
	Model    string
	Stream   bool
	Messages []struct{ Role, Content string }

	Temperature         *float64
	MaxTokens           *int            `json:"max_tokens"`
	MaxCompletionTokens *int            `json:"max_completion_tokens"`
	ResponseFormat      json.RawMessage `json:"response_format"`
	StreamOptions       json.RawMessage `json:"stream_options"`

	header http.Header
}

func (r request) system() string { return r.Messages[0].Content }
func (r request) user() string   { return r.Messages[1].Content }

// reply is what the fake server answers.
type reply struct {
	content, refusal string
	finish           string // "stop" where empty; "none": the stream breaks off
	used             Tokens
	status           int // 200 where 0
	err              string
	header           map[string]string
	raw              string // the whole body, as it is
	empty            bool   // no choices
	wait             time.Duration
}

// server is a chat server in this process, as servers on the network are: the same path, bodies and stream of events.
type server struct {
	t      testing.TB
	answer func(n int, r request) reply
	mu     sync.Mutex
	asked  []request
	*httptest.Server
}

// serve starts a server that answers request n (0-based) with answer.
func serve(t testing.TB, answer func(n int, r request) reply) *server {
	s := &server{t: t, answer: answer}
	s.Server = httptest.NewServer(s)
	t.Cleanup(s.Close)
	return s
}

func (s *server) requests() []request {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.asked
}

func (s *server) ServeHTTP(w http.ResponseWriter, q *http.Request) {
	if q.Method != http.MethodPost || q.URL.Path != "/v1/chat/completions" {
		http.NotFound(w, q)
		return
	}
	var r request
	if err := json.NewDecoder(q.Body).Decode(&r); err != nil {
		s.t.Errorf("the body is no JSON: %v", err)
	}
	r.header = q.Header
	s.mu.Lock()
	n := len(s.asked)
	s.asked = append(s.asked, r)
	s.mu.Unlock()
	p := s.answer(n, r)
	if p.wait > 0 {
		select {
		case <-time.After(p.wait):
		case <-q.Context().Done():
			return
		}
	}
	for k, v := range p.header {
		w.Header().Set(k, v)
	}
	switch {
	case p.raw != "":
		w.Header().Set("Content-Type", "application/json")
		fmt.Fprint(w, p.raw)
	case p.status >= 400:
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(p.status)
		json.NewEncoder(w).Encode(map[string]any{"error": map[string]any{"message": p.err, "type": "invalid_request_error", "param": nil, "code": nil}})
	case r.Stream:
		p.stream(w, r)
	default:
		p.whole(w, r)
	}
}

func (p reply) whole(w http.ResponseWriter, r request) {
	if p.finish == "" {
		p.finish = "stop"
	}
	choices := []any{map[string]any{"index": 0, "finish_reason": p.finish, "message": map[string]any{"role": "assistant", "content": p.content, "refusal": p.refusal}}}
	if p.empty {
		choices = []any{}
	}
	w.Header().Set("Content-Type", "application/json")
	json.NewEncoder(w).Encode(map[string]any{
		"id": "chatcmpl-1", "object": "chat.completion", "created": 1, "model": r.Model, "choices": choices,
		"usage": map[string]any{"prompt_tokens": p.used.In, "completion_tokens": p.used.Out, "total_tokens": p.used.Sum()},
	})
}

// stream sends the content in pieces of a few bytes.
func (p reply) stream(w http.ResponseWriter, r request) {
	w.Header().Set("Content-Type", "text/event-stream")
	event := func(choices []any, usage any) {
		b, _ := json.Marshal(map[string]any{"id": "chatcmpl-1", "object": "chat.completion.chunk", "created": 1, "model": r.Model, "choices": choices, "usage": usage})
		fmt.Fprintf(w, "data: %s\n\n", b)
		w.(http.Flusher).Flush()
	}
	delta := func(d map[string]any, finish any) []any {
		return []any{map[string]any{"index": 0, "delta": d, "finish_reason": finish}}
	}
	fmt.Fprint(w, ": hello\n\n")
	event(delta(map[string]any{"role": "assistant", "content": ""}, nil), nil)
	runes := []rune(p.content)
	for len(runes) > 0 {
		n := min(len(runes), 7)
		event(delta(map[string]any{"content": string(runes[:n])}, nil), nil)
		runes = runes[n:]
	}
	if p.refusal != "" {
		event(delta(map[string]any{"refusal": p.refusal}, nil), nil)
	}
	if p.finish == "none" {
		return
	}
	if p.finish == "" {
		p.finish = "stop"
	}
	event(delta(map[string]any{}, p.finish), nil)
	if r.StreamOptions != nil {
		event([]any{}, map[string]any{"prompt_tokens": p.used.In, "completion_tokens": p.used.Out, "total_tokens": p.used.Sum()})
	}
	fmt.Fprint(w, "data: [DONE]\n\n")
}

// steps are the rules beneath all tests: loading them takes a while.
var steps = sync.OnceValues(func() (*rules.Extractor, error) { return rules.New(rules.Options{Fast: true}) })

// reader is an extractor that asks s; it does not really wait.
func (s *server) reader(t testing.TB, change func(*Options)) *Extractor {
	t.Helper()
	r, err := steps()
	if err != nil {
		t.Fatal(err)
	}
	o := Options{URL: s.URL + "/v1", Model: "fake-1", Key: "sk-a-secret-key-0123456789"}
	if change != nil {
		change(&o)
	}
	x, err := New(r, o)
	if err != nil {
		t.Fatal(err)
	}
	x.client.sleep = func(ctx context.Context, _ time.Duration) error { return ctx.Err() }
	return x
}

// said is an answer with these triples, each "quote | subject | relation | object | key=value ...".
func triples(lines ...string) string {
	list := []map[string]string{}
	for _, l := range lines {
		f := strings.Split(l, " | ")
		it := map[string]string{"status": "asserted"}
		for i, name := range []string{"quote", "subject", "relation", "object"} {
			it[name] = f[i]
		}
		for _, kv := range f[4:] {
			k, v, _ := strings.Cut(kv, "=")
			it[k] = v
		}
		for _, name := range itemFields {
			it[name] += ""
		}
		list = append(list, it)
	}
	b, _ := json.Marshal(map[string]any{"triples": list})
	return string(b)
}

// story is an article of our own: a Thursday.
func story(text string) schema.Article {
	return schema.Article{ID: "wire-1", Title: "Talks", Published: "2010-12-09", Text: text}
}

const meeting = "NATO agreed with Russia on Wednesday to resume joint exercises.\n\n" +
	"Russian Foreign Minister Sergei Lavrov called the decision “a good step – at last”. Moscow accused the alliance of spying last month. " +
	"The weather in Brussels was fine.\n"
