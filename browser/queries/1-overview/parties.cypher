// The busiest parties
// How often each acted and was acted upon. Denied and planned events are not counted.
MATCH (e:Entity)-[r]-()
WHERE r.score IS NOT NULL
RETURN e.name AS party, e.kind AS kind, count(CASE WHEN startNode(r) = e THEN 1 END) AS acted, count(CASE WHEN endNode(r) = e THEN 1 END) AS acted_upon
ORDER BY acted + acted_upon DESC, party
LIMIT 25;
