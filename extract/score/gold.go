package score

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"entente/schema"
)

const goldSuffix = ".gold.tsv"

// Key is what makes two triples the same one when they are compared. The parties of a symmetric relation are sorted.
type Key struct {
	Subject  string          `json:"subject"`
	Relation schema.Relation `json:"relation"`
	Object   string          `json:"object"`
	Negated  bool            `json:"negated,omitempty"`
}

// KeyOf is the key of a claim.
func KeyOf(subject string, relation schema.Relation, object string, status schema.Status) Key {
	if relation.Info().Symmetric && object < subject {
		subject, object = object, subject
	}
	return Key{subject, relation, object, status == schema.Negated}
}

// String is "NATO AGREE RUS", with "not" before the relation where negated.
func (k Key) String() string {
	not := ""
	if k.Negated {
		not = "not "
	}
	return k.Subject + " " + not + string(k.Relation) + " " + k.Object
}

func compareKeys(a, b Key) int {
	negated := func(k Key) string {
		if k.Negated {
			return "1"
		}
		return "0"
	}
	return slices.Compare([]string{a.Subject, string(a.Relation), a.Object, negated(a)}, []string{b.Subject, string(b.Relation), b.Object, negated(b)})
}

// Line is one line of a .gold.tsv: a triple a careful reader wrote down.
type Line struct {
	Key         Key
	Number      int  // 1-based line in its file
	Optional    bool // first column begins with "?": neither demanded nor punished
	Date        schema.Date
	Status      schema.Status
	Agent       string // id of the person through whom the subject acted; empty where none
	ObjectAgent string // the same for the object
	Quote       string // copied from the article; empty where the file gives none
}

// agents are the persons of the line, sorted.
func (l Line) agents() []string { return sortedSet(l.Agent, l.ObjectAgent) }

// GoldArticle is one article with the lines of its gold.
type GoldArticle struct {
	ID    string // name of the gold file without .gold.tsv
	File  string // path of the gold file
	Lines []Line
	// Published is the day the head line of the gold file gives ("# ID published 1999-03-24"); empty where it gives none.
	Published schema.Date
	// Article is the article itself, as found; its ID is empty where no text was found. Its furniture is not marked.
	Article schema.Article
}

// Gold is a folder of gold files.
type Gold struct {
	Dir      string
	Articles []GoldArticle // sorted by file name
}

// Texts are the articles of g whose text was found, in order, with the day of the gold's head line where the source of the text has none.
func (g *Gold) Texts() []schema.Article {
	var out []schema.Article
	for _, a := range g.Articles {
		if a.Article.ID != "" {
			out = append(out, a.Article)
		}
	}
	return out
}

// Missing are the ids of the articles whose text was not found.
func (g *Gold) Missing() []string {
	var out []string
	for _, a := range g.Articles {
		if a.Article.ID == "" {
			out = append(out, a.ID)
		}
	}
	return out
}

// LoadGold reads the .gold.tsv files of dir and looks for their articles in dir, in a folder "articles" beside it, and in the files and
// folders of more, in this order. The article of ID.gold.tsv is
//
//   - the line of a .jsonl file whose "id" is ID, with "title", "published", "source", "url" and "text"
//   - the file ID, where ID itself ends in .txt, or else ID.txt (its whole content is the text)
//   - the one .txt file of a folder that is named ID
//
// An article that is not found is no error: see [Gold.Missing]. A folder without gold files is one, and so is a line that has not eight
// columns; what else may be wrong with a gold file, [Gold.Check] tells.
func LoadGold(dir string, more ...string) (*Gold, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, fmt.Errorf("gold: %w", err)
	}
	g := &Gold{Dir: dir}
	for _, e := range entries { // sorted by name
		if id, ok := strings.CutSuffix(e.Name(), goldSuffix); ok && id != "" && !strings.HasPrefix(id, ".") {
			a, err := loadGoldFile(filepath.Join(dir, e.Name()), id)
			if err != nil {
				return nil, err
			}
			g.Articles = append(g.Articles, a)
		}
	}
	if len(g.Articles) == 0 {
		return nil, fmt.Errorf("gold: no *%s file in %s", goldSuffix, dir)
	}
	f := finder{want: map[string]*GoldArticle{}}
	for i := range g.Articles {
		f.want[g.Articles[i].ID] = &g.Articles[i]
	}
	places := []string{dir}
	if beside := filepath.Join(filepath.Dir(filepath.Clean(dir)), "articles"); beside != filepath.Clean(dir) && isDir(beside) {
		places = append(places, beside)
	}
	for _, place := range append(places, more...) {
		if err := f.look(place); err != nil {
			return nil, fmt.Errorf("gold: articles: %w", err)
		}
	}
	return g, nil
}

