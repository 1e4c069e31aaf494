package actor

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"entente/extract/actor/tables"
	"entente/schema"
)

// class is what a phrase of the lexicon may be.
type class uint8

const (
	classNone   class = iota
	classState        // Russia
	classAdj          // Russian
	classPeople       // Russians, the British, a Briton
	classOrg          // NATO, the Security Council
	classGroup        // the contras
	classAdjOf        // Kurdish: adjective of a group
	classSeat         // the Kremlin
	classCity         // Moscow: a capital; Geneva: no seat of a government
	classSet          // the Baltic states
	classPerson       // Dmitry Rogozin, known to the tables
	classOffice       // foreign minister
	classBlock        // Iran Air, French fries
)

// sense is one meaning of a phrase.
type sense struct {
	class  class
	id     string // entity id: state, organisation, group or person
	place  string // of a city: id of the place; empty where it has none
	span   tables.Span
	dotted bool // an abbreviation that needs its stop: Mass.
	lower  bool // may begin with a small letter: contras
	acro   bool // stands only in the capitals it has in the table: US, WHO
	need   bool // only where the article speaks of the party anyway: Brussels
	plural bool
	former bool    // "ex-minister"
	prior  float64 // of an ambiguous name; 0 where the name is not
	office *tables.Office
	set    *tables.Set
	kind   string   // of a block, seat, organisation or place
	cues   []string // of an ambiguous name
	shape  string   // of an acronym: the exact spelling, without stops
}

// node is a place in the tree of phrases; its children are keyed by the folded next part of a phrase.
type node struct {
	next   map[string]*node
	senses []sense
}

// lexicon finds phrases in tokens. A phrase is a chain of folded parts: lower case, accents, stops and hyphens taken away, so that
// "U.S.-led", "US - led" and "us-led" begin alike; the case of what was matched is then tested.
type lexicon struct {
	root     node
	nominals *node                        // nouns that stand for an organisation or group once it was named
	persons  map[string][]*tables.Leader  // by folded family name
	full     map[string][]*tables.Leader  // by slug of the whole name
	families map[string][]*tables.Reading // whose leaders a family name may mean
	given    map[string]bool              // folded first names
}

// fold is a token as parts of a phrase: nothing for a hyphen or stop alone.
func fold(s string) string {
	plain := true
	for i := range len(s) {
		c := s[i]
		if c >= utf8.RuneSelf || c == '.' || c >= 'A' && c <= 'Z' || c == '-' || c == '\'' {
			plain = false
			break
		}
	}
	if plain {
		return s
	}
	if s == "'s" || s == "'" {
		return s
	}
	var b strings.Builder
	for i := range len(s) {
		c := s[i]
		switch {
		case c >= utf8.RuneSelf:
			return strings.ReplaceAll(schema.Slug(s), "-", " ")
		case c >= 'A' && c <= 'Z':
			b.WriteByte(c + 'a' - 'A')
		case c == '-':
			b.WriteByte(' ')
		case c != '.' && c != '\'':
			b.WriteByte(c)
		}
	}
	return strings.TrimSpace(b.String())
}

// phraseParts is a phrase of a table as folded parts.
func phraseParts(s string) []string {
	s = strings.NewReplacer("’", "'", "'s ", " 's ", "/", " / ", ",", " , ").Replace(s)
	if before, ok := strings.CutSuffix(s, "'s"); ok {
		s = before + " 's"
	}
	var parts []string
	for w := range strings.FieldsSeq(s) {
		parts = append(parts, strings.Fields(fold(w))...)
	}
	return parts
}

// isAcronym reports whether a name of one word is spelled with two capitals or more and no small letter but a final s.
func isAcronym(s string) bool {
	upper := 0
	for i, r := range s {
		switch {
		case unicode.IsUpper(r):
			upper++
		case r == '.' || r == '-' || r == '/' || unicode.IsDigit(r):
		case r == 's' && i == len(s)-1:
		default:
			return false
		}
	}
	return upper >= 2
}

// mixedCase reports whether a word has a capital after a small letter.
func mixedCase(s string) bool {
	small := false
	for _, r := range s {
		if small && unicode.IsUpper(r) {
			return true
		}
		small = unicode.IsLower(r)
	}
	return false
}

func shapeOf(s string) string { return strings.NewReplacer(".", "", "-", "").Replace(s) }

func (l *lexicon) add(phrase string, s sense) { addTo(&l.root, phrase, s) }

func addTo(n *node, phrase string, s sense) {
	parts := phraseParts(phrase)
	if len(parts) == 0 || parts[0] == "the" && len(parts) == 2 && parts[1] < "a" {
		return // "the 27" counts too much else
	}
	s.dotted = s.class == classCity && strings.HasSuffix(phrase, ".") && len(parts) == 1
	s.lower = !capital(strings.TrimPrefix(phrase, "the "))
	if s.class != classOffice && isAcronym(phrase) && !strings.Contains(phrase, " ") {
		s.acro, s.shape = true, shapeOf(phrase)
	}
	if s.class != classOffice && len(parts) == 1 && len(phrase) < 5 && mixedCase(phrase) {
		s.acro, s.shape = true, shapeOf(phrase) // LeT, BiH
	}
	for _, p := range parts {
		if n.next == nil {
			n.next = map[string]*node{}
		}
		child := n.next[p]
		if child == nil {
			child = &node{}
			n.next[p] = child
		}
		n = child
	}
	for i, o := range n.senses {
		if o.class == s.class && o.id == s.id && o.span == s.span && o.office == s.office && o.place == s.place {
			n.senses[i].acro, n.senses[i].lower = o.acro && s.acro, o.lower || s.lower
			return
		}
	}
	n.senses = append(n.senses, s)
}

