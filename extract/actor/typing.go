package actor

import (
	"strconv"
	"strings"
	"unicode"

	"entente/extract"
	"entente/extract/actor/typing"
)

// typeFeatures are what the model that types names may see of unit k, a run of proper nouns. From index identity on they tell the words themselves:
// the trainer leaves them out at random, so that the others learn to do without.
func (r *Resolver) typeFeatures(t *text, k int) (f typing.Features, identity int) {
	u := &t.units[k]
	f = make(typing.Features, 0, 64)
	n := u.last - u.first
	first, last := t.folded[u.first], t.folded[u.last-1]
	f.Add("n", strconv.Itoa(min(n, 5)))
	for i := u.first; i < u.last; i++ {
		f.Add("ws", shapeClass(t.s.Tokens[i].Text))
		if w := r.words[t.folded[i]] & (wCompany | wNotPerson | wParticle | wPortfolio); w != 0 {
			f.Add("wc", strconv.FormatUint(uint64(w), 16), strconv.FormatBool(i == u.last-1))
		}
		if isInitial(t.s.Tokens[i].Text) {
			f.Add("initial", strconv.Itoa(min(i-u.first, 1)))
		}
	}
	f.Add("given", strconv.FormatBool(r.lex.given[first]), strconv.FormatBool(n > 1))
	f.Add("given-last", strconv.FormatBool(r.lex.given[last]))
	f.Add("family", strconv.FormatBool(len(r.lex.persons[last]) > 0), strconv.FormatBool(n > 1))
	f.Add("initialword", strconv.FormatBool(u.first == 0 || u.first == 1 && t.s.Tokens[0].UPOS == "PUNCT"), strconv.Itoa(min(n, 2)))
	f.Add("common", strconv.FormatBool(t.common.has(first)), strconv.FormatBool(t.common.has(last)), strconv.Itoa(min(n, 2)))
	f.Add("human", strconv.Itoa(humanPronoun(t, u)), strconv.Itoa(min(n, 2)))
	r.contextFeatures(&f, t, k)
	r.treeFeatures(&f, t, u)
	identity = len(f)
	for i := u.first; i < u.last; i++ {
		f.Add("w", t.folded[i])
	}
	f.Add("first", first, strconv.FormatBool(n > 1))
	f.Add("last", last, strconv.FormatBool(n > 1))
	for _, w := range []string{first, last} {
		f.Add("suffix3", w[max(0, len(w)-3):])
		f.Add("suffix2", w[max(0, len(w)-2):])
		f.Add("prefix3", w[:min(3, len(w))])
	}
	return f, identity
}

// humanPronoun tells where in the sentence of u "he", "her" or "who" stands: 0 nowhere, 1 before it, 2 after it, 3 just behind a comma after it.
func humanPronoun(t *text, u *unit) int {
	found := 0
	for i, w := range t.folded {
		if pronouns[w] != refHe && w != "who" && w != "himself" && w != "herself" {
			continue
		}
		switch {
		case i < u.first:
			found = 1
		case i == u.last+1:
			return 3
		default:
			return 2
		}
	}
	return found
}

func (r *Resolver) contextFeatures(f *typing.Features, t *text, k int) {
	u := &t.units[k]
	at := func(i int) (word, tag string) {
		if i < 0 || i >= len(t.s.Tokens) {
			return "|", "|"
		}
		return strings.ToLower(t.s.Tokens[i].Text), t.s.Tokens[i].XPOS
	}
	n := strconv.Itoa(min(u.last-u.first, 2))
	p1, pt := at(u.first - 1)
	p2, pt2 := at(u.first - 2)
	n1, nt := at(u.last)
	n2, nt2 := at(u.last + 1)
	f.Add("p1", p1, n)
	f.Add("p2", p2)
	f.Add("n1", n1, n)
	f.Add("n2", n2)
	f.Add("p2p1", p2, p1)
	f.Add("n1n2", n1, n2)
	f.Add("p1n1", p1, n1)
	f.Add("pt", pt, nt, n)
	f.Add("pt2", pt2, pt)
	f.Add("nt2", nt, nt2)
	if k > 0 {
		p := &t.units[k-1]
		f.Add("pclass", strconv.Itoa(int(p.class)), strconv.FormatUint(uint64(p.words), 16))
		if o, _ := p.officeOf(); o != nil {
			f.Add("poffice", o.Kind, o.Form)
		}
	}
	if k+1 < len(t.units) {
		p := &t.units[k+1]
		f.Add("nclass", strconv.Itoa(int(p.class)), strconv.FormatUint(uint64(p.words), 16))
		if o, _ := p.officeOf(); o != nil {
			f.Add("noffice", o.Kind, o.Form)
		}
	}
	f.Add("rule", strconv.Itoa(max(-4, min(6, r.context(t, k, u.last-u.first)))), n)
}

func (r *Resolver) treeFeatures(f *typing.Features, t *text, u *unit) {
	if !t.s.Parsed {
		return
	}
	for i := u.first; i < u.last; i++ {
		tok := &t.s.Tokens[i]
		if tok.Head >= u.first && tok.Head < u.last {
			continue
		}
		f.Add("label", tok.Label)
		if tok.Head >= 0 {
			h := &t.s.Tokens[tok.Head]
			f.Add("head", tok.Label, h.Lemma)
			f.Add("headtag", tok.Label, h.XPOS)
		}
		for j := range t.s.Tokens {
			c := &t.s.Tokens[j]
			if c.Head == i && (j < u.first || j >= u.last) && c.UPOS != "PUNCT" {
				f.Add("child", c.Label)
				f.Add("childword", c.Label, c.Lemma)
			}
		}
		return
	}
}

// shapeClass is how a word is written: "Xx", "XX", "X.", with digits.
func shapeClass(s string) string {
	var b []byte
	for _, r := range s {
		c := byte('.')
		switch {
		case unicode.IsUpper(r):
			c = 'X'
		case unicode.IsLetter(r):
			c = 'x'
		case unicode.IsDigit(r):
			c = '0'
		}
		if len(b) == 0 || b[len(b)-1] != c {
			b = append(b, c)
		}
		if len(b) == 5 {
			break
		}
	}
	return string(b)
}

// Candidate is a run of proper nouns with what the model that types names sees of it.
type Candidate struct {
	Sentence    int
	First, Last int
	Features    typing.Features
	Identity    int // the features from here on tell the words themselves
}

// Candidates lists the runs of proper nouns of doc that the model is asked about, for the program that trains it.
func (r *Resolver) Candidates(doc *extract.Doc) []Candidate {
	var out []Candidate
	common := &vocabulary{doc: doc}
	for i := range doc.Sentences {
		t := r.segment(&doc.Sentences[i], i, doc.Article.Published)
		t.common = common
		for k := range t.units {
			if u := &t.units[k]; u.run {
				f, identity := r.typeFeatures(t, k)
				out = append(out, Candidate{i, u.first, u.last, f, identity})
			}
		}
	}
	return out
}
