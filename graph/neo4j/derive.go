package neo4j

import (
	"cmp"
	"encoding/json"
	"maps"
	"reflect"
	"slices"

	"entente/graph"
	"entente/schema"
)

// touch is an evidence that is written, or that other decisions now apply to: as its reading had it and as it has it.
type touch struct {
	id      string
	was, is *statement // nil: it was not, or is not to be
}

// touches pairs what was said with what is said and leaves out what is the same.
func touches(was, is map[string]statement) []touch {
	ids := set{}
	ids.add(slices.Collect(maps.Keys(was))...)
	ids.add(slices.Collect(maps.Keys(is))...)
	var out []touch
	for _, id := range ids.sorted() {
		to := touch{id: id}
		if s, ok := was[id]; ok {
			to.was = &s
		}
		if s, ok := is[id]; ok {
			to.is = &s
		}
		if to.was == nil || to.is == nil || !reflect.DeepEqual(evidenceProps(*to.was), evidenceProps(*to.is)) || !sameArticle(to.was.Evidence, to.is.Evidence) {
			out = append(out, to)
		}
	}
	return out
}

// sameArticle reports whether what statements have of their article is the same.
func sameArticle(a, b graph.Evidence) bool {
	return a.Published == b.Published && a.Source == b.Source && a.Title == b.Title && a.URL == b.URL
}

// part is the part of the graph that a write touches, as it was and as it is to be. It is made in memory and written where the two differ.
type part struct {
	before, after graph.Merges
	touched       []touch
	evidence      map[string]bool // ids of the touched evidences
	known         map[string]bool // ids of the triples whose evidences were read
	raw           map[string]statement
	stored        map[string]graph.Triple // every triple of the pairs touched, as its node has it
	pairs         set
	was, is       map[string]graph.Triple // triples with all their evidences
}

// derive makes the part of the graph anew that the touched evidences and the entities named belong to, writes what differs, and adds to changes.
// before and after are the decisions that the graph was derived with and those that are in force now.
func (t *tx) derive(touched []touch, named set, before, after graph.Merges, changes *graph.Changes) error {
	entities, err := t.entities(named, before, after)
	if err != nil {
		return err
	}
	changes.Entities = graph.Count(entities.was, entities.is, graph.EqualEntity)
	if err := t.writeEntities(entities); err != nil {
		return err
	}
	p := &part{before: before, after: after, touched: touched, evidence: set{}, known: set{}, raw: map[string]statement{}, stored: map[string]graph.Triple{}, pairs: set{}}
	for _, to := range touched {
		p.evidence[to.id] = true
	}
	if err := t.load(p); err != nil {
		return err
	}
	changes.Triples = graph.Count(p.was, p.is, graph.EqualDerived)
	changes.Evidence = graph.Count(evidences(p.was), evidences(p.is), graph.EqualEvidence)
	if err := t.writePart(p); err != nil {
		return err
	}
	var gone []props
	for _, id := range slices.Sorted(maps.Keys(entities.was)) {
		if _, ok := entities.is[id]; !ok {
			gone = append(gone, props{"id": id})
		}
	}
	return t.write(deleteEntities, gone)
}

func evidences(triples map[string]graph.Triple) map[string]graph.Evidence {
	out := map[string]graph.Evidence{}
	for _, t := range triples {
		for _, e := range t.Evidences {
			out[e.ID] = e
		}
	}
	return out
}

// load reads what the touched triples rest on and derives them, and then again with those others of their claims whose status thereby changes.
func (t *tx) load(p *part) error {
	ids := set{}
	for _, to := range p.touched {
		for _, s := range []struct {
			raw    *statement
			merges graph.Merges
		}{{to.was, p.before}, {to.is, p.after}} {
			if s.raw == nil {
				continue
			}
			if m, ok := s.merges.Statement(s.raw.Statement); ok {
				ids.add(m.Triple.ID)
				a, b := graph.ClaimOf(m.Triple).Pair()
				p.pairs.add(dyadID(a, b))
			}
		}
	}
	err := t.each(`UNWIND $ids AS pair MATCH (t:Triple {pair: pair})
		RETURN t.id AS id, t.subject AS subject, t.type AS type, t.object AS object, t.when AS when, t.reported AS reported, t.says AS says, t.status AS status, t.score AS score`,
		p.pairs.sorted(), func(row props) error {
			s := storedTriple(row)
			p.stored[s.ID] = s
			return nil
		})
	for err == nil && len(ids) > 0 {
		if err = t.evidencesOf(p, ids); err == nil {
			ids = p.derive()
		}
	}
	return err
}

