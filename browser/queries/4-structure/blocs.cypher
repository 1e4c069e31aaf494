// Blocs: who cooperates with whom
// Three parties that are all on good terms with each other, strongest first.
MATCH (a:Entity)-[x:DYAD]-(b:Entity)-[y:DYAD]-(c:Entity)-[z:DYAD]-(a)
WHERE a.id < b.id AND b.id < c.id AND x.net > 0 AND y.net > 0 AND z.net > 0
RETURN a.name AS a, b.name AS b, c.name AS c, x.net + y.net + z.net AS strength
ORDER BY strength DESC, a, b, c
LIMIT 25;
