package cypher

import (
	"math"
	"strconv"
)

// namedPattern is a pattern of MATCH: it may have a name and be one of the shortest paths.
func (p *parser) namedPattern() (*Pattern, error) {
	from := p.at
	name := ""
	if p.isName() && p.peekAt(1).kind == tokenSign && p.peekAt(1).text == "=" {
		name = p.peek().text
		p.at += 2
	}
	for _, fn := range []string{"shortestPath", "allShortestPaths"} {
		if p.peek().is(fn) && p.peekAt(1).text == "(" {
			pattern, err := p.shortest(fn)
			if err != nil {
				return nil, err
			}
			pattern.Name = name
			return pattern, nil
		}
	}
	for _, w := range []string{"ANY", "ALL", "SHORTEST"} {
		if p.peek().is(w) {
			return nil, p.fail("UnexpectedSyntax", "%s as a path selector is not supported: write shortestPath(...) or allShortestPaths(...)", w)
		}
	}
	pattern, err := p.pattern()
	if err != nil {
		return nil, err
	}
	pattern.Name, pattern.span = name, p.span(from)
	return pattern, nil
}

func (p *parser) shortest(fn string) (*Pattern, error) {
	from := p.at
	p.at += 2
	pattern, err := p.pattern()
	if err != nil {
		return nil, err
	}
	if len(pattern.Edges) != 1 {
		return nil, p.failAt(from, "InvalidArgumentType", "%s wants a pattern of one relationship, such as (a)-[*]-(b)", fn)
	}
	if err := p.wantSign(")", "after the pattern of "+fn); err != nil {
		return nil, err
	}
	if e := pattern.Edges[0]; e.Many && e.Min > 1 {
		return nil, p.failAt(from, "InvalidArgumentType", "%s cannot have a least length above 1", fn)
	}
	pattern.Shortest, pattern.span = fn, p.span(from)
	return pattern, nil
}

// pattern reads nodes and the relationships between them.
func (p *parser) pattern() (*Pattern, error) {
	pattern := &Pattern{}
	from := p.at
	if p.isSign("(") && p.peekAt(1).text == "(" && p.peekAt(1).kind == tokenSign {
		return nil, p.fail("UnexpectedSyntax", "a pattern in brackets (quantified path pattern) is not supported: write -[*1..3]-")
	}
	n, err := p.node()
	if err != nil {
		return nil, err
	}
	pattern.Nodes = append(pattern.Nodes, n)
	for p.isSign("-") || p.isSign("<") {
		e, err := p.edge()
		if err != nil {
			return nil, err
		}
		if p.isSign("+") || p.isSign("*") || p.isSign("{") {
			return nil, p.fail("UnexpectedSyntax", "a quantifier behind a relationship is not supported: write -[*1..3]-")
		}
		n, err := p.node()
		if err != nil {
			return nil, err
		}
		pattern.Edges, pattern.Nodes = append(pattern.Edges, e), append(pattern.Nodes, n)
	}
	pattern.span = p.span(from)
	return pattern, nil
}

func (p *parser) node() (*NodePattern, error) {
	n := &NodePattern{}
	from := p.at
	err := p.wantSign("(", "to begin a node of a pattern")
	if err != nil {
		return nil, err
	}
	if p.isName() && !p.peek().is("WHERE") {
		n.Name, _ = p.name("")
	}
	if p.isSign(":") || p.peek().is("IS") {
		if n.Labels, n.Any, err = p.labels(); err != nil {
			return nil, err
		}
	}
	if n.Props, err = p.patternProps(); err != nil {
		return nil, err
	}
	if n.Where, err = p.where(); err != nil {
		return nil, err
	}
	if err := p.wantSign(")", "to end a node of a pattern"); err != nil {
		return nil, err
	}
	n.span = p.span(from)
	return n, nil
}

