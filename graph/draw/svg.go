package draw

import (
	"bufio"
	"encoding/xml"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
)

// canvas writes elements and keeps the first error.
type canvas struct {
	w    *bufio.Writer
	id   string // begins every id, so that several pictures may stand in one page
	open []string
	err  error
}

// attr is one attribute; a value that is nil is left out.
type attr struct {
	name  string
	value any // string, int, float64
}

func newCanvas(w io.Writer, id string) *canvas {
	if id == "" {
		id = "entente"
	}
	return &canvas{w: bufio.NewWriter(w), id: id}
}

func (c *canvas) raw(s string) {
	if c.err == nil {
		_, c.err = c.w.WriteString(s)
	}
}

// escaped is s as XML text or the value of an attribute; what XML cannot hold becomes U+FFFD.
func escaped(s string) string {
	var b strings.Builder
	if err := xml.EscapeText(&b, []byte(s)); err != nil {
		return ""
	}
	return b.String()
}

func (a attr) String() string {
	switch v := a.value.(type) {
	case nil:
		return ""
	case float64:
		return " " + a.name + `="` + num(v) + `"`
	case int:
		return " " + a.name + `="` + strconv.Itoa(v) + `"`
	}
	return " " + a.name + `="` + escaped(fmt.Sprint(a.value)) + `"`
}

// num is a coordinate with at most one digit after the point.
func num(f float64) string {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return "0"
	}
	return strconv.FormatFloat(math.Round(f*10)/10+0, 'f', -1, 64) // +0: no "-0"
}

func (c *canvas) tag(name string, attrs []attr, end string) {
	var b strings.Builder
	b.WriteString("<" + name)
	for _, a := range attrs {
		b.WriteString(a.String())
	}
	c.raw(b.String() + end)
}

// start opens an element that stop closes.
func (c *canvas) start(name string, attrs ...attr) {
	c.tag(name, attrs, ">\n")
	c.open = append(c.open, name)
}

func (c *canvas) stop() {
	c.raw("</" + c.open[len(c.open)-1] + ">\n")
	c.open = c.open[:len(c.open)-1]
}

// empty writes an element without content.
func (c *canvas) empty(name string, attrs ...attr) { c.tag(name, attrs, "/>\n") }

// leaf writes an element that holds text alone.
func (c *canvas) leaf(name, text string, attrs ...attr) {
	c.tag(name, attrs, ">")
	c.raw(escaped(text) + "</" + name + ">\n")
}

// words writes a text at x, y (of its base line).
func (c *canvas) words(x, y float64, text string, attrs ...attr) {
	c.leaf("text", text, append([]attr{{"x", x}, {"y", y}}, attrs...)...)
}

func (c *canvas) line(x1, y1, x2, y2 float64, stroke string, attrs ...attr) {
	c.empty("line", append([]attr{{"x1", x1}, {"y1", y1}, {"x2", x2}, {"y2", y2}, {"stroke", stroke}}, attrs...)...)
}

func (c *canvas) rect(x, y, w, h float64, attrs ...attr) {
	c.empty("rect", append([]attr{{"x", x}, {"y", y}, {"width", w}, {"height", h}}, attrs...)...)
}

// begin opens the picture.
func (c *canvas) begin(width, height float64, class, title, desc string, links bool) {
	role := "img"
	if links {
		role = "group" // what stands inside an img cannot be reached
	}
	c.start("svg", attr{"xmlns", "http://www.w3.org/2000/svg"}, attr{"xmlns:xlink", "http://www.w3.org/1999/xlink"},
		attr{"viewBox", "0 0 " + num(width) + " " + num(height)}, attr{"width", width}, attr{"height", height},
		attr{"class", "entente " + class}, attr{"role", role}, attr{"aria-labelledby", c.id + "-title " + c.id + "-desc"},
		attr{"font-family", family}, attr{"font-size", 12}, attr{"fill", ink})
	c.leaf("title", isolated(title), attr{"id", c.id + "-title"})
	c.leaf("desc", isolated(desc), attr{"id", c.id + "-desc"})
	c.rect(0, 0, width, height, attr{"class", "paper"}, attr{"fill", paper})
}

// end closes all that is open.
func (c *canvas) end() error {
	for len(c.open) > 0 {
		c.stop()
	}
	if c.err != nil {
		return c.err
	}
	return c.w.Flush()
}

// link opens an anchor where there is an address to go to, and returns what closes it.
func (c *canvas) link(address string) func() {
	if address == "" {
		return func() {}
	}
	c.start("a", attr{"href", address}, attr{"xlink:href", address})
	return c.stop
}
