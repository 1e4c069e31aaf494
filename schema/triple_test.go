package schema_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"entente/schema"
)

// TestIDs: ids are kept by stores and other tools, so they must never change for the same identity. A new one here is a break of every
// store that exists.
func TestIDs(t *testing.T) {
	for line, want := range map[string]string{
		"NATO AGREE RUS 2010-12-08":                          "03a43ca85b67828d",
		"RUS AGREE NATO 2010-12-08":                          "03a43ca85b67828d",
		"NATO AGREE RUS ~2010-12-08":                         "9172580f105e7747",
		"RUS ACCUSE NATO":                                    "77d311fec375e115",
		"RUS ACCUSE NATO @wire/17":                           "b55e930a03e6ec24",
		`dmitry-rogozin REPRESENTS RUS "ambassador to NATO"`: "ec8e7b8ef0767216",
		"dmitry-rogozin REPRESENTS RUS":                      "9858a991a7c085ec",
		"RUS ACCUSE NATO 2010-12-06/2010-12-09":              "08472e5c50cec0da",
		"NIC:contras ASSAULT NIC 1987":                       "ccf852d84792791d",
	} {
		triple, err := schema.ParseTriple(line)
		if err != nil {
			t.Fatal(err)
		}
		if triple.ID != want {
			t.Errorf("%q: %q,", line, triple.ID)
		}
	}
	e := schema.Evidence{Start: 3, End: 9, Status: schema.Asserted, Speaker: "RUS", Quote: "quoted", Confidence: 0.5}
	if got, want := e.MakeID("wire/17", "rules", "0123456789abcdef"), "4c0d410688266227"; got != want {
		t.Errorf("evidence: %q", got)
	}
	if got, want := schema.Digest("é"), "4a99557e4033c3539de2eb65472017cad5f9557f7a0625a09f1c3f6e2ba69c4c"; got != want {
		t.Errorf("digest: %q", got)
	}
}

// TestEvidenceID: what belongs to an evidence's identity, and what does not.
func TestEvidenceID(t *testing.T) {
	base := schema.Evidence{Start: 3, End: 9, Status: schema.Asserted, Speaker: "RUS"}
	id := base.MakeID("a", "rules", "t")
	change := func(f func(*schema.Evidence)) string {
		e := base
		f(&e)
		return e.MakeID("a", "rules", "t")
	}
	for name, got := range map[string]string{
		"article":   base.MakeID("b", "rules", "t"),
		"extractor": base.MakeID("a", "llm", "t"),
		"triple":    base.MakeID("a", "rules", "u"),
		"start":     change(func(e *schema.Evidence) { e.Start = 4 }),
		"end":       change(func(e *schema.Evidence) { e.End = 8 }),
		"status":    change(func(e *schema.Evidence) { e.Status = schema.Future }),
		"speaker":   change(func(e *schema.Evidence) { e.Speaker = "" }),
	} {
		if got == id {
			t.Errorf("%s does not change the id", name)
		}
	}
	if got := change(func(e *schema.Evidence) { e.Confidence, e.Agent, e.Rule, e.Quote = 1, "x", "r", "q" }); got != id {
		t.Error("what does not belong to the identity changes the id")
	}
}

