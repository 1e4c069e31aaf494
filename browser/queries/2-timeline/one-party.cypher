// Timeline of one party
// All that a party did and that was done to it in a time.
WITH 'IRN' AS one
MATCH (a:Entity) WHERE a.id = one OR a.name = one
MATCH (a)-[r]-(b:Entity)
WHERE r.score IS NOT NULL AND r.date >= date('2016-01-01') AND r.date <= date('2016-12-31')
RETURN coalesce(r.when, '~' + toString(r.date)) AS when, startNode(r).name AS actor, type(r) AS act, endNode(r).name AS recipient, r.score AS score
ORDER BY r.date, actor, act, recipient;
