package neo4j

import (
	"cmp"
	"maps"
	"reflect"
	"slices"

	"entente/graph"
	"entente/schema"
)

// work is statements with the rows to run them over, in the order in which they must run.
type work struct {
	order []string
	rows  map[string][]props
}

// add takes a row for a statement, which runs after those added before it first came.
func (w *work) add(cypher string, rows ...props) {
	if _, ok := w.rows[cypher]; !ok {
		w.order = append(w.order, cypher)
	}
	w.rows[cypher] = append(w.rows[cypher], rows...)
}

// writePart writes what differs between the part of the graph as it was and as it is to be. The entities that it needs are there.
func (t *tx) writePart(p *part) error {
	w := &work{rows: map[string][]props{}}
	w.prepare()
	p.planTriples(w)
	p.planEvidence(w)
	p.planFormer(w)
	for _, cypher := range w.order {
		if err := t.write(cypher, w.rows[cypher]); err != nil {
			return err
		}
	}
	return t.writeDyads(p.pairs())
}

// prepare fixes the order of the statements: what goes before what comes, nodes before edges, and triples that end only when nothing
// that stays hangs on them.
func (w *work) prepare() {
	w.add(forgetFormer)
	w.add(unlinkEvidence)
	w.add(deleteEvidence)
	w.add(unlinkTriples)
	for _, info := range schema.Relations() {
		w.add(deleteEdges(info.Relation))
	}
	w.add(deleteTriples)
	w.add(createTriples(false))
	w.add(createTriples(true))
	w.add(setTriples)
	w.add(createEvidence)
	w.add(createHiddenEvidence)
	w.add(setEvidence)
	w.add(linkEvidence)
}

// planTriples plans the nodes of triples, their roles, and the edges that people read.
func (p *part) planTriples(w *work) {
	ids := set{}
	ids.add(slices.Collect(maps.Keys(p.was))...)
	ids.add(slices.Collect(maps.Keys(p.is))...)
	triples := make([][2]graph.Triple, 0, len(ids)) // as they were and are to be, without id where not
	for id := range ids {
		triples = append(triples, [2]graph.Triple{p.was[id], p.is[id]})
	}
	slices.SortFunc(triples, func(a, b [2]graph.Triple) int { // edges lock their ends: always in one order
		x, y := either(a), either(b)
		return cmp.Or(cmp.Compare(x.Relation, y.Relation), cmp.Compare(x.Subject, y.Subject), cmp.Compare(x.Object, y.Object), cmp.Compare(x.ID, y.ID))
	})
	for _, pair := range triples {
		was, is := pair[0], pair[1]
		planEdge(w, was, is)
		id := props{"id": either(pair).ID}
		switch {
		case is.ID == "":
			w.add(deleteTriples, id)
			continue
		case was.ID == "":
			w.add(createTriples(is.Relation.Info().Tie), props{"subject": is.Subject, "object": is.Object, "props": tripleProps(is)})
		case !reflect.DeepEqual(tripleProps(was), tripleProps(is)):
			w.add(setTriples, props{"id": is.ID, "props": tripleProps(is)})
		}
		if slices.Equal(was.Mediators, is.Mediators) && slices.Equal(was.Places, is.Places) {
			continue
		}
		if was.ID != "" {
			w.add(unlinkTriples, id)
		}
		for _, to := range is.Mediators {
			w.add(createRoles(mediator), props{"from": is.ID, "to": to})
		}
		for _, to := range is.Places {
			w.add(createRoles(place), props{"from": is.ID, "to": to})
		}
	}
}

func either(pair [2]graph.Triple) graph.Triple {
	if pair[1].ID != "" {
		return pair[1]
	}
	return pair[0]
}

// planEdge plans the edge between the parties, for triples that are drawn.
func planEdge(w *work, was, is graph.Triple) {
	drawn := was.ID != "" && was.Edge()
	draw := is.ID != "" && is.Edge()
	switch {
	case drawn && !draw:
		w.add(deleteEdges(was.Relation), props{"id": was.ID})
	case !drawn && draw:
		w.add(createEdges(is.Relation), props{"subject": is.Subject, "object": is.Object, "props": edgeProps(is)})
	case drawn && draw && !reflect.DeepEqual(edgeProps(was), edgeProps(is)):
		w.add(setEdges(is.Relation), props{"id": is.ID, "props": edgeProps(is)})
	}
}

// links are where an evidence is tied into the graph: its triple (none where a decision made both parties one) and the entities it names.
type links struct{ triple, speaker, agent, objectAgent, initiator string }

func linksOf(s *statement, merges graph.Merges) links {
	m, ok := merges.Statement(s.Statement)
	e := m.Evidence
	l := links{"", e.Speaker, e.Agent, e.ObjectAgent, e.Initiator}
	if ok {
		l.triple = m.Triple.ID
	}
	return l
}

