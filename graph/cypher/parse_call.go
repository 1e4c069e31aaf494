package cypher

func (p *parser) call(from int) (Clause, error) {
	if p.isSign("{") || p.isSign("(") {
		return p.callSub(from)
	}
	c := &CallProc{}
	name, err := p.name("a procedure name or { after CALL")
	if err != nil {
		return nil, err
	}
	for c.Name = name; p.sign("."); c.Name += "." + name {
		if name, err = p.name("a procedure name after ."); err != nil {
			return nil, err
		}
	}
	if p.sign("(") {
		c.Explicit = true
		if c.Args, err = p.exprs(")"); err != nil {
			return nil, err
		}
	}
	if p.word("YIELD") {
		if p.sign("*") {
			c.YieldStar = true
		} else if err := p.yields(c); err != nil {
			return nil, err
		}
		if c.Where, err = p.where(); err != nil {
			return nil, err
		}
	}
	c.span = p.span(from)
	return c, nil
}

func (p *parser) yields(c *CallProc) error {
	for {
		at := p.at
		name, err := p.name("a column after YIELD")
		if err != nil {
			return err
		}
		item := Item{X: &Var{p.span(at), name}, Name: name}
		if p.word("AS") {
			item.Aliased = true
			if item.Name, err = p.name("a name after AS"); err != nil {
				return err
			}
		}
		c.Yields = append(c.Yields, item)
		if !p.sign(",") {
			return nil
		}
	}
}

func (p *parser) callSub(from int) (Clause, error) {
	c := &CallSub{}
	if p.sign("(") {
		c.Scoped = true
		switch {
		case p.sign("*"):
			c.ImportStar = true
		case !p.isSign(")"):
			for {
				name, err := p.name("a variable")
				if err != nil {
					return nil, err
				}
				c.Imports = append(c.Imports, name)
				if !p.sign(",") {
					break
				}
			}
		}
		if err := p.wantSign(")", "after the variables of CALL"); err != nil {
			return nil, err
		}
	}
	if err := p.wantSign("{", "after CALL"); err != nil {
		return nil, err
	}
	q, err := p.query()
	if err != nil {
		return nil, err
	}
	if err := p.wantSign("}", "after the query of CALL"); err != nil {
		return nil, err
	}
	if p.peek().is("IN") {
		return nil, p.fail("UnexpectedSyntax", "CALL { } IN TRANSACTIONS is not supported")
	}
	c.Query, c.span = q, p.span(from)
	return c, nil
}
