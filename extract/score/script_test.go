package score_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"entente/extract/score"
	"entente/schema"
)

// moduleRoot is the folder of go.mod.
func moduleRoot(t testing.TB) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
		if filepath.Dir(dir) == dir {
			t.Fatal("no go.mod above the test")
		}
		dir = filepath.Dir(dir)
	}
}

// shared is a file or folder of the shared material: of ENTENTE_SHARED, or of the folder "shared" beside the module.
func shared(t testing.TB, path ...string) string {
	t.Helper()
	root := os.Getenv("ENTENTE_SHARED")
	if root == "" {
		root = filepath.Join(moduleRoot(t), "..", "shared")
	}
	full := filepath.Join(append([]string{root}, path...)...)
	if _, err := os.Stat(full); err != nil {
		t.Skipf("no %s in the shared material: set ENTENTE_SHARED to its folder", filepath.Join(path...))
	}
	return full
}

// script runs one of the reference scorers and returns its output without empty lines.
func script(t *testing.T, name string, args ...string) []string {
	t.Helper()
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("no python3 to run the reference scorers with")
	}
	out, err := exec.CommandContext(t.Context(), python, append([]string{shared(t, "gold", name)}, args...)...).CombinedOutput()
	if err != nil {
		t.Fatalf("%s %s: %v\n%s", name, strings.Join(args, " "), err, out)
	}
	return lines(string(out))
}

func lines(s string) []string {
	return slices.DeleteFunc(strings.Split(s, "\n"), func(l string) bool { return l == "" })
}

func writeJSONL[T any](t *testing.T, path string, items []T) {
	t.Helper()
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, item := range items {
		if err := json.NewEncoder(f).Encode(item); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
}

// TestScoreEqualsScript compares every figure, and the list of mistakes, with the reference scorer on readings that are right, wrong in
// every way we know, or empty.
func TestScoreEqualsScript(t *testing.T) {
	dirs := map[string]string{"own": filepath.Join("testdata", "gold")}
	dirs["examples"] = filepath.Join(moduleRoot(t), "examples", "gold")
	dirs["shared"] = shared(t, "gold", "articles")
	for name, dir := range dirs {
		gold, err := score.LoadGold(dir)
		if err != nil {
			t.Fatal(err)
		}
		for seed := range uint64(8) {
			t.Run(fmt.Sprintf("%s/%d", name, seed), func(t *testing.T) {
				readings := perturbed(gold, seed)
				path := filepath.Join(t.TempDir(), "readings.jsonl")
				writeJSONL(t, path, readings)
				want := script(t, "score_articles.py", dir, path, "--per-article", "--errors")
				if diff := cmp.Diff(want, scriptLines(score.Score(gold, readings))); diff != "" {
					t.Errorf("-script +ours\n%s", diff)
				}
			})
		}
	}
}

// scriptLines is a report with everything in the form and order of the reference scorer.
func scriptLines(r score.Report) []string {
	var out []string
	for _, a := range r.Articles {
		out = append(out, a.String())
		for _, m := range r.Mistakes {
			if m.Article != a.Name {
				continue
			}
			kind, negated := "missed", "False"
			if m.Wrong {
				kind = "wrong"
			}
			if m.Key.Negated {
				negated = "True"
			}
			out = append(out, fmt.Sprintf("  %-7s %s %s %s %s %s", kind, m.Article, m.Key.Subject, m.Key.Relation, m.Key.Object, negated))
		}
	}
	return append(out, lines(r.String())...)
}

// perturbed is a set of readings made from the gold: seed 0 says exactly what the gold says, seed 1 nothing, the others more and more
// that is wrong.
func perturbed(gold *score.Gold, seed uint64) []schema.Reading {
	if seed == 1 {
		return nil
	}
	p := perturber{rand.New(rand.NewPCG(seed, 7)), 0.06 * float64(seed)}
	var out []schema.Reading
	for _, a := range gold.Articles {
		if p.rarely() {
			continue
		}
		r := schema.Reading{Article: schema.Article{ID: a.ID}, Extractor: schema.Extractor{Name: "test"}}
		for _, l := range a.Lines {
			r.Triples = append(r.Triples, p.triples(a, l)...)
		}
		out = append(out, r)
		if p.maybe() { // a second reading of the article
			r.Triples = p.triples(a, a.Lines[p.IntN(len(a.Lines))])
			out = append(out, r)
		}
	}
	return append(out, schema.Reading{Article: schema.Article{ID: "not in the gold"}})
}

type perturber struct {
	*rand.Rand
	rate float64
}

func (p perturber) maybe() bool { return p.Float64() < p.rate }

func (p perturber) rarely() bool { return p.Float64() < p.rate*p.rate }

func pick[T any](p perturber, items ...T) T { return items[p.IntN(len(items))] }

func (p perturber) triples(a score.GoldArticle, l score.Line) []schema.Triple {
	if p.maybe() {
		return nil
	}
	other := a.Lines[p.IntN(len(a.Lines))]
	e := schema.Evidence{Status: l.Status, Agent: l.Agent, ObjectAgent: l.ObjectAgent, Quote: l.Quote, Confidence: float64(p.IntN(101)) / 100}
	t := schema.Triple{Subject: l.Key.Subject, Relation: l.Key.Relation, Object: l.Key.Object, Date: l.Date}
	if p.maybe() {
		t.Subject, t.Object = t.Object, t.Subject
	}
	if p.maybe() {
		t.Relation = pick(p, schema.CONSULT, schema.ACCUSE, schema.LEADS, schema.ASSAULT, "NO_SUCH", other.Key.Relation)
	}
	if p.maybe() {
		t.Object = pick(p, other.Key.Object, other.Key.Subject, "ATA", t.Subject)
	}
	t.Subject, t.Object = p.person(t.Subject), p.person(t.Object)
	if p.maybe() {
		t.Date = pick(p, "", "1999-03-24", l.Date+"-01", l.Date+"/2031", other.Date, schema.Date(strings.Split(string(l.Date), "/")[0]+"/2040-01-01"))
	}
	if p.maybe() {
		e.Status = pick(p, schema.Asserted, schema.Negated, schema.Future, schema.Hypothetical, "")
	}
	if p.maybe() {
		e.Agent = pick(p, "", other.Agent, "kofi-annan", l.ObjectAgent)
	}
	e.Agent, e.ObjectAgent = p.person(e.Agent), p.person(e.ObjectAgent)
	if p.maybe() {
		words := strings.Fields(e.Quote)
		e.Quote = pick(p, "", other.Quote, strings.Join(words[:len(words)/2], " "), strings.ToUpper(e.Quote), e.Quote+strings.Repeat(" padding", p.IntN(150)))
	}
	t.Evidence = append(t.Evidence, e)
	if p.maybe() {
		e.Status, e.Quote = other.Status, other.Quote
		t.Evidence = append(t.Evidence, e)
	}
	if p.maybe() {
		t.Evidence = nil
	}
	if p.maybe() {
		return []schema.Triple{t, t, {Subject: t.Subject, Relation: t.Relation, Object: t.Object, Date: "2001", Evidence: []schema.Evidence{e}}}
	}
	return []schema.Triple{t}
}

// person is a person by another form of the name.
func (p perturber) person(id string) string {
	if id == "" || strings.ToLower(id) != id || !p.maybe() {
		return id
	}
	parts := strings.Split(id, "-")
	return pick(p, parts[len(parts)-1], "maria-"+id, parts[0], id+"-x")
}

func TestScoreSentencesEqualsScript(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(shared(t, "gold", "sentences"), "*.jsonl"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no sets of sentences: %v", err)
	}
	sets := [][]string{files}
	for _, f := range files {
		sets = append(sets, []string{f})
	}
	for i, set := range sets {
		gold, err := score.LoadSentences(set...)
		if err != nil {
			t.Fatal(err)
		}
		for seed := range uint64(3) {
			predictions := perturbedSentences(gold, seed+uint64(10*i), 0.3*float64(seed))
			path := filepath.Join(t.TempDir(), "predictions.jsonl")
			writeJSONL(t, path, predictions)
			for _, crossBorder := range []bool{false, true} {
				name := strings.TrimSuffix(filepath.Base(set[0]), ".jsonl")
				if len(set) > 1 {
					name = "all"
				}
				t.Run(fmt.Sprintf("%s/%d/%t", name, seed, crossBorder), func(t *testing.T) {
					compareSentences(t, strings.Join(set, ","), path, gold, predictions, crossBorder)
				})
			}
		}
	}
}

// compareSentences compares the figures line by line. The reference scorer orders types that are demanded equally often at random, so these
// lines are compared sorted.
func compareSentences(t *testing.T, goldPaths, path string, gold []score.Sentence, predictions []score.Prediction, crossBorder bool) {
	args := []string{goldPaths, path, "--per-type"}
	if crossBorder {
		args = append(args, "--cross-border")
	}
	want := script(t, "score_sentences.py", args...)
	report := score.ScoreSentences(gold, predictions, score.SentenceOptions{CrossBorder: crossBorder})
	got := slices.Concat(lines(report.String()), lines(report.PerType()))
	sortTypes := func(all []string) {
		if i := slices.IndexFunc(all[2:], func(l string) bool { return strings.HasPrefix(l, "  ") }); i >= 0 {
			slices.Sort(all[2+i:])
		}
	}
	sortTypes(want)
	sortTypes(got)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-script +ours\n%s", diff)
	}
}

