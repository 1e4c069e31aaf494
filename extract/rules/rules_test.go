package rules

import (
	"crypto/sha256"
	"encoding/hex"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"entente/extract"
	"entente/extract/corpus"
	"entente/extract/score"
	"entente/schema"

	"golang.org/x/tools/txtar"
)

var update = flag.Bool("update", false, "rewrite golden files")

func extractor(t testing.TB) *Extractor {
	t.Helper()
	x, err := New(Options{})
	if err != nil {
		t.Fatal(err)
	}
	return x
}

func shared(t *testing.T) string {
	t.Helper()
	dir := os.Getenv("ENTENTE_SHARED")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "shared")
	}
	if _, err := os.Stat(dir); err != nil {
		return ""
	}
	return dir
}

func readAll(t *testing.T, x *Extractor, g *score.Gold) []schema.Reading {
	t.Helper()
	var rs []schema.Reading
	for _, a := range g.Texts() {
		r, err := x.Extract(t.Context(), corpus.Mark(a))
		if err != nil {
			t.Fatal(err)
		}
		rs = append(rs, r)
	}
	return rs
}

// TestExamples measures on the project's own reports, which every clone has. They are no measure of quality: the rules were written beside them.
func TestExamples(t *testing.T) {
	g, err := score.LoadGold("../../examples/gold", "../../examples/articles")
	if err != nil {
		t.Fatal(err)
	}
	got := score.Golden(score.Section{Name: "examples (not a measure of quality)", Body: score.Score(g, readAll(t, extractor(t), g)).Golden()})
	if err := score.CheckGolden("examples.golden", got, *update); err != nil {
		t.Error(err)
	}
}

// TestScores measures on the gold beside the project and compares with scores.golden.
func TestScores(t *testing.T) {
	dir := shared(t)
	if dir == "" {
		t.Skip("no gold beside the project (../shared/gold)")
	}
	x := extractor(t)
	g, err := score.LoadGold(filepath.Join(dir, "gold", "articles"), filepath.Join(dir, "corpora", "seed"))
	if err != nil {
		t.Fatal(err)
	}
	sections := []score.Section{{Name: "gold articles, dev half", Body: score.Score(g, readAll(t, x, g)).Golden()}}
	for _, set := range []string{"plover_gsr", "cameo_rounds"} {
		ss, err := score.LoadSentences(filepath.Join(dir, "gold", "sentences", set+".jsonl"))
		if err != nil {
			t.Fatal(err)
		}
		var preds []score.Prediction
		for _, s := range ss {
			r, err := x.Extract(t.Context(), s.Article())
			if err != nil {
				t.Fatal(err)
			}
			preds = append(preds, score.PredictionsFromReading(r))
		}
		name, cross := set+", dev half", set == "plover_gsr"
		if cross {
			name += ", cross-border"
		}
		sections = append(sections, score.Section{Name: name, Body: score.ScoreSentences(ss, preds, score.SentenceOptions{CrossBorder: cross}).String()})
	}
	if err := score.CheckGolden("scores.golden", score.Golden(sections...), *update); err != nil {
		t.Error(err)
	}
}

// TestCases reads the articles of testdata/*.txtar: comment, then a file "article" (first line: day of publication) and a file "want" with
// the reading as its String writes it.
func TestCases(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	x := extractor(t)
	for _, name := range files {
		t.Run(filepath.Base(name), func(t *testing.T) {
			ar, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			article, want := -1, -1
			for i, f := range ar.Files {
				switch f.Name {
				case "article":
					article = i
				case "want":
					want = i
				}
			}
			if article < 0 || want < 0 {
				t.Fatal("want the files article and want")
			}
			day, text, _ := strings.Cut(string(ar.Files[article].Data), "\n")
			r, err := x.Extract(t.Context(), corpus.Mark(schema.Article{ID: "case", Published: schema.Date(day), Text: text}))
			if err != nil {
				t.Fatal(err)
			}
			if got := r.String(); got != string(ar.Files[want].Data) {
				if *update {
					ar.Files[want].Data = []byte(got)
					if err := os.WriteFile(name, txtar.Format(ar), 0o644); err != nil {
						t.Fatal(err)
					}
					return
				}
				t.Errorf("got\n%s\nwant\n%s", got, ar.Files[want].Data)
			}
		})
	}
}

// examples are the articles of the project.
func examples(t testing.TB) []schema.Article {
	t.Helper()
	var arts []schema.Article
	for a, err := range corpus.Articles([]string{"../../examples/articles"}, corpus.Options{}) {
		if err != nil {
			t.Fatal(err)
		}
		arts = append(arts, a)
	}
	return arts
}

// read is what x says of the articles with that many workers, in their order.
func read(t testing.TB, x *Extractor, arts []schema.Article, workers int) string {
	t.Helper()
	var b strings.Builder
	seq := func(yield func(schema.Article, error) bool) {
		for _, a := range arts {
			if !yield(a, nil) {
				return
			}
		}
	}
	for r, err := range extract.All(t.Context(), x, seq, workers) {
		if err != nil {
			t.Fatal(err)
		}
		b.WriteString(r.String())
	}
	return b.String()
}

// TestSame: two runs, and one worker or eight, give the same bytes.
func TestSame(t *testing.T) {
	x, arts := extractor(t), examples(t)
	one := read(t, x, arts, 1)
	if again := read(t, extractor(t), arts, 1); again != one {
		t.Error("two runs differ")
	}
	if eight := read(t, x, arts, 8); eight != one {
		t.Error("one worker and eight differ")
	}
}

// TestVersion: an extractor that reads otherwise has another version, so that what is in a store is read again.
func TestVersion(t *testing.T) {
	sum := sha256.Sum256([]byte(read(t, extractor(t), examples(t), 1)))
	number, digest, _ := strings.Cut(strings.TrimSpace(versionTXT), " ")
	got := hex.EncodeToString(sum[:8])
	if got == digest {
		return
	}
	if !*update {
		t.Fatalf("the examples are read differently than by version %s: run with -update, which raises it", number)
	}
	n, err := strconv.Atoi(number)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile("version.txt", fmt.Appendf(nil, "%d %s\n", n+1, got), 0o644); err != nil {
		t.Fatal(err)
	}
}

func BenchmarkExtract(b *testing.B) {
	x, arts := extractor(b), examples(b)
	for b.Loop() {
		for _, a := range arts {
			if _, err := x.Extract(b.Context(), a); err != nil {
				b.Fatal(err)
			}
		}
	}
}
