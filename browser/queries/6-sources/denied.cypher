// What is only denied
// Events of which all sources say that they did not happen.
MATCH (t:Event {status: 'denied'})-[:EVIDENCE]->(v:Evidence)-[:IN]->(a:Article)
OPTIONAL MATCH (v)-[:SAID_BY]->(s:Entity)
RETURN t.caption AS event, v.quote AS quote, s.name AS speaker, a.id AS article
ORDER BY t.date, event, article, v.start;
