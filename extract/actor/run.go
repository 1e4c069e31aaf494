package actor

import (
	"slices"

	"entente/extract"
	"entente/schema"
)

// runEnd is the end of the run of proper nouns that begins at i.
func (r *Resolver) runEnd(t *text, i int, day schema.Date) int {
	end := i + 1
	for j := end; j < len(t.s.Tokens); {
		tok := &t.s.Tokens[j]
		w := r.words[t.folded[j]]
		switch {
		case tok.Text == "-" && r.hyphenated(t, i, j):
			j++
			end = j + 1
		case isInitial(tok.Text):
			end = j + 1
		case proper(tok) && capital(tok.Text) && w&wCalendar == 0:
			if last, senses := r.match(t, j, day, false); last > j && !nameInside(senses) && !r.middle(t, j, last) {
				return end
			}
			if r.words[t.folded[j-1]]&wPortfolio != 0 && r.nameFrom(t, j) && r.portfolioBefore(t, i) {
				return end // "Minister of Security Juan Pino"
			}
			end = j + 1
		case j > 1 && capital(tok.Text) && w&wCalendar == 0 && tok.UPOS != "PUNCT" && tok.UPOS != "PRON" && tok.UPOS != "DET" && tok.UPOS != "ADP" && len(tok.Text) > 1 && !r.matches(t, j, day):
			end = j + 1 // a name that the tagger took for a word
		case w&wParticle != 0 && j > i && particles(t, r, j) > 0:
			j = particles(t, r, j)
			end = j + 1
		case tok.Text == "&" && j+1 < len(t.s.Tokens) && proper(&t.s.Tokens[j+1]):
		default:
			return end
		}
		j++
	}
	return end
}

// particles is the token of the proper noun that follows particles at j, 0 where none does.
func particles(t *text, r *Resolver, j int) int {
	for k := j; k < len(t.s.Tokens) && k < j+3; k++ {
		tok := &t.s.Tokens[k]
		if k > j && proper(tok) && capital(tok.Text) {
			if last, senses := r.match(t, k, "", false); last > k+1 && !nameInside(senses) {
				return 0
			}
			return k
		}
		if r.words[t.folded[k]]&wParticle == 0 && tok.Text != "-" {
			return 0
		}
	}
	return 0
}

// nameFrom reports whether two proper nouns that begin at j may be a person's name.
func (r *Resolver) nameFrom(t *text, j int) bool {
	if j+1 >= len(t.s.Tokens) || !proper(&t.s.Tokens[j]) || !proper(&t.s.Tokens[j+1]) {
		return false
	}
	return (r.words[t.folded[j]]|r.words[t.folded[j+1]])&(wNotPerson|wCompany|wPortfolio|wCalendar) == 0
}

// portfolioBefore reports whether a name at i follows an office with "of" or "for": "Under Secretary for Arms Control and".
func (r *Resolver) portfolioBefore(t *text, i int) bool {
	of := false
	for j := i - 1; j >= 0 && j > i-8; j-- {
		switch t.folded[j] {
		case "of", "for":
			of = true
		case "minister", "secretary", "undersecretary", "commissioner", "director", "chief", "head", "under":
			return of
		}
	}
	return false
}

// matches reports whether a phrase of the lexicon begins at token j.
func (r *Resolver) matches(t *text, j int, day schema.Date) bool {
	last, _ := r.match(t, j, day, false)
	return last > j
}

// middle reports whether the place at tokens j to last is a middle name: between a first name and one more proper noun.
func (r *Resolver) middle(t *text, j, last int) bool {
	return last == j+1 && last < len(t.s.Tokens) && proper(&t.s.Tokens[last]) && capital(t.s.Tokens[last].Text) &&
		r.lex.given[t.folded[j-1]] && !r.matches(t, last, "")
}

// hyphenated reports whether the hyphen at j, in a name that begins at i, goes on the name: "Jean-Bernard", "Chung Eui-yong".
func (r *Resolver) hyphenated(t *text, i, j int) bool {
	if j+1 >= len(t.s.Tokens) || t.s.Tokens[j].Start != t.s.Tokens[j-1].End || t.s.Tokens[j+1].Start != t.s.Tokens[j].End {
		return false
	}
	next := &t.s.Tokens[j+1]
	if capital(next.Text) {
		return nameLike(next)
	}
	return (j-i >= 2 || i > 0 && proper(&t.s.Tokens[i-1])) && r.words[t.folded[j+1]]&(wLead|wDependent) == 0 && (j+2 >= len(t.s.Tokens) || t.s.Tokens[j+2].Text != "-")
}

// nameLike reports whether a token after a hyphen may go on a name: "Yong-nam", "Jean-Bernard".
func nameLike(t *extract.Token) bool {
	return proper(t) || t.XPOS == "FW" || t.UPOS == "X"
}

// nameInside reports whether a phrase of these senses may be part of a longer personal name.
func nameInside(senses []sense) bool {
	return !slices.ContainsFunc(senses, func(s sense) bool {
		return s.class != classCity && s.class != classPerson || s.id != "" && s.class == classCity
	})
}

