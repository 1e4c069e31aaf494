package export

import (
	"bufio"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"
	"unicode"

	"entente/graph"
	"entente/schema"
)

// The vocabularies of the N-Quads. Ours is a URN: the project has no place on the web to keep.
const (
	rdfNS  = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
	rdfsNS = "http://www.w3.org/2000/01/rdf-schema#"
	skosNS = "http://www.w3.org/2004/02/skos/core#"
	owlNS  = "http://www.w3.org/2002/07/owl#"
	provNS = "http://www.w3.org/ns/prov#"
	dctNS  = "http://purl.org/dc/terms/"
	xsdNS  = "http://www.w3.org/2001/XMLSchema#"
	ours   = "urn:entente:"
)

func quadColumns() []Column {
	return []Column{
		{"urn:entente:entity:ID", "an entity: rdf:type urn:entente:State (Organization, Person, Group, Place), rdfs:label, skos:altLabel, urn:entente:iso3, :cow, :gw, owl:sameAs its Wikidata entity"},
		{"urn:entente:triple:ID", "an act or tie: rdf:type urn:entente:Event or :Tie, urn:entente:subject, :relation, :object, :role, :mode, :context, :status, :score, :sources, :confidence"},
		{"urn:entente:when", "its date as text at its own precision; urn:entente:reported the day of a report that gives none"},
		{"dct:date", "the date as xsd:date, xsd:gYearMonth or xsd:gYear; of a range urn:entente:from and :to"},
		{"urn:entente:relation:TYPE", "predicate: subject TYPE object, in the named graph of each evidence that asserts it and in no other graph"},
		{"urn:entente:evidence:ID", "the named graph, in the default graph: urn:entente:about its triple, :quote, :status, :start, :end, :speaker, :rule, :confidence, prov:wasDerivedFrom its article, prov:wasAttributedTo its extractor"},
		{"urn:entente:article:ID", "an article: dct:title, dct:issued, dct:publisher, dct:source its address"},
	}
}

// quads writes statements.
type quads struct {
	w *bufio.Writer
	n int
}

// iri is an absolute IRI as N-Quads wants it; id is escaped so that any id is a part of it.
func iri(prefix, id string) string { return "<" + prefix + escapeIRI(id) + ">" }

