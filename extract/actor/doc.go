// Package actor finds who is meant: it fills the Mentions, Ties and Entities of a document whose sentences are tagged and, where that was
// done, parsed.
//
//  1. names    every sentence falls into units: names and phrases of the tables (package tables), runs of proper nouns, function words
//  2. persons  runs that are persons are clustered over the whole document, so that a family name finds the full one
//  3. phrases  units around an office or a collective noun become one mention: whose it is, who holds it, and the tie that follows
//  4. places, metonyms, and names that only qualify a noun are told apart by the words and the tree around them
//  5. references (it, the two sides, the minister, we in a quotation) are resolved in the order of reading, nearest and most prominent first
//
// Everything the steps know of the world is in tables; what they know of English is in words.tsv.
package actor
