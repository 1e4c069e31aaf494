// Who deals with whom
// The picture to begin with: every pair of parties with an event between them. Double-click a party to see its events.
MATCH p = (a:Entity)-[d:DYAD]->(b:Entity)
WHERE d.events >= 1
RETURN p
ORDER BY d.events DESC, a.id, b.id
LIMIT 100;
