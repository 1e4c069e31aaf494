package event

import (
	"entente/extract"
	"entente/schema"
)

// author is the official who signs a statement, where its first line is nothing but a name and an office ("Ana Torres, Foreign Minister"):
// what the statement says in the name of the state, the author says.
func author(doc *extract.Doc) party {
	if len(doc.Sentences) < 2 || doc.Sentences[0].Paragraph == doc.Sentences[1].Paragraph {
		return party{}
	}
	first := &doc.Sentences[0]
	for i := range first.Tokens {
		if u := first.Tokens[i].UPOS; u == "VERB" || u == "AUX" || first.Tokens[i].Text == "." {
			return party{}
		}
	}
	for i := range doc.Ties {
		if t := &doc.Ties[i]; t.Sentence == 0 && (t.Relation == schema.REPRESENTS || t.Relation == schema.LEADS) && !t.Former {
			return party{id: t.Object, agent: t.Subject}
		}
	}
	return party{}
}
