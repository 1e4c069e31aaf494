package web

import (
	"net/url"
	"slices"

	"entente/graph"
	"entente/schema"
)

type entityPage struct {
	ref
	Aliases string
	State   *ref
	Codes   []param
	continuity
	Sums         sumsRow
	Offices      []tieRow // held by the person
	Speakers     []tieRow // who speaks for it
	Heads        []tieRow // who leads it
	Memberships  []tieRow // what it belongs to
	Members      []tieRow
	Partners     []pairRow
	MorePartners int
	Years        []yearRow
	Relations    []relationRow
	Events       eventList
	Picture      *picture
}

// sumsRow is sums as shown.
type sumsRow struct {
	Events, Ties    string
	Net, Coop, Conf string
	Mean            string
	Negative        bool
	Unsure          string // how many triples are denied, planned or hypothetical
}

func (s sums) row() sumsRow {
	out := sumsRow{Events: grouped(s.Events), Ties: grouped(s.Ties), Net: signed(s.Net), Coop: signed(s.Coop), Conf: signed(s.Conf), Negative: s.Net < 0}
	if s.Events > 0 {
		out.Mean = signed(s.Net / float64(s.Events))
	}
	if n := s.All - s.Events - s.Ties; n > 0 {
		out.Unsure = grouped(n)
	}
	return out
}

func (p *entityPage) sides() []ref { return []ref{p.ref} }
func (p *pairPage) sides() []ref   { return []ref{p.A, p.B} }

// tieRow is a tie as seen from one of its ends.
type tieRow struct {
	Other            ref
	Role, When, Href string
	Status           string
	Doubtful         bool
	Quote            string
}

// entity is the page of a party, person or place.
func (s *Site) entity(r *request) (*answer, error) {
	id, exact, err := r.party(r.key("id"))
	if err != nil {
		return nil, err
	}
	path := entityHref(id)
	if !exact {
		return nil, &moved{at(path, r.others("id"), 0)}
	}
	members := r.withPredecessors(id)
	q := r.query(members, nil)
	switch r.format {
	case "svg":
		return r.timelinePicture(q, r.sn.name(id))
	case "csv", "json":
		return r.triples(id, q)
	}
	tallies, err := r.tally(q)
	if err != nil {
		return nil, err
	}
	p := entityPage{ref: r.sn.ref(id), continuity: r.continuity(path, id), Sums: sum(tallies).row()}
	p.describe(r.sn, r.sn.entities[id])
	if err := p.readTies(r, id); err != nil {
		return nil, err
	}
	partners := r.sn.of(members)
	p.Partners = r.sn.pairRows(partners[:min(shownPartners, len(partners))])
	p.MorePartners = len(partners) - len(p.Partners)
	for i := range p.Partners {
		if slices.Contains(members, p.Partners[i].B.ID) {
			p.Partners[i].A, p.Partners[i].B = p.Partners[i].B, p.Partners[i].A
		}
	}
	every := tallies
	if r.filter.From != "" || r.filter.To != "" {
		of := q
		of.From, of.To = "", ""
		if every, err = r.tally(of); err != nil {
			return nil, err
		}
	}
	p.Years, p.Relations = byYear(every, path, r.filter), byRelation(tallies, nil, path, r.filter)
	if p.Events, err = r.events(path, q, sum(tallies).All, len(p.Predecessors) > 0, p.sides()...); err != nil {
		return nil, err
	}
	if p.Picture, err = r.timelineFigure(q, sum(tallies).All, p.Name, path); err != nil {
		return nil, err
	}
	return r.page("entity", &page{Title: p.Name, Here: "/entities", Downloads: downloads(path, r.filter, "csv", "json", "svg"), Body: p})
}

// key is a part of the path, or the parameter of that name.
func (r *request) key(name string) string {
	if v := r.PathValue(name); v != "" {
		return v
	}
	return r.URL.Query().Get(name)
}

// others are the parameters of the address without some.
func (r *request) others(names ...string) url.Values {
	v := r.URL.Query()
	for _, n := range names {
		v.Del(n)
	}
	return v
}

func (p *entityPage) describe(sn *snapshot, e schema.Entity) {
	for i, a := range e.Aliases {
		if i == 40 {
			p.Aliases += " …"
			break
		}
		if i > 0 {
			p.Aliases += ", "
		}
		p.Aliases += clip(a, longestWord)
	}
	if e.State != "" {
		of := sn.ref(e.State)
		p.State = &of
	}
	for _, k := range []string{"iso3", "cow", "gw", "wikidata"} {
		if v := e.Codes[k]; v != "" {
			p.Codes = append(p.Codes, param{k, clip(v, longestWord)})
		}
	}
}

