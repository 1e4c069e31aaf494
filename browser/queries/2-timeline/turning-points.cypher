// Turning points of two parties
// Quarters in which the mean score changes its sign: from conflict to cooperation or back.
WITH 'RUS' AS one, 'NATO' AS other
MATCH (a:Entity) WHERE a.id = one OR a.name = one
MATCH (b:Entity) WHERE b.id = other OR b.name = other
MATCH (a)-[r]-(b)
WHERE r.score IS NOT NULL AND r.dateEnd <= r.date + duration('P92D')
WITH r.date.year AS year, r.date.quarter AS quarter, avg(r.score) AS score, count(*) AS events
ORDER BY year, quarter
WITH collect({year: year, quarter: quarter, score: score, events: events}) AS s
UNWIND range(1, size(s) - 1) AS i
WITH s[i - 1] AS before, s[i] AS after
WHERE (before.score < 0) <> (after.score < 0)
RETURN after.year AS year, after.quarter AS quarter, round(before.score, 2) AS was, round(after.score, 2) AS became, after.events AS events;
