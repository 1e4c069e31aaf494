package neo4j_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"entente/graph"
	"entente/graph/graphtest"
	"entente/graph/neo4j"
	"entente/graph/neo4j/neo4jtest"
)

// wound is a way to damage a graph: pick finds the things that can be, do does it to $id.
type wound struct {
	name, pick, do string
	kind           graph.DamageKind
	mend           graph.Mend
	thing          bool // the damage names what pick found
}

const (
	anyTriple   = "MATCH (t:Triple) RETURN t.id AS id"
	anyEvidence = "MATCH (:Triple)-[:EVIDENCE]->(v:Evidence) RETURN v.id AS id"
	anyEntity   = "MATCH (e:Entity) RETURN e.id AS id"
	anyArticle  = "MATCH (a:Article) RETURN a.id AS id"
	anyDyad     = "MATCH ()-[d:DYAD]->() RETURN d.id AS id"
	anyEdge     = "MATCH (t:Triple)-[:SUBJECT]->(s), (t)-[:OBJECT]->(o), (s)-[r]->(o) WHERE r.id = t.id RETURN r.id AS id"
)

var wounds = []wound{
	{"bytes of a quote", anyEvidence, "MATCH (v:Evidence {id: $id}) SET v.quote = 'x' + v.quote", graph.QuoteDamage, graph.MendAgain, true},
	{"a byte of a text", anyArticle, "MATCH (a:Article {id: $id}) SET a.text = a.text + '!'", graph.ArticleDamage, graph.MendAgain, true},
	{"another title", anyArticle, "MATCH (a:Article {id: $id}) SET a.title = 'x'", graph.ArticleDamage, graph.MendAgain, true},
	{"missing evidence", anyEvidence, "MATCH (v:Evidence {id: $id}) DETACH DELETE v", graph.ReadingDamage, graph.MendAgain, false},
	{"evidence of another confidence", anyEvidence, "MATCH (v:Evidence {id: $id}) SET v.confidence = 0.123", graph.ReadingDamage, graph.MendAgain, false},
	{"a description that is no JSON", "MATCH (d:Description) RETURN d.id AS id", "MATCH (d:Description {id: $id}) SET d.json = '{'", graph.ReadingDamage, graph.MendAgain, false},
	{"a lost description", "MATCH (d:Description) RETURN d.id AS id", "MATCH (d:Description {id: $id}) DETACH DELETE d", graph.ReadingDamage, graph.MendAgain, false},
	{"evidence of no triple", anyEvidence, "MATCH (v:Evidence {id: $id})<-[r:EVIDENCE]-() DELETE r", graph.EvidenceDamage, graph.MendCopy, true},
	{"evidence in no article", anyEvidence, "MATCH (v:Evidence {id: $id})-[r:IN]->() DELETE r", graph.OrphanDamage, graph.MendCopy, true},
	{"evidence of two triples", anyEvidence, "MATCH (v:Evidence {id: $id})<-[:EVIDENCE]-(s) MATCH (t:Triple) WHERE t <> s WITH v, t LIMIT 1 CREATE (t)-[:EVIDENCE]->(v)", graph.EvidenceDamage, graph.MendCopy, true},
	{"a speaker who said nothing", anyEvidence, "MATCH (v:Evidence {id: $id}) MATCH (e:Entity {id: 'NATO'}) CREATE (v)-[:SAID_BY]->(e)", graph.EvidenceDamage, graph.MendCopy, true},
	{"wrong status", "MATCH (t:Triple {status: 'asserted'}) RETURN t.id AS id", "MATCH (t:Triple {id: $id}) SET t.status = 'denied'", graph.StatusDamage, graph.MendCopy, true},
	{"wrong number of sources", anyTriple, "MATCH (t:Triple {id: $id}) SET t.sources = 7", graph.TripleDamage, graph.MendCopy, true},
	{"wrong confidence", anyTriple, "MATCH (t:Triple {id: $id}) SET t.confidence = 0.111", graph.TripleDamage, graph.MendCopy, true},
	{"wrong date", anyTriple, "MATCH (t:Triple {id: $id}) SET t.date = date('1900-01-01')", graph.TripleDamage, graph.MendCopy, true},
	{"a triple without subject", anyTriple, "MATCH (t:Triple {id: $id})-[r:SUBJECT]->() DELETE r", graph.TripleDamage, graph.MendCopy, true},
	{"a place too many", anyTriple, "MATCH (t:Triple {id: $id}) MATCH (e:Entity {id: 'NATO'}) CREATE (t)-[:PLACE]->(e)", graph.TripleDamage, graph.MendCopy, true},
	{"missing triple", anyTriple, "MATCH (t:Triple {id: $id}) DETACH DELETE t", graph.EvidenceDamage, graph.MendCopy, false},
	{"triple without evidence", anyTriple, "MATCH (t:Triple {id: $id})-[r:EVIDENCE]->() DELETE r", graph.OrphanDamage, graph.MendCopy, true},
	{"missing edge", anyEdge, "MATCH ()-[r]->() WHERE r.id = $id AND type(r) <> 'DYAD' DELETE r", graph.EdgeDamage, graph.MendCopy, true},
	{"orphan edge", anyEntity, "MATCH (e:Entity {id: $id}) CREATE (e)-[:ACCUSE {id: 'nobody said so'}]->(e)", graph.EdgeDamage, graph.MendCopy, false},
	{"edge of another date", anyEdge, "MATCH ()-[r]->() WHERE r.id = $id SET r.date = date('1900-01-01')", graph.EdgeDamage, graph.MendCopy, true},
	{"missing entity", anyEntity, "MATCH (e:Entity {id: $id}) DETACH DELETE e", graph.EntityDamage, graph.MendCopy, true},
	{"another name", anyEntity, "MATCH (e:Entity {id: $id}) SET e.name = e.name + 'x'", graph.EntityDamage, graph.MendCopy, true},
	{"another kind", anyEntity, "MATCH (e:Entity {id: $id}) SET e:Place:Group", graph.EntityDamage, graph.MendCopy, true},
	{"wrong sum of a pair", anyDyad, "MATCH ()-[d:DYAD {id: $id}]->() SET d.net = d.net + 1", graph.DyadDamage, graph.MendCopy, true},
	{"missing pair", anyDyad, "MATCH ()-[d:DYAD {id: $id}]->() DELETE d", graph.DyadDamage, graph.MendCopy, true},
	{"missing former id", "MATCH (f:Former) RETURN f.id AS id", "MATCH (f:Former {id: $id}) DETACH DELETE f", graph.FormerDamage, graph.MendCopy, true},
	{"decisions in a circle", "MATCH (d:Decision) RETURN d.into AS id", "MATCH (d:Decision {into: $id}) CREATE (:Decision {id: d.into, into: d.id})", graph.DecisionDamage, graph.MendDecision, true},
	{"a run that is no JSON", "MATCH (r:Run) RETURN r.json AS id", "MATCH (r:Run {json: $id}) SET r.json = 'x'", graph.RunDamage, graph.MendBackup, false},
	{"article without reading", anyArticle, "MATCH (:Article {id: $id})<-[:OF]-(r) DETACH DELETE r", graph.ArticleDamage, graph.MendCopy, true},
	{"reading without article", anyArticle, "MATCH (:Article {id: $id})<-[o:OF]-(r) DELETE o", graph.OrphanDamage, graph.MendCopy, false},
	{"another program's node", anyArticle, "CREATE (:Movie {title: $id})", graph.OrphanDamage, graph.MendCopy, false},
	{"missing constraint", "SHOW CONSTRAINTS YIELD name RETURN name AS id", "DROP CONSTRAINT `%s`", graph.SchemaDamage, graph.MendCopy, true},
	{"missing index", "SHOW INDEXES YIELD name, owningConstraint, type WHERE owningConstraint IS NULL AND type <> 'LOOKUP' RETURN name AS id", "DROP INDEX `%s`", graph.SchemaDamage, graph.MendCopy, true},
}

