package corpus

import (
	"archive/tar"
	"archive/zip"
	"bufio"
	"bytes"
	"compress/bzip2"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"strings"
	"sync/atomic"

	"github.com/klauspost/compress/zstd"
)

const (
	peekSize   = 64 << 10 // bytes looked at to tell what a stream is
	maxNesting = 6        // packed files in each other
	maxRatio   = 250      // bytes unpacked for one byte packed; news texts reach 5 to 20
	freeBytes  = 64 << 20 // bytes unpacked before the ratio counts
	maxSpool   = 16 << 30 // bytes of a packed file in another that must be laid on disk to be read
)

// stream is bytes on their way to a reader.
type stream struct {
	source source
	r      *bufio.Reader
	at     io.ReaderAt // the same bytes for those formats that need to jump; nil where they only flow
	size   int64       // of at
	budget *budget
	depth  int // packed files around it
}

func buffered(r io.Reader) *bufio.Reader { return bufio.NewReaderSize(r, peekSize) }

// budget holds what all that is unpacked out of one file may come to, so that a small file cannot become an endless one.
type budget struct {
	in, out  int64
	consumed *atomic.Int64 // as in Options
	counted  int64         // of the file in consumed
}

var errBomb = fmt.Errorf("it unpacks to more than %d times its size and is not read further; unpack it by hand if it is what it should be", maxRatio)

// input counts the bytes of the file itself.
func (b *budget) input(r io.Reader) io.Reader { return &counter{r, b, false} }

// consume counts n more bytes of the file.
func (b *budget) consume(n int64) {
	if b.consumed != nil {
		b.counted += n
		b.consumed.Add(n)
	}
}

// whole counts what is left of a file of that size: of some formats only parts are read, in an order of their own.
func (b *budget) whole(size int64) { b.consume(max(0, size-b.counted)) }

// output counts unpacked bytes and ends in errBomb where there are too many.
func (b *budget) output(r io.Reader) io.Reader { return &counter{r, b, true} }

type counter struct {
	r      io.Reader
	b      *budget
	output bool
}

func (c *counter) Read(p []byte) (int, error) {
	if c.output && c.b.out > freeBytes && c.b.out/maxRatio > c.b.in {
		return 0, errBomb
	}
	n, err := c.r.Read(p)
	if c.output {
		c.b.out += int64(n)
	} else {
		c.b.in += int64(n)
		c.b.consume(int64(n))
	}
	return n, err
}

// unpack passes the stream to its reader, opening what is packed.
func unpack(s *stream, k *sink) {
	if s.depth > maxNesting {
		k.fail(0, fmt.Errorf("more than %d packed files in each other; unpack it by hand", maxNesting))
		return
	}
	head, err := s.r.Peek(peekSize)
	if err != nil && err != io.EOF && len(head) == 0 {
		k.fail(0, plain(err))
		return
	}
	switch kind := packing(head); kind {
	case "gzip", "zstd", "bzip2":
		unpackOne(s, k, kind)
	case "zip":
		unpackZip(s, k)
	case "tar":
		unpackTar(s, k)
	case "parquet":
		k.readAt(s, "parquet", parquetFile)
	case "":
		if e := strings.ToLower(path.Ext(s.source.id)); (e == ".gz" || e == ".zst" || e == ".bz2") && s.depth == 0 && len(head) > 0 {
			k.fail(0, fmt.Errorf("not a %s file; unpack it, or take %s off its name", map[string]string{".gz": "gzip", ".zst": "zstd", ".bz2": "bzip2"}[e], e))
			return
		}
		k.read(s)
	default:
		if !s.source.inside {
			k.fail(0, fmt.Errorf("%s, which cannot be read; %s", kind, cures[kind]))
		}
	}
}

// magics tell packed and other binary formats by their first bytes.
var magics = []struct{ magic, kind string }{
	{"\x1f\x8b", "gzip"}, {"\x28\xb5\x2f\xfd", "zstd"}, {"BZh", "bzip2"}, {"PK\x03\x04", "zip"}, {"PAR1", "parquet"},
	{"%PDF-", "a PDF"}, {"\xfd7zXZ\x00", "an xz file"}, {"7z\xbc\xaf\x27\x1c", "a 7z archive"}, {"Rar!\x1a", "a rar archive"}, {"\xd0\xcf\x11\xe0", "an old Word file"},
}

var cures = map[string]string{
	"a PDF": "turn it into text, for example with pdftotext", "an xz file": "unpack it, for example with unxz", "a 7z archive": "unpack it",
	"a rar archive": "unpack it", "an old Word file": "save it as .docx or .txt",
}

func packing(head []byte) string {
	for _, m := range magics {
		if bytes.HasPrefix(head, []byte(m.magic)) {
			return m.kind
		}
	}
	if len(head) > 262 && string(head[257:262]) == "ustar" {
		return "tar"
	}
	return ""
}

// unpackOne opens a compressed file.
func unpackOne(s *stream, k *sink, kind string) {
	var r io.Reader
	var err error
	switch kind {
	case "gzip":
		r, err = gzip.NewReader(s.r)
	case "zstd":
		var z *zstd.Decoder
		if z, err = zstd.NewReader(s.r, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(256<<20)); err == nil {
			defer z.Close()
			r = z
		}
	case "bzip2":
		r = bzip2.NewReader(s.r)
	}
	if err != nil {
		k.fail(0, plain(err))
		return
	}
	inner := &stream{source: s.source, r: buffered(s.budget.output(&damaged{r: r})), budget: s.budget, depth: s.depth + 1}
	inner.source.id = unpackedName(s.source.id)
	k.source = inner.source
	unpack(inner, k)
}

