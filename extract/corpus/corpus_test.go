package corpus

import (
	"bytes"
	"compress/gzip"
	"errors"
	"os"
	"path/filepath"
	"strings"
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
		"empty.txt": " \n", "binary.txt": "a\x00b", "latin.txt": "caf\xe9", "lines.jsonl": "{\"text\":\"ok\"}\nnot json\n{\"text\":\"\"}\n{\"text\":\"x\",\"date\":\"soon\"}\n",
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
		{"latin.txt", 0, []string{"latin.txt: not UTF-8"}},
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
