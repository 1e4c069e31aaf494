package web_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"golang.org/x/net/html"

	"entente/graph"
	"entente/graph/memory"
	"entente/graph/web"
	"entente/schema"
)

// everyAddress is every view of the story, the hostile parts of it first, and what goes wrong.
func everyAddress(tb testing.TB) []string {
	evil := `x"><script>alert('id')</script>`
	all := []string{
		"/article?" + url.Values{"id": {evil}}.Encode(), "/event/" + idOf(tb, "RUS ACCUSE IRN 2012-04-30"), "/event/" + idOf(tb, ".. CONSULT ISR 2012-04-29"),
		"/pair/IRN/RUS", "/pair?a=..&b=ISR", "/entity/IRN", "/entity/ISR", "/entity/SAU", "/pair/RUS/SAU", "/search?q=script", "/search?q=" + url.QueryEscape(`"><script>alert(1)</script>`),
		"/entity/" + url.PathEscape(`<script>alert(1)</script>`), "/pair/RUS/" + url.PathEscape(`" onload="alert(1)`), "/nope?" + url.QueryEscape("<script>"),
		"/pair/NATO/RUS?relation=" + url.QueryEscape("<script>alert(1)</script>"), "/pair/NATO/RUS?from=" + url.QueryEscape(`"><script>`), "/pair/NATO/RUS?format=" + url.QueryEscape("<script>"),
		"/network?top=" + url.QueryEscape("<script>"), "/cypher?q=" + url.QueryEscape("</textarea><script>alert(1)</script>"),
	}
	for a := range addresses(tb) {
		all = append(all, a)
	}
	slices.Sort(all)
	return all
}

type asker struct{ err error }

func (a asker) Query(ctx context.Context, statement string, limit int) ([]string, [][]string, bool, error) {
	if strings.Contains(statement, "bomb") {
		<-ctx.Done()
		return nil, nil, false, ctx.Err()
	}
	return []string{"<b>column</b>"}, [][]string{{statement}, {"=1+1"}}, true, a.err
}

// TestHostileText parses every page: nothing from an article, a name or an address may become an element, an attribute or a script's address.
func TestHostileText(t *testing.T) {
	for name, o := range map[string]web.Options{"plain": {Also: predecessors}, "cypher": {Querier: asker{}}, "refused": {Querier: asker{errors.New("<script>no</script>")}}} {
		s := open(t, stores(t, story(t)...)["sqlite"], o)
		for _, address := range everyAddress(t) {
			w := get(t, s, address)
			if w.Code >= 500 {
				t.Errorf("%s %s: %d", name, address, w.Code)
			}
			if strings.HasPrefix(w.Header().Get("Content-Type"), "text/html") {
				checkElements(t, address, w.Body.String())
			}
		}
	}
}

// checkElements fails where a page has an element, attribute or address that could run or load something.
func checkElements(tb testing.TB, address, body string) {
	tb.Helper()
	root, err := html.Parse(strings.NewReader(body))
	if err != nil {
		tb.Fatal(err)
	}
	for n := range root.Descendants() {
		if n.Type == html.TextNode && strings.ContainsAny(n.Data, "\u202A\u202B\u202C\u202D\u202E\u2066\u2067\u2069\x01") && !within(n, "svg") {
			tb.Errorf("%s: text turns direction or controls: %q", address, n.Data)
		}
		if n.Type != html.ElementNode {
			continue
		}
		switch n.Data {
		case "script":
			if n.FirstChild != nil || !strings.HasPrefix(attribute(n, "src"), "/assets/desk.js?v=") {
				tb.Errorf("%s: a script in the page: %v %v", address, n.Attr, n.FirstChild)
			}
		case "style", "iframe", "object", "embed", "base", "b":
			tb.Errorf("%s: element %s", address, n.Data)
		}
		for _, a := range n.Attr {
			value := strings.ToLower(strings.TrimSpace(a.Val))
			switch {
			case strings.HasPrefix(a.Key, "on") || a.Key == "style":
				tb.Errorf("%s: %s has %s=%q", address, n.Data, a.Key, a.Val)
			case (a.Key == "href" || a.Key == "src" || a.Key == "action") && !strings.HasPrefix(value, "/") && !strings.HasPrefix(value, "#") && !strings.HasPrefix(value, "https://news.example/"),
				(a.Key == "href" || a.Key == "src" || a.Key == "action") && strings.HasPrefix(value, "//"):
				tb.Errorf("%s: %s leads to %q", address, n.Data, a.Val)
			}
		}
	}
}

