package llm

import (
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"

	"entente/schema"
)

// rulesText is what the model is told, but for the table of relations.
//
//go:embed prompt.txt
var rulesText string

// system is the prompt: the rules with the table of relations in them.
var system = sync.OnceValue(func() string {
	var b strings.Builder
	for _, r := range schema.Relations() {
		fmt.Fprintf(&b, "%s: the subject %s.", r.Relation, strings.TrimPrefix(strings.TrimPrefix(r.Definition, "person "), "state or organisation "))
		if len(r.Modes) > 0 {
			var names []string
			for _, m := range r.Modes {
				names = append(names, m.Name)
			}
			fmt.Fprintf(&b, " Modes: %s.", strings.Join(names, ", "))
		}
		b.WriteByte('\n')
	}
	return strings.Replace(rulesText, "{{relations}}\n", b.String(), 1)
})

// spelled asks for the JSON in words, for servers that do not constrain answers.
const spelled = "\nAnswer with one JSON object and nothing else, no explanation and no code fence: " +
	`{"triples":[{"quote":"","subject":"","relation":"","object":"","mode":"","status":"","when":"","subject_person":"","object_person":"","speaker":"","role":""}]}` +
	". All values are strings. Without any triple: {\"triples\":[]}\n"

// answerSchema is the JSON Schema that answers are held to: every field is required and a string, as servers that check strictly want it.
var answerSchema = sync.OnceValue(func() map[string]any {
	modes := []string{""}
	var relations []string
	for _, r := range schema.Relations() {
		relations = append(relations, string(r.Relation))
		for _, m := range r.Modes {
			modes = append(modes, m.Name)
		}
	}
	slices.Sort(modes)
	text := map[string]any{"type": "string"}
	one := func(of []string) map[string]any { return map[string]any{"type": "string", "enum": of} }
	var statuses []string
	for _, s := range schema.EvidenceStatuses() {
		statuses = append(statuses, string(s))
	}
	triple := map[string]any{
		"type": "object", "additionalProperties": false, "required": itemFields,
		"properties": map[string]any{
			"quote": text, "subject": text, "relation": one(relations), "object": text, "mode": one(slices.Compact(modes)), "status": one(statuses),
			"when": text, "subject_person": text, "object_person": text, "speaker": text, "role": text,
		},
	}
	return map[string]any{
		"type": "object", "additionalProperties": false, "required": []string{"triples"},
		"properties": map[string]any{"triples": map[string]any{"type": "array", "items": triple}},
	}
})

// promptDigest changes with everything that the model is told beside the text, and with how texts are cut.
var promptDigest = sync.OnceValue(func() string {
	s, err := json.Marshal(answerSchema())
	if err != nil {
		return "broken" // cannot happen: maps and strings only
	}
	sum := sha256.Sum256([]byte(strings.Join([]string{system(), spelled, string(s), passageVersion}, "\x00")))
	return hex.EncodeToString(sum[:6])
})
