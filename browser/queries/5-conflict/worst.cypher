// The most hostile events
// Lowest scores first, newest of those first.
MATCH (t:Event)
WHERE t.status IN ['asserted', 'disputed'] AND t.score < 0
RETURN t.caption AS what, t.mode AS mode, t.score AS score, t.sources AS sources
ORDER BY score, t.date DESC, what
LIMIT 25;
