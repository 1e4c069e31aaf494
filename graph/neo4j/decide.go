package neo4j

import (
	"context"
	"slices"

	"entente/graph"
)

// Merge implements graph.Store. A decision replaces an earlier one of the same From.
func (s *Store) Merge(ctx context.Context, d graph.Decision) error {
	return s.decide(ctx, func(decisions []graph.Decision) ([]graph.Decision, error) {
		if err := graph.NewMerges(decisions).Allows(d); err != nil {
			return nil, err
		}
		others := slices.DeleteFunc(slices.Clone(decisions), func(o graph.Decision) bool { return o.From == d.From })
		return append(others, d), nil
	}, func(t *tx) error {
		return t.run("MERGE (d:Decision {id: $id}) SET d = $props", props{"id": d.From, "props": map[string]any(decisionProps(d))})
	}, d.From, d.Into)
}

// Split implements graph.Store.
func (s *Store) Split(ctx context.Context, from string) error {
	return s.decide(ctx, func(decisions []graph.Decision) ([]graph.Decision, error) {
		others := slices.DeleteFunc(slices.Clone(decisions), func(o graph.Decision) bool { return o.From == from })
		if len(others) == len(decisions) {
			return nil, graph.NotMerged(from)
		}
		return others, nil
	}, func(t *tx) error {
		return t.run("MATCH (d:Decision {id: $id}) DELETE d", props{"id": from})
	}, from)
}

// decide replaces the decisions in force, and derives again all that names one of the ids or of those they were or are one with.
func (s *Store) decide(ctx context.Context, change func([]graph.Decision) ([]graph.Decision, error), record func(*tx) error, ids ...string) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	var refused error // by change: an answer, which the driver need not see
	err := s.write(ctx, func(t *tx) error {
		refused = nil
		old, err := t.lock()
		if err != nil {
			return err
		}
		decisions, err := change(old)
		if err != nil {
			refused = err
			return nil
		}
		if err := record(t); err != nil {
			return err
		}
		before, after := graph.NewMerges(old), graph.NewMerges(decisions)
		named := set{}
		for _, id := range ids {
			for _, m := range []graph.Merges{before, after} {
				named.add(m.Members(m.Entity(id))...)
			}
		}
		touched, err := t.naming(named)
		if err != nil {
			return err
		}
		var changes graph.Changes
		return t.derive(touched, named, before, after, &changes)
	})
	if err != nil {
		return err
	}
	return refused
}

// naming reads the evidences that name one of the entities, as parties or otherwise. It goes through all evidences: decisions are rare.
func (t *tx) naming(ids set) ([]touch, error) {
	rows, err := t.rows(`MATCH (v:Evidence)-[:IN]->(a:Article)
		WHERE v.subject IN $ids OR v.object IN $ids OR v.speaker IN $ids OR v.agent IN $ids OR v.objectAgent IN $ids OR v.initiator IN $ids OR v.place IN $ids
			OR any(m IN v.mediators WHERE m IN $ids)
		RETURN `+returnEvidence+` ORDER BY v.id`, props{"ids": list(ids.sorted())})
	out := make([]touch, len(rows))
	for i, row := range rows {
		s := statementOf(row)
		out[i] = touch{id: s.Evidence.ID, was: &s, is: &s}
	}
	return out, err
}
