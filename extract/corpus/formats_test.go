package corpus

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// sharedFormats is the folder of samples beside the project.
func sharedFormats(t *testing.T) string {
	t.Helper()
	dir := os.Getenv("ENTENTE_SHARED")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "shared")
	}
	dir = filepath.Join(dir, "formats")
	if _, err := os.Stat(dir); err != nil {
		t.Skip("no samples of formats beside the project (../shared/formats)")
	}
	return dir
}

// knownFormatFailures are samples that are not read as they should be, with the reason; one that is read is to be taken off the list.
var knownFormatFailures = map[string]string{}

type wantedArticle struct {
	ID, Title, Published, Source, Author, Place, Language, URL string
	Paragraphs                                                 []string
}

func table2(t *testing.T, path string) (rows []map[string]string) {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimRight(string(b), "\n"), "\n")
	names := strings.Split(lines[0], "\t")
	for _, l := range lines[1:] {
		row := map[string]string{}
		for i, c := range strings.Split(l, "\t") {
			if i < len(names) {
				row[names[i]] = c
			}
		}
		rows = append(rows, row)
	}
	return rows
}

func TestFormats(t *testing.T) {
	dir := sharedFormats(t)
	b, err := os.ReadFile(filepath.Join(dir, "expected.json"))
	if err != nil {
		t.Fatal(err)
	}
	var articles map[string]wantedArticle
	if err := json.Unmarshal(b, &articles); err != nil {
		t.Fatal(err)
	}
	for _, row := range table2(t, filepath.Join(dir, "expected.tsv")) {
		t.Run(row["file"], func(t *testing.T) {
			problems := checkSample(filepath.Join(dir, row["file"]), row, articles)
			reason, known := knownFormatFailures[row["file"]]
			switch {
			case known && len(problems) == 0:
				t.Errorf("passes now; take it off the list of known failures (%s)", reason)
			case known:
				t.Logf("known failure (%s): %s", reason, strings.Join(problems, "; "))
			default:
				for _, p := range problems {
					t.Error(p)
				}
			}
		})
	}
}

// checkSample says what is wrong with the reading of a sample.
func checkSample(path string, row map[string]string, want map[string]wantedArticle) (problems []string) {
	bad := func(format string, args ...any) { problems = append(problems, fmt.Sprintf(format, args...)) }
	var got []Document
	var errs []error
	seen := map[string]bool{}
	for d, err := range Documents([]string{path}, Options{}) {
		if err != nil {
			errs = append(errs, err)
			continue
		}
		if d.Text == "" || !seen[d.SHA256] {
			got = append(got, d)
		}
		seen[d.SHA256] = true
	}
	letters := row["articles"]
	switch {
	case row["file"] == "traps/broken-line.jsonl":
		if len(errs) != 1 || !strings.Contains(errs[0].Error(), "broken-line.jsonl:2: ") {
			bad("errors %v, want one of line 2", errs)
		}
	case letters == "":
		if len(errs) == 0 {
			bad("no word about what is wrong")
		}
	case len(errs) > 0:
		bad("errors %v", errs)
	}
	if len(got) != len(letters) {
		bad("%d articles, want %d", len(got), len(letters))
		return problems
	}
	for _, d := range got {
		letter, w := "", wantedArticle{}
		for l := range strings.SplitSeq(letters, "") {
			if a := want[l]; strings.Contains(strings.ToLower(d.Title+d.Text), strings.ToLower(a.Title[:5])) || strings.Contains(d.URL, a.URL) {
				letter, w = l, a
			}
		}
		if letter == "" {
			bad("unknown article %q", d.Title)
			continue
		}
		for _, p := range checkDocument(d, letter, w, row) {
			bad("%s: %s", letter, p)
		}
	}
	return problems
}

// sourceInFile are the sources of samples that name another one than the articles' own.
var sourceInFile = map[string]string{"xml/petrarch.xml": "EW", "xml/mediawiki-wikinews.xml": "Wikinews"}

var (
	titleNumber = regexp.MustCompile(`^\d+\. `)
	titleLand   = regexp.MustCompile(`^CHAD: `)
)

