package corpus

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"
)

// fuzzReader feeds a reader what is like the samples of its format. Whatever comes in: no panic, errors that name the file, articles with an
// id and a text, furniture in order and inside it.
func fuzzReader(f *testing.F, name string, samples ...string) {
	var reader format
	for _, x := range formats() {
		if x.name == name {
			reader = x
		}
	}
	if reader.read == nil {
		f.Fatal("no reader ", name)
	}
	for _, s := range samples {
		b, err := os.ReadFile(filepath.Join("testdata", "samples", s))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
		f.Add(b[:len(b)*2/3])
	}
	f.Fuzz(func(t *testing.T, in []byte) {
		k := &sink{source: source{path: "x", id: "x"}, format: name, o: &Options{}}
		k.yield = func(d Document, err error) bool {
			checkFuzzed(t, in, d, err)
			return true
		}
		reader.read(buffered(bytes.NewReader(in)), k)
	})
}

func checkFuzzed(t *testing.T, in []byte, d Document, err error) {
	t.Helper()
	if err != nil {
		if _, ok := errors.AsType[*Error](err); !ok {
			t.Fatalf("%q: an error without its file: %v", in, err)
		}
		return
	}
	if d.ID == "" || !utf8.ValidString(d.Text) || d.URL == "" && strings.TrimSpace(d.Text) == "" {
		t.Fatalf("%q: article %+v", in, d)
	}
	end := 0
	for _, x := range d.Furniture {
		if x.Start < end || x.End <= x.Start || x.End > len(d.Text) {
			t.Fatalf("%q: furniture %+v of %q", in, d.Furniture, d.Text)
		}
		end = x.End
	}
}

func FuzzJSONLines(f *testing.F)   { fuzzReader(f, "json lines", "lines.jsonl") }
func FuzzJSON(f *testing.F)        { fuzzReader(f, "json", "service.json", "one.json") }
func FuzzReuters(f *testing.F)     { fuzzReader(f, "reuters-21578", "reut.sgm") }
func FuzzTREC(f *testing.F)        { fuzzReader(f, "trec", "trec.sgml") }
func FuzzGigaword(f *testing.F)    { fuzzReader(f, "gigaword", "giga.sgm") }
func FuzzRSS(f *testing.F)         { fuzzReader(f, "rss", "feed.rss") }
func FuzzAtom(f *testing.F)        { fuzzReader(f, "atom", "feed.atom") }
func FuzzNITF(f *testing.F)        { fuzzReader(f, "nitf", "nitf.xml") }
func FuzzNewsML(f *testing.F)      { fuzzReader(f, "newsml-g2", "newsml.xml") }
func FuzzRCV1(f *testing.F)        { fuzzReader(f, "rcv1", "rcv1.xml") }
func FuzzTEI(f *testing.F)         { fuzzReader(f, "tei", "volume.xml") }
func FuzzMediaWiki(f *testing.F)   { fuzzReader(f, "mediawiki", "wiki.xml") }
func FuzzPETRARCH(f *testing.F)    { fuzzReader(f, "petrarch", "passages.xml") }
func FuzzHTML(f *testing.F)        { fuzzReader(f, "html", "page.html", "meta.html") }
func FuzzFactivaHTML(f *testing.F) { fuzzReader(f, "factiva html", "factiva.html") }
func FuzzFactiva(f *testing.F)     { fuzzReader(f, "factiva", "factiva.txt") }
func FuzzNexis(f *testing.F)       { fuzzReader(f, "nexis", "nexis.txt") }
func FuzzGDELT(f *testing.F)       { fuzzReader(f, "gdelt", "events.export.CSV") }
func FuzzCSV(f *testing.F)         { fuzzReader(f, "csv", "table.csv", "american.tsv", "list.csv") }
func FuzzText(f *testing.F) {
	fuzzReader(f, "text", "wire.txt", "contacts.txt", "head.md", "western.txt", "utf16.txt")
}

func warcRecord(kind, address, body string) string {
	return fmt.Sprintf("WARC/1.0\r\nWARC-Type: %s\r\nWARC-Date: 2022-01-01T00:00:00Z\r\nWARC-Target-URI: %s\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n", kind, address, len(body), body)
}

func warcSample() string {
	return warcRecord("response", "https://harbour.example/2021/06/15/ports", "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html><title>Ports</title><body><p>Peru and Ghana signed an accord.</p></body>")
}

func FuzzWARC(f *testing.F) {
	f.Add([]byte(warcSample()))
	fuzzReader(f, "warc")
}

// FuzzUnpack feeds the whole way in, packed files and Parquet and Word files included.
func FuzzUnpack(f *testing.F) {
	for _, b := range [][]byte{
		zipped(f, [2]string{"a.txt", "A pact."}, [2]string{"b.jsonl", `{"text":"B."}`}), tarred(f, [2]string{"a.txt", "A pact."}), zstded(f, []byte("A pact.")),
		gzipped(f, blankAndText), []byte(bzipped), docxSample(f), parquetSample(f), []byte(warcSample()), []byte("{\"text\":\"A.\"}\n"), []byte("\xff\xfeA\x00.\x00"),
	} {
		f.Add(b)
		f.Add(b[:len(b)/2])
	}
	f.Fuzz(func(t *testing.T, in []byte) {
		for d, err := range Documents([]string{"-"}, Options{Stdin: bytes.NewReader(in)}) {
			checkFuzzed(t, in, d, err)
		}
	})
}
