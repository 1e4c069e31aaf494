package actor

import (
	"cmp"
	"fmt"
	"os"
	"slices"
	"strings"

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
	words  map[string]bool // folded words of the article, made when an ambiguous name asks
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
	d.texts = d.texts[:len(doc.Sentences)] // the title has said who holds which office
	return d
}

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

func (d *discourse) count(id string, sentence int) {
	if id == "" {
		return
	}
	if d.counts[id] == 0 {
		d.first[id] = sentence
	}
	d.counts[id]++
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

// decide settles a name of several senses by the priors of the table, what else the article speaks of, and the words around.
func (r *Resolver) decide(d *discourse, t *text, k int) {
	u := &t.units[k]
	if len(u.senses) == 0 {
		return
	}
	if len(u.senses) > 1 {
		best, score := 0, -1e9
		for i := range u.senses {
			if v := r.weigh(d, t, k, &u.senses[i]); v > score {
				best, score = i, v
			}
		}
		chosen := u.senses[best]
		rest := u.senses
		u.senses = []sense{chosen}
		if chosen.class == classCity {
			u.senses = citySenses(chosen, rest)
		}
		u.class = chosen.class
	}
	s := &u.senses[0]
	if rare := s.prior > 0 && (s.prior < 0.3 || s.prior < 0.6 && (s.class == classGroup || s.class == classOrg || s.class == classAdjOf)); rare && !r.cued(d, t, k, s) && s.class != classBlock && s.class != classOffice {
		u.class, u.senses, u.run = classNone, nil, proper(&t.s.Tokens[u.first])
		return
	}
	if state, _, _ := strings.Cut(s.id, ":"); u.class == classGroup && (s.acro || r.words[t.folded[u.first]]&wCalendar != 0) && state != s.id && d.counts[state] == 0 {
		u.class, u.senses, u.run = classNone, nil, true // initials that mean something else where the country is not spoken of
		return
	}
	if u.class == classAdj && r.standsAlone(t, k) {
		u.class = classPeople
	}
	if u.party() && d.counts[s.id] == 0 && !s.need {
		d.count(s.id, t.n)
	}
}

// citySenses are the senses of a city that go together: the place with the state it is the seat of, then organisations that have a seat there.
func citySenses(chosen sense, all []sense) []sense {
	state, _, _ := strings.Cut(chosen.place, "/")
	var seats []sense
	for _, s := range all {
		switch {
		case s.class != classCity:
		case s.need:
			seats = append(seats, s)
		case s.id != "" && chosen.id == "" && s.id == state:
			chosen.id, chosen.span, chosen.kind = s.id, s.span, s.kind
		case s.place != "" && chosen.place == "":
			chosen.place = s.place
		}
	}
	return append([]sense{chosen}, seats...)
}

// weigh is how much speaks for a sense.
func (r *Resolver) weigh(d *discourse, t *text, k int, s *sense) float64 {
	v := 0.0
	switch s.class {
	case classBlock:
		v = 0.6
	case classState, classOrg:
		v = 0.5
	case classAdj, classPeople:
		v = 0.45
	case classOffice:
		v = 0.44
	case classSet:
		v = 0.3
		if len(s.set.Members) > 0 {
			v = 0.55
		}
	case classSeat:
		v = 0.25
	case classCity:
		v = 0.2
	case classGroup, classAdjOf:
		v = 0.15
	}
	if s.class == classPeople && (s.plural || r.standsAlone(t, k)) {
		v += 0.1
	}
	if s.prior > 0 {
		v = s.prior
	}
	if s.need {
		v -= 0.3
	}
	if s.id != "" && d.counts[s.id] > 0 {
		v += 0.2 + min(0.3, 0.05*float64(d.counts[s.id]))
	}
	switch {
	case d.day == "":
	case !s.span.Has(d.day):
		v -= 0.3
	case s.span.To != "":
		v += 0.15 // of two that claim the day, the one that is no more was the state then
	}
	if len(s.cues) > 0 {
		v += 0.5 * float64(d.cueHits(s.cues))
	}
	if k > 1 && t.units[k-1].word == "," && t.units[k-2].class == classCity && len(t.units[k-2].senses) > 0 { // "Atlanta, Georgia"
		city, _, _ := strings.Cut(t.units[k-2].senses[0].place, "/")
		if state, _, _ := strings.Cut(s.place, "/"); state == city || s.class == classState && s.id == city {
			v++
		}
	}
	if s.place != "" {
		if state, _, ok := strings.Cut(s.place, "/"); ok && d.counts[state] > 0 {
			v += 0.1
		}
	}
	return v
}

// cueHits counts the cues that stand in the article.
func (d *discourse) cueHits(cues []string) int {
	if d.words == nil {
		d.words = map[string]bool{}
		for _, t := range d.texts {
			for _, f := range t.folded {
				d.words[f] = true
			}
		}
	}
	n := 0
	for _, c := range cues {
		hit := true
		for _, p := range phraseParts(c) {
			hit = hit && d.words[p]
		}
		if hit {
			n++
		}
	}
	return n
}

// cued reports whether something in the text speaks for a rare sense.
func (r *Resolver) cued(d *discourse, t *text, k int, s *sense) bool {
	if len(s.cues) > 0 && d.cueHits(s.cues) > 0 {
		return true
	}
	if s.class != classCity {
		return false
	}
	return k > 0 && t.units[k-1].words&wPlacePrep != 0 || k+2 < len(t.units) && t.units[k+1].word == "," && t.units[k+2].class == classState
}

// standsAlone reports whether an adjective of a people is used as a noun: "the Dutch", "an American told".
func (r *Resolver) standsAlone(t *text, k int) bool {
	u := &t.units[k]
	tok := &t.s.Tokens[u.last-1]
	if t.s.Parsed {
		switch base, _, _ := strings.Cut(tok.Label, ":"); base {
		case "amod", "compound", "flat", "nmod":
			if tok.Head >= u.last {
				return false
			}
		case "nsubj", "obj", "iobj", "obl":
			return k+1 >= len(t.units) || !nominalNext(t, k+1)
		}
	}
	if k+1 < len(t.units) && nominalNext(t, k+1) {
		return false
	}
	return k > 0 && t.units[k-1].word == "the" || tok.XPOS == "NNPS" || tok.XPOS == "NNS"
}

func nominalNext(t *text, k int) bool {
	tok := &t.s.Tokens[t.units[k].first]
	return tok.UPOS == "NOUN" || tok.UPOS == "PROPN" || tok.UPOS == "ADJ" || tok.UPOS == "NUM" || tok.Text == "-" || strings.HasPrefix(tok.XPOS, "NN") || strings.HasPrefix(tok.XPOS, "JJ") || tok.XPOS == "VBG" && t.units[k].office()
}

// partiesOf are the parties that unit k, a name, stands for.
func (d *discourse) partiesOf(t *text, k int) []string {
	u := &t.units[k]
	if len(u.senses) == 0 {
		return nil
	}
	s := &u.senses[0]
	if s.class == classSet {
		return d.r.membersOf(s.set, d.day)
	}
	if u.class == classCity {
		if s = d.capital(u); s == nil {
			return nil
		}
	}
	if s.id == "" {
		return nil
	}
	if s.need {
		return d.inContext(s)
	}
	return []string{s.id}
}

// capital is the sense in which a city stands for a party: its state, or where the article speaks of that instead the organisation seated there.
func (d *discourse) capital(u *unit) *sense {
	s := u.capital()
	if s != nil && !s.need && d.counts[s.id] > 1 {
		return s
	}
	for i := range u.senses {
		x := &u.senses[i]
		if x.need && d.counts[x.id] > 0 && (s == nil || d.counts[x.id] > d.counts[s.id] || s.need && d.counts[s.id] == 0) {
			s = x
		}
	}
	return s
}

// inContext is the party of a seat that stands for it only where the article speaks of it.
func (d *discourse) inContext(s *sense) []string {
	if d.counts[s.id] == 0 {
		return nil
	}
	return []string{s.id}
}

// membersOf are the states of a set on the day.
func (r *Resolver) membersOf(s *tables.Set, day schema.Date) []string {
	if s.Organization == "" {
		return s.Members
	}
	return []string{s.Organization}
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
