package neo4j

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	"entente/graph"
	"entente/schema"
)

// Upsert implements graph.Store.
func (s *Store) Upsert(ctx context.Context, readings ...schema.Reading) (graph.Changes, error) {
	if err := graph.CheckReadings(readings); err != nil {
		return graph.Changes{}, err
	}
	incoming := map[string][]schema.Reading{}
	for _, r := range readings {
		incoming[r.Article.ID] = append(incoming[r.Article.ID], r)
	}
	return s.change(ctx, incoming, func(t *tx) (stored, now map[string][]schema.Reading, err error) {
		differ, err := t.changed(incoming)
		if err != nil {
			return nil, nil, err
		}
		if stored, err = t.readings(differ); err != nil {
			return nil, nil, err
		}
		now = map[string][]schema.Reading{}
		for _, id := range differ {
			now[id] = graph.Replace(stored[id], incoming[id])
		}
		return stored, now, nil
	})
}

// Forget implements graph.Store.
func (s *Store) Forget(ctx context.Context, articles ...string) (graph.Changes, error) {
	ids := set{}
	for _, id := range articles {
		if strings.ToValidUTF8(id, "") == id { // no other can be stored
			ids.add(id)
		}
	}
	return s.change(ctx, ids, func(t *tx) (stored, now map[string][]schema.Reading, err error) {
		stored, err = t.readings(ids.sorted())
		return stored, nil, err
	})
}

