package actor

import (
	"cmp"
	"slices"

	"entente/extract"
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
		s.present = list
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
	// accusers are the states that were the subject where a regime was spoken of: it is none of them.
	accusers []string
	present  []*draft // of the sentence that is read
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
	if x := f.t.s.Tokens[0]; x.UPOS != "ADP" && x.UPOS != "SCONJ" && x.XPOS != "IN" && x.XPOS != "VBG" && x.XPOS != "VBN" && x.XPOS != "VBD" && x.XPOS != "TO" {
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
