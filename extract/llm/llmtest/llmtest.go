// Package llmtest is a chat server for tests: it speaks the protocol of OpenAI-compatible servers, streaming and not, and says what the test
// wants it to say.
package llmtest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"
)

// Request is what a chat server is sent.
type Request struct {
	Model    string
	Stream   bool
	Messages []struct{ Role, Content string }

	Temperature         *float64
	MaxTokens           *int            `json:"max_tokens"`
	MaxCompletionTokens *int            `json:"max_completion_tokens"`
	ResponseFormat      json.RawMessage `json:"response_format"`
	StreamOptions       json.RawMessage `json:"stream_options"`

	Header http.Header `json:"-"`
}

// System is the prompt.
func (r Request) System() string { return r.Messages[0].Content }

// User is the message.
func (r Request) User() string { return r.Messages[1].Content }

// Reply is what the fake server answers.
type Reply struct {
	Content   string
	Refusal   string
	Finish    string // finish_reason, "stop" where empty; "none": the stream breaks off before it
	In, Out   int    // tokens that are said to be used; both 0: the server does not count
	Status    int    // 200 where 0
	Error     string // message of an error
	Code      string // of an error
	Header    map[string]string
	Raw       string        // the whole body, as it is
	NoChoices bool          // a body without an answer
	Wait      time.Duration // before the answer; a client that hangs up is not waited for
}

// Server is a chat server in this process, as servers on the network are: the same path, bodies and stream of events.
type Server struct {
	t      testing.TB
	answer func(n int, r Request) Reply
	mu     sync.Mutex
	asked  []Request
	*httptest.Server
}

// Serve starts a server that answers request n (0-based) with answer.
func Serve(t testing.TB, answer func(n int, r Request) Reply) *Server {
	s := &Server{t: t, answer: answer}
	s.Server = httptest.NewServer(s)
	t.Cleanup(s.Close)
	return s
}

// Requests are those that came so far.
func (s *Server) Requests() []Request {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.asked
}

func (s *Server) ServeHTTP(w http.ResponseWriter, q *http.Request) {
	if q.Method != http.MethodPost || q.URL.Path != "/v1/chat/completions" {
		http.NotFound(w, q)
		return
	}
	var r Request
	if err := json.NewDecoder(q.Body).Decode(&r); err != nil {
		s.t.Errorf("the body is no JSON: %v", err)
	}
	r.Header = q.Header
	s.mu.Lock()
	n := len(s.asked)
	s.asked = append(s.asked, r)
	s.mu.Unlock()
	p := s.answer(n, r)
	if p.Wait > 0 {
		select {
		case <-time.After(p.Wait):
		case <-q.Context().Done():
			return
		}
	}
	for k, v := range p.Header {
		w.Header().Set(k, v)
	}
	switch {
	case p.Raw != "":
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(max(p.Status, http.StatusOK))
		fmt.Fprint(w, p.Raw)
	case p.Status >= 400:
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(p.Status)
		json.NewEncoder(w).Encode(map[string]any{"error": map[string]any{"message": p.Error, "type": "invalid_request_error", "param": nil, "code": p.Code}})
	case r.Stream:
		p.stream(w, r)
	default:
		p.whole(w, r)
	}
}

func (p Reply) whole(w http.ResponseWriter, r Request) {
	if p.Finish == "" {
		p.Finish = "stop"
	}
	choices := []any{map[string]any{"index": 0, "finish_reason": p.Finish, "message": map[string]any{"role": "assistant", "content": p.Content, "refusal": p.Refusal}}}
	if p.NoChoices {
		choices = []any{}
	}
	w.Header().Set("Content-Type", "application/json")
	json.NewEncoder(w).Encode(map[string]any{
		"id": "chatcmpl-1", "object": "chat.completion", "created": 1, "model": r.Model, "choices": choices,
		"usage": map[string]any{"prompt_tokens": p.In, "completion_tokens": p.Out, "total_tokens": p.In + p.Out},
	})
}

// stream sends the content in pieces of a few bytes.
func (p Reply) stream(w http.ResponseWriter, r Request) {
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
	runes := []rune(p.Content)
	for len(runes) > 0 {
		n := min(len(runes), 7)
		event(delta(map[string]any{"content": string(runes[:n])}, nil), nil)
		runes = runes[n:]
	}
	if p.Refusal != "" {
		event(delta(map[string]any{"refusal": p.Refusal}, nil), nil)
	}
	if p.Finish == "none" {
		return
	}
	if p.Finish == "" {
		p.Finish = "stop"
	}
	event(delta(map[string]any{}, p.Finish), nil)
	if r.StreamOptions != nil {
		event([]any{}, map[string]any{"prompt_tokens": p.In, "completion_tokens": p.Out, "total_tokens": p.In + p.Out})
	}
	fmt.Fprint(w, "data: [DONE]\n\n")
}
