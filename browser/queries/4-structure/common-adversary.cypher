// Who shares an adversary
// Pairs that are both on bad terms with a third, and how they get on with one another.
MATCH (a:Entity)-[x:DYAD]-(c:Entity)-[y:DYAD]-(b:Entity)
WHERE a.id < b.id AND x.net < 0 AND y.net < 0
OPTIONAL MATCH (a)-[d:DYAD]-(b)
RETURN c.name AS adversary, a.name AS one, b.name AS other, d.net AS between_them
ORDER BY adversary, one, other
LIMIT 50;
