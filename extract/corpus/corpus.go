// Package corpus finds articles in files and says which parts of them are furniture: dateline, by-line, editors' line and the like, which
// are kept in the text and never read. So far it knows plain text and JSON lines, each also compressed by gzip; folders are walked in the
// order of their names.
package corpus

import (
	"bufio"
	"bytes"
	"compress/flate"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path"
	"path/filepath"
	"strings"

	"entente/schema"
)

const (
	maxText = 16 << 20 // bytes of one article's text
	maxLine = 32 << 20 // bytes of one line of JSON
)

// Options say how articles are read; the zero value works.
type Options struct {
	// Published is the date of articles that do not say when they came out.
	Published schema.Date
	// Stdin is read as JSON lines for the path "-".
	Stdin io.Reader
}

// Error is what is wrong with one article: the corpus goes on behind it.
type Error struct {
	Path string // as the user named it, with the path below a folder
	Line int    // 1-based, 0 where the file has no lines
	Err  error  // what is wrong and what helps
}

func (e *Error) Error() string {
	if e.Line > 0 {
		return fmt.Sprintf("%s:%d: %v", e.Path, e.Line, e.Err)
	}
	return fmt.Sprintf("%s: %v", e.Path, e.Err)
}

func (e *Error) Unwrap() error { return e.Err }

// Articles yields the articles of files and folders in order; "-" is standard input. A bad article or file is an *Error in its place. The
// sequence is single-use where Stdin is read. An article's id is its own, else its URL, else its path below the given folder (the base
// name of a file that is given itself) with #ROW, 1-based, for a line.
func Articles(paths []string, o Options) iter.Seq2[schema.Article, error] {
	return func(yield func(schema.Article, error) bool) {
		for _, p := range paths {
			for s, err := range sources(p) {
				if err != nil {
					if !yield(schema.Article{}, err) {
						return
					}
					continue
				}
				for a, err := range s.articles(o) {
					if !yield(a, err) {
						return
					}
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

// source is one file.
type source struct {
	path string // to open, and for messages
	id   string // slash-separated, below the given root
}

func sources(root string) iter.Seq2[source, error] {
	return func(yield func(source, error) bool) {
		info, err := os.Stat(root)
		switch {
		case root == "-":
			yield(source{"-", "stdin"}, nil)
			return
		case err != nil:
			yield(source{}, &Error{Path: root, Err: plain(err)})
			return
		case !info.IsDir():
			yield(source{root, filepath.Base(root)}, nil)
			return
		}
		walk(root, yield)
	}
}

// walk yields the files of a folder that are articles or lists of them. The root may be a symbolic link; links to folders below it are not
// followed, so that no circle of them is.
func walk(root string, yield func(source, error) bool) {
	found := false
	err := filepath.WalkDir(root+string(filepath.Separator), func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			found = true
			if !yield(source{}, &Error{Path: filepath.Clean(p), Err: plain(err)}) {
				return errStop
			}
			return nil
		}
		if d.IsDir() || !known(d.Name()) || !isFile(p) {
			return nil
		}
		found = true
		rel, err := filepath.Rel(root, p)
		if err != nil {
			rel = p
		}
		if !yield(source{filepath.Clean(p), filepath.ToSlash(rel)}, nil) {
			return errStop
		}
		return nil
	})
	if err == nil && !found {
		yield(source{}, &Error{Path: root, Err: errors.New("no articles in this folder; they are .txt or .jsonl files, also .gz")})
	}
}

// isFile reports whether p can be read as a file: no pipe, no device, no link to a folder. A link to nothing is one, so that it is named.
func isFile(p string) bool {
	info, err := os.Stat(p)
	return err != nil || info.Mode().IsRegular()
}

var errStop = errors.New("stop")

// known reports whether a file of this name in a folder is an article or a list of them; README files are not.
func known(name string) bool {
	n := strings.TrimSuffix(strings.ToLower(name), ".gz")
	return (strings.HasSuffix(n, ".txt") || isLines(n)) && !strings.HasPrefix(n, "readme") && !strings.HasPrefix(n, ".")
}

func isLines(name string) bool {
	n := strings.TrimSuffix(strings.ToLower(name), ".gz")
	return strings.HasSuffix(n, ".jsonl") || strings.HasSuffix(n, ".ndjson")
}

// plain is an error of the file system without operation and path.
func plain(err error) error {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return errors.New("no such file or folder; check the path")
	case errors.Is(err, fs.ErrPermission):
		return errors.New("it may not be read; check its permissions")
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, gzip.ErrChecksum), errors.As(err, new(flate.CorruptInputError)):
		return errors.New("the compressed file is cut off or damaged; fetch or pack it again")
	}
	if e, ok := errors.AsType[*fs.PathError](err); ok {
		return e.Err
	}
	return err
}

func (s source) articles(o Options) iter.Seq2[schema.Article, error] {
	return func(yield func(schema.Article, error) bool) {
		fail := func(line int, err error) bool { return yield(schema.Article{}, &Error{s.path, line, err}) }
		r, closer, err := s.open(o)
		if err != nil {
			fail(0, plain(err))
			return
		}
		defer closer()
		if s.path == "-" || isLines(s.path) {
			lines(r, s, o, yield, fail)
			return
		}
		a, err := text(r, s, o)
		if err != nil {
			fail(0, err)
			return
		}
		yield(a, nil)
	}
}

func (s source) open(o Options) (io.Reader, func(), error) {
	if s.path == "-" {
		if o.Stdin == nil {
			return nil, nil, errors.New("no standard input here")
		}
		return o.Stdin, func() {}, nil
	}
	f, err := os.Open(s.path)
	if err != nil {
		return nil, nil, err
	}
	var r io.Reader = f
	if strings.HasSuffix(strings.ToLower(s.path), ".gz") {
		if r, err = gzip.NewReader(f); err != nil {
			f.Close()
			return nil, nil, errors.New("not a gzip file; unpack it, or take .gz off its name")
		}
	}
	return bufio.NewReaderSize(r, 1<<16), func() { f.Close() }, nil
}

// text is a file that is one article.
func text(r io.Reader, s source, o Options) (schema.Article, error) {
	b, err := io.ReadAll(io.LimitReader(r, maxText+1))
	if err != nil {
		return schema.Article{}, plain(err)
	}
	if err := readable(b); err != nil {
		return schema.Article{}, err
	}
	a := schema.Article{ID: strings.TrimSuffix(s.id, ".gz"), Text: string(bytes.TrimPrefix(b, bom))}
	return finish(a, path.Base(s.id), o), nil
}
