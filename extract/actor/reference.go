package actor

import (
	"cmp"
	"slices"
	"strings"

	"entente/extract"
	"entente/schema"
)

// focus is something spoken of, in the order of reading: what a later word may refer to.
type focus struct {
	*draft
	sentence, token int
	quoted          bool
	group           bool // several mentions joined by "and"
}

// refer resolves what refers, sentence by sentence: what stands outside quotations first, because it tells who speaks them.
func (r *Resolver) refer(d *discourse) {
	bySentence := make([][]*draft, len(d.texts))
	for _, f := range d.drafts {
		if !f.dropped {
			bySentence[f.t.n] = append(bySentence[f.t.n], f)
		}
	}
	s := &salience{r: r, d: d}
	for n, t := range d.texts {
		list := bySentence[n]
		slices.SortStableFunc(list, func(a, b *draft) int {
			return cmp.Or(cmp.Compare(a.m.First, b.m.First), cmp.Compare(a.m.Last, b.m.Last))
		})
		var out, in []*draft
		for _, f := range list {
			if t.quote[f.m.Head] == 0 {
				out = append(out, f)
			} else {
				in = append(in, f)
			}
		}
		for i, f := range out {
			s.ahead(f, out[i+1:])
			s.settle(f, false)
		}
		s.groups(out)
		if len(in) > 0 {
			if x := d.speakerOf(t, out, s.speaker); x != nil {
				s.speaker = x
			} else if n+1 < len(d.texts) {
				s.speaker = nil
			}
		} else if x := d.speakerOf(t, out, nil); x != nil && x.human {
			s.speaker = x
		}
		for _, f := range in {
			s.settle(f, true)
		}
		s.groups(in)
	}
}

// salience is what was spoken of so far.
type salience struct {
	r       *Resolver
	d       *discourse
	list    []focus
	speaker *draft
}

// settle resolves one mention and adds it to what was spoken of.
func (s *salience) settle(f *draft, quoted bool) {
	if f.settled {
		return
	}
	f.settled = true
	if f.blank {
		f.dropped = true
		s.list = append(s.list, focus{draft: f, sentence: f.t.n, token: f.m.First, quoted: quoted})
		return
	}
	switch f.ref {
	case refNone:
		s.name(f)
	case refOffice:
		s.office(f)
	case refHe:
		s.he(f, quoted)
	case refIt:
		s.it(f)
	case refThey:
		s.they(f)
	case refWe, refI:
		s.we(f, quoted)
	case refPair:
		s.pair(f)
	case refNominal:
		s.nominal(f)
	}
	if len(f.m.Parties) == 0 && f.m.Place == "" && f.m.Kind != extract.Unresolved {
		f.dropped = true
		if f.human && f.phrase != nil {
			f.blank = true
			s.list = append(s.list, focus{draft: f, sentence: f.t.n, token: f.m.First, quoted: quoted})
		}
		return
	}
	if len(f.m.Parties) == 0 || f.m.Modifier {
		if len(f.m.Parties) > 0 { // "Russian concerns" keeps Russia in mind, but not as what "it" is
			s.list = append(s.list, focus{draft: f, sentence: f.t.n, token: f.m.First, quoted: quoted})
		}
		return
	}
	s.list = append(s.list, focus{draft: f, sentence: f.t.n, token: f.m.First, quoted: quoted})
}

// since is where in the list that begins which was spoken of from a sentence on.
func (s *salience) since(sentence int) int {
	i := len(s.list)
	for i > 0 && s.list[i-1].sentence >= sentence {
		i--
	}
	return i
}

