package actor

import (
	"strings"

	"entente/extract/actor/tables"
	"entente/schema"
)

// decide settles a name of several senses by the priors of the table, what else the article speaks of, and the words around.
func (r *Resolver) decide(d *discourse, t *text, k int) {
	u := &t.units[k]
	if len(u.senses) == 0 {
		return
	}
	if len(u.senses) > 1 {
		best, score := 0, -1e9
		for i := range u.senses {
			if v := r.weigh(d, t, k, &u.senses[i]); v > score {
				best, score = i, v
			}
		}
		chosen := u.senses[best]
		rest := u.senses
		u.senses = []sense{chosen}
		if chosen.class == classCity {
			u.senses = citySenses(chosen, rest)
		}
		u.class = chosen.class
	}
	s := &u.senses[0]
	if rare := s.prior > 0 && (s.prior < 0.3 || s.prior < 0.6 && (s.class == classGroup || s.class == classOrg || s.class == classAdjOf)); rare && !r.cued(d, t, k, s) && s.class != classBlock && s.class != classOffice {
		u.class, u.senses, u.run = classNone, nil, proper(&t.s.Tokens[u.first])
		return
	}
	if state, _, _ := strings.Cut(s.id, ":"); u.class == classGroup && (s.acro || r.words[t.folded[u.first]]&wCalendar != 0) && state != s.id && d.counts[state] == 0 {
		u.class, u.senses, u.run = classNone, nil, true // initials that mean something else where the country is not spoken of
		return
	}
	if u.class == classAdj && r.standsAlone(t, k) {
		u.class = classPeople
	}
	if u.party() && d.counts[s.id] == 0 && !s.need {
		d.count(s.id, t.n)
	}
}

// citySenses are the senses of a city that go together: the place with the state it is the seat of, then organisations that have a seat there.
func citySenses(chosen sense, all []sense) []sense {
	state, _, _ := strings.Cut(chosen.place, "/")
	var seats []sense
	for _, s := range all {
		switch {
		case s.class != classCity:
		case s.need:
			seats = append(seats, s)
		case s.id != "" && chosen.id == "" && s.id == state:
			chosen.id, chosen.span, chosen.kind = s.id, s.span, s.kind
		case s.place != "" && chosen.place == "":
			chosen.place = s.place
		}
	}
	return append([]sense{chosen}, seats...)
}

// weigh is how much speaks for a sense.
func (r *Resolver) weigh(d *discourse, t *text, k int, s *sense) float64 {
	v := 0.0
	switch s.class {
	case classBlock:
		v = 0.6
	case classState, classOrg:
		v = 0.5
	case classAdj, classPeople:
		v = 0.45
	case classOffice:
		v = 0.44
	case classSet:
		v = 0.3
		if len(s.set.Members) > 0 {
			v = 0.55
		}
	case classSeat:
		v = 0.25
	case classCity:
		v = 0.2
	case classGroup, classAdjOf:
		v = 0.15
	}
	if s.class == classPeople && (s.plural || r.standsAlone(t, k)) {
		v += 0.1
	}
	if s.prior > 0 {
		v = s.prior
	}
	if s.need {
		v -= 0.3
	}
	if s.id != "" && d.counts[s.id] > 0 {
		v += 0.2 + min(0.3, 0.05*float64(d.counts[s.id]))
	}
	switch {
	case d.day == "":
	case !s.span.Has(d.day):
		v -= 0.3
	case s.span.To != "":
		v += 0.15 // of two that claim the day, the one that is no more was the state then
	}
	if len(s.cues) > 0 {
		v += 0.5 * float64(d.cueHits(s.cues))
	}
	if k > 1 && t.units[k-1].word == "," && t.units[k-2].class == classCity && len(t.units[k-2].senses) > 0 { // "Atlanta, Georgia"
		city, _, _ := strings.Cut(t.units[k-2].senses[0].place, "/")
		if state, _, _ := strings.Cut(s.place, "/"); state == city || s.class == classState && s.id == city {
			v++
		}
	}
	if s.place != "" {
		if state, _, ok := strings.Cut(s.place, "/"); ok && d.counts[state] > 0 {
			v += 0.1
		}
	}
	return v
}

