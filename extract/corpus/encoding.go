package corpus

import (
	"bufio"
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// bom is the mark that some programs write before UTF-8; it is no part of a text.
var bom = []byte("\ufeff")

// utf8Reader is the stream in UTF-8, without a mark of its encoding. What is valid UTF-8 is taken as that whatever it declares; else the
// declaration of XML or HTML counts, else Windows-1252, which holds ISO-8859-1.
func utf8Reader(r *bufio.Reader) *bufio.Reader {
	head, _ := r.Peek(peekSize)
	if bytes.HasPrefix(head, bom) {
		r.Discard(len(bom))
		return r
	}
	if e := encodingOf(head); e != nil {
		return buffered(transform.NewReader(r, e.NewDecoder()))
	}
	return r
}

// encodingOf is the encoding of a stream that begins with head, nil for UTF-8 and for what is no text.
func encodingOf(head []byte) encoding.Encoding {
	switch {
	case bytes.HasPrefix(head, []byte("\xff\xfe")), bytes.HasPrefix(head, []byte("\xfe\xff")):
		return unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
	case utf16Without(head, 1):
		return unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)
	case utf16Without(head, 0):
		return unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)
	case bytes.IndexByte(head, 0) >= 0, validStart(head):
		return nil
	}
	if e, name := charset.Lookup(declared(head)); e != nil && name != "utf-8" && !strings.HasPrefix(name, "utf-16") {
		return e
	}
	return charmap.Windows1252
}

// utf16Without reports whether head looks like UTF-16 without a mark: Latin letters, every second byte from off being zero.
func utf16Without(head []byte, off int) bool {
	if len(head) < 16 {
		return false
	}
	head = head[:min(len(head), 512)&^1]
	zero := 0
	for i := off; i < len(head); i += 2 {
		if head[i] == 0 {
			zero++
		}
		if head[i^1] == 0 {
			return false
		}
	}
	return zero > len(head)*4/10
}

// validStart reports whether head is the beginning of UTF-8; a character may be cut at its end.
func validStart(head []byte) bool {
	for n := range min(utf8.UTFMax, len(head)+1) {
		if utf8.Valid(head[:len(head)-n]) {
			return n == 0 || !utf8.FullRune(head[len(head)-n:])
		}
	}
	return false
}

var declaration = regexp.MustCompile(`(?i)^\s*<\?xml[^>]{0,200}encoding\s*=\s*["']([\w.:-]+)|<meta[^>]{0,200}charset\s*=\s*["']?([\w.:-]+)`)

// declared is the name of the encoding that XML or HTML gives itself.
func declared(head []byte) string {
	m := declaration.FindSubmatch(head[:min(len(head), 4096)])
	if m == nil {
		return ""
	}
	return string(m[1]) + string(m[2])
}

// valid8 is b in UTF-8: a record that is not valid, behind a head that was, is taken as Windows-1252.
func valid8(b []byte) []byte {
	if utf8.Valid(b) {
		return b
	}
	out, err := charmap.Windows1252.NewDecoder().Bytes(b)
	if err != nil {
		return bytes.ToValidUTF8(b, []byte("\ufffd"))
	}
	return out
}

// readable fails for bytes that are no text of an article.
func readable(b []byte) error {
	switch {
	case len(b) > maxText:
		return fmt.Errorf("longer than %d MB, the limit of one article; split it", maxText>>20)
	case bytes.IndexByte(b, 0) >= 0:
		return errBinary
	case len(bytes.TrimSpace(b)) == 0:
		return errEmpty
	}
	return nil
}
