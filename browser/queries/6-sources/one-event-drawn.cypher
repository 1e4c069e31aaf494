// One event with its evidence, drawn
// An event, its parties, the sentences that tell of it, who said them, and their articles.
MATCH (t:Event {type: 'SANCTION'})
WITH t ORDER BY t.date, t.id LIMIT 1
MATCH p = (t)-[:SUBJECT|OBJECT]->(:Entity)
OPTIONAL MATCH e = (t)-[:EVIDENCE]->(v:Evidence)-[:IN]->(:Article)
OPTIONAL MATCH s = (v)-[:SAID_BY|AGENT]->(:Entity)
RETURN p, e, s;
