package tables

import (
	"maps"
	"slices"

	"entente/schema"
)

// Span is a stretch of time, both ends included, as exactly as each is known; an empty end is open or unknown.
type Span struct {
	From, To schema.Date
}

// Has reports whether any day of d may lie in s. An unknown or malformed d is in every span.
func (s Span) Has(d schema.Date) bool {
	if d == "" || !d.Valid() {
		return true
	}
	if s.From != "" && d.Last().Before(s.From.First()) {
		return false
	}
	return s.To == "" || !d.First().After(s.To.Last())
}

// State is a state, past or present, or a territory that news speaks of as a party.
type State struct {
	ID         string // ISO 3166-1 alpha-3, that of ISO 3166-3 or of the state-system lists for a state that is no more
	Name       string // short name in news English
	Official   string
	Span              // life of the state, not of its name
	Parent     string // the state that a dependency or territory belongs to
	Aliases    []string
	Adjectives []string // "Dutch", "British"; the first is the usual one
	Singular   []string // one citizen: "Dutchman", "Briton"; none where English has no such noun
	Plural     []string // the citizens: "Britons"; where it is also an adjective ("Dutch") it needs "the" before it
	Capital    []string // the present one first; each is also in the table of places
	Metonyms   []string // towns and nicknames that stand for its government besides the capital
	Codes      map[string]string
}

// Entity is s as the graph keeps it.
func (s State) Entity() schema.Entity {
	codes := maps.Clone(s.Codes)
	if codes == nil {
		codes = map[string]string{}
	}
	return schema.Entity{ID: s.ID, Kind: schema.State, Name: s.Name, Aliases: aliases(s.Name, append(slices.Clone(s.Aliases), s.Official)), Codes: codes}
}

// Succession says that one state, or organisation, took the place of another.
type Succession struct {
	Predecessor, Successor string
	Date                   schema.Date
	Kind                   string // continuation (the same state in law), secession, dissolution, merger
}

// Seat is a building, street, body or former capital whose name stands for a state or organisation.
type Seat struct {
	Name    string
	Party   string // empty where only the article can tell ("State House")
	Body    string // capital, residence, government, foreign, defence, parliament, intelligence, military, court, bank, headquarters
	Span           // time in which the name stood for this party
	Context bool   // stands for the party only where the article speaks of it anyway ("Brussels")
}

// Place is a city, region or water where an act may happen.
type Place struct {
	ID      string // state, slash, name: CHE/geneva
	Name    string
	State   string // empty for what lies in several states or in none
	Kind    string // capital, city, province, region, island, water, site
	Aliases []string
	// Common: the name is also a word, a family or given name, or that of a better known place, so that it needs a sign in the text
	// ("in Reading", "Orlando, Florida").
	Common bool
}

// Entity is p as the graph keeps it.
func (p Place) Entity() schema.Entity {
	return schema.Entity{ID: p.ID, Kind: schema.Place, Name: p.Name, Aliases: aliases(p.Name, p.Aliases), State: p.State}
}

// Organization is an international organisation, bloc, alliance, court, or an organ of one.
type Organization struct {
	ID       string // usual acronym; longer where that is some state's code
	Name     string
	Kind     string // igo, bloc, alliance, court, organ, agency, bank, forum, treaty, ngo
	Parent   string // the organisation it is an organ or agency of
	Span            // life of the organisation, its forerunners of the same id included
	Aliases  []string
	Nominals []string // "alliance", "world body": what "the ..." stands for it, once it was named
	Seat     []string // cities and buildings that stand for it in context
}

// Entity is o as the graph keeps it.
func (o Organization) Entity() schema.Entity {
	return schema.Entity{ID: o.ID, Kind: schema.Organization, Name: o.Name, Aliases: aliases(o.Name, o.Aliases)}
}

// Membership is a state's, or an organisation's, membership in an organisation.
type Membership struct {
	Organization, Member string
	Span
	Status string // full, permanent, associate, observer, suspended; empty is full
}

// Group is an armed, political, ethnic, religious or economic group of a country.
type Group struct {
	ID         string // state, colon, name (NIC:contras), or an acronym that stands alone (PLO)
	Name       string
	Kind       string // armed, party, ethnic, religious, economic, movement, government, military, intelligence
	State      string // empty for a group without a country
	Aliases    []string
	Adjectives []string // "Kurdish"
	Nominals   []string // "rebels", "guerrillas"
	Span
}

// Entity is g as the graph keeps it.
func (g Group) Entity() schema.Entity {
	return schema.Entity{ID: g.ID, Kind: schema.Group, Name: g.Name, Aliases: aliases(g.Name, g.Aliases), State: g.State}
}

// Set is a name of several states at once.
type Set struct {
	Name    string
	Aliases []string
	Members []string // sorted ids; where Organization is set its members of the day instead
	Span
	Organization string
}

// Office is a title, an office, or a noun for people who stand for their state.
type Office struct {
	Text     string // lower case; titles with their stop ("gen.")
	Plural   string // empty where there is none
	Form     string // office: a noun with a complement; title: before a name; both; collective: a plural or body that stands for the state
	Kind     string // head-of-state, head-of-government, minister, envoy, official, military, legislator, spokesperson, judge, intelligence, royal, religious, honorific, business, journalist, party, deputy, local, citizen
	Relation schema.Relation
	Party    string // state or organisation that the word itself implies: Taoiseach is IRL
	Line     int    // line of the table, for messages
}

// Leader is a term of office of a person.
type Leader struct {
	ID       string // schema.Slug of the name; a namesake takes the year of birth
	Name     string
	Aliases  []string // spelling variants and longer forms; the family name alone only where it is not the last word of Name
	Born     string   // year, where it tells namesakes apart or is known
	Party    string   // state or organisation
	Office   string   // "president", "foreign minister": one of the table of offices
	Relation schema.Relation
	Span
	// Attested: From and To are not the ends of the term but days on which it is known to have run.
	Attested bool
}

// Entity is l's person as the graph keeps it.
func (l Leader) Entity() schema.Entity {
	return schema.Entity{ID: l.ID, Kind: schema.Person, Name: l.Name, Aliases: aliases(l.Name, l.Aliases)}
}

// Reading is one thing that an ambiguous name may mean.
type Reading struct {
	Text  string
	ID    string   // entity, or empty for no party
	Sense string   // state, place, person, word, company, team
	Prior float64  // share of the readings of the name in news, 0 to 1
	Cues  []string // words whose presence in the article speaks for this reading
}

// NoParty is a name or phrase that is no party although it may contain one, or could be taken for one.
type NoParty struct {
	Text    string
	Kind    string // agency, newspaper, broadcaster, company, bank, team, university, think-tank, water, phrase, event, award, school, person
	State   string // where it belongs, if anywhere
	Aliases []string
}

// aliases are names sorted, each once, without name itself and the empty.
func aliases(name string, names []string) []string {
	out := slices.Clone(names)
	slices.Sort(out)
	out = slices.DeleteFunc(slices.Compact(out), func(s string) bool { return s == "" || s == name })
	if len(out) == 0 {
		return nil
	}
	return out
}
