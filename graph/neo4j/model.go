package neo4j

import (
	"fmt"
	"strings"

	"entente/schema"
)

// Model is the version of the graph model below. It is stored in the graph; another one is not touched. Model 2 has words to search for.
const Model = 2

// wordsIndex is the full-text index of what can be searched. The words of names, titles and quotes are as graph.Words makes them, so that a search
// finds the same in every store.
const wordsIndex = "words"

// keyed lists the labels whose nodes have a unique id.
var keyed = []string{"Entity", "Triple", "Evidence", "Article", "Reading", "Description", "Decision", "Former", "Entente"}

// Schema is the Cypher that makes the constraints and indexes of the graph, one statement a line, each ended by a semicolon. Running it
// again changes nothing. Community Edition of 5.7 or later suffices: it uses neither existence nor type constraints.
func Schema() string {
	var b strings.Builder
	fmt.Fprintf(&b, "// Constraints and indexes of Entente's graph, model %d. Running this again changes nothing.\n", Model)
	for _, s := range schemaStatements() {
		b.WriteString(s.cypher + ";\n")
	}
	return b.String()
}

// schemaStatement is one command of the schema with the name of the constraint or index that it makes.
type schemaStatement struct{ name, cypher string }

func schemaStatements() []schemaStatement {
	var out []schemaStatement
	add := func(kind, name, rest string) {
		out = append(out, schemaStatement{name, "CREATE " + kind + " " + name + " IF NOT EXISTS FOR " + rest})
	}
	for _, label := range keyed {
		add("CONSTRAINT", strings.ToLower(label)+"_id", "(n:"+label+") REQUIRE n.id IS UNIQUE")
	}
	for _, info := range schema.Relations() {
		add("CONSTRAINT", strings.ToLower(string(info.Relation))+"_id", "()-[r:"+string(info.Relation)+"]-() REQUIRE r.id IS UNIQUE")
	}
	add("CONSTRAINT", "dyad_id", "()-[r:DYAD]-() REQUIRE r.id IS UNIQUE")
	add("INDEX", "entity_name", "(n:Entity) ON (n.name)")
	add("INDEX", "triple_pair", "(n:Triple) ON (n.pair)")
	add("INDEX", "triple_claim_days", "(n:Triple) ON (n.claim, n.firstDay, n.lastDay)")
	add("INDEX", "triple_type_date", "(n:Triple) ON (n.type, n.date)")
	add("INDEX", "triple_date", "(n:Triple) ON (n.date)")
	add("INDEX", "article_published", "(n:Article) ON (n.published)")
	add("INDEX", "description_entity", "(n:Description) ON (n.entity)")
	add("FULLTEXT INDEX", wordsIndex, "(n:Entity|Evidence|Article) ON EACH [n.words] OPTIONS {indexConfig: {`fulltext.analyzer`: 'whitespace'}}")
	return out
}

