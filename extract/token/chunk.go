package token

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// chunkKey is a stretch without white space, and whether its sentence ends with it: only there a dot may be both of the abbreviation
// and of the sentence.
type chunkKey struct {
	text string
	last bool
}

// cache keeps the cuts of chunks seen before; the same few thousand make most of a news text.
type cache struct {
	mu sync.RWMutex
	m  map[chunkKey][]span
}

// A cache that is full begins again; longer chunks are rare and not kept. Prose sees no chunk longer than proseBytes.
const (
	proseBytes   = 200
	cacheEntries = 1 << 15
	cacheBytes   = 40
)

// chunk cuts s, which has no white space, into tokens. Spans are relative to s; the caller must not change them.
func (t *Tokenizer) chunk(s string, last bool) []span {
	if isPlainWord(s) {
		return wordSpans(len(s))
	}
	key := chunkKey{s, last}
	t.cache.mu.RLock()
	cuts, ok := t.cache.m[key]
	t.cache.mu.RUnlock()
	if ok {
		return cuts
	}
	cuts = t.cut(s, last)
	if len(s) <= cacheBytes {
		key.text = strings.Clone(s)
		t.cache.mu.Lock()
		if len(t.cache.m) >= cacheEntries {
			clear(t.cache.m)
		}
		t.cache.m[key] = cuts
		t.cache.mu.Unlock()
	}
	return cuts
}

// plainWords are the spans of words of one token by length.
var plainWords = func() (table [32][]span) {
	for i := range table {
		table[i] = []span{{0, i}}
	}
	return table
}()

func wordSpans(n int) []span {
	if n < len(plainWords) {
		return plainWords[n]
	}
	return []span{{0, n}}
}

// isPlainWord reports whether s is one token beyond doubt: ASCII letters, none of the words written together.
func isPlainWord(s string) bool {
	return wordEnd(s) == len(s) && together(s) == 0
}

// together is where a word written together falls apart, 0 where it is one: can|not, gon|na.
func together(s string) int {
	if len(s) != 5 && len(s) != 6 {
		return 0
	}
	switch strings.ToLower(s) {
	case "cannot":
		return 3
	case "gonna", "wanna", "gotta":
		return 3
	}
	return 0
}

// cut asks prose for the words of s and corrects them.
func (t *Tokenizer) cut(s string, last bool) []span {
	open := len(s) - len(strings.TrimLeft(s, "([<\"'“‘"))
	if n := addressLen(s[open:]); n > 0 {
		return append(append(marks(s[:open], 0), span{open, open + n}), marks(s, open+n)...)
	}
	p := newPlainText(s)
	var words []span
	for _, w := range rejoin(p.text, t.proposals(p.text)) {
		words = refine(p.text, w, words)
	}
	words = keepDots(p.text, joinRuns(p.text, words), last)
	for i := range words {
		words[i] = span{p.origin[words[i].start], p.origin[words[i].end]}
	}
	return words
}

// proposals are the tokens that prose finds in the plain text s, together with what it lost between them.
func (t *Tokenizer) proposals(s string) []span {
	// Prose looks for clitics in the lower-case word and cuts the other one, and needs quadratic time for long runs of marks.
	if len(s) > proseBytes || len(strings.ToLower(s)) != len(s) {
		return []span{{0, len(s)}}
	}
	var out []span
	at := 0
	for _, w := range t.prose.words(s) {
		i := strings.Index(s[at:], w)
		if i < 0 || w == "" || !utf8.RuneStart(s[at+i]) || at+i+len(w) < len(s) && !utf8.RuneStart(s[at+i+len(w)]) {
			continue
		}
		if i > 0 {
			out = append(out, span{at, at + i})
		}
		out = append(out, span{at + i, at + i + len(w)})
		at += i + len(w)
	}
	if at < len(s) {
		out = append(out, span{at, len(s)})
	}
	return out
}

// rejoin puts together what prose cuts inside a word: "O'Shea" at "'s".
func rejoin(s string, words []span) []span {
	return join(words, func(before, w span) bool {
		word := s[w.start:w.end]
		return word[0] == '\'' && len(word) > 1 && !isClitic(word) && isWordByte(s[before.end-1])
	})
}

// joinRuns puts together the marks of a run, "..." or "--".
func joinRuns(s string, words []span) []span {
	return join(words, func(before, w span) bool {
		return sameRun(s[w.start], s[before.start]) && isRun(s[before.start:before.end]) && isRun(s[w.start:w.end])
	})
}

// join puts a word together with the one that ends where it begins, where belongs says so. It changes words in place.
func join(words []span, belongs func(before, w span) bool) []span {
	out := words[:0]
	for _, w := range words {
		if n := len(out); n > 0 && out[n-1].end == w.start && belongs(out[n-1], w) {
			out[n-1].end = w.end
			continue
		}
		out = append(out, w)
	}
	return out
}

// isRun reports whether s is one mark repeated, of those that stay together.
func isRun(s string) bool {
	return strings.IndexByte(".-!?*=_~`", s[0]) >= 0 && (strings.Count(s, s[:1]) == len(s) || strings.Trim(s, "?!") == "")
}

// sameRun reports whether two marks may stand in one run: "...", "?!".
func sameRun(a, b byte) bool {
	return a == b || (a == '!' || a == '?') && (b == '!' || b == '?')
}

func isWordByte(c byte) bool { return isLetter(c) || isDigit(c) || c >= utf8.RuneSelf }

// plainText is a chunk with typographic marks made plain and, for every byte of it and its end, the place in the chunk.
type plainText struct {
	text   string
	origin []int
}

func newPlainText(s string) plainText {
	p := plainText{origin: make([]int, 0, len(s)+1)}
	var b strings.Builder
	for i := 0; i < len(s); {
		_, size := utf8.DecodeRuneInString(s[i:])
		text := plain(s[i : i+size])
		b.WriteString(text)
		for j := range len(text) {
			if text == "..." {
				p.origin = append(p.origin, i)
				continue
			}
			p.origin = append(p.origin, i+j)
		}
		i += size
	}
	p.text = b.String()
	p.origin = append(p.origin, len(s))
	return p
}

// addressLen is the length of the web or mail address that s begins with, 0 where it is none. Marks at its end are not part of it.
func addressLen(s string) int {
	lower := strings.ToLower(s)
	at := strings.IndexByte(s, '@')
	isAddress := strings.HasPrefix(lower, "http://") || strings.HasPrefix(lower, "https://") || strings.HasPrefix(lower, "www.") ||
		at > 0 && isWordByte(s[0]) && strings.Contains(s[at:], ".") && !strings.ContainsAny(s, "/,;")
	if !isAddress {
		return 0
	}
	return len(strings.TrimRight(s, ".,;:!?)]\"'>”’"))
}

// marks are the runes of s from byte n on, each a token.
func marks(s string, n int) []span {
	var out []span
	for n < len(s) {
		_, size := utf8.DecodeRuneInString(s[n:])
		out = append(out, span{n, n + size})
		n += size
	}
	return out
}

func isWordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) }