// evidencesOf reads the evidences of some triples.
func (t *tx) evidencesOf(p *part, ids set) error {
	for id := range ids {
		p.known[id] = true
	}
	return t.each(`UNWIND $ids AS id MATCH (t:Triple {id: id})-[:EVIDENCE]->(v:Evidence)-[:IN]->(a:Article) RETURN `+returnEvidence, ids.sorted(), func(row props) error {
		s := statementOf(row)
		p.raw[s.Evidence.ID] = s
		return nil
	})
}

// derive fills in was and is of the triples whose evidences are known, and returns those others whose status is another now.
func (p *part) derive() set {
	was, is := map[string][]graph.Statement{}, map[string][]graph.Statement{}
	into := func(m map[string][]graph.Statement, merges graph.Merges, s statement) {
		if merged, ok := merges.Statement(s.Statement); ok {
			m[merged.Triple.ID] = append(m[merged.Triple.ID], merged)
		}
	}
	for id, s := range p.raw {
		if !p.evidence[id] {
			into(was, p.before, s)
			into(is, p.after, s)
		}
	}
	for _, to := range p.touched {
		if to.was != nil {
			into(was, p.before, *to.was)
		}
		if to.is != nil {
			into(is, p.after, *to.is)
		}
	}
	p.was, p.is = map[string]graph.Triple{}, map[string]graph.Triple{}
	for id, ss := range was {
		t := graph.DeriveTriple(ss)
		t.Status = p.stored[id].Status
		p.was[id] = t
	}
	for id, ss := range is {
		p.is[id] = graph.DeriveTriple(ss)
	}
	return p.statuses()
}

// all is every triple of the pairs touched as it is to be: those derived whole, and of the others what their nodes tell.
func (p *part) all() []graph.Triple {
	var out []graph.Triple
	for id, t := range p.stored {
		if !p.known[id] {
			out = append(out, t)
		}
	}
	out = slices.AppendSeq(out, maps.Values(p.is))
	slices.SortFunc(out, func(a, b graph.Triple) int { return cmp.Compare(a.ID, b.ID) })
	return out
}

// statuses sets the status of the triples in is, and returns those whose evidences are not known and whose status is another now.
func (p *part) statuses() set {
	claims := map[graph.Claim][]graph.Triple{}
	for _, t := range p.all() {
		c := graph.ClaimOf(t.Triple)
		claims[c] = append(claims[c], t)
	}
	more := set{}
	for _, members := range claims {
		standings := make([]graph.Standing, len(members))
		for i, t := range members {
			standings[i] = graph.StandingOf(t)
		}
		for i, status := range graph.Statuses(standings) {
			id := members[i].ID
			if t, ok := p.is[id]; ok {
				t.Status = status
				p.is[id] = t
			} else if members[i].Status != status {
				more.add(id)
			}
		}
	}
	return more
}

// entityChange is the entities that a write touches, as they were and as they are to be.
type entityChange struct{ was, is map[string]schema.Entity }

// entities reads the entities that the ids, as readings name them, stood for and stand for now, and derives them from their descriptions.
func (t *tx) entities(named set, before, after graph.Merges) (entityChange, error) {
	c := entityChange{map[string]schema.Entity{}, map[string]schema.Entity{}}
	old, members := set{}, set{}
	for id := range named {
		old.add(before.Entity(id), after.Entity(id))
		members.add(after.Members(after.Entity(id))...)
	}
	err := t.each(`UNWIND $ids AS id MATCH (e:Entity {id: id}) RETURN properties(e) AS e`, old.sorted(), func(row props) error {
		e := entityOf(row.props("e"))
		c.was[e.ID] = e
		return nil
	})
	if err != nil {
		return c, err
	}
	declarations := map[string][]graph.Declaration{}
	err = t.each(`UNWIND $ids AS id MATCH (d:Description {entity: id}) RETURN d.json AS json, COUNT { (d)<-[:NAMES]-() } AS readings`, members.sorted(), func(row props) error {
		d := graph.Declaration{Readings: row.int("readings")}
		if d.Readings == 0 {
			return nil
		}
		err := json.Unmarshal([]byte(row.string("json")), &d.Entity)
		id := after.Entity(d.Entity.ID)
		declarations[id] = append(declarations[id], d)
		return err
	})
	for id, ds := range declarations {
		c.is[id] = graph.DeriveEntity(id, ds)
	}
	return c, err
}

func (t *tx) writeEntities(c entityChange) error {
	rows := map[schema.Kind][]props{}
	for _, id := range slices.Sorted(maps.Keys(c.is)) {
		e := c.is[id]
		if old, ok := c.was[id]; !ok || !graph.EqualEntity(old, e) {
			rows[e.Kind] = append(rows[e.Kind], props{"id": id, "props": entityProps(e)})
		}
	}
	for _, kind := range schema.Kinds() {
		if err := t.write(upsertEntities(kind), rows[kind]); err != nil {
			return err
		}
	}
	return nil
}
