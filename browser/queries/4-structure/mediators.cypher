// Who mediates between whom
// Parties that brought two others together.
MATCH (m:Entity)<-[:MEDIATOR]-(t:Event), (t)-[:SUBJECT]->(a:Entity), (t)-[:OBJECT]->(b:Entity)
WITH m, a, b, t ORDER BY t.date
RETURN m.name AS mediator, a.name AS one, b.name AS other, count(*) AS times, collect(toString(t.date)) AS dates
ORDER BY times DESC, mediator, one, other;
