package llm

import (
	"cmp"
	"slices"
	"strings"

	"entente/schema"
)

// place is where a quote stands: bytes of the text, half-open, and sentences, both included.
type place struct{ start, end, first, last int }

// parties are both sides of an item and where its quote stands, or why it is dropped. Where the quote stands more than once, the first place
// counts at which a party is spoken of.
func (g *gate) parties(p passage, it item, info schema.RelationInfo) (subject, object who, at place, why Reason) {
	places, why := g.places(p, it.Quote)
	if why != "" {
		return who{}, who{}, place{}, why
	}
	for i, at := range places {
		subject, w := g.side(it.Subject, at, info, true)
		if w == "" {
			object, w = g.side(it.Object, at, info, false)
		}
		if w == "" && !g.near(at, subject, object) {
			w = Absent
		}
		if w == "" {
			return subject, object, at, ""
		}
		if i == 0 {
			why = w
		}
	}
	return who{}, who{}, place{}, why
}

// places are where a quote stands in the passage.
func (g *gate) places(p passage, quote string) ([]place, Reason) {
	if len(strings.Fields(quote)) < 2 {
		if quote == "" {
			return nil, NoQuote
		}
		return nil, ShortQuote
	}
	var out []place
	why := NoQuote
	g.text.find(g.doc.Article.Text, quote, func(start, end int) bool {
		first, last := g.sentenceAt(start), g.sentenceAt(end-1)
		switch {
		case first < 0 || last < 0 || !p.has(first) || !p.has(last):
			why = Elsewhere
		case last-first > 1:
			why = LongQuote
		default:
			out = append(out, place{start, end, first, last})
		}
		return len(out) < 20
	})
	if len(out) > 0 {
		return out, ""
	}
	return nil, why
}

// sentenceAt is the sentence that holds a byte of the text, -1 for none: furniture.
func (g *gate) sentenceAt(at int) int {
	i, found := slices.BinarySearchFunc(g.doc.Sentences, at, func(s sentence, at int) int {
		switch {
		case s.End <= at:
			return -1
		case s.Start > at:
			return 1
		}
		return 0
	})
	if !found {
		return -1
	}
	return i
}

// side resolves a name as the subject or object of a relation: a person where a tie wants one, else whom the person acts for.
func (g *gate) side(name string, at place, info schema.RelationInfo, subject bool) (who, Reason) {
	none := NoObject
	if subject {
		none = NoSubject
	}
	w, ok := g.cast.find(name, at)
	if !ok {
		return who{}, none
	}
	if info.Tie && subject && info.Relation != schema.MEMBER_OF {
		if w.agent == "" {
			return w, ""
		}
		return who{ids: []string{w.agent}}, ""
	}
	if len(w.ids) == 0 {
		w.ids = []string{w.agent}
	}
	return w, ""
}

// near reports whether the quoted sentences speak of one of the parties, or the two sentences before them of both: "The talks begin on Monday."
func (g *gate) near(at place, subject, object who) bool {
	if g.spokenOf(at, subject) || g.spokenOf(at, object) {
		return true
	}
	at.first = max(0, at.first-2)
	return g.spokenOf(at, subject) && g.spokenOf(at, object)
}

// spokenOf reports whether a mention in the quoted sentences stands for one of w.
func (g *gate) spokenOf(at place, w who) bool {
	for _, i := range g.cast.in(at) {
		m := &g.doc.Mentions[i]
		if !m.Modifier && (slices.ContainsFunc(m.Parties, func(id string) bool { return slices.Contains(w.ids, id) }) || m.Agent != "" && (m.Agent == w.agent || slices.Contains(w.ids, m.Agent))) {
			return true
		}
	}
	return false
}

// person resolves the name of a person to an id; empty where there is none.
func (g *gate) person(it item, name string, at place) string {
	if name == "" {
		return ""
	}
	w, ok := g.cast.find(name, at)
	switch {
	case ok && w.agent != "":
		return w.agent
	case ok && len(w.ids) == 1 && g.doc.Entities[w.ids[0]].Kind == schema.Person:
		return w.ids[0]
	}
	g.drop(it, BadDetail)
	return ""
}

// speaker is the person who says so, else the party.
func (g *gate) speaker(it item, at place) string {
	if it.Speaker == "" {
		return ""
	}
	if w, ok := g.cast.find(it.Speaker, at); ok && (w.agent != "" || len(w.ids) == 1) {
		return cmp.Or(w.agent, strings.Join(w.ids, ""))
	}
	g.drop(it, BadDetail)
	return ""
}

// date is when an act happens: of the expressions of time in the article the one that the model's words hold, nearest to the quote first.
func (g *gate) date(it item, at place, e *schema.Evidence, tie bool) schema.Date {
	if it.When == "" {
		if !tie && g.doc.Article.Published != "" {
			e.Basis = schema.ReportedOnly
		}
		return ""
	}
	xs := g.cast.times(it.When, at)
	if len(xs) == 0 {
		g.drop(it, BadDate)
		it.When = ""
		return g.date(it, at, e, tie)
	}
	ahead := e.Status == schema.Future || e.Status == schema.Hypothetical
	var dates []schema.Date
	for _, x := range xs {
		d := x.Date
		if x.Other != "" && ahead {
			d = x.Other
		}
		dates = append(dates, d)
	}
	date := dates[0]
	if len(dates) > 1 && dates[1] != date {
		if r := schema.Between(dates[0], dates[1]); r != "" {
			date = r
		}
	}
	if !tie {
		e.Basis = xs[0].Basis
		return date
	}
	switch xs[0].Link {
	case "since":
		e.From = dates[0]
	case "until":
		e.To = dates[0]
	}
	return ""
}
