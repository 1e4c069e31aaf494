package cypher

import (
	"fmt"
	"slices"
	"strings"
)

// maxDepth bounds how deep expressions and subqueries nest.
const maxDepth = 150

type parser struct {
	text     string
	tokens   []token
	at       int
	depth    int
	steps    int           // atoms read, some more than once
	patterns map[int]tried // outcomes of patternAt by token
}

// tried is the outcome of reading a pattern where a bracketed expression may stand too.
type tried struct {
	pattern *Pattern
	next    int
}

// Parse reads one statement. Its errors are of type *Error.
func Parse(text string) (*Statement, error) {
	tokens, err := lex(text)
	if err != nil {
		return nil, err
	}
	p := &parser{text: text, tokens: tokens, patterns: map[int]tried{}}
	s := &Statement{Text: text, tokens: tokens}
	switch {
	case p.word("EXPLAIN"):
		s.Explain = true
	case p.word("PROFILE"):
		s.Profile = true
	}
	if s.Query, err = p.query(); err != nil {
		return nil, err
	}
	p.sign(";")
	if t := p.peek(); t.kind != tokenEnd {
		return nil, p.unexpected("the end of the query")
	}
	return s, nil
}

func (p *parser) peek() token { return p.tokens[p.at] }

func (p *parser) peekAt(n int) token { return p.tokens[min(p.at+n, len(p.tokens)-1)] }

func (p *parser) fail(detail, format string, args ...any) error {
	return errorAt(p.text, p.peek().from, SyntaxError, detail, fmt.Sprintf(format, args...))
}

func (p *parser) failAt(token int, detail, format string, args ...any) error {
	return errorAt(p.text, p.tokens[token].from, SyntaxError, detail, fmt.Sprintf(format, args...))
}

// unexpected says what was found where something else was wanted.
func (p *parser) unexpected(want string) error {
	t := p.peek()
	if t.kind == tokenEnd {
		return p.fail("UnexpectedSyntax", "the query ends too early: want %s", want)
	}
	return p.fail("UnexpectedSyntax", "unexpected %q: want %s", p.text[t.from:t.to], want)
}

func (t token) is(word string) bool { return t.kind == tokenName && strings.EqualFold(t.text, word) }

// word consumes the keywords if they are next.
func (p *parser) word(words ...string) bool {
	for i, w := range words {
		if !p.peekAt(i).is(w) {
			return false
		}
	}
	p.at += len(words)
	return true
}

func (p *parser) isSign(s string) bool {
	t := p.peek()
	return t.kind == tokenSign && t.text == s
}

func (p *parser) sign(s string) bool {
	if p.isSign(s) {
		p.at++
		return true
	}
	return false
}

func (p *parser) wantSign(s, where string) error {
	if p.sign(s) {
		return nil
	}
	return p.unexpected(s + " " + where)
}

func (p *parser) wantWord(w, where string) error {
	if p.word(w) {
		return nil
	}
	return p.unexpected(w + " " + where)
}

// name reads a name, quoted or not.
func (p *parser) name(what string) (string, error) {
	t := p.peek()
	if t.kind != tokenName && t.kind != tokenQuoted {
		return "", p.unexpected(what)
	}
	p.at++
	return t.text, nil
}

func (p *parser) isName() bool {
	k := p.peek().kind
	return k == tokenName || k == tokenQuoted
}

func (p *parser) enter() error {
	if p.depth++; p.depth > maxDepth {
		return p.fail("UnexpectedSyntax", "the query nests deeper than %d levels", maxDepth)
	}
	return nil
}

func (p *parser) leave() { p.depth-- }

func (p *parser) span(from int) span { return span{from, p.at} }

func (p *parser) query() (*Query, error) {
	if err := p.enter(); err != nil {
		return nil, err
	}
	defer p.leave()
	q := &Query{}
	from := p.at
	for {
		part, err := p.part()
		if err != nil {
			return nil, err
		}
		q.Parts = append(q.Parts, part)
		if !p.word("UNION") {
			break
		}
		all := p.word("ALL")
		if !all {
			p.word("DISTINCT")
		}
		q.All = append(q.All, all)
	}
	if len(q.All) > 0 && slices.Contains(q.All, !q.All[0]) {
		return nil, p.failAt(from, "InvalidClauseComposition", "UNION and UNION ALL cannot be mixed in one query")
	}
	q.span = p.span(from)
	return q, nil
}

func (p *parser) part() (*Part, error) {
	part := &Part{}
	from := p.at
	for !p.clauseEnd() {
		at := p.at
		c, err := p.clause()
		if err != nil {
			return nil, err
		}
		if n := len(part.Clauses); n > 0 {
			if w, ok := part.Clauses[n-1].(*With); ok && w.Return {
				return nil, p.failAt(at, "InvalidClauseComposition", "nothing may follow RETURN but UNION")
			}
		}
		part.Clauses = append(part.Clauses, c)
	}
	if len(part.Clauses) == 0 {
		return nil, p.unexpected("a clause: MATCH, UNWIND, WITH, CALL or RETURN")
	}
	part.span = p.span(from)
	return part, nil
}

