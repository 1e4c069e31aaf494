package main

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"entente/schema"
)

// TestReadingSchema judges readings by the JSON Schema: sound ones pass, and each fault that a schema can see is seen.
func TestReadingSchema(t *testing.T) {
	b, err := json.Marshal(readingSchema())
	if err != nil {
		t.Fatal(err)
	}
	var s map[string]any
	if err := json.Unmarshal(b, &s); err != nil {
		t.Fatal(err)
	}
	r, err := reader{"1"}.Extract(t.Context(), schema.Article{ID: "a", Published: "2010-12-09", Text: "NATO agreed with Russia."})
	if err != nil {
		t.Fatal(err)
	}
	full := r
	full.Article.Furniture = []schema.Furniture{{Start: 0, End: 4, Kind: "dateline"}}
	full.Entities[0].Codes = map[string]string{"wikidata": "Q7184"}
	empty := schema.Reading{Article: schema.Article{ID: "a"}, Extractor: schema.Extractor{Name: "x"}}
	for _, r := range []schema.Reading{r, full, empty} {
		line, err := json.Marshal(r)
		if err != nil {
			t.Fatal(err)
		}
		if err := judge(s, line); err != nil {
			t.Errorf("a sound reading: %v", err)
		}
	}
	line, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct{ old, new, want string }{
		{`"AGREE"`, `"HUG"`, "relation"},
		{`"status":"asserted"`, `"status":"planned"`, "status"},
		{`"2010-12-09"`, `"9 December"`, "published"},
		{`"start":0`, `"start":"0"`, "start"},
		{`"kind":"state"`, `"kind":"country"`, "kind"},
		{`"subject":`, `"subjekt":`, "subje"},
		{`"title":"",`, ``, "title"},
	} {
		broken := strings.Replace(string(line), tt.old, tt.new, 1)
		if broken == string(line) {
			t.Fatalf("%s is not in %s", tt.old, line)
		}
		if err := judge(s, []byte(broken)); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s for %s: %v", tt.new, tt.old, err)
		}
	}
}

func judge(s map[string]any, line []byte) error {
	var v any
	if err := json.Unmarshal(line, &v); err != nil {
		return err
	}
	return valid(s, v, "reading")
}

// valid is the part of JSON Schema that readingSchema uses.
func valid(s map[string]any, v any, at string) error {
	if err := validType(s["type"], v, at); err != nil {
		return err
	}
	if values, ok := s["enum"].([]any); ok && !slices.Contains(values, v) {
		return fmt.Errorf("%s: %v is none of %v", at, v, values)
	}
	if p, ok := s["pattern"].(string); ok && !regexp.MustCompile(p).MatchString(v.(string)) {
		return fmt.Errorf("%s: %v does not match", at, v)
	}
	if items, ok := v.([]any); ok {
		for i, x := range items {
			if err := valid(s["items"].(map[string]any), x, fmt.Sprintf("%s[%d]", at, i)); err != nil {
				return err
			}
		}
	}
	object, ok := v.(map[string]any)
	if !ok {
		return nil
	}
	required, _ := s["required"].([]any)
	for _, name := range required {
		if _, ok := object[name.(string)]; !ok {
			return fmt.Errorf("%s: no %s", at, name)
		}
	}
	properties, _ := s["properties"].(map[string]any)
	for name, x := range object {
		p, ok := properties[name].(map[string]any)
		if more, free := s["additionalProperties"].(map[string]any); !ok && free {
			p, ok = more, true
		}
		if !ok {
			return fmt.Errorf("%s: unknown %s", at, name)
		}
		if err := valid(p, x, at+"."+name); err != nil {
			return err
		}
	}
	return nil
}

func validType(want, v any, at string) error {
	types, ok := want.([]any)
	if !ok {
		types = []any{want}
	}
	is := "null"
	switch v := v.(type) {
	case string:
		is = "string"
	case bool:
		is = "boolean"
	case []any:
		is = "array"
	case map[string]any:
		is = "object"
	case float64:
		is = "number"
		if v == float64(int(v)) && slices.Contains(types, any("integer")) {
			is = "integer"
		}
	}
	if !slices.Contains(types, any(is)) {
		return fmt.Errorf("%s: a %s, want %v", at, is, types)
	}
	return nil
}
