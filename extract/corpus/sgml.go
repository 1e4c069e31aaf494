package corpus

import (
	"bufio"
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"

	"entente/schema"
)

// elements passes each piece of a stream that ends with the closing tag on to do, with the line it begins in.
func (k *sink) elements(r *bufio.Reader, open, closing string, do func(text string, line int) bool) {
	var piece []byte
	start, inside, tooLong := 1, false, false
	for n := 1; !k.done; n++ {
		b, long, err := readLine(r)
		if err != nil && err != io.EOF {
			k.fail(n, plain(err))
			return
		}
		if !inside && bytes.Contains(b, []byte(open)) {
			piece, start, inside, tooLong = piece[:0], n, true, false
		}
		if inside {
			if tooLong = tooLong || long || len(piece)+len(b) > maxText; !tooLong {
				piece = append(append(piece, b...), '\n')
			}
		}
		if inside && bytes.Contains(b, []byte(closing)) {
			inside = false
			if tooLong {
				k.fail(start, fmt.Errorf("longer than %d MB, the limit of one article; split it", maxText>>20))
			} else {
				do(string(valid8(piece)), start)
			}
		}
		if err == io.EOF {
			break
		}
	}
	if inside && !k.done {
		k.fail(start, fmt.Errorf("an article without its end (%s); the file is cut off", closing))
	}
}

var (
	newID     = regexp.MustCompile(`NEWID="(\d+)"`)
	control   = regexp.MustCompile(`&#\d{1,2};|[\x00-\x08\x0b\x0c\x0e-\x1f]`)
	docTag    = regexp.MustCompile(`(?i)<DOC\s+id="([^"]*)"(?:[^>]*type="([^"]*)")?`)
	dayInID   = regexp.MustCompile(`(?:^|[_.-])((?:19|20)\d{6})(?:[._-]|$)`)
	anyTag    = regexp.MustCompile(`</?[A-Za-z][^<>]{0,200}>`)
	paragraph = regexp.MustCompile(`(?i)</?P>`)
	closingBy = regexp.MustCompile(`^(.*?),\s*(\p{Lu}[\p{L} .&-]{2,40})$`)
)

// tag is the content of the first element of a name, empty where there is none.
func tag(text, name string) string {
	_, rest, ok := strings.Cut(text, "<"+name+">")
	if !ok {
		return ""
	}
	inner, _, _ := strings.Cut(rest, "</"+name+">")
	return inner
}

// reutersFile reads a file of Reuters-21578.
func reutersFile(r *bufio.Reader, k *sink) {
	k.elements(r, "<REUTERS", "</REUTERS>", k.reuters)
}

func (k *sink) reuters(piece string, line int) bool {
	clean := func(s string) string { return unescaped(control.ReplaceAllString(s, "")) }
	var d Document
	if m := newID.FindStringSubmatch(piece); m != nil {
		d.ID = m[1]
	}
	if err := k.date(&d, tag(piece, "DATE")); err != nil {
		return k.fail(line, err)
	}
	_, text, ok := strings.Cut(piece, "<TEXT")
	if !ok {
		return k.fail(line, errors.New("no TEXT in it"))
	}
	d.Title = oneLine(clean(tag(text, "TITLE")))
	d.Author = strings.TrimSpace(clean(tag(text, "AUTHOR")))
	if m := closingBy.FindStringSubmatch(d.Author); m != nil {
		d.Author, d.Source = m[1], m[2]
	}
	d.Source = cmp.Or(d.Source, "Reuters")
	d.Place = placeOf(clean(tag(text, "DATELINE")))
	body := tag(text, "BODY")
	if body == "" {
		_, body, _ = strings.Cut(text, ">")
		body, _, _ = strings.Cut(body, "</TEXT>")
		for _, name := range []string{"TITLE", "AUTHOR", "DATELINE"} {
			body = strings.Replace(body, "<"+name+">"+tag(body, name)+"</"+name+">", "", 1)
		}
	}
	d.Text = indented(clean(body))
	if strings.TrimSpace(d.Text) == "" {
		d.Text = d.Title // a flash: its title is the news
	}
	if strings.TrimSpace(d.Text) == "" {
		return k.skip(line, "not an article", "no text")
	}
	return k.withText(d, line)
}

