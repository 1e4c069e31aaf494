package actor

import (
	"slices"
	"strings"

	"entente/extract/actor/tables"
	"entente/schema"
)

// person is someone whom the article names, over all forms of the name.
type person struct {
	id, name   string
	parts      []string // folded, without initials
	aliases    []string
	principals []string // parties the person acts for, as the article or the tables say
	titles     []string // folded texts of offices and titles held: "foreign minister"
	former     bool
	guessed    bool // the principals follow from what the article is about, not from its words
	gender     byte // 'm', 'f' or 0
	leader     *tables.Leader
	first      int // order of the first mention
	said       int // sentence of the last mention
}

// registry holds the persons of one article.
type registry struct {
	lex     *lexicon
	day     schema.Date
	persons []*person
	byID    map[string]*person
	byPart  map[string][]*person // in the order of persons, by each part of the name
	cues    func([]string) int   // counts the cues that stand in the article
}

func newRegistry(lex *lexicon, day schema.Date) *registry {
	return &registry{lex: lex, day: day, byID: map[string]*person{}, byPart: map[string][]*person{}}
}

// add registers a person who has an id and parts.
func (g *registry) add(p *person) {
	g.persons = append(g.persons, p)
	g.byID[p.id] = p
	for i, part := range p.parts {
		if !slices.Contains(p.parts[:i], part) {
			g.byPart[part] = append(g.byPart[part], p)
		}
	}
}

// nameParts is a name as folded parts without initials, and the same as it should be shown.
func nameParts(words []string) (parts []string, shown string) {
	var keep []string
	for _, w := range words {
		if w == "H.E." || w == "H.R.H." || w == "Dr." || w == "Amb." {
			continue
		}
		if isInitial(w) && len(words) > 2 || w == "Jr." || w == "Sr." || w == "III" {
			continue
		}
		keep = append(keep, w)
		parts = append(parts, strings.Fields(fold(w))...)
	}
	return parts, strings.ReplaceAll(strings.Join(keep, " "), " - ", "-")
}

// named is the person of a name of two words or more, added where the article has not had it.
func (g *registry) named(words []string) *person {
	parts, shown := nameParts(words)
	if len(parts) == 0 {
		return nil
	}
	id := strings.Join(parts, "-")
	l := g.known(id, "")
	if l != nil {
		id = l.ID
	}
	if p := g.byID[id]; p != nil {
		p.also(strings.Join(words, " "))
		return p
	}
	if p := g.within(parts); p != nil && len(p.parts) >= len(parts) {
		p.also(strings.Join(words, " "))
		return p
	}
	p := &person{id: id, name: shown, parts: parts, first: len(g.persons), leader: l}
	if g := givenTable()[parts[0]]; g != '-' {
		p.gender = g
	}
	if l != nil {
		p.name = l.Name
		p.also(shown)
	}
	p.also(strings.Join(words, " "))
	g.add(p)
	return p
}

func (p *person) also(name string) {
	if name != p.name && !slices.Contains(p.aliases, name) {
		p.aliases = append(p.aliases, name)
	}
}

// known is the leader of the tables whose whole name has this slug, best the one in office on the day, or who had been before.
func (g *registry) known(slug, title string) *tables.Leader {
	return g.best(g.lex.full[slug], title, true)
}

// best is the one of the leaders that fits the day: in office, else out of it where past is set. None where two persons fit alike.
func (g *registry) best(leaders []*tables.Leader, title string, past bool) *tables.Leader {
	var found *tables.Leader
	score := 0
	for _, l := range leaders {
		v := g.fit(l, title)
		if v < 3 && !past {
			continue
		}
		if v >= 3 {
			v = 10*v + g.hint(l)
		}
		switch {
		case found == nil || v > score:
			found, score = l, v
		case v == score && l.ID != found.ID && !past:
			return nil
		case v == score && l.To.Last().After(found.To.Last()):
			found = l // of two who were in office, the later
		}
	}
	return found
}

// hint is what the table of ambiguous names adds for the leaders of l's party among those of its family name, 0 to 9.
func (g *registry) hint(l *tables.Leader) int {
	parts := phraseParts(l.Name)
	v := 0.0
	for _, a := range g.lex.families[parts[len(parts)-1]] {
		if a.ID == l.Party {
			v = a.Prior
			if g.cues != nil && g.cues(a.Cues) > 0 {
				v++
			}
		}
	}
	return int(4 * v)
}

// fit is how well a term of office goes with the day and the title that the article gives.
func (g *registry) fit(l *tables.Leader, title string) int {
	v := 1
	if g.day != "" {
		switch {
		case l.Has(g.day) && (l.From != "" || l.To != ""):
			v = 4
		case l.From != "" && g.day.Last().Before(l.From.First()):
			v = 0 // not yet
		case l.Attested && near(l, g.day):
			v = 3
		default:
			v = 2 // was in office
		}
	}
	if title != "" && v > 0 && strings.HasSuffix(l.Office, lastWord(title)) {
		v += 2
	}
	if l.Relation == schema.LEADS {
		v++
	}
	return v
}

