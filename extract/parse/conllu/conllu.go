// Package conllu reads treebanks in the CoNLL-U format of Universal Dependencies, plain or compressed with gzip.
package conllu

import (
	"bufio"
	"compress/gzip"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
)

// Sentence is a sentence of a treebank.
type Sentence struct {
	ID, Text     string
	Document     string // id of the document it is in
	NewParagraph bool
	Tokens       []Token
}

// Token is a syntactic word.
type Token struct {
	Form, Lemma, UPOS, XPOS, Label string
	Head                           int // index of the head in the sentence; -1 for the root
	// Joined counts the words, this one included, that are written as one with it and follow it ("don't" is two); 0 inside and where
	// it stands alone. Surface is how they are written.
	Joined  int
	Surface string
}

// ReadFile reads the sentences of a file; one whose name ends in .gz is unpacked.
func ReadFile(name string) ([]Sentence, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var r io.Reader = f
	if strings.HasSuffix(name, ".gz") {
		if r, err = gzip.NewReader(f); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
	}
	sentences, err := Read(r)
	if err != nil {
		return nil, fmt.Errorf("%s:%w", name, err)
	}
	return sentences, nil
}

// Read reads sentences. Empty nodes are left out. An error begins with the number of the line.
func Read(r io.Reader) ([]Sentence, error) {
	sc := bufio.NewScanner(r)
	sc.Buffer(make([]byte, 1<<16), 1<<24)
	var p reader
	line := 0
	for sc.Scan() {
		line++
		if err := p.line(sc.Text()); err != nil {
			return nil, fmt.Errorf("%d: %w", line, err)
		}
	}
	if err := sc.Err(); err != nil {
		return nil, fmt.Errorf("%d: %w", line, err)
	}
	if err := p.end(); err != nil {
		return nil, fmt.Errorf("%d: %w", line, err)
	}
	return p.all, nil
}

type reader struct {
	all      []Sentence
	now      Sentence
	document string
	joined   int // of the next token
	surface  string
}

func (p *reader) line(l string) error {
	switch {
	case l == "":
		return p.end()
	case l[0] == '#':
		p.comment(l)
		return nil
	}
	f := strings.Split(l, "\t")
	if len(f) != 10 {
		return fmt.Errorf("%d fields, not 10", len(f))
	}
	if strings.Contains(f[0], ".") {
		return nil
	}
	if first, last, ok := strings.Cut(f[0], "-"); ok {
		a, err := strconv.Atoi(first)
		if err != nil {
			return fmt.Errorf("range %q of words", f[0])
		}
		b, err := strconv.Atoi(last)
		if err != nil || b < a {
			return fmt.Errorf("range %q of words", f[0])
		}
		p.joined, p.surface = b-a+1, f[1]
		return nil
	}
	head, err := strconv.Atoi(f[6])
	if err != nil || head < 0 {
		return fmt.Errorf("head %q is not a number", f[6])
	}
	p.now.Tokens = append(p.now.Tokens, Token{Form: f[1], Lemma: f[2], UPOS: f[3], XPOS: f[4], Label: f[7], Head: head - 1, Joined: p.joined, Surface: p.surface})
	p.joined, p.surface = 0, ""
	return nil
}

func (p *reader) comment(l string) {
	key, value, _ := strings.Cut(strings.TrimPrefix(l[1:], " "), " = ")
	switch key {
	case "newdoc id":
		p.document = value
	case "newpar", "newpar id":
		p.now.NewParagraph = true
	case "sent_id":
		p.now.ID = value
	case "text":
		p.now.Text = value
	}
}

// end closes the sentence.
func (p *reader) end() error {
	if len(p.now.Tokens) > 0 {
		for i, t := range p.now.Tokens {
			if t.Head >= len(p.now.Tokens) || t.Head == i {
				return fmt.Errorf("word %d of the sentence above has head %d", i+1, t.Head+1)
			}
		}
		p.now.Document = p.document
		p.all = append(p.all, p.now)
	}
	p.now = Sentence{}
	return nil
}
