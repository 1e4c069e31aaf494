// The surroundings of a party, drawn
// A party, those it deals with, and how those deal with one another.
WITH 'GEO' AS one
MATCH (a:Entity) WHERE a.id = one OR a.name = one
MATCH (a)-[x:DYAD]-(b:Entity)
OPTIONAL MATCH p = (b)-[y:DYAD]-(c:Entity)-[z:DYAD]-(a)
RETURN a, x, b, p
ORDER BY b.id, c.id;
