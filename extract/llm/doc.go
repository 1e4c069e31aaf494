// Package llm is the second extractor: it asks a language model behind an OpenAI-compatible chat server, and believes nothing the model says
// that the article does not bear out. The way of an article:
//
//  1. rules     reads sentences, times and parties; with Options.Both also the acts
//  2. passage   cuts the article at paragraphs, with what a passage needs to be understood: day, title, dateline, parties so far
//  3. prompt    says what counts as a triple, from the table of relations
//  4. client    asks, waits where the server says so, and falls back where it lacks something; cache and budget stand before it
//  5. answer    takes the triples out of what came back, whatever stands around them
//  6. gate      keeps those whose quote stands in the article, whose words the vocabulary has, whose parties and dates the steps of extract
//     find there; all else is dropped, counted and listed
//
// The model is asked for quotes and names, never for offsets, ids or dates: those are worked out from the article.
package llm