// serves reports whether a term of office ran on the day, or may have: also where the day or the term is not known. Someone who was in office before
// acts for nobody, unless the article says so.
func (g *registry) serves(l *tables.Leader) bool {
	switch {
	case g.day == "" || l.From == "" && l.To == "":
		return true
	case l.Has(g.day):
		return true
	}
	return l.Attested && near(l, g.day) && !g.day.Last().Before(l.From.First())
}

// near reports whether the day is within three years of those on which the term is known to have run.
func near(l *tables.Leader, day schema.Date) bool {
	d := day.First()
	from, to := l.From.First(), l.To.Last()
	return !d.Before(from.AddDate(-3, 0, 0)) && !d.After(to.AddDate(3, 0, 0))
}

func lastWord(s string) string {
	if i := strings.LastIndexByte(s, ' '); i >= 0 {
		return s[i+1:]
	}
	return s
}

// within is the latest person of the article in whose name the parts stand in a row, at its end or its beginning.
func (g *registry) within(parts []string) *person {
	var found *person
	best := -1
	if len(parts) == 0 {
		return nil
	}
	candidates := g.byPart[parts[0]]
	for _, part := range parts[1:] {
		if c := g.byPart[part]; len(c) < len(candidates) {
			candidates = c
		}
	}
	for _, p := range candidates {
		n := len(p.parts) - len(parts)
		if n < 0 {
			continue
		}
		rank := -1
		switch {
		case slices.Equal(p.parts[n:], parts):
			rank = 2
		case slices.Equal(p.parts[:len(parts)], parts) && (len(parts) > 1 || familyFirst(p)):
			rank = 1
		case len(parts) == 1 && p.parts[0] == parts[0]:
			rank = 0 // called by the first name, or one whose family name stands first
		}
		if rank < 0 {
			continue
		}
		rank = 4*rank + p.weight()
		if rank > best || rank == best && p.said >= found.said {
			found, best = p, rank
		}
	}
	return found
}

// weight is how much speaks for a person among several of one family: an office, and that the tables know him or her.
func (p *person) weight() int {
	v := 0
	if len(p.titles) > 0 || len(p.principals) > 0 {
		v += 2
	}
	if p.leader != nil {
		v++
	}
	return v
}

// familyFirst reports whether a name of three parts may begin with the family name, as Chinese and Korean ones do.
func familyFirst(p *person) bool {
	return len(p.parts) == 3 || len(p.parts) == 2 && p.leader != nil
}

// family is the person meant by a family name alone: one of the article, else one of the tables who was in office, else with make set a new one.
func (g *registry) family(words []string, title string, make bool) *person {
	parts, shown := nameParts(words)
	if len(parts) == 0 {
		return nil
	}
	if title != "" && len(parts) == 1 { // "President Smith" is the one in office, whoever else of the name there is
		if l := g.best(g.lex.persons[parts[0]], title, false); l != nil && g.fit(l, title) >= 6 {
			if p := g.byID[l.ID]; p != nil {
				p.also(shown)
				return p
			}
			if p := g.within(parts); p != nil && p.leader == nil && shortOf(p.parts, l.Name) {
				p.also(shown) // "Carlos Alberto Franca" of the tables is the "Carlos Franca" of the article
				return p
			}
			return g.put(&person{id: l.ID, name: l.Name, leader: l, first: len(g.persons)}, shown)
		}
	}
	if p := g.within(parts); p != nil {
		p.also(strings.Join(words, " "))
		return p
	}
	var l *tables.Leader
	if len(parts) == 1 || g.lex.full[strings.Join(parts, "-")] == nil {
		l = g.best(g.lex.persons[parts[len(parts)-1]], title, title != "")
	} else {
		l = g.known(strings.Join(parts, "-"), title)
	}
	if l != nil && title != "" && g.fit(l, title) < 4 {
		l = nil
	}
	if l == nil && !make {
		return nil
	}
	p := &person{id: strings.Join(parts, "-"), name: shown, parts: parts, first: len(g.persons)}
	if l != nil {
		p.id, p.name, p.leader = l.ID, l.Name, l
		p.parts, _ = nameParts(strings.Fields(l.Name))
		if old := g.byID[p.id]; old != nil {
			old.also(shown)
			return old
		}
		p.also(shown)
	}
	if old := g.byID[p.id]; old != nil {
		return old
	}
	g.add(p)
	return p
}

// shortOf reports whether parts are the first and the last of a longer name.
func shortOf(parts []string, name string) bool {
	long, _ := nameParts(strings.Fields(name))
	return len(parts) == 2 && len(long) > 2 && parts[0] == long[0] && parts[1] == long[len(long)-1]
}

// put adds a person of the tables whom the article names in a short form.
func (g *registry) put(p *person, shown string) *person {
	p.parts, _ = nameParts(strings.Fields(p.name))
	p.also(shown)
	g.add(p)
	return p
}

// party is whom the person acts for: what the article says, else the office that the tables know for the day.
func (g *registry) party(p *person) []string {
	if len(p.principals) > 0 {
		return p.principals
	}
	if p.leader != nil && !p.former && g.serves(p.leader) {
		return []string{p.leader.Party}
	}
	return nil
}

// entity is the person as the graph keeps it.
func (p *person) entity() schema.Entity {
	e := schema.Entity{ID: p.id, Kind: schema.Person, Name: p.name}
	return e.Merged(schema.Entity{Aliases: p.aliases})
}
