package browser

import (
	"fmt"
	"strings"

	"entente/schema"
)

// Colours of the four classes of events, of ties, and of nodes.
const (
	materialConflict    = "#B2182B"
	verbalConflict      = "#EF8A62"
	verbalCooperation   = "#67A9CF"
	materialCooperation = "#2166AC"
	tieColour           = "#7F7F7F"
)

// style is the style of the graph: parties by their kind, events by their class, hostile ones red and friendly ones blue, deeds thicker
// than words. Browser's parser takes one colon a declaration and quoted captions; a node is drawn by the rule of the first of its labels that
// has one, so that there is none for Entity and Triple.
func style() string {
	var b strings.Builder
	b.WriteString("node { diameter: 50px; color: #A5ABB6; border-color: #9AA1AC; border-width: 2px; text-color-internal: #FFFFFF; font-size: 10px; caption: '{name}'; }\n")
	b.WriteString("relationship { color: #A5ABB6; shaft-width: 1px; font-size: 8px; padding: 3px; text-color-external: #000000; text-color-internal: #FFFFFF; caption: '<type>'; }\n")
	for _, n := range []struct {
		label, colour, border, text, caption string
		diameter                             int
	}{
		{"State", "#4C8EDA", "#2870C2", "#FFFFFF", "name", 65},
		{"Organization", "#569480", "#447666", "#FFFFFF", "name", 65},
		{"Person", "#C990C0", "#B261A5", "#FFFFFF", "name", 50},
		{"Group", "#8DCC93", "#5DB665", "#604A0E", "name", 50},
		{"Place", "#D9C8AE", "#C0A378", "#604A0E", "name", 40},
		{"Event", "#F79767", "#F36924", "#FFFFFF", "caption", 50},
		{"Tie", "#ECB5C9", "#DA7298", "#604A0E", "caption", 50},
		{"Evidence", "#FFE081", "#E3C45C", "#604A0E", "quote", 40},
		{"Article", "#FFFFFF", "#9AA1AC", "#000000", "title", 40},
	} {
		fmt.Fprintf(&b, "node.%s { diameter: %dpx; color: %s; border-color: %s; border-width: 2px; text-color-internal: %s; font-size: 10px; caption: '{%s}'; }\n",
			n.label, n.diameter, n.colour, n.border, n.text, n.caption)
	}
	for _, r := range schema.Relations() {
		colour, width := lineOf(r)
		fmt.Fprintf(&b, "relationship.%s { color: %s; shaft-width: %dpx; font-size: 8px; text-color-external: #000000; text-color-internal: #FFFFFF; caption: '<type>'; }\n", r.Relation, colour, width)
	}
	b.WriteString("relationship.DYAD { color: #404040; shaft-width: 2px; font-size: 8px; text-color-external: #000000; text-color-internal: #FFFFFF; caption: '{net}'; }\n")
	return b.String()
}

// lineOf is the colour and the width in pixels of a type of edge.
func lineOf(r schema.RelationInfo) (colour string, width int) {
	switch r.Quad {
	case schema.MaterialConflict:
		return materialConflict, 5
	case schema.VerbalConflict:
		return verbalConflict, 2
	case schema.VerbalCooperation:
		return verbalCooperation, 2
	case schema.MaterialCooperation:
		return materialCooperation, 4
	}
	return tieColour, 1
}
