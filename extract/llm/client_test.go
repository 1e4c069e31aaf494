package llm

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"entente/extract"
	"entente/extract/llm/llmtest"
	"entente/schema"
)

var agreed = triples("NATO agreed with Russia | NATO | AGREE | Russia")

// bothWays runs f for answers in one piece and for streams.
func bothWays(t *testing.T, f func(t *testing.T, stream bool)) {
	for _, stream := range []bool{false, true} {
		t.Run(fmt.Sprintf("stream=%v", stream), func(t *testing.T) { f(t, stream) })
	}
}

// TestFallBack: what a server says it lacks is left out, at once and for all requests after.
func TestFallBack(t *testing.T) {
	for _, tt := range []struct {
		name, say string
		status    int
		lacks     func(r llmtest.Request) bool // whether this request has what the server lacks
	}{
		{"schema", "response_format.type must be text or json_object", 400, func(r llmtest.Request) bool { return r.ResponseFormat != nil }},
		{"grammar", "failed to parse grammar", 500, func(r llmtest.Request) bool { return r.ResponseFormat != nil }},
		{"not said", "Bad Request", 422, func(r llmtest.Request) bool { return r.ResponseFormat != nil }},
		{"temperature", "Unsupported value: 'temperature' does not support 0", 400, func(r llmtest.Request) bool { return r.Temperature != nil }},
		{"limit", "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.", 400, func(r llmtest.Request) bool { return r.MaxTokens != nil }},
		{"usage", "unknown field stream_options", 400, func(r llmtest.Request) bool { return r.StreamOptions != nil }},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := llmtest.Serve(t, func(_ int, r llmtest.Request) llmtest.Reply {
				if tt.lacks(r) {
					return llmtest.Reply{Status: tt.status, Error: tt.say}
				}
				return llmtest.Reply{Content: "Sure!\n" + agreed}
			})
			x := reader(t, s, func(o *Options) { o.Stream = tt.name == "usage" })
			for range 2 {
				if got := read(t, x, "NATO agreed with Russia."); !strings.HasPrefix(got, "NATO AGREE RUS") {
					t.Fatalf("read %q", got)
				}
			}
			rs := s.Requests()
			if len(rs) != 3 {
				t.Fatalf("asked %d times, want 3", len(rs))
			}
			if spelled := strings.Contains(rs[2].System(), "Answer with one JSON object"); spelled != (rs[2].ResponseFormat == nil) {
				t.Errorf("schema %s, spelled out %v", rs[2].ResponseFormat, spelled)
			}
			if rs[2].MaxTokens == nil && rs[2].MaxCompletionTokens == nil {
				t.Error("answers are without a limit")
			}
		})
	}
}

// TestRetry: a busy or failing server is asked again, after as long as it wants.
func TestRetry(t *testing.T) {
	in90 := time.Now().Add(90 * time.Second).UTC().Format(http.TimeFormat)
	for _, tt := range []struct {
		reply    llmtest.Reply
		min, max time.Duration
	}{
		{llmtest.Reply{Status: 429, Error: "slow down", Header: map[string]string{"Retry-After": "7"}}, 6 * time.Second, 7 * time.Second},
		{llmtest.Reply{Status: 429, Error: "slow down", Header: map[string]string{"Retry-After-Ms": "1500"}}, time.Second, 1500 * time.Millisecond},
		{llmtest.Reply{Status: 503, Error: "loading", Header: map[string]string{"Retry-After": in90}}, 80 * time.Second, 90 * time.Second},
		{llmtest.Reply{Status: 500, Error: "oops"}, 400 * time.Millisecond, 700 * time.Millisecond},
		{llmtest.Reply{NoChoices: true}, 400 * time.Millisecond, 700 * time.Millisecond},
		{llmtest.Reply{Content: ""}, 400 * time.Millisecond, 700 * time.Millisecond},
	} {
		s := llmtest.Serve(t, func(n int, _ llmtest.Request) llmtest.Reply {
			if n == 0 {
				return tt.reply
			}
			return llmtest.Reply{Content: agreed}
		})
		x := reader(t, s, nil)
		var mu sync.Mutex
		var slept []time.Duration
		x.client.sleep = func(_ context.Context, d time.Duration) error {
			mu.Lock()
			defer mu.Unlock()
			slept = append(slept, d)
			x.client.pace.until = time.Time{}
			return nil
		}
		if got := read(t, x, "NATO agreed with Russia."); !strings.HasPrefix(got, "NATO AGREE RUS") {
			t.Errorf("%+v: read %q", tt.reply, got)
		}
		if len(slept) != 1 || slept[0] < tt.min || slept[0] > tt.max {
			t.Errorf("%+v: waited %v", tt.reply, slept)
		}
	}
}

