package neo4j

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"entente/graph"
	"entente/schema"
)

var _ graph.Checker = (*Store)(nil)

// Check implements graph.Checker. It reads in one transaction and holds one batch of articles or claims at a time, beside the ids of all.
func (s *Store) Check(ctx context.Context) iter.Seq2[graph.Damage, error] {
	return func(yield func(graph.Damage, error) bool) {
		s.mu.RLock()
		defer s.mu.RUnlock()
		session := s.driver.NewSession(ctx, neo4j.SessionConfig{AccessMode: neo4j.AccessModeRead, DatabaseName: s.database, BookmarkManager: s.bookmarks})
		defer session.Close(context.WithoutCancel(ctx))
		// Not a managed transaction: what was yielded cannot be taken back, so that it may not be run again.
		in, err := session.BeginTransaction(ctx)
		if err != nil {
			yield(graph.Damage{}, s.explain(ctx, err))
			return
		}
		defer in.Close(context.WithoutCancel(ctx))
		c := &checker{tx: &tx{ctx, in}, declarations: map[string]map[string]*graph.Declaration{}, former: map[string]string{}}
		for _, step := range c.steps() {
			err := step()
			slices.SortStableFunc(c.found, func(a, b graph.Damage) int { return strings.Compare(a.Thing, b.Thing) })
			for _, d := range c.found {
				if !yield(d, nil) {
					return
				}
			}
			c.found = nil
			if err != nil {
				yield(graph.Damage{}, s.explain(ctx, err))
				return
			}
		}
	}
}

// checker looks a graph through, readings before what follows from them.
type checker struct {
	*tx
	found        []graph.Damage
	merges       graph.Merges
	declarations map[string]map[string]*graph.Declaration // by the entity in force, then by the description
	former       map[string]string                        // ids from before a merge to those in force
	sums         map[string]graph.Dyad
}

func (c *checker) steps() []func() error {
	return []func() error{c.schema, c.decisions, c.runs, c.readings, c.formerIDs, c.entities, c.triples, c.edges, c.dyads, c.orphans}
}

func (c *checker) say(kind graph.DamageKind, thing string, mend graph.Mend, format string, args ...any) {
	c.found = append(c.found, graph.Damage{Kind: kind, Thing: thing, Message: fmt.Sprintf(format, args...), Mend: mend})
}

// schema looks whether all constraints and indexes are there and in use.
func (c *checker) schema() error {
	is, want := map[string]string{}, map[string]string{}
	for _, s := range schemaStatements() {
		want[s.name] = "online"
	}
	rows, err := c.rows("SHOW INDEXES YIELD name, state", nil)
	for _, row := range rows {
		if name := row.string("name"); want[name] != "" {
			is[name] = strings.ToLower(row.string("state"))
		}
	}
	c.found = append(c.found, graph.Differ(graph.SchemaDamage, "constraint or index", is, want, func(a, b string) bool { return a == b })...)
	return err
}

func (c *checker) decisions() error {
	ds, err := c.tx.decisions()
	c.merges = graph.NewMerges(ds)
	c.found = append(c.found, graph.CheckDecisions(ds)...)
	return err
}

func (c *checker) runs() error {
	rows, err := c.rows("MATCH (r:Run) RETURN r.n AS n, r.json AS json, r.started AS started ORDER BY n", nil)
	for _, row := range rows {
		var r graph.Run
		if err := json.Unmarshal([]byte(row.string("json")), &r); err != nil || r.Started != row.string("started") {
			c.say(graph.RunDamage, fmt.Sprint("run ", row.int("n")), graph.MendBackup, "the record of the run of %s cannot be read", row.string("started"))
		}
	}
	return err
}

// ids are the values of the column id of a query.
func (c *checker) ids(cypher string) ([]string, error) {
	rows, err := c.rows(cypher, nil)
	out := make([]string, len(rows))
	for i, row := range rows {
		out[i] = row.string("id")
	}
	slices.Sort(out)
	return out, err
}

// checkedAtOnce is how many articles or triples are in memory at a time.
const checkedAtOnce = 500

// readings checks articles with what was read in them.
func (c *checker) readings() error {
	ids, err := c.ids("MATCH (a:Article) RETURN a.id AS id")
	if err != nil {
		return err
	}
	for some := range slices.Chunk(ids, checkedAtOnce) {
		if err := c.articles(some); err != nil {
			return err
		}
	}
	return nil
}

