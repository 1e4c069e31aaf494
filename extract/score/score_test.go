package score_test

import (
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"entente/extract/score"
	"entente/schema"
)

func loadOwn(t *testing.T) *score.Gold {
	t.Helper()
	gold, err := score.LoadGold(filepath.Join("testdata", "gold"))
	if err != nil {
		t.Fatal(err)
	}
	return gold
}

func triple(line string, evidence ...string) schema.Triple {
	t, err := schema.ParseTriple(line)
	if err != nil {
		panic(err)
	}
	for _, s := range evidence {
		e, err := schema.ParseEvidence(s)
		if err != nil {
			panic(err)
		}
		t.Evidence = append(t.Evidence, e)
	}
	return t
}

func reading(article string, triples ...schema.Triple) schema.Reading {
	return schema.Reading{Article: schema.Article{ID: article}, Triples: triples, Extractor: schema.Extractor{Name: "test"}}
}

// ownReadings of testdata/gold, each triple with what is right and wrong in it:
//   - the meeting: date and agents right, quote too short
//   - the denial as an assertion: wrong polarity, so both a missed and a wrong key
//   - the week of complaints: first day right, a surplus evidence beside it
//   - the tie, the person by the full name
//   - an optional line: left out
//   - an act that is not in the gold
func ownReadings() []schema.Reading {
	return []schema.Reading{
		reading("reply",
			triple("RUS CONSULT USA 2001-06-16", `asserted 0-8 agent=vladimir-putin object_agent=george-w-bush rule=meet confidence=0.9 "Bush met"`),
			triple("USA REJECT RUS", `asserted 0-1 rule="turn down" confidence=0.6 "it had turned the offer down"`),
			triple("RUS ACCUSE USA 2001-06-10/2001-06-16", `asserted 0-1 confidence=0.75 "Moscow has complained all week about the shield"`),
			triple("RUS ACCUSE USA 2001-06-15", `future 0-1 confidence=0.25 "Moscow has complained"`),
			triple("vladimir-putin LEADS RUS", `asserted 0-1 confidence=1 "Vladimir Putin"`),
			triple("USA SUPPORT SVN 2001-06-16", `asserted 0-1 confidence=0.1 "near Ljubljana"`),
			triple("RUS AID SVN", `asserted 0-1 confidence=0.35 "near Ljubljana"`),
		),
	}
}

func TestScoreByHand(t *testing.T) {
	r := score.Score(loadOwn(t), ownReadings())
	// Demanded: CONSULT, ACCUSE (two lines, one key), not REJECT, LEADS in reply; REQUEST in note.
	// The wrong REJECT and the right ACCUSE are one pair and class.
	want := `events                   P 0.500  R 0.500  F1 0.500  (4 gold, 4 predicted, 2 right)
ties                     P 1.000  R 1.000  F1 1.000  (1 gold, 1 predicted, 1 right)
all triples              P 0.600  R 0.600  F1 0.600  (5 gold, 5 predicted, 3 right)
pair + quad class        P 0.667  R 0.500  F1 0.571  (4 gold, 3 predicted, 2 right)
pair                     P 0.500  R 0.500  F1 0.500  (2 gold, 2 predicted, 1 right)
date right               0.667  (2 of 3 on right triples)
status right             0.750  (3 of 4 on right triples)
agent right              0.667  (2 of 3 on right triples)
evidence right           0.667  (2 of 3 on right triples)
`
	if diff := cmp.Diff(want, r.String()); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	if diff := cmp.Diff([]string{"note"}, r.Unread); diff != "" {
		t.Errorf("unread: -want +got\n%s", diff)
	}
	if m := r.Measure("ACCUSE"); m.Gold != 1 || m.Predicted != 1 || m.Right != 1 {
		t.Errorf("ACCUSE: %v", m)
	}
	var mistakes []string
	for _, m := range r.Mistakes {
		mistakes = append(mistakes, strings.Split(m.String(), "\n")...)
	}
	wantMistakes := []string{
		`missed   note: FRA REQUEST IRQ`,
		`    - asserted [line 2] "Paris asked Baghdad to answer"`,
		`missed   reply: USA not REJECT RUS  (read: USA REJECT RUS)`,
		`    - negated [line 6] "Washington denied that it had turned the offer down"`,
		`wrong    reply: RUS AID SVN`,
		`    - asserted "near Ljubljana"`,
		`wrong    reply: USA REJECT RUS  (gold: USA not REJECT RUS)`,
		`    - asserted [turn down 0.60] "it had turned the offer down"`,
	}
	if diff := cmp.Diff(wantMistakes, mistakes); diff != "" {
		t.Errorf("mistakes: -want +got\n%s", diff)
	}
}

