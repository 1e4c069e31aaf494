package neo4j

import (
	"context"
	"fmt"
	"iter"
	"maps"
	"slices"

	"entente/graph"
	"entente/schema"
)

// Record is a node or a relationship of the graph, with its properties as the driver takes them: string, bool, int64, float64, dates
// (neo4j.Date), and lists ([]any) of strings.
type Record struct {
	Labels     []string // of a node, the first of them its keyed one; empty: a relationship
	Type       string
	From, To   Ref
	Properties map[string]any
}

// Ref names a node by its keyed label and id.
type Ref struct{ Label, ID string }

// Records yields the graph that a Store would hold after the readings, decisions and runs of source were loaded into it: nodes of one label
// after the other, and each relationship after both its ends. It holds the sums of pairs and the ids of descriptions in memory, beside one reading
// or triple. The sequence is single-use and ends after an error.
func Records(ctx context.Context, source graph.Store) iter.Seq2[Record, error] {
	return func(yield func(Record, error) bool) {
		w := &recorder{ctx: ctx, source: source, yield: yield, descriptions: set{}}
		for _, step := range []func() error{w.head, w.articles, w.entities, w.triples, w.readings} {
			if err := step(); err == errEnough {
				return
			} else if err != nil {
				yield(Record{}, err)
				return
			}
		}
	}
}

// errEnough is that the caller wants no more records.
var errEnough = fmt.Errorf("enough")

type recorder struct {
	ctx          context.Context
	source       graph.Store
	yield        func(Record, error) bool
	merges       graph.Merges
	descriptions set
}

func (w *recorder) node(p props, labels ...string) error {
	if !w.yield(Record{Labels: labels, Properties: p}, nil) {
		return errEnough
	}
	return nil
}

func (w *recorder) edge(kind string, from, to Ref, p props) error {
	if to.ID == "" || from.ID == "" {
		return nil
	}
	if !w.yield(Record{Type: kind, From: from, To: to, Properties: p}, nil) {
		return errEnough
	}
	return nil
}

// head is what is not derived and belongs to no article.
func (w *recorder) head() error {
	if err := w.node(props{"id": "graph", "model": int64(Model)}, "Entente"); err != nil {
		return err
	}
	var decisions []graph.Decision
	for d, err := range w.source.Decisions(w.ctx) {
		if err != nil {
			return err
		}
		decisions = append(decisions, d)
		if err := w.node(decisionProps(d), "Decision"); err != nil {
			return err
		}
	}
	w.merges = graph.NewMerges(decisions)
	j, ok := w.source.(graph.Journal)
	if !ok {
		return nil
	}
	n := 0
	for r, err := range j.Runs(w.ctx) {
		if err != nil {
			return err
		}
		p, err := runProps(r, n)
		if err != nil {
			return err
		}
		n++
		if err := w.node(p, "Run"); err != nil {
			return err
		}
	}
	return nil
}

func (w *recorder) articles() error {
	for a, err := range w.source.Articles(w.ctx) {
		if err != nil {
			return err
		}
		if err := w.node(articleProps(a), "Article"); err != nil {
			return err
		}
	}
	return nil
}

func (w *recorder) entities() error {
	for e, err := range w.source.Entities(w.ctx) {
		if err != nil {
			return err
		}
		if err := w.node(entityProps(e), "Entity", e.Kind.Label()); err != nil {
			return err
		}
	}
	return nil
}

// triples yields the derived part of the graph.
func (w *recorder) triples() error {
	sums := map[string]graph.Dyad{}
	for t, err := range w.source.Triples(w.ctx, graph.Query{}) {
		if err != nil {
			return err
		}
		a, b := graph.ClaimOf(t.Triple).Pair()
		d := sums[dyadID(a, b)]
		d.A, d.B = a, b
		if d.Add(t) {
			sums[dyadID(a, b)] = d
		}
		if err := w.triple(t); err != nil {
			return err
		}
	}
	for _, id := range slices.Sorted(maps.Keys(sums)) {
		d := sums[id]
		if err := w.edge("DYAD", Ref{"Entity", d.A}, Ref{"Entity", d.B}, dyadProps(d)); err != nil {
			return err
		}
	}
	return nil
}

