package actor

import (
	"cmp"
	"strings"

	"entente/extract/actor/typing"
)

// words of the tokens of a unit.
func (t *text) wordsOf(u *unit) []string {
	out := make([]string, 0, u.last-u.first)
	for i := u.first; i < u.last; i++ {
		out = append(out, t.s.Tokens[i].Text)
	}
	return joinHyphens(out)
}

// joinHyphens makes one word of what stands around a hyphen.
func joinHyphens(words []string) []string {
	var out []string
	for i := 0; i < len(words); i++ {
		if words[i] == "-" && len(out) > 0 && i+1 < len(words) {
			out[len(out)-1] += "-" + words[i+1]
			i++
			continue
		}
		out = append(out, words[i])
	}
	return out
}

// nameKind is what a run of proper nouns names.
type nameKind uint8

const (
	nameUnknown nameKind = iota
	namePerson
	nameOrganization
	namePlace
)

// kindOfRun tells what unit k, a run of proper nouns, names; strong says that the text leaves no doubt. Offices and known names decide, then
// the model.
func (r *Resolver) kindOfRun(d *discourse, t *text, k int) (kind nameKind, strong bool) {
	u := &t.units[k]
	if !u.kindKnown {
		u.kind, u.strong = r.judge(d, t, k)
		u.kindKnown = true
	}
	return u.kind, u.strong
}

func (r *Resolver) judge(d *discourse, t *text, k int) (kind nameKind, strong bool) {
	u := &t.units[k]
	words := t.wordsOf(u)
	if k > 0 && !(len(words) > 1 && r.words[t.folded[u.last-1]]&(wNotPerson|wCompany) != 0) {
		p := &t.units[k-1]
		if p.office() && r.titled(t, p) && !(r.words[t.folded[u.last-1]]&wNotPerson != 0 && r.addressless(p)) || p.words&(wMister|wMistress) != 0 && capital(t.s.Tokens[p.first].Text) {
			return namePerson, true
		}
	}
	w := r.words[t.folded[u.last-1]]
	parts, _ := nameParts(words)
	if len(parts) > 1 && len(d.people.lex.full[strings.Join(parts, "-")]) > 0 || r.officeNear(t, k) > 3 && w&(wCompany|wNotPerson) == 0 {
		return namePerson, true
	}
	if w&wCompany != 0 {
		return nameOrganization, len(words) > 1
	}
	if k+4 < len(t.units) && t.units[k+1].word == "(" && t.units[k+3].word == ")" && r.words[t.folded[t.units[k+4].first]]&wCompany != 0 {
		return nameOrganization, true // "Alder Bay (Securities) Ltd"
	}
	if word := cmp.Or(r.thing(t, k), d.things[t.foldedUnit(u)]); word != "" {
		return kindOfThing(word), false
	}
	if len(words) == 1 && r.tail(d, t, k) {
		return nameUnknown, false
	}
	if len(words) == 1 && t.common.has(t.folded[u.first]) && (u.first == 0 || t.s.Tokens[u.first-1].UPOS == "DET") {
		return nameUnknown, false
	}
	if len(words) == 1 && w&wNotPerson != 0 && k > 0 && t.units[k-1].last == u.first && t.units[k-1].office() && r.addressless(&t.units[k-1]) {
		return nameUnknown, false // "Leadership Program"
	}
	scores := r.scores(d, t, k)
	if w&wNotPerson != 0 || len(words) == 1 && t.s.Tokens[u.first].XPOS == "NNPS" {
		scores[typing.Person] -= noPerson
	}
	best, ahead := typing.Best(scores)
	if len(words) == 1 && (ahead < 1 || best == typing.Person && ahead < doubt) {
		return nameUnknown, false
	}
	switch best {
	case typing.Person:
		return namePerson, len(words) > 1 && ahead > doubt
	case typing.Place:
		return namePlace, false
	case typing.Organization:
		return nameOrganization, false
	}
	return nameUnknown, false
}

