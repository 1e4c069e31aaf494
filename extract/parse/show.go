package parse

import (
	"cmp"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"entente/extract"
)

// WriteCoNLLU writes the sentences of a document in CoNLL-U, ids 1-based, with the id of the article and the text of each sentence as
// comments. White space inside a token, which the format cannot hold, is written as a space.
func WriteCoNLLU(w io.Writer, doc *extract.Doc) error {
	for i := range doc.Sentences {
		s := &doc.Sentences[i]
		var b strings.Builder
		if i == 0 && doc.Article.ID != "" {
			fmt.Fprintf(&b, "# newdoc id = %s\n", strings.Join(strings.Fields(doc.Article.ID), " "))
		}
		fmt.Fprintf(&b, "# sent_id = %d\n# text = %s\n", i+1, Text(doc, s))
		for j, t := range s.Tokens {
			space := "_"
			if j+1 < len(s.Tokens) && s.Tokens[j+1].Start == t.End {
				space = "SpaceAfter=No"
			}
			head, label := fmt.Sprint(t.Head+1), t.Label
			if !s.Parsed {
				head, label = "_", "_"
			}
			fmt.Fprintf(&b, "%d\t%s\t%s\t%s\t%s\t_\t%s\t%s\t_\t%s\n", j+1, field(t.Text), field(t.Lemma), cmp.Or(t.UPOS, "_"), cmp.Or(t.XPOS, "_"), head, label, space)
		}
		b.WriteString("\n")
		if _, err := io.WriteString(w, b.String()); err != nil {
			return err
		}
	}
	return nil
}

// Text is the text of a sentence on one line.
func Text(doc *extract.Doc, s *extract.Sentence) string {
	return strings.Join(strings.Fields(doc.Article.Text[s.Start:s.End]), " ")
}

// field is a field of CoNLL-U, which cannot be empty nor hold a tab or line end.
func field(s string) string {
	return cmp.Or(strings.Join(strings.Fields(s), " "), "_")
}

// Draw is the tree of a parsed sentence as text for people: a line a word in the order of the sentence, with its part of speech, relation
// and lemma. What hangs on a word stands above it where it comes before the word, below it where it comes after:
//
//	┌─ Russia  PROPN  nsubj  Russia
//	agreed     VERB   root   agree
//	│  ┌─ to   PART   mark   to
//	└─ meet    VERB   xcomp  meet
//
// A sentence that is too long for a tree is a list of its words.
func Draw(s *extract.Sentence) string {
	d := drawing{s: s, before: make([][]int, len(s.Tokens)), after: make([][]int, len(s.Tokens))}
	root := -1
	for i, t := range s.Tokens {
		switch {
		case t.Head < 0:
			root = i
		case i < t.Head:
			d.before[t.Head] = append(d.before[t.Head], i)
		default:
			d.after[t.Head] = append(d.after[t.Head], i)
		}
	}
	if root < 0 || !s.Parsed {
		return ""
	}
	if len(s.Tokens) > maxTokens {
		for i := range s.Tokens {
			d.line("", i)
		}
	} else {
		d.word(root, "", "", "")
	}
	return d.table()
}

// drawing is a tree as lines of four cells.
type drawing struct {
	s             *extract.Sentence
	before, after [][]int // children
	lines         [][4]string
}

func (d *drawing) line(lead string, t int) {
	k := d.s.Tokens[t]
	d.lines = append(d.lines, [4]string{lead + k.Text, k.UPOS, k.Label, k.Lemma})
}

// word draws a word with all below it: above, own and below lead the lines before the word, its own, and those behind it.
func (d *drawing) word(t int, above, own, below string) {
	for i, c := range d.before[t] {
		if i == 0 {
			d.word(c, above+"   ", above+"┌─ ", above+"│  ")
		} else {
			d.word(c, above+"│  ", above+"├─ ", above+"│  ")
		}
	}
	d.line(own, t)
	for i, c := range d.after[t] {
		if i == len(d.after[t])-1 {
			d.word(c, below+"│  ", below+"└─ ", below+"   ")
		} else {
			d.word(c, below+"│  ", below+"├─ ", below+"│  ")
		}
	}
}

// table sets the cells in columns.
func (d *drawing) table() string {
	var width [4]int
	for _, l := range d.lines {
		for i, c := range l {
			width[i] = max(width[i], utf8.RuneCountInString(c))
		}
	}
	var b strings.Builder
	for _, l := range d.lines {
		var row strings.Builder
		for i, c := range l {
			row.WriteString(c)
			row.WriteString(strings.Repeat(" ", width[i]-utf8.RuneCountInString(c)+2))
		}
		b.WriteString(strings.TrimRight(row.String(), " ") + "\n")
	}
	return b.String()
}
