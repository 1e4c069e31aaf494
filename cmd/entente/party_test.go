package main

import (
	"strings"
	"testing"

	"entente/graph"
	"entente/graph/memory"
)

func TestResolve(t *testing.T) {
	readings, err := parseStory(`
entity RUS state Russia | Russian Federation
entity IRN state Iran
entity USA state United States | America
entity NATO organization NATO
entity NLD state Netherlands
entity COG state Congo | Republic of the Congo
entity COD state Congo | Zaire
entity recep-tayyip-erdogan person Recep Tayyip Erdoğan
article a 2010-12-09
text They met.
NATO CONSULT RUS 2010
  asserted "They met"
USA CONSULT IRN 2010
  asserted "They met"
COG CONSULT COD 2010
  asserted "They met"
NLD CONSULT recep-tayyip-erdogan 2010
  asserted "They met"
`)
	if err != nil {
		t.Fatal(err)
	}
	store := memory.New()
	if _, err := store.Upsert(t.Context(), readings...); err != nil {
		t.Fatal(err)
	}
	if err := store.Merge(t.Context(), graph.Decision{From: "NLD", Into: "NATO"}); err != nil {
		t.Fatal(err)
	}
	dir, err := openDirectory(t.Context(), store)
	if err != nil {
		t.Fatal(err)
	}
	for word, want := range map[string]string{
		"RUS": "RUS", "rus": "RUS", "Russia": "RUS", "russian federation": "RUS", "Russians": "RUS", "Iranian": "IRN", "the United States": "USA",
		"Zaire": "COD", "recep tayyip erdogan": "recep-tayyip-erdogan", "Erdogan": "recep-tayyip-erdogan", "NLD": "NATO", "America": "USA",
	} {
		got, err := dir.resolve(word)
		if err != nil || got != want {
			t.Errorf("resolve(%q) = %q, %v; want %q", word, got, err, want)
		}
	}
	for word, want := range map[string]string{
		"Congo":    `"Congo" names several parties; give the id of one: COD (Congo), COG (Congo)`,
		"Rusia":    `no party "Rusia" in the store; did you mean RUS (Russia)?`,
		"Tayyip":   `no party "Tayyip" in the store; did you mean recep-tayyip-erdogan (Recep Tayyip Erdoğan)?`,
		"Atlantis": "no party \"Atlantis\" in the store; `entente status` shows what it holds",
		"":         "no party \"\" in the store; `entente status` shows what it holds",
	} {
		if _, err := dir.resolve(word); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("resolve(%q): %v; want %s", word, err, want)
		}
	}
}

func TestContinued(t *testing.T) {
	for id, want := range map[string]string{"RUS": "RUS SUN", "SRB": "SRB SCG YUG", "UKR": "UKR", "dmitry-rogozin": "dmitry-rogozin"} {
		if got := strings.Join(continued([]string{id}), " "); got != want {
			t.Errorf("continued(%s) = %s, want %s", id, got, want)
		}
	}
}