func TestLoadGold(t *testing.T) {
	gold := loadOwn(t)
	var got []string
	for _, a := range gold.Texts() {
		got = append(got, a.ID+" "+string(a.Published)+" "+a.PublishedFrom+" "+a.Title)
	}
	if diff := cmp.Diff([]string{"note 2002-01-03 format A note", "reply 2001-06-16 flag "}, got); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	if err := gold.Check(); err != nil {
		t.Error(err)
	}
}

// files writes path -> content pairs below a new folder.
func files(t *testing.T, pairs ...string) string {
	t.Helper()
	dir := t.TempDir()
	for i := 0; i < len(pairs); i += 2 {
		path := filepath.Join(dir, pairs[i])
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(pairs[i+1]), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

const goldLine = "FRA\tREQUEST\tIRQ\t-\tasserted\t-\t-\t-\n"

// TestGoldArticles: every place in which the article of a gold file is looked for.
func TestGoldArticles(t *testing.T) {
	dir := files(t,
		"set/gold/beside.gold.tsv", goldLine, "set/gold/beside.txt", "beside",
		"set/gold/named.txt.gold.tsv", goldLine, "set/articles/named.txt", "named",
		"set/gold/line.gold.tsv", goldLine, "more/all.jsonl", `{"id":"line","text":"line"}`+"\n\n",
		"set/gold/folder.gold.tsv", goldLine, "more/folder/000_1.txt", "folder", "more/folder/README.md", "no article",
		"set/gold/nowhere.gold.tsv", goldLine, "more/nowhere/1.txt", "which?", "more/nowhere/2.txt", "which?",
		"set/gold/.hidden.gold.tsv", goldLine,
	)
	gold, err := score.LoadGold(filepath.Join(dir, "set", "gold"), filepath.Join(dir, "more"))
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for _, a := range gold.Articles {
		got[a.ID] = a.Article.Text
	}
	want := map[string]string{"beside": "beside", "named.txt": "named", "line": "line", "folder": "folder", "nowhere": ""}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	if diff := cmp.Diff([]string{"nowhere"}, gold.Missing()); diff != "" {
		t.Errorf("missing: -want +got\n%s", diff)
	}
	if _, err := score.LoadGold(filepath.Join(dir, "set", "gold"), filepath.Join(dir, "more", "folder")); err != nil {
		t.Errorf("the folder itself: %v", err)
	}
}

func TestLoadGoldErrors(t *testing.T) {
	ok := []string{"g/a.gold.tsv", goldLine}
	for _, c := range []struct {
		name, want string
		files      []string
		more       string
	}{
		{"no folder", "no such file", []string{"x", ""}, ""},
		{"no gold", "no *.gold.tsv file in", []string{"g/a.txt", ""}, ""},
		{"columns", "a.gold.tsv:2: want 8 columns, have 2", []string{"g/a.gold.tsv", "# a\nUSA\tACCUSE\n"}, ""},
		{"not text", "a.gold.tsv: not UTF-8", []string{"g/a.gold.tsv", "# \xff\n"}, ""},
		{"broken line", "a.jsonl:2: ", append(ok, "g/a.jsonl", "{}\n{\n"), ""},
		{"article not text", "a.txt: not UTF-8", append(ok, "g/a.txt", "\xff"), ""},
		{"no such place", "nowhere", ok, "nowhere"},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := files(t, c.files...)
			var more []string
			if c.more != "" {
				more = []string{filepath.Join(dir, c.more)}
			}
			_, err := score.LoadGold(filepath.Join(dir, "g"), more...)
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want an error with %q", err, c.want)
			}
		})
	}
}

