package web_test

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"iter"
	"net/http"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"entente/graph"
	"entente/graph/web"
	"entente/schema"
)

// TestDownloads follows every download that a page offers, and reads what comes.
func TestDownloads(t *testing.T) {
	s := open(t, stores(t, story(t)...)["sqlite"], web.Options{Also: predecessors, Querier: asker{}})
	seen := map[string]bool{}
	for _, address := range everyAddress(t) {
		w := get(t, s, address)
		if w.Code != http.StatusOK {
			continue
		}
		root, err := html.Parse(strings.NewReader(w.Body.String()))
		if err != nil {
			t.Fatal(err)
		}
		for n := range root.Descendants() {
			if href := attribute(n, "href"); n.Data == "a" && strings.Contains(href, "format=") && !seen[href] {
				seen[href] = true
				checkDownload(t, s, href)
			}
		}
	}
	if len(seen) < 60 {
		t.Errorf("only %d downloads are offered", len(seen))
	}
}

func checkDownload(t *testing.T, s http.Handler, address string) {
	t.Helper()
	w := get(t, s, address)
	if w.Code != http.StatusOK {
		t.Errorf("%s: answered %d: %s", address, w.Code, w.Body)
		return
	}
	kind, disposition := w.Header().Get("Content-Type"), w.Header().Get("Content-Disposition")
	var err error
	switch {
	case strings.HasPrefix(kind, "text/csv") && strings.HasPrefix(disposition, "attachment; "):
		var rows [][]string
		rows, err = csv.NewReader(w.Body).ReadAll()
		for _, row := range rows {
			for _, cell := range row {
				if strings.HasPrefix(cell, "=") || strings.HasPrefix(cell, "@") {
					t.Errorf("%s: a formula: %q", address, cell)
				}
			}
		}
	case strings.HasPrefix(kind, "application/json") && strings.HasPrefix(disposition, "attachment; "):
		var v any
		err = json.Unmarshal(w.Body.Bytes(), &v)
		if v == nil {
			t.Errorf("%s: null", address)
		}
	case strings.HasPrefix(kind, "image/svg+xml") && strings.HasPrefix(disposition, "inline; "):
		err = checkSVG(w.Body)
	default:
		t.Errorf("%s: %q, %q", address, kind, disposition)
	}
	if err != nil {
		t.Errorf("%s: %v", address, err)
	}
}

// checkSVG reads a picture to its end; it must not run or load anything.
func checkSVG(r io.Reader) error {
	d := xml.NewDecoder(r)
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		e, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		if e.Name.Local == "script" || e.Name.Local == "foreignObject" || e.Name.Local == "image" {
			return errors.New("element " + e.Name.Local)
		}
		for _, a := range e.Attr {
			if strings.HasPrefix(a.Name.Local, "on") || a.Name.Local == "href" {
				return errors.New("attribute " + a.Name.Local)
			}
		}
	}
}

// TestTriplesDownload holds the rows of a download to the store.
func TestTriplesDownload(t *testing.T) {
	store := stores(t, story(t)...)["sqlite"]
	s := open(t, store, web.Options{})
	q := graph.Query{Of: []string{"NATO"}, With: []string{"RUS"}, From: "2010", To: "2010"}
	var want []graph.Triple
	for tr, err := range store.Triples(t.Context(), q) {
		if err != nil {
			t.Fatal(err)
		}
		want = append(want, tr)
	}
	var got []graph.Triple
	w := get(t, s, "/pair/NATO/RUS?year=2010&format=json")
	if err := json.Unmarshal(w.Body.Bytes(), &got); err != nil || summaries(got) != summaries(want) {
		t.Errorf("%v\n%s\n%s", err, summaries(got), summaries(want))
	}
	w = get(t, s, "/pair/NATO/RUS?year=2010&format=csv")
	rows, err := csv.NewReader(w.Body).ReadAll()
	if err != nil || len(rows) != len(want)+1 {
		t.Fatalf("%d rows for %d triples: %v", len(rows), len(want), err)
	}
	for i, tr := range want {
		if rows[i+1][0] != tr.ID || rows[i+1][5] != string(tr.Relation) {
			t.Errorf("row %d is %q, want %s", i+1, rows[i+1], tr.Summary())
		}
	}
	w = get(t, s, "/pair/NATO/RUS?format=csv", func(r *http.Request) { r.Method = http.MethodHead })
	if w.Code != http.StatusOK || w.Body.Len() > 0 || !strings.HasPrefix(w.Header().Get("Content-Type"), "text/csv") {
		t.Errorf("HEAD: %d, %d bytes, %v", w.Code, w.Body.Len(), w.Header())
	}
	if w := get(t, s, "/pair/FRA/ISR?format=json"); strings.TrimSpace(w.Body.String()) != "[]" {
		t.Errorf("no triples: %q", w.Body)
	}
}

// TestFormula: a cell that a spreadsheet would run is marked as text; numbers below 0 stay numbers; JSON has it as it is.
func TestFormula(t *testing.T) {
	quote := `=HYPERLINK("http://evil.example";"France") said Russia.`
	r := reading(t, schema.Article{ID: "@evil", Published: "2010-01-01", Source: "+Wire"}, people, told{sentence: quote, triple: "FRA ACCUSE RUS 2010-01-01"})
	s := open(t, stores(t, r)["sqlite"], web.Options{})
	rows, err := csv.NewReader(get(t, s, "/pair/FRA/RUS?format=csv").Body).ReadAll()
	if err != nil || len(rows) != 2 {
		t.Fatalf("%q: %v", rows, err)
	}
	for i, name := range rows[0] {
		got := rows[1][i]
		if name == "quote" && got != "'"+quote || name == "article" && got != "'@evil" || name == "source" && got != "'+Wire" || name == "score" && !strings.HasPrefix(got, "-") {
			t.Errorf("%s is %q", name, got)
		}
	}
	has(t, get(t, s, "/pair/FRA/RUS?format=json"), http.StatusOK, `"quote":"=HYPERLINK(`)
}

// broken fails in the middle of its triples.
type broken struct{ graph.Browser }

func (b broken) Triples(ctx context.Context, q graph.Query) iter.Seq2[graph.Triple, error] {
	return func(yield func(graph.Triple, error) bool) {
		for range 2000 {
			for t := range b.Browser.Triples(ctx, q) {
				if !yield(t, nil) {
					return
				}
			}
		}
		yield(graph.Triple{}, errors.New("the disk is gone"))
	}
}

// TestCutDownload: a download that fails is not taken for a whole one.
func TestCutDownload(t *testing.T) {
	store := broken{graph.Browse(stores(t, story(t)...)["memory"])}
	address, _ := listening(t, web.Server{}, open(t, store, web.Options{}))
	for _, format := range []string{"csv", "json"} {
		answer, err := http.Get("http://" + address + "/pair/NATO/RUS?format=" + format)
		if err != nil {
			t.Fatal(err)
		}
		_, err = io.Copy(io.Discard, answer.Body)
		answer.Body.Close()
		if err == nil {
			t.Errorf("%s: read to its end without an error", format)
		}
	}
}
