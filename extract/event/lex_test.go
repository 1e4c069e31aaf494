package event

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"entente/extract"
	"entente/extract/actor"
	"entente/extract/parse"
	"entente/extract/token"
	"entente/extract/when"
	"entente/schema"
)

// unread are the examples that are not read as they should be, by the name of their row, with the reason. The test complains when one is read.
var unread = map[string]string{
	"stop short/v: Syria stopped short of an attack on Jordan.":           "the attack hangs on \"short\", which no row knows: it is not negated",
	"committed/a: Spain is fully committed to cooperation with Portugal.": "\"committed\" is tagged as the passive of \"commit\", whose row reads the same",
	"opposed/a: Romania is opposed to the Hungarian plan.":                "\"opposed\" is tagged as the passive of \"oppose\", which then lacks the one who opposes",
}

// TestExamples: every row that is an act, or makes something of one, has an example, and the example is read through that row.
func TestExamples(t *testing.T) {
	x := newExampleReader(t)
	tried, failed := 0, 0
	seen := map[string]bool{}
	for _, row := range x.events.lex.Rows() {
		if row.Example == "" {
			t.Errorf("predicates.tsv:%d: %s has no example", row.Line, row.Name())
			continue
		}
		tried++
		why, known := unread[row.Name()+": "+row.Example], false
		known = why != ""
		seen[row.Name()+": "+row.Example] = true
		err := x.check(row)
		switch {
		case err != nil && known:
			failed++
		case err != nil:
			t.Errorf("predicates.tsv:%d: %s: %q: %v", row.Line, row.Name(), row.Example, err)
		case known:
			t.Errorf("predicates.tsv:%d: %s: %q is read now: take it off the list of the unread (%s)", row.Line, row.Name(), row.Example, why)
		}
	}
	for key := range unread {
		if !seen[key] {
			t.Errorf("%q is on the list of the unread and in no row", key)
		}
	}
	if failed*20 > tried {
		t.Errorf("%d of %d examples are not read: more than one in twenty", failed, tried)
	}
}

// exampleReader reads single sentences.
type exampleReader struct {
	tokens *token.Tokenizer
	parser *parse.Parser
	actors *actor.Resolver
	events *Reader
}

func newExampleReader(t *testing.T) *exampleReader {
	t.Helper()
	x := &exampleReader{tokens: token.New()}
	var err error
	if x.parser, err = parse.Load(parse.Options{Best: true}); err != nil {
		t.Fatal(err)
	}
	if x.actors, err = actor.New(actor.Options{}); err != nil {
		t.Fatal(err)
	}
	if x.events, err = New(nil); err != nil {
		t.Fatal(err)
	}
	return x
}

func (x *exampleReader) doc(text string) *extract.Doc {
	doc := x.tokens.Split(schema.Article{ID: "example", Published: "2010-12-09", Text: text})
	for i := range doc.Sentences {
		x.parser.Tag(&doc.Sentences[i])
		x.parser.Parse(&doc.Sentences[i])
	}
	when.Find(doc)
	x.actors.Resolve(doc)
	return doc
}

// check reads the example of a row. A row with a type must itself give the triple or be named in the rule of its evidence; one without must
// be seen, and less or other must be read when it is missing.
func (x *exampleReader) check(row *Row) error {
	want, err := parseExample(row.Triple)
	if err != nil {
		return err
	}
	doc := x.doc(row.Example)
	read := x.events.Read(doc)
	found := slices.ContainsFunc(read, want.among)
	var used, seen bool
	var others []string
	for _, p := range x.events.Explain(doc) {
		seen = seen || p.Line == row.Line
		for _, tr := range p.Triples {
			rule := tr.Evidence[0].Rule
			if want.among(tr) && (p.Line == row.Line || strings.Contains(rule, " > "+row.Name())) {
				used = true
			}
			others = append(others, fmt.Sprintf("%s %s %s %s by line %d, %s", tr.Subject, tr.Relation, tr.Object, tr.Evidence[0].Status, p.Line, rule))
		}
	}
	what := strings.Join(others, "; ")
	switch {
	case !found:
		return fmt.Errorf("want %s, read %q", row.Triple, what)
	case row.Type != "" && row.Op != OpLight && !used:
		return fmt.Errorf("%s is not read through this row: %s", row.Triple, what)
	case !seen:
		return fmt.Errorf("the row is not seen: %s", what)
	case row.Type == "" && slices.Equal(summary(read), summary(without(row).Read(x.doc(row.Example)))):
		return fmt.Errorf("without this row the same is read: %s", what)
	}
	return nil
}

// summary is what was read and who is said to say so, one line a triple.
func summary(read []schema.Triple) []string {
	var lines []string
	for _, t := range read {
		lines = append(lines, fmt.Sprintf("%s %s %s %s %s", t.Subject, t.Relation, t.Object, t.Evidence[0].Status, t.Evidence[0].Speaker))
	}
	return lines
}

// without is a Reader that lacks one row of the built-in lexicon.
func without(row *Row) *Reader {
	lines := strings.SplitAfter(predicatesTSV, "\n")
	lines[row.Line-1] = "#\n"
	lex, err := ParseLexicon("predicates.tsv", strings.Join(lines, ""))
	if err != nil {
		panic(err) // the whole has been read before
	}
	return &Reader{lex}
}

// exampleTriple is what an example says.
type exampleTriple struct {
	triple schema.Triple
	status schema.Status
}

// parseExample reads "SUBJECT RELATION OBJECT [status]".
func parseExample(s string) (exampleTriple, error) {
	f := strings.Fields(s)
	if len(f) != 3 && len(f) != 4 {
		return exampleTriple{}, fmt.Errorf("triple %q: want subject, relation, object and, where not asserted, status", s)
	}
	rel, err := schema.ParseRelation(f[1])
	if err != nil {
		return exampleTriple{}, err
	}
	x := exampleTriple{schema.New(f[0], rel, f[2], "", "", "", ""), schema.Asserted}
	if len(f) == 4 {
		if x.status = schema.Status(f[3]); !slices.Contains([]schema.Status{schema.Negated, schema.Future, schema.Hypothetical}, x.status) {
			return exampleTriple{}, fmt.Errorf("triple %q: unknown status %q", s, f[3])
		}
	}
	return x, nil
}

// among reports whether tr is the triple, with its status.
func (x exampleTriple) among(tr schema.Triple) bool {
	return tr.Subject == x.triple.Subject && tr.Relation == x.triple.Relation && tr.Object == x.triple.Object && tr.Evidence[0].Status == x.status
}
