package llm

import (
	"context"
	"encoding/json"
	"strings"
	"sync"
	"testing"
	"time"

	"entente/extract/llm/llmtest"
	"entente/extract/rules"
	"entente/schema"
)

// steps are the rules beneath all tests: loading them takes a while.
var steps = sync.OnceValues(func() (*rules.Extractor, error) { return rules.New(rules.Options{Fast: true}) })

// reader is an extractor that asks s; it does not really wait.
func reader(t testing.TB, s *llmtest.Server, change func(*Options)) *Extractor {
	t.Helper()
	r, err := steps()
	if err != nil {
		t.Fatal(err)
	}
	o := Options{URL: s.URL + "/v1", Model: "fake-1", Key: secret}
	if change != nil {
		change(&o)
	}
	x, err := New(r, o)
	if err != nil {
		t.Fatal(err)
	}
	x.client.sleep = func(ctx context.Context, _ time.Duration) error { return ctx.Err() }
	return x
}

// triples is an answer with these triples, each "quote | subject | relation | object | key=value ...".
func triples(lines ...string) string {
	list := []map[string]string{}
	for _, l := range lines {
		f := strings.Split(l, " | ")
		it := map[string]string{"status": "asserted"}
		for i, name := range []string{"quote", "subject", "relation", "object"} {
			it[name] = f[i]
		}
		for _, kv := range f[4:] {
			k, v, _ := strings.Cut(kv, "=")
			it[k] = v
		}
		for _, name := range itemFields {
			it[name] += ""
		}
		list = append(list, it)
	}
	b, _ := json.Marshal(map[string]any{"triples": list})
	return string(b)
}

// secret is a key that must stand nowhere but in the header.
const secret = "sk-a-secret-key-0123456789"

// story is an article of our own: a Thursday.
func story(text string) schema.Article {
	return schema.Article{ID: "wire-1", Title: "Talks", Published: "2010-12-09", Text: text}
}

const meeting = "NATO agreed with Russia on Wednesday to resume joint exercises.\n\n" +
	"Russian Foreign Minister Sergei Lavrov called the decision “a good step – at last”. Moscow accused the alliance of spying last month. " +
	"The weather in Brussels was fine.\n"
