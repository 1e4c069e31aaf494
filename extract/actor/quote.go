package actor

// quotations marks the tokens inside quotation marks; a quotation that stays open goes on in the next sentence of its paragraph.
func (d *discourse) quotations() {
	open := false
	paragraph := -1
	for _, t := range d.texts {
		if t.s.Paragraph != paragraph {
			open, paragraph = false, t.s.Paragraph
		}
		t.quote = make([]int8, len(t.s.Tokens))
		for i := range t.s.Tokens {
			tok := &t.s.Tokens[i]
			if tok.Text == `"` || tok.Text == "``" || tok.Text == "''" {
				open = !open
				continue
			}
			if open {
				t.quote[i] = 1
			}
		}
	}
}

// speakerOf finds who speaks the quotation of a sentence: the subject of a verb of saying outside it, else whoever spoke last in the
// paragraph or the one before. It reads the drafts outside quotations, which are resolved by then.
func (d *discourse) speakerOf(t *text, outside []*draft, last *draft) *draft {
	var best *draft
	distance := 1 << 30
	for k := range t.units {
		u := &t.units[k]
		if u.words&wSay == 0 || t.quote[u.first] != 0 {
			continue
		}
		if x := t.s.Tokens[u.first]; x.UPOS != "VERB" && x.UPOS != "" {
			continue
		}
		said := u.first
		for n := 0; n < 3 && t.s.Parsed && t.s.Tokens[said].Label == "conj" && t.s.Tokens[said].Head >= 0; n++ {
			said = t.s.Tokens[said].Head // "came to Peru and said"
		}
		for _, f := range outside {
			if len(f.m.Parties) == 0 || f.m.Modifier {
				continue
			}
			if t.s.Parsed {
				h := t.s.Tokens[f.m.Head]
				if (h.Head == u.first || h.Head == said) && (h.Label == "nsubj" || h.Label == "nsubj:pass") {
					return f
				}
			}
			gap := u.first - f.m.Last
			if f.m.First >= u.last {
				gap = f.m.First - u.last + 1
			}
			if gap >= 0 && gap < distance && gap < 4 {
				best, distance = f, gap
			}
		}
	}
	if best != nil {
		return best
	}
	return last
}
