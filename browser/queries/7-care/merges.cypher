// Decisions: who counts as whom
// Merges in force, with who made them and why.
MATCH (d:Decision)
OPTIONAL MATCH (e:Entity {id: d.into})
RETURN d.id AS merged, d.into AS into, e.name AS name, d.by AS by, d.why AS why
ORDER BY merged;
