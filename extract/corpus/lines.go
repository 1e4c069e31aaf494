package corpus

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"entente/schema"
)

// bom is the mark that some programs write before UTF-8; it is no part of a text.
var bom = []byte("\ufeff")

// readable fails for bytes that are no text of an article.
func readable(b []byte) error {
	switch {
	case len(b) > maxText:
		return fmt.Errorf("longer than %d MB, the limit of one article; split it", maxText>>20)
	case bytes.IndexByte(b, 0) >= 0:
		return errors.New("a binary file, not a text; leave it out")
	case !utf8.Valid(b):
		return errors.New("not UTF-8; convert it, for example with iconv -t utf-8")
	case len(bytes.TrimSpace(b)) == 0:
		return errors.New("empty: it has no text")
	}
	return nil
}

// word is a text or a number; a value of another kind counts as none, so that an odd field of a corpus costs no article.
type word string

func (w *word) UnmarshalJSON(b []byte) error {
	*w = ""
	switch {
	case b[0] == '"':
		return json.Unmarshal(b, (*string)(w))
	case b[0] == '-' || b[0] >= '0' && b[0] <= '9':
		*w = word(b)
	}
	return nil
}

// line is an article as JSON: the names that corpora commonly give to the same things, the first that is set counts.
type line struct {
	ID        word `json:"id"`
	Title     word `json:"title"`
	Headline  word `json:"headline"`
	Published word `json:"published"`
	Date      word `json:"date"`
	Created   word `json:"dateCreated"`
	Source    word `json:"source"`
	Author    word `json:"author"`
	URL       word `json:"url"`
	Text      word `json:"text"`
	Content   word `json:"content"`
	Body      word `json:"body"`
}

func lines(r io.Reader, s source, o Options, yield func(schema.Article, error) bool, fail func(int, error) bool) {
	br := bufio.NewReaderSize(r, 1<<16)
	seen := false
	for n := 1; ; n++ {
		b, tooLong, err := readLine(br)
		if n == 1 {
			b = bytes.TrimPrefix(b, bom)
		}
		if err != nil && err != io.EOF {
			fail(n, plain(err))
			return
		}
		switch {
		case tooLong:
			if !fail(n, fmt.Errorf("a line longer than %d MB; it was left out", maxLine>>20)) {
				return
			}
			seen = true
		case len(bytes.TrimSpace(b)) > 0:
			seen = true
			a, bad := row(b, s, n, o)
			if bad != nil && !fail(n, bad) || bad == nil && !yield(a, nil) {
				return
			}
		}
		if err == io.EOF {
			break
		}
	}
	if !seen {
		fail(0, errors.New("empty: it has no lines"))
	}
}

// readLine reads a line without its end; what is behind the limit is read and dropped.
func readLine(br *bufio.Reader) (b []byte, tooLong bool, err error) {
	for {
		part, err := br.ReadSlice('\n')
		if len(b)+len(part) > maxLine {
			tooLong, b = true, nil
		}
		if !tooLong {
			b = append(b, part...)
		}
		if !errors.Is(err, bufio.ErrBufferFull) {
			return bytes.TrimRight(b, "\r\n"), tooLong, err
		}
	}
}

func row(b []byte, s source, n int, o Options) (schema.Article, error) {
	if !utf8.Valid(b) {
		return schema.Article{}, errors.New("not UTF-8; convert it, for example with iconv -t utf-8")
	}
	var l line
	if err := json.Unmarshal(b, &l); err != nil {
		return schema.Article{}, fmt.Errorf("not a JSON object of an article: %w", err)
	}
	a := schema.Article{
		ID: first(l.ID, l.URL), URL: string(l.URL), Title: first(l.Title, l.Headline), Source: first(l.Source, l.Author), Text: first(l.Text, l.Content, l.Body),
	}
	if err := readable([]byte(a.Text)); err != nil {
		return schema.Article{}, fmt.Errorf("text: %w", err)
	}
	if a.ID == "" {
		a.ID = fmt.Sprintf("%s#%d", strings.TrimSuffix(s.id, ".gz"), n)
	}
	if d := first(l.Published, l.Date, l.Created); d != "" {
		if a.Published = dateIn(d); a.Published == "" {
			return schema.Article{}, fmt.Errorf("date %q is not understood; want for example 2010-12-09", d)
		}
		a.PublishedFrom = "format"
	}
	return finish(a, s.id, o), nil
}

// first is the first of the words that is set.
func first(ws ...word) string { return string(cmp.Or(ws...)) }
