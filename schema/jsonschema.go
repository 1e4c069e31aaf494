package schema

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"sync"
)

//go:embed fields.tsv
var fieldsTSV string

// fieldTable holds the description of each field by "Type.field".
var fieldTable = sync.OnceValue(func() map[string]string {
	m := map[string]string{}
	for f := range rows(fieldsTSV, 3) {
		m[f[0]+"."+f[1]] = f[2]
	}
	return m
})

// node is one JSON schema. The order of its fields is the order in which they are written.
type node struct {
	Schema      string     `json:"$schema,omitempty"`
	Title       string     `json:"title,omitempty"`
	Description string     `json:"description,omitempty"`
	Ref         string     `json:"$ref,omitempty"`
	Type        string     `json:"type,omitempty"`
	Enum        []string   `json:"enum,omitempty"`
	Pattern     string     `json:"pattern,omitempty"`
	MinLength   int        `json:"minLength,omitempty"`
	Minimum     *int       `json:"minimum,omitempty"`
	Above       *int       `json:"exclusiveMinimum,omitempty"`
	Maximum     *int       `json:"maximum,omitempty"`
	Items       *node      `json:"items,omitempty"`
	MinItems    int        `json:"minItems,omitempty"`
	Properties  properties `json:"properties,omitempty"`
	Required    []string   `json:"required,omitempty"`
	// Additional is false, or the schema of the values of a map.
	Additional any        `json:"additionalProperties,omitempty"`
	Defs       properties `json:"$defs,omitempty"`
}

// properties are named schemas that keep their order.
type properties []property

type property struct {
	name string
	node *node
}

