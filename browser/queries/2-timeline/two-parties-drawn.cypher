// Two parties, drawn
// All edges between two parties, to be looked at as a graph: thick and red is conflict, green cooperation.
WITH 'RUS' AS one, 'NATO' AS other
MATCH (a:Entity) WHERE a.id = one OR a.name = one
MATCH (b:Entity) WHERE b.id = other OR b.name = other
MATCH p = (a)-[r]-(b)
WHERE r.score IS NOT NULL
RETURN p
ORDER BY r.date, r.id;
