// Accusation answered by pressure
// Within 30 days of an accusation the accused sanctions, threatens, coerces or attacks the accuser.
MATCH (a:Entity)-[x:ACCUSE]->(b:Entity)-[y:SANCTION|THREATEN|COERCE|ASSAULT]->(a)
WHERE y.date >= x.date AND y.date <= x.dateEnd + duration('P30D') AND x.dateEnd <= x.date + duration('P31D')
RETURN a.name AS accuser, b.name AS accused, coalesce(x.when, '~' + toString(x.date)) AS accused_on, type(y) AS answer, coalesce(y.when, '~' + toString(y.date)) AS answered_on
ORDER BY x.date, y.date, accuser, answer;
