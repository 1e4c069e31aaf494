package corpus

import (
	"bufio"
	"bytes"
	"cmp"
	"io"
	"regexp"
	"strings"

	"entente/schema"
)

// textFile reads a file that is one article: plain text, with or without the head of a newswire or of a web page that was saved as text.
func textFile(r *bufio.Reader, k *sink) {
	b, err := io.ReadAll(io.LimitReader(r, maxText+1))
	if err != nil {
		k.fail(0, plain(err))
		return
	}
	b = bytes.TrimPrefix(valid8(b), bom)
	if err := readable(b); err != nil {
		k.fail(0, err)
		return
	}
	d := Document{Article: schema.Article{ID: k.source.id, Text: string(b)}}
	if head, body, ok := frontMatter(d.Text); ok {
		k.frontMatter(d, head, body)
		return
	}
	d.fromHead()
	k.article(d, 0)
}

// frontMatter cuts the YAML head off a text that begins with one.
func frontMatter(text string) (head, body string, ok bool) {
	rest, ok := strings.CutPrefix(strings.ReplaceAll(text, "\r\n", "\n"), "---\n")
	if !ok {
		return "", "", false
	}
	head, body, ok = strings.Cut(rest, "\n---\n")
	return head, strings.TrimLeft(body, "\n"), ok
}

// frontMatter reads the head's lines "name: value"; nested values are no properties of an article.
func (k *sink) frontMatter(d Document, head, body string) {
	t := newTable(k.o)
	var r record
	for l := range strings.Lines(head) {
		name, v, ok := strings.Cut(strings.TrimRight(l, "\n"), ":")
		p, known := t.places[normalName(name)]
		if !ok || !known || strings.HasPrefix(l, " ") || p.property == propText {
			continue
		}
		v = strings.TrimSpace(v)
		if n := len(v); n > 1 && (v[0] == '"' || v[0] == '\'') && v[n-1] == v[0] {
			v = v[1 : n-1]
		}
		r.add(p, name, func() string { return v })
	}
	if _, name := r.get(propID, nil); name == "" {
		r.add(place{propID, 99}, "", func() string { return d.ID })
	}
	r.add(place{propText, 0}, "text", func() string { return body })
	k.record(r, 0)
}

var (
	headByline = regexp.MustCompile(`^(?:-- )?[Bb]y\s+(\p{Lu}.{0,80})$`)
	headName   = regexp.MustCompile(`^-- (\p{Lu}[\p{L}.'’-]+(?: \p{L}[\p{L}.'’-]*){1,4})$`)
	headURL    = regexp.MustCompile(`^(?:-- )?(https?://\S+)$`)
)

// fromHead sets what the first lines of a plain text say of it: author and address.
func (d *Document) fromHead() {
	n := 0
	for l := range strings.Lines(d.Text) {
		l = strings.TrimSpace(l)
		if n++; n > headLines {
			return
		}
		if m := headURL.FindStringSubmatch(l); m != nil {
			d.URL = cmp.Or(d.URL, m[1])
		}
		if m := headByline.FindStringSubmatch(l); m != nil {
			d.Author = cmp.Or(d.Author, m[1])
		}
		if m := headName.FindStringSubmatch(l); n == 2 && m != nil {
			d.Author = cmp.Or(d.Author, m[1])
		}
	}
}

// fromDateline sets place and agency where the format did not say them and the text begins with a dateline.
func (d *Document) fromDateline() {
	n := 0
	for l := range strings.Lines(d.Text) {
		if strings.TrimSpace(l) == "" {
			continue
		}
		if lineKind(strings.TrimRight(l, "\r\n")) != "" || headDate(l) != "" {
			continue
		}
		if n++; n > datelineParagraphs {
			return
		}
		if at, agency := datelineParts(strings.TrimRight(l, "\r\n")); at != "" {
			d.Place, d.Source = cmp.Or(d.Place, at), cmp.Or(d.Source, agency)
			return
		}
	}
}
