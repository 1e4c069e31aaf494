package web_test

import (
	"fmt"
	"math"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"entente/graph/web"
)

// TestAccess checks on every page what readers without a mouse, a screen or good eyes rely on: WCAG 2.2 as far as the HTML shows it.
func TestAccess(t *testing.T) {
	for _, o := range []web.Options{{Also: predecessors, Querier: asker{}}, {Token: "a token of some length"}} {
		s := open(t, stores(t, story(t)...)["sqlite"], o)
		for _, address := range everyAddress(t) {
			w := get(t, s, address)
			if !strings.HasPrefix(w.Header().Get("Content-Type"), "text/html") {
				continue
			}
			root, err := html.Parse(strings.NewReader(w.Body.String()))
			if err != nil {
				t.Fatal(err)
			}
			for _, complaint := range inaccessible(root) {
				t.Errorf("%s: %s", address, complaint)
			}
		}
	}
}

// TestAccessSees: the check finds what it is for.
func TestAccessSees(t *testing.T) {
	for page, want := range map[string]string{
		`<html><head><title>x</title></head><body><main><h1>x</h1></main></body></html>`:                                "language",
		`<html lang="en"><body><main><h1>x</h1></main></body></html>`:                                                   "no title",
		`<html lang="en"><title>x</title><body><main><h2>x</h2></main></body></html>`:                                   "headings",
		`<html lang="en"><title>x</title><body><main><h1>x</h1><h3>x</h3></main></body></html>`:                         "headings",
		`<html lang="en"><title>x</title><body><main><h1>x</h1><input name="a"></main></body></html>`:                   "no label",
		`<html lang="en"><title>x</title><body><main><h1>x</h1><img src="/a"></main></body></html>`:                     "no alt",
		`<html lang="en"><title>x</title><body><main><h1>x</h1><svg></svg></main></body></html>`:                        "picture without",
		`<html lang="en"><title>x</title><body><main><h1>x</h1><a href="/"></a></main></body></html>`:                   "without text",
		`<html lang="en"><title>x</title><body><main><h1>x</h1><table><tr><td>x</td></tr></table></main></body></html>`: "caption",
		`<html lang="en"><title>x</title><body><main><h1>x</h1><p id="a"></p><p id="a"></p></main></body></html>`:       "twice",
		`<html lang="en"><title>x</title><body><main><h1>x</h1><p aria-labelledby="gone"></p></main></body></html>`:     "gone",
		`<html lang="en"><title>x</title><body><h1>x</h1></body></html>`:                                                "main",
		`<html lang="en"><title>x</title><body><main><h1>x</h1><a tabindex="3" href="/">x</a></main></body></html>`:     "order of the keyboard",
	} {
		root, err := html.Parse(strings.NewReader(page))
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(inaccessible(root), "; "); !strings.Contains(got, want) {
			t.Errorf("%s: complains %q, want %q", page, got, want)
		}
	}
}

// access is what a walk over a page notes.
type access struct {
	complaints  []string
	ids         map[string]int
	labels      map[string]bool // ids that a label is for
	refers      []string
	level       int // of the last heading
	mains, ones int
	title       string
	fields      []*html.Node
}

func (a *access) say(format string, args ...any) {
	a.complaints = append(a.complaints, fmt.Sprintf(format, args...))
}

func inaccessible(root *html.Node) []string {
	a := &access{ids: map[string]int{}, labels: map[string]bool{}}
	for n := range root.Descendants() {
		if n.Type == html.ElementNode {
			a.element(n)
		}
	}
	a.end()
	return a.complaints
}

func (a *access) element(n *html.Node) {
	if id := attribute(n, "id"); id != "" {
		a.ids[id]++
	}
	for _, key := range []string{"aria-labelledby", "aria-describedby"} {
		a.refers = append(a.refers, strings.Fields(attribute(n, key))...)
	}
	if tab := attribute(n, "tabindex"); tab != "" && tab != "0" && tab != "-1" {
		a.say("%s changes the order of the keyboard: tabindex %s", n.Data, tab)
	}
	if n.Namespace == "svg" {
		if n.Data == "svg" && (attribute(n, "aria-labelledby") == "" || !slices.Contains([]string{"img", "group"}, attribute(n, "role"))) {
			a.say("a picture without name or role")
		}
		return
	}
	switch n.Data {
	case "html":
		if attribute(n, "lang") == "" {
			a.say("no language")
		}
	case "title":
		a.title = textOf(n)
	case "main":
		a.mains++
	case "h1", "h2", "h3", "h4":
		a.heading(n)
	case "label":
		a.labels[attribute(n, "for")] = true
	case "input", "select", "textarea":
		if attribute(n, "type") != "hidden" && !within(n, "label") && attribute(n, "aria-label") == "" {
			a.fields = append(a.fields, n)
		}
	case "img":
		if attribute(n, "alt") == "" {
			a.say("a picture has no alt")
		}
	case "a", "button", "th", "caption", "legend", "summary":
		if strings.TrimSpace(textOf(n)) == "" && attribute(n, "aria-label") == "" {
			a.say("%s without text: %v", n.Data, n.Attr)
		}
	case "table":
		a.table(n)
	}
}

