package web

import (
	"entente/schema"
)

type vocabularyPage struct {
	Relations []relationInfo
	Statuses  []param
}

type relationInfo struct {
	Relation, Label, Definition, QuadLabel, Score, Modes string
	Quad                                                 int
	Symmetric                                            bool
}

// vocabulary is the page of what the words and colours mean.
func (s *Site) vocabulary(r *request) (*answer, error) {
	var p vocabularyPage
	rows := [][]string{}
	for _, i := range schema.Relations() {
		row := relationInfo{Relation: string(i.Relation), Label: i.Label, Definition: i.Definition, QuadLabel: quadLabel(i.Relation), Quad: quadClass(i.Relation), Symmetric: i.Symmetric}
		if !i.Tie {
			row.Score = signed(i.Score)
		}
		for j, m := range i.Modes {
			if j > 0 {
				row.Modes += ", "
			}
			row.Modes += m.Name + " " + signed(m.Score)
		}
		p.Relations = append(p.Relations, row)
		rows = append(rows, []string{row.Relation, row.Label, row.Definition, row.QuadLabel, number(i.Score)})
	}
	if r.format != "html" {
		return r.file("vocabulary", []string{"relation", "label", "definition", "class", "score"}, rows, schema.Relations())
	}
	p.Statuses = []param{
		{string(schema.Asserted), "an article says it happened, none says it did not"},
		{string(schema.Disputed), "one says it happened, another that it did not"},
		{string(schema.Denied), "articles say only that it did not"},
		{string(schema.Planned), "announced, promised or scheduled, not yet reported as done"},
		{string(schema.Hypothetical), "it may be, could be, or is hoped for"},
	}
	return r.page("vocabulary", &page{Title: "Words and colours", Here: "/vocabulary", Downloads: downloads("/vocabulary", filter{}, "csv", "json"), Body: p})
}
