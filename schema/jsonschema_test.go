package schema_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"entente/schema"
)

var update = flag.Bool("update", false, "write the golden files")

func jsonSchema(t testing.TB) (raw []byte, root map[string]any) {
	t.Helper()
	raw, err := schema.JSONSchema()
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(raw, &root); err != nil {
		t.Fatal(err)
	}
	return raw, root
}

func TestJSONSchemaGolden(t *testing.T) {
	raw, _ := jsonSchema(t)
	golden := filepath.Join("testdata", "reading.schema.json")
	if *update {
		if err := os.WriteFile(golden, raw, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(raw)); diff != "" {
		t.Errorf("write it with -update once it is right: -want +got\n%s", diff)
	}
}

// TestJSONSchemaValidates: the example readings fit the schema, and so does every enumerated value.
func TestJSONSchemaValidates(t *testing.T) {
	_, root := jsonSchema(t)
	for i, line := range exampleReadings(t) {
		var v any
		if err := json.Unmarshal(line, &v); err != nil {
			t.Fatal(err)
		}
		if err := (checker{root}).check(root, v, "$"); err != nil {
			t.Errorf("example %d: %v", i+1, err)
		}
	}
}

// TestExampleUsesEveryField: a field that no example sets is a field whose schema nothing has tried.
func TestExampleUsesEveryField(t *testing.T) {
	used := map[string]bool{}
	var mark func(v reflect.Value, name string)
	mark = func(v reflect.Value, name string) {
		if !v.IsZero() {
			used[name] = true
		}
		switch v.Kind() {
		case reflect.Struct:
			for f, field := range v.Fields() {
				mark(field, v.Type().Name()+"."+f.Name)
			}
		case reflect.Slice:
			for i := range v.Len() {
				mark(v.Index(i), name)
			}
		}
	}
	for _, line := range exampleReadings(t) {
		r, err := schema.ParseReading(line)
		if err != nil {
			t.Fatal(err)
		}
		mark(reflect.ValueOf(r), "Reading")
	}
	for _, typ := range []reflect.Type{
		reflect.TypeFor[schema.Reading](), reflect.TypeFor[schema.Article](), reflect.TypeFor[schema.Furniture](), reflect.TypeFor[schema.Entity](),
		reflect.TypeFor[schema.Triple](), reflect.TypeFor[schema.Evidence](), reflect.TypeFor[schema.Extractor](),
	} {
		for f := range typ.Fields() {
			if name := typ.Name() + "." + f.Name; !used[name] {
				t.Errorf("no example sets %s", name)
			}
		}
	}
}

// TestJSONSchemaRefuses: each way to break the shape is refused at the right place.
func TestJSONSchemaRefuses(t *testing.T) {
	_, root := jsonSchema(t)
	line := string(exampleReadings(t)[0])
	for _, c := range []struct{ old, new, where, want string }{
		{`"triples":[`, `"triplets":[`, "$", "not allowed"},
		{`"extractor":{"name":"rules","version":"1"}`, `"extractor":{"name":"rules"}`, "$.extractor", "version is missing"},
		{`"extractor":{"name":"rules"`, `"extractor":{"name":""`, "$.extractor.name", "too short"},
		{`"status":"asserted"`, `"status":"denied"`, ".status", "is none of"},
		{`"status":"asserted"`, `"polarity":"asserted"`, "$.triples[0].evidence[0]", "polarity is not allowed"},
		{`"relation":"CONSULT"`, `"relation":"consult"`, "$.triples[0].relation", "is none of"},
		{`"date":"2010-12-08"`, `"date":"8 December"`, "$.triples[0].date", "does not match"},
		{`"date":"2010-12-08"`, `"date":"2010-12-08/2010-12"`, "$.triples[0].date", "does not match"},
		{`"date":"2010-12-08"`, `"date":null`, "$.triples[0].date", "is not a string"},
		{`"start":16`, `"start":-16`, ".start", "below"},
		{`"start":16`, `"start":16.5`, ".start", "is not a integer"},
		{`"start":16`, `"start":"16"`, ".start", "is not a integer"},
		{`"confidence":0.75`, `"confidence":0`, ".confidence", "not above"},
		{`"confidence":0.75`, `"confidence":1.1`, ".confidence", "above"},
		{`"mode":"multilateral"`, `"mode":"bilateral"`, ".mode", "is none of"},
		{`"contexts":["military"`, `"contexts":["sport"`, ".contexts[0]", "is none of"},
		{`"contexts":["military","diplomatic"]`, `"contexts":"military"`, ".contexts", "is not a array"},
		{`"mediators":["CHE"]`, `"mediators":["Confoederatio Helvetica"]`, ".mediators[0]", "does not match"},
		{`"kind":"state"`, `"kind":"country"`, ".kind", "is none of"},
		{`"kind":"dateline"`, `"kind":"lede"`, "$.article.furniture[0].kind", "is none of"},
		{`"cow":"365"`, `"cow":365`, ".codes.cow", "is not a string"},
		{`"former":true`, `"former":"true"`, ".former", "is not a boolean"},
		{`"sha256":"`, `"sha256":"X`, "$.article.sha256", "does not match"},
		{`"subject":"NATO"`, `"subject":"the alliance"`, ".subject", "does not match"},
	} {
		broken := strings.Replace(line, c.old, c.new, 1)
		if broken == line {
			t.Errorf("%s does not stand in the example", c.old)
			continue
		}
		var v any
		if err := json.Unmarshal([]byte(broken), &v); err != nil {
			t.Fatal(err)
		}
		err := (checker{root}).check(root, v, "$")
		if err == nil || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), c.where) {
			t.Errorf("%s: got %v, want an error at %s with %q", c.new, err, c.where, c.want)
		}
	}
}

