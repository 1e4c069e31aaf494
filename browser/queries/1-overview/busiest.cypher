// The busiest pairs, with their balance
// net is the sum of the scores of all events, mean their average: above 0 is cooperation, below 0 conflict.
MATCH (a:Entity)-[d:DYAD]->(b:Entity)
RETURN a.name AS one, b.name AS other, d.events AS events, d.net AS net, round(d.net / d.events, 2) AS mean, d.first AS first, d.last AS last
ORDER BY events DESC, one, other
LIMIT 25;
