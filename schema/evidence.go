package schema

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Status says whether something happened. An evidence has one of the first four; a triple as a whole, derived from all its
// evidences, is asserted, disputed, denied, planned or hypothetical.
type Status string

// The statuses of an evidence (asserted to hypothetical) and of a triple.
const (
	Asserted     Status = "asserted"     // it happened or is happening
	Negated      Status = "negated"      // the article says it did not or will not happen
	Future       Status = "future"       // planned, promised, scheduled
	Hypothetical Status = "hypothetical" // may, could, if, hoped; of a triple: only so
	Disputed     Status = "disputed"     // triple: asserted by one evidence, negated by another
	Denied       Status = "denied"       // triple: only negated
	Planned      Status = "planned"      // triple: at best future
)

// EvidenceStatuses lists what the status of an evidence may be.
func EvidenceStatuses() []Status { return []Status{Asserted, Negated, Future, Hypothetical} }

// TripleStatuses lists what the derived status of a triple may be.
func TripleStatuses() []Status { return []Status{Asserted, Disputed, Denied, Planned, Hypothetical} }

// Basis says how the date of an act is known.
type Basis string

// The bases of a date.
const (
	Explicit     Basis = "explicit" // the text names it: "on 8 December 2010"
	Relative     Basis = "relative" // worked out from the day of publication: "on Wednesday"
	ReportedOnly Basis = "reported" // the text gives none; the day of publication is an upper bound
	NoBasis      Basis = ""         // neither the text nor the article has a date
)

// Evidence is what one passage of an article says about a triple.
type Evidence struct {
	ID          string   `json:"id"`
	Start       int      `json:"start"` // half-open byte range of the article's text
	End         int      `json:"end"`
	Quote       string   `json:"quote"` // always Text[Start:End]; one sentence, two at most
	Status      Status   `json:"status"`
	Speaker     string   `json:"speaker,omitempty"`      // entity id: who says so, where the article attributes it
	Agent       string   `json:"agent,omitempty"`        // entity id of the person through whom the subject acted
	ObjectAgent string   `json:"object_agent,omitempty"` // the same for the object
	Initiator   string   `json:"initiator,omitempty"`    // entity id of the party that began a symmetric act: visitor, offerer
	Mediators   []string `json:"mediators,omitempty"`    // entity ids
	Mode        string   `json:"mode,omitempty"`         // one of the relation's modes
	Contexts    []string `json:"contexts,omitempty"`     // of Contexts()
	Place       string   `json:"place,omitempty"`        // entity id of where it happened
	Basis       Basis    `json:"basis,omitempty"`        // how the triple's date is known
	From        Date     `json:"from,omitempty"`         // of a tie: since when, where said
	To          Date     `json:"to,omitempty"`           // of a tie: until when, where said
	Former      bool     `json:"former,omitempty"`       // of a tie: no longer so when the article was written
	Group       int      `json:"group,omitempty"`        // triples read from one clause share a group, 1-based in the article; 0 none
	Rule        string   `json:"rule,omitempty"`         // the lexicon row or rule that read it
	Model       string   `json:"model,omitempty"`        // the language model that read it
	Confidence  float64  `json:"confidence,omitempty"`   // 0 unknown, else in (0, 1]
}

// MakeID is the id that follows from the article's id, the extractor's name, the triple's id, the span, status and speaker.
func (e Evidence) MakeID(article, extractor, triple string) string {
	return hash("evidence", article, extractor, triple, strconv.Itoa(e.Start), strconv.Itoa(e.End), string(e.Status), e.Speaker)
}

// String is the evidence on one line, without its id: status, span, what else is set as key=value, and the quote.
//
//	asserted 1504-1611 agent=dmitry-rogozin basis=relative "At Wednesday’s meeting, Rogozin repeated ..."
func (e Evidence) String() string {
	f := []string{string(e.Status), fmt.Sprintf("%d-%d", e.Start, e.End)}
	for _, kv := range e.attributes() {
		if *kv.value != "" {
			f = append(f, kv.key+"="+word(*kv.value))
		}
	}
	add := func(key, value string) {
		if value != "" {
			f = append(f, key+"="+word(value))
		}
	}
	add("mediators", strings.Join(e.Mediators, ","))
	add("contexts", strings.Join(e.Contexts, ","))
	if e.Former {
		add("former", "true")
	}
	if e.Group != 0 {
		add("group", strconv.Itoa(e.Group))
	}
	if e.Confidence != 0 {
		add("confidence", strconv.FormatFloat(e.Confidence, 'g', -1, 64))
	}
	return strings.Join(append(f, strconv.Quote(e.Quote)), " ")
}

type attribute struct {
	key   string
	value *string
}

// attributes are the fields of one plain string, in the order in which String writes them.
func (e *Evidence) attributes() []attribute {
	return []attribute{
		{"speaker", &e.Speaker},
		{"agent", &e.Agent},
		{"object_agent", &e.ObjectAgent},
		{"initiator", &e.Initiator},
		{"mode", &e.Mode},
		{"place", &e.Place},
		{"basis", (*string)(&e.Basis)},
		{"from", (*string)(&e.From)},
		{"to", (*string)(&e.To)},
		{"rule", &e.Rule},
		{"model", &e.Model},
	}
}

