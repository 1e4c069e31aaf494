package llm

import (
	"encoding/json"
	"errors"
	"regexp"
	"strings"
)

// item is a triple as the model says it.
type item struct {
	Quote, Subject, Relation, Object, Mode, Status, When, SubjectPerson, ObjectPerson, Speaker, Role string
}

// itemFields are the JSON names of an item's fields.
var itemFields = []string{"quote", "subject", "relation", "object", "mode", "status", "when", "subject_person", "object_person", "speaker", "role"}

func (i *item) fields() []*string {
	return []*string{&i.Quote, &i.Subject, &i.Relation, &i.Object, &i.Mode, &i.Status, &i.When, &i.SubjectPerson, &i.ObjectPerson, &i.Speaker, &i.Role}
}

// Limits of an answer. What is longer is no answer to a passage.
const (
	maxItems = 300
	maxStart = 200 // brackets at which an answer may begin
)

var (
	errNoAnswer = errors.New("the answer holds no triples in JSON; another model may do better")
	thinking    = regexp.MustCompile(`(?s)<think(?:ing)?>.*?</think(?:ing)?>`)
)

// decode takes the triples out of an answer, whatever stands around them: thoughts, fences, words. bad counts those that are no object of
// strings. Of an answer that was cut off, the complete ones are taken.
func decode(text string, cutOff bool) (items []item, bad int, err error) {
	text = thinking.ReplaceAllString(text, "")
	elements, ok := elementsOf(text)
	if !ok && cutOff {
		elements, ok = salvage(text), true
	}
	if !ok {
		return nil, 0, errNoAnswer
	}
	for _, raw := range elements {
		if it, ok := parseItem(raw); ok {
			items = append(items, it)
		} else {
			bad++
		}
	}
	return items, bad, nil
}

// elementsOf finds the first object with a list "triples", else the first list of objects, an empty one only where nothing else is said.
func elementsOf(text string) ([]json.RawMessage, bool) {
	var list []json.RawMessage
	found := false
	for at, tries := 0, 0; tries < maxStart; tries++ {
		i := strings.IndexAny(text[at:], "{[")
		if i < 0 {
			break
		}
		at += i
		var raw json.RawMessage
		d := json.NewDecoder(strings.NewReader(text[at:]))
		if d.Decode(&raw) != nil {
			at++
			continue
		}
		if elements, ok := triplesOf(raw); ok {
			return elements, true
		}
		if l, ok := listOf(raw); ok && !found && (len(l) > 0 || strings.TrimSpace(text) == "[]") {
			list, found = l, true
		}
		at += int(d.InputOffset())
	}
	return list, found
}

func triplesOf(raw json.RawMessage) ([]json.RawMessage, bool) {
	var o map[string]json.RawMessage
	if json.Unmarshal(raw, &o) != nil {
		return nil, false
	}
	var list []json.RawMessage
	t, ok := o["triples"]
	if !ok || json.Unmarshal(t, &list) != nil || list == nil {
		return nil, false
	}
	return list, true
}

func listOf(raw json.RawMessage) ([]json.RawMessage, bool) {
	var list []json.RawMessage
	if json.Unmarshal(raw, &list) != nil {
		return nil, false
	}
	for _, e := range list {
		if e = json.RawMessage(strings.TrimSpace(string(e))); len(e) == 0 || e[0] != '{' {
			return nil, false
		}
	}
	return list, true
}

// salvage takes the complete elements of a list that has no end.
func salvage(text string) []json.RawMessage {
	if i := strings.Index(text, `"triples"`); i >= 0 {
		text = text[i:]
	}
	i := strings.IndexByte(text, '[')
	if i < 0 {
		return nil
	}
	d := json.NewDecoder(strings.NewReader(text[i:]))
	if _, err := d.Token(); err != nil {
		return nil
	}
	var out []json.RawMessage
	for d.More() && len(out) <= maxItems {
		var raw json.RawMessage
		if d.Decode(&raw) != nil {
			break
		}
		out = append(out, raw)
	}
	return out
}

// parseItem reads one triple. Null and absent are empty; any other type than a string makes it malformed; further fields are not read.
func parseItem(raw json.RawMessage) (item, bool) {
	var o map[string]any
	if json.Unmarshal(raw, &o) != nil || o == nil {
		return item{}, false
	}
	var it item
	for i, f := range it.fields() {
		switch v := o[itemFields[i]].(type) {
		case nil:
		case string:
			*f = strings.TrimSpace(v)
		default:
			return item{}, false
		}
	}
	return it, true
}
