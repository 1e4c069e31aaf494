package sqlite_test

import (
	"cmp"
	"database/sql"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"entente/graph"
	"entente/graph/graphtest"
	"entente/graph/sqlite"
)

// checkedStore is a file with a bit of everything, checked and closed.
func checkedStore(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "sound.db")
	s := open(t, path)
	load(t, s, news(t, 40, 3), 10)
	graphtest.Fill(t, s)
	if ds := damages(t, s); len(ds) > 0 {
		t.Fatalf("a sound store: %v", ds)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

func damages(t *testing.T, s *sqlite.Store) []graph.Damage {
	t.Helper()
	var out []graph.Damage
	for d, err := range s.Check(t.Context()) {
		if err != nil {
			t.Fatalf("check: %v", err)
		}
		out = append(out, d)
	}
	return out
}

// wound is a way to damage a store: pick finds the things that can be, do does it to ?1 (and ?2, a random number).
type wound struct {
	name, pick, do string
	kind           graph.DamageKind
	mend           graph.Mend
	thing          bool // the damage names what pick found
}

var wounds = []wound{
	{"bytes of a quote", "select a.id from article a join reading r on r.article = a.key where a.text <> ''",
		"update article set text = replace(text, 'e', 'o') where id = ?1", graph.QuoteDamage, graph.MendAgain, false},
	{"a byte of a text", "select id from article where text <> ''", "update article set text = text || '!' where id = ?1", graph.ArticleDamage, graph.MendAgain, true},
	{"a reading that is no JSON", "select key from reading", "update reading set body = substr(body, 1, length(body) / 2) where key = ?1", graph.ReadingDamage, graph.MendAgain, false},
	{"another party in a reading", "select key from reading where instr(body, 'ACCUSE') > 0", "update reading set body = replace(body, 'ACCUSE', 'PRAISE') where key = ?1", graph.ReadingDamage, graph.MendAgain, false},
	{"missing evidence", "select id from statement where triple is not null", "delete from statement where id = ?1", graph.EvidenceDamage, graph.MendCopy, true},
	{"evidence of another status", "select id from statement where status = 'asserted'", "update statement set status = 'negated' where id = ?1", graph.EvidenceDamage, graph.MendCopy, true},
	{"evidence of another speaker", "select id from statement", "update statement set speaker = 'nobody' where id = ?1", graph.EvidenceDamage, graph.MendCopy, true},
	{"evidence of another triple", "select id from statement where triple is not null", "update statement set triple = (select key from triple t where t.key <> statement.triple order by (t.key * ?2) % 97 limit 1) where id = ?1",
		graph.EvidenceDamage, graph.MendCopy, true},
	{"wrong status", "select id from triple where status = 'asserted'", "update triple set status = 'denied' where id = ?1", graph.StatusDamage, graph.MendCopy, true},
	{"wrong number of sources", "select id from triple", "update triple set sources = sources + 1 where id = ?1", graph.TripleDamage, graph.MendCopy, true},
	{"wrong confidence", "select id from triple", "update triple set confidence = confidence / 2 where id = ?1", graph.TripleDamage, graph.MendCopy, true},
	{"wrong score", "select id from triple", "update triple set score = score - 1 where id = ?1", graph.TripleDamage, graph.MendCopy, true},
	{"another object", "select id from triple", "update triple set object = 'nobody' where id = ?1", graph.TripleDamage, graph.MendCopy, true},
	{"wrong days", "select id from triple where first_day is not null", "update triple set first_day = '1900-01-01' where id = ?1", graph.TripleDamage, graph.MendCopy, true},
	{"triple without evidence", "select id from triple", "update statement set triple = null where triple = (select key from triple where id = ?1)", graph.OrphanDamage, graph.MendCopy, true},
	{"missing triple", "select id from triple", "delete from triple where id = ?1", graph.OrphanDamage, graph.MendCopy, false},
	{"missing entity", "select id from entity", "delete from entity where id = ?1", graph.EntityDamage, graph.MendCopy, true},
	{"another name", "select id from entity", "update entity set name = name || 'x' where id = ?1", graph.EntityDamage, graph.MendCopy, true},
	{"a description too often", "select entity from declaration", "update declaration set readings = readings + 1 where entity = ?1", graph.EntityDamage, graph.MendCopy, true},
	{"wrong sum of a pair", "select a || ' ' || b from dyad", "update dyad set net = net + 1 where a || ' ' || b = ?1", graph.DyadDamage, graph.MendCopy, true},
	{"missing pair", "select a || ' ' || b from dyad", "delete from dyad where a || ' ' || b = ?1", graph.DyadDamage, graph.MendCopy, true},
	{"pair of nobody", "select id from entity", "insert into dyad values ('0', ?1, 1, 1, 1, 0, null, null)", graph.DyadDamage, graph.MendCopy, false},
	{"missing former id", "select id from former", "delete from former where id = ?1", graph.FormerDamage, graph.MendCopy, true},
	{"decisions in a circle", "select into_id from decision", "insert into decision select into_id, from_id, '', '', '' from decision where into_id = ?1", graph.DecisionDamage, graph.MendDecision, true},
	{"a run that is no JSON", "select key from run", "update run set body = 'x' where key = ?1", graph.RunDamage, graph.MendBackup, false},
	{"a run of another time", "select key from run", "update run set started = '1999' where key = ?1", graph.RunDamage, graph.MendBackup, false},
	{"article without reading", "select id from article", "insert into article (id, title, published, published_from, source, url, sha256, furniture, text) values ('left over ' || ?1, '', '', '', '', '', '', '', '')",
		graph.ArticleDamage, graph.MendCopy, false},
	{"reading without article", "select id from article", "delete from article where id = ?1", graph.OrphanDamage, graph.MendCopy, false},
	{"missing index", "select name from sqlite_schema where type = 'index' and sql is not null", "drop index %s", graph.SchemaDamage, graph.MendCopy, false},
	{"missing view", "select name from sqlite_schema where type = 'view'", "drop view %s", graph.SchemaDamage, graph.MendCopy, false},
	{"other words", "select thing from searchable", "update searchable set words = 'other' where thing = ?1", graph.SearchDamage, graph.MendCopy, true},
	{"missing words", "select thing from searchable", "delete from searchable where thing = ?1", graph.SearchDamage, graph.MendCopy, true},
	{"words of nothing", "select thing from searchable", "insert into searchable (kind, owner, thing, words) values ('quote', 0, ?1, 'x')", graph.SearchDamage, graph.MendCopy, true},
	{"words that are not in the index", "select key from searchable", "insert into search (search, rowid, words) select 'delete', key, words from searchable where key = ?1", graph.SearchDamage, graph.MendCopy, false},
	{"missing trigger", "select name from sqlite_schema where type = 'trigger'", "drop trigger %s", graph.SchemaDamage, graph.MendCopy, false},
	{"another label", "select name from relation", "update relation set label = 'x' where name = ?1", graph.SchemaDamage, graph.MendCopy, true},
}

// TestCheckDamages damages a sound store in every way of the table, twice each at places that a kept seed chooses, and wants each found.
func TestCheckDamages(t *testing.T) {
	sound := checkedStore(t)
	for _, w := range wounds {
		for seed := range uint64(2) {
			t.Run(fmt.Sprintf("%s %d", w.name, seed), func(t *testing.T) {
				path := filepath.Join(t.TempDir(), "a.db")
				copyFile(t, sound, path)
				thing := inflict(t, path, w, seed)
				s := open(t, path)
				defer s.Close()
				found := damages(t, s)
				for _, d := range found {
					if d.Kind == w.kind && d.Mend == w.mend && (!w.thing || d.Thing == thing) {
						return
					}
				}
				t.Errorf("%s was done to %s, and the check says %v", w.do, thing, found)
			})
		}
	}
}

func copyFile(t *testing.T, from, to string) {
	t.Helper()
	b, err := os.ReadFile(from)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(to, b, 0o600); err != nil {
		t.Fatal(err)
	}
}

// inflict does the damage as another program would, and returns to what.
func inflict(t *testing.T, path string, w wound, seed uint64) string {
	t.Helper()
	things := rows(t, path, w.pick+" order by 1")
	if len(things) == 0 {
		t.Fatalf("nothing to do it to: %s", w.pick)
	}
	rng := rand.New(rand.NewPCG(seed, 20))
	thing := things[rng.IntN(len(things))]
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	var result sql.Result
	if strings.Contains(w.do, "%s") {
		_, err = db.ExecContext(t.Context(), fmt.Sprintf(w.do, thing))
	} else if result, err = db.ExecContext(t.Context(), w.do, thing, 1+rng.IntN(90)); err == nil {
		var n int64
		if n, err = result.RowsAffected(); n == 0 && err == nil {
			err = fmt.Errorf("nothing was changed")
		}
	}
	if err = cmp.Or(err, db.Close()); err != nil {
		t.Fatalf("%s: %v", w.do, err)
	}
	return thing
}

// TestCheckFile finds pages that were overwritten.
func TestCheckFile(t *testing.T) {
	path := checkedStore(t)
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	root := 0
	if _, err := fmt.Sscan(rows(t, path, "select rootpage from sqlite_schema where name = 'triple_object'")[0], &root); err != nil {
		t.Fatal(err)
	}
	const page = 4096
	copy(b[(root-1)*page+200:root*page], strings.Repeat("?", page-200))
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
	s := open(t, path)
	defer s.Close()
	n := 0
	for d, err := range s.Check(t.Context()) {
		if err != nil {
			t.Logf("the check ends with %v", err)
			break
		}
		if d.Kind == graph.FileDamage && d.Mend == graph.MendBackup {
			n++
		}
	}
	if n == 0 {
		t.Error("a page that was overwritten is not found")
	}
}
