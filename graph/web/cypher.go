package web

import (
	"net/url"
)

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
