package export

import (
	"bufio"
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"entente/graph"
	"entente/schema"
)

// ftmEntity is a line of FollowTheMoney's JSON.
type ftmEntity struct {
	ID         string              `json:"id"`
	Schema     string              `json:"schema"`
	Properties map[string][]string `json:"properties"`
}

func ftmColumns() []Column {
	return []Column{
		{"PublicBody", "a state: name, alias, country, wikidataId; id is ours with ent- before it"},
		{"Organization", "an organisation or a group: name, alias, country, wikidataId"},
		{"Person", "a person: name, alias, wikidataId"},
		{"Address", "a place: full, country"},
		{"Event", "an act: name in words, involved both parties and the persons who acted, startDate and endDate (first and last day of its date), date at its own precision, recordId the triple's id, summary the most telling sentence, description its status, sourceUrl, publisher"},
		{"Representation", "REPRESENTS: agent, client, role, startDate, endDate"},
		{"Directorship", "LEADS: director, organization, role, startDate, endDate"},
		{"Membership", "MEMBER_OF: member, organization, role, startDate, endDate"},
	}
}

// add appends values that are not empty, each once.
func (f ftmEntity) add(property string, values ...string) {
	for _, v := range values {
		if v != "" && !slices.Contains(f.Properties[property], v) {
			f.Properties[property] = append(f.Properties[property], v)
		}
	}
}

func ftmID(id string) string { return "ent-" + escapeIRI(id) }

func writeFTM(e *export) error {
	w := bufio.NewWriter(e.w)
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	for _, id := range slices.Sorted(maps.Keys(e.entities)) {
		e.result.Rows++
		if err := enc.Encode(e.ftmParty(e.entities[id])); err != nil {
			return err
		}
	}
	for t, err := range e.triples() {
		if err != nil {
			return err
		}
		e.result.Rows++
		f := e.ftmTie(t)
		if !t.Relation.Info().Tie {
			f = e.ftmEvent(t)
		}
		if err := enc.Encode(f); err != nil {
			return err
		}
	}
	return w.Flush()
}

// ftmCountry is the name of the state: the two letters that FollowTheMoney wants are not among our codes, and it resolves names where it cleans
// data.
func (e *export) ftmCountry(id string) string { return e.country(id).Name }

func (e *export) ftmParty(x schema.Entity) ftmEntity {
	f := ftmEntity{ID: ftmID(x.ID), Properties: map[string][]string{}}
	switch x.Kind {
	case schema.State:
		f.Schema = "PublicBody"
	case schema.Person:
		f.Schema = "Person"
	case schema.Place:
		f.Schema = "Address"
		f.add("full", x.Name)
		f.add("country", e.ftmCountry(x.ID))
		return f
	default:
		f.Schema = "Organization"
	}
	f.add("name", x.Name)
	f.add("alias", x.Aliases...)
	f.add("country", e.ftmCountry(x.ID))
	f.add("wikidataId", x.Codes["wikidata"])
	return f
}

func (e *export) ftmEvent(t graph.Triple) ftmEntity {
	f := ftmEntity{ID: "triple-" + t.ID, Schema: "Event", Properties: map[string][]string{}}
	f.add("name", e.name(t.Subject)+" "+t.Relation.Info().Label+" "+e.name(t.Object))
	f.add("involved", ftmID(t.Subject), ftmID(t.Object))
	for _, ev := range t.Evidences {
		for _, id := range slices.Concat([]string{ev.Agent, ev.ObjectAgent}, ev.Mediators) {
			if id != "" && e.entities[id].Kind != schema.Place {
				f.add("involved", ftmID(id))
			}
		}
	}
	f.add("description", string(t.Status))
	f.add("keywords", string(t.Relation), t.Mode)
	f.provenance(t)
	if from, to, ok := strings.Cut(string(t.Date), "/"); ok {
		f.add("startDate", from)
		f.add("endDate", to)
	} else {
		f.add("date", string(t.Date))
		f.add("startDate", first(t.Date))
		f.add("endDate", last(t.Date))
	}
	return f
}

// provenance adds what says where it stands.
func (f ftmEntity) provenance(t graph.Triple) {
	b := best(t)
	f.add("summary", oneLine(b.Quote))
	f.add("recordId", t.ID)
	for _, ev := range t.Evidences {
		f.add("sourceUrl", ev.URL)
		f.add("publisher", ev.Source)
	}
}

func (e *export) ftmTie(t graph.Triple) ftmEntity {
	f := ftmEntity{ID: "triple-" + t.ID, Properties: map[string][]string{}}
	var subject, object string
	switch t.Relation {
	case schema.LEADS:
		f.Schema, subject, object = "Directorship", "director", "organization"
	case schema.MEMBER_OF:
		f.Schema, subject, object = "Membership", "member", "organization"
	default:
		f.Schema, subject, object = "Representation", "agent", "client"
	}
	f.add(subject, ftmID(t.Subject))
	f.add(object, ftmID(t.Object))
	f.add("role", t.Role)
	f.add("startDate", string(t.From))
	f.add("endDate", string(t.To))
	f.provenance(t)
	return f
}
