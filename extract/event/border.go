package event

import (
	"strings"

	"entente/schema"
)

// domestic is why an act between two parties is none of ours, empty where it is.
func (sc *scene) domestic(tr *trigger, rel schema.Relation, p [2]party) string {
	switch {
	case sc.doc.Entities[p[0].id].Kind == schema.Person, sc.doc.Entities[p[1].id].Kind == schema.Person:
		return "a person who acts for nobody"
	case !sc.crossBorder(p[0].id, p[1].id):
		return "within one country"
	case rel == schema.CONSULT && (sc.people(p[0]) || sc.people(p[1])):
		return "no talks with a people or its troops"
	case travels(tr) && !sc.official(p[0]):
		return "a journey, but not of an official"
	}
	return ""
}

// crossBorder reports whether two parties are of different countries: an act of a government on its own people is not ours.
func (sc *scene) crossBorder(a, b string) bool {
	sa, sb := sc.country(a), sc.country(b)
	return a != b && (sa == "" || sb == "" || sa != sb || sc.doc.Entities[a].Kind == schema.Group || sc.doc.Entities[b].Kind == schema.Group)
}

// people reports whether a party is named by its people and not by those who act for it: one does not hold talks with migrants.
func (sc *scene) people(p party) bool {
	if p.agent != "" || p.token < 0 {
		return false
	}
	switch strings.ToLower(sc.lemma(p.token)) {
	case "migrant", "refugee", "immigrant", "tourist", "student", "worker", "citizen", "civilian", "people", "worshiper", "pilgrim", "child", "woman", "man", "family",
		"troop", "troops", "soldier", "peacekeeper", "warship", "vessel", "tanker", "plane", "aircraft", "athlete", "player", "team":
		return true
	}
	return false
}

// travels reports whether tr is a verb of going: a visit where an official goes.
func travels(tr *trigger) bool { return tr.row.Op == OpLight && tr.row.Type == schema.CONSULT }

// official reports whether a party is named by someone who holds an office.
func (sc *scene) official(p party) bool {
	if p.agent != "" || p.token < 0 {
		return p.agent != ""
	}
	switch strings.ToLower(sc.lemma(p.token)) {
	case "minister", "official", "envoy", "delegation", "ambassador", "president", "leader", "diplomat", "negotiator", "secretary", "representative", "chief", "head",
		"premier", "chancellor", "king", "queen", "emir", "sheikh", "sultan", "pope", "prince", "commissioner", "undersecretary", "mission", "counterpart", "lawmaker",
		"senator", "congressman", "governor", "he", "she", "they":
		return true
	}
	return false
}

func (sc *scene) country(id string) string {
	e := sc.doc.Entities[id]
	if e.Kind == schema.State {
		return e.ID
	}
	return e.State
}