// newLexicon is the lexicon of all tables.
func newLexicon(t *tables.Tables) *lexicon {
	l := &lexicon{nominals: &node{}, persons: map[string][]*tables.Leader{}, full: map[string][]*tables.Leader{}, given: map[string]bool{}, families: map[string][]*tables.Reading{}}
	for name := range givenTable() {
		l.given[name] = true
	}
	cities := cityIndex(t.Places)
	for i := range t.States {
		l.addState(&t.States[i], cities)
	}
	l.addCities(t.Places)
	for i := range t.Organizations {
		l.addOrganization(&t.Organizations[i])
	}
	for i := range t.Groups {
		l.addGroup(&t.Groups[i])
	}
	for i := range t.Seats {
		l.addSeat(&t.Seats[i], cities)
	}
	for i := range t.Sets {
		s := &t.Sets[i]
		for _, name := range append([]string{s.Name}, s.Aliases...) {
			l.add(name, sense{class: classSet, set: s, span: s.Span})
		}
	}
	for i := range t.Offices {
		l.addOffice(&t.Offices[i])
	}
	for i := range t.Leaders {
		l.addLeader(&t.Leaders[i])
	}
	l.addNominals()
	l.addAmbiguous(t)
	for i := range t.NoParty {
		l.addNoParty(&t.NoParty[i])
	}
	return l
}

// addNominals adds the nouns for states.
func (l *lexicon) addNominals() {
	for line := range strings.Lines(nominalsTSV) {
		noun, ids, ok := strings.Cut(strings.TrimSpace(line), "\t")
		if !ok || strings.HasPrefix(line, "#") {
			continue
		}
		for id := range strings.SplitSeq(ids, "|") {
			addTo(l.nominals, noun, sense{class: classState, id: id})
		}
	}
}

// cityIndex is the id of a place by its state and the slug of its name.
func cityIndex(places []tables.Place) map[string]string {
	cities := map[string]string{}
	for i := range places {
		p := &places[i]
		for _, name := range append([]string{p.Name}, p.Aliases...) {
			cities[p.State+"/"+schema.Slug(name)] = p.ID
		}
	}
	return cities
}

func (l *lexicon) addOrganization(o *tables.Organization) {
	id := o.ID
	if o.Kind == "organ" && o.Parent != "" && o.ID != "UNSC" {
		id = o.Parent // an organ acts for the whole; the Security Council is spoken of as a party of its own
	}
	for _, name := range append([]string{o.Name}, o.Aliases...) {
		l.add(name, sense{class: classOrg, id: id, span: tables.Span{From: o.From}, kind: o.Kind})
	}
	for _, name := range o.Nominals {
		addTo(l.nominals, name, sense{class: classOrg, id: o.ID})
	}
	for _, name := range o.Seat {
		l.add(name, sense{class: classCity, id: o.ID, need: true, kind: "headquarters"})
	}
}

func (l *lexicon) addSeat(s *tables.Seat, cities map[string]string) {
	if s.Party == "" {
		return
	}
	x := sense{class: classSeat, id: s.Party, span: s.Span, need: s.Context, kind: s.Body}
	if s.Body == "capital" {
		x.class, x.place = classCity, placeOf(cities, s.Party, s.Name)
	}
	l.add(s.Name, x)
}

func (l *lexicon) addOffice(o *tables.Office) {
	if strings.HasPrefix(o.Text, "then") || strings.HasPrefix(o.Text, "ex-") || strings.HasPrefix(o.Text, "former ") {
		return // read from its parts
	}
	if o.Form != "collective" && o.Relation != "" {
		l.add("ex-"+o.Text, sense{class: classOffice, office: o, former: true})
	}
	l.add(o.Text, sense{class: classOffice, office: o, plural: o.Form == "collective" && strings.HasSuffix(o.Text, "s")})
	if o.Form == "collective" && o.Plural == "" && wordTable()[o.Text]&wCountry == 0 && !strings.HasSuffix(o.Text, "s") {
		plural := o.Text + "s"
		if stem, ok := strings.CutSuffix(o.Text, "y"); ok {
			plural = stem + "ies"
		}
		l.add(plural, sense{class: classOffice, office: o, plural: true})
	}
	if o.Plural != "" {
		l.add(o.Plural, sense{class: classOffice, office: o, plural: true})
	}
}

func (l *lexicon) addNoParty(n *tables.NoParty) {
	for _, name := range append([]string{n.Text}, n.Aliases...) {
		if !l.pairOfStates(name) {
			l.add(name, sense{class: classBlock, kind: n.Kind, id: n.State})
		}
	}
}

