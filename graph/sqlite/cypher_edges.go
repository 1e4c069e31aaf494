package sqlite

import (
	"context"
	"database/sql"
	"iter"
	"slices"
	"strings"

	"entente/graph"
	"entente/graph/cypher"
	"entente/schema"
)

// edgesWanted is which sorts of edges a filter lets through.
type edgesWanted struct {
	types     []string // none for all
	relations []string // relation types; none with all
	far       string
}

func wanted(f cypher.EdgeFilter) edgesWanted {
	w := edgesWanted{types: f.Types, far: f.Far}
	for _, info := range schema.Relations() {
		if slices.Contains(f.Types, string(info.Relation)) {
			w.relations = append(w.relations, string(info.Relation))
		}
	}
	return w
}

// has reports whether edges of the type from a node of one table to one of another may be wanted. table is that of the other node.
func (w edgesWanted) has(typ, table string) bool {
	if w.far != "" && tablesOf(w.far) != nil {
		if _, ok := tablesOf(w.far)[table]; !ok {
			return false
		}
	}
	return len(w.types) == 0 || slices.Contains(w.types, typ)
}

// drawn reports whether edges between parties are wanted.
func (w edgesWanted) drawn() bool {
	if w.far != "" && tablesOf(w.far) != nil {
		if _, ok := tablesOf(w.far)["entity"]; !ok {
			return false
		}
	}
	return len(w.types) == 0 || len(w.relations) > 0
}

// give hands out an edge.
type give func(*cypher.Edge) error

// drawnEdges hands out the edges between parties of the triples that a condition selects.
func (g *source) drawnEdges(ctx context.Context, w edgesWanted, where string, args []any, f cypher.EdgeFilter, yield give) error {
	parts, more := conditions(columnsOf["triple"], f.Equal, f.Ranges)
	parts = append(parts, "t.status in ('asserted', 'disputed')")
	if where != "" {
		parts, more = append([]string{where}, parts...), append(slices.Clone(args), more...)
	}
	if len(w.relations) > 0 {
		param, err := jsonIDs(w.relations)
		if err != nil {
			return err
		}
		parts, more = append(parts, "t.relation in (select value from json_each(?))"), append(more, param)
	}
	return each(ctx, g.tx, "select "+tripleColumns+" from triple t where "+strings.Join(parts, " and ")+" order by t.position", func(rows *sql.Rows) error {
		t, err := scanTriple(rows)
		if err != nil {
			return err
		}
		return yield(cypher.TripleEdge(t))
	}, more...)
}

// dyads hands out the sums of the pairs that a condition selects.
func (g *source) dyads(ctx context.Context, where string, yield give, args ...any) error {
	return each(ctx, g.tx, "select a, b, events, net, coop, conf, coalesce(first_day, ''), coalesce(last_day, '') from dyad "+where+" order by a, b", func(rows *sql.Rows) error {
		var d graph.Dyad
		if err := rows.Scan(&d.A, &d.B, &d.Events, &d.Net, &d.Coop, &d.Conf, &d.First, &d.Last); err != nil {
			return err
		}
		return yield(cypher.DyadEdge(d))
	}, args...)
}

// tripleLinks hands out the edges from triples to entities that a condition selects.
func (g *source) tripleLinks(ctx context.Context, where string, keep func(*cypher.Edge) bool, yield give, args ...any) error {
	return each(ctx, g.tx, "select t.id, t.subject, t.object, t.mediators, t.places from triple t "+where+" order by t.position", func(rows *sql.Rows) error {
		var t graph.Triple
		var mediators, places string
		err := rows.Scan(&t.ID, &t.Subject, &t.Object, &mediators, &places)
		if err == nil {
			err = decode(mediators, &t.Mediators)
		}
		if err == nil {
			err = decode(places, &t.Places)
		}
		if err != nil {
			return err
		}
		for _, e := range cypher.TripleLinks(t) {
			if !keep(e) {
				continue
			}
			if err := yield(e); err != nil {
				return err
			}
		}
		return nil
	}, args...)
}

// evidenceLinks hands out the edges of the evidences that a condition selects.
func (g *source) evidenceLinks(ctx context.Context, where string, keep func(*cypher.Edge) bool, yield give, args ...any) error {
	const query = `select e.reading, e.id, coalesce(t.id, ''), e.speaker, e.agent, e.object_agent, e.initiator, a.id
		from statement e join reading r on r.key = e.reading join article a on a.key = r.article left join triple t on t.key = e.triple `
	return each(ctx, g.tx, query+where+" order by e.reading, e.id", func(rows *sql.Rows) error {
		var reading int64
		var id, triple, article string
		var roles [4]string
		if err := rows.Scan(&reading, &id, &triple, &roles[0], &roles[1], &roles[2], &roles[3], &article); err != nil {
			return err
		}
		node := evidenceID(reading, id)
		edges := []*cypher.Edge{cypher.Link(cypher.StandsIn, node, cypher.ArticlePrefix+article)}
		if triple != "" {
			edges = append(edges, cypher.Link(cypher.EvidenceOf, cypher.TriplePrefix+triple, node))
		}
		for i, typ := range []string{cypher.SaidBy, cypher.Agent, cypher.ObjectAgent, cypher.Initiator} {
			if roles[i] != "" {
				edges = append(edges, cypher.Link(typ, node, cypher.EntityPrefix+roles[i]))
			}
		}
		for _, e := range edges {
			if !keep(e) {
				continue
			}
			if err := yield(e); err != nil {
				return err
			}
		}
		return nil
	}, args...)
}

