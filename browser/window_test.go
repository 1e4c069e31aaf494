package browser_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"entente/browser"
	"entente/graph/neo4j"
	"entente/graph/neo4j/neo4jtest"
)

// screenshot is the environment variable that names a file for the picture of the window, which is looked at when guide or style have changed.
const screenshot = "ENTENTE_TEST_SCREENSHOT"

// chromium is the program of a browser, empty where there is none.
func chromium() string {
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	return ""
}

// allowedHeaders are those that Browser asks whether it may send, before it reads a file of another address. docker-compose.yml names them too.
const allowedHeaders = "cache-control, pragma, sentry-trace, baggage"

// serve serves the made files as the Browser may read them.
func serve(t *testing.T) string {
	t.Helper()
	files, err := browser.Files()
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Access-Control-Allow-Origin", "*")
		w.Header().Set("Access-Control-Allow-Headers", allowedHeaders)
		b, ok := files[strings.TrimPrefix(r.URL.Path, "/")]
		if !ok {
			http.NotFound(w, r)
			return
		}
		w.Write(b)
	}))
	t.Cleanup(server.Close)
	return strings.Replace(server.URL, "127.0.0.1", "localhost", 1) // the only host that Browser reads from unless it is told
}

// TestWindow opens the Browser that comes with the server in a window, loads the style and the guide, and draws the first saved query.
func TestWindow(t *testing.T) {
	program := chromium()
	if program == "" {
		t.Skip("needs a browser: apt-get install chromium")
	}
	server := neo4jtest.Open(t)
	if server.HTTP == "" {
		t.Skip("needs a server that serves Neo4j Browser")
	}
	s, err := neo4j.Open(t.Context(), neo4j.Options{Address: server.URL, User: server.User, Password: server.Password, Database: server.Database})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if _, err := s.Upsert(t.Context(), examples(t)...); err != nil {
		t.Fatal(err)
	}
	made := serve(t)
	allocator, stop := chromedp.NewExecAllocator(t.Context(), append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(program), chromedp.NoSandbox,
		chromedp.WindowSize(1400, 1500), chromedp.UserDataDir(t.TempDir()))...)
	defer stop()
	window, closeWindow := chromedp.NewContext(allocator, chromedp.WithErrorf(t.Logf))
	defer closeWindow()
	window, cancel := context.WithTimeout(window, 3*time.Minute)
	defer cancel()
	step := func(what string, actions ...chromedp.Action[chromedp.Void]) {
		t.Helper()
		if err := chromedp.Do(window, actions...); err != nil {
			shoot(t, window)
			t.Fatalf("%s: %v", what, err)
		}
	}
	bolt, err := url.Parse(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	step("log in", chromedp.Navigate(server.HTTP+"/browser/?dbms="+url.QueryEscape("bolt://neo4j@"+bolt.Host)),
		chromedp.WaitVisible(chromedp.CSS(`[data-testid="password"]`)), chromedp.SendKeys(chromedp.CSS(`[data-testid="password"]`), server.Password),
		chromedp.Click(chromedp.CSS(`[data-testid="connect"]`)), chromedp.WaitVisible(chromedp.CSS(`[data-testid="frame"], article`)), chromedp.Sleep(2*time.Second))
	run := func(command string) {
		t.Helper()
		step(command, chromedp.Focus(chromedp.CSS(`#monaco-main-editor textarea`)), chromedp.KeyEvent("a", chromedp.KeyModifiers(2)), chromedp.KeyEvent(kb.Backspace),
			chromedp.KeyEvent(command), chromedp.KeyEvent(kb.Escape), chromedp.KeyEvent(kb.Enter, chromedp.KeyModifiers(2)), chromedp.Sleep(2*time.Second))
	}
	run(":style " + made + "/entente.grass")
	run(":play " + made + "/guide.html")
	step("play the guide", chromedp.Sleep(2*time.Second))
	page := ask(t, window, chromedp.Text(chromedp.CSS("body")))
	for _, words := range []string{"What is in this graph", "Parties (states, organisations"} {
		if !strings.Contains(page, words) {
			t.Errorf("the guide does not show %q: %s", words, page)
		}
	}
	run("MATCH p = (a:Entity)-[d:DYAD]->(b:Entity) WHERE d.events > 1 RETURN p")
	step("draw a graph", chromedp.WaitVisible(chromedp.CSS(`svg g.node circle`)), chromedp.Sleep(3*time.Second))
	nodes := ask(t, window, chromedp.Evaluate[int](`document.querySelectorAll("svg g.node").length`))
	fill := ask(t, window, chromedp.Evaluate[string](`[...document.querySelectorAll("svg g.node circle")].map(c => c.getAttribute("fill")).join(" ")`))
	if nodes < 5 || !strings.Contains(strings.ToUpper(fill), "#4C8EDA") || !strings.Contains(fill, "#569480") {
		t.Errorf("%d nodes are drawn, in the colours %s: want states and organisations in those of the style", nodes, fill)
	}
	shoot(t, window)
}

// ask runs an action that has an answer.
func ask[T any](t *testing.T, window context.Context, a chromedp.Action[T]) T {
	t.Helper()
	v, err := chromedp.Run(window, a)
	if err != nil {
		shoot(t, window)
		t.Fatal(err)
	}
	return v
}

// shoot keeps a picture of the window where one is asked for.
func shoot(t *testing.T, window context.Context) {
	t.Helper()
	file := os.Getenv(screenshot)
	if file == "" {
		return
	}
	picture, err := chromedp.Run(window, chromedp.FullScreenshot(100))
	if err != nil {
		t.Log(fmt.Errorf("no picture: %w", err))
		return
	}
	if err := os.WriteFile(file, picture, 0o644); err != nil {
		t.Error(err)
	}
}