// TestFailures: what the user is told, whether the run can go on, and how often the server is asked. Neither key nor text is in it.
func TestFailures(t *testing.T) {
	const text = "NATO agreed with Russia on a plan that nobody else has heard of."
	for _, tt := range []struct {
		name  string
		reply llmtest.Reply
		want  string
		stops bool
		asked int
	}{
		{"key", llmtest.Reply{Status: 401, Error: "Incorrect API key provided: " + secret}, "401 Unauthorized: Incorrect API key provided: (key); the key is read from ENTENTE_LLM_KEY", true, 1},
		{"key in stars", llmtest.Reply{Status: 401, Error: "Incorrect API key provided: " + secret[:8] + "*****" + secret[len(secret)-4:]}, "provided: (key)*****(key)", true, 1},
		{"model", llmtest.Reply{Status: 404, Error: "model 'fake-1' not found"}, "model 'fake-1' not found; the address", true, 1},
		{"quota", llmtest.Reply{Status: 429, Error: "You exceeded your current quota", Code: "insufficient_quota"}, "exceeded your current quota", true, 1},
		{"always busy", llmtest.Reply{Status: 429, Error: "slow down"}, "429 Too Many Requests: slow down", true, 5},
		{"come back tomorrow", llmtest.Reply{Status: 429, Error: "slow down", Header: map[string]string{"Retry-After": "7200"}}, "asks to wait for 2h0m0s", true, 1},
		{"always broken", llmtest.Reply{Status: 500, Error: "cuda"}, "500 Internal Server Error: cuda", false, 5},
		{"echo", llmtest.Reply{Status: 500, Error: "cannot tokenize: on a plan that nobody else has heard of"}, "repeats the article and is not shown", false, 5},
		{"too long", llmtest.Reply{Status: 400, Error: "This model's maximum context length is 512 tokens"}, "even one sentence is too long for model fake-1", false, 1},
		{"refusal", llmtest.Reply{Content: "", Refusal: "I cannot read about " + text}, "the model refuses to read it", false, 1},
		{"filter", llmtest.Reply{Content: "{", Finish: "content_filter"}, "the model refuses to read it", false, 1},
		{"a page", llmtest.Reply{Raw: "<html>" + text + secret + "</html>"}, "is no answer of an OpenAI-compatible server", false, 1},
		{"other types", llmtest.Reply{Raw: `{"choices":"` + text + `","usage":[]}`}, "gave no answer", false, 5},
		{"a number for a code", llmtest.Reply{Status: 400, Raw: `{"error":{"code":400,"message":"no such slot","type":"invalid_request_error"}}`}, "400 Bad Request: no such slot", false, 2},
		{"detail", llmtest.Reply{Status: 403, Raw: `{"detail":"not yours"}`}, "403 Forbidden: not yours; the key", true, 1},
		{"error is text", llmtest.Reply{Status: 500, Raw: `{"error":"out of memory"}`}, "500 Internal Server Error: out of memory", false, 5},
		{"plain text", llmtest.Reply{Status: 404, Raw: "404 page not found\n"}, "404 Not Found: 404 page not found; the address", true, 1},
		{"a page with a status", llmtest.Reply{Status: 502, Raw: "<html>Bad gateway " + secret + "</html>"}, "502 Bad Gateway", false, 5},
		{"error without a word", llmtest.Reply{Status: 418}, "418 I'm a teapot", false, 1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := always(t, tt.reply)
			x := reader(t, s, nil)
			_, err := x.Extract(t.Context(), story(text))
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Fatalf("error %v, want %q", err, tt.want)
			}
			for _, leak := range []string{secret, "nobody else", secret[:8]} {
				if strings.Contains(err.Error(), leak) {
					t.Errorf("%q stands in %v", leak, err)
				}
			}
			if _, ok := errors.AsType[*StopError](err); ok != tt.stops {
				t.Errorf("stops %v, want %v", ok, tt.stops)
			}
			if n := len(s.Requests()); n != tt.asked {
				t.Errorf("asked %d times, want %d", n, tt.asked)
			}
			if _, again := x.Extract(t.Context(), story(text)); tt.stops && (again == nil || len(s.Requests()) != tt.asked) {
				t.Errorf("asked again after the end: %v", again)
			}
		})
	}
}

