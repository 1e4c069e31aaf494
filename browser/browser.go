// Package browser holds what makes Neo4j Browser a pleasure on a graph of entente: a guide, a style and saved queries.
//
//	queries/THEME/NAME.cypher   the saved queries: a title, what it is for, the query
//	guide.txt                   the guide, of which guide.html is made for the Browser that comes with Neo4j 5.26 and guide.adoc for the new one
//	entente.grass               the style, made from the vocabulary
//
// Write makes a folder of all that is to be opened, dropped or served. The made files stand in the tree too, and a test holds them equal.
package browser

import (
	"archive/zip"
	"bytes"
	"embed"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"time"
)

//go:embed queries guide.txt
var sources embed.FS

// Query is a saved query.
type Query struct {
	Theme  string // of its folder, without the number before it: "timeline"
	Path   string // "2-timeline/two-parties.cypher"
	Title  string
	Text   string // what it is for
	Cypher string // without a semicolon
}

// Queries are all saved queries in the order of their paths.
func Queries() ([]Query, error) {
	var out []Query
	err := fs.WalkDir(sources, "queries", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := sources.ReadFile(name)
		if err != nil {
			return err
		}
		q, err := parseQuery(strings.TrimPrefix(name, "queries/"), string(b))
		out = append(out, q)
		return err
	})
	return out, err
}

func parseQuery(name, text string) (Query, error) {
	_, theme, _ := strings.Cut(path.Dir(name), "-")
	lines := strings.SplitN(text, "\n", 3)
	q := Query{Theme: theme, Path: name}
	if len(lines) < 3 || !strings.HasPrefix(lines[0], "// ") || !strings.HasPrefix(lines[1], "// ") || !strings.HasSuffix(text, ";\n") {
		return q, fmt.Errorf("query %s: want two lines of comment, a title and what it is for, and a query that ends in a semicolon", name)
	}
	q.Title, q.Text = strings.TrimPrefix(lines[0], "// "), strings.TrimPrefix(lines[1], "// ")
	q.Cypher = strings.TrimSuffix(lines[2], ";\n")
	return q, nil
}

// queryFile is the text of a query's file.
func (q Query) file() string { return fmt.Sprintf("// %s\n// %s\n%s;\n", q.Title, q.Text, q.Cypher) }

// Files are all made files by name: guide.html, guide.adoc, entente.grass and queries.zip, the same bytes each time.
func Files() (map[string][]byte, error) {
	queries, err := Queries()
	if err != nil {
		return nil, err
	}
	source, err := sources.ReadFile("guide.txt")
	if err != nil {
		return nil, err
	}
	g, err := parseGuide(string(source), queries)
	if err != nil {
		return nil, err
	}
	archive, err := zipped(queries)
	if err != nil {
		return nil, err
	}
	return map[string][]byte{"guide.html": []byte(g.html()), "guide.adoc": []byte(g.asciidoc()), "entente.grass": []byte(style()), "queries.zip": archive}, nil
}

// zipped is the archive that Browser takes: a folder for each theme, which becomes a folder of the saved queries.
func zipped(queries []Query) ([]byte, error) {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, q := range queries {
		// The same time always, so that two archives of the same queries are the same.
		f, err := w.CreateHeader(&zip.FileHeader{Name: q.Theme + "/" + path.Base(q.Path), Method: zip.Deflate, Modified: time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)})
		if err == nil {
			_, err = f.Write([]byte(q.file()))
		}
		if err != nil {
			return nil, err
		}
	}
	err := w.Close()
	return b.Bytes(), err
}

// Write writes the made files, and the queries one by one in the folder queries, into the folder dir, which it makes. It returns their names.
func Write(dir string) ([]string, error) {
	files, err := Files()
	if err != nil {
		return nil, err
	}
	queries, err := Queries()
	if err != nil {
		return nil, err
	}
	names := []string{"guide.html", "guide.adoc", "entente.grass", "queries.zip"}
	for _, q := range queries {
		name := "queries/" + q.Path
		files[name] = []byte(q.file())
		names = append(names, name)
	}
	for _, name := range names {
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			return nil, err
		}
		if err := os.WriteFile(file, files[name], 0o644); err != nil {
			return nil, err
		}
	}
	return names, nil
}
