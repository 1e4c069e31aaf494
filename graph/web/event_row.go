package web

import (
	"cmp"
	"iter"
	"strings"

	"entente/graph"
	"entente/schema"
)

// eventRow is a triple as a line of a list.
type eventRow struct {
	ID, When, Href    string
	Subject, Object   ref
	Label             string // "accuses"
	Detail            string // role and mode
	Status            string
	Doubtful          bool // not plainly asserted
	Quad              int
	QuadLabel         string
	Score             string // empty for a tie
	Sources           int
	Confidence, Quote string
	Passage           string // address of the quote in its article
	Source            string // newspaper and day
}

func (sn *snapshot) row(t graph.Triple) eventRow {
	info := t.Relation.Info()
	e, _ := t.Best()
	row := eventRow{
		ID: t.ID, When: when(t), Href: eventHref(t.ID), Subject: sn.ref(t.Subject), Object: sn.ref(t.Object), Label: info.Label,
		Detail: detail(t), Status: string(t.Status), Doubtful: t.Status != schema.Asserted, Quad: quadClass(t.Relation), QuadLabel: quadLabel(t.Relation),
		Sources: t.Sources, Confidence: decimal(t.Confidence), Quote: clip(e.Quote, longestQuote), Passage: articleHref(e.Article, e.ID), Source: source(e),
	}
	if !info.Tie {
		row.Score = signed(t.Score)
	}
	return row
}

func (sn *snapshot) rows(triples []graph.Triple) []eventRow {
	out := make([]eventRow, len(triples))
	for i, t := range triples {
		out[i] = sn.row(t)
	}
	return out
}

// detail is what a triple says beside parties and relation: "ambassador to NATO", "by telephone".
func detail(t graph.Triple) string {
	var parts []string
	for _, s := range []string{clip(t.Role, longestName), clip(t.Mode, longestWord)} {
		if s != "" {
			parts = append(parts, s)
		}
	}
	return strings.Join(parts, ", ")
}

// source is where an evidence stands: "Reuters, 2010-12-09".
func source(e graph.Evidence) string {
	name := clip(cmp.Or(e.Source, e.Title, e.Article), longestWord)
	if e.Published != "" {
		name += ", " + string(e.Published)
	}
	return name
}

// sentence is a triple in words.
func (sn *snapshot) sentence(t graph.Triple) string {
	return sn.name(t.Subject) + " " + t.Relation.Info().Label + " " + sn.name(t.Object)
}

// yearRow is what happened in one year.
type yearRow struct {
	Year, Href  string
	Events      int
	Quads       [4]int // by quad class
	Net, Mean   string
	Here        bool // the list is narrowed to this year
	NegativeNet bool
}

// relationRow is how often a kind of act is among the triples of a list.
type relationRow struct {
	Relation, Label, Href string
	Quad                  int
	There, Back           int // of the first party to the second, and back; There alone where a page has one party
	ThereHref, BackHref   string
	Symmetric             bool
}

// side makes the addresses of the acts of one side.
func (row *relationRow) side(path string, f filter, a, b string) {
	f.Relations = []schema.Relation{schema.Relation(row.Relation)}
	f.By = a
	row.ThereHref = at(path, f.values(), 0)
	f.By = b
	row.BackHref = at(path, f.values(), 0)
}

// sums are the counts of a list of triples.
type sums struct {
	All             int // triples, ties included
	Events, Ties    int // events count where they are asserted or disputed
	Net, Coop, Conf float64
	Quads           [4]int
}

// sum counts what tallies hold.
func sum(tallies []graph.Tally) sums {
	var s sums
	for _, t := range tallies {
		s.All += t.Triples
		switch {
		case t.Relation.Info().Tie:
			s.Ties += t.Triples
		case counts(t.Status):
			s.Events += t.Triples
			s.Net += t.Net
			s.Coop += t.Coop
			s.Conf += t.Conf
			if q := quadClass(t.Relation); q > 0 {
				s.Quads[q-1] += t.Triples
			}
		}
	}
	return s
}

// counts reports whether events of a status are part of sums: those that have an edge.
func counts(s schema.Status) bool { return graph.Triple{Status: s}.Edge() }

// byYear makes the table of years, each leading to the list narrowed to it.
func byYear(tallies []graph.Tally, path string, f filter) []yearRow {
	var out []yearRow
	for year, some := range years(tallies) {
		s := sum(some)
		if s.Events == 0 {
			continue
		}
		row := yearRow{Year: year, Events: s.Events, Quads: s.Quads, Net: signed(s.Net), Mean: signed(s.Net / float64(s.Events)), NegativeNet: s.Net < 0}
		if year == "" {
			row.Year = "no single year"
		} else {
			of := f
			of.From, of.To = schema.Date(year), schema.Date(year)
			row.Href, row.Here = at(path, of.values(), 0), f.From == of.From && f.To == of.To
		}
		out = append(out, row)
	}
	return out
}

// years yields the tallies of each year, which stand together.
func years(tallies []graph.Tally) iter.Seq2[string, []graph.Tally] {
	return func(yield func(string, []graph.Tally) bool) {
		for len(tallies) > 0 {
			n := 1
			for n < len(tallies) && tallies[n].Year == tallies[0].Year {
				n++
			}
			if !yield(tallies[0].Year, tallies[:n]) {
				return
			}
			tallies = tallies[n:]
		}
	}
}

// byRelation makes the table of kinds of act in the order of the vocabulary.
func byRelation(there, back []graph.Tally, path string, f filter) []relationRow {
	var out []relationRow
	for _, info := range schema.Relations() {
		n := func(tallies []graph.Tally) (n int) {
			for _, t := range tallies {
				if t.Relation == info.Relation {
					n += t.Triples
				}
			}
			return n
		}
		row := relationRow{Relation: string(info.Relation), Label: info.Label, Quad: quadClass(info.Relation), There: n(there), Back: n(back), Symmetric: info.Symmetric}
		if row.There+row.Back == 0 {
			continue
		}
		of := f
		of.Relations = []schema.Relation{info.Relation}
		row.Href = at(path, of.values(), 0)
		out = append(out, row)
	}
	return out
}