func (c *checker) articles(ids []string) error {
	byArticle, err := c.tx.readings(ids)
	switch {
	case errors.Is(err, graph.ErrUnreadable) && len(ids) == 1:
		c.found = append(c.found, graph.Damage{Kind: graph.ReadingDamage, Thing: ids[0], Article: ids[0], Message: oneLine(err.Error()), Mend: graph.MendAgain})
		return nil
	case errors.Is(err, graph.ErrUnreadable):
		for i := range ids {
			if err := c.articles(ids[i : i+1]); err != nil {
				return err
			}
		}
		return nil
	case err != nil:
		return err
	}
	digests := map[string]string{}
	if err := c.each(`UNWIND $ids AS id MATCH (a:Article {id: id}) OPTIONAL MATCH (a)<-[:OF]-(r:Reading)
		RETURN id, a.digest AS article, r.id AS reading, r.digest AS digest`, ids, func(row props) error {
		digests[row.string("id")], digests["reading "+row.string("reading")] = row.string("article"), row.string("digest")
		return nil
	}); err != nil {
		return err
	}
	want := map[string]statement{}
	for _, id := range ids {
		readings := byArticle[id]
		if len(readings) == 0 {
			c.say(graph.ArticleDamage, id, graph.MendCopy, "no extractor's reading of the article is there")
			continue
		}
		if digests[id] != articleDigest(readings[0].Article) {
			c.found = append(c.found, graph.Damage{Kind: graph.ArticleDamage, Thing: id, Article: id, Message: "it is not as it was loaded: its digest is another", Mend: graph.MendAgain})
		}
		for _, r := range readings {
			c.reading(r, digests["reading "+readingID(id, r.Extractor.Name)])
		}
		maps.Copy(want, statements(readings))
	}
	return c.evidences(ids, want)
}

// reading checks one reading, digest being that of what was loaded.
func (c *checker) reading(r schema.Reading, digest string) {
	ds := graph.CheckReading(r)
	if len(ds) == 0 && readingDigest(r) != digest {
		ds = append(ds, graph.Damage{Kind: graph.ReadingDamage, Thing: r.Article.ID, Article: r.Article.ID, Mend: graph.MendAgain,
			Message: fmt.Sprintf("what %s read in it is not as it was loaded: evidences or descriptions have been changed or are missing", r.Extractor.Name)})
	}
	c.found = append(c.found, ds...)
	for _, e := range graph.Named(r) {
		d := graph.Declaration{Entity: e}
		id, key := c.merges.Entity(e.ID), d.Key()
		if c.declarations[id] == nil {
			c.declarations[id] = map[string]*graph.Declaration{}
		}
		if c.declarations[id][key] == nil {
			c.declarations[id][key] = &d
		}
		c.declarations[id][key].Readings++
	}
	for _, t := range r.Triples {
		if now, _, ok := c.merges.Triple(t); ok {
			for _, id := range c.merges.FormerIDs(t) {
				c.former[id] = now.ID
			}
		}
	}
}

// evidences checks how the evidences of some articles hang in the graph, and that each is that of a reading.
func (c *checker) evidences(articles []string, want map[string]statement) error {
	is, wanted := map[string]string{}, map[string]string{}
	for id, s := range want {
		l := linksOf(&s, c.merges)
		wanted[id] = fmt.Sprint(roles(map[string][]string{"EVIDENCE": one(l.triple), saidBy: one(l.speaker), agent: one(l.agent), objectAgent: one(l.objectAgent), initiator: one(l.initiator)}))
	}
	err := c.each(`UNWIND $ids AS article MATCH (:Article {id: article})<-[:IN]-(v:Evidence)
		RETURN v.id AS id, COLLECT { MATCH (t:Triple)-[:EVIDENCE]->(v) RETURN t.id } AS triples,
			COLLECT { MATCH (v)-[r:SAID_BY|AGENT|OBJECT_AGENT|INITIATOR]->(e) RETURN type(r) + ' ' + coalesce(e.id, '?') } AS entities`, articles, func(row props) error {
		to := map[string][]string{"EVIDENCE": row.strings("triples")}
		for _, s := range row.strings("entities") {
			role, id, _ := strings.Cut(s, " ")
			to[role] = append(to[role], id)
		}
		is[row.string("id")] += fmt.Sprint(roles(to))
		return nil
	})
	c.found = append(c.found, graph.Differ(graph.EvidenceDamage, "evidence", is, wanted, func(a, b string) bool { return a == b })...)
	return err
}

func one(id string) []string {
	if id == "" {
		return nil
	}
	return []string{id}
}

// roles lists edges as text, in order.
func roles(to map[string][]string) []string {
	var out []string
	for role, ids := range to {
		for _, id := range ids {
			out = append(out, role+" "+id)
		}
	}
	slices.Sort(out)
	return out
}

