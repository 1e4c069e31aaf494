package corpus

import (
	"bytes"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// jsonValue is a valid JSON value as it is written, without white space around it. Walking it allocates nothing and decodes only what is
// asked for: most of a line of a corpus is a text and fields that nobody reads.
type jsonValue []byte

// members yields the members of an object in order.
func (v jsonValue) members(yield func(string, jsonValue) bool) {
	if len(v) == 0 || v[0] != '{' {
		return
	}
	i := 1
	for {
		i = v.skipTo(i)
		if i >= len(v) || v[i] == '}' {
			return
		}
		end := v.end(i)
		key := jsonValue(v[i:end])
		i = v.skipTo(end)
		end = v.end(i)
		if !yield(key.str(), v[i:end]) {
			return
		}
		i = end
	}
}

// elements yields the elements of an array in order.
func (v jsonValue) elements(yield func(jsonValue) bool) {
	if len(v) == 0 || v[0] != '[' {
		return
	}
	i := 1
	for {
		i = v.skipTo(i)
		if i >= len(v) || v[i] == ']' {
			return
		}
		end := v.end(i)
		if !yield(v[i:end]) {
			return
		}
		i = end
	}
}

// skipTo is the place of the next value or closing mark from i.
func (v jsonValue) skipTo(i int) int {
	for i < len(v) && strings.IndexByte(" \t\r\n,:", v[i]) >= 0 {
		i++
	}
	return i
}

// end is the place behind the value that begins at i.
func (v jsonValue) end(i int) int {
	switch v[i] {
	case '"':
		return v.endString(i)
	case '{', '[':
		depth := 0
		for i < len(v) {
			switch v[i] {
			case '"':
				i = v.endString(i)
				continue
			case '{', '[':
				depth++
			case '}', ']':
				if depth--; depth == 0 {
					return i + 1
				}
			}
			i++
		}
		return i
	}
	for i < len(v) && strings.IndexByte(",]} \t\r\n", v[i]) < 0 {
		i++
	}
	return i
}

func (v jsonValue) endString(i int) int {
	for i++; i < len(v); {
		n := bytes.IndexByte(v[i:], '"')
		if n < 0 {
			return len(v)
		}
		i += n + 1
		slashes := 0
		for j := i - 2; j >= 0 && v[j] == '\\'; j-- {
			slashes++
		}
		if slashes%2 == 0 {
			return i
		}
	}
	return len(v)
}

// str is the string that v is, empty where it is something else.
func (v jsonValue) str() string {
	if len(v) < 2 || v[0] != '"' {
		return ""
	}
	inner := v[1 : len(v)-1]
	if bytes.IndexByte(inner, '\\') < 0 {
		return strings.ToValidUTF8(string(inner), "\ufffd")
	}
	var b strings.Builder
	b.Grow(len(inner))
	for len(inner) > 0 {
		n := bytes.IndexByte(inner, '\\')
		if n < 0 {
			b.Write(inner)
			break
		}
		b.Write(inner[:n])
		r, used := escaped(inner[n:])
		b.WriteRune(r)
		inner = inner[n+used:]
	}
	return strings.ToValidUTF8(b.String(), "\ufffd")
}

// escaped is the character of the escape that b begins with, and how many bytes it takes.
func escaped(b jsonValue) (rune, int) {
	if len(b) < 2 {
		return utf8.RuneError, len(b)
	}
	switch b[1] {
	case 'n':
		return '\n', 2
	case 't':
		return '\t', 2
	case 'r':
		return '\r', 2
	case 'b':
		return '\b', 2
	case 'f':
		return '\f', 2
	case 'u':
		r, used := hexRune(b), 6
		if r2 := hexRune(b[min(6, len(b)):]); utf16.IsSurrogate(r) {
			if r = utf16.DecodeRune(r, r2); r != utf8.RuneError {
				used = 12
			}
		}
		return r, min(used, len(b))
	}
	return rune(b[1]), 2
}

// hexRune is the number of \uXXXX at the beginning of b, -1 where there is none.
func hexRune(b jsonValue) rune {
	if len(b) < 6 || b[0] != '\\' || b[1] != 'u' {
		return -1
	}
	n, err := strconv.ParseUint(string(b[2:6]), 16, 32)
	if err != nil {
		return -1
	}
	return rune(n)
}

// valueNames are the members of an object that stand for it: the name of a source, the words of a headline.
var valueNames = []string{"name", "title", "value", "main", "original", "text", "$oid", "$date", "$numberLong", "_cdata", "#text"}

// flat is v as a text: a number as it is written, the elements of an array with sep between them, an object by the member that stands
// for it. A list of versions gives the one whose role is main.
func (v jsonValue) flat(sep string) string { return v.flatAt(sep, 0) }

func (v jsonValue) flatAt(sep string, depth int) string {
	if len(v) == 0 || depth > 4 {
		return ""
	}
	switch v[0] {
	case '"':
		return v.str()
	case '[':
		var parts []string
		for e := range v.elements {
			if e[0] == '{' && e.at([]string{"role"}).str() == "main" {
				return e.flatAt(sep, depth+1)
			}
			if s := e.flatAt(sep, depth+1); s != "" {
				parts = append(parts, s)
			}
		}
		return strings.Join(parts, sep)
	case '{':
		for _, name := range valueNames {
			if inner := v.at([]string{name}); inner != nil {
				if s := inner.flatAt(sep, depth+1); s != "" {
					return s
				}
			}
		}
		return ""
	case 't', 'f', 'n':
		return ""
	}
	return string(v)
}

// at is the value at a path of members, nil where there is none.
func (v jsonValue) at(path []string) jsonValue {
	if len(path) == 0 {
		return v
	}
	for key, e := range v.members {
		if key == path[0] {
			return e.at(path[1:])
		}
	}
	return nil
}
