package rules

import (
	"entente/extract"
	"entente/schema"
)

// Acts is the reading of a document that Read returned: what Extract makes of its article. The error says which invariant of a reading the
// result breaks.
func (x *Extractor) Acts(doc *extract.Doc) (schema.Reading, error) {
	r := schema.Reading{Article: doc.Article, Triples: x.events.Read(doc), Extractor: x.Info()}
	r.Entities = Entities(doc, r.Triples)
	r.Normalize()
	if err := r.Check(); err != nil {
		return schema.Reading{}, err
	}
	return r, nil
}

// Entities are those of the document that the triples name, sorted by id.
func Entities(doc *extract.Doc, triples []schema.Triple) []schema.Entity {
	return entities(doc, triples)
}
