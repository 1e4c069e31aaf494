package corpus

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"path"
	"regexp"
	"slices"
	"strings"
)

var (
	errBinary = errors.New("a binary file, not a text; leave it out")
	errEmpty  = errors.New("empty: it has no text")
)

// format is a form of text that articles come in.
type format struct {
	name string
	is   func(head []byte, name string) bool
	read func(*bufio.Reader, *sink)
}

// formats are the forms in the order they are asked for; the last takes what is left.
func formats() []format {
	return []format{
		{"warc", starts("WARC/"), warcFile},
		{"json lines", linesOfJSON, jsonLines},
		{"json", documentOfJSON, jsonFile},
		{"reuters-21578", contains(`(?i)^\s*(<!DOCTYPE lewis[^>]*>\s*)?<REUTERS[ >]`), reutersFile},
		{"trec", contains(`^\s*<DOC>\s`), docFile},
		{"gigaword", contains(`^\s*<DOC id=`), docFile},
		{"rss", root("rss", "rdf:RDF"), rssFile},
		{"atom", root("feed", "atom:feed"), atomFile},
		{"nitf", root("nitf"), nitfFile},
		{"newsml-g2", root("newsItem", "newsMessage", "packageItem"), newsmlFile},
		{"rcv1", root("newsitem"), rcv1File},
		{"tei", root("TEI", "tei:TEI", "TEI.2", "teiCorpus"), teiFile},
		{"mediawiki", root("mediawiki"), mediawikiFile},
		{"petrarch", root("Sentences"), petrarchFile},
		{"factiva html", contains(`(?is)<div class="article [a-z]{2}Article"`), factivaHTML},
		{"html", isHTML, htmlFile},
		{"xml", root(""), unknownXML},
		{"nexis", contains(`(?m)^[ \t]*(?:Document )?\d+ of \d+ DOCUMENTS\s*$`), nexisFile},
		{"factiva", contains(`(?m)\A(?:\s|[A-Z]{2,3} .*\n)*HD +\S(?s:.*)^(?:LP|TD)\b`), factivaFile},
		{"gdelt", isGDELT, gdeltFile},
		{"csv", isTable, csvFile},
		{"text", func([]byte, string) bool { return true }, textFile},
	}
}

// Formats are the names of the formats, those that are packed first.
func Formats() []string {
	out := []string{"parquet", "docx"}
	for _, f := range formats() {
		out = append(out, f.name)
	}
	return out
}

// read passes an unpacked stream to the reader of its format.
func (k *sink) read(s *stream) {
	head, err := s.r.Peek(peekSize)
	if len(head) == 0 && err != nil {
		if !s.source.inside || path.Ext(s.source.id) != "" {
			k.fail(0, emptyOf(s.source.id))
		}
		return
	}
	r := utf8Reader(s.r)
	head, _ = r.Peek(peekSize)
	name := path.Base(s.source.id)
	f := detect(head, name)
	if bytes.IndexByte(head, 0) >= 0 && f.name != "warc" {
		if !s.source.inside || known(name) {
			k.fail(0, errBinary)
		}
		return
	}
	if s.source.inside && !k.takes(f.name, name, head) {
		return
	}
	k.format = f.name
	k.order = orderOf(head)
	before := k.seen
	f.read(r, k)
	if k.seen == before && !k.done {
		k.fail(0, errors.New("no article found in it, though it looks like "+f.name))
	}
}

func emptyOf(name string) error {
	if isLines(name) {
		return errors.New("empty: it has no lines")
	}
	return errEmpty
}

// known reports whether the ending of a name promises a text.
func known(name string) bool { return path.Ext(unpackedName(name)) != "" }

// takes reports whether a file in a folder or archive is taken: a plain text only where its name says that it is one, notes in Markdown
// only where they have the head of an article.
func (k *sink) takes(format, name string, head []byte) bool {
	if format != "text" {
		return true
	}
	switch strings.ToLower(path.Ext(name)) {
	case ".txt", ".text", ".asc":
		return true
	case ".md":
		return bytes.HasPrefix(head, []byte("---"))
	}
	return false
}

func detect(head []byte, name string) format {
	fs := formats()
	for _, f := range fs {
		if f.is(head, name) {
			return f
		}
	}
	return fs[len(fs)-1]
}

func starts(s string) func([]byte, string) bool {
	return func(head []byte, _ string) bool { return bytes.HasPrefix(bytes.TrimLeft(head, "\r\n"), []byte(s)) }
}

func contains(re string) func([]byte, string) bool {
	r := regexp.MustCompile(re)
	return func(head []byte, _ string) bool { return r.Match(head) }
}

var prolog = regexp.MustCompile(`(?s)^\s*(?:<\?.*?\?>\s*|<!--.*?-->\s*|<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>\s*)*<([\w:.-]+)[\s/>]`)

// rootOf is the name of the first element of XML or HTML, empty for other text.
func rootOf(head []byte) string {
	if m := prolog.FindSubmatch(head); m != nil {
		return string(m[1])
	}
	return ""
}

// root tells XML by its first element; an empty name is any file that says that it is XML.
func root(names ...string) func([]byte, string) bool {
	return func(head []byte, name string) bool {
		if names[0] == "" {
			return bytes.HasPrefix(bytes.TrimSpace(head), []byte("<?xml")) || rootOf(head) != "" && strings.HasSuffix(strings.ToLower(name), ".xml")
		}
		return slices.Contains(names, rootOf(head))
	}
}

func isHTML(head []byte, name string) bool {
	switch strings.ToLower(rootOf(head)) {
	case "html", "head", "body", "article", "main", "div", "p", "meta", "title", "section", "h1":
		return true
	}
	lower := strings.ToLower(string(head[:min(len(head), 1024)]))
	return strings.Contains(lower, "<!doctype html") || strings.Contains(lower, "<html") ||
		(strings.HasSuffix(strings.ToLower(name), ".html") || strings.HasSuffix(strings.ToLower(name), ".htm")) && bytes.HasPrefix(bytes.TrimSpace(head), []byte("<"))
}

// linesOfJSON tells lines of JSON: a first line that is a whole object, a name that says so, or, without a name, anything but an array.
func linesOfJSON(head []byte, name string) bool {
	if isLines(name) {
		return true
	}
	first := bytes.TrimLeft(head, " \t\r\n")
	if !bytes.HasPrefix(first, []byte("{")) {
		return false
	}
	line, _, whole := bytes.Cut(first, []byte("\n"))
	if whole || len(head) < peekSize {
		return json.Valid(line)
	}
	return !strings.HasSuffix(strings.ToLower(name), ".json")
}

func documentOfJSON(head []byte, name string) bool {
	first := bytes.TrimLeft(head, " \t\r\n")
	return len(first) > 0 && (first[0] == '{' || first[0] == '[') && (strings.HasSuffix(strings.ToLower(name), ".json") || openJSON.Match(first))
}

// openJSON is how an object with a name in it, or an array of objects, begins.
var openJSON = regexp.MustCompile(`^(?:\{\s*"|\[\s*(?:\{|\]\s*$))`)
