package web

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"entente/schema"
)

// segmentOf is a run of an article's text that the same evidences cover.
type segmentOf struct {
	Pieces  []piece
	Marked  bool
	Chosen  bool       // an evidence that was asked for covers it
	Anchors []string   // of the evidences that begin here
	Notes   []noteMark // of the evidences that end here
}

// piece is text, with an address where it names an entity.
type piece struct {
	Text, Href, Title string
}

// noteMark leads from the end of a passage to its event.
type noteMark struct {
	N     int
	Href  string
	Title string
}

// segments cuts the bytes from to to of text where evidences begin and end, and finds names in what is between.
func segments(text string, from, to int, passages []passage, names surfaces) []segmentOf {
	cuts := []int{from, to}
	var inside []passage
	for _, p := range passages {
		if p.verified && p.End > from && p.Start < to {
			inside = append(inside, p)
			cuts = append(cuts, max(p.Start, from), min(p.End, to))
		}
	}
	slices.Sort(cuts)
	cuts = slices.Compact(cuts)
	var out []segmentOf
	first := 0 // passages before it end before the cut; they are sorted by their start
	for i := 1; i < len(cuts); i++ {
		start, end := cuts[i-1], cuts[i]
		for first < len(inside) && inside[first].End <= start {
			first++
		}
		s := segmentOf{Pieces: names.pieces(text[start:end])}
		for _, p := range inside[first:] {
			if p.Start >= end {
				break
			}
			if p.End > start {
				s.cover(p, start, end, from)
			}
		}
		out = append(out, s)
	}
	return out
}

// cover notes that a passage covers the segment from start to end.
func (s *segmentOf) cover(p passage, start, end, from int) {
	s.Marked = true
	s.Chosen = s.Chosen || p.chosen
	if p.Start == start || start == from {
		s.Anchors = append(s.Anchors, anchor(p.Evidence.ID))
	}
	if p.End == end {
		t := p.triple
		s.Notes = append(s.Notes, noteMark{p.n, eventHref(t.ID), clip(t.Subject, 40) + " " + string(t.Relation) + " " + clip(t.Object, 40)})
	}
}

// surfaces are the spellings of entities, by their first word, the longest first.
type surfaces map[string][]surface

type surface struct {
	text string
	of   ref
}

// surfaces collects the names and aliases of entities; for a person the family name too. A spelling of two of them stands for neither.
func (sn *snapshot) surfaces(ids []string) surfaces {
	owners := map[string]string{}
	add := func(text, id string) {
		if utf8.RuneCountInString(text) < 2 || len(text) > longestName {
			return
		}
		if other, ok := owners[text]; ok && other != id {
			id = ""
		}
		owners[text] = id
	}
	for _, id := range ids {
		e := sn.entities[id]
		add(e.Name, id)
		for _, a := range e.Aliases {
			add(a, id)
		}
		if i := strings.LastIndexByte(e.Name, ' '); e.Kind == schema.Person && i >= 0 {
			add(e.Name[i+1:], id)
		}
	}
	out := surfaces{}
	for text, id := range owners {
		if id != "" {
			word := firstWord(text)
			out[word] = append(out[word], surface{text, sn.ref(id)})
		}
	}
	for _, list := range out {
		slices.SortFunc(list, func(a, b surface) int { return cmp.Or(len(b.text)-len(a.text), cmp.Compare(a.text, b.text)) })
	}
	return out
}

// firstWord is the letters and digits that s begins with, or its first character.
func firstWord(s string) string {
	for i, r := range s {
		if !wordRune(r) {
			return s[:max(i, utf8.RuneLen(r))]
		}
	}
	return s
}

func wordRune(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mn, r)
}

// pieces cuts text at the names in it.
func (ss surfaces) pieces(text string) []piece {
	var out []piece
	plain := 0
	for i := 0; i < len(text); {
		word := firstWord(text[i:])
		s, ok := ss.at(text[i:], word)
		if !ok {
			i += len(word)
			continue
		}
		if plain < i {
			out = append(out, piece{Text: visible(text[plain:i])})
		}
		out = append(out, piece{visible(s.text), s.of.Href, s.of.Name})
		i += len(s.text)
		plain = i
	}
	if plain < len(text) {
		out = append(out, piece{Text: visible(text[plain:])})
	}
	return out
}

// at is the longest name with which text begins, whole words only.
func (ss surfaces) at(text, word string) (surface, bool) {
	for _, s := range ss[word] {
		if strings.HasPrefix(text, s.text) {
			if next, _ := utf8.DecodeRuneInString(text[len(s.text):]); len(text) == len(s.text) || !wordRune(next) {
				return s, true
			}
		}
	}
	return surface{}, false
}