// planEvidence plans the nodes of evidences and their edges.
func (p *part) planEvidence(w *work) {
	for _, to := range p.touched {
		if to.is == nil {
			w.add(deleteEvidence, props{"id": to.id})
			continue
		}
		l := linksOf(to.is, p.after)
		switch {
		case to.was == nil && l.triple == "":
			w.add(createHiddenEvidence, props{"article": to.is.Evidence.Article, "props": evidenceProps(*to.is)})
		case to.was == nil:
			w.add(createEvidence, props{"article": to.is.Evidence.Article, "triple": l.triple, "props": evidenceProps(*to.is)})
		case !reflect.DeepEqual(evidenceProps(*to.was), evidenceProps(*to.is)):
			w.add(setEvidence, props{"id": to.id, "props": evidenceProps(*to.is)})
		}
		if to.was != nil {
			if linksOf(to.was, p.before) == l {
				continue
			}
			w.add(unlinkEvidence, props{"id": to.id})
			if l.triple != "" {
				w.add(linkEvidence, props{"from": l.triple, "to": to.id})
			}
		}
		for _, role := range []struct{ name, to string }{{saidBy, l.speaker}, {agent, l.agent}, {objectAgent, l.objectAgent}, {initiator, l.initiator}} {
			if role.to != "" {
				w.add(createRoles(role.name), props{"from": to.id, "to": role.to})
			}
		}
	}
}

// planFormer plans the ids that triples had before decisions: they lead to the triples in force.
func (p *part) planFormer(w *work) {
	was, is := p.former(p.before, p.was, false), p.former(p.after, p.is, true)
	ids := set{}
	ids.add(slices.Collect(maps.Keys(was))...)
	ids.add(slices.Collect(maps.Keys(is))...)
	for _, id := range ids.sorted() {
		old, new := was[id].sorted(), is[id].sorted()
		if slices.Equal(old, new) {
			continue
		}
		if _, there := p.was[id]; there {
			w.add(forgetFormer, props{"id": id})
		}
		for _, from := range new {
			w.add(mergeFormer, props{"from": from, "to": id})
		}
	}
}

// former lists the former ids of triples by the id in force, from their evidences as readings have them.
func (p *part) former(merges graph.Merges, of map[string]graph.Triple, now bool) map[string]set {
	out := map[string]set{}
	see := func(raw schema.Triple) {
		ids := merges.FormerIDs(raw)
		if len(ids) == 0 {
			return
		}
		t, _, _ := merges.Triple(raw)
		if _, ok := of[t.ID]; !ok {
			return
		}
		if out[t.ID] == nil {
			out[t.ID] = set{}
		}
		out[t.ID].add(ids...)
	}
	for id, s := range p.raw {
		if !p.evidence[id] {
			see(s.Triple)
		}
	}
	for _, to := range p.touched {
		if now && to.is != nil {
			see(to.is.Triple)
		}
		if !now && to.was != nil {
			see(to.was.Triple)
		}
	}
	return out
}

// pairs lists the pairs of parties, as DYAD's id names them, between which an event has come, gone or changed.
func (p *part) pairs() map[string]graph.Dyad {
	out := map[string]graph.Dyad{}
	see := func(t, other graph.Triple) {
		one, two := graph.Dyad{}, graph.Dyad{}
		one.Add(t)
		if other.ID != "" {
			two.Add(other)
		}
		if one != two {
			a, b := graph.ClaimOf(t.Triple).Pair()
			out[dyadID(a, b)] = graph.Dyad{A: a, B: b}
		}
	}
	for id, t := range p.was {
		see(t, p.is[id])
	}
	for id, t := range p.is {
		see(t, p.was[id])
	}
	return out
}

// writeDyads sums up pairs anew, after their triples were written. The server only counts events that add the same.
func (t *tx) writeDyads(pairs map[string]graph.Dyad) error {
	ids := slices.Sorted(maps.Keys(pairs))
	there := map[string]props{}
	err := t.each(`UNWIND $ids AS id MATCH ()-[d:DYAD {id: id}]->() RETURN id, properties(d) AS d`, ids, func(row props) error {
		there[row.string("id")] = row.props("d")
		return nil
	})
	if err != nil {
		return err
	}
	err = t.each(`UNWIND $ids AS id MATCH (t:Triple {pair: id}) WHERE t.score IS NOT NULL
		RETURN id, t.type AS type, t.score AS score, t.status AS status, count(*) AS n, toString(min(t.date)) AS first, toString(max(t.dateEnd)) AS last
		ORDER BY id, type, score, status`, ids, func(row props) error {
		event := graph.Triple{Status: schema.Status(row.string("status")), Score: row.float("score")}
		event.Relation = schema.Relation(row.string("type"))
		if first := row.date("first"); first != "" {
			event.Date = schema.Between(first, row.date("last"))
		}
		d := pairs[row.string("id")]
		for range row.int("n") {
			d.Add(event)
		}
		pairs[row.string("id")] = d
		return nil
	})
	if err != nil {
		return err
	}
	var merged, deleted []props
	for _, id := range ids {
		d := pairs[id]
		old, was := there[id]
		switch {
		case d.Events == 0 && was:
			deleted = append(deleted, props{"id": id})
		case d.Events > 0 && !reflect.DeepEqual(old, dyadProps(d)):
			merged = append(merged, props{"id": id, "a": d.A, "b": d.B, "props": dyadProps(d)})
		}
	}
	if err := t.write(deleteDyads, deleted); err != nil {
		return err
	}
	return t.write(mergeDyads, merged)
}
