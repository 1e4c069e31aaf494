package web

import (
	"bufio"
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"

	"entente/graph"
	"entente/schema"
)

// contentTypes of the downloads.
var contentTypes = map[string]string{"csv": "text/csv; charset=utf-8", "json": "application/json; charset=utf-8", "svg": "image/svg+xml; charset=utf-8"}

// downloads lists the formats of a view at an address.
func downloads(path string, f filter, formats ...string) []link {
	var out []link
	for _, format := range formats {
		v := f.values()
		v.Set("format", format)
		out = append(out, link{Text: strings.ToUpper(format), Href: at(path, v, 0)})
	}
	return out
}

// file makes a download of rows that are few.
func (r *request) file(name string, header []string, rows [][]string, value any) (*answer, error) {
	var b bytes.Buffer
	if r.format == "json" {
		e := json.NewEncoder(&b)
		e.SetIndent("", " ")
		if err := e.Encode(value); err != nil {
			return nil, err
		}
		return newAnswer(b.Bytes(), contentTypes["json"], fileName(name, "json")), nil
	}
	if r.format != "csv" {
		return nil, badRequest("This page has no format %q.", r.format)
	}
	w := csv.NewWriter(&b)
	w.Write(header)
	for _, row := range rows {
		w.Write(row)
	}
	w.Flush()
	return newAnswer(b.Bytes(), contentTypes["csv"], fileName(name, "csv")), w.Error()
}

// fileName is a name that every system takes.
func fileName(name, format string) string {
	name = strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '-' || r == '_' {
			return r
		}
		return '-'
	}, name)
	return "entente-" + name[:min(len(name), 80)] + "." + format
}

// cell is a text from articles as a cell of CSV. A spreadsheet takes what begins with =, +, - or @ for a formula; an apostrophe before it says
// that it is text.
func cell(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0])) {
		return "'" + s
	}
	return s
}

// tripleHeader are the columns of a download of triples, those of the command timeline.
var tripleHeader = []string{"id", "date", "reported", "basis", "subject", "relation", "object", "role", "status", "mode", "contexts", "score", "sources", "confidence",
	"quote", "article", "source", "published"}

func tripleCells(t graph.Triple) []string {
	e, _ := t.Best()
	return []string{t.ID, string(t.Date), string(t.Reported), string(t.Basis), cell(t.Subject), string(t.Relation), cell(t.Object), cell(t.Role), string(t.Status), t.Mode,
		strings.Join(t.Contexts, " "), number(t.Score), strconv.Itoa(t.Sources), number(t.Confidence), cell(e.Quote), cell(e.Article), cell(e.Source), string(e.Published)}
}

// number is a number with at most two decimals, as the commands write it.
func number(f float64) string {
	return strings.TrimSuffix(strings.TrimRight(strconv.FormatFloat(f, 'f', 2, 64), "0"), ".")
}

// triples streams all triples of a query, oldest first, as CSV or as one JSON array with all evidences. It is not kept in memory.
func (r *request) triples(name string, q graph.Query) (*answer, error) {
	if r.format != "csv" && r.format != "json" {
		return nil, badRequest("This page has no format %q.", r.format)
	}
	release, err := r.site.take(r.ctx, r.site.loads)
	if err != nil {
		return nil, err
	}
	defer release()
	ctx, cancel := context.WithTimeout(r.Context(), r.site.o.Downloading)
	defer cancel()
	out := &streamed{w: r.stream, head: r.Method == http.MethodHead, control: http.NewResponseController(r.stream), begin: func(h http.Header) {
		h.Set("Content-Type", contentTypes[r.format])
		h.Set("Content-Disposition", `attachment; filename="`+fileName(name, r.format)+`"`)
		h.Set("Cache-Control", "private, no-cache")
	}}
	write := writeCSV
	if r.format == "json" {
		write = writeJSON
	}
	if out.head {
		out.Write(nil)
		return nil, nil
	}
	buffered := bufio.NewWriterSize(out, 64<<10)
	err = write(buffered, r.site.store.Triples(ctx, q))
	if err == nil {
		err = buffered.Flush()
	}
	if err != nil {
		if !out.begun {
			return nil, err
		}
		r.site.log.Error("download cut off", "path", r.URL.Path, "error", err)
		panic(http.ErrAbortHandler) // so that the reader's program sees that the file is not whole
	}
	return nil, nil
}

func writeCSV(out io.Writer, triples func(func(graph.Triple, error) bool)) error {
	w := csv.NewWriter(out)
	if err := w.Write(tripleHeader); err != nil {
		return err
	}
	for t, err := range triples {
		if err == nil {
			err = w.Write(tripleCells(t))
		}
		if err != nil {
			return err
		}
	}
	w.Flush()
	return w.Error()
}

func writeJSON(out io.Writer, triples func(func(graph.Triple, error) bool)) error {
	sep := "[\n"
	for t, err := range triples {
		if err != nil {
			return err
		}
		b, err := json.Marshal(t)
		if err != nil {
			return err
		}
		if _, err := fmt.Fprintf(out, "%s%s", sep, b); err != nil {
			return err
		}
		sep = ",\n"
	}
	if sep == "[\n" {
		sep = "["
	} else {
		sep = "\n"
	}
	_, err := io.WriteString(out, sep+"]\n")
	return err
}

// streamed writes an answer as it is made. Each write gives the client another 20 seconds to take it.
type streamed struct {
	w       http.ResponseWriter
	control *http.ResponseController
	begin   func(http.Header)
	begun   bool
	head    bool
}

func (s *streamed) Write(p []byte) (int, error) {
	if !s.begun {
		s.begun = true
		s.begin(s.w.Header())
	}
	s.control.SetWriteDeadline(time.Now().Add(20 * time.Second)) // where it is not supported there is no deadline to move
	if s.head {
		return len(p), nil
	}
	return s.w.Write(p)
}

// pairHeader are the columns of a download of pairs.
var pairHeader = []string{"a", "b", "a_name", "b_name", "events", "net", "coop", "conf", "first", "last"}

func (sn *snapshot) pairCells(d graph.Dyad) []string {
	return []string{cell(d.A), cell(d.B), cell(sn.entities[d.A].Name), cell(sn.entities[d.B].Name), strconv.Itoa(d.Events), number(d.Net), number(d.Coop), number(d.Conf),
		string(d.First), string(d.Last)}
}

// pairFile is a download of pairs.
func (r *request) pairFile(name string, pairs []graph.Dyad) (*answer, error) {
	rows := make([][]string, len(pairs))
	for i, d := range pairs {
		rows[i] = r.sn.pairCells(d)
	}
	if pairs == nil {
		pairs = []graph.Dyad{}
	}
	return r.file(name, pairHeader, rows, pairs)
}

var entityHeader = []string{"id", "kind", "name", "aliases", "state"}

func entityCells(e schema.Entity) []string {
	return []string{cell(e.ID), string(e.Kind), cell(e.Name), cell(strings.Join(e.Aliases, "|")), cell(e.State)}
}
