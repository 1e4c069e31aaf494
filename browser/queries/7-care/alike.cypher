// Entities that may be one
// Pairs with an alias or a name in common. Where they are one: entente merge FROM INTO.
MATCH (a:Entity), (b:Entity)
WHERE a.id < b.id AND any(n IN [a.name] + coalesce(a.aliases, []) WHERE n IN [b.name] + coalesce(b.aliases, []))
RETURN a.id AS one, b.id AS other, [n IN [a.name] + coalesce(a.aliases, []) WHERE n IN [b.name] + coalesce(b.aliases, [])] AS in_common
ORDER BY one, other;