func TestNew(t *testing.T) {
	for _, c := range []struct {
		name string
		got  schema.Triple
		want string
	}{
		{"dated", schema.New("RUS", schema.ACCUSE, "NATO", "", "2010-12-08", "2010-12-09", "a"), "RUS ACCUSE NATO 2010-12-08"},
		{"undated", schema.New("RUS", schema.ACCUSE, "NATO", "", "", "2010-12-09", "a"), "RUS ACCUSE NATO ~2010-12-09"},
		{"undated article", schema.New("RUS", schema.ACCUSE, "NATO", "", "", "", "a b"), `RUS ACCUSE NATO @"a b"`},
		{"symmetric", schema.New("RUS", schema.AGREE, "NATO", "", "2010", "2011", "a"), "NATO AGREE RUS 2010"},
		{"tie", schema.New("dmitry-rogozin", schema.REPRESENTS, "RUS", "ambassador", "", "2011", "a"), `dmitry-rogozin REPRESENTS RUS "ambassador"`},
		{"dated tie", schema.New("dmitry-rogozin", schema.REPRESENTS, "RUS", "", "2008", "2011", "a"), "dmitry-rogozin REPRESENTS RUS 2008"},
	} {
		if c.got.String() != c.want || c.got.ID != c.got.MakeID() {
			t.Errorf("%s: got %s with id %s, want %s with id %s", c.name, c.got, c.got.ID, c.want, c.got.MakeID())
		}
	}
	if w := schema.New("RUS", schema.ACCUSE, "NATO", "", "2010-12-08", "2010-12-09", "a").When(); w != "2010-12-08" {
		t.Errorf("When = %q", w)
	}
	if w := schema.New("RUS", schema.ACCUSE, "NATO", "", "", "2010-12-09", "a").When(); w != "2010-12-09" {
		t.Errorf("When = %q", w)
	}
}

func TestParseTriple(t *testing.T) {
	for line, want := range map[string]string{
		"rus accuse nato":                       "rus ACCUSE nato",
		"  RUS\taccuse\u00a0NATO\n2010 ":        "RUS ACCUSE NATO 2010",
		"RUS agree NATO":                        "NATO AGREE RUS",
		`x represents RUS 2008 "a \"b\""`:       `x REPRESENTS RUS "a \"b\"" 2008`,
		`RUS ACCUSE NATO @"https://x.org/a b"`:  `RUS ACCUSE NATO @"https://x.org/a b"`,
		"RUS ACCUSE NATO @https://x.org/?q=1#2": "RUS ACCUSE NATO @https://x.org/?q=1#2",
	} {
		got, err := schema.ParseTriple(line)
		if err != nil || got.String() != want {
			t.Errorf("ParseTriple(%q) = %q, %v, want %q", line, got, err, want)
		}
	}
	for line, want := range map[string]string{
		"":                             "want SUBJECT RELATION OBJECT",
		"RUS ACCUSE":                   "want SUBJECT RELATION OBJECT",
		"RUS HATES NATO":               `unknown relation "HATES"`,
		"RUS ACCUSE NATO yesterday":    `date "yesterday"`,
		"RUS ACCUSE NATO ~yesterday":   `date "yesterday"`,
		`x REPRESENTS RUS "ambassador`: "unfinished quotation",
		"RUS ACCUSE NATO 2010 ~2011":   "only one of",
		"RUS ACCUSE NATO 2010 @a":      "only one of",
		"RUS ACCUSE NATO ~2010 @a":     "only one of",
	} {
		if got, err := schema.ParseTriple(line); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("ParseTriple(%q) = %q, %v, want an error with %q", line, got, err, want)
		}
	}
}

func FuzzParseTriple(f *testing.F) {
	for _, s := range []string{
		"NATO AGREE RUS 2010-12-08", "RUS ACCUSE NATO ~2010-12-09", "RUS ACCUSE NATO @wire/17", `a REPRESENTS B "ambassador to NATO" 2008`,
		"A ACCUSE \n ~", `A ACCUSE "B C" @"x y"`, "A ACCUSE B 2001 ~2002", "A agree\u2003B", "A ACCUSE B @", "A ACCUSE B ~", `A LEADS B ""`,
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		triple, err := schema.ParseTriple(s)
		if err != nil {
			return
		}
		again, err := schema.ParseTriple(triple.String())
		if err != nil {
			t.Fatalf("%q is read as %q, which is not read: %v", s, triple, err)
		}
		if diff := cmp.Diff(triple, again); diff != "" {
			t.Errorf("%q: -first +again\n%s", s, diff)
		}
	})
}
