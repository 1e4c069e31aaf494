package admin

import "strings"

// layout is the columns of one file.
type layout struct {
	name     string
	label    string // of nodes; empty: a file of relationships
	from, to string // labels of the ends of relationships
	extra    bool   // nodes have more labels
	columns  []column
}

// column is a property with its type as the importer names it.
type column struct{ name, kind string }

func (l layout) file() string { return l.name + ".csv" }

// header is the first line. Ids of the nodes of one label are a space of their own.
func (l layout) header() []string {
	var h []string
	switch {
	case l.label == "":
		h = append(h, ":START_ID("+l.from+")", ":END_ID("+l.to+")", ":TYPE")
	case l.extra:
		h = append(h, ":LABEL")
	}
	for _, c := range l.columns {
		switch {
		case c.name == "id" && l.label != "":
			h = append(h, "id:ID("+l.label+")")
		case c.kind == "string":
			h = append(h, c.name)
		default:
			h = append(h, c.name+":"+c.kind)
		}
	}
	return h
}

// columns reads a list of properties: "name date:date aliases:string[]".
func columns(list string) []column {
	var out []column
	for word := range strings.FieldsSeq(list) {
		name, kind, ok := strings.Cut(word, ":")
		if !ok {
			kind = "string"
		}
		out = append(out, column{name, kind})
	}
	return out
}

// edgeColumns are the properties of the edges between parties, which the nodes of triples have too.
const edgeColumns = "id date:date dateEnd:date when basis score:double status sources:long confidence:double role since until from:date to:date firstSeen:date lastSeen:date"

// layouts are all files, those of nodes first.
func layouts() []layout {
	return []layout{
		{name: "entente", label: "Entente", columns: columns("id model:long")},
		{name: "decision", label: "Decision", columns: columns("id into by why at")},
		{name: "run", label: "Run", columns: columns("n:long started ended version extractor read:long failed:long json")},
		{name: "article", label: "Article", columns: columns("id digest title words when published:date publishedFrom source url text sha256 furniture:string[]")},
		{name: "entity", label: "Entity", extra: true, columns: columns("id kind name aliases:string[] state codes:string[] iso3 cow gw wikidata words")},
		{name: "triple", label: "Triple", extra: true, columns: columns(edgeColumns +
			" subject object type caption pair claim firstDay:long lastDay:long key reported undated quad mode contexts:string[] says:string[]")},
		{name: "reading", label: "Reading", columns: columns("id article extractor version digest name described:long entities:string[] triples:long")},
		{name: "description", label: "Description", columns: columns("id entity json")},
		{name: "evidence", label: "Evidence", columns: columns("id start:long end:long quote words status extractor n:long triple subject relation object role date reported " +
			"undated speaker agent objectAgent initiator mode place basis from to rule model mediators:string[] contexts:string[] group:long former:boolean confidence:double")},
		{name: "former", label: "Former", columns: columns("id")},
		{name: "triple_entity", from: "Triple", to: "Entity"},
		{name: "triple_evidence", from: "Triple", to: "Evidence"},
		{name: "evidence_article", from: "Evidence", to: "Article"},
		{name: "evidence_entity", from: "Evidence", to: "Entity"},
		{name: "reading_article", from: "Reading", to: "Article"},
		{name: "reading_description", from: "Reading", to: "Description"},
		{name: "former_triple", from: "Former", to: "Triple"},
		{name: "entity_entity", from: "Entity", to: "Entity", columns: columns(edgeColumns)},
		{name: "dyad", from: "Entity", to: "Entity", columns: columns("id events:long net:double coop:double conf:double first:date last:date")},
	}
}
