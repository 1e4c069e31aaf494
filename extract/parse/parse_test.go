package parse

import (
	"bytes"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"entente/extract"
	"entente/extract/token"
	"entente/schema"
)

func hand(text string) *extract.Sentence {
	s := &extract.Sentence{}
	at := 0
	for w := range strings.FieldsSeq(text) {
		s.Tokens = append(s.Tokens, extract.Token{Start: at, End: at + len(w), Text: w, Head: -1})
		at += len(w) + 1
	}
	s.End = max(0, at-1)
	return s
}

func parsers(t testing.TB) map[string]*Parser {
	t.Helper()
	out := map[string]*Parser{}
	for name, o := range map[string]Options{"fast": {}, "best": {Best: true}} {
		p, err := Load(o)
		if err != nil {
			t.Fatal(err)
		}
		out[name] = p
	}
	return out
}

// whole fails where s is no tree with one root that holds every token.
func whole(t *testing.T, s *extract.Sentence) {
	t.Helper()
	roots := 0
	for i, k := range s.Tokens {
		if k.Head == -1 {
			roots++
		}
		if (k.Label == "root") != (k.Head == -1) || k.Label == "" {
			t.Errorf("token %d: head %d with label %q", i, k.Head, k.Label)
		}
		h, n := i, 0
		for ; h >= 0 && n <= len(s.Tokens); n++ {
			h = s.Tokens[h].Head
		}
		if h >= 0 {
			t.Fatalf("token %d stands in a cycle", i)
		}
	}
	if roots != 1 {
		t.Errorf("%d roots", roots)
	}
	if s.Margin < 0 || s.Margin > 1 {
		t.Errorf("margin %g", s.Margin)
	}
}

func TestTrees(t *testing.T) {
	for name, p := range parsers(t) {
		t.Run(name, func(t *testing.T) {
			for _, c := range []struct{ text, want string }{
				{"The president praised the treaty .", "det nsubj root det obj punct"},
				{"The minister said that his country rejected the plan .", "det nsubj root mark nmod:poss nsubj ccomp det obj punct"},
				{"The ambassador was expelled by Chile .", "det nsubj:pass aux:pass root case obl:agent punct"},
			} {
				s := hand(c.text)
				p.Tag(s)
				p.Parse(s)
				whole(t, s)
				var got []string
				for _, k := range s.Tokens {
					got = append(got, k.Label)
				}
				if strings.Join(got, " ") != c.want {
					t.Errorf("%s\n got %s\nwant %s", c.text, strings.Join(got, " "), c.want)
				}
			}
		})
	}
}

func TestLengths(t *testing.T) {
	words := strings.Fields("The of Iran said that , talks with \" 1987 - and will they ; NATO's agreed . on")
	r := rand.New(rand.NewPCG(1, 2))
	for name, p := range parsers(t) {
		t.Run(name, func(t *testing.T) {
			for _, n := range []int{0, 1, 2, 3, 7, 40, 150, maxTokens, maxTokens + 1, 10000} {
				var b strings.Builder
				for range n {
					b.WriteString(words[r.IntN(len(words))] + " ")
				}
				s := hand(b.String())
				p.Tag(s)
				p.Parse(s)
				if n > 0 && n <= maxTokens+1 {
					whole(t, s)
				}
			}
		})
	}
}

func TestCapitals(t *testing.T) {
	p := parsers(t)["fast"]
	s := hand("IRAN WARNS UNITED STATES AGAINST RAISING TENSION IN GULF")
	p.Tag(s)
	p.Parse(s)
	whole(t, s)
	if s.Tokens[1].UPOS != "VERB" || s.Tokens[0].Label != "nsubj" {
		t.Errorf("got %+v, want WARNS as a verb with IRAN as its subject", s.Tokens[:2])
	}
}

func TestEmptyToken(t *testing.T) {
	for name, p := range parsers(t) {
		s := &extract.Sentence{Tokens: []extract.Token{{}, {Text: "IRAN"}, {Text: "WARNS"}, {Text: "OMAN"}}}
		p.Tag(s)
		p.Parse(s)
		if whole(t, s); t.Failed() {
			t.Fatal(name)
		}
	}
}

func TestConcurrent(t *testing.T) {
	p := parsers(t)["best"]
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 20 {
				s := hand("Moscow and Kiev agreed on Friday to exchange prisoners , the Foreign Ministry said .")
				p.Tag(s)
				p.Parse(s)
				whole(t, s)
			}
		})
	}
	wg.Wait()
}

func TestWriteCoNLLU(t *testing.T) {
	p := parsers(t)["fast"]
	s := hand("Peru agreed .")
	p.Tag(s)
	p.Parse(s)
	doc := &extract.Doc{Sentences: []extract.Sentence{*s}}
	doc.Article.Text = "Peru agreed ."
	var b bytes.Buffer
	if err := WriteCoNLLU(&b, doc); err != nil {
		t.Fatal(err)
	}
	want := "# sent_id = 1\n# text = Peru agreed .\n1\tPeru\tPeru\tPROPN\tNNP\t_\t2\tnsubj\t_\t_\n2\tagreed\tagree\tVERB\tVBD\t_\t0\troot\t_\t_\n3\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\t_\n\n"
	if b.String() != want {
		t.Errorf("got\n%s\nwant\n%s", &b, want)
	}
}

