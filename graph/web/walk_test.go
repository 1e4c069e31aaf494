package web_test

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"entente/graph/web"
)

// chromium starts a browser without a window, or skips the test where there is none. ENTENTE_BROWSER names one; ENTENTE_SCREENSHOTS is a
// folder that takes pictures of every page of the walk.
func chromium(t *testing.T) context.Context {
	t.Helper()
	path := os.Getenv("ENTENTE_BROWSER")
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "chrome", "headless-shell"} {
		if found, err := exec.LookPath(name); err == nil && path == "" {
			path = found
		}
	}
	if path == "" {
		t.Skip("no Chromium found: install one, or name it in ENTENTE_BROWSER")
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.DisableGPU, chromedp.UserDataDir(t.TempDir()), chromedp.WSURLReadTimeout(time.Minute))
	if os.Geteuid() == 0 {
		options = append(options, chromedp.NoSandbox)
	}
	ctx, cancel := chromedp.NewExecAllocator(t.Context(), options...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	if err := chromedp.Do(ctx); err != nil {
		t.Skipf("%s does not start: %v", path, err)
	}
	ctx, cancel = context.WithTimeout(ctx, 2*time.Minute)
	t.Cleanup(cancel)
	return ctx
}

// walker walks the pages and keeps what the browser complains of: exceptions, and what the Content-Security-Policy stopped.
type walker struct {
	t    *testing.T
	ctx  context.Context
	name string
	step int

	mu         sync.Mutex
	complaints []string
}

func newWalker(t *testing.T, ctx context.Context, name string) *walker {
	w := &walker{t: t, ctx: ctx, name: name}
	messages := chromedp.Console(ctx)
	go func() {
		for m, err := range messages {
			if err != nil {
				return
			}
			w.mu.Lock()
			w.complaints = append(w.complaints, m.String())
			w.mu.Unlock()
		}
	}()
	return w
}

func (w *walker) do(actions ...chromedp.Action[chromedp.Void]) {
	w.t.Helper()
	if err := chromedp.Do(w.ctx, actions...); err != nil {
		w.t.Fatalf("%s, step %d: %v", w.name, w.step, err)
	}
}

// ask runs an action that has an answer.
func ask[T any](w *walker, a chromedp.Action[T]) T {
	w.t.Helper()
	v, err := chromedp.Run(w.ctx, a)
	if err != nil {
		w.t.Fatalf("%s, step %d: %v", w.name, w.step, err)
	}
	return v
}

// quiet fails where the browser complained.
func (w *walker) quiet() {
	w.t.Helper()
	w.mu.Lock()
	defer w.mu.Unlock()
	if len(w.complaints) > 0 {
		w.t.Errorf("%s: the browser complains: %q", w.name, w.complaints)
	}
	w.complaints = nil
}

// follow clicks the first element of a selector and waits for the page whose address has a part.
func (w *walker) follow(selector, part string) {
	w.t.Helper()
	w.do(chromedp.Click(chromedp.CSS(selector)))
	for begin := time.Now(); ; time.Sleep(20 * time.Millisecond) {
		address := ask(w, chromedp.Location())
		if strings.Contains(address, part) && ask(w, chromedp.Evaluate[string]("document.readyState")) == "complete" {
			break
		}
		if time.Since(begin) > 20*time.Second {
			w.t.Fatalf("%s: %s led to %s, want %s", w.name, selector, address, part)
		}
	}
	w.look()
}

// look checks what only a browser knows of a page: that nothing is wider than the window, and that the style is there.
func (w *walker) look() {
	w.t.Helper()
	w.step++
	wide := ask(w, chromedp.Evaluate[float64]("document.documentElement.scrollWidth - document.documentElement.clientWidth"))
	band := ask(w, chromedp.Evaluate[string]("getComputedStyle(document.querySelector('.top')).backgroundColor"))
	address := ask(w, chromedp.Location())
	if wide > 1 {
		w.t.Errorf("%s %s: %g pixels wider than the window", w.name, address, wide)
	}
	if band != "rgb(243, 245, 247)" {
		w.t.Errorf("%s %s: the style is not applied: %s", w.name, address, band)
	}
	if dir := os.Getenv("ENTENTE_SCREENSHOTS"); dir != "" {
		picture := ask(w, chromedp.FullScreenshot(100))
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("%s-%d.png", w.name, w.step)), picture, 0o644); err != nil {
			w.t.Error(err)
		}
	}
}

func (w *walker) text(selector string) string {
	w.t.Helper()
	return ask(w, chromedp.Text(chromedp.CSS(selector)))
}

