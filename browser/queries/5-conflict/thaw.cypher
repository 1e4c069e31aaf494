// Conflict that gave way
// Pairs whose first events were hostile and whose last are not, by halves of their history.
MATCH (a:Entity)-[r]-(b:Entity)
WHERE a.id < b.id AND r.score IS NOT NULL AND r.date IS NOT NULL
WITH a, b, r ORDER BY r.date, r.id
WITH a, b, collect(r.score) AS scores
WHERE size(scores) >= 4
WITH a, b, scores, size(scores) / 2 AS half
WITH a, b, size(scores) AS events, reduce(s = 0.0, x IN scores[0..half] | s + x) / half AS early, reduce(s = 0.0, x IN scores[half..] | s + x) / (size(scores) - half) AS late
WHERE early < late
RETURN a.name AS one, b.name AS other, events, round(early, 2) AS early, round(late, 2) AS late
ORDER BY late - early DESC, one, other;