// MarshalJSON writes the properties as one object, in their order.
func (ps properties) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	for i, p := range ps {
		if i > 0 {
			b.WriteByte(',')
		}
		name, err := json.Marshal(p.name)
		if err != nil {
			return nil, err
		}
		value, err := marshalPlain(p.node)
		if err != nil {
			return nil, err
		}
		b.Write(name)
		b.WriteByte(':')
		b.Write(value)
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// marshalPlain is v as JSON in which <, > and & stay as they are.
func marshalPlain(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}

// The patterns of strings. A date is a day, month or year, or a range of two of one precision, or empty. They say less than Check does: that
// a month has the day, and which of two dates is earlier, no pattern can tell.
const (
	idPattern     = `^[0-9a-f]{16}$`
	digestPattern = `^[0-9a-f]{64}$`
	entityPattern = `^\S+$`
	yearPattern   = `[0-9]{4}`
	monthPattern  = yearPattern + `-(0[1-9]|1[0-2])`
	dayPattern    = monthPattern + `-(0[1-9]|[12][0-9]|3[01])`
	datePattern   = `^(` + yearPattern + `(/` + yearPattern + `)?|` + monthPattern + `(/` + monthPattern + `)?|` + dayPattern + `(/` + dayPattern + `)?)?$`
)

// FurnitureKinds lists what a piece of furniture may be.
func FurnitureKinds() []string {
	return []string{"dateline", "byline", "title", "head", "agency", "editors", "contact", "copyright", "caption", "link", "correction", "repeat"}
}

// PublishedFroms lists where a day of publication may have been read.
func PublishedFroms() []string { return []string{"format", "head", "dateline", "filename", "flag"} }

// JSONSchema is a JSON Schema (2020-12) of [Reading], made from its Go types. A field that Go leaves out when it is empty is optional; no
// other fields than these are allowed. It holds the shape of a reading; [Reading.Check] holds the rest.
func JSONSchema() ([]byte, error) {
	b := builder{defs: map[reflect.Type]*node{}}
	root, err := b.object(reflect.TypeFor[Reading]())
	if err != nil {
		return nil, fmt.Errorf("json schema: %w", err)
	}
	root.Schema = "https://json-schema.org/draft/2020-12/schema"
	root.Title = "Reading"
	root.Description = "What one extractor read in one article of diplomatic news."
	for _, t := range b.order {
		root.Defs = append(root.Defs, property{t.Name(), b.defs[t]})
	}
	plain, err := marshalPlain(root)
	if err != nil {
		return nil, fmt.Errorf("json schema: %w", err)
	}
	var out bytes.Buffer
	if err := json.Indent(&out, plain, "", "  "); err != nil {
		return nil, fmt.Errorf("json schema: %w", err)
	}
	out.WriteByte('\n')
	return out.Bytes(), nil
}

// builder makes the schemas of types; named structs become definitions, in the order in which they are met.
type builder struct {
	defs  map[reflect.Type]*node
	order []reflect.Type
}

func (b *builder) object(t reflect.Type) (*node, error) {
	n := &node{Type: "object", Additional: false}
	for f := range t.Fields() {
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		if name == "" || name == "-" {
			return nil, fmt.Errorf("%s.%s has no name in JSON", t.Name(), f.Name)
		}
		description, ok := fieldTable()[t.Name()+"."+name]
		if !ok {
			return nil, fmt.Errorf("fields.tsv has no %s %s", t.Name(), name)
		}
		p, err := b.value(f.Type)
		if err != nil {
			return nil, fmt.Errorf("%s.%s: %w", t.Name(), f.Name, err)
		}
		p.Description = description
		restrict(p, t.Name()+"."+name)
		n.Properties = append(n.Properties, property{name, p})
		if options == "" {
			n.Required = append(n.Required, name)
		}
	}
	return n, nil
}

func (b *builder) value(t reflect.Type) (*node, error) {
	if n := vocabulary(t); n != nil {
		return n, nil
	}
	switch t.Kind() {
	case reflect.String:
		return &node{Type: "string"}, nil
	case reflect.Bool:
		return &node{Type: "boolean"}, nil
	case reflect.Int:
		return &node{Type: "integer", Minimum: new(0)}, nil
	case reflect.Float64:
		return &node{Type: "number"}, nil
	case reflect.Slice:
		items, err := b.value(t.Elem())
		return &node{Type: "array", Items: items}, err
	case reflect.Map:
		values, err := b.value(t.Elem())
		return &node{Type: "object", Additional: values}, err
	case reflect.Struct:
		if b.defs[t] == nil {
			b.defs[t] = &node{} // so that the order is that of the first meeting
			b.order = append(b.order, t)
			n, err := b.object(t)
			if err != nil {
				return nil, err
			}
			b.defs[t] = n
		}
		return &node{Ref: "#/$defs/" + t.Name()}, nil
	}
	return nil, fmt.Errorf("no JSON schema for %s", t)
}

// vocabulary is the schema of a type whose values are listed or have a form of their own, nil for others.
func vocabulary(t reflect.Type) *node {
	switch t {
	case reflect.TypeFor[Date]():
		return &node{Type: "string", Pattern: datePattern}
	case reflect.TypeFor[Relation]():
		n := &node{Type: "string"}
		for _, info := range Relations() {
			n.Enum = append(n.Enum, string(info.Relation))
		}
		return n
	case reflect.TypeFor[Kind]():
		return &node{Type: "string", Enum: texts(Kinds())}
	case reflect.TypeFor[Status]():
		return &node{Type: "string", Enum: texts(EvidenceStatuses())}
	case reflect.TypeFor[Basis]():
		return &node{Type: "string", Enum: texts([]Basis{Explicit, Relative, ReportedOnly, NoBasis})}
	}
	return nil
}

func texts[S ~string](values []S) []string {
	out := make([]string, len(values))
	for i, v := range values {
		out[i] = string(v)
	}
	return out
}

// restrict adds to the schema of one field what its Go type does not say.
func restrict(n *node, field string) {
	switch field {
	case "Triple.id", "Evidence.id":
		n.Pattern = idPattern
	case "Article.sha256":
		n.Pattern = digestPattern
	case "Article.id", "Extractor.name", "Entity.name", "Evidence.quote":
		n.MinLength = 1
	case "Article.published_from":
		n.Enum = PublishedFroms()
	case "Furniture.kind":
		n.Enum = FurnitureKinds()
	case "Entity.id", "Triple.subject", "Triple.object", "Entity.state", "Evidence.speaker", "Evidence.agent", "Evidence.object_agent",
		"Evidence.initiator", "Evidence.place":
		n.Pattern = entityPattern
	case "Evidence.mediators":
		n.Items.Pattern = entityPattern
	case "Evidence.contexts":
		n.Items.Enum = Contexts()
	case "Evidence.mode":
		n.Enum = modes()
	case "Triple.evidence":
		n.MinItems = 1
	case "Evidence.end", "Furniture.end", "Evidence.group":
		n.Minimum = new(1)
	case "Evidence.confidence":
		n.Above, n.Maximum = new(0), new(1)
	}
}

// modes are the names of all modes, each once, in the order of relations.tsv.
func modes() []string {
	var names []string
	seen := map[string]bool{}
	for _, info := range Relations() {
		for _, m := range info.Modes {
			if !seen[m.Name] {
				seen[m.Name] = true
				names = append(names, m.Name)
			}
		}
	}
	return names
}
