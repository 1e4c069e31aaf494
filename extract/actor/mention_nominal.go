package actor

import (
	"slices"
	"strings"

	"entente/extract"
)

// numbers are the words that count the parties of "the three countries".
var numbers = map[string]int{"three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10}

// draftPair makes the mention of "the two sides", "both countries", "our two nations".
func (r *Resolver) draftPair(d *discourse, t *text, k int) {
	u := &t.units[k]
	lo := k
	if k > 0 {
		switch w := t.units[k-1].word; {
		case w == "the" || w == "these" || w == "our" || w == "their" || w == "those":
			lo--
		case u.word != "both":
			return
		}
	}
	j := k + 1
	for j < len(t.units) && j < k+3 && t.units[j].words&wPairNoun == 0 {
		if x := t.s.Tokens[t.units[j].first]; x.UPOS != "ADJ" && x.UPOS != "DET" && x.UPOS != "NOUN" && x.XPOS != "VBG" && t.units[j].word != "of" {
			break
		}
		j++
	}
	if j >= len(t.units) || t.units[j].words&wPairNoun == 0 {
		if u.word == "two" && lo < k && (j >= len(t.units) || !nominalNext(t, k+1)) { // "the two have agreed"
			j = k
		} else {
			return
		}
	}
	if lo < k && pronouns[t.units[lo].word] == 0 || lo == k {
		for i := lo; i <= j; i++ {
			t.units[i].used = true
		}
	}
	f := &draft{t: t, unit: lo, ref: refPair, word: t.units[j].word, plural: true, number: numbers[u.word]}
	f.m = extract.Mention{First: t.units[lo].first, Last: t.units[j].last, Head: t.units[j].first, Kind: extract.Nominal, Confidence: 0.75}
	d.dropWithin(t, f.m.First, f.m.Last)
	d.push(f)
}

// draftRivals makes the mention of "the superpowers", "the former Cold War adversaries".
func (r *Resolver) draftRivals(d *discourse, t *text, k int) {
	lo := k - 1
	for lo >= 0 && k-lo < 5 && t.units[lo].word != "the" && !t.units[lo].party() && (t.units[lo].run || t.units[lo].class == classBlock || t.s.Tokens[t.units[lo].first].UPOS == "ADJ" || t.s.Tokens[t.units[lo].first].UPOS == "NOUN") {
		lo--
	}
	if lo < 0 || t.units[lo].word != "the" {
		return
	}
	f := &draft{t: t, unit: lo, ref: refPair, word: t.units[k].word, plural: true}
	f.m = extract.Mention{First: t.units[lo].first, Last: t.units[k].last, Head: t.units[k].first, Kind: extract.Nominal, Confidence: 0.65}
	d.push(f)
}

// draftOurs makes the mention of "our countries", "their governments", where no number stands between.
func (r *Resolver) draftOurs(d *discourse, t *text, k int) {
	if w := t.units[k].word; w != "our" && w != "their" || k+1 >= len(t.units) {
		return
	}
	switch t.units[k+1].word {
	case "countries", "nations", "governments", "peoples":
	default:
		return
	}
	f := &draft{t: t, unit: k, ref: refPair, word: t.units[k+1].word, plural: true}
	f.m = extract.Mention{First: t.units[k].first, Last: t.units[k+1].last, Head: t.units[k+1].first, Kind: extract.Nominal, Confidence: 0.7}
	d.dropWithin(t, f.m.First, f.m.Last)
	d.push(f)
}

// dropWithin takes away the office mentions between two tokens, which a larger mention replaces.
func (d *discourse) dropWithin(t *text, first, last int) {
	for _, f := range d.drafts[d.begun:] {
		if f.phrase != nil && f.m.First >= first && f.m.Last <= last {
			f.dropped = true
		}
	}
}

func (r *Resolver) draftUnresolved(d *discourse, t *text, k int) {
	u := &t.units[k]
	if k > 0 && t.units[k-1].words&wPlacePrep != 0 || r.words[t.folded[u.first]]&(wFormer|wDeputy) != 0 || r.words[t.folded[u.first]]&wCalendar != 0 {
		return
	}
	if k > 0 && u.last-u.first == 1 && strings.HasSuffix(t.s.Tokens[u.first-1].Text, ".") && t.units[k-1].party() {
		return // "the U.S. Had": a capital by habit of the wire
	}
	f := &draft{t: t, unit: k}
	f.m = extract.Mention{First: u.first, Last: u.last, Head: u.last - 1, Kind: extract.Unresolved, Confidence: 0.5}
	d.push(f)
}

// draftNominals makes the mentions of "the alliance", "the kingdom", "the world body": nouns that the tables give for an organisation or group.
func (r *Resolver) draftNominals(d *discourse, t *text) {
	for k := 0; k < len(t.units); k++ {
		ids, last := r.nominal(t, k)
		if len(ids) == 0 || t.units[k].used {
			continue
		}
		if w := t.units[k].word; (w == "north" || w == "south" || t.units[k].run) && !r.half(d, t, k) {
			continue
		}
		first := t.units[k].first
		the := k > 0 && (t.units[k-1].word == "the" || t.units[k-1].word == "this")
		j := k
		for !the && j > 0 && k-j < 3 && (t.s.Tokens[t.units[j-1].first].UPOS == "ADJ" || t.units[j-1].run || t.s.Tokens[t.units[j-1].first].Text == "-" || t.s.Tokens[t.units[j-1].first].UPOS == "NUM" || t.s.Tokens[t.units[j-1].first].UPOS == "NOUN") {
			j--
			the = j > 0 && t.units[j-1].word == "the"
		}
		if the {
			first = t.units[j-1].first
			if j == k {
				first = t.units[k-1].first
			}
		}
		if !the && !nominalNext2(t, last) {
			continue
		}
		if d.covered(t, first, last) {
			continue
		}
		f := &draft{t: t, unit: k, ref: refNominal, word: t.foldedTokens(t.units[k].first, last)}
		f.m = extract.Mention{First: first, Last: last, Head: last - 1, Kind: extract.Nominal, Confidence: 0.8, Modifier: !the}
		d.push(f)
	}
}

// half reports whether unit k is "the North" or "the South" in an article that speaks of both halves of a country.
func (r *Resolver) half(d *discourse, t *text, k int) bool {
	u := &t.units[k]
	w := t.folded[u.first]
	if k == 0 || t.units[k-1].word != "the" || u.last-u.first != 1 || w != "north" && w != "south" || !capital(t.s.Tokens[u.first].Text) {
		return false
	}
	return d.counts["PRK"] > 0 && d.counts["KOR"] > 0 && (k+1 >= len(t.units) || t.units[k+1].word != "of" && !proper(&t.s.Tokens[t.units[k+1].first]))
}

func nominalNext2(t *text, token int) bool {
	return token < len(t.s.Tokens) && (t.s.Tokens[token].UPOS == "NOUN" || t.s.Tokens[token].UPOS == "PROPN")
}

func (t *text) foldedTokens(i, j int) string {
	return t.foldedUnit(&unit{first: i, last: j})
}

// covered reports whether a mention with a party already holds the tokens.
func (d *discourse) covered(t *text, first, last int) bool {
	return slices.ContainsFunc(d.drafts[d.begun:], func(f *draft) bool {
		return !f.dropped && f.m.First <= first && f.m.Last >= last && f.m.Kind != extract.Unresolved && (len(f.m.Parties) > 0 || f.phrase != nil || f.ref == refPair)
	})
}

// nominal are the organisations and groups that the noun beginning at unit k may stand for, and its last token.
func (r *Resolver) nominal(t *text, k int) ([]string, int) {
	n := r.lex.nominals
	var ids []string
	last := 0
	for i := t.units[k].first; i < len(t.folded) && n != nil; i++ {
		f := t.folded[i]
		if f == "" {
			if i == t.units[k].first {
				return nil, 0
			}
			continue
		}
		for p := range strings.FieldsSeq(f) {
			if n = n.next[p]; n == nil {
				break
			}
		}
		if n != nil && len(n.senses) > 0 {
			ids, last = ids[:0], i+1
			for _, s := range n.senses {
				ids = append(ids, s.id)
			}
		}
	}
	if last == 0 || last < t.units[k].last && t.units[k].class != classOffice {
		return nil, 0
	}
	return ids, last
}
