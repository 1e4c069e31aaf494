package parse

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"

	"entente/extract"
	"entente/extract/parse/conllu"
	"entente/extract/token"
)

var update = flag.Bool("update", false, "rewrite scores.golden")

// carriers are the relations that carry who did what to whom.
var carriers = []string{"nsubj", "nsubj:pass", "obj", "obl", "nmod", "conj", "appos", "ccomp"}

type treebank struct {
	name  string
	files []string
	keep  func(id string) bool // nil for all sentences
	punct bool                 // count punctuation
	write func(string) string  // how the words are written; nil for as they are
}

// sets are the treebanks measured on; none was trained on. Without punctuation, PUD attaches it by another convention.
var sets = []treebank{
	{"EWT test", []string{"ewt/en_ewt-ud-test.conllu.gz"}, nil, true, nil},
	{"GUM test", []string{"gum/en_gum-open-test.conllu.gz", "gum/en_gum-nc-test-EVALONLY.conllu.gz"}, nil, true, nil},
	{"PUD news", []string{"pud/en_pud-ud-test.conllu.gz"}, isNews, false, nil},
	{"PUD news in capitals", []string{"pud/en_pud-ud-test.conllu.gz"}, isNews, false, strings.ToUpper},
}

func isNews(id string) bool { return strings.HasPrefix(id, "n") }

// TestScores measures on gold tokens with predicted tags and compares with scores.golden, which -update rewrites.
func TestScores(t *testing.T) {
	dir := os.Getenv("ENTENTE_SHARED")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "shared")
	}
	dir = filepath.Join(dir, "treebanks")
	if _, err := os.Stat(dir); err != nil {
		t.Skip("no treebanks beside the project (../shared/treebanks)")
	}
	want, err := os.ReadFile("scores.golden")
	if err != nil && !*update {
		t.Fatal(err)
	}
	var all strings.Builder
	all.WriteString("# UD English, gold tokens, predicted tags, UAS and LAS in percent; then F1 from raw text; then precision and recall of labelled arcs.\n")
	for _, name := range []string{"fast", "best"} {
		p := parsers(t)[name]
		for _, set := range sets {
			if underRace && !*update && set.punct {
				continue
			}
			got := report(t, dir, name, p, set)
			all.WriteString(got)
			if !*update && !strings.Contains(string(want), got) {
				t.Errorf("scores changed; run with -update and read the diff:\n%s", got)
			}
		}
	}
	switch {
	case *update:
		if err := os.WriteFile("scores.golden", []byte(all.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	case !underRace && all.String() != string(want):
		t.Error("scores.golden holds other lines than were measured; run with -update and read the diff")
	}
}

// report measures a parser on a treebank.
func report(t *testing.T, dir, name string, p *Parser, set treebank) string {
	t.Helper()
	var ss []conllu.Sentence
	for _, f := range set.files {
		x, err := conllu.ReadFile(filepath.Join(dir, f))
		if err != nil {
			t.Fatal(err)
		}
		ss = append(ss, x...)
	}
	if set.keep != nil {
		ss = slices.DeleteFunc(ss, func(s conllu.Sentence) bool { return !set.keep(s.ID) })
	}
	raw := ""
	if set.write == nil {
		raw = fmt.Sprintf("  raw text: %s\n", evaluateRaw(p, ss, set.punct))
	} else {
		for i := range ss {
			for j := range ss[i].Tokens {
				ss[i].Tokens[j].Form = set.write(ss[i].Tokens[j].Form)
			}
		}
	}
	m := evaluate(p, ss, set.punct)
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s: %d tokens, UPOS %.1f XPOS %.1f UAS %.1f LAS %.1f\n", name, set.name, m.tokens, m.share(m.upos), m.share(m.xpos), m.share(m.uas), m.share(m.las))
	b.WriteString(raw)
	if set.write != nil {
		return b.String()
	}
	for _, l := range carriers {
		c := m.label[l]
		fmt.Fprintf(&b, "  %-10s gold %4d P %.1f R %.1f\n", l, c[0], percent(c[2], c[1]), percent(c[2], c[0]))
	}
	return b.String()
}

type measures struct {
	tokens, upos, xpos, uas, las int
	label                        map[string][3]int // gold, predicted, right
}

func (m *measures) share(n int) float64 { return percent(n, m.tokens) }

func percent(n, of int) float64 {
	if of == 0 {
		return 0
	}
	return 100 * float64(n) / float64(of)
}

// each calls f for the numbers below n on all processors: f with the number of the worker and the item.
func each(n int, f func(worker, item int)) {
	workers := runtime.GOMAXPROCS(0)
	var wg sync.WaitGroup
	for w := range workers {
		wg.Go(func() {
			for i := w; i < n; i += workers {
				f(w, i)
			}
		})
	}
	wg.Wait()
}

func evaluate(p *Parser, ss []conllu.Sentence, punct bool) *measures {
	parts := make([]measures, runtime.GOMAXPROCS(0))
	for i := range parts {
		parts[i].label = map[string][3]int{}
	}
	each(len(ss), func(worker, i int) { parts[worker].sentence(p, ss[i], punct) })
	total := &measures{label: map[string][3]int{}}
	for i := range parts {
		total.add(&parts[i])
	}
	return total
}

// evaluateRaw measures on the texts alone.
func evaluateRaw(p *Parser, ss []conllu.Sentence, punct bool) *rawMeasures {
	cut := token.New()
	docs := rawDocuments(ss)
	parts := make([]rawMeasures, runtime.GOMAXPROCS(0))
	each(len(docs), func(worker, i int) { parts[worker].add(measureRaw(p, cut, docs[i], punct)) })
	total := &rawMeasures{}
	for _, m := range parts {
		total.add(m)
	}
	return total
}

func (m *measures) add(o *measures) {
	m.tokens, m.upos, m.xpos, m.uas, m.las = m.tokens+o.tokens, m.upos+o.upos, m.xpos+o.xpos, m.uas+o.uas, m.las+o.las
	for l, c := range o.label {
		d := m.label[l]
		m.label[l] = [3]int{d[0] + c[0], d[1] + c[1], d[2] + c[2]}
	}
}

func (m *measures) sentence(p *Parser, g conllu.Sentence, punct bool) {
	s := &extract.Sentence{}
	for _, k := range g.Tokens {
		s.Tokens = append(s.Tokens, extract.Token{Text: k.Form, Head: -1})
	}
	p.Tag(s)
	p.Parse(s)
	for i, k := range g.Tokens {
		if !punct && k.UPOS == "PUNCT" {
			continue
		}
		got := s.Tokens[i]
		m.tokens++
		m.upos += count(got.UPOS == k.UPOS)
		m.xpos += count(got.XPOS == k.XPOS)
		same := got.Head == k.Head
		m.uas += count(same)
		m.las += count(same && got.Label == k.Label)
		c := m.label[k.Label]
		c[0]++
		m.label[k.Label] = c
		c = m.label[got.Label]
		c[1]++
		c[2] += count(same && got.Label == k.Label)
		m.label[got.Label] = c
	}
}

func count(b bool) int {
	if b {
		return 1
	}
	return 0
}
