package sqlite_test

import (
	"database/sql"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"entente/graph"
	"entente/graph/graphtest"
)

// rows asks the file as another program would.
func rows(t *testing.T, path, query string) []string {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+path+"?mode=ro")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	rs, err := db.QueryContext(t.Context(), query)
	if err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	defer rs.Close()
	columns, err := rs.Columns()
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for rs.Next() {
		values, targets := make([]sql.NullString, len(columns)), make([]any, len(columns))
		for i := range values {
			targets[i] = &values[i]
		}
		if err := rs.Scan(targets...); err != nil {
			t.Fatal(err)
		}
		var line []string
		for _, v := range values {
			line = append(line, v.String)
		}
		out = append(out, strings.Join(line, " | "))
	}
	if err := rs.Err(); err != nil {
		t.Fatal(err)
	}
	return out
}

func TestViews(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.db")
	s := open(t, path)
	defer s.Close()
	names := map[string]string{"RUS": "Russia", "SUN": "Soviet Union", "AFG": "Afghanistan"}
	for _, st := range []graphtest.Story{
		{ID: "a", Published: "2010-12-09", Names: names, Says: []string{"RUS ACCUSE NATO | asserted agent=d-r mode=allege", "NATO AGREE RUS 2010-12-08 | asserted contexts=military,cyber confidence=0.8", `d-r REPRESENTS RUS "envoy" | asserted`}},
		{ID: "b", Names: names, Says: []string{"NATO AGREE RUS 2010-12-08 | negated speaker=SUN", "SUN ASSAULT AFG 1979 | asserted", "SUN ACCUSE RUS | asserted"}},
	} {
		if _, err := s.Upsert(t.Context(), st.Reading(t)); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Merge(t.Context(), graph.Decision{From: "SUN", Into: "RUS"}); err != nil {
		t.Fatal(err)
	}
	for query, want := range map[string][]string{
		`select "when", subject, act, object, status, score, sources, quote from timeline`: {
			"1979 | Russia | attacks | Afghanistan | asserted | -9 | 1 | Sentence 2 of b tells of that.",
			"2010-12-08 | Name of NATO | agrees with | Russia | disputed | 2.5 | 2 | Sentence 2 of a tells of that.",
			"~2010-12-09 | Russia | accuses | Name of NATO | asserted | -3.5 | 1 | Sentence 1 of a tells of that.",
		},
		`select "when", first_day, last_day, subject, relation, object, role, status, quad, contexts from triples`: {
			"1979 | 1979-01-01 | 1979-12-31 | RUS | ASSAULT | AFG |  | asserted | material-conflict | ",
			`2010-12-08 | 2010-12-08 | 2010-12-08 | NATO | AGREE | RUS |  | disputed | verbal-cooperation | ["cyber","military"]`,
			"~2010-12-09 | 2010-12-09 | 2010-12-09 | RUS | ACCUSE | NATO |  | asserted | verbal-conflict | ",
			" |  |  | d-r | REPRESENTS | RUS | envoy | asserted |  | ",
		},
		`select subject, relation, object, status, speaker, agent, article, published, title, quote from evidence`: {
			"RUS | ASSAULT | AFG | asserted |  |  | b |  | About b | Sentence 2 of b tells of that.",
			"NATO | AGREE | RUS | negated | RUS |  | b |  | About b | Sentence 1 of b tells of that.",
			"NATO | AGREE | RUS | asserted |  |  | a | 2010-12-09 | About a | Sentence 2 of a tells of that.",
			"RUS | ACCUSE | NATO | asserted |  | d-r | a | 2010-12-09 | About a | Sentence 1 of a tells of that.",
			"d-r | REPRESENTS | RUS | asserted |  |  | a | 2010-12-09 | About a | Sentence 3 of a tells of that.",
		},
		`select count(*) from edges`: {"4"},
		`select a, b, events, net, first_day, last_day from dyad`: {
			"AFG | RUS | 1 | -9 | 1979-01-01 | 1979-12-31",
			"NATO | RUS | 2 | -1 | 2010-12-08 | 2010-12-09",
		},
	} {
		if d := cmp.Diff(want, rows(t, path, query)); d != "" {
			t.Errorf("%s (-want +got):\n%s", query, d)
		}
	}
}

// TestIndexes asks how SQLite would answer what the program asks: never by reading a table of triples or statements through.
func TestIndexes(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.db")
	s := open(t, path)
	defer s.Close()
	load(t, s, news(t, 200, 5), 100)
	for _, query := range []string{
		"select * from triple t where (t.subject in (select value from json_each('[]')) or t.object in (select value from json_each('[]'))) order by t.position",
		"select * from triple t where t.id in (select value from json_each('[]')) order by t.position",
		"select * from triple t order by t.position limit 10",
		"select * from statement e join reading r on r.key = e.reading join article a on a.key = r.article where e.triple in (select value from json_each('[]'))",
		"select t.key, t.claim_first, t.claim_last, t.says, t.status from json_each('[]') j cross join triple t on t.subject = j.value->>0 and t.object = j.value->>1 and t.relation = j.value->>2",
		"select e.triple from article a join reading r on r.article = a.key join statement e on e.reading = r.key where a.id in (select value from json_each('[]'))",
		"select * from timeline where subject_id = 'P00:party' and object_id = 'P01:party'",
	} {
		for _, step := range rows(t, path, "explain query plan "+query) {
			if (strings.Contains(step, "SCAN t") || strings.Contains(step, "SCAN e") || strings.Contains(step, "SCAN a")) && !strings.Contains(step, "USING INDEX") {
				t.Errorf("%s\nis answered by %s", query, step)
			}
		}
	}
}
