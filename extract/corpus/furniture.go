package corpus

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"entente/schema"
)

// finish gives an article its title, day of publication and furniture where its format did not say them.
func finish(a schema.Article, name string, o Options) schema.Article {
	if a.Title == "" {
		a.Title = titleOf(a.Text)
	}
	if a.Published == "" {
		if d := inHead(a.Text); d != "" {
			a.Published, a.PublishedFrom = d, "head"
		} else if d := inDateline(a.Text); d != "" {
			a.Published, a.PublishedFrom = d, "dateline"
		} else if d := inName(name); d != "" {
			a.Published, a.PublishedFrom = d, "filename"
		} else if o.Published != "" {
			a.Published, a.PublishedFrom = o.Published, "flag"
		}
	}
	a = Mark(a)
	a.SHA256 = schema.Digest(a.Text)
	return a
}

// titleOf is the first line of a text where it is a headline: short, without a final stop, and followed by an empty line.
func titleOf(text string) string {
	line, rest, ok := strings.Cut(strings.TrimLeft(text, "\r\n\ufeff"), "\n")
	line = strings.TrimSpace(strings.TrimPrefix(line, "-- "))
	if lineKind(line) != "" || headDate(line) != "" {
		return ""
	}
	next, _, _ := strings.Cut(rest, "\n")
	if !ok || line == "" || len(line) > 200 || strings.HasSuffix(line, ".") {
		return ""
	}
	next = strings.TrimRight(next, "\r")
	if strings.TrimSpace(next) == "" || strings.HasPrefix(next, "-- ") || byline.MatchString(next) || headDate(next) != "" {
		return line
	}
	return ""
}

const headLines = 8 // lines, from the first, that may be the head of a text

var published = regexp.MustCompile(`(?i)^(published|date|updated|posted)\s*:?\s+(?:on\s+)?`)

// headDate is the day that a line of the head stands for and says nothing beside.
func headDate(line string) schema.Date {
	if len(line) > 100 || !strings.ContainsAny(line, "0123456789") {
		return ""
	}
	if d := wholeDate(headLine(line)); len(d) == len("2006-01-02") {
		return d
	}
	return ""
}

// inHead is the date that stands alone on one of the first lines.
func inHead(text string) schema.Date { return headMoment(text).day }

// headMoment is when an article came out by one of its first lines, with the time of the day where the line has one.
func headMoment(text string) moment {
	n := 0
	for l := range strings.Lines(text) {
		if n++; n > headLines {
			break
		}
		if d := headDate(l); d != "" {
			if m, ok := momentIn(headLine(l), orderUnknown); ok && m.day == d {
				return m
			}
			return moment{day: d}
		}
	}
	return moment{}
}

// headLine is a line of the head without its marks and the word before a date.
func headLine(line string) string {
	line = strings.TrimSpace(strings.TrimPrefix(strings.Trim(line, " \t\r\n\ufeff"), "-- "))
	return published.ReplaceAllString(line, "")
}

var (
	byline  = regexp.MustCompile(`^\s*(?:-- )?By \p{Lu}[\p{L}.'’\-]+(?: (?:and )?\p{Lu}[\p{L}.'’\-]*){0,6}(?:, \p{Lu}[\p{L} ]+)?\s*$`)
	editors = regexp.MustCompile(`^\s*\(?(?:Reporting|Additional reporting|Writing|Editing|Compiled) by (.*)$`)
	contact = regexp.MustCompile(`^\s*(?:To contact the (?:reporter|editor)|For more information\b.{0,300}\b(?:please|see|visit|contact|consult|follow @)|Contact:).*$`)
	rights  = regexp.MustCompile(`(?i)^\s*(?:(?:copyright\s*)?(?:©|\(c\))\s*(?:copyright\s*)?(?:\d{4}|©|\p{L}+.*\d{4})|copyright:?\s+(?:\d{4}|by\b)|all rights reserved).*$`)
	link    = regexp.MustCompile(`(?i)^\s*(?:(?:read more(?: here)?|see also)\s*(?::.{0,120})?|related\s*(?:(?:articles?|stories|story|links?|coverage|content|news)\s*)?(?::.{0,120})?|(?:follow us on|click here)\b.{0,120})$`)
	address = regexp.MustCompile(`^\s*(?:-- )?https?://\S+\s*$`)
	agency  = regexp.MustCompile(`(?:^|\n)\s*(?:Reuter|REUTER|Reuters)[\s\x03]*$`)
	spokes  = regexp.MustCompile(`^\s*Office of the Spokesperson\s*$`)
)

