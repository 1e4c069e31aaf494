package cypher

func (p *parser) expr() (Expr, error) {
	if err := p.enter(); err != nil {
		return nil, err
	}
	defer p.leave()
	return p.binary(0)
}

// levels are the left-associative operators, the loosest first. Between them stand NOT and the comparisons.
var levels = [][]string{{"OR"}, {"XOR"}, {"AND"}}

func (p *parser) binary(level int) (Expr, error) {
	if level == len(levels) {
		return p.not()
	}
	from := p.at
	x, err := p.binary(level + 1)
	if err != nil {
		return nil, err
	}
	for p.word(levels[level][0]) {
		r, err := p.binary(level + 1)
		if err != nil {
			return nil, err
		}
		x = &Binary{p.span(from), levels[level][0], x, r}
	}
	return x, nil
}

func (p *parser) not() (Expr, error) {
	from := p.at
	n := 0
	for p.word("NOT") {
		n++
	}
	x, err := p.comparison()
	if err != nil {
		return nil, err
	}
	for ; n > 0; n-- {
		x = &Unary{span{from + n - 1, p.at}, "NOT", x}
	}
	return x, nil
}

func (p *parser) comparison() (Expr, error) {
	from := p.at
	x, err := p.predicate()
	if err != nil {
		return nil, err
	}
	chain := &Chain{Terms: []Expr{x}}
	for {
		t := p.peek()
		if t.kind != tokenSign || !(t.text == "=" || t.text == "<>" || t.text == "<" || t.text == "<=" || t.text == ">" || t.text == ">=") {
			break
		}
		p.at++
		y, err := p.predicate()
		if err != nil {
			return nil, err
		}
		chain.Ops, chain.Terms = append(chain.Ops, t.text), append(chain.Terms, y)
	}
	if len(chain.Ops) == 0 {
		return x, nil
	}
	chain.span = p.span(from)
	return chain, nil
}

// predicate reads the tests of strings, lists and null behind a sum.
func (p *parser) predicate() (Expr, error) {
	from := p.at
	x, err := p.sum()
	for err == nil {
		op := ""
		switch {
		case p.word("STARTS", "WITH"):
			op = "STARTS WITH"
		case p.word("ENDS", "WITH"):
			op = "ENDS WITH"
		case p.word("CONTAINS"):
			op = "CONTAINS"
		case p.word("IN"):
			op = "IN"
		case p.sign("=~"):
			op = "=~"
		case p.word("IS", "NULL"):
			x = &IsNull{p.span(from), x, false}
			continue
		case p.word("IS", "NOT", "NULL"):
			x = &IsNull{p.span(from), x, true}
			continue
		case p.peek().is("IS"), p.isSign("::"):
			return nil, p.fail("UnexpectedSyntax", "a type predicate is not supported: want IS NULL or IS NOT NULL")
		default:
			return x, nil
		}
		var r Expr
		if r, err = p.sum(); err == nil {
			x = &Binary{p.span(from), op, x, r}
		}
	}
	return nil, err
}

// operators reads operands joined by one of the signs.
func (p *parser) operators(signs []string, operand func() (Expr, error)) (Expr, error) {
	from := p.at
	x, err := operand()
	for err == nil {
		t := p.peek()
		found := false
		for _, s := range signs {
			found = found || t.kind == tokenSign && t.text == s
		}
		if !found {
			return x, nil
		}
		p.at++
		var r Expr
		if r, err = operand(); err == nil {
			x = &Binary{p.span(from), t.text, x, r}
		}
	}
	return nil, err
}

func (p *parser) sum() (Expr, error) {
	return p.operators([]string{"+", "-", "||"}, p.product)
}

func (p *parser) product() (Expr, error) {
	return p.operators([]string{"*", "/", "%"}, p.power)
}

func (p *parser) power() (Expr, error) { return p.operators([]string{"^"}, p.unary) }

func (p *parser) unary() (Expr, error) {
	from := p.at
	for p.isSign("-") || p.isSign("+") {
		p.at++
	}
	n := p.at - from
	if n > 0 && p.peek().kind == tokenInt {
		// The least integer has no positive counterpart.
		if x, ok := p.negative(p.at-1, n); ok {
			y, err := p.postfix(x, from+n-1)
			return p.signs(y, err, from, n-1)
		}
	}
	at := p.at
	x, err := p.atom()
	if err == nil {
		x, err = p.postfix(x, at)
	}
	return p.signs(x, err, from, n)
}

