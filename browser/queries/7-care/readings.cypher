// Which extractor read what
// Articles by extractor and version: two versions side by side are two opinions.
MATCH (r:Reading)
RETURN r.extractor AS extractor, count(*) AS articles, sum(r.triples) AS triples
ORDER BY extractor;