// indented joins the lines of paragraphs that begin with an indent, with an empty line between paragraphs.
func indented(s string) string {
	var out []string
	for l := range strings.Lines(s) {
		l = strings.TrimRight(l, " \t\r\n")
		if strings.TrimSpace(l) == "" {
			continue
		}
		if len(out) > 0 && !strings.HasPrefix(l, " ") {
			out[len(out)-1] += " " + l
			continue
		}
		out = append(out, strings.TrimSpace(l))
	}
	return strings.Join(out, "\n\n")
}

var placeEnd = regexp.MustCompile(`^[\s,]*([^,(\d]+?)(?:,.*|\s*\(.*|\s+\d.*|\s*-+\s*)?$`)

// placeOf is the place of a dateline: "LISBON, March 4 (Wire)" -> "LISBON".
func placeOf(dateline string) string {
	if m := placeEnd.FindStringSubmatch(oneLine(dateline)); m != nil {
		return strings.TrimSpace(m[1])
	}
	return ""
}

// docFile reads files of DOC elements without a root: TREC collections and LDC Gigaword.
func docFile(r *bufio.Reader, k *sink) {
	k.elements(r, "<DOC", "</DOC>", k.docElement)
}

// notNews are types of Gigaword that are no articles.
var notNews = []string{"advis", "other"}

func (k *sink) docElement(piece string, line int) bool {
	d := Document{Article: schema.Article{ID: oneLine(cmp.Or(tag(piece, "DOCNO"), tag(piece, "DOCID")))}}
	if m := docTag.FindStringSubmatch(piece); m != nil {
		d.ID = m[1]
		for _, t := range notNews {
			if m[2] == t {
				return k.skip(line, "not an article", t)
			}
		}
	}
	clean := func(s string) string { return oneLine(unescaped(anyTag.ReplaceAllString(s, " "))) }
	d.Title = clean(cmp.Or(tag(piece, "HEADLINE"), tag(piece, "HEAD"), tag(piece, "TITLE"), tag(piece, "TI"), tag(piece, "HL"), tag(piece, "H3")))
	d.Author = clean(cmp.Or(tag(piece, "BYLINE"), tag(piece, "AUTHOR")))
	if dateline := clean(tag(piece, "DATELINE")); dateline != "" {
		d.Place = placeOf(dateline)
		_, d.Source = datelineParts(dateline + " - X")
	}
	date := clean(cmp.Or(tag(piece, "DATE1"), tag(piece, "DATE_TIME"), tag(piece, "DATE"), tag(piece, "PUBDATE"), tag(piece, "DD")))
	if m := dayInID.FindStringSubmatch(d.ID); m != nil && date == "" {
		date = m[1]
	}
	if err := k.date(&d, date); err != nil {
		return k.fail(line, err)
	}
	d.Text = unescaped(docText(piece))
	return k.withText(d, line)
}

// docText is the text of a DOC element, its paragraphs joined by an empty line.
func docText(piece string) string {
	var paragraphs []string
	for {
		_, rest, ok := strings.Cut(piece, "<TEXT>")
		if !ok {
			break
		}
		var text string
		text, piece, _ = strings.Cut(rest, "</TEXT>")
		text = paragraph.ReplaceAllString(text, "\n\n")
		for p := range strings.SplitSeq(anyTag.ReplaceAllString(text, " "), "\n\n") {
			if p = strings.TrimSpace(p); p != "" {
				paragraphs = append(paragraphs, oneLine(p))
			}
		}
	}
	return strings.Join(paragraphs, "\n\n")
}
