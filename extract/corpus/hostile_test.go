package corpus

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"
)

func gzipped(t testing.TB, write func(io.Writer)) []byte {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	write(z)
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func zipped(t testing.TB, files ...[2]string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, f := range files {
		w, err := z.Create(f[0])
		if err != nil {
			t.Fatal(err)
		}
		io.WriteString(w, f[1])
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func tarred(t testing.TB, files ...[2]string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := tar.NewWriter(&b)
	for _, f := range files {
		if err := w.WriteHeader(&tar.Header{Name: f[0], Mode: 0o644, Size: int64(len(f[1])), Typeflag: tar.TypeReg}); err != nil {
			t.Fatal(err)
		}
		io.WriteString(w, f[1])
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func zstded(t testing.TB, b []byte) []byte {
	t.Helper()
	e, err := zstd.NewWriter(nil)
	if err != nil {
		t.Fatal(err)
	}
	defer e.Close()
	return e.EncodeAll(b, nil)
}

// bzipped is "Two envoys met in Lima.\n" as bzip2 packs it; the standard library only unpacks.
const bzipped = "BZh91AY&SY\x1aT\x95q\x00\x00\x03\xd7\x80\x00\x10@\x01\x00\x04\x04\x00\x22#\x8d\xa0 \x00\x22\x9bQ\xa6\x9a=OHS\x00\x04\xd0O\x09\x98\x82\x1aAf)V=K\xe2\xeeH\xa7\x0a\x12\x03J\x92\xae "

// TestPacked reads articles out of archives in each other, and names them by the way there.
func TestPacked(t *testing.T) {
	inner := zipped(t, [2]string{"deep/a.txt", "Envoys meet\n\nTwo envoys met in Lima.\n"}, [2]string{"__MACOSX/a.txt", "x"}, [2]string{"b.png", "\x89PNG"}, [2]string{".DS_Store", "x"})
	ball := tarred(t, [2]string{"in/inner.zip", string(inner)}, [2]string{"in/c.jsonl.gz", string(gzipped(t, func(w io.Writer) { io.WriteString(w, `{"text":"A pact."}`) }))}, [2]string{"README.txt", "no article"})
	dir := folder(t, map[string]string{"outer.tar.zst": string(zstded(t, ball))})
	var got []string
	for d, err := range Documents([]string{filepath.Join(dir, "outer.tar.zst")}, Options{}) {
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, d.ID+" | "+strings.TrimPrefix(d.Path, dir+string(filepath.Separator)))
	}
	want := []string{"outer.tar!in/inner.zip!deep/a.txt | outer.tar.zst!in/inner.zip!deep/a.txt", "outer.tar!in/c.jsonl#1 | outer.tar.zst!in/c.jsonl.gz"}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	// The same from standard input, which cannot be jumped in.
	n := 0
	for _, err := range Documents([]string{"-"}, Options{Stdin: bytes.NewReader(zstded(t, ball))}) {
		if n++; err != nil {
			t.Error(err)
		}
	}
	if n != 2 {
		t.Errorf("%d articles from standard input", n)
	}
}

func TestPatterns(t *testing.T) {
	dir := folder(t, map[string]string{"a1.txt": "One.", "a2.txt": "Two.", "b.txt": "Three."})
	as, errs := all([]string{filepath.Join(dir, "a*.txt")}, Options{})
	if len(as) != 2 || len(errs) > 0 {
		t.Errorf("%v %v", as, errs)
	}
	if _, errs := all([]string{filepath.Join(dir, "z*.txt")}, Options{}); len(errs) != 1 || !strings.Contains(errs[0].Error(), "check the pattern") {
		t.Error(errs)
	}
}

// blank are megabytes of lines of blanks.
func blank(w io.Writer, megabytes int) {
	line := append(bytes.Repeat([]byte(" "), 1<<20-1), '\n')
	for range megabytes {
		w.Write(line)
	}
}

// TestHostile holds that what could eat the machine, or reach out of the archive, ends in an error that says so, and that what is good
// beside it is read.
func TestHostile(t *testing.T) {
	nested := zipped(t, [2]string{"a.txt", "Deep."})
	for range maxNesting + 1 {
		nested = zipped(t, [2]string{"a.zip", string(nested)})
	}
	deepXML := "<?xml version='1.0'?><nitf>" + strings.Repeat("<p>", 5000)
	laughs := `<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><rss><channel><item><title>&b;</title><description>x</description></item></channel></rss>`
	outside := `<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/passwd">]><rss><channel><item><description>&a;</description></item></channel></rss>`
	for _, c := range []struct {
		name, content string
		good          int
		want          string
	}{
		{"bomb.jsonl.gz", string(gzipped(t, func(w io.Writer) { blank(w, 70) })), 0, "unpacks to more than"},
		{"bomb.zip", string(zipped(t, [2]string{"a.jsonl", strings.Repeat(strings.Repeat(" ", 1<<20-1)+"\n", 70)})), 0, "unpacks to more than"},
		{"nested.zip", string(nested), 0, "packed files in each other"},
		{"out.zip", string(zipped(t, [2]string{"../../out.txt", "Out."}, [2]string{"in.txt", "In."})), 1, "out.zip!../../out.txt: its name leads out"},
		{"out.tar", string(tarred(t, [2]string{"/etc/out.txt", "Out."}, [2]string{"in.txt", "In."})), 1, "out.tar!/etc/out.txt: its name leads out"},
		{"empty.zip", string(zipped(t, [2]string{"a.png", "x"})), 0, "no articles in this archive"},
		{"cut.zip", string(zipped(t, [2]string{"a.txt", "A."}))[:40], 0, "cut off or damaged"},
		{"cut.tar", string(tarred(t, [2]string{"a.txt", strings.Repeat("A pact. ", 200)}))[:900], 0, "cut off or damaged"},
		{"cut.zst", string(zstded(t, []byte(strings.Repeat("A pact of Peru. ", 500))))[:20], 0, "cut off or damaged"},
		{"quote.csv", "title,text\na,\"" + strings.Repeat(strings.Repeat("x", 1<<20)+"\n", 34), 0, "longer than 32 MB"},
		{"deep.json", strings.Repeat("[", 100_000), 0, "depth"},
		{"deep2.json", strings.Repeat(`{"fields":`, 9000) + "1" + strings.Repeat("}", 9000), 0, "no field is known as the text"},
		{"deep.jsonl", strings.Repeat(`{"data":`, 100_000) + "\n" + `{"text":"A."}`, 1, "depth"},
		{"deep.xml", deepXML, 0, "elements in each other"},
		{"deep.html", "<html><body>" + strings.Repeat("<div>", 100_000), 0, "HTML"},
		{"laughs.xml", laughs, 0, "entities of its own"},
		{"outside.xml", outside, 0, "entities of its own"},
		{"directive.xml", "<?xml version='1.0'?><rss><!" + strings.Repeat(strings.Repeat("x", 1<<20), 34), 0, "longer than 32 MB"},
		{"unknown.xml", "<?xml version='1.0'?><wine/>", 0, "XML of an unknown form (its root is wine)"},
		{"doc.pdf", "%PDF-1.7", 0, "a PDF, which cannot be read; turn it into text"},
		{"a.parquet", "PAR1 no parquet", 0, "not a readable Parquet file"},
		{"huge.sgm", "<DOC>\n<TEXT>\n" + strings.Repeat(strings.Repeat("x", 1<<20)+"\n", 17) + "</DOC>\n<DOC>\n<DOCNO>1</DOCNO>\n<TEXT>\nA.\n</TEXT>\n</DOC>\n", 1, "longer than 16 MB"},
		{"open.sgm", "<DOC>\n<TEXT>\nA.\n", 0, "without its end"},
		{"none.csv", "a,b\n1,2\n", 0, "name it with --field text=COLUMN (its columns are a, b)"},
		{"bad.warc", "WARC/1.0\r\nWARC-Type: response\r\n\r\nx", 0, "without its length"},
	} {
		path := filepath.Join(folder(t, map[string]string{c.name: c.content}), c.name)
		as, errs := all([]string{path}, Options{})
		if len(as) != c.good || len(errs) == 0 {
			t.Errorf("%s: %d articles, want %d, errors %v", c.name, len(as), c.good, errs)
			continue
		}
		if got := fmt.Sprint(errs[0]); !strings.Contains(got, c.want) || len(got) > 600 {
			t.Errorf("%s: got %.300s, want %q", c.name, got, c.want)
		}
		os.Remove(path)
	}
}

func TestBzip2(t *testing.T) {
	dir := folder(t, map[string]string{"a.txt.bz2": bzipped})
	as, errs := all([]string{dir}, Options{})
	if len(errs) > 0 || len(as) != 1 || as[0].ID != "a.txt" || as[0].Text != "Two envoys met in Lima.\n" {
		t.Errorf("%v %v", as, errs)
	}
}
