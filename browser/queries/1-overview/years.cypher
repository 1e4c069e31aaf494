// Cooperation and conflict by year
// One line for each year: how many events, and their mean score.
MATCH (t:Event)
WHERE t.status IN ['asserted', 'disputed'] AND t.date IS NOT NULL
RETURN t.date.year AS year, count(*) AS events, round(avg(t.score), 2) AS mean, sum(CASE WHEN t.score < 0 THEN 1 ELSE 0 END) AS hostile
ORDER BY year;
