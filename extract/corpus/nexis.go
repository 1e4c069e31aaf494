package corpus

import (
	"archive/zip"
	"bufio"
	"cmp"
	"encoding/xml"
	"fmt"
	"io"
	"regexp"
	"strings"

	"golang.org/x/net/html"
)

var (
	nexisCount = regexp.MustCompile(`^\s*(?:Document )?\d+ of \d+ DOCUMENTS\s*$`)
	nexisField = regexp.MustCompile(`^([A-Z][A-Z-]{2,30}): *(.*)$`)
	nexisEnd   = regexp.MustCompile(`^\s*(?:Copyright \d{4}|All Rights Reserved)`)
	docxField  = regexp.MustCompile(`^([A-Z][A-Za-z-]{2,30}): *(.*)$`)
)

// nexisFile reads a download of Nexis as text: articles behind a line "1 of 2 DOCUMENTS".
func nexisFile(r *bufio.Reader, k *sink) {
	var lines []string
	start, size, inside := 0, 0, false
	flush := func() {
		if inside && !k.done {
			if size > maxText {
				k.fail(start, fmt.Errorf("longer than %d MB, the limit of one article; split it", maxText>>20))
			} else {
				k.nexis(lines, start)
			}
		}
		lines, size = nil, 0
	}
	for n := 1; !k.done; n++ {
		b, long, err := readLine(r)
		if err != nil && err != io.EOF {
			k.fail(n, plain(err))
			return
		}
		l := strings.TrimRight(string(valid8(b)), " \t\r\n")
		if nexisCount.MatchString(l) {
			flush()
			inside, start = true, n
		} else if inside {
			if size += len(l) + 1; long {
				size = maxText + 1
			}
			if size <= maxText {
				lines = append(lines, l)
			}
		}
		if err == io.EOF {
			break
		}
	}
	flush()
}

// nexis reads one article: source, day and title on lines of their own, fields, the text, fields again.
func (k *sink) nexis(lines []string, row int) bool {
	var d Document
	var head, body []string
	fields := map[string]string{}
	started := false // the field LENGTH or DATELINE was seen: the text comes
	for i := 0; i < len(lines); i++ {
		l := lines[i]
		m := nexisField.FindStringSubmatch(l)
		switch {
		case nexisEnd.MatchString(l) && len(body) > 0:
			i = len(lines)
		case m != nil && (!started || len(body) == 0 || lateField(m[1])):
			v := m[2]
			for i+1 < len(lines) && strings.TrimSpace(lines[i+1]) != "" && nexisField.FindString(lines[i+1]) == "" {
				i++
				v += " " + strings.TrimSpace(lines[i])
			}
			fields[m[1]] = v
			started = started || m[1] == "LENGTH"
		case started:
			if l != "" || len(body) > 0 {
				body = append(body, l)
			}
		default:
			head = append(head, l)
		}
	}
	blocks := paragraphsOf(head)
	for _, b := range blocks {
		switch {
		case nexisEnd.MatchString(b):
		case d.Source == "":
			d.Source = b
		case d.Published == "" && dateIn(b) != "":
			if err := k.date(&d, b); err != nil {
				return k.fail(row, err)
			}
		default:
			d.Title = cmp.Or(d.Title, b)
		}
	}
	k.nexisFields(&d, fields)
	d.Text = strings.Join(paragraphsOf(body), "\n\n")
	return k.withText(d, row)
}

func lateField(name string) bool {
	switch name {
	case "LOAD-DATE", "LANGUAGE", "PUBLICATION-TYPE", "GRAPHIC", "SUBJECT", "JOURNAL-CODE", "DOCUMENT-TYPE", "CORRECTION-DATE", "URL", "NOTES", "TYPE", "ORGANIZATION", "PERSON", "COUNTRY", "CITY", "STATE", "GEOGRAPHIC", "INDUSTRY", "TICKER", "COMPANY", "ACC-NO", "DISTRIBUTION", "SERIES":
		return true
	}
	return false
}

func (k *sink) nexisFields(d *Document, f map[string]string) {
	d.Author, d.Title = f["BYLINE"], cmp.Or(f["HEADLINE"], d.Title)
	d.Place, d.Language = placeOf(f["DATELINE"]), languageCode(f["LANGUAGE"])
}

// paragraphsOf joins lines that no empty line parts.
func paragraphsOf(lines []string) []string {
	var out []string
	for p := range strings.SplitSeq(strings.Join(lines, "\n"), "\n\n") {
		if p = oneLine(p); p != "" {
			out = append(out, p)
		}
	}
	return out
}

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
		case m != nil && (!inBody || m[1] == "Load-Date" || m[1] == "Classification" || m[1] == "Graphic"):
			switch m[1] {
			case "Byline":
				d.Author = m[2]
			case "Dateline":
				d.Place = placeOf(m[2])
			case "Language":
				d.Language = languageCode(m[2])
			}
			if m[1] == "Classification" {
				inBody = false
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
	d.Text = strings.Join(body, "\n\n")
	return k.withText(d, row)
}

var factivaTag = regexp.MustCompile(`^([A-Z]{2,3})(?: +(.*)|\s*)$`)

