// Package event reads acts out of trees: who did what to whom. The way of a sentence:
//
//  1. scene.go     indexes the tree: children, cases, the mention at each token
//  2. lexicon.go   finds the predicates that predicates.tsv knows: verbs, event nouns, adjectives
//  3. argument.go  finds who stands where a row says its parties stand
//  4. operator.go  lets outer predicates turn inner ones: "refused to meet" is a REJECT, "plans to visit" a CONSULT to come
//  5. status.go    reads negation, future and supposition with their scope
//  6. speaker.go   finds who says so
//  7. dating.go    gives each act the expression of time that belongs to its clause
//  8. read.go      makes the triples
//
// Nothing is said of a clause that no row fits: there is no default type.
package event
