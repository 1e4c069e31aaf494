package corpus

import (
	"compress/bzip2"
	"compress/flate"
	"compress/gzip"
	"errors"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// source is one file, or one part of an archive.
type source struct {
	path   string // to open, and for messages
	id     string // slash-separated, below the given root
	inside bool   // found in a folder or archive: what is no article there is left out in silence
}

// sources yields the files of a path, of the folder it is, or of the pattern it is.
func sources(root string) iter.Seq2[source, error] {
	return func(yield func(source, error) bool) {
		if root == "-" {
			yield(source{path: "-", id: "stdin"}, nil)
			return
		}
		info, err := os.Stat(root)
		switch {
		case err != nil && strings.ContainsAny(root, "*?["):
			matched(root, yield)
		case err != nil:
			yield(source{}, &Error{Path: root, Err: plain(err)})
		case info.IsDir():
			walk(root, yield)
		default:
			yield(source{path: root, id: filepath.Base(root)}, nil)
		}
	}
}

// matched yields the files of a shell pattern, in the order of their names.
func matched(pattern string, yield func(source, error) bool) {
	names, err := filepath.Glob(pattern)
	if err != nil || len(names) == 0 {
		yield(source{}, &Error{Path: pattern, Err: errors.New("no file has a name like this; check the pattern")})
		return
	}
	for _, n := range names {
		for s, err := range sources(n) {
			if !yield(s, err) {
				return
			}
		}
	}
}

// walk yields the files of a folder that may hold articles. The root may be a symbolic link; links to folders below it are not followed,
// so that no circle of them is.
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
		if d.IsDir() {
			if p != root && hiddenName(d.Name()) && filepath.Clean(p) != filepath.Clean(root) {
				return filepath.SkipDir
			}
			return nil
		}
		if !candidate(d.Name()) || !isFile(p) {
			return nil
		}
		found = true
		rel, err := filepath.Rel(root, p)
		if err != nil {
			rel = p
		}
		if !yield(source{filepath.Clean(p), filepath.ToSlash(rel), true}, nil) {
			return errStop
		}
		return nil
	})
	if err == nil && !found {
		yield(source{}, &Error{Path: root, Err: errors.New("no articles in this folder; `entente ingest --list` says what would be read as what")})
	}
}

// isFile reports whether p can be read as a file: no pipe, no device, no link to a folder. A link to nothing is one, so that it is named.
func isFile(p string) bool {
	info, err := os.Stat(p)
	return err != nil || info.Mode().IsRegular()
}

var errStop = errors.New("stop")

// packed are the endings of one file that is compressed, bound those of files that hold many.
var (
	packed = []string{".gz", ".zst", ".bz2"}
	bound  = []string{".zip", ".tar", ".tgz", ".tar.gz"}
	// readableEndings are those of files that may hold articles; what has another is left out where a folder is given.
	readableEndings = []string{
		".txt", ".text", ".asc", ".md", ".json", ".jsonl", ".ndjson", ".csv", ".tsv", ".tab", ".html", ".htm", ".xhtml", ".xml", ".rss", ".atom", ".nitf",
		".sgm", ".sgml", ".parquet", ".docx", ".warc", ".wet", "",
	}
)

// candidate reports whether a file of this name in a folder or an archive may hold articles; README files and hidden ones do not.
func candidate(name string) bool {
	n := strings.ToLower(name)
	if strings.HasPrefix(n, "readme") || hiddenName(n) {
		return false
	}
	for _, e := range bound {
		if strings.HasSuffix(n, e) {
			return true
		}
	}
	return slices.Contains(readableEndings, filepath.Ext(unpackedName(n)))
}

func hiddenName(name string) bool {
	return strings.HasPrefix(name, ".") && name != "." && name != ".." || name == "__MACOSX"
}

// unpackedName is a name without the endings of compression.
func unpackedName(name string) string {
	for _, e := range packed {
		if len(name) > len(e) && strings.EqualFold(name[len(name)-len(e):], e) {
			return unpackedName(name[:len(name)-len(e)])
		}
	}
	return name
}

func isLines(name string) bool {
	n := strings.ToLower(unpackedName(name))
	return strings.HasSuffix(n, ".jsonl") || strings.HasSuffix(n, ".ndjson")
}

// plain is an error of the file system or of a packed file without operation and path.
func plain(err error) error {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return errors.New("no such file or folder; check the path")
	case errors.Is(err, fs.ErrPermission):
		return errors.New("it may not be read; check its permissions")
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, gzip.ErrChecksum), errors.Is(err, gzip.ErrHeader), errors.As(err, new(flate.CorruptInputError)), errors.As(err, new(bzip2.StructuralError)):
		return errors.New("the compressed file is cut off or damaged; fetch or pack it again")
	}
	if e, ok := errors.AsType[*fs.PathError](err); ok {
		return e.Err
	}
	return err
}
