package draw

import (
	"strings"
	"unicode"
)

// width is about how wide s is, in pixels, at a font size: fonts differ, so it leaves some room.
func width(s string, size float64) float64 {
	em := 0.0
	for _, r := range s {
		em += runeWidth(r)
	}
	return em * size
}

func runeWidth(r rune) float64 {
	switch {
	case unicode.Is(unicode.Mn, r) || unicode.Is(unicode.Cf, r):
		return 0
	case unicode.In(r, unicode.Han, unicode.Hangul, unicode.Hiragana, unicode.Katakana) || r >= 0x1F000:
		return 1.05
	case strings.ContainsRune("iljtfrI.,:;'|!()[] -’“”", r):
		return 0.38
	case unicode.IsUpper(r) || strings.ContainsRune("mwMW@%", r):
		return 0.76
	}
	return 0.6
}

// cut is s made to fit a width, with an ellipsis where something is left out. A letter is not parted from its accents.
func cut(s string, room, size float64) string {
	s = strings.Join(strings.Fields(s), " ")
	if width(s, size) <= room {
		return s
	}
	room -= width("…", size)
	end, used := 0, 0.0
	for i, r := range s {
		w := runeWidth(r) * size
		if used+w > room {
			break
		}
		used += w
		end = i + len(string(r))
	}
	return strings.TrimRight(s[:end], " ") + "…"
}

// isolated keeps a text that is written from right to left, or holds such words, from turning the words around it: it stands between the Unicode
// characters FIRST STRONG ISOLATE and POP DIRECTIONAL ISOLATE. What could break out of them is removed.
func isolated(s string) string {
	s = strings.Map(func(r rune) rune {
		if r >= 0x202A && r <= 0x202E || r >= 0x2066 && r <= 0x2069 {
			return -1
		}
		return r
	}, s)
	if !strings.ContainsFunc(s, rightToLeft) {
		return s
	}
	return "\u2068" + s + "\u2069"
}

func rightToLeft(r rune) bool {
	return unicode.In(r, unicode.Hebrew, unicode.Arabic, unicode.Syriac, unicode.Thaana, unicode.Nko)
}
