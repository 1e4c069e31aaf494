package corpus

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

var (
	byline   = regexp.MustCompile(`^\s*(?:-- )?By \p{Lu}[\p{L}.'’\-]+(?: (?:and )?\p{Lu}[\p{L}.'’\-]*){0,6}(?:, \p{Lu}[\p{L} ]+)?\s*$`)
	editors  = regexp.MustCompile(`^\s*\(?(?:Reporting|Additional reporting|Writing|Editing|Compiled) by (.*)$`)
	contact  = regexp.MustCompile(`^\s*(?:To contact the (?:reporter|editor)|For more information\b.{0,300}\b(?:please|see|visit|contact|consult|follow @)|Contact:).*$`)
	rights   = regexp.MustCompile(`(?i)^\s*(?:(?:copyright\s*)?(?:©|\(c\))\s*(?:copyright\s*)?(?:\d{4}|©|\p{L}+.*\d{4})|copyright:?\s+(?:\d{4}|by\b)|all rights reserved).*$`)
	link     = regexp.MustCompile(`(?i)^\s*(?:(?:read more(?: here)?|see also)\s*(?::.{0,120})?|related\s*(?:(?:articles?|stories|story|links?|coverage|content|news)\s*)?(?::.{0,120})?|(?:follow us on|click here)\b.{0,120})$`)
	address  = regexp.MustCompile(`^\s*(?:-- )?https?://\S+\s*$`)
	agency   = regexp.MustCompile(`(?:^|\n)\s*(?:Reuter|REUTER|Reuters)[\s\x03]*$`)
	caption  = regexp.MustCompile(`^\s*(?:(?:FILE PHOTO|PHOTO|Photo|Picture|Image|Caption|VIDEO|Video)\s*:\s*\S.*|FILE (?:PHOTO )?[-–—] .*|(?:Image|Media) (?:caption|copyright|source)\b.*|.{0,380}(?:\((?:AP|AFP|EPA|Reuters) ?(?:Photo|Images?)\b[^()]{0,80}\)|\bREUTERS/\p{Lu}[\p{L} .'-]{2,40}|/File Photo|[/(]Getty Images\)?))\s*$`)
	notice   = regexp.MustCompile(`^\s*(?:\((?:Adds|Updates|Updating|Corrects|Correcting|Recasts|Refiles|Repeats|Rewrites|Removes|Fixes|Clarifies|Changes)\b[^()]*\)|(?i:correction|clarification|editor['’]s note|editors['’] note)\s*[:–—-].*|(?:This|An earlier version of this|A previous version of this) (?:story|article|report|version)\b.{0,60}\b(?:corrects?|corrected|updated|misstated|incorrectly)\b.*)\s*$`)
	pageWord = regexp.MustCompile(`(?i)^\s*(?:advertisement|story continues below.{0,40}|sign up (?:here|for|to)\b.{0,100}|subscribe (?:to|now|here)\b.{0,100}|share this.{0,40}|most read|most popular|click to .{0,60}|our standards: .{0,80})\s*$`)
	endMark  = regexp.MustCompile(`^\s*(?:###|-30-|-0-|NNNN|ENDS|/ENDS/|[a-z]{2,4}(?:/[a-z]{2,4}){1,3})\s*$`)
	spokes   = regexp.MustCompile(`^\s*Office of the Spokesperson\s*$`)
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

// lineContext is what the lines before one say of it.
type lineContext struct {
	contact int             // lines that may still belong to a block of contacts
	seen    map[string]bool // long lines so far
}

// kind is the kind of furniture of a line, n being its 1-based number; empty where it is story.
func (c *lineContext) kind(l string, n int) string {
	kind := lineKind(l)
	switch {
	case kind == "" && c.repeats(l):
		return "repeat"
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

const leastRepeat = 60 // bytes of a line that does not come twice by chance

// repeats reports whether a long line stood in the text before.
func (c *lineContext) repeats(l string) bool {
	if l = strings.TrimSpace(l); len(l) < leastRepeat {
		return false
	}
	if c.seen[l] {
		return true
	}
	if c.seen == nil {
		c.seen = map[string]bool{}
	}
	c.seen[l] = true
	return false
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
	case 'B', 'O', '(', 'h', 'H', 0xc2, '#', '-', 'N', 'E', '/', 'F', 'P', 'I', 'V', 'T', 'A': // By, Office, (Reporting, http, ©, ###, NNNN, FILE, This
		return true
	}
	if strings.HasSuffix(l, ")") || len(l) < 20 || strings.Contains(l, "REUTERS/") || strings.HasSuffix(l, "Photo") || strings.HasSuffix(l, "Getty Images") {
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

var furnitureStarts = []string{"reporting", "additional", "writing", "editing", "compiled", "to contact", "for more", "contact:", "copyright", "all rights", "read more", "see also", "related", "follow us", "click",
	"caption", "correction", "clarification", "editor", "story", "sign up", "subscribe", "share this", "most", "our standards", "media"}

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
	}{{byline, "byline"}, {contact, "contact"}, {rights, "copyright"}, {link, "link"}, {address, "head"}, {spokes, "agency"}, {caption, "caption"},
		{notice, "correction"}, {pageWord, "link"}, {endMark, "agency"}} {
		if k.re.MatchString(l) {
			return k.kind
		}
	}
	return ""
}
