package cypher

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"
)

// crowd is a graph of n nodes, each with an edge to the next two.
func crowd(n int) *Graph {
	var nodes []*Node
	var edges []*Edge
	id := func(i int) string { return fmt.Sprintf("e:%04d", i%n) }
	for i := range n {
		nodes = append(nodes, &Node{ID: id(i), Labels: []string{"Entity"}, Props: map[string]any{"id": id(i), "n": int64(i)}})
		for _, j := range []int{1, 2} {
			edges = append(edges, &Edge{ID: fmt.Sprint("r", i, "-", j), Type: "R", Start: id(i), End: id(i + j), Props: map[string]any{}})
		}
	}
	return NewGraph(nodes, edges)
}

// exhaust runs a query to its end.
func exhaust(ctx context.Context, e *Engine, query string, params map[string]any) (rows [][]any, err error) {
	r, err := e.Query(ctx, query, params)
	if err != nil {
		return nil, err
	}
	for row, err := range r.Rows {
		if err != nil {
			return rows, err
		}
		rows = append(rows, row)
	}
	return rows, nil
}

func TestLimits(t *testing.T) {
	e := &Engine{Source: crowd(50), Limits: Limits{Values: 5_000, Text: 1 << 16, Time: 300 * time.Millisecond}}
	for _, c := range []struct{ query, want string }{
		{"MATCH (a), (b), (c), (d), (e), (f) RETURN count(*)", "longer than 300ms"},
		{"MATCH p = (a)-[*]->(b) RETURN count(p)", "longer than 300ms"},
		{"MATCH (a), (b), (c) RETURN a.n, b.n, c.n ORDER BY a.n", "holds more than 5000 values"},
		{"MATCH (a), (b), (c) RETURN collect(a.n + b.n + c.n)", "holds more than 5000 values"},
		{"MATCH (a), (b), (c) RETURN DISTINCT a.n, b.n, c.n", "holds more than 5000 values"},
		{"MATCH (a), (b), (c) RETURN a.n, b.n, c.n, count(*)", "holds more than 5000 values"},
		{"MATCH (a), (b), (c) RETURN a.n, b.n, c.n UNION MATCH (a), (b), (c) RETURN a.n, b.n, c.n", "holds more than 5000 values"},
		{"RETURN range(1, 1000000000)", "more than 5000 elements"},
		{"RETURN range(-9223372036854775808, 9223372036854775807)", "more than 5000 elements"},
		{"RETURN reduce(s = 'ab', x IN range(1, 60) | s + s)", "longer than 65536 bytes"},
		{"RETURN reduce(s = 'ab', x IN range(1, 60) | replace(s, 'a', s))", "longer than 65536 bytes"},
		{"RETURN reduce(l = [1], x IN range(1, 60) | l + l)", "more than 5000 elements"},
		{"WITH reduce(l = [1], x IN range(1, 60) | [l, l]) AS l RETURN l = l", "nests"},
	} {
		started := time.Now()
		_, err := exhaust(t.Context(), e, c.query, nil)
		limit, ok := errors.AsType[*Error](err)
		if !ok || limit.Kind != Limited || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s\ngot  %v\nwant %s", c.query, err, c.want)
		}
		if took := time.Since(started); took > 10*time.Second {
			t.Errorf("%s took %v", c.query, took)
		}
	}
}

func TestCancel(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	time.AfterFunc(20*time.Millisecond, cancel)
	_, err := exhaust(ctx, &Engine{Source: crowd(50)}, "MATCH (a), (b), (c), (d), (e), (f) RETURN count(*)", nil)
	if !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
}

// TestEarlyEnd reads a few rows of an answer that has no end in sight.
func TestEarlyEnd(t *testing.T) {
	r, err := (&Engine{Source: crowd(50)}).Query(t.Context(), "MATCH (a)-[*]->(b), (c)-[*]->(d) RETURN a, d", nil)
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for range r.Rows {
		if n++; n == 3 {
			break
		}
	}
	if rows, err := exhaust(t.Context(), &Engine{Source: crowd(50)}, "MATCH (a)-[*]->(b), (c)-[*]->(d) RETURN a, d LIMIT 3", nil); err != nil || len(rows) != 3 {
		t.Errorf("%d rows, %v", len(rows), err)
	}
}

