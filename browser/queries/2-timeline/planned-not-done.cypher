// Planned but not done
// What was announced, and no source says within the year that it happened.
MATCH (s:Entity)<-[:SUBJECT]-(t:Event {status: 'planned'})-[:OBJECT]->(o:Entity)
OPTIONAL MATCH (s)<-[:SUBJECT|OBJECT]-(d:Event)-[:SUBJECT|OBJECT]->(o)
WHERE d.type = t.type AND d.status IN ['asserted', 'disputed'] AND d.dateEnd >= t.date AND d.date <= t.date + duration('P1Y')
WITH s, o, t, count(d) AS done
WHERE done = 0
MATCH (t)-[:EVIDENCE]->(v:Evidence)-[:IN]->(a:Article)
RETURN t.caption AS planned, min(v.quote) AS quote, min(a.id) AS article
ORDER BY planned;
