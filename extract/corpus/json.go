package corpus

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// jsonLines reads an article a line. A line that holds a list of articles gives all of them.
func jsonLines(br *bufio.Reader, k *sink) {
	t := newTable(k.o)
	for n := 1; ; n++ {
		b, tooLong, err := readLine(br)
		if err != nil && err != io.EOF {
			k.fail(n, plain(err))
			return
		}
		switch {
		case tooLong:
			k.fail(n, fmt.Errorf("a line longer than %d MB; it was left out", maxLine>>20))
		case len(bytes.TrimSpace(b)) > 0:
			k.object(t, b, n)
		}
		if k.done {
			return
		}
		if err == io.EOF {
			break
		}
	}
	if k.seen == 0 {
		k.fail(0, errors.New("empty: it has no lines"))
	}
}

// readLine reads a line without its end; what is behind the limit is read and dropped. The bytes are the caller's.
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

// object reads one JSON object that should be an article or a list of them.
func (k *sink) object(t *table, b []byte, row int) bool {
	b = valid8(b)
	if !json.Valid(b) {
		err := json.Unmarshal(b, new(json.RawMessage))
		return k.fail(row, fmt.Errorf("not a JSON object of an article: %w", err))
	}
	v := jsonValue(bytes.TrimSpace(b))
	if v[0] != '{' {
		return k.fail(row, errors.New("not a JSON object of an article"))
	}
	if list := v.articles(0); list != nil {
		for e := range list.elements {
			if !k.object(t, e, row) {
				return false
			}
		}
		return true
	}
	return k.record(v.record(t, true), row)
}

// listNames are the names that answers of services give to their list of articles, or to what is around it.
var listNames = []string{"articles", "results", "response", "docs", "documents", "data", "items", "stories", "hits", "entries", "news"}

// articles is the list of articles that an object is a shell of, nil where it is none.
func (v jsonValue) articles(depth int) jsonValue {
	if depth > 3 {
		return nil
	}
	var found jsonValue
	for key, e := range v.members {
		if found != nil || !slices.Contains(listNames, key) {
			continue
		}
		switch {
		case e[0] == '[' && e.objects():
			found = e
		case e[0] == '{':
			found = e.articles(depth + 1)
		}
	}
	return found
}

// objects reports whether the first element of an array is an object.
func (v jsonValue) objects() bool {
	for e := range v.elements {
		return e[0] == '{'
	}
	return false
}

// record are the known fields of an object, those of an object "fields" in it included.
func (v jsonValue) record(t *table, outer bool) record {
	r := make(record, 0, 16)
	for key, e := range v.members {
		for i, path := range t.paths {
			if path[0] == key {
				if inner := e.at(path[1:]); inner != nil {
					r.add(t.wanted[i], key, func() string { return inner.flat("\n\n") })
				}
			}
		}
		if outer && key == "fields" && e[0] == '{' {
			r = append(r, e.record(t, false)...)
			continue
		}
		name := normalName(key)
		p, ok := t.places[name]
		if !ok {
			continue
		}
		sep := ", "
		if p.property == propText {
			sep = "\n\n"
		}
		r.add(p, name, func() string { return e.flat(sep) })
	}
	return r
}

// jsonFile reads a document of JSON: an array of articles, an answer of a service, one article, or several of these behind each other.
func jsonFile(br *bufio.Reader, k *sink) {
	g := &guard{r: br}
	d := &jsonDoc{k: k, t: newTable(k.o), dec: json.NewDecoder(g), guard: g}
	for !k.done {
		if err := d.value(0); err != nil {
			if err != io.EOF {
				k.fail(0, fmt.Errorf("not JSON behind article %d: %w", d.row, plain(err)))
			}
			return
		}
	}
}

// guard ends a stream of which one piece is too long; done marks the end of a piece.
type guard struct {
	r io.Reader
	n int64
}

func (g *guard) Read(p []byte) (int, error) {
	if g.n > maxLine {
		return 0, fmt.Errorf("one piece of it is longer than %d MB; it is not read further", maxLine>>20)
	}
	n, err := g.r.Read(p)
	g.n += int64(n)
	return n, err
}

func (g *guard) reset() { g.n = 0 }

// jsonDoc streams a document of JSON: only one article of it is in memory.
type jsonDoc struct {
	k     *sink
	t     *table
	dec   *json.Decoder
	guard *guard
	row   int
}

// value reads a value that is a list of articles, a shell of one, or an article.
func (d *jsonDoc) value(depth int) error {
	tok, err := d.dec.Token()
	if err != nil {
		return err
	}
	switch tok {
	case json.Delim('['):
		return d.array()
	case json.Delim('{'):
		return d.shell(depth)
	}
	return nil
}

func (d *jsonDoc) array() error {
	for d.dec.More() {
		var raw json.RawMessage
		if err := d.dec.Decode(&raw); err != nil {
			return err
		}
		d.guard.reset()
		if d.row++; !d.k.object(d.t, raw, d.row) {
			return nil
		}
	}
	_, err := d.dec.Token()
	return err
}

// shell reads the members of an object: those that may hold the list of articles as a stream, the others as fields of an article.
func (d *jsonDoc) shell(depth int) error {
	object := []byte{'{'}
	before := d.row
	for d.dec.More() {
		key, err := d.dec.Token()
		if err != nil {
			return err
		}
		name, _ := key.(string)
		if slices.Contains(listNames, name) && depth < 4 && d.container() {
			if err := d.value(depth + 1); err != nil {
				return err
			}
			continue
		}
		var raw json.RawMessage
		if err := d.dec.Decode(&raw); err != nil {
			return err
		}
		if len(object)+len(raw) > maxLine {
			return fmt.Errorf("an object longer than %d MB", maxLine>>20)
		}
		if len(object) > 1 {
			object = append(object, ',')
		}
		quoted, _ := json.Marshal(name)
		object = append(append(append(object, quoted...), ':'), raw...)
	}
	if _, err := d.dec.Token(); err != nil {
		return err
	}
	d.guard.reset()
	if d.row == before && (depth == 0 || strings.Contains(string(object), `"`)) {
		if r := jsonValue(append(object, '}')).record(d.t, true); depth == 0 || r.has(propText) {
			d.row++
			d.k.record(r, d.rowOf(depth))
		}
	}
	return nil
}

// rowOf is the row of an article that is the whole file: none.
func (d *jsonDoc) rowOf(int) int {
	if d.row == 1 && !d.dec.More() {
		return 0
	}
	return d.row
}

// container reports whether the value that comes next is an array or an object.
func (d *jsonDoc) container() bool {
	rest, ok := d.dec.Buffered().(io.ByteReader)
	for ok {
		b, err := rest.ReadByte()
		if err != nil {
			return true // not read yet: both ways of going on are right for a scalar
		}
		switch b {
		case ' ', '\t', '\r', '\n', ':':
			continue
		}
		return b == '[' || b == '{'
	}
	return true
}
