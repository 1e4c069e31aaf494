package tables

import (
	"cmp"
	"maps"
	"slices"
	"strings"
)

// put adds x, or joins it to the element of the same key.
func put[T any](list []T, x T, same func(T) bool, join func(old, x T) T) []T {
	if i := slices.IndexFunc(list, same); i >= 0 {
		list[i] = join(list[i], x)
		return list
	}
	return append(list, x)
}

// union is old followed by what of more is not in it.
func union(old, more []string) []string {
	out := slices.Clip(slices.Clone(old))
	for _, s := range more {
		if !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}

func (s Span) or(o Span) Span { return Span{cmp.Or(s.From, o.From), cmp.Or(s.To, o.To)} }

func addState(t *Tables, r *row) {
	s := State{
		ID: r.text(), Name: r.text(), Official: r.text(), Span: r.span(), Parent: r.text(), Aliases: r.list(), Adjectives: r.list(),
		Singular: r.list(), Plural: r.list(), Capital: r.list(), Metonyms: r.list(), Codes: r.codes(),
	}
	same := func(o State) bool { return o.ID == s.ID }
	r.named("state", s.Name, slices.ContainsFunc(t.States, same))
	t.States = put(t.States, s, same, func(old, x State) State {
		codes := maps.Clone(old.Codes)
		if codes == nil {
			codes = map[string]string{}
		}
		maps.Copy(codes, x.Codes)
		return State{
			old.ID, cmp.Or(x.Name, old.Name), cmp.Or(x.Official, old.Official), x.or(old.Span), cmp.Or(x.Parent, old.Parent),
			union(old.Aliases, x.Aliases), union(old.Adjectives, x.Adjectives), union(old.Singular, x.Singular), union(old.Plural, x.Plural),
			union(x.Capital, old.Capital), union(old.Metonyms, x.Metonyms), codes,
		}
	})
}

func addSuccession(t *Tables, r *row) {
	s := Succession{r.text(), r.text(), r.date(), r.oneOf("continuation", "secession", "dissolution", "merger")}
	t.Successors = put(t.Successors, s, func(o Succession) bool { return o.Predecessor == s.Predecessor && o.Successor == s.Successor },
		func(_, x Succession) Succession { return x })
}

func addSeat(t *Tables, r *row) {
	s := Seat{Name: r.text(), Party: r.text(), Body: r.text(), Span: r.span(), Context: r.oneOf("context") != ""}
	t.Seats = put(t.Seats, s, func(o Seat) bool { return o.Name == s.Name && o.Party == s.Party && o.From == s.From },
		func(_, x Seat) Seat { return x })
}

func addPlace(t *Tables, r *row) {
	p := Place{ID: r.text(), Name: r.text(), State: r.text(), Kind: r.text(), Aliases: r.list(), Common: r.oneOf("common") != ""}
	if n := len(t.Places); n > 0 && t.Places[n-1].ID < p.ID { // the file is sorted: no search for each of its rows
		t.Places = append(t.Places, p)
		return
	}
	t.Places = put(t.Places, p, func(o Place) bool { return o.ID == p.ID }, func(old, x Place) Place {
		return Place{old.ID, cmp.Or(x.Name, old.Name), cmp.Or(x.State, old.State), cmp.Or(x.Kind, old.Kind), union(old.Aliases, x.Aliases), old.Common || x.Common}
	})
}

func addOrganization(t *Tables, r *row) {
	o := Organization{
		ID: r.text(), Name: r.text(), Kind: r.text(), Parent: r.text(), Span: r.span(), Aliases: r.list(), Nominals: r.list(), Seat: r.list(),
	}
	same := func(old Organization) bool { return old.ID == o.ID }
	r.named("organization", o.Name, slices.ContainsFunc(t.Organizations, same))
	t.Organizations = put(t.Organizations, o, same, func(old, x Organization) Organization {
		return Organization{
			old.ID, cmp.Or(x.Name, old.Name), cmp.Or(x.Kind, old.Kind), cmp.Or(x.Parent, old.Parent), x.or(old.Span),
			union(old.Aliases, x.Aliases), union(old.Nominals, x.Nominals), union(old.Seat, x.Seat),
		}
	})
}

func addMembership(t *Tables, r *row) {
	m := Membership{Organization: r.text(), Member: r.text(), Span: r.span(), Status: r.oneOf("full", "permanent", "associate", "observer", "suspended")}
	t.Members = append(t.Members, m)
}

func addGroup(t *Tables, r *row) {
	g := Group{ID: r.text(), Name: r.text(), Kind: r.text(), State: r.text(), Span: r.span(), Aliases: r.list(), Adjectives: r.list(), Nominals: r.list()}
	same := func(o Group) bool { return o.ID == g.ID }
	r.named("group", g.Name, slices.ContainsFunc(t.Groups, same))
	t.Groups = put(t.Groups, g, same, func(old, x Group) Group {
		return Group{
			old.ID, cmp.Or(x.Name, old.Name), cmp.Or(x.Kind, old.Kind), cmp.Or(x.State, old.State), union(old.Aliases, x.Aliases),
			union(old.Adjectives, x.Adjectives), union(old.Nominals, x.Nominals), x.or(old.Span),
		}
	})
}

func addSet(t *Tables, r *row) {
	s := Set{Name: r.text(), Aliases: r.list(), Members: r.list(), Span: r.span(), Organization: r.text()}
	if (len(s.Members) == 0) == (s.Organization == "") {
		r.fail("set %q: give either members or an organization", s.Name)
	}
	t.Sets = put(t.Sets, s, func(o Set) bool { return o.Name == s.Name && o.From == s.From }, func(_, x Set) Set { return x })
}

func addOffice(t *Tables, r *row) {
	o := Office{
		Text: r.text(), Plural: r.text(), Form: r.oneOf("office", "title", "both", "collective"), Kind: r.text(), Relation: r.relation(), Party: r.text(), Line: r.line,
	}
	t.Offices = put(t.Offices, o, func(old Office) bool { return old.Text == o.Text }, func(_, x Office) Office { return x })
}

func addLeader(t *Tables, r *row) {
	l := Leader{
		ID: r.text(), Name: r.text(), Aliases: r.list(), Born: r.year(), Party: r.text(), Office: r.text(), Relation: r.relation(), Span: r.span(),
		Attested: r.oneOf("attested") != "",
	}
	if l.Party == "" || l.Office == "" {
		r.fail("%s has no party or no office: the columns are %s, separated by tabs", l.ID, strings.Join(r.spec.columns, ", "))
		return
	}
	if r.file == "leaders.tsv" || r.file == "zleaders.tsv" { // no search for each of thousands of rows whose keys a test holds apart
		t.Leaders = append(t.Leaders, l)
		return
	}
	same := func(o Leader) bool {
		return o.ID == l.ID && o.Party == l.Party && o.Office == l.Office && (o.From == l.From || l.From == "")
	}
	t.Leaders = put(t.Leaders, l, same, func(old, x Leader) Leader {
		return Leader{
			old.ID, cmp.Or(x.Name, old.Name), union(old.Aliases, x.Aliases), cmp.Or(x.Born, old.Born), old.Party, old.Office,
			cmp.Or(x.Relation, old.Relation), x.or(old.Span), x.Attested,
		}
	})
}

func addReading(t *Tables, r *row) {
	a := Reading{Text: r.text(), ID: r.text(), Sense: r.text(), Prior: r.number(), Cues: r.list()}
	t.Ambiguous = put(t.Ambiguous, a, func(o Reading) bool { return o.Text == a.Text && o.ID == a.ID && o.Sense == a.Sense },
		func(old, x Reading) Reading {
			return Reading{old.Text, old.ID, cmp.Or(x.Sense, old.Sense), cmp.Or(x.Prior, old.Prior), union(old.Cues, x.Cues)}
		})
}

func addNoParty(t *Tables, r *row) {
	n := NoParty{Text: r.text(), Kind: r.text(), State: r.text(), Aliases: r.list()}
	t.NoParty = put(t.NoParty, n, func(o NoParty) bool { return o.Text == n.Text }, func(old, x NoParty) NoParty {
		return NoParty{old.Text, cmp.Or(x.Kind, old.Kind), cmp.Or(x.State, old.State), union(old.Aliases, x.Aliases)}
	})
}
