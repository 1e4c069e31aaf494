package actor_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"entente/extract"
	"entente/extract/actor"
	"entente/extract/token"
	"entente/schema"
)

var update = flag.Bool("update", false, "rewrite the wanted parts of testdata and the scores")

// TestCases resolves each file of testdata: an article with its tokens and trees, and the mentions and ties that are wanted. A line of
// tokens is form, universal and Penn part of speech, lemma, head from 0 (-1: root), label; an empty line ends a sentence. With -update a case
// without tokens gets those of the tagger and parser.
func TestCases(t *testing.T) {
	r := newResolver(t)
	for _, name := range caseFiles(t) {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			a, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			if *update && file(a, "tokens") == "" {
				setFile(a, "tokens", annotate(t, file(a, "article")))
			}
			doc := readCase(t, a)
			r.Resolve(doc)
			got := show(doc)
			if *update {
				setFile(a, "want", got)
				if err := os.WriteFile(name, txtar.Format(a), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			if diff := cmp.Diff(file(a, "want"), got); diff != "" {
				t.Errorf("%s: (-want +got)\n%s", strings.TrimSpace(string(a.Comment)), diff)
			}
		})
	}
}

// annotate is the tokens part for an article part.
func annotate(t *testing.T, article string) string {
	t.Helper()
	_, text, _ := strings.Cut(article, "\n\n")
	doc := token.New().Split(schema.Article{ID: "case", Text: text})
	p := newParser(t)
	var b strings.Builder
	for i := range doc.Sentences {
		s := &doc.Sentences[i]
		p.Tag(s)
		p.Parse(s)
		if i > 0 {
			b.WriteByte('\n')
		}
		for _, k := range s.Tokens {
			fmt.Fprintf(&b, "%s\t%s\t%s\t%s\t%d\t%s\n", text[k.Start:k.End], k.UPOS, k.XPOS, k.Lemma, k.Head, k.Label)
		}
	}
	return b.String()
}

// TestCasesUnparsed holds what is left where a sentence has tags but no tree: of the mentions with parties and the ties of all cases nine tenths.
func TestCasesUnparsed(t *testing.T) {
	r := newResolver(t)
	want, kept := 0, 0
	for _, name := range caseFiles(t) {
		a, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		doc := readCase(t, a)
		for i := range doc.Sentences {
			s := &doc.Sentences[i]
			s.Parsed = false
			for j := range s.Tokens {
				s.Tokens[j].Head, s.Tokens[j].Label = -1, ""
			}
		}
		r.Resolve(doc)
		got := strings.Split(show(doc), "\n")
		for line := range strings.Lines(file(a, "want")) {
			line = strings.TrimSuffix(line, "\n")
			if !strings.Contains(line, "[") || strings.Contains(line, "[]") {
				continue
			}
			want++
			if slices.Contains(got, line) {
				kept++
			}
		}
	}
	if kept*10 < want*9 {
		t.Errorf("without trees %d of %d mentions and ties are as with them, want nine tenths", kept, want)
	}
}

// TestResolveTwice holds that a document can be resolved again, by several at once, and comes out the same.
func TestResolveTwice(t *testing.T) {
	r := newResolver(t)
	for _, name := range caseFiles(t) {
		a, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		results := make(chan string)
		for range 3 {
			doc := readCase(t, a)
			go func() {
				r.Resolve(doc)
				r.Resolve(doc)
				results <- show(doc)
			}()
		}
		first := <-results
		for range 2 {
			if diff := cmp.Diff(first, <-results); diff != "" {
				t.Errorf("%s: %s", name, diff)
			}
		}
	}
}

func newResolver(t testing.TB) *actor.Resolver {
	t.Helper()
	r, err := actor.New(actor.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func caseFiles(t testing.TB) []string {
	t.Helper()
	names, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(names) == 0 {
		t.Fatalf("no cases in testdata: %v", err)
	}
	return names
}

func file(a *txtar.Archive, name string) string {
	for _, f := range a.Files {
		if f.Name == name {
			return string(f.Data)
		}
	}
	return ""
}

func setFile(a *txtar.Archive, name, data string) {
	for i := range a.Files {
		if a.Files[i].Name == name {
			a.Files[i].Data = []byte(data)
			return
		}
	}
	a.Files = append(a.Files, txtar.File{Name: name, Data: []byte(data)})
}

// readCase is the document of a case. The article part begins with lines "published: 2010-12-09" and "source: Reuters" and an empty line.
func readCase(t testing.TB, a *txtar.Archive) *extract.Doc {
	t.Helper()
	head, text, _ := strings.Cut(file(a, "article"), "\n\n")
	doc := &extract.Doc{Article: schema.Article{ID: "case", Text: text}}
	for line := range strings.Lines(head) {
		key, value, _ := strings.Cut(strings.TrimSpace(line), ": ")
		switch key {
		case "published":
			doc.Article.Published = schema.Date(value)
		case "source":
			doc.Article.Source = value
		}
	}
	at := 0
	paragraph := 0
	for block := range strings.SplitSeq(strings.TrimSuffix(file(a, "tokens"), "\n"), "\n\n") {
		s := extract.Sentence{Parsed: true}
		for line := range strings.Lines(block) {
			f := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
			if len(f) != 6 {
				t.Fatalf("token line %q: want 6 columns", line)
			}
			head, err := strconv.Atoi(f[4])
			if err != nil {
				t.Fatal(err)
			}
			i := strings.Index(text[at:], f[0])
			if i < 0 {
				t.Fatalf("token %q is not in the article from byte %d on", f[0], at)
			}
			if len(s.Tokens) == 0 && strings.Contains(text[at:at+i], "\n\n") {
				paragraph++
			}
			k := extract.Token{Start: at + i, End: at + i + len(f[0]), Text: f[0], UPOS: f[1], XPOS: f[2], Lemma: f[3], Head: head, Label: f[5]}
			at = k.End
			s.Tokens = append(s.Tokens, k)
		}
		s.Paragraph = paragraph
		s.Start, s.End = s.Tokens[0].Start, at
		doc.Sentences = append(doc.Sentences, s)
	}
	return doc
}

// show is the mentions and ties of doc, one a line, below their sentences.
func show(doc *extract.Doc) string {
	var b strings.Builder
	for i := range doc.Sentences {
		s := &doc.Sentences[i]
		fmt.Fprintf(&b, "# %s\n", strings.Join(strings.Fields(doc.Article.Text[s.Start:s.End]), " "))
		for _, m := range doc.Mentions {
			if m.Sentence != i {
				continue
			}
			start, end := s.Span(m.First, m.Last)
			fmt.Fprintf(&b, "%s | %s %v", strings.Join(strings.Fields(doc.Article.Text[start:end]), " "), m.Kind, m.Parties)
			if m.Agent != "" {
				fmt.Fprintf(&b, " agent=%s", m.Agent)
			}
			if m.Place != "" {
				fmt.Fprintf(&b, " place=%s", m.Place)
			}
			if m.Modifier {
				b.WriteString(" modifier")
			}
			b.WriteByte('\n')
		}
		for _, k := range doc.Ties {
			if k.Sentence != i {
				continue
			}
			fmt.Fprintf(&b, "= [%s] %s %s %q %s", k.Subject, k.Relation, k.Object, k.Role, k.Status)
			if k.From != "" || k.To != "" {
				fmt.Fprintf(&b, " %s..%s", k.From, k.To)
			}
			if k.Former {
				b.WriteString(" former")
			}
			b.WriteByte('\n')
		}
	}
	return b.String()
}