// pairOfStates reports whether a phrase names two states joined by a hyphen, as "Iran-Iraq war" does: its parties count.
func (l *lexicon) pairOfStates(name string) bool {
	a, b, ok := strings.Cut(name, "-")
	if !ok {
		return false
	}
	b, _, _ = strings.Cut(b, " ")
	return l.isState(a) && l.isState(b)
}

func (l *lexicon) isState(name string) bool {
	n := l.find(name)
	return n != nil && slices.ContainsFunc(n.senses, func(s sense) bool { return s.class == classState || s.class == classAdj })
}

func (l *lexicon) addState(s *tables.State, cities map[string]string) {
	for _, name := range append([]string{s.Name, s.Official}, s.Aliases...) {
		l.add(name, sense{class: classState, id: s.ID, span: s.Span})
	}
	people := tables.Span{To: s.To} // who may be older than their state
	for _, name := range s.Adjectives {
		l.add(name, sense{class: classAdj, id: s.ID, span: people})
	}
	for _, name := range s.Singular {
		l.add(name, sense{class: classPeople, id: s.ID, span: people})
	}
	for _, name := range s.Plural {
		l.add(name, sense{class: classPeople, id: s.ID, span: people, plural: true})
	}
	for _, name := range s.Capital {
		l.add(name, sense{class: classCity, id: s.ID, span: s.Span, kind: "capital", place: placeOf(cities, s.ID, name)})
	}
	for _, name := range s.Metonyms {
		l.add(name, sense{class: classSeat, id: s.ID, span: s.Span})
	}
}

// placeOf is the id of the city of that name in a state, made up where the table of places has none.
func placeOf(cities map[string]string, state, name string) string {
	key := state + "/" + schema.Slug(name)
	return cmp.Or(cities[key], key)
}

func (l *lexicon) addCities(places []tables.Place) {
	for i := range places {
		p := &places[i]
		prior := 0.0
		if p.Common {
			prior = 0.1
			if p.Kind == "us-state" || p.Kind == "region" {
				prior = 0.5 // Virginia: a first name, but more often the place
			}
		}
		for _, name := range append([]string{p.Name}, p.Aliases...) {
			l.add(name, sense{class: classCity, place: p.ID, kind: p.Kind, prior: prior})
		}
	}
}

func (l *lexicon) addGroup(g *tables.Group) {
	for _, name := range append([]string{g.Name}, g.Aliases...) {
		l.add(name, sense{class: classGroup, id: g.ID, span: g.Span, kind: g.Kind})
	}
	for _, name := range g.Nominals {
		addTo(l.nominals, name, sense{class: classGroup, id: g.ID})
	}
	for _, name := range g.Adjectives {
		l.add(name, sense{class: classAdjOf, id: g.ID, span: g.Span, kind: g.Kind})
	}
}

func (l *lexicon) addLeader(p *tables.Leader) {
	for _, name := range append([]string{p.Name}, p.Aliases...) {
		parts := phraseParts(name)
		if len(parts) == 0 {
			continue
		}
		slug := schema.Slug(name)
		l.full[slug] = append(l.full[slug], p)
		family := parts[len(parts)-1]
		l.persons[family] = append(l.persons[family], p)
		if len(parts) > 1 {
			l.given[parts[0]] = true
			l.add(name, sense{class: classPerson, id: p.ID, span: p.Span})
		}
	}
}

// addAmbiguous gives the senses of ambiguous names their prior and cues, and adds those that no other table has.
func (l *lexicon) addAmbiguous(t *tables.Tables) {
	for i, a := range t.Ambiguous {
		if a.Sense == "person" {
			if key := fold(a.Text); a.ID != "" {
				l.families[key] = append(l.families[key], &t.Ambiguous[i])
			}
			continue
		}
		n := l.find(a.Text)
		hit := false
		if n != nil {
			for i := range n.senses {
				s := &n.senses[i]
				if a.ID != "" && (s.id == a.ID || s.place == a.ID) && (a.Sense != "place" || s.class == classCity) {
					s.prior, s.cues, hit = a.Prior, a.Cues, true
				}
			}
		}
		if hit {
			continue
		}
		if a.ID == "" && (!capital(a.Text) || a.Sense == "word" && len(l.families[fold(a.Text)]) > 0) {
			continue // the common word: names need a capital anyway
		}
		s := sense{class: classBlock, id: "", kind: a.Sense, prior: a.Prior, cues: a.Cues}
		if a.ID != "" {
			switch a.Sense {
			case "state":
				s.class, s.id = classState, a.ID
			case "place":
				s.class, s.place = classCity, a.ID
			case "group":
				s.class, s.id = classGroup, a.ID
			case "organization":
				s.class, s.id = classOrg, a.ID
			}
		}
		l.add(a.Text, s)
	}
}

func (l *lexicon) find(phrase string) *node {
	n := &l.root
	for _, p := range phraseParts(phrase) {
		if n = n.next[p]; n == nil {
			return nil
		}
	}
	return n
}