func escapeIRI(id string) string {
	var b strings.Builder
	for _, r := range id {
		if r <= ' ' || strings.ContainsRune("<>\"{}|\\^`%", r) || r == unicode.ReplacementChar || unicode.IsControl(r) || unicode.IsSpace(r) {
			b.WriteString(url.PathEscape(string(r)))
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}

// literal is a plain string, typed one of a datatype.
func literal(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		switch r {
		case '"', '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case '\n':
			b.WriteString(`\n`)
		case '\r':
			b.WriteString(`\r`)
		case '\t':
			b.WriteString(`\t`)
		default:
			if r < 0x20 || r == 0x7f {
				fmt.Fprintf(&b, `\u%04X`, r)
				continue
			}
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}

func typed(s, datatype string) string { return literal(s) + "^^<" + xsdNS + datatype + ">" }

// add writes one statement, of the default graph where in is empty; an empty object is left out.
func (q *quads) add(subject, predicate, object, in string) error {
	if object == "" {
		return nil
	}
	if in != "" {
		in = " " + in
	}
	q.n++
	_, err := fmt.Fprintf(q.w, "%s <%s> %s%s .\n", subject, predicate, object, in)
	return err
}

// fact is a predicate with its object.
type fact struct{ predicate, object string }

func (q *quads) describe(subject string, facts []fact) error {
	for _, f := range facts {
		if err := q.add(subject, f.predicate, f.object, ""); err != nil {
			return err
		}
	}
	return nil
}

func optional(s string) string {
	if s == "" {
		return ""
	}
	return literal(s)
}

func entityIRI(id string) string {
	if id == "" {
		return ""
	}
	return iri(ours+"entity:", id)
}

func writeNQuads(e *export) error {
	q := &quads{w: bufio.NewWriter(e.w)}
	for _, id := range slices.Sorted(maps.Keys(e.entities)) {
		if err := q.entity(e.entities[id]); err != nil {
			return err
		}
	}
	articles := map[string]bool{}
	for t, err := range e.triples() {
		if err != nil {
			return err
		}
		if err := q.triple(t); err != nil {
			return err
		}
		for _, ev := range t.Evidences {
			if err := q.evidence(t, ev, !articles[ev.Article]); err != nil {
				return err
			}
			articles[ev.Article] = true
		}
	}
	e.result.Rows = q.n
	return q.w.Flush()
}

func (q *quads) entity(x schema.Entity) error {
	facts := []fact{{rdfNS + "type", "<" + ours + x.Kind.Label() + ">"}, {rdfsNS + "label", literal(x.Name)}}
	for _, a := range x.Aliases {
		facts = append(facts, fact{skosNS + "altLabel", literal(a)})
	}
	for _, c := range []string{"iso3", "cow", "gw"} {
		facts = append(facts, fact{ours + c, optional(x.Codes[c])})
	}
	if w := x.Codes["wikidata"]; w != "" {
		facts = append(facts, fact{owlNS + "sameAs", iri("http://www.wikidata.org/entity/", w)})
	}
	facts = append(facts, fact{ours + "state", entityIRI(x.State)})
	return q.describe(entityIRI(x.ID), facts)
}

func (q *quads) triple(t graph.Triple) error {
	class := "Event"
	if t.Relation.Info().Tie {
		class = "Tie"
	}
	facts := []fact{
		{rdfNS + "type", "<" + ours + class + ">"}, {ours + "subject", entityIRI(t.Subject)}, {ours + "relation", iri(ours+"relation:", string(t.Relation))}, {ours + "object", entityIRI(t.Object)},
		{ours + "role", optional(t.Role)}, {ours + "mode", optional(t.Mode)}, {ours + "status", literal(string(t.Status))},
		{ours + "score", typed(shown(t.Score), "decimal")}, {ours + "sources", typed(shown(t.Sources), "integer")}, {ours + "confidence", typed(shown(t.Confidence), "decimal")},
		{ours + "when", optional(string(t.Date))}, {ours + "reported", dated(t.Reported)},
	}
	if from, to, ok := strings.Cut(string(t.Date), "/"); ok {
		facts = append(facts, fact{ours + "from", dated(schema.Date(from))}, fact{ours + "to", dated(schema.Date(to))})
	} else {
		facts = append(facts, fact{dctNS + "date", dated(t.Date)})
	}
	for _, c := range t.Contexts {
		facts = append(facts, fact{ours + "context", literal(c)})
	}
	return q.describe(iri(ours+"triple:", t.ID), facts)
}

// dated is a date with the datatype of its precision.
func dated(d schema.Date) string {
	switch d.Precision() {
	case schema.PrecisionDay:
		return typed(string(d), "date")
	case schema.PrecisionMonth:
		return typed(string(d), "gYearMonth")
	case schema.PrecisionYear:
		return typed(string(d), "gYear")
	}
	return ""
}

func (q *quads) evidence(t graph.Triple, ev graph.Evidence, describeArticle bool) error {
	name, article := iri(ours+"evidence:", ev.ID), iri(ours+"article:", ev.Article)
	if ev.Status == schema.Asserted {
		if err := q.add(entityIRI(t.Subject), ours+"relation:"+string(t.Relation), entityIRI(t.Object), name); err != nil {
			return err
		}
	}
	err := q.describe(name, []fact{
		{rdfNS + "type", "<" + ours + "Evidence>"}, {ours + "about", iri(ours+"triple:", t.ID)}, {ours + "quote", literal(ev.Quote)}, {ours + "status", literal(string(ev.Status))},
		{ours + "start", typed(shown(ev.Start), "integer")}, {ours + "end", typed(shown(ev.End), "integer")}, {ours + "speaker", entityIRI(ev.Speaker)}, {ours + "agent", entityIRI(ev.Agent)},
		{ours + "rule", optional(ev.Rule)}, {ours + "confidence", typed(shown(ev.Confidence), "decimal")}, {provNS + "wasDerivedFrom", article}, {provNS + "wasAttributedTo", iri(ours+"extractor:", ev.Extractor)},
	})
	if err != nil || !describeArticle {
		return err
	}
	return q.describe(article, []fact{
		{rdfNS + "type", "<" + ours + "Article>"}, {dctNS + "title", optional(ev.Title)}, {dctNS + "issued", dated(ev.Published)}, {dctNS + "publisher", optional(ev.Source)}, {dctNS + "source", optional(ev.URL)},
	})
}
