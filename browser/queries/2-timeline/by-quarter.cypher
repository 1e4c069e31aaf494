// Score of two parties by quarter
// The mean score of the events of each quarter of a year; events of which only the year is known are left out.
WITH 'RUS' AS one, 'NATO' AS other
MATCH (a:Entity) WHERE a.id = one OR a.name = one
MATCH (b:Entity) WHERE b.id = other OR b.name = other
MATCH (a)-[r]-(b)
WHERE r.score IS NOT NULL AND r.dateEnd <= r.date + duration('P92D')
RETURN r.date.year AS year, r.date.quarter AS quarter, count(*) AS events, round(avg(r.score), 2) AS mean
ORDER BY year, quarter;
