package actor

import (
	"cmp"
	"slices"
	"strings"

	"entente/extract"
	"entente/schema"
)

// titleOf is the article's title as a text of its own, number -1, with rough tags, because offices and whole names may stand only there; nil where it
// is in capitals throughout.
func (r *Resolver) titleOf(a schema.Article) *text {
	s := &extract.Sentence{}
	title := strings.NewReplacer("’s ", " 's ", "'s ", " 's ", "’", "'", ",", " , ", ":", " : ", "(", " ( ", ")", " ) ").Replace(a.Title)
	for w := range strings.FieldsSeq(title) {
		k := extract.Token{Start: len(s.Tokens) * 2, End: len(s.Tokens)*2 + 1, Text: w, XPOS: "NN", UPOS: "NOUN", Head: -1}
		switch {
		case w == "'s":
			k.XPOS, k.UPOS = "POS", "PART"
		case capital(w):
			k.XPOS, k.UPOS = "NNP", "PROPN"
		case len(w) < 4:
			k.XPOS, k.UPOS = "IN", "ADP"
		}
		s.Tokens = append(s.Tokens, k)
	}
	if len(s.Tokens) == 0 || allCaps(s) {
		return nil
	}
	return r.segment(s, -1, a.Published)
}

// authorOf is the party whose own words the article is, from its source: "U.S. Department of State".
func (r *Resolver) authorOf(d *discourse) []string {
	source := d.doc.Article.Source
	if !strings.Contains(source, "Department") && !strings.Contains(source, "Ministry") && !strings.Contains(source, "Office of") && !strings.Contains(source, "White House") {
		return nil
	}
	s := &extract.Sentence{}
	for w := range strings.FieldsSeq(source) {
		s.Tokens = append(s.Tokens, extract.Token{Text: w, XPOS: "NNP", UPOS: "PROPN", Head: -1})
	}
	t := r.segment(s, 0, d.day)
	for k := range t.units {
		if t.units[k].party() {
			return []string{t.units[k].senses[0].id}
		}
	}
	return nil
}

// entity is the entity of an id: of the tables, or a person or group of this article.
func (d *discourse) entity(id string) (schema.Entity, bool) {
	if p := d.people.byID[id]; p != nil {
		return p.entity(), true
	}
	if e, ok := d.r.entities[id]; ok {
		return e, true
	}
	e, ok := d.made[id]
	return e, ok
}

// see notes a form in which the article speaks of an entity.
func (d *discourse) see(id, form string) {
	if d.seen[id] == nil {
		d.seen[id] = map[string]bool{}
	}
	d.seen[id][form] = true
}

// finish writes mentions, ties and entities into the document.
func (d *discourse) finish(doc *extract.Doc) {
	doc.Mentions, doc.Ties = nil, nil
	for _, f := range d.drafts {
		if f.dropped {
			continue
		}
		doc.Mentions = append(doc.Mentions, f.m)
	}
	slices.SortStableFunc(doc.Mentions, func(a, b extract.Mention) int {
		return cmp.Or(cmp.Compare(a.Sentence, b.Sentence), cmp.Compare(a.First, b.First), cmp.Compare(b.Last, a.Last))
	})
	slices.SortStableFunc(d.ties, func(a, b extract.Tie) int {
		return cmp.Or(cmp.Compare(a.Sentence, b.Sentence), cmp.Compare(a.First, b.First), cmp.Compare(a.Last, b.Last),
			cmp.Compare(a.Subject, b.Subject), cmp.Compare(a.Relation, b.Relation), cmp.Compare(a.Object, b.Object))
	})
	doc.Ties = slices.CompactFunc(d.ties, func(a, b extract.Tie) bool { return a == b })
	doc.Entities = map[string]schema.Entity{}
	add := func(ids ...string) {
		for _, id := range ids {
			if id == "" {
				continue
			}
			if _, ok := doc.Entities[id]; ok {
				continue
			}
			if e, ok := d.entity(id); ok {
				doc.Entities[id] = e
			} else {
				doc.Entities[id] = d.r.makeEntity(id)
			}
		}
	}
	for _, m := range doc.Mentions {
		add(m.Parties...)
		add(m.Agent, m.Place)
	}
	for _, t := range doc.Ties {
		add(t.Subject, t.Object)
	}
}

// makeEntity is the entity of an id that no table holds: a capital that the table of places leaves out.
func (r *Resolver) makeEntity(id string) schema.Entity {
	if state, name, ok := strings.Cut(id, "/"); ok {
		return schema.Entity{ID: id, Kind: schema.Place, Name: titleCase(name), State: state}
	}
	if state, name, ok := strings.Cut(id, ":"); ok {
		return schema.Entity{ID: id, Kind: schema.Group, Name: titleCase(name), State: state}
	}
	return schema.Entity{ID: id, Kind: schema.Person, Name: titleCase(id)}
}

func titleCase(slug string) string {
	words := strings.Split(slug, "-")
	for i, w := range words {
		if w != "" {
			words[i] = strings.ToUpper(w[:1]) + w[1:]
		}
	}
	return strings.Join(words, " ")
}
