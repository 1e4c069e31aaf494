// How two are connected
// The shortest way between two parties or people over memberships, offices and envoys.
WITH 'sergei-lavrov' AS one, 'vladimir-putin' AS other
MATCH (a:Entity {id: one}), (b:Entity {id: other})
MATCH p = shortestPath((a)-[:MEMBER_OF|REPRESENTS|LEADS*..4]-(b))
RETURN [n IN nodes(p) | n.name] AS path, [r IN relationships(p) | type(r)] AS ties;