func within(n *html.Node, element string) bool {
	for p := range n.Ancestors() {
		if p.Data == element {
			return true
		}
	}
	return false
}

func attribute(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key && a.Namespace == "" {
			return a.Val
		}
	}
	return ""
}

func TestVisible(t *testing.T) {
	s := desk(t)
	has(t, get(t, s, "/event/"+idOf(t, ".. CONSULT ISR 2012-04-29")), http.StatusOK, "[U+202E]evil[U+202C] name", "Two dots [U+0001] met [U+2067]them[U+2069].")
	has(t, get(t, s, "/pair/IRN/RUS"), http.StatusOK, "&lt;script&gt;alert(&#39;name&#39;)&lt;/script&gt;", "!<script>alert", "[U+202E]film.exe")
	has(t, get(t, s, "/article?id="+url.QueryEscape(`x"><script>alert('id')</script>`)), http.StatusOK, "!href=\"javascript", "&lt;b&gt;Wire&lt;/b&gt;")
}

// TestHeaders: every answer, also of an error, has them.
func TestHeaders(t *testing.T) {
	s := desk(t)
	for _, address := range append(everyAddress(t), "/assets/desk.css", "/pair/NATO/RUS?format=csv", "/?format=svg", "/robots.txt", "/nope") {
		h := get(t, s, address).Header()
		policy := h.Get("Content-Security-Policy")
		if !strings.HasPrefix(policy, "default-src 'none'; ") || strings.Contains(policy, "unsafe") || h.Get("X-Content-Type-Options") != "nosniff" || h.Get("X-Frame-Options") != "DENY" ||
			h.Get("Cross-Origin-Resource-Policy") != "same-origin" || h.Get("Referrer-Policy") == "" {
			t.Errorf("%s: headers %v", address, h)
		}
	}
}

func TestGuard(t *testing.T) {
	s := open(t, stores(t, story(t)...)["sqlite"], web.Options{Hosts: []string{"desk.example"}})
	set := func(key, value string) func(*http.Request) { return func(r *http.Request) { r.Header.Set(key, value) } }
	host := func(h string) func(*http.Request) { return func(r *http.Request) { r.Host = h } }
	method := func(m string) func(*http.Request) { return func(r *http.Request) { r.Method = m } }
	for name, tt := range map[string]struct {
		edit []func(*http.Request)
		code int
	}{
		"plain":                 {nil, 200},
		"head":                  {[]func(*http.Request){method("HEAD")}, 200},
		"localhost":             {[]func(*http.Request){host("localhost:8080")}, 200},
		"IPv6":                  {[]func(*http.Request){host("[::1]:8080")}, 200},
		"allowed name":          {[]func(*http.Request){host("Desk.Example")}, 200},
		"forged host":           {[]func(*http.Request){host("evil.example")}, 421},
		"forged host with port": {[]func(*http.Request){host("evil.example:8080")}, 421},
		"host like ours":        {[]func(*http.Request){host("127.0.0.1.evil.example")}, 421},
		"localhost of another":  {[]func(*http.Request){host("localhost.evil.example")}, 421},
		"no host":               {[]func(*http.Request){host("")}, 421},
		"own origin":            {[]func(*http.Request){set("Origin", "http://127.0.0.1:8080")}, 200},
		"other origin":          {[]func(*http.Request){set("Origin", "http://evil.example")}, 403},
		"other port":            {[]func(*http.Request){set("Origin", "http://127.0.0.1:9999")}, 403},
		"null origin":           {[]func(*http.Request){set("Origin", "null")}, 403},
		"embedded elsewhere":    {[]func(*http.Request){set("Sec-Fetch-Site", "cross-site"), set("Sec-Fetch-Mode", "no-cors"), set("Sec-Fetch-Dest", "image")}, 403},
		"framed elsewhere":      {[]func(*http.Request){set("Sec-Fetch-Site", "cross-site"), set("Sec-Fetch-Mode", "navigate"), set("Sec-Fetch-Dest", "iframe")}, 403},
		"link from elsewhere":   {[]func(*http.Request){set("Sec-Fetch-Site", "cross-site"), set("Sec-Fetch-Mode", "navigate"), set("Sec-Fetch-Dest", "document")}, 200},
		"post":                  {[]func(*http.Request){method("POST")}, 405},
		"put":                   {[]func(*http.Request){method("PUT")}, 405},
		"delete":                {[]func(*http.Request){method("DELETE")}, 405},
		"long address":          {[]func(*http.Request){func(r *http.Request) { r.URL.RawQuery = "q=" + strings.Repeat("a", 10<<20) }}, 414},
	} {
		t.Run(name, func(t *testing.T) { has(t, get(t, s, "/pair/NATO/RUS", tt.edit...), tt.code) })
	}
	if w := get(t, s, "/", method("POST")); w.Header().Get("Allow") != "GET, HEAD" {
		t.Errorf("Allow is %q", w.Header().Get("Allow"))
	}
	if w := get(t, s, "/", method("HEAD")); w.Body.Len() > 0 {
		t.Error("HEAD has a body")
	}
}

