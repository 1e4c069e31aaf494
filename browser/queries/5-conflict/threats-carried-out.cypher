// Threats, and what followed
// Material acts of the one who threatened against the threatened within a year.
MATCH (a:Entity)-[x:THREATEN]->(b:Entity)
OPTIONAL MATCH (a)-[y:SANCTION|COERCE|ASSAULT]->(b)
WHERE y.date > x.dateEnd AND y.date <= x.dateEnd + duration('P1Y')
WITH a, b, x, y ORDER BY y.date, type(y)
WITH a, b, x, collect(type(y) + ' ' + toString(y.date)) AS followed
RETURN a.name AS threatens, b.name AS threatened, coalesce(x.when, '~' + toString(x.date)) AS on, followed
ORDER BY x.date, threatens, threatened, x.id;
