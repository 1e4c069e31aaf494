package words

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"entente/extract/parse/perceptron"
)

// Lexicon knows words by the hash of their normal form. The zero value knows none.
type Lexicon struct {
	table perceptron.Table
	known bool
}

// Case is how a word is usually written inside a sentence.
type Case uint32

// The usual cases of words.
const (
	Unknown Case = iota
	Lower        // treaty
	Title        // Geneva
	Upper        // NATO
)

// Entry is the table value of a word.
func Entry(cluster, coarse uint32, c Case) uint32 {
	return cluster&0xffff | coarse&0xff<<16 | uint32(c)<<24
}

// ReadLexicon returns the lexicon at the head of image, which it keeps.
func ReadLexicon(image []byte) (*Lexicon, error) {
	t, _, err := perceptron.ReadTable(image)
	if err != nil {
		return nil, err
	}
	return &Lexicon{t, true}, nil
}

func (x *Lexicon) lookup(norm uint64) (uint32, bool) {
	if x == nil || !x.known {
		return 0, false
	}
	return x.table.Get(norm)
}

// UsualCase is how the word is usually written; where the lexicon lacks it, how the word is that it seems to be a form of.
func (x *Lexicon) UsualCase(form string) Case {
	var buffer [64]byte
	norm := AppendNorm(buffer[:0], form)
	if e, ok := x.lookup(perceptron.HashBytes(norm)); ok {
		return Case(e >> 24)
	}
	for _, ending := range [...]string{"s", "es", "d", "ed", "ing", "ly"} {
		stem, ok := bytes.CutSuffix(norm, []byte(ending))
		if !ok || len(stem) < 3 {
			continue
		}
		if e, ok := x.lookup(perceptron.HashBytes(stem)); ok && Case(e>>24) == Lower {
			return Lower
		}
	}
	return Unknown
}

// Style is how a whole sentence is written.
type Style int

// The styles of sentences.
const (
	Mixed    Style = iota // as prose
	Capitals              // ALL OF IT IN CAPITALS
	Titles                // Most Words With a Capital, as in a Headline
)

// StyleOf tells the style of a sentence of n words.
func StyleOf(n int, form func(int) string) Style {
	capitals, titles, long, words := 0, 0, 0, 0
	for i := range n {
		f := form(i)
		fl := flags(f)
		if r, _ := utf8.DecodeRuneInString(f); !unicode.IsLetter(r) {
			continue
		}
		words++
		if fl&AllCapitals != 0 {
			capitals++
		}
		if utf8.RuneCountInString(f) >= 4 {
			long++
			if fl&Capital != 0 {
				titles++
			}
		}
	}
	switch {
	case words >= 2 && capitals == words && long > 0:
		return Capitals
	case long >= 4 && titles == long:
		return Titles
	}
	return Mixed
}

// Recase writes a word of a sentence of some style as prose would have it, by the usual case of the word. The first word of a sentence keeps
// a capital. Words that the lexicon does not have are taken for names.
func (x *Lexicon) Recase(form string, style Style, first bool) string {
	if style == Mixed {
		return form
	}
	f := flags(form)
	if f&Capital == 0 || style == Titles && f&AllCapitals != 0 {
		return form
	}
	switch c := x.UsualCase(form); {
	case c == Upper:
		return form
	case c == Lower && !first:
		return strings.ToLower(form)
	case f&(Dot|Digit) != 0 && style == Capitals:
		return form
	}
	_, size := utf8.DecodeRuneInString(form)
	return form[:size] + strings.ToLower(form[size:])
}