// TestJSONSchemaDates: the pattern of dates and ParseDate agree but for what no pattern can tell.
func TestJSONSchemaDates(t *testing.T) {
	_, root := jsonSchema(t)
	triple := root["$defs"].(map[string]any)["Triple"].(map[string]any)
	date := triple["properties"].(map[string]any)["date"]
	beyond := []string{"2011-02-30", "2011-02-29", "2010/2010", "2011/2010", "2010-12-09/2010-12-06"}
	for _, s := range append(beyond,
		"", "2010", "2010-12", "2010-12-08", "2010/2011", "2010-11/2010-12", "2010-12-06/2010-12-09", "2010-13", "2010-00", "2010-12-32", "2010-1", "10",
		"2010/2011-02", "2010/", "/2010", "today", "2010\n", "2010-12-08T00:00:00Z",
	) {
		_, err := schema.ParseDate(s)
		want := err == nil || slices.Contains(beyond, s)
		if got := (checker{root}).check(date.(map[string]any), s, "$") == nil; got != want {
			t.Errorf("%q: the schema takes it %t, ParseDate says %v", s, got, err)
		}
	}
}

// TestFieldDescriptions: fields.tsv has no line for a field that does not exist, and every property is described.
func TestFieldDescriptions(t *testing.T) {
	_, root := jsonSchema(t)
	objects := maps.Clone(root["$defs"].(map[string]any))
	objects["Reading"] = root
	data, err := os.ReadFile("fields.tsv")
	if err != nil {
		t.Fatal(err)
	}
	lines := 0
	for line := range strings.Lines(string(data)) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		lines++
		f := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		object, ok := objects[f[0]].(map[string]any)
		if !ok {
			t.Errorf("no type %s", f[0])
			continue
		}
		property, ok := object["properties"].(map[string]any)[f[1]].(map[string]any)
		if !ok || property["description"] != f[2] {
			t.Errorf("%s has no %s described so", f[0], f[1])
		}
	}
	properties := 0
	for _, o := range objects {
		properties += len(o.(map[string]any)["properties"].(map[string]any))
	}
	if lines != properties {
		t.Errorf("%d lines for %d properties", lines, properties)
	}
}

// TestArticleComments: the lists of the schema are those that the comments of Article name.
func TestArticleComments(t *testing.T) {
	src, err := os.ReadFile("article.go")
	if err != nil {
		t.Fatal(err)
	}
	if want := strings.Join(schema.FurnitureKinds(), ", "); !bytes.Contains(src, []byte("// "+want+"\n")) {
		t.Errorf("article.go does not list %s", want)
	}
	if want := `"` + strings.Join(schema.PublishedFroms(), `", "`) + `"`; !bytes.Contains(src, []byte(want)) {
		t.Errorf("article.go does not list %s", want)
	}
}

