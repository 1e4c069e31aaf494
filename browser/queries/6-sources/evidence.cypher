// Evidence of a relation
// Every sentence about two parties, with the place in its article: bytes from start to end.
WITH 'RUS' AS one, 'NATO' AS other
MATCH (a:Entity) WHERE a.id = one OR a.name = one
MATCH (b:Entity) WHERE b.id = other OR b.name = other
MATCH (a)<-[:SUBJECT|OBJECT]-(t:Triple)-[:SUBJECT|OBJECT]->(b)
MATCH (t)-[:EVIDENCE]->(v:Evidence)-[:IN]->(d:Article)
WHERE t.date >= date('2008-01-01') AND t.date <= date('2008-12-31')
RETURN t.caption AS what, v.status AS status, v.quote AS quote, d.id AS article, v.start AS start, v.end AS end, v.rule AS rule
ORDER BY t.date, article, start, what;
