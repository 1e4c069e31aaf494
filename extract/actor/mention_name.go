package actor

import (
	"strings"

	"entente/extract"
)

func (r *Resolver) draftPerson(d *discourse, t *text, k int) {
	u := &t.units[k]
	f := &draft{t: t, unit: k, person: u.person, human: true, gender: u.person.gender}
	f.m = extract.Mention{First: u.first, Last: u.last, Head: u.first, Kind: extract.Name, Agent: u.person.id, Confidence: 0.85}
	if len(u.person.titles) == 0 && len(u.person.principals) == 0 && u.person.leader == nil {
		f.m.Confidence = 0.6 // a person by the look of the name alone
	}
	if k > 0 && t.units[k-1].words&(wMister|wMistress) != 0 && t.s.Tokens[t.units[k-1].first].UPOS == "PROPN" {
		f.m.First = t.units[k-1].first
		if t.units[k-1].words&wMistress != 0 {
			u.person.gender, f.gender = 'f', 'f'
		} else {
			u.person.gender, f.gender = 'm', 'm'
		}
	}
	d.push(f)
}

// draftName makes the mention of a state, organisation, group or place by name.
func (r *Resolver) draftName(d *discourse, t *text, k int, owned bool) {
	u := &t.units[k]
	s := u.senses[0]
	f := &draft{t: t, unit: k}
	f.m = extract.Mention{First: u.first, Last: u.last, Head: u.last - 1, Kind: extract.Name, Parties: d.partiesOf(t, k), Confidence: 0.95}
	f.plural = s.plural || u.class == classSet || len(f.m.Parties) > 1 || u.class == classPeople && k > 0 && t.units[k-1].word == "the" // "the Dutch"
	switch u.class {
	case classAdj, classAdjOf, classPeople:
		f.m.Kind = extract.Demonym
	case classSeat:
		f.m.Kind, f.m.Confidence = extract.Metonym, 0.9
	case classState:
		f.m.Place = s.id
	case classCity:
		r.draftCity(d, t, k, f)
	}
	f.owned = owned
	if u.class == classOrg && !owned && r.venue(t, k) {
		return
	}
	f.m.Modifier = !owned && f.m.Kind != extract.PlaceName && r.qualifies(t, k) && (u.class != classCity && u.class != classSeat || r.preposition(t, k) == "")
	if len(f.m.Parties) == 0 && f.m.Place == "" {
		return
	}
	for _, id := range f.m.Parties {
		d.see(id, t.plainText(u.first, u.last))
	}
	d.push(f)
}

// venue reports whether the organisation at unit k is only where something happens: "the ceremony at UNESCO in Paris".
func (r *Resolver) venue(t *text, k int) bool {
	if k == 0 || t.units[k-1].word != "at" && (k < 2 || t.units[k-1].word != "the" || t.units[k-2].word != "at") {
		return false
	}
	j := k - 1
	if t.units[j].word == "the" {
		j--
	}
	if j == 0 {
		return true
	}
	switch w := t.units[j-1].word; w {
	case "aimed", "directed", "angry", "anger", "levelled", "leveled", "targeted", "hit", "lashed", "out", "criticism", "frustration", "disappointed", "look":
		return false
	}
	return !t.units[j-1].office()
}

// draftCity tells whether a city stands for the government in it or is the place where something happens.
func (r *Resolver) draftCity(d *discourse, t *text, k int, f *draft) {
	u := &t.units[k]
	s := d.capital(u)
	for i := range u.senses {
		if u.senses[i].place != "" {
			f.m.Place = u.senses[i].place
		}
	}
	if s == nil || s.id == "" || len(f.m.Parties) == 0 {
		f.m.Kind, f.m.Parties, f.m.Confidence = extract.PlaceName, nil, 0.9
		return
	}
	f.m.Kind, f.m.Confidence = extract.Metonym, 0.8
	switch prep := r.preposition(t, k); {
	case prep == "from" && r.sent(t, k):
	case r.words[prep]&wPlacePrep != 0, k+1 < len(t.units) && t.units[k+1].word == "," && k+2 < len(t.units) && t.units[k+2].class == classState,
		k > 0 && t.units[k-1].words&wPlace != 0, prep == "of" && k > 1 && t.units[k-2].words&wPlace != 0:
		f.m.Kind, f.m.Parties = extract.PlaceName, nil
	case prep == "" && r.qualifies(t, k):
		f.m.Kind, f.m.Parties = extract.PlaceName, nil
	}
	if f.m.Kind == extract.Metonym && s.place != "" {
		f.m.Place = s.place // the seat, not a region of its name
	}
}

// sent reports whether what comes from the city at unit k is an act of a government: "pressure from Beijing".
func (r *Resolver) sent(t *text, k int) bool {
	for j := k - 1; j > 0 && j > k-4; j-- {
		if t.units[j].word == "from" {
			return t.units[j-1].words&wSending != 0
		}
	}
	return false
}

// preposition is the one that governs the name at unit k, also through a list: "in London and Paris".
func (r *Resolver) preposition(t *text, k int) string {
	u := &t.units[k]
	if t.s.Parsed {
		i := u.last - 1
		for range 6 {
			tok := &t.s.Tokens[i]
			for j := range t.s.Tokens {
				if c := &t.s.Tokens[j]; c.Head == i && c.Label == "case" && c.Text != "'s" && j < i {
					return t.folded[j]
				}
			}
			if tok.Head < 0 || tok.Label != "conj" && tok.Label != "flat" && tok.Label != "compound" && (tok.Head < u.first || tok.Head >= u.last) {
				break
			}
			i = tok.Head
		}
	}
	for j := k - 1; j >= 0; j-- {
		p := &t.units[j]
		tok := &t.s.Tokens[p.first]
		switch {
		case tok.UPOS == "ADP" || tok.XPOS == "IN" || tok.XPOS == "TO":
			return p.word
		case tok.UPOS == "DET" || tok.UPOS == "ADJ" || r.joined(t, j) || p.class == classCity || p.class == classState && j > 0 && r.joined(t, j+1):
			continue
		}
		break
	}
	return ""
}

// qualifies reports whether the name at unit k only narrows a noun after it: "Russian roulette", "U.S. and Soviet arms".
func (r *Resolver) qualifies(t *text, k int) bool {
	u := &t.units[k]
	next := k + 1
	if next >= len(t.units) {
		return false
	}
	if u.class == classPeople && u.senses[0].plural && u.class != classAdj && t.s.Tokens[u.last-1].XPOS != "JJ" {
		return false
	}
	if t.s.Parsed {
		tok := &t.s.Tokens[u.last-1]
		base, _, _ := strings.Cut(tok.Label, ":")
		switch base {
		case "amod", "compound":
			return tok.Head >= u.last && nominalNext(t, next)
		case "nsubj", "obj", "obl", "iobj", "root", "appos":
			if u.class != classAdj && u.class != classAdjOf {
				return false
			}
		case "nmod":
			if strings.HasSuffix(tok.Label, ":poss") {
				return false
			}
		}
	}
	for next+1 < len(t.units) && (r.joined(t, next) || t.s.Tokens[t.units[next].first].Text == "-") && t.units[next+1].party() && t.units[next+1].class == classAdj {
		next += 2
		if next >= len(t.units) {
			return false
		}
	}
	if !nominalNext(t, next) {
		return false
	}
	return u.class != classPeople && (t.s.Tokens[t.units[next].first].UPOS != "ADJ" || u.class == classAdj || u.class == classAdjOf)
}