func TestTimeout(t *testing.T) {
	bothWays(t, func(t *testing.T, stream bool) {
		s := always(t, llmtest.Reply{Content: agreed, Wait: 10 * time.Second})
		x := reader(t, s, func(o *Options) { o.Stream, o.Timeout = stream, 30*time.Millisecond })
		_, err := x.Extract(t.Context(), story("NATO agreed with Russia."))
		if err == nil || err.Error() != "no answer of the model server within 30ms" {
			t.Errorf("error %v", err)
		}
		if n := len(s.Requests()); n != 2 {
			t.Errorf("asked %d times", n)
		}
	})
}

func TestInterrupted(t *testing.T) {
	bothWays(t, func(t *testing.T, stream bool) {
		ctx, cancel := context.WithCancel(t.Context())
		s := llmtest.Serve(t, func(int, llmtest.Request) llmtest.Reply {
			cancel()
			return llmtest.Reply{Content: agreed, Wait: 10 * time.Second}
		})
		_, err := reader(t, s, func(o *Options) { o.Stream = stream }).Extract(ctx, story("NATO agreed with Russia."))
		if !errors.Is(err, context.Canceled) {
			t.Errorf("error %v", err)
		}
	})
}

func TestHugeAnswer(t *testing.T) {
	bothWays(t, func(t *testing.T, stream bool) {
		event := `data: {"choices":[{"delta":{"content":"` + strings.Repeat("a", 1<<16) + "\"}}]}\n\n"
		s := always(t, llmtest.Reply{Raw: strings.Repeat(event, maxBody/len(event)+2)})
		_, err := reader(t, s, func(o *Options) { o.Stream = stream }).Extract(t.Context(), story("NATO agreed with Russia."))
		if !errors.Is(err, errHuge) || len(s.Requests()) != 1 {
			t.Errorf("error %v after %d requests", err, len(s.Requests()))
		}
	})
}

func TestBrokenStream(t *testing.T) {
	for _, tt := range []struct {
		reply llmtest.Reply
		want  string
	}{
		{llmtest.Reply{Content: agreed, Finish: "none"}, "the answer of the model server broke off"},
		{llmtest.Reply{Raw: "data: {\"error\":{\"message\":\"out of memory\"}}\n\n"}, "the model server broke off: out of memory"},
		{llmtest.Reply{Raw: "data: {\"error\":\"" + secret + "\"}\n\n"}, "the model server broke off: (key)"},
		{llmtest.Reply{Raw: "data: {\"error\":[]}\n\n"}, "the model server broke off: no reason given"},
		{llmtest.Reply{Raw: "data: not json\n\n"}, "is no answer of an OpenAI-compatible server"},
		{llmtest.Reply{Raw: `{"choices":[]}`}, "the answer of the model server broke off"},
	} {
		_, err := reader(t, always(t, tt.reply), func(o *Options) { o.Stream = true }).Extract(t.Context(), story("NATO agreed with Russia."))
		if err == nil || !strings.Contains(err.Error(), tt.want) || strings.Contains(err.Error(), secret) {
			t.Errorf("%+v: error %v", tt.reply, err)
		}
	}
}

func TestNoServer(t *testing.T) {
	s := always(t, llmtest.Reply{})
	x := reader(t, s, nil)
	s.Close()
	_, err := x.Extract(t.Context(), story("NATO agreed with Russia."))
	if _, ok := errors.AsType[*StopError](err); !ok || !strings.Contains(err.Error(), "no connection to the model server at http://127.0.0.1") {
		t.Errorf("error %v", err)
	}
}

// TestEnvironment: the variables of the vendor's own library are not read: their key is not for this server.
func TestEnvironment(t *testing.T) {
	t.Setenv("OPENAI_API_KEY", "sk-of-another-server")
	t.Setenv("OPENAI_BASE_URL", "http://localhost:1/v1")
	t.Setenv("OPENAI_ORG_ID", "another")
	t.Setenv("OPENAI_CUSTOM_HEADERS", "X-Other: another")
	s := always(t, llmtest.Reply{Content: agreed})
	read(t, reader(t, s, func(o *Options) { o.Key = "" }), "NATO agreed with Russia.")
	for name, values := range s.Requests()[0].Header {
		if v := strings.Join(values, " "); name == "Authorization" || strings.Contains(v, "another") {
			t.Errorf("%s: %s was sent", name, v)
		}
	}
}