func isDir(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

// spanQuote is a quote column that gives no quotation: a dash, or a span of bytes.
var spanQuote = regexp.MustCompile(`^(-|\d+-\d+)$`)

var headLine = regexp.MustCompile(`^#.* published (\S+)\s*$`)

func loadGoldFile(path, id string) (GoldArticle, error) {
	a := GoldArticle{ID: id, File: path}
	data, err := os.ReadFile(path)
	if err != nil {
		return a, fmt.Errorf("gold: %w", err)
	}
	if !utf8.Valid(data) {
		return a, fmt.Errorf("%s: not UTF-8", path)
	}
	text := strings.TrimPrefix(string(data), "\ufeff")
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text)
	n := 0
	for line := range strings.SplitSeq(text, "\n") {
		n++
		if m := headLine.FindStringSubmatch(line); m != nil && a.Published == "" {
			a.Published = schema.Date(m[1])
		}
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		c := strings.Split(line, "\t")
		if len(c) != 8 {
			return a, fmt.Errorf("%s:%d: want 8 columns, have %d", path, n, len(c))
		}
		a.Lines = append(a.Lines, parseLine(c, n))
	}
	return a, nil
}

func parseLine(c []string, n int) Line {
	subject := strings.TrimLeft(c[0], "? ")
	l := Line{
		Key: KeyOf(subject, schema.Relation(c[1]), c[2], schema.Status(c[4])), Number: n, Optional: strings.HasPrefix(c[0], "?"),
		Date: schema.Date(undash(c[3])), Status: schema.Status(c[4]), Agent: undash(c[5]), ObjectAgent: undash(c[6]), Quote: c[7],
	}
	if spanQuote.MatchString(l.Quote) {
		l.Quote = ""
	}
	return l
}

func undash(s string) string {
	if s == "-" {
		return ""
	}
	return s
}

// finder fills in the articles of gold files; the first text found for an id is kept.
type finder struct {
	want map[string]*GoldArticle
}

func (f finder) look(place string) error {
	info, err := os.Stat(place)
	if err != nil {
		return err
	}
	if !info.IsDir() {
		return f.file(place, filepath.Base(place))
	}
	root := filepath.Clean(place)
	texts := map[string][]string{} // folder -> its .txt files
	err = filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		if filepath.Ext(path) == ".txt" {
			texts[filepath.Dir(path)] = append(texts[filepath.Dir(path)], path)
		}
		rel, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		return f.file(path, filepath.ToSlash(rel))
	})
	if err != nil {
		return err
	}
	for folder, files := range texts {
		if a := f.want[nameOf(folder)]; a != nil && len(files) == 1 {
			if err := f.text(a, files[0]); err != nil {
				return err
			}
		}
	}
	return nil
}

// nameOf is the last element of the path, also where it is "." or ends in "..".
func nameOf(folder string) string {
	if abs, err := filepath.Abs(folder); err == nil {
		folder = abs
	}
	return filepath.Base(folder)
}

