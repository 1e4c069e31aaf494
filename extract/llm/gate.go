package llm

import (
	"cmp"
	"slices"
	"strings"

	"entente/extract"
	"entente/extract/rules"
	"entente/schema"
)

// gate lets through what the article bears out of what the model says about it.
type gate struct {
	doc    *extract.Doc
	model  string
	text   folded
	cast   *cast
	known  []schema.Triple // read by the rules
	groups map[[2]int]int  // by span of the quote
	first  int             // the last group of the rules

	triples []schema.Triple
	drops   []Drop
}

func newGate(doc *extract.Doc, r *rules.Extractor, model string, known []schema.Triple) *gate {
	g := &gate{doc: doc, model: model, text: foldText(doc.Article.Text), cast: newCast(doc, r), known: known, groups: map[[2]int]int{}}
	for _, t := range known {
		for _, e := range t.Evidence {
			g.first = max(g.first, e.Group)
		}
	}
	return g
}

func (g *gate) drop(it item, why Reason) {
	g.drops = append(g.drops, Drop{
		Article: g.doc.Article.ID, Reason: why,
		Subject: short(it.Subject, 60), Relation: short(it.Relation, 20), Object: short(it.Object, 60), Quote: short(it.Quote, 200),
	})
}

// take lets the items of one answer through.
func (g *gate) take(p passage, items []item) {
	for i, it := range items {
		if i >= maxItems {
			g.drop(it, TooMany)
			continue
		}
		if why := g.one(p, it); why != "" {
			g.drop(it, why)
		}
	}
}

// one lets an item through, or says why not.
func (g *gate) one(p passage, it item) Reason {
	relation, err := schema.ParseRelation(it.Relation)
	if err != nil || !relation.Valid() {
		return BadRelation
	}
	info := relation.Info()
	mode := strings.ToLower(it.Mode)
	if mode != "" && !info.HasMode(mode) {
		return BadMode
	}
	status := schema.Status(strings.ToLower(it.Status))
	if !slices.Contains(schema.EvidenceStatuses(), status) {
		return BadStatus
	}
	subject, object, at, why := g.parties(p, it, info)
	if why != "" {
		return why
	}
	e := schema.Evidence{Start: at.start, End: at.end, Quote: g.doc.Article.Text[at.start:at.end], Status: status, Mode: mode, Model: g.model}
	e.Group = g.group(at)
	e.Speaker = g.speaker(it, at)
	if !info.Tie {
		subject.agent = cmp.Or(g.person(it, it.SubjectPerson, at), subject.agent)
		object.agent = cmp.Or(g.person(it, it.ObjectPerson, at), object.agent)
	}
	date := g.date(it, at, &e, info.Tie)
	why = Domestic
	for _, s := range subject.ids {
		for _, o := range object.ids {
			if w := g.pair(p, it, info, party{s, subject.agent}, party{o, object.agent}, date, e); w == "" {
				why = ""
			} else if why != "" {
				why = w
			}
		}
	}
	return why
}

// party is one side of an act and the person through whom it acts.
type party struct{ id, agent string }

// pair adds the triple of two parties.
func (g *gate) pair(p passage, it item, info schema.RelationInfo, s, o party, date schema.Date, e schema.Evidence) Reason {
	role := ""
	if info.Tie {
		role = g.role(info.Relation, s.id, o.id, short(it.Role, 100))
		if !g.tieFits(info.Relation, s.id, o.id) {
			return BadTie
		}
	} else {
		if !g.crossBorder(s.id, o.id) {
			return Domestic
		}
		e.Agent, e.ObjectAgent = s.agent, o.agent
	}
	t := schema.New(s.id, info.Relation, o.id, role, date, g.published(info), g.doc.Article.ID)
	if g.isKnown(t, e) {
		return Known
	}
	if t.Subject != s.id {
		e.Agent, e.ObjectAgent = e.ObjectAgent, e.Agent
	}
	if e.Mode == "visit" {
		e.Initiator = s.id
	}
	t.Evidence = []schema.Evidence{e}
	if !g.valid(t) {
		return Invalid
	}
	g.triples = append(g.triples, t)
	return ""
}

func (g *gate) published(info schema.RelationInfo) schema.Date {
	if info.Tie {
		return ""
	}
	return g.doc.Article.Published
}

// valid asks the schema about a triple by itself, so that one it would not have cannot spoil the reading.
func (g *gate) valid(t schema.Triple) bool {
	r := schema.Reading{Article: g.doc.Article, Triples: []schema.Triple{t}, Extractor: schema.Extractor{Name: "llm", Version: "gate"}}
	r.Entities = rules.Entities(g.doc, r.Triples)
	r.Normalize()
	return r.Check() == nil
}

// isKnown reports whether the rules read the same relation of the same parties in the sentence of e.
func (g *gate) isKnown(t schema.Triple, e schema.Evidence) bool {
	return slices.ContainsFunc(g.known, func(k schema.Triple) bool {
		return k.Subject == t.Subject && k.Object == t.Object && k.Relation == t.Relation && slices.ContainsFunc(k.Evidence, func(o schema.Evidence) bool {
			return o.Start < e.End && e.Start < o.End && (o.Status == schema.Negated) == (e.Status == schema.Negated)
		})
	})
}

// group numbers the quotes of the model behind the clauses of the rules.
func (g *gate) group(at place) int {
	key := [2]int{at.start, at.end}
	if g.groups[key] == 0 {
		g.groups[key] = g.first + len(g.groups) + 1
	}
	return g.groups[key]
}

// crossBorder reports whether an act between two parties is one between countries or organisations.
func (g *gate) crossBorder(a, b string) bool {
	ea, eb := g.doc.Entities[a], g.doc.Entities[b]
	country := func(e schema.Entity) string {
		if e.Kind == schema.State {
			return e.ID
		}
		return e.State
	}
	actor := func(e schema.Entity) bool {
		return e.Kind == schema.State || e.Kind == schema.Organization || e.Kind == schema.Group
	}
	if a == b || !actor(ea) || !actor(eb) {
		return false
	}
	return country(ea) == "" || country(ea) != country(eb) || ea.Kind == schema.Group || eb.Kind == schema.Group
}

// role is the office of a tie, spelled as the steps beneath spell it where they read the same: it is part of the triple's identity.
func (g *gate) role(r schema.Relation, subject, object, said string) string {
	for i := range g.doc.Ties {
		if t := &g.doc.Ties[i]; t.Subject == subject && t.Relation == r && t.Object == object && strings.EqualFold(t.Role, said) {
			return t.Role
		}
	}
	return said
}

// tieFits reports whether the parties are of the kinds that a tie joins.
func (g *gate) tieFits(r schema.Relation, subject, object string) bool {
	s, o := g.doc.Entities[subject].Kind, g.doc.Entities[object].Kind
	if subject == object {
		return false
	}
	if r == schema.MEMBER_OF {
		return (s == schema.State || s == schema.Organization) && o == schema.Organization
	}
	return s == schema.Person && (o == schema.State || o == schema.Organization || o == schema.Group)
}
