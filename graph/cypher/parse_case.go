package cypher

import (
	"strings"
)

func (p *parser) caseExpr(from int) (Expr, error) {
	c := &Case{}
	var err error
	if !p.peek().is("WHEN") {
		if c.X, err = p.expr(); err != nil {
			return nil, err
		}
	}
	for p.word("WHEN") {
		w, err := p.expr()
		if err != nil {
			return nil, err
		}
		if p.isSign(",") {
			return nil, p.fail("UnexpectedSyntax", "several values in one WHEN are not supported: write one WHEN each")
		}
		if err := p.wantWord("THEN", "after WHEN"); err != nil {
			return nil, err
		}
		t, err := p.expr()
		if err != nil {
			return nil, err
		}
		c.When, c.Then = append(c.When, w), append(c.Then, t)
	}
	if len(c.When) == 0 {
		return nil, p.unexpected("WHEN")
	}
	if p.word("ELSE") {
		if c.Else, err = p.expr(); err != nil {
			return nil, err
		}
	}
	if err := p.wantWord("END", "after CASE"); err != nil {
		return nil, err
	}
	c.span = p.span(from)
	return c, nil
}

func (p *parser) functionName() (string, bool) {
	i := p.at
	var b strings.Builder
	for {
		t := p.tokens[min(i, len(p.tokens)-1)]
		if t.kind != tokenName && t.kind != tokenQuoted {
			return "", false
		}
		b.WriteString(t.text)
		next := p.tokens[min(i+1, len(p.tokens)-1)]
		if next.kind != tokenSign {
			return "", false
		}
		switch next.text {
		case "(":
			p.at = i + 2
			return b.String(), true
		case ".":
			b.WriteByte('.')
			i += 2
		default:
			return "", false
		}
	}
}
