package corpus

import (
	"archive/zip"
	"encoding/xml"
	"fmt"
	"io"
	"regexp"
	"strings"
)

var docxField = regexp.MustCompile(`^([A-Z][A-Za-z-]{2,30}): *(.*)$`)

// docx reads a Word file: a download of Nexis Uni or Lexis Advance where it has the marks of one, else one article.
func (k *sink) docx(f *zip.File, s *stream) {
	k.format = "docx"
	r, err := f.Open()
	if err != nil {
		k.fail(0, fmt.Errorf("it cannot be unpacked: %w", err))
		return
	}
	defer r.Close()
	x := newXML(buffered(s.budget.output(&damaged{r: r})))
	d := &docxReader{k: k}
	for !k.done {
		start, err := x.next(func(e xml.StartElement) bool { return e.Name.Local == "p" })
		if err == io.EOF {
			break
		}
		var n *xmlNode
		if err == nil {
			n, err = x.tree(start)
		}
		if err != nil {
			k.fail(0, fmt.Errorf("not a Word file: %w", plain(err)))
			return
		}
		d.paragraph(docxText(n))
	}
	d.end()
}

func docxText(n *xmlNode) string {
	var b strings.Builder
	for t := range n.all("t") {
		b.WriteString(t.raw())
	}
	return oneLine(b.String())
}

// docxReader collects the paragraphs of an article.
type docxReader struct {
	k        *sink
	lines    []string
	size     int
	articles int
}

func (r *docxReader) paragraph(s string) {
	if s == "End of Document" {
		r.articles++
		r.k.nexisUni(r.lines, r.articles)
		r.lines, r.size = nil, 0
		return
	}
	if r.size += len(s); s != "" && r.size <= maxText {
		r.lines = append(r.lines, s)
	}
}

func (r *docxReader) end() {
	switch {
	case r.k.done, r.articles > 0:
	case len(r.lines) == 0:
		r.k.fail(0, errEmpty)
	default:
		var d Document
		d.ID = r.k.source.id
		d.Text = strings.Join(r.lines, "\n\n")
		d.fromHead()
		r.k.withText(d, 0)
	}
}

// nexisUni reads one article of Nexis Uni: title, source, day, fields, "Body", the text, fields again.
func (k *sink) nexisUni(lines []string, row int) bool {
	var d Document
	var body []string
	inBody := false
	n := 0
	for _, l := range lines {
		m := docxField.FindStringSubmatch(l)
		switch {
		case l == "Body" && !inBody:
			inBody = true
		case inBody && (l == "Classification" || l == "Graphic"):
			return k.nexisBody(d, body, row)
		case m != nil && (!inBody || m[1] == "Load-Date" || m[1] == "Classification" || m[1] == "Graphic"):
			switch m[1] {
			case "Byline":
				d.Author = m[2]
			case "Dateline":
				d.Place = placeOf(m[2])
			case "Language":
				d.Language = languageCode(m[2])
			}
		case inBody:
			body = append(body, l)
		case len(body) > 0 || nexisEnd.MatchString(l):
		default:
			switch n++; n {
			case 1:
				d.Title = l
			case 2:
				d.Source = l
			case 3:
				if err := k.date(&d, l); err != nil {
					return k.fail(row, err)
				}
			}
		}
	}
	return k.nexisBody(d, body, row)
}

func (k *sink) nexisBody(d Document, body []string, row int) bool {
	d.Text = strings.Join(body, "\n\n")
	return k.withText(d, row)
}
