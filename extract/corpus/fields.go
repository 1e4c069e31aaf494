package corpus

import (
	"cmp"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
)

// property is what is known of an article.
type property int

const (
	propID property = iota
	propTitle
	propText
	propPublished
	propSource
	propAuthor
	propPlace
	propLanguage
	propURL
	properties
)

// propertyNames are the properties as users name them, in the order of the constants.
var propertyNames = [properties]string{"id", "title", "text", "published", "source", "author", "place", "language", "url"}

// Properties are the names of what Options.Fields can place.
func Properties() []string { return slices.Clone(propertyNames[:]) }

// usualNames are the fields and columns that corpora and tools commonly give to a property, in small letters and without marks, the most
// certain first. Names of days of download, crawl and change are not among them.
var usualNames = [properties][]string{
	propID:        {"id", "docid", "documentid", "articleid", "docno", "uuid", "guid", "storiesid", "storyid", "uri"},
	propTitle:     {"title", "headline", "headlines", "webtitle", "pagetitle"},
	propText:      {"text", "maintext", "content", "body", "article", "fulltext", "storytext", "articlebody", "articletext", "bodyxhtml", "bodytext", "bodies", "story", "leadparagraph"},
	propPublished: {"published", "datepublished", "publishedat", "publisheddate", "publishdate", "datepublish", "publicationdate", "datepublication", "pubdate", "datetimepub", "webpublicationdate", "dateissued", "contentcreated", "firstcreated", "date", "datetime", "datecreated", "versioncreated"},
	propSource:    {"source", "publisher", "publication", "newspaper", "medianame", "metasitename", "sitename", "sourcename", "sourcehostname", "copyrightholder", "outlet", "provider", "agency", "domain", "sourcedomain", "hostname"},
	propAuthor:    {"author", "authors", "byline", "by", "creator"},
	propPlace:     {"located", "place"},
	propLanguage:  {"language", "lang", "metalang", "inlanguage"},
	propURL:       {"url", "weburl", "link", "canonicallink", "canonicalurl", "permalink", "sourceurl"},
}

// beginnings are text fields that hold a beginning of the text only.
var beginnings = []string{"leadparagraph"}

// place is where a field belongs: the lower rank is the more certain name.
type place struct {
	property property
	rank     int
}

// table tells what the fields of a record are.
type table struct {
	places map[string]place // by normal name
	paths  [][]string       // of the user's, longer than a name
	wanted []place          // of paths
}

func newTable(o *Options) *table {
	t := &table{places: map[string]place{}}
	for p, names := range usualNames {
		for rank, n := range names {
			t.places[n] = place{property(p), rank}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(o.Fields)) {
		p := slices.Index(propertyNames[:], name)
		if p < 0 {
			continue
		}
		if path := strings.Split(o.Fields[name], "."); len(path) > 1 {
			t.paths, t.wanted = append(t.paths, path), append(t.wanted, place{property(p), -1})
		}
		t.places[normalName(o.Fields[name])] = place{property(p), -1}
	}
	return t
}

// normalName is a name in small letters, with letters and figures only.
func normalName(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= 'A' && r <= 'Z':
			return r + 'a' - 'A'
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9', r > 127:
			return r
		}
		return -1
	}, s)
}

// value is one field of a record.
type value struct {
	place
	name string // normal
	text func() string
}

// record are the known fields of one article.
type record []value

func (r *record) add(p place, name string, text func() string) {
	*r = append(*r, value{p, name, text})
}

// has reports whether there is a field for a property, be it empty.
func (r record) has(p property) bool {
	return slices.ContainsFunc(r, func(v value) bool { return v.property == p })
}

// nothings are words of programs for a value that is not there.
var nothings = []string{"none", "null", "nan"}

// get is the most certain value of a property that is set and that ok takes, with its name.
func (r record) get(p property, ok func(string) bool) (text, name string) {
	vs := slices.DeleteFunc(slices.Clone(r), func(v value) bool { return v.property != p })
	slices.SortStableFunc(vs, func(a, b value) int { return cmp.Compare(a.rank, b.rank) })
	for _, v := range vs {
		s := v.text()
		if t := strings.TrimSpace(s); t != "" && !isNothing(t) && (ok == nil || ok(t)) {
			return s, v.name
		}
	}
	return "", ""
}

func isNothing(s string) bool { return len(s) < 6 && slices.Contains(nothings, strings.ToLower(s)) }

func isURL(s string) bool { return strings.HasPrefix(s, "http://") || strings.HasPrefix(s, "https://") }

// cutMark is what NewsAPI puts where a text is cut off.
var cutMark = regexp.MustCompile(`(?:…|\.\.\.)?\s*\[\+\d+ chars\]\s*$`)

// uncut is a text without the mark that it is cut off, and whether it was there.
func uncut(text string) (string, bool) {
	from := max(0, len(text)-40)
	if !strings.Contains(text[from:], " chars]") {
		return text, false
	}
	if m := cutMark.FindStringIndex(text[from:]); m != nil {
		return text[:from+m[0]], true
	}
	return text, false
}

// record makes an article of a record, row being its place in the file. It reports whether to go on.
func (k *sink) record(r record, row int) bool {
	text, name := r.get(propText, nil)
	var d Document
	d.URL, _ = r.get(propURL, nil)
	if source, _ := r.get(propSource, isURL); d.URL == "" {
		d.URL = source
	}
	d.URL = strings.TrimSpace(d.URL)
	if text == "" && !r.has(propText) && (d.URL == "" || !r.has(propTitle)) {
		return k.fail(row, k.unknownFields())
	}
	if text == "" && r.has(propText) {
		return k.fail(row, fmt.Errorf("text: %w", errEmpty))
	}
	d.Text = plainText(text)
	d.Text, d.Truncated = uncut(d.Text)
	d.Truncated = d.Truncated || slices.Contains(beginnings, name)
	d.ID, _ = r.get(propID, nil)
	d.Source, _ = r.get(propSource, func(s string) bool { return !isURL(s) })
	d.Author, _ = r.get(propAuthor, nil)
	d.Place, _ = r.get(propPlace, nil)
	lang, _ := r.get(propLanguage, nil)
	d.Language = languageCode(lang)
	title, _ := r.get(propTitle, nil)
	d.Title = withoutSource(oneLine(unescaped(title)), d.Source)
	if date, _ := r.get(propPublished, nil); date != "" {
		if err := k.date(&d, date); err != nil {
			return k.fail(row, err)
		}
	}
	if text == "" {
		return k.article(d, row)
	}
	return k.withText(d, row)
}

func (k *sink) unknownFields() error {
	return fmt.Errorf("no field is known as the text; name it with --field text=NAME (known are %s, ...)", strings.Join(usualNames[propText][:5], ", "))
}

// withoutSource is a title without the name of the source that some tools put behind it.
func withoutSource(title, source string) string {
	if source == "" {
		return title
	}
	for _, sep := range []string{" - ", " | ", " — ", " – "} {
		if t, ok := strings.CutSuffix(title, sep+source); ok {
			return t
		}
	}
	return title
}
