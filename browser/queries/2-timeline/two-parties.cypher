// Timeline of two parties
// What each did to the other, oldest first. Change the ids or names in the first line and the days in the fifth.
WITH 'RUS' AS one, 'NATO' AS other
MATCH (a:Entity) WHERE a.id = one OR a.name = one
MATCH (b:Entity) WHERE b.id = other OR b.name = other
MATCH (a)-[r]-(b)
WHERE r.score IS NOT NULL AND r.date >= date('2008-01-01') AND r.date <= date('2010-12-31')
RETURN coalesce(r.when, '~' + toString(r.date)) AS when, startNode(r).name AS actor, type(r) AS act, endNode(r).name AS recipient, r.score AS score, r.status AS status, r.sources AS sources
ORDER BY r.date, actor, act, recipient, when;
