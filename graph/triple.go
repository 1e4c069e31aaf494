package graph

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"entente/schema"
)

// MarshalJSON leaves out the key "evidence" of the embedded identity, which is always empty here.
func (t Triple) MarshalJSON() ([]byte, error) {
	type plain Triple
	return json.Marshal(struct {
		plain
		Evidence *struct{} `json:"evidence,omitempty"` // hides that of schema.Triple
	}{plain: plain(t)})
}

// Clone is a copy that shares no memory with t that either could change.
func (t Triple) Clone() Triple {
	t.Contexts, t.Mediators, t.Places = slices.Clone(t.Contexts), slices.Clone(t.Mediators), slices.Clone(t.Places)
	t.Evidences = slices.Clone(t.Evidences)
	for i := range t.Evidences {
		e := &t.Evidences[i]
		e.Mediators, e.Contexts = slices.Clone(e.Mediators), slices.Clone(e.Contexts)
	}
	return t
}

// Best is the evidence to quote for the triple: one whose status is the nearest to the triple's, the surest of those, the first among equals.
func (t Triple) Best() (Evidence, bool) {
	if len(t.Evidences) == 0 {
		return Evidence{}, false
	}
	order := []schema.Status{schema.Asserted, schema.Negated, schema.Future, schema.Hypothetical}
	switch t.Status {
	case schema.Denied:
		order = []schema.Status{schema.Negated, schema.Asserted, schema.Future, schema.Hypothetical}
	case schema.Planned:
		order = []schema.Status{schema.Future, schema.Hypothetical, schema.Asserted, schema.Negated}
	}
	return slices.MinFunc(t.Evidences, func(a, b Evidence) int {
		return cmp.Or(slices.Index(order, a.Status)-slices.Index(order, b.Status), cmp.Compare(b.Confidence, a.Confidence))
	}), true
}

// Summary is the triple with what is derived, on one line, for golden files and failing tests:
//
//	NATO AGREE RUS 2010-12-08 | asserted sources=2 confidence=0.95 contexts=military basis=relative
func (t Triple) Summary() string {
	f := []string{t.Triple.String(), "|", string(t.Status), fmt.Sprintf("sources=%d confidence=%.4g score=%g", t.Sources, t.Confidence, t.Score)}
	for _, kv := range [][2]string{
		{"mode", t.Mode}, {"contexts", strings.Join(t.Contexts, ",")}, {"mediators", strings.Join(t.Mediators, ",")}, {"places", strings.Join(t.Places, ",")},
		{"basis", string(t.Basis)}, {"from", string(t.From)}, {"to", string(t.To)}, {"first", string(t.FirstSeen)}, {"last", string(t.LastSeen)},
	} {
		if kv[1] != "" {
			f = append(f, kv[0]+"="+kv[1])
		}
	}
	return strings.Join(f, " ")
}

// String is the dyad on one line: "NATO RUS events=3 net=-1.5 coop=2.5 conf=-4 2010-12-06/2010-12-09".
func (d Dyad) String() string {
	s := fmt.Sprintf("%s %s events=%d net=%g coop=%g conf=%g", d.A, d.B, d.Events, d.Net, d.Coop, d.Conf)
	if d.First != "" {
		s += " " + string(schema.Between(d.First, d.Last))
	}
	return s
}

// ParseDyad reads what String writes.
func ParseDyad(s string) (Dyad, error) {
	var d Dyad
	var when string
	n, err := fmt.Sscanf(s, "%s %s events=%d net=%g coop=%g conf=%g %s", &d.A, &d.B, &d.Events, &d.Net, &d.Coop, &d.Conf, &when)
	if n < 6 {
		return d, fmt.Errorf("dyad %q: want A B events=N net=X coop=X conf=X [FIRST/LAST]: %w", s, err)
	}
	date, err := schema.ParseDate(when)
	if err != nil {
		return d, fmt.Errorf("dyad %q: %w", s, err)
	}
	if date != "" {
		d.First, d.Last = schema.Day(date.First()), schema.Day(date.Last())
	}
	return d, nil
}
