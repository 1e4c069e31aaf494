package actor

import (
	"cmp"
	"fmt"
	"os"

	"entente/extract"
	"entente/extract/actor/tables"
	"entente/extract/actor/typing"
	"entente/schema"
)

// Options sets up a resolver; the zero value uses the tables of the program as they are.
type Options struct {
	// Overlay is the path of a user's file in the format of the tables, empty for none.
	Overlay string
}

// Resolver finds the parties of documents. It is safe for concurrent use.
type Resolver struct {
	tables   *tables.Tables
	lex      *lexicon
	model    *typing.Model
	words    map[string]wordClass
	entities map[string]schema.Entity
	orgs     map[string]*tables.Organization
	heirs    map[string][]tables.Succession // by predecessor
	members  map[string][]tables.Membership // by organisation
}

// New makes a resolver. The error concerns the user's overlay: it cannot be read, or a line of it is wrong.
func New(o Options) (*Resolver, error) {
	t := tables.Builtin()
	if o.Overlay != "" {
		f, err := os.Open(o.Overlay)
		if err != nil {
			return nil, fmt.Errorf("actors: %w", err)
		}
		defer f.Close()
		if t, err = t.Overlay(o.Overlay, f); err != nil {
			return nil, fmt.Errorf("actors: %w", err)
		}
	}
	m, err := typing.Load()
	if err != nil {
		return nil, err
	}
	return newResolver(t, m), nil
}

func newResolver(t *tables.Tables, m *typing.Model) *Resolver {
	r := &Resolver{
		tables: t, model: m, lex: newLexicon(t), words: wordTable(), entities: map[string]schema.Entity{}, orgs: map[string]*tables.Organization{},
		heirs: map[string][]tables.Succession{}, members: map[string][]tables.Membership{},
	}
	put := func(e schema.Entity) {
		if _, ok := r.entities[e.ID]; !ok {
			r.entities[e.ID] = e
		}
	}
	for _, s := range t.States {
		put(s.Entity())
	}
	for i, o := range t.Organizations {
		put(o.Entity())
		r.orgs[o.ID] = &t.Organizations[i]
	}
	for _, g := range t.Groups {
		put(g.Entity())
	}
	for _, p := range t.Places {
		put(p.Entity())
	}
	for _, s := range t.Successors {
		r.heirs[s.Predecessor] = append(r.heirs[s.Predecessor], s)
	}
	for _, m := range t.Members {
		r.members[m.Organization] = append(r.members[m.Organization], m)
	}
	return r
}

// Resolve fills Mentions, Ties and Entities of doc from its sentences, whose tokens are tagged; trees are used where a sentence is parsed.
// Article.Published dates leaders, names and memberships. What was in the three fields before is replaced.
func (r *Resolver) Resolve(doc *extract.Doc) {
	d := r.read(doc)
	for _, t := range d.texts {
		r.draft(d, t)
	}
	r.refer(d)
	d.finish(doc)
}

// Scan tells how many parties an unparsed sentence speaks of, counting each name once and each word that may refer to a party as one:
// below two the sentence can hold no act between parties of its own. It needs tags only.
func (r *Resolver) Scan(s *extract.Sentence) int {
	t := r.segment(s, 0, "")
	seen := map[string]bool{}
	n := 0
	for k := range t.units {
		u := &t.units[k]
		switch {
		case u.class == classBlock:
		case u.class == classOffice || u.class == classSet || u.run:
			n++
		case len(u.senses) > 0:
			id := cmp.Or(u.senses[0].id, u.senses[0].place)
			if !seen[id] {
				seen[id] = true
				n++
			}
		case u.words&wPair != 0:
			n += 2
		case pronouns[u.word] != 0 || u.words&(wCountry|wGovernment|wBody|wOrg|wPersonNoun) != 0:
			n++
		}
	}
	return n
}

// discourse is what is known of one article while it is read.
type discourse struct {
	r      *Resolver
	doc    *extract.Doc
	day    schema.Date
	texts  []*text
	people *registry
	counts map[string]int // mentions of each state, organisation and group by name
	first  map[string]int // sentence of the first
	author []string       // whose words the article itself is: a ministry's release
	drafts []*draft
	begun  int // of drafts: where those of the present sentence begin
	ties   []extract.Tie
	places map[string]bool
	things map[string]string // what buildings, ships, works are called, by folded names of several words
	words  map[string]bool   // folded words of the article, made when an ambiguous name asks
	seen   map[string]map[string]bool
	made   map[string]schema.Entity
	single map[string][]occurrence
	votes  map[string][typing.Types]int32 // of the model on names of one word
}

// read finds names and persons, and settles what ambiguous names mean.
func (r *Resolver) read(doc *extract.Doc) *discourse {
	d := &discourse{
		r: r, doc: doc, day: doc.Article.Published, counts: map[string]int{}, first: map[string]int{}, places: map[string]bool{},
		seen: map[string]map[string]bool{}, made: map[string]schema.Entity{},
	}
	d.people = newRegistry(r.lex, d.day)
	d.people.cues = d.cueHits
	common := &vocabulary{doc: doc}
	for i := range doc.Sentences {
		t := r.segment(&doc.Sentences[i], i, d.day)
		t.common = common
		d.texts = append(d.texts, t)
		for k := range t.units {
			if u := &t.units[k]; u.party() && len(u.senses) == 1 && u.senses[0].prior == 0 && !u.senses[0].need {
				d.count(u.senses[0].id, i)
			}
		}
	}
	if t := r.titleOf(doc.Article); t != nil {
		d.texts = append(d.texts, t)
	}
	for _, t := range d.texts {
		for k := range t.units {
			r.decide(d, t, k)
		}
	}
	r.registerNames(d)
	d.quotations()
	d.author = r.authorOf(d)
	for _, t := range d.texts {
		for _, p := range r.phrases(d, t) {
			r.bind(d, t, p)
		}
	}
	for _, t := range d.texts {
		for k := range t.units {
			r.affiliate(d, t, k)
		}
	}
	r.turns(d)
	d.texts = d.texts[:len(doc.Sentences)] // the title has said who holds which office
	return d
}

func (d *discourse) count(id string, sentence int) {
	if id == "" {
		return
	}
	if d.counts[id] == 0 {
		d.first[id] = sentence
	}
	d.counts[id]++
}