func perturbedSentences(gold []score.Sentence, seed uint64, rate float64) []score.Prediction {
	p := perturber{rand.New(rand.NewPCG(seed, 11)), rate}
	types := []schema.Relation{"DEMAND", "FIGHT", "NO_SUCH", schema.LEADS}
	for _, info := range schema.Relations() {
		types = append(types, info.Relation)
	}
	var out []score.Prediction
	for _, s := range gold {
		if p.rarely() {
			continue
		}
		pred := score.Prediction{ID: s.ID, Events: []score.PredictedEvent{}}
		for _, e := range s.Events {
			pairs := e.Pairs
			if len(pairs) == 0 || p.maybe() {
				pairs = append(slices.Clone(pairs), [2]string{pick(p, "", "USA", "NATO"), pick(p, "", "RUS", "USA")})
			}
			for _, pair := range pairs {
				if p.rarely() {
					continue
				}
				event := score.PredictedEvent{Actor: pair[0], Relation: e.Plover, Recipient: pair[1]}
				if event.Relation == "" || p.maybe() {
					event.Relation = pick(p, append(types, e.Accept...)...)
				}
				if p.maybe() {
					event.Actor, event.Recipient = event.Recipient, event.Actor
				}
				if p.maybe() {
					event.Recipient = pick(p, "", "FRA", event.Actor)
				}
				pred.Events = append(pred.Events, event)
			}
		}
		out = append(out, pred)
		if p.maybe() {
			out = append(out, pred, score.Prediction{ID: "no/such", Events: pred.Events})
		}
	}
	return out
}