// ParseEvidence reads what String writes. The id is left empty: it depends on article, extractor and triple.
func ParseEvidence(s string) (Evidence, error) {
	var e Evidence
	f, err := fields(s)
	if err != nil || len(f) < 3 {
		return e, fmt.Errorf("evidence %q: want STATUS START-END [key=value ...] \"quote\"", s)
	}
	e.Status = Status(f[0])
	if e.Start, e.End, err = parseSpan(f[1]); err != nil {
		return e, fmt.Errorf("evidence %q: %w", s, err)
	}
	if e.Quote, err = strconv.Unquote(f[len(f)-1]); err != nil {
		return e, fmt.Errorf("evidence %q: the last field is not a quotation", s)
	}
	for _, kv := range f[2 : len(f)-1] {
		key, value, _ := strings.Cut(kv, "=")
		if value, err = unword(value); err == nil {
			err = e.set(key, value)
		}
		if err != nil {
			return e, fmt.Errorf("evidence %q: %s: %w", s, kv, err)
		}
	}
	return e, nil
}

func parseSpan(s string) (start, end int, err error) {
	first, last, _ := strings.Cut(s, "-")
	start, err = strconv.Atoi(first)
	if err == nil {
		end, err = strconv.Atoi(last)
	}
	if err != nil || start < 0 || end < 0 {
		return 0, 0, fmt.Errorf("span %q: want START-END", s)
	}
	return start, end, nil
}

func (e *Evidence) set(key, value string) (err error) {
	for _, kv := range e.attributes() {
		if kv.key == key {
			*kv.value = value
			return nil
		}
	}
	switch key {
	case "mediators":
		e.Mediators = list(value)
	case "contexts":
		e.Contexts = list(value)
	case "former":
		e.Former, err = strconv.ParseBool(value)
	case "group":
		e.Group, err = strconv.Atoi(value)
	case "confidence":
		e.Confidence, err = strconv.ParseFloat(value, 64)
		if math.IsNaN(e.Confidence) {
			err = errors.New("not a number")
		}
	default:
		return fmt.Errorf("unknown key %q", key)
	}
	return err
}

// list is the parts of s between commas, nil where s is empty.
func list(s string) []string {
	if s == "" {
		return nil
	}
	return strings.Split(s, ",")
}

// CompareEvidence orders evidences by span, status and speaker: the order in which a reading keeps them.
func CompareEvidence(a, b Evidence) int {
	return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End), cmp.Compare(a.Status, b.Status), cmp.Compare(a.Speaker, b.Speaker))
}

func (e Evidence) check(info RelationInfo, a Article) error {
	switch {
	case !slices.Contains(EvidenceStatuses(), e.Status):
		return fmt.Errorf("evidence %s: unknown status %q", e.ID, e.Status)
	case e.Start < 0 || e.End <= e.Start || a.Text != "" && e.End > len(a.Text):
		return fmt.Errorf("evidence %s: span %d-%d is not in the text of %d bytes", e.ID, e.Start, e.End, len(a.Text))
	case a.Text != "" && a.Text[e.Start:e.End] != e.Quote:
		return fmt.Errorf("evidence %s: the quote is not what stands at %d-%d", e.ID, e.Start, e.End)
	case len(e.Quote) != e.End-e.Start:
		return fmt.Errorf("evidence %s: a quote of %d bytes for the span %d-%d", e.ID, len(e.Quote), e.Start, e.End)
	case !utf8.ValidString(e.Quote):
		return fmt.Errorf("evidence %s: the span %d-%d cuts a character", e.ID, e.Start, e.End)
	case sentenceBreaks(e.Quote) > 1:
		return fmt.Errorf("evidence %s: the quote is longer than two sentences", e.ID)
	case e.Mode != "" && !info.HasMode(e.Mode):
		return fmt.Errorf("evidence %s: %s has no mode %q", e.ID, info.Relation, e.Mode)
	case !slices.Contains([]Basis{Explicit, Relative, ReportedOnly, NoBasis}, e.Basis):
		return fmt.Errorf("evidence %s: unknown basis %q", e.ID, e.Basis)
	case e.From.check() != nil || e.To.check() != nil:
		return fmt.Errorf("evidence %s: from %q to %q is not well formed", e.ID, e.From, e.To)
	case !info.Tie && (e.From != "" || e.To != "" || e.Former):
		return fmt.Errorf("evidence %s: only a tie has from, to and former", e.ID)
	case !(e.Confidence >= 0 && e.Confidence <= 1): // so that NaN is caught
		return fmt.Errorf("evidence %s: confidence %g is not in 0 to 1", e.ID, e.Confidence)
	case e.Group < 0:
		return fmt.Errorf("evidence %s: negative group", e.ID)
	}
	for _, c := range e.Contexts {
		if !slices.Contains(Contexts(), c) {
			return fmt.Errorf("evidence %s: unknown context %q", e.ID, c)
		}
	}
	return nil
}

// sentenceBreaks counts the ends of sentences inside s that are beyond doubt: a stop after a lower-case word of four letters or more, white
// space, then a capital or an opening quotation. Abbreviations and initials are thus never counted, and some true ends are not either.
func sentenceBreaks(s string) int {
	n, letters := 0, 0
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c >= 'a' && c <= 'z' {
			letters++
			continue
		}
		if (c == '.' || c == '!' || c == '?') && letters >= 4 {
			rest := strings.TrimLeft(s[i+1:], `"')”’`)
			if next := strings.TrimLeft(rest, " \t\r\n"); next != rest && next != "" && (next[0] >= 'A' && next[0] <= 'Z' || strings.HasPrefix(next, "“")) {
				n++
			}
		}
		letters = 0
	}
	return n
}
