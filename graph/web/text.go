package web

import (
	"fmt"
	"math"
	"net/url"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"entente/graph"
	"entente/schema"
)

// Lengths, in runes, to which what comes from articles is cut.
const (
	longestName  = 160
	longestTitle = 240
	longestQuote = 1200
	longestWord  = 80
)

// clip is s as it may be shown: valid UTF-8, controls made visible, and no longer than n runes, an ellipsis included.
func clip(s string, n int) string {
	end := 0
	for range n + 1 {
		if end >= len(s) {
			return visible(s)
		}
		_, size := utf8.DecodeRuneInString(s[end:])
		end += size
	}
	_, last := utf8.DecodeLastRuneInString(s[:end])
	_, before := utf8.DecodeLastRuneInString(s[:end-last])
	return visible(s[:end-last-before]) + "…"
}

// visible writes out control characters, and those that turn the direction of what follows, so that no text can pass for another: [U+202E].
// White space stays. Invalid UTF-8 becomes U+FFFD.
func visible(s string) string {
	s = strings.ToValidUTF8(s, "\uFFFD")
	if !strings.ContainsFunc(s, hidden) {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		if hidden(r) {
			fmt.Fprintf(&b, "[U+%04X]", r)
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}

func hidden(r rune) bool {
	return unicode.IsControl(r) && r != '\n' && r != '\t' && r != '\r' || r >= 0x202A && r <= 0x202E || r >= 0x2066 && r <= 0x2069
}

// link is an address with its text.
type link struct {
	Text, Href string
	Here       bool   // it leads to what is shown
	Lang       string // of the text; empty: that of the page
}

// segment is s as one segment of a path; ok is false where no segment can hold it.
func segment(s string) (escaped string, ok bool) {
	return url.PathEscape(s), s != "" && s != "." && s != ".."
}

func entityHref(id string) string {
	if s, ok := segment(id); ok {
		return "/entity/" + s
	}
	return "/entity?" + url.Values{"id": {id}}.Encode()
}

func pairHref(a, b string) string {
	x, ok := segment(a)
	y, also := segment(b)
	if ok && also {
		return "/pair/" + x + "/" + y
	}
	return "/pair?" + url.Values{"a": {a}, "b": {b}}.Encode()
}

func eventHref(id string) string {
	if s, ok := segment(id); ok {
		return "/event/" + s
	}
	return "/event?" + url.Values{"id": {id}}.Encode()
}

// articleHref leads to an article, and where evidence is not empty to the passage.
func articleHref(id, evidence string) string {
	v := url.Values{"id": {id}}
	if evidence == "" {
		return "/article?" + v.Encode()
	}
	v.Set("evidence", evidence)
	return "/article?" + v.Encode() + "#" + url.PathEscape(anchor(evidence))
}

// anchor is the id of a passage in the page of its article.
func anchor(evidence string) string { return "e-" + clip(evidence, 40) }

// ref is an entity as a page names it.
type ref struct {
	ID, Name, Kind, Href string
}

// ref names an entity; an unknown one goes by its id.
func (sn *snapshot) ref(id string) ref {
	e, ok := sn.entities[id]
	if !ok {
		return ref{ID: clip(id, longestName), Name: clip(id, longestName), Href: entityHref(id)}
	}
	return ref{clip(e.ID, longestName), clip(e.Short(), longestName), string(e.Kind), entityHref(e.ID)}
}

func (sn *snapshot) refs(ids []string) []ref {
	out := make([]ref, len(ids))
	for i, id := range ids {
		out[i] = sn.ref(id)
	}
	return out
}

// name is the entity's name, its id where there is none.
func (sn *snapshot) name(id string) string { return sn.ref(id).Name }

// decimal is a number with at most two decimals and a true minus sign.
func decimal(f float64) string {
	if f = math.Round(f*100) / 100; f == 0 {
		return "0"
	}
	return strings.Replace(strconv.FormatFloat(f, 'f', -1, 64), "-", "−", 1)
}

// signed is decimal with a sign before what is above 0.
func signed(f float64) string {
	s := decimal(f)
	if f > 0 && s != "0" {
		return "+" + s
	}
	return s
}

// count is "1 event", "2 events", "12,345 events".
func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	if before, ok := strings.CutSuffix(noun, "y"); ok {
		noun = before + "ies"
	} else {
		noun += "s"
	}
	return grouped(n) + " " + noun
}

// grouped is a number with commas between thousands.
func grouped(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// when is the date of a triple in words: as exact as it is known.
func when(t graph.Triple) string {
	switch {
	case t.Date != "":
		return strings.Replace(string(t.Date), "/", " to ", 1)
	case t.Reported != "":
		return "reported " + string(t.Reported)
	case t.From != "" && t.To != "":
		return string(t.From) + " to " + string(t.To)
	case t.From != "":
		return "since " + string(t.From)
	case t.To != "":
		return "until " + string(t.To)
	case t.FirstSeen != "":
		return "stated " + seen(t)
	}
	return "undated"
}

// quadClass is the number of a quad class as data sets have it, 0 for a tie.
func quadClass(r schema.Relation) int {
	for i, q := range schema.Quads() {
		if q == r.Info().Quad {
			return i + 1
		}
	}
	return 0
}

// quadLabel is "verbal cooperation".
func quadLabel(r schema.Relation) string {
	if r.Info().Tie {
		return "tie"
	}
	return strings.ReplaceAll(string(r.Info().Quad), "-", " ")
}
