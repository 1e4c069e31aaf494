package corpus

import (
	"bufio"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

const maxXMLDepth = 200 // elements in each other

// xmlNode is an element, or a text where name is empty. Names are without their prefix.
type xmlNode struct {
	name     string
	attrs    []xml.Attr
	text     string
	children []*xmlNode
}

// xmlStream walks XML and keeps in memory only the elements that are asked for. Entities of a document's own are not known, so that none
// can grow or reach out of the file.
type xmlStream struct {
	dec   *xml.Decoder
	guard *guard
	depth int
}

func newXML(r *bufio.Reader) *xmlStream {
	g := &guard{r: r}
	d := xml.NewDecoder(g)
	d.CharsetReader = func(label string, in io.Reader) (io.Reader, error) { return in, nil } // the stream is UTF-8 already
	d.Entity = xml.HTMLEntity
	d.Strict = true
	return &xmlStream{dec: d, guard: g}
}

// next is the next start of an element that want takes; others are walked into. It is io.EOF at the end.
func (s *xmlStream) next(want func(xml.StartElement) bool) (xml.StartElement, error) {
	for {
		tok, err := s.token()
		if err != nil {
			return xml.StartElement{}, err
		}
		if e, ok := tok.(xml.StartElement); ok && want(e) {
			return e, nil
		}
	}
}

var errEntities = errors.New("it defines entities of its own, which are not followed; write them out")

func (s *xmlStream) token() (xml.Token, error) {
	tok, err := s.dec.Token()
	if err != nil {
		if strings.Contains(err.Error(), "invalid character entity") {
			return nil, fmt.Errorf("%w (%w)", errEntities, err)
		}
		return nil, err
	}
	switch tok.(type) {
	case xml.StartElement:
		if s.depth++; s.depth > maxXMLDepth {
			return nil, fmt.Errorf("more than %d elements in each other", maxXMLDepth)
		}
	case xml.EndElement:
		s.depth--
	case xml.Directive, xml.Comment, xml.ProcInst:
	}
	if s.depth <= 3 {
		s.guard.reset()
	}
	return tok, nil
}

// tree reads the rest of an element.
func (s *xmlStream) tree(start xml.StartElement) (*xmlNode, error) {
	s.guard.reset()
	root := &xmlNode{name: start.Name.Local, attrs: slices.Clone(start.Attr)}
	open := []*xmlNode{root}
	size := 0
	for len(open) > 0 {
		tok, err := s.token()
		if err != nil {
			return nil, err
		}
		last := open[len(open)-1]
		switch t := tok.(type) {
		case xml.StartElement:
			n := &xmlNode{name: t.Name.Local, attrs: slices.Clone(t.Attr)}
			last.children = append(last.children, n)
			open = append(open, n)
			size += 100
		case xml.EndElement:
			open = open[:len(open)-1]
		case xml.CharData:
			last.children = append(last.children, &xmlNode{text: string(t)})
			size += len(t)
		}
		if size > maxText {
			return nil, fmt.Errorf("an article longer than %d MB; split it", maxText>>20)
		}
	}
	s.guard.reset()
	return root, nil
}

// line is the 1-based line of the stream that was read last.
func (s *xmlStream) line() int {
	line, _ := s.dec.InputPos()
	return line
}

// attr is the value of an attribute by its name without prefix; "xml:lang" and the like go by "lang".
func (n *xmlNode) attr(name string) string {
	if n == nil {
		return ""
	}
	for _, a := range n.attrs {
		if a.Name.Local == name {
			return strings.TrimSpace(a.Value)
		}
	}
	return ""
}

// all yields the elements of a name below n, in order, in any depth.
func (n *xmlNode) all(name string) func(func(*xmlNode) bool) {
	return func(yield func(*xmlNode) bool) {
		if n != nil {
			n.each(name, yield)
		}
	}
}

func (n *xmlNode) each(name string, yield func(*xmlNode) bool) bool {
	for _, c := range n.children {
		if c.name == name && !yield(c) || !c.each(name, yield) {
			return false
		}
	}
	return true
}

// find is the first element at a path of names, each in any depth below the one before; nil where there is none.
func (n *xmlNode) find(path ...string) *xmlNode {
	for _, name := range path {
		var found *xmlNode
		for c := range n.all(name) {
			found = c
			break
		}
		if found == nil {
			return nil
		}
		n = found
	}
	return n
}

// child is the first child of a name.
func (n *xmlNode) child(name string) *xmlNode {
	if n == nil {
		return nil
	}
	for _, c := range n.children {
		if c.name == name {
			return c
		}
	}
	return nil
}

// raw is all text below n as it stands, but that of the elements left out.
func (n *xmlNode) raw(without ...string) string {
	var b strings.Builder
	n.write(&b, without)
	return b.String()
}

func (n *xmlNode) write(b *strings.Builder, without []string) {
	if n == nil || slices.Contains(without, n.name) && n.name != "" {
		return
	}
	if n.name == "lb" || n.name == "br" {
		b.WriteByte(' ')
	}
	b.WriteString(n.text)
	for _, c := range n.children {
		c.write(b, without)
	}
}

// words is all text below n on one line, but that of the elements left out.
func (n *xmlNode) words(without ...string) string { return oneLine(n.raw(without...)) }

// paragraphs joins the texts of the elements of the names, outermost first, by an empty line; elements left out are not looked into.
func (n *xmlNode) paragraphs(names, without []string) string {
	var out []string
	var walk func(*xmlNode)
	walk = func(n *xmlNode) {
		for _, c := range n.children {
			switch {
			case slices.Contains(without, c.name) && c.name != "":
			case slices.Contains(names, c.name):
				if s := c.words(without...); s != "" {
					out = append(out, s)
				}
			default:
				walk(c)
			}
		}
	}
	if n != nil {
		walk(n)
	}
	return strings.Join(out, "\n\n")
}

// each record of an XML stream: the elements that want takes, one in memory at a time, with the line they begin in.
func (k *sink) records(r *bufio.Reader, want func(xml.StartElement) bool, do func(n *xmlNode, line int) bool) {
	s := newXML(r)
	for !k.done {
		start, err := s.next(want)
		if err == io.EOF {
			return
		}
		line := s.line()
		var n *xmlNode
		if err == nil {
			n, err = s.tree(start)
		}
		if err != nil {
			k.fail(s.line(), fmt.Errorf("not well-formed XML: %w", plain(err)))
			return
		}
		do(n, line)
	}
}

// element takes the elements of the names.
func element(names ...string) func(xml.StartElement) bool {
	return func(e xml.StartElement) bool { return slices.Contains(names, e.Name.Local) }
}
