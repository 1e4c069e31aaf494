// Who represents a party, and when
// Envoys, ministers, spokespeople and leaders of a party, with the days on which articles show them in office.
WITH 'RUS' AS one
MATCH (e:Entity) WHERE e.id = one OR e.name = one
MATCH (p:Entity)-[r:REPRESENTS|LEADS]->(e)
RETURN p.name AS person, type(r) AS tie, r.role AS role, r.since AS since, r.until AS until, r.firstSeen AS first_seen, r.lastSeen AS last_seen
ORDER BY r.firstSeen, person, role;
