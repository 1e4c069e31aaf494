package cypher

import (
	"math"
	"slices"
	"strconv"
	"strings"
)

// parseInt reads an integer in decimal, 0x or 0o notation, with an optional minus.
func parseInt(s string) (int64, bool) {
	neg := strings.HasPrefix(s, "-")
	digits := strings.ToLower(strings.ReplaceAll(strings.TrimPrefix(s, "-"), "_", ""))
	base := 10
	switch {
	case strings.HasPrefix(digits, "0x"):
		base, digits = 16, digits[2:]
	case strings.HasPrefix(digits, "0o"):
		base, digits = 8, digits[2:]
	}
	if neg {
		digits = "-" + digits
	}
	v, err := strconv.ParseInt(digits, base, 64)
	return v, err == nil
}

func (p *parser) number(t token) (Expr, error) {
	if t.kind == tokenFloat {
		f, err := strconv.ParseFloat(strings.ReplaceAll(t.text, "_", ""), 64)
		if err != nil || math.IsInf(f, 0) {
			return nil, p.failAt(p.at-1, "FloatingPointOverflow", "%s is too large for a float", t.text)
		}
		return &Literal{p.span(p.at - 1), f}, nil
	}
	v, ok := parseInt(t.text)
	if ok {
		return &Literal{p.span(p.at - 1), v}, nil
	}
	digits := strings.ToLower(t.text)
	valid := "0123456789"
	switch {
	case strings.HasPrefix(digits, "0x"):
		digits, valid = digits[2:], "0123456789abcdef"
	case strings.HasPrefix(digits, "0o"):
		digits, valid = digits[2:], "01234567"
	}
	if digits == "" || strings.Trim(digits, valid) != "" {
		return nil, p.failAt(p.at-1, "InvalidNumberLiteral", "%s is not a number", t.text)
	}
	return nil, p.failAt(p.at-1, "IntegerOverflow", "%s is too large: integers have 64 bits", t.text)
}

func (p *parser) atom() (Expr, error) {
	from := p.at
	if p.steps++; p.steps > 50*len(p.tokens)+10000 {
		return nil, p.fail("UnexpectedSyntax", "the query is too tangled to read: simplify its nested lists")
	}
	t := p.peek()
	switch t.kind {
	case tokenInt, tokenFloat:
		p.at++
		return p.number(t)
	case tokenString:
		p.at++
		return &Literal{p.span(from), t.text}, nil
	case tokenParam:
		p.at++
		return &Param{p.span(from), t.text}, nil
	case tokenQuoted:
		return p.nameAtom(from)
	case tokenSign:
		return p.signAtom(from, t.text)
	case tokenName:
		if x, err := p.wordAtom(from); x != nil || err != nil {
			return x, err
		}
		return p.nameAtom(from)
	}
	return nil, p.unexpected("an expression")
}

func (p *parser) signAtom(from int, sign string) (Expr, error) {
	switch sign {
	case "(":
		if pattern := p.patternAt(); pattern != nil {
			return &PatternPredicate{p.span(from), *pattern}, nil
		}
		p.at++
		x, err := p.expr()
		if err != nil {
			return nil, err
		}
		return x, p.wantSign(")", "after the expression")
	case "[":
		p.at++
		return p.bracket(from)
	case "{":
		return p.mapLiteral()
	}
	return nil, p.unexpected("an expression")
}

// bracket reads what begins with [: a list, a list comprehension or a pattern comprehension.
func (p *parser) bracket(from int) (Expr, error) {
	if p.isName() && p.peekAt(1).is("IN") {
		at := p.at
		if x, err := p.listComp(from); x != nil || err != nil {
			return x, err
		}
		p.at = at
	}
	at := p.at
	name := ""
	if p.isName() && p.peekAt(1).kind == tokenSign && p.peekAt(1).text == "=" && p.peekAt(2).text == "(" {
		name = p.peek().text
		p.at += 2
	}
	if p.isSign("(") {
		if pattern := p.patternAt(); pattern != nil && (p.isSign("|") || p.peek().is("WHERE")) {
			c := &PatternComp{Pattern: *pattern}
			c.Pattern.Name = name
			return p.patternComp(c, from)
		}
	}
	p.at = at
	xs, err := p.exprs("]")
	if err != nil {
		return nil, err
	}
	return &List{p.span(from), xs}, nil
}

func (p *parser) patternComp(c *PatternComp, from int) (x Expr, err error) {
	if c.Where, err = p.where(); err != nil {
		return nil, err
	}
	if err := p.wantSign("|", "in a pattern comprehension"); err != nil {
		return nil, err
	}
	if c.Result, err = p.expr(); err != nil {
		return nil, err
	}
	if err := p.wantSign("]", "after a pattern comprehension"); err != nil {
		return nil, err
	}
	c.span = p.span(from)
	return c, nil
}

// listComp reads a list comprehension; nil where it is a list whose first element is a test of membership.
func (p *parser) listComp(from int) (x Expr, err error) {
	c := &ListComp{Name: p.peek().text}
	p.at += 2
	if c.List, err = p.expr(); err != nil {
		return nil, err
	}
	if p.isSign(",") {
		return nil, nil
	}
	if c.Where, err = p.where(); err != nil {
		return nil, err
	}
	if p.sign("|") {
		if c.Result, err = p.expr(); err != nil {
			return nil, err
		}
	}
	if err := p.wantSign("]", "after a list comprehension"); err != nil {
		return nil, err
	}
	c.span = p.span(from)
	return c, nil
}