func (c *checker) formerIDs() error {
	is := map[string]string{}
	rows, err := c.rows("MATCH (f:Former) RETURN f.id AS id, COLLECT { MATCH (f)-[:NOW]->(t) RETURN t.id } AS now", nil)
	for _, row := range rows {
		is[row.string("id")] = strings.Join(row.strings("now"), " ")
	}
	c.found = append(c.found, graph.Differ(graph.FormerDamage, "former id", is, c.former, func(a, b string) bool { return a == b })...)
	return err
}

// entities compares entities with what all readings said of them.
func (c *checker) entities() error {
	type entity struct {
		props  props
		labels []string
	}
	is, want := map[string]entity{}, map[string]entity{}
	for id, ds := range c.declarations {
		var all []graph.Declaration
		for _, d := range ds {
			all = append(all, *d)
		}
		e := graph.DeriveEntity(id, all)
		labels := []string{"Entity", e.Kind.Label()}
		slices.Sort(labels)
		want[id] = entity{entityProps(e), labels}
	}
	rows, err := c.rows("MATCH (e:Entity) RETURN properties(e) AS e, labels(e) AS labels", nil)
	for _, row := range rows {
		labels := row.strings("labels")
		slices.Sort(labels)
		is[row.props("e").string("id")] = entity{row.props("e"), labels}
	}
	c.found = append(c.found, graph.Differ(graph.EntityDamage, "entity", is, want, func(a, b entity) bool { return reflect.DeepEqual(a, b) })...)
	return err
}

// triples derives every claim again from its evidences.
func (c *checker) triples() error {
	rows, err := c.rows("MATCH (t:Triple) RETURN t.id AS id, t.claim AS claim", nil)
	if err != nil {
		return err
	}
	slices.SortFunc(rows, func(a, b props) int {
		return strings.Compare(a.string("claim")+"\n"+a.string("id"), b.string("claim")+"\n"+b.string("id"))
	})
	c.sums = map[string]graph.Dyad{}
	for len(rows) > 0 {
		n := min(len(rows), checkedAtOnce)
		for n < len(rows) && rows[n].string("claim") == rows[n-1].string("claim") {
			n++
		}
		ids := make([]string, n)
		for i, row := range rows[:n] {
			ids[i] = row.string("id")
		}
		if err := c.claims(ids); err != nil {
			return err
		}
		rows = rows[n:]
	}
	return nil
}

// checkedNode is a triple as its node and edges have it.
type checkedNode struct {
	props props
	label string
	roles string
}

// claims checks the triples of some whole claims.
func (c *checker) claims(ids []string) error {
	nodes := map[string]checkedNode{}
	err := c.each(`UNWIND $ids AS id MATCH (t:Triple {id: id}) RETURN properties(t) AS t, [l IN labels(t) WHERE l <> 'Triple'] AS labels,
		COLLECT { MATCH (t)-[r:SUBJECT|OBJECT|MEDIATOR|PLACE]->(e) RETURN type(r) + ' ' + coalesce(e.id, '?') } AS roles`, ids, func(row props) error {
		to := row.strings("roles")
		slices.Sort(to)
		nodes[row.props("t").string("id")] = checkedNode{row.props("t"), strings.Join(row.strings("labels"), ":"), fmt.Sprint(to)}
		return nil
	})
	if err != nil {
		return err
	}
	byTriple := map[string][]graph.Statement{}
	err = c.each(`UNWIND $ids AS id MATCH (t:Triple {id: id})-[:EVIDENCE]->(v:Evidence)-[:IN]->(a:Article) RETURN t.id AS triple, `+returnEvidence, ids, func(row props) error {
		if s, ok := c.merges.Statement(statementOf(row).Statement); ok {
			byTriple[row.string("triple")] = append(byTriple[row.string("triple")], s)
		}
		return nil
	})
	if err != nil {
		return err
	}
	claims := map[graph.Claim][]graph.Triple{}
	for _, id := range ids {
		if len(byTriple[id]) == 0 {
			c.say(graph.OrphanDamage, id, graph.MendCopy, "%s: no evidence speaks of the triple", nodes[id].props.string("caption"))
			continue
		}
		d := graph.DeriveTriple(byTriple[id])
		claims[graph.ClaimOf(d.Triple)] = append(claims[graph.ClaimOf(d.Triple)], d)
	}
	for _, members := range claims {
		c.claim(members, nodes)
	}
	return nil
}

