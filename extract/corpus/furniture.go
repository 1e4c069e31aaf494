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
	next, _, _ := strings.Cut(rest, "\n")
	if !ok || line == "" || len(line) > 200 || strings.HasSuffix(line, ".") || strings.TrimSpace(next) != "" && !strings.HasPrefix(next, "-- ") {
		return ""
	}
	return line
}

var published = regexp.MustCompile(`(?i)^(published|date|updated|posted)\s*:?\s+`)

// inHead is the date that stands alone on one of the first lines.
func inHead(text string) schema.Date {
	n := 0
	for l := range strings.Lines(text) {
		if n++; n > 8 {
			break
		}
		l = strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(l), "-- "))
		if d := dateIn(published.ReplaceAllString(l, "")); len(d) == len("2006-01-02") {
			return d
		}
	}
	return ""
}

var (
	place    = `[A-Z][A-Z.'’\-]+(?:[ /][A-Z][A-Z.'’\-]*)*(?:, [A-Z][\w.]+(?: [A-Z][\w.]+)?)?`
	dateline = regexp.MustCompile(`^\s*` + place + `(?:, [A-Z][a-z]+\.? \d{1,2})?\s*(?:\([A-Z][\w .]*\))?\s*(?:--?|—|–)\s+`)
	byline   = regexp.MustCompile(`^\s*(?:-- )?By [A-Z][\w.'’\-]+(?: [A-Z][\w.'’\-]+){0,4}(?:, [A-Z][\w ]+)?\s*$`)
	editors  = regexp.MustCompile(`^\s*\(?(?:Reporting|Additional reporting|Writing|Editing|Compiled) by .*$`)
	contact  = regexp.MustCompile(`^\s*(?:To contact the (?:reporter|editor)|For more information|Contact:).*$`)
	rights   = regexp.MustCompile(`(?i)^\s*(?:copyright|\(c\)|©).*$`)
	link     = regexp.MustCompile(`(?i)^\s*(?:read more|related|see also|follow us|click here)\b.{0,120}$`)
	webHead  = regexp.MustCompile(`^\s*(?:-- )?(?:https?://\S+|(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,? .*\d{4}.*)\s*$`)
	agency   = regexp.MustCompile(`(?:^|\n)\s*(?:Reuter|REUTER|Reuters)[\s\x03]*$`)
	spokes   = regexp.MustCompile(`^\s*Office of the Spokesperson\s*$`)
)

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
	at, paragraphs := 0, 0
	for l := range strings.Lines(a.Text) {
		trimmed := strings.TrimRight(l, "\r\n")
		kind := lineKind(trimmed)
		switch {
		case kind != "":
			add(at, at+len(trimmed), kind)
		case paragraphs < 4:
			if m := dateline.FindStringIndex(trimmed); m != nil && m[1]-m[0] < 80 {
				add(at+m[0], at+m[1], "dateline")
			}
		}
		if strings.TrimSpace(trimmed) != "" {
			paragraphs++
		}
		at += len(l)
	}
	if m := agency.FindStringIndex(a.Text); m != nil {
		if len(out) == 0 || m[0] >= out[len(out)-1].End {
			add(m[0], m[1], "agency")
		}
	}
	a.Furniture = slices.Clip(out)
	return a
}

func lineKind(l string) string {
	for _, k := range []struct {
		re   *regexp.Regexp
		kind string
	}{{byline, "byline"}, {editors, "editors"}, {contact, "contact"}, {rights, "copyright"}, {link, "link"}, {webHead, "head"}, {spokes, "agency"}} {
		if len(l) < 400 && k.re.MatchString(l) {
			return k.kind
		}
	}
	return ""
}