// joinNames makes one run of what the lexicon knows only in part: "Michael Jordan", "Ali Khamenei Hosseini", "Iran Air".
func (r *Resolver) joinNames(t *text) {
	out := t.units[:0]
	for k := 0; k < len(t.units); k++ {
		u := t.units[k]
		if n := len(out); n > 0 {
			p := &out[n-1]
			switch {
			case u.run && n > 1 && p.office() && p.last-p.first == 1 && out[n-2].run && out[n-2].last == p.first && r.lex.given[t.folded[out[n-2].first]]:
				out[n-2].last = u.last // "Sacha Baron Cohen"
				out = out[:n-1]
				continue
			case p.run && r.familyAfter(t, p, &u):
				p.last, p.senses, p.class = u.last, nil, classNone
				continue
			case u.run && (r.givenBefore(t, p) || n > 1 && r.titledPlace(t, &out[n-2], p, &u)):
				p.run, p.last, p.senses, p.class = true, u.last, nil, classNone
				continue
			case p.run && r.titleIsFamily(t, p, &u, k):
				p.last = u.last
				continue
			case p.class == classAdj && u.office() && r.reporter(t, &u):
				p.last, p.class = u.last, classBlock
				p.senses = []sense{{class: classBlock, kind: "newspaper"}}
				continue
			case u.run && r.company(t, p, &u):
				p.last, p.class, p.run = u.last, classBlock, false
				p.senses = []sense{{class: classBlock, kind: "company"}}
				continue
			}
		}
		out = append(out, u)
	}
	t.units = out
}

// titleIsFamily reports whether the title u is the family name to the first name p: "Robert King, who led the team".
func (r *Resolver) titleIsFamily(t *text, p, u *unit, k int) bool {
	tok := &t.s.Tokens[u.first]
	if !u.office() && u.words&(wMister|wMistress) == 0 || p.last != u.first || u.last-u.first != 1 || !capital(tok.Text) || !proper(tok) || !r.lex.given[t.folded[p.last-1]] {
		return false
	}
	switch t.folded[u.first] {
	case "king", "pope", "prince", "bishop", "judge", "marshal", "major", "page", "dean", "baron", "duke", "abbot", "chancellor", "pastor":
	default:
		return false
	}
	return k+1 >= len(t.units) || !proper(&t.s.Tokens[t.units[k+1].first]) && t.units[k+1].word != "of"
}

// reporter reports whether unit u, after the adjective of a state, ends the name of a paper: "Greek Reporter".
func (r *Resolver) reporter(t *text, u *unit) bool {
	o, plural := u.officeOf()
	return o != nil && o.Kind == "journalist" && !plural && u.last-u.first == 1 && capital(t.s.Tokens[u.first].Text) && proper(&t.s.Tokens[u.first])
}

// familyAfter reports whether u, a name of a place, is the family name to the first name p.
func (r *Resolver) familyAfter(t *text, p, u *unit) bool {
	if u.last-u.first != 1 || p.last != u.first || !proper(&t.s.Tokens[u.first]) {
		return false
	}
	if u.class != classState && u.class != classCity && u.class != classPerson && u.class != classPeople {
		return false
	}
	return r.lex.given[t.folded[p.last-1]] || isInitial(t.s.Tokens[p.last-1].Text)
}

// givenBefore reports whether p, a name of a place or a known person, begins a longer name of a person.
func (r *Resolver) givenBefore(t *text, p *unit) bool {
	switch p.class {
	case classPerson:
		return true
	case classState, classCity, classAdjOf, classGroup:
		return p.last-p.first == 1 && (r.words[t.folded[p.first]]&wGivenPlace != 0 || p.class == classCity && p.capital() == nil && r.lex.given[t.folded[p.first]]) && r.words[t.folded[p.last]]&(wNotPerson|wCompany|wNewsy) == 0
	}
	return false
}

// titledPlace reports whether a place between a title and a proper noun is a first name: "Chancellor Petra Vogel".
func (r *Resolver) titledPlace(t *text, title, p, u *unit) bool {
	return title.office() && r.titled(t, title) && p.last-p.first == 1 && (p.class == classCity || p.class == classPerson || p.class == classBlock) &&
		r.words[t.folded[u.last-1]]&(wNotPerson|wCompany) == 0
}

func isInitial(s string) bool { return len(s) == 2 && s[1] == '.' && capital(s) }

// company reports whether the place p and the proper nouns u after it name a firm, a paper or the like together.
func (r *Resolver) company(t *text, p, u *unit) bool {
	if p.class != classState && p.class != classCity && p.class != classSeat && p.class != classAdj {
		return false
	}
	w := r.words[t.folded[u.last-1]]
	if w&wCompany != 0 {
		return true
	}
	if p.class == classAdj || p.class == classState && isAcronym(t.s.Tokens[p.first].Text) {
		return false
	}
	return w&wNewsy != 0
}
