package draw_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"flag"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"entente/graph/draw"
	"entente/schema"
)

var update = flag.Bool("update", false, "write testdata anew")

// golden compares a picture with testdata/NAME.svg.
func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	file := filepath.Join("testdata", name+".svg")
	if *update {
		if err := os.WriteFile(file, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s is another picture: look at what -update makes of it", file)
	}
}

func timeline(t *testing.T, chart draw.Chart) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := draw.Timeline(&b, chart); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestTimeline(t *testing.T) {
	all := cases(t)
	for _, name := range slices.Sorted(maps.Keys(all)) {
		t.Run(name, func(t *testing.T) {
			got := timeline(t, all[name])
			sound(t, got)
			golden(t, "timeline-"+name, got)
			if len(got) > 700_000 {
				t.Errorf("%d bytes", len(got))
			}
		})
	}
}

// sound fails where a picture is not well-formed XML, could do anything in a page, or cannot be read by a screen reader.
func sound(t *testing.T, svg []byte) {
	t.Helper()
	ids := map[string]bool{}
	var labelled, first string
	d := xml.NewDecoder(bytes.NewReader(svg))
	for {
		tok, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatalf("not well-formed: %v", err)
		}
		e, ok := tok.(xml.StartElement)
		if !ok {
			continue
		}
		if first == "" {
			first = e.Name.Local
		}
		if slices.Contains([]string{"script", "style", "foreignObject", "image"}, e.Name.Local) {
			t.Errorf("there is a %s element", e.Name.Local)
		}
		for _, a := range e.Attr {
			switch {
			case strings.HasPrefix(a.Name.Local, "on") || a.Name.Local == "style":
				t.Errorf("there is an attribute %s", a.Name.Local)
			case a.Name.Local == "id" && ids[a.Value]:
				t.Errorf("id %s stands twice", a.Value)
			case a.Name.Local == "id":
				ids[a.Value] = true
			case a.Name.Local == "aria-labelledby":
				labelled = a.Value
			case strings.Contains(a.Value, "NaN") || strings.Contains(a.Value, "Inf"):
				t.Errorf("%s=%q", a.Name.Local, a.Value)
			}
		}
	}
	if first != "svg" || labelled == "" {
		t.Errorf("root %s, labelled by %q", first, labelled)
	}
	for id := range strings.FieldsSeq(labelled) {
		if !ids[id] {
			t.Errorf("nothing has the id %s", id)
		}
	}
}

// TestTimelineDraws looks for what each case must show.
func TestTimelineDraws(t *testing.T) {
	all := cases(t)
	for _, tt := range []struct {
		name       string
		has, hasnt []string
	}{
		{"0", []string{"nothing is known"}, []string{"mean score"}},
		{"3", []string{`href="/event/`, "a=1&amp;b=2", "&lt;transit&gt; &amp; trade", `class="turn"`, `id="pair-title"`, "date known only so far", "reported that day", "happened", "[disputed]", "~2010-12-09", `class="event planned"`}, []string{"<transit>", ">hypothetical<"}},
		{"3000", []string{`class="count"`, "Bars count the events of a"}, []string{`class="key"`}},
		{"unknown", []string{"no date", "3 without any date", `class="lane tie"`}, nil},
		{"long", []string{"…", "&lt;b&gt;"}, []string{"<b>"}},
		{"right-to-left", []string{"\u2068"}, nil},
		{"century", []string{">1920<", "by year"}, nil},
		{"day", []string{">2010-12-01<", "by day"}, nil},
	} {
		got := string(timeline(t, all[tt.name]))
		for _, s := range tt.has {
			if !strings.Contains(got, s) {
				t.Errorf("%s: no %q", tt.name, s)
			}
		}
		for _, s := range tt.hasnt {
			if strings.Contains(got, s) {
				t.Errorf("%s: there is %q", tt.name, s)
			}
		}
	}
}

// TestTimelineHostile draws what no extractor should give.
func TestTimelineHostile(t *testing.T) {
	bad := made(t, "RUS ACCUSE NATO 0001-01-01", schema.Status("odd"), 1)
	bad.Evidences[0].Quote = "\x00\x1b\xff</text><script>alert(1)</script>\u202e"
	far := made(t, "RUS ACCUSE NATO 9999-12-31", schema.Asserted, 1)
	none := made(t, "RUS ACCUSE NATO 2010", schema.Asserted, 0)
	none.Evidences = nil
	chart := cases(t)["3"]
	chart.Moments = moments(append(many(t, 5, bad.Date.First(), 3), bad, far, none))
	chart.Title = `"><script>alert(1)</script>`
	chart.Width = 1
	for _, by := range []struct{ from, to schema.Date }{{}, {from: "2010", to: "2011"}, {from: "3000", to: "2000"}, {to: "0001"}, {from: "odd"}} {
		chart.From, chart.To = by.from, by.to
		sound(t, timeline(t, chart))
	}
}

func TestTimelineWriteFails(t *testing.T) {
	want := errors.New("disk full")
	if err := draw.Timeline(failing{want}, cases(t)["30"]); !errors.Is(err, want) {
		t.Errorf("got %v", err)
	}
}

type failing struct{ err error }

func (f failing) Write([]byte) (int, error) { return 0, f.err }

func BenchmarkTimeline(b *testing.B) {
	all := cases(b)
	all["100000"] = draw.Chart{Moments: moments(many(b, 100_000, time.Date(1920, 1, 1, 0, 0, 0, 0, time.UTC), 36_000))}
	for _, name := range []string{"30", "300", "3000", "100000"} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if err := draw.Timeline(io.Discard, all[name]); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
