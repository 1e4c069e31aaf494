// People with more than one office
// Those whom articles name for several parties or roles: careers, and mistakes to be found.
MATCH (p:Person)-[r:REPRESENTS|LEADS]->(e:Entity)
WITH p, r, e ORDER BY r.firstSeen, e.name, r.role
WITH p, collect(e.name + ': ' + coalesce(r.role, '?')) AS offices
WHERE size(offices) > 1
RETURN p.name AS person, offices
ORDER BY person;
