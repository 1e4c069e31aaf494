package corpus

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"entente/schema"
)

func folder(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		p := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(p), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(p, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func all(paths []string, o Options) (as []schema.Article, errs []error) {
	for a, err := range Articles(paths, o) {
		if err != nil {
			errs = append(errs, err)
			continue
		}
		as = append(as, a)
	}
	return as, errs
}

func TestFolder(t *testing.T) {
	var zipped bytes.Buffer
	z := gzip.NewWriter(&zipped)
	z.Write([]byte("Envoys meet\n\nTwo envoys met in Lima.\n"))
	z.Close()
	dir := folder(t, map[string]string{
		"b/2001-02-03-envoys.txt": "Envoys meet in Quito\n\nQUITO, Feb. 2 - Two envoys met.\n",
		"a.jsonl":                 `{"id":"w1","title":"Pact","published":"2010-12-09T08:00:00Z","text":"A pact."}` + "\n\n" + `{"url":"u2","date":"Dec 9, 2010","text":"B."}` + "\n" + `{"text":"C."}` + "\n",
		"c.txt.gz":                zipped.String(),
		"README.md":               "no article",
		"readme.txt":              "no article",
	})
	as, errs := all([]string{dir}, Options{Published: "1999"})
	if len(errs) > 0 {
		t.Fatal(errs)
	}
	type row struct{ id, title, published, from string }
	var got []row
	for _, a := range as {
		got = append(got, row{a.ID, a.Title, string(a.Published), a.PublishedFrom})
		if a.SHA256 != schema.Digest(a.Text) {
			t.Errorf("%s: digest", a.ID)
		}
	}
	want := []row{
		{"w1", "Pact", "2010-12-09", "format"}, {"u2", "", "2010-12-09", "format"}, {"a.jsonl#4", "", "1999", "flag"},
		{"b/2001-02-03-envoys.txt", "Envoys meet in Quito", "2001-02-03", "filename"}, {"c.txt", "Envoys meet", "1999", "flag"},
	}
	if len(got) != len(want) {
		t.Fatalf("got %v", got)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("got %v, want %v", got[i], want[i])
		}
	}
}

func TestBadInput(t *testing.T) {
	dir := folder(t, map[string]string{
		"empty.txt": " \n", "binary.txt": "a\x00b", "lines.jsonl": "{\"text\":\"ok\"}\nnot json\n{\"text\":\"\"}\n{\"text\":\"x\",\"date\":\"soon\"}\n",
		"long.jsonl": strings.Repeat("x", maxLine+1) + "\n{\"text\":\"behind it\"}\n", "big.txt": strings.Repeat("word ", maxText/5+10), "bad.txt.gz": "no gzip", "none.jsonl": "",
	})
	if err := os.Mkdir(filepath.Join(dir, "bare"), 0o755); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		path string
		good int
		want []string
	}{
		{"empty.txt", 0, []string{"empty.txt: empty"}},
		{"binary.txt", 0, []string{"binary.txt: a binary file"}},
		{"lines.jsonl", 1, []string{"lines.jsonl:2: not a JSON object", "lines.jsonl:3: text: empty", `lines.jsonl:4: date "soon"`}},
		{"long.jsonl", 1, []string{"long.jsonl:1: a line longer than 32 MB"}},
		{"big.txt", 0, []string{"big.txt: longer than 16 MB"}},
		{"bad.txt.gz", 0, []string{"bad.txt.gz: not a gzip file"}},
		{"none.jsonl", 0, []string{"none.jsonl: empty"}},
		{"nowhere", 0, []string{"nowhere: no such file or folder"}},
		{"bare", 0, []string{"bare: no articles in this folder"}},
	} {
		as, errs := all([]string{filepath.Join(dir, c.path)}, Options{})
		if len(as) != c.good || len(errs) != len(c.want) {
			t.Errorf("%s: %d articles, errors %v", c.path, len(as), errs)
			continue
		}
		for i, err := range errs {
			if e, ok := errors.AsType[*Error](err); !ok || !strings.Contains(e.Error(), c.want[i]) {
				t.Errorf("%s: got %v, want %q", c.path, err, c.want[i])
			}
		}
	}
}

func TestStdin(t *testing.T) {
	as, errs := all([]string{"-"}, Options{Stdin: strings.NewReader(`{"text":"A."}`)})
	if len(errs) > 0 || len(as) != 1 || as[0].ID != "stdin#1" {
		t.Errorf("got %v, %v", as, errs)
	}
}

