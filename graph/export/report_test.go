package export_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"

	"entente/graph"
	"entente/graph/draw"
	"entente/graph/export"
	"entente/graph/graphtest"
	"entente/graph/memory"
)

// hostile stands wherever an article or an entity can bring text.
const hostile = `<script>alert(1)</script>&"'|*_[x](y)` + "`"

func reportOf(t *testing.T, says ...string) export.Report {
	t.Helper()
	s := memory.New()
	r := graphtest.Story{ID: "a", Published: "2010-12-09", Source: hostile, Says: says, Names: map[string]string{"RUS": hostile, "NATO": "NATO"}}.Reading(t)
	r.Article.URL = "javascript:alert(1)"
	if _, err := s.Upsert(t.Context(), r); err != nil {
		t.Fatal(err)
	}
	out := export.Report{Title: hostile, Names: draw.Names{"RUS": hostile}}
	for m, err := range graph.Timeline(t.Context(), s, "RUS", "", graph.TimelineOptions{}) {
		if err != nil {
			t.Fatal(err)
		}
		out.Moments = append(out.Moments, m)
	}
	return out
}

func TestReport(t *testing.T) {
	r := reportOf(t, "RUS ACCUSE NATO 2010-12-08 | asserted", "RUS CONSULT NATO 2011 | future", "RUS THREATEN NATO | hypothetical", "RUS AGREE NATO 2010-12/2011-01 | negated", `dmitry-rogozin REPRESENTS RUS "envoy" | asserted`)
	for name, write := range map[string]func(io.Writer) error{"html": r.HTML, "markdown": r.Markdown, "timelinejs": r.TimelineJS} {
		var b bytes.Buffer
		if err := write(&b); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		got := b.String()
		for _, bad := range []string{"<script", "javascript:alert", `[x](`} {
			if strings.Contains(got, bad) && (name == "markdown" || bad != "[x](") {
				t.Errorf("%s: there is %q", name, bad)
			}
		}
		for _, has := range []string{"alert(1)", "2010-12-08", "~2010-12-09", "planned", "denied"} {
			if !strings.Contains(got, has) {
				t.Errorf("%s: no %q", name, has)
			}
		}
		if want := errors.New("full"); !errors.Is(write(failing{want}), want) {
			t.Errorf("%s: a failure to write is lost", name)
		}
	}
}

type failing struct{ err error }

func (f failing) Write([]byte) (int, error) { return 0, f.err }

func TestReportTimelineJS(t *testing.T) {
	r := reportOf(t, "RUS ACCUSE NATO 2010-12-08 | asserted", "RUS CONSULT NATO 2011 | future", "RUS AGREE NATO 2010-12/2011-01 | negated", `dmitry-rogozin REPRESENTS RUS "envoy" | asserted`)
	var b bytes.Buffer
	if err := r.TimelineJS(&b); err != nil {
		t.Fatal(err)
	}
	var doc struct {
		Title struct {
			Text struct{ Text string }
		}
		Events []struct {
			Group string
			Start map[string]any `json:"start_date"`
			End   map[string]any `json:"end_date"`
		}
	}
	if err := json.Unmarshal(b.Bytes(), &doc); err != nil {
		t.Fatal(err)
	}
	if len(doc.Events) != 3 || !strings.Contains(doc.Title.Text.Text, "Not shown: 1 without any date.") {
		t.Fatalf("%d slides, title %q", len(doc.Events), doc.Title.Text.Text)
	}
	if e := doc.Events[0]; e.Group != "verbal cooperation" || e.Start["month"] != 12.0 || e.Start["day"] != nil || e.End["year"] != 2011.0 {
		t.Errorf("the range is %+v", e)
	}
	if e := doc.Events[2]; e.Start["year"] != 2011.0 || e.Start["month"] != nil || e.End != nil {
		t.Errorf("the year is %+v", e)
	}
}

// TestReportHTMLPicture finds the picture in the page whole.
func TestReportHTMLPicture(t *testing.T) {
	var b bytes.Buffer
	if err := reportOf(t, "RUS ACCUSE NATO 2010-12-08 | asserted").HTML(&b); err != nil {
		t.Fatal(err)
	}
	_, rest, ok := strings.Cut(b.String(), "<svg ")
	picture, _, ok2 := strings.Cut(rest, "</svg>")
	if !ok || !ok2 {
		t.Fatal("no picture")
	}
	if err := xml.Unmarshal([]byte("<svg "+picture+"</svg>"), new(struct{})); err != nil {
		t.Error(err)
	}
	if !strings.Contains(picture, `href="#t-`) {
		t.Error("the picture does not lead to the rows")
	}
	var empty bytes.Buffer
	if err := (export.Report{Title: "x", Names: draw.Names{}}).HTML(&empty); err != nil || !strings.Contains(empty.String(), "Nothing is known.") {
		t.Errorf("of nothing: %v", err)
	}
}