// factivaTags are the tags of Factiva's display format that stand at the beginning of a line.
var factivaTags = map[string]bool{"HD": true, "BY": true, "WC": true, "PD": true, "ET": true, "SN": true, "SC": true, "LA": true, "CY": true, "LP": true, "TD": true, "NS": true, "RE": true, "IN": true, "CO": true, "AN": true, "PG": true, "ED": true, "SE": true, "CR": true, "ART": true, "IPC": true, "IPD": true, "PUB": true, "CX": true, "VOL": true, "CT": true, "RF": true, "DE": true, "CLM": true, "NGC": true}

// factivaFile reads a download of Factiva with the tags of its display format.
func factivaFile(r *bufio.Reader, k *sink) {
	fields, last, start, size := map[string]string{}, "", 0, 0
	for n := 1; !k.done; n++ {
		b, _, err := readLine(r)
		if err != nil && err != io.EOF {
			k.fail(n, plain(err))
			return
		}
		l := strings.TrimRight(string(valid8(b)), " \t\r\n")
		m := factivaTag.FindStringSubmatch(l)
		switch {
		case m != nil && factivaTags[m[1]] && (m[1] != "HD" || fields["HD"] == "" || fields["AN"] != ""):
			if len(fields) == 0 {
				start = n
			}
			last = m[1]
			fields[last] = m[2]
		case last != "" && size+len(l) < maxText:
			fields[last] += "\n" + l
			size += len(l) + 1
		}
		if fields["AN"] != "" {
			k.factiva(fields, start)
			fields, last, size = map[string]string{}, "", 0
		}
		if err == io.EOF {
			break
		}
	}
	if fields["HD"] != "" && !k.done {
		k.factiva(fields, start)
	}
}

func (k *sink) factiva(f map[string]string, row int) bool {
	var d Document
	d.ID = oneLine(strings.TrimPrefix(f["AN"], "Document "))
	d.Title, d.Author, d.Source, d.Language = oneLine(f["HD"]), f["BY"], oneLine(f["SN"]), languageCode(oneLine(f["LA"]))
	if err := k.date(&d, strings.TrimSpace(oneLine(f["PD"])+" "+oneLine(f["ET"]))); err != nil {
		return k.fail(row, err)
	}
	d.Text = strings.Join(paragraphsOf(strings.Split(f["LP"]+"\n\n"+f["TD"], "\n")), "\n\n")
	return k.withText(d, row)
}

var (
	factivaWords   = regexp.MustCompile(`^[\d,]+ words$`)
	factivaClock   = regexp.MustCompile(`^\d{1,2}:\d{2}$`)
	factivaArticle = regexp.MustCompile(`(?i)\barticle [a-z]{2}Article\b`)
	factivaText    = regexp.MustCompile(`(?i)\barticleParagraph\b`)
)

// factivaHTML reads a download of Factiva as a page: unnamed lines, told apart by their shape.
func factivaHTML(r *bufio.Reader, k *sink) {
	k.elementsHTML(r, func(n *html.Node, row int) bool {
		var d Document
		var body []string
		date, clock, shape := "", "", 0
		for c := range n.Descendants() {
			if c.Type != html.ElementNode || c.Data != "div" && c.Data != "p" && c.Data != "span" {
				continue
			}
			class, w := attr(c, "class"), words(c)
			switch {
			case strings.Contains(class, "Headline"):
				d.Title = cmp.Or(d.Title, w)
			case factivaText.MatchString(class):
				if w != "" {
					body = append(body, w)
				}
			case class == "author":
				d.Author = w
			case strings.HasPrefix(w, "Document ") && c.Data == "p":
				d.ID = strings.TrimPrefix(w, "Document ")
			case c.Data != "div" || w == "" || class != "" || attr(c, "id") != "":
			case factivaWords.MatchString(w):
				shape = 1
			case shape == 1 && len(dateIn(w)) == 10:
				date, shape = w, 2
			case shape == 2 && factivaClock.MatchString(w):
				clock = w
			case shape == 2:
				d.Source, shape = w, 3
			case shape >= 3 && languageCode(w) != "" && len(w) > 3:
				d.Language, shape = languageCode(w), 4
			}
		}
		if err := k.date(&d, strings.TrimSpace(date+" "+clock)); err != nil {
			return k.fail(row, err)
		}
		d.Text = strings.Join(body, "\n\n")
		return k.withText(d, row)
	})
}

// elementsHTML passes each article of a page of Factiva on, one in memory at a time.
func (k *sink) elementsHTML(r *bufio.Reader, do func(*html.Node, int) bool) {
	var piece strings.Builder
	row := 0
	flush := func() {
		if row > 0 && !k.done {
			if root, err := html.Parse(strings.NewReader(piece.String())); err == nil {
				do(root, row)
			} else {
				k.fail(row, err)
			}
		}
		piece.Reset()
	}
	for !k.done {
		b, long, err := readLine(r)
		if err != nil && err != io.EOF {
			k.fail(row, plain(err))
			return
		}
		if long || piece.Len()+len(b) > maxPage {
			k.fail(row, fmt.Errorf("an article longer than %d MB", maxPage>>20))
			return
		}
		rest := string(valid8(b))
		for {
			m := factivaArticle.FindStringIndex(rest)
			if m == nil {
				break
			}
			i := strings.LastIndex(rest[:m[0]], "<div")
			if i < 0 {
				i = m[0]
			}
			piece.WriteString(rest[:i])
			flush()
			row++
			piece.WriteString(rest[i:m[1]])
			rest = rest[m[1]:]
		}
		piece.WriteString(rest)
		piece.WriteByte('\n')
		if err == io.EOF {
			break
		}
	}
	flush()
}