// TestCheckDamages damages a sound graph in every way of the table, at a place that a kept seed chooses, and wants it found.
func TestCheckDamages(t *testing.T) {
	server := neo4jtest.Open(t)
	for i, w := range wounds {
		t.Run(w.name, func(t *testing.T) {
			server := neo4jtest.Open(t)
			s := open(t, server)
			defer s.Close()
			graphtest.Fill(t, s)
			if ds := damages(t, s); len(ds) > 0 {
				t.Fatalf("a sound graph: %v", ds)
			}
			things := server.Run(t, w.pick, nil)
			if len(things) == 0 {
				t.Fatalf("nothing to do it to: %s", w.pick)
			}
			rng := rand.New(rand.NewPCG(uint64(i), 20))
			thing := fmt.Sprint(things[rng.IntN(len(things))]["id"])
			cypher := w.do
			if w.kind == graph.SchemaDamage {
				cypher = fmt.Sprintf(w.do, thing)
			}
			server.Run(t, cypher, map[string]any{"id": thing})
			found := damages(t, s)
			for _, d := range found {
				if d.Kind == w.kind && d.Mend == w.mend && (!w.thing || d.Thing == thing) {
					return
				}
			}
			t.Errorf("%s was done to %s, and the check says %v", w.do, thing, found)
		})
	}
	server.DropSchema(t)
}

func damages(t *testing.T, s *neo4j.Store) []graph.Damage {
	t.Helper()
	var out []graph.Damage
	for d, err := range s.Check(t.Context()) {
		if err != nil {
			t.Fatalf("check: %v", err)
		}
		out = append(out, d)
	}
	return out
}
