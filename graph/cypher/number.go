package cypher

import "math"

// floatFunction is a function of one float.
func floatFunction(name string, f func(float64) float64) function {
	return function{least: 1, most: 1, wants: []kind{floatKind, intKind}, result: floatKind, call: func(_ *runtime, a []any) (any, error) {
		x, ok := toFloat(a[0])
		if !ok {
			return nil, wrongArgument(name, a[0])
		}
		return f(x), nil
	}}
}

var numberFunctions = map[string]function{
	"abs": {least: 1, most: 1, wants: []kind{floatKind, intKind}, call: func(_ *runtime, a []any) (any, error) {
		switch v := a[0].(type) {
		case int64:
			if v < 0 {
				return negate("-", v)
			}
			return v, nil
		case float64:
			return math.Abs(v), nil
		}
		return nil, wrongArgument("abs", a[0])
	}},
	"sign": {least: 1, most: 1, wants: []kind{floatKind, intKind}, result: intKind, call: func(_ *runtime, a []any) (any, error) {
		f, ok := toFloat(a[0])
		switch {
		case !ok:
			return nil, wrongArgument("sign", a[0])
		case f > 0:
			return int64(1), nil
		case f < 0:
			return int64(-1), nil
		}
		return int64(0), nil
	}},
	"round": {least: 1, most: 2, wants: []kind{floatKind, intKind}, result: floatKind, call: round},
	"rand":  {result: floatKind, call: func(rt *runtime, _ []any) (any, error) { return rt.rand.Float64(), nil }},
	"pi":    {result: floatKind, call: func(*runtime, []any) (any, error) { return math.Pi, nil }},
	"e":     {result: floatKind, call: func(*runtime, []any) (any, error) { return math.E, nil }},
	"isnan": {least: 1, most: 1, wants: []kind{floatKind, intKind}, result: boolKind, call: func(_ *runtime, a []any) (any, error) {
		if !isNumber(a[0]) {
			return nil, wrongArgument("isNaN", a[0])
		}
		return isNaN(a[0]), nil
	}},
	"atan2": {least: 2, most: 2, wants: []kind{floatKind, intKind}, result: floatKind, call: func(_ *runtime, a []any) (any, error) {
		y, ok := toFloat(a[0])
		x, ok2 := toFloat(a[1])
		if !ok || !ok2 {
			return nil, wrongArgument("atan2", a[0])
		}
		return math.Atan2(y, x), nil
	}},
	"ceil": floatFunction("ceil", math.Ceil), "floor": floatFunction("floor", math.Floor), "sqrt": floatFunction("sqrt", math.Sqrt),
	"exp": floatFunction("exp", math.Exp), "log": floatFunction("log", math.Log), "log10": floatFunction("log10", math.Log10),
	"sin": floatFunction("sin", math.Sin), "cos": floatFunction("cos", math.Cos), "tan": floatFunction("tan", math.Tan),
	"asin": floatFunction("asin", math.Asin), "acos": floatFunction("acos", math.Acos), "atan": floatFunction("atan", math.Atan),
	"cot":     floatFunction("cot", func(x float64) float64 { return 1 / math.Tan(x) }),
	"degrees": floatFunction("degrees", func(x float64) float64 { return x * 180 / math.Pi }),
	"radians": floatFunction("radians", func(x float64) float64 { return x * math.Pi / 180 }),
}

// round rounds half up (towards positive infinity) to a whole number, or with a precision half away from zero.
func round(_ *runtime, a []any) (any, error) {
	x, ok := toFloat(a[0])
	if !ok {
		return nil, wrongArgument("round", a[0])
	}
	if len(a) == 1 {
		if math.Abs(x) >= 1<<52 {
			return x, nil
		}
		return math.Floor(x + 0.5), nil
	}
	p, ok := a[1].(int64)
	if !ok || p < 0 || p > 300 {
		return nil, wrongArgument("round", a[1])
	}
	if p == 0 {
		return round(nil, a[:1])
	}
	scaled := x * math.Pow(10, float64(p))
	if math.IsInf(scaled, 0) || math.Abs(scaled) >= 1<<52 {
		return x, nil
	}
	return math.Round(scaled) / math.Pow(10, float64(p)), nil
}