// ahead lets a pronoun in a fronted phrase mean the subject that follows: "In his letter, Walters said", "In its first reaction, Iraq".
func (s *salience) ahead(f *draft, later []*draft) {
	if f.ref != refHe && f.ref != refIt && f.ref != refThey || f.m.First > 6 {
		return
	}
	if x := f.t.s.Tokens[0]; x.UPOS != "ADP" && x.UPOS != "SCONJ" && x.XPOS != "IN" && x.XPOS != "VBG" && x.XPOS != "VBN" && x.XPOS != "TO" {
		return
	}
	comma := -1
	for i := f.m.Last; i < len(f.t.s.Tokens); i++ {
		if f.t.s.Tokens[i].Text == "," {
			comma = i
			break
		}
	}
	for _, g := range later {
		if comma < 0 || g.m.First < f.m.Last {
			continue
		}
		if g.m.First < comma && !g.m.Modifier && g.m.Kind != extract.PlaceName && g.subject {
			return
		}
		if g.m.First < comma {
			continue
		}
		if g.m.First <= comma+2 && !g.subject {
			continue
		}
		if g.m.First > comma+2 || g.ref != refNone && g.ref != refOffice || g.human != (f.ref == refHe) || (f.ref == refThey) != g.plural {
			return
		}
		s.settle(g, false)
		if len(g.m.Parties) > 0 {
			f.m.Parties, f.m.Agent, f.person = g.m.Parties, g.m.Agent, g.person
			f.settled = true
			s.list = append(s.list, focus{draft: f, sentence: f.t.n, token: f.m.First})
		}
		return
	}
}

