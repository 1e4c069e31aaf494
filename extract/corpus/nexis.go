package corpus

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"regexp"
	"strings"
)

var (
	nexisCount = regexp.MustCompile(`^\s*(?:Document )?\d+ of \d+ DOCUMENTS\s*$`)
	nexisField = regexp.MustCompile(`^([A-Z][A-Z-]{2,30}): *(.*)$`)
	nexisEnd   = regexp.MustCompile(`^\s*(?:Copyright \d{4}|All Rights Reserved)`)
)

// nexisFile reads a download of Nexis as text: articles behind a line "1 of 2 DOCUMENTS".
func nexisFile(r *bufio.Reader, k *sink) {
	var lines []string
	start, size, inside := 0, 0, false
	flush := func() {
		if inside && !k.done {
			if size > maxText {
				k.fail(start, fmt.Errorf("longer than %d MB, the limit of one article; split it", maxText>>20))
			} else {
				k.nexis(lines, start)
			}
		}
		lines, size = nil, 0
	}
	for n := 1; !k.done; n++ {
		b, long, err := readLine(r)
		if err != nil && err != io.EOF {
			k.fail(n, plain(err))
			return
		}
		l := strings.TrimRight(string(valid8(b)), " \t\r\n")
		if nexisCount.MatchString(l) {
			flush()
			inside, start = true, n
		} else if inside {
			if size += len(l) + 1; long {
				size = maxText + 1
			}
			if size <= maxText {
				lines = append(lines, l)
			}
		}
		if err == io.EOF {
			break
		}
	}
	flush()
}

// nexis reads one article: source, day and title on lines of their own, fields, the text, fields again.
func (k *sink) nexis(lines []string, row int) bool {
	var d Document
	var head, body []string
	fields := map[string]string{}
	started := false // the field LENGTH or DATELINE was seen: the text comes
	for i := 0; i < len(lines); i++ {
		l := lines[i]
		m := nexisField.FindStringSubmatch(l)
		switch {
		case nexisEnd.MatchString(l) && len(body) > 0:
			i = len(lines)
		case m != nil && (!started || len(body) == 0 || lateField(m[1])):
			var v strings.Builder
			v.WriteString(m[2])
			for i+1 < len(lines) && strings.TrimSpace(lines[i+1]) != "" && nexisField.FindString(lines[i+1]) == "" {
				i++
				v.WriteString(" " + strings.TrimSpace(lines[i]))
			}
			fields[m[1]] = v.String()
			started = started || m[1] == "LENGTH"
		case started:
			if l != "" || len(body) > 0 {
				body = append(body, l)
			}
		default:
			head = append(head, l)
		}
	}
	blocks := paragraphsOf(head)
	for _, b := range blocks {
		switch {
		case nexisEnd.MatchString(b):
		case d.Source == "":
			d.Source = b
		case d.Published == "" && dateIn(b) != "":
			if err := k.date(&d, b); err != nil {
				return k.fail(row, err)
			}
		default:
			d.Title = cmp.Or(d.Title, b)
		}
	}
	k.nexisFields(&d, fields)
	d.Text = strings.Join(paragraphsOf(body), "\n\n")
	return k.withText(d, row)
}

func lateField(name string) bool {
	switch name {
	case "LOAD-DATE", "LANGUAGE", "PUBLICATION-TYPE", "GRAPHIC", "SUBJECT", "JOURNAL-CODE", "DOCUMENT-TYPE", "CORRECTION-DATE", "URL", "NOTES", "TYPE", "ORGANIZATION", "PERSON", "COUNTRY", "CITY", "STATE", "GEOGRAPHIC", "INDUSTRY", "TICKER", "COMPANY", "ACC-NO", "DISTRIBUTION", "SERIES":
		return true
	}
	return false
}

func (k *sink) nexisFields(d *Document, f map[string]string) {
	d.Author, d.Title = f["BYLINE"], cmp.Or(f["HEADLINE"], d.Title)
	d.Place, d.Language = placeOf(f["DATELINE"]), languageCode(f["LANGUAGE"])
}

// paragraphsOf joins lines that no empty line parts.
func paragraphsOf(lines []string) []string {
	var out []string
	for p := range strings.SplitSeq(strings.Join(lines, "\n"), "\n\n") {
		if p = oneLine(p); p != "" {
			out = append(out, p)
		}
	}
	return out
}