// scores are those of the model, for a name of one word summed over the article: one name means one thing in it.
func (r *Resolver) scores(d *discourse, t *text, k int) [typing.Types]int32 {
	u := &t.units[k]
	f, _ := r.typeFeatures(t, k)
	own := r.model.Scores(f)
	if u.last-u.first > 1 {
		return own
	}
	name := t.folded[u.first]
	sum, ok := d.votes[name]
	if !ok {
		for _, at := range d.singles()[name] {
			f, _ := r.typeFeatures(at.t, at.k)
			for i, v := range r.model.Scores(f) {
				sum[i] += v
			}
		}
		d.votes[name] = sum
	}
	return sum
}

// occurrence is unit k of a sentence.
type occurrence struct {
	t *text
	k int
}

// singles are the runs of one word, by their folded text, the first fifty of each.
func (d *discourse) singles() map[string][]occurrence {
	if d.single == nil {
		d.single, d.votes = map[string][]occurrence{}, map[string][typing.Types]int32{}
		for _, t := range d.texts {
			for k := range t.units {
				u := &t.units[k]
				if name := t.folded[u.first]; u.run && u.last-u.first == 1 && len(d.single[name]) < 50 {
					d.single[name] = append(d.single[name], occurrence{t, k})
				}
			}
		}
	}
	return d.single
}

// doubt is the lead of a score below which the model is not believed about a single word.
const doubt = 30

// noPerson is what a last word like "Center" or "Square" takes from the score of a person: as much as several features together give.
const noPerson = 300

// context is what the words and the tree around a run say for a person.
func (r *Resolver) context(t *text, k, n int) int {
	u := &t.units[k]
	score := 0
	if k > 0 {
		switch p := t.units[k-1]; {
		case p.word == "the" || p.word == "a" || p.word == "an":
			score -= 3
		case p.words&wPlacePrep != 0:
			score -= 2
		}
	}
	next := func(i int) *unit {
		if k+i < len(t.units) {
			return &t.units[k+i]
		}
		return &unit{}
	}
	if next(1).word == "," {
		if t.s.Tokens[next(2).first].UPOS == "NUM" && next(3).word == "," {
			score += 4 // an age
		}
		if next(2).word == "who" {
			score += 4
		}
	}
	score += r.officeNear(t, k)
	if next(1).words&wSay != 0 && !r.isNounHere(t, next(1)) {
		score += 2
	}
	if k > 0 && t.units[k-1].words&wSay != 0 && !r.isNounHere(t, &t.units[k-1]) {
		score++
	}
	if t.s.Parsed {
		for i := u.first; i < u.last; i++ {
			tok := t.s.Tokens[i]
			if tok.Head >= 0 && (tok.Head < u.first || tok.Head >= u.last) {
				if tok.Label == "nsubj" && n > 1 && score == 0 {
					score++
				}
			}
		}
	}
	return score
}

// officeNear is what an office in apposition says for a person: "the ambassador, X,", "X, the Italian delegate", "the ambassador to Y X",
// "a team headed by X".
func (r *Resolver) officeNear(t *text, k int) int {
	u := &t.units[k]
	if r.words[t.folded[u.last-1]]&wPortfolio != 0 {
		return 0
	}
	if k > 1 && t.units[k-1].word == "by" && t.units[k-2].words&wLead != 0 {
		return 4
	}
	if k > 0 && (t.units[k-1].word == "," || t.units[k-1].party() || t.units[k-1].class == classCity || t.units[k-1].word == "affairs" || r.words[t.folded[u.first-1]]&wPortfolio != 0) && (t.units[k-1].word != "," || r.closes(t, k+1)) {
		for j := k - 1; j >= 0 && j > k-9; j-- {
			p := &t.units[j]
			if p.office() && r.titled(t, p) && (j == k-2 || t.units[j+1].word == "of" || t.units[j+1].word == "to" || t.units[j+1].word == "for") {
				return 4
			}
			if p.person != nil || p.words&wSay != 0 || p.word == "," && j < k-1 {
				break
			}
		}
	}
	if k > 1 && r.joined(t, k-1) {
		for j := k - 2; j >= 0 && j > k-8; j-- { // "Presidents A of B and C of D"
			p := &t.units[j]
			if _, plural := p.officeOf(); p.office() && plural && r.titled(t, p) {
				return 4
			}
			if !p.party() && !p.run && p.person == nil && p.word != "of" && p.word != "the" && !r.joined(t, j) {
				break
			}
		}
	}
	if k+1 >= len(t.units) || t.units[k+1].word != "," && t.units[k+1].words&wBe == 0 || u.last-u.first < 2 {
		return 0
	}
	for j := k + 2; j < len(t.units) && j < k+9; j++ {
		p := &t.units[j]
		x := &t.s.Tokens[p.first]
		switch {
		case p.office() && r.titled(t, p):
			return 4
		case p.party() || p.run || p.office() || x.UPOS == "ADJ" || x.UPOS == "DET" || x.UPOS == "NOUN" || p.words&(wFormer|wDeputy) != 0 || p.word == "'s" || p.word == "-":
		default:
			return 0
		}
	}
	return 0
}

