// Events without a date of their own
// Their day is that of the report: it happened then or before.
MATCH (t:Event)
WHERE t.when IS NULL
RETURN t.type AS type, count(*) AS events
ORDER BY events DESC, type;
