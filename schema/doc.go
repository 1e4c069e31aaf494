// Package schema is Entente's vocabulary: articles, entities, the relation types of PLOVER and three ties, triples, the evidence for
// them, and the reading that holds what one article says. Every other package speaks in these types; schema itself imports only the
// standard library.
//
// A [Triple] is an identity (who, what, whom, when); an [Evidence] is what one passage of one article says about it. What a triple
// looks like as a whole (its status, its sources) is derived from its evidences by the stores of package graph, never written by hand.
//
// Every type that appears in golden files has a String and a Parse that reads it back:
//
//	NATO AGREE RUS 2010-12-08
//	dmitry-rogozin REPRESENTS RUS "ambassador to NATO"
package schema
