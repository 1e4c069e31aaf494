package main

import (
	"bufio"
	"cmp"
	"database/sql"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"entente/extract/llm/llmtest"
	"entente/schema"

	"github.com/rogpeppe/go-internal/testscript"
	_ "modernc.org/sqlite" // for the command sql
)

var update = flag.Bool("update", false, "rewrite what scripts and documents expect")

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"entente": main})
}

// TestScript runs the sessions of testdata/script: see testscript's documentation for their language. Four commands are ours:
//
//	readings IN OUT      write the readings that IN describes (see parseStory) as JSON lines
//	bigfile FILE MB      write a file of one line without an end
//	bytes FILE GO        write the bytes of a Go string, its quotes left out, such as \x00\xff
//	sql FILE STATEMENT   run a statement on an SQLite file
//
// $MODEL_SERVER is the address of a language model that reads "A agreed with B" as an AGREE, and now and then says what is not so.
func TestScript(t *testing.T) {
	model := llmtest.Serve(t, pretend)
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		UpdateScripts:       *update,
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup: func(env *testscript.Env) error {
			env.Setenv("COLUMNS", "120")
			env.Setenv("USER", "tester")
			env.Setenv("MODEL_SERVER", model.URL+"/v1")
			env.Setenv("XDG_CACHE_HOME", filepath.Join(env.WorkDir, "cache"))
			return nil
		},
		Cmds: map[string]func(ts *testscript.TestScript, neg bool, args []string){"readings": readingsCommand, "bigfile": bigfileCommand, "bytes": bytesCommand, "sql": sqlCommand},
	})
}

var agreed = regexp.MustCompile(`([A-Z]\w+) agreed with ([A-Z]\w+)( on \w+day)?`)

// pretend is the model of the scripts: it knows one verb, and says of each article that China attacked Japan.
func pretend(_ int, r llmtest.Request) llmtest.Reply {
	if strings.Contains(r.User(), "unspeakable") {
		return llmtest.Reply{Refusal: "no"}
	}
	var out []map[string]string
	add := func(subject, relation, object, quote, when string) {
		out = append(out, map[string]string{"subject": subject, "relation": relation, "object": object, "quote": quote, "when": when, "status": "asserted"})
	}
	for _, m := range agreed.FindAllStringSubmatch(r.User(), -1) {
		add(m[1], "AGREE", m[2], m[0], strings.TrimSpace(m[3]))
	}
	add("China", "ASSAULT", "Japan", "China attacked Japan", "")
	b, _ := json.Marshal(map[string]any{"triples": out})
	return llmtest.Reply{Content: string(b), In: 2000, Out: 100}
}

func readingsCommand(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: readings IN OUT")
	}
	readings, err := parseStory(ts.ReadFile(args[0]))
	ts.Check(err)
	f, err := os.Create(ts.MkAbs(args[1]))
	ts.Check(err)
	defer f.Close()
	for _, r := range readings {
		ts.Check(json.NewEncoder(f).Encode(r))
	}
}

func bigfileCommand(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: bigfile FILE MB")
	}
	megabytes, err := strconv.Atoi(args[1])
	ts.Check(err)
	f, err := os.Create(ts.MkAbs(args[0]))
	ts.Check(err)
	defer f.Close()
	w := bufio.NewWriter(f)
	for range megabytes << 20 / 16 {
		w.WriteString("sixteen letters ")
	}
	ts.Check(w.Flush())
}

func bytesCommand(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: bytes FILE GO")
	}
	text, err := strconv.Unquote(`"` + args[1] + `"`)
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(text), 0o644))
}

func sqlCommand(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: sql FILE STATEMENT")
	}
	db, err := sql.Open("sqlite", ts.MkAbs(args[0]))
	ts.Check(err)
	_, err = db.Exec(args[1])
	ts.Check(errors.Join(err, db.Close()))
}

