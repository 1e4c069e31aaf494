// Package token cuts an article into sentences and tokens with byte spans.
//
//  1. the text without its furniture falls into paragraphs: empty lines, indentation, bullets, or single line ends where the text is not hard-wrapped
//  2. a paragraph falls into sentences by rules on stops, closing quotes, abbreviations and the next word
//  3. a sentence falls into chunks between white space; prose proposes the words of a chunk, and what it does other than the Universal
//     Dependencies treebanks is corrected: hyphens, slashes and clitics are split, abbreviations keep their dot, nothing is lost
package token

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"entente/extract"
	"entente/schema"
)

// Tokenizer splits articles. It is safe for concurrent use.
type Tokenizer struct {
	prose *proseTokenizer
	cache cache
}

// New is a tokenizer with prose loaded; make one and share it.
func New() *Tokenizer {
	return &Tokenizer{prose: newProse(), cache: cache{m: map[chunkKey][]span{}}}
}

// span is a half-open byte range.
type span struct{ start, end int }

// Split is the document of a with its sentences and tokens, every Head -1. Furniture is in no sentence, except a title that stands in the
// text: it is a sentence marked Headline. For each token Text equals the article's text at its span, with typographic quotes and dashes
// made plain; invalid UTF-8 and out-of-order furniture are read as they are, without error.
func (t *Tokenizer) Split(a schema.Article) *extract.Doc {
	d := &extract.Doc{Article: a}
	text := a.Text
	stops := stopsOf(text)
	for _, p := range paragraphs(a) {
		for _, s := range sentences(text, p.span, stops) {
			tokens := t.tokens(text, s)
			if len(tokens) == 0 { // nothing but soft hyphens
				continue
			}
			d.Sentences = append(d.Sentences, extract.Sentence{
				Start: tokens[0].Start, End: tokens[len(tokens)-1].End,
				Paragraph: p.number, Headline: p.headline,
				Tokens: tokens,
			})
		}
	}
	return d
}

// tokens are the tokens of one sentence.
func (t *Tokenizer) tokens(text string, s span) []extract.Token {
	out := make([]extract.Token, 0, (s.end-s.start)/5+2)
	for i := s.start; i < s.end; {
		r, size := utf8.DecodeRuneInString(text[i:s.end])
		if isSpace(r) {
			i += size
			continue
		}
		end := i + strings.IndexFunc(text[i:s.end], isSpace)
		if end < i {
			end = s.end
		}
		last := end == s.end
		for _, w := range t.chunk(text[i:end], last) {
			out = append(out, extract.Token{
				Start: i + w.start, End: i + w.end,
				Text: plain(text[i+w.start : i+w.end]), Head: -1,
			})
		}
		i = end
	}
	return out
}

// furnitureOf is the furniture of a as sorted spans inside the text, without titles: these are read.
func furnitureOf(a schema.Article) []span {
	var out []span
	for _, f := range a.Furniture {
		s := span{max(f.Start, 0), min(f.End, len(a.Text))}
		if f.Kind != "title" && s.start < s.end {
			out = append(out, s)
		}
	}
	slices.SortFunc(out, func(a, b span) int { return cmp.Or(a.start-b.start, a.end-b.end) })
	return out
}

// plainMarks makes typographic quotes and dashes plain.
var plainMarks = strings.NewReplacer(
	"“", `"`, "”", `"`, "„", `"`, "‟", `"`, "«", `"`, "»", `"`, "″", `"`,
	"‘", "'", "’", "'", "‚", "'", "‛", "'", "′", "'", "‹", "'", "›", "'",
	"–", "-", "—", "-", "‒", "-", "―", "-", "‐", "-", "‑", "-", "−", "-",
	"…", "...", "\u00ad", "",
)

// plain is s with typographic quotes and dashes made plain; it returns s itself where there are none.
func plain(s string) string {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return plainMarks.Replace(s)
		}
	}
	return s
}

// isSpace reports white space, the no-break kinds and the zero-width space included.
func isSpace(r rune) bool {
	switch r {
	case ' ', '\n', '\t', '\r', '\v', '\f', '\u0085', '\u00a0', '\u1680', '\u2028', '\u2029', '\u202f', '\u205f', '\u3000', '\u200b', '\ufeff':
		return true
	}
	return r >= '\u2000' && r <= '\u200a' || r < ' ' || r == 0x7f
}
