package schema

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode"
)

// Triple is the identity of an act or tie: who did what to whom, when. Everything that an article says about it beyond that (whether it
// happened, who says so, where) is in the evidence.
type Triple struct {
	ID       string   `json:"id"`
	Subject  string   `json:"subject"` // entity id
	Relation Relation `json:"relation"`
	Object   string   `json:"object"` // entity id
	Role     string   `json:"role"`   // of a tie: "ambassador to NATO"
	// Date is when it happens, empty where the article gives none.
	Date Date `json:"date"`
	// Reported is the day the article was published, set only where Date is empty: acts reported on different days stay apart.
	Reported Date `json:"reported"`
	// Article is the id of the article, set only where both Date and Reported are empty.
	Article  string     `json:"article,omitempty"`
	Evidence []Evidence `json:"evidence"`
}

// New is the triple of these parties with its id made. The parties of a symmetric relation are sorted. Of date, published and article the
// first that is not empty says when; pass the article's id always. The date of a tie is usually empty and its publication day does not
// count: who represents whom is one triple however often it is reported.
func New(subject string, relation Relation, object, role string, date, published Date, article string) Triple {
	t := Triple{Subject: subject, Relation: relation, Object: object, Role: role, Date: date}
	info := relation.Info()
	if info.Symmetric && t.Object < t.Subject {
		t.Subject, t.Object = t.Object, t.Subject
	}
	switch {
	case date != "" || info.Tie:
	case published != "":
		t.Reported = published
	default:
		t.Article = article
	}
	t.ID = t.MakeID()
	return t
}

// MakeID is the id that follows from the triple's identity: 16 hexadecimal digits of a SHA-256.
func (t Triple) MakeID() string {
	return hash("triple", t.Subject, string(t.Relation), t.Object, t.Role, string(t.Date), string(t.Reported), t.Article)
}

// hash is the first 64 bits, in hexadecimal, of the SHA-256 of the parts, each ended by a NUL byte.
func hash(parts ...string) string {
	h := sha256.New()
	for _, p := range parts {
		h.Write([]byte(p))
		h.Write([]byte{0})
	}
	return hex.EncodeToString(h.Sum(nil)[:8])
}

// When is the act's date, or where it is unknown the day of the report, which is an upper bound.
func (t Triple) When() Date {
	if t.Date != "" {
		return t.Date
	}
	return t.Reported
}

// String is the triple without its evidence:
//
//	NATO AGREE RUS 2010-12-08
//	RUS ACCUSE NATO ~2010-12-09          undated, reported on that day
//	RUS ACCUSE NATO @wire/17             undated, in an undated article
//	dmitry-rogozin REPRESENTS RUS "ambassador to NATO"
func (t Triple) String() string {
	s := t.Subject + " " + string(t.Relation) + " " + t.Object
	if t.Role != "" {
		s += " " + strconv.Quote(t.Role)
	}
	switch {
	case t.Date != "":
		s += " " + string(t.Date)
	case t.Reported != "":
		s += " ~" + string(t.Reported)
	case t.Article != "":
		s += " @" + word(t.Article)
	}
	return s
}

// ParseTriple reads what String writes and makes the id. The parties of a symmetric relation are sorted.
func ParseTriple(s string) (Triple, error) {
	f, err := fields(s)
	if err != nil {
		return Triple{}, fmt.Errorf("triple %q: %w", s, err)
	}
	if len(f) < 3 {
		return Triple{}, fmt.Errorf("triple %q: want SUBJECT RELATION OBJECT", s)
	}
	t := Triple{Subject: f[0], Object: f[2]}
	if t.Relation, err = ParseRelation(f[1]); err != nil {
		return Triple{}, fmt.Errorf("triple %q: %w", s, err)
	}
	for _, w := range f[3:] {
		switch {
		case strings.HasPrefix(w, `"`):
			t.Role, err = strconv.Unquote(w)
		case strings.HasPrefix(w, "~"):
			t.Reported, err = ParseDate(w[1:])
		case strings.HasPrefix(w, "@"):
			t.Article, err = unword(w[1:])
		default:
			t.Date, err = ParseDate(w)
		}
		if err != nil {
			return Triple{}, fmt.Errorf("triple %q: %w", s, err)
		}
	}
	if t.manyWhens() {
		return Triple{}, fmt.Errorf("triple %q: want only one of a date, ~reported and @article", s)
	}
	if t.Relation.Info().Symmetric && t.Object < t.Subject {
		t.Subject, t.Object = t.Object, t.Subject
	}
	t.ID = t.MakeID()
	return t, nil
}

// manyWhens reports whether more than one of date, reported and article is set.
func (t Triple) manyWhens() bool {
	return t.Date != "" && t.Reported != "" || (t.Date != "" || t.Reported != "") && t.Article != ""
}

// fields splits s at white space; a Go string literal, or a word ending in one (key="a b"), is one field with its quotes kept.
func fields(s string) ([]string, error) {
	var out []string
	for s = strings.TrimSpace(s); s != ""; s = strings.TrimLeftFunc(s, unicode.IsSpace) {
		end := strings.IndexFunc(s, func(r rune) bool { return r == '"' || unicode.IsSpace(r) })
		if end < 0 {
			end = len(s)
		}
		if end < len(s) && s[end] == '"' {
			q, err := strconv.QuotedPrefix(s[end:])
			if err != nil {
				return nil, errors.New("unfinished quotation")
			}
			end += len(q)
		}
		out = append(out, s[:end])
		s = s[end:]
	}
	return out, nil
}

// word is s as one field: quoted where it is empty or holds white space, quotes or control characters.
func word(s string) string {
	if q := strconv.Quote(s); s == "" || strings.ContainsAny(s, " \t\"") || len(q) != len(s)+2 {
		return q
	}
	return s
}

func unword(s string) (string, error) {
	if strings.HasPrefix(s, `"`) {
		return strconv.Unquote(s)
	}
	return s, nil
}

func (t Triple) check() error {
	info := t.Relation.Info()
	switch {
	case info.Relation == "":
		return fmt.Errorf("triple %s: unknown relation %q", t, t.Relation)
	case t.Subject == "" || t.Object == "":
		return fmt.Errorf("triple %s: a party is missing", t)
	case t.Subject == t.Object:
		return fmt.Errorf("triple %s: subject and object are one party", t)
	case info.Symmetric && t.Object < t.Subject:
		return fmt.Errorf("triple %s: the parties of %s are kept sorted", t, t.Relation)
	case t.Role != "" && !info.Tie:
		return fmt.Errorf("triple %s: only a tie has a role", t)
	case t.Date.check() != nil:
		return fmt.Errorf("triple %s: %w", t, t.Date.check())
	case t.Reported.check() != nil:
		return fmt.Errorf("triple %s: reported: %w", t, t.Reported.check())
	case t.manyWhens():
		return fmt.Errorf("triple %s: only one of date, reported and article may be set", t)
	case !info.Tie && t.When() == "" && t.Article == "":
		return fmt.Errorf("triple %s: an act without date needs the day of the report or else the article", t)
	case info.Tie && (t.Reported != "" || t.Article != ""):
		return fmt.Errorf("triple %s: a tie is one however often it is reported: neither reported nor article may be set", t)
	case t.ID != t.MakeID():
		return fmt.Errorf("triple %s: id %q is not the hash of its identity, %q", t, t.ID, t.MakeID())
	case len(t.Evidence) == 0:
		return fmt.Errorf("triple %s: no evidence", t)
	}
	return nil
}
