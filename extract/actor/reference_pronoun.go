package actor

import (
	"slices"
	"strings"

	"entente/extract"
)

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
		if !s.suits(f, x.draft) || bound(f, x.draft) || s.namedLater(f, x.draft) {
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

// namedLater reports whether the person x is named in the clause of which the pronoun f is the subject: "he praised Jones" is not Jones, but "asked
// what he meant, Jones" may be.
func (s *salience) namedLater(f, x *draft) bool {
	if !f.subject || x.person == nil || !f.t.s.Parsed {
		return false
	}
	return slices.ContainsFunc(s.present, func(g *draft) bool {
		return g.person == x.person && g.m.Kind == extract.Name && g.m.First > f.m.Last && within(f.t.s, g.m.Head, f.t.s.Tokens[f.m.Head].Head)
	})
}

// within reports whether token i stands below the token above in the tree.
func within(s *extract.Sentence, i, above int) bool {
	for range s.Tokens {
		if i == above || i < 0 {
			break
		}
		i = s.Tokens[i].Head
	}
	return i >= 0 && i == above
}

// bound reports whether x is the subject of the very verb whose object the pronoun f is: "Peru denied it" speaks of something else than Peru.
func bound(f, x *draft) bool {
	if !f.t.s.Parsed || x.t.n != f.t.n || !x.subject {
		return false
	}
	a, b := &f.t.s.Tokens[f.m.Head], &f.t.s.Tokens[x.m.Head]
	return (a.Label == "obj" || a.Label == "iobj" || a.Label == "obl") && a.Head == b.Head && !strings.HasSuffix(f.word, "self") && !strings.HasSuffix(f.word, "selves")
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
	if local, ok := s.local(f); ok && (local == nil || !bound(f, local)) {
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
		if x.human || x.plural || x.m.Modifier || len(x.m.Parties) != 1 || gap > 2 || gap < 0 || gap == 0 && x.token >= f.m.First || bound(f, x.draft) {
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
		if toks[j].XPOS == "VBN" && j+1 < len(toks) {
			return toks[j+1].Text == "that" || toks[j+1].Text == "to" // "it was decided to"
		}
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
		if x := s.controller(f, i); x != nil {
			return x.draft, true
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

// controller is the object that is the subject of the infinitive i: "asked the president to drop his plan", "allows Oslo to fund its army".
func (s *salience) controller(f *draft, i int) *focus {
	toks := f.t.s.Tokens
	if toks[i].Label != "xcomp" {
		return nil
	}
	for j := range min(i, f.m.First) {
		if toks[j].Head == toks[i].Head && (toks[j].Label == "obj" || toks[j].Label == "iobj") {
			if x := s.at(f.t.n, j); x != nil && x.human == f.human {
				return x
			}
		}
	}
	return nil
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
		if bound(f, x.draft) {
			continue
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
		if x := f.t.turn; x != nil {
			f.m.Parties = x.parties
			if f.ref == refI && x.person != nil {
				f.m.Agent, f.human, f.plural = x.person.id, true, false
			}
		}
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
