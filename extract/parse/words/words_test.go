package words

import (
	"strings"
	"testing"

	"entente/extract/parse/perceptron"
)

func lexicon(t *testing.T) *Lexicon {
	t.Helper()
	var entries []perceptron.Entry
	for w, c := range map[string]Case{"treaty": Lower, "warn": Lower, "in": Lower, "nato": Upper, "geneva": Title, "!NUM": Unknown} {
		entries = append(entries, perceptron.Entry{Key: perceptron.Hash(w), Value: Entry(300+uint32(len(w)), 7, c)})
	}
	image, _ := perceptron.AppendTable(nil, entries, 0.9)
	x, err := ReadLexicon(image)
	if err != nil {
		t.Fatal(err)
	}
	return x
}

func TestAnalyze(t *testing.T) {
	x := lexicon(t)
	for form, cluster := range map[string]uint64{"Treaty": 306, "12": 304, "zebra": 0, "": 0} {
		if w := x.Analyze(form); w.Cluster != cluster {
			t.Errorf("%q: cluster %d, want %d", form, w.Cluster, cluster)
		}
	}
	var none *Lexicon
	if w := none.Analyze("treaty"); w.Cluster != 0 || w.Norm != perceptron.Hash("treaty") {
		t.Errorf("without a lexicon: %+v", w)
	}
	if _, err := ReadLexicon([]byte("ab")); err == nil {
		t.Error("a lexicon of two bytes was read")
	}
}

func TestRecase(t *testing.T) {
	x := lexicon(t)
	for _, c := range []struct{ text, want string }{
		{"NATO WARNS GENEVA IN TREATY", "NATO warns Geneva in treaty"},
		{"TREATY WARNS OSLO", "Treaty warns Oslo"},
		{"NATO WARNED GENEVAS", "NATO warned Genevas"},
		{"Treaty Warns Geneva , Nato In Oslo", "Treaty warns Geneva , Nato in Oslo"},
		{"NATO Warns Geneva In Peru 1.5", "NATO warns Geneva in Peru 1.5"},
		{"The treaty warns NATO", "The treaty warns NATO"},
		{"ÉVIAN ŁÓDŹ U.S. B52", "Évian Łódź U.S. B52"},
		{"NATO", "NATO"},
		{"\xff\xfe A", "\xff\xfe A"},
	} {
		words := strings.Fields(c.text)
		style := StyleOf(len(words), func(i int) string { return words[i] })
		for i, w := range words {
			words[i] = x.Recase(w, style, i == 0)
		}
		if got := strings.Join(words, " "); got != c.want {
			t.Errorf("%q: got %q, want %q", c.text, got, c.want)
		}
	}
}