func TestToken(t *testing.T) {
	const token = "a token of some length"
	s := open(t, stores(t, story(t)...)["sqlite"], web.Options{Token: token})
	for _, address := range everyAddress(t) {
		has(t, get(t, s, address), http.StatusUnauthorized, `action="/login"`, "!<table", "!<svg", "!Orlova")
	}
	has(t, get(t, s, "/?token=wrong"), http.StatusUnauthorized)
	has(t, get(t, s, "/", func(r *http.Request) { r.Header.Set("Authorization", "Bearer "+token) }), http.StatusOK)
	has(t, get(t, s, "/", func(r *http.Request) { r.AddCookie(&http.Cookie{Name: "entente", Value: token}) }), http.StatusUnauthorized)
	w := get(t, s, "/pair/NATO/RUS?year=2010&token="+url.QueryEscape(token))
	if got := w.Header().Get("Location"); w.Code != http.StatusSeeOther || got != "/pair/NATO/RUS?year=2010" {
		t.Fatalf("%d to %q", w.Code, got)
	}
	cookie := w.Result().Cookies()[0]
	if !cookie.HttpOnly || cookie.SameSite != http.SameSiteLaxMode || strings.Contains(cookie.Value, "token") {
		t.Errorf("cookie %v", cookie)
	}
	has(t, get(t, s, "/pair/NATO/RUS", func(r *http.Request) { r.AddCookie(cookie) }), http.StatusOK, "NATO")
	login := func(token, next string) *httptest.ResponseRecorder {
		return get(t, s, "/login", func(r *http.Request) {
			r.Method = http.MethodPost
			r.Body = io.NopCloser(strings.NewReader(url.Values{"token": {token}, "next": {next}}.Encode()))
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			r.Header.Set("Origin", "http://127.0.0.1:8080")
		})
	}
	has(t, login("wrong", "/"), http.StatusUnauthorized, "This is not the token.")
	for next, want := range map[string]string{"/pair/NATO/RUS?year=2010": "/pair/NATO/RUS?year=2010", "https://evil.example/": "/", "//evil.example/": "/", `/\evil.example`: "/%5Cevil.example", "": "/", "evil": "/"} {
		if w := login(token, next); w.Code != http.StatusSeeOther || w.Header().Get("Location") != want {
			t.Errorf("login to %q: %d to %q, want %q", next, w.Code, w.Header().Get("Location"), want)
		}
	}
	has(t, get(t, s, "/assets/desk.css"), http.StatusOK)
}

// TestLongFields shows names, titles and quotes of a megabyte in pages of kilobytes, and the text in parts.
func TestLongFields(t *testing.T) {
	long := strings.Repeat("word ", 150<<10)
	entities := []schema.Entity{{ID: "RUS", Kind: schema.State, Name: "Russia " + long, Aliases: []string{"Moscow " + long}}, {ID: "FRA", Kind: schema.State, Name: "France"}}
	r := reading(t, schema.Article{ID: "long", Title: "Title " + long, Source: "Source " + long, Published: "2010-01-01"}, entities,
		told{sentence: "France said " + long + "to Russia", triple: "FRA ACCUSE RUS 2010-01-01"},
		told{sentence: "France met Russia at the end.", triple: "FRA CONSULT RUS 2010-01-01"})
	s := open(t, stores(t, r)["sqlite"], web.Options{Timeout: time.Minute})
	last := r.Triples[slices.IndexFunc(r.Triples, func(t schema.Triple) bool { return t.Relation == schema.CONSULT })]
	for _, address := range []string{"/", "/pairs", "/entities", "/entity/RUS", "/pair/FRA/RUS", "/event/" + last.ID, "/search?q=word", "/network", "/article?id=long&at=400000"} {
		w := get(t, s, address)
		has(t, w, http.StatusOK)
		if w.Body.Len() > 400<<10 {
			t.Errorf("%s: a page of %d bytes", address, w.Body.Len())
		}
	}
	has(t, get(t, s, "/article?id=long&evidence="+last.Evidence[0].ID), http.StatusOK, `<mark class="chosen">`, "met ", "at the end.")
}