func (w *recorder) triple(t graph.Triple) error {
	label := "Event"
	if t.Relation.Info().Tie {
		label = "Tie"
	}
	if err := w.node(tripleProps(t), "Triple", label); err != nil {
		return err
	}
	me := Ref{"Triple", t.ID}
	roles := [][2]string{{"SUBJECT", t.Subject}, {"OBJECT", t.Object}}
	for _, id := range t.Mediators {
		roles = append(roles, [2]string{mediator, id})
	}
	for _, id := range t.Places {
		roles = append(roles, [2]string{place, id})
	}
	for _, r := range roles {
		if err := w.edge(r[0], me, Ref{"Entity", r[1]}, nil); err != nil {
			return err
		}
	}
	if !t.Edge() {
		return nil
	}
	return w.edge(string(t.Relation), Ref{"Entity", t.Subject}, Ref{"Entity", t.Object}, edgeProps(t))
}

// readings yields what was loaded, and how it hangs on what is derived.
func (w *recorder) readings() error {
	former := map[string]string{}
	for r, err := range w.source.Readings(w.ctx) {
		if err != nil {
			return err
		}
		if err := w.reading(r); err != nil {
			return err
		}
		for _, t := range r.Triples {
			if now, _, ok := w.merges.Triple(t); ok {
				for _, id := range w.merges.FormerIDs(t) {
					former[id] = now.ID
				}
			}
		}
	}
	for _, id := range slices.Sorted(maps.Keys(former)) {
		if err := w.node(props{"id": id}, "Former"); err != nil {
			return err
		}
		if err := w.edge("NOW", Ref{"Former", id}, Ref{"Triple", former[id]}, nil); err != nil {
			return err
		}
	}
	return nil
}

func (w *recorder) reading(r schema.Reading) error {
	p := readingProps(r)
	me, article := Ref{"Reading", p.string("id")}, Ref{"Article", r.Article.ID}
	if err := w.node(p, "Reading"); err != nil {
		return err
	}
	if err := w.edge("OF", me, article, nil); err != nil {
		return err
	}
	named := set{}
	for _, e := range graph.Named(r) {
		named.add(e.ID)
	}
	for _, e := range r.Entities {
		id := descriptionID(e)
		if !w.descriptions[id] {
			w.descriptions[id] = true
			if err := w.node(props{"id": id, "entity": e.ID, "json": graph.Declaration{Entity: e}.Key()}, "Description"); err != nil {
				return err
			}
		}
		kind := "DECLARES"
		if named[e.ID] {
			kind = "NAMES"
		}
		if err := w.edge(kind, me, Ref{"Description", id}, nil); err != nil {
			return err
		}
	}
	all := statements([]schema.Reading{r})
	for _, id := range slices.Sorted(maps.Keys(all)) {
		if err := w.evidence(all[id], article); err != nil {
			return err
		}
	}
	return nil
}

func (w *recorder) evidence(s statement, article Ref) error {
	me := Ref{"Evidence", s.Evidence.ID}
	if err := w.node(evidenceProps(s), "Evidence"); err != nil {
		return err
	}
	if err := w.edge("IN", me, article, nil); err != nil {
		return err
	}
	l := linksOf(&s, w.merges)
	if err := w.edge("EVIDENCE", Ref{"Triple", l.triple}, me, nil); err != nil {
		return err
	}
	for _, r := range [][2]string{{saidBy, l.speaker}, {agent, l.agent}, {objectAgent, l.objectAgent}, {initiator, l.initiator}} {
		if err := w.edge(r[0], me, Ref{"Entity", r[1]}, nil); err != nil {
			return err
		}
	}
	return nil
}
