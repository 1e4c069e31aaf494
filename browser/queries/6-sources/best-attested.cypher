// Best attested
// Events that most articles tell of; near-copies of one article count once.
MATCH (t:Event)
WHERE t.sources > 1
RETURN t.caption AS event, t.status AS status, t.sources AS sources, round(t.confidence, 2) AS confidence
ORDER BY sources DESC, event
LIMIT 25;