func TestGoldCheck(t *testing.T) {
	const text = "Paris asked Baghdad\n   to answer."
	for _, c := range []struct{ name, gold, want string }{
		{"fine", "# a published 2001\nFRA\tREQUEST\tIRQ\t-\tasserted\t-\t-\tasked Baghdad to answer\n", ""},
		{"relation", "FRA\tASK\tIRQ\t-\tasserted\t-\t-\t-\n", `a.gold.tsv:1: unknown relation "ASK"`},
		{"status", "FRA\tREQUEST\tIRQ\t-\tdisputed\t-\t-\t-\n", `unknown status "disputed"`},
		{"date", "FRA\tREQUEST\tIRQ\t2001-13\tasserted\t-\t-\t-\n", `date "2001-13" is malformed`},
		{"party", "FRA\tREQUEST\t-\t-\tasserted\t-\t-\t-\n", "a party is missing"},
		{"one party", "FRA\tREQUEST\tFRA\t-\tasserted\t-\t-\t-\n", "subject and object are one party"},
		{"quote", "FRA\tREQUEST\tIRQ\t-\tasserted\t-\t-\tasked Basra\n", "the quote does not stand in the article"},
		{"twice", "FRA\tAGREE\tIRQ\t-\tasserted\t-\t-\t-\nIRQ\tAGREE\tFRA\t-\tasserted\t-\t-\t-\n", "a.gold.tsv:2: the claim of line 1 again"},
		{"published", "# a published soon\n" + goldLine, `published "soon" is not a date`},
	} {
		t.Run(c.name, func(t *testing.T) {
			gold, err := score.LoadGold(files(t, "a.gold.tsv", c.gold, "a.txt", text))
			if err != nil {
				t.Fatal(err)
			}
			err = gold.Check()
			switch {
			case c.want == "" && err != nil:
				t.Error(err)
			case c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)):
				t.Errorf("got %v, want an error with %q", err, c.want)
			}
		})
	}
}