func checkDocument(d Document, letter string, w wantedArticle, row map[string]string) (problems []string) {
	same := func(field, got, want string) {
		if !strings.EqualFold(got, want) {
			problems = append(problems, fmt.Sprintf("%s %q, want %q", field, got, want))
		}
	}
	field := func(name, got, want string) {
		switch mode := row[name]; {
		case row["file"] == "archive/corpus.zip" || row["file"] == "archive/corpus.tar.gz": // each member has the fields of its own row
		case mode == "y" || mode == letter:
			same(name, got, want)
		case mode == "domain":
			same(name, got, "wire.example")
		default:
			same(name, got, "")
		}
	}
	title := titleLand.ReplaceAllString(titleNumber.ReplaceAllString(strings.TrimSuffix(d.Title, "."), ""), "")
	field("title", title, w.Title)
	field("source", d.Source, cmp.Or(sourceInFile[row["file"]], w.Source))
	field("author", d.Author, w.Author)
	field("place", d.Place, w.Place)
	field("language", d.Language, w.Language)
	field("url", d.URL, w.URL)
	switch row["date"] {
	case "second":
		same("date", d.Time, w.Published)
	case "minute":
		same("date", d.Time, w.Published[:16])
	case "day":
		if got := d.Time; row["file"] != "archive/corpus.zip" && row["file"] != "archive/corpus.tar.gz" {
			same("date", got, w.Published[:10])
		}
		same("day", string(d.Published), w.Published[:10])
	default:
		if d.Time != "" && (row["file"] != "warc/sample.warc.wet.gz" || d.Time != w.Published[:10]) {
			same("date", d.Time, "")
		}
	}
	return append(problems, checkText(d, w, row)...)
}

var wrapped = []string{"csv/all-the-news-1.csv", "csv/articles.tsv", "txt/bloomberg-web.txt", "archive/corpus.zip", "archive/corpus.tar.gz", "sgml/trec.sgml"}

func checkText(d Document, w wantedArticle, row map[string]string) []string {
	got, want := storyOf(d), slices.Clone(w.Paragraphs)
	switch row["text"] {
	case "none":
		want = nil
	case "lead":
		if want = want[:1]; !d.Truncated {
			return []string{"not marked as truncated"}
		}
	case "ascii":
		for i := range want {
			want[i] = strings.NewReplacer("“", `"`, "”", `"`, "ø", "o").Replace(want[i])
		}
	case "truncated":
		if full := strings.Join(want, "\n\n"); !d.Truncated || d.Text == "" || !strings.HasPrefix(full, strings.TrimSpace(d.Text)) {
			return []string{fmt.Sprintf("truncated text %q, marked %v", d.Text, d.Truncated)}
		}
		return nil
	}
	if slices.Contains(wrapped, row["file"]) {
		got, want = []string{strings.Join(got, " ")}, []string{strings.Join(want, " ")}
	}
	if !slices.Equal(got, want) {
		return []string{fmt.Sprintf("text %q, want %q", got, want)}
	}
	return nil
}

// storyOf are the paragraphs of a document without its furniture and its title; white space is one space.
func storyOf(d Document) (out []string) {
	b := []byte(d.Text)
	for _, f := range d.Furniture {
		for i := f.Start; i < f.End; i++ {
			if b[i] != '\n' {
				b[i] = ' '
			}
		}
	}
	sep := "\n\n"
	if !bytes.Contains(b, []byte("\n\n")) {
		sep = "\n"
	}
	blank := regexp.MustCompile(`\n[ \t]+\n`)
	text := strings.ReplaceAll(string(b), "\r", "")
	for blank.MatchString(text) {
		text = blank.ReplaceAllString(text, "\n\n")
	}
	for p := range strings.SplitSeq(text, sep) {
		p = oneLine(strings.TrimPrefix(strings.TrimSpace(p), "-- "))
		if p != "" && p != d.Title {
			out = append(out, p)
		}
	}
	return out
}

func TestDateForms(t *testing.T) {
	dir := sharedFormats(t)
	for _, row := range table2(t, filepath.Join(dir, "dates.tsv")) {
		m, ok := momentIn(row["raw"], orderUnknown)
		if m.String() != row["expected"] || !ok {
			t.Errorf("%q: got %q (%v), want %q", row["raw"], m, ok, row["expected"])
		}
	}
}
