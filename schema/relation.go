package schema

import (
	_ "embed"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
)

//go:generate go run ./gen

//go:embed relations.tsv
var relationsTSV string

//go:embed plover.tsv
var ploverTSV string

//go:embed contexts.tsv
var contextsTSV string

// Relation is the type of a triple: one of the rows of relations.tsv. Its text is also its Neo4j relationship type and JSON value.
type Relation string

// Quad is one of the four classes into which event data is usually summed; empty for a tie.
type Quad string

// The quad classes, in the order of the codes 1 to 4 that data sets use.
const (
	VerbalCooperation   Quad = "verbal-cooperation"
	MaterialCooperation Quad = "material-cooperation"
	VerbalConflict      Quad = "verbal-conflict"
	MaterialConflict    Quad = "material-conflict"
)

// Quads lists the classes in the order of their codes: the code of Quads()[i] is i+1.
func Quads() []Quad {
	return []Quad{VerbalCooperation, MaterialCooperation, VerbalConflict, MaterialConflict}
}

// Mode is a finer kind of an event type, with its own score.
type Mode struct {
	Name  string
	Score float64
}

// RelationInfo is one row of relations.tsv.
type RelationInfo struct {
	Relation   Relation
	Tie        bool
	Quad       Quad
	Symmetric  bool    // its parties are interchangeable and kept sorted
	Score      float64 // -10 (most conflictual) to 10 (most cooperative); 0 for a tie
	Label      string  // "accuses"
	Definition string  // completes "the subject ..."
	Modes      []Mode
}

var relationTable = sync.OnceValue(func() []RelationInfo {
	var infos []RelationInfo
	for f := range rows(relationsTSV, 8) {
		infos = append(infos, RelationInfo{
			Relation: Relation(f[0]), Tie: f[1] == "tie", Quad: Quad(dash(f[2])), Symmetric: f[3] == "yes", Score: number(f[4]),
			Label: f[5], Definition: f[6], Modes: parseModes(f[7]),
		})
	}
	return infos
})

var relationIndex = sync.OnceValue(func() map[Relation]RelationInfo {
	m := map[Relation]RelationInfo{}
	for _, info := range relationTable() {
		m[info.Relation] = info
	}
	return m
})

// Relations lists every relation type in the order of relations.tsv. The caller must not change the slice.
func Relations() []RelationInfo { return relationTable() }

// Info is the row of relations.tsv for r, the zero value where there is none.
func (r Relation) Info() RelationInfo { return relationIndex()[r] }

// Valid reports whether r is a known type.
func (r Relation) Valid() bool { return r.Info().Relation != "" }

// ParseRelation reads a relation type, in any letter case, with hyphen or underscore.
func ParseRelation(s string) (Relation, error) {
	r := Relation(strings.ReplaceAll(strings.ToUpper(s), "-", "_"))
	if !r.Valid() {
		names := make([]string, 0, len(Relations()))
		for _, info := range Relations() {
			names = append(names, string(info.Relation))
		}
		return "", fmt.Errorf("unknown relation %q: want one of %s", s, strings.Join(names, " "))
	}
	return r, nil
}

// HasMode reports whether mode is one of the type's modes.
func (i RelationInfo) HasMode(mode string) bool {
	return slices.ContainsFunc(i.Modes, func(m Mode) bool { return m.Name == mode })
}

// ScoreOf is the score of a mode, the type's own where the mode is empty or unknown.
func (i RelationInfo) ScoreOf(mode string) float64 {
	for _, m := range i.Modes {
		if m.Name == mode {
			return m.Score
		}
	}
	return i.Score
}

// Contexts lists the contexts an evidence may name, in the order of the PLOVER manual.
func Contexts() []string { return contextTable() }

var contextTable = sync.OnceValue(func() []string {
	var names []string
	for f := range rows(contextsTSV, 1) {
		names = append(names, f[0])
	}
	return names
})

type ploverRow struct {
	relation     Relation
	mode, status string
	to           Relation
	toMode       string
}

var ploverTable = sync.OnceValue(func() []ploverRow {
	var out []ploverRow
	for f := range rows(ploverTSV, 5) {
		out = append(out, ploverRow{Relation(f[0]), f[1], f[2], Relation(f[3]), dash(f[4])})
	}
	return out
})

// Plover is the type and mode that plain PLOVER 2.0 gives an act of ours: PLOVER knows no status, so that a planned visit is an AGREE there.
// A tie has no place in PLOVER: ok is false.
func Plover(r Relation, mode string, status Status) (to Relation, toMode string, ok bool) {
	info := r.Info()
	if info.Relation == "" || info.Tie {
		return "", "", false
	}
	for _, row := range ploverTable() {
		if row.relation == r && (row.mode == "*" || row.mode == mode) && (row.status == "*" || row.status == string(status)) {
			return row.to, row.toMode, true
		}
	}
	return r, mode, true
}

// rows yields the tab-separated fields of each line of an embedded table that is not a comment; a row of another width is a defect of the build.
func rows(table string, width int) func(func([]string) bool) {
	return func(yield func([]string) bool) {
		for line := range strings.Lines(table) {
			line = strings.TrimRight(line, "\r\n")
			if line == "" || strings.HasPrefix(line, "#") {
				continue
			}
			f := strings.Split(line, "\t")
			if len(f) != width {
				panic(fmt.Sprintf("schema: embedded table: %d fields, want %d: %q", len(f), width, line))
			}
			if !yield(f) {
				return
			}
		}
	}
}

func parseModes(s string) []Mode {
	if dash(s) == "" {
		return nil
	}
	var modes []Mode
	for part := range strings.SplitSeq(s, ",") {
		name, score, _ := strings.Cut(part, "=")
		modes = append(modes, Mode{name, number(score)})
	}
	return modes
}

func number(s string) float64 {
	f, err := strconv.ParseFloat(s, 64)
	if err != nil {
		panic("schema: embedded table: " + err.Error())
	}
	return f
}

func dash(s string) string {
	if s == "-" {
		return ""
	}
	return s
}