func (r *Resolver) isNounHere(t *text, u *unit) bool {
	return strings.HasPrefix(t.s.Tokens[u.first].XPOS, "NN")
}

// titled reports whether the office p can stand right before a name.
func (r *Resolver) titled(t *text, p *unit) bool {
	for _, s := range p.senses {
		if s.office != nil && s.office.Form != "collective" && !(s.office.Kind == "citizen" && capital(t.s.Tokens[p.first].Text)) {
			return true
		}
	}
	return false
}

// registerNames finds the persons of the article: whole names first, so that family names anywhere find them.
func (r *Resolver) registerNames(d *discourse) {
	d.things = map[string]string{}
	for _, t := range d.texts {
		for k := range t.units {
			if u := &t.units[k]; u.run && u.last-u.first > 1 {
				if word := r.thing(t, k); word != "" {
					d.things[t.foldedUnit(u)] = word
				}
			}
		}
	}
	for _, t := range d.texts {
		for k := range t.units {
			u := &t.units[k]
			switch {
			case u.class == classPerson:
				if w := t.wordsOf(u); len(w) > 1 {
					u.person = d.people.named(w)
				}
			case u.run:
				words := t.wordsOf(u)
				if u.first == 0 && len(words) == 2 && !r.lex.given[t.folded[0]] && r.leaderOfDay(t.folded[1], d.day) {
					u.first++ // "Afterwards Smith": the first word only begins the sentence
					words = words[1:]
				}
				if len(words) < 2 {
					continue
				}
				if kind, strong := r.kindOfRun(d, t, k); kind == namePerson && (strong || !r.lastIsFamily(d, words)) {
					u.person = d.people.named(words)
				}
			}
		}
	}
	for _, t := range d.texts {
		for k := range t.units {
			u := &t.units[k]
			if u.person != nil || !u.run && u.class != classPerson {
				continue
			}
			r.registerFamily(d, t, k)
			if u.person != nil {
				u.person.said = t.n
			}
		}
	}
}

// lastIsFamily reports whether the words are a family name of several words that the article has in full ("Perez de Cuellar").
func (r *Resolver) lastIsFamily(d *discourse, words []string) bool {
	parts, _ := nameParts(words)
	return d.people.within(parts) != nil
}

// registerFamily finds who is meant by a name of one word, or of several that are no whole name.
func (r *Resolver) registerFamily(d *discourse, t *text, k int) {
	u := &t.units[k]
	words := t.wordsOf(u)
	parts, _ := nameParts(words)
	kind, _ := r.kindOfRun(d, t, k)
	if k > 0 && t.units[k-1].office() && len(parts) == 1 && kind == namePerson {
		u.person = d.people.family(words, t.foldedUnit(&t.units[k-1]), true)
		return
	}
	if p := d.people.within(parts); p != nil && (kind != nameOrganization || len(words) == 1 && !isAcronym(words[0])) {
		p.also(strings.Join(words, " "))
		u.person = p
		return
	}
	title := ""
	if k > 0 && t.units[k-1].office() && !r.addressless(&t.units[k-1]) {
		title = t.foldedUnit(&t.units[k-1])
	}
	switch {
	case kind == namePerson || kind == nameUnknown && title != "":
		u.person = d.people.family(words, title, true)
	case len(words) == 1 && (k == 0 || t.units[k-1].word != "the"): // a leader of the day known by the family name
		u.person = d.people.family(words, "", false)
	}
}

func (t *text) foldedUnit(u *unit) string {
	var b strings.Builder
	for i := u.first; i < u.last; i++ {
		if t.folded[i] == "" {
			continue
		}
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(t.folded[i])
	}
	return b.String()
}