// cueHits counts the cues that stand in the article.
func (d *discourse) cueHits(cues []string) int {
	if d.words == nil {
		d.words = map[string]bool{}
		for _, t := range d.texts {
			for _, f := range t.folded {
				d.words[f] = true
			}
		}
	}
	n := 0
	for _, c := range cues {
		hit := true
		for _, p := range phraseParts(c) {
			hit = hit && d.words[p]
		}
		if hit {
			n++
		}
	}
	return n
}

// cued reports whether something in the text speaks for a rare sense.
func (r *Resolver) cued(d *discourse, t *text, k int, s *sense) bool {
	if len(s.cues) > 0 && d.cueHits(s.cues) > 0 {
		return true
	}
	if s.class != classCity {
		return false
	}
	return k > 0 && t.units[k-1].words&wPlacePrep != 0 || k+2 < len(t.units) && t.units[k+1].word == "," && t.units[k+2].class == classState
}

// standsAlone reports whether an adjective of a people is used as a noun: "the Dutch", "an American told".
func (r *Resolver) standsAlone(t *text, k int) bool {
	u := &t.units[k]
	tok := &t.s.Tokens[u.last-1]
	if t.s.Parsed {
		switch base, _, _ := strings.Cut(tok.Label, ":"); base {
		case "amod", "compound", "flat", "nmod":
			if tok.Head >= u.last {
				return false
			}
		case "nsubj", "obj", "iobj", "obl":
			return k+1 >= len(t.units) || !nominalNext(t, k+1)
		}
	}
	if k+1 < len(t.units) && nominalNext(t, k+1) {
		return false
	}
	return k > 0 && t.units[k-1].word == "the" || tok.XPOS == "NNPS" || tok.XPOS == "NNS"
}

func nominalNext(t *text, k int) bool {
	tok := &t.s.Tokens[t.units[k].first]
	return tok.UPOS == "NOUN" || tok.UPOS == "PROPN" || tok.UPOS == "ADJ" || tok.UPOS == "NUM" || tok.Text == "-" || strings.HasPrefix(tok.XPOS, "NN") || strings.HasPrefix(tok.XPOS, "JJ") || tok.XPOS == "VBG" && t.units[k].office()
}

// partiesOf are the parties that unit k, a name, stands for.
func (d *discourse) partiesOf(t *text, k int) []string {
	u := &t.units[k]
	if len(u.senses) == 0 {
		return nil
	}
	s := &u.senses[0]
	if s.class == classSet {
		return d.r.membersOf(s.set, d.day)
	}
	if u.class == classCity {
		if s = d.capital(u); s == nil {
			return nil
		}
	}
	if s.id == "" {
		return nil
	}
	if s.need {
		return d.inContext(s)
	}
	return []string{s.id}
}

// capital is the sense in which a city stands for a party: its state, or where the article speaks of that instead the organisation seated there.
func (d *discourse) capital(u *unit) *sense {
	s := u.capital()
	if s != nil && !s.need && d.counts[s.id] > 1 {
		return s
	}
	for i := range u.senses {
		x := &u.senses[i]
		if x.need && d.counts[x.id] > 0 && (s == nil || d.counts[x.id] > d.counts[s.id] || s.need && d.counts[s.id] == 0) {
			s = x
		}
	}
	return s
}

// inContext is the party of a seat that stands for it only where the article speaks of it.
func (d *discourse) inContext(s *sense) []string {
	if d.counts[s.id] == 0 {
		return nil
	}
	return []string{s.id}
}

// membersOf are the states of a set on the day.
func (r *Resolver) membersOf(s *tables.Set, day schema.Date) []string {
	if s.Organization == "" {
		return s.Members
	}
	return []string{s.Organization}
}
