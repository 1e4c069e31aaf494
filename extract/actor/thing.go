package actor

// addressless reports whether p is a word like "press" or "leadership", which is no form of address.
func (r *Resolver) addressless(p *unit) bool {
	o, _ := p.officeOf()
	return o != nil && (o.Kind == "journalist" || o.Kind == "citizen" || o.Kind == "business" || o.Form == "collective")
}

// tail reports whether the one word of unit k goes on a capital word that is no title and no name: "Press Briefing".
func (r *Resolver) tail(d *discourse, t *text, k int) bool {
	u := &t.units[k]
	if k == 0 || t.units[k-1].last != u.first {
		return false
	}
	p := &t.units[k-1]
	tok := &t.s.Tokens[p.last-1]
	return capital(tok.Text) && p.first > 0 && !p.run && (p.class == classNone || p.class == classBlock) && p.words&(wMister|wMistress|wDeputy|wFormer|wHonor|wCalendar|wSay|wPlacePrep) == 0 && (tok.UPOS == "NOUN" || tok.UPOS == "PROPN") && r.words[t.folded[p.last-1]]&wPortfolio == 0
}

// thing is the word by which the text says that the name of unit k is of a building, a ship, a work or the like, empty for none: "the tanker
// Bridgeport", "Santa Rosa, now a museum", "USS Nimrod".
func (r *Resolver) thing(t *text, k int) string {
	u := &t.units[k]
	switch t.s.Tokens[u.first].Text {
	case "USS", "HMS", "MV", "M/V", "SS", "INS", "HMAS", "HMCS", "USNS", "MT":
		if u.last-u.first > 1 {
			return "ship"
		}
	}
	if k > 0 && r.words[t.folded[u.first-1]]&wThing != 0 && !capital(t.s.Tokens[u.first-1].Text) && t.s.Tokens[u.first-1].UPOS == "NOUN" {
		return t.folded[u.first-1]
	}
	if k+2 >= len(t.units) || t.units[k+1].word != "," && t.units[k+1].words&wBe == 0 {
		return ""
	}
	det := false
	for j := k + 2; j < len(t.units) && j < k+9; j++ {
		p := &t.units[j]
		x := &t.s.Tokens[p.first]
		switch {
		case det && p.words&wThing != 0 && x.UPOS == "NOUN":
			if j+1 < len(t.units) && nominalNext(t, j+1) {
				return ""
			}
			return p.word
		case p.office() && r.titled(t, p) || p.person != nil:
			return ""
		case x.UPOS == "DET":
			det = true
		case x.UPOS == "ADJ" || x.UPOS == "NOUN" || x.UPOS == "PROPN" || x.UPOS == "ADV" || x.XPOS == "VBN" || p.word == "-" || p.party() || p.run || p.words&wFormer != 0:
		default:
			return ""
		}
	}
	return ""
}

// kindOfThing is what kind of name a thing has.
func kindOfThing(word string) nameKind {
	switch word {
	case "company", "firm", "bank", "airline", "newspaper", "daily", "weekly", "magazine":
		return nameOrganization
	case "church", "museum", "mosque", "cathedral", "temple", "palace", "monument", "building", "tower", "river", "mountain", "volcano", "lake", "village",
		"town", "city", "suburb", "island", "province", "district", "region", "peninsula", "dam", "airport", "stadium", "hotel", "monastery", "abbey",
		"basilica", "shrine", "synagogue", "fortress":
		return namePlace
	}
	return nameUnknown
}
