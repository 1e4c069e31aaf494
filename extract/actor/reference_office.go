package actor

import (
	"slices"
	"strings"

	"entente/extract"
	"entente/schema"
)

// office settles an office: whose it is where the phrase does not say, and who holds it where the article named someone.
func (s *salience) office(f *draft) {
	p := f.phrase
	owners := p.owners
	if f.holder != nil && f.holder.owners != nil {
		owners = f.holder.owners
	}
	guessed := false
	private := p.private || p.foreign || s.r.unofficial(p)
	if len(owners) == 0 && p.possUnit >= 0 {
		owners = s.possessor(f)
		if len(owners) == 0 && f.holder == nil {
			return
		}
	}
	if f.holder != nil {
		s.held(f, owners, private)
		return
	}
	if len(owners) == 0 {
		if h := s.knownHolder(f, nil); h != nil {
			f.m.Agent, f.m.Confidence = h.id, 0.8
			f.m.Parties = s.d.people.party(h)
			if len(f.m.Parties) == 0 {
				f.m.Parties = []string{h.id}
			}
			return
		}
		if x := s.sameOffice(f); x != nil {
			f.m.Parties, f.m.Agent, f.m.Confidence = x.m.Parties, x.m.Agent, 0.7
			return
		}
		if private || !s.r.ofSomeState(p) || anyOf(f) {
			return
		}
		owners, guessed = s.ownerByContext(f), true
		f.m.Confidence = 0.6
	} else if f.human && p.possUnit < 0 {
		if h := s.knownHolder(f, owners); h != nil {
			f.m.Agent = h.id
		}
	}
	_ = guessed
	f.m.Parties = owners
}

// sameOffice is the last mention of an office with the same noun: "a NATO spokesman ... the spokesman", "the Foreign Ministry ... the ministry".
func (s *salience) sameOffice(f *draft) *focus {
	if !f.phrase.definite && !f.again || f.phrase.possUnit >= 0 {
		return nil
	}
	word := lastWord(f.phrase.office.Text)
	for i := len(s.list) - 1; i >= 0; i-- {
		x := &s.list[i]
		if f.t.n-x.sentence > 8 {
			break
		}
		if x.phrase != nil && x.plural == f.plural && lastWord(x.phrase.office.Text) == word && len(x.m.Parties) > 0 {
			return x
		}
	}
	return nil
}

// ofSomeState reports whether an office without an owner is surely one of the state that the text is about: "the government", "the prime
// minister", but not "the diplomat", "the soldiers".
func (r *Resolver) ofSomeState(p *phrase) bool {
	if !p.definite || p.plural || strings.HasSuffix(p.office.Text, "ministers") {
		return false
	}
	switch p.office.Kind {
	case "head-of-state", "head-of-government", "minister", "royal":
		switch p.office.Text {
		case "secretary", "leader", "count", "duke", "earl", "baron", "lord", "knight", "prince":
			return false
		}
		return true
	case "official", "military", "legislator":
		w := r.words[lastWord(p.office.Text)]
		return p.office.Form == "collective" && w&(wGovernment|wBody|wCountry) != 0 && !p.plural
	}
	return false
}

// anyOf reports whether an office is one of any state: "if a government has a fund, the government must".
func anyOf(f *draft) bool {
	if f.phrase.possUnit >= 0 {
		return false
	}
	word := lastWord(f.phrase.office.Text)
	for k := 1; k < f.phrase.lo; k++ {
		switch f.t.units[k-1].word {
		case "a", "an", "any", "each", "every", "another":
			if f.t.units[k].word == word || f.t.foldedUnit(&f.t.units[k]) == word {
				return true
			}
		}
	}
	return false
}