// change replaces the readings of some articles in one transaction. what says which: it may be called several times.
func (s *Store) change(ctx context.Context, of any, what func(t *tx) (stored, now map[string][]schema.Reading, err error)) (graph.Changes, error) {
	if err := ctx.Err(); err != nil || reflect.ValueOf(of).Len() == 0 {
		return graph.Changes{}, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	var changes graph.Changes
	err := s.write(ctx, func(t *tx) error {
		changes = graph.Changes{}
		decisions, err := t.lock()
		if err != nil {
			return err
		}
		stored, now, err := what(t)
		if err != nil {
			return err
		}
		changes, err = t.replace(stored, now, graph.NewMerges(decisions))
		return err
	})
	if err != nil {
		return graph.Changes{}, err
	}
	return changes, nil
}

// changed lists the articles among the incoming whose readings are not just as stored, sorted. It compares digests, so that what is loaded
// again costs one question.
func (t *tx) changed(incoming map[string][]schema.Reading) ([]string, error) {
	same := set{}
	err := t.each(`UNWIND $ids AS id MATCH (a:Article {id: id})<-[:OF]-(r:Reading)
		RETURN id, a.digest AS article, a.text IS NOT NULL AS text, r.extractor AS extractor, r.digest AS reading`, slices.Sorted(maps.Keys(incoming)), func(row props) error {
		id := row.string("id")
		if rs := incoming[id]; len(rs) == 1 {
			r := rs[0]
			text, _ := row["text"].(bool)
			if row.string("extractor") == r.Extractor.Name && row.string("article") == articleDigest(r.Article) && row.string("reading") == readingDigest(r) &&
				(text || r.Article.Text == "") {
				same.add(id)
			}
		}
		return nil
	})
	differ := set{}
	for id := range incoming {
		if !same[id] {
			differ.add(id)
		}
	}
	return differ.sorted(), err
}

// readings reads what is stored of some articles, by article id and in the order of the extractors' names.
func (t *tx) readings(ids []string) (map[string][]schema.Reading, error) {
	byID := map[string]*schema.Reading{} // by the id of (:Reading)
	articles := map[string][]string{}
	described := map[string]schema.Entity{}
	entities := map[string][]string{}
	err := t.each(`UNWIND $ids AS id MATCH (a:Article {id: id})<-[:OF]-(r:Reading)
		RETURN properties(a) AS article, r.id AS id, r.extractor AS extractor, r.version AS version, r.entities AS entities, r.described AS count, r.triples AS triples,
			COLLECT { MATCH (r)-[:NAMES|DECLARES]->(d:Description) RETURN [d.id, d.json] } AS described ORDER BY extractor`, ids, func(row props) error {
		a, err := articleOf(row.props("article"))
		if err != nil {
			return fmt.Errorf("%w: %w", graph.ErrUnreadable, err)
		}
		id := row.string("id")
		r := &schema.Reading{Article: a, Extractor: schema.Extractor{Name: row.string("extractor"), Version: row.string("version")}}
		if row["count"] != nil || row["entities"] != nil { // model 1 has no count
			r.Entities = []schema.Entity{}
		}
		if row["triples"] != nil {
			r.Triples = []schema.Triple{}
		}
		byID[id] = r
		articles[a.ID] = append(articles[a.ID], id)
		entities[id] = row.strings("entities")
		return describe(row, described)
	})
	if err != nil {
		return nil, err
	}
	statements := map[string][]statement{}
	err = t.each(`UNWIND $ids AS id MATCH (a:Article {id: id})<-[:IN]-(v:Evidence) RETURN `+returnEvidence, ids, func(row props) error {
		s := statementOf(row)
		id := readingID(s.Evidence.Article, s.Evidence.Extractor)
		statements[id] = append(statements[id], s)
		return nil
	})
	out := map[string][]schema.Reading{}
	for article, ids := range articles {
		for _, id := range ids {
			r := byID[id]
			for _, e := range entities[id] {
				r.Entities = append(r.Entities, described[e])
			}
			r.Triples = append(r.Triples, triplesOf(statements[id])...)
			out[article] = append(out[article], *r)
		}
	}
	return out, err
}

// describe reads the descriptions of a row, unless they are known.
func describe(row props, described map[string]schema.Entity) error {
	pairs, _ := row["described"].([]any)
	for _, v := range pairs {
		pair, _ := v.([]any)
		if len(pair) != 2 {
			continue
		}
		id, _ := pair[0].(string)
		text, _ := pair[1].(string)
		if _, ok := described[id]; ok {
			continue
		}
		var e schema.Entity
		if err := json.Unmarshal([]byte(text), &e); err != nil {
			return fmt.Errorf("a description of an entity: %w: %w", graph.ErrUnreadable, err)
		}
		described[id] = e
	}
	return nil
}

// triplesOf puts the evidences of one reading back into its triples, in the order in which they were loaded.
func triplesOf(statements []statement) []schema.Triple {
	slices.SortFunc(statements, func(a, b statement) int { return a.n - b.n })
	at := map[string]int{}
	var out []schema.Triple
	for _, s := range statements {
		i, ok := at[s.Triple.ID]
		if !ok {
			i = len(out)
			at[s.Triple.ID] = i
			out = append(out, s.Triple)
		}
		out[i].Evidence = append(out[i].Evidence, s.Evidence.Evidence)
	}
	return out
}

// statements lists what readings say, by the id of the evidence.
func statements(readings []schema.Reading) map[string]statement {
	out := map[string]statement{}
	for _, r := range readings {
		for i, s := range graph.Statements(r) {
			out[s.Evidence.ID] = statement{s, i}
		}
	}
	return out
}

// replace puts readings in the place of those stored, for every article that is in either, and derives again what that touches.
func (t *tx) replace(stored, now map[string][]schema.Reading, merges graph.Merges) (graph.Changes, error) {
	var changes graph.Changes
	was, is := map[string]schema.Article{}, map[string]schema.Article{}
	var touched []touch
	named := set{}
	ids := set{}
	ids.add(slices.Collect(maps.Keys(stored))...)
	ids.add(slices.Collect(maps.Keys(now))...)
	for _, id := range ids.sorted() {
		if old := stored[id]; len(old) > 0 {
			was[id] = old[0].Article
		}
		if rs := now[id]; len(rs) > 0 {
			is[id] = rs[0].Article
		}
		touched = append(touched, touches(statements(stored[id]), statements(now[id]))...)
		for _, r := range slices.Concat(stored[id], now[id]) {
			for _, e := range graph.Named(r) {
				named.add(e.ID)
			}
		}
	}
	changes.Articles = graph.Count(was, is, graph.EqualArticle)
	if err := t.writeArticles(was, is); err != nil {
		return changes, err
	}
	if err := t.writeReadings(stored, now); err != nil {
		return changes, err
	}
	err := t.derive(touched, named, merges, merges, &changes)
	if err != nil {
		return changes, err
	}
	var gone []props
	for _, id := range slices.Sorted(maps.Keys(was)) {
		if _, ok := is[id]; !ok {
			gone = append(gone, props{"id": id})
		}
	}
	return changes, t.write(deleteArticles, gone)
}

func (t *tx) writeArticles(was, is map[string]schema.Article) error {
	var created, changed []props
	for _, id := range slices.Sorted(maps.Keys(is)) {
		row := props{"id": id, "props": articleProps(is[id])}
		switch old, ok := was[id]; {
		case !ok:
			created = append(created, row)
		case !graph.EqualArticle(old, is[id]):
			changed = append(changed, row)
		}
	}
	if err := t.write(createArticles, created); err != nil {
		return err
	}
	return t.write(setArticles, changed)
}

// writeReadings writes the nodes of readings and descriptions that differ; the evidences are for derive.
func (t *tx) writeReadings(stored, now map[string][]schema.Reading) error {
	old, new := map[string]schema.Reading{}, map[string]schema.Reading{}
	for _, m := range []struct {
		from map[string][]schema.Reading
		to   map[string]schema.Reading
	}{{stored, old}, {now, new}} {
		for _, rs := range m.from {
			for _, r := range rs {
				m.to[readingID(r.Article.ID, r.Extractor.Name)] = r
			}
		}
	}
	var deleted, created, names, declares []props
	before, described := set{}, map[string]schema.Entity{}
	for _, id := range slices.Sorted(maps.Keys(old)) {
		if r, ok := new[id]; ok && readingDigest(r) == readingDigest(old[id]) {
			delete(new, id)
			continue
		}
		deleted = append(deleted, props{"id": id})
		for _, e := range old[id].Entities {
			before.add(descriptionID(e))
		}
	}
	for _, id := range slices.Sorted(maps.Keys(new)) {
		r := new[id]
		created = append(created, props{"article": r.Article.ID, "props": readingProps(r)})
		named := set{}
		for _, e := range graph.Named(r) {
			named.add(e.ID)
		}
		for _, e := range r.Entities {
			d := descriptionID(e)
			described[d] = e
			row := props{"reading": id, "description": d}
			if named[e.ID] {
				names = append(names, row)
			} else {
				declares = append(declares, row)
			}
		}
	}
	var descriptions, swept []props
	for _, id := range slices.Sorted(maps.Keys(described)) {
		e := described[id]
		descriptions = append(descriptions, props{"id": id, "entity": e.ID, "json": graph.Declaration{Entity: e}.Key()})
	}
	for _, id := range before.sorted() {
		swept = append(swept, props{"id": id})
	}
	for _, w := range []struct {
		cypher string
		rows   []props
	}{{deleteReadings, deleted}, {createReadings, created}, {mergeDescriptions, descriptions}, {createNames, names}, {createDeclares, declares}, {sweepDescriptions, swept}} {
		if err := t.write(w.cypher, w.rows); err != nil {
			return err
		}
	}
	return nil
}
