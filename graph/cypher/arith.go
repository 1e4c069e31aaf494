package cypher

import (
	"math"
	"math/bits"
	"strconv"
	"strings"
)

func (c *compiler) binary(x *Binary, s *scope) (*compiled, error) {
	if x.Op == "AND" || x.Op == "OR" || x.Op == "XOR" {
		return c.logic(x, s, c.expr)
	}
	es, err := c.exprs([]Expr{x.L, x.R}, s)
	if err != nil {
		return nil, err
	}
	k := anyKind
	switch x.Op {
	case "IN":
		if err := c.want(x.R, es[1], "IN", listKind, edgesKind); err != nil {
			return nil, err
		}
		return &compiled{func(rt *runtime, row []any) (any, error) {
			a, b, err := two(rt, row, es)
			if err != nil || b == nil {
				return nil, err
			}
			return contains(rt, a, b)
		}, boolKind}, nil
	case "STARTS WITH", "ENDS WITH", "CONTAINS", "=~":
		k = boolKind
	case "-", "*", "/", "%", "^":
		for i, e := range es {
			if err := c.want([]Expr{x.L, x.R}[i], e, x.Op, intKind, floatKind, temporalKind); err != nil {
				return nil, err
			}
		}
	}
	return &compiled{func(rt *runtime, row []any) (any, error) {
		a, b, err := two(rt, row, es)
		if err != nil || a == nil || b == nil {
			return nil, err
		}
		return operate(rt, x.Op, a, b)
	}, k}, nil
}

// contains is a IN b.
func contains(rt *runtime, a, b any) (any, error) {
	list, ok := b.([]any)
	if !ok {
		return nil, runtimeError(TypeError, "InvalidArgumentType", "IN wants a list, not a %s", kindName(b))
	}
	out := no
	for _, e := range list {
		if err := rt.step(); err != nil {
			return nil, err
		}
		switch equal(a, e) {
		case yes:
			return true, nil
		case unknown:
			out = unknown
		}
	}
	return out.value(), nil
}

// operate applies an operator to two values that are not null.
func operate(rt *runtime, op string, a, b any) (any, error) {
	switch op {
	case "STARTS WITH", "ENDS WITH", "CONTAINS", "=~":
		return matchText(rt, op, a, b)
	case "+", "||":
		if v, ok, err := join(rt, a, b); ok || err != nil {
			return v, err
		}
	}
	if isTemporal(a) || isTemporal(b) {
		return temporalArith(op, a, b)
	}
	x, xInt := a.(int64)
	y, yInt := b.(int64)
	if xInt && yInt && op != "^" && op != "||" {
		return integerArith(op, x, y)
	}
	f, fOK := toFloat(a)
	g, gOK := toFloat(b)
	if !fOK || !gOK || op == "||" {
		return nil, runtimeError(TypeError, "InvalidArgumentType", "%s does not join a %s and a %s", op, kindName(a), kindName(b))
	}
	switch op {
	case "+":
		return f + g, nil
	case "-":
		return f - g, nil
	case "*":
		return f * g, nil
	case "/":
		return f / g, nil
	case "%":
		return math.Mod(f, g), nil
	}
	return math.Pow(f, g), nil
}

func toFloat(v any) (float64, bool) {
	switch v := v.(type) {
	case int64:
		return float64(v), true
	case float64:
		return v, true
	}
	return 0, false
}

func integerArith(op string, x, y int64) (any, error) {
	switch op {
	case "+":
		z := x + y
		if (x > 0) == (y > 0) && (z > 0) != (x > 0) && x != 0 && y != 0 {
			return nil, overflow()
		}
		return z, nil
	case "-":
		z := x - y
		if (z < x) != (y > 0) {
			return nil, overflow()
		}
		return z, nil
	case "*":
		return multiply(x, y)
	}
	if y == 0 {
		return nil, runtimeError(ArgumentError, "DivisionByZero", "%s by zero", op)
	}
	if op == "%" {
		if y == -1 {
			return int64(0), nil
		}
		return x % y, nil
	}
	if x == math.MinInt64 && y == -1 {
		return nil, overflow()
	}
	return x / y, nil
}

func multiply(x, y int64) (any, error) {
	hi, lo := bits.Mul64(magnitude(x), magnitude(y))
	neg := (x < 0) != (y < 0)
	if hi != 0 || lo > 1<<63 || lo == 1<<63 && !neg {
		return nil, overflow()
	}
	if neg {
		return -int64(lo), nil
	}
	return int64(lo), nil
}

func magnitude(x int64) uint64 {
	if x < 0 {
		return -uint64(x)
	}
	return uint64(x)
}

// join is + where one side is a list or string.
func join(rt *runtime, a, b any) (v any, ok bool, err error) {
	x, xList := a.([]any)
	y, yList := b.([]any)
	if xList || yList {
		if !xList {
			x = []any{a}
		}
		if !yList {
			y = []any{b}
		}
		if err := rt.fits(len(x) + len(y)); err != nil {
			return nil, true, err
		}
		sum := append(append(make([]any, 0, len(x)+len(y)), x...), y...)
		return sum, true, rt.weigh(sum)
	}
	s, sOK := joinable(a)
	t, tOK := joinable(b)
	_, sText := a.(string)
	_, tText := b.(string)
	if !sOK || !tOK || !sText && !tText {
		return nil, false, nil
	}
	if err := rt.fitsText(len(s) + len(t)); err != nil {
		return nil, true, err
	}
	return s + t, true, nil
}

func joinable(v any) (string, bool) {
	switch v := v.(type) {
	case string:
		return v, true
	case int64:
		return strconv.FormatInt(v, 10), true
	case float64:
		return formatFloat(v), true
	case bool:
		return strconv.FormatBool(v), true
	}
	if isTemporal(v) {
		return formatTemporal(v), true
	}
	return "", false
}

// formatFloat writes a float as Cypher does: always with a point or exponent.
func formatFloat(f float64) string {
	switch {
	case math.IsNaN(f):
		return "NaN"
	case math.IsInf(f, 1):
		return "Infinity"
	case math.IsInf(f, -1):
		return "-Infinity"
	}
	a := math.Abs(f)
	if a == 0 || a >= 1e-3 && a < 1e7 {
		s := strconv.FormatFloat(f, 'f', -1, 64)
		if !strings.Contains(s, ".") {
			s += ".0"
		}
		return s
	}
	m, e, _ := strings.Cut(strconv.FormatFloat(f, 'E', -1, 64), "E")
	if !strings.Contains(m, ".") {
		m += ".0"
	}
	e = strings.TrimPrefix(e, "+")
	sign := ""
	if strings.HasPrefix(e, "-") {
		sign, e = "-", e[1:]
	}
	return m + "E" + sign + strings.TrimLeft(e, "0")
}
