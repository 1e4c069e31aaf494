package event

import (
	"slices"

	"entente/schema"
)

// same lets what an article tells of one act in several places agree: an undated report of an act that the article dates elsewhere, once and
// only once, is a report of that act, and one without the person who acted takes the only one that the others name. Acts are alike here where
// parties, relation and status are. What is told in the present tense (now) is not what lies on an earlier day.
func same(ts []schema.Triple, now []bool) {
	acts := map[likeness][]int{}
	var order []likeness
	for i := range ts {
		k := likeness{ts[i].Subject, ts[i].Relation, ts[i].Object, ts[i].Evidence[0].Status}
		if acts[k] == nil {
			order = append(order, k)
		}
		acts[k] = append(acts[k], i)
	}
	for _, k := range order {
		if len(acts[k]) > 1 {
			sameDate(ts, acts[k], now)
			samePersons(ts, acts[k])
		}
	}
}

type likeness struct {
	subject  string
	relation schema.Relation
	object   string
	status   schema.Status
}

// sameDate dates the undated among the triples at the indices where all dated ones agree.
func sameDate(ts []schema.Triple, at []int, now []bool) {
	date, basis, many := schema.Date(""), schema.NoBasis, false
	for _, i := range at {
		switch d := ts[i].Date; {
		case d == "":
		case date == "":
			date, basis = d, ts[i].Evidence[0].Basis
		case d != date:
			many = true
		}
	}
	if date == "" || many {
		return
	}
	for _, i := range at {
		if ts[i].Date == "" && !(now[i] && date.Last().Before(ts[i].Reported.First())) {
			ev := ts[i].Evidence
			ts[i] = schema.New(ts[i].Subject, ts[i].Relation, ts[i].Object, ts[i].Role, date, ts[i].Reported, ts[i].Article)
			ts[i].Evidence = ev
			ts[i].Evidence[0].Basis = basis
		}
	}
}

// samePersons names the person who acted in those of one date that name none, where the others name one only.
func samePersons(ts []schema.Triple, at []int) {
	for _, i := range at {
		for _, role := range []func(*schema.Evidence) *string{
			func(e *schema.Evidence) *string { return &e.Agent }, func(e *schema.Evidence) *string { return &e.ObjectAgent },
		} {
			var names []string
			for _, o := range at {
				if n := *role(&ts[o].Evidence[0]); n != "" && ts[o].Date == ts[i].Date && !slices.Contains(names, n) {
					names = append(names, n)
				}
			}
			if p := role(&ts[i].Evidence[0]); *p == "" && len(names) == 1 {
				*p = names[0]
			}
		}
	}
}
