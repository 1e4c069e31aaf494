package cypher

// span is the half-open range of tokens that a part of a query was read from.
type span struct{ from, to int }

func (s span) at() span { return s }

// Expr is an expression of a query. Its concrete types are the other types of this file.
type Expr interface{ at() span }

// Literal is a value written out.
type Literal struct {
	span
	Value any // nil, bool, int64, float64 or string
}

// Param is $Name.
type Param struct {
	span
	Name string
}

// Var is a variable.
type Var struct {
	span
	Name string
}

// Prop is X.Key.
type Prop struct {
	span
	X   Expr
	Key string
}

// Index is X[I].
type Index struct {
	span
	X, I Expr
}

// Slice is X[From..To]; either end may be nil.
type Slice struct {
	span
	X, From, To Expr
}

// Unary is NOT, + or - before X.
type Unary struct {
	span
	Op string
	X  Expr
}

// Binary is an operator, its name in capitals, between two expressions.
type Binary struct {
	span
	Op   string
	L, R Expr
}

// Chain is a comparison of neighbours: Terms[0] Ops[0] Terms[1] Ops[1] Terms[2].
type Chain struct {
	span
	Terms []Expr
	Ops   []string
}

// IsNull is X IS NULL, or IS NOT NULL.
type IsNull struct {
	span
	X   Expr
	Not bool
}

// HasLabels is X:A:B, or X:A|B where Any.
type HasLabels struct {
	span
	X      Expr
	Labels []string
	Any    bool
}

// List is [A, B].
type List struct {
	span
	Elements []Expr
}

// Map is {Keys[0]: Values[0]}.
type Map struct {
	span
	Keys   []string
	Values []Expr
}

// Projection is X {.Key, Key: Value, .*}; a nil value is the property of that name.
type Projection struct {
	span
	X      Expr
	All    bool
	Keys   []string
	Values []Expr
}

// Case is CASE X WHEN .. THEN .. ELSE .. END; X and Else may be nil.
type Case struct {
	span
	X          Expr
	When, Then []Expr
	Else       Expr
}

// Call is a function call. Name is in lower case.
type Call struct {
	span
	Name     string
	Written  string // as in the query
	Distinct bool
	Star     bool // count(*)
	Args     []Expr
}

// ListComp is [Name IN List WHERE Where | Result]; Where and Result may be nil.
type ListComp struct {
	span
	Name          string
	List          Expr
	Where, Result Expr
}

// Quantifier is all, any, none or single of (Name IN List WHERE Where).
type Quantifier struct {
	span
	Kind  string
	Name  string
	List  Expr
	Where Expr
}

// Reduce is reduce(Acc = Init, Name IN List | Step).
type Reduce struct {
	span
	Acc, Name        string
	Init, List, Step Expr
}

// PatternComp is [Path = pattern WHERE Where | Result].
type PatternComp struct {
	span
	Pattern       Pattern
	Where, Result Expr
}

// PatternPredicate is a pattern used as a condition.
type PatternPredicate struct {
	span
	Pattern Pattern
}

// Subquery is EXISTS, COUNT or COLLECT { query }.
type Subquery struct {
	span
	Kind  string
	Query *Query
}

// ShortestExpr is shortestPath(pattern) as an expression.
type ShortestExpr struct {
	span
	Pattern Pattern
}

// Direction is that of a relationship in a pattern, seen from its left node.
type Direction int

// The directions.
const (
	Both Direction = iota
	Out
	In
)

// NodePattern is (Name:Labels {Props}).
type NodePattern struct {
	span
	Name   string
	Labels []string
	Any    bool // A|B
	Props  Expr // *Map, *Param or nil
	Where  Expr
}

// EdgePattern is -[Name:Types*Min..Max {Props}]-.
type EdgePattern struct {
	span
	Name      string
	Types     []string
	Direction Direction
	Many      bool // variable length
	Min, Max  int  // Max is -1 where open
	Props     Expr
	Where     Expr
}

// Pattern is a path: len(Nodes) is len(Edges)+1.
type Pattern struct {
	span
	Name     string // of the path
	Shortest string // "", "shortestPath" or "allShortestPaths"
	Nodes    []*NodePattern
	Edges    []*EdgePattern
}

// Query is one statement that reads: Parts joined by UNION.
type Query struct {
	span
	Parts []*Part
	All   []bool // All[i] says that UNION ALL stands between parts i and i+1
}

// Part is a sequence of clauses.
type Part struct {
	span
	Clauses []Clause
}

// Clause is *Match, *Unwind, *With, *CallSub or *CallProc.
type Clause interface{ at() span }

// Match is MATCH or OPTIONAL MATCH.
type Match struct {
	span
	Optional bool
	Patterns []Pattern
	Where    Expr
}

// Unwind is UNWIND X AS Name.
type Unwind struct {
	span
	X    Expr
	Name string
}

// Item is an expression with its column name.
type Item struct {
	X       Expr
	Name    string
	Aliased bool
}

// Sort is an expression to order by.
type Sort struct {
	X    Expr
	Desc bool
}

// With is WITH, or RETURN where Return.
type With struct {
	span
	Return, Distinct, Star bool
	Items                  []Item
	Order                  []Sort
	Skip, Limit            Expr
	Where                  Expr
}

// CallSub is CALL { Query }, or CALL (Imports) { Query } where Scoped.
type CallSub struct {
	span
	Query      *Query
	Scoped     bool
	ImportStar bool
	Imports    []string
}

// CallProc is CALL name(Args) YIELD Yields.
type CallProc struct {
	span
	Name      string
	Explicit  bool // with brackets
	Args      []Expr
	YieldStar bool
	Yields    []Item // X is a *Var that names the procedure's column; nil without YIELD
	Where     Expr
}

// Statement is a parsed query.
type Statement struct {
	Text    string
	Query   *Query
	Explain bool // EXPLAIN: show the plan, run nothing
	Profile bool // PROFILE: run, show the plan with rows
	tokens  []token
}
