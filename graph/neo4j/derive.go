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
	evidence      set                     // ids of the touched evidences
	known         set                     // ids of the triples whose evidences were read
	raw           map[string]statement    // those evidences, as readings have them
	near          map[string]graph.Triple // triples of the touched claims whose days meet those of touched ones, as their nodes have them
	around        map[string]graph.Triple // those, and the others that their status may depend on
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
	p := &part{before: before, after: after, touched: touched, evidence: set{}, known: set{}, raw: map[string]statement{}}
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
	ids, days := set{}, spans{}
	for _, to := range p.touched {
		for _, s := range []struct {
			raw    *statement
			merges graph.Merges
		}{{to.was, p.before}, {to.is, p.after}} {
			if s.raw == nil {
				continue
			}
			if m, ok := s.merges.Statement(s.raw.Statement); ok && !ids[m.Triple.ID] {
				ids.add(m.Triple.ID)
				days.add(graph.Triple{Triple: m.Triple})
			}
		}
	}
	var err error
	if p.near, err = t.meeting(days); err != nil {
		return err
	}
	for _, n := range p.near {
		days.add(n)
	}
	if p.around, err = t.meeting(days); err != nil {
		return err
	}
	for err == nil && len(ids) > 0 {
		if err = t.evidencesOf(p, ids); err == nil {
			ids = p.derive()
		}
	}
	return err
}

// spans are the days of some triples, by their claim.
type spans map[graph.Claim][]graph.Standing

func (s spans) add(t graph.Triple) {
	c := graph.ClaimOf(t.Triple)
	s[c] = append(s[c], graph.StandingOf(t))
}

// joined is the spans of one claim as few rows: those that meet are one.
func joined(of []graph.Standing) []graph.Standing {
	of = slices.Clone(of)
	slices.SortFunc(of, func(a, b graph.Standing) int { return cmp.Compare(a.First, b.First) })
	n := 0
	for _, s := range of {
		if n > 0 && s.First <= of[n-1].Last {
			of[n-1].Last = max(of[n-1].Last, s.Last)
			continue
		}
		of[n] = s
		n++
	}
	return of[:n]
}

// meeting reads the triples of the claims whose days meet the spans.
func (t *tx) meeting(days spans) (map[string]graph.Triple, error) {
	claims := slices.SortedFunc(maps.Keys(days), func(a, b graph.Claim) int { return cmp.Compare(a.String(), b.String()) })
	var rows []any
	for _, c := range claims {
		for _, s := range joined(days[c]) {
			rows = append(rows, map[string]any{"claim": c.String(), "first": int64(s.First), "last": int64(s.Last)})
		}
	}
	out := map[string]graph.Triple{}
	for chunk := range slices.Chunk(rows, batch) {
		found, err := t.rows(`UNWIND $rows AS row
			MATCH (t:Triple) WHERE t.claim = row.claim AND t.firstDay <= row.last AND t.lastDay >= row.first
			RETURN t.id AS id, t.subject AS subject, t.type AS type, t.object AS object, t.when AS when, t.reported AS reported, t.says AS says, t.status AS status`,
			props{"rows": chunk})
		if err != nil {
			return nil, err
		}
		for _, row := range found {
			s := storedTriple(row)
			out[s.ID] = s
		}
	}
	return out, nil
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
		t.Status = p.near[id].Status
		p.was[id] = t
	}
	for id, ss := range is {
		p.is[id] = graph.DeriveTriple(ss)
	}
	return p.statuses()
}

// statuses sets the status of the triples in is, and returns those near them whose evidences are not known and whose status is another now.
// What is only around has its days in common with triples that were not read, so that nothing can be said of it: nor does it change.
func (p *part) statuses() set {
	claims := map[graph.Claim][]graph.Triple{}
	for id, t := range p.around {
		if !p.known[id] {
			claims[graph.ClaimOf(t.Triple)] = append(claims[graph.ClaimOf(t.Triple)], t)
		}
	}
	for _, t := range p.is {
		claims[graph.ClaimOf(t.Triple)] = append(claims[graph.ClaimOf(t.Triple)], t)
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
			} else if near, ok := p.near[id]; ok && near.Status != status {
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
