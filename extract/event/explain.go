package event

import (
	"entente/extract"
	"entente/schema"
)

// Predicate is a word of the lexicon found in a document, with what was made of it: the account of a decision, for people.
type Predicate struct {
	Sentence int             `json:"sentence"` // index in Doc.Sentences
	Token    int             `json:"token"`    // index in the sentence
	Word     string          `json:"word"`
	Row      string          `json:"row"`             // of predicates.tsv, as evidence names it
	Line     int             `json:"line"`            // of predicates.tsv, 1-based
	Under    string          `json:"under,omitempty"` // row of the predicate that governs it
	Type     schema.Relation `json:"type,omitempty"`
	Status   schema.Status   `json:"status"`
	Subject  []string        `json:"subject"` // ids of parties, of a person with an office "party (person)"
	Object   []string        `json:"object"`
	Guessed  bool            `json:"guessed,omitempty"` // the object does not come from the tree
	Triples  []schema.Triple `json:"triples,omitempty"`
	// Why says why there is no triple, or why there is none between some of the parties.
	Why string `json:"why,omitempty"`
}

// Explain tells what Read sees in a document, predicate by predicate in the order of the text.
func (r *Reader) Explain(doc *extract.Doc) []Predicate {
	var out []Predicate
	r.walk(doc, func(sc *scene, tr *trigger, ts []schema.Triple) {
		p := Predicate{
			Sentence: sc.index, Token: tr.token, Word: sc.token(tr.token).Text, Row: tr.row.Name(), Line: tr.row.Line, Type: tr.relation(), Status: sc.status(tr),
			Subject: tr.subject.names(), Object: tr.object.names(), Triples: ts, Why: tr.why,
		}
		if tr.outer != nil {
			p.Under = tr.outer.row.Name()
		}
		for _, o := range tr.object {
			p.Guessed = p.Guessed || o.guess
		}
		out = append(out, p)
	})
	return out
}

// names are the parties with the persons who act for them.
func (ps parties) names() []string {
	names := []string{}
	for _, p := range ps {
		if p.agent != "" {
			names = append(names, p.id+" ("+p.agent+")")
			continue
		}
		names = append(names, p.id)
	}
	return names
}
