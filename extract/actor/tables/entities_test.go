package tables

import (
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/language"
)

// TestEntitiesHaveOneIDEach refuses an id that two entities of whatever kind share, persons among them.
func TestEntitiesHaveOneIDEach(t *testing.T) {
	tables := Builtin()
	seen := map[string]string{}
	add := func(id, name string) {
		if other, ok := seen[id]; ok {
			t.Errorf("%s is %s and %s", id, other, name)
		}
		seen[id] = name
	}
	for _, s := range tables.States {
		add(s.ID, s.Name)
	}
	for _, o := range tables.Organizations {
		add(o.ID, o.Name)
	}
	for _, g := range tables.Groups {
		add(g.ID, g.Name)
	}
	for _, p := range tables.Places {
		add(p.ID, p.Name)
	}
	persons := map[string]bool{}
	for _, l := range tables.Leaders {
		if !persons[l.ID] {
			add(l.ID, l.Name)
		}
		persons[l.ID] = true
	}
}

// TestPartiesHaveOneNameEach refuses a name that two states, organisations or groups share unless the table of ambiguous names weighs it.
func TestPartiesHaveOneNameEach(t *testing.T) {
	tables := Builtin()
	ambiguous := map[string]bool{}
	for _, a := range tables.Ambiguous {
		ambiguous[a.Text] = true
	}
	owner := map[string]string{}
	add := func(id string, names ...string) {
		for _, name := range names {
			if name == "" || ambiguous[name] {
				continue
			}
			if other, ok := owner[name]; ok && other != id {
				t.Errorf("%q is %s and %s: weigh it in the table of ambiguous names", name, other, id)
			}
			owner[name] = id
		}
	}
	for _, s := range tables.States {
		add(s.ID, append([]string{s.Name}, s.Aliases...)...)
	}
	for _, o := range tables.Organizations {
		add(o.ID, append([]string{o.Name}, o.Aliases...)...)
	}
	for _, g := range tables.Groups {
		add(g.ID, g.Name)
	}
}

// TestStatesAgreeWithISO compares the ids of states that have an ISO 3166-1 code with the list of CLDR.
func TestStatesAgreeWithISO(t *testing.T) {
	unlisted := map[string]string{
		"CSK": "ISO 3166-3, which that list does not carry for Czechoslovakia",
		"SKM": "ISO 3166-3, which that list does not carry for Sikkim",
		"XKX": "user-assigned, with XK as its two-letter code",
	}
	checked := 0
	for _, s := range Builtin().States {
		code, ok := s.Codes["iso3"]
		if !ok {
			continue
		}
		checked++
		if code != s.ID {
			t.Errorf("%s has the code %s", s.ID, code)
		}
		r, err := language.ParseRegion(code)
		if why, ok := unlisted[code]; ok {
			if err == nil {
				t.Errorf("%s is listed now: take it out of the exceptions (%s)", code, why)
			}
			continue
		}
		if err != nil || !r.IsCountry() || r.ISO3() != code {
			t.Errorf("%s (%s): no country of that code is known: %v", s.ID, s.Name, err)
		}
	}
	if checked < 190 {
		t.Errorf("only %d states have an ISO code", checked)
	}
}

func TestTablesAreSorted(t *testing.T) {
	tables := Builtin()
	for name, ids := range map[string][]string{
		"states":        idsOf(tables.States, func(s State) string { return s.ID }),
		"organizations": idsOf(tables.Organizations, func(o Organization) string { return o.ID }),
		"groups":        idsOf(tables.Groups, func(g Group) string { return g.ID }),
		"places":        idsOf(tables.Places, func(p Place) string { return p.ID }),
		"members":       idsOf(tables.Members, func(m Membership) string { return m.Organization + "\t" + m.Member + "\t" + string(m.From) }),
		"offices":       idsOf(tables.Offices, func(o Office) string { return o.Text }),
		"sets":          idsOf(tables.Sets, func(s Set) string { return s.Name }),
	} {
		for i := 1; i < len(ids); i++ {
			if ids[i-1] > ids[i] {
				t.Errorf("%s: %q stands after %q", name, ids[i], ids[i-1])
			}
		}
	}
}

func idsOf[T any](list []T, id func(T) string) []string {
	out := make([]string, 0, len(list))
	for x := range slices.Values(list) {
		out = append(out, id(x))
	}
	return out
}

// TestReferencesExist holds together what one table says of another: members, parents, sets, successors, seats, groups, places.
func TestReferencesExist(t *testing.T) {
	tables := Builtin()
	ids := partyIDs(tables)
	check := func(table, row, id string) {
		if id != "" && !ids[id] {
			t.Errorf("%s: %s: %q is in no table of states, organisations or groups", table, row, id)
		}
	}
	for _, s := range tables.States {
		check("states", s.ID, s.Parent)
	}
	for _, s := range tables.Successors {
		check("successors", s.Predecessor+" "+s.Successor, s.Predecessor)
		check("successors", s.Predecessor+" "+s.Successor, s.Successor)
	}
	for _, s := range tables.Seats {
		check("seats", s.Name, s.Party)
	}
	for _, o := range tables.Organizations {
		check("organizations", o.ID, o.Parent)
	}
	for _, m := range tables.Members {
		check("members", m.Organization+" "+m.Member, m.Organization)
		check("members", m.Organization+" "+m.Member, m.Member)
	}
	for _, g := range tables.Groups {
		check("groups", g.ID, g.State)
	}
	for _, s := range tables.Sets {
		check("sets", s.Name, s.Organization)
		for _, m := range s.Members {
			check("sets", s.Name, m)
		}
	}
	for _, p := range tables.Places {
		check("places", p.ID, p.State)
		if state, _, ok := strings.Cut(p.ID, "/"); !ok || p.State != "" && state != p.State {
			t.Errorf("places: %s lies in %q", p.ID, p.State)
		}
	}
	for _, o := range tables.Offices {
		check("offices", o.Text, o.Party)
	}
}
