// Package corpus finds articles in files and says which parts of them are furniture: dateline, by-line, editors' line and the like, which
// are kept in the text and never read.
//
// An article's way:
//
//  1. files.go names the files of paths, folders and patterns.
//  2. container.go opens what is packed (gzip, zstd, bzip2, zip, tar, also in each other), within limits.
//  3. encoding.go turns the bytes into UTF-8, detect.go says by their content which format they are.
//  4. The reader of the format (text.go, json.go, html.go, ...) finds the articles and what is known of each.
//  5. document.go completes each: title, day, furniture (furniture.go), language (language.go).
//
// Every reader streams: memory depends on the longest article, not on the file.
package corpus

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"sync/atomic"

	"entente/schema"
)

const (
	maxText = 16 << 20 // bytes of one article's text
	maxLine = 32 << 20 // bytes of one line, row or record
)

// Options say how articles are read; the zero value works.
type Options struct {
	// Published is the date of articles that do not say when they came out.
	Published schema.Date
	// Stdin is read for the path "-", of whatever format it is.
	Stdin io.Reader
	// Fields name the field, column or path ("a.b") of a corpus that holds a property of its articles, before the usual names: "text" ->
	// "story_body". The properties are those of Properties.
	Fields map[string]string
	// Skipped, where set, is told of each article that is left out on purpose.
	Skipped func(Skip)
	// Found, where set, is told of each article before it is passed on.
	Found func(Document)
	// Consumed, where set, counts the bytes read of files as they lie on disk, packed ones as they are; they come to Size in the end.
	Consumed *atomic.Int64
	// AnyLanguage keeps articles that are not in English.
	AnyLanguage bool

	list *lister // set by List
}

// Error is what is wrong with one article: the corpus goes on behind it.
type Error struct {
	Path string // as the user named it, with the path below a folder, "!member" for a part of an archive
	Line int    // 1-based line, row or position of the article in the file; 0 where the file is one article
	Err  error  // what is wrong and what helps
}

func (e *Error) Error() string {
	if e.Line > 0 {
		return fmt.Sprintf("%s:%d: %v", e.Path, e.Line, e.Err)
	}
	return fmt.Sprintf("%s: %v", e.Path, e.Err)
}

func (e *Error) Unwrap() error { return e.Err }

// Articles yields the articles of files, folders and patterns in order; "-" is standard input. A bad article or file is an *Error in its
// place. The sequence is single-use where Stdin is read. An article's id is its own, else its URL, else its path below the given folder
// (the base name of a file that is given itself), with "!member" for a part of an archive and "#row", 1-based, for one of many in a file.
// An article of a list without texts has an empty Text.
func Articles(paths []string, o Options) iter.Seq2[schema.Article, error] {
	return func(yield func(schema.Article, error) bool) {
		for d, err := range Documents(paths, o) {
			d.Source = cmp.Or(d.Source, d.Author)
			if !yield(d.Article, err) {
				return
			}
		}
	}
}

// Documents is Articles with what each format says beyond the vocabulary.
func Documents(paths []string, o Options) iter.Seq2[Document, error] {
	return func(yield func(Document, error) bool) {
		for _, p := range paths {
			for s, err := range sources(p) {
				if err != nil {
					if !yield(Document{}, err) {
						return
					}
					continue
				}
				if !s.read(&o, yield) {
					return
				}
			}
		}
	}
}

// Size is the number of bytes of all files of the paths, as they lie on disk; standard input counts nothing.
func Size(paths []string) int64 {
	var n int64
	for _, p := range paths {
		for s, err := range sources(p) {
			if err == nil && s.path != "-" {
				if info, err := os.Stat(s.path); err == nil {
					n += info.Size()
				}
			}
		}
	}
	return n
}

// read passes on the articles of one file and reports whether more are wanted.
func (s source) read(o *Options, yield func(Document, error) bool) bool {
	k := &sink{source: s, o: o, yield: yield}
	if s.path == "-" {
		if o.Stdin == nil {
			return k.fail(0, errors.New("no standard input here"))
		}
		b := &budget{consumed: o.Consumed}
		unpack(&stream{source: s, r: buffered(b.input(o.Stdin)), budget: b}, k)
		return k.more()
	}
	f, err := os.Open(s.path)
	if err != nil {
		k.fail(0, plain(err))
		return k.more()
	}
	defer f.Close()
	b := &budget{consumed: o.Consumed}
	st := &stream{source: s, r: buffered(b.input(f)), budget: b}
	if info, err := f.Stat(); err == nil && info.Mode().IsRegular() {
		st.at, st.size = f, info.Size()
		defer b.whole(st.size)
	}
	unpack(st, k)
	return k.more()
}
