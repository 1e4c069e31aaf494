package cypher

import (
	"context"
	"fmt"
	"maps"
	"slices"
)

// kind is what is known of an expression's value before the query runs; any of them may be null.
type kind int

const (
	anyKind kind = iota
	nullKind
	boolKind
	intKind
	floatKind
	stringKind
	listKind
	mapKind
	nodeKind
	edgeKind
	edgesKind // list of relationships
	pathKind
	temporalKind
)

var kindNames = []string{"any value", "null", "a boolean", "an integer", "a float", "a string", "a list", "a map", "a node", "a relationship",
	"a list of relationships", "a path", "a temporal value"}

func (k kind) String() string { return kindNames[k] }

func kindOf(v any) kind {
	switch v.(type) {
	case nil:
		return nullKind
	case bool:
		return boolKind
	case int64:
		return intKind
	case float64:
		return floatKind
	case string:
		return stringKind
	case []any:
		return listKind
	case map[string]any:
		return mapKind
	}
	return anyKind
}

// variable is a name's place in rows.
type variable struct {
	slot int
	kind kind
}

// scope is the names that can be seen, in the order in which they came.
type scope struct {
	names []string
	vars  map[string]variable
}

func newScope(from *scope) *scope {
	s := &scope{vars: map[string]variable{}}
	if from != nil {
		s.names = slices.Clone(from.names)
		maps.Copy(s.vars, from.vars)
	}
	return s
}

func (s *scope) set(name string, v variable) {
	if _, ok := s.vars[name]; !ok {
		s.names = append(s.names, name)
	}
	s.vars[name] = v
}

// compiler makes stages of clauses.
type compiler struct {
	ctx       context.Context
	statement *Statement
	params    map[string]any
	source    Source
	slots     int
	plan      []PlanStep
	depth     int
	aggregate *aggregation        // where aggregate functions may stand, nil elsewhere
	inside    bool                // within an aggregate function
	columns   map[string]variable // expressions that are columns already, by canonical text: ORDER BY and WHERE may repeat them
	ordering  bool                // in the ORDER BY of a projection that aggregates
}

func (c *compiler) slot() int {
	c.slots++
	return c.slots - 1
}

func (c *compiler) fail(s span, detail, format string, args ...any) error {
	return c.failKind(SyntaxError, s, detail, format, args...)
}

func (c *compiler) failKind(kind string, s span, detail, format string, args ...any) error {
	return errorAt(c.statement.Text, c.statement.tokens[s.from].from, kind, detail, fmt.Sprintf(format, args...))
}

// source text of a part of the query, its white space evened out: equal for equal parts.
func (c *compiler) canonical(x Expr) string {
	s := x.at()
	var b []byte
	for _, t := range c.statement.tokens[s.from:s.to] {
		b = fmt.Appendf(b, "%d%s ", t.kind, t.text)
	}
	return string(b)
}

func (c *compiler) text(s span) string { return source(c.statement.Text, c.statement.tokens, s) }

// planned adds a step to the plan and returns a stage that counts its rows.
func (c *compiler) planned(name, detail string, s stage) stage {
	i := len(c.plan)
	c.plan = append(c.plan, PlanStep{Depth: c.depth, Name: name, Detail: detail})
	return func(rt *runtime, in rows) rows {
		out := s(rt, in)
		return func(emit func([]any) error) error {
			return out(func(row []any) error {
				rt.counts[i].Rows++
				return emit(row)
			})
		}
	}
}

// chain runs stages one after another.
func chain(stages []stage) stage {
	return func(rt *runtime, in rows) rows {
		for _, s := range stages {
			in = s(rt, in)
		}
		return in
	}
}