// Edges implements cypher.Source.
func (g *source) Edges(ctx context.Context, f cypher.EdgeFilter) iter.Seq2[*cypher.Edge, error] {
	return stream(func(yield func(*cypher.Edge) error) error {
		w := wanted(cypher.EdgeFilter{Types: f.Types})
		if w.drawn() {
			if err := g.drawnEdges(ctx, w, "", nil, f, yield); err != nil {
				return err
			}
		}
		if w.has(cypher.Dyad, "entity") {
			if err := g.dyads(ctx, "", yield); err != nil {
				return err
			}
		}
		keep := func(e *cypher.Edge) bool { return len(f.Types) == 0 || slices.Contains(f.Types, e.Type) }
		if w.any(tripleTypes, "entity") {
			if err := g.tripleLinks(ctx, "", keep, yield); err != nil {
				return err
			}
		}
		if w.any(evidenceTypes, "") {
			return g.evidenceLinks(ctx, "", keep, yield)
		}
		return nil
	})
}

// The types of the edges of triples and of evidences.
var (
	tripleTypes   = []string{cypher.Subject, cypher.Object, cypher.Mediator, cypher.Place}
	roleTypes     = []string{cypher.SaidBy, cypher.Agent, cypher.ObjectAgent, cypher.Initiator}
	evidenceTypes = append([]string{cypher.EvidenceOf, cypher.StandsIn}, roleTypes...)
)

// any reports whether edges of one of the types to a node of a table are wanted.
func (w edgesWanted) any(types []string, table string) bool {
	return slices.ContainsFunc(types, func(t string) bool {
		if table == "" {
			return len(w.types) == 0 || slices.Contains(w.types, t)
		}
		return w.has(t, table)
	})
}

// farLinks are the edges to entities that no index of the store finds, by entity: from triples to mediators and places, and from evidences. They are
// read once, when first asked for.
type farLinks struct {
	triples, evidences map[string][]*cypher.Edge
}

func (g *source) farTriples(ctx context.Context) (map[string][]*cypher.Edge, error) {
	if g.far == nil {
		g.far = &farLinks{}
	}
	if g.far.triples != nil {
		return g.far.triples, nil
	}
	g.far.triples = map[string][]*cypher.Edge{}
	keep := func(e *cypher.Edge) bool { return e.Type == cypher.Mediator || e.Type == cypher.Place }
	err := g.tripleLinks(ctx, "where t.mediators <> '' or t.places <> ''", keep, func(e *cypher.Edge) error {
		g.far.triples[e.End] = append(g.far.triples[e.End], e)
		return nil
	})
	return g.far.triples, err
}

func (g *source) farEvidences(ctx context.Context) (map[string][]*cypher.Edge, error) {
	if g.far == nil {
		g.far = &farLinks{}
	}
	if g.far.evidences != nil {
		return g.far.evidences, nil
	}
	g.far.evidences = map[string][]*cypher.Edge{}
	keep := func(e *cypher.Edge) bool { return slices.Contains(roleTypes, e.Type) }
	err := g.evidenceLinks(ctx, "where e.speaker <> '' or e.agent <> '' or e.object_agent <> '' or e.initiator <> ''", keep, func(e *cypher.Edge) error {
		g.far.evidences[e.End] = append(g.far.evidences[e.End], e)
		return nil
	})
	return g.far.evidences, err
}

// CountEdges implements cypher.Source.
func (g *source) CountEdges(ctx context.Context, f cypher.EdgeFilter) (int, error) {
	types := f.Types
	if len(types) == 0 {
		types = cypher.ModelTypes()
	}
	n := 0
	for _, t := range types {
		c, err := g.count(ctx, t)
		if err != nil {
			return 0, err
		}
		n += c
	}
	return cypher.Estimate(n, len(f.Equal), len(f.Ranges)), nil
}

// edgeCounts are the questions that count the edges of a type, but those between parties.
var edgeCounts = map[string]string{
	cypher.Dyad:        "select count(*) from dyad",
	cypher.Subject:     "select count(*) from triple",
	cypher.Object:      "select count(*) from triple",
	cypher.StandsIn:    "select count(*) from statement",
	cypher.EvidenceOf:  "select count(*) from statement where triple is not null",
	cypher.Mediator:    "select coalesce(sum(json_array_length(mediators)), 0) from triple where mediators <> ''",
	cypher.Place:       "select coalesce(sum(json_array_length(places)), 0) from triple where places <> ''",
	cypher.SaidBy:      "select count(*) from statement where speaker <> ''",
	cypher.Agent:       "select count(*) from statement where agent <> ''",
	cypher.ObjectAgent: "select count(*) from statement where object_agent <> ''",
	cypher.Initiator:   "select count(*) from statement where initiator <> ''",
}

// count counts the edges of a type, once.
func (g *source) count(ctx context.Context, typ string) (int, error) {
	if g.counts == nil {
		g.counts = map[string]int{}
	}
	n, ok := g.counts[typ]
	query, special := edgeCounts[typ]
	switch {
	case ok:
		return n, nil
	case special:
		err := g.tx.QueryRowContext(ctx, query).Scan(&n)
		g.counts[typ] = n
		return n, err
	case g.counted:
		return 0, nil
	}
	g.counted = true
	err := each(ctx, g.tx, "select relation, count(*) from triple where status in ('asserted', 'disputed') group by relation", func(rows *sql.Rows) error {
		var t string
		var n int
		err := rows.Scan(&t, &n)
		g.counts[t] = n
		return err
	})
	return g.counts[typ], err
}
