package corpus

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// sharedCorpora is the folder of corpora beside the project.
func sharedCorpora(t testing.TB) string {
	t.Helper()
	dir := os.Getenv("ENTENTE_SHARED")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "shared")
	}
	dir = filepath.Join(dir, "corpora")
	if _, err := os.Stat(dir); err != nil {
		t.Skip("no corpora beside the project (../shared/corpora)")
	}
	return dir
}

// TestCorpora reads the corpora beside the project: how many articles, how many of them with a date and a title, and no failure; no English
// article is taken for one in another language.
func TestCorpora(t *testing.T) {
	dir := sharedCorpora(t)
	for _, c := range []struct {
		path                    string
		articles, dated, titled int
	}{
		{"state-dept/press-releases.jsonl", 1946, 1946, 1946},
		{"state-dept/diplomacy-120.jsonl", 117, 117, 117},
		{"wikinews/wikinews-2019-2020.jsonl", 287, 287, 287},
		{"wikinews/diplomacy.jsonl", 48, 48, 48},
		{"gum-news/gum-news.jsonl", 24, 24, 24},
		{"reuters21578/reut2-010.sgm", 1000, 1000, 999},
		{"reuters21578/reut2-016.sgm", 1000, 1000, 999},
		{"frus", 2, 2, 2},
		{"historyatstate/rdcr", 722, 0, 721},
		{"historyatstate/milestones", 204, 0, 204},
	} {
		skips := map[string]int{}
		n, dated, titled := 0, 0, 0
		for d, err := range Documents([]string{filepath.Join(dir, c.path)}, Options{Skipped: func(s Skip) {
			skips[s.Reason]++
			if s.Reason == "language" {
				t.Errorf("%s:%d taken for %s", s.Path, s.Row, s.Detail)
			}
		}}) {
			if err != nil {
				t.Errorf("%s: %v", c.path, err)
				continue
			}
			n++
			if d.Published != "" {
				dated++
			}
			if d.Title != "" {
				titled++
			}
			if strings.TrimSpace(d.Text) == "" {
				t.Errorf("%s: %s has no text", c.path, d.ID)
			}
		}
		if n != c.articles || dated != c.dated || titled != c.titled {
			t.Errorf("%s: %d articles, %d dated, %d with a title; want %d, %d, %d (left out: %v)", c.path, n, dated, titled, c.articles, c.dated, c.titled, skips)
		}
	}
}
