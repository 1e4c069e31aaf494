package main

import (
	"reflect"
	"strings"

	"entente/schema"
)

// readingSchema is the JSON Schema (2020-12) of a reading, made from the Go types: what is not omitted when empty is required, what is
// not known is refused, as schema.ParseReading does.
func readingSchema() map[string]any {
	s := jsonSchema(reflect.TypeFor[schema.Reading]())
	s["$schema"] = "https://json-schema.org/draft/2020-12/schema"
	s["title"] = "reading"
	s["description"] = "What one extractor read in one article: one JSON object a line. Spans are half-open byte ranges of the article's text in UTF-8."
	return s
}

// datePattern is a schema.Date: empty, a year, month or day, or a range of two.
const datePattern = `^([0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?(/[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?)?)?$`

func enum[T ~string](values []T) map[string]any {
	return map[string]any{"type": "string", "enum": values}
}

// jsonSchema is the schema of a type as encoding/json writes it.
func jsonSchema(t reflect.Type) map[string]any {
	switch t {
	case reflect.TypeFor[schema.Date]():
		return map[string]any{"type": "string", "pattern": datePattern}
	case reflect.TypeFor[schema.Kind]():
		return enum(schema.Kinds())
	case reflect.TypeFor[schema.Status]():
		return enum(schema.EvidenceStatuses())
	case reflect.TypeFor[schema.Basis]():
		return enum([]schema.Basis{schema.Explicit, schema.Relative, schema.ReportedOnly, schema.NoBasis})
	case reflect.TypeFor[schema.Relation]():
		var names []schema.Relation
		for _, info := range schema.Relations() {
			names = append(names, info.Relation)
		}
		return enum(names)
	}
	switch t.Kind() {
	case reflect.String:
		return map[string]any{"type": "string"}
	case reflect.Bool:
		return map[string]any{"type": "boolean"}
	case reflect.Int:
		return map[string]any{"type": "integer"}
	case reflect.Float64:
		return map[string]any{"type": "number"}
	case reflect.Slice: // nil is null
		return map[string]any{"type": []string{"array", "null"}, "items": jsonSchema(t.Elem())}
	case reflect.Map:
		return map[string]any{"type": []string{"object", "null"}, "additionalProperties": jsonSchema(t.Elem())}
	}
	return structSchema(t)
}

func structSchema(t reflect.Type) map[string]any {
	properties, required := map[string]any{}, []string{}
	for f := range t.Fields() {
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		if name == "" {
			name = f.Name
		}
		properties[name] = jsonSchema(f.Type)
		if !strings.Contains(options, "omitempty") {
			required = append(required, name)
		}
	}
	return map[string]any{"type": "object", "properties": properties, "required": required, "additionalProperties": false}
}
