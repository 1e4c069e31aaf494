// Through whom a party acted
// People whose deed counts as a deed of their state or organisation.
MATCH (p:Entity)<-[:AGENT]-(v:Evidence)<-[:EVIDENCE]-(t:Event)-[:SUBJECT]->(e:Entity)
WITH p, e, t ORDER BY t.caption
RETURN p.name AS person, e.name AS party, count(DISTINCT t) AS events, collect(DISTINCT t.type) AS types
ORDER BY events DESC, person, party
LIMIT 30;
