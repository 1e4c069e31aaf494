package cypher

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"
)

func runeCount(s string) int { return utf8.RuneCountInString(s) }

func matchText(rt *runtime, op string, a, b any) (any, error) {
	s, ok := a.(string)
	t, ok2 := b.(string)
	if !ok || !ok2 {
		return nil, nil
	}
	switch op {
	case "STARTS WITH":
		return strings.HasPrefix(s, t), nil
	case "ENDS WITH":
		return strings.HasSuffix(s, t), nil
	case "CONTAINS":
		return strings.Contains(s, t), nil
	}
	re, ok := rt.patterns[t]
	if !ok {
		var err error
		if re, err = regexp.Compile(`^(?s:` + t + `)$`); err != nil {
			return nil, argumentError("=~: %v", err)
		}
		if rt.patterns == nil || len(rt.patterns) > 100 {
			rt.patterns = map[string]*regexp.Regexp{}
		}
		rt.patterns[t] = re
	}
	return re.MatchString(s), nil
}

// textFunction is a function of strings.
func textFunction(name string, least, most int, result kind, f func(rt *runtime, s []string) (any, error)) function {
	return function{least: least, most: most, wants: []kind{stringKind}, result: result, call: func(rt *runtime, a []any) (any, error) {
		s := make([]string, len(a))
		for i, v := range a {
			var ok bool
			if s[i], ok = v.(string); !ok {
				return nil, wrongArgument(name, v)
			}
		}
		return f(rt, s)
	}}
}

func mapText(name string, f func(string) string) function {
	return textFunction(name, 1, 1, stringKind, func(_ *runtime, s []string) (any, error) { return f(s[0]), nil })
}

func trim(name string, f func(s, cut string) string) function {
	return textFunction(name, 1, 2, stringKind, func(_ *runtime, s []string) (any, error) {
		if len(s) == 1 {
			return f(s[0], " \t\n\r\v\f\u00a0\u2028\u2029"), nil
		}
		return f(s[0], s[1]), nil
	})
}

var textFunctions = map[string]function{
	"tolower": mapText("toLower", strings.ToLower), "lower": mapText("lower", strings.ToLower),
	"toupper": mapText("toUpper", strings.ToUpper), "upper": mapText("upper", strings.ToUpper),
	"trim": trim("trim", strings.Trim), "btrim": trim("btrim", strings.Trim), "ltrim": trim("ltrim", strings.TrimLeft), "rtrim": trim("rtrim", strings.TrimRight),
	"char_length":      textFunction("char_length", 1, 1, intKind, func(_ *runtime, s []string) (any, error) { return int64(runeCount(s[0])), nil }),
	"character_length": textFunction("character_length", 1, 1, intKind, func(_ *runtime, s []string) (any, error) { return int64(runeCount(s[0])), nil }),
	"split": textFunction("split", 2, 2, listKind, func(_ *runtime, s []string) (any, error) {
		if s[0] == "" {
			return []any{""}, nil
		}
		return anys(strings.Split(s[0], s[1])), nil
	}),
	"replace": textFunction("replace", 3, 3, stringKind, func(rt *runtime, s []string) (any, error) {
		if s[1] == "" {
			return s[0], nil
		}
		if err := rt.fitsText(len(s[0]) + strings.Count(s[0], s[1])*(len(s[2])-len(s[1]))); err != nil {
			return nil, err
		}
		return strings.ReplaceAll(s[0], s[1], s[2]), nil
	}),
	"substring": {least: 2, most: 3, result: stringKind, call: func(_ *runtime, a []any) (any, error) { return substring("substring", a) }},
	"left": {least: 2, most: 2, result: stringKind, call: func(_ *runtime, a []any) (any, error) {
		return substring("left", []any{a[0], int64(0), a[1]})
	}},
	"right": {least: 2, most: 2, result: stringKind, call: func(_ *runtime, a []any) (any, error) {
		s, ok := a[0].(string)
		n, ok2 := a[1].(int64)
		if !ok || !ok2 {
			return nil, wrongArgument("right", a[0])
		}
		return substring("right", []any{s, max(0, int64(runeCount(s))-max(n, 0)), n})
	}},
	"tostring":        {least: 1, most: 1, result: stringKind, wants: []kind{stringKind, boolKind, intKind, floatKind, temporalKind}, call: toText},
	"tointeger":       {least: 1, most: 1, result: intKind, call: toInteger},
	"tofloat":         {least: 1, most: 1, result: floatKind, call: toFloatValue},
	"toboolean":       {least: 1, most: 1, result: boolKind, call: toBoolean},
	"tostringornull":  orNull(stringKind, toText),
	"tointegerornull": orNull(intKind, toInteger),
	"tofloatornull":   orNull(floatKind, toFloatValue),
	"tobooleanornull": orNull(boolKind, toBoolean),
	"tostringlist":    each("toStringList", toText),
	"tointegerlist":   each("toIntegerList", toInteger),
	"tofloatlist":     each("toFloatList", toFloatValue),
	"tobooleanlist":   each("toBooleanList", toBoolean),
}