func (a *access) heading(n *html.Node) {
	level := int(n.Data[1] - '0')
	if level > a.level+1 {
		a.say("headings jump from h%d to h%d: %q", a.level, level, textOf(n))
	}
	if level == 1 {
		a.ones++
	}
	a.level = level
}

func (a *access) table(n *html.Node) {
	caption := false
	for c := range n.Descendants() {
		caption = caption || c.Data == "caption"
		if c.Data == "th" && attribute(c, "scope") == "" {
			a.say("th without scope: %q", textOf(c))
		}
	}
	if !caption {
		a.say("a table without caption")
	}
}

func (a *access) end() {
	if a.title == "" {
		a.say("no title")
	}
	if a.mains != 1 || a.ones != 1 {
		a.say("%d main and %d h1 headings", a.mains, a.ones)
	}
	for _, f := range a.fields {
		if !a.labels[attribute(f, "id")] || attribute(f, "id") == "" {
			a.say("%s %q has no label", f.Data, attribute(f, "name"))
		}
	}
	for id, n := range a.ids {
		if n > 1 {
			a.say("the id %q is there twice", id)
		}
	}
	for _, id := range a.refers {
		if a.ids[id] == 0 {
			a.say("refers to %q, which is gone", id)
		}
	}
	slices.Sort(a.complaints)
}

func textOf(n *html.Node) string {
	var b strings.Builder
	for c := range n.Descendants() {
		if c.Type == html.TextNode {
			b.WriteString(c.Data)
		}
	}
	return b.String()
}

// TestContrast computes the contrast of every pair of text and ground that desk.css puts together: 4.5 to 1 (WCAG 2.2, 1.4.3), for lines and
// marks 3 to 1 (1.4.11).
func TestContrast(t *testing.T) {
	css, err := os.ReadFile("assets/desk.css")
	if err != nil {
		t.Fatal(err)
	}
	colours := map[string]string{}
	for _, m := range regexp.MustCompile(`--([a-z0-9]+): (#[0-9a-f]{6})`).FindAllStringSubmatch(string(css), -1) {
		colours[m[1]] = m[2]
	}
	texts := map[string][]string{
		"text": {"ground", "band", "mark", "chosen", "here", "c1", "c2", "c3", "x1", "x2", "x3", "n0"}, "soft": {"ground", "band", "here"}, "link": {"ground", "band", "mark", "chosen", "here"},
		"visited": {"ground", "band", "mark", "chosen", "here"}, "q0": {"ground"}, "q1": {"ground"}, "q2": {"ground"}, "q3": {"ground"}, "q4": {"ground"},
		"plus": {"ground", "here"}, "minus": {"ground", "here"}, "error": {"ground"}, "ground": {"link"},
	}
	for text, grounds := range texts {
		for _, ground := range grounds {
			if c := contrast(t, colours[text], colours[ground]); c < 4.5 {
				t.Errorf("%s on %s: contrast %.2f", text, ground, c)
			}
		}
	}
	if c := contrast(t, colours["focus"], colours["ground"]); c < 3 {
		t.Errorf("focus: contrast %.2f", c)
	}
	if rest := regexp.MustCompile(`(?s)\}.*`).FindString(string(css)); regexp.MustCompile(`#[0-9a-fA-F]{3,8}\b`).MatchString(rest) {
		t.Error("a colour outside of :root, whose contrast is not checked")
	}
	for name := range colours {
		if !strings.Contains(string(css), "var(--"+name+")") {
			t.Errorf("the colour %s is not used", name)
		}
	}
}

// contrast is that of WCAG 2.2: (L1 + 0.05) / (L2 + 0.05) of the relative luminances.
func contrast(t *testing.T, a, b string) float64 {
	t.Helper()
	x, y := luminance(t, a), luminance(t, b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

func luminance(t *testing.T, colour string) float64 {
	t.Helper()
	if len(colour) != 7 {
		t.Fatalf("no colour %q", colour)
	}
	var sum float64
	for i, weight := range []float64{0.2126, 0.7152, 0.0722} {
		n, err := strconv.ParseUint(colour[1+2*i:3+2*i], 16, 8)
		if err != nil {
			t.Fatal(err)
		}
		c := float64(n) / 255
		if c <= 0.04045 {
			c /= 12.92
		} else {
			c = math.Pow((c+0.055)/1.055, 2.4)
		}
		sum += weight * c
	}
	return sum
}