// labels reads :A:B, :A&B or :A|B.
func (p *parser) labels() (labels []string, any bool, err error) {
	all := false
	p.word("IS")
	for first := true; ; first = false {
		switch {
		case p.sign(":"):
			all = all || !first
		case !first && p.sign("&"):
			all = true
		case !first && p.sign("|"):
			any = true
			p.sign(":")
		case first:
		default:
			return labels, any, nil
		}
		if any && all {
			return nil, false, p.fail("UnexpectedSyntax", "labels joined both by | and by & or : are not supported")
		}
		for _, s := range []string{"!", "%", "(", "$"} {
			if p.isSign(s) {
				return nil, false, p.fail("UnexpectedSyntax", "%s in a label expression is not supported: name the labels", s)
			}
		}
		name, err := p.name("a label")
		if err != nil {
			return nil, false, err
		}
		labels = append(labels, name)
	}
}

func (p *parser) patternProps() (Expr, error) {
	t := p.peek()
	switch {
	case t.kind == tokenParam:
		return nil, p.fail("InvalidParameterUse", "a parameter cannot stand for the properties of a pattern: write {key: $%s.key}", t.text)
	case p.isSign("{"):
		return p.mapLiteral()
	}
	return nil, nil
}

func (p *parser) edge() (*EdgePattern, error) {
	e := &EdgePattern{}
	from := p.at
	left := p.sign("<")
	if err := p.wantSign("-", "in a relationship"); err != nil {
		return nil, err
	}
	if p.sign("[") {
		if err := p.edgeDetail(e); err != nil {
			return nil, err
		}
		if err := p.wantSign("]", "to end a relationship"); err != nil {
			return nil, err
		}
	}
	if err := p.wantSign("-", "in a relationship"); err != nil {
		return nil, err
	}
	right := p.sign(">")
	switch {
	case left && !right:
		e.Direction = In
	case right && !left:
		e.Direction = Out
	}
	e.span = p.span(from)
	return e, nil
}

func (p *parser) edgeDetail(e *EdgePattern) (err error) {
	if p.isName() && !p.peek().is("WHERE") {
		e.Name, _ = p.name("")
	}
	if p.sign(":") {
		for {
			for _, s := range []string{"!", "%", "("} {
				if p.isSign(s) {
					return p.fail("UnexpectedSyntax", "%s in a relationship type expression is not supported: name the types", s)
				}
			}
			name, err := p.name("a relationship type")
			if err != nil {
				return err
			}
			e.Types = append(e.Types, name)
			if !p.sign("|") {
				break
			}
			p.sign(":")
		}
	}
	if p.isSign("*") {
		if err := p.length(e); err != nil {
			return err
		}
	}
	if p.isSign("..") || p.peek().kind == tokenInt {
		return p.fail("InvalidRelationshipPattern", "a length needs * before it: write -[*1..3]-")
	}
	if e.Props, err = p.patternProps(); err != nil {
		return err
	}
	e.Where, err = p.where()
	return err
}

// length reads *, *2, *1.., *..3 or *1..3.
func (p *parser) length(e *EdgePattern) error {
	p.at++
	e.Many, e.Min, e.Max = true, 1, -1
	least, given, err := p.bound()
	if err != nil {
		return err
	}
	if given {
		e.Min, e.Max = least, least
	}
	if !p.sign("..") {
		return nil
	}
	e.Max = -1
	most, given, err := p.bound()
	if given {
		e.Max = most
	}
	return err
}

func (p *parser) bound() (n int, given bool, err error) {
	t := p.peek()
	if p.isSign("-") {
		return 0, false, p.fail("InvalidRelationshipPattern", "the length of a path cannot be negative")
	}
	if t.kind == tokenParam {
		return 0, false, p.fail("InvalidParameterUse", "a parameter cannot stand for the length of a path")
	}
	if t.kind != tokenInt {
		return 0, false, nil
	}
	v, err := strconv.ParseInt(t.text, 10, 64)
	if err != nil || v > math.MaxInt32 {
		return 0, false, p.fail("InvalidRelationshipPattern", "%s is not the length of a path", t.text)
	}
	p.at++
	return int(v), true, nil
}

// patternAt reads a pattern with at least one relationship where an expression may begin; nil where there is none.
func (p *parser) patternAt() *Pattern {
	from := p.at
	t, ok := p.patterns[from]
	if !ok {
		pattern, err := p.pattern()
		if err != nil || len(pattern.Edges) == 0 {
			pattern = nil
		}
		t = tried{pattern, p.at}
		p.patterns[from] = t
		p.at = from
	}
	if t.pattern != nil {
		p.at = t.next
	}
	return t.pattern
}
