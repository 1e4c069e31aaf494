// Who speaks for a party on a day
// Those whose tie is known for that day: between the first and last article that shows it.
WITH 'USA' AS one, date('2014-06-01') AS day
MATCH (e:Entity) WHERE e.id = one OR e.name = one
MATCH (p:Entity)-[r:REPRESENTS|LEADS]->(e)
WHERE coalesce(r.from, r.firstSeen) <= day AND coalesce(r.to, r.lastSeen) >= day
RETURN p.name AS person, type(r) AS tie, r.role AS role
ORDER BY person, role;
