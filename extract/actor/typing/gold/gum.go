package gold

import (
	"slices"
	"strconv"
	"strings"

	"entente/extract/actor/typing"
)

// word is a word of GUM with what the cutting down of mentions needs.
type word struct {
	form, upos, xpos, label, entity string
	head                            int // index; -1 for the root
}

// mention is a mention of an entity, over half-open words.
type mention struct {
	first, last int
	kind        string
}

// GUM reads a treebank of GUM in CoNLL-U. A mention of a person, place or organisation whose head is a proper noun gives a name: the proper nouns
// around the head, without titles and determiners; for places and organisations with "of ..." behind them. A person's name in close apposition
// to a noun ("researcher Mary Smith") is one, too. Peoples ("Indonesians"), which GUM calls persons, and two names joined by "and" are not.
func GUM(name string) ([]Sentence, error) {
	var out []Sentence
	doc := ""
	err := eachBlock(name, func(lines []string) error {
		var ws []word
		for _, l := range lines {
			if id, ok := document(l); ok {
				doc = id
			}
			c := strings.Split(l, "\t")
			if strings.HasPrefix(l, "#") || len(c) < 10 || strings.ContainsAny(c[0], "-.") {
				continue
			}
			head, err := strconv.Atoi(c[6])
			if err != nil {
				return err
			}
			ws = append(ws, word{c[1], c[3], c[4], c[7], entityOf(c[9]), head - 1})
		}
		s := Sentence{Document: doc, Names: names(ws)}
		for _, w := range ws {
			s.Forms = append(s.Forms, w.form)
		}
		if len(s.Forms) > 0 {
			out = append(out, s)
		}
		return nil
	})
	return out, err
}

func entityOf(misc string) string {
	for f := range strings.SplitSeq(misc, "|") {
		if e, ok := strings.CutPrefix(f, "Entity="); ok {
			return e
		}
	}
	return ""
}

// mentions reads the brackets of the words: "(12-person-giv:act-..." opens, "12)" closes, "(12-person-...)" does both.
func mentions(ws []word) []mention {
	var out []mention
	type opened struct {
		id string
		mention
	}
	var open []opened
	for i, w := range ws {
		for e := w.entity; e != ""; {
			if e[0] == '(' {
				end := 1 + strings.IndexAny(e[1:]+"(", "()")
				id, rest, _ := strings.Cut(e[1:end], "-")
				kind, _, _ := strings.Cut(rest, "-")
				m := mention{i, i + 1, kind}
				if end < len(e) && e[end] == ')' {
					out = append(out, m)
					end++
				} else {
					open = append(open, opened{id, m})
				}
				e = e[end:]
				continue
			}
			id, rest, ok := strings.Cut(e, ")")
			if !ok {
				break
			}
			for k := len(open) - 1; k >= 0; k-- {
				if open[k].id == id {
					m := open[k].mention
					m.last = i + 1
					out = append(out, m)
					open = slices.Delete(open, k, k+1)
					break
				}
			}
			e = rest
		}
	}
	return out
}

// names are the names in the mentions, the longer of two that overlap.
func names(ws []word) []Name {
	var all []Name
	for _, m := range mentions(ws) {
		kind := types[m.kind]
		h := nameHead(ws, m, kind)
		if kind == typing.Other || h < 0 || ws[h].upos != "PROPN" || kind == typing.Person && ws[h].xpos == "NNPS" {
			continue
		}
		n := Name{h, h + 1, kind}
		for n.First > m.first && inName(&ws[n.First-1]) {
			n.First--
		}
		for n.Last < m.last && (ws[n.Last].upos == "PROPN" && ws[n.Last].label != "appos" || ws[n.Last].xpos == "HYPH") {
			n.Last++
		}
		if kind == typing.Person && n.Last < m.last && ws[n.Last].upos == "NUM" && strings.Trim(ws[n.Last].form, "IVX") == "" {
			n.Last++ // "Napoleon III"
		}
		if kind != typing.Person {
			n.Last = complement(ws, n.Last, m.last, h)
		}
		for n.Last > n.First+1 && ws[n.Last-1].xpos == "HYPH" {
			n.Last--
		}
		for n.First+1 < n.Last && ws[n.First].xpos == "HYPH" {
			n.First++
		}
		all = append(all, n)
	}
	slices.SortStableFunc(all, func(a, b Name) int { return (b.Last - b.First) - (a.Last - a.First) })
	used := make([]bool, len(ws))
	var out []Name
	for _, n := range all {
		if slices.Contains(used[n.First:n.Last], true) {
			continue
		}
		for i := n.First; i < n.Last; i++ {
			used[i] = true
		}
		out = append(out, n)
	}
	slices.SortFunc(out, func(a, b Name) int { return a.First - b.First })
	return out
}

// headIn is the word of a mention that depends on one outside it, -1 for none.
func headIn(ws []word, m mention) int {
	for i := m.first; i < m.last; i++ {
		if h := ws[i].head; (h < m.first || h >= m.last) && ws[i].upos != "PUNCT" {
			return i
		}
	}
	return -1
}

// nameHead is the head of the name in a mention: of "researcher Mary Smith" the name in apposition.
func nameHead(ws []word, m mention, kind typing.Type) int {
	h := headIn(ws, m)
	if h < 0 || kind != typing.Person || ws[h].upos != "NOUN" {
		return h
	}
	for i := h + 1; i < m.last && ws[i].upos == "PROPN"; i++ {
		if ws[i].head == h && ws[i].label == "appos" {
			return i
		}
	}
	return h
}

func inName(w *word) bool {
	if w.label == "nmod:desc" || w.upos == "DET" {
		return false
	}
	return w.upos == "PROPN" || w.xpos == "HYPH" || upper(w.form) && (w.upos == "ADJ" || w.upos == "NOUN" || w.upos == "VERB")
}

func upper(s string) bool { return s != "" && s[0] >= 'A' && s[0] <= 'Z' }

// complement is the end of a name with "of X", "for the X", "and X" behind it, unless X is a second name beside the head.
func complement(ws []word, end, limit, head int) int {
	for end < limit {
		j := end
		if f := ws[j].form; f != "of" && f != "for" && f != "and" {
			break
		}
		j++
		if j < limit && ws[j].form == "the" {
			j++
		}
		if j >= limit || !upper(ws[j].form) {
			break
		}
		for j+1 < limit && upper(ws[j+1].form) {
			j++
		}
		if slices.ContainsFunc(ws[end:j+1], func(w word) bool { return w.head == head && w.label == "conj" }) {
			break
		}
		end = j + 1
	}
	return end
}
