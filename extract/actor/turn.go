package actor

import (
	"slices"
	"strings"

	"entente/schema"
)

// turn is who speaks from a label of a transcript to the next: "SECRETARY DORN:", "QUESTION:".
type turn struct {
	parties []string // empty where nobody knows
	person  *person
}

// turns finds the labels of a transcript that an office publishes: what follows a label is in the words of whoever is named there, not in those of the
// office.
func (r *Resolver) turns(d *discourse) {
	if len(d.author) == 0 {
		return
	}
	var now *turn
	for _, t := range d.texts[:len(d.doc.Sentences)] {
		if words := label(t); words != nil {
			now = r.turnOf(d, words)
		}
		t.turn = now
	}
}

// label is the folded words of a label that begins the sentence, nil where there is none.
func label(t *text) []string {
	var words []string
	for i := range t.s.Tokens {
		w := t.s.Tokens[i].Text
		switch {
		case w == ":" && len(words) > 0 && len(t.s.Tokens) > i+1:
			return words
		case i > 8 || w != strings.ToUpper(w) || w == ":":
			return nil
		case capital(w) && len(w) > 1:
			words = append(words, t.folded[i])
		}
	}
	return nil
}

func (r *Resolver) turnOf(d *discourse, words []string) *turn {
	for _, w := range words {
		switch w {
		case "question", "moderator", "operator", "participant", "audience", "interpreter", "staff", "reporter", "host", "voice", "q":
			return &turn{}
		}
	}
	if p := d.people.within(words[len(words)-1:]); p != nil {
		if parties := d.people.party(p); len(parties) > 0 {
			return &turn{parties, p}
		}
	}
	foreign := slices.ContainsFunc(words, func(w string) bool {
		return w == "minister" || w == "president" || w == "king" || w == "premier" || w == "chancellor" || w == "taoiseach"
	}) && !slices.Contains(words, "vice")
	if !foreign {
		return &turn{parties: d.author}
	}
	return &turn{parties: d.mostCounted(func(id string) bool {
		e, ok := d.entity(id)
		return ok && e.Kind == schema.State && !slices.Contains(d.author, id)
	})}
}

// mostCounted is the wanted party that the article names most, the earlier of two.
func (d *discourse) mostCounted(want func(id string) bool) []string {
	best := ""
	for id, n := range d.counts {
		if !want(id) {
			continue
		}
		if best == "" || n > d.counts[best] || n == d.counts[best] && (d.first[id] < d.first[best] || d.first[id] == d.first[best] && id < best) {
			best = id
		}
	}
	if best == "" {
		return nil
	}
	return []string{best}
}
