package token

import "github.com/jdkato/prose/v2"

// proseTokenizer lets prose cut a stretch of text without white space into words. Prose has no offsets, loses text in some words with an
// apostrophe inside, and makes typographic quotes plain; cuts takes its tokens as proposals and finds them again in the text.
// Its tagger, its names and its segmenter (which rebuilds its model for every document) stay off.
type proseTokenizer struct {
	model *prose.Model
}

// newProse loads prose once; the model is empty because nothing but the tokenizer is asked for.
func newProse() *proseTokenizer {
	d, err := prose.NewDocument("", prose.WithSegmentation(false), prose.WithTagging(false), prose.WithExtraction(false))
	if err != nil {
		return &proseTokenizer{} // prose makes an empty model for each call then
	}
	return &proseTokenizer{d.Model}
}

// words are the texts of the tokens that prose sees in chunk, in order; not all of chunk need be in one.
func (p *proseTokenizer) words(chunk string) []string {
	d, err := prose.NewDocument(chunk, prose.UsingModel(p.model), prose.WithSegmentation(false), prose.WithTagging(false), prose.WithExtraction(false))
	if err != nil {
		return nil
	}
	tokens := d.Tokens()
	out := make([]string, len(tokens))
	for i, t := range tokens {
		out[i] = t.Text
	}
	return out
}