// small are the words in small letters of an editors' line; any other makes it a sentence.
var small = []string{"al", "and", "bin", "bureau", "by", "da", "de", "del", "der", "di", "du", "editing", "for", "in", "la", "newsroom", "of", "reporting", "van", "von", "with", "writing"}

// isEditors reports whether a line names who wrote and edited an article; "Reporting by the mission found" is a sentence.
func isEditors(line string) bool {
	m := editors.FindStringSubmatch(line)
	if m == nil {
		return false
	}
	for w := range strings.FieldsSeq(m[1]) {
		w = strings.Trim(w, "();,.:")
		if r, _ := utf8.DecodeRuneInString(w); unicode.IsLower(r) && !slices.Contains(small, w) && !strings.ContainsAny(w, "@-'’") {
			return false
		}
	}
	return true
}

// Mark returns the article with its furniture: what is not the story. Furniture already there is kept as it is.
func Mark(a schema.Article) schema.Article {
	if len(a.Furniture) > 0 {
		return a
	}
	var out []schema.Furniture
	add := func(start, end int, kind string) {
		if start < end && (len(out) == 0 || start >= out[len(out)-1].End) {
			out = append(out, schema.Furniture{Start: start, End: end, Kind: kind})
		}
	}
	at, n, paragraphs := 0, 0, 0
	var c lineContext
	for l := range strings.Lines(a.Text) {
		trimmed := strings.TrimRight(l, "\r\n")
		n++
		kind := c.kind(trimmed, n)
		switch {
		case kind != "":
			add(at, at+len(trimmed), kind)
		case paragraphs < datelineParagraphs:
			end, _ := datelineOf(trimmed)
			add(at, at+end, "dateline")
		}
		if kind == "" && strings.TrimSpace(trimmed) != "" {
			paragraphs++
		}
		at += len(l)
	}
	tail := max(0, len(a.Text)-64)
	if m := agency.FindStringIndex(a.Text[tail:]); m != nil && (m[0] > 0 || tail == 0) {
		add(tail+m[0], tail+m[1], "agency")
	}
	a.Furniture = slices.Clip(out)
	return a
}

// lineContext is what the lines before one say of it.
type lineContext struct {
	contact int // lines that may still belong to a block of contacts
}

// kind is the kind of furniture of a line, n being its 1-based number; empty where it is story.
func (c *lineContext) kind(l string, n int) string {
	kind := lineKind(l)
	switch {
	case kind == "" && n <= headLines && headDate(l) != "":
		kind = "head"
	case kind == "" && n == 2 && headName.MatchString(l):
		kind = "byline"
	case kind == "" && c.contact > 0 && contactLine.MatchString(l):
		kind = "contact"
	}
	switch {
	case kind == "contact" && !strings.Contains(l, "@"):
		c.contact = max(c.contact-1, 0)
		if contact.MatchString(l) {
			c.contact = 2
		}
	case strings.TrimSpace(l) != "":
		c.contact = 0
	}
	return kind
}

// contactLine is a line below one that says whom to contact: a name with a place, an address.
var contactLine = regexp.MustCompile(`^\s*(?:\S+@\S+\s*|\p{Lu}[\p{L}.'’-]+(?: \p{L}[\p{L}.'’-]*){1,4} (?:in|at) .{0,80}|(?:\+?[\d() -]{7,}).{0,40})$`)

// mayBeFurniture reports whether a line begins as one of the kinds of furniture does; most lines do not, and cost no more than this.
func mayBeFurniture(l string) bool {
	l = strings.TrimLeft(l, " \t")
	if l = strings.TrimPrefix(l, "-- "); l == "" {
		return false
	}
	switch l[0] {
	case 'B', 'O', '(', 'h', 'H', 0xc2: // By, Office, (Reporting, http, ©
		return true
	}
	lower := strings.ToLower(l[:min(len(l), 12)])
	for _, w := range furnitureStarts {
		if strings.HasPrefix(lower, w) {
			return true
		}
	}
	return false
}

var furnitureStarts = []string{"reporting", "additional", "writing", "editing", "compiled", "to contact", "for more", "contact:", "copyright", "all rights", "read more", "see also", "related", "follow us", "click here"}

// lineKind is the kind of furniture that a line is wherever it stands; empty where it is story.
func lineKind(l string) string {
	if len(l) >= 400 || !mayBeFurniture(l) {
		return ""
	}
	if isEditors(l) {
		return "editors"
	}
	for _, k := range []struct {
		re   *regexp.Regexp
		kind string
	}{{byline, "byline"}, {contact, "contact"}, {rights, "copyright"}, {link, "link"}, {address, "head"}, {spokes, "agency"}} {
		if k.re.MatchString(l) {
			return k.kind
		}
	}
	return ""
}
