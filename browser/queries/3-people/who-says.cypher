// Who says what about whom
// Speakers of the sentences that are evidence, with what they say is so, is not so, or will be.
MATCH (t:Event)-[:EVIDENCE]->(v:Evidence)-[:SAID_BY]->(p:Entity)
WITH p, t, v ORDER BY t.caption
RETURN p.name AS speaker, t.type AS type, v.status AS status, count(*) AS times, collect(DISTINCT t.caption)[0..3] AS examples
ORDER BY times DESC, speaker, type, status
LIMIT 50;
