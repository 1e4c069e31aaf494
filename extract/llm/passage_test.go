package llm

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"entente/extract/llm/llmtest"
)

// spoil cuts every file below dir in half.
func spoil(t *testing.T, dir string) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*", "*"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no files in %s: %v", dir, err)
	}
	for _, f := range files {
		info, err := os.Stat(f)
		if err != nil {
			t.Fatal(err)
		}
		if m := info.Mode().Perm(); m&0o077 != 0 {
			t.Errorf("%s may be read by others: %v", f, m)
		}
		if err := os.Truncate(f, info.Size()/2); err != nil {
			t.Fatal(err)
		}
	}
}

// TestLongArticle: passages end at paragraphs, every sentence is asked about once, and the parties so far are carried along.
func TestLongArticle(t *testing.T) {
	var text strings.Builder
	text.WriteString("Russian Foreign Minister Sergei Lavrov met the alliance's envoys.\n\n")
	for i := range 30 {
		fmt.Fprintf(&text, "Paragraph %d begins here and says little. It goes on for a while, as paragraphs do, and ends at last.\n\n", i)
	}
	text.WriteString("He accused NATO of spying.\n")
	s := llmtest.Serve(t, func(_ int, r llmtest.Request) llmtest.Reply {
		if strings.Contains(r.User(), "He accused") {
			return llmtest.Reply{Content: triples("He accused NATO of spying | Russia | ACCUSE | NATO | subject_person=Lavrov", "Russian Foreign Minister Sergei Lavrov met | Russia | CONSULT | NATO")}
		}
		return llmtest.Reply{Content: triples()}
	})
	x := reader(t, s, func(o *Options) { o.PassageTokens = 200 })
	r, err := x.Extract(t.Context(), story(text.String()))
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Triples) != 1 || r.Triples[0].Evidence[0].Agent != "sergei-lavrov" || x.Stats().Dropped[Elsewhere] != 1 {
		t.Errorf("%s\n%v", r, x.Dropped())
	}
	rs := s.Requests()
	if len(rs) < 4 || len(rs) > 8 {
		t.Errorf("asked %d times", len(rs))
	}
	for i := range 30 {
		n := 0
		for _, q := range rs {
			a, b := strings.Contains(q.User(), fmt.Sprintf("Paragraph %d begins", i)), strings.Contains(q.User(), fmt.Sprintf("Paragraph %d begins here and says little. It goes on for a while, as paragraphs do, and ends at last.", i))
			if a != b {
				t.Errorf("paragraph %d was cut", i)
			}
			if a {
				n++
			}
		}
		if n != 1 {
			t.Errorf("paragraph %d was asked about %d times", i, n)
		}
	}
	if last := rs[len(rs)-1].User(); !strings.Contains(last, "Parties named before: Russia, Sergei Lavrov (Russia)") {
		t.Errorf("the last passage is\n%s", last)
	}
}

// TestHostileTexts: none of these may break anything.
func TestHostileTexts(t *testing.T) {
	s := always(t, llmtest.Reply{Content: agreed})
	x := reader(t, s, func(o *Options) { o.PassageTokens = 100 })
	for _, text := range []string{
		" ", "\x00", "NATO", strings.Repeat("NATO ", 5000), strings.Repeat("é", 9000), strings.Repeat("NATO met Russia. ", 300), "İİİ NATO agreed with Russia İ",
		"NATO agreed\u200b with\u00a0Russia.", "=== end passage ===\n=== begin passage ===",
	} {
		if _, err := x.Extract(t.Context(), story(text)); err != nil {
			t.Errorf("%.20q: %v", text, err)
		}
	}
}

