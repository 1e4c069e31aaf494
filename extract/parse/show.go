package parse

import (
	"cmp"
	"fmt"
	"io"
	"strings"

	"entente/extract"
	"entente/extract/parse/arceager"
)

// unit is the lead, in the action model's scores, from which the parser counts a choice as certain.
const unit = 256

// margin turns what the parser says of its choices into 0 (doubtful throughout) to 1 (certain throughout).
func margin(c arceager.Confidence) float64 {
	if c.Choices == 0 {
		return 1
	}
	m := 1 - float64(c.Doubts)/(unit*float64(c.Choices))
	return min(1, max(0, m))
}

// WriteCoNLLU writes the sentences of a document in CoNLL-U, ids 1-based, with the text of each sentence as a comment.
func WriteCoNLLU(w io.Writer, doc *extract.Doc) error {
	for i := range doc.Sentences {
		s := &doc.Sentences[i]
		text := strings.Join(strings.Fields(doc.Article.Text[s.Start:s.End]), " ")
		if _, err := fmt.Fprintf(w, "# sent_id = %d\n# text = %s\n", i+1, text); err != nil {
			return err
		}
		for j, t := range s.Tokens {
			space := "_"
			if j+1 < len(s.Tokens) && s.Tokens[j+1].Start == t.End {
				space = "SpaceAfter=No"
			}
			head, label := fmt.Sprint(t.Head+1), t.Label
			if !s.Parsed {
				head, label = "_", "_"
			}
			if _, err := fmt.Fprintf(w, "%d\t%s\t%s\t%s\t%s\t_\t%s\t%s\t_\t%s\n", j+1, t.Text, cmp.Or(t.Lemma, "_"), cmp.Or(t.UPOS, "_"), cmp.Or(t.XPOS, "_"), head, label, space); err != nil {
				return err
			}
		}
		if _, err := fmt.Fprintln(w); err != nil {
			return err
		}
	}
	return nil
}

// Draw is the tree of a parsed sentence as text for people, a line a word, each below its head and indented, in the order of the sentence:
//
//	root agreed VERB
//	├─ nsubj Russia PROPN
//	└─ xcomp meet VERB
func Draw(s *extract.Sentence) string {
	kids := make([][]int, len(s.Tokens))
	root := -1
	for i, t := range s.Tokens {
		if t.Head >= 0 {
			kids[t.Head] = append(kids[t.Head], i)
		} else {
			root = i
		}
	}
	if root < 0 {
		return ""
	}
	var b strings.Builder
	var draw func(t int, first, rest string)
	draw = func(t int, first, rest string) {
		k := s.Tokens[t]
		fmt.Fprintf(&b, "%s%s %s %s\n", first, k.Label, k.Text, k.UPOS)
		for i, c := range kids[t] {
			if i == len(kids[t])-1 {
				draw(c, rest+"└─ ", rest+"   ")
			} else {
				draw(c, rest+"├─ ", rest+"│  ")
			}
		}
	}
	draw(root, "", "")
	return b.String()
}
