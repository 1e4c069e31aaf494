package corpus

import (
	"bufio"
	"cmp"
	"encoding/xml"
	"fmt"
	"io"
	"path"
	"regexp"
	"strings"
)

var (
	teiShells     = []string{"compilation", "chapter", "subchapter", "part", "volume"}
	teiParagraphs = []string{"p", "item", "l", "quote", "salute"}
	teiSilent     = []string{"note", "dateline", "closer", "figure", "head", "table", "opener", "byline", "postscript-note"}
	headNumber    = regexp.MustCompile(`^\[?\d+[a-z]?\.\]?\s+`)
)

// teiFile reads the documents of a TEI file, such as a volume of the Foreign Relations of the United States: each division of the type
// document, in other files each division that holds no documents, or the whole body where it is not divided.
func teiFile(r *bufio.Reader, k *sink) {
	s := newXML(r)
	t := &tei{k: k}
	for !k.done {
		start, err := s.next(t.wants)
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
		if n.name == "teiHeader" {
			t.title = cmp.Or(n.find("titleStmt", "title").words(), t.title)
			t.publisher = n.find("publicationStmt", "publisher").words()
			continue
		}
		t.document(n, line)
	}
}

// tei is what a TEI file says of all its documents.
type tei struct {
	k                    *sink
	id, title, publisher string
}

func (t *tei) wants(e xml.StartElement) bool {
	value := func(name string) string {
		for _, a := range e.Attr {
			if a.Name.Local == name {
				return a.Value
			}
		}
		return ""
	}
	switch e.Name.Local {
	case "TEI", "TEI.2":
		t.id = value("id")
	case "teiHeader":
		return true
	case "div", "div1":
		for _, shell := range teiShells {
			if value("type") == shell {
				return false
			}
		}
		return true
	}
	return false
}

func (t *tei) document(n *xmlNode, line int) bool {
	var d Document
	id := n.attr("id")
	switch {
	case id == "":
	case t.id != "":
		d.ID = t.id + "/" + id
	default:
		d.ID = t.k.source.id + "#" + id
	}
	d.Title = headNumber.ReplaceAllString(n.child("head").words("note"), "")
	if n.attr("type") != "document" {
		if _, of, ok := strings.Cut(t.title, ": "); ok && d.Title != "" {
			d.Title = of + ": " + d.Title
		}
	}
	dateline := n.find("dateline")
	d.Source = t.publisher
	d.Author = strings.TrimRight(n.find("closer", "signed").words("note"), ".")
	d.Place = dateline.find("placeName").words("note")
	date := dateline.find("date")
	raw := cmp.Or(date.attr("when"), date.attr("notBefore"), date.attr("from"), first10(n.attr("doc-dateTime-min")))
	if err := t.k.date(&d, raw); err != nil {
		return t.k.fail(line, err)
	}
	d.Text = n.paragraphs(teiParagraphs, teiSilent)
	if d.Text == "" {
		return t.k.skip(line, "not an article", path.Base(cmp.Or(id, "a division without text")))
	}
	return t.k.withText(d, line)
}

func first10(s string) string { return s[:min(len(s), len("2006-01-02"))] }
