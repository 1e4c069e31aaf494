package cypher

import (
	"errors"
	"strings"
	"testing"
)

func TestParseReads(t *testing.T) {
	for _, q := range []string{
		"MATCH (a:State {id: 'RUS'})-[r:ACCUSE|REJECT*1..3]->(b)<--(c) WHERE r.date >= date('2010-12-01') RETURN a.name, count(*) AS n ORDER BY n DESC SKIP 1 LIMIT 2",
		"MATCH p = shortestPath((a)-[*..5]-(b)) RETURN [n IN nodes(p) WHERE n:State | n.name] AS names",
		"UNWIND [1, 2, [3]] AS x WITH x WHERE NOT x = 1 RETURN CASE x WHEN 2 THEN 'two' ELSE $other END UNION ALL RETURN -1 ^ 2",
		"MATCH (n) WHERE EXISTS { (n)-->(:Place) } AND (n)--() OR any(x IN n.aliases WHERE x =~ 'a.*') RETURN n {.id, name: n.name, .*}, n.aliases[0..-1]",
		"CALL { MATCH (n) RETURN n UNION MATCH (n) RETURN n } RETURN n; ",
		"CALL db.labels() YIELD label AS l RETURN l // comment",
		"RETURN [(a)-->(b) WHERE a.x > 1 | b.name], [x IN xs], reduce(s = 0, x IN [1,2] | s + x), 0x1F, 1.5e3, .5, `odd name`.key",
	} {
		if _, err := Parse(q); err != nil {
			t.Errorf("%s\n%v", q, err)
		}
	}
}

func TestParseSaysWhatIsWrong(t *testing.T) {
	for _, c := range []struct{ query, want string }{
		{"MATCH (n)\nRETRUN n", "line 2, column 1: unexpected \"RETRUN\""},
		{"MATCH (n) SET n.x = 1", "line 1, column 11: SET would write: the graph follows from what was read, so change it with ingest"},
		{"RETURN 'abc", "line 1, column 8: the string is not ended"},
		{"RETURN 1 +", "column 11: the query ends too early: want an expression"},
		{"MATCH (a)-[:X]->+(b) RETURN a", "a quantifier behind a relationship is not supported"},
		{"LOAD CSV FROM 'x' AS l RETURN l", "LOAD is not supported"},
		{"RETURN 9223372036854775808", "too large"},
		{"RETURN " + strings.Repeat("(", 500) + "1", "nests deeper"},
		{"RETURN " + strings.Repeat("[a IN ", 100) + "[1]" + strings.Repeat(", 1]", 100), "tangled"},
	} {
		_, err := Parse(c.query)
		if e, ok := errors.AsType[*Error](err); !ok || !strings.Contains(e.Error(), c.want) {
			t.Errorf("%s\ngot  %v\nwant %s", c.query, err, c.want)
		}
	}
}
