// Package words looks at single words as the tagger and the parser see them: normal form, shape, affixes, and what a lexicon learnt from
// plain text knows of them (usual case, clusters of words of like use).
package words

import (
	"unicode"
	"unicode/utf8"

	"entente/extract/parse/perceptron"
)

// Word holds the values of a word for features. All but Flags, Cluster and Coarse are hashes.
type Word struct {
	Form, Norm, Shape         uint64
	Suffix1, Suffix2          uint64
	Suffix3, Suffix4          uint64
	Prefix1, Prefix2, Prefix3 uint64
	Flags                     uint64
	Cluster, Coarse           uint64 // 0 where the lexicon does not have the word
}

// Flags of a word.
const (
	Capital = 1 << iota // the first letter is upper-case
	Digit
	Hyphen
	AllCapitals
	Dot
)

// Begin and End stand for the words before and after a sentence.
func Begin() Word { return boundary(1) }

// End stands for the words after a sentence.
func End() Word { return boundary(101) }

func boundary(n uint64) Word {
	return Word{n, n + 1, n + 2, n + 3, n + 4, n + 5, n + 6, n + 7, n + 8, n + 9, n + 10, n + 11, n + 12}
}

// Analyze returns the values of a word as it is written.
func (x *Lexicon) Analyze(form string) Word {
	var buffer [64]byte
	norm := AppendNorm(buffer[:0], form)
	w := Word{Form: perceptron.Hash(form), Norm: perceptron.HashBytes(norm), Shape: shape(form), Flags: flags(form)}
	n := len(norm)
	w.Suffix1, w.Suffix2 = perceptron.HashBytes(norm[max(0, n-1):]), perceptron.HashBytes(norm[max(0, n-2):])
	w.Suffix3, w.Suffix4 = perceptron.HashBytes(norm[max(0, n-3):]), perceptron.HashBytes(norm[max(0, n-4):])
	w.Prefix1, w.Prefix2 = perceptron.HashBytes(norm[:min(n, 1)]), perceptron.HashBytes(norm[:min(n, 2)])
	w.Prefix3 = perceptron.HashBytes(norm[:min(n, 3)])
	if e, ok := x.lookup(w.Norm); ok {
		w.Cluster, w.Coarse = uint64(e&0xffff), uint64(e>>16&0xff)
	}
	return w
}

// AppendNorm appends the normal form of a word: lower-case, whole numbers as !YEAR (4 digits) or !NUM, other digits as 0.
func AppendNorm(dst []byte, form string) []byte {
	digits := 0
	for i := range len(form) {
		if '0' <= form[i] && form[i] <= '9' {
			digits++
		}
	}
	switch {
	case digits == 4 && len(form) == 4:
		return append(dst, "!YEAR"...)
	case digits > 0 && digits == len(form):
		return append(dst, "!NUM"...)
	}
	for _, r := range form {
		switch {
		case '0' <= r && r <= '9':
			dst = append(dst, '0')
		case 'A' <= r && r <= 'Z':
			dst = append(dst, byte(r)+'a'-'A')
		case r < utf8.RuneSelf:
			dst = append(dst, byte(r))
		default:
			dst = utf8.AppendRune(dst, unicode.ToLower(r))
		}
	}
	return dst
}

// shape hashes the kinds of the letters, with runs of one kind cut at two and at most 16 signs.
func shape(form string) uint64 {
	var signs [16]byte
	n, run := 0, 0
	var last byte
	for _, r := range form {
		c := kind(r)
		if c == last {
			if run++; run >= 2 {
				continue
			}
		} else {
			run = 0
		}
		last = c
		if n < len(signs) {
			signs[n] = c
			n++
		}
	}
	return perceptron.HashBytes(signs[:n])
}

func kind(r rune) byte {
	switch {
	case 'a' <= r && r <= 'z':
		return 'x'
	case 'A' <= r && r <= 'Z':
		return 'X'
	case '0' <= r && r <= '9':
		return 'd'
	case r < utf8.RuneSelf:
		return byte(r)
	case unicode.IsUpper(r):
		return 'X'
	case unicode.IsLower(r):
		return 'x'
	case unicode.IsDigit(r):
		return 'd'
	}
	return '?'
}

func flags(form string) uint64 {
	f := uint64(0)
	upper, lower := false, false
	for i, r := range form {
		switch kind(r) {
		case 'X':
			upper = true
			if i == 0 {
				f |= Capital
			}
		case 'x':
			lower = true
		case 'd':
			f |= Digit
		case '-':
			f |= Hyphen
		case '.':
			f |= Dot
		}
	}
	if upper && !lower {
		f |= AllCapitals
	}
	return f
}
