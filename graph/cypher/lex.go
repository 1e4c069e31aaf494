package cypher

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

type tokenKind int

const (
	tokenEnd    tokenKind = iota
	tokenName             // a name or keyword
	tokenQuoted           // a name in backquotes
	tokenInt
	tokenFloat
	tokenString
	tokenParam // $name
	tokenSign  // an operator or bracket
)

// token is one word of a query. text is the name, sign or decoded string; from and to are the byte offsets of the token in the query, half-open.
type token struct {
	kind     tokenKind
	text     string
	from, to int
}

// maxQuery is the longest query that is read, in bytes.
const maxQuery = 1 << 20

type lexer struct {
	text string
	at   int
	out  []token
}

// lex splits a query into tokens, the last of which is tokenEnd.
func lex(text string) ([]token, error) {
	l := &lexer{text: text}
	if len(text) > maxQuery {
		return nil, runtimeError(SyntaxError, "UnexpectedSyntax", "the query is longer than %d bytes", maxQuery)
	}
	if !utf8.ValidString(text) {
		return nil, runtimeError(SyntaxError, "InvalidUnicodeCharacter", "the query is not UTF-8")
	}
	for {
		if err := l.space(); err != nil {
			return nil, err
		}
		if l.at == len(text) {
			l.out = append(l.out, token{tokenEnd, "", l.at, l.at})
			return l.out, nil
		}
		if err := l.token(); err != nil {
			return nil, err
		}
	}
}

func (l *lexer) fail(at int, detail, format string, args ...any) error {
	return errorAt(l.text, at, SyntaxError, detail, fmt.Sprintf(format, args...))
}

// errorAt is an error at a byte offset of a text.
func errorAt(text string, at int, kind, detail, message string) error {
	at = min(at, len(text))
	start := strings.LastIndexByte(text[:at], '\n') + 1
	line, _, _ := strings.Cut(text[start:], "\n")
	return &Error{Kind: kind, Detail: detail, Text: message, Line: strings.ReplaceAll(strings.TrimSuffix(line, "\r"), "\t", " "),
		Pos: Pos{1 + strings.Count(text[:at], "\n"), 1 + utf8.RuneCountInString(text[start:at])}}
}

func (l *lexer) rest() string { return l.text[l.at:] }

// space skips white space and comments.
func (l *lexer) space() error {
	for l.at < len(l.text) {
		r, n := utf8.DecodeRuneInString(l.rest())
		switch {
		case unicode.IsSpace(r) || r >= 0x1c && r <= 0x1f || r == 0x180e || r == 0xfeff:
			l.at += n
		case strings.HasPrefix(l.rest(), "//"):
			if i := strings.IndexByte(l.rest(), '\n'); i >= 0 {
				l.at += i
			} else {
				l.at = len(l.text)
			}
		case strings.HasPrefix(l.rest(), "/*"):
			i := strings.Index(l.rest()[2:], "*/")
			if i < 0 {
				return l.fail(l.at, "UnexpectedSyntax", "the comment is not ended: want */")
			}
			l.at += i + 4
		default:
			return nil
		}
	}
	return nil
}

func nameStart(r rune) bool { return r == '_' || unicode.IsLetter(r) || unicode.Is(unicode.Nl, r) }

func nameRune(r rune) bool {
	return nameStart(r) || unicode.IsDigit(r) || unicode.In(r, unicode.Mn, unicode.Mc, unicode.Pc)
}

func (l *lexer) name() string {
	i := strings.IndexFunc(l.rest(), func(r rune) bool { return !nameRune(r) })
	if i < 0 {
		i = len(l.rest())
	}
	s := l.rest()[:i]
	l.at += i
	return s
}

func (l *lexer) token() error {
	from := l.at
	r, _ := utf8.DecodeRuneInString(l.rest())
	var t token
	var err error
	switch {
	case nameStart(r):
		t = token{kind: tokenName, text: l.name()}
	case r == '`':
		t.kind = tokenQuoted
		t.text, err = l.backquoted()
	case r == '\'' || r == '"':
		t.kind = tokenString
		t.text, err = l.quoted(byte(r))
	case r == '$':
		t.kind = tokenParam
		l.at++
		if strings.HasPrefix(l.rest(), "`") {
			t.text, err = l.backquoted()
		} else if t.text = l.name(); t.text == "" {
			err = l.fail(from, "UnexpectedSyntax", "a parameter needs a name: $name")
		}
	case r >= '0' && r <= '9' || r == '.' && len(l.rest()) > 1 && isDigit(l.rest()[1]):
		t, err = l.number()
	default:
		t.kind = tokenSign
		t.text, err = l.sign(r)
	}
	if err != nil {
		return err
	}
	t.from, t.to = from, l.at
	l.out = append(l.out, t)
	return nil
}

