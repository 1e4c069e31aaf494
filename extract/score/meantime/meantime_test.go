package meantime_test

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"entente/extract/rules"
	"entente/extract/score"
	"entente/extract/score/meantime"
	"entente/schema"
)

var (
	update = flag.Bool("update", false, "rewrite golden files")
	show   = flag.Bool("show", false, "log every expression and event that is read otherwise")
)

// TestScores measures times and status on the corpus beside the project and compares with scores.golden.
func TestScores(t *testing.T) {
	shared := os.Getenv("ENTENTE_SHARED")
	if shared == "" {
		shared = filepath.Join("..", "..", "..", "..", "shared")
	}
	dir := filepath.Join(shared, "corpora", "meantime", "intra_cross-doc_annotation")
	if _, err := os.Stat(dir); err != nil {
		t.Skip("no MEANTIME corpus beside the project (../shared/corpora/meantime)")
	}
	docs, err := meantime.Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	x, err := rules.New(rules.Options{})
	if err != nil {
		t.Fatal(err)
	}
	times, status := meantime.NewTimes(), meantime.NewStatus()
	for _, d := range docs {
		doc, predicates, err := x.Explain(t.Context(), d.Article)
		if err != nil {
			t.Fatal(err)
		}
		times.Add(d, doc)
		status.Add(d, doc, predicates)
	}
	if *show {
		t.Logf("wrong\n%s\nmissed\n%s\nspurious\n%s\nstatus\n%s", strings.Join(times.Wrong, "\n"), strings.Join(times.Missed, "\n"),
			strings.Join(times.Spurious, "\n"), strings.Join(status.Wrong, "\n"))
	}
	got := score.Golden(score.Section{Name: "MEANTIME, expressions of time", Body: times.String()}, score.Section{Name: "MEANTIME, status of events", Body: status.String()})
	if err := score.CheckGolden("scores.golden", got, *update); err != nil {
		t.Error(err)
	}
}

const small = `<?xml version="1.0" ?><Document doc_id="7" lang="en" url="u">
<token number="0" sentence="0" t_id="1">Talks</token>
<token number="1" sentence="1" t_id="2">May</token><token number="2" sentence="1" t_id="3">4</token>
<token number="3" sentence="2" t_id="4">They</token><token number="4" sentence="2" t_id="5">may</token><token number="5" sentence="2" t_id="6">meet</token>
<token number="6" sentence="2" t_id="7">next</token><token number="7" sentence="2" t_id="8">week</token><token number="8" sentence="2" t_id="9">.</token>
<Markables>
<TIMEX3 m_id="1" type="DATE" value="04-05-2009" functionInDocument="CREATION_TIME"><token_anchor t_id="2"/><token_anchor t_id="3"/></TIMEX3>
<TIMEX3 m_id="2" type="DATE" value="2009-W20" functionInDocument="NONE"><token_anchor t_id="7"/><token_anchor t_id="8"/></TIMEX3>
<EVENT_MENTION m_id="3" polarity="POS" certainty="POSSIBLE" time="FUTURE" pos="VERB" special_cases="NONE"><token_anchor t_id="6"/></EVENT_MENTION>
</Markables></Document>`

func TestRead(t *testing.T) {
	d, err := meantime.Read(strings.NewReader(small))
	if err != nil {
		t.Fatal(err)
	}
	if want := "Talks\n\nThey may meet next week."; d.Article.Text != want || d.Article.Published != "2009-05-04" {
		t.Errorf("got %q of %s, want %q of 2009-05-04", d.Article.Text, d.Article.Published, want)
	}
	if len(d.Times) != 1 || d.Article.Text[d.Times[0].Start:d.Times[0].End] != "next week" {
		t.Errorf("times: got %+v", d.Times)
	}
	if s, ok := d.Events[0].Status(); !ok || s != schema.Hypothetical || d.Article.Text[d.Events[0].Start:d.Events[0].End] != "meet" {
		t.Errorf("events: got %+v", d.Events)
	}
	for _, bad := range []string{"", "<Document/>", small[:len(small)/2]} {
		if _, err := meantime.Read(strings.NewReader(bad)); err == nil {
			t.Errorf("%.20q: no error", bad)
		}
	}
}

func TestDate(t *testing.T) {
	for value, want := range map[string]schema.Date{
		"2009-05-14": "2009-05-14", "2009-05-14TMO": "2009-05-14", "2009-06-XX": "2009-06", "2009": "2009", "198": "1980/1989",
		"2006-Q4": "2006-10/2006-12", "2008-FA": "2008-09/2008-11", "2009-W20": "2009-05-11/2009-05-17", "2010-W04-WE": "2010-01-30/2010-01-31",
		"P2Y": "", "PAST_REF": "", "XXXX-XX-XX": "", "": "", "2006-Q9": "", "2006-W99": "", "FY2007": "",
	} {
		got, ok := meantime.Timex{Value: value}.Date()
		if got != want || ok != (want != "") {
			t.Errorf("%s: got %q, %v, want %q", value, got, ok, want)
		}
	}
}

func TestStatus(t *testing.T) {
	for _, c := range []struct {
		e    meantime.Event
		want schema.Status
	}{
		{meantime.Event{Polarity: "POS", Certainty: "CERTAIN", Time: "NON_FUTURE"}, schema.Asserted},
		{meantime.Event{Polarity: "POS", Certainty: "CERTAIN", Time: "FUTURE"}, schema.Future},
		{meantime.Event{Polarity: "NEG", Certainty: "CERTAIN", Time: "FUTURE"}, schema.Negated},
		{meantime.Event{Polarity: "POS", Certainty: "CERTAIN", Time: "FUTURE", Special: "COND_IF_CLAUSE"}, schema.Hypothetical},
		{meantime.Event{Polarity: "POS", Certainty: "UNDERSPECIFIED", Time: "NON_FUTURE"}, ""},
	} {
		if got, ok := c.e.Status(); got != c.want || ok != (c.want != "") {
			t.Errorf("%+v: got %q", c.e, got)
		}
	}
}
