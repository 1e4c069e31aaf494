package web

import (
	"fmt"
	"net/url"
	"strconv"

	"entente/schema"
)

type networkPage struct {
	From, To string
	Top      int
	Tops     []choice
	Rows     []pairRow
	Total    int
	Picture  *picture
}

// mostNetwork is how many pairs a network may have.
const mostNetwork = 100

// network is the page of the strongest pairs of a period.
func (s *Site) network(r *request) (*answer, error) {
	top := 30
	if v := r.URL.Query().Get("top"); v != "" {
		var err error
		if top, err = strconv.Atoi(v); err != nil || top < 1 || top > mostNetwork {
			return nil, badRequest("Pairs %q: want a number from 1 to %d.", clip(v, 20), mostNetwork)
		}
	}
	pairs, err := r.pairsOfPeriod()
	if err != nil {
		return nil, err
	}
	some := pairs[:min(top, len(pairs))]
	f := filter{From: r.filter.From, To: r.filter.To}
	title := "Network" + period(f)
	switch r.format {
	case "csv", "json":
		return r.pairFile("network", some)
	case "svg":
		return r.networkPicture(some, title)
	}
	path := at("/network", url.Values{"top": {strconv.Itoa(top)}}, 0)
	p := networkPage{From: string(f.From), To: string(f.To), Top: top, Rows: r.sn.pairRows(some), Total: len(pairs)}
	if p.Picture, err = r.networkFigure(some, title, svgAt(path, f.values())); err != nil {
		return nil, err
	}
	for _, n := range []int{10, 30, 60, mostNetwork} {
		p.Tops = append(p.Tops, choice{strconv.Itoa(n), fmt.Sprint(n, " pairs"), n == top})
	}
	return r.page("network", &page{Title: title, Here: "/network", Downloads: downloads(path, f, "csv", "json", "svg"), Body: p})
}

// period is " 2010 to 2012", " from 2010", empty where the filter has none.
func period(f filter) string {
	switch {
	case f.From != "" && f.From == f.To:
		return ", " + string(f.From)
	case f.From != "" && f.To != "":
		return ", " + string(f.From) + " to " + string(f.To)
	case f.From != "":
		return ", from " + string(f.From)
	case f.To != "":
		return ", to " + string(f.To)
	}
	return ""
}

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

type cypherPage struct {
	Statement string
	Asked     bool
	Columns   []string
	Rows      [][]string
	More      bool
	Error     string
	Examples  []link
}

// Bounds of the Cypher page.
const (
	longestStatement = 4000 // bytes
	mostRows         = 1000
)

// cypher is the page that asks the graph in Cypher.
func (s *Site) cypher(r *request) (*answer, error) {
	if s.o.Querier == nil {
		return nil, notFound("This store cannot be asked in Cypher.")
	}
	statement := r.URL.Query().Get("q")
	if len(statement) > longestStatement {
		return nil, badRequest("The statement has more than %d bytes.", longestStatement)
	}
	p := cypherPage{Statement: statement, Asked: statement != ""}
	for _, q := range []string{
		"MATCH (a:Entity)-[r:ACCUSE]->(b:Entity) RETURN a.name, b.name, r.date ORDER BY r.date LIMIT 20",
		"MATCH (a)-[d:DYAD]->(b) RETURN a.name, b.name, d.events, d.net ORDER BY d.events DESC LIMIT 20",
	} {
		p.Examples = append(p.Examples, link{Text: q, Href: at("/cypher", url.Values{"q": {q}}, 0)})
	}
	if p.Asked {
		release, err := s.take(r.ctx, s.loads) // so that statements that take long leave room for pages
		if err != nil {
			return nil, err
		}
		defer release()
		if p.Columns, p.Rows, p.More, err = s.o.Querier.Query(r.ctx, statement, mostRows); err != nil {
			if r.ctx.Err() != nil {
				return nil, r.ctx.Err()
			}
			if r.format != "html" {
				return nil, badRequest("%s", clip(err.Error(), longestQuote))
			}
			p.Error = clip(err.Error(), longestQuote)
		}
	}
	if r.format != "html" {
		return r.cypherFile(p)
	}
	for _, row := range p.Rows {
		for i := range row {
			row[i] = clip(row[i], longestQuote)
		}
	}
	pg := &page{Title: "Cypher", Here: "/cypher", Body: p}
	if p.Asked && p.Error == "" {
		pg.Downloads = downloads(at("/cypher", url.Values{"q": {statement}}, 0), filter{}, "csv", "json")
	}
	return r.page("cypher", pg)
}

func (r *request) cypherFile(p cypherPage) (*answer, error) {
	rows := make([][]string, len(p.Rows))
	objects := make([]map[string]string, len(p.Rows))
	for i, row := range p.Rows {
		objects[i] = map[string]string{}
		for j, v := range row {
			rows[i] = append(rows[i], cell(v))
			objects[i][p.Columns[j]] = v
		}
	}
	return r.file("cypher", p.Columns, rows, objects)
}
