package graph

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"entente/schema"
)

// Searcher is a Store that finds words in what people read: names and aliases of entities, titles of articles, and quotes. All three stores are.
type Searcher interface {
	// Search yields what has all that q asks for: entities (those named just so first, then by id), then articles, then quotes, both by day
	// of publication (unknown ones last) and article. It sees the store as it was when the iteration began; the sequence is single-use.
	Search(ctx context.Context, q Search) iter.Seq2[Hit, error]
}

// Hit is one thing that a search found.
type Hit struct {
	Kind      HitKind     `json:"kind"`
	ID        string      `json:"id"`                // of the entity or the article
	Text      string      `json:"text"`              // name, title or quote
	Aliases   []string    `json:"aliases,omitempty"` // of an entity
	Published schema.Date `json:"published,omitempty"`
	Source    string      `json:"source,omitempty"`
	Start     int         `json:"start,omitempty"` // of a quote: bytes of the article's text, half-open
	End       int         `json:"end,omitempty"`
	Triples   []string    `json:"triples,omitempty"` // ids of the triples that the quote is evidence of, sorted
}

// HitKind is what sort of thing was found.
type HitKind string

// The kinds of hits.
const (
	HitEntity  HitKind = "entity"
	HitArticle HitKind = "article"
	HitQuote   HitKind = "quote"
)

// Search is what is looked for. Its zero value finds nothing: see ParseSearch.
type Search struct {
	Terms []Term
	Kinds []HitKind // empty: all
	Limit int       // of each kind; 0: no limit
}

// Term is one or more words that stand together. Of a prefix, which is one word, only the beginning is given.
type Term struct {
	Words  []string
	Prefix bool
}

// errNoWords is returned for a search without words.
var errNoWords = errors.New("search: no word in it")

// ParseSearch reads what people type: words in any order, all of which must be there; beginnings of words ("diplom*"); and words that stand
// together ("\"strategic concept\""). Case, accents and punctuation do not matter; a word with punctuation inside is words that stand together.
func ParseSearch(text string) (Search, error) {
	var s Search
	parts := strings.Split(text, `"`)
	if len(parts)%2 == 0 {
		return s, fmt.Errorf("search %s: a quotation mark is missing", text)
	}
	for i, part := range parts {
		if i%2 == 1 {
			if words := Words(part); len(words) > 0 {
				s.Terms = append(s.Terms, Term{Words: words})
			}
			continue
		}
		for word := range strings.FieldsSeq(part) {
			words, prefix := Words(word), strings.HasSuffix(word, "*")
			if prefix && len(words) > 1 {
				s.Terms = append(s.Terms, Term{Words: words[:len(words)-1]})
				words = words[len(words)-1:]
			}
			if len(words) > 0 {
				s.Terms = append(s.Terms, Term{words, prefix})
			}
		}
	}
	if len(s.Terms) == 0 {
		return s, errNoWords
	}
	return s, nil
}

// longestWord is after how many runes a word is cut: engines have limits of their own.
const longestWord = 60

// Words are the words of a text as they are compared: runs of letters and digits, in small letters without accents. Searches find the
// same in every store because the stores index these.
func Words(text string) []string {
	var words []string
	var b []byte // the word in the making
	n := 0       // its runes
	for _, r := range norm.NFKD.String(text) {
		switch {
		case r < utf8.RuneSelf && (r >= 'a' && r <= 'z' || r >= '0' && r <= '9'):
		case r >= 'A' && r <= 'Z':
			r += 'a' - 'A'
		case r < utf8.RuneSelf || !unicode.IsLetter(r) && !unicode.IsNumber(r) && !unicode.Is(unicode.Mn, r):
			if n > 0 {
				words = append(words, string(b))
				b, n = b[:0], 0
			}
			continue
		case unicode.Is(unicode.Mn, r):
			continue
		default:
			r = unicode.ToLower(r)
		}
		if n++; n <= longestWord {
			b = utf8.AppendRune(b, r)
		}
	}
	if n > 0 {
		words = append(words, string(b))
	}
	return words
}

// Wants reports whether hits of that kind are asked for.
func (s Search) Wants(kind HitKind) bool {
	return len(s.Terms) > 0 && (len(s.Kinds) == 0 || slices.Contains(s.Kinds, kind))
}

// In reports whether all terms are in the texts, each within one of them.
func (s Search) In(texts ...string) bool {
	words := make([][]string, len(texts))
	for i, t := range texts {
		words[i] = Words(t)
	}
	for _, t := range s.Terms {
		if !slices.ContainsFunc(words, t.in) {
			return false
		}
	}
	return len(s.Terms) > 0
}

func (t Term) in(words []string) bool {
	for i := range words {
		if i+len(t.Words) > len(words) {
			return false
		}
		if slices.Equal(words[i:i+len(t.Words)], t.Words) || t.Prefix && strings.HasPrefix(words[i], t.Words[0]) {
			return true
		}
	}
	return false
}

// Named reports whether the words asked for are just the name.
func (s Search) Named(name string) bool {
	var words []string
	for _, t := range s.Terms {
		if t.Prefix {
			return false
		}
		words = append(words, t.Words...)
	}
	return slices.Equal(words, Words(name))
}

// NamesText is what is indexed of an entity: its names, kept apart by a word that no text has, so that words of two do not stand together.
func NamesText(e schema.Entity) string {
	var parts []string
	for _, name := range append([]string{e.Name}, e.Aliases...) {
		parts = append(parts, strings.Join(Words(name), " "))
	}
	return strings.Join(parts, " "+apart+" ")
}

// apart is a word of letters that Words never makes: it would be cut.
var apart = strings.Repeat("x", longestWord+1)

// EntityHits brings entities that were found into their order, at most as many as wanted.
func (s Search) EntityHits(entities []schema.Entity) []Hit {
	slices.SortFunc(entities, func(a, b schema.Entity) int {
		return cmp.Or(cmp.Compare(number(s.Named(b.Name)), number(s.Named(a.Name))), strings.Compare(a.ID, b.ID))
	})
	var out []Hit
	for _, e := range entities {
		out = append(out, Hit{Kind: HitEntity, ID: e.ID, Text: e.Name, Aliases: e.Aliases})
	}
	return s.limit(out)
}

// ArticleHits brings hits of articles into their order, at most as many as wanted.
func (s Search) ArticleHits(hits []Hit) []Hit {
	slices.SortFunc(hits, compareHits)
	return s.limit(hits)
}

// QuoteHits joins hits of one span, brings them into their order and returns at most as many as wanted.
func (s Search) QuoteHits(hits []Hit) []Hit {
	slices.SortFunc(hits, compareHits)
	n := 0
	for _, h := range hits {
		if n > 0 && compareHits(hits[n-1], h) == 0 {
			hits[n-1].Triples = append(hits[n-1].Triples, h.Triples...)
			continue
		}
		hits[n] = h
		n++
	}
	for i := range hits[:n] {
		hits[i].Triples = set(hits[i].Triples)
	}
	return s.limit(hits[:n])
}

func (s Search) limit(hits []Hit) []Hit {
	if s.Limit > 0 && len(hits) > s.Limit {
		return hits[:s.Limit]
	}
	return hits
}

// compareHits is the order of articles and quotes.
func compareHits(a, b Hit) int {
	return cmp.Or(compareDays(a.Published, b.Published), strings.Compare(a.ID, b.ID), cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End))
}
