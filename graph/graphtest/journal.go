package graphtest

import (
	"testing"

	"entente/graph"
	"entente/schema"
)

var journalChecks = []check{
	{"Seen", "a store knows which text an extractor has read of an article, by the extractor's version", func(t *testing.T, open opener) {
		s := open(t)
		j := journal(t, s)
		seen := func(article, name, version string) string {
			t.Helper()
			sha, err := j.Seen(t.Context(), article, schema.Extractor{Name: name, Version: version})
			if err != nil {
				t.Fatalf("seen: %v", err)
			}
			return sha
		}
		equal(t, "unknown article", seen("a", "rules", "1"), "")
		r := Story{ID: "a"}.Reading(t)
		upsert(t, s, Story{ID: "a"})
		equal(t, "the reading's own", seen("a", "rules", "1"), r.Article.SHA256)
		equal(t, "another version", seen("a", "rules", "2"), "")
		equal(t, "another extractor", seen("a", "llm", "1"), "")
		upsert(t, s, Story{ID: "a", Version: "2"}, Story{ID: "a", By: "llm"})
		equal(t, "the old version", seen("a", "rules", "1"), "")
		equal(t, "the new version", seen("a", "rules", "2"), r.Article.SHA256)
		equal(t, "the other extractor", seen("a", "llm", "1"), r.Article.SHA256)
		upsert(t, s, Story{ID: "a", Version: "2", Text: "more"})
		equal(t, "another text", seen("a", "rules", "2"), Story{ID: "a", Text: "more"}.Reading(t).Article.SHA256)
		equal(t, "the extractor that has not read the other text", seen("a", "llm", "1"), "")
		forget(t, s, "a")
		equal(t, "forgotten", seen("a", "rules", "2"), "")
	}},
	{"Runs", "runs come back as they were recorded, in the order in which they were", func(t *testing.T, open opener) {
		s := open(t)
		j := journal(t, s)
		first := graph.Run{Started: "2026-01-02T03:04:05Z", Ended: "2026-01-02T03:05:00Z", Arguments: []string{"ingest", "--store", "x y", "😀"}, Extractor: schema.Extractor{Name: "rules", Version: "1"},
			Version: "0.1", Read: 3, Skipped: 2, Failed: 1, Changes: graph.Changes{Triples: graph.Change{Added: 5, Removed: 2}}}
		second := graph.Run{Started: "2026-01-02T04:04:05+02:00", Ended: "2026-01-02T04:05:00+02:00", Arguments: []string{"load"}}
		for _, r := range []graph.Run{first, second, second} {
			if err := j.AddRun(t.Context(), r); err != nil {
				t.Fatalf("add run: %v", err)
			}
		}
		equal(t, "runs", collect(t, j.Runs(t.Context())), []graph.Run{first, second, second})
	}},
}
