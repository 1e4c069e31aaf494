// How the members of a bloc behave towards a party
// Members as articles name them, with the sum of what each did to the party.
WITH 'NATO' AS bloc, 'RUS' AS other
MATCH (o:Entity) WHERE o.id = bloc OR o.name = bloc
MATCH (b:Entity) WHERE b.id = other OR b.name = other
MATCH (m:Entity)-[:MEMBER_OF]->(o)
OPTIONAL MATCH (m)-[r]->(b)
WHERE r.score IS NOT NULL
RETURN m.name AS member, count(r) AS events, coalesce(sum(r.score), 0) AS net
ORDER BY net, member;
