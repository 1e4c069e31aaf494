package corpus

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"regexp"
	"strings"

	"golang.org/x/net/html"
)

var factivaTag = regexp.MustCompile(`^([A-Z]{2,3})(?: +(.*)|\s*)$`)

// factivaTags are the tags of Factiva's display format that stand at the beginning of a line.
var factivaTags = map[string]bool{"HD": true, "BY": true, "WC": true, "PD": true, "ET": true, "SN": true, "SC": true, "LA": true, "CY": true, "LP": true, "TD": true, "NS": true, "RE": true, "IN": true, "CO": true, "AN": true, "PG": true, "ED": true, "SE": true, "CR": true, "ART": true, "IPC": true, "IPD": true, "PUB": true, "CX": true, "VOL": true, "CT": true, "RF": true, "DE": true, "CLM": true, "NGC": true}

// factivaFile reads a download of Factiva with the tags of its display format.
func factivaFile(r *bufio.Reader, k *sink) {
	fields, last, start, size := map[string]string{}, "", 0, 0
	for n := 1; !k.done; n++ {
		b, _, err := readLine(r)
		if err != nil && err != io.EOF {
			k.fail(n, plain(err))
			return
		}
		l := strings.TrimRight(string(valid8(b)), " \t\r\n")
		m := factivaTag.FindStringSubmatch(l)
		switch {
		case m != nil && factivaTags[m[1]] && (m[1] != "HD" || fields["HD"] == "" || fields["AN"] != ""):
			if len(fields) == 0 {
				start = n
			}
			last = m[1]
			fields[last] = m[2]
		case last != "" && size+len(l) < maxText:
			fields[last] += "\n" + l
			size += len(l) + 1
		}
		if fields["AN"] != "" {
			k.factiva(fields, start)
			fields, last, size = map[string]string{}, "", 0
		}
		if err == io.EOF {
			break
		}
	}
	if fields["HD"] != "" && !k.done {
		k.factiva(fields, start)
	}
}

func (k *sink) factiva(f map[string]string, row int) bool {
	var d Document
	d.ID = oneLine(strings.TrimPrefix(f["AN"], "Document "))
	d.Title, d.Author, d.Source, d.Language = oneLine(f["HD"]), f["BY"], oneLine(f["SN"]), languageCode(oneLine(f["LA"]))
	if err := k.date(&d, strings.TrimSpace(oneLine(f["PD"])+" "+oneLine(f["ET"]))); err != nil {
		return k.fail(row, err)
	}
	d.Text = strings.Join(paragraphsOf(strings.Split(f["LP"]+"\n\n"+f["TD"], "\n")), "\n\n")
	return k.withText(d, row)
}

var (
	factivaWords   = regexp.MustCompile(`^[\d,]+ words$`)
	factivaClock   = regexp.MustCompile(`^\d{1,2}:\d{2}$`)
	factivaArticle = regexp.MustCompile(`(?i)\barticle [a-z]{2}Article\b`)
	factivaText    = regexp.MustCompile(`(?i)\barticleParagraph\b`)
)

// factivaHTML reads a download of Factiva as a page: unnamed lines, told apart by their shape.
func factivaHTML(r *bufio.Reader, k *sink) {
	k.elementsHTML(r, func(n *html.Node, row int) bool {
		var d Document
		var body []string
		date, clock, shape := "", "", 0
		for c := range n.Descendants() {
			if c.Type != html.ElementNode || c.Data != "div" && c.Data != "p" && c.Data != "span" {
				continue
			}
			class, w := attr(c, "class"), words(c)
			switch {
			case strings.Contains(class, "Headline"):
				d.Title = cmp.Or(d.Title, w)
			case factivaText.MatchString(class):
				if w != "" {
					body = append(body, w)
				}
			case class == "author":
				d.Author = w
			case strings.HasPrefix(w, "Document ") && c.Data == "p":
				d.ID = strings.TrimPrefix(w, "Document ")
			case c.Data != "div" || w == "" || class != "" || attr(c, "id") != "":
			case factivaWords.MatchString(w):
				shape = 1
			case shape == 1 && len(dateIn(w)) == 10:
				date, shape = w, 2
			case shape == 2 && factivaClock.MatchString(w):
				clock = w
			case shape == 2:
				d.Source, shape = w, 3
			case shape >= 3 && languageCode(w) != "" && len(w) > 3:
				d.Language, shape = languageCode(w), 4
			}
		}
		if err := k.date(&d, strings.TrimSpace(date+" "+clock)); err != nil {
			return k.fail(row, err)
		}
		d.Text = strings.Join(body, "\n\n")
		return k.withText(d, row)
	})
}

// elementsHTML passes each article of a page of Factiva on, one in memory at a time.
func (k *sink) elementsHTML(r *bufio.Reader, do func(*html.Node, int) bool) {
	var piece strings.Builder
	row := 0
	flush := func() {
		if row > 0 && !k.done {
			if root, err := html.Parse(strings.NewReader(piece.String())); err == nil {
				do(root, row)
			} else {
				k.fail(row, err)
			}
		}
		piece.Reset()
	}
	for !k.done {
		b, long, err := readLine(r)
		if err != nil && err != io.EOF {
			k.fail(row, plain(err))
			return
		}
		if long || piece.Len()+len(b) > maxPage {
			k.fail(row, fmt.Errorf("an article longer than %d MB", maxPage>>20))
			return
		}
		rest := string(valid8(b))
		for {
			m := factivaArticle.FindStringIndex(rest)
			if m == nil {
				break
			}
			i := strings.LastIndex(rest[:m[0]], "<div")
			if i < 0 {
				i = m[0]
			}
			piece.WriteString(rest[:i])
			flush()
			row++
			piece.WriteString(rest[i:m[1]])
			rest = rest[m[1]:]
		}
		piece.WriteString(rest)
		piece.WriteByte('\n')
		if err == io.EOF {
			break
		}
	}
	flush()
}