// TestPlan looks at which end a pattern begins and what is looked up.
func TestPlan(t *testing.T) {
	e := &Engine{Source: crowd(200)}
	for _, c := range []struct{ query, first string }{
		{"MATCH (a:Entity)-[:R]->(b:Entity {id: 'e:0007'}) RETURN a", "Nodes (b:Entity) by id ="},
		{"MATCH (a:Entity)-[:R]->(b:Entity) WHERE a.n > 190 AND a.n < 195 RETURN b", "Nodes (a:Entity) by n <, n >"},
		{"MATCH (a:Entity {id: $id})-[:R]->(b) RETURN b", "Nodes (a:Entity) by id ="},
		{"MATCH ()-[r:R]->() RETURN count(r)", "Edges ()-[r:R]->()"},
	} {
		r, err := e.Query(t.Context(), "EXPLAIN "+c.query, map[string]any{"id": "e:0001"})
		if err != nil {
			t.Fatal(err)
		}
		if got := r.Plan[0].Name + " " + r.Plan[0].Detail; got != c.first {
			t.Errorf("%s begins with %s, want %s", c.query, got, c.first)
		}
	}
}

func TestProfile(t *testing.T) {
	r, err := (&Engine{Source: crowd(10)}).Query(t.Context(), "PROFILE MATCH (a:Entity)-[:R]->(b) WHERE a.n < 3 RETURN a.n, count(b)", nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, err := range r.Rows {
		if err != nil {
			t.Fatal(err)
		}
	}
	var counts []int
	for _, s := range r.Plan {
		counts = append(counts, s.Rows)
	}
	if fmt.Sprint(counts) != "[3 6 3]" {
		t.Errorf("rows %v of %v", counts, r.Plan)
	}
}

// FuzzParse reads anything: an error or a statement, in time.
func FuzzParse(f *testing.F) {
	for _, s := range []string{"MATCH (a:X {b: 1})-[r:T*1..2]->(c) WHERE a.x > $p RETURN [x IN c.y | x], {a: 1}, CASE a WHEN 1 THEN 2 END ORDER BY a SKIP 1 LIMIT 2",
		"WITH 1 AS a CALL { WITH a RETURN a AS b } RETURN EXISTS { (a) }, `q``q`, 'x\\u0041', 0x1F, .5e3, -9223372036854775808 // c", "RETURN ((((((a)-->(b))"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		started := time.Now()
		_, err := Parse(s)
		if err != nil {
			if _, ok := errors.AsType[*Error](err); !ok {
				t.Errorf("%T: %v", err, err)
			}
		}
		if took := time.Since(started); took > 5*time.Second {
			t.Errorf("%d bytes took %v", len(s), took)
		}
	})
}

// FuzzQuery runs anything within limits: an error or rows, in time.
func FuzzQuery(f *testing.F) {
	for _, s := range []string{"MATCH (a)-[r*]->(b) RETURN a, r, b ORDER BY b LIMIT 3", "UNWIND range(1, 10) AS x RETURN sum(x), collect(x)[1..2], date({year: 2010, month: x})",
		"MATCH p = shortestPath((a {id: 'e:0001'})-[*]-(b {id: 'e:0003'})) RETURN nodes(p), length(p)", "OPTIONAL MATCH (a {n: 1}) WHERE EXISTS { (a)-->() } RETURN a {.*}, [(a)-->(b) | b.n]",
		"RETURN duration('P1Y') * 3, datetime('2010-01-01T00:00Z') - duration({days: 1}), reduce(s = 0, x IN [1, 2] | s + x), toString(1.5e300), round(2.5)"} {
		f.Add(s)
	}
	source := crowd(6)
	f.Fuzz(func(t *testing.T, s string) {
		e := &Engine{Source: source, Limits: Limits{Values: 10_000, Text: 1 << 16, Time: 100 * time.Millisecond}}
		started := time.Now()
		rows, _ := exhaust(t.Context(), e, s, nil)
		for _, row := range rows {
			Plain(row)
		}
		if took := time.Since(started); took > 5*time.Second {
			t.Errorf("%s took %v", s, took)
		}
	})
}
