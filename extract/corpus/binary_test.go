package corpus

import (
	"bytes"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/parquet-go/parquet-go"
)

func blankAndText(w io.Writer) { io.WriteString(w, "\n\nA pact.\n") }

// docxSample is a Word file as Nexis Uni gives it.
func docxSample(t testing.TB) []byte {
	var b strings.Builder
	b.WriteString(`<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>`)
	for _, p := range []string{
		"Peru and Ghana sign accord", "Harbour News", "June 15, 2021 Tuesday", "Copyright 2021 Harbour News All Rights Reserved", "Length: 20 words", "Byline: Ana Ruiz", "Dateline: LIMA",
		"Body", "", "Peru and Ghana signed an accord.", "Classification", "Chile: no.", "Load-Date: July 1, 2021", "End of Document",
		"Latvia recalls envoy", "Harbour News", "June 18, 2021 Friday", "Body", "Latvia has recalled its envoy.", "End of Document",
	} {
		fmt.Fprintf(&b, "<w:p><w:r><w:t>%s</w:t></w:r></w:p>", p)
	}
	b.WriteString("</w:body></w:document>")
	return zipped(t, [2]string{"[Content_Types].xml", "<Types/>"}, [2]string{"word/document.xml", b.String()})
}

type parquetArticle struct {
	ID      string    `parquet:"id"`
	Title   string    `parquet:"title"`
	Text    string    `parquet:"text,snappy"`
	Date    time.Time `parquet:"publish_date,timestamp(microsecond)"`
	Authors []string  `parquet:"authors,list"`
	Words   int       `parquet:"words"`
}

func parquetSample(t testing.TB) []byte {
	t.Helper()
	var b bytes.Buffer
	w := parquet.NewGenericWriter[parquetArticle](&b)
	day := time.Date(2021, 6, 15, 22, 45, 0, 0, time.UTC)
	for i := range 40 {
		a := parquetArticle{fmt.Sprint("p", i), "Peru and Ghana sign accord", "Peru and Ghana signed an accord.", day.AddDate(0, 0, i), []string{"Ana Ruiz", "Bo Lind"}, 5}
		if _, err := w.Write([]parquetArticle{a}); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func documents(t *testing.T, name string, content []byte) (out []Document) {
	t.Helper()
	dir := folder(t, map[string]string{name: string(content)})
	for d, err := range Documents([]string{filepath.Join(dir, name)}, Options{}) {
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, d)
	}
	return out
}

func TestParquet(t *testing.T) {
	ds := documents(t, "a.parquet", parquetSample(t))
	if len(ds) != 40 {
		t.Fatalf("%d articles", len(ds))
	}
	if d := ds[39]; d.ID != "p39" || d.Time != "2021-07-24T22:45:00Z" || d.Author != "Ana Ruiz, Bo Lind" || d.Text != "Peru and Ghana signed an accord." || d.Row != 40 {
		t.Errorf("%+v", d)
	}
}

func TestDocx(t *testing.T) {
	ds := documents(t, "a.docx", docxSample(t))
	if len(ds) != 2 {
		t.Fatalf("%d articles", len(ds))
	}
	if d := ds[0]; d.Title != "Peru and Ghana sign accord" || d.Published != "2021-06-15" || d.Source != "Harbour News" || d.Author != "Ana Ruiz" || d.Place != "LIMA" || d.Text != "Peru and Ghana signed an accord." {
		t.Errorf("%+v", d)
	}
	plain := zipped(t, [2]string{"word/document.xml", `<d xmlns:w="x"><w:p><w:t>A pact.</w:t></w:p><w:p><w:t>It was signed.</w:t></w:p></d>`})
	if ds := documents(t, "b.docx", plain); len(ds) != 1 || ds[0].Text != "A pact.\n\nIt was signed." || ds[0].ID != "b.docx" {
		t.Errorf("%+v", ds)
	}
}

func TestWARC(t *testing.T) {
	wet := warcRecord("conversion", "https://www.harbour.example/2021/06/18/x", "Envoy recalled\nLatvia has recalled it.")
	gone := warcRecord("response", "https://harbour.example/gone", "HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n<p>Nothing.</p>")
	warcSample := warcSample()
	ds := documents(t, "a.warc.gz", gzipped(t, func(w io.Writer) { io.WriteString(w, warcSample+gone+wet) }))
	if len(ds) != 2 {
		t.Fatalf("%d articles", len(ds))
	}
	if d := ds[0]; d.Title != "Ports" || d.Text != "Peru and Ghana signed an accord." || d.URL != "https://harbour.example/2021/06/15/ports" || d.Published != "2021-06-15" {
		t.Errorf("%+v", d)
	}
	if d := ds[1]; d.Title != "Envoy recalled" || d.Source != "harbour.example" || d.Published != "2021-06-18" || d.Text != "Latvia has recalled it." {
		t.Errorf("%+v", d)
	}
}
