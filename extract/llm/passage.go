package llm

import (
	"fmt"
	"slices"
	"strings"

	"entente/extract"
	"entente/schema"
)

// passageVersion changes when passages are cut or written otherwise.
const passageVersion = "passage 1"

// passage is what one request asks about.
type passage struct {
	sentences []int // of the document, ascending: those to be read
	single    bool  // they are read one by one, the rest of the article is not
	message   string
}

// every lists the sentences of doc.
func every(doc *extract.Doc) []int {
	out := make([]int, len(doc.Sentences))
	for i := range out {
		out[i] = i
	}
	return out
}

// unread lists the sentences that speak of two parties and from which the rules read no act, or none but with a confidence below low.
func unread(doc *extract.Doc, triples []schema.Triple, low float64) []int {
	parties := make([]map[string]bool, len(doc.Sentences))
	for i := range doc.Mentions {
		m := &doc.Mentions[i]
		if m.Modifier {
			continue
		}
		if parties[m.Sentence] == nil {
			parties[m.Sentence] = map[string]bool{}
		}
		for _, id := range m.Parties {
			if doc.Entities[id].Kind != schema.Person {
				parties[m.Sentence][id] = true
			}
		}
	}
	var out []int
	for i := range doc.Sentences {
		s := &doc.Sentences[i]
		sure, unsure := false, false
		for _, t := range triples {
			for _, e := range t.Evidence {
				if !t.Relation.Info().Tie && e.Start < s.End && s.Start < e.End {
					sure, unsure = sure || e.Confidence >= low, unsure || e.Confidence < low
				}
			}
		}
		if len(parties[i]) > 1 && (!sure || unsure) {
			out = append(out, i)
		}
	}
	return out
}

// passages cuts sentences into passages of about limit tokens, at paragraphs where it can, else at sentences.
func passages(doc *extract.Doc, sentences []int, limit int, single bool) []passage {
	var out []passage
	for len(sentences) > 0 {
		n, used, end := 0, 0, 0 // end: the last end of a paragraph within the limit
		for n < len(sentences) {
			used += tokensOf(sentenceText(doc, sentences[n]))
			if n > 0 && used > limit {
				break
			}
			n++
			if n == len(sentences) || doc.Sentences[sentences[n]].Paragraph != doc.Sentences[sentences[n-1]].Paragraph {
				end = n
			}
		}
		if end > 0 {
			n = end
		}
		out = append(out, newPassage(doc, sentences[:n], single))
		sentences = sentences[n:]
	}
	return out
}

// halves cuts a passage of two sentences or more in the middle.
func (p passage) halves(doc *extract.Doc) (first, second passage, ok bool) {
	n := len(p.sentences) / 2
	if n == 0 {
		return p, p, false
	}
	return newPassage(doc, p.sentences[:n], p.single), newPassage(doc, p.sentences[n:], p.single), true
}

func (p passage) has(sentence int) bool {
	_, ok := slices.BinarySearch(p.sentences, sentence)
	return ok
}

func newPassage(doc *extract.Doc, sentences []int, single bool) passage {
	p := passage{sentences: sentences, single: single}
	p.message = p.write(doc)
	return p
}

// write is the message: what is known of the article, the parties named before, and the text between two lines that it cannot hold itself.
func (p passage) write(doc *extract.Doc) string {
	var b strings.Builder
	a := &doc.Article
	if d := a.Published; d != "" {
		fmt.Fprintf(&b, "Published: %s", d)
		if d.Precision() == schema.PrecisionDay {
			fmt.Fprintf(&b, " (%s)", d.First().Weekday())
		}
		b.WriteByte('\n')
	}
	if a.Title != "" {
		fmt.Fprintf(&b, "Title: %s\n", short(a.Title, 300))
	}
	for _, f := range a.Furniture {
		if f.Kind == "dateline" && f.End <= len(a.Text) {
			fmt.Fprintf(&b, "Dateline: %s\n", short(a.Text[f.Start:f.End], 200))
			break
		}
	}
	if cast := castBefore(doc, p.sentences[0]); cast != "" {
		fmt.Fprintf(&b, "Parties named before: %s\n", cast)
	}
	mark := "passage " + schema.Digest(a.Text)[:12]
	if p.single {
		b.WriteString("Read only the sentences with a number; what stands in brackets before one is there to understand it.\n")
	}
	fmt.Fprintf(&b, "=== begin %s ===\n", mark)
	if p.single {
		p.numbered(doc, &b)
	} else {
		p.running(doc, &b)
	}
	fmt.Fprintf(&b, "=== end %s ===\n", mark)
	return b.String()
}

// running writes the sentences as they stand, an empty line between paragraphs.
func (p passage) running(doc *extract.Doc, b *strings.Builder) {
	for i, n := range p.sentences {
		if i > 0 {
			b.WriteString([2]string{" ", "\n\n"}[min(1, doc.Sentences[n].Paragraph-doc.Sentences[p.sentences[i-1]].Paragraph)])
		}
		b.WriteString(sentenceText(doc, n))
	}
	b.WriteByte('\n')
}

// numbered writes each sentence with a number, behind the one before it.
func (p passage) numbered(doc *extract.Doc, b *strings.Builder) {
	for i, n := range p.sentences {
		if n > 0 && !p.has(n-1) && doc.Sentences[n].Paragraph-doc.Sentences[n-1].Paragraph <= 1 {
			fmt.Fprintf(b, "[%s]\n", short(sentenceText(doc, n-1), 600))
		}
		fmt.Fprintf(b, "%d. %s\n", i+1, sentenceText(doc, n))
	}
}

// maxSentence bounds what is sent of one sentence, in bytes: what is longer is no sentence but a list or a defect.
const maxSentence = 4000

func sentenceText(doc *extract.Doc, n int) string {
	s := &doc.Sentences[n]
	return cut(doc.Article.Text[s.Start:s.End], maxSentence)
}

// maxCast bounds the parties that are carried from one passage to the next.
const maxCast = 30

// castBefore names the parties that the sentences before n speak of, persons with whom they act for.
func castBefore(doc *extract.Doc, n int) string {
	var out []string
	seen := map[string]bool{}
	name := func(id string) string { return short(doc.Entities[id].Name, 80) }
	for i := range doc.Mentions {
		m := &doc.Mentions[i]
		if m.Sentence >= n || len(out) >= maxCast {
			break
		}
		for _, id := range m.Parties {
			if !seen[id] && name(id) != "" {
				seen[id] = true
				out = append(out, name(id))
			}
		}
		if id := m.Agent; id != "" && !seen[id] && name(id) != "" {
			seen[id] = true
			s := name(id)
			if len(m.Parties) > 0 {
				s += " (" + name(m.Parties[0]) + ")"
			}
			out = append(out, s)
		}
	}
	return strings.Join(out, ", ")
}

// short is s on one line and of at most n bytes.
func short(s string, n int) string { return cut(strings.Join(strings.Fields(s), " "), n) }

// cut is the beginning of s of at most n bytes; no character is cut in two.
func cut(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && s[n]&0xC0 == 0x80 {
		n--
	}
	return s[:n]
}