func TestDraw(t *testing.T) {
	s := hand("Peru , which won , praised both talks")
	for i, k := range []extract.Token{
		{UPOS: "PROPN", Label: "nsubj", Lemma: "Peru", Head: 5}, {UPOS: "PUNCT", Label: "punct", Lemma: ",", Head: 3},
		{UPOS: "PRON", Label: "nsubj", Lemma: "which", Head: 3}, {UPOS: "VERB", Label: "acl:relcl", Lemma: "win", Head: 0},
		{UPOS: "PUNCT", Label: "punct", Lemma: ",", Head: 3}, {UPOS: "VERB", Label: "root", Lemma: "praise", Head: -1},
		{UPOS: "DET", Label: "det", Lemma: "both", Head: 7}, {UPOS: "NOUN", Label: "obj", Lemma: "talk", Head: 5},
	} {
		k.Text = s.Tokens[i].Text
		s.Tokens[i] = k
	}
	if got := Draw(s); got != "" {
		t.Errorf("a sentence without a tree is drawn:\n%s", got)
	}
	s.Parsed = true
	want := `
┌─ Peru         PROPN  nsubj      Peru
│  │  ┌─ ,      PUNCT  punct      ,
│  │  ├─ which  PRON   nsubj      which
│  └─ won       VERB   acl:relcl  win
│     └─ ,      PUNCT  punct      ,
praised         VERB   root       praise
│  ┌─ both      DET    det        both
└─ talks        NOUN   obj        talk
`
	if got := "\n" + Draw(s); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// TestDrawLong: a chain of many words is no drawing of that depth.
func TestDrawLong(t *testing.T) {
	s := hand(strings.Repeat("and ", 20*maxTokens))
	p := parsers(t)["fast"]
	p.Tag(s)
	p.Parse(s)
	if got := Draw(s); strings.Count(got, "\n") != len(s.Tokens) || len(got) > 100*len(s.Tokens) {
		t.Errorf("%d bytes for %d words", len(got), len(s.Tokens))
	}
}

// TestWriteCoNLLUFields: no token breaks the format.
func TestWriteCoNLLUFields(t *testing.T) {
	doc := &extract.Doc{Article: schema.Article{ID: "a\nb", Text: "x\ty z"}}
	doc.Sentences = []extract.Sentence{{End: 5, Tokens: []extract.Token{{Text: "x\ty", End: 3, Head: -1}, {Text: "", Start: 3, End: 3, Head: -1}}}}
	var b bytes.Buffer
	if err := WriteCoNLLU(&b, doc); err != nil {
		t.Fatal(err)
	}
	want := "# newdoc id = a b\n# sent_id = 1\n# text = x y z\n1\tx y\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No\n2\t_\t_\t_\t_\t_\t_\t_\t_\t_\n\n"
	if b.String() != want {
		t.Errorf("got\n%q\nwant\n%q", &b, want)
	}
}
func FuzzParse(f *testing.F) {
	f.Add("Iran , which \xff said ( \" no")
	all := parsers(f)
	f.Fuzz(func(t *testing.T, text string) {
		for _, p := range all {
			s := hand(text)
			p.Tag(s)
			p.Parse(s)
			if len(s.Tokens) > 0 {
				whole(t, s)
			}
		}
	})
}

// TestAllocations: a tree costs no allocation, once the parser has met a sentence of that length.
func TestAllocations(t *testing.T) {
	if underRace {
		t.Skip("the race detector drops pooled memory")
	}
	for name, p := range parsers(t) {
		s := hand("The foreign ministers of both countries agreed on Monday to resume talks with the European Union about the disputed border .")
		p.Tag(s)
		p.Parse(s)
		if n := testing.AllocsPerRun(100, func() { p.Parse(s) }); n > 0 {
			t.Errorf("%s: %g allocations for a tree", name, n)
		}
	}
}

// TestLoad: the weights are read where they lie.
func TestLoad(t *testing.T) {
	least := time.Hour
	for range 5 {
		start := time.Now()
		if _, err := load(); err != nil {
			t.Fatal(err)
		}
		least = min(least, time.Since(start))
	}
	if most := 50 * time.Millisecond; least > most {
		t.Errorf("loading takes %s, more than %s", least, most)
	}
	if n := len(lexiconImage) + len(taggerImage) + len(lemmasTable) + len(relationsImage) + len(actionsImage); n > 15e6 {
		t.Errorf("%d bytes of weights, more than 15 MB", n)
	}
}

func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		if _, err := load(); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkFast(b *testing.B) { benchmark(b, "fast") }
func BenchmarkBest(b *testing.B) { benchmark(b, "best") }

// benchmark parses the sentences of the example articles one after the other.
func benchmark(b *testing.B, name string) {
	files, err := filepath.Glob("../../examples/articles/*.txt")
	if err != nil || len(files) == 0 {
		b.Fatal("no example articles", err)
	}
	var sentences []extract.Sentence
	cut := token.New()
	for _, f := range files {
		text, err := os.ReadFile(f)
		if err != nil {
			b.Fatal(err)
		}
		sentences = append(sentences, cut.Split(schema.Article{Text: string(text)}).Sentences...)
	}
	p := parsers(b)[name]
	n, tokens := 0, 0
	for b.Loop() {
		s := &sentences[n%len(sentences)]
		p.Tag(s)
		p.Parse(s)
		n++
		tokens += len(s.Tokens)
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "sentences/s")
	b.ReportMetric(float64(tokens)/20/b.Elapsed().Seconds(), "sentences-of-20/s")
}
