// Answered in kind
// The same hostile act returned within 60 days.
MATCH (a:Entity)-[x]->(b:Entity)-[y]->(a)
WHERE x.score < 0 AND type(x) = type(y) AND x.dateEnd < y.date AND y.date <= x.dateEnd + duration('P60D')
RETURN a.name AS first, type(x) AS act, toString(x.date) AS on, b.name AS second, toString(y.date) AS answered
ORDER BY on, answered, first, act;
