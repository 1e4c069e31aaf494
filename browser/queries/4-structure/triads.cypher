// My friend is the enemy of my friend
// Triads that are out of balance: of three parties that deal with each other, one pair or all three are on bad terms.
MATCH (a:Entity)-[x:DYAD]-(b:Entity)-[y:DYAD]-(c:Entity)-[z:DYAD]-(a)
WHERE a.id < b.id AND b.id < c.id
WITH a, b, c, x, y, z, [d IN [x, y, z] WHERE d.net < 0] AS hostile
WHERE size(hostile) IN [1, 3]
RETURN a.name AS a, b.name AS b, c.name AS c, x.net AS a_b, y.net AS b_c, z.net AS c_a
ORDER BY abs(x.net) + abs(y.net) + abs(z.net) DESC, a, b, c
LIMIT 50;
