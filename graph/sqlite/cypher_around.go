package sqlite

import (
	"context"
	"iter"
	"slices"

	"entente/graph/cypher"
)

// EdgesOf implements cypher.Source.
func (g *source) EdgesOf(ctx context.Context, nodes []string, d cypher.Direction, f cypher.EdgeFilter) iter.Seq2[*cypher.Edge, error] {
	return stream(func(yield func(*cypher.Edge) error) error {
		seen := map[string]bool{}
		once := func(e *cypher.Edge) error {
			if seen[e.ID] {
				return nil
			}
			seen[e.ID] = true
			return yield(e)
		}
		kinds := split(nodes)
		w := wanted(f)
		a := &around{g: g, ctx: ctx, d: d, f: f, w: w, yield: once}
		for _, step := range []struct {
			prefix string
			run    func([]string) error
		}{{cypher.EntityPrefix, a.entities}, {cypher.TriplePrefix, a.triples}, {cypher.EvidencePrefix, a.evidences}, {cypher.ArticlePrefix, a.articles}} {
			if ids := kinds[step.prefix]; len(ids) > 0 {
				if err := step.run(ids); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

// around hands out the edges of nodes.
type around struct {
	g     *source
	ctx   context.Context
	d     cypher.Direction
	f     cypher.EdgeFilter
	w     edgesWanted
	yield give
}

func (a *around) keep(e *cypher.Edge) bool {
	return len(a.f.Types) == 0 || slices.Contains(a.f.Types, e.Type)
}

func (a *around) entities(ids []string) error {
	param, err := jsonIDs(ids)
	if err != nil {
		return err
	}
	const among = " in (select value from json_each(?))"
	for _, end := range []struct {
		d                cypher.Direction
		column, dyad, in string
	}{{cypher.Out, "t.subject", "a", cypher.Subject}, {cypher.In, "t.object", "b", cypher.Object}} {
		if a.d != cypher.Both && a.d != end.d {
			continue
		}
		if a.w.drawn() {
			where, args, err := a.between(end.column, param)
			if err != nil {
				return err
			}
			if err := a.g.drawnEdges(a.ctx, a.w, where, args, a.f, a.yield); err != nil {
				return err
			}
		}
		if a.w.has(cypher.Dyad, "entity") {
			if err := a.g.dyads(a.ctx, "where "+end.dyad+among, a.yield, param); err != nil {
				return err
			}
		}
	}
	if a.d == cypher.Out {
		return nil
	}
	return a.toEntities(ids, param)
}

// between is the condition of triples with a party among some, and the other among the far nodes where they are known.
func (a *around) between(column, param string) (where string, args []any, err error) {
	const among = " in (select value from json_each(?))"
	where, args = column+among, []any{param}
	if a.f.FarIDs == nil {
		return where, args, nil
	}
	other := "t.object"
	if column == other {
		other = "t.subject"
	}
	far, err := jsonIDs(split(a.f.FarIDs)[cypher.EntityPrefix])
	return where + " and " + other + among, append(args, far), err
}

// toEntities hands out the edges from triples and evidences to entities.
func (a *around) toEntities(ids []string, param string) error {
	const among = " in (select value from json_each(?))"
	for typ, column := range map[string]string{cypher.Subject: "t.subject", cypher.Object: "t.object"} {
		if !a.w.has(typ, "triple") {
			continue
		}
		keep := func(e *cypher.Edge) bool { return e.Type == typ }
		if err := a.g.tripleLinks(a.ctx, "where "+column+among, keep, a.yield, param); err != nil {
			return err
		}
	}
	var links []map[string][]*cypher.Edge
	if a.w.has(cypher.Mediator, "triple") || a.w.has(cypher.Place, "triple") {
		m, err := a.g.farTriples(a.ctx)
		if err != nil {
			return err
		}
		links = append(links, m)
	}
	if a.w.any(roleTypes, "statement") {
		m, err := a.g.farEvidences(a.ctx)
		if err != nil {
			return err
		}
		links = append(links, m)
	}
	for _, m := range links {
		for _, id := range ids {
			for _, e := range m[cypher.EntityPrefix+id] {
				if !a.keep(e) {
					continue
				}
				if err := a.yield(e); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

func (a *around) triples(ids []string) error {
	if a.d == cypher.In {
		return nil
	}
	param, err := jsonIDs(ids)
	if err != nil {
		return err
	}
	if a.w.any(tripleTypes, "entity") {
		if err := a.g.tripleLinks(a.ctx, "where t.id in (select value from json_each(?))", a.keep, a.yield, param); err != nil {
			return err
		}
	}
	if !a.w.has(cypher.EvidenceOf, "statement") {
		return nil
	}
	keep := func(e *cypher.Edge) bool { return e.Type == cypher.EvidenceOf }
	return a.g.evidenceLinks(a.ctx, "where e.triple in (select key from triple where id in (select value from json_each(?)))", keep, a.yield, param)
}

func (a *around) evidences(ids []string) error {
	wanted := map[string]bool{}
	seen := map[int64]bool{}
	var readings []int64
	for _, rest := range ids {
		reading, id, err := parseEvidence(rest)
		if err != nil {
			return err
		}
		wanted[evidenceID(reading, id)] = true
		if !seen[reading] {
			seen[reading] = true
			readings = append(readings, reading)
		}
	}
	param, err := encode(readings)
	if err != nil {
		return err
	}
	keep := func(e *cypher.Edge) bool {
		node := e.Start
		if e.Type == cypher.EvidenceOf {
			node = e.End
		}
		return wanted[node] && a.keep(e) && (a.d == cypher.Both || (a.d == cypher.In) == (e.Type == cypher.EvidenceOf))
	}
	return a.g.evidenceLinks(a.ctx, "where e.reading in (select value from json_each(?))", keep, a.yield, param)
}

func (a *around) articles(ids []string) error {
	if a.d == cypher.Out || !a.w.has(cypher.StandsIn, "statement") {
		return nil
	}
	param, err := jsonIDs(ids)
	if err != nil {
		return err
	}
	keep := func(e *cypher.Edge) bool { return e.Type == cypher.StandsIn }
	return a.g.evidenceLinks(a.ctx, "where a.id in (select value from json_each(?))", keep, a.yield, param)
}