// damaged turns what decompressors say of broken input into one error.
type damaged struct {
	r   io.Reader
	err error // kept: a reader asked again goes on to say it
}

func (d *damaged) Read(p []byte) (int, error) {
	if d.err != nil {
		return 0, d.err
	}
	n, err := d.r.Read(p)
	switch {
	case err == nil, err == io.EOF:
	case errors.Is(err, errBomb):
		d.err = err
	default:
		d.err = errDamaged
		err = errDamaged
	}
	return n, err
}

var errDamaged = errors.New("the compressed file is cut off or damaged; fetch or pack it again")

// member is the stream of a part of an archive; the caller sets what it reads from.
func (s *stream) member(name string) (*stream, error) {
	clean := path.Clean(strings.ReplaceAll(name, `\`, "/"))
	if clean == ".." || strings.HasPrefix(clean, "../") || path.IsAbs(clean) {
		return nil, errors.New("its name leads out of the archive; it was left out")
	}
	src := source{s.source.path + "!" + clean, s.source.id + "!" + unpackedName(clean), true}
	return &stream{source: src, budget: s.budget, depth: s.depth + 1}, nil
}

// wanted reports whether a member of an archive may hold articles.
func wanted(name string) bool {
	clean := path.Clean(strings.ReplaceAll(name, `\`, "/"))
	for part := range strings.SplitSeq(path.Dir(clean), "/") {
		if part != ".." && hiddenName(part) {
			return false
		}
	}
	return candidate(path.Base(clean))
}

// within reads a member in a sink of its own.
func (k *sink) within(m *stream) {
	in := *k
	in.source, in.seen, in.order = m.source, 0, order(0)
	unpack(m, &in)
	k.seen, k.done = k.seen+in.seen, !in.more()
}

func (k *sink) failMember(s *stream, name string, err error) bool {
	in := *k
	in.source.path = s.source.path + "!" + name
	ok := in.fail(0, err)
	k.seen, k.done = k.seen+1, !in.more()
	return ok
}

func unpackTar(s *stream, k *sink) {
	t := tar.NewReader(s.r)
	before := k.seen
	for !k.done {
		h, err := t.Next()
		if err == io.EOF {
			break
		}
		if err != nil {
			k.fail(0, errors.New("the archive is cut off or damaged; fetch or pack it again"))
			return
		}
		if h.Typeflag != tar.TypeReg || !wanted(h.Name) {
			continue
		}
		m, err := s.member(h.Name)
		if err != nil {
			k.failMember(s, h.Name, err)
			continue
		}
		m.r = buffered(t)
		k.within(m)
	}
	k.nothing(before)
}

// nothing says that an archive holds no articles.
func (k *sink) nothing(before int) {
	if !k.done && k.seen == before {
		k.fail(0, errors.New("no articles in this archive"))
	}
}

func unpackZip(s *stream, k *sink) {
	k.readAt(s, "", func(k *sink, at io.ReaderAt, size int64) {
		z, err := zip.NewReader(at, size)
		if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
			k.fail(0, errors.New("the archive is cut off or damaged; fetch or pack it again"))
			return
		}
		s.budget.in = max(s.budget.in, size)
		for _, f := range z.File {
			if f.Name == "word/document.xml" {
				k.docx(f, s)
				return
			}
		}
		before := k.seen
		for _, f := range z.File {
			if k.done {
				return
			}
			if f.FileInfo().IsDir() || !wanted(f.Name) {
				continue
			}
			k.zipMember(s, f)
		}
		k.nothing(before)
	})
}

func (k *sink) zipMember(s *stream, f *zip.File) {
	m, err := s.member(f.Name)
	if err != nil {
		k.failMember(s, f.Name, err)
		return
	}
	if f.Flags&1 != 0 {
		k.failMember(s, f.Name, errors.New("it is locked by a password; unpack it by hand"))
		return
	}
	r, err := f.Open()
	if err != nil {
		k.failMember(s, f.Name, fmt.Errorf("it cannot be unpacked: %w", err))
		return
	}
	defer r.Close()
	m.r = buffered(s.budget.output(&damaged{r: r}))
	k.within(m)
}

// readAt calls read with the bytes of the stream to jump in: the file itself, or a copy that is on disk while it is read.
func (k *sink) readAt(s *stream, form string, read func(*sink, io.ReaderAt, int64)) {
	k.format = form
	if s.at != nil {
		read(k, s.at, s.size)
		return
	}
	f, err := os.CreateTemp("", "entente-*")
	if err != nil {
		k.fail(0, fmt.Errorf("no room to unpack it: %w", err))
		return
	}
	defer func() {
		f.Close()
		os.Remove(f.Name())
	}()
	n, err := io.Copy(f, io.LimitReader(s.r, maxSpool+1))
	switch {
	case err != nil:
		k.fail(0, plain(err))
	case n > maxSpool:
		k.fail(0, fmt.Errorf("a packed file of more than %d GB in another; unpack it by hand", maxSpool>>30))
	default:
		read(k, f, n)
	}
}
