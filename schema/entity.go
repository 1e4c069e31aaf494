package schema

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode"
)

// Kind is what sort of thing an entity is.
type Kind string

// The kinds of entity.
const (
	State        Kind = "state"
	Organization Kind = "organization"
	Person       Kind = "person"
	Group        Kind = "group"
	Place        Kind = "place"
)

// Kinds lists every kind in the order in which they are shown.
func Kinds() []Kind { return []Kind{State, Organization, Person, Group, Place} }

// Label is the kind as a Neo4j label: "State", "Organization".
func (k Kind) Label() string {
	if k == "" {
		return ""
	}
	return strings.ToUpper(string(k[:1])) + string(k[1:])
}

// Entity is a party, a person or a place. Ids are readable and stable:
//
//	state         ISO 3166-1 alpha-3, historical ones included   RUS, SUN, DDR
//	organization  usual acronym                                  NATO, EU, UNSC
//	person        given and family name, lower case, hyphens     dmitry-rogozin; a namesake takes the year of birth, george-bush-1924
//	group         state, colon, name                             NIC:contras
//	place         state, slash, name                             CHE/geneva
type Entity struct {
	ID      string   `json:"id"`
	Kind    Kind     `json:"kind"`
	Name    string   `json:"name"`
	Aliases []string `json:"aliases,omitempty"` // sorted, without Name
	// State is the id of the state a group or place belongs to; empty otherwise.
	State string            `json:"state,omitempty"`
	Codes map[string]string `json:"codes,omitempty"` // iso3, cow, gw, wikidata
}

// String is "RUS state Russia".
func (e Entity) String() string { return e.ID + " " + string(e.Kind) + " " + e.Name }

// Short is the name to show where there is little room: of an organisation that is known by its acronym the acronym ("NATO"), else the name.
func (e Entity) Short() string {
	if e.Kind == Organization && len(e.ID) <= maxAcronym && !strings.ContainsAny(e.ID, "_:/ ") && slices.Contains(e.Aliases, e.ID) {
		return e.ID
	}
	return e.Name
}

// maxAcronym is how long an id may be and still pass for an acronym.
const maxAcronym = 8

// Merged is e with what o knows about the same entity added: its aliases (o's name too where it differs) and codes it lacks.
func (e Entity) Merged(o Entity) Entity {
	if e.Name == "" {
		e.Name = o.Name
	}
	names := slices.Concat(e.Aliases, o.Aliases)
	if o.Name != "" {
		names = append(names, o.Name)
	}
	slices.Sort(names)
	names = slices.Compact(names)
	e.Aliases = slices.DeleteFunc(names, func(s string) bool { return s == e.Name || s == "" })
	if len(o.Codes) > 0 {
		codes := maps.Clone(o.Codes)
		maps.Copy(codes, e.Codes)
		e.Codes = codes
	}
	if e.State == "" {
		e.State = o.State
	}
	return e
}

// Slug is a name as part of an id: lower case, accents of Latin letters removed (composed or not), everything but letters and digits
// one hyphen.
func Slug(name string) string {
	var b strings.Builder
	hyphen := false
	for _, r := range name {
		if r == '\'' || r == '’' || r == '.' || unicode.Is(unicode.Mn, r) {
			continue
		}
		s, ok := foldLatin(unicode.ToLower(r))
		if !ok {
			hyphen = b.Len() > 0
			continue
		}
		if hyphen {
			b.WriteByte('-')
			hyphen = false
		}
		b.WriteString(s)
	}
	return b.String()
}

// folds pairs each plain spelling with the accented letters that it stands for.
var folds = func() map[rune]string {
	m := map[rune]string{}
	for plain, accented := range map[string]string{
		"a": "àáâãäåāăą", "c": "çćĉċč", "d": "ďđð", "e": "èéêëēĕėęěə", "g": "ĝğġģ", "h": "ĥħ", "i": "ìíîïĩīĭįı", "j": "ĵ", "k": "ķ",
		"l": "ĺļľŀł", "n": "ñńņňŋ", "o": "òóôõöøōŏő", "r": "ŕŗř", "s": "śŝşšș", "t": "ţťŧț", "u": "ùúûüũūŭůűų", "w": "ŵ", "y": "ýÿŷ",
		"z": "źżž", "ae": "æ", "oe": "œ", "ss": "ß", "th": "þ",
	} {
		for _, r := range accented {
			m[r] = plain
		}
	}
	return m
}()

func foldLatin(r rune) (string, bool) {
	if s, ok := folds[r]; ok {
		return s, true
	}
	if unicode.IsLetter(r) || unicode.IsDigit(r) {
		return string(r), true
	}
	return "", false
}

func (e Entity) check() error {
	switch {
	case e.ID == "" || strings.ContainsFunc(e.ID, unicode.IsSpace):
		return fmt.Errorf("entity id %q: want a non-empty id without white space", e.ID)
	case !slices.Contains(Kinds(), e.Kind):
		return fmt.Errorf("entity %s: unknown kind %q", e.ID, e.Kind)
	case e.Name == "":
		return fmt.Errorf("entity %s: no name", e.ID)
	}
	return nil
}