func orNull(k kind, f func(*runtime, []any) (any, error)) function {
	return function{least: 1, most: 1, result: k, call: func(rt *runtime, a []any) (any, error) {
		v, err := f(rt, a)
		if err != nil {
			return nil, nil
		}
		return v, nil
	}}
}

func each(name string, f func(*runtime, []any) (any, error)) function {
	return function{least: 1, most: 1, wants: []kind{listKind, edgesKind}, result: listKind, call: func(rt *runtime, a []any) (any, error) {
		l, ok := a[0].([]any)
		if !ok {
			return nil, wrongArgument(name, a[0])
		}
		out := make([]any, len(l))
		for i, v := range l {
			if v == nil {
				continue
			}
			if w, err := f(rt, []any{v}); err == nil {
				out[i] = w
			}
		}
		return out, nil
	}}
}

func substring(name string, a []any) (any, error) {
	s, ok := a[0].(string)
	if !ok {
		return nil, wrongArgument(name, a[0])
	}
	n := [2]int64{0, math.MaxInt64}
	for i, v := range a[1:] {
		k, ok := v.(int64)
		if !ok {
			return nil, wrongArgument(name, v)
		}
		if k < 0 {
			return nil, runtimeError(ArgumentError, "NumberOutOfRange", "%s() does not take the negative number %d", name, k)
		}
		n[i] = k
	}
	r := []rune(s)
	from := min(n[0], int64(len(r)))
	return string(r[from : from+min(n[1], int64(len(r))-from)]), nil
}

func toText(_ *runtime, a []any) (any, error) {
	s, ok := joinable(a[0])
	if !ok {
		return nil, wrongArgument("toString", a[0])
	}
	return s, nil
}

func toInteger(_ *runtime, a []any) (any, error) {
	switch v := a[0].(type) {
	case int64:
		return v, nil
	case float64:
		return truncated(v)
	case bool:
		if v {
			return int64(1), nil
		}
		return int64(0), nil
	case string:
		if i, ok := parseInt(strings.TrimSpace(v)); ok {
			return i, nil
		}
		if f, err := parseFloat(v); err == nil && math.Abs(f) < 1<<63 {
			return int64(f), nil
		}
		return nil, nil
	}
	return nil, wrongArgument("toInteger", a[0])
}

func truncated(f float64) (any, error) {
	if math.IsNaN(f) || f >= 1<<63 || f < -1<<63 {
		return nil, overflow()
	}
	return int64(f), nil
}

// parseFloat reads a decimal number.
func parseFloat(s string) (float64, error) {
	s = strings.TrimSpace(s)
	if strings.Trim(s, "+-.eE0123456789") != "" {
		return 0, strconv.ErrSyntax
	}
	return strconv.ParseFloat(s, 64)
}

func toFloatValue(_ *runtime, a []any) (any, error) {
	switch v := a[0].(type) {
	case int64:
		return float64(v), nil
	case float64:
		return v, nil
	case string:
		if f, err := parseFloat(v); err == nil {
			return f, nil
		}
		return nil, nil
	}
	return nil, wrongArgument("toFloat", a[0])
}

func toBoolean(_ *runtime, a []any) (any, error) {
	switch v := a[0].(type) {
	case bool:
		return v, nil
	case int64:
		return v != 0, nil
	case string:
		switch strings.ToLower(strings.TrimSpace(v)) {
		case "true":
			return true, nil
		case "false":
			return false, nil
		}
		return nil, nil
	}
	return nil, wrongArgument("toBoolean", a[0])
}
