package cypher

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
)

// notation writes a value as the TCK does, with the parts that have no order sorted; where bags, also the elements of lists.
func notation(v any, bags bool) string {
	switch v := v.(type) {
	case nil:
		return "null"
	case bool:
		return strconv.FormatBool(v)
	case int64:
		return strconv.FormatInt(v, 10)
	case float64:
		return floatNotation(v)
	case string:
		return strconv.Quote(v)
	case []any:
		var out []string
		for _, e := range v {
			out = append(out, notation(e, bags))
		}
		if bags {
			slices.Sort(out)
		}
		return "[" + strings.Join(out, ", ") + "]"
	case map[string]any:
		var out []string
		for _, k := range sortedKeys(v) {
			out = append(out, k+": "+notation(v[k], bags))
		}
		return "{" + strings.Join(out, ", ") + "}"
	case *Node:
		return nodeNotation(v.Labels, notation(v.Props, bags))
	case *Edge:
		return edgeNotation(v.Type, notation(v.Props, bags))
	case *Path:
		var s strings.Builder
		s.WriteString(notation(v.Nodes[0], bags))
		for i, e := range v.Edges {
			before, after := "-", "->"
			if e.Start != v.Nodes[i].ID {
				before, after = "<-", "-"
			}
			s.WriteString(before + notation(e, bags) + after + notation(v.Nodes[i+1], bags))
		}
		return "<" + s.String() + ">"
	}
	return strconv.Quote(formatTemporal(v))
}

func floatNotation(f float64) string {
	if math.IsNaN(f) {
		return "NaN"
	}
	if f == 0 {
		f = 0 // -0.0 and 0.0 are one value
	}
	return strconv.FormatFloat(f, 'e', 14, 64)
}

func nodeNotation(labels []string, props string) string {
	labels = slices.Sorted(slices.Values(labels))
	var s strings.Builder
	for _, l := range labels {
		s.WriteString(":" + l)
	}
	if props != "{}" {
		s.WriteString(" " + props)
	}
	return "(" + s.String() + ")"
}

func edgeNotation(typ, props string) string {
	if props != "{}" {
		return "[:" + typ + " " + props + "]"
	}
	return "[:" + typ + "]"
}

// expected reads the TCK's notation and writes it as notation does.
func expected(s string, bags bool) (string, error) {
	r := &notationReader{s: s, bags: bags}
	out, err := r.value()
	r.space()
	if err == nil && r.s != "" {
		err = fmt.Errorf("%q is left", r.s)
	}
	return out, err
}

type notationReader struct {
	s    string
	bags bool
}

func (r *notationReader) space() { r.s = strings.TrimLeft(r.s, " ") }

func (r *notationReader) sign(s string) bool {
	r.space()
	if strings.HasPrefix(r.s, s) {
		r.s = r.s[len(s):]
		return true
	}
	return false
}

func (r *notationReader) name() string {
	r.space()
	i := strings.IndexFunc(r.s, func(c rune) bool { return !nameRune(c) })
	if i < 0 {
		i = len(r.s)
	}
	n := r.s[:i]
	r.s = r.s[i:]
	return n
}

func (r *notationReader) value() (string, error) {
	r.space()
	switch {
	case r.sign("'"):
		return r.text()
	case strings.HasPrefix(r.s, "[:"):
		return r.edge()
	case r.sign("["):
		var out []string
		for !r.sign("]") {
			v, err := r.value()
			if err != nil {
				return "", err
			}
			out = append(out, v)
			r.sign(",")
		}
		if r.bags {
			slices.Sort(out)
		}
		return "[" + strings.Join(out, ", ") + "]", nil
	case strings.HasPrefix(r.s, "{"):
		return r.props()
	case strings.HasPrefix(r.s, "("):
		return r.node()
	case r.sign("<"):
		return r.path()
	}
	i := strings.IndexAny(r.s, ",]})>")
	if i < 0 {
		i = len(r.s)
	}
	word := strings.TrimSpace(r.s[:i])
	r.s = r.s[i:]
	return scalar(word)
}

func scalar(word string) (string, error) {
	switch word {
	case "null", "true", "false", "NaN":
		return word, nil
	case "Inf", "-Inf":
		f, _ := strconv.ParseFloat(word, 64)
		return floatNotation(f), nil
	}
	if _, err := strconv.ParseInt(word, 10, 64); err == nil {
		return word, nil
	}
	f, err := strconv.ParseFloat(word, 64)
	if err != nil {
		return "", fmt.Errorf("value %q", word)
	}
	return floatNotation(f), nil
}

func (r *notationReader) text() (string, error) {
	var b strings.Builder
	for i := 0; i < len(r.s); i++ {
		switch r.s[i] {
		case '\'':
			r.s = r.s[i+1:]
			return strconv.Quote(b.String()), nil
		case '\\':
			i++
			if c := r.s[i]; c == 'n' {
				b.WriteByte('\n')
			} else {
				b.WriteByte(c)
			}
		default:
			b.WriteByte(r.s[i])
		}
	}
	return "", fmt.Errorf("string is not ended")
}

func (r *notationReader) props() (string, error) {
	if !r.sign("{") {
		return "{}", nil
	}
	m := map[string]string{}
	for !r.sign("}") {
		k := r.name()
		if !r.sign(":") {
			return "", fmt.Errorf("map: %q", r.s)
		}
		v, err := r.value()
		if err != nil {
			return "", err
		}
		m[k] = v
		r.sign(",")
	}
	var out []string
	for _, k := range sortedKeys(m) {
		out = append(out, k+": "+m[k])
	}
	return "{" + strings.Join(out, ", ") + "}", nil
}

func (r *notationReader) node() (string, error) {
	r.sign("(")
	var labels []string
	for r.sign(":") {
		labels = append(labels, r.name())
	}
	props, err := r.props()
	if err == nil && !r.sign(")") {
		err = fmt.Errorf("node: %q", r.s)
	}
	return nodeNotation(labels, props), err
}

func (r *notationReader) edge() (string, error) {
	r.sign("[")
	r.sign(":")
	typ := r.name()
	props, err := r.props()
	if err == nil && !r.sign("]") {
		err = fmt.Errorf("relationship: %q", r.s)
	}
	return edgeNotation(typ, props), err
}

func (r *notationReader) path() (string, error) {
	s, err := r.node()
	for err == nil && !r.sign(">") {
		before := "-"
		if r.sign("<-") {
			before = "<-"
		} else if !r.sign("-") {
			return "", fmt.Errorf("path: %q", r.s)
		}
		e, err := r.edge()
		if err != nil {
			return "", err
		}
		after := "-"
		if r.sign("->") {
			after = "->"
		} else if !r.sign("-") {
			return "", fmt.Errorf("path: %q", r.s)
		}
		n, err := r.node()
		if err != nil {
			return "", err
		}
		s += before + e + after + n
	}
	return "<" + s + ">", err
}
