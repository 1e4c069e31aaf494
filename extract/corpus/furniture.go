package corpus

import (
	"regexp"
	"slices"
	"strings"

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
	if kind := lineKind(line); kind != "" && kind != "correction" || headDate(line) != "" {
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