// readTies reads who acts for whom, the latest first.
func (p *entityPage) readTies(r *request, id string) error {
	ties, err := r.site.store.Page(r.ctx, graph.Query{Of: []string{id}, Relations: []schema.Relation{schema.REPRESENTS, schema.LEADS, schema.MEMBER_OF}}, true, 0, shownTies)
	if err != nil {
		return err
	}
	slices.SortStableFunc(ties, func(a, b graph.Triple) int { return compareSeen(b, a) })
	for _, t := range ties {
		e, _ := t.Best()
		row := tieRow{Other: r.sn.ref(t.Object), Role: clip(t.Role, longestName), When: when(t), Href: eventHref(t.ID), Status: string(t.Status), Doubtful: t.Status != schema.Asserted,
			Quote: clip(e.Quote, longestQuote)}
		into := &p.Offices
		switch {
		case t.Relation == schema.MEMBER_OF && t.Subject == id:
			into = &p.Memberships
		case t.Relation == schema.MEMBER_OF:
			into, row.Other = &p.Members, r.sn.ref(t.Subject)
		case t.Object == id && t.Relation == schema.LEADS:
			into, row.Other = &p.Heads, r.sn.ref(t.Subject)
		case t.Object == id:
			into, row.Other = &p.Speakers, r.sn.ref(t.Subject)
		}
		*into = append(*into, row)
	}
	return nil
}

func compareSeen(a, b graph.Triple) int { return a.LastSeen.Last().Compare(b.LastSeen.Last()) }

// seen is when articles stated a tie.
func seen(t graph.Triple) string {
	if t.FirstSeen == "" || t.FirstSeen == t.LastSeen {
		return string(t.FirstSeen)
	}
	return string(t.FirstSeen) + " to " + string(t.LastSeen)
}

type pairPage struct {
	A, B ref
	continuity
	Sums            sumsRow
	First, Last     string
	Years           []yearRow
	Relations       []relationRow
	Events          eventList
	Reversed        string // address of the page with the parties the other way round
	Picture         *picture
	NothingBothWays bool
}

// pair is the page of two parties.
func (s *Site) pair(r *request) (*answer, error) {
	a, exactA, err := r.party(r.key("a"))
	if err != nil {
		return nil, err
	}
	b, exactB, err := r.party(r.key("b"))
	if err != nil {
		return nil, err
	}
	path := pairHref(a, b)
	switch {
	case a == b:
		return nil, &problem{code: 400, message: "A pair is of two parties.", links: []link{{Text: r.sn.name(a), Href: entityHref(a)}}}
	case !exactA || !exactB:
		return nil, &moved{at(path, r.others("a", "b"), 0)}
	}
	q := r.query(r.withPredecessors(a), r.withPredecessors(b))
	switch r.format {
	case "svg":
		return r.timelinePicture(q, r.sn.name(a)+" and "+r.sn.name(b))
	case "csv", "json":
		return r.triples(a+"-"+b, q)
	}
	p := pairPage{A: r.sn.ref(a), B: r.sn.ref(b), continuity: r.continuity(path, a, b), Reversed: at(pairHref(b, a), r.filter.values(), 0)}
	total, err := p.count(r, q, path)
	if err != nil {
		return nil, err
	}
	p.NothingBothWays = total == 0 && !r.filter.narrows()
	if p.Events, err = r.events(path, q, total, len(p.Predecessors) > 0, p.sides()...); err != nil {
		return nil, err
	}
	if p.Picture, err = r.timelineFigure(q, total, p.A.Name+" and "+p.B.Name, path); err != nil {
		return nil, err
	}
	return r.page("pair", &page{Title: p.A.Name + " and " + p.B.Name, Here: "/pairs", Downloads: downloads(path, r.filter, "csv", "json", "svg"), Body: p})
}

// count makes the tables of the page from what each party did to the other, and returns how many triples there are.
func (p *pairPage) count(r *request, q graph.Query, path string) (total int, err error) {
	there, back := q, q
	there.Of, there.With, there.Subject, there.Object = nil, nil, q.Of, q.With
	back.Of, back.With, back.Subject, back.Object = nil, nil, q.With, q.Of
	var tallies [2][]graph.Tally
	for i, of := range []graph.Query{there, back} {
		if len(q.Subject) > 0 && !slices.Equal(of.Subject, q.Subject) {
			continue // the filter leaves this side out
		}
		if tallies[i], err = r.tally(of); err != nil {
			return 0, err
		}
	}
	all := slices.Concat(tallies[0], tallies[1])
	graph.SortTallies(all)
	s := sum(all)
	p.Sums = s.row()
	p.Relations = byRelation(tallies[0], tallies[1], path, r.filter)
	for i := range p.Relations {
		p.Relations[i].side(path, r.filter, p.A.ID, p.B.ID)
	}
	every := all
	if r.filter.From != "" || r.filter.To != "" { // the table of years leads to other years
		of := q
		of.From, of.To = "", ""
		if every, err = r.tally(of); err != nil {
			return 0, err
		}
	}
	p.Years = byYear(every, path, r.filter)
	return s.All, nil
}
