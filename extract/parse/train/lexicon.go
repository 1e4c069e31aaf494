package main

import (
	"bytes"
	"cmp"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"entente/extract/corpus"
	"entente/extract/parse/clusters"
	"entente/extract/parse/conllu"
	"entente/extract/parse/perceptron"
	"entente/extract/parse/words"
	"entente/extract/token"
	"entente/schema"
)

// texts are what the lexicon is learnt from besides the treebanks, all of it free to use: public domain, CC BY 2.5 and CC0.
var texts = []string{"state-dept/press-releases.jsonl", "wikinews/wikinews-2019-2020.jsonl", "historyatstate"}

const (
	lexiconCount   = 4 // times that a word of the lexicon was seen at least
	clusterRounds  = 20
	clusterClasses = 512
	coarseClasses  = 48
)

// readTexts returns the sentences of the texts as their words.
func readTexts(corpora string) ([][]string, error) {
	cut := token.New()
	var out [][]string
	add := func(a schema.Article) {
		for _, s := range cut.Split(corpus.Mark(a)).Sentences {
			forms := make([]string, len(s.Tokens))
			for i, t := range s.Tokens {
				forms[i] = t.Text
			}
			out = append(out, forms)
		}
	}
	for _, t := range texts {
		path := filepath.Join(corpora, t)
		if filepath.Ext(path) == ".jsonl" {
			for a, err := range corpus.Articles([]string{path}, corpus.Options{}) {
				if err != nil {
					return nil, err
				}
				add(a)
			}
			continue
		}
		if err := readTEI(path, add); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// readTEI reads the paragraphs of the TEI files below a folder.
func readTEI(folder string, add func(schema.Article)) error {
	return filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(path) != ".xml" {
			return err
		}
		b, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		text, err := paragraphs(b)
		if err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		add(schema.Article{Text: text})
		return nil
	})
}

// paragraphs is the text within the elements p of an XML file, parted by empty lines.
func paragraphs(file []byte) (string, error) {
	d := xml.NewDecoder(bytes.NewReader(file))
	d.Strict = false
	var all, now strings.Builder
	depth := 0
	for {
		t, err := d.Token()
		if errors.Is(err, io.EOF) {
			return all.String(), nil
		}
		if err != nil {
			return "", err
		}
		switch t := t.(type) {
		case xml.StartElement:
			if t.Name.Local == "p" {
				depth++
			}
		case xml.EndElement:
			if t.Name.Local != "p" || depth == 0 {
				break
			}
			if depth--; depth == 0 {
				all.WriteString(strings.Join(strings.Fields(now.String()), " ") + "\n\n")
				now.Reset()
			}
		case xml.CharData:
			if depth > 0 {
				now.Write(t)
			}
		}
	}
}

func formsOf(sentences []conllu.Sentence) [][]string {
	out := make([][]string, len(sentences))
	for i, s := range sentences {
		for _, k := range s.Tokens {
			out[i] = append(out[i], k.Form)
		}
	}
	return out
}

// usage is how a word is written where its case tells something.
type usage struct{ total, lower, title, upper int }

// learnLexicon makes the lexicon of the words in the texts: clusters, and the usual case.
func learnLexicon(sentences [][]string) (image []byte, note string) {
	seen := map[string]*usage{}
	for _, s := range sentences {
		for i, f := range s {
			norm := string(words.AppendNorm(nil, f))
			u := seen[norm]
			if u == nil {
				u = &usage{}
				seen[norm] = u
			}
			u.add(f, i == 0)
		}
	}
	maps.DeleteFunc(seen, func(_ string, u *usage) bool { return u.total < lexiconCount })
	order := slices.SortedFunc(maps.Keys(seen), func(a, b string) int {
		return cmp.Or(cmp.Compare(seen[b].total, seen[a].total), cmp.Compare(a, b))
	})
	number := make(map[string]int, len(order))
	for i, w := range order {
		number[w] = i
	}
	fine, coarse := group(sentences, number)
	entries := make([]perceptron.Entry, len(order))
	for i, w := range order {
		entries[i] = perceptron.Entry{Key: perceptron.Hash(w), Value: words.Entry(uint32(fine[i])+1, uint32(coarse[fine[i]])+1, seen[w].usual())}
	}
	image, dropped := perceptron.AppendTable(nil, entries, fill)
	return image, fmt.Sprintf("%d words of %d sentences, %d alike, %.2f MB", len(order), len(sentences), dropped, float64(len(image))/1e6)
}

// group returns the class of each word, and the coarse class of each class.
func group(sentences [][]string, number map[string]int) (fine, coarse []int) {
	numbers := func(s []string) []int {
		out := make([]int, len(s))
		for i, f := range s {
			n, ok := number[string(words.AppendNorm(nil, f))]
			if !ok {
				n = clusters.Other
			}
			out[i] = n
		}
		return out
	}
	t := clusters.NewText(len(number))
	for _, s := range sentences {
		t.Add(numbers(s))
	}
	fine = clusters.Exchange(t, clusterClasses, clusterRounds)
	c := clusters.NewText(clusterClasses)
	for _, s := range sentences {
		ns := numbers(s)
		for i, n := range ns {
			if n != clusters.Other {
				ns[i] = fine[n]
			}
		}
		c.Add(ns)
	}
	return fine, clusters.Exchange(c, coarseClasses, clusterRounds)
}

func (u *usage) add(form string, first bool) {
	u.total++
	lower := strings.ToLower(form)
	switch {
	case first || lower == strings.ToUpper(form):
	case form == lower:
		u.lower++
	case form == strings.ToUpper(form) && len(form) > 1:
		u.upper++
	default:
		u.title++
	}
}

func (u *usage) usual() words.Case {
	switch m := max(u.lower, u.title, u.upper); m {
	case 0:
		return words.Unknown
	case u.lower:
		return words.Lower
	case u.title:
		return words.Title
	}
	return words.Upper
}
