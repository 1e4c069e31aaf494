package corpus

import (
	"bufio"
	"cmp"
	"encoding/xml"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
)

// mediawikiFile reads the pages of a dump of MediaWiki, such as Wikinews, which are articles: those of the main space.
func mediawikiFile(r *bufio.Reader, k *sink) {
	s := newXML(r)
	source, language := "", ""
	for !k.done {
		start, err := s.next(func(e xml.StartElement) bool {
			for _, a := range e.Attr {
				if a.Name.Local == "lang" && e.Name.Local == "mediawiki" {
					language = languageCode(a.Value)
				}
			}
			return element("siteinfo", "page")(e)
		})
		if err == io.EOF {
			return
		}
		line := s.line()
		var n *xmlNode
		if err == nil {
			n, err = s.tree(start)
		}
		if err != nil {
			k.fail(s.line(), fmt.Errorf("not well-formed XML: %w", plain(err)))
			return
		}
		if n.name == "siteinfo" {
			source = n.child("sitename").words()
			continue
		}
		d := Document{Language: language}
		d.Source = source
		k.wikiPage(n, d, line)
	}
}

var (
	wikiDate     = regexp.MustCompile(`(?i)\{\{\s*date\s*\|\s*([^}|]+)`)
	wikiByline   = regexp.MustCompile(`(?i)\{\{\s*byline\s*\|([^}]*)\}\}`)
	wikiRedirect = regexp.MustCompile(`(?i)^\s*#redirect`)
)

func (k *sink) wikiPage(n *xmlNode, d Document, line int) bool {
	revision := n.child("revision")
	text := revision.child("text").raw()
	if ns := n.child("ns").words(); ns != "" && ns != "0" || n.child("redirect") != nil || wikiRedirect.MatchString(text) {
		return k.skip(line, "not an article", "a page of another kind")
	}
	d.ID, d.Title = cmp.Or(d.Source, "wiki")+":"+n.child("id").words(), n.child("title").words()
	date := ""
	if m := wikiDate.FindStringSubmatch(text); m != nil {
		date = m[1]
	}
	if m := wikiByline.FindStringSubmatch(text); m != nil {
		for part := range strings.SplitSeq(m[1], "|") {
			if key, v, _ := strings.Cut(part, "="); strings.TrimSpace(key) == "date" {
				date = cmp.Or(date, v)
			}
		}
	}
	if err := k.date(&d, date); err != nil {
		return k.fail(line, err)
	}
	if d.Text = wikiText(text); d.Text == "" {
		return k.skip(line, "not an article", "a page without text")
	}
	return k.withText(d, line)
}

var (
	wikiComment = regexp.MustCompile(`(?s)<!--.*?-->`)
	wikiRef     = regexp.MustCompile(`(?is)<ref[^>]*?/>|<(ref|gallery|math|timeline|nowiki)\b[^>]*>.*?</(?:ref|gallery|math|timeline|nowiki)>`)
	wikiTag     = regexp.MustCompile(`</?[A-Za-z][^<>]{0,200}>`)
	wikiQuotes  = regexp.MustCompile(`'{2,5}`)
	wikiOutside = regexp.MustCompile(`\[(?:https?:)?//[^\s\]]+\s*([^\]]*)\]`)
	wikiHeading = regexp.MustCompile(`^(=+)\s*(.*?)\s*=+\s*$`)
	wikiTail    = regexp.MustCompile(`(?i)^(?:sources?|related news|external links?|see also|references|sister links|notes|further reading)$`)
)

// wikiText is the text of a page in wikitext: links and words in templates of links as words, without other templates, tables, categories
// and the sections behind the story.
func wikiText(s string) string {
	s = wikiComment.ReplaceAllString(s, "")
	s = wikiRef.ReplaceAllString(s, "")
	s = withoutTemplates(s)
	s = wikiTag.ReplaceAllString(s, " ")
	s = wikiOutside.ReplaceAllString(s, "$1")
	s = wikiQuotes.ReplaceAllStringFunc(s, func(q string) string {
		if len(q) == 4 {
			return "'"
		}
		return ""
	})
	s = unescaped(s)
	var out []string
	var open []string
	flush := func() {
		if p := oneLine(strings.Join(open, " ")); p != "" {
			out = append(out, p)
		}
		open = nil
	}
	for l := range strings.Lines(s) {
		l = strings.TrimSpace(l)
		if m := wikiHeading.FindStringSubmatch(l); m != nil {
			flush()
			if wikiTail.MatchString(m[2]) {
				break
			}
			continue
		}
		switch {
		case l == "":
			flush()
		case strings.HasPrefix(l, "{|"), strings.HasPrefix(l, "|"), strings.HasPrefix(l, "!"), strings.HasPrefix(l, "----"):
		case strings.ContainsAny(l[:1], "*#:;"):
			flush()
			open = []string{strings.TrimLeft(l, "*#:; ")}
			flush()
		default:
			open = append(open, l)
		}
	}
	flush()
	return strings.Join(out, "\n\n")
}

// linkTemplates are templates that stand for words: the last of their unnamed parts is shown.
var linkTemplates = []string{"w", "wikipedia", "wikilink", "lang", "nowrap", "nobr", "wn", "tl", "quote"}

// withoutTemplates is wikitext without templates and with its links as the words that are shown. Brackets that are not closed stay.
func withoutTemplates(s string) string {
	type frame struct {
		mark  string
		begin int
	}
	var b []byte
	var open []frame
	for i := 0; i < len(s); {
		two := s[i:min(i+2, len(s))]
		switch {
		case (two == "{{" || two == "[[") && len(open) < 100:
			open = append(open, frame{two, len(b)})
			b = append(b, two...)
			i += 2
		case len(open) > 0 && (two == "}}" && open[len(open)-1].mark == "{{" || two == "]]" && open[len(open)-1].mark == "[["):
			f := open[len(open)-1]
			open = open[:len(open)-1]
			inner := string(b[f.begin+2:])
			b = append(b[:f.begin], shown(f.mark, inner)...)
			i += 2
		default:
			b = append(b, s[i])
			i++
		}
	}
	return string(b)
}

// shown is what a reader sees of a template or a link.
func shown(mark, inner string) string {
	parts := strings.Split(inner, "|")
	name := strings.ToLower(strings.TrimSpace(parts[0]))
	if mark == "{{" {
		if slices.Contains(linkTemplates, name) {
			last := ""
			for _, p := range parts[1:] {
				if key, _, named := strings.Cut(p, "="); !named || strings.ContainsAny(key, " .") {
					last = p
				}
			}
			return last
		}
		return ""
	}
	for _, space := range []string{"category:", "file:", "image:", "media:"} {
		if strings.HasPrefix(name, space) {
			return ""
		}
	}
	return strings.TrimPrefix(parts[len(parts)-1], ":")
}
