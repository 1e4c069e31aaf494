package llm

import (
	"cmp"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"entente/extract/corpus"
	"entente/extract/llm/llmtest"
	"entente/extract/score"
	"entente/schema"
)

// careful is a server behind which a careful reader sits: it answers with the lines of gold whose quotes stand in what it is sent.
func careful(t *testing.T, g *score.Gold) *llmtest.Server {
	rules, err := steps()
	if err != nil {
		t.Fatal(err)
	}
	names := map[string]map[string]string{} // by article, ids as the article's parties are called
	for _, a := range g.Articles {
		doc, err := rules.Read(t.Context(), corpus.Mark(a.Article))
		if err != nil {
			t.Fatal(err)
		}
		names[a.ID] = map[string]string{}
		for id, e := range doc.Entities {
			names[a.ID][id] = e.Name
		}
	}
	return llmtest.Serve(t, func(_ int, r llmtest.Request) llmtest.Reply {
		out := []map[string]string{}
		for _, a := range g.Articles {
			if !strings.Contains(r.User(), schema.Digest(a.Article.Text)[:12]) {
				continue
			}
			called := func(id string) string { return cmp.Or(names[a.ID][id], strings.ReplaceAll(id, "-", " ")) }
			for _, l := range a.Lines {
				if l.Optional || !strings.Contains(fold(r.User()), fold(l.Quote)) {
					continue
				}
				out = append(out, map[string]string{
					"quote": l.Quote, "subject": called(l.Key.Subject), "relation": string(l.Key.Relation), "object": called(l.Key.Object), "status": string(l.Status),
					"subject_person": called(strings.Trim(l.Agent, "-")), "object_person": called(strings.Trim(l.ObjectAgent, "-")),
				})
			}
		}
		b, _ := json.Marshal(map[string]any{"triples": out})
		return llmtest.Reply{Content: string(b)}
	})
}

// through is the score of what the gate lets through of the gold itself: what it costs a model that makes no mistake.
func through(t *testing.T, g *score.Gold) (score.Report, *Extractor) {
	x := reader(t, careful(t, g), nil)
	var readings []schema.Reading
	for _, a := range g.Texts() {
		r, err := x.Extract(t.Context(), corpus.Mark(a))
		if err != nil {
			t.Fatal(err)
		}
		readings = append(readings, r)
	}
	return score.Score(g, readings), x
}

// TestGateLetsTheTruthThrough on the reports of the project: the gate may not cost a perfect model more than the steps beneath it cost it.
func TestGateLetsTheTruthThrough(t *testing.T) {
	g, err := score.LoadGold("../../examples/gold", "../../examples/articles")
	if err != nil {
		t.Fatal(err)
	}
	r, x := through(t, g)
	m := r.Measure("all triples")
	t.Logf("%v; dropped %v", m, x.Stats().Dropped)
	for _, d := range x.Dropped() {
		t.Log(d)
	}
	for _, m := range r.Mistakes {
		t.Log(m)
	}
	if m.Gold < 100 || m.Recall() < 0.985 || m.Precision() < 0.99 {
		t.Errorf("of the gold itself the gate lets through %v", m)
	}
}

// TestGateOnGold says the same of the gold beside the project.
func TestGateOnGold(t *testing.T) {
	dir := cmp.Or(os.Getenv("ENTENTE_SHARED"), filepath.Join("..", "..", "..", "shared"))
	if _, err := os.Stat(filepath.Join(dir, "gold", "articles")); err != nil {
		t.Skip("no gold beside the project (../shared/gold)")
	}
	g, err := score.LoadGold(filepath.Join(dir, "gold", "articles"), filepath.Join(dir, "corpora", "seed"))
	if err != nil {
		t.Fatal(err)
	}
	r, x := through(t, g)
	m := r.Measure("all triples")
	t.Logf("%v; dropped %v", m, x.Stats().Dropped)
	for _, d := range x.Dropped() {
		t.Log(d)
	}
	for _, m := range r.Mistakes {
		t.Log(m)
	}
	if m.Gold < 100 || m.Recall() < 0.965 || m.Precision() < 0.985 {
		t.Errorf("of the gold itself the gate lets through %v", m)
	}
}
