package llm

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"

	"github.com/openai/openai-go/v3/option"
)

// maxBody is how many bytes of a response are read at most, stream or not.
const maxBody = 8 << 20

// guard makes the reading of a huge response fail, and turns a status of 400 and above into a statusError: servers word their errors in more ways
// than the library reads.
func guard(r *http.Request, next option.MiddlewareNext) (*http.Response, error) {
	res, err := next(r)
	if err != nil {
		return res, err
	}
	if res.StatusCode < 400 {
		res.Body = &limited{res.Body, maxBody}
		return res, nil
	}
	defer res.Body.Close()
	body, err := io.ReadAll(io.LimitReader(res.Body, 64<<10))
	if err != nil {
		body = nil // the status says enough
	}
	return nil, &statusError{res.StatusCode, res.Header, messageOf(body), strings.ToLower(string(body))}
}

type limited struct {
	io.ReadCloser
	left int
}

func (l *limited) Read(p []byte) (int, error) {
	if l.left <= 0 {
		return 0, errHuge
	}
	n, err := l.ReadCloser.Read(p[:min(len(p), l.left)])
	l.left -= n
	return n, err
}

// statusError is an answer with a status of 400 or above.
type statusError struct {
	code    int
	header  http.Header
	message string // the server's, not fit to be shown yet
	body    string // in lower case
}

// Error names the status only: the server's words may hold anything.
func (e *statusError) Error() string { return fmt.Sprintf("%d %s", e.code, http.StatusText(e.code)) }

// messageOf is what a server says in an error, empty where that is a page or nothing.
func messageOf(body []byte) string {
	var o map[string]json.RawMessage
	if json.Unmarshal(body, &o) != nil {
		text := strings.TrimSpace(string(body))
		if strings.HasPrefix(text, "<") || strings.HasPrefix(text, "{") {
			return ""
		}
		return text
	}
	for _, key := range []string{"error", "message", "detail"} {
		raw, ok := o[key]
		if !ok {
			continue
		}
		var s string
		if json.Unmarshal(raw, &s) == nil {
			return s
		}
		if inner := messageOf(raw); inner != "" && raw[0] == '{' {
			return inner
		}
	}
	return ""
}
