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

// TestIndexes asks how SQLite would answer what the program asks, and what people ask of the views: by indexes, never by reading a table through.
func TestIndexes(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.db")
	s := open(t, path)
	defer s.Close()
	load(t, s, news(t, 200, 5), 100)
	const ids = "(select value from json_each('[]'))"
	const search = " from search f join searchable s on s.key = f.rowid "
	for _, query := range []string{
		"select * from triple t where (t.subject in " + ids + " or t.object in " + ids + ") order by t.position",
		"select * from triple t where (t.subject in " + ids + " and t.object in " + ids + " or t.object in " + ids + " and t.subject in " + ids + ") order by t.position",
		"select * from triple t where t.id in " + ids + " order by t.position",
		"select * from triple t where (t.id in " + ids + " or t.id in (select triple from former where id in " + ids + ")) order by t.position",
		"select * from triple t order by t.position limit 10",
		"select * from triple t where t.last_day >= '2010-01-01' and t.first_day <= '2010-02-01' and t.position < '2010-02-01!' order by t.position",
		"select * from statement e join reading r on r.key = e.reading join article a on a.key = r.article where e.triple in " + ids,
		"select t.key, t.claim_first, t.claim_last, t.says, t.status from json_each('[]') j cross join triple t on t.subject = j.value->>0 and t.object = j.value->>1 and t.relation = j.value->>2",
		"select e.triple from article a join reading r on r.article = a.key join statement e on e.reading = r.key where a.id in " + ids,
		"select * from reading r join article a on a.key = r.article where a.id in " + ids + " order by a.id, r.extractor",
		"select a.sha256 from article a join reading r on r.article = a.key where a.id = 'x' and r.extractor = 'x' and r.version = 'x'",
		"select * from declaration where entity in " + ids,
		"select * from entity where id in " + ids,
		"select * from dyad where a = 'x' and b = 'y'",
		"select sum(score) from json_each('[]') j cross join triple t on t.subject = j.value->>0 and t.object = j.value->>1 where not t.tie group by j.value->>2",
		"select * from former where reading = 1",
		"select * from statement where reading = 1 and id = 'x'",
		"select e.id" + search + "join entity e on e.id = s.thing where search match 'x' and s.kind = 'entity'",
		"select a.id" + search + "join article a on a.key = s.owner where search match 'x' and s.kind = 'article'",
		"select t.id" + search + "join statement e on e.reading = s.owner and e.id = s.thing join triple t on t.key = e.triple join reading r on r.key = e.reading join article a on a.key = r.article where search match 'x' and s.kind = 'quote'",
		"delete from searchable where (kind, owner, thing) in (select value->>0, value->>1, value->>2 from json_each('[]'))",
		"select * from timeline where subject_id = 'P00:party' and object_id = 'P01:party'",
		"select * from timeline where object_id = 'P01:party'",
		"select * from timeline limit 10",
		"select * from triples where id = 'x'",
		"select * from triples where subject = 'x' and relation = 'ACCUSE'",
		"select * from evidence where triple = 'x'",
		"select * from evidence where article = 'x'",
		"select * from evidence where subject = 'x'",
		"select * from evidence limit 10",
		"select * from pairs where one_id = 'x'",
		"select * from article where published >= '2010-01-01' and published < '2010-02-01' order by published, id",
	} {
		for _, step := range rows(t, path, "explain query plan "+query) {
			_, scan, ok := strings.Cut(step, "SCAN ")
			name, how, _ := strings.Cut(scan, " ")
			if !ok || strings.Contains(how, "INDEX") || name == "j" || strings.HasPrefix(name, "json_each") {
				continue
			}
			t.Errorf("%s\nis answered by %s", query, step)
		}
	}
}