// file takes what it can from one file, whose path below the given root is name.
func (f finder) file(path, name string) error {
	switch filepath.Ext(path) {
	case ".jsonl":
		return f.lines(path)
	case ".txt":
		for _, id := range []string{name, strings.TrimSuffix(name, ".txt")} {
			if a := f.want[id]; a != nil {
				return f.text(a, path)
			}
		}
	}
	return nil
}

func (f finder) text(a *GoldArticle, path string) error {
	if a.Article.ID != "" {
		return nil
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	if !utf8.Valid(data) {
		return fmt.Errorf("%s: not UTF-8", path)
	}
	a.set(schema.Article{Text: string(data)})
	return nil
}

func (f finder) lines(path string) error {
	data, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	n := 0
	for line := range bytes.Lines(data) {
		n++
		if len(bytes.TrimSpace(line)) == 0 {
			continue
		}
		var rec struct{ ID, Title, Published, Source, URL, Text string }
		if err := json.Unmarshal(line, &rec); err != nil {
			return fmt.Errorf("%s:%d: %w", path, n, err)
		}
		if a := f.want[rec.ID]; a != nil && a.Article.ID == "" && rec.Text != "" {
			a.set(schema.Article{
				Title: rec.Title, Published: schema.Date(rec.Published), PublishedFrom: "format", Source: rec.Source, URL: rec.URL, Text: rec.Text,
			})
		}
	}
	return nil
}

func (a *GoldArticle) set(article schema.Article) {
	article.ID = a.ID
	article.SHA256 = schema.Digest(article.Text)
	if article.Published == "" {
		article.Published, article.PublishedFrom = a.Published, "flag"
		if a.Published == "" {
			article.PublishedFrom = ""
		}
	}
	a.Article = article
}

// Check tells what is wrong with the gold beside its columns, each defect with file and line: unknown relations and statuses, malformed
// dates, a party missing or equal to the other, one claim on two lines (same key, date, status, persons and quote), a quote that does
// not stand in the article or its title (white space apart), and a publication date that contradicts the article's.
func (g *Gold) Check() error {
	var errs []error
	for _, a := range g.Articles {
		if !a.Published.Valid() {
			errs = append(errs, fmt.Errorf("%s: published %q is not a date", a.File, a.Published))
		}
		if a.Published != "" && a.Article.ID != "" && a.Article.Published != a.Published {
			errs = append(errs, fmt.Errorf("%s: published %s, but the article says %s", a.File, a.Published, a.Article.Published))
		}
		text := squeeze(a.Article.Title + "\n" + a.Article.Text)
		seen := map[string]int{}
		for _, l := range a.Lines {
			if err := l.check(text); err != nil {
				errs = append(errs, fmt.Errorf("%s:%d: %w", a.File, l.Number, err))
			}
			same := fmt.Sprint(l.Key, l.Date, l.Status, l.agents(), l.Quote)
			if first := seen[same]; first != 0 {
				errs = append(errs, fmt.Errorf("%s:%d: the claim of line %d again", a.File, l.Number, first))
			} else {
				seen[same] = l.Number
			}
		}
	}
	return errors.Join(errs...)
}

func (l Line) check(text string) error {
	switch {
	case !l.Key.Relation.Valid():
		return fmt.Errorf("unknown relation %q", l.Key.Relation)
	case !slices.Contains(schema.EvidenceStatuses(), l.Status):
		return fmt.Errorf("unknown status %q", l.Status)
	case !l.Date.Valid():
		return fmt.Errorf("date %q is malformed", l.Date)
	case l.Key.Subject == "" || l.Key.Subject == "-" || l.Key.Object == "" || l.Key.Object == "-":
		return errors.New("a party is missing")
	case l.Key.Subject == l.Key.Object:
		return errors.New("subject and object are one party")
	case text != "" && !strings.Contains(text, squeeze(l.Quote)):
		return fmt.Errorf("the quote does not stand in the article: %q", l.Quote)
	}
	return nil
}

func squeeze(s string) string { return strings.Join(strings.Fields(s), " ") }
