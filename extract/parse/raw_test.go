package parse

import (
	"fmt"
	"strings"
	"unicode"

	"entente/extract/parse/conllu"
	"entente/extract/token"
	"entente/schema"
)

// rawMeasures count what is right when the parser starts from plain text: words and sentences are its own. F1 is taken over the words of
// both sides; words are the same where their characters are, and inside what the treebank writes as one word ("don't") by the longest
// common subsequence of their forms, as in the CoNLL 2018 shared task (Zeman et al. 2018). Unlike there, relations count with subtypes.
type rawMeasures struct {
	gold, system             int // words
	words, upos, uas, las    int
	goldSentences, sentences int
	rightSentences           int
}

func (m *rawMeasures) add(o rawMeasures) {
	m.gold, m.system, m.words, m.upos, m.uas, m.las = m.gold+o.gold, m.system+o.system, m.words+o.words, m.upos+o.upos, m.uas+o.uas, m.las+o.las
	m.goldSentences, m.sentences, m.rightSentences = m.goldSentences+o.goldSentences, m.sentences+o.sentences, m.rightSentences+o.rightSentences
}

func (m *rawMeasures) String() string {
	f := func(right int) float64 { return percent(2*right, m.gold+m.system) }
	return fmt.Sprintf("sentences %.1f words %.1f UPOS %.1f UAS %.1f LAS %.1f", percent(2*m.rightSentences, m.goldSentences+m.sentences), f(m.words), f(m.upos), f(m.uas), f(m.las))
}

// rawWord is a word of either side. Characters are counted without white space, over the whole document.
type rawWord struct {
	start, end        int
	form, upos, label string
	head              int // index in the document, -1 for a root
	joined            bool
}

// rawDocuments groups sentences by document; without ids all are one.
func rawDocuments(ss []conllu.Sentence) [][]conllu.Sentence {
	var out [][]conllu.Sentence
	for i, s := range ss {
		if i == 0 || s.Document != ss[i-1].Document {
			out = append(out, nil)
		}
		out[len(out)-1] = append(out[len(out)-1], s)
	}
	return out
}

// rawText is the text of a document: paragraphs parted by an empty line, sentences by a space.
func rawText(ss []conllu.Sentence) string {
	var b strings.Builder
	for i, s := range ss {
		switch {
		case i > 0 && s.NewParagraph:
			b.WriteString("\n\n")
		case i > 0:
			b.WriteString(" ")
		}
		b.WriteString(s.Text)
	}
	return b.String()
}

func characters(s string) (n int) {
	for _, r := range s {
		if !unicode.IsSpace(r) {
			n++
		}
	}
	return n
}

// goldWords are the words of a treebank document and the spans of its sentences.
func goldWords(ss []conllu.Sentence) (words []rawWord, spans map[[2]int]bool) {
	spans = map[[2]int]bool{}
	at := 0
	for _, s := range ss {
		first, from, until := len(words), at, 0
		var start int
		for i, t := range s.Tokens {
			joined := i < until
			if t.Joined > 1 {
				until, joined = i+t.Joined, true
				start, at = at, at+characters(t.Surface)
			}
			if !joined {
				start, at = at, at+characters(t.Form)
			}
			w := rawWord{start: start, end: at, form: t.Form, upos: t.UPOS, label: t.Label, head: t.Head + first, joined: joined}
			if t.Head < 0 {
				w.head = -1
			}
			words = append(words, w)
		}
		spans[[2]int{from, at}] = true
	}
	return words, spans
}

// ownWords are the words that the parser makes of a text, and the spans of its sentences.
func ownWords(p *Parser, cut *token.Tokenizer, text string) (words []rawWord, spans map[[2]int]bool) {
	before := make([]int, len(text)+1) // characters before a byte
	n := 0
	for i, r := range text {
		before[i] = n
		if !unicode.IsSpace(r) {
			n++
		}
	}
	before[len(text)] = n
	spans = map[[2]int]bool{}
	doc := cut.Split(schema.Article{Text: text})
	for i := range doc.Sentences {
		s := &doc.Sentences[i]
		p.Tag(s)
		p.Parse(s)
		first := len(words)
		for _, t := range s.Tokens {
			w := rawWord{start: before[t.Start], end: before[t.End], form: t.Text, upos: t.UPOS, label: t.Label, head: t.Head + first}
			if t.Head < 0 {
				w.head = -1
			}
			words = append(words, w)
		}
		spans[[2]int{words[first].start, words[len(words)-1].end}] = true
	}
	return words, spans
}

// align returns for each gold word the index of the same word of ours, -1 where there is none.
func align(gold, own []rawWord) []int {
	out := make([]int, len(gold))
	j := 0
	for i := 0; i < len(gold); {
		out[i] = -1
		if !gold[i].joined {
			for j < len(own) && own[j].start < gold[i].start {
				j++
			}
			if j < len(own) && own[j].start == gold[i].start && own[j].end == gold[i].end {
				out[i] = j
			}
			i++
			continue
		}
		last, end := i, gold[i].end
		for last < len(gold) && gold[last].start == gold[i].start && gold[last].joined {
			out[last] = -1
			last++
		}
		for j < len(own) && own[j].start < gold[i].start {
			j++
		}
		k := j
		for k < len(own) && own[k].end <= end {
			k++
		}
		common(gold[i:last], own[j:k], func(a, b int) { out[i+a] = j + b })
		i, j = last, k
	}
	return out
}

// common calls pair for the words of a longest common subsequence of forms.
func common(a, b []rawWord, pair func(i, j int)) {
	best := make([][]int, len(a)+1)
	for i := range best {
		best[i] = make([]int, len(b)+1)
	}
	same := func(i, j int) bool { return strings.EqualFold(a[i].form, b[j].form) }
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			best[i][j] = max(best[i+1][j], best[i][j+1])
			if same(i, j) {
				best[i][j] = max(best[i][j], 1+best[i+1][j+1])
			}
		}
	}
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case same(i, j) && best[i][j] == 1+best[i+1][j+1]:
			pair(i, j)
			i, j = i+1, j+1
		case best[i][j] == best[i+1][j]:
			i++
		default:
			j++
		}
	}
}

// measureRaw compares a document read as plain text with the treebank. Without punct, words that are punctuation do not count.
func measureRaw(p *Parser, cut *token.Tokenizer, ss []conllu.Sentence, punct bool) (m rawMeasures) {
	gold, goldSpans := goldWords(ss)
	own, spans := ownWords(p, cut, rawText(ss))
	same := align(gold, own)
	counts := func(upos string) bool { return punct || upos != "PUNCT" }
	matched := make([]bool, len(own))
	for i, j := range same {
		if j >= 0 {
			matched[j] = true
		}
		if !counts(gold[i].upos) {
			continue
		}
		m.gold++
		if j < 0 {
			continue
		}
		m.system++
		m.words++
		m.upos += count(gold[i].upos == own[j].upos)
		head := -1
		if gold[i].head >= 0 {
			head = same[gold[i].head]
		}
		right := head == own[j].head && (head >= 0 || gold[i].head < 0)
		m.uas += count(right)
		m.las += count(right && gold[i].label == own[j].label)
	}
	for j, k := range matched {
		if !k && counts(own[j].upos) {
			m.system++
		}
	}
	m.goldSentences, m.sentences = len(goldSpans), len(spans)
	for s := range spans {
		m.rightSentences += count(goldSpans[s])
	}
	return m
}