// name settles a person's name; other names are settled already.
func (s *salience) name(f *draft) {
	if f.person == nil {
		return
	}
	f.person.said = f.t.n
	if parties := s.d.people.party(f.person); parties != nil {
		f.m.Parties = parties
	} else {
		f.m.Parties = []string{f.person.id}
	}
	s.d.see(f.person.id, f.person.name)
}

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
		if private || !s.r.ofSomeState(p) {
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
	if !f.phrase.definite || f.phrase.possUnit >= 0 {
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
		return p.office.Text != "secretary" && p.office.Text != "leader"
	case "official", "military", "legislator":
		w := r.words[lastWord(p.office.Text)]
		return p.office.Form == "collective" && w&(wGovernment|wBody|wCountry) != 0 && !p.plural
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
			hit = slices.ContainsFunc(p.titles, func(t string) bool { return lastWord(t) == word || strings.HasPrefix(t, word+" ") })
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
	return s.state(f, func(e schema.Entity) bool {
		return e.Kind == schema.State && (f.holder == nil || !slices.Contains(s.d.author, e.ID))
	})
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
	best := ""
	for id, n := range s.d.counts {
		e, ok := s.d.entity(id)
		if !ok || !want(e) {
			continue
		}
		if best == "" || n > s.d.counts[best] || n == s.d.counts[best] && (s.d.first[id] < s.d.first[best] || s.d.first[id] == s.d.first[best] && id < best) {
			best = id
		}
	}
	if best == "" {
		return nil
	}
	return []string{best}
}

// he finds the person: the subject of the clause or sentence before, else the one named last.
func (s *salience) he(f *draft, quoted bool) {
	if f.word == "his" || f.word == "her" {
		if x, _ := s.local(f); x != nil && x.human && len(x.m.Parties) > 0 && !(quoted && x == s.speaker) && s.suits(f, x) {
			s.same(f, x)
			return
		}
	}
	best, score := -1, -100.0
	for i := s.since(f.t.n - 4); i < len(s.list); i++ {
		x := &s.list[i]
		if !x.human || x.m.Modifier || x.m.Kind == extract.Pronoun && x.person == nil && x.m.Agent == "" && f.t.n-x.sentence > 1 {
			continue
		}
		gap := f.t.n - x.sentence
		if gap > 4 || gap < 0 || gap == 0 && x.token >= f.m.First {
			continue
		}
		if !s.suits(f, x.draft) {
			continue
		}
		if quoted && s.speaker != nil && (x.draft == s.speaker || x.m.Agent != "" && x.m.Agent == s.speaker.m.Agent) {
			continue
		}
		v := -3 * float64(gap)
		if x.subject {
			v += 2
		}
		if x.main {
			v += 1.5
		}
		if x.m.Agent != "" {
			v++
		}
		if x.quoted && !quoted {
			v -= 3
		}
		if x.m.Kind == extract.Pronoun {
			v += 0.5
		}
		if v >= score {
			best, score = i, v
		}
	}
	if best < 0 {
		return
	}
	if x := s.list[best].draft; !x.blank {
		s.same(f, x)
	}
}

// suits reports whether the gender of a pronoun does not speak against a person.
func (s *salience) suits(f, x *draft) bool {
	g := x.gender
	if x.person != nil && x.person.gender != 0 {
		g = x.person.gender
	}
	return g == 0 || f.gender == 0 || g == f.gender
}

// same makes f mean the person whom x means.
func (s *salience) same(f, x *draft) {
	f.m.Parties, f.m.Agent, f.person = x.m.Parties, x.m.Agent, x.person
	if p := s.d.people.byID[x.m.Agent]; p != nil {
		f.person = p
		p.said = f.t.n
		if p.gender == 0 {
			p.gender = f.gender
		}
	}
}

// it finds the state or organisation.
func (s *salience) it(f *draft) {
	if f.t.s.Parsed && s.expletive(f) {
		return
	}
	if local, ok := s.local(f); ok {
		if local != nil && !local.human && !local.plural && len(local.m.Parties) == 1 {
			f.m.Parties = local.m.Parties
			return
		}
		if local == nil && f.word == "its" {
			return // of something that is no party
		}
	}
	best, score := -1, -100.0
	for i := s.since(f.t.n - 2); i < len(s.list); i++ {
		x := &s.list[i]
		gap := f.t.n - x.sentence
		if x.human || x.plural || x.m.Modifier || len(x.m.Parties) != 1 || gap > 2 || gap < 0 || gap == 0 && x.token >= f.m.First {
			continue
		}
		v := -3 * float64(gap)
		if x.subject {
			v += 2
		}
		if gap == 0 && f.word == "its" && f.m.First-x.token < 8 {
			v++
		}
		if x.owned {
			v--
		}
		if f.word == "it" && !f.subject && !x.subject {
			continue
		}
		if v >= score {
			best, score = i, v
		}
	}
	if best < 0 {
		return
	}
	x := &s.list[best]
	if x.sentence < f.t.n && !s.acts(f) {
		return
	}
	f.m.Parties = x.m.Parties
	f.m.Confidence = 0.65
	if x.sentence < f.t.n {
		f.m.Confidence = 0.5
	}
}

// acts reports whether a pronoun is the subject of a verb that only a party could do, or owns something.
func (s *salience) acts(f *draft) bool {
	if f.word == "its" {
		return true
	}
	for i := f.m.Last; i < len(f.t.s.Tokens) && i < f.m.Last+3; i++ {
		tok := &f.t.s.Tokens[i]
		w := s.r.words[f.t.folded[i]]
		if w&(wSay|wAct) != 0 {
			return f.t.quote[f.m.Head] == 0
		}
		if tok.UPOS == "VERB" {
			return false
		}
		if tok.UPOS != "AUX" && tok.UPOS != "ADV" && tok.XPOS != "MD" && tok.Text != "n't" && tok.UPOS != "PART" {
			return false
		}
		if w&wBe != 0 && i+1 < len(f.t.s.Tokens) && f.t.s.Tokens[i+1].UPOS != "VERB" && f.t.s.Tokens[i+1].UPOS != "ADV" {
			return false
		}
	}
	return false
}

// expletive reports whether "it" stands for nothing: by its label, or before "is likely that".
func (s *salience) expletive(f *draft) bool {
	if strings.HasPrefix(f.t.s.Tokens[f.m.First].Label, "expl") {
		return true
	}
	toks := f.t.s.Tokens
	i := f.m.Last
	if f.word != "it" || i+1 >= len(toks) || toks[i].Lemma != "be" && s.r.words[f.t.folded[i]]&wBe == 0 {
		return false
	}
	for j := i + 1; j < len(toks) && j < i+4; j++ {
		if toks[j].UPOS == "ADJ" {
			return j+1 < len(toks) && (toks[j+1].Text == "that" || toks[j+1].Text == "to" || toks[j+1].Text == "for" || toks[j+1].Text == "if")
		}
	}
	return false
}

// local looks for the subject of the clauses a pronoun is in. ok tells that one was found; it is nil where that is no party.
func (s *salience) local(f *draft) (subject *draft, ok bool) {
	if !f.t.s.Parsed {
		return nil, false
	}
	toks := f.t.s.Tokens
	i := f.m.Head
	for n := 0; n < 12 && i >= 0; n++ {
		h := toks[i].Head
		if h < 0 {
			return nil, false
		}
		for j := range toks {
			if toks[j].Head == h && toks[j].Label == "nmod:poss" && j < f.m.First && j != i { // "Japan's account of its efforts"
				if x := s.at(f.t.n, j); x != nil && x.human == f.human {
					return x.draft, true
				}
			}
			if toks[j].Head == h && toks[j].Label == "nmod" && j < f.m.First && toks[i].Label == "acl" && s.given(f.t, j) {
				if x := s.at(f.t.n, j); x != nil && x.human == f.human { // "an announcement from Greece that it"
					return x.draft, true
				}
			}
			if toks[j].Head != h || j == f.m.Head || j == i || !strings.HasPrefix(toks[j].Label, "nsubj") || j > f.m.First {
				continue
			}
			if x := s.at(f.t.n, j); x != nil {
				return x.draft, true
			}
			if toks[j].UPOS == "PRON" {
				continue
			}
			if toks[j].UPOS == "NOUN" && (toks[h].UPOS == "VERB" || toks[h].UPOS == "NOUN") {
				return nil, true
			}
		}
		i = h
	}
	return nil, false
}

// given reports whether "from" or "by" governs token j.
func (s *salience) given(t *text, j int) bool {
	for k := j - 1; k >= 0 && k > j-4; k-- {
		if c := &t.s.Tokens[k]; c.Head == j && c.Label == "case" {
			return c.Text == "from" || c.Text == "by"
		}
	}
	return false
}

// at is what was settled with its head at a token.
func (s *salience) at(sentence, token int) *focus {
	for i := len(s.list) - 1; i >= 0 && s.list[i].sentence == sentence; i-- {
		if x := &s.list[i]; x.m.Head == token && !x.m.Modifier {
			return x
		}
	}
	return nil
}

// they finds several: a plural noun, names joined by "and", or the two persons of the sentence before.
func (s *salience) they(f *draft) {
	if local, ok := s.local(f); ok && local != nil && (local.plural || len(local.m.Parties) > 1) && local.ref != refWe && local.ref != refI {
		f.m.Parties = local.m.Parties
		return
	}
	rival := s.rivalPlural(f)
	best, score := -1, -100.0
	for i := s.since(f.t.n - 2); i < len(s.list); i++ {
		x := &s.list[i]
		gap := f.t.n - x.sentence
		if x.ref == refWe || x.ref == refI {
			continue // we are not they
		}
		if rival >= 0 && !x.subject && (gap > 0 || x.token < rival) {
			continue
		}
		if !x.plural && len(x.m.Parties) < 2 || gap > 2 || gap < 0 || gap == 0 && x.token >= f.m.First || x.m.Modifier {
			continue
		}
		v := -3 * float64(gap)
		if x.subject {
			v += 2
		}
		if x.group || len(x.m.Parties) > 1 {
			v++
		}
		if v >= score {
			best, score = i, v
		}
	}
	if pair := s.partners(f); pair != nil && (best < 0 || score < 0) {
		f.m.Parties, f.m.Confidence = pair, 0.6
		return
	}
	if best < 0 {
		return
	}
	f.m.Parties, f.m.Confidence = s.list[best].m.Parties, 0.65
}

// rivalPlural is the token of the last plural noun before f in its sentence that is in no mention: what "them" may mean as well; -1 for none.
func (s *salience) rivalPlural(f *draft) int {
	if f.word == "their" {
		return -1
	}
	for i := f.m.First - 1; i >= 0; i-- {
		if x := f.t.s.Tokens[i].XPOS; x == "NNS" && s.r.words[f.t.folded[i]]&wCalendar == 0 && s.at(f.t.n, i) == nil {
			return i
		}
	}
	return -1
}

// partners are the two parties who act together in this sentence before f or in the one before it: "Smith met Jones ... They".
func (s *salience) partners(f *draft) []string {
	for n := f.t.n; n >= 0 && n >= f.t.n-1; n-- {
		var ids []string
		humans := 0
		for i := s.since(n); i < len(s.list); i++ {
			x := &s.list[i]
			if x.sentence != n || x.m.Modifier || n == f.t.n && x.token >= f.m.First || len(x.m.Parties) != 1 || x.m.Kind == extract.Demonym {
				continue
			}
			if x.human && x.m.Agent != "" {
				humans++
				ids = appendNew(ids, x.m.Parties...)
			}
		}
		if humans >= 2 && len(ids) == 2 {
			return ids
		}
	}
	return nil
}

// we finds who speaks: in a quotation its speaker, outside the author of a release.
func (s *salience) we(f *draft, quoted bool) {
	if !quoted || f.word == "us" && !quoted {
		f.m.Parties = s.d.author
		f.m.Confidence = 0.8
		return
	}
	if s.speaker == nil {
		return
	}
	f.m.Parties = s.speaker.m.Parties
	if f.ref == refI {
		f.m.Agent, f.human, f.plural = s.speaker.m.Agent, true, false
	}
}

// pair finds two parties: joined by "and", or the only two of a sentence, nearest first; else the two the article names most.
func (s *salience) pair(f *draft) {
	if f.word == "superpowers" {
		f.m.Parties = []string{"RUS", "USA"}
		if s.d.day == "" || !s.d.day.First().After(schema.Date("1991-12-26").First()) {
			f.m.Parties[0] = "SUN"
		}
		return
	}
	leaders := f.word == "leaders" || f.word == "ministers" || f.word == "presidents" || f.word == "men" || f.word == "diplomats" || f.word == "statesmen" || f.word == "officials"
	states := !leaders && (s.r.words[f.word]&wCountry != 0 || f.word == "countries" || f.word == "nations" || f.word == "states" || f.word == "governments" || f.word == "republics" || f.word == "capitals" || f.word == "peoples" || f.word == "neighbours" || f.word == "neighbors" || f.word == "superpowers" || f.word == "armies")
	want := func(id string) bool {
		e, ok := s.d.entity(id)
		if !ok || e.Kind == schema.Person {
			return false
		}
		return !states || e.Kind == schema.State
	}
	if f.t.units[f.unit].word == "their" {
		if x := s.at(f.t.n, f.m.First); x != nil && len(x.m.Parties) > 1 {
			f.m.Parties = x.m.Parties
			return
		}
	}
	if f.t.units[f.unit].word == "our" && len(s.d.author) == 1 {
		if other := s.partner(f, s.d.author[0], want); other != "" {
			f.m.Parties = sorted(s.d.author[0], other)
			return
		}
	}
	for n := f.t.n; n >= 0 && n >= f.t.n-4; n-- {
		var ids []string
		for i := len(s.list) - 1; i >= 0 && s.list[i].sentence >= n; i-- {
			x := &s.list[i]
			if x.sentence != n || n == f.t.n && x.token >= f.m.First || leaders && !x.human && !x.group {
				continue
			}
			if len(x.m.Parties) == 2 && want(x.m.Parties[0]) && want(x.m.Parties[1]) && (x.group || x.ref != refNone || x.phrase != nil) {
				f.m.Parties = x.m.Parties
				return
			}
			for _, id := range x.m.Parties {
				if want(id) {
					ids = appendNew(ids, id)
				}
			}
		}
		if len(ids) == 2 {
			f.m.Parties = sorted(ids[0], ids[1])
			f.m.Confidence = 0.65
			return
		}
	}
	if ids := s.topTwo(want); ids != nil {
		f.m.Parties, f.m.Confidence = ids, 0.6
	}
}

func sorted(a, b string) []string {
	if b < a {
		a, b = b, a
	}
	return []string{a, b}
}

// partner is the party last spoken of besides one.
func (s *salience) partner(f *draft, one string, want func(string) bool) string {
	for i := len(s.list) - 1; i >= 0; i-- {
		for _, id := range s.list[i].m.Parties {
			if id != one && want(id) {
				return id
			}
		}
	}
	return ""
}

// topTwo are the two parties spoken of most of late, none where the third is as frequent.
func (s *salience) topTwo(want func(string) bool) []string {
	count := map[string]int{}
	for i := max(0, len(s.list)-200); i < len(s.list); i++ {
		for _, id := range s.list[i].m.Parties {
			if want(id) {
				count[id]++
			}
		}
	}
	var ids []string
	for id := range count {
		ids = append(ids, id)
	}
	slices.SortFunc(ids, func(a, b string) int { return cmp.Or(cmp.Compare(count[b], count[a]), cmp.Compare(a, b)) })
	if len(ids) < 2 || len(ids) > 2 && count[ids[1]] == count[ids[2]] {
		return nil
	}
	return sorted(ids[0], ids[1])
}

// nominal finds which of the organisations or groups that a noun may stand for the article speaks of.
func (s *salience) nominal(f *draft) {
	ids, _ := s.r.nominal(f.t, f.unit)
	best, last := "", -1
	for _, id := range ids {
		if s.d.counts[id] == 0 {
			continue
		}
		at := 0
		for i := len(s.list) - 1; i >= 0; i-- {
			if slices.Contains(s.list[i].m.Parties, id) {
				at = i + 1
				break
			}
		}
		if at > last {
			best, last = id, at
		}
	}
	if best == "" || last == 0 && f.m.Modifier {
		return
	}
	f.m.Parties = []string{best}
}

// groups adds what is joined by "and" as one thing spoken of: "NATO and Russia".
func (s *salience) groups(list []*draft) {
	for i := 0; i+1 < len(list); i++ {
		a := list[i]
		if a.dropped || a.m.Modifier || len(a.m.Parties) == 0 || a.ref == refHe || a.ref == refIt || a.ref == refThey {
			continue
		}
		ids := slices.Clone(a.m.Parties)
		end, human, n := a.m.Last, a.human, 1
		for _, b := range list[i+1:] {
			if b.dropped || b.m.Modifier || len(b.m.Parties) == 0 || b.m.First < end {
				continue
			}
			if !joinedTokens(a.t, end, b.m.First) {
				break
			}
			ids = appendNew(ids, b.m.Parties...)
			end = b.m.Last
			n++
		}
		if n < 2 || len(ids) < 2 {
			continue
		}
		g := &draft{t: a.t, plural: true, human: human && false, subject: a.subject, m: a.m, unit: a.unit}
		g.m.Last, g.m.Parties, g.m.Agent = end, ids, ""
		s.list = append(s.list, focus{draft: g, sentence: a.t.n, token: a.m.First, group: true})
	}
}

// joinedTokens reports whether only commas, "and" and articles stand between two tokens, and at least one joins.
func joinedTokens(t *text, i, j int) bool {
	if j <= i || j-i > 3 {
		return false
	}
	and := false
	for ; i < j; i++ {
		switch t.folded[i] {
		case "and", "&":
			and = true
		case ",":
			and = true
		case "the", "both":
		default:
			return false
		}
	}
	return and
}