func TestCache(t *testing.T) {
	s := always(t, llmtest.Reply{Content: agreed, In: 100, Out: 10})
	dir := t.TempDir()
	cached := func(o *Options) { o.Cache = dir }
	text := "NATO agreed with Russia."
	first := read(t, reader(t, s, cached), text)
	x := reader(t, s, cached)
	if got := read(t, x, text); got != first || len(s.Requests()) != 1 {
		t.Errorf("asked %d times, read %q then %q", len(s.Requests()), first, got)
	}
	if st := x.Stats(); st.Cached != 1 || st.Requests != 0 || st.Used.Sum() != 0 {
		t.Errorf("%+v", st)
	}
	read(t, reader(t, s, func(o *Options) { o.Cache, o.Model = dir, "fake-2" }), text)
	if n := len(s.Requests()); n != 2 {
		t.Errorf("another model: asked %d times", n)
	}
	read(t, reader(t, s, cached), text+" Then it rained.")
	if n := len(s.Requests()); n != 3 {
		t.Errorf("another text: asked %d times", n)
	}
	spoil(t, dir)
	if got := read(t, reader(t, s, cached), text); got != first || len(s.Requests()) != 4 {
		t.Errorf("spoilt files: asked %d times, read %q", len(s.Requests()), got)
	}
	if e, err := x.Estimate(t.Context(), story(text)); err != nil || e.Cached != 1 || e.Requests != 0 || e.Tokens.Sum() != 0 {
		t.Errorf("estimate %+v, %v", e, err)
	}
}

func TestCacheKey(t *testing.T) {
	keys := map[string]bool{}
	for _, k := range [][3]string{{"a", "b", "c"}, {"x", "b", "c"}, {"a", "x", "c"}, {"a", "b", "x"}, {"ab", "", "c"}, {"a", "bc", ""}} {
		keys[cacheKey(k[0], k[1], k[2])] = true
	}
	if len(keys) != 6 || !keys[cacheKey("a", "b", "c")] {
		t.Errorf("%d keys", len(keys))
	}
}

// TestConcurrent: many articles at once are read in order, and the limits hold.
func TestConcurrent(t *testing.T) {
	s := always(t, llmtest.Reply{Content: agreed, In: 100, Out: 10})
	x := reader(t, s, func(o *Options) { o.Cache = t.TempDir() })
	articles := func(yield func(schema.Article, error) bool) {
		for i := range 40 {
			a := story(fmt.Sprintf("NATO agreed with Russia. It was day %d.", i))
			a.ID = fmt.Sprint(i)
			if !yield(a, nil) {
				return
			}
		}
	}
	i := 0
	for r, err := range extract.All(t.Context(), x, articles, 8) {
		if err != nil || r.Article.ID != fmt.Sprint(i) || len(r.Triples) != 1 {
			t.Errorf("article %d: %s, %v", i, r, err)
		}
		i++
	}
	if st := x.Stats(); i != 40 || st.Requests != 40 || st.Kept != 40 || st.Used != (Tokens{4000, 400}) {
		t.Errorf("%d articles, %+v", i, st)
	}
}

// TestBudget: the articles before the limit are read, those after it are not, and nothing is asked beyond it.
func TestBudget(t *testing.T) {
	s := always(t, llmtest.Reply{Content: agreed, In: 4000, Out: 100})
	x := reader(t, s, func(o *Options) { o.Budget = 10000 })
	for i := range 4 {
		_, err := x.Extract(t.Context(), story("NATO agreed with Russia."))
		if ok := err == nil; ok != (i < 2) {
			t.Errorf("article %d: %v", i, err)
		}
		if _, stop := errors.AsType[*StopError](err); i >= 2 && (!stop || !errors.Is(err, ErrBudget)) {
			t.Errorf("article %d: %v", i, err)
		}
	}
	if n := len(s.Requests()); n != 2 {
		t.Errorf("asked %d times", n)
	}
}

// TestEstimate: an estimate is near to what a server that counts four bytes a token would say.
func TestEstimate(t *testing.T) {
	s := always(t, llmtest.Reply{Content: agreed})
	x := reader(t, s, nil)
	e, err := x.Estimate(t.Context(), story(meeting))
	if err != nil || len(s.Requests()) != 0 {
		t.Fatalf("%v, asked %d times", err, len(s.Requests()))
	}
	read(t, x, meeting)
	q := s.Requests()[0]
	sent := tokensOf(q.System() + q.User() + string(q.ResponseFormat))
	if e.Articles != 1 || e.Requests != 1 || e.Tokens.In < sent*3/4 || e.Tokens.In > sent*5/4 || e.Tokens.Out < 50 {
		t.Errorf("estimated %+v, sent about %d", e, sent)
	}
	if used := x.Stats().Used; used != (Tokens{e.Tokens.In, tokensOf(agreed)}) {
		t.Errorf("a server that does not count: %+v", used)
	}
}
