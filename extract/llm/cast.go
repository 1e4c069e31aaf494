package llm

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"entente/extract"
	"entente/extract/rules"
	"entente/schema"
)

type sentence = extract.Sentence

// who is what a name stands for: parties, and the person who acts for them.
type who struct {
	ids   []string
	agent string
}

// cast is everyone an article speaks of.
type cast struct {
	doc      *extract.Doc
	rules    *rules.Extractor
	mentions [][]int          // by sentence
	surface  map[string][]int // mentions by folded words
	names    map[string][]string
	asked    map[string]who // names that no table of this cast holds, resolved by themselves
}

func newCast(doc *extract.Doc, r *rules.Extractor) *cast {
	c := &cast{doc: doc, rules: r, mentions: make([][]int, len(doc.Sentences)), surface: map[string][]int{}, names: map[string][]string{}, asked: map[string]who{}}
	for i := range doc.Mentions {
		m := &doc.Mentions[i]
		c.mentions[m.Sentence] = append(c.mentions[m.Sentence], i)
		if len(m.Parties) == 0 && m.Agent == "" {
			continue
		}
		start, end := doc.Sentences[m.Sentence].Span(m.First, m.Last)
		key := nameKey(doc.Article.Text[start:end])
		c.surface[key] = append(c.surface[key], i)
	}
	for id, e := range doc.Entities {
		for _, name := range append([]string{id, e.Name}, e.Aliases...) {
			if key := nameKey(name); key != "" && !slices.Contains(c.names[key], id) {
				c.names[key] = append(c.names[key], id)
			}
		}
	}
	return c
}

// nameKey is a name folded, without its article, its genitive and the stops of its abbreviations.
func nameKey(s string) string {
	s = strings.ReplaceAll(fold(s), ".", "")
	s = strings.TrimPrefix(s, "the ")
	return strings.TrimSuffix(strings.TrimSuffix(s, "'s"), "'")
}

// in are the mentions in the quoted sentences.
func (c *cast) in(at place) []int {
	var out []int
	for n := at.first; n <= at.last; n++ {
		out = append(out, c.mentions[n]...)
	}
	return out
}

// find is whom a name stands for at a place: a mention of those words there, else an entity of the article of that name, else a mention of those words
// elsewhere, else what the resolver makes of the name by itself where that is in the article.
func (c *cast) find(name string, at place) (who, bool) {
	key := nameKey(name)
	if key == "" {
		return who{}, false
	}
	hits := c.surface[key]
	for _, i := range hits {
		if m := &c.doc.Mentions[i]; m.Sentence >= at.first && m.Sentence <= at.last && !m.Modifier {
			return who{m.Parties, m.Agent}, true
		}
	}
	if ids := c.names[key]; len(ids) == 1 {
		return c.entity(ids[0], at), true
	}
	if w, ok := c.elsewhere(hits, at); ok {
		return w, true
	}
	return c.alone(name)
}

// elsewhere is whom the nearest of the mentions before the place, else the first behind it, stands for. Pronouns mean nothing elsewhere, and "the
// alliance" only where it means the same throughout.
func (c *cast) elsewhere(hits []int, at place) (who, bool) {
	best := -1
	for _, i := range hits {
		m := &c.doc.Mentions[i]
		if m.Kind == extract.Pronoun || m.Kind == extract.Nominal && !slices.Equal(m.Parties, c.doc.Mentions[hits[0]].Parties) {
			return who{}, false
		}
		if best < 0 || m.Sentence <= at.first {
			best = i
		}
	}
	if best < 0 {
		return who{}, false
	}
	m := &c.doc.Mentions[best]
	return who{m.Parties, m.Agent}, true
}

// entity is an entity of the article; a person with whom he or she acts for, as the nearest mention up to the place has it.
func (c *cast) entity(id string, at place) who {
	if c.doc.Entities[id].Kind != schema.Person {
		return who{ids: []string{id}}
	}
	var w who
	for i := range c.doc.Mentions {
		m := &c.doc.Mentions[i]
		if m.Sentence > at.last && w.agent != "" {
			break
		}
		if m.Agent == id && (len(m.Parties) > 0 || w.agent == "") {
			w = who{m.Parties, id}
		}
	}
	if w.agent == "" {
		return who{ids: []string{id}}
	}
	return w
}

// maxName bounds what is resolved as a name, in bytes.
const maxName = 120

// alone reads the name as if it were a text: "the Russian Federation" where the article says "Moscow". Only who is in the article counts.
func (c *cast) alone(name string) (who, bool) {
	if len(name) > maxName {
		return who{}, false
	}
	if w, ok := c.asked[name]; ok {
		return w, w.agent != "" || len(w.ids) > 0
	}
	var w who
	doc, err := c.rules.Read(context.Background(), schema.Article{ID: "name", Published: c.doc.Article.Published, Text: name})
	if err == nil {
		w = c.known(doc)
	}
	c.asked[name] = w
	return w, w.agent != "" || len(w.ids) > 0
}

// known is the first mention of doc whose parties are all in the cast.
func (c *cast) known(doc *extract.Doc) who {
	has := func(id string) bool { _, ok := c.doc.Entities[id]; return ok }
	for i := range doc.Mentions {
		m := &doc.Mentions[i]
		if m.Modifier || len(m.Parties) == 0 || !slices.ContainsFunc(m.Parties, has) || slices.ContainsFunc(m.Parties, func(id string) bool { return !has(id) }) {
			continue
		}
		w := who{ids: m.Parties}
		if has(m.Agent) {
			w.agent = m.Agent
		}
		return w
	}
	return who{}
}

// times are the expressions of time of the article that the model's words hold, or that hold them: those of the quoted sentences, else of
// their paragraph, else the nearest before, else the first.
func (c *cast) times(words string, at place) []extract.Time {
	words = " " + strings.Trim(fold(words), ` .,;"'`) + " "
	type hit struct {
		x   extract.Time
		far int // 0 in the quoted sentences, 1 in the paragraph, 2 before, 3 behind
	}
	var hits []hit
	for _, x := range c.doc.Times {
		if x.Date == "" {
			continue
		}
		s := &c.doc.Sentences[x.Sentence]
		start, end := s.Span(x.First, x.Last)
		text := " " + fold(c.doc.Article.Text[start:end]) + " "
		if !strings.Contains(words, text) && !(len(strings.TrimSpace(words)) > 2 && strings.Contains(text, words)) {
			continue
		}
		far := 3
		switch {
		case x.Sentence >= at.first && x.Sentence <= at.last:
			far = 0
		case s.Paragraph == c.doc.Sentences[at.first].Paragraph:
			far = 1
		case x.Sentence < at.first:
			far = 2
		}
		hits = append(hits, hit{x, far})
	}
	slices.SortStableFunc(hits, func(a, b hit) int { return cmp.Compare(a.far, b.far) })
	var out []extract.Time
	for _, h := range hits {
		if h.far == hits[0].far {
			out = append(out, h.x)
		}
	}
	if len(out) > 1 && hits[0].far == 2 {
		out = out[len(out)-1:]
	}
	return out
}
