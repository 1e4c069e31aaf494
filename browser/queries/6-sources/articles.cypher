// Articles about two parties
// Where to read on: articles with most evidence about a pair.
WITH 'RUS' AS one, 'NATO' AS other
MATCH (a:Entity) WHERE a.id = one OR a.name = one
MATCH (b:Entity) WHERE b.id = other OR b.name = other
MATCH (a)<-[:SUBJECT|OBJECT]-(t:Triple)-[:SUBJECT|OBJECT]->(b)
MATCH (t)-[:EVIDENCE]->(v:Evidence)-[:IN]->(d:Article)
RETURN d.id AS article, d.title AS title, d.when AS published, count(DISTINCT v) AS sentences
ORDER BY sentences DESC, article
LIMIT 15;
