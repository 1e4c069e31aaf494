package llm

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/openai/openai-go/v3/packages/ssestream"
)

var (
	errTimeout = errors.New("timed out")
	errBroken  = errors.New("the answer of the model server broke off")
	errEmpty   = errors.New("the model gave no answer")
	errRefused = errors.New("the model refuses to read it")
	errTooLong = errors.New("the passage is too long for the model")
)

// failure is what to do about a request that failed.
type failure struct {
	err     error // for the user: without key and text
	again   bool  // it may go better in a while
	wait    time.Duration
	timeout bool
	lack    features // what the server turned out to lack: ask again without it
}

// failure judges an error of a request that was sent with these features.
func (c *client) failure(err error, q question, lack features) failure {
	f := failure{lack: lack}
	switch {
	case errors.Is(err, errTimeout):
		f.err, f.again, f.timeout = fmt.Errorf("no answer of the model server within %s", c.o.Timeout), true, true
		return f
	case errors.Is(err, errBroken), errors.Is(err, errEmpty), errors.Is(err, io.ErrUnexpectedEOF):
		f.err, f.again = err, true
		return f
	case errors.Is(err, errRefused), errors.Is(err, errHuge):
		f.err = err
		return f
	}
	if e, ok := errors.AsType[*statusError](err); ok {
		return c.refusal(e, q, f)
	}
	if e, ok := errors.AsType[*ssestream.StreamError](err); ok {
		f.err, f.again = fmt.Errorf("the model server broke off: %s", cmp.Or(c.redact(messageOf(e.Event.Data), q), "no reason given")), true
		return f
	}
	if isNetwork(err) {
		f.err, f.again = &StopError{fmt.Errorf("no connection to the model server at %s (%w)", c.o.URL, innermost(err))}, true
		return f
	}
	f.err = fmt.Errorf("what came from %s is no answer of an OpenAI-compatible server", c.o.URL)
	return f
}

// isNetwork reports whether err is of the connection, not of what came over it.
func isNetwork(err error) bool {
	if _, ok := errors.AsType[*url.Error](err); ok {
		return true
	}
	_, ok := errors.AsType[net.Error](err)
	return ok
}

// innermost is the cause at the end of a chain, which names neither address nor request.
func innermost(err error) error {
	for {
		next := errors.Unwrap(err)
		if next == nil {
			return err
		}
		err = next
	}
}

// refusal judges an answer with a status of 400 or above.
func (c *client) refusal(e *statusError, q question, f failure) failure {
	f.err = fmt.Errorf("the model server answers %w%s", e, c.redact(e.message, q).behind(": "))
	switch code := e.code; {
	case containsAny(e.body, "context length", "context_length", "context window", "context size", "too long", "maximum context") || code == http.StatusRequestEntityTooLarge:
		f.err = errTooLong
	case containsAny(e.body, "insufficient_quota"):
		f.err = &StopError{f.err}
	case code == http.StatusUnauthorized || code == http.StatusForbidden:
		f.err = &StopError{fmt.Errorf("%w; the key is read from ENTENTE_LLM_KEY", f.err)}
	case code == http.StatusNotFound || code == http.StatusMethodNotAllowed:
		f.err = &StopError{fmt.Errorf("%w; the address %s must be right (it usually ends in /v1), and the server have the model %s", f.err, c.o.URL, c.o.Model)}
	case code == http.StatusTooManyRequests:
		f.err, f.again, f.wait = &StopError{f.err}, true, retryAfter(e.header)
	case code == http.StatusRequestTimeout || code == http.StatusConflict:
		f.again = true
	case code == http.StatusBadRequest || code == http.StatusUnprocessableEntity || code == http.StatusUnsupportedMediaType || code == http.StatusNotImplemented:
		f.lack = lacking(e.body, f.lack, c.o.Stream)
	case code >= 500:
		if !f.lack.schema && containsAny(e.body, schemaWords...) {
			f.lack.schema = true
			break
		}
		f.again, f.wait = true, retryAfter(e.header)
	}
	return f
}

var schemaWords = []string{"response_format", "json_schema", "json schema", "structured output", "grammar", "guided"}

// lacking adds what the server complains of to what it lacks; where it does not say, the schema, which fewest servers know.
func lacking(said string, f features, stream bool) features {
	switch {
	case !f.temperature && containsAny(said, "temperature"):
		f.temperature = true
	case !f.maxTokens && containsAny(said, "max_tokens"):
		f.maxTokens = true
	case stream && !f.usage && containsAny(said, "stream_options", "include_usage"):
		f.usage = true
	default:
		f.schema = true
	}
	return f
}

func containsAny(s string, words ...string) bool {
	for _, w := range words {
		if strings.Contains(s, w) {
			return true
		}
	}
	return false
}

// maxWait is how long the program waits at most because a server asks for it.
const maxWait = 10 * time.Minute

// retryAfter is what the server asks to wait, in seconds or up to a date, zero where it does not say.
func retryAfter(from http.Header) time.Duration {
	if ms, err := strconv.ParseFloat(from.Get("Retry-After-Ms"), 64); err == nil && ms > 0 {
		return seconds(ms / 1000)
	}
	h := from.Get("Retry-After")
	if s, err := strconv.ParseFloat(h, 64); err == nil && s > 0 {
		return seconds(s)
	}
	if t, err := http.ParseTime(h); err == nil {
		return max(0, time.Until(t))
	}
	return 0
}

// seconds is s as a duration, at most a day.
func seconds(s float64) time.Duration { return time.Duration(min(s, 86400) * float64(time.Second)) }

// backoff is the wait before the attempt that follows: half a second, doubled each time, and up to a quarter more so that many do not come back together.
func backoff(attempt int) time.Duration {
	d := 500 * time.Millisecond << min(attempt-1, 6)
	return d + rand.N(d/4)
}

// pacer keeps all requests waiting when one was told to.
type pacer struct {
	mu    sync.Mutex
	until time.Time
}

func (p *pacer) push(d time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if t := time.Now().Add(d); t.After(p.until) {
		p.until = t
	}
}

func (p *pacer) wait(ctx context.Context, sleep func(context.Context, time.Duration) error) error {
	p.mu.Lock()
	d := time.Until(p.until)
	p.mu.Unlock()
	if d <= 0 {
		return ctx.Err()
	}
	return sleep(ctx, d)
}

func sleep(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-t.C:
		return nil
	}
}

// said is what a server said, fit to be shown.
type said string

func (s said) behind(prefix string) string {
	if s == "" {
		return ""
	}
	return prefix + string(s)
}

// echoed is how many bytes of the message in a row a server may repeat before its words are withheld.
const echoed = 24

// redact is a server's message on one line, without the key; where it repeats the article, it is withheld.
func (c *client) redact(message string, q question) said {
	if c.o.Key != "" {
		message = strings.ReplaceAll(message, c.o.Key, "(key)")
		if n := len(c.o.Key); n >= 12 { // as servers shorten it: the beginning, stars, the end
			message = strings.ReplaceAll(strings.ReplaceAll(message, c.o.Key[:8], "(key)"), c.o.Key[n-4:], "(key)")
		}
	}
	message = short(message, 200)
	text := strings.Join(strings.Fields(q.message), " ")
	for i := 0; i+echoed <= len(message); i++ {
		if strings.Contains(text, message[i:i+echoed]) {
			return "(its message repeats the article and is not shown)"
		}
	}
	return said(message)
}