// parseStory reads readings written by hand:
//
//	entity RUS state Russia | Russian Federation     an entity with its aliases
//	article wire/1 2010-12-09 Reuters                the next reading; - is an unknown day
//	text NATO agreed with Russia.                    its text
//	NATO AGREE RUS 2010-12-08                        a triple as schema.Triple.String writes it
//	  asserted confidence=0.8 "NATO agreed"          its evidence as schema.Evidence.String writes it, without the span
func parseStory(story string) ([]schema.Reading, error) {
	var readings []schema.Reading
	entities := map[string]schema.Entity{}
	for line := range strings.Lines(story) {
		line = strings.TrimRight(line, "\n")
		word, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
		if word == "" || word == "#" {
			continue
		}
		if len(readings) == 0 && word != "entity" && word != "article" {
			return nil, fmt.Errorf("%q stands before any article", line)
		}
		var r *schema.Reading
		if len(readings) > 0 {
			r = &readings[len(readings)-1]
		}
		switch {
		case word == "entity":
			e, err := parseEntity(rest)
			if err != nil {
				return nil, err
			}
			entities[e.ID] = e
		case word == "article":
			f := strings.SplitN(rest+"  ", " ", 3)
			published := schema.Date(strings.Trim(f[1], "-"))
			readings = append(readings, schema.Reading{
				Article:   schema.Article{ID: f[0], Published: published, Source: strings.TrimSpace(f[2])},
				Extractor: schema.Extractor{Name: "hand", Version: "1"},
			})
		case word == "text":
			r.Article.Text += rest
		case line[0] == ' ':
			if err := addEvidence(r, line); err != nil {
				return nil, err
			}
		default:
			t, err := schema.ParseTriple(line)
			if err != nil {
				return nil, err
			}
			r.Triples = append(r.Triples, t)
		}
	}
	for i := range readings {
		declare(&readings[i], entities)
		readings[i].Normalize()
		if err := readings[i].Check(); err != nil {
			return nil, err
		}
	}
	return readings, nil
}

func parseEntity(s string) (schema.Entity, error) {
	s, aliases, _ := strings.Cut(s, " | ")
	f := strings.SplitN(s, " ", 3)
	if len(f) != 3 {
		return schema.Entity{}, fmt.Errorf("entity %q: want ID KIND NAME", s)
	}
	e := schema.Entity{ID: f[0], Kind: schema.Kind(f[1]), Name: f[2]}
	if aliases != "" {
		e.Aliases = strings.Split(aliases, ", ")
	}
	return e, nil
}

func addEvidence(r *schema.Reading, line string) error {
	i := strings.LastIndex(line, ` "`)
	if i < 0 || len(r.Triples) == 0 {
		return fmt.Errorf("evidence %q: want a quotation, and a triple before it", line)
	}
	quote, err := strconv.Unquote(line[i+1:])
	if err != nil {
		return err
	}
	start := strings.Index(r.Article.Text, quote)
	if start < 0 {
		return fmt.Errorf("%q is not in the text of %s", quote, r.Article.ID)
	}
	status, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
	e, err := schema.ParseEvidence(fmt.Sprintf("%s %d-%d %s", status, start, start+len(quote), rest))
	if err != nil {
		return err
	}
	t := &r.Triples[len(r.Triples)-1]
	t.Evidence = append(t.Evidence, e)
	return nil
}

// declare adds the entities that the triples of r name.
func declare(r *schema.Reading, entities map[string]schema.Entity) {
	var ids []string
	for _, t := range r.Triples {
		ids = append(ids, t.Subject, t.Object)
		for _, e := range t.Evidence {
			ids = append(ids, e.Speaker, e.Agent, e.ObjectAgent, e.Initiator, e.Place)
			ids = append(ids, e.Mediators...)
		}
	}
	slices.Sort(ids)
	for _, id := range slices.Compact(ids) {
		if id != "" {
			e := entities[id]
			e.ID, e.Kind, e.Name = id, cmp.Or(e.Kind, schema.State), cmp.Or(e.Name, id)
			r.Entities = append(r.Entities, e)
		}
	}
}
