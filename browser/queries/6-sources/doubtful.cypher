// Least sure
// What rests on one sentence that the extractor was least sure of: read these first.
MATCH (t:Triple)-[:EVIDENCE]->(v:Evidence)-[:IN]->(a:Article)
WHERE t.sources = 1
WITH t, v, a ORDER BY v.confidence DESC, v.id
WITH t, head(collect(v)) AS v, head(collect(a)) AS a
RETURN t.caption AS what, round(t.confidence, 2) AS confidence, v.quote AS quote, v.rule AS rule, a.id AS article
ORDER BY confidence, what
LIMIT 20;