func (l *lexer) sign(r rune) (string, error) {
	for _, s := range []string{"<>", "<=", ">=", "=~", "+=", "..", "||", "::", "!="} {
		if strings.HasPrefix(l.rest(), s) {
			if s == "!=" {
				return "", l.fail(l.at, "UnexpectedSyntax", "!= is not an operator: write <>")
			}
			l.at += len(s)
			return s, nil
		}
	}
	if strings.ContainsRune("()[]{}<>=+-*/%^.,:|;&!", r) {
		l.at++
		return string(r), nil
	}
	// Dashes and arrowheads that look like those of patterns.
	if strings.ContainsRune("\u00ad\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d\u27e8\u3008\ufe64\uff1c\u27e9\u3009\ufe65\uff1e", r) {
		return "", l.fail(l.at, "InvalidUnicodeCharacter", "%q is not an operator: write -, < or >", r)
	}
	return "", l.fail(l.at, "UnexpectedSyntax", "unexpected character %q", r)
}

func (l *lexer) backquoted() (string, error) {
	start := l.at
	var b strings.Builder
	l.at++
	for {
		i := strings.IndexByte(l.rest(), '`')
		if i < 0 {
			return "", l.fail(start, "UnexpectedSyntax", "the name is not ended: want `")
		}
		b.WriteString(l.rest()[:i])
		l.at += i + 1
		if !strings.HasPrefix(l.rest(), "`") {
			return b.String(), nil
		}
		b.WriteByte('`')
		l.at++
	}
}

var escapes = map[byte]string{'\\': "\\", '\'': "'", '"': "\"", 'b': "\b", 'f': "\f", 'n': "\n", 'r': "\r", 't': "\t", '`': "`", '0': "\x00"}

func (l *lexer) quoted(quote byte) (string, error) {
	start := l.at
	var b strings.Builder
	for l.at++; l.at < len(l.text); l.at++ {
		c := l.text[l.at]
		switch {
		case c == quote:
			l.at++
			return b.String(), nil
		case c != '\\':
			b.WriteByte(c)
		default:
			if err := l.escape(&b); err != nil {
				return "", err
			}
		}
	}
	return "", l.fail(start, "UnexpectedSyntax", "the string is not ended: want %c", quote)
}

// escape reads an escape, at whose backslash the lexer is, and leaves it at its last byte.
func (l *lexer) escape(b *strings.Builder) error {
	start := l.at
	l.at++
	if l.at == len(l.text) {
		return l.fail(start, "UnexpectedSyntax", "the string is not ended")
	}
	c := l.text[l.at]
	if c == 'u' || c == 'U' {
		n := 4
		if c == 'U' {
			n = 8
		}
		if l.at+n >= len(l.text) {
			return l.fail(start, "InvalidUnicodeLiteral", "\\%c needs %d hexadecimal digits", c, n)
		}
		v, err := strconv.ParseUint(l.text[l.at+1:l.at+1+n], 16, 32)
		if err != nil || !utf8.ValidRune(rune(v)) {
			return l.fail(start, "InvalidUnicodeLiteral", "\\%c needs %d hexadecimal digits of a character", c, n)
		}
		b.WriteRune(rune(v))
		l.at += n
		return nil
	}
	s, ok := escapes[c]
	if !ok {
		return l.fail(start, "UnexpectedSyntax", "unknown escape \\%c", c)
	}
	b.WriteString(s)
	return nil
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// number reads an integer or float. A float needs a digit behind its point, so that 1..2 is a range.
func (l *lexer) number() (token, error) {
	start := l.at
	kind := tokenInt
	if s := l.rest(); len(s) > 1 && s[0] == '0' && strings.ContainsRune("xXoO", rune(s[1])) {
		l.name()
		return token{kind: tokenInt, text: l.text[start:l.at]}, nil
	}
	l.digits()
	if s := l.rest(); len(s) > 1 && s[0] == '.' && isDigit(s[1]) {
		kind = tokenFloat
		l.at++
		l.digits()
	}
	if s := l.rest(); s != "" && (s[0] == 'e' || s[0] == 'E') {
		i := 1
		if len(s) > 1 && (s[1] == '-' || s[1] == '+') {
			i = 2
		}
		if len(s) > i && isDigit(s[i]) {
			kind = tokenFloat
			l.at += i
			l.digits()
		}
	}
	if r, _ := utf8.DecodeRuneInString(l.rest()); nameStart(r) {
		l.name()
		return token{}, l.fail(start, "InvalidNumberLiteral", "%q is not a number", l.text[start:l.at])
	}
	return token{kind: kind, text: l.text[start:l.at]}, nil
}

func (l *lexer) digits() {
	for l.at < len(l.text) && (isDigit(l.text[l.at]) || l.text[l.at] == '_' && l.at+1 < len(l.text) && isDigit(l.text[l.at+1])) {
		l.at++
	}
}
