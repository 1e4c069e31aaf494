// Package draw makes pictures of relations as SVG 1.1: Timeline of one pair or party, HeatMap of pairs by year, Network of the strongest pairs.
//
// A picture is one svg element that needs nothing else: no scripts, no style sheets (attributes only, so that it may stand inside a page with a strict
// Content-Security-Policy), no fonts of its own. Every element that a page may want to restyle has a class. All text is escaped and isolated by
// direction; a picture has a title and a description for screen readers. What colour says is said by shape and place too: cooperation is blue,
// round and above the axis, conflict is red, square and below it; material acts are dark, verbal ones light; what did not happen or is not known to
// have happened is hollow. The same input gives the same bytes.
package draw

import (
	"cmp"

	"entente/graph"
	"entente/schema"
)

// Names gives entity ids the names that people read; an id that is not there stands for itself.
type Names map[string]string

// Of is the name of an entity.
func (n Names) Of(id string) string {
	if s := n[id]; s != "" {
		return s
	}
	return id
}

// Act is a triple in words: "Russia accuses NATO". Names that are written from right to left are isolated by Unicode characters.
func (n Names) Act(t graph.Triple) string {
	return isolated(n.Of(t.Subject)) + label(t) + isolated(n.Of(t.Object))
}

// shortAct is Act with names cut so that it fits a width, both of them by the same measure.
func (n Names) shortAct(t graph.Triple, room, size float64) string {
	a, b, verb := n.Of(t.Subject), n.Of(t.Object), label(t)
	room -= width(verb, size)
	wa, wb := width(a, size), width(b, size)
	if wa+wb > room {
		wa, wb = max(room-wb, min(wa, room/2)), max(room-wa, min(wb, room/2))
		a, b = cut(a, wa, size), cut(b, wb, size)
	}
	return isolated(a) + verb + isolated(b)
}

func label(t graph.Triple) string {
	return " " + cmp.Or(t.Relation.Info().Label, string(t.Relation)) + " "
}

// look is how a class of events is drawn.
type look struct {
	name         string // for people
	class        string
	fill, stroke string
	round        bool
}

// lookOf is the look of a quad class; ties have the empty one.
func lookOf(q schema.Quad) look {
	switch q {
	case schema.VerbalCooperation:
		return look{"verbal cooperation", "coop verbal", "#7fb3d9", "#08467a", true}
	case schema.MaterialCooperation:
		return look{"material cooperation", "coop material", "#0b559f", "#062f57", true}
	case schema.VerbalConflict:
		return look{"verbal conflict", "conf verbal", "#f5a27a", "#8c2d04", false}
	case schema.MaterialConflict:
		return look{"material conflict", "conf material", "#a63603", "#5c1c00", false}
	}
	return look{"ties", "tie", "#bbbbbb", "#444444", true}
}

// The colours of what is not data.
const (
	ink    = "#222222"
	soft   = "#595959" // on white 7:1
	grid   = "#dddddd"
	paper  = "#ffffff"
	family = "system-ui, 'DejaVu Sans', 'Noto Sans', Arial, sans-serif"
)
