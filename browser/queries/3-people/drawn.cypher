// The people of a party, drawn
// A party with all who lead or represent it.
WITH 'NATO' AS one
MATCH (e:Entity) WHERE e.id = one OR e.name = one
MATCH path = (p:Entity)-[r:REPRESENTS|LEADS]->(e)
RETURN path
ORDER BY p.id, r.id;
