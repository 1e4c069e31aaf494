// Package export writes what a store holds as files that other programs open: rows for statistics (panel, icews, polecat, gdelt, csv, jsonl,
// parquet), graphs (graphml, gexf, dot, nquads, ftm) and reports of one timeline (html, markdown, timelinejs). docs/export.md says what is in each
// column. The same store gives the same bytes.
package export

import (
	"cmp"
	"encoding/json"
	"fmt"
	"html"
	"html/template"
	"io"
	"strings"

	"entente/graph"
	"entente/graph/draw"
	"entente/schema"
)

// Report is one timeline as a document.
type Report struct {
	Title    string
	Names    draw.Names
	Moments  []graph.Moment // in the order of graph.Timeline
	By       graph.Period   // of the score; empty: as the span suggests
	From, To schema.Date    // what was asked for; empty: open
}

// Chart is the picture of the report.
func (r Report) Chart() draw.Chart {
	return draw.Chart{Title: r.Title, Names: r.Names, Moments: r.Moments, From: r.From, To: r.To, By: r.By}
}

// Triples are those of all moments, in order.
func (r Report) Triples() []graph.Triple {
	var out []graph.Triple
	for _, m := range r.Moments {
		out = append(out, m.Triples...)
	}
	return out
}

// reportPage is a page that needs nothing else: no scripts, and a policy that allows none.
var reportPage = template.Must(template.New("report").Parse(`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{.Title}}</title>
<style>
body { font: 16px/1.5 system-ui, sans-serif; color: #222; max-width: 60rem; margin: 1rem auto; padding: 0 1rem; }
svg { max-width: 100%; height: auto; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .4rem .6rem; border-top: 1px solid #ddd; }
td.date { white-space: nowrap; }
blockquote { margin: 0 0 .4rem; }
cite { color: #595959; font-style: normal; font-size: .9em; }
@media (max-width: 40rem) { table, tbody, tr, td { display: block; } thead { display: none; } td { border: 0; padding: .1rem 0; } tr { border-top: 1px solid #ddd; padding: .5rem 0; display: block; } }
@media print { body { max-width: none; } tr { break-inside: avoid; } }
</style>
</head>
<body>
<h1 dir="auto">{{.Title}}</h1>
{{range .Outline}}<p>{{.}}</p>
{{end}}{{.Picture}}
<h2>Events and ties</h2>
<table>
<thead><tr><th scope="col">date</th><th scope="col">act</th><th scope="col">status</th><th scope="col">evidence</th></tr></thead>
<tbody>
{{range .Rows}}<tr id="t-{{.ID}}"><td class="date">{{.When}}</td><td><bdi>{{.Subject}}</bdi> {{.Label}} <bdi>{{.Object}}</bdi>{{with .Extra}} ({{.}}){{end}}</td><td>{{.Status}}</td><td>
{{range .Evidence}}<blockquote dir="auto">“{{.Quote}}” <cite>{{.Status}}{{with .Speaker}}, said by <bdi>{{.}}</bdi>{{end}}; {{if .URL}}<a href="{{.URL}}">{{.Source}}</a>{{else}}{{.Source}}{{end}}</cite></blockquote>
{{end}}</td></tr>
{{end}}</tbody>
</table>
<p>~ the day of the report: the article does not say when it happened.</p>
</body>
</html>
`))

// reportRow is a triple on the page.
type reportRow struct {
	ID, When, Subject, Label, Object, Extra string
	Status                                  schema.Status
	Evidence                                []reportEvidence
}

type reportEvidence struct {
	Quote, Speaker, Source, URL string
	Status                      schema.Status
}

// HTML writes the report as one page: figures, picture, and a table of all acts with all their evidence.
func (r Report) HTML(w io.Writer) error {
	var picture strings.Builder
	chart := r.Chart()
	chart.NoKey = true
	chart.Link = func(t graph.Triple) string { return "#t-" + t.ID }
	if err := draw.Timeline(&picture, chart); err != nil {
		return err
	}
	page := struct {
		Title   string
		Outline []string
		Picture template.HTML
		Rows    []reportRow
	}{Title: r.Title, Outline: graph.NewOutline(r.Triples(), r.By).Lines(), Picture: template.HTML(picture.String())} // draw escapes
	for _, t := range r.Triples() {
		page.Rows = append(page.Rows, r.row(t))
	}
	return reportPage.Execute(w, page)
}

func (r Report) row(t graph.Triple) reportRow {
	row := reportRow{
		ID: t.ID, When: when(t), Subject: r.Names.Of(t.Subject), Label: t.Relation.Info().Label, Object: r.Names.Of(t.Object),
		Extra: strings.Trim(t.Role+", "+t.Mode, ", "), Status: t.Status,
	}
	for _, e := range t.Evidences {
		speaker := ""
		if e.Speaker != "" {
			speaker = r.Names.Of(e.Speaker)
		}
		row.Evidence = append(row.Evidence, reportEvidence{Quote: oneLine(e.Quote), Speaker: speaker, Source: sourceOf(e), URL: e.URL, Status: e.Status})
	}
	return row
}

