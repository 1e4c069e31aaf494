// Package admin writes a store as files for `neo4j-admin database import full` of Neo4j 5.26: the way into Neo4j for what is too much for a
// server that runs. The graph that comes of it is the one that graph/neo4j would have loaded.
//
//	DIR/entity.csv, triple.csv, ...   one file for each sort of node and relationship, with a header
//	DIR/import.sh                     the command, to be run beside a server that is stopped
//	DIR/schema.cypher                 constraints and indexes; the program makes them too when it first opens the graph
package admin

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j/dbtype"

	"entente/graph"
	"entente/graph/neo4j"
)

// Result is what was written.
type Result struct {
	Nodes         int      `json:"nodes"`
	Relationships int      `json:"relationships"`
	Command       []string `json:"command"` // the words of the import command, with files named relative to the folder
}

// separator stands between the elements of a list: it is in no text that people write.
const separator = "\x1f"

// Export writes all of source into the folder dir, which it makes; files of an earlier export are replaced. The database to be made is called
// database, "neo4j" where that is empty. An export that failed leaves no import.sh.
func Export(ctx context.Context, source graph.Store, dir, database string) (result Result, err error) {
	if database = cmp.Or(database, "neo4j"); !databaseName.MatchString(database) {
		return result, fmt.Errorf("export: no database of Neo4j can be called %q: want 3 to 63 small letters, digits, dots and dashes, a letter first", database)
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return result, fmt.Errorf("export into %s: %w", dir, err)
	}
	script := filepath.Join(dir, "import.sh")
	if err := os.Remove(script); err != nil && !errors.Is(err, os.ErrNotExist) {
		return result, fmt.Errorf("export into %s: %w", dir, err)
	}
	e := &exporter{dir: dir, files: map[string]*table{}}
	for _, layout := range layouts() {
		if err := e.create(layout); err != nil {
			return result, errors.Join(fmt.Errorf("export into %s: %w", dir, err), e.close())
		}
	}
	for record, err := range neo4j.Records(ctx, source) {
		if err == nil {
			err = e.write(record, &result)
		}
		if err != nil {
			return result, errors.Join(err, e.close())
		}
	}
	if err := e.close(); err != nil {
		return result, fmt.Errorf("export into %s: %w", dir, err)
	}
	result.Command = e.command(database)
	if err := os.WriteFile(filepath.Join(dir, "schema.cypher"), []byte(neo4j.Schema()), 0o644); err != nil {
		return result, fmt.Errorf("export into %s: %w", dir, err)
	}
	if err := os.WriteFile(script, []byte(scriptText(result.Command)), 0o755); err != nil {
		return result, fmt.Errorf("export into %s: %w", dir, err)
	}
	return result, nil
}

var databaseName = regexp.MustCompile(`^[a-z][a-z0-9.-]{2,62}$`)

// scriptText is import.sh.
func scriptText(command []string) string {
	return `#!/bin/sh
# Makes a database of the files in this folder with Neo4j 5.26, which must not be running; a database of that name must not be there or be
# replaced: say --overwrite-destination then. Afterwards start Neo4j; the constraints and indexes are made when the graph is first opened.
cd "$(dirname "$0")" || exit 1
exec ` + strings.Join(command[:5], " ") + " \\\n    " + strings.Join(command[5:], " \\\n    ") + ` "$@"
`
}

// exporter has all files open.
type exporter struct {
	dir     string
	files   map[string]*table
	longest int // bytes of the longest field
}

// table is one file.
type table struct {
	layout
	f    *os.File
	w    *bufio.Writer
	rows int
}

func (e *exporter) create(l layout) error {
	f, err := os.Create(filepath.Join(e.dir, l.file()))
	if err != nil {
		return err
	}
	t := &table{layout: l, f: f, w: bufio.NewWriterSize(f, 1<<16)}
	e.files[l.name] = t
	_, err = t.w.WriteString(strings.Join(l.header(), ",") + "\n")
	return err
}

func (e *exporter) close() error {
	var errs []error
	for _, t := range e.files {
		errs = append(errs, t.w.Flush(), t.f.Close())
	}
	return errors.Join(errs...)
}

func (e *exporter) write(r neo4j.Record, result *Result) error {
	name := fileOf(r)
	t := e.files[name]
	if t == nil {
		return fmt.Errorf("export: no file takes %v %s", r.Labels, r.Type)
	}
	var cells []string
	if len(r.Labels) > 0 {
		result.Nodes++
		if t.extra {
			cells = append(cells, quote(strings.Join(r.Labels[1:], separator)))
		}
	} else {
		result.Relationships++
		cells = append(cells, quote(r.From.ID), quote(r.To.ID), quote(r.Type))
	}
	known := 0
	for _, c := range t.columns {
		v, ok := r.Properties[c.name]
		if !ok {
			cells = append(cells, "")
			continue
		}
		known++
		text, err := c.text(v)
		if err != nil {
			return fmt.Errorf("export of %s %v: %w", name, r.Properties["id"], err)
		}
		e.longest = max(e.longest, len(text))
		cells = append(cells, text)
	}
	if known != len(r.Properties) {
		return fmt.Errorf("export of %s %v: a property has no column", name, r.Properties["id"])
	}
	t.rows++
	_, err := t.w.WriteString(strings.Join(cells, ",") + "\n")
	return err
}

// text is a value as a field of the file.
func (c column) text(v any) (string, error) {
	switch v := v.(type) {
	case string:
		return quote(v), nil
	case bool:
		return strconv.FormatBool(v), nil
	case int64:
		return strconv.FormatInt(v, 10), nil
	case float64:
		return strconv.FormatFloat(v, 'g', -1, 64), nil
	case dbtype.Date:
		return v.String(), nil
	case []any:
		words := make([]string, len(v))
		for i, w := range v {
			s, ok := w.(string)
			if !ok || strings.Contains(s, separator) || s == "" {
				return "", fmt.Errorf("%s: %q cannot be an element of a list: load the articles with `entente copy`", c.name, w)
			}
			words[i] = s
		}
		return quote(strings.Join(words, separator)), nil
	}
	return "", fmt.Errorf("%s: a value of type %T", c.name, v)
}

// quote is a field of text: in quotation marks, with those inside doubled.
func quote(s string) string { return `"` + strings.ReplaceAll(s, `"`, `""`) + `"` }

// readBuffer is how many bytes the importer reads at once where nothing else is said: no field may be longer.
const readBuffer = 4 << 20

// command is the import of the files that have rows.
func (e *exporter) command(database string) []string {
	words := []string{"neo4j-admin", "database", "import", "full", database}
	for _, l := range layouts() {
		switch t := e.files[l.name]; {
		case t.rows == 0:
		case l.label != "":
			words = append(words, "--nodes="+l.label+"="+l.file())
		default:
			words = append(words, "--relationships="+l.file())
		}
	}
	words = append(words, "--multiline-fields=true", "--array-delimiter=U+001F", "--id-type=string", "--bad-tolerance=0")
	if e.longest > readBuffer/2 {
		words = append(words, fmt.Sprintf("--read-buffer-size=%dm", 2*e.longest>>20+2))
	}
	return words
}

// fileOf names the file for a record.
func fileOf(r neo4j.Record) string {
	if len(r.Labels) > 0 {
		return strings.ToLower(r.Labels[0])
	}
	name := strings.ToLower(r.From.Label + "_" + r.To.Label)
	if r.From.Label == "Entity" && r.Type == "DYAD" {
		return "dyad"
	}
	return name
}