// wordAtom reads an expression that begins with a keyword; nil where there is none.
func (p *parser) wordAtom(from int) (Expr, error) {
	t := p.peek()
	next := p.peekAt(1)
	call := next.kind == tokenSign && next.text == "("
	block := next.kind == tokenSign && next.text == "{"
	switch {
	case t.is("true") && !call, t.is("false") && !call:
		p.at++
		return &Literal{p.span(from), t.is("true")}, nil
	case t.is("null") && !call:
		p.at++
		return &Literal{p.span(from), nil}, nil
	case t.is("CASE") && !(next.kind == tokenSign && strings.Contains(".,)=<>:]", next.text)) && next.kind != tokenEnd:
		p.at++
		return p.caseExpr(from)
	case block && (t.is("EXISTS") || t.is("COUNT") || t.is("COLLECT")):
		return p.subquery(from, strings.ToUpper(t.text))
	case call && (t.is("all") || t.is("any") || t.is("none") || t.is("single")):
		return p.quantifier(from, strings.ToLower(t.text))
	case call && t.is("reduce"):
		return p.reduce(from)
	case call && (t.is("shortestPath") || t.is("allShortestPaths")):
		name := "shortestPath"
		if !t.is(name) {
			name = "allShortestPaths"
		}
		pattern, err := p.shortest(name)
		if err != nil {
			return nil, err
		}
		return &ShortestExpr{p.span(from), *pattern}, nil
	case call && t.is("count") && p.peekAt(2).text == "*" && p.peekAt(3).text == ")":
		p.at += 4
		return &Call{span: p.span(from), Name: "count", Written: t.text, Star: true}, nil
	}
	return nil, nil
}

// nameAtom reads a function call or a variable.
func (p *parser) nameAtom(from int) (Expr, error) {
	if name, ok := p.functionName(); ok {
		c := &Call{Name: strings.ToLower(name), Written: name, Distinct: p.word("DISTINCT")}
		var err error
		if c.Args, err = p.exprs(")"); err != nil {
			return nil, err
		}
		c.span = p.span(from)
		return c, nil
	}
	t := p.peek()
	if slices.ContainsFunc([]string{"WHERE", "RETURN", "MATCH", "WITH", "UNION", "ORDER", "LIMIT", "SKIP", "UNWIND", "THEN", "ELSE", "WHEN", "FROM"}, t.is) {
		return nil, p.unexpected("an expression")
	}
	p.at++
	return &Var{p.span(from), t.text}, nil
}

func (p *parser) quantifier(from int, kind string) (x Expr, err error) {
	p.at += 2
	q := &Quantifier{Kind: kind}
	if q.Name, err = p.name("a variable"); err != nil {
		return nil, err
	}
	if err := p.wantWord("IN", "in "+kind+"()"); err != nil {
		return nil, err
	}
	if q.List, err = p.expr(); err != nil {
		return nil, err
	}
	if q.Where, err = p.where(); err != nil {
		return nil, err
	}
	if q.Where == nil {
		return nil, p.unexpected("WHERE in " + kind + "()")
	}
	if err := p.wantSign(")", "after "+kind+"()"); err != nil {
		return nil, err
	}
	q.span = p.span(from)
	return q, nil
}

func (p *parser) reduce(from int) (x Expr, err error) {
	p.at += 2
	r := &Reduce{}
	if r.Acc, err = p.name("a variable"); err != nil {
		return nil, err
	}
	if err := p.wantSign("=", "in reduce()"); err != nil {
		return nil, err
	}
	if r.Init, err = p.expr(); err != nil {
		return nil, err
	}
	if err := p.wantSign(",", "in reduce()"); err != nil {
		return nil, err
	}
	if r.Name, err = p.name("a variable"); err != nil {
		return nil, err
	}
	if err := p.wantWord("IN", "in reduce()"); err != nil {
		return nil, err
	}
	if r.List, err = p.expr(); err != nil {
		return nil, err
	}
	if err := p.wantSign("|", "in reduce()"); err != nil {
		return nil, err
	}
	if r.Step, err = p.expr(); err != nil {
		return nil, err
	}
	if err := p.wantSign(")", "after reduce()"); err != nil {
		return nil, err
	}
	r.span = p.span(from)
	return r, nil
}

// subquery reads EXISTS, COUNT or COLLECT { }: a query, or a pattern with WHERE.
func (p *parser) subquery(from int, kind string) (Expr, error) {
	p.at += 2
	s := &Subquery{Kind: kind}
	var err error
	if t := p.peek(); p.isSign("(") || p.isName() && p.peekAt(1).text == "=" || t.is("shortestPath") || t.is("allShortestPaths") {
		var m Clause
		at := p.at
		if m, err = p.match(at, false); err == nil {
			s.Query = &Query{p.span(at), []*Part{{p.span(at), []Clause{m}}}, nil}
		}
	} else {
		s.Query, err = p.query()
	}
	if err != nil {
		return nil, err
	}
	if err := p.wantSign("}", "after "+kind); err != nil {
		return nil, err
	}
	s.span = p.span(from)
	return s, nil
}
