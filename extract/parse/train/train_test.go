package main

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"entente/extract/parse/arceager"
	"entente/extract/parse/lemmas"
	"entente/extract/parse/perceptron"
	"entente/extract/parse/tagging"
	"entente/extract/parse/words"
)

// grammar writes the tree of "the SUBJECT VERB the OBJECT ." for some words, with a second clause now and then.
func grammar(i int) string {
	nouns := []string{"minister", "treaty", "envoy", "plan"}
	verbs := []string{"praised", "rejected", "signed"}
	rows := [][4]string{
		{"the", "DET|DT", "2", "det"}, {nouns[i%4], "NOUN|NN", "3", "nsubj"}, {verbs[i%3], "VERB|VBD", "0", "root"},
		{"the", "DET|DT", "5", "det"}, {nouns[i/3%4], "NOUN|NN", "3", "obj"}, {".", "PUNCT|.", "3", "punct"},
	}
	if i%5 == 0 {
		rows = append(rows, [4]string{"thanks", "NOUN|NN", "3", "parataxis"})
	}
	var b strings.Builder
	for j, r := range rows {
		upos, xpos, _ := strings.Cut(r[1], "|")
		fmt.Fprintf(&b, "%d\t%s\t%s\t%s\t%s\t_\t%s\t%s\t_\t_\n", j+1, r[0], strings.TrimSuffix(r[0], "ed"), upos, xpos, r[2], r[3])
	}
	return b.String() + "\n"
}

// sharedFolder makes small treebanks and texts.
func sharedFolder(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	write := func(name string, content []byte) {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, content, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for n, f := range files {
		var b bytes.Buffer
		z := gzip.NewWriter(&b)
		for i := range 30 {
			fmt.Fprint(z, grammar(i+n))
		}
		if err := z.Close(); err != nil {
			t.Fatal(err)
		}
		write("treebanks/"+f, b.Bytes())
	}
	for _, f := range texts {
		if filepath.Ext(f) == ".jsonl" {
			write("corpora/"+f, []byte(`{"id":"a","text":"The minister signed the treaty.\n\nThe envoy will sign it and Peru will sign it."}`+"\n"))
			continue
		}
		write("corpora/"+f+"/guide/peru.xml", []byte("<TEI><head>Peru</head><p>The <b>envoy</b>\n praised Peru.</p><p>A treaty was signed.</p></TEI>"))
	}
	return dir
}

// TestRun: the same input gives the same weights, and they know the grammar they were trained on.
func TestRun(t *testing.T) {
	o := settings{shared: sharedFolder(t), models: 2, relationEpochs: 3, actionEpochs: 3, taggerLeast: 1, relationLeast: 1, bytes: 1 << 20}
	var outs []string
	for range 2 {
		o.out = t.TempDir()
		outs = append(outs, o.out)
		if err := run(o); err != nil {
			t.Fatal(err)
		}
	}
	image := map[string][]byte{}
	for _, name := range []string{"lexicon.bin", "tagger.bin", "lemmas.tsv", "relations.bin", "actions.bin"} {
		a, errA := os.ReadFile(filepath.Join(outs[0], name))
		b, errB := os.ReadFile(filepath.Join(outs[1], name))
		if errA != nil || errB != nil || !bytes.Equal(a, b) {
			t.Errorf("%s: two runs differ (%v, %v)", name, errA, errB)
		}
		image[name] = a
	}
	heads, labels := parseWith(t, image, "the plan signed the envoy .")
	if fmt.Sprint(heads) != "[1 2 -1 4 2 2]" || strings.Join(labels, " ") != "det nsubj root det obj punct" {
		t.Errorf("heads %v, labels %v", heads, labels)
	}
	m, err := lemmas.Read(string(image["lemmas.tsv"]))
	if err != nil {
		t.Fatal(err)
	}
	if got := m.Lemma("rejected", "VBD", false); got != "reject" {
		t.Errorf("lemma %q, want reject", got)
	}
}

func parseWith(t *testing.T, image map[string][]byte, text string) (heads []int, labels []string) {
	t.Helper()
	lexicon, err1 := words.ReadLexicon(image["lexicon.bin"])
	tagger, err2 := tagging.Read(image["tagger.bin"])
	relations, err3 := arceager.ReadRelations(image["relations.bin"])
	actions, _, err4 := perceptron.ReadDense(image["actions.bin"])
	for _, err := range []error{err1, err2, err3, err4} {
		if err != nil {
			t.Fatal(err)
		}
	}
	forms := strings.Fields(text)
	ws, numbers, tags := make([]words.Word, len(forms)), make([]uint8, len(forms)), make([]arceager.Tag, len(forms))
	for i, f := range forms {
		ws[i] = lexicon.Analyze(f)
	}
	tagger.Tag(forms, ws, numbers, &tagging.Scratch{})
	for i, n := range numbers {
		upos, xpos, _ := strings.Cut(tagger.Tags()[n], "|")
		tags[i] = arceager.NewTag(upos, xpos)
	}
	var x arceager.Input
	x.Set(ws, tags)
	arcs, _ := relations.Beam(actions, &x, 4, nil, &arceager.Scratch{})
	for _, a := range arcs {
		heads, labels = append(heads, a.Head), append(labels, relations.Labels()[a.Label])
	}
	return heads, labels
}

// TestFiles: no test part is trained on, and nothing that may only be measured on.
func TestFiles(t *testing.T) {
	for _, f := range files {
		if strings.Contains(f, "test") || strings.Contains(f, "pud") || strings.Contains(f, "EVALONLY") {
			t.Errorf("%s is trained on", f)
		}
	}
}

func TestParagraphs(t *testing.T) {
	got, err := paragraphs([]byte("<a><p>One <b>two</b>\n three</p>none<p>four<p>five</p></p></a>"))
	if err != nil || got != "One two three\n\nfourfive\n\n" {
		t.Errorf("%q, %v", got, err)
	}
}
