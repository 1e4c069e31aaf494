// What happened, by type
// How many events and ties there are of each type and status.
MATCH (t:Triple)
RETURN t.type AS type, t.status AS status, count(*) AS triples, round(avg(t.confidence), 2) AS confidence
ORDER BY type, status;
