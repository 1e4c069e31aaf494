// Package gold reads the names of persons, places and organisations that open corpora mark: Universal NER and wikigold in their IOB forms,
// and GUM, whose mentions of entities are cut down to their names.
package gold

import (
	"bufio"
	"compress/gzip"
	"fmt"
	"os"
	"strconv"
	"strings"

	"entente/extract"
	"entente/extract/actor/typing"
)

// Name is a name with its type, over half-open tokens.
type Name struct {
	First, Last int
	Type        typing.Type
}

// Sentence is a sentence with its names, which do not overlap.
type Sentence struct {
	Document string
	Forms    []string
	Names    []Name
}

// eachBlock calls each with the lines between empty lines of a file packed with gzip.
func eachBlock(name string, each func([]string) error) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	in := bufio.NewScanner(z)
	in.Buffer(nil, 1<<22)
	var block []string
	flush := func() error {
		if len(block) == 0 {
			return nil
		}
		err := each(block)
		block = block[:0]
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		return nil
	}
	for in.Scan() {
		if in.Text() != "" {
			block = append(block, in.Text())
		} else if err := flush(); err != nil {
			return err
		}
	}
	if err := in.Err(); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return flush()
}

// document is the id of a "# newdoc id = x" line.
func document(line string) (string, bool) {
	rest, ok := strings.CutPrefix(line, "# newdoc id = ")
	return rest, ok
}

// IOB reads a file of one token a line whose columns, between separators, hold the form and an IOB label. A document is where a comment says so,
// else each run of 20 sentences.
func IOB(name string, form, label int, separator string) ([]Sentence, error) {
	var out []Sentence
	doc := ""
	err := eachBlock(name, func(lines []string) error {
		var s Sentence
		var labels []string
		for _, l := range lines {
			if id, ok := document(l); ok {
				doc = id
			}
			c := strings.Split(l, separator)
			if strings.HasPrefix(l, "# ") || len(c) <= max(form, label) || c[form] == "-DOCSTART-" {
				continue
			}
			s.Forms = append(s.Forms, c[form])
			labels = append(labels, c[label])
		}
		s.Names = iobNames(labels)
		s.Document = doc
		if doc == "" {
			s.Document = strconv.Itoa(len(out) / 20)
		}
		if len(s.Forms) > 0 {
			out = append(out, s)
		}
		return nil
	})
	return out, err
}

var types = map[string]typing.Type{
	"PER": typing.Person, "LOC": typing.Place, "ORG": typing.Organization,
	"person": typing.Person, "place": typing.Place, "organization": typing.Organization,
}

func iobNames(labels []string) []Name {
	var out []Name
	open := ""
	for i, l := range labels {
		prefix, kind, _ := strings.Cut(l, "-")
		switch {
		case types[kind] == typing.Other:
			open = ""
		case prefix == "B" || kind != open:
			out = append(out, Name{i, i + 1, types[kind]})
			open = kind
		default:
			out[len(out)-1].Last = i + 1
		}
	}
	return out
}

// Doc is the sentences as a document, for a tagger. Offsets are as if the tokens stood apart, but around hyphens.
func Doc(sentences []Sentence) *extract.Doc {
	d := &extract.Doc{}
	for i := range sentences {
		d.Sentences = append(d.Sentences, sentences[i].sentence())
	}
	return d
}

var plain = strings.NewReplacer("“", `"`, "”", `"`, "’", "'", "‘", "'", "–", "-", "—", "-")

func (s *Sentence) sentence() extract.Sentence {
	var x extract.Sentence
	at := 0
	for i, f := range s.Forms {
		f = plain.Replace(f)
		if i > 0 && f != "-" && x.Tokens[i-1].Text != "-" {
			at++
		}
		x.Tokens = append(x.Tokens, extract.Token{Start: at, End: at + len(f), Text: f, Head: -1})
		at += len(f)
	}
	x.End = at
	return x
}

// Documents calls each with the sentences of one document after the other.
func Documents(sentences []Sentence, each func([]Sentence)) {
	for i := 0; i < len(sentences); {
		j := i + 1
		for j < len(sentences) && sentences[j].Document == sentences[i].Document {
			j++
		}
		each(sentences[i:j])
		i = j
	}
}
