// Who repeats whom
// The same sentence in several articles: one origin, not several sources.
MATCH (:Event)-[:EVIDENCE]->(v:Evidence)-[:IN]->(a:Article)
WITH v.quote AS quote, collect(DISTINCT a.id) AS articles
WHERE size(articles) > 1
UNWIND articles AS article
WITH quote, article ORDER BY article
RETURN quote, collect(article) AS articles
ORDER BY quote
LIMIT 25;
