package cypher

func (c *compiler) caseOf(x *Case, s *scope) (*compiled, error) {
	var subject *compiled
	var err error
	if x.X != nil {
		if subject, err = c.expr(x.X, s); err != nil {
			return nil, err
		}
	}
	sub := c.expr
	if subject == nil {
		sub = c.condition
	}
	var whens, thens []*compiled
	for i := range x.When {
		w, err := sub(x.When[i], s)
		if err != nil {
			return nil, err
		}
		t, err := c.expr(x.Then[i], s)
		if err != nil {
			return nil, err
		}
		whens, thens = append(whens, w), append(thens, t)
	}
	other := constant(nil)
	if x.Else != nil {
		if other, err = c.expr(x.Else, s); err != nil {
			return nil, err
		}
	}
	return &compiled{func(rt *runtime, row []any) (any, error) {
		i, err := choose(rt, row, subject, whens)
		if err != nil {
			return nil, err
		}
		if i < 0 {
			return other.eval(rt, row)
		}
		return thens[i].eval(rt, row)
	}, anyKind}, nil
}

// choose is the first WHEN that holds, -1 if none does.
func choose(rt *runtime, row []any, subject *compiled, whens []*compiled) (int, error) {
	var v any
	var err error
	if subject != nil {
		if v, err = subject.eval(rt, row); err != nil {
			return -1, err
		}
	}
	for i, w := range whens {
		y, err := w.eval(rt, row)
		if err != nil {
			return -1, err
		}
		var t truth
		switch {
		case subject == nil:
			if t, err = truthValue(y); err != nil {
				return -1, err
			}
		case v == nil:
			t = truthOf(y == nil)
		default:
			t = equal(v, y)
		}
		if t == yes {
			return i, nil
		}
	}
	return -1, nil
}