// held settles an office with the name of its holder.
func (s *salience) held(f *draft, owners []string, private bool) {
	p, h := f.phrase, f.holder
	guessed := false
	if len(owners) == 0 {
		owners, guessed = s.d.people.party(h.p), h.p.guessed
	}
	if len(owners) == 0 && h.p.leader != nil && !private {
		owners = []string{h.p.leader.Party}
		if len(h.p.principals) == 0 && !p.former && !p.coming {
			h.p.principals = owners // lately out of office, as the article goes on to tell
		}
	}
	if len(owners) == 0 && !private && p.office.Relation != "" {
		if p.office.Party != "" {
			owners = []string{p.office.Party}
		} else if s.r.telling(p) {
			owners, guessed = s.ownerByContext(f), true
		}
		if guessed {
			f.m.Confidence = 0.6
		}
		if len(owners) > 0 && len(h.p.principals) == 0 && !p.former && !p.coming {
			h.p.principals, h.p.guessed = owners[:1], guessed
		}
	}
	if !private {
		s.r.tie(s.d, f.t, p, *h, owners, guessed)
	}
	if p.tieOnly {
		f.m.Agent = ""
		f.m.Parties = owners
		if p.office.Form != "collective" {
			f.m.Agent = h.p.id
		}
		return
	}
	f.m.Parties = owners
	if len(owners) == 0 || p.former && s.d.people.party(h.p) == nil || private && len(p.owners) > 0 {
		f.m.Parties = s.d.people.party(h.p)
		if len(f.m.Parties) == 0 {
			f.m.Parties = []string{h.p.id}
		}
	}
	h.p.said = f.t.n
}

// possessor are the parties of the pronoun that owns an office: "its forces", "his adviser".
func (s *salience) possessor(f *draft) []string {
	first := f.t.units[f.phrase.possUnit].first
	for i := len(s.list) - 1; i >= 0 && s.list[i].sentence == f.t.n; i-- {
		if x := &s.list[i]; x.m.First == first && x.m.Kind == extract.Pronoun {
			return x.m.Parties
		}
	}
	return nil
}

// knownHolder is the person of the article who was given this office, for the owners where there are some: the last one spoken of.
func (s *salience) knownHolder(f *draft, owners []string) *person {
	if f.phrase.office.Form == "collective" || f.plural || f.phrase.deputy || f.phrase.former {
		return nil
	}
	if owners == nil && !f.phrase.definite {
		return nil
	}
	var found *person
	word := lastWord(f.phrase.office.Text)
	for _, p := range s.d.people.persons {
		if p.former || p.first > 0 && p.said > f.t.n {
			continue
		}
		party := s.d.people.party(p)
		if owners != nil && (len(party) == 0 || party[0] != owners[0]) {
			continue
		}
		hit := slices.Contains(p.titles, s.r.bare(f.phrase.office))
		if !hit && !strings.Contains(f.phrase.office.Text, " ") && f.phrase.prefix == "" {
			hit = slices.ContainsFunc(p.titles, func(t string) bool {
				return lastWord(t) == word || strings.HasPrefix(t, word+" ") && t != "secretary general"
			})
		}
		if hit && (found == nil || p.said >= found.said) {
			found = p
		}
	}
	return found
}

// ownerByContext guesses whose an office is that says nothing of it: of the state most spoken of near by.
func (s *salience) ownerByContext(f *draft) []string {
	if f.phrase.office.Party != "" {
		return []string{f.phrase.office.Party}
	}
	if len(s.d.author) > 0 && f.holder != nil {
		if k := f.phrase.office.Kind; k == "spokesperson" || k == "envoy" || strings.Contains(f.phrase.office.Text, "secretary") {
			return s.d.author
		}
	}
	if party := defaultTable()[f.phrase.office.Text]; party != "" {
		return []string{party}
	}
	if f.holder != nil {
		if owners := s.otherOfficials(f); owners != nil {
			return owners
		}
		if owner := s.r.setting(f.t); owner != "" {
			return []string{owner}
		}
	}
	if n := s.r.lex.nominals.next[lastWord(f.phrase.office.Text)]; n != nil && len(n.senses) > 0 && n.senses[0].class == classState { // the kingdom is a monarchy
		return s.state(f, func(e schema.Entity) bool {
			return slices.ContainsFunc(n.senses, func(x sense) bool { return x.id == e.ID })
		})
	}
	own := s.critics(f)
	if own != nil {
		if id := s.topicHere(f, own); id != "" {
			return []string{id}
		}
	}
	return s.state(f, func(e schema.Entity) bool {
		return e.Kind == schema.State && (f.holder == nil || !slices.Contains(s.d.author, e.ID)) && !slices.Contains(own, e.ID)
	})
}