func (p *parser) clauseEnd() bool {
	t := p.peek()
	return t.kind == tokenEnd || t.is("UNION") || p.isSign("}") || p.isSign(";")
}

// writing are the clauses that change a graph.
var writing = []string{"CREATE", "MERGE", "SET", "DELETE", "DETACH", "REMOVE", "FOREACH", "DROP", "INSERT", "ALTER", "GRANT"}

func (p *parser) clause() (Clause, error) {
	from := p.at
	switch {
	case p.word("OPTIONAL", "MATCH"):
		return p.match(from, true)
	case p.word("MATCH"):
		return p.match(from, false)
	case p.word("UNWIND"):
		return p.unwind(from)
	case p.word("WITH"):
		return p.with(from, false)
	case p.word("RETURN"):
		return p.with(from, true)
	case p.word("CALL"):
		return p.call(from)
	}
	t := p.peek()
	for _, w := range writing {
		if t.is(w) {
			return nil, errorAt(p.text, t.from, Refused, w, w+" would write: the graph follows from what was read, so change it with ingest, load, forget or merge")
		}
	}
	for _, w := range []string{"LOAD", "USE", "FINISH", "SHOW", "LET", "FILTER", "FOR", "OPTIONAL", "USING", "ORDER", "SKIP", "LIMIT", "OFFSET", "WHERE"} {
		if t.is(w) {
			return nil, p.fail("UnexpectedSyntax", "%s is not supported here: a clause is MATCH, OPTIONAL MATCH, UNWIND, WITH, CALL or RETURN", w)
		}
	}
	return nil, p.unexpected("a clause: MATCH, UNWIND, WITH, CALL or RETURN")
}

func (p *parser) match(from int, optional bool) (Clause, error) {
	m := &Match{Optional: optional}
	for {
		pattern, err := p.namedPattern()
		if err != nil {
			return nil, err
		}
		m.Patterns = append(m.Patterns, *pattern)
		if !p.sign(",") {
			break
		}
	}
	if p.peek().is("USING") {
		return nil, p.fail("UnexpectedSyntax", "USING (planner hints) is not supported: leave it out")
	}
	var err error
	if m.Where, err = p.where(); err != nil {
		return nil, err
	}
	m.span = p.span(from)
	return m, nil
}

func (p *parser) where() (Expr, error) {
	if !p.word("WHERE") {
		return nil, nil
	}
	return p.expr()
}

func (p *parser) unwind(from int) (Clause, error) {
	x, err := p.expr()
	if err != nil {
		return nil, err
	}
	if err := p.wantWord("AS", "after the list of UNWIND"); err != nil {
		return nil, err
	}
	name, err := p.name("a variable after AS")
	if err != nil {
		return nil, err
	}
	return &Unwind{span: p.span(from), X: x, Name: name}, nil
}

func (p *parser) with(from int, isReturn bool) (Clause, error) {
	w := &With{Return: isReturn, Distinct: p.word("DISTINCT")}
	if p.sign("*") {
		w.Star = true
	}
	if !w.Star || p.sign(",") {
		if err := p.items(w); err != nil {
			return nil, err
		}
	}
	if err := p.page(w); err != nil {
		return nil, err
	}
	if !isReturn {
		var err error
		if w.Where, err = p.where(); err != nil {
			return nil, err
		}
	}
	w.span = p.span(from)
	return w, nil
}

func (p *parser) items(w *With) error {
	for {
		at := p.at
		x, err := p.expr()
		if err != nil {
			return err
		}
		item := Item{X: x, Name: p.source(span{at, p.at})}
		if v, ok := x.(*Var); ok {
			item.Name = v.Name
		}
		if p.word("AS") {
			item.Aliased = true
			if item.Name, err = p.name("a name after AS"); err != nil {
				return err
			}
		}
		w.Items = append(w.Items, item)
		if !p.sign(",") {
			return nil
		}
	}
}

// source is the text that a span was read from.
func (p *parser) source(s span) string { return source(p.text, p.tokens, s) }

func source(text string, tokens []token, s span) string {
	if s.to <= s.from {
		return ""
	}
	return text[tokens[s.from].from:tokens[s.to-1].to]
}

func (p *parser) page(w *With) (err error) {
	if p.word("ORDER", "BY") {
		for {
			s := Sort{}
			if s.X, err = p.expr(); err != nil {
				return err
			}
			if p.word("DESC") || p.word("DESCENDING") {
				s.Desc = true
			} else if !p.word("ASC") {
				p.word("ASCENDING")
			}
			w.Order = append(w.Order, s)
			if !p.sign(",") {
				break
			}
		}
	}
	if p.word("SKIP") || p.word("OFFSET") {
		if w.Skip, err = p.expr(); err != nil {
			return err
		}
	}
	if p.word("LIMIT") {
		if w.Limit, err = p.expr(); err != nil {
			return err
		}
	}
	return nil
}
