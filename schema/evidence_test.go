package schema_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"entente/schema"
)

// fullEvidence has every field set, in the shape that a string can hold (no id).
func fullEvidence() schema.Evidence {
	return schema.Evidence{
		Start: 7, End: 11, Quote: "said", Status: schema.Hypothetical, Speaker: "USA", Agent: "dmitry-rogozin", ObjectAgent: "x", Initiator: "RUS",
		Mediators: []string{"CHE", "UN"}, Mode: "visit", Contexts: []string{"military", "cyber"}, Place: "CHE/geneva", Basis: schema.Relative,
		From: "2008", To: "2011-12", Former: true, Group: 3, Rule: `hold "talks" with`, Model: "m 1", Confidence: 0.8125,
	}
}

func TestEvidenceString(t *testing.T) {
	e := fullEvidence()
	want := `hypothetical 7-11 speaker=USA agent=dmitry-rogozin object_agent=x initiator=RUS mode=visit place=CHE/geneva basis=relative from=2008 to=2011-12 ` +
		`rule="hold \"talks\" with" model="m 1" mediators=CHE,UN contexts=military,cyber former=true group=3 confidence=0.8125 "said"`
	if got := e.String(); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	got, err := schema.ParseEvidence(want)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(e, got); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	bare := schema.Evidence{Start: 0, End: 2, Status: schema.Asserted, Quote: "a\n"}
	if got, err := schema.ParseEvidence(bare.String()); err != nil || !cmp.Equal(bare, got) {
		t.Errorf("%s is read as %s, %v", bare, got, err)
	}
}

func TestParseEvidenceErrors(t *testing.T) {
	for line, want := range map[string]string{
		"":                                "want STATUS START-END",
		`asserted "q"`:                    "want STATUS START-END",
		`asserted 1-2 "q`:                 "want STATUS START-END",
		`asserted 1to2 "q"`:               `span "1to2"`,
		`asserted 1-2x "q"`:               `span "1-2x"`,
		`asserted -1-2 "q"`:               `span "-1-2"`,
		`asserted 1 "q"`:                  `span "1"`,
		`asserted 1-2 q`:                  "the last field is not a quotation",
		`asserted 1-2 colour=red "q"`:     `unknown key "colour"`,
		`asserted 1-2 loose "q"`:          `unknown key "loose"`,
		`asserted 1-2 group=x "q"`:        "group=x",
		`asserted 1-2 former=x "q"`:       "former=x",
		`asserted 1-2 confidence=x "q"`:   "confidence=x",
		`asserted 1-2 confidence=NaN "q"`: "not a number",
		`asserted 1-2 rule="a"b "q"`:      "unknown key",
	} {
		if got, err := schema.ParseEvidence(line); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("ParseEvidence(%q) = %s, %v, want an error with %q", line, got, err, want)
		}
	}
}

func FuzzParseEvidence(f *testing.F) {
	e := fullEvidence()
	f.Add(e.String())
	for _, s := range []string{
		`asserted 0-1 "q"`, `a 0-1 mediators= contexts="," "q"`, `a 0-1 confidence=-0 "q"`, `a 0-1 confidence=Inf group=-1 former=false "q"`, "a 0-1 `q`", `a 0-1 rule="\n" 'q'`,
		`"a b" 0-1 agent=x"y" "\xff"`, `a 0-1 mediators="a,,b" "q"`,
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		e, err := schema.ParseEvidence(s)
		if err != nil {
			return
		}
		again, err := schema.ParseEvidence(e.String())
		if err != nil {
			t.Fatalf("%q is read as %s, which is not read: %v", s, e, err)
		}
		if diff := cmp.Diff(e, again, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("%q: -first +again\n%s", s, diff)
		}
	})
}

func TestCompareEvidence(t *testing.T) {
	want := []schema.Evidence{
		{Start: 1, End: 2, Status: schema.Negated},
		{Start: 1, End: 3, Status: schema.Asserted},
		{Start: 1, End: 3, Status: schema.Asserted, Speaker: "RUS"},
		{Start: 1, End: 3, Status: schema.Future},
		{Start: 2, End: 3, Status: schema.Asserted},
	}
	got := slices.Clone(want)
	slices.Reverse(got)
	slices.SortFunc(got, schema.CompareEvidence)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

func TestStatuses(t *testing.T) {
	if got := schema.EvidenceStatuses(); !slices.Equal(got, []schema.Status{"asserted", "negated", "future", "hypothetical"}) {
		t.Errorf("evidence: %v", got)
	}
	if got := schema.TripleStatuses(); !slices.Equal(got, []schema.Status{"asserted", "disputed", "denied", "planned", "hypothetical"}) {
		t.Errorf("triple: %v", got)
	}
}