func TestDates(t *testing.T) {
	for in, want := range map[string]schema.Date{
		"2010-12-09": "2010-12-09", "2010-12": "2010-12", "2010": "2010", "Thu Dec 9, 2010 8:12am EST": "2010-12-09", "December 9, 2010": "2010-12-09",
		"9 December 2010": "2010-12-09", "2010-12-09 23:10:00+00:00": "2010-12-09", "Mon, 04 Mar 2019 10:00:00 GMT": "2019-03-04", "20190304": "2019-03-04",
		"Dec. 9, 2010": "2010-12-09", "Sept. 9, 2010": "2010-09-09", "Thursday 9 December 2010": "2010-12-09", "December 9, 2010 at 8:12 a.m. EST": "2010-12-09",
		"2010-12-09T23:30:00-05:00": "2010-12-09", "25/12/2010": "2010-12-25", "12/25/2010": "2010-12-25", "05/05/2010": "2010-05-05", "04/03/2010": "",
		"26-FEB-1987 15:01:01.79": "1987-02-26", "soon": "", "": "", "2010-02-31": "",
	} {
		if got := dateIn(in); got != want {
			t.Errorf("dateIn(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestMark(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"Ships collide\n\nBy Ann Lee\n\nOSLO (Wire) - Two ships collided.\n\nReporting by Ann Lee; Editing by Bo Berg", "byline:By Ann Lee|dateline:OSLO (Wire) - |editors:Reporting by Ann Lee; Editing by Bo Berg"},
		{"NEW YORK, March 4 - The council met.", "dateline:NEW YORK, March 4 - "},
		{"LIMA, Peru  (Wire) - A pact.", "dateline:LIMA, Peru  (Wire) - "},
		{"-- Ships collide\n-- By Ann Lee\n-- Thu Dec 9, 2010 8:12am EST\n-- http://example.org/a\n\nIt rained.", "byline:-- By Ann Lee|head:-- Thu Dec 9, 2010 8:12am EST|head:-- http://example.org/a"},
		{"It rained.\n Reuter", "agency:\n Reuter"},
		{"The U.S. - which voted - left.", ""},
		{"    WASHINGTON, March 4 -", "dateline:    WASHINGTON, March 4 -"},
		{"WASHINGTON, March 4 (AW) -- A pact.", "dateline:WASHINGTON, March 4 (AW) -- "},
		{"OSLO, Dec. 9, 2010 (Wire) -- A pact.", "dateline:OSLO, Dec. 9, 2010 (Wire) -- "},
		{"OSLO, 28 May (Wire) - A pact.", "dateline:OSLO, 28 May (Wire) - "},
		{"OSLO, MARCH 26 - A pact.", "dateline:OSLO, MARCH 26 - "},
		{"NEW YORK , April 13 - A pact.", "dateline:NEW YORK , April 13 - "},
		{"SÃO PAULO - A pact.", "dateline:SÃO PAULO - "},
		{"Oslo (Wire) — A pact.", "dateline:Oslo (Wire) — "},
		{"Oslo, May 28 — A pact.", "dateline:Oslo, May 28 — "},
		{"Published 2010-12-09\n\nA pact.", "head:Published 2010-12-09"},
		{"December 9, 2010\n\nA pact.", "head:December 9, 2010"},
		{"All rights reserved.\nCopyright (c) 2010 Wire Ltd", "copyright:All rights reserved.|copyright:Copyright (c) 2010 Wire Ltd"},
		{"Reporting by Ann Lee in Oslo and Bo van Berg; writing by Cy Dahl", "editors:Reporting by Ann Lee in Oslo and Bo van Berg; writing by Cy Dahl"},
		{"Related stories: Envoys meet", "link:Related stories: Envoys meet"},
		{"Office of the Spokesperson\n\nA pact.", "agency:Office of the Spokesperson"},
		// What begins as furniture does and is story.
		{"The below is attributable to Spokesperson Ann Lee:\n\nA pact.", ""},
		{"NATO - an alliance - met Russia.", ""},
		{"NATO - Russia talks began.", ""},
		{"U.S. - Russian talks began.", ""},
		{"Monetary talks with Greece began in 2010.", ""},
		{"Sunni leaders met in Iraq in 2007.", ""},
		{"Related talks between Russia and Norway were held.", ""},
		{"Copyright disputes divide China and Japan.", ""},
		{"(c) the parties agree to meet.", ""},
		{"Reporting by the mission found that Syria bombed a town.", ""},
		{"For more information on the pact, please see its text.", "contact:For more information on the pact, please see its text."},
		{"For more information the envoys went to Lima.", ""},
		{"2010-12-09 was the day the envoys met.", ""},
		{"Copyright 2010 Wire Ltd\nIt rained.", "copyright:Copyright 2010 Wire Ltd"},
	} {
		a := Mark(schema.Article{Text: c.text})
		var got []string
		end := 0
		for _, f := range a.Furniture {
			if f.Start < end {
				t.Errorf("%q: furniture overlaps", c.text)
			}
			end = f.End
			got = append(got, f.Kind+":"+c.text[f.Start:f.End])
		}
		if strings.Join(got, "|") != c.want {
			t.Errorf("%q\n got %q\nwant %q", c.text, strings.Join(got, "|"), c.want)
		}
	}
}

// TestPublished asks for the day and where it was read, the nearer to the article before the farther.
func TestPublished(t *testing.T) {
	for _, c := range []struct{ name, text, day, from string }{
		{"2001-02-03.txt", "Thu Dec 9, 2010 8:12am EST\n\nOSLO, May 1, 2009 (Wire) - A.", "2010-12-09", "head"},
		{"2001-02-03.txt", "OSLO, Dec. 9, 2010 (Wire) - A.", "2010-12-09", "dateline"},
		{"2001-02-03.txt", "Oslo, 9 December 2010 - A.", "2010-12-09", "dateline"},
		{"2001-02-03.txt", "OSLO, Sept 9 2010 - A.", "2010-09-09", "dateline"},
		{"2001-02-03.txt", "OSLO, DEC. 9, 2010 - A.", "2010-12-09", "dateline"},
		{"2001-02-03.txt", "OSLO, Dec. 9 (Wire) - A.", "2001-02-03", "filename"},
		{"2001-02-30.txt", "A.", "1999", "flag"},
		{"a.txt", "The pact of\nDecember 9, 2010 was signed.", "1999", "flag"},
	} {
		a := finish(schema.Article{Text: c.text}, c.name, Options{Published: "1999"})
		if string(a.Published) != c.day || a.PublishedFrom != c.from {
			t.Errorf("%s %q: got %s from %s, want %s from %s", c.name, c.text, a.Published, a.PublishedFrom, c.day, c.from)
		}
	}
	if a := finish(schema.Article{Text: "A."}, "a.txt", Options{}); a.Published != "" || a.PublishedFrom != "" {
		t.Errorf("got %s from %s, want no day", a.Published, a.PublishedFrom)
	}
}

func TestTitle(t *testing.T) {
	for text, want := range map[string]string{
		"Envoys meet\n\nA.": "Envoys meet", "Envoys meet\r\n\r\nA.": "Envoys meet", "Envoys meet.\n\nA.": "", "Envoys meet\nA.": "", "Envoys meet": "",
		"December 9, 2010\n\nA.": "", "Office of the Spokesperson\n\nA.": "", "-- Envoys meet\n-- By Ann Lee\n\nA.": "Envoys meet",
	} {
		if got := titleOf(text); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

// TestOddFields holds that a field of an unforeseen kind costs no article, and that a long number stays exact.
func TestOddFields(t *testing.T) {
	in := "\ufeff" + `{"id":12345678901234567890,"author":["A","B"],"more":{"x":1},"date":null,"text":"A."}` + "\n" + `{"id":null,"url":"u","text":"B."}` + "\n" + `[1]` + "\n" + `{"text":"a\u0000b"}`
	as, errs := all([]string{"-"}, Options{Stdin: strings.NewReader(in)})
	if len(as) != 2 || as[0].ID != "12345678901234567890" || as[1].ID != "u" || len(errs) != 2 {
		t.Errorf("got %v, %v", as, errs)
	}
}

func TestMarkOfEncoding(t *testing.T) {
	as, errs := all([]string{folder(t, map[string]string{"a.txt": "\ufeffOSLO (Wire) - A pact."})}, Options{})
	if len(errs) > 0 || len(as) != 1 || as[0].Text != "OSLO (Wire) - A pact." {
		t.Errorf("got %v, %v", as, errs)
	}
}

func TestLinkedFolder(t *testing.T) {
	dir := folder(t, map[string]string{"real/a.txt": "A pact."})
	link := filepath.Join(dir, "link")
	if err := os.Symlink(filepath.Join(dir, "real"), link); err != nil {
		t.Skip("no symbolic links here: ", err)
	}
	as, errs := all([]string{link}, Options{})
	if len(errs) > 0 || len(as) != 1 || as[0].ID != "a.txt" {
		t.Errorf("got %v, %v", as, errs)
	}
}

func TestCutGzip(t *testing.T) {
	// A whole line before the cut is an article; a text that is cut off is none.
	for name, good := range map[string]int{"a.jsonl.gz": 1, "a.txt.gz": 0} {
		var b bytes.Buffer
		z := gzip.NewWriter(&b)
		z.Write([]byte(map[string]string{"a.jsonl.gz": `{"text":"A pact of two states."}`, "a.txt.gz": "A pact of two states."}[name] + "\n"))
		z.Close()
		dir := folder(t, map[string]string{name: string(b.Bytes()[:b.Len()-12])})
		as, errs := all([]string{dir}, Options{})
		if len(as) != good || len(errs) != 1 || !strings.Contains(errs[0].Error(), "cut off or damaged") {
			t.Errorf("%s: got %v, %v", name, as, errs)
		}
	}
}

// TestShared reads the corpora beside the project without a failure.
func TestShared(t *testing.T) {
	dir := os.Getenv("ENTENTE_SHARED")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "shared")
	}
	dir = filepath.Join(dir, "corpora")
	if _, err := os.Stat(dir); err != nil {
		t.Skip("no corpora beside the project (../shared/corpora)")
	}
	for name, want := range map[string]int{"state-dept/press-releases.jsonl": 1946, "wikinews/wikinews-2019-2020.jsonl": 287, "gum-news/gum-news.jsonl": 24} {
		as, errs := all([]string{filepath.Join(dir, name)}, Options{})
		if len(as) != want || len(errs) > 0 {
			t.Errorf("%s: %d articles, want %d; errors %v", name, len(as), want, errs)
		}
		for _, a := range as {
			if a.Published == "" {
				t.Errorf("%s: %s has no date", name, a.ID)
			}
		}
	}
	as, errs := all([]string{filepath.Join(dir, "seed")}, Options{Published: "2010-12-09"})
	if len(as) != 1 || len(errs) > 0 {
		t.Fatalf("seed: %d articles, %v", len(as), errs)
	}
	a := as[0]
	if f := a.Furniture; len(f) > 0 && a.Text[f[0].Start:f[0].End] != "BRUSSELS (Reuters) - " {
		t.Errorf("seed: dateline %q", a.Text[f[0].Start:f[0].End])
	}
	if a.Title != "NATO says Russia ties progressing despite WikiLeaks" || a.PublishedFrom != "flag" || len(a.Furniture) != 2 || a.Furniture[0].Kind != "dateline" || a.Furniture[1].Kind != "editors" {
		t.Errorf("seed: title %q, from %q, furniture %v", a.Title, a.PublishedFrom, a.Furniture)
	}
}

func FuzzMark(f *testing.F) {
	f.Add("OSLO (Wire) - A.\nBy Ann Lee\n Reuter")
	f.Fuzz(func(t *testing.T, text string) {
		end := 0
		for _, x := range finish(schema.Article{Text: text}, "x", Options{}).Furniture {
			if x.Start < end || x.End <= x.Start || x.End > len(text) {
				t.Fatalf("%q: %v", text, x)
			}
			end = x.End
		}
	})
}

func FuzzLines(f *testing.F) {
	f.Add("{\"id\":1,\"date\":\"Dec 9, 2010\",\"text\":\"A.\"}\n\n[1]\n{\"text\":")
	f.Fuzz(func(t *testing.T, in string) {
		for a, err := range Articles([]string{"-"}, Options{Stdin: strings.NewReader(in)}) {
			if _, ok := errors.AsType[*Error](err); err != nil && !ok {
				t.Fatalf("%q: untyped error %v", in, err)
			}
			if err == nil && (a.ID == "" || strings.TrimSpace(a.Text) == "") {
				t.Fatalf("%q: article %v", in, a)
			}
		}
	})
}

// TestJSONStrings holds the decoding of strings to that of the standard library.
func TestJSONStrings(t *testing.T) {
	for _, s := range []string{`""`, `"a"`, `"a\nb\t\r\b\f\"\\\/"`, `"\u00e9\u4e2d"`, `"\ud83d\ude00!"`, `"\ud83d"`, `"\ude00x"`, `"\ud83d\n"`, `"\ud83d\u0041"`, `"é\u0000"`} {
		var want string
		if err := json.Unmarshal([]byte(s), &want); err != nil {
			t.Fatal(s, err)
		}
		if got := jsonValue(s).str(); got != want {
			t.Errorf("%s: got %q, want %q", s, got, want)
		}
	}
}

// TestConsumed holds that the bytes counted while a corpus is read are those on disk, whatever is packed in them and however much of it is read.
func TestConsumed(t *testing.T) {
	dir := folder(t, map[string]string{
		"a.txt": "A pact of two states.", "b.jsonl": strings.Repeat(`{"text":"A pact."}`+"\n", 5000), "c.zip": string(zipped(t, [2]string{"a.txt", "A pact."})),
		"d.jsonl.gz": string(gzipped(t, func(w io.Writer) { io.WriteString(w, `{"text":"A pact."}`) })), "e.parquet": string(parquetSample(t)), "f.txt": "",
	})
	var consumed atomic.Int64
	last, found := int64(0), 0
	for range Articles([]string{dir}, Options{Consumed: &consumed, Found: func(Document) { found++ }}) {
		if n := consumed.Load(); n < last {
			t.Fatalf("%d bytes after %d", n, last)
		}
		last = consumed.Load()
	}
	if size := Size([]string{dir}); consumed.Load() != size || size == 0 {
		t.Errorf("%d bytes counted, %d are there", consumed.Load(), size)
	}
	if found < 5000+3 {
		t.Errorf("told of %d articles", found)
	}
}