// The statements that write the graph. Each takes $rows, and says how many of them it found a place for. Types and labels that vary come from
// the closed lists of package schema; data never enters the text.
const (
	createArticles = `UNWIND $rows AS row CREATE (a:Article) SET a = row.props RETURN count(*) AS n`
	setArticles    = `UNWIND $rows AS row MATCH (a:Article {id: row.id}) SET a = row.props RETURN count(*) AS n`
	deleteArticles = `UNWIND $rows AS row MATCH (a:Article {id: row.id}) DELETE a RETURN count(*) AS n`

	createReadings = `UNWIND $rows AS row MATCH (a:Article {id: row.article}) CREATE (r:Reading)-[:OF]->(a) SET r = row.props RETURN count(*) AS n`
	deleteReadings = `UNWIND $rows AS row MATCH (r:Reading {id: row.id}) DETACH DELETE r RETURN count(*) AS n`

	mergeDescriptions = `UNWIND $rows AS row MERGE (d:Description {id: row.id}) ON CREATE SET d.entity = row.entity, d.json = row.json RETURN count(*) AS n`
	sweepDescriptions = `UNWIND $rows AS row MATCH (d:Description {id: row.id}) WHERE NOT (d)<-[:NAMES|DECLARES]-() DELETE d`
	createNames       = `UNWIND $rows AS row MATCH (r:Reading {id: row.reading}) MATCH (d:Description {id: row.description}) CREATE (r)-[:NAMES]->(d) RETURN count(*) AS n`
	createDeclares    = `UNWIND $rows AS row MATCH (r:Reading {id: row.reading}) MATCH (d:Description {id: row.description}) CREATE (r)-[:DECLARES]->(d) RETURN count(*) AS n`

	deleteEntities = `UNWIND $rows AS row MATCH (e:Entity {id: row.id}) DELETE e RETURN count(*) AS n`

	setTriples    = `UNWIND $rows AS row MATCH (t:Triple {id: row.id}) SET t = row.props RETURN count(*) AS n`
	deleteTriples = `UNWIND $rows AS row MATCH (t:Triple {id: row.id}) DETACH DELETE t RETURN count(*) AS n`

	createEvidence = `UNWIND $rows AS row MATCH (a:Article {id: row.article}) MATCH (t:Triple {id: row.triple})
		CREATE (t)-[:EVIDENCE]->(v:Evidence)-[:IN]->(a) SET v = row.props RETURN count(*) AS n`
	createHiddenEvidence = `UNWIND $rows AS row MATCH (a:Article {id: row.article}) CREATE (v:Evidence)-[:IN]->(a) SET v = row.props RETURN count(*) AS n`
	setEvidence          = `UNWIND $rows AS row MATCH (v:Evidence {id: row.id}) SET v = row.props RETURN count(*) AS n`
	deleteEvidence       = `UNWIND $rows AS row MATCH (v:Evidence {id: row.id}) DETACH DELETE v RETURN count(*) AS n`
	unlinkEvidence       = `UNWIND $rows AS row MATCH (v:Evidence {id: row.id})
		OPTIONAL MATCH (v)-[r:SAID_BY|AGENT|OBJECT_AGENT|INITIATOR]->()
		OPTIONAL MATCH ()-[s:EVIDENCE]->(v)
		DELETE r, s RETURN count(DISTINCT v) AS n`
	linkEvidence = `UNWIND $rows AS row MATCH (t:Triple {id: row.from}) MATCH (v:Evidence {id: row.to}) CREATE (t)-[:EVIDENCE]->(v) RETURN count(*) AS n`

	unlinkTriples = `UNWIND $rows AS row MATCH (t:Triple {id: row.id}) OPTIONAL MATCH (t)-[r:MEDIATOR|PLACE]->() DELETE r RETURN count(DISTINCT t) AS n`

	forgetFormer = `UNWIND $rows AS row MATCH (f:Former)-[:NOW]->(t:Triple {id: row.id}) DETACH DELETE f`
	mergeFormer  = `UNWIND $rows AS row MATCH (t:Triple {id: row.to}) MERGE (f:Former {id: row.from}) MERGE (f)-[:NOW]->(t) RETURN count(*) AS n`

	mergeDyads = `UNWIND $rows AS row MATCH (a:Entity {id: row.a}) MATCH (b:Entity {id: row.b})
		MERGE (a)-[d:DYAD {id: row.id}]->(b) SET d = row.props RETURN count(*) AS n`
	deleteDyads = `UNWIND $rows AS row MATCH ()-[d:DYAD {id: row.id}]->() DELETE d RETURN count(*) AS n`
)

// upsertEntities is the statement for entities of one kind: their label, and no other kind's, is set.
func upsertEntities(kind schema.Kind) string {
	var others strings.Builder
	for _, k := range schema.Kinds() {
		if k != kind {
			others.WriteString(":" + k.Label())
		}
	}
	return "UNWIND $rows AS row MERGE (e:Entity {id: row.id}) SET e = row.props, e:" + kind.Label() + " REMOVE e" + others.String() + " RETURN count(*) AS n"
}

// createTriples is the statement for triples with the label Event or Tie.
func createTriples(tie bool) string {
	label := "Event"
	if tie {
		label = "Tie"
	}
	return "UNWIND $rows AS row MATCH (s:Entity {id: row.subject}) MATCH (o:Entity {id: row.object})\n" +
		"CREATE (s)<-[:SUBJECT]-(t:Triple:" + label + ")-[:OBJECT]->(o) SET t = row.props RETURN count(*) AS n"
}

// The roles in which an evidence or a triple names an entity besides its parties: the types of the edges to it.
const (
	saidBy      = "SAID_BY"
	agent       = "AGENT"
	objectAgent = "OBJECT_AGENT"
	initiator   = "INITIATOR"
	mediator    = "MEDIATOR"
	place       = "PLACE"
)

// createRoles is the statement for edges of one role from evidences or triples to entities.
func createRoles(role string) string {
	from := "Evidence"
	if role == mediator || role == place {
		from = "Triple"
	}
	return "UNWIND $rows AS row MATCH (v:" + from + " {id: row.from}) MATCH (e:Entity {id: row.to}) CREATE (v)-[:" + role + "]->(e) RETURN count(*) AS n"
}

// createEdges, setEdges and deleteEdges are the statements for the edges that people read, of one type.
func createEdges(r schema.Relation) string {
	return "UNWIND $rows AS row MATCH (s:Entity {id: row.subject}) MATCH (o:Entity {id: row.object}) CREATE (s)-[r:" + string(r) +
		"]->(o) SET r = row.props RETURN count(*) AS n"
}

func setEdges(r schema.Relation) string {
	return "UNWIND $rows AS row MATCH ()-[r:" + string(r) + " {id: row.id}]->() SET r = row.props RETURN count(*) AS n"
}

func deleteEdges(r schema.Relation) string {
	return "UNWIND $rows AS row MATCH ()-[r:" + string(r) + " {id: row.id}]->() DELETE r RETURN count(*) AS n"
}
