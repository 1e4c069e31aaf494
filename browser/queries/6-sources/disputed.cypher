// Claims on which the sources disagree
// One sentence says it is so, another that it is not, of days that meet.
MATCH (s:Entity)<-[:SUBJECT]-(t:Triple {status: 'disputed'})-[:OBJECT]->(o:Entity)
MATCH (x:Article)<-[:IN]-(y:Evidence {status: 'asserted'})<-[:EVIDENCE]-(p:Triple {claim: t.claim})
MATCH (z:Article)<-[:IN]-(n:Evidence {status: 'negated'})<-[:EVIDENCE]-(q:Triple {claim: t.claim})
WHERE p.firstDay <= q.lastDay AND q.firstDay <= p.lastDay
OPTIONAL MATCH (n)-[:SAID_BY]->(w:Entity)
RETURN DISTINCT s.name AS party, t.type AS type, o.name AS other, y.quote AS asserted, x.id AS by, n.quote AS denied, z.id AS and_by, w.name AS speaker
ORDER BY party, type, other, by, asserted, and_by, denied;