// claim compares the triples of one claim, derived, with their nodes.
func (c *checker) claim(members []graph.Triple, nodes map[string]checkedNode) {
	standings := make([]graph.Standing, len(members))
	for i, t := range members {
		standings[i] = graph.StandingOf(t)
	}
	for i, status := range graph.Statuses(standings) {
		t := members[i]
		t.Status = status
		a, b := graph.ClaimOf(t.Triple).Pair()
		d := c.sums[dyadID(a, b)]
		d.A, d.B = a, b
		if d.Add(t) {
			c.sums[dyadID(a, b)] = d
		}
		n, ok := nodes[t.ID]
		if !ok {
			c.say(graph.TripleDamage, t.ID, graph.MendCopy, "%s: evidences of the triple hang on another one", t.Triple)
			continue
		}
		if is := n.props.string("status"); is != string(status) {
			c.say(graph.StatusDamage, t.ID, graph.MendCopy, "%s: its status is %s, and by its evidences it is %s", t.Triple, is, status)
			n.props["status"] = string(status)
		}
		to := map[string][]string{"SUBJECT": {t.Subject}, "OBJECT": {t.Object}, mediator: t.Mediators, place: t.Places}
		want := checkedNode{tripleProps(t), "Event", fmt.Sprint(roles(to))}
		if t.Relation.Info().Tie {
			want.label = "Tie"
		}
		c.found = append(c.found, graph.Differ(graph.TripleDamage, "triple", map[string]checkedNode{t.ID: n}, map[string]checkedNode{t.ID: want},
			func(a, b checkedNode) bool { return reflect.DeepEqual(a, b) })...)
	}
}

// edge is an edge between two parties.
type edge struct {
	from, to string
	props    props
}

// edges compares the edges of every type with the nodes of their triples, which were checked before.
func (c *checker) edges() error {
	for _, info := range schema.Relations() {
		is, want := map[string]edge{}, map[string]edge{}
		name := string(info.Relation)
		rows, err := c.rows("MATCH (t:Triple {type: $type}) WHERE t.status IN ['asserted', 'disputed'] RETURN properties(t) AS t", props{"type": name})
		if err != nil {
			return err
		}
		for _, row := range rows {
			p := row.props("t")
			kept := props{}
			for _, key := range edgeKeys(info.Tie) {
				if v, ok := p[key]; ok {
					kept[key] = v
				}
			}
			want[p.string("id")] = edge{p.string("subject"), p.string("object"), kept}
		}
		rows, err = c.rows("MATCH (s)-[r:"+name+"]->(o) RETURN s.id AS from, o.id AS to, properties(r) AS r", nil)
		if err != nil {
			return err
		}
		for _, row := range rows {
			is[row.props("r").string("id")] = edge{row.string("from"), row.string("to"), row.props("r")}
		}
		c.found = append(c.found, graph.Differ(graph.EdgeDamage, name+" edge", is, want, func(a, b edge) bool { return reflect.DeepEqual(a, b) })...)
	}
	return nil
}

// edgeKeys are the properties that an edge may have of its triple's node.
func edgeKeys(tie bool) []string {
	if tie {
		return []string{"id", "status", "sources", "confidence", "date", "dateEnd", "when", "basis", "role", "since", "until", "from", "to", "firstSeen", "lastSeen"}
	}
	return []string{"id", "status", "sources", "confidence", "date", "dateEnd", "when", "basis", "score"}
}

func (c *checker) dyads() error {
	is, want := map[string]edge{}, map[string]edge{}
	for id, d := range c.sums {
		want[id] = edge{d.A, d.B, dyadProps(d)}
	}
	rows, err := c.rows("MATCH (a)-[d:DYAD]->(b) RETURN a.id AS from, b.id AS to, properties(d) AS d", nil)
	for _, row := range rows {
		is[row.props("d").string("id")] = edge{row.string("from"), row.string("to"), row.props("d")}
	}
	c.found = append(c.found, graph.Differ(graph.DyadDamage, "sum", is, want, func(a, b edge) bool { return reflect.DeepEqual(a, b) })...)
	return err
}

// orphans finds nodes that hang on nothing and those that are not of this graph at all.
func (c *checker) orphans() error {
	for _, o := range []struct{ label, cypher string }{
		{"evidence", "MATCH (n:Evidence) WHERE NOT (n)-[:IN]->(:Article) RETURN n.id AS id"},
		{"reading", "MATCH (n:Reading) WHERE NOT (n)-[:OF]->(:Article) RETURN n.id AS id"},
		{"description", "MATCH (n:Description) WHERE NOT (n)<-[:NAMES|DECLARES]-(:Reading) RETURN n.id AS id"},
		{"node of another program", "MATCH (n) WHERE NOT n:Entity AND NOT n:Triple AND NOT n:Evidence AND NOT n:Article AND NOT n:Reading AND NOT n:Description " +
			"AND NOT n:Decision AND NOT n:Former AND NOT n:Entente AND NOT n:Run RETURN elementId(n) AS id"},
	} {
		ids, err := c.ids(o.cypher)
		if err != nil {
			return err
		}
		for _, id := range ids {
			c.say(graph.OrphanDamage, id, graph.MendCopy, "the %s belongs to nothing", o.label)
		}
	}
	return nil
}
