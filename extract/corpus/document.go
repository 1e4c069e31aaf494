package corpus

import (
	"cmp"
	"fmt"
	"path"
	"strings"

	"entente/schema"

	"golang.org/x/text/unicode/norm"
)

// Document is an article with what its format says beyond the vocabulary of the graph.
type Document struct {
	schema.Article
	// Time is when the article came out, as exactly as it is known: "2019-03-04T14:30:00Z" in UTC, "2019-03-05T11:05" where the zone is
	// unknown, else a day, month or year. Published is the day in the article's own zone.
	Time     string
	Author   string // without "By"
	Place    string // where it was written, as the dateline has it
	Language string // code as the format gives it, two letters where it is known by name
	Format   string // the reader's name, as in Formats
	Path     string // the file as the user named it, "!member" for a part of an archive
	Row      int    // 1-based line, row or position in the file; 0 where the file is one article
	// Truncated is set where the format holds only a beginning of the text: Text ends before the article does.
	Truncated bool
}

// Skip is an article that was left out on purpose.
type Skip struct {
	Path   string
	Row    int    // 1-based, 0 where the file is one article
	Reason string // "language", "advisory", "not an article"
	Detail string // the language's name, the type
}

// sink takes what a reader finds in one stream and passes it on.
type sink struct {
	source source
	format string
	o      *Options
	yield  func(Document, error) bool
	order  order // of day and month in figures, as the stream shows it
	seen   int   // articles, errors and skips so far
	done   bool  // the consumer wants no more
}

// article completes a document and passes it on; row is as in Document. It reports whether to go on.
func (k *sink) article(d Document, row int) bool {
	if k.done {
		return false
	}
	k.seen++
	d.Format, d.Path, d.Row = k.format, k.source.path, row
	if d.ID = cmp.Or(d.ID, d.URL); d.ID == "" {
		d.ID = k.source.id
		if row > 0 {
			d.ID = fmt.Sprintf("%s#%d", k.source.id, row)
		}
	}
	d.Text = norm.NFC.String(d.Text)
	d.Title = norm.NFC.String(oneLine(d.Title))
	d.Author = authorOf(d.Author)
	d.Source = oneLine(d.Source)
	d.Article = finish(d.Article, path.Base(strings.ReplaceAll(k.source.id, "!", "/")), *k.o)
	d.fromDateline()
	if d.Time == "" && d.PublishedFrom == "head" {
		d.Time = headMoment(d.Text).String()
	}
	d.Time = cmp.Or(d.Time, string(d.Published))
	if lang := k.foreign(d); lang != "" {
		return k.skip(row, "language", lang)
	}
	if k.o.list != nil {
		return k.listed(Listing{Path: k.source.path, Format: k.format, Title: d.Title, Time: d.Time, Text: d.Text != ""})
	}
	if k.o.Found != nil {
		k.o.Found(d)
	}
	if !k.yield(d, nil) {
		k.done = true
	}
	return !k.done
}

// withText passes on an article that should have a text; without one it is an error.
func (k *sink) withText(d Document, row int) bool {
	if err := readable([]byte(d.Text)); err != nil {
		return k.fail(row, fmt.Errorf("text: %w", err))
	}
	return k.article(d, row)
}

func (k *sink) fail(row int, err error) bool {
	if k.done {
		return false
	}
	k.seen++
	e := &Error{k.source.path, row, err}
	if k.o.list != nil {
		return k.listed(Listing{Path: k.source.path, Format: k.format, Err: e})
	}
	if !k.yield(Document{}, e) {
		k.done = true
	}
	return !k.done
}

func (k *sink) skip(row int, reason, detail string) bool {
	k.seen++
	if k.o.Skipped != nil {
		k.o.Skipped(Skip{k.source.path, row, reason, detail})
	}
	return !k.done
}

// date sets when a document came out from a value of its format. A value that means nothing is an error; one that could be two days is
// unknown.
func (k *sink) date(d *Document, raw string) error {
	m, ok := momentIn(raw, k.order)
	if !ok {
		return fmt.Errorf("date %q is not understood; want for example 2010-12-09", raw)
	}
	if m.day != "" {
		d.Published, d.Time, d.PublishedFrom = m.day, m.String(), "format"
	}
	return nil
}

// oneLine is s with every run of white space as one space.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// authorOf is a by-line without its "By".
func authorOf(s string) string {
	s = oneLine(s)
	if len(s) > 3 && strings.EqualFold(s[:3], "by ") {
		return s[3:]
	}
	return s
}