// checker validates values against the part of JSON Schema that JSONSchema uses; a keyword it does not know is an error.
type checker struct{ root map[string]any }

func (c checker) check(s map[string]any, v any, at string) error {
	for _, keyword := range slices.Sorted(maps.Keys(s)) {
		if err := c.keyword(s, keyword, v, at); err != nil {
			return err
		}
	}
	return nil
}

func (c checker) keyword(s map[string]any, keyword string, v any, at string) error {
	arg := s[keyword]
	switch keyword {
	case "$schema", "$defs", "title", "description":
		return nil
	case "$ref":
		name, ok := strings.CutPrefix(arg.(string), "#/$defs/")
		def, found := c.root["$defs"].(map[string]any)[name].(map[string]any)
		if !ok || !found {
			return fmt.Errorf("%s: unknown definition %s", at, arg)
		}
		return c.check(def, v, at)
	case "type":
		return checkType(arg.(string), v, at)
	case "enum":
		if !slices.Contains(arg.([]any), v) {
			return fmt.Errorf("%s: %v is none of %v", at, v, arg)
		}
	case "pattern":
		if s, ok := v.(string); ok && !regexp.MustCompile(arg.(string)).MatchString(s) {
			return fmt.Errorf("%s: %q does not match %s", at, s, arg)
		}
	case "minLength":
		if s, ok := v.(string); ok && utf8.RuneCountInString(s) < int(arg.(float64)) {
			return fmt.Errorf("%s: %q is too short", at, s)
		}
	case "minimum", "maximum", "exclusiveMinimum":
		return checkBound(keyword, arg.(float64), v, at)
	case "items", "minItems":
		return c.array(keyword, arg, v, at)
	case "properties", "required", "additionalProperties":
		return c.object(s, keyword, v, at)
	default:
		return fmt.Errorf("%s: this checker does not know the keyword %s", at, keyword)
	}
	return nil
}

func checkType(want string, v any, at string) error {
	ok := false
	switch v := v.(type) {
	case string:
		ok = want == "string"
	case bool:
		ok = want == "boolean"
	case float64:
		ok = want == "number" || want == "integer" && v == float64(int(v))
	case []any:
		ok = want == "array"
	case map[string]any:
		ok = want == "object"
	}
	if !ok {
		return fmt.Errorf("%s: %v is not a %s", at, v, want)
	}
	return nil
}

func checkBound(keyword string, bound float64, v any, at string) error {
	n, ok := v.(float64)
	switch {
	case !ok:
	case keyword == "minimum" && n < bound:
		return fmt.Errorf("%s: %g is below %g", at, n, bound)
	case keyword == "maximum" && n > bound:
		return fmt.Errorf("%s: %g is above %g", at, n, bound)
	case keyword == "exclusiveMinimum" && n <= bound:
		return fmt.Errorf("%s: %g is not above %g", at, n, bound)
	}
	return nil
}

func (c checker) array(keyword string, arg, v any, at string) error {
	list, ok := v.([]any)
	if !ok {
		return nil
	}
	if keyword == "minItems" {
		if len(list) < int(arg.(float64)) {
			return fmt.Errorf("%s: only %d items", at, len(list))
		}
		return nil
	}
	for i, item := range list {
		if err := c.check(arg.(map[string]any), item, fmt.Sprintf("%s[%d]", at, i)); err != nil {
			return err
		}
	}
	return nil
}

func (c checker) object(s map[string]any, keyword string, v any, at string) error {
	object, ok := v.(map[string]any)
	if !ok {
		return nil
	}
	known, _ := s["properties"].(map[string]any)
	for _, name := range slices.Sorted(maps.Keys(object)) {
		var err error
		switch property, ok := known[name].(map[string]any); {
		case ok && keyword == "properties":
			err = c.check(property, object[name], at+"."+name)
		case !ok && keyword == "additionalProperties" && s[keyword] == false:
			err = fmt.Errorf("%s: %s is not allowed", at, name)
		case !ok && keyword == "additionalProperties":
			err = c.check(s[keyword].(map[string]any), object[name], at+"."+name)
		}
		if err != nil {
			return err
		}
	}
	if keyword == "required" {
		for _, name := range s[keyword].([]any) {
			if _, ok := object[name.(string)]; !ok {
				return fmt.Errorf("%s: %s is missing", at, name)
			}
		}
	}
	return nil
}
