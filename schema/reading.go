package schema

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"
)

// Extractor names what made a reading.
type Extractor struct {
	Name    string `json:"name"`    // "rules", "llm"
	Version string `json:"version"` // changes whenever the same article could be read differently
}

// Reading is what one extractor read in one article: the unit of extraction, of exchange (one JSON object a line) and of a store's
// transaction. A reading replaces the earlier one of the same article and extractor, and touches nothing another article said.
type Reading struct {
	Article   Article   `json:"article"`
	Entities  []Entity  `json:"entities"` // every entity that a triple or evidence names, sorted by id
	Triples   []Triple  `json:"triples"`  // sorted by the start of their first evidence, then by String; each id once
	Extractor Extractor `json:"extractor"`
}

// Normalize brings r into its canonical order, makes every id and the article's digest, and joins triples of one id. It is what an
// extractor calls last; a reading read back from JSON is already so.
func (r *Reading) Normalize() {
	if r.Article.SHA256 == "" {
		r.Article.SHA256 = Digest(r.Article.Text)
	}
	byID := map[string]int{}
	triples := []Triple{} // never nil: a reading without triples has an empty list in JSON
	for _, t := range r.Triples {
		t.ID = t.MakeID()
		if i, ok := byID[t.ID]; ok {
			triples[i].Evidence = append(triples[i].Evidence, t.Evidence...)
			continue
		}
		byID[t.ID] = len(triples)
		triples = append(triples, t)
	}
	for i := range triples {
		t := &triples[i]
		t.Evidence = slices.Clone(t.Evidence)
		for j := range t.Evidence {
			t.Evidence[j].ID = t.Evidence[j].MakeID(r.Article.ID, r.Extractor.Name, t.ID)
		}
		slices.SortStableFunc(t.Evidence, CompareEvidence)
		t.Evidence = slices.CompactFunc(t.Evidence, func(a, b Evidence) bool { return a.ID == b.ID })
	}
	slices.SortStableFunc(triples, func(a, b Triple) int {
		if len(a.Evidence) > 0 && len(b.Evidence) > 0 && a.Evidence[0].Start != b.Evidence[0].Start {
			return a.Evidence[0].Start - b.Evidence[0].Start
		}
		return strings.Compare(a.String(), b.String())
	})
	r.Triples = triples
	slices.SortStableFunc(r.Entities, func(a, b Entity) int { return strings.Compare(a.ID, b.ID) })
	if r.Entities == nil {
		r.Entities = []Entity{}
	}
	r.Entities = slices.CompactFunc(r.Entities, func(a, b Entity) bool { return a.ID == b.ID })
}

// Check holds every invariant of a reading and returns errors.Join of what is broken, each naming its triple or evidence. Where the
// article's text was left out, quotes are not compared with it.
func (r Reading) Check() error {
	var errs []error
	add := func(err error) {
		if err != nil {
			errs = append(errs, err)
		}
	}
	add(r.checkArticle())
	declared := map[string]bool{}
	for _, e := range r.Entities {
		add(e.check())
		if declared[e.ID] {
			add(fmt.Errorf("entity %s is declared twice", e.ID))
		}
		declared[e.ID] = true
	}
	need := func(t Triple, what, id string) {
		if id != "" && !declared[id] {
			add(fmt.Errorf("triple %s: %s %s is not declared among the entities", t, what, id))
		}
	}
	seen := map[string]bool{}
	for _, t := range r.Triples {
		add(t.check())
		if t.Article != "" && t.Article != r.Article.ID {
			add(fmt.Errorf("triple %s: it names another article than its own", t))
		}
		if seen[t.ID] {
			add(fmt.Errorf("triple %s stands twice", t))
		}
		seen[t.ID] = true
		need(t, "subject", t.Subject)
		need(t, "object", t.Object)
		info := t.Relation.Info()
		ids := map[string]bool{}
		for _, e := range t.Evidence {
			add(e.check(info, r.Article))
			if want := e.MakeID(r.Article.ID, r.Extractor.Name, t.ID); e.ID != want {
				add(fmt.Errorf("triple %s: evidence id %q is not the hash of its identity, %q", t, e.ID, want))
			}
			if ids[e.ID] {
				add(fmt.Errorf("triple %s: evidence %s stands twice", t, e.ID))
			}
			ids[e.ID] = true
			need(t, "speaker", e.Speaker)
			need(t, "agent", e.Agent)
			need(t, "object agent", e.ObjectAgent)
			need(t, "initiator", e.Initiator)
			need(t, "place", e.Place)
			for _, m := range e.Mediators {
				need(t, "mediator", m)
			}
		}
	}
	if len(errs) == 0 {
		return nil
	}
	return fmt.Errorf("reading of %q by %s: %w", r.Article.ID, r.Extractor.Name, errors.Join(errs...))
}

func (r Reading) checkArticle() error {
	a := r.Article
	switch {
	case a.ID == "":
		return errors.New("article without id")
	case r.Extractor.Name == "":
		return errors.New("no extractor named")
	case a.Published.check() != nil:
		return fmt.Errorf("published: %w", a.Published.check())
	case !utf8.ValidString(a.Text):
		return errors.New("the text is not UTF-8")
	case a.Text != "" && a.SHA256 != Digest(a.Text):
		return fmt.Errorf("sha256 %q is not that of the text", a.SHA256)
	}
	end := 0
	for _, f := range a.Furniture {
		if f.Start < end || f.End <= f.Start || a.Text != "" && f.End > len(a.Text) {
			return fmt.Errorf("furniture %d-%d overlaps another or is not in the text", f.Start, f.End)
		}
		end = f.End
	}
	return nil
}

// String is the reading for golden files: the article's id and day, then each triple with its evidences indented below it.
func (r Reading) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s\n", word(r.Article.ID), r.Article.Published)
	for _, t := range r.Triples {
		fmt.Fprintf(&b, "%s\n", t)
		for _, e := range t.Evidence {
			fmt.Fprintf(&b, "\t%s\n", e)
		}
	}
	return b.String()
}

// ParseReading reads one JSON line as Reading marshals it, and checks it. Unknown fields are an error: they would be lost.
func ParseReading(line []byte) (Reading, error) {
	var r Reading
	d := json.NewDecoder(strings.NewReader(string(line)))
	d.DisallowUnknownFields()
	if err := d.Decode(&r); err != nil {
		return Reading{}, fmt.Errorf("not a reading: %w", err)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return Reading{}, errors.New("not a reading: something stands behind the object")
	}
	return r, r.Check()
}