// topicHere is the state named first before f in its sentence, but for some: "On Burma, she urged the regime".
func (s *salience) topicHere(f *draft, but []string) string {
	for i := s.since(f.t.n); i < len(s.list); i++ {
		x := &s.list[i]
		if len(x.m.Parties) != 1 || x.token >= f.m.First || x.m.Kind == extract.Pronoun || slices.Contains(but, x.m.Parties[0]) {
			continue
		}
		if e, ok := s.d.entity(x.m.Parties[0]); ok && e.Kind == schema.State {
			return e.ID
		}
	}
	return ""
}

// critics are the states that cannot be "the regime" or "the junta": those who act in its sentence, and those who did so in the sentences before in
// which it is the object of what they say.
func (s *salience) critics(f *draft) []string {
	if f.word != "regime" && f.word != "junta" {
		return nil
	}
	var out []string
	for i := s.since(f.t.n); i < len(s.list); i++ {
		if x := &s.list[i]; x.subject && x.token < f.m.First {
			out = appendNew(out, x.m.Parties...)
		}
	}
	s.accusers = appendNew(s.accusers, out...)
	return s.accusers
}

// setting is the state in which a sentence says that it plays: "In Cairo, Foreign Minister X said".
func (r *Resolver) setting(t *text) string {
	if len(t.units) < 4 || t.units[0].word != "in" {
		return ""
	}
	k := 1
	if t.units[1].word == "the" {
		k++
	}
	u := &t.units[k]
	if t.units[k+1].word != "," || len(u.senses) == 0 {
		return ""
	}
	switch u.class {
	case classState:
		return u.senses[0].id
	case classCity:
		state, _, _ := strings.Cut(u.senses[0].place, "/")
		return state
	}
	return ""
}

// otherOfficials are the owners of "and other Japanese officials" after a name.
func (s *salience) otherOfficials(f *draft) []string {
	p := f.phrase
	if p.hi+1 >= len(f.t.units) || f.t.units[p.hi].word != "and" || f.t.units[p.hi+1].word != "other" {
		return nil
	}
	for i := range f.t.phrases {
		if q := &f.t.phrases[i]; q.core > p.hi && q.lo <= p.hi+3 {
			return q.owners
		}
	}
	return nil
}

// state is the party of the wanted sort that is most in mind at f.
func (s *salience) state(f *draft, want func(schema.Entity) bool) []string {
	score := map[string]float64{}
	var order []string
	recent := s.since(f.t.n - 6)
	head := 0
	for head < recent && s.list[head].sentence <= 1 {
		head++
	}
	for _, x := range slices.Concat(s.list[:head], s.list[recent:]) {
		if len(x.m.Parties) != 1 {
			continue
		}
		id := x.m.Parties[0]
		e, ok := s.d.entity(id)
		if !ok || !want(e) {
			continue
		}
		v := 1.0 / float64(1+f.t.n-x.sentence)
		if x.sentence == f.t.n {
			v = 1.5
		}
		if x.subject {
			v *= 2
		}
		if x.m.Modifier {
			v *= 0.5
		}
		if score[id] == 0 {
			order = append(order, id)
		}
		score[id] += v
		if x.sentence == 0 && x.subject {
			score[id] += 0.5 // what the article is about
		}
	}
	best := ""
	for _, id := range order {
		if best == "" || score[id] > score[best] {
			best = id
		}
	}
	if best == "" {
		return s.mostNamed(want)
	}
	return []string{best}
}

// mostNamed is the party of the wanted sort that the article names most.
func (s *salience) mostNamed(want func(schema.Entity) bool) []string {
	return s.d.mostCounted(func(id string) bool {
		e, ok := s.d.entity(id)
		return ok && want(e)
	})
}