// TestWalk goes from the start page to the highlighted sentence, narrows a list to a year and downloads it, on a desk and on a phone.
func TestWalk(t *testing.T) {
	ctx := chromium(t)
	address, _ := listening(t, web.Server{}, desk(t))
	for name, size := range map[string][2]int64{"desk": {1280, 900}, "phone": {390, 844}} {
		w := newWalker(t, ctx, name)
		w.do(chromedp.EmulateViewport(size[0], size[1]), chromedp.Navigate("http://"+address+"/"))
		w.look()
		w.keyboard()
		w.follow(`table.pairs a[href="/pair/NATO/RUS"]`, "/pair/NATO/RUS")
		w.do(chromedp.WaitVisible(chromedp.CSS(".picture svg")), chromedp.WaitVisible(chromedp.CSS(".zoom button")))
		w.follow(`.years a[href*="year=2010"]`, "year=2010")
		if list := w.text("table.events"); strings.Contains(list, "New Year") || !strings.Contains(list, "train pilots") {
			t.Errorf("%s: the list of 2010 is %q", name, list)
		}
		w.download(".downloads a[href*='format=csv']", "NATO,AGREE,RUS")
		w.follow(`table.events a.act[href="/event/`+idOf(t, "NATO AGREE RUS 2010-12-08")+`"]`, "/event/")
		if said := w.text("main"); !strings.Contains(said, "disagree") {
			t.Errorf("%s: the event does not say that sources disagree: %q", name, said)
		}
		w.follow(".evidence a[href*='wire%2F1']", "/article?")
		if got := w.text("mark.chosen"); !strings.Contains(got, "agreed on Wednesday to train pilots") {
			t.Errorf("%s: highlighted is %q", name, got)
		}
		w.zoom(address)
		w.quiet()
	}
}

// keyboard begins with the link to the content, in sight once it has the focus, and goes on behind the navigation.
func (w *walker) keyboard() {
	w.t.Helper()
	active := func(expression string) string {
		return ask(w, chromedp.Evaluate[string]("String(document.activeElement."+expression+")"))
	}
	w.do(chromedp.KeyEvent("\t"))
	if class, left := active("className"), active("getBoundingClientRect().left >= 0"); class != "skip" || left != "true" {
		w.t.Errorf("%s: the first tab leads to %q, in sight %s", w.name, class, left)
	}
	w.do(chromedp.KeyEvent("\r"), chromedp.KeyEvent("\t"))
	if in := active("closest('main') !== null"); in != "true" {
		w.t.Errorf("%s: the link to the content does not lead there", w.name)
	}
	if outline := ask(w, chromedp.Evaluate[string]("getComputedStyle(document.activeElement).outlineStyle")); outline != "solid" {
		w.t.Errorf("%s: what has the focus is outlined %q", w.name, outline)
	}
}

// download follows a link to a file and looks for a text in it.
func (w *walker) download(selector, want string) {
	w.t.Helper()
	dir := w.t.TempDir()
	yes := true
	_, err := chromedp.CallBrowser(w.ctx, browser.SetDownloadBehavior, browser.SetDownloadBehaviorParams{
		Behavior: browser.SetDownloadBehaviorBehaviorAllowAndName, DownloadPath: dir, EventsEnabled: &yes,
	})
	if err != nil {
		w.t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(w.ctx, 20*time.Second)
	defer cancel()
	done := make(chan string, 1)
	if err := chromedp.ListenBrowser(ctx, func(ev any) {
		if e, ok := ev.(*browser.EventDownloadProgress); ok && e.State == browser.DownloadProgressStateCompleted {
			done <- e.GUID
		}
	}); err != nil {
		w.t.Fatal(err)
	}
	w.do(chromedp.Click(chromedp.CSS(selector)))
	select {
	case name := <-done:
		text, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil || !strings.Contains(string(text), want) {
			w.t.Errorf("%s: downloaded %q, want %q in it: %v", w.name, text, want, err)
		}
	case <-ctx.Done():
		w.t.Errorf("%s: %s was not downloaded", w.name, selector)
	}
}

// zoom makes the picture of a pair larger and puts it back.
func (w *walker) zoom(address string) {
	w.t.Helper()
	width := func() float64 {
		return ask(w, chromedp.Evaluate[float64]("document.querySelector('.picture svg').getBoundingClientRect().width"))
	}
	w.do(chromedp.Navigate("http://"+address+"/pair/NATO/RUS"), chromedp.WaitVisible(chromedp.CSS(".zoom button")))
	before := width()
	w.do(chromedp.Click(chromedp.CSS(".zoom button:nth-child(1)")), chromedp.Click(chromedp.CSS(".zoom button:nth-child(1)")))
	if after := width(); after < before*1.5 {
		w.t.Errorf("%s: zoomed from %g to %g pixels", w.name, before, after)
	}
	w.do(chromedp.Click(chromedp.CSS(".zoom button:nth-child(3)")))
	if again := width(); again != before {
		w.t.Errorf("%s: put back to %g pixels, was %g", w.name, again, before)
	}
}

// TestWithoutScripts: all links and forms work where scripts are off.
func TestWithoutScripts(t *testing.T) {
	ctx := chromium(t)
	address, _ := listening(t, web.Server{}, desk(t))
	w := newWalker(t, ctx, "no-scripts")
	w.do(chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
		return err
	}), chromedp.EmulateViewport(1280, 900), chromedp.Navigate("http://"+address+"/pair/NATO/RUS"))
	w.do(chromedp.SetValue(chromedp.CSS("#from"), "2010"), chromedp.SetValue(chromedp.CSS("#to"), "2010"))
	w.follow("form.filter button", "from=2010")
	if list := w.text("table.events"); strings.Contains(list, "New Year") || !strings.Contains(list, "train pilots") {
		t.Errorf("the list of 2010 is %q", list)
	}
}
