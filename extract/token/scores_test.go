package token_test

import (
	"bufio"
	"compress/gzip"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"entente/extract/token"
	"entente/schema"
)

var update = flag.Bool("update", false, "rewrite scores.golden")

// treebanks are the test sets: a file below the treebanks folder, the part of it whose document names begin with genre, and floors for the
// F1 of sentences and tokens.
var treebanks = []struct {
	name, file, genre string
	sentence, token   float64
}{
	{"GUM test", "gum/en_gum-open-test.conllu.gz", "", 93.5, 99.3},
	{"GUM test news", "gum/en_gum-open-test.conllu.gz", "GUM_news", 92, 99},
	{"GUM dev", "gum/en_gum-open-dev.conllu.gz", "", 90, 99.3},
	{"GUM dev news", "gum/en_gum-open-dev.conllu.gz", "GUM_news", 100, 99},
	{"EWT test", "ewt/en_ewt-ud-test.conllu.gz", "", 78, 98},
	{"PUD", "pud/en_pud-ud-test.conllu.gz", "", 97, 99},
}

// TestScores compares with the gold sentences and tokens of the treebanks. A document's sentences are joined by one space, at a new
// paragraph by an empty line. PUD has no documents: each of its sentences stands in a paragraph of its own.
func TestScores(t *testing.T) {
	shared := sharedDir(t, "treebanks")
	var b strings.Builder
	fmt.Fprintf(&b, "# %-14s %9s %9s %9s %9s   F1 of spans that begin and end where the gold ones do; rewritten by go test -update\n", "set", "sentences", "F1", "tokens", "F1")
	tok := token.New()
	for _, bank := range treebanks {
		var sent, word score
		for _, d := range readTreebank(t, filepath.Join(shared, bank.file), bank.genre) {
			s, w := d.judge(tok)
			sent.add(s)
			word.add(w)
		}
		fmt.Fprintf(&b, "%-16s %9d %9.2f %9d %9.2f\n", bank.name, sent.gold, sent.f1(), word.gold, word.f1())
		if sent.f1() < bank.sentence || word.f1() < bank.token {
			t.Errorf("%s: sentences %.2f, tokens %.2f; want at least %.2f and %.2f", bank.name, sent.f1(), word.f1(), bank.sentence, bank.token)
		}
	}
	if *update {
		if err := os.WriteFile("scores.golden", []byte(b.String()), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile("scores.golden")
	if err != nil {
		t.Fatal(err)
	}
	if string(want) != b.String() {
		t.Errorf("scores changed; look at them and run with -update:\n%s", b.String())
	}
}

// goldDoc is a document with its gold spans.
type goldDoc struct {
	text             strings.Builder
	sentences, words map[[2]int]bool
}

func (d *goldDoc) judge(tok *token.Tokenizer) (sent, word score) {
	doc := tok.Split(schema.Article{Text: d.text.String()})
	sent.gold, word.gold = len(d.sentences), len(d.words)
	for _, s := range doc.Sentences {
		sent.found++
		if d.sentences[[2]int{s.Start, s.End}] {
			sent.right++
		} else if *verbose {
			fmt.Printf("sentence %q\n", doc.Article.Text[s.Start:s.End])
		}
		for _, w := range s.Tokens {
			word.found++
			if d.words[[2]int{w.Start, w.End}] {
				word.right++
			} else if *verbose {
				fmt.Printf("token %q in %q\n", w.Text, doc.Article.Text[max(s.Start, w.Start-15):min(s.End, w.End+15)])
			}
		}
	}
	return sent, word
}

var verbose = flag.Bool("wrong", false, "print the spans that are not in the gold")

type score struct{ gold, found, right int }

func (s *score) add(o score) {
	s.gold += o.gold
	s.found += o.found
	s.right += o.right
}

func (s score) f1() float64 { return 200 * float64(s.right) / float64(s.gold+s.found) }

// readTreebank reads the documents of a CoNLL-U file whose id begins with genre.
func readTreebank(t testing.TB, path, genre string) []*goldDoc {
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	var docs []*goldDoc
	var d *goldDoc
	var text string
	var start, at int
	newPar, named := false, false
	lines := bufio.NewScanner(z)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		line := lines.Text()
		switch {
		case strings.HasPrefix(line, "# newdoc id = "):
			d, named = nil, true
			if strings.HasPrefix(line, "# newdoc id = "+genre) {
				d = &goldDoc{sentences: map[[2]int]bool{}, words: map[[2]int]bool{}}
				docs = append(docs, d)
			}
		case strings.HasPrefix(line, "# newpar"):
			newPar = true
		case strings.HasPrefix(line, "# text = "):
			if !named {
				d = &goldDoc{sentences: map[[2]int]bool{}, words: map[[2]int]bool{}}
				docs = append(docs, d)
			}
			if d == nil {
				continue
			}
			text = strings.TrimSpace(strings.TrimPrefix(line, "# text = "))
			if d.text.Len() > 0 {
				d.text.WriteString(map[bool]string{true: "\n\n", false: " "}[newPar])
			}
			newPar = false
			start, at = d.text.Len(), 0
			d.text.WriteString(text)
			d.sentences[[2]int{start, start + len(text)}] = true
		case line != "" && line[0] != '#' && d != nil:
			f := strings.Split(line, "\t")
			if strings.ContainsAny(f[0], "-.") {
				continue
			}
			i := strings.Index(text[at:], f[1])
			if i < 0 {
				continue
			}
			d.words[[2]int{start + at + i, start + at + i + len(f[1])}] = true
			at += i + len(f[1])
		}
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	return docs
}

// sharedDir is a folder of the data kept beside the project, or skips the test where it is absent.
func sharedDir(t testing.TB, name string) string {
	dir := os.Getenv("ENTENTE_SHARED")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "shared")
	}
	dir = filepath.Join(dir, name)
	if _, err := os.Stat(dir); err != nil {
		t.Skipf("no %s beside the project (ENTENTE_SHARED names its folder)", name)
	}
	return dir
}
