package schema_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"entente/schema"
)

// TestRelations compares the table with the facts of the PLOVER 2.0 manual: types by quad class, and their scores.
func TestRelations(t *testing.T) {
	want := map[schema.Quad]string{
		schema.VerbalCooperation:   "AGREE=2.5 CONSULT=2.5 SUPPORT=5 CONCEDE=4.5",
		schema.MaterialCooperation: "COOPERATE=9.5 AID=10 RETREAT=6.5",
		schema.VerbalConflict:      "REQUEST=0 ACCUSE=-3 REJECT=-2 THREATEN=-3.5",
		schema.MaterialConflict:    "PROTEST=-5 SANCTION=-6 MOBILIZE=-5.5 COERCE=-7 ASSAULT=-9",
		"":                         "REPRESENTS=0 LEADS=0 MEMBER_OF=0",
	}
	got := map[schema.Quad]string{}
	for _, info := range schema.Relations() {
		entry := string(info.Relation) + "=" + strconv.FormatFloat(info.Score, 'g', -1, 64)
		got[info.Quad] = strings.TrimSpace(got[info.Quad] + " " + entry)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

func TestRelationRows(t *testing.T) {
	symmetric := []schema.Relation{schema.AGREE, schema.CONSULT, schema.COOPERATE}
	labels := map[string]schema.Relation{}
	for _, info := range schema.Relations() {
		r := info.Relation
		if info.Symmetric != slices.Contains(symmetric, r) {
			t.Errorf("%s: symmetric %t", r, info.Symmetric)
		}
		if info.Tie != (info.Quad == "") || info.Tie && len(info.Modes) > 0 {
			t.Errorf("%s: tie %t with quad %q and %d modes", r, info.Tie, info.Quad, len(info.Modes))
		}
		if info.Quad != "" && !slices.Contains(schema.Quads(), info.Quad) {
			t.Errorf("%s: unknown quad %q", r, info.Quad)
		}
		if labels[info.Label] != "" {
			t.Errorf("%s and %s have one label", r, labels[info.Label])
		}
		labels[info.Label] = r
		if info.Label == "" || info.Definition == "" || strings.HasSuffix(info.Definition, ".") {
			t.Errorf("%s: label %q, definition %q", r, info.Label, info.Definition)
		}
		if !r.Valid() || r.Info().Label != info.Label {
			t.Errorf("%s: Info is not its row", r)
		}
		seen := map[string]bool{}
		for _, m := range info.Modes {
			if m.Name == "" || seen[m.Name] || !info.HasMode(m.Name) || info.ScoreOf(m.Name) != m.Score {
				t.Errorf("%s: mode %+v", r, m)
			}
			seen[m.Name] = true
			if conflict := info.Score < 0; conflict != (m.Score < 0) && info.Score != 0 {
				t.Errorf("%s: score %g, but mode %s %g", r, info.Score, m.Name, m.Score)
			}
			if m.Score < -10 || m.Score > 10 {
				t.Errorf("%s: mode %s scores %g", r, m.Name, m.Score)
			}
		}
		if info.ScoreOf("") != info.Score || info.ScoreOf("no-such") != info.Score || info.HasMode("no-such") || info.HasMode("") {
			t.Errorf("%s: a mode it has not", r)
		}
	}
}

func TestModeCounts(t *testing.T) {
	want := map[schema.Relation]int{
		schema.CONSULT: 4, schema.CONCEDE: 1, schema.RETREAT: 6, schema.REQUEST: 4, schema.ACCUSE: 3, schema.REJECT: 4, schema.THREATEN: 6, schema.PROTEST: 7,
		schema.SANCTION: 4, schema.MOBILIZE: 4, schema.COERCE: 10, schema.ASSAULT: 15,
	}
	got := map[schema.Relation]int{}
	for _, info := range schema.Relations() {
		if len(info.Modes) > 0 {
			got[info.Relation] = len(info.Modes)
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

// TestConstants: zrelation.go holds one constant for each row, in the same order, with its definition; else go generate was forgotten.
func TestConstants(t *testing.T) {
	src, err := os.ReadFile("zrelation.go")
	if err != nil {
		t.Fatal(err)
	}
	file, err := parser.ParseFile(token.NewFileSet(), "zrelation.go", src, parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}
	var got, want []string
	ast.Inspect(file, func(n ast.Node) bool {
		if spec, ok := n.(*ast.ValueSpec); ok {
			got = append(got, spec.Names[0].Name+" "+spec.Values[0].(*ast.BasicLit).Value+" "+strings.TrimSpace(spec.Comment.Text()))
		}
		return true
	})
	for _, info := range schema.Relations() {
		want = append(want, string(info.Relation)+" "+strconv.Quote(string(info.Relation))+" "+info.Definition)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("run go generate in schema: -want +got\n%s", diff)
	}
}

func TestParseRelation(t *testing.T) {
	for s, want := range map[string]schema.Relation{"ACCUSE": schema.ACCUSE, "accuse": schema.ACCUSE, "member-of": schema.MEMBER_OF, "Member_Of": schema.MEMBER_OF} {
		if got, err := schema.ParseRelation(s); err != nil || got != want {
			t.Errorf("ParseRelation(%q) = %q, %v", s, got, err)
		}
	}
	for _, s := range []string{"", "ACCUSES", "MEMBER OF", "accuse\n"} {
		if _, err := schema.ParseRelation(s); err == nil || !strings.Contains(err.Error(), "AGREE CONSULT") {
			t.Errorf("ParseRelation(%q): got %v, want an error that lists the types", s, err)
		}
	}
	if schema.Relation("accuse").Valid() || schema.Relation("").Valid() {
		t.Error("only the exact name is valid")
	}
}

// TestPlover lists every act whose type or mode plain PLOVER gives another name; all others keep theirs.
func TestPlover(t *testing.T) {
	want := map[string]string{
		"CONSULT - future": "AGREE -", "CONSULT visit future": "AGREE -", "CONSULT third-party future": "AGREE -", "CONSULT multilateral future": "AGREE -",
		"CONSULT phone future": "AGREE -", "SUPPORT - future": "AGREE -", "COOPERATE - future": "AGREE -", "AID - future": "AGREE -",
		"CONCEDE release asserted": "RETREAT release", "CONCEDE release negated": "RETREAT release", "CONCEDE release future": "RETREAT release",
		"CONCEDE release hypothetical": "RETREAT release",
		"RETREAT - future":             "CONCEDE -", "RETREAT withdraw future": "CONCEDE -", "RETREAT release future": "CONCEDE -", "RETREAT disarm future": "CONCEDE -",
		"RETREAT ceasefire future": "CONCEDE -", "RETREAT access future": "CONCEDE -", "RETREAT resign future": "CONCEDE -",
	}
	dash := func(s string) string {
		if s == "" {
			return "-"
		}
		return s
	}
	got := map[string]string{}
	for _, info := range schema.Relations() {
		for _, mode := range append(info.Modes, schema.Mode{}) {
			for _, status := range schema.EvidenceStatuses() {
				to, toMode, ok := schema.Plover(info.Relation, mode.Name, status)
				if ok == info.Tie {
					t.Errorf("%s: in PLOVER %t", info.Relation, ok)
				}
				if ok && !to.Valid() || toMode != "" && !to.Info().HasMode(toMode) {
					t.Errorf("%s %s %s: PLOVER %s %q", info.Relation, mode.Name, status, to, toMode)
				}
				if ok && (to != info.Relation || toMode != mode.Name) {
					got[string(info.Relation)+" "+dash(mode.Name)+" "+string(status)] = string(to) + " " + dash(toMode)
				}
			}
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	if _, _, ok := schema.Plover("NO_SUCH", "", schema.Asserted); ok {
		t.Error("an unknown type has a place in PLOVER")
	}
}

func TestContexts(t *testing.T) {
	contexts := schema.Contexts()
	if len(contexts) != 34 {
		t.Errorf("%d contexts, want 34", len(contexts))
	}
	sorted := slices.Sorted(slices.Values(contexts))
	if len(slices.Compact(sorted)) != len(contexts) {
		t.Error("a context stands twice")
	}
}