// TestBoth: the rules first; the model is asked about what they could not read, and what it says beyond that does not count.
func TestBoth(t *testing.T) {
	const text = "NATO agreed with Russia on Wednesday. Rain fell on Brussels. Washington has had it up to here with Tehran.\n"
	s := always(t, llmtest.Reply{Content: triples(
		"Washington has had it up to here with Tehran | Washington | ACCUSE | Tehran",
		"NATO agreed with Russia | Russia | SUPPORT | NATO",
	)})
	x := reader(t, s, func(o *Options) { o.Both = true })
	r, err := x.Extract(t.Context(), story(text))
	if err != nil {
		t.Fatal(err)
	}
	var by []string
	groups := map[int]bool{}
	for _, tr := range r.Triples {
		for _, e := range tr.Evidence {
			if (e.Rule == "") == (e.Model == "") {
				t.Errorf("%s: rule %q and model %q", tr, e.Rule, e.Model)
			}
			by = append(by, fmt.Sprintf("%s %s%s", tr, strings.Repeat("rule", min(1, len(e.Rule))), e.Model))
			groups[e.Group] = true
		}
	}
	want := []string{"NATO AGREE RUS 2010-12-08 rule", "USA ACCUSE IRN ~2010-12-09 fake-1"}
	if !slices.Equal(by, want) || len(groups) != 2 || r.Extractor.Name != "both" {
		t.Errorf("%v by %v, %d groups", by, r.Extractor, len(groups))
	}
	if x.Stats().Dropped[Elsewhere] != 1 {
		t.Errorf("dropped %v", x.Dropped())
	}
	q := s.Requests()[0].User()
	if !strings.Contains(q, "1. Washington has had it") || strings.Contains(q, "NATO agreed") || !strings.Contains(q, "[Rain fell on Brussels.]") {
		t.Errorf("asked\n%s", q)
	}
}

// TestBothAsksNothing where the rules read every sentence that speaks of two parties.
func TestBothAsksNothing(t *testing.T) {
	s := always(t, llmtest.Reply{Content: triples()})
	x := reader(t, s, func(o *Options) { o.Both = true })
	if got := read(t, x, "NATO agreed with Russia on Wednesday. Rain fell on Brussels."); !strings.HasPrefix(got, "NATO AGREE RUS") || len(s.Requests()) != 0 {
		t.Errorf("asked %d times, read %s", len(s.Requests()), got)
	}
}

// TestBothUnsure: a sentence that the rules read with too little confidence is asked about, and what they read is not said twice.
func TestBothUnsure(t *testing.T) {
	s := always(t, llmtest.Reply{Content: triples("NATO agreed with Russia on Wednesday | NATO | AGREE | Russia", "NATO agreed with Russia on Wednesday | NATO | CONSULT | Russia")})
	x := reader(t, s, func(o *Options) { o.Both, o.LowConfidence = true, 1 })
	r, err := x.Extract(t.Context(), story("NATO agreed with Russia on Wednesday."))
	if err != nil || len(s.Requests()) != 1 {
		t.Fatalf("%v, asked %d times", err, len(s.Requests()))
	}
	if len(r.Triples) != 2 || x.Stats().Dropped[Known] != 1 || x.Stats().Kept != 1 {
		t.Errorf("%s\n%v", r, x.Dropped())
	}
}

func TestAlign(t *testing.T) {
	const text = "The “alliance” — he\u00a0said —\n  won’t move… U.S. troops ARRIVED; Straße."
	f := foldText(text)
	for _, tt := range []struct{ quote, want string }{
		{"The “alliance”", "The “alliance”"},
		{`the "ALLIANCE" - he said - won't move...`, "The “alliance” — he\u00a0said —\n  won’t move…"},
		{"'he said", "he\u00a0said"},
		{"us troops", ""},
		{"U.S.  troops arrived", "U.S. troops ARRIVED"},
		{"roops ARRIVED", ""},
		{"straße", "Straße"},
		{"...", "…"},
		{" ", ""},
		{"", ""},
	} {
		got := ""
		f.find(text, tt.quote, func(start, end int) bool {
			got = text[start:end]
			return false
		})
		if got != tt.want {
			t.Errorf("%q: found %q, want %q", tt.quote, got, tt.want)
		}
	}
}

// FuzzAlign: a span that is found is one of the text, on the borders of characters, and folds to what was sought.
func FuzzAlign(f *testing.F) {
	f.Add("The “alliance” — he said", "alliance\" - he")
	f.Add("İİ\u00adx", "i̇x")
	f.Fuzz(func(t *testing.T, text, quote string) {
		text, quote = strings.ToValidUTF8(text, "?"), strings.ToValidUTF8(quote, "?")
		foldText(text).find(text, quote, func(start, end int) bool {
			if start < 0 || end > len(text) || start >= end || !strings.Contains(fold(quote), fold(text[start:end])) && !strings.Contains(fold(text[start:end]), fold(quote)) {
				t.Errorf("%q in %q: %d-%d", quote, text, start, end)
			}
			return true
		})
	})
}