// TestNoPaths: no page says where the store is.
func TestNoPaths(t *testing.T) {
	store := stores(t, story(t)...)["sqlite"]
	s := open(t, store, web.Options{Fresh: time.Nanosecond})
	get(t, s, "/")
	store.Close()
	failed := 0
	for _, address := range everyAddress(t) {
		w := get(t, s, address)
		has(t, w, w.Code, "!a.db", "!"+t.TempDir(), "!sqlite", "!sql:")
		if w.Code == http.StatusInternalServerError {
			failed++
			has(t, w, w.Code, "Something went wrong inside.")
		}
	}
	if failed < 5 {
		t.Errorf("only %d pages failed without their store", failed)
	}
}

// TestCypher: the page is there with a Querier alone; a statement that does not end is stopped.
func TestCypher(t *testing.T) {
	s := open(t, memory.New(), web.Options{Querier: asker{}, Timeout: 50 * time.Millisecond})
	has(t, get(t, s, "/cypher"), http.StatusOK, "Run", `href="/cypher?q=MATCH`)
	has(t, get(t, s, "/cypher?q=RETURN+1"), http.StatusOK, "RETURN 1", "there are more", "&lt;b&gt;column")
	has(t, get(t, s, "/cypher?q=RETURN+1&format=csv"), http.StatusOK, "RETURN 1\n", "'=1+1")
	has(t, get(t, s, "/cypher?q=bomb"), http.StatusServiceUnavailable, "took too long")
	has(t, get(t, s, "/cypher?q="+strings.Repeat("a", 5000)), http.StatusBadRequest, "4000 bytes")
	bad := open(t, memory.New(), web.Options{Querier: asker{errors.New("line 1: what is <this>?")}})
	has(t, get(t, bad, "/cypher?q=x"), http.StatusOK, "line 1: what is &lt;this&gt;?")
}

// slowStore answers only when it is told to.
type slowStore struct {
	graph.Browser
	gate    chan struct{}
	waiting atomic.Int32
}

func (s *slowStore) Page(ctx context.Context, q graph.Query, newest bool, offset, n int) ([]graph.Triple, error) {
	s.waiting.Add(1)
	select {
	case <-s.gate:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	return s.Browser.Page(ctx, q, newest, offset, n)
}

// TestBusy: what is beyond the room is told to come back, and nothing is lost of the rest.
func TestBusy(t *testing.T) {
	store := &slowStore{Browser: graph.Browse(stores(t, story(t)...)["memory"]), gate: make(chan struct{})}
	s := open(t, store, web.Options{Busy: 2, Wait: 50 * time.Millisecond, Timeout: time.Minute, Fresh: time.Hour})
	codes := make(chan int, 10)
	var wg sync.WaitGroup
	for i := range 10 {
		wg.Go(func() { codes <- get(t, s, fmt.Sprintf("/pair/NATO/RUS?min=0.%d", i)).Code })
	}
	for range 8 {
		if code := <-codes; code != http.StatusServiceUnavailable {
			t.Errorf("answered %d, want 503", code)
		}
	}
	close(store.gate)
	wg.Wait()
	for range 2 {
		if code := <-codes; code != http.StatusOK {
			t.Errorf("answered %d, want 200", code)
		}
	}
	has(t, get(t, s, "/pair/NATO/RUS"), http.StatusOK)
}

// TestTimeout: a page that takes too long is stopped.
func TestTimeout(t *testing.T) {
	store := &slowStore{Browser: graph.Browse(stores(t, story(t)...)["memory"]), gate: make(chan struct{})}
	s := open(t, store, web.Options{Timeout: 20 * time.Millisecond, Fresh: time.Hour})
	w := get(t, s, "/pair/NATO/RUS")
	has(t, w, http.StatusServiceUnavailable, "took too long")
	if w.Header().Get("Retry-After") == "" {
		t.Error("no Retry-After")
	}
}