func TestPredictionsFromReading(t *testing.T) {
	got := score.PredictionsFromReading(reading("set/1",
		triple("FRA CONSULT IRQ 2001", `future 0-1 "q"`, `asserted 0-1 mode=visit "q"`, `asserted 2-3 "q"`),
		triple("IRN CONCEDE FRA", `asserted 0-1 mode=release "q"`),
		triple("USA RETREAT IRQ", `future 0-1 "q"`),
		triple("USA ACCUSE IRN", `negated 0-1 "q"`),
		triple("putin LEADS RUS", `asserted 0-1 "q"`),
	))
	want := score.Prediction{ID: "set/1", Events: []score.PredictedEvent{
		{Actor: "FRA", Relation: schema.AGREE, Recipient: "IRQ"},
		{Actor: "FRA", Relation: schema.CONSULT, Recipient: "IRQ"},
		{Actor: "IRN", Relation: schema.RETREAT, Recipient: "FRA"},
		{Actor: "USA", Relation: schema.CONCEDE, Recipient: "IRQ"},
	}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	if empty := score.PredictionsFromReading(reading("set/2")); empty.Events == nil {
		t.Error("a reading without triples: no events, want an empty list, which is an answer")
	}
}

const ownSentences = `{"id":"s/1","text":"Iran accused Iraq and met Syria.","date":null,"events":[
 {"pairs":[["IRN","IRQ"]],"plover":"ACCUSE","accept":["ACCUSE"],"optional":false,"code_scheme":"CAMEO"},
 {"pairs":[["SYR","IRN"]],"plover":"CONSULT","accept":["CONSULT"],"optional":false,"code_scheme":"CAMEO"}]}
{"id":"s/2","text":"France left Mali or gave way there.","date":"2001-02-03","events":[{"pairs":[["FRA","MLI"]],"plover":"CONCEDE","accept":["CONCEDE","RETREAT"],"optional":false,"code_scheme":"CAMEO"}]}
{"id":"s/3","text":"Nothing happened.","date":null,"events":[]}
{"id":"s/4","text":"Egypt had no comment on Libya.","date":null,"events":[{"pairs":[["EGY","LBY"]],"plover":null,"accept":[],"optional":true,"code_scheme":"CAMEO"}]}
`

func loadOwnSentences(t *testing.T) []score.Sentence {
	t.Helper()
	// One object a line: the first object is wrapped above to be read by people.
	text := strings.ReplaceAll(ownSentences, "\n {", "{")
	gold, err := score.LoadSentences(filepath.Join(files(t, "s.jsonl", text), "s.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	return gold
}

func TestScoreSentencesByHand(t *testing.T) {
	r := score.ScoreSentences(loadOwnSentences(t), []score.Prediction{
		{ID: "s/1", Events: []score.PredictedEvent{{Actor: "IRN", Relation: schema.CONSULT, Recipient: "SYR"}, {Actor: "IRQ", Relation: schema.ACCUSE, Recipient: "IRN"}}},
		{ID: "s/2", Events: []score.PredictedEvent{{Actor: "FRA", Relation: schema.RETREAT, Recipient: "MLI"}}},
		{ID: "s/4", Events: []score.PredictedEvent{{Actor: "LBY", Relation: schema.REJECT, Recipient: "EGY"}}},
	}, score.SentenceOptions{})
	want := `sentences 4 (typed 4), with a prediction line 3
                        P      R     F1   right/pred/gold
type                1.000  1.000  1.000   3/3/3
type-set            1.000  1.000  1.000   3/3/3
quad                1.000  1.000  1.000   3/3/3
quad-set            1.000  1.000  1.000   3/3/3
triple              0.667  0.667  0.667   2/3/3
triple-2            0.667  0.667  0.667   2/3/3
pair                0.667  0.667  0.667   2/3/3
pair-2              0.667  0.667  0.667   2/3/3
pair-undirected-2   1.000  1.000  1.000   3/3/3
detect              1.000  1.000  1.000   2/2/2  accuracy 1.000
  CONSULT       1.000  1.000  1.000   1/1/1
  CONCEDE       1.000  1.000  1.000   1/1/1
  ACCUSE        1.000  1.000  1.000   1/1/1
`
	if diff := cmp.Diff(want, r.Golden()); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	if len(r.Mistakes) != 1 {
		t.Fatalf("%d mistakes, want 1: %v", len(r.Mistakes), r.Mistakes)
	}
	if got, want := r.Mistakes[0].String(), "s/1: Iran accused Iraq and met Syria.\n   missed ACCUSE IRN > IRQ\n   wrong  ACCUSE IRQ > IRN"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestLoadSentencesErrors(t *testing.T) {
	for content, want := range map[string]string{"{\n": "line 1: ", "\n{\"text\":\"t\"}\n": "line 2: no id"} {
		path := filepath.Join(files(t, "s.jsonl", content), "s.jsonl")
		if _, err := score.LoadSentences(path); err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), path) {
			t.Errorf("%q: got %v, want an error with the path and %q", content, err, want)
		}
	}
	if _, err := score.LoadSentences(filepath.Join(t.TempDir(), "none.jsonl")); err == nil {
		t.Error("a missing file: no error")
	}
}

func TestCalibrate(t *testing.T) {
	observations := score.Observations(loadOwn(t), ownReadings())
	if len(observations) != 5 {
		t.Fatalf("%d observations, want the 5 keys that are not optional: %v", len(observations), observations)
	}
	got := score.Calibrate(observations, 4)
	want := `confidence       n  right   mean  share  95 % interval
0.25-0.50        1      0  0.350  0.000  0.000-0.793
0.50-0.75        2      1  0.675  0.500  0.095-0.905
0.75-1.00        2      2  0.950  1.000  0.342-1.000
calibration error 0.160, Brier score 0.111, 5 triples
`
	if diff := cmp.Diff(want, got.String()); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	if c := score.Calibrate(nil, 0); c.N != 0 || math.IsNaN(c.Brier) || math.IsNaN(c.Error) {
		t.Errorf("no observations: %+v", c)
	}
	for _, extreme := range []float64{-1, 0, 1, 2} {
		if c := score.Calibrate([]score.Observation{{Confidence: extreme}}, 10); len(c.Bins) != 1 {
			t.Errorf("confidence %g: %d bins", extreme, len(c.Bins))
		}
	}
}

// TestWilson compares with values published for the method: 81 of 263 is the example of Newcombe (1998), Statistics in Medicine 17, table I.
func TestWilson(t *testing.T) {
	for _, c := range []struct {
		right, n  int
		low, high float64
	}{{81, 263, 0.2553, 0.3662}, {15, 148, 0.0624, 0.1605}, {0, 20, 0, 0.1611}, {1, 29, 0.0061, 0.1718}, {0, 0, 0, 1}} {
		low, high := score.Wilson(c.right, c.n)
		if math.Abs(low-c.low) > 5e-5 || math.Abs(high-c.high) > 5e-5 {
			t.Errorf("%d of %d: got %.4f-%.4f, want %.4f-%.4f", c.right, c.n, low, high, c.low, c.high)
		}
	}
}

func TestGolden(t *testing.T) {
	r := score.Score(loadOwn(t), ownReadings())
	text := score.Golden(score.Section{Name: "own", Body: r.Golden()}, score.Section{Name: "table", Body: "a  \nb"})
	for _, want := range []string{"== own ==\nevents ", "\n  ACCUSE                 P 1.000", "\n\n== table ==\na\nb\n"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
	path := filepath.Join(t.TempDir(), "scores.golden")
	if err := score.CheckGolden(path, text, false); err == nil || !strings.Contains(err.Error(), "-update") {
		t.Errorf("no file: got %v, want an error that tells of -update", err)
	}
	if err := score.CheckGolden(path, text, true); err != nil {
		t.Fatal(err)
	}
	if err := score.CheckGolden(path, text, false); err != nil {
		t.Error(err)
	}
	err := score.CheckGolden(path, strings.Replace(text, "\nb\n", "\nc\n", 1), false)
	if err == nil || !strings.Contains(err.Error(), "\n- table: b\n+ table: c\n") {
		t.Errorf("a changed line: got %v", err)
	}
}