// signs puts the n signs from a token on before x.
func (p *parser) signs(x Expr, err error, from, n int) (Expr, error) {
	for ; n > 0 && err == nil; n-- {
		at := from + n - 1
		x = &Unary{span{at, p.at}, p.tokens[at].text, x}
	}
	return x, err
}

// negative reads a negative integer whose minus is the token at.
func (p *parser) negative(at, signs int) (Expr, bool) {
	if p.tokens[at].text != "-" || signs == 0 {
		return nil, false
	}
	v, ok := parseInt("-" + p.peek().text)
	if !ok || v != -1<<63 {
		return nil, false
	}
	p.at++
	return &Literal{span{at, p.at}, v}, true
}

func (p *parser) postfix(x Expr, from int) (Expr, error) {
	for {
		switch {
		case p.sign("."):
			key, err := p.name("a property name after .")
			if err != nil {
				return nil, err
			}
			x = &Prop{p.span(from), x, key}
		case p.sign("["):
			var err error
			if x, err = p.index(x, from); err != nil {
				return nil, err
			}
		case p.isSign(":"):
			labels, some, err := p.labels()
			if err != nil {
				return nil, err
			}
			x = &HasLabels{p.span(from), x, labels, some}
		case p.isSign("{"):
			v, ok := x.(*Var)
			if !ok {
				return x, nil
			}
			m, err := p.projection(v, from)
			if err != nil {
				return nil, err
			}
			x = m
		default:
			return x, nil
		}
	}
}

func (p *parser) index(x Expr, from int) (Expr, error) {
	var a, b Expr
	var err error
	if !p.isSign("..") {
		if a, err = p.expr(); err != nil {
			return nil, err
		}
	}
	if !p.sign("..") {
		if err := p.wantSign("]", "after the index"); err != nil {
			return nil, err
		}
		return &Index{p.span(from), x, a}, nil
	}
	if !p.isSign("]") {
		if b, err = p.expr(); err != nil {
			return nil, err
		}
	}
	if err := p.wantSign("]", "after the slice"); err != nil {
		return nil, err
	}
	return &Slice{p.span(from), x, a, b}, nil
}

func (p *parser) projection(x Expr, from int) (Expr, error) {
	p.at++
	m := &Projection{X: x}
	for !p.isSign("}") {
		switch {
		case p.sign("."):
			if p.sign("*") {
				m.All = true
				break
			}
			key, err := p.name("a property name or * after .")
			if err != nil {
				return nil, err
			}
			m.Keys, m.Values = append(m.Keys, key), append(m.Values, nil)
		default:
			at := p.at
			key, err := p.name("a key")
			if err != nil {
				return nil, err
			}
			var v Expr = &Var{p.span(at), key}
			if p.sign(":") {
				if v, err = p.expr(); err != nil {
					return nil, err
				}
			}
			m.Keys, m.Values = append(m.Keys, key), append(m.Values, v)
		}
		if !p.sign(",") {
			break
		}
	}
	if err := p.wantSign("}", "after the map"); err != nil {
		return nil, err
	}
	m.span = p.span(from)
	return m, nil
}

// exprs reads expressions joined by commas up to a closing sign, which is consumed.
func (p *parser) exprs(closing string) ([]Expr, error) {
	var out []Expr
	if p.sign(closing) {
		return nil, nil
	}
	for {
		x, err := p.expr()
		if err != nil {
			return nil, err
		}
		out = append(out, x)
		if p.sign(closing) {
			return out, nil
		}
		if err := p.wantSign(",", "or "+closing); err != nil {
			return nil, err
		}
	}
}

func (p *parser) mapLiteral() (Expr, error) {
	m := &Map{}
	from := p.at
	if err := p.enter(); err != nil {
		return nil, err
	}
	defer p.leave()
	p.at++
	for !p.isSign("}") {
		key, err := p.name("a key")
		if err != nil {
			return nil, err
		}
		if err := p.wantSign(":", "after the key"); err != nil {
			return nil, err
		}
		v, err := p.expr()
		if err != nil {
			return nil, err
		}
		m.Keys, m.Values = append(m.Keys, key), append(m.Values, v)
		if !p.sign(",") {
			break
		}
		if p.isSign("}") {
			return nil, p.unexpected("a key")
		}
	}
	if err := p.wantSign("}", "after the map"); err != nil {
		return nil, err
	}
	m.span = p.span(from)
	return m, nil
}
