// Search the quotes
// Words in any order, in small letters without accents; add * for the beginning of a word, + for words that must be there.
CALL db.index.fulltext.queryNodes('words', '+missile* +russia') YIELD node, score
WHERE node:Evidence
MATCH (node)<-[:EVIDENCE]-(t:Triple)
RETURN DISTINCT t.caption AS what, node.quote AS quote
ORDER BY what, quote
LIMIT 25;