// when is the date of a triple for people: "~" marks the day of a report that gives none.
func when(t graph.Triple) string {
	switch {
	case t.Date != "":
		return string(t.Date)
	case t.Reported != "":
		return "~" + string(t.Reported)
	case t.From != "" || t.To != "":
		return string(t.From) + ".." + string(t.To)
	}
	return "no date"
}

func sourceOf(e graph.Evidence) string {
	return strings.TrimSpace(cmp.Or(e.Source, e.Article) + " " + string(e.Published))
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// Markdown writes the report as text: figures, then a table of the acts with the most telling evidence of each.
func (r Report) Markdown(w io.Writer) error {
	var b strings.Builder
	fmt.Fprintf(&b, "# %s\n\n", markdown(r.Title))
	for _, l := range graph.NewOutline(r.Triples(), r.By).Lines() {
		fmt.Fprintf(&b, "%s\n\n", markdown(l))
	}
	triples := r.Triples()
	if len(triples) > 0 {
		b.WriteString("| date | act | status | evidence | source |\n|---|---|---|---|---|\n")
	}
	for _, t := range triples {
		row := r.row(t)
		act := row.Subject + " " + row.Label + " " + row.Object
		if row.Extra != "" {
			act += " (" + row.Extra + ")"
		}
		e, _ := t.Best()
		src := markdown(sourceOf(e))
		if more := t.Sources - 1; more > 0 {
			src += fmt.Sprintf(" +%d", more)
		}
		fmt.Fprintf(&b, "| %s | %s | %s | “%s” | %s |\n", row.When, markdown(act), row.Status, markdown(e.Quote), src)
	}
	if len(triples) > 0 {
		b.WriteString("\n~ the day of the report: the article does not say when it happened.\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// markdown is a text on one line in which nothing means anything to Markdown or, inside it, to HTML.
func markdown(s string) string {
	var b strings.Builder
	for _, r := range html.EscapeString(oneLine(s)) {
		if strings.ContainsRune("\\`*_{}[]|~#", r) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return strings.ReplaceAll(b.String(), "&\\#", "&#")
}

// tjsDate is a date of TimelineJS: its fields say how exact it is.
type tjsDate struct {
	Year  int    `json:"year"`
	Month int    `json:"month,omitempty"`
	Day   int    `json:"day,omitempty"`
	Shown string `json:"display_date,omitempty"`
}

type tjsText struct {
	Headline string `json:"headline"`
	Text     string `json:"text"`
}

type tjsSlide struct {
	ID    string   `json:"unique_id"`
	Group string   `json:"group"`
	Start tjsDate  `json:"start_date"`
	End   *tjsDate `json:"end_date,omitempty"`
	Text  tjsText  `json:"text"`
}

// TimelineJS writes the report as JSON of Knight Lab's TimelineJS 3: a slide an act, grouped by quad class, dates at their own precision. What has
// no date at all, not even of a report, cannot stand there: it is left out and counted in the title slide. Texts are escaped: that program shows
// them as HTML.
func (r Report) TimelineJS(w io.Writer) error {
	var doc struct {
		Title  map[string]tjsText `json:"title"`
		Events []tjsSlide         `json:"events"`
	}
	doc.Events = []tjsSlide{}
	left := 0
	for _, t := range r.Triples() {
		at := cmp.Or(t.When(), schema.Between(t.From, t.To), t.From, t.To)
		if at == "" {
			left++
			continue
		}
		doc.Events = append(doc.Events, r.slide(t, at))
	}
	text := graph.NewOutline(r.Triples(), r.By).String()
	if left > 0 {
		text += fmt.Sprintf(" Not shown: %d without any date.", left)
	}
	doc.Title = map[string]tjsText{"text": {html.EscapeString(r.Title), html.EscapeString(text)}}
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	return e.Encode(doc)
}

func (r Report) slide(t graph.Triple, at schema.Date) tjsSlide {
	row := r.row(t)
	from, to, isRange := strings.Cut(string(at), "/")
	s := tjsSlide{ID: t.ID, Group: cmp.Or(strings.ReplaceAll(string(t.Relation.Info().Quad), "-", " "), "ties"), Start: tjsDateOf(schema.Date(from))}
	s.Start.Shown = row.When
	if isRange {
		end := tjsDateOf(schema.Date(to))
		s.End = &end
	}
	s.Text.Headline = html.EscapeString(row.Subject + " " + row.Label + " " + row.Object)
	if t.Status != schema.Asserted {
		s.Text.Headline += " [" + string(t.Status) + "]"
	}
	for _, e := range row.Evidence {
		s.Text.Text += fmt.Sprintf("<p>“%s” (%s)</p>", html.EscapeString(e.Quote), html.EscapeString(e.Source))
	}
	return s
}

func tjsDateOf(d schema.Date) tjsDate {
	t := d.First()
	out := tjsDate{Year: t.Year()}
	if len(d) >= len("2006-01") {
		out.Month = int(t.Month())
	}
	if len(d) >= len("2006-01-02") {
		out.Day = t.Day()
	}
	return out
}
