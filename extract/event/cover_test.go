package event

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"entente/extract"
	"entente/extract/actor"
	"entente/extract/corpus"
	"entente/extract/parse"
	"entente/extract/token"
	"entente/schema"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "rewrite golden files")

// TestCoverage: of the verbs that link two different parties in articles that no row was made for, how many has the lexicon, or leaves out knowingly?
func TestCoverage(t *testing.T) {
	dir := os.Getenv("ENTENTE_SHARED")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "shared")
	}
	var files []string
	for _, name := range []string{"state-dept/press-releases.jsonl", "wikinews/wikinews-2019-2020.jsonl"} {
		if name = filepath.Join(dir, "corpora", name); exists(name) {
			files = append(files, name)
		}
	}
	if len(files) == 0 {
		t.Skip("no corpora beside the project (../shared/corpora)")
	}
	var c coverage
	c.setUp(t)
	n := 0
	for a, err := range corpus.Articles(files, corpus.Options{}) {
		if err != nil {
			continue
		}
		if n++; n%25 == 0 {
			c.article(a)
		}
	}
	slices.Sort(c.unknown)
	got := fmt.Sprintf("verbs that link two parties %d, with a row %d, on the list of no acts %d: %.3f\nneither: %s\n",
		c.all, c.rows, c.none, float64(c.rows+c.none)/float64(c.all), strings.Join(slices.Compact(c.unknown), " "))
	if *update {
		if err := os.WriteFile("coverage.golden", []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile("coverage.golden")
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(string(want), got); d != "" {
		t.Errorf("coverage has changed: look, then run with -update (-want +got)\n%s", d)
	}
	if share := float64(c.rows+c.none) / float64(c.all); share < 0.9 {
		t.Errorf("%.3f of the verbs are covered, the floor is 0.9", share)
	}
}

func exists(name string) bool {
	_, err := os.Stat(name)
	return err == nil
}

// coverage counts verbs.
type coverage struct {
	tokens          *token.Tokenizer
	parser          *parse.Parser
	actors          *actor.Resolver
	lex             *Lexicon
	all, rows, none int
	unknown         []string // lemmas
}

func (c *coverage) setUp(t *testing.T) {
	var err error
	if c.parser, err = parse.Load(parse.Options{}); err != nil {
		t.Fatal(err)
	}
	if c.actors, err = actor.New(actor.Options{}); err != nil {
		t.Fatal(err)
	}
	if c.lex, err = Builtin(); err != nil {
		t.Fatal(err)
	}
	c.tokens = token.New()
}

func (c *coverage) article(a schema.Article) {
	doc := c.tokens.Split(a)
	for i := range doc.Sentences {
		c.parser.Tag(&doc.Sentences[i])
		c.parser.Parse(&doc.Sentences[i])
	}
	c.actors.Resolve(doc)
	mentions, _ := bySentence(doc)
	for i := range doc.Sentences {
		c.sentence(doc, i, mentions[i])
	}
}

func (c *coverage) sentence(doc *extract.Doc, i int, mentions []int) {
	sc := newScene(doc, i, mentions)
	for v := range sc.s.Tokens {
		if !sc.isVerb(v) || !sc.links(v) {
			continue
		}
		c.all++
		switch lemma := c.lex.lemmaOf(sc, v, "v"); {
		case c.lex.find(sc, v) != nil:
			c.rows++
		case notActs()[lemma]:
			c.none++
		default:
			c.unknown = append(c.unknown, lemma)
		}
	}
}

// links reports whether the subject of verb v and what depends on it name parties of two countries.
func (sc *scene) links(v int) bool {
	var object parties
	for _, k := range sc.kids[v] {
		if l := base(sc.label(k)); l != "obj" && l != "obl" && l != "iobj" {
			continue
		}
		ps := sc.named(k)
		if ps == nil {
			ps = sc.inside(k, 0, affectedCases)
		}
		object = object.add(ps...)
	}
	tr := &trigger{row: &Row{}}
	for _, a := range sc.namedAll(sc.agents(v), sc.doer) {
		for _, b := range object {
			if a.id != b.id && sc.domestic(tr, schema.ACCUSE, [2]party{a, b}) == "" {
				return true
			}
		}
	}
	return false
}
